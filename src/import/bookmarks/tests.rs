//! What other programs export, and the stories in it.

use proptest::prelude::*;

use super::*;
use crate::feed::Content;
use crate::story::SourceKey;

type All = Result<(Vec<Imported>, Vec<Warning>), NotAList>;

fn all(bytes: impl AsRef<[u8]>, format: Format) -> All {
    let mut stories = Vec::new();
    let warnings = read(bytes.as_ref(), format, &mut |story| stories.push(story))?;
    Ok((stories, warnings))
}

#[track_caller]
fn stories(text: &str, format: Format) -> Vec<Imported> {
    assert_eq!(guess(text.as_bytes()), Some(format), "{text}");
    let (stories, _) = all(text, format).unwrap();
    assert!(stories.iter().all(|story| story.saved && !story.entry_id.is_empty()));
    stories
}

/// A story in a line: address, title, day, tags, whether it was read, note.
fn line(story: &Imported) -> String {
    let url = story.entry.link.as_ref().map_or("-", Url::as_str);
    let day = story.entry.published.map(|date| date.to_string()).unwrap_or_default();
    let tags = story.tags.iter().map(SafeText::as_str).collect::<Vec<_>>().join("+");
    let (read, note) = (if story.read { "read" } else { "" }, story.note.as_deref().unwrap_or(""));
    let day = day.get(..10).unwrap_or("-");
    format!("{url} | {} | {day} | {tags} | {read} | {note}", story.entry.title)
}

fn lines(stories: &[Imported]) -> Vec<String> {
    stories.iter().map(line).collect()
}

#[test]
fn starred_items_keep_their_text_and_their_feed() {
    let text = r#"{ "id": "user/-/state/com.google/starred", "items": [
      { "id": "tag:google.com,2005:reader/item/1", "guid": "e-1", "title": "Ferry &amp; pier",
        "published": 1700000000, "author": "A. Writer",
        "canonical": [{"href": "https://a.example/1"}], "content": {"content": "<p>It runs.</p>"},
        "categories": ["user/-/state/com.google/starred", "user/1/state/com.google/read", "user/-/label/Sea"],
        "origin": {"streamId": "feed/https://a.example/feed", "title": "Gazette"},
        "enclosure": [{"href": "https://a.example/1.mp3", "type": "audio/mpeg", "length": "12"}] },
      { "id": "2", "title": "", "alternate": [{"href": "javascript:x"}], "summary": {"content": "Only a text."} },
      { "id": "3", "title": "Nothing" }, 7 ] }"#;
    let stories = stories(text, Format::Starred);
    assert_eq!(
        lines(&stories),
        [
            "https://a.example/1 | Ferry & pier | 2023-11-14 | Sea | read | ",
            "- | Only a text. | - |  |  | "
        ]
    );
    let first = &stories[0];
    assert_eq!((first.entry_id.as_str(), &*first.source), ("e-1", "Gazette"));
    assert_eq!(first.source_key.as_ref().map(SourceKey::as_str), Some("a.example/feed"));
    assert_eq!(first.entry.content, Content::Html("<p>It runs.</p>".to_owned()));
    assert_eq!(first.entry.enclosures[0].length, Some(12));
    let (_, warnings) = all(text, Format::Starred).unwrap();
    assert_eq!(
        warnings[0].message,
        "2 items have no address of the web and no text, and were left out"
    );
}

#[test]
fn bookmarks_have_folders_tags_and_notes() {
    let text = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>
    <DT><H3 PERSONAL_TOOLBAR_FOLDER=\"true\">Bookmarks bar</H3>\n<DL><p>
        <DT><A HREF=\"https://a.example/1\" ADD_DATE=\"1700000000\" TAGS=\"sea,wind\">Ferry</A>\n<DD>For later
        <DT><H3>Work</H3>\n<DL><p>\n<DT><H3>Tools</H3>\n<DL><p>
            <DT><A HREF=\"https://a.example/2\" ADD_DATE=\"1700000000000000\">Rope</A>
        </DL><p>\n<DT><A HREF=\"https://a.example/3\">Knot</A>\n</DL><p>
        <DT><A HREF=\"place:sort=8\">Recent</A>
    </DL><p>\n<DT><A HREF=\"https://a.example/4\"></A>\n<DT><A HREF=\"chrome://x\">No page</A>\n</DL>";
    assert_eq!(
        lines(&stories(text, Format::Netscape)),
        [
            "https://a.example/1 | Ferry | 2023-11-14 | sea+wind |  | For later",
            "https://a.example/2 | Rope | 2023-11-14 | Work+Tools |  | ",
            "https://a.example/3 | Knot | - | Work |  | ",
            "https://a.example/4 | https://a.example/4 | - |  |  | ",
        ]
    );
}

