//! What lists call an entry that has no title, such as a short post: its first words.

use crate::extract::html;
use crate::feed::{Content, Entry};
use crate::text::address::shown;
use crate::text::cut::beginning;
use crate::text::sanitize::SafeText;
use crate::text::width::prefix;

/// Cells of a text that stand for a title, at most.
const LONGEST: usize = 80;

/// Bytes of a text that are looked at.
const LOOKED_AT: usize = 4_096;

/// The first words of an entry, else its address, else the name of its first file.
pub(super) fn title(entry: &Entry) -> SafeText {
    let text = match &entry.content {
        Content::None => String::new(),
        Content::Html(html) => html::fragment(beginning(html, LOOKED_AT), None).0.plain_text(),
        Content::Text(text) => beginning(text, LOOKED_AT).to_owned(),
    };
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).map(first_words);
    let file = || entry.enclosures.first().map(|file| &file.url);
    let address = || entry.link.as_ref().or_else(file).map(shown);
    first.or_else(address).unwrap_or_default()
}

/// As many whole words as fit, or as many characters where there are no words.
fn first_words(line: &str) -> SafeText {
    let line = SafeText::title(line);
    let start = prefix(&line, LONGEST);
    if start.len() == line.len() {
        return line;
    }
    // The last word may be cut, unless there is hardly another.
    let word = start.rfind(' ').filter(|word| word * 2 > start.len());
    SafeText::title(&format!("{}…", start.get(..word.unwrap_or(start.len())).unwrap_or(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: Content, expected: &str) {
        let link = "https://a.example/1".parse().ok();
        assert_eq!(title(&Entry { link, content, ..Entry::default() }).as_str(), expected);
    }

    #[test]
    fn an_entry_without_a_title_is_called_by_its_first_words() {
        check(
            Content::Html("<p>Ships <b>come</b> again.</p><p>Soon.</p>".into()),
            "Ships come again.",
        );
        check(Content::Text("\n  One line\nand another".into()), "One line");
        let long =
            "The ferry to the island leaves at eight, and nobody knows when it will return at all.";
        check(
            Content::Text(long.into()),
            "The ferry to the island leaves at eight, and nobody knows when it will return…",
        );
        check(Content::Text("船".repeat(200)), &format!("{}…", "船".repeat(40)));
        check(Content::Html(format!("<p>{}", "é".repeat(5_000))), &format!("{}…", "é".repeat(80)));
        check(Content::Html("<img src=x>".into()), "https://a.example/1");
        check(Content::None, "https://a.example/1");
    }
}
