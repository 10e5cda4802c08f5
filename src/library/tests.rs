#![expect(clippy::disallowed_methods, reason = "tests make the files that they read")]

use std::fs;

use super::*;
use crate::article::Block;
use crate::extract::Hints;
use crate::feed;
use crate::story::Source;

fn add(library: &Library, path: &Path) -> Vec<Story> {
    let mut stories = Vec::new();
    library.add_path(path, &mut |batch| stories.extend(batch)).unwrap();
    stories
}

fn sentence(library: &Library, path: &Path) -> String {
    library.add_path(path, &mut |_| ()).unwrap_err().to_string()
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.canonicalize().unwrap()
}

#[test]
fn the_edition_is_whole_and_its_stories_find_one_another() {
    let library = Library::new();
    let stories = library.add_edition();
    assert_eq!(stories.len(), edition::PIECES.len());
    for story in &stories {
        assert!(!story.title.is_empty(), "{story:?}");
        assert_eq!(story.url(), None, "nothing answers there");
        let opened = library.opened(story.id).unwrap();
        assert_eq!(usize::from(story.minutes), opened.article.minutes(), "{}", story.title);
        assert!(opened.article.words() > 50, "{}", story.title);
        for (link, target) in opened.article.links.iter().zip(&opened.links) {
            let inside = link.url.as_str().starts_with(edition::ADDRESS);
            assert_eq!(inside, target.is_some(), "{}: {}", story.title, link.url);
        }
    }
}

#[test]
fn a_file_is_known_by_its_own_address_or_else_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let plain = write(folder.path(), "plain.txt", "Harbor reopens\n\nThe harbor is open again.\n");
    let library = Library::new();
    let story = add(&library, &plain).remove(0);
    assert_eq!(story.id, StoryId::new("file", &plain.to_string_lossy()));
    assert_eq!(story.url(), None);
    assert_eq!(library.article(story.id).unwrap().title.as_str(), "Harbor reopens");
}

#[test]
fn an_edited_file_shows_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a.txt", "Old head\n\nSome text that says little.\n");
    let library = Library::new();
    let id = add(&library, &path).remove(0).id;
    assert_eq!(library.article(id).unwrap().title.as_str(), "Old head");
    fs::write(&path, "A new headline\n\nSome more text that says little.\n").unwrap();
    assert_eq!(library.article(id).unwrap().title.as_str(), "A new headline");
    fs::remove_file(&path).unwrap();
    assert!(library.article(id).unwrap_err().to_string().contains("does not exist"));
}

#[test]
fn a_folder_is_told_of_in_growing_batches_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..40 {
        write(folder.path(), &format!("{n:02}.txt"), &format!("Story {n}\n\nIts text.\n"));
    }
    write(folder.path(), "05.html", "\0\0\0");
    let library = Library::new();
    let mut batches = Vec::new();
    let skipped = library.add_path(folder.path(), &mut |batch| batches.push(batch)).unwrap();
    assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 4, 8, 16, 9]);
    let titles: Vec<_> = batches.concat().iter().map(|story| story.title.to_string()).collect();
    assert_eq!(titles[..3], ["Story 0", "Story 1", "Story 2"]);
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    assert!(skipped[0].to_string().contains("05.html"));
    assert_eq!(library.stories().len(), 40);
}

#[test]
fn what_is_no_article_gets_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new();
    let missing = folder.path().join("missing.txt");
    assert!(sentence(&library, &missing).contains("does not exist"));
    assert!(sentence(&library, folder.path()).contains("holds no text"));
    let png = folder.path().join("photo.png");
    fs::write(&png, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").unwrap();
    assert!(sentence(&library, &png).contains("photo.png"));
    let zeros = folder.path().join("zeros");
    fs::File::create(&zeros).unwrap().set_len(200 << 20).unwrap();
    assert!(sentence(&library, &zeros).contains("larger than"));
    assert!(library.stories().is_empty());
}

#[test]
#[cfg(unix)]
fn pipes_and_devices_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let library = Library::new();
    for path in [pipe.as_path(), Path::new("/dev/zero")] {
        assert!(sentence(&library, path).contains("no regular file"));
    }
}

#[test]
fn a_saved_copy_stands_in_for_a_file_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a.txt", "The original\n\nText of it.\n");
    let library = Library::new();
    let id = add(&library, &path).remove(0).id;
    let copy = write(folder.path(), "copy.md", "# The copy\n\nText of it.\n");
    assert_eq!(library.add_saved(id, &copy).unwrap(), None);
    assert_eq!(library.article(id).unwrap().title.as_str(), "The original");
    fs::remove_file(&path).unwrap();
    assert!(library.article(id).is_ok());

    let next_start = Library::new();
    let kept = next_start.add_saved(id, &copy).unwrap().unwrap();
    assert_eq!(kept.id, id);
    assert!(next_start.article(id).is_ok());
}

