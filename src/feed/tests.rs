use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Feed {
    parse(text.as_bytes(), &Hints::default()).unwrap().0
}

fn read_from(url: &str, text: &str) -> Feed {
    let hints = Hints { url: url.parse().ok(), ..Hints::default() };
    parse(text.as_bytes(), &hints).unwrap().0
}

fn warnings(text: &str) -> Vec<String> {
    let (_, warnings) = parse(text.as_bytes(), &Hints::default()).unwrap();
    warnings.iter().map(ToString::to_string).collect()
}

fn refusal(text: &str) -> String {
    parse(text.as_bytes(), &Hints::default()).unwrap_err().to_string()
}

/// An entry in a line, as far as a test compares it.
fn line(entry: &Entry) -> String {
    let link = entry.link.as_ref().map(Url::as_str).unwrap_or_default();
    format!(
        "{}|{}|{link}|{}",
        entry.id.as_deref().unwrap_or_default(),
        entry.title,
        entry.content.as_str()
    )
}

fn lines(feed: &Feed) -> Vec<String> {
    feed.entries.iter().map(line).collect()
}

fn names(names: &[SafeText]) -> Vec<&str> {
    names.iter().map(SafeText::as_str).collect()
}

const RSS: &str = r#"<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:e="http://purl.org/rss/1.0/modules/content/"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:geo="http://www.georss.org/georss">
<channel>
  <title>Harbor &amp; Sea</title>
  <link>https://example.org/</link>
  <atom:link rel="self" href="https://example.org/feed.xml"/>
  <description>News of the &lt;b&gt;port&lt;/b&gt;</description>
  <language>en-ie</language>
  <ttl>90</ttl>
  <skipHours><hour>1</hour><hour>24</hour></skipHours>
  <skipDays><day>Sunday</day></skipDays>
  <image><title>A logo</title><link>https://example.org/logo</link></image>
  <item>
    <title>Ferry &amp; tide</title>
    <link>/stories/1</link>
    <guid isPermaLink="false"> one </guid>
    <pubDate>Tue, 03 Mar 2026 14:05:06 +0100</pubDate>
    <dc:creator>Harbor Desk</dc:creator>
    <author>desk@example.org (The Desk)</author>
    <category>Sea</category><category>Sea</category><category>Port</category>
    <description>Short</description>
    <e:encoded><![CDATA[<p>Long</p>]]></e:encoded>
    <enclosure url="https://example.org/1.mp3" type="audio/mpeg" length="123"/>
    <media:thumbnail url="https://example.org/1.jpg"/>
    <media:group><media:title>Not the title</media:title></media:group>
    <comments>https://example.org/stories/1#comments</comments>
    <geo:point>1 2</geo:point><geo:title>Nor this</geo:title>
    <source url="https://example.net/"><title>Nor that</title></source>
  </item>
  <item><guid>https://example.org/stories/2</guid><description>No title</description></item>
</channel></rss>"#;

#[test]
fn rss_with_its_extensions() {
    let feed = read_from("https://cdn.example.net/feed.xml", RSS);
    assert_eq!((feed.format, feed.title.as_str()), ("RSS 2.0", "Harbor & Sea"));
    assert_eq!(feed.link.as_ref().map(Url::as_str), Some("https://example.org/"));
    assert_eq!(feed.self_link.as_ref().map(Url::as_str), Some("https://example.org/feed.xml"));
    assert_eq!(feed.description.as_str(), "News of the port");
    assert_eq!(feed.language.as_deref(), Some("en-ie"));
    assert_eq!(feed.schedule.interval, Some(90));
    assert_eq!(feed.schedule.skip_hours, [1, 0]);
    assert_eq!(feed.schedule.skip_days, [jiff::civil::Weekday::Sunday]);
    assert_eq!(
        lines(&feed),
        [
            "one|Ferry & tide|https://example.org/stories/1|<p>Long</p>",
            "https://example.org/stories/2||https://example.org/stories/2|No title",
        ]
    );
    let first = &feed.entries[0];
    assert_eq!(
        first.published.map(|date| date.to_string()).as_deref(),
        Some("2026-03-03T13:05:06Z")
    );
    assert_eq!(names(&first.authors), ["Harbor Desk"]);
    assert_eq!(names(&first.tags), ["Sea", "Port"]);
    assert_eq!(first.enclosures.len(), 1);
    assert_eq!(first.enclosures[0].length, Some(123));
    assert_eq!(first.image.as_ref().map(Url::path), Some("/1.jpg"));
    assert_eq!(first.comments.as_ref().and_then(Url::fragment), Some("comments"));
}

