//! From outside text to an [`Article`]: plain text, Markdown, HTML.
//!
//! Nothing here fails: what cannot be read becomes a [`Warning`] beside what could.

use url::Url;

use crate::article::Article;
use crate::warning::Warning;

/// What a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    Html,
}

/// What is known of a document beside its bytes.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// Where it came from; relative addresses start here.
    pub url: Option<Url>,
    /// The media type that its carrier named, with parameters: `text/html; charset=utf-8`.
    pub content_type: Option<String>,
    /// The file's name, for its ending.
    pub file_name: Option<String>,
}

/// The bytes are no text. The sentence says what they seem to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotText(pub String);

/// An article and what was odd about its document.
pub type Extracted = (Article, Vec<Warning>);

/// Reads a document in whichever format it is.
pub fn document(_bytes: &[u8], _hints: &Hints) -> Result<(Format, Extracted), NotText> {
    Err(NotText("no format is known yet".to_owned()))
}
