//! `Cache`: the last few layouts, so that going back to a story or toggling a pane
//! costs nothing.
//!
//! A layout is kept with its article: where the text is another one, it is made anew.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::{Foot, Head, Layout, Shape};
use crate::article::Article;
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

/// A layout and the article that it shows.
#[derive(Debug)]
struct Kept {
    key: Key,
    article: Arc<Article>,
    layout: Arc<Layout>,
}

/// The layouts used last.
#[derive(Debug, Default)]
pub struct Cache {
    /// The one used last stands last.
    kept: Vec<Kept>,
}

impl Cache {
    /// The layout of an article by its key, made where it is not kept.
    pub fn get_or(
        &mut self,
        key: Key,
        article: &Arc<Article>,
        make: impl FnOnce() -> Layout,
    ) -> Arc<Layout> {
        let same = |kept: &Kept| {
            let unchanged = || Arc::ptr_eq(&kept.article, article) || kept.article == *article;
            kept.key == key && unchanged()
        };
        let kept = match self.kept.iter().position(same) {
            Some(index) => self.kept.remove(index),
            None => Kept { key, article: Arc::clone(article), layout: Arc::new(make()) },
        };
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        let layout = Arc::clone(&kept.layout);
        self.kept.push(kept);
        layout
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

    fn article(title: &str) -> Arc<Article> {
        Arc::new(Article { title: title.into(), ..Article::default() })
    }

    #[test]
    fn lays_out_once_while_the_text_is_the_same() {
        let mut made = 0;
        let mut cache = Cache::default();
        let mut get = |key, article: &Arc<Article>| {
            cache.get_or(key, article, || {
                made += 1;
                Layout::default()
            });
            made
        };
        let old = article("A");
        assert_eq!(get(key("a", 68), &old), 1);
        assert_eq!(get(key("a", 68), &old), 1);
        assert_eq!(get(key("a", 68), &article("A")), 1, "read again, and the same");
        assert_eq!(get(key("a", 64), &old), 2);
        assert_eq!(get(key("b", 68), &article("B")), 3);
        assert_eq!(get(key("a", 68), &article("A, corrected")), 4);
    }

    #[test]
    fn keeps_what_was_used_last() {
        let mut cache = Cache::default();
        let text = article("A");
        for width in 1..=8 {
            cache.get_or(key("a", width), &text, Layout::default);
        }
        cache.get_or(key("a", 1), &text, Layout::default);
        cache.get_or(key("a", 9), &text, Layout::default);
        assert_eq!(cache.kept.len(), KEPT);
        let widths: Vec<u16> = cache.kept.iter().map(|kept| kept.key.shape.width).collect();
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
