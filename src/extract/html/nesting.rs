//! A bound on how deep markup nests and on how much of it there is, before it is parsed.
//!
//! The standard's tree construction looks up the stack of open elements for nearly every
//! tag, and copies open formatting elements into each paragraph. A page that nests a
//! hundred thousand deep would take minutes. Here the tags past the bound are left out
//! and their text stays. This is no parser: it only counts, and errs where markup is
//! broken by keeping what it sees.

use std::borrow::Cow;

use super::tag::{
    Tag, end_of_raw, is_block, is_formatting, is_heading, is_perhaps_raw, is_raw, is_uncounted,
    next_tag,
};

/// Open elements, those with an implied end not counted.
const MAX_OPEN: usize = 256;

/// Open formatting elements, which are copied into every block they reach into.
const MAX_FORMATTING: usize = 16;

/// Elements of one document, copies that are made of formatting elements counted. What follows
/// more than that is left out: each costs half a kilobyte once it is parsed, and no article has
/// a tenth as many.
const MAX_ELEMENTS: usize = 500_000;

/// Attributes of one tag: a parser compares each with all others.
const MAX_ATTRIBUTES: usize = 1_000;

/// Markup within bounds, and what it took to get it there.
#[derive(Debug, Default)]
pub(super) struct Bounded<'a> {
    pub html: Cow<'a, str>,
    /// Tags were left out, and their text stayed.
    pub flattened: bool,
    /// The document ends early.
    pub cut: bool,
}

/// The markup without the tags that nest too deep; borrowed where none does.
pub(super) fn bounded(html: &str) -> Bounded<'_> {
    let mut elements = 0;
    let mut open: Vec<&str> = Vec::new();
    let mut active = Active::default();
    let mut formatting = 0;
    let mut dropped: usize = 0;
    let mut out = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        elements += usize::from(!tag.closes) + active.0.len();
        if elements > MAX_ELEMENTS {
            out.push_str(html.get(kept..tag.start).unwrap_or_default());
            return Bounded { html: Cow::Owned(out), flattened: kept > 0, cut: true };
        }
        let keep = if tag.closes {
            if dropped > 0 && !is_uncounted(tag.name) {
                dropped -= 1;
                false
            } else {
                close(&mut open, tag.name);
                formatting = open.iter().filter(|name| is_formatting(name)).count();
                active.close(tag.name);
                true
            }
        } else if tag.attributes > MAX_ATTRIBUTES {
            dropped += usize::from(!is_uncounted(tag.name));
            false
        } else if is_uncounted(tag.name) || (tag.empty && is_foreign(&open)) {
            true
        } else if open.len() >= MAX_OPEN
            || (is_formatting(tag.name) && formatting >= MAX_FORMATTING)
        {
            dropped += 1;
            false
        } else {
            formatting += usize::from(is_formatting(tag.name));
            open.push(tag.name);
            true
        };
        if keep && !tag.closes {
            active.open(&tag, html.get(tag.start..tag.end).unwrap_or_default());
        }
        if !keep {
            out.push_str(html.get(kept..tag.start).unwrap_or_default());
            kept = tag.end;
        }
        if tag.closes {
            continue;
        }
        let raw = is_raw(tag.name);
        if raw && !is_foreign(&open) {
            at = end_of_raw(html, at, tag.name);
        } else if raw || is_perhaps_raw(tag.name) {
            let end = end_of_raw(html, at, tag.name);
            let (inner, count) = inner(html.get(..end).unwrap_or_default(), at, &mut active);
            if open.len() + inner.len() > MAX_OPEN || elements + count > MAX_ELEMENTS {
                out.push_str(html.get(kept..at).unwrap_or_default());
                kept = end;
            } else {
                open.extend(inner);
                elements += count;
            }
            at = end;
        }
    }
    if kept == 0 {
        return Bounded { html: Cow::Borrowed(html), ..Bounded::default() };
    }
    out.push_str(html.get(kept..).unwrap_or_default());
    Bounded { html: Cow::Owned(out), flattened: true, cut: false }
}

