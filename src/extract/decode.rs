//! Bytes to characters: what is no text, and which encoding the rest is in.
//!
//! In this order: a byte order mark, the pattern of UTF-16, valid UTF-8, the charset
//! that the carrier named, the charset that an HTML page names, a guess from the bytes.
//! UTF-8 goes before what is named, because text in another encoding is almost never
//! valid UTF-8, and names are often wrong.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr_iter;

use super::{Hints, NotText};
use crate::warning::Warning;

/// Bytes that are looked at to tell text from other data, and to find a named charset.
const SNIFF: usize = 4096;

/// Bytes that the guess is made from.
const GUESS: usize = 256 * 1024;

/// How the files begin that people take for texts, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture, a sound or a film"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, an e-book or an office document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an office document of the old kind"),
    (b"OggS", "a sound or a film"),
    (b"ID3", "a sound"),
    (b"{\\rtf", "an RTF document"),
];

/// The text of a document, and what was odd about its encoding.
pub(crate) fn decode(bytes: &[u8], hints: &Hints) -> Result<(String, Vec<Warning>), NotText> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        let sentence = format!("this is no text but {what}; give a page, Markdown or plain text");
        return Err(NotText(sentence));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(encoding, bytes));
    }
    if let Some(encoding) = utf16_pattern(bytes) {
        return Ok(decode_as(encoding, bytes));
    }
    if looks_binary(bytes) {
        let what = if bytes.iter().all(|byte| *byte == 0) {
            "this file holds nothing but zero bytes; it may be damaged"
        } else {
            "this is no text but binary data; give a page, Markdown or plain text"
        };
        return Err(NotText(what.to_owned()));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok((meant(text.into()).into_owned(), Vec::new()));
    }
    if mostly_utf8(bytes) {
        return Ok(decode_as(UTF_8, bytes));
    }
    let named = hints.content_type.as_deref().and_then(charset_of_media_type);
    let named = named.or_else(|| charset_of_page(bytes));
    Ok(decode_as(named.unwrap_or_else(|| guess(bytes)), bytes))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> (String, Vec<Warning>) {
    let (text, encoding, broken) = encoding.decode(bytes);
    let mut warnings = Vec::new();
    if broken {
        let name = encoding.name();
        warnings.push(Warning::new(format!("some bytes are not {name}; \u{fffd} stands for them")));
    }
    (meant(text).into_owned(), warnings)
}

/// A text whose C1 controls are the characters that were meant: those of windows-1252, which
/// somebody took for Latin-1 before the text came to be in Unicode. The HTML standard reads
/// their numbers so as well (13.2.5.80).
pub(crate) fn meant(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_c1 = |at: usize| matches!(bytes.get(at + 1), Some(0x80..=0x9f));
    if !memchr_iter(0xc2, bytes).any(is_c1) {
        return text;
    }
    Cow::Owned(text.chars().map(character).collect())
}

/// The character that is meant by one.
pub(crate) fn character(c: char) -> char {
    match u8::try_from(u32::from(c)) {
        Ok(byte @ 0x80..=0x9f) => {
            let (text, ..) = WINDOWS_1252.decode(std::slice::from_ref(&byte));
            text.chars().next().unwrap_or(c)
        }
        Ok(_) | Err(_) => c,
    }
}

/// UTF-16 without a mark: Latin text has a zero in every second byte.
pub(crate) fn utf16_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.get(..bytes.len().min(SNIFF)).unwrap_or_default().as_chunks::<2>();
    if pairs.len() < 4 {
        return None;
    }
    let zeros = |of: fn(&[u8; 2]) -> (u8, u8)| {
        pairs.iter().map(of).filter(|(zero, other)| *zero == 0 && *other != 0).count()
    };
    let (big, little) = (zeros(|[a, b]| (*a, *b)), zeros(|[a, b]| (*b, *a)));
    let many = pairs.len() * 2 / 5;
    if big > many && little < big / 8 {
        Some(UTF_16BE)
    } else if little > many && big < little / 8 {
        Some(UTF_16LE)
    } else {
        None
    }
}

