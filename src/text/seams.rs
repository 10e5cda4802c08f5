//! Where a line of text may end: between words, and inside those that are long.
//!
//! A short form of the line breaking algorithm of Unicode (UAX #14): after blanks;
//! between ideographs and kana, but for the signs that begin or end no line; after
//! hyphens, dashes and slashes of long words; and anywhere in what is wider than a
//! whole line. Korean breaks at its blanks. Thai, Lao, Khmer and Burmese write no
//! blanks between words and would need dictionaries: they too break at blanks, and
//! where a phrase is wider than a line, between clusters.

use hypher::Lang;

use super::width::{cluster_width, clusters, width};

/// A stretch of text that stays together, and the blanks after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// Cells that it takes.
    pub cells: usize,
    /// Cells of the blanks that follow, which fall away at the end of a line.
    pub blanks: usize,
    /// Whether a hyphen is added where the line ends with it.
    pub hyphen: bool,
}

/// Words shorter than this, in cells, keep their hyphens, dashes and slashes inside a
/// line. So do those shorter than a quarter of it: dividing them gains too little.
const DIVIDED_FROM: usize = 9;

/// Words shorter than this, in bytes, are not hyphenated; nor are longer ones than the other.
const HYPHENATED: std::ops::RangeInclusive<usize> = 6..=64;

/// The words of one paragraph, none wider than `max` cells unless it is one cluster.
/// Blanks at the start are left out.
pub(super) fn words(text: &str, max: usize, language: Option<Lang>) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6 + 1);
    let mut open: Option<Word> = None;
    let mut before = ' ';
    let mut at = 0;
    for cluster in clusters(text) {
        let cells = cluster_width(cluster);
        let end = at + cluster.len();
        let Some(first) = cluster.chars().next() else { break };
        if is_blank(cluster) {
            if let Some(word) = &mut open {
                word.blanks += cells.max(1);
            }
        } else {
            match &mut open {
                Some(word) if word.blanks == 0 && !may_part(before, first) => {
                    word.end = end;
                    word.cells += cells;
                }
                _ => {
                    let word = Word { start: at, end, cells, blanks: 0, hyphen: false };
                    if let Some(done) = open.replace(word) {
                        divide(text, done, max, language, &mut out);
                    }
                }
            }
        }
        before = first;
        at = end;
    }
    if let Some(done) = open {
        divide(text, done, max, language, &mut out);
    }
    out
}

/// The cells of the widest word of a line, where nothing but blanks parts words.
pub(crate) fn longest_word(line: &str) -> usize {
    words(line, usize::MAX, None).iter().map(|word| word.cells).max().unwrap_or(0)
}

/// The language of a BCP 47 tag, where its words can be hyphenated.
pub fn hyphenation(tag: &str) -> Option<Lang> {
    let language = tag.split(['-', '_']).next()?;
    Lang::from_iso(language.to_ascii_lowercase().into_bytes().try_into().ok()?)
}

/// Adds a word, in parts where it is long.
fn divide(text: &str, word: Word, max: usize, language: Option<Lang>, out: &mut Vec<Word>) {
    let short = word.cells < DIVIDED_FROM.max(max / 4) && word.cells <= max;
    if short && language.is_none() {
        out.push(word);
        return;
    }
    let seams = if short { Vec::new() } else { seams(slice(text, word)) };
    // A hyphen in an address would be read as a part of it.
    let language = language.filter(|_| !slice(text, word).contains(['/', '@', '_', '=']));
    part(text, word, seams, false, |piece| {
        let syllables = language.map_or(Vec::new(), |lang| syllables(slice(text, piece), lang));
        part(text, piece, syllables, true, |piece| {
            if piece.cells <= max {
                out.push(piece);
            } else {
                let chunks = chunks(slice(text, piece), max);
                part(text, piece, chunks, false, |piece| out.push(piece));
            }
        });
    });
}

/// Hands over the parts of a word between cuts, which are bytes of the word in order.
fn part(text: &str, word: Word, cuts: Vec<usize>, hyphen: bool, mut each: impl FnMut(Word)) {
    let mut rest = word;
    for cut in cuts {
        let end = word.start + cut;
        let cells = text.get(rest.start..end).map_or(0, width);
        each(Word { end, cells, blanks: 0, hyphen, ..rest });
        rest.start = end;
        rest.cells = rest.cells.saturating_sub(cells);
    }
    each(rest);
}

fn slice(text: &str, word: Word) -> &str {
    text.get(word.start..word.end).unwrap_or_default()
}

