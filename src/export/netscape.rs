//! Stories as a bookmark file of browsers: what every program that keeps links can read.

use std::fmt::Write as _;

use jiff::Timestamp;
use url::Url;

use crate::text::markup::escaped;

/// What the file begins with. Every reader of such files looks for the first line.
pub const START: &str = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n\
    <META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n\
    <TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n";

/// What it ends with.
pub const END: &str = "</DL><p>\n";

/// One bookmark.
pub fn bookmark(
    url: &Url,
    title: &str,
    added: Option<Timestamp>,
    tags: &[&str],
    note: Option<&str>,
) -> String {
    let mut out = format!("    <DT><A HREF=\"{}\"", escaped(url.as_str()));
    // Writing to a text cannot fail.
    if let Some(added) = added {
        let _ = write!(out, " ADD_DATE=\"{}\"", added.as_second());
    }
    if !tags.is_empty() {
        let _ = write!(out, " TAGS=\"{}\"", escaped(&tags.join(",")));
    }
    let _ = writeln!(out, ">{}</A>", escaped(title));
    if let Some(note) = note {
        let _ = writeln!(out, "    <DD>{}", escaped(note));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bookmark_has_all_that_is_known() {
        let url = Url::parse("https://a.example/?b=1&c=2").unwrap();
        let added = Timestamp::from_second(60).ok();
        assert_eq!(
            bookmark(&url, "Ferry & \"pier\"", added, &["local", "slow"], Some("See <map>")),
            "    <DT><A HREF=\"https://a.example/?b=1&amp;c=2\" ADD_DATE=\"60\" \
             TAGS=\"local,slow\">Ferry &amp; &quot;pier&quot;</A>\n    <DD>See &lt;map&gt;\n"
        );
        assert_eq!(
            bookmark(&url, "T", None, &[], None),
            "    <DT><A HREF=\"https://a.example/?b=1&amp;c=2\">T</A>\n"
        );
    }
}
