//! Lines of a text, by their bytes.

/// Where the line of a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// The end of a line, behind its line feed.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1)
}

/// Bytes of a blank line at the end of a text.
pub(super) fn blank_line_at_end(text: &str) -> usize {
    let ends = ["\r\n", "\n"];
    let Some(line) = ends.iter().find_map(|end| text.strip_suffix(end)) else { return 0 };
    if line.ends_with('\n') || line.is_empty() { text.len() - line.len() } else { 0 }
}

pub(super) fn blank_line_at_start(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) }
}

pub(super) fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Adds a table at the end, behind a blank line. `newline` is how lines of the text end.
pub(super) fn append(text: &mut String, newline: &str, table: &str) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(newline);
    }
    if !text.is_empty() && blank_line_at_end(text) == 0 {
        text.push_str(newline);
    }
    for line in table.lines() {
        text.push_str(line);
        text.push_str(newline);
    }
}
