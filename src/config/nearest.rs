//! "Did you mean": the name nearest to one that nothing has.

/// The words to add to a complaint about a name: a known name, if one is near.
pub(super) fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    // One slip in three letters is still the same word; more is another word.
    let most = (name.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|other| (strsim::osa_distance(&name.to_lowercase(), other), other))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| format!("; did you mean {other:?}?"))
        .unwrap_or_default()
}
