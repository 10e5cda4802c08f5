//! Pages and the feeds that they name.

use proptest::prelude::*;

use super::*;
use crate::feed::known::known_form;

fn hints(url: &str) -> Hints {
    Hints { url: Some(Url::parse(url).unwrap()), ..Hints::default() }
}

fn found(html: &str) -> Vec<Candidate> {
    on_page(html.as_bytes(), &hints("https://example.org/blog/page?x=1"))
}

#[track_caller]
fn check(html: &str, feeds: &[(&str, Kind)]) {
    let found = found(html);
    let found: Vec<_> = found.iter().map(|feed| (feed.url.as_str(), feed.kind)).collect();
    assert_eq!(found, feeds, "{html}");
}

fn element(attributes: &str) -> String {
    format!("<!doctype html><html><head><title>x</title><link {attributes}></head><body><p>y")
}

#[test]
fn link_elements_name_feeds() {
    for (attributes, url, kind) in [
        (
            r#"rel="alternate" type="application/rss+xml" href="/f""#,
            "https://example.org/f",
            Kind::Rss,
        ),
        (
            "rel=alternate type=application/atom+xml href=f",
            "https://example.org/blog/f",
            Kind::Atom,
        ),
        (
            r#"REL="Home ALTERNATE" TYPE="Application/RSS+XML; charset=utf-8" HREF=" /f ""#,
            "https://example.org/f",
            Kind::Rss,
        ),
        (
            r#"rel="feed" href="?feed=a&amp;b=2""#,
            "https://example.org/blog/page?feed=a&b=2",
            Kind::Unknown,
        ),
        (
            r#"rel="feed" type="application/atom+xml" href="//feeds.example.com/x""#,
            "https://feeds.example.com/x",
            Kind::Atom,
        ),
        (
            r#"rel="alternate" type="application/feed+json" href="/feed.json""#,
            "https://example.org/feed.json",
            Kind::Json,
        ),
        (
            r#"rel="alternate" type="application/json" href="/feed.json""#,
            "https://example.org/feed.json",
            Kind::Json,
        ),
        (
            r#"rel="alternate" type="application/rdf+xml" href="/index.rdf""#,
            "https://example.org/index.rdf",
            Kind::Rss,
        ),
        (
            r#"rel="alternate" type="text/xml" href="/rss.xml""#,
            "https://example.org/rss.xml",
            Kind::Rss,
        ),
        (
            r#"rel="alternate" type="application/x.atom+xml" href="/f""#,
            "https://example.org/f",
            Kind::Atom,
        ),
        (
            r#"rel="alternate" type="application/rss+xml" href="feed://example.org/f""#,
            "http://example.org/f",
            Kind::Rss,
        ),
        (
            r#"rel="alternate" type="application/rss+xml" href="feed:https://example.org/f#x""#,
            "https://example.org/f",
            Kind::Rss,
        ),
    ] {
        check(&element(attributes), &[(url, kind)]);
    }
}