/// The places after hyphens, dashes and slashes between letters, so that neither
/// `e-mail` nor `COVID-19` nor `https://` comes apart.
fn seams(word: &str) -> Vec<usize> {
    if !word.contains(['-', '\u{2010}', '–', '—', '/']) {
        return Vec::new();
    }
    let parts: Vec<(usize, &str)> = clusters(word)
        .scan(0, |at, cluster| {
            *at += cluster.len();
            Some((*at, cluster))
        })
        .collect();
    parts
        .windows(5)
        .filter_map(|window| {
            let [(_, a), (_, b), (end, sign), (_, c), (_, d)] = window else { return None };
            let letters = [a, b, c, d].iter().all(|cluster| is_letter(cluster));
            (matches!(*sign, "-" | "\u{2010}" | "–" | "—" | "/") && letters).then_some(*end)
        })
        .collect()
}

fn is_letter(cluster: &str) -> bool {
    cluster.starts_with(char::is_alphabetic)
}

/// The places between the syllables of a word, its quotes and stops left aside.
fn syllables(word: &str, language: Lang) -> Vec<usize> {
    let core = word.trim_matches(|c: char| !c.is_alphabetic());
    let start = word.find(core).unwrap_or(0);
    let plain = |c: char| c.is_alphabetic() && !is_ideographic(c);
    if !HYPHENATED.contains(&core.len())
        || !core.chars().all(plain)
        || clusters(core).count() != core.chars().count()
    {
        return Vec::new();
    }
    let mut at = start;
    let mut out: Vec<usize> = hypher::hyphenate(core, language)
        .map(|syllable| {
            at += syllable.len();
            at
        })
        .collect();
    out.pop();
    out
}

/// The places that cut a word into pieces of at most `max` cells.
pub(crate) fn chunks(word: &str, max: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(end) = word.get(at..).and_then(|rest| chunk(rest, max)) {
        at += end;
        out.push(at);
    }
    out
}

/// Where the first `max` cells of a word end, if it has more than that.
pub(crate) fn chunk(word: &str, max: usize) -> Option<usize> {
    let (mut at, mut used) = (0, 0);
    for cluster in clusters(word) {
        let cells = cluster_width(cluster);
        if used + cells > max && used > 0 {
            return Some(at);
        }
        used += cells;
        at += cluster.len();
    }
    None
}

/// Whether a cluster is a space at which a line may end. No-break spaces are not.
fn is_blank(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => match c {
            ' ' | '\t' | '\u{1680}' | '\u{205f}' | '\u{3000}' => true,
            '\u{2000}'..='\u{200a}' => c != '\u{2007}',
            _ => false,
        },
        (_, _) => false,
    }
}

/// Whether a line may end between two characters that stand side by side.
fn may_part(before: char, after: char) -> bool {
    (is_ideographic(before) || is_ideographic(after))
        && !ends_no_line(before)
        && !begins_no_line(after)
}

/// Characters on both sides of which a line may end: ideographs, kana, their
/// punctuation, fullwidth forms, emoji.
fn is_ideographic(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff9f}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Characters that begin no line beside an ideograph: closing signs, stops, small
/// kana, iteration marks (the classes CL, CP, EX, IS, NS, CJ, GL and QU of UAX #14).
fn begins_no_line(c: char) -> bool {
    matches!(c,
        '!' | '"' | '%' | '\'' | ')' | ',' | '-' | '.' | '/' | ':' | ';' | '?' | ']' | '}'
        | '\u{a0}' | '°' | '·' | '»' | '\u{2007}' | '\u{2010}'..='\u{2014}' | '’' | '”'
        | '\u{2024}'..='\u{2026}' | '\u{202f}' | '‰' | '′' | '″' | '›' | '‼'..='⁉' | '℃'
        | '、' | '。' | '々' | '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛'
        | '〜' | '〞' | '〟' | '〻'
        | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ'
        | '゛'..='ゞ' | '゠'
        | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ'
        | '・'..='ヾ' | 'ㇰ'..='ㇿ'
        | '！' | '％' | '）' | '，' | '．' | '：' | '；' | '？' | '］' | '｝' | '～' | '｠'..='｡'
        | '｣'..='･' | 'ｧ'..='ｰ' | 'ﾞ' | 'ﾟ')
}

/// Characters that end no line beside an ideograph: opening signs, signs of currency
/// and number (the classes OP, PR, GL and QU of UAX #14).
fn ends_no_line(c: char) -> bool {
    matches!(
        c,
        '"' | '#'
            | '$'
            | '\''
            | '('
            | '['
            | '{'
            | '\u{a0}'
            | '¡'
            | '£'
            | '¥'
            | '«'
            | '¿'
            | '\u{2007}'
            | '\u{2011}'
            | '‘'
            | '“'
            | '‹'
            | '\u{202f}'
            | '€'
            | '№'
            | '〈'
            | '《'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '〘'
            | '〚'
            | '〝'
            | '＃'
            | '＄'
            | '（'
            | '［'
            | '｛'
            | '｟'
            | '｢'
            | '￡'
            | '￥'
    )
}