#[test]
fn atom_with_every_kind_of_text() {
    let feed = read_from(
        "https://example.org/feeds/all",
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml" xml:lang="de" xml:base="/blog/">
        <title type="html">Hafen &amp;amp; &lt;i&gt;Meer&lt;/i&gt;</title>
        <link href="."/><link rel="self" href="/feeds/all"/>
        <author><name>Redaktion</name><email>r@example.org</email></author>
        <entry>
          <id>tag:example.org,2026:1</id><title type="text">a &lt;b&gt; c</title>
          <link rel="enclosure" href="1.ogg" type="audio/ogg"/><link rel="alternate" href="1"/>
          <link rel="replies" href="1/antworten" type="text/html"/>
          <updated>2026-03-03T14:05:06Z</updated><published>2026-03-02T14:05:06Z</published>
          <summary>Kurz</summary>
          <content type="xhtml" xml:base="1/"><h:div>Eins<h:br/>&lt;zwei&gt; &amp; <h:p/><![CDATA[<drei>]]></h:div></content>
          <category term="meer" label="Das Meer"/><category term="http://example.org/t" label="Tide"/>
        </entry>
        <entry><id>2</id><title>Zwei</title><author><name>Ada</name></author>
          <content type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;</content></entry>
        <entry><id>3</id><content type="text/plain">a &lt; b</content></entry>
        <entry><id>4</id><content mode="base64" type="text/html">PGI+RmV0dDwvYj4=</content></entry>
        </feed>"#,
    );
    assert_eq!((feed.format, feed.title.as_str()), ("Atom 1.0", "Hafen & Meer"));
    assert_eq!(feed.link.as_ref().map(Url::as_str), Some("https://example.org/blog/"));
    assert_eq!(
        lines(&feed),
        [
            "tag:example.org,2026:1|a <b> c|https://example.org/blog/1|\
             <div>Eins<br>&lt;zwei&gt; &amp; <p></p>&lt;drei></div>",
            "2|Zwei||<p>x</p>",
            "3|||a < b",
            "4|||<b>Fett</b>",
        ]
    );
    assert!(matches!(feed.entries[2].content, Content::Text(_)));
    assert!(matches!(feed.entries[3].content, Content::Html(_)));
    let first = &feed.entries[0];
    assert_eq!(first.base.as_ref().map(Url::path), Some("/blog/1/"));
    assert_eq!(first.language.as_deref(), Some("de"));
    assert_eq!(names(&first.authors), ["Redaktion"]);
    assert_eq!(names(&feed.entries[1].authors), ["Ada"]);
    assert_eq!(names(&first.tags), ["meer", "Tide"]);
    assert_eq!(first.enclosures[0].url.path(), "/blog/1.ogg");
    assert_eq!(first.comments.as_ref().map(Url::path), Some("/blog/1/antworten"));
    assert!(first.published < first.updated);
}