#[test]
fn what_was_to_be_read_later_is_told_from_what_was_read() {
    let table = "title,url,time_added,tags,status\r\n\"Ferry, \"\"new\"\"\",https://a.example/1,1700000000,sea|wind,unread\r\n,https://a.example/2,1700000000,,archive\r\n";
    assert_eq!(
        lines(&stories(table, Format::Pocket)),
        [
            "https://a.example/1 | Ferry, \"new\" | 2023-11-14 | sea+wind |  | ",
            "https://a.example/2 | https://a.example/2 | 2023-11-14 |  | read | ",
        ]
    );
    let page = r#"<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>
      <li><a href="https://a.example/1" time_added="1700000000" tags="sea">Ferry</a></li></ul>
      <h1>Read Archive</h1><ul><li><a href="https://a.example/2" time_added="1700000000" tags="">Pier</a></li></ul>"#;
    let expected = [
        "https://a.example/1 | Ferry | 2023-11-14 | sea |  | ",
        "https://a.example/2 | Pier | 2023-11-14 |  | read | ",
    ];
    assert_eq!(lines(&stories(page, Format::Netscape)), expected);
    assert_eq!(lines(&all(page, Format::Pocket).unwrap().0), expected);
    let table = "URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/1,Ferry,\"It\nruns\",Unread,1700000000,\"[\"\"sea\"\"]\"\nhttps://a.example/2,Pier,,Archive,1700000000,[]\nhttps://a.example/3,Knot,,Sailing,1700000000,[]\n";
    assert_eq!(
        lines(&stories(table, Format::Instapaper)),
        [
            "https://a.example/1 | Ferry | 2023-11-14 | sea |  | It\nruns",
            "https://a.example/2 | Pier | 2023-11-14 |  | read | ",
            "https://a.example/3 | Knot | 2023-11-14 | Sailing |  | ",
        ]
    );
}

#[test]
fn articles_of_wallabag_keep_their_text() {
    let text = r#"[{"is_archived": 1, "is_starred": 0, "tags": ["sea", {"label": "wind"}], "title": "Ferry",
      "url": "https://a.example/1", "content": "<p>It runs.</p>", "created_at": "2024-03-05T10:00:00+0000",
      "published_by": ["A. Writer"], "language": "en", "domain_name": "a.example"}]"#;
    let stories = stories(text, Format::Wallabag);
    assert_eq!(lines(&stories), ["https://a.example/1 | Ferry | 2024-03-05 | sea+wind | read | "]);
    assert_eq!(stories[0].entry.content, Content::Html("<p>It runs.</p>".to_owned()));
}

#[test]
fn other_documents_are_told_apart() {
    for text in
        ["", "{}", "[]", "a,b\n1,2", "{\"title\":\"x\"}", "<html><p>x</p>", "https://a.example/"]
    {
        assert_eq!(guess(text.as_bytes()), None, "{text}");
    }
    for format in [Format::Starred, Format::Wallabag, Format::Pocket, Format::Instapaper] {
        assert!(all(b"{\"a\": 1", format).is_err());
    }
    let why = all(b"{\"a\": 1", Format::Starred).unwrap_err().to_string();
    assert!(why.starts_with("this JSON is damaged: EOF"), "{why}");
    assert!(all(b"a,b\n", Format::Pocket).unwrap_err().to_string().contains("time_added"));
}

#[test]
fn thousands_of_columns_and_tags_take_no_time() {
    let head = "title,url,time_added,tags,status";
    let columns = ",more".repeat(100_000);
    let rows = "T,https://a.example/1,1500000000,a|b,unread\n".repeat(20_000);
    let (stories, _) = all(format!("{head}{columns}\n{rows}"), Format::Pocket).unwrap();
    assert_eq!(stories.len(), 20_000);
    let tags: Vec<String> = (0..100_000).map(|n| n.to_string()).collect();
    let row = format!("T,https://a.example/1,1,{},unread", tags.join("|"));
    let (stories, _) = all(format!("{head}\n{row}\n"), Format::Pocket).unwrap();
    assert_eq!(stories[0].tags.len(), super::MOST_TAGS);
}

proptest! {
    #[test]
    fn no_bytes_can_hurt(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "(title,url,time_added,tags,status|URL,Title,Selection,Folder|\"{1,3}|,|\r?\n|<D[LTD]>|<A HREF=x ADD_DATE=99999999999999999999>|\\{\"items\":\\[|\\[\\{\"url\":|1|é){0,20}",
    ) {
        for format in [Format::Starred, Format::Netscape, Format::Pocket, Format::Instapaper, Format::Wallabag] {
            for bytes in [&bytes[..], text.as_bytes()] {
                guess(bytes);
                if let Ok((stories, _)) = all(bytes, format) {
                    prop_assert!(stories.iter().all(|story| !story.entry.title.is_empty()));
                }
            }
        }
    }
}
