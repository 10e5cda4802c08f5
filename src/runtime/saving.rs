//! Writing a bookmarked article to its file, and taking the file away.
//!
//! Shared by the keeper's thread and by subcommands that change bookmarks.

use jiff::tz::TimeZone;

use crate::article::PubDate;
use crate::export::markdown;
use crate::journal::JournalError;
use crate::journal::saved::{Saved, Written};
use crate::library::{Library, LibraryError};
use crate::reading::StoryState;
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

/// What the reader added to a story, for its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Additions {
    pub tags: Vec<SafeText>,
    pub note: Option<SafeText>,
}

impl From<StoryState<'_>> for Additions {
    fn from(state: StoryState<'_>) -> Self {
        Self { tags: state.tags.into_iter().cloned().collect(), note: state.note.cloned() }
    }
}

/// Why a bookmark has no file.
#[derive(Debug, thiserror::Error)]
pub enum SavingError {
    #[error("The bookmark is set, but not the article saved: {0}")]
    NoArticle(LibraryError),
    /// May go well another time.
    #[error(transparent)]
    NotWritten(#[from] JournalError),
}

/// Writes an article's file. Returns something to say, if there is anything unusual.
pub fn save(
    saved: &Saved,
    library: &Library,
    story: StoryId,
    additions: &Additions,
) -> Result<Option<String>, SavingError> {
    // One that was taken away by mistake comes back with what was written into it.
    let back = saved.restore(story)?;
    let article = match (library.article(story), back) {
        (Ok(article), _) => article,
        (Err(_), Some(_)) => return Ok(None),
        (Err(error), None) => return Err(SavingError::NoArticle(error)),
    };
    let year = article.published.map(PubDate::instant);
    let year = year.map(|at| at.to_zoned_datetime(TimeZone::UTC).year());
    let mut extra = Vec::new();
    if !additions.tags.is_empty() {
        let tags: Vec<&str> = additions.tags.iter().map(SafeText::as_str).collect();
        extra.push(("tags", tags.join(", ")));
    }
    extra.extend(additions.note.as_ref().map(|note| ("note", note.to_string())));
    let text = markdown::article(&article, &extra);
    match saved.write(story, year, &article.title, &text)? {
        Written::Whole(path) => {
            // Known as a copy from now on, should the original go away.
            let _ = library.add_saved(story, &path);
            Ok(None)
        }
        Written::Edited(path) => {
            let _ = library.add_saved(story, &path);
            Ok(Some("The saved copy was edited by hand, and stays as it is.".to_owned()))
        }
    }
}

/// Takes an article's file away from among the saved ones; it can be brought back.
pub fn unsave(saved: &Saved, library: &Library, story: StoryId) -> Result<(), SavingError> {
    library.forget_saved(story);
    saved.remove(story)?;
    Ok(())
}
