//! `Line`: inline text on its way to spans.
//!
//! White space collapses across elements as CSS has it (Text Module Level 3, 4.1.1), and
//! edge spaces leave the marks and the link that they were written in, so that `<b>so </b>`
//! and `<b>so</b> ` are the same text.

use std::rc::Rc;

use url::Url;

use crate::article::{Link, LinkId, Marks, Span};
use crate::text::sanitize::SafeText;

/// How text stands where it stands: the marks and the link round it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Voice {
    pub marks: Marks,
    /// One `Rc` for each `a` element: two links to one address are two links.
    pub anchor: Option<Rc<Url>>,
}

impl Voice {
    fn is(&self, other: &Self) -> bool {
        self.marks == other.marks && same_anchor(self.anchor.as_ref(), other.anchor.as_ref())
    }
}

fn same_anchor(a: Option<&Rc<Url>>, b: Option<&Rc<Url>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Rc::ptr_eq(a, b),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Inline text not yet in a block.
#[derive(Debug, Default)]
pub(super) struct Line {
    pieces: Vec<(String, Voice)>,
}

impl Line {
    /// Adds text as it stands in the document. Line feeds in it are spaces.
    pub fn push(&mut self, text: &str, voice: &Voice) {
        let safe = SafeText::line(text);
        let mut ends_in_space = self.ends_in_space();
        let mut out = String::with_capacity(safe.len());
        for c in safe.chars() {
            if c != ' ' || !ends_in_space {
                out.push(c);
            }
            ends_in_space = c == ' ';
        }
        self.append(out, voice);
    }

    /// Adds a line break. True if the line already ends in one: two make a paragraph.
    pub fn push_break(&mut self, voice: &Voice) -> bool {
        if let Some((text, _)) = self.pieces.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
            if text.ends_with('\n') {
                return true;
            }
        }
        if !self.is_blank() {
            self.append("\n".to_owned(), voice);
        }
        false
    }

    /// The words of the line, without marks.
    pub fn text(&self) -> String {
        let text: String = self.pieces.iter().map(|(text, _)| text.as_str()).collect();
        text.trim().to_owned()
    }

    pub fn is_blank(&self) -> bool {
        self.pieces.iter().all(|(text, _)| text.trim().is_empty())
    }

    /// The links of the line with their words, in order.
    pub fn anchors(&self) -> Vec<(Rc<Url>, String)> {
        let mut anchors: Vec<(Rc<Url>, String)> = Vec::new();
        for (text, voice) in &self.pieces {
            let Some(anchor) = &voice.anchor else { continue };
            match anchors.last_mut() {
                Some((last, words)) if Rc::ptr_eq(last, anchor) => words.push_str(text),
                _ => anchors.push((Rc::clone(anchor), text.clone())),
            }
        }
        anchors.retain(|(_, words)| !words.trim().is_empty());
        anchors
    }

    pub fn clear(&mut self) {
        self.pieces.clear();
    }

    /// Ends the line: its spans, without white space at both ends. Its links join `links`.
    pub fn take(&mut self, links: &mut Vec<Link>) -> Vec<Span> {
        let mut pieces = settled(std::mem::take(&mut self.pieces));
        trim(&mut pieces);
        let mut spans = Vec::with_capacity(pieces.len());
        let mut open: Option<Rc<Url>> = None;
        for (text, voice) in pieces {
            let text = SafeText::multiline(&text);
            let link = voice.anchor.as_ref().map(|anchor| {
                let goes_on = same_anchor(open.as_ref(), Some(anchor));
                let words = SafeText::line(&text);
                match links.last_mut() {
                    Some(link) if goes_on => link.text.push(&words),
                    _ => links.push(Link { url: (**anchor).clone(), text: words }),
                }
                LinkId((links.len() - 1) as u32)
            });
            open = voice.anchor;
            spans.push(Span { text, marks: voice.marks, link });
        }
        spans
    }

    fn append(&mut self, text: String, voice: &Voice) {
        match self.pieces.last_mut() {
            Some((last, same)) if same.is(voice) => last.push_str(&text),
            _ if text.is_empty() => {}
            _ => self.pieces.push((text, voice.clone())),
        }
    }

    fn ends_in_space(&self) -> bool {
        let last = self.pieces.iter().rev().find_map(|(text, _)| text.chars().next_back());
        last.is_none_or(|c| c == ' ' || c == '\n')
    }
}

/// White space keeps only what it shares with the words on both sides of it.
fn settled(pieces: Vec<(String, Voice)>) -> Vec<(String, Voice)> {
    let mut words: Vec<(String, Voice)> = Vec::with_capacity(pieces.len());
    for (text, voice) in pieces {
        let core = text.trim_matches([' ', '\n']);
        if core.is_empty() {
            words.push((text, voice));
            continue;
        }
        let start = text.len() - text.trim_start_matches([' ', '\n']).len();
        let parts = [text.get(..start), Some(core), text.get(start + core.len()..)];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        words.extend(parts.map(|part| (part.to_owned(), voice.clone())));
    }
    let blank = |text: &str| text.chars().all(|c| c == ' ' || c == '\n');
    let mut out: Vec<(String, Voice)> = Vec::with_capacity(words.len());
    let mut before: Option<Voice> = None;
    for (at, (text, voice)) in words.iter().enumerate() {
        let mut voice = voice.clone();
        if blank(text) {
            let rest = words.get(at + 1..).unwrap_or_default();
            let after = rest.iter().find(|(text, _)| !blank(text)).map(|(_, voice)| voice);
            for side in [before.as_ref(), after] {
                voice = shared(voice, side);
            }
        } else {
            before = Some(voice.clone());
        }
        match out.last_mut() {
            Some((last, same)) if same.is(&voice) => last.push_str(text),
            _ => out.push((text.clone(), voice)),
        }
    }
    out
}

fn shared(voice: Voice, side: Option<&Voice>) -> Voice {
    let Some(side) = side else { return Voice::default() };
    let (a, b) = (voice.marks, side.marks);
    let marks = Marks {
        emphasis: a.emphasis && b.emphasis,
        strong: a.strong && b.strong,
        code: a.code && b.code,
        deleted: a.deleted && b.deleted,
        highlight: a.highlight && b.highlight,
        superscript: a.superscript && b.superscript,
        subscript: a.subscript && b.subscript,
    };
    let anchor = voice.anchor.filter(|a| same_anchor(Some(a), side.anchor.as_ref()));
    Voice { marks, anchor }
}

/// Takes white space of any script off both ends.
fn trim(pieces: &mut Vec<(String, Voice)>) {
    while let Some((text, _)) = pieces.last_mut() {
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            break;
        }
        pieces.pop();
    }
    let blank = pieces.iter().take_while(|(text, _)| text.trim_start().is_empty()).count();
    pieces.drain(..blank);
    if let Some((text, _)) = pieces.first_mut() {
        *text = text.trim_start().to_owned();
    }
}