/// What the rest of a text comes to, if it is no plain text: the elements that it leaves open,
/// and how many there are. Formatting in it counts as not closed.
fn inner<'a>(html: &'a str, mut at: usize, active: &mut Active<'a>) -> (Vec<&'a str>, usize) {
    let (mut open, mut elements) = (Vec::new(), 0);
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        elements += usize::from(!tag.closes) + active.0.len();
        if tag.closes {
            close(&mut open, tag.name);
        } else {
            active.open(&tag, html.get(tag.start..tag.end).unwrap_or_default());
            if !is_uncounted(tag.name) {
                open.push(tag.name);
            }
        }
        if open.len() > MAX_OPEN || elements > MAX_ELEMENTS {
            break;
        }
    }
    (open, elements)
}

/// Takes an element that ends off the open ones, and those that end with it.
fn close(open: &mut Vec<&str>, name: &str) {
    let is_its =
        |other: &&str| other.eq_ignore_ascii_case(name) || (is_heading(other) && is_heading(name));
    let Some(found) = open.iter().rposition(is_its) else { return };
    let above = open.get(found + 1..).unwrap_or_default();
    let among = |names: &[&str]| {
        above.iter().any(|other| names.iter().any(|name| name.eq_ignore_ascii_case(other)))
    };
    if among(&BARRIERS) && !name.eq_ignore_ascii_case("table") {
        // No end reaches out of a table's cell.
    } else if is_formatting(name) {
        open.remove(found); // The blocks in it stay open.
    } else if is_block(name) || !above.iter().any(|other| is_block(other)) {
        open.truncate(found);
    }
}

/// What formatting is begun again in every block, as the standard has it: elements whose own
/// end tag has not come. An upper bound: of what came before a table's cell, an end tag within
/// it may end nothing.
#[derive(Default)]
struct Active<'a>(Vec<Formatting<'a>>);

struct Formatting<'a> {
    name: &'a str,
    /// With its attributes: of those that are alike three at most are begun again.
    tag: &'a str,
    /// A cell or the like has begun since.
    shut: bool,
}

impl<'a> Active<'a> {
    fn open(&mut self, tag: &Tag<'a>, text: &'a str) {
        if is_formatting(tag.name) {
            let alone = ["a", "nobr"].iter().any(|alone| alone.eq_ignore_ascii_case(tag.name));
            let alike = self.0.iter().filter(|other| {
                if alone { other.name.eq_ignore_ascii_case(tag.name) } else { other.tag == text }
            });
            if alike.count() < if alone { 1 } else { 3 } {
                self.0.push(Formatting { name: tag.name, tag: text, shut: false });
            }
        } else if MARKERS.iter().any(|marker| marker.eq_ignore_ascii_case(tag.name)) {
            self.0.iter_mut().for_each(|other| other.shut = true);
        }
    }

    fn close(&mut self, name: &str) {
        let own = |other: &Formatting| !other.shut && other.name.eq_ignore_ascii_case(name);
        if let Some(found) = self.0.iter().rposition(own) {
            self.0.remove(found);
        }
    }
}

/// Elements whose insides formatting does not reach.
const MARKERS: [&str; 7] = ["applet", "caption", "marquee", "object", "td", "template", "th"];

/// Elements within which an end tag closes nothing outside.
const BARRIERS: [&str; 7] =
    ["applet", "desc", "foreignobject", "marquee", "object", "table", "template"];