#[test]
fn the_older_formats() {
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
        <channel rdf:about="https://example.org/"><title>Port</title><link>https://example.org/</link>
        <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
        <items><rdf:Seq><rdf:li rdf:resource="https://example.org/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link>
        <dc:date>2026-03-03</dc:date></item></rdf:RDF>"#;
    let feed = read(rdf);
    assert_eq!((feed.format, feed.title.as_str()), ("RSS 1.0", "Port"));
    assert_eq!(feed.schedule.interval, Some(720));
    assert_eq!(lines(&feed), ["https://example.org/1|One|https://example.org/1|"]);
    assert!(feed.entries[0].published.is_some());

    let atom = r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><tagline>Very</tagline>
        <entry><id>x</id><issued>2026-03-03T01:00:00Z</issued><modified>2026-03-04T01:00:00Z</modified></entry></feed>"#;
    let feed = read(atom);
    assert_eq!((feed.format, feed.description.as_str()), ("Atom 0.3", "Very"));
    assert!(feed.entries[0].published < feed.entries[0].updated);

    for (version, format) in
        [("0.91", "RSS 0.91"), ("0.92", "RSS 0.92"), ("", "RSS"), ("2.1", "RSS 2.0")]
    {
        let text = format!(
            "<rss version='{version}'><channel><item><title>a</title></item></channel></rss>"
        );
        assert_eq!(read(&text).format, format);
        assert_eq!(read(&text).entries.len(), 1);
    }
}

