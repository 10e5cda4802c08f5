//! `Visible`: JSON that may be printed to a terminal.
//!
//! What a publisher wrote is told as it was written, so it may hold what a terminal would
//! obey. Escaped, it is the same text to whoever reads JSON.

use std::io::{self, Write};

use serde_json::ser::Formatter;

use crate::text::sanitize::SafeText;

/// Writes JSON in one line, and what nobody sees in it as `\\u` and a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Nearly all of it is as it must be.
        if SafeText::is_safe(fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        for c in fragment.chars() {
            let mut bytes = [0; 4];
            if SafeText::is_safe(c.encode_utf8(&mut bytes)) {
                writer.write_all(c.encode_utf8(&mut bytes).as_bytes())?;
                continue;
            }
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize as _;

    use super::*;

    #[test]
    fn what_nobody_sees_is_escaped_and_reads_back() {
        let text = "a\u{9b}2J\u{1b}[0m \u{202e}gpj\u{7f}é日👩\u{200d}🚀\u{e0041}";
        let mut out = Vec::new();
        let mut writer = serde_json::Serializer::with_formatter(&mut out, Visible);
        text.serialize(&mut writer).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, "\"a\\u009b2J\\u001b[0m \\u202egpj\\u007fé日👩\\u200d🚀\\udb40\\udc41\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
