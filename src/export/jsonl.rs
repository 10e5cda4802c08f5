//! Stories as JSON, a line each: the shape that scripts rely on.
//!
//! Fields may be added; none is ever missing. What is absent is null. `import::jsonl`
//! takes the same lines back.

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use url::Url;

use crate::story::StoryId;
use crate::text::sanitize::SafeText;

/// One story.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    pub id: StoryId,
    /// As its publisher wrote it.
    pub entry_id: &'a str,
    pub url: Option<&'a Url>,
    pub title: &'a SafeText,
    pub source: &'a SafeText,
    /// Which source that is, for ever.
    pub source_key: &'a str,
    pub author: Option<&'a SafeText>,
    #[serde(serialize_with = "time")]
    pub published: Option<Timestamp>,
    #[serde(serialize_with = "time")]
    pub updated: Option<Timestamp>,
    #[serde(serialize_with = "time")]
    pub first_seen: Option<Timestamp>,
    pub language: Option<&'a SafeText>,
    pub read: bool,
    pub saved: bool,
    /// The reader's own.
    pub tags: &'a [&'a SafeText],
    pub note: Option<&'a SafeText>,
    /// What happened that others report as well.
    pub event: Option<&'a str>,
    #[serde(flatten)]
    pub whole: Option<Whole>,
}

/// What only an export says of a story.
#[derive(Debug, Serialize)]
pub struct Whole {
    pub related: Vec<Related>,
    /// The article as plain text, a line a block.
    pub text: Option<String>,
}

/// A story that another one leads to.
#[derive(Debug, Serialize)]
pub struct Related {
    pub id: StoryId,
    pub entry_id: String,
    pub title: SafeText,
    /// Why, in a word or a phrase.
    pub reason: &'static str,
}

#[expect(clippy::ref_option, reason = "serde asks for it")]
fn time<S: Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.collect_str(time),
        None => serializer.serialize_none(),
    }
}
