//! Lists of feeds as they occur, and back.

use proptest::prelude::*;

use super::*;
use crate::feed::{Kind, kind};

fn is_opml(bytes: &[u8]) -> bool {
    kind(bytes, &Hints::default()) == Kind::Opml
}

fn read(text: &str) -> Document {
    parse(text.as_bytes(), &Hints::default()).unwrap().0
}

/// The outlines, a line each: title, address, folders.
fn lines(document: &Document) -> Vec<String> {
    fn add(outlines: &[Outline], folder: &str, lines: &mut Vec<String>) {
        for outline in outlines {
            let address = outline.address().unwrap_or("-");
            lines.push(format!("{folder}{} {address}", outline.title()));
            add(&outline.children, &format!("{folder}{}/", outline.title()), lines);
        }
    }
    let mut found = Vec::new();
    add(&document.outlines, "", &mut found);
    found
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let text = format!("<opml version='1.1'><head/><body>{body}</body></opml>");
    assert!(is_opml(text.as_bytes()), "{text}");
    assert_eq!(lines(&read(&text)), expected, "{text}");
}

#[test]
fn outlines_are_read_however_they_are_written() {
    check(r#"<outline text="A" xmlUrl="http://a/"/>"#, &["A http://a/"]);
    check("<OUTLINE TEXT='A' XMLURL='http://a/'></OUTLINE>", &["A http://a/"]);
    check("<outline text=A xmlurl=http://a/f />", &["A http://a/f"]);
    check(r#"<outline type="rss" text="A" url=" http://a/ "/>"#, &["A http://a/"]);
    check(r#"<outline type="link" text="A" url="http://a/"/>"#, &["A -"]);
    check(r#"<outline text="T" title="A" xmlUrl="b"/>"#, &["A b"]);
    check(r#"<outline text="T" title=" " xmlUrl="b"/>"#, &["T b"]);
    check(r#"<outline title="" xmlUrl="b"/>"#, &[" b"]);
    check(
        r#"<outline text="A & B" xmlUrl="http://a/?x=1&y=2&copy=3"/>"#,
        &["A & B http://a/?x=1&y=2&copy=3"],
    );
    check(
        r#"<outline text="Caf&eacute; &amp; &#x2014; &nope;" xmlUrl="b"/>"#,
        &["Café & — &nope; b"],
    );
    check("<outline text=\"two\nlines\u{1b}[2J\" xmlUrl=\"b\"/>", &["two lines[2J b"]);
    check(r#"<o:outline xmlns:o="x" text="A" xmlUrl="b"/>"#, &["A b"]);
}

#[test]
fn folders_nest() {
    check(
        r#"<outline text="X"><outline text="Y"><outline text="A" xmlUrl="a"/></outline>
           <outline text="B" xmlUrl="b"/></outline><outline text="C" xmlUrl="c"/>"#,
        &["X -", "X/Y -", "X/Y/A a", "X/B b", "C c"],
    );
}

#[test]
fn feeds_are_told_with_their_folders() {
    let document = read(
        r#"<opml><body><outline text="X"><outline><outline text="Y"><outline text="A" xmlUrl="a">
           <outline text="B" xmlUrl="b"/></outline></outline></outline></outline>
           <outline text="C" xmlUrl="c"/></body></opml>"#,
    );
    let found: Vec<String> = document
        .feeds()
        .iter()
        .map(|(folder, feed)| format!("{folder}: {}", feed.title()))
        .collect();
    assert_eq!(found, ["X/Y: A", "X/Y: B", ": C"]);
}

#[test]
fn folders_nest_no_deeper_than_anyone_needs() {
    let text = "<opml><body>".to_owned() + &"<outline text='x'>".repeat(200_000);
    let (document, warnings) = parse(text.as_bytes(), &Hints::default()).unwrap();
    let mut depth = 0;
    let mut outlines = &document.outlines;
    while let Some(first) = outlines.first() {
        depth += 1;
        outlines = &first.children;
    }
    assert_eq!(depth, MAX_DEPTH + 1);
    assert!(warnings.iter().any(|warning| warning.message.contains("100000")), "{warnings:?}");
}

#[test]
fn what_is_damaged_costs_itself_only() {
    let cut = r#"<opml><body><outline text="F"><outline text="A" xmlUrl="a"/><outline text="B" xm"#;
    assert_eq!(lines(&read(cut)), ["F -", "F/A a"]);
    let quotes =
        r#"<opml><body><outline text="The "best" of" xmlUrl="a"/><outline text="B" xmlUrl="b"/>"#;
    assert!(lines(&read(quotes)).contains(&"B b".to_owned()), "{:?}", lines(&read(quotes)));
    let bracket = "<opml><body><outline text=\"1 < 2 > 1\" xmlUrl=\"a\"/> < <outline text='B' xmlUrl='b'/></body>";
    let (document, warnings) = parse(bracket.as_bytes(), &Hints::default()).unwrap();
    assert_eq!(lines(&document), ["1 < 2 > 1 a", "B b"]);
    assert_eq!(warnings[0].line, Some(1));
    let root = r#"<?xml version="1.0"?><!-- a --><feeds><outline text="A" xmlUrl="a"/></feeds>"#;
    assert!(is_opml(root.as_bytes()));
    assert_eq!(lines(&read(root)), ["A a"]);
}

#[test]
fn encodings_are_told_apart() {
    let declared = b"<?xml version='1.0' encoding='ISO-8859-1'?><opml><body><outline text='Caf\xe9' xmlUrl='a'/></body></opml>";
    let (document, _) = parse(declared, &Hints::default()).unwrap();
    assert_eq!(lines(&document), ["Café a"]);
    let marked = "\u{feff}<opml><body><outline text='Ü' xmlUrl='a'/></body></opml>";
    assert_eq!(lines(&read(marked)), ["Ü a"]);
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(is_opml(&utf16));
    assert_eq!(lines(&parse(&utf16, &Hints::default()).unwrap().0), ["Ü a"]);
}

#[test]
fn other_documents_are_no_opml() {
    for text in [
        "",
        "outline",
        "<rss version='2.0'><channel><title>x</title></channel></rss>",
        "<html><body><p>an outline with an xmlUrl</p></body></html>",
        "https://example.org/feed news",
    ] {
        assert!(!is_opml(text.as_bytes()), "{text}");
        assert!(parse(text.as_bytes(), &Hints::default()).is_err(), "{text}");
    }
    assert!(parse(b"\x89PNG\r\n\x1a\n\0\0\0", &Hints::default()).is_err());
    // An empty list is a list.
    assert_eq!(read("<opml version='2.0'><head/><body/></opml>"), Document::default());
}

#[test]
fn all_that_a_list_says_is_written_back() {
    let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:x="https://example.org/x">
  <head>
    <title>Mine &amp; yours</title>
    <ownerName>Somebody</ownerName>
    <x:color>red</x:color>
  </head>
  <body>
    <outline text="News" x:collapsed="yes">
      <outline text="A" type="rss" xmlUrl="https://example.org/a?b&amp;c" htmlUrl="" x:note="one&#10;two &lt;&quot;&gt;"/>
    </outline>
  </body>
</opml>
"#;
    assert_eq!(read(text).to_xml(), text);
}

#[test]
fn what_version_2_asks_for_is_added() {
    let first = read(
        "<opml version='1.0'><body><outline title='F'><outline xmlurl='a'/></outline></body></opml>",
    );
    let written = first.to_xml();
    assert!(written.contains("<opml version=\"2.0\">"), "{written}");
    assert!(written.contains("<outline text=\"F\" title=\"F\">"), "{written}");
    assert!(written.contains("<outline text=\"a\" type=\"rss\" xmlUrl=\"a\"/>"), "{written}");
}

#[test]
fn names_and_values_that_xml_cannot_hold_are_left_out() {
    let attributes = vec![
        ("text".to_owned(), "a\u{0}\u{b}b".to_owned()),
        ("no name".to_owned(), "x".to_owned()),
        ("1".to_owned(), "x".to_owned()),
    ];
    let document = Document {
        outlines: vec![Outline { attributes, children: vec![] }],
        ..Document::default()
    };
    assert!(document.to_xml().contains("    <outline text=\"ab\"/>\n"));
}

fn value() -> impl Strategy<Value = String> {
    "[ -~äß€漢\n\t\u{a0}]{0,20}"
}

fn outline() -> impl Strategy<Value = Outline> {
    let names = proptest::collection::btree_map("[a-z][a-zA-Z0-9_.-]{3,9}", value(), 0..4);
    let leaf = (value(), names).prop_map(|(text, others)| {
        let mut attributes = vec![("text".to_owned(), text)];
        let is_new = |name: &str| !KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name));
        attributes.extend(others.into_iter().filter(|(name, _)| is_new(name)));
        Outline { attributes, children: Vec::new() }
    });
    leaf.prop_recursive(4, 40, 5, |inner| {
        (value(), proptest::collection::vec(inner, 0..5)).prop_map(|(text, children)| Outline {
            attributes: vec![("text".to_owned(), text)],
            children,
        })
    })
}

#[test]
fn what_a_terminal_may_obey_is_written_as_references() {
    let text = "<opml version=\"2.0\"><head><title>t\u{9b}2J</title></head><body>\
        <outline text=\"a\u{202e}b\" x=\"\u{7f}\u{200d}é\"/></body></opml>";
    let document = read(text);
    let written = document.to_xml();
    assert!(SafeText::is_safe(&written.replace('\n', "")), "{written:?}");
    assert!(written.contains("text=\"a&#8238;b\" x=\"&#127;&#8205;é\""), "{written}");
    assert_eq!(read(&written).outlines, document.outlines);
}

proptest! {
    #[test]
    fn a_written_list_reads_as_itself(outlines in proptest::collection::vec(outline(), 1..6), title in "[!-~]{1,20}") {
        let document = Document { head: vec![("title".to_owned(), title)], outlines, ..Document::default() };
        let (again, warnings) = parse(document.to_xml().as_bytes(), &Hints::default()).unwrap();
        prop_assert_eq!(again, document);
        prop_assert!(warnings.is_empty());
    }

    #[test]
    fn no_bytes_can_hurt(bytes in proptest::collection::vec(any::<u8>(), 0..200), markup in "(<outline text='[a-z<>&\"']{0,6}|</?[a-z]{1,4}>?|xmlUrl=[\"'a]|/>|<!--|]]>|&#?[a-z0-9]{0,4};?){0,30}") {
        let _ = is_opml(&bytes);
        if let Ok((document, _)) = parse(markup.as_bytes(), &Hints::default()) {
            let (again, _) = parse(document.to_xml().as_bytes(), &Hints::default()).unwrap();
            prop_assert_eq!(again.to_xml(), document.to_xml());
        }
        let _ = parse(&bytes, &Hints::default());
    }
}