#[test]
fn standard_input_is_known_by_its_content() {
    let library = Library::new();
    let document = |text: &str| Document { bytes: text.into(), hints: Hints::default() };
    let one = library.add_stream(document("A head\n\nSome text.\n")).unwrap();
    let same = library.add_stream(document("A head\n\nSome text.\n")).unwrap();
    let other = library.add_stream(document("A head\n\nOther text.\n")).unwrap();
    assert_eq!(one.id, same.id);
    assert_ne!(one.id, other.id);
    assert_eq!(one.source.name.as_str(), "standard input");
}

#[test]
fn a_story_that_nobody_has_is_told_of_in_a_sentence() {
    let error = Library::new().article(StoryId::new("x", "y")).unwrap_err().to_string();
    assert!(error.contains("not stored here"), "{error}");
}

/// A library that looks into a data directory in which the feed `a` has these stories.
fn stored(entries: Vec<feed::Entry>) -> (tempfile::TempDir, Library, Vec<StoryId>) {
    let dir = tempfile::tempdir().unwrap();
    let (mut writer, _) = store::Writer::open(dir.path()).unwrap();
    let arrivals: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            let entry_id = entry.id.clone().unwrap();
            let id = StoryId::new("a", &entry_id);
            store::Arrival { id, entry_id, digest: 1, minutes: 1, entry }
        })
        .collect();
    let ids = arrivals.iter().map(|arrival| arrival.id).collect();
    let source = Arc::new(Source { key: SourceKey::new("a"), name: "The Harbor Post".into() });
    let update = store::Update { source, health: feed::health::Health::default(), arrivals };
    writer.write(jiff::Timestamp::from_second(1_790_000_000).unwrap(), vec![update]).unwrap();
    let library = Library::new();
    library.look_in(dir.path());
    (dir, library, ids)
}

fn entry(id: &str, title: &str, html: &str) -> feed::Entry {
    feed::Entry {
        id: Some(id.to_owned()),
        title: title.into(),
        link: Url::parse(&format!("https://a.example/{id}")).ok(),
        published: jiff::Timestamp::from_second(1_780_000_000).ok(),
        content: feed::Content::Html(html.to_owned()),
        ..feed::Entry::default()
    }
}

#[test]
fn an_entry_of_a_feed_is_an_article() {
    let mut whole = entry("1", "The harbor is open", "<p>Ships <a href='/list'>come</a>.</p>");
    let url = |text: &str| Url::parse(text).unwrap();
    whole.base = Some(url("https://cdn.example/x/"));
    whole.updated = jiff::Timestamp::from_second(1_785_000_000).ok();
    whole.authors = vec!["Ann Reed".into(), "Bo Lind".into()];
    whole.language = Some("en".into());
    whole.comments = Some(url("https://a.example/1/talk"));
    let file = |name: &str, media: &str, length| feed::Enclosure {
        url: url(&format!("https://a.example/{name}")),
        media: Some(media.into()),
        length,
    };
    whole.enclosures = vec![
        file("ships.jpg", "image/jpeg", None),
        file("ships.mp3", "audio/mpeg", Some(31_400_000)),
        file("", "", Some(0)),
    ];
    let (_dir, library, ids) = stored(vec![whole]);
    let article = library.article(ids[0]).unwrap();
    assert_eq!(article.title.as_str(), "The harbor is open");
    assert_eq!(article.byline, ["Ann Reed".into(), "Bo Lind".into()]);
    assert_eq!(article.published.unwrap().to_string(), "2026-05-28T20:26:40Z");
    assert_eq!(article.updated.unwrap().to_string(), "2026-07-25T17:20:00Z");
    assert_eq!(article.site, Some("The Harbor Post".into()));
    assert_eq!(article.language, Some("en".into()));
    assert_eq!(article.url, Some(url("https://a.example/1")));
    let links: Vec<_> = article.links.iter().map(|link| (link.url.as_str(), &*link.text)).collect();
    assert_eq!(
        links,
        [
            ("https://cdn.example/list", "come"),
            ("https://a.example/ships.mp3", "Audio: ships.mp3 (31 MB)"),
            ("https://a.example/", "File: a.example"),
            ("https://a.example/1/talk", "Comments"),
        ]
    );
    let Block::Image(image) = &article.blocks[0] else { panic!("{:?}", article.blocks) };
    assert_eq!(image.url, Some(url("https://a.example/ships.jpg")));
    assert_eq!(article.image.as_ref(), Some(image));
    assert_eq!(
        article.plain_text(),
        "Ships come.\nAudio: ships.mp3 (31 MB)\nFile: a.example\nComments"
    );
}

