//! `Reader`: what is gathered while a document is read. The walk through its elements, the
//! flows and what is read of tables and images are methods of it, each in its own file.

use url::Url;

use crate::article::{Link, PubDate, Related};
use crate::text::sanitize::SafeText;

/// What reading one document gathers beside its blocks.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says something else of the document")]
pub(super) struct Reader {
    /// Where relative addresses start.
    pub base: Option<Url>,
    /// The headline, which is no block; empty while it is not known.
    pub headline: String,
    /// The standfirst, which is no block either.
    pub standfirst: String,
    /// The authors, whose line is no block.
    pub byline: Vec<SafeText>,
    /// When it was published and changed, whose lines are no blocks.
    pub dates: Vec<PubDate>,
    /// A first h1 becomes the headline if none is known.
    pub wants_headline: bool,
    /// Bytes of text in the paragraphs of a whole page's article.
    pub prose: usize,
    /// The document may hold more than the article: menus, share buttons, boxes.
    pub whole_page: bool,
    pub links: Vec<Link>,
    pub related: Vec<Related>,
    /// Something nested too deep and lost its structure.
    pub flattened: bool,
    /// The document is longer than what was read of it.
    pub cut: bool,
}
