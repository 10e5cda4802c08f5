//! `Back`: what takes a change of the text back.
//!
//! Each change of a [`FeedsText`] leaves what would undo it, in terms that hold when the
//! reader has edited other lines since. It is kept on the disk, so it is all text.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{EditError, FeedsText, Removed};
use crate::story::SourceKey;

/// The opposite of one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Back {
    /// A feed was taken out.
    PutBack(Removed),
    /// A feed was added: its key.
    Remove(String),
    /// A field of a feed was something else, as written, or was not there.
    Field { key: String, name: String, value: Option<String> },
    /// Other text was added.
    Cut(String),
}

impl FeedsText {
    /// What takes back all that was changed so far, the last change first.
    pub fn back(&self) -> Vec<Back> {
        self.back.iter().rev().cloned().collect()
    }

    /// Takes changes back, as far as what they were about is still there. Says how many
    /// were left alone.
    pub fn take_back(&mut self, back: &[Back]) -> Result<usize, EditError> {
        let mut left = 0;
        let mut rest = back.iter().peekable();
        while let Some(back) = rest.next() {
            if let Back::Remove(key) = back {
                // A list may have brought thousands: together they take no longer than one.
                let mut keys = HashSet::from([SourceKey::new(key)]);
                while let Some(Back::Remove(key)) = rest.peek() {
                    keys.insert(SourceKey::new(key));
                    rest.next();
                }
                left += keys.len() - self.remove_added(&keys)?;
                continue;
            }
            if let Back::Cut(added) = back {
                let mut texts = vec![added.as_str()];
                while let Some(Back::Cut(added)) = rest.peek() {
                    texts.push(added);
                    rest.next();
                }
                left += texts.len() - self.cut(&texts)?;
                continue;
            }
            match self.take_one_back(back) {
                Ok(()) => {}
                Err(EditError::NoSuchFeed) => left += 1,
                Err(error @ EditError::ByHand) => return Err(error),
            }
        }
        Ok(left)
    }

    fn take_one_back(&mut self, back: &Back) -> Result<(), EditError> {
        match back {
            Back::PutBack(removed) => self.put_back(removed),
            Back::Remove(key) => self.remove(&SourceKey::new(key)).map(drop),
            Back::Field { key, name, value } => {
                self.set_field(&SourceKey::new(key), name, value.clone())
            }
            Back::Cut(added) => match self.cut(&[added])? {
                0 => Err(EditError::NoSuchFeed),
                _ => Ok(()),
            },
        }
    }

    /// Takes texts out, the last of them first, and says how many were there.
    fn cut(&mut self, added: &[&str]) -> Result<usize, EditError> {
        let mut text = self.text.clone();
        let mut found = 0;
        for added in added {
            if let Some(at) = text.rfind(added) {
                text.replace_range(at..at + added.len(), "");
                found += 1;
            }
        }
        self.accept(text)?;
        Ok(found)
    }
}
