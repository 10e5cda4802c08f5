//! Errors and warnings as sentences for the status line.

use std::fmt::Display;

/// An error or a warning with a capital and a full stop.
pub fn sentence(error: &(impl Display + ?Sized)) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let text = format!("{first}{}", letters.as_str());
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

/// Several sentences as one; nothing if there is none.
pub fn first_of(sentences: &[String]) -> Option<String> {
    let first = sentences.first()?;
    Some(match sentences.len() {
        1 => first.clone(),
        n => format!("{first} (and {} more)", n - 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_becomes_a_sentence() {
        for (error, expected) in [
            ("another dateline is fetching", "Another dateline is fetching."),
            ("Nothing was found. Try again!", "Nothing was found. Try again!"),
            ("", "."),
        ] {
            assert_eq!(sentence(error), expected);
        }
    }

    #[test]
    fn of_many_sentences_the_first_is_said_and_the_others_are_counted() {
        let sentences = ["One.", "Two.", "Three."].map(str::to_owned);
        assert_eq!(first_of(&sentences[..0]), None);
        assert_eq!(first_of(&sentences[..1]).as_deref(), Some("One."));
        assert_eq!(first_of(&sentences).as_deref(), Some("One. (and 2 more)"));
    }
}
