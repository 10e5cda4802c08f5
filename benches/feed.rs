//! How long feeds take to read: RSS with CDATA, RSS with escaped HTML, Atom, and what a
//! refresh does with each entry after that.

use dateline::extract::Hints;
use dateline::feed::{Feed, identity, parse};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const ENTRIES: usize = 40;

const BODY: &str = "<p>The council voted on Tuesday to keep all <a href=\"/libraries\">twelve \
    libraries</a> open, and said that the money would come from the city’s reserve.</p>\n\
    <p>Readers who had gathered in the hall &mdash; some with books in their <em>hands</em> \
    &mdash; stood up and clapped; others asked for how long.</p>\n";

/// The text of an entry, about five kilobytes, as most feeds carry it.
fn body() -> String {
    BODY.repeat(15)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn rss(content: impl Fn(&str) -> String) -> Vec<u8> {
    let content = content(&body());
    let items: Vec<String> = (0..ENTRIES)
        .map(|at| {
            format!(
                "<item>\n<title>Libraries &amp; more, part {at}</title>\n\
                 <link>https://example.org/stories/{at}?utm_source=rss</link>\n\
                 <guid isPermaLink=\"false\">story-{at}</guid>\n<dc:creator>City Desk</dc:creator>\n\
                 <category>City</category>\n<pubDate>Tue, 03 Mar 2026 14:{at:02}:00 GMT</pubDate>\n\
                 <description>All twelve libraries stay open.</description>\n\
                 <content:encoded>{content}</content:encoded>\n</item>\n"
            )
        })
        .collect();
    let items = items.concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel><title>City</title>\
         <link>https://example.org/</link>{items}</channel></rss>"
    )
    .into_bytes()
}

fn atom() -> Vec<u8> {
    let body = body().replace("&mdash;", "—");
    let entries: Vec<String> = (0..ENTRIES)
        .map(|at| {
            format!(
                "<entry><title>Libraries, part {at}</title><id>tag:example.org,2026:{at}</id>\
                 <link href=\"https://example.org/stories/{at}\"/>\
                 <updated>2026-03-03T14:{at:02}:00Z</updated><author><name>City Desk</name></author>\
                 <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{body}</div>\
                 </content></entry>"
            )
        })
        .collect();
    let entries = entries.concat();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>City</title>\
         <link href=\"https://example.org/\"/>{entries}</feed>"
    )
    .into_bytes()
}

fn read(bencher: Bencher, bytes: &[u8]) {
    let hints = Hints::default();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| parse(divan::black_box(bytes), &hints).map(|(feed, _)| feed.entries.len()));
}

#[divan::bench]
fn rss_with_cdata(bencher: Bencher) {
    read(bencher, &rss(|body| format!("<![CDATA[{body}]]>")));
}

#[divan::bench]
fn rss_with_escaped_html(bencher: Bencher) {
    read(bencher, &rss(escaped));
}

#[divan::bench]
fn atom_with_xhtml(bencher: Bencher) {
    read(bencher, &atom());
}

/// A clean feed and the same one whose tags do not pair.
#[divan::bench]
fn broken_rss(bencher: Bencher) {
    let clean = String::from_utf8_lossy(&rss(escaped)).into_owned();
    read(bencher, clean.replace("</guid>", "").replace("&amp; more", "& more").as_bytes());
}

fn parsed() -> (usize, Feed) {
    let bytes = rss(|body| format!("<![CDATA[{body}]]>"));
    let feed = parse(&bytes, &Hints::default()).map(|(feed, _)| feed).unwrap_or_default();
    (bytes.len(), feed)
}

#[divan::bench]
fn ids(bencher: Bencher) {
    let (_, feed) = parsed();
    bencher.bench(|| identity::ids(divan::black_box(&feed)));
}

#[divan::bench]
fn digests(bencher: Bencher) {
    let (bytes, feed) = parsed();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        divan::black_box(&feed).entries.iter().map(identity::digest).fold(0, |all, one| all ^ one)
    });
}

#[divan::bench]
fn minutes(bencher: Bencher) {
    let (bytes, feed) = parsed();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        divan::black_box(&feed).entries.iter().map(|entry| u32::from(entry.minutes())).sum::<u32>()
    });
}
