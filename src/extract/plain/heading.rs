//! Which bare lines of a text are section headings.
//!
//! Plain text has no sign for a heading, so this weighs evidence: how the line looks,
//! what stands around it, and what the text does elsewhere. The evidence is about form,
//! hardly about words, so that it holds in many languages. A paragraph that is called a
//! heading is worse than a heading that is missed, so the threshold is high.

use super::scene::{Line, Scene, Shape, count};
use super::unit::{Kind, Unit};
use crate::text::sanitize::SafeText;

/// For each unit, whether it is a heading. The units are those of the body, without the
/// lines that name other stories; `names` are those of the writers, which credits repeat.
pub fn find(units: &[&Unit<'_>], names: &[SafeText]) -> Vec<bool> {
    let scene = Scene::new(units, names);
    (0..units.len()).map(|at| scene.line(at).is_some_and(|line| score(&line) > 0.0)).collect()
}

/// How much a line has of a piece of evidence, from 0 to about 1.
type Amount = fn(&Line<'_>) -> f32;

/// Where the scale begins: a line of which nothing speaks for a heading is far from one.
const BASE: f32 = -5.0;

/// The evidence, each piece with its weight. A score above zero makes a heading.
///
/// The weights are a logistic regression over some two hundred articles of the web, whose
/// authors had marked their headings, with the bare lines that they had not marked; they
/// are rounded, and the base is set for a probability of two thirds instead of one half.
const EVIDENCE: &[(f32, Amount)] = &[
    // How long it is. Headings are short, and no sentence is that short.
    (1.1, |l| yes(l.words.len() == 1)),
    (0.7, |l| yes(l.words.len() == 2)),
    (-0.9, |l| yes(l.words.len() > 10)),
    (-0.9, |l| yes(l.shape.chars > 90)),
    // How it ends: with a question often, with a stop hardly ever.
    (-1.7, |l| yes(l.text.ends_with(['.', '。', '…', '।']))),
    (2.4, |l| yes(l.text.ends_with(['?', '？', '؟']))),
    // How it begins.
    (-2.3, |l| yes(l.text.starts_with(char::is_lowercase))),
    (-1.1, |l| yes(l.text.starts_with(['"', '“', '„', '«', '‘', '\'', '「']))),
    (-2.2, |l| yes(starts_oddly(l.text))),
    (2.2, |l| yes(matches!(l.kind, Kind::Number(_)))),
    (-2.3, |l| yes(in_sequence(l))),
    // How its words look.
    (2.1, |l| capital_share(&l.words)),
    (0.7, |l| yes(l.words.len() > 2 && capital_share(&l.words) >= 1.0)),
    (-1.0, |l| yes(has_two_sentences(l.text))),
    (-0.8, |l| count(l.text.matches([',', '，', '،', '、', ';']).count().min(4))),
    (-1.1, |l| yes(has_address(l.text))),
    (-0.5, |l| yes(has_figures(l.text))),
    // What stands above and below: a heading parts paragraphs and has one to head.
    (0.9, |l| {
        yes(l.next.is_some_and(|(unit, shape)| unit.kind == Kind::Text && shape.chars >= LONG))
    }),
    (1.0, |l| yes(l.next.is_some_and(|(_, shape)| shape.colon))),
    (-1.9, |l| yes(l.next.is_none())),
    (0.4, |l| yes(l.after_next.is_some_and(|shape| shape.chars >= LONG))),
    (0.5, |l| yes(l.previous.is_some_and(|(_, shape)| shape.chars >= LONG))),
    (0.6, |l| yes(l.previous.is_some_and(|(_, shape)| shape.ends))),
    (-1.2, |l| yes(l.previous.is_some_and(|(_, shape)| shape.colon))),
    // Among other short lines it is rather an item, if it is not the first or the last.
    (0.5, |l| count(l.run.min(8)) / 4.0),
    (2.0, |l| yes(l.run == 1)),
    (-0.8, |l| yes(l.run > 3)),
    (1.5, |l| yes(l.run > 1 && l.place_in_run == 0)),
    (0.8, |l| yes(l.left_in_run == 0)),
    // What the text does elsewhere: parts that repeat have the same headings; captions
    // repeat their last words; a text of short lines says little by them.
    (1.3, |l| yes(l.repeats > 1)),
    (0.5, |l| yes(l.repeats > 3)),
    (-1.1, |l| yes(l.same_ending > 2)),
    (-1.0, |l| l.short_share),
    (0.9, |l| count(l.median.min(400)) / 200.0),
];

/// Characters from which a neighbor is surely a paragraph.
const LONG: usize = 120;

fn score(line: &Line<'_>) -> f32 {
    BASE + EVIDENCE.iter().map(|(weight, amount)| weight * amount(line)).sum::<f32>()
}

fn yes(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

/// One of several numbered lines with nothing between them: an item, and no heading.
fn in_sequence(line: &Line<'_>) -> bool {
    let Kind::Number(number) = line.kind else { return false };
    let is = |unit: Option<(&Unit<'_>, Shape)>, wanted: u32| {
        unit.is_some_and(|(unit, _)| unit.kind == Kind::Number(wanted))
    };
    is(line.next, number + 1) || (number > 0 && is(line.previous, number - 1))
}

/// The part of the longer words that begin with a capital; a half where the script has none.
fn capital_share(words: &[&str]) -> f32 {
    let (mut all, mut capital) = (0_u16, 0_u16);
    for word in words {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = word.chars().next().filter(|c| c.is_uppercase() || c.is_lowercase())
        else {
            continue;
        };
        // Articles and prepositions are short and small in titles of any language.
        if first.is_lowercase() && word.chars().count() <= 3 {
            continue;
        }
        all += 1;
        capital += u16::from(first.is_uppercase());
    }
    if all == 0 || words.len() == 1 { 0.5 } else { f32::from(capital) / f32::from(all) }
}

/// A sentence ends inside of the line and another begins.
fn has_two_sentences(text: &str) -> bool {
    let mut before: Option<&str> = None;
    for word in text.split_whitespace() {
        let ended = before.is_some_and(|word| {
            let bare = word.trim_end_matches(['"', '”', '’', ')']);
            let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
            bare.ends_with(['!', '?', '…']) || (bare.ends_with('.') && letters > 3)
        });
        if ended && word.starts_with(|c: char| !c.is_lowercase()) {
            return true;
        }
        before = Some(word);
    }
    text.contains(['。', '！', '？']) && !text.ends_with(['。', '！', '？'])
}

fn starts_oddly(text: &str) -> bool {
    let known = ['(', '[', '{', '"', '“', '„', '«', '‘', '\'', '「', '¿', '¡'];
    text.starts_with(|c: char| {
        !c.is_alphanumeric()
            && !known.contains(&c)
            && !matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
    })
}

/// An address, or a user's name.
fn has_address(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.contains('@')
}

/// Prices, shares, long numbers: what tables and lists of facts have.
fn has_figures(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|c| {
        digits = if c.is_numeric() { digits + 1 } else { 0 };
        digits >= 3 || matches!(c, '$' | '€' | '£' | '¥' | '%')
    })
}
