//! Subscriptions as OPML 2.0, for other readers.
//!
//! [`crate::import`] reads what is written here as the same feeds.

use url::Url;

use crate::feed::opml::{Document, MAX_DEPTH, Outline};
use crate::text::address::{public, shown, without_passwords};

/// What of a subscription an outline says.
#[derive(Debug, Clone, Default)]
pub struct Feed<'a> {
    /// The feed's address; a command has none, and is left out: no other reader should run it.
    pub url: Option<&'a Url>,
    /// What lists call it; empty: its address.
    pub title: &'a str,
    /// `News/World`; empty: none.
    pub folder: &'a str,
    pub tags: Vec<&'a str>,
    /// The site that it is about, where that is known.
    pub site: Option<&'a Url>,
    /// Attributes of the outline that it was imported from and that mean nothing here. They
    /// are written again, in place of what would be written of itself.
    pub opml: &'a [(String, String)],
}

/// The OPML document of these feeds, without passwords. Folders stand where their first
/// feed does.
pub fn write<'a>(title: &str, feeds: impl IntoIterator<Item = Feed<'a>>) -> String {
    let head = vec![("title".to_owned(), title.to_owned())];
    let mut document = Document { head, ..Document::default() };
    for feed in feeds {
        let Some(outline) = outline(&feed) else { continue };
        let folders = feed.folder.split('/').map(str::trim).filter(|name| !name.is_empty());
        let folders: Vec<&str> = folders.take(MAX_DEPTH).collect();
        put(&mut document.outlines, &folders, outline);
    }
    document.to_xml()
}

/// Puts an outline into folders in folders, which are made where there are none.
fn put(outlines: &mut Vec<Outline>, folders: &[&str], outline: Outline) {
    let [name, inner @ ..] = folders else { return outlines.push(outline) };
    let mut there = outlines.iter_mut();
    let is_it = |it: &&mut Outline| it.address().is_none() && it.get("text") == Some(*name);
    if let Some(folder) = there.find(is_it) {
        return put(&mut folder.children, inner, outline);
    }
    let attributes = vec![("text".to_owned(), (*name).to_owned())];
    let mut folder = Outline { attributes, children: Vec::new() };
    put(&mut folder.children, inner, outline);
    outlines.push(folder);
}

fn outline(feed: &Feed) -> Option<Outline> {
    // Lists of feeds are handed on, and so are their sites.
    let address = public(feed.url?);
    let address = address.as_str();
    let tags: Vec<String> = feed.tags.iter().map(|tag| tag.replace(',', " ")).collect();
    let (tags, site) = (tags.join(","), feed.site.map(shown).unwrap_or_default());
    let text = if feed.title.is_empty() { address } else { feed.title };
    let own = [
        ("text", text),
        ("title", feed.title),
        ("type", "rss"),
        ("xmlUrl", address),
        ("htmlUrl", &site),
        ("category", &tags),
    ];
    let is_kept = |name: &str| feed.opml.iter().any(|(other, _)| other == name);
    let own = own.into_iter().filter(|(name, value)| !value.is_empty() && !is_kept(name));
    let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let kept =
        feed.opml.iter().map(|(name, value)| (name.clone(), without_passwords(value).into()));
    let attributes = own.chain(kept).collect();
    Some(Outline { attributes, children: Vec::new() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::{self, NewFeed};
    use crate::text::sanitize::SafeText;

    fn written(feeds: &[NewFeed]) -> String {
        write("My feeds", feeds.iter().map(of))
    }

    fn of(feed: &NewFeed) -> Feed<'_> {
        Feed {
            url: Some(&feed.url),
            title: feed.title.as_deref().unwrap_or_default(),
            folder: feed.folder.as_deref().unwrap_or_default(),
            tags: feed.tags.iter().map(SafeText::as_str).collect(),
            site: None,
            opml: &feed.opml,
        }
    }

    #[test]
    fn an_export_is_opml_2() {
        let (url, site) = ("https://example.org/a?b&c", "https://example.org/");
        let (url, site) = (Url::parse(url).unwrap(), Url::parse(site).unwrap());
        let one = Feed {
            url: Some(&url),
            title: "One & <only>",
            folder: "News/World",
            ..Feed::default()
        };
        let kept = [("x:y".to_owned(), "z".to_owned()), ("xmlns:x".to_owned(), "u".to_owned())];
        let two = Feed {
            site: Some(&site),
            tags: vec!["a", "b, c"],
            opml: &kept,
            url: Some(&url),
            ..Feed::default()
        };
        let three = Feed { title: "", folder: "News", ..one.clone() };
        let command = Feed { title: "made", ..Feed::default() };
        assert_eq!(
            write("Mine", [one, two, command, three]),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Mine</title>
  </head>
  <body>
    <outline text="News">
      <outline text="World">
        <outline text="One &amp; &lt;only&gt;" title="One &amp; &lt;only&gt;" type="rss" xmlUrl="https://example.org/a?b&amp;c"/>
      </outline>
      <outline text="https://example.org/a?b&amp;c" type="rss" xmlUrl="https://example.org/a?b&amp;c"/>
    </outline>
    <outline text="https://example.org/a?b&amp;c" type="rss" xmlUrl="https://example.org/a?b&amp;c" htmlUrl="https://example.org/" category="a,b  c" x:y="z" xmlns:x="u"/>
  </body>
</opml>
"#
        );
    }

    fn feed() -> impl Strategy<Value = NewFeed> {
        let words = || "[!-+\\--.0-~äß漢]{1,6}( [!-+\\--.0-~]{1,4})?";
        let folder = proptest::option::of(("[A-C]", proptest::option::of("[D-F]")));
        let known: &[&str] = &["htmlUrl", "description", "version", "filtercmd"];
        let opml =
            proptest::collection::btree_map(proptest::sample::select(known), "[!-~]{1,9}", 0..3);
        let tags = proptest::collection::btree_set(words(), 0..3);
        ("[a-z0-9]{1,6}", proptest::option::of(words()), folder, tags, opml).prop_map(
            |(host, title, folder, tags, opml)| NewFeed {
                url: Url::parse(&format!("https://{host}.example/feed?a=1&b=2")).unwrap(),
                title: title.as_deref().map(SafeText::title),
                folder: folder.map(|(outer, inner)| match inner {
                    Some(inner) => SafeText::line(&format!("{outer}/{inner}")),
                    None => SafeText::line(&outer),
                }),
                tags: tags.iter().map(|tag| SafeText::title(tag)).collect(),
                hidden: false,
                opml: opml.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            },
        )
    }

    proptest! {
        #[test]
        fn an_export_is_imported_as_the_same_feeds(feeds in proptest::collection::vec(feed(), 1..20)) {
            let mut feeds = feeds;
            for (index, feed) in feeds.iter_mut().enumerate() {
                feed.url.set_fragment(Some(&index.to_string()));
            }
            let mut again = import::read(written(&feeds).as_bytes(), None).unwrap().feeds;
            // Feeds of a folder stand together.
            let number = |feed: &NewFeed| feed.url.fragment().and_then(|text| text.parse::<usize>().ok());
            again.sort_by_key(number);
            prop_assert_eq!(again, feeds);
        }
    }
}
