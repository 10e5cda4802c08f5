//! What the system says of an error, as words of a sentence.
//!
//! An error of which more is known has a sentence of its own, which says what to do.

use std::io;

/// Why something could not be done: `permission denied`. Without a capital, and without
/// the number that means something to programmers alone.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let Some(words) = error.raw_os_error().and_then(|_| text.rsplit_once(" (os error ")) else {
        return text;
    };
    let mut letters = words.0.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_words_without_a_number() {
        let other = io::Error::other("It is odd (os error 7)");
        assert_eq!(reason(&other), "It is odd (os error 7)", "these are another's words");
        if cfg!(target_os = "linux") {
            assert_eq!(reason(&io::Error::from_raw_os_error(2)), "no such file or directory");
        }
    }
}
