//! The bytes of a feed to characters.
//!
//! In this order: a byte order mark, the pattern of UTF-32 and UTF-16, valid UTF-8 of more
//! than ASCII, the charset of the HTTP header, that of the XML declaration, a guess. UTF-8
//! goes before what is named, because text in another encoding is almost never valid UTF-8
//! and names are often wrong; bytes of ASCII alone may be ISO-2022-JP.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::extract::{Hints, decode};
use crate::warning::Warning;

/// Bytes in which an XML declaration stands.
const DECLARATION: usize = 512;

/// The text of a document, borrowed if it is UTF-8, and what was odd about its encoding.
pub(super) fn text<'a>(bytes: &'a [u8], hints: &Hints) -> (Cow<'a, str>, Option<Warning>) {
    let (text, warning) = written(bytes, hints);
    (decode::meant(text), warning)
}

/// The same as it is written.
fn written<'a>(bytes: &'a [u8], hints: &Hints) -> (Cow<'a, str>, Option<Warning>) {
    if let Some(units) = utf32(bytes) {
        return (Cow::Owned(units), None);
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decoded(encoding, bytes.get(length..).unwrap_or_default());
    }
    if let Some(encoding) = decode::utf16_pattern(bytes) {
        return decoded(encoding, bytes);
    }
    let named = || {
        let header = hints.content_type.as_deref().and_then(decode::charset_of_media_type);
        header.and_then(taking_ascii).or_else(|| declared(bytes))
    };
    // ISO-2022-JP is ASCII with escapes.
    if bytes.is_ascii() && bytes.contains(&0x1b) {
        return decoded(named().unwrap_or(UTF_8), bytes);
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    if decode::mostly_utf8(bytes) {
        return decoded(UTF_8, bytes);
    }
    decoded(named().unwrap_or_else(|| decode::guess(bytes)), bytes)
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> (Cow<'a, str>, Option<Warning>) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    let warning = broken
        .then(|| Warning::new(format!("some bytes are not {name}; \u{fffd} stands for them")));
    (text, warning)
}

/// A document whose bytes were looked at as ASCII is in no encoding of two bytes a letter,
/// and one that is no UTF-8 is not what says that it is.
fn taking_ascii(encoding: &'static Encoding) -> Option<&'static Encoding> {
    Some(encoding).filter(|_| ![UTF_16BE, UTF_16LE, UTF_8].contains(&encoding))
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(DECLARATION)).unwrap_or_default();
    let start = String::from_utf8_lossy(start);
    let (_, rest) = start.split_once("<?xml")?;
    let (declaration, _) = rest.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let name = rest.trim_start_matches([' ', '=', '"', '\'', '\t', '\r', '\n']);
    let name = name.split(['"', '\'', ' ']).next()?;
    Encoding::for_label(name.as_bytes()).and_then(taking_ascii)
}

/// UTF-32, which the web's encodings leave out: with a mark, or with the `<` of XML as its
/// first character.
fn utf32(bytes: &[u8]) -> Option<String> {
    let (big, skip) = match bytes.get(..4)? {
        [0, 0, 0xfe, 0xff] => (true, 4),
        [0xff, 0xfe, 0, 0] => (false, 4),
        [0, 0, 0, b'<'] => (true, 0),
        [b'<', 0, 0, 0] => (false, 0),
        _ => return None,
    };
    let (units, _) = bytes.get(skip..)?.as_chunks::<4>();
    let character = |unit: &[u8; 4]| {
        let code = if big { u32::from_be_bytes(*unit) } else { u32::from_le_bytes(*unit) };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    Some(units.iter().map(character).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], content_type: Option<&str>) -> String {
        let hints = Hints { content_type: content_type.map(str::to_owned), ..Hints::default() };
        text(bytes, &hints).0.into_owned()
    }

    #[test]
    fn the_right_encoding_is_taken() {
        let xml = "<?xml version=\"1.0\"?><a>Fähre für Ägypten</a>";
        let latin = encoding_rs::WINDOWS_1252.encode(xml).0.into_owned();
        assert_eq!(read(xml.as_bytes(), None), xml);
        assert_eq!(read(xml.as_bytes(), Some("text/xml; charset=iso-8859-1")), xml);
        assert_eq!(read(&[b"\xef\xbb\xbf", xml.as_bytes()].concat(), None), xml);
        assert_eq!(read(&latin, Some("text/xml; charset=iso-8859-1")), xml);
        assert_eq!(read(&latin, Some("text/xml; charset=utf-8")), xml, "a guess");
        let utf16: Vec<u8> = xml.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&utf16, None), xml);
        let utf32: Vec<u8> = xml.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert_eq!(read(&utf32, None), xml);
        assert_eq!(read(&[&b"\xff\xfe\0\0"[..], &utf32].concat(), None), xml);
    }

    #[test]
    fn a_declaration_is_believed_after_the_header() {
        let xml = "<?xml version='1.0' encoding='koi8-r'?><a>Паром</a>";
        let bytes = encoding_rs::KOI8_R.encode(xml).0.into_owned();
        assert_eq!(read(&bytes, None), xml);
        assert_eq!(read(&bytes, Some("application/rss+xml; charset=koi8-r")), xml);
        let controls = "<?xml version='1.0' encoding='utf-8'?><a>doesn\u{92}t</a>";
        assert_eq!(read(controls.as_bytes(), None), controls.replace('\u{92}', "’"));
        let xml = "<?xml version='1.0' encoding='iso-2022-jp'?><a>港の船</a>";
        let bytes = encoding_rs::ISO_2022_JP.encode(xml).0.into_owned();
        assert_eq!(read(&bytes, None), xml);
    }
}