#[test]
fn a_text_of_a_feed_has_its_lines_as_paragraphs_and_an_image_of_its_own_is_enough() {
    let mut text = entry("1", "A film", "");
    text.content = feed::Content::Text("First.\n\n Second. <b>\n".to_owned());
    let mut pictured =
        entry("2", "A picture", "<p>x</p><figure><img src='/p.jpg' width=600 height=400></figure>");
    pictured.image = Url::parse("https://a.example/lead.jpg").ok();
    let bare = feed::Entry { content: feed::Content::None, ..entry("3", "A headline", "") };
    let (_dir, library, ids) = stored(vec![text, pictured, bare]);
    assert_eq!(library.article(ids[0]).unwrap().plain_text(), "First.\nSecond. <b>");
    let images = |block: &&Block| matches!(block, Block::Image(_));
    assert_eq!(library.article(ids[1]).unwrap().blocks.iter().filter(images).count(), 1);
    assert!(library.article(ids[2]).unwrap().blocks.is_empty());
}

#[test]
fn a_text_of_a_feed_has_the_sections_and_related_lines_of_any_text() {
    let body = "The ferry across the bay sails again on Monday, the port said on Tuesday, after \
        a week in which it had to stay at the pier.\n\nWhat the Port Says\n\nTwo boats share the \
        work from now on, and a third one waits in the harbor for days of wind.\n\nThe company \
        counts on four hundred passengers a day, as many as before the storm.\n\nRead More: \
        Bridge over the river opens in spring\n\nWhat Comes Next\n\nThe first boat leaves at \
        seven in the morning, and the last one returns at ten in the evening.\n\nTickets cost \
        what they cost before, and children go free until the end of the month.";
    let headline = "Ferries run again after a week";
    let whole = format!("THE HARBOR GAZETTE\nTuesday, 3 March 2026\n\n{headline}\n\n{body}");
    let text = |id: &str, text: &str| feed::Entry {
        content: feed::Content::Text(text.to_owned()),
        ..entry(id, headline, "")
    };
    let (_dir, library, ids) = stored(vec![
        text("1", body),
        text("2", &whole),
        entry("3", "Bridge over the river opens in spring", "<p>Text.</p>"),
    ]);
    for id in &ids[..2] {
        let opened = library.opened(*id).unwrap();
        let headings = opened.article.blocks.iter().filter_map(|block| match block {
            Block::Heading { .. } => Some(block.text()),
            _ => None,
        });
        assert_eq!(headings.collect::<Vec<_>>(), ["What the Port Says", "What Comes Next"]);
        assert_eq!(opened.related, [Some(ids[2])]);
        let said = opened.article.plain_text();
        assert!(said.starts_with("The ferry across"), "{said}");
        assert!(said.ends_with("end of the month."), "{said}");
    }
}

#[test]
fn an_article_of_a_feed_leads_to_other_stories_of_it() {
    let text = "<p>See <a href='http://www.a.example/2/?utm_source=feed'>this</a>, \
        <a href='https://a.example/1'>the page</a> and <a href='https://b.example/'>more</a>.</p>\
        <p>Read more: Bridge over the river opens in spring</p>";
    let (_dir, library, ids) = stored(vec![
        entry("1", "The harbor is open", text),
        entry("2", "Ferries run again after a week", "<p>Text.</p>"),
        entry("3", "Bridge over the river opens in spring", "<p>Text.</p>"),
    ]);
    let opened = library.opened(ids[0]).unwrap();
    assert_eq!(opened.links, [Some(ids[1]), None, None], "its own page is not itself");
    assert_eq!(opened.article.related.len(), 1);
    assert_eq!(opened.related, [Some(ids[2])]);
    // What is hidden is not led to.
    library.show_only(Some(HashSet::new()));
    assert_eq!(library.opened(ids[0]).unwrap().links, [None, None, None]);
}

#[test]
fn a_bookmark_of_a_feeds_story_gives_way_to_it_and_stands_in_when_it_is_gone() {
    let (dir, library, ids) = stored(vec![entry("1", "As stored", "<p>Text.</p>")]);
    let copy = write(dir.path(), "copy.md", "# As saved\n\nText of it.\n");
    assert_eq!(library.add_saved(ids[0], &copy).unwrap(), None);
    assert_eq!(library.article(ids[0]).unwrap().title.as_str(), "As stored");
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(dir.path().join(format!("{}{ending}", store::FILE)));
    }
    assert_eq!(library.article(ids[0]).unwrap().title.as_str(), "As saved");
    library.forget_saved(ids[0]);
    assert!(matches!(library.article(ids[0]), Err(LibraryError::NotStored)));
}

#[test]
fn a_store_that_is_damaged_is_set_aside_and_told_of_once() {
    let (dir, library, ids) = stored(vec![entry("1", "As stored", "<p>Text.</p>")]);
    let path = dir.path().join(store::FILE);
    fs::write(&path, "no database at all, but long enough to look at".repeat(100)).unwrap();
    let error = library.article(ids[0]).unwrap_err().to_string();
    assert!(error.contains("is damaged") && error.contains("refresh"), "{error}");
    assert!(library.take_set_aside().unwrap().path.exists());
    assert_eq!(library.take_set_aside(), None);
    assert!(matches!(library.article(ids[0]), Err(LibraryError::NotStored)));
}
