//! Names in a byline: "By Ada Park and Tom Reed, Harbor Desk".

use crate::text::sanitize::SafeText;

/// Words before the names, lowercase.
const INTRODUCTIONS: [&str; 12] = [
    "written by",
    "posted by",
    "words by",
    "story by",
    "by",
    "von",
    "par",
    "por",
    "door",
    "av",
    "af",
    "di",
];

/// Bytes of the longest name.
const MAX_NAME: usize = 80;

/// Words of the longest name.
const MAX_WORDS: usize = 7;

/// The names in a byline, without what introduces them; addresses and dates are no names.
pub(super) fn names(text: &str) -> Vec<SafeText> {
    let text = SafeText::title(text);
    let text = introduced(&text);
    let mut names = Vec::new();
    for part in text.split(['|', '•', '·', ';', ',', '\n']) {
        let words = [" and ", " & ", " und ", " et ", " y "];
        let mut rest = vec![part];
        for word in words {
            rest = rest.into_iter().flat_map(|part| part.split(word)).collect();
        }
        for name in rest {
            let name = introduced(name.trim().trim_start_matches("and ").trim());
            let name = name.trim_matches(['-', '–', '—', ' ', '(', ')', '"']);
            let sane = !name.is_empty()
                && name.len() <= MAX_NAME
                && name.split_whitespace().count() <= MAX_WORDS
                && name.chars().any(char::is_alphabetic)
                && !name.contains(['@', '/', ':'])
                && !name.chars().any(|c| c.is_ascii_digit());
            if sane && !names.iter().any(|known: &SafeText| known.as_str() == name) {
                names.push(SafeText::title(name));
            }
        }
    }
    names
}

fn introduced(text: &str) -> &str {
    let found = INTRODUCTIONS.iter().find_map(|word| {
        let start = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        let apart = rest.starts_with(|c: char| c.is_whitespace() || c == ':');
        (start.to_lowercase() == *word && apart).then_some(rest)
    });
    found.unwrap_or(text).trim_start_matches([':', ' ']).trim()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_without_their_introduction() {
        for (text, expected) in [
            ("By Ada Park", "Ada Park"),
            ("by Ada Park and Tom Reed", "Ada Park|Tom Reed"),
            ("Written by: Ada Park, Tom Reed, and Li Wei", "Ada Park|Tom Reed|Li Wei"),
            ("Von Ada Park", "Ada Park"),
            ("Byron Hill", "Byron Hill"),
            ("Ada Park —", "Ada Park"),
            ("This is the tale of how I came to write about the harbor", ""),
            ("Ada Park | ada@example.org | 3 March 2024", "Ada Park"),
            ("https://example.org/ada", ""),
            ("", ""),
        ] {
            let found: Vec<_> = names(text).iter().map(ToString::to_string).collect();
            assert_eq!(found.join("|"), expected, "{text}");
        }
    }
}