#[test]
fn other_link_elements_name_none() {
    for attributes in [
        r#"rel="alternate" type="text/html" href="/feed""#,
        r#"rel="alternate" hreflang="de" href="/de/feed""#,
        r#"rel="alternate stylesheet" type="application/rss+xml" href="/f""#,
        r#"rel="stylesheet" type="text/css" href="/rss.css""#,
        r#"rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1""#,
        r#"rel="alternate" type="application/json+oembed" href="/oembed?url=feed""#,
        r#"rel="alternate" type="text/xml+oembed" href="/oembed?url=feed""#,
        r#"rel="alternate" type="application/rss+xml" href="""#,
        r#"rel="alternate" type="application/rss+xml""#,
        r#"rel="alternate" type="application/rss+xml" href="javascript:feed()""#,
        r#"rel="alternate" type="application/rss+xml" href="file:///feed.xml""#,
        r#"rel="search" type="application/opensearchdescription+xml" href="/feed.xml""#,
        r#"rel="sitemap" type="application/xml" href="/feed.xml""#,
    ] {
        check(&element(attributes), &[]);
    }
    check(r#"<!-- <link rel="alternate" type="application/rss+xml" href="/f"> --><p>x"#, &[]);
    check(r#"<script>'<link rel="alternate" type="application/rss+xml" href="/f">'</script>"#, &[]);
}

#[test]
fn the_base_of_the_page_counts_and_each_address_is_named_once() {
    check(
        r#"<head><base href="/elsewhere/"><link rel=alternate type=application/rss+xml href=f>
           <link rel=alternate type=application/rss+xml href=/elsewhere/f title=again>"#,
        &[("https://example.org/elsewhere/f", Kind::Rss)],
    );
}

#[test]
fn comments_come_last() {
    let html = r#"<link rel=alternate type=application/rss+xml href=/comments/feed/>
        <link rel=alternate type=application/rss+xml href=/a/feed/ title="A story: Comments">
        <link rel=alternate type=application/rss+xml href=/feed/ title=" The \n site ">"#;
    let found = found(html);
    assert_eq!(found[0].url.path(), "/feed/");
    assert_eq!(found[0].title.as_deref(), Some("The \\n site"));
    assert_eq!(found.len(), 3);
}

#[test]
fn anchors_count_on_a_page_that_names_none() {
    let anchors = r#"<a href="/about">About</a> <a href="https://other.example/rss.xml">theirs</a>
        <a href="/feed/">Subscribe</a> <a href="/syndicate"><img alt="RSS"></a>
        <a href="https://reader.example/add?url=https://example.org/feed">add</a>
        <a href="/feeding-birds">Birds</a> <a href="/podcast.mp3?format=x">sound</a>
        <a href="/atom.xml"></a> <a href="/how-to.html">RSS readers</a> <a href="mailto:feed@example.org">feed</a>"#;
    check(
        anchors,
        &[
            ("https://example.org/feed/", Kind::Unknown),
            ("https://example.org/syndicate", Kind::Unknown),
            ("https://example.org/atom.xml", Kind::Atom),
            ("https://other.example/rss.xml", Kind::Rss),
        ],
    );
    let named = format!("{}{anchors}", element("rel=feed href=/f.rss"));
    check(&named, &[("https://example.org/f.rss", Kind::Rss)]);
}

#[test]
fn a_canonical_address_of_a_known_form_counts() {
    let html = r#"<link rel="canonical" href="https://www.youtube.com/channel/UCx"><p>hello"#;
    check(html, &[("https://www.youtube.com/feeds/videos.xml?channel_id=UCx", Kind::Atom)]);
}

#[test]
fn a_page_of_unknown_address_begins_where_it_says_that_it_is() {
    let html = r#"<link rel=canonical href="https://example.org/x/"><link rel=feed href="f">"#;
    let found = on_page(html.as_bytes(), &Hints::default());
    assert_eq!(found[0].url.as_str(), "https://example.org/x/f");
    let html = r#"<link rel=feed href="f"><link rel=feed href="https://example.org/f">"#;
    assert_eq!(on_page(html.as_bytes(), &Hints::default()).len(), 1);
}

#[test]
fn usual_places_begin_below_the_page() {
    let places = |url: &str| -> Vec<String> {
        usual_places(&Url::parse(url).unwrap()).iter().map(Url::to_string).collect()
    };
    let site = places("https://example.org/");
    assert_eq!(site[..2], ["https://example.org/feed", "https://example.org/rss"]);
    assert_eq!(site.last().unwrap(), "https://example.org/?feed=rss2");
    let blog = places("https://example.org/blog?x=1#y");
    assert_eq!(blog[0], "https://example.org/blog/feed");
    assert_eq!(blog[OWN_PLACES], "https://example.org/feed");
    assert_eq!(places("https://example.org/blog/index.html")[0], "https://example.org/blog/feed");
    let unique: HashSet<_> = blog.iter().collect();
    assert_eq!(unique.len(), blog.len());
    assert_eq!(places("mailto:someone@example.org"), [""; 0]);
}

#[test]
fn what_a_reader_types_becomes_an_address() {
    for (text, url) in [
        (" example.org ", Some("https://example.org/")),
        ("example.org/a?b", Some("https://example.org/a?b")),
        ("example.org:8080", Some("https://example.org:8080/")),
        ("HTTP://Example.org", Some("http://example.org/")),
        ("//example.org/x", Some("https://example.org/x")),
        ("<https://example.org/x>", Some("https://example.org/x")),
        ("feed://example.org/x", Some("http://example.org/x")),
        ("feed:https://example.org/x", Some("https://example.org/x")),
        ("feed://https://example.org/x", Some("https://example.org/x")),
        ("localhost:8080/feed", Some("http://localhost:8080/feed")),
        ("127.0.0.1:8080", Some("http://127.0.0.1:8080/")),
        ("@somebody@social.example", Some("https://social.example/@somebody")),
        ("r/rust", Some("https://www.reddit.com/r/rust")),
        ("/u/somebody", Some("https://www.reddit.com/u/somebody")),
        ("news", None),
        ("two words.org", None),
        ("", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
    ] {
        assert_eq!(typed(text).as_ref().map(Url::as_str), url, "{text}");
    }
}

#[test]
fn where_no_scheme_is_written_both_are_tried() {
    let tried =
        |text: &str| -> Vec<String> { addresses(text).iter().map(Url::to_string).collect() };
    assert_eq!(tried("example.org/x"), ["https://example.org/x", "http://example.org/x"]);
    assert_eq!(tried("https://example.org/x"), ["https://example.org/x"]);
    assert_eq!(tried("@a@example.org"), ["https://example.org/@a"]);
    assert_eq!(tried("localhost:1"), ["http://localhost:1/"]);
    assert_eq!(tried("nothing"), [""; 0]);
}

proptest! {
    #[test]
    fn no_page_and_no_address_can_hurt(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        page in "(<(link|a|base) (rel=(alternate|feed) )?(type=application/(rss|json)[+]?[a-z]{0,4} )?href='?[ -~]{0,20}'?>?|RSS|</a>|<!--|é){0,20}",
        text in "(feed:|https?:|//|@|[r]/|[a-z.]{0,12}|:[0-9]{0,6}|[?&=/#\\[%é ]){0,12}",
    ) {
        for found in [on_page(&bytes, &Hints::default()), on_page(page.as_bytes(), &hints("https://example.org/"))] {
            prop_assert!(found.len() <= MAX_CANDIDATES);
            prop_assert!(found.iter().all(|found| matches!(found.url.scheme(), "http" | "https")));
        }
        for url in addresses(&text) {
            prop_assert!(matches!(url.scheme(), "http" | "https") && url.has_host());
            let places = usual_places(&url);
            prop_assert!(places.iter().all(|place| place.host() == url.host()));
            known_form(&url);
        }
    }
}
