//! The head of a text: what stands above its first paragraph.
//!
//! A masthead or a trail of sections, a date line, the headline, a standfirst, who wrote
//! it: in any of the orders that occur. Works on units and says how many it took.

use std::collections::HashSet;

use super::furniture;
use super::scene::count;
use super::unit::{Kind, Unit};
use crate::article::PubDate;
use crate::extract::{byline, date, label};
use crate::text::sanitize::SafeText;

/// What the head says, and where the body begins.
#[derive(Debug, Default)]
pub struct Head {
    pub title: SafeText,
    pub standfirst: Option<SafeText>,
    pub byline: Vec<SafeText>,
    pub published: Option<PubDate>,
    pub updated: Option<PubDate>,
    pub site: Option<SafeText>,
    pub section: Option<SafeText>,
    /// How many units are not of the body.
    pub length: usize,
}

/// Units that a head is looked for in.
const MAX_UNITS: usize = 16;

/// Characters of the longest headline.
const MAX_TITLE: usize = 250;

/// Characters of the longest standfirst.
const MAX_STANDFIRST: usize = 500;

/// Reads the head.
pub fn read(units: &[Unit<'_>]) -> Head {
    let mut head = Head::default();
    let mut at = above_headline(units, &mut head);
    let Some(title) = units.get(at) else { return head };
    if !can_be_title(title) {
        // A text without a headline is called by how it begins, and keeps its beginning.
        head.title = opening(&title.text);
        head.length = at;
        return head;
    }
    head.title = SafeText::title(&title.text);
    at += 1;
    let mut standfirst_may_come = true;
    while let Some(unit) = units.get(at).filter(|_| at < MAX_UNITS) {
        if !head.take_line(unit) {
            if head.byline.is_empty() && is_bare_name(unit, at, units) {
                head.byline = byline::split(&unit.text);
            } else if standfirst_may_come && is_standfirst(at, units) {
                head.standfirst = Some(SafeText::title(&unit.text));
                standfirst_may_come = false;
            } else {
                break;
            }
        }
        at += 1;
    }
    head.length = at;
    if head.published.is_none() {
        // A story that only says when it changed last was published by then.
        head.published = head.updated;
    }
    head
}

/// Takes what stands above the headline and says where the headline is.
fn above_headline(units: &[Unit<'_>], head: &mut Head) -> usize {
    let mut at = 0;
    while let Some(unit) = units.get(at).filter(|_| at < MAX_UNITS) {
        let taken =
            head.take_line(unit) || head.take_trail(unit) || (at == 0 && head.take_masthead(units));
        if !taken {
            break;
        }
        at += 1;
    }
    // Everything was furniture: then something of it was not.
    if at == units.len() { 0 } else { at }
}

impl Head {
    /// Takes a line that can stand on both sides of the headline.
    fn take_line(&mut self, unit: &Unit<'_>) -> bool {
        if unit.kind != Kind::Text || unit.lines > 1 {
            return unit.kind == Kind::Rule;
        }
        self.take_date(&unit.text)
            || self.take_byline(&unit.text)
            || self.take_parts(&unit.text)
            || furniture::is_skip(&unit.text)
    }

    fn take_date(&mut self, text: &str) -> bool {
        let Some(found) = date::line(text) else { return false };
        self.published = self.published.or(found.published);
        self.updated = self.updated.or(found.updated);
        true
    }

    fn take_byline(&mut self, text: &str) -> bool {
        if !self.byline.is_empty() {
            return false;
        }
        // "By the Harbor Desk, 3 March 2024": the date is split off at the last comma.
        if let Some((names, day)) = text.rsplit_once(',').or_else(|| text.rsplit_once(" - ")) {
            for (names, day) in [
                Some((names, day)),
                names
                    .rsplit_once(',')
                    .map(|(names, _)| (names, text.get(names.len() + 1..).unwrap_or_default())),
            ]
            .into_iter()
            .flatten()
            {
                if date::line(day).is_some_and(|found| found.place.is_none())
                    && let Some(found) = byline::read(names)
                {
                    self.byline = found;
                    return self.take_date(day);
                }
            }
        }
        let Some(names) = byline::read(text) else { return false };
        self.byline = names;
        true
    }

    /// "Harbor Desk | 3 March 2024 | 5 min read": parts of which one is a date or says
    /// who wrote, and the others are short.
    fn take_parts(&mut self, text: &str) -> bool {
        let parts: Vec<&str> = text
            .split(['|', '·', '•', '∙'])
            .flat_map(|part| part.split(" - "))
            .flat_map(|part| part.split(" – "))
            .flat_map(|part| part.split(" — "))
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let said = |part: &str| date::line(part).is_some() || byline::read(part).is_some();
        if parts.len() < 2 || parts.len() > 6 || !parts.iter().any(|part| said(part)) {
            return false;
        }
        if parts.iter().any(|part| part.split_whitespace().count() > 8) {
            return false;
        }
        for part in parts {
            let taken = self.take_date(part) || self.take_byline(part) || furniture::is_skip(part);
            if !taken && self.byline.is_empty() && names_only(part) {
                self.byline = byline::split(part);
            }
        }
        true
    }

    /// "Home / Business / Gazette", "Home > World": the way to a page.
    fn take_trail(&mut self, unit: &Unit<'_>) -> bool {
        let steps: Vec<&str> = ["»", "›", " > ", " / ", "→", "❯"]
            .iter()
            .map(|sign| unit.text.split(sign).map(str::trim).collect::<Vec<_>>())
            .max_by_key(Vec::len)
            .unwrap_or_default();
        let short = steps.iter().all(|step| step.split_whitespace().count() <= 5);
        if unit.lines > 1 || steps.len() < 2 || !short || unit.text.chars().count() > 120 {
            return false;
        }
        let home = steps.first().is_some_and(|step| furniture::is_home(step));
        if !home && steps.len() < 3 {
            return false;
        }
        let section = steps.get(usize::from(home)).filter(|step| !step.is_empty());
        self.section = section.map(|step| SafeText::title(step));
        // The last step may be the publication itself.
        let last = steps.last().filter(|step| steps.len() > 2 && furniture::names_a_paper(step));
        self.site = last.map(|step| SafeText::title(step));
        true
    }

    /// A publication's name alone at the very top, or with a greeting or a slogan.
    fn take_masthead(&mut self, units: &[Unit<'_>]) -> bool {
        let Some(unit) = units.first().filter(|unit| unit.kind == Kind::Text && unit.lines == 1)
        else {
            return false;
        };
        if let Some(rest) = unit.text.strip_prefix('|') {
            self.site = Some(SafeText::title(rest)).filter(|_| names_only(rest));
            return label::related(&unit.text).is_none();
        }
        let parts = unit.text.split(['|', '–', '—', '·']).map(str::trim);
        let slogan =
            |part: &str| part.split_whitespace().count() <= 4 && !part.ends_with(['?', '!', ':']);
        let few = parts.clone().count() <= 3;
        let mut names = parts.clone().filter(|part| is_masthead_name(part));
        let Some(name) = names
            .next()
            .filter(|name| few && parts.clone().all(|part| part == *name || slogan(part)))
        else {
            return false;
        };
        if !headline_follows(units) {
            return false;
        }
        self.site = Some(SafeText::title(name));
        true
    }
}

/// A few words, each with a capital, as publications are called.
fn is_masthead_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=5).contains(&words) && names_only(text)
}

/// Every longer word begins with a capital or a digit, and no sign parts them.
fn names_only(text: &str) -> bool {
    let mut any = false;
    let names = text.split_whitespace().all(|word| {
        let first = word.chars().next();
        any |= first.is_some_and(char::is_alphabetic);
        first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
            || word.chars().count() <= 3 && word.chars().all(|c| c.is_alphabetic() || c == '&')
    });
    any && names
        && !text.ends_with(['.', '?', '!', ':', ',', ';'])
        && !text.contains(['"', ':', '?'])
}

/// Whether the next line that is not furniture reads as a headline, and more so than the first.
fn headline_follows(units: &[Unit<'_>]) -> bool {
    let mut rest = units.iter().skip(1).take(3);
    let next = rest.find(|unit| {
        date::line(&unit.text).is_none()
            && byline::read(&unit.text).is_none()
            && !furniture::is_skip(&unit.text)
    });
    let (Some(next), Some(first)) = (next, units.first()) else { return false };
    let words = |text: &str| text.split_whitespace().count();
    let headline = matches!(next.kind, Kind::Text | Kind::Number(_) | Kind::Heading(_))
        && next.lines == 1
        && next.text.chars().count() <= 160
        && !next.text.ends_with(['.', ':', ';', ','])
        && label::related(&next.text).is_none();
    if !headline {
        return false;
    }
    if furniture::names_a_paper(&first.text) {
        return true;
    }
    // What a story is about comes up again in it; the name of a paper seldom does.
    let body = words_of(units.iter().skip(2));
    let (first, next_share) = (recurrence(&first.text, &body), recurrence(&next.text, &body));
    words(&next.text) > 1 && (next_share > first || (first == 0.0 && words(&next.text) >= 4))
}

/// The longer words of some units, lowercase.
fn words_of<'a>(units: impl Iterator<Item = &'a Unit<'a>>) -> HashSet<String> {
    let mut words = HashSet::new();
    for unit in units.take(400) {
        for word in unit.text.split(|c: char| !c.is_alphanumeric()) {
            if word.chars().count() > 3 {
                words.insert(word.to_lowercase());
            }
        }
    }
    words
}

/// The part of a line's longer words that occur in a body.
fn recurrence(text: &str, body: &HashSet<String>) -> f32 {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    let (mut all, mut found) = (0, 0);
    for word in words {
        all += 1;
        found += usize::from(body.contains(&word.to_lowercase()));
    }
    count((found * 1000_usize).checked_div(all).unwrap_or(0)) / 1000.0
}

/// One or two lines that are no list and no paragraph of several sentences.
fn can_be_title(unit: &Unit<'_>) -> bool {
    let kind = matches!(unit.kind, Kind::Text | Kind::Number(_) | Kind::Heading(_));
    let chars = unit.text.chars().count();
    kind && chars <= MAX_TITLE && !(chars > 140 && unit.text.ends_with('.')) && unit.lines <= 4
}

/// The first sentence of a text, or what fits of it.
fn opening(text: &str) -> SafeText {
    let end = text.char_indices().find(|(_, c)| matches!(c, '.' | '!' | '?' | '。' | '\n'));
    let sentence = end.map_or(text, |(at, c)| text.get(..at + c.len_utf8()).unwrap_or(text));
    SafeText::title(&crate::text::width::ellipsis(sentence, 100))
}

/// A person's or a desk's name without "By", where it can be nothing else.
fn is_bare_name(unit: &Unit<'_>, at: usize, units: &[Unit<'_>]) -> bool {
    let words = unit.text.split_whitespace().count();
    if unit.kind != Kind::Text || unit.lines > 1 || !(2..=5).contains(&words) {
        return false;
    }
    let dated = units.get(at + 1).is_some_and(|next| date::line(&next.text).is_some());
    let digits = unit.text.chars().any(|c| c.is_ascii_digit());
    if !names_only(&unit.text) || (digits && !dated) || furniture::opens_a_section(&unit.text) {
        return false;
    }
    // A section heading is made of words that the text uses; a name is not.
    let mut plain_words = HashSet::new();
    for unit in units.iter().skip(at + 1).take(400) {
        for word in unit.text.split(|c: char| !c.is_alphanumeric()) {
            if word.starts_with(char::is_lowercase) && word.chars().count() > 2 {
                plain_words.insert(word.to_owned());
            }
        }
    }
    let used = unit
        .text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| plain_words.contains(&word.to_lowercase()))
        .count();
    let body = units.get(at + 1).is_some_and(|next| next.text.chars().count() >= 60);
    let not_all = |used: usize| used < words;
    unit.text.chars().any(char::is_lowercase)
        && (if dated { not_all(used) } else { used == 0 && (body || (2..=3).contains(&words)) })
}

