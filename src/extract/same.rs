//! Whether a page says the same thing in two of its places.

/// Whether two texts say the same, whatever the case and the spaces.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    !b.is_empty() && fold(a) == fold(b)
}
