//! `Cache`: the last few layouts, so that going back to a story or toggling a pane
//! costs nothing.
//!
//! It does not watch articles: whoever stores a new text of a story says so with
//! [`Cache::forget`].

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::{Foot, Head, Layout, Shape};
use crate::story::StoryId;

/// Layouts kept: the open story before and after a few resizes, and those just left.
const KEPT: usize = 8;

/// Everything that a layout depends on, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    story: StoryId,
    shape: Shape,
    /// The fingerprint of head and foot.
    around: u64,
}

impl Key {
    pub fn new(story: StoryId, shape: Shape, head: &Head, foot: &Foot) -> Self {
        let mut hasher = DefaultHasher::new();
        head.hash(&mut hasher);
        foot.hash(&mut hasher);
        Self { story, shape, around: hasher.finish() }
    }
}

/// The layouts used last.
#[derive(Debug, Default)]
pub struct Cache {
    /// The one used last stands last.
    kept: Vec<(Key, Arc<Layout>)>,
}

impl Cache {
    /// The layout of a key, made where it is not kept.
    pub fn get_or(&mut self, key: Key, make: impl FnOnce() -> Layout) -> Arc<Layout> {
        let found = self.kept.iter().position(|(kept, _)| *kept == key);
        let layout = match found {
            Some(index) => self.kept.remove(index).1,
            None => Arc::new(make()),
        };
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        self.kept.push((key, Arc::clone(&layout)));
        layout
    }

    /// Drops the layouts of a story: its text is another one now.
    pub fn forget(&mut self, story: StoryId) {
        self.kept.retain(|(key, _)| key.story != story);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(entry: &str, width: u16) -> Key {
        let shape = Shape {
            width,
            wrap_code: false,
            link_numbers: false,
            hyphenate: true,
            airy: false,
            plain: false,
        };
        Key::new(StoryId::new("source", entry), shape, &Head::default(), &Foot::default())
    }

    #[test]
    fn lays_out_once_until_forgotten() {
        let mut made = 0;
        let mut cache = Cache::default();
        let mut get = |cache: &mut Cache, key| {
            cache.get_or(key, || {
                made += 1;
                Layout::default()
            });
            made
        };
        assert_eq!(get(&mut cache, key("a", 68)), 1);
        assert_eq!(get(&mut cache, key("a", 68)), 1);
        assert_eq!(get(&mut cache, key("a", 64)), 2);
        assert_eq!(get(&mut cache, key("b", 68)), 3);
        cache.forget(StoryId::new("source", "a"));
        assert_eq!(get(&mut cache, key("b", 68)), 3);
        assert_eq!(get(&mut cache, key("a", 68)), 4);
    }

    #[test]
    fn keeps_what_was_used_last() {
        let mut cache = Cache::default();
        for width in 1..=8 {
            cache.get_or(key("a", width), Layout::default);
        }
        cache.get_or(key("a", 1), Layout::default);
        cache.get_or(key("a", 9), Layout::default);
        assert_eq!(cache.kept.len(), KEPT);
        let widths: Vec<u16> = cache.kept.iter().map(|(key, _)| key.shape.width).collect();
        assert_eq!(widths, [3, 4, 5, 6, 7, 8, 1, 9]);
    }

    #[test]
    fn head_and_foot_count() {
        let shape = key("a", 68).shape;
        let story = StoryId::new("source", "a");
        let head = Head { meta: vec!["6 min".into()] };
        assert_ne!(Key::new(story, shape, &head, &Foot::default()), key("a", 68));
    }
}
