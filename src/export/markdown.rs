//! An article as Markdown: front matter, then `CommonMark`.

use crate::article::Article;

/// The article as a Markdown document. `extra` keys are appended to the front matter.
pub fn article(article: &Article, extra: &[(&str, String)]) -> String {
    let mut out = format!("---\ntitle: {:?}\n", article.title.as_str());
    for (key, value) in extra {
        out.push_str(key);
        out.push_str(": ");
        out.push_str(value);
        out.push('\n');
    }
    out.push_str("---\n\n");
    out.push_str(&article.plain_text());
    out
}
