//! The stories of feeds, as the library asks for them: the store, opened when it is first
//! needed, opened anew when it was replaced, and set aside when it is damaged.

use std::collections::HashSet;
use std::path::PathBuf;

use super::store::{Reader, SetAside, StoreError, Writer};
use crate::story::SourceKey;

/// The store in the data directory, if the library was told of one.
#[derive(Debug, Default)]
pub(super) struct Feeds {
    dir: Option<PathBuf>,
    reader: Option<Reader>,
    visible: Option<HashSet<SourceKey>>,
    set_aside: Option<SetAside>,
}

impl Feeds {
    pub(super) fn look_in(&mut self, dir: PathBuf) {
        *self = Self { dir: Some(dir), visible: self.visible.take(), ..Self::default() };
    }

    pub(super) fn show_only(&mut self, visible: Option<HashSet<SourceKey>>) {
        self.visible = visible;
        if let Some(reader) = &mut self.reader {
            reader.show_only(self.visible.clone());
        }
    }

    pub(super) fn take_set_aside(&mut self) -> Option<SetAside> {
        self.set_aside.take()
    }

    /// What the store answers; none while there is no store.
    pub(super) fn ask<T>(
        &mut self,
        question: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let answer = match self.reader() {
            Ok(Some(reader)) => question(reader).map(Some),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        if let Err(StoreError::Damaged { reason, .. }) = &answer {
            self.set_aside(reason);
        }
        answer
    }

    fn reader(&mut self) -> Result<Option<&Reader>, StoreError> {
        if self.reader.as_ref().is_some_and(Reader::is_stale) {
            self.reader = None;
        }
        if self.reader.is_none() {
            let Some(dir) = &self.dir else { return Ok(None) };
            let Some(mut reader) = Reader::open(dir)? else { return Ok(None) };
            reader.show_only(self.visible.clone());
            self.reader = Some(reader);
        }
        Ok(self.reader.as_ref())
    }

    /// Begins a new store in place of a damaged one. If that fails too, the next refresh
    /// says why.
    fn set_aside(&mut self, reason: &str) {
        let set_aside = match self.reader.take() {
            Some(reader) => reader.set_aside(reason).ok().flatten(),
            None => None,
        };
        // Where it could not even be opened, the writer sets it aside.
        let opened = self.dir.as_ref().and_then(|dir| Writer::open(dir).ok());
        let set_aside = set_aside.or(opened.and_then(|(_, set_aside)| set_aside));
        self.set_aside = set_aside.or(self.set_aside.take());
    }
}
