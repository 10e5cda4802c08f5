//! An [`Article`](crate::article::Article) as it leaves the program: JSON, Markdown, HTML, plain text.
//!
//! What is written as Markdown or HTML is read back by [`crate::extract`] as the same article.

pub mod atom;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod markdown;
pub mod netscape;
pub mod opml;
pub mod text;
