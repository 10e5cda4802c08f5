//! References of XML and HTML: `&amp;`, `&#233;`, `&eacute;`.
//!
//! Feeds use the names of HTML without declaring them, so those are known.

use std::borrow::Cow;

use memchr::memchr;
use web_atoms::NAMED_ENTITIES;

use crate::extract::decode::character as meant;

/// Bytes of the longest name of HTML, `CounterClockwiseContourIntegral`.
const LONGEST: usize = 32;

/// What the part of a reference between `&` and `;` stands for, written to the end of `out`.
/// False where it stands for nothing; then nothing is written.
pub(super) fn resolve(name: &str, out: &mut String) -> bool {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let Ok(code) = code else { return false };
        out.push(character(code));
        return true;
    }
    // Nearly all references in escaped HTML are one of these.
    match name {
        "lt" => out.push('<'),
        "gt" => out.push('>'),
        "amp" => out.push('&'),
        "quot" => out.push('"'),
        _ => return resolve_name(name, out),
    }
    true
}

/// The same of a name of HTML.
fn resolve_name(name: &str, out: &mut String) -> bool {
    // The keys of the table end in `;`.
    let mut key = [b';'; LONGEST + 1];
    let Some(start) = key.get_mut(..name.len()).filter(|_| name.len() <= LONGEST) else {
        return false;
    };
    start.copy_from_slice(name.as_bytes());
    let key = key.get(..=name.len()).and_then(|key| str::from_utf8(key).ok());
    let Some((first, second)) = key.and_then(|key| NAMED_ENTITIES.get(key)) else { return false };
    // A few names stand for two characters. Zero is none.
    for code in [*first, *second].into_iter().filter(|code| *code != 0) {
        out.extend(char::from_u32(code));
    }
    *first != 0
}

/// The character of a number; what is no character is shown as one that was lost.
fn character(code: u32) -> char {
    let character = char::from_u32(code).filter(|c| *c != '\0').map(meant);
    character.unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A text with its references resolved; those that stand for nothing stay as written.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    decode_into(text, &mut out);
    Cow::Owned(out)
}

/// The same, written to the end of `out`.
pub(super) fn decode_into(text: &str, out: &mut String) {
    let mut rest = text;
    // Escaped HTML has one every few bytes: a search by character would take longest of all.
    while let Some((before, after)) =
        memchr(b'&', rest.as_bytes()).and_then(|at| rest.split_at_checked(at))
    {
        out.push_str(before);
        let after = after.get(1..).unwrap_or_default();
        let end = after.bytes().take(LONGEST + 1).position(|byte| byte == b';');
        let name = end.and_then(|end| after.get(..end)).filter(|name| resolve(name, out));
        if let Some(name) = name {
            rest = after.get(name.len() + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_for_characters() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a &lt;b&gt; &amp; &quot;c&quot; &apos;", "a <b> & \"c\" '"),
            ("&alpha;&Omega;&NotEqualTilde;&nbsp;", "αΩ≂̸\u{a0}"),
            ("caf&eacute; &#233; &#xE9; &#XE9;", "café é é é"),
            ("don&#146;t &#x80;", "don’t €"),
            ("&#0; &#xD800; &#99999999999;", "\u{fffd} \u{fffd} &#99999999999;"),
            ("AT&T; a & b &c=d &", "AT&T; a & b &c=d &"),
            ("&amp;lt;", "&lt;"),
            ("&é; &𝒳", "&é; &𝒳"),
        ] {
            assert_eq!(decode(text), expected, "{text}");
        }
    }
}
