//! A feed's document as the library takes it: parsed, each entry with its identity and
//! the time that it takes to read.
//!
//! Pure. It runs on the workers, one document at a time each.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::extract::Hints;
use crate::feed::{self, Content, Entry, Feed, NotAFeed, Schedule, identity};
use crate::library::store::Arrival;
use crate::story::{SourceKey, StoryId};
use crate::text::cut::beginning;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

/// What a document says.
#[derive(Debug)]
pub(super) struct Document {
    pub title: SafeText,
    pub site: Option<Url>,
    pub schedule: Schedule,
    /// Stories a week; none where the entries have no dates.
    pub per_week: Option<f32>,
    /// What was wrong with it, as one sentence.
    pub warning: Option<SafeText>,
    pub arrivals: Vec<Arrival>,
}

/// Bytes that are kept of one entry's text: more than any book has.
const LONGEST_TEXT: usize = 4 << 20;

/// Reads a document of the source with this key.
pub(super) fn read(
    key: &SourceKey,
    bytes: &[u8],
    hints: &Hints,
    now: Timestamp,
) -> Result<Document, NotAFeed> {
    let (feed, mut warnings) = feed::parse(bytes, hints)?;
    let ids = identity::ids(&feed);
    let per_week = per_week(&feed, now);
    let Feed { title, link: site, schedule, entries, .. } = feed;
    let mut cut = 0;
    let arrivals = ids.into_iter().zip(entries).map(|(entry_id, mut entry)| {
        cut += usize::from(shorten(&mut entry));
        let (digest, minutes) = identity::digest_and_minutes(&entry);
        let id = StoryId::new(key.as_str(), &entry_id);
        Arrival { id, entry_id, digest, minutes, entry }
    });
    let arrivals = arrivals.collect();
    if cut > 0 {
        let sentence = format!("{cut} of its texts were cut at {} MiB", LONGEST_TEXT >> 20);
        warnings.push(Warning::new(sentence));
    }
    Ok(Document { title, site, schedule, per_week, warning: sentence(&warnings), arrivals })
}

/// Warnings as one sentence: the first, and how many more there are.
fn sentence(warnings: &[Warning]) -> Option<SafeText> {
    let (first, more) = warnings.split_first()?;
    let more = match more.len() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    Some(SafeText::title(&format!("{first}{more}")))
}

/// Cuts the text of an entry that is longer than any reader reads. Returns whether it was.
fn shorten(entry: &mut Entry) -> bool {
    let (Content::Html(text) | Content::Text(text)) = &mut entry.content else { return false };
    if text.len() <= LONGEST_TEXT {
        return false;
    }
    text.truncate(beginning(text, LONGEST_TEXT).len());
    text.shrink_to_fit();
    true
}

/// Stories a week, from the dates of a document: since its oldest entry, so that a feed
/// that has fallen silent counts as slow.
fn per_week(feed: &Feed, now: Timestamp) -> Option<f32> {
    let dates = feed.entries.iter().filter_map(|entry| entry.published.or(entry.updated));
    let (count, oldest) = dates
        .filter(|date| *date <= now)
        .fold((0_u16, now), |(count, oldest), date| (count.saturating_add(1), oldest.min(date)));
    // Of one burst nothing can be learned.
    let days =
        now.duration_since(oldest).max(SignedDuration::from_hours(24)).as_secs_f32() / 86_400.0;
    (count > 0).then(|| f32::from(count) * 7.0 / days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(days: &[i64]) -> Feed {
        let now = Timestamp::UNIX_EPOCH;
        let entries = days.iter().map(|days| Entry {
            published: Some(now - SignedDuration::from_hours(24 * days)),
            ..Entry::default()
        });
        Feed { entries: entries.collect(), ..Feed::default() }
    }

    #[test]
    fn how_often_a_feed_posts_is_learned_from_its_dates() {
        let per_week = |days: &[i64]| per_week(&dated(days), Timestamp::UNIX_EPOCH);
        assert_eq!(per_week(&[]), None);
        assert_eq!(per_week(&[-3]), None, "what is in the future says nothing");
        assert_eq!(per_week(&[1, 3, 5, 7]), Some(4.0));
        assert_eq!(per_week(&[69, 70]), Some(0.2));
        assert_eq!(per_week(&[0, 0]), Some(14.0));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_between_two_characters() {
        let long = "é".repeat(LONGEST_TEXT);
        let mut entry = Entry { content: Content::Text(format!("x{long}")), ..Entry::default() };
        assert!(shorten(&mut entry));
        assert_eq!(entry.content.as_str().len(), LONGEST_TEXT - 1);
        assert!(!shorten(&mut entry));
    }

    #[test]
    fn warnings_are_told_in_one_sentence() {
        assert_eq!(sentence(&[]), None);
        let two = [Warning::at(3, "a tag is not closed"), Warning::new("no date")];
        assert_eq!(&*sentence(&two[..1]).unwrap(), "line 3: a tag is not closed");
        assert_eq!(&*sentence(&two).unwrap(), "line 3: a tag is not closed (and 1 more)");
    }
}