/// A zero byte, or many control bytes: no encoding of text but UTF-16 has them.
fn looks_binary(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(SNIFF)).unwrap_or_default();
    let control = |byte: &u8| matches!(byte, 0x00..=0x07 | 0x0e..=0x1a | 0x1c..=0x1f);
    start.contains(&0) || start.iter().filter(|byte| control(byte)).count() * 20 > start.len()
}

/// Whether what is wrong with the UTF-8 is little beside what is right: a cut end, a
/// stray byte, one line of another encoding.
pub(crate) fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right >= wrong * 4
}

/// `text/html; charset="utf-8"`.
pub(crate) fn charset_of_media_type(media_type: &str) -> Option<&'static Encoding> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| Encoding::for_label(value.as_bytes()))?
    })
}

/// The charset of `<meta charset>`, `<meta http-equiv>` or an XML declaration near the
/// beginning. Every such place says `charset=` or `encoding=` and then a name.
fn charset_of_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(SNIFF)).unwrap_or_default());
    let start = start.to_ascii_lowercase();
    let is_page = start.contains("<meta") || start.trim_start().starts_with("<?xml");
    let (_, rest) = start.split_once("charset=").or_else(|| start.split_once("encoding="))?;
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let name = rest.split(['"', '\'', ' ', ';', '/', '>', '?']).next()?;
    let encoding = Encoding::for_label(name.as_bytes())?;
    // A page that could name its charset in ASCII is not in UTF-16.
    let encoding = if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding };
    is_page.then_some(encoding)
}

pub(crate) fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..bytes.len().min(GUESS)).unwrap_or_default(), bytes.len() <= GUESS);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], content_type: Option<&str>) -> String {
        let hints = Hints { content_type: content_type.map(str::to_owned), ..Hints::default() };
        decode(bytes, &hints).unwrap().0
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, word) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "PNG"),
            (b"%PDF-1.7\n", "PDF"),
            (b"PK\x03\x04\x14\0", "ZIP"),
            (&[0; 5000], "zero bytes"),
            (b"abc\0def\x01\x02", "binary"),
        ] {
            let NotText(sentence) = decode(bytes, &Hints::default()).unwrap_err();
            assert!(sentence.contains(word), "{sentence}");
        }
    }

    #[test]
    fn encodings_are_found() {
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(bytes).collect()
        };
        let phrase = "Der Fährmann fährt";
        assert_eq!(text(b"", None), "");
        assert_eq!(text(phrase.as_bytes(), Some("text/plain; charset=iso-8859-1")), phrase);
        assert_eq!(text(&[b"\xef\xbb\xbf", phrase.as_bytes()].concat(), None), phrase);
        assert_eq!(text(&utf16(phrase, u16::to_le_bytes), None), phrase);
        assert_eq!(text(&utf16(phrase, u16::to_be_bytes), None), phrase);
        assert_eq!(text(&utf16(&format!("\u{feff}{phrase}"), u16::to_le_bytes), None), phrase);
        assert_eq!(text(b"Der F\xe4hrmann f\xe4hrt", None), phrase);
        let controls = "\u{93}It doesn\u{92}t\u{94} \u{80}5 «»\u{81}";
        assert_eq!(text(controls.as_bytes(), None), "“It doesn’t” €5 «»\u{81}");
        let russian = "Паром будет ходить всю зиму, сообщили в порту";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(text(&bytes, None), russian);
        assert_eq!(text(&bytes, Some("text/plain; charset=windows-1251")), russian);
        let japanese = "フェリーは冬のあいだも運航を続けると港が発表した。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(japanese);
        assert_eq!(text(&bytes, None), japanese);
        let page = b"<html><head><meta charset=\"windows-1250\"></head><body>\x9aest</body>";
        assert!(text(page, None).contains("šest"));
    }

    #[test]
    fn a_stray_byte_is_no_other_encoding() {
        let phrase = "Der Fährmann fährt über den großen Fluß, für ägyptische Gäste, später öfter";
        let bytes = [phrase.as_bytes(), b"\xff"].concat();
        let (text, warnings) = decode(&bytes, &Hints::default()).unwrap();
        assert!(text.starts_with(phrase));
        assert_eq!(warnings.len(), 1);
    }
}