#[test]
fn json_feeds() {
    let text = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Port", "home_page_url": "https://example.org/",
        "authors": [{"name": "Desk"}], "language": "en", "items": [
        {"id": 1, "url": "/1", "content_html": "<p>a</p>", "date_published": "2026-03-03T14:05:06+01:00", "tags": ["sea"],
         "attachments": [{"url": "1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}]},
        {"id": "https://example.org/2", "content_text": "a < b", "author": {"name": "Ada"}}, "no item"]}"#;
    let feed = read(text);
    assert_eq!((feed.format, feed.title.as_str()), ("JSON Feed 1.1", "Port"));
    assert_eq!(
        lines(&feed),
        ["1||https://example.org/1|<p>a</p>", "https://example.org/2||https://example.org/2|a < b"]
    );
    assert_eq!(feed.entries[0].enclosures[0].url.as_str(), "https://example.org/1.mp3");
    assert_eq!(names(&feed.entries[0].authors), ["Desk"]);
    assert_eq!(names(&feed.entries[1].authors), ["Ada"]);
    assert_eq!(refusal("{\"a\": 1}"), "this JSON is no feed: it has no list of items");
    assert_eq!(refusal("{\"items\":\n [1, }"), "line 2, column 6: the JSON is broken here");
    let deep = format!("{{\"items\":{}", "[".repeat(100_000));
    assert!(refusal(&deep).contains("broken"));
}

/// What is wrong, and the entries that are read all the same.
#[test]
fn broken_documents_are_mended() {
    let item = "<item><guid>1</guid><title>One</title></item>";
    let whole = ["1|One||"];
    for text in [
        format!(
            "\n\n <br />junk <b>Warning</b> <?xml version='1.0'?><rss><channel>{item}</channel></rss>"
        ),
        format!("<rss><channel>{item}"),
        format!("<rss><channel>{item}<item><guid>2</guid><title>Cut o"),
        format!("<rss><channel>{item}<item><guid>2</guid><description><![CDATA[cut"),
        format!("<channel>{item}</channel>"),
        format!("<rss><channel><title>A</channel>{item}</rss>"),
        format!("<rss><channel></image>{item}</chanel></rss>"),
        "<rss><channel><item><guid>1</guid><title>One</item></channel></rss>".to_owned(),
        "<rss><channel><item><guid>1<title>One</title></item></channel></rss>".to_owned(),
        "<rss><channel><item><foo:guid>2</foo:guid><guid>1</guid><title>One</title></item></rss>"
            .to_owned(),
        "<RSS><CHANNEL><ITEM><GUID>1</GUID><TITLE>One</TITLE></ITEM></CHANNEL></RSS>".to_owned(),
        "<rss><channel><item><guid>1</guid><title>\u{1}On\u{0}e</title></item></channel></rss>"
            .to_owned(),
    ] {
        assert_eq!(lines(&read(&text)), whole, "{text}");
    }
    let two =
        "<rss><channel><item><guid>1</guid><title>One</title><item><guid>2</guid></item></rss>";
    assert_eq!(lines(&read(two)), ["1|One||", "2|||"]);
    let text = "<rss><channel><item><title>AT&T &eacute; &nosuch; 1 < 2</title><link>https://example.org/?a=1&b=2</link>\
        <description><p>naked <b>tags</b><br/></p></description></item></channel></rss>";
    assert_eq!(
        lines(&read(text)),
        ["|AT&T é &nosuch; 1 < 2|https://example.org/?a=1&b=2|<p>naked <b>tags</b><br></p>"]
    );
}

#[test]
fn complaints_name_line_and_column() {
    assert_eq!(warnings(RSS), [""; 0]);
    let text = "<rss><channel>\n<item><title>a < b</title></item>\n<item><title>";
    assert_eq!(
        warnings(text),
        [
            "line 2: column 16: the XML is broken here and was mended",
            "line 3: column 14: the feed is cut off in an entry, which was left out",
        ]
    );
    for (text, sentence) in [
        ("", "the document is empty"),
        ("\u{feff} \n", "the document is empty"),
        ("just words", "this is no feed: there is no element in it"),
        (
            "<?xml version='1.0'?><note><to/></note>",
            "this is no feed: its first element is note, not rss, feed or RDF",
        ),
        (
            "<!doctype html><html><body>",
            "this is a web page, not a feed; look on it for a link to its feed",
        ),
    ] {
        assert_eq!(refusal(text), sentence);
    }
}

#[test]
fn a_document_is_known_by_its_beginning() {
    let kind = |text: &str| kind(text.as_bytes(), &Hints::default());
    assert_eq!(kind(RSS), Kind::Feed);
    assert_eq!(kind("<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>"), Kind::Feed);
    assert_eq!(
        kind("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}"),
        Kind::Feed
    );
    assert_eq!(kind("<?xml version='1.0'?><opml version='2.0'>"), Kind::Opml);
    assert_eq!(kind("<!DOCTYPE html><html><p>about &lt;rss&gt; <rss>"), Kind::Other);
    assert_eq!(kind("# A text about <rss feeds"), Kind::Other);
    assert_eq!(kind("{\"a\": 1}"), Kind::Other);
    assert_eq!(kind(""), Kind::Other);
    let utf16: Vec<u8> = RSS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(super::kind(&utf16, &Hints::default()), Kind::Feed);
    assert_eq!(parse(&utf16, &Hints::default()).unwrap().0.entries.len(), 2);
}

#[test]
fn a_document_cannot_cost_more_than_its_length() {
    let many = format!(
        "<rss><channel>{}</channel></rss>",
        "<item><guid>x</guid></item>".repeat(MAX_ENTRIES + 7)
    );
    let (feed, found) = parse(many.as_bytes(), &Hints::default()).unwrap();
    assert_eq!(feed.entries.len(), MAX_ENTRIES);
    assert_eq!(found[0].message, "the feed has 5007 entries; the first 5000 were taken");

    let deep = format!("<rss><channel>{}<item><title>a</title></item>", "<a>".repeat(200_000));
    assert_eq!(read(&deep).entries.len(), 1);
    let inside =
        format!("<rss><item><title>a</title>{}</item></rss>", "<media:group>".repeat(200_000));
    assert_eq!(read(&inside).entries.len(), 1);
    let nested = format!("<rss><item>{}", "<item>".repeat(100_000));
    assert_eq!(read(&nested).entries.len(), MAX_ENTRIES);

    let title = format!("<rss><item><title>{}</title></item></rss>", "long ".repeat(1_000_000));
    assert!(read(&title).entries[0].title.len() <= 1000);
    let attributes = format!(
        "<rss><item><link {} href='https://example.org/'/></item></rss>",
        "a='1' ".repeat(100_000)
    );
    assert_eq!(read(&attributes).entries.len(), 1);
    let soup =
        format!("<rss><item><title>a</title></item>{}", "<!-- <![CDATA[ <a b='".repeat(50_000));
    assert!(warnings(&soup)[1].contains("too broken"));
    let authors = "<author><name>Desk</name></author><author>Other</author>".repeat(50_000);
    let feed = read(&format!("<feed>{authors}<entry><id>1</id></entry></feed>"));
    assert_eq!(names(&feed.entries[0].authors), ["Desk", "Other"]);
    let base = format!("<feed xml:base='https://example.org/{}/'>", "long/".repeat(200));
    let files = "<link rel='enclosure' href='1'/>".repeat(100);
    let feed = read(&format!("{base}<entry>{files}</entry></feed>"));
    assert_eq!(feed.entries[0].enclosures, []);
    let quotes = format!("<rss><item><description>{}", "&lt;a b=\"".repeat(200_000));
    assert_eq!(read(&quotes).entries.len(), 0);
    let tags = format!("<rss><item>{}</item></rss>", "<category>a</category>".repeat(100_000));
    assert_eq!(read(&tags).entries[0].tags.len(), 1);
}

#[test]
fn minutes_are_those_of_the_article() {
    for html in [
        "<p>One two three</p>".repeat(400),
        "<p>市議会は火曜日、図書館を</p>".repeat(200),
        format!("<script>{}</script><p>One</p>", "x ".repeat(9000)),
    ] {
        let (article, _) = crate::extract::html::fragment(&html, None);
        let entry = Entry { content: Content::Html(html), ..Entry::default() };
        assert_eq!(usize::from(entry.minutes()), article.minutes());
    }
    assert_eq!(Entry::default().minutes(), 1);
}

proptest! {
    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes, &Hints::default());
        let _ = kind(&bytes, &Hints::default());
    }

    #[test]
    fn any_soup_can_be_read(parts in prop::collection::vec(part(), 0..60)) {
        let text = parts.concat();
        if let Ok((feed, _)) = parse(text.as_bytes(), &Hints::default()) {
            for entry in &feed.entries {
                let _ = (entry.minutes(), identity::digest(entry), entry.text());
            }
            // Identity: each id once, and the same for the same document.
            let ids = identity::ids(&feed);
            let mut once = ids.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), ids.len());
            let again = parse(text.as_bytes(), &Hints::default()).unwrap().0;
            prop_assert_eq!(identity::ids(&again), ids);
        }
    }

    #[test]
    fn a_damaged_feed_can_be_read(at in 0..RSS.len(), bytes in prop::collection::vec(any::<u8>(), 0..4), cut in 0usize..20) {
        let mut damaged = RSS.as_bytes().to_vec();
        damaged.splice(at..(at + cut).min(RSS.len()), bytes);
        let _ = parse(&damaged, &Hints::default());
    }

    #[test]
    fn the_order_of_a_feed_does_not_change_ids(turn in 0usize..4) {
        let mut feed = Feed::default();
        for at in 0..4 {
            let mut entry = Entry { title: format!("Story {at}").as_str().into(), ..Entry::default() };
            entry.link = format!("https://example.org/{at}").parse().ok();
            entry.id = (at % 2 == 0).then(|| "shared".to_owned());
            feed.entries.push(entry);
        }
        let mut before = identity::ids(&feed);
        feed.entries.rotate_left(turn);
        before.rotate_left(turn);
        prop_assert_eq!(identity::ids(&feed), before);
    }
}

fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "<rss>",
            "<channel>",
            "<item>",
            "</item>",
            "<feed>",
            "<entry>",
            "</entry>",
            "<title>",
            "</title>",
            "<guid>",
            "</guid>",
            "<link>",
            "<link href='",
            "<content type='xhtml'>",
            "</content>",
            "<author>",
            "<name>",
            "</author>",
            "<pubDate>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<!DOCTYPE a [",
            "<?xml",
            "?>",
            "&",
            "&amp;",
            "&#x",
            ";",
            "<",
            ">",
            "\"",
            "'",
            "/>",
            "xmlns:a='",
            "xml:base='",
            "é",
            "\u{1f600}",
            "<p>",
            "</p>",
            "2026-03-03",
            "\0",
        ])
        .prop_map(str::to_owned),
        "[a-z <>&/='\"]{0,12}",
    ]
}