fn is_foreign(open: &[&str]) -> bool {
    open.iter().any(|name| name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markup_is_not_touched() {
        let lists = "<ul><li>a</ul>".repeat(1000);
        let paragraphs = "<p>a<br>".repeat(1000);
        let bomb: String =
            (0..5_000).fold(String::new(), |text, n| text + &format!("<div><b class={n}>x</div>"));
        for start in ["<svg><title>", "<noscript>"] {
            let html = format!("{start}{bomb}</title></noscript>");
            assert!(bounded(&html).html.len() < 100, "{start}");
        }
        let pictures = format!("<svg>{}</svg>", "<path d='>'/>".repeat(1000));
        let script = format!("<script>{}</script>", "'<div>'".repeat(1000));
        let comment = format!("<!--{}-->", "<div>".repeat(1000));
        for html in [lists, paragraphs, pictures, script, comment, "a < b <".to_owned()] {
            assert!(
                matches!(bounded(&html).html, Cow::Borrowed(_)),
                "{}",
                html.get(..20).unwrap_or(&html)
            );
        }
    }

    #[test]
    fn tags_past_the_bound_go_and_their_text_stays() {
        let html = format!("{}<div title='>'>x</div>y</div>z", "<div>".repeat(MAX_OPEN));
        let expected = format!("{}xy</div>z", "<div>".repeat(MAX_OPEN));
        assert_eq!(bounded(&html).html, expected);
        let html = format!("{}<b>x", "<b>".repeat(MAX_FORMATTING));
        assert_eq!(bounded(&html).html, format!("{}x", "<b>".repeat(MAX_FORMATTING)));
    }

    #[test]
    fn what_an_end_tag_does_not_close_stays_counted() {
        for part in [
            "<span><div></span>x",
            "<b><div></b>x",
            "<div><table><tr><td></div>x",
            "<div><svg><desc></div>x",
            "<label><h1></label>x",
            "<div><iframe></div></iframe>x",
            "<div><noscript></div></noscript>x",
            "<div><svg><p><style></div></style>x",
        ] {
            let html = part.repeat(100_000);
            let found = bounded(&html);
            assert!(found.flattened, "{part}");
            assert!(found.html.matches("<div>").count() <= MAX_OPEN, "{part}");
        }
        for start in ["<svg><style>", "<svg><title>", "<math><mi><script>", "<noscript>"] {
            let html = format!("{start}{}", "<div>".repeat(100_000));
            assert!(bounded(&html).html.matches("<div>").count() <= MAX_OPEN, "{start}");
        }
        let pictures = "<noscript><picture><img></picture></noscript><svg><title>a</title></svg>";
        for part in [pictures, "<h1>a</h2>", "<b>a<i>b</b>c</i>", "<div><span>a</div></span>"] {
            assert!(matches!(bounded(&part.repeat(1000)).html, Cow::Borrowed(_)), "{part}");
        }
    }

    #[test]
    fn formatting_that_is_copied_into_every_block_is_counted_there() {
        let numbered =
            |part: &str| (0..20_000).map(|n| part.replace('#', &n.to_string())).collect::<String>();
        for part in [
            "<div><b class=#>x</div>",
            "<section><i class=#><font></font>x</section>",
            "<div><b class=#><table><tr><td></b></table></div>",
        ] {
            let html = numbered(part);
            assert!(bounded(&html).cut, "{part}");
        }
        for part in [
            "<div><b class=#>x</b></div>",
            "<div><b>x</div>",
            "<p><a name=#>x</p>",
            "<td><a href=#>x",
            "<td><b id=#>x</b></td>",
        ] {
            assert!(!bounded(&numbered(part)).cut, "{part}");
        }
    }

    #[test]
    fn a_tag_with_too_many_attributes_goes_and_its_text_stays() {
        let many = |part: &str| part.repeat(MAX_ATTRIBUTES + 1);
        for attributes in [many(" a=1"), many("/a"), many(" a='1'"), format!(" {}", many("a=''"))] {
            assert_eq!(bounded(&format!("<p><b{attributes}>x</b></p>")).html, "<p>x</p>");
        }
        for part in [" a='1 2/3'", "  \n"] {
            let few = format!("<b{}>x</b>", part.repeat(MAX_ATTRIBUTES / 2));
            assert!(matches!(bounded(&few).html, Cow::Borrowed(_)), "{part}");
        }
        let long = format!("<img src='data:,{}'>", many("a/b c "));
        assert!(matches!(bounded(&long).html, Cow::Borrowed(_)));
    }

    #[test]
    fn a_document_without_end_has_one() {
        let html = "<p>x".repeat(MAX_ELEMENTS + 5);
        let found = bounded(&html);
        assert!(found.cut && !found.flattened);
        assert_eq!(found.html.len(), MAX_ELEMENTS * 4);
    }
}