/// A sentence under the headline that is set off from the text: a date or a byline stands
/// below it, or it is no full sentence.
fn is_standfirst(at: usize, units: &[Unit<'_>]) -> bool {
    let Some(unit) = units.get(at).filter(|unit| unit.kind == Kind::Text) else { return false };
    let chars = unit.text.chars().count();
    if !(20..=MAX_STANDFIRST).contains(&chars) || label::related(&unit.text).is_some() {
        return false;
    }
    let Some(next) = units.get(at + 1) else { return false };
    let line = next.lines == 1
        && (date::line(&next.text).is_some()
            || byline::read(&next.text).is_some()
            || is_bare_name(next, at + 1, units));
    line || stands_off(unit, next) || is_repeated(at, units)
}

/// Whether one of the next paragraphs begins with the very same words: a text that was
/// taken from a page has its standfirst twice, once from the page's head.
fn is_repeated(at: usize, units: &[Unit<'_>]) -> bool {
    let Some(unit) = units.get(at) else { return false };
    let bare = |text: &'_ str| text.trim_end_matches(['.', '…', ' ']).to_owned();
    let own = bare(&unit.text);
    units.iter().skip(at + 1).take(5).filter(|other| other.kind == Kind::Text).any(|other| {
        let other = bare(&other.text);
        let shorter = own.chars().count().min(other.chars().count());
        shorter >= 50 && (own.starts_with(&other) || other.starts_with(&own))
    })
}

/// Whether the first paragraph says anew and at length what this one says in a sentence.
/// A lead would not be told twice.
fn stands_off(unit: &Unit<'_>, next: &Unit<'_>) -> bool {
    let chars = unit.text.chars().count();
    let sentences = unit.text.split_inclusive(['.', '!', '?', '。']).filter(|s| s.trim().len() > 8);
    let longer = next.kind == Kind::Text && next.text.chars().count() > chars;
    let sentence = unit.text.ends_with(['.', '!', '。', '…', '”', '"']);
    let question = unit.text.ends_with(['?', ':', '？', '：']);
    let body = words_of(std::iter::once(next));
    let told_twice = sentence && recurrence(&unit.text, &body) >= 0.35;
    let phrase = !sentence && !question && !mostly_capitals(&unit.text);
    longer
        && (60..=220).contains(&chars)
        && unit.text.split_whitespace().count() >= 8
        && sentences.count() <= 1
        && (told_twice || phrase)
}

/// Most of the longer words begin with a capital, as in the headings of some languages.
fn mostly_capitals(text: &str) -> bool {
    let long = text.split_whitespace().filter(|word| word.chars().count() > 3);
    let capital = long.clone().filter(|word| word.starts_with(char::is_uppercase)).count();
    capital * 2 > long.count()
}
