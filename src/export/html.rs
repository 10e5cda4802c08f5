//! An article as a clean page of its own.

use crate::article::Article;

/// The article as a standalone page.
pub fn article(article: &Article) -> String {
    article.plain_text().replace('&', "&amp;").replace('<', "&lt;")
}
