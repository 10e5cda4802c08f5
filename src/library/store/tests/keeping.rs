use std::collections::HashSet;

use url::Url;

use super::*;
use crate::article::PubDate;

#[test]
fn a_story_comes_back_whole() {
    let mut desk = Desk::new();
    let mut whole = arrival("a.example", "1", "A ferry leaves", "https://a.example/1");
    let url = |text: &str| Some(Url::parse(text).unwrap());
    whole.entry.updated = Some(time(NOON - 60));
    whole.entry.authors = vec!["Ann Reed".into(), "Bo Lind".into()];
    whole.entry.tags = vec!["Harbor".into()];
    whole.entry.language = Some("en".into());
    whole.entry.comments = url("https://a.example/1/comments");
    whole.entry.image = url("https://a.example/1.jpg");
    whole.entry.base = url("https://cdn.a.example/");
    whole.entry.enclosures = vec![Enclosure {
        url: url("https://a.example/1.mp3").unwrap(),
        media: Some("audio/mpeg".into()),
        length: Some(1_234),
    }];
    let stored = desk.store(update("a.example", vec![whole.clone()]));
    assert_eq!(titles(&stored.new), ["A ferry leaves"]);

    let reader = desk.reader();
    assert_eq!(reader.page(None, 10).unwrap().stories, stored.new);
    let entry = reader.entry(whole.id).unwrap().unwrap();
    assert_eq!(entry.published, whole.entry.published);
    assert_eq!(entry.updated, whole.entry.updated);
    assert_eq!(entry.first_seen, time(desk.now));
    assert_eq!(entry.authors, whole.entry.authors);
    assert_eq!(entry.tags, whole.entry.tags);
    assert_eq!(entry.enclosures, whole.entry.enclosures);
    assert_eq!(entry.comments, whole.entry.comments);
    assert_eq!(entry.image, whole.entry.image);
    assert_eq!(entry.base, whole.entry.base);
    assert_eq!(entry.content, whole.entry.content);
    assert_eq!(entry.story, reader.story(whole.id).unwrap().unwrap());
    let details = entry.story.details.unwrap();
    assert_eq!(details.entry_id, "1");
    assert_eq!(details.url, whole.entry.link);
    assert_eq!(details.author.unwrap().as_str(), "Ann Reed, Bo Lind");
    assert_eq!(details.language, whole.entry.language);
    assert_eq!(reader.count().unwrap(), 1);
    assert!(reader.entry(StoryId::new("a.example", "2")).unwrap().is_none());
}

#[test]
fn the_list_is_by_date_and_within_a_second_by_the_document() {
    let mut desk = Desk::new();
    let dated = |id: &str, published: Option<i64>| {
        let mut dated = arrival("a.example", id, id, "");
        dated.entry.published = published.map(time);
        dated
    };
    desk.store(update(
        "a.example",
        vec![
            dated("first of three", Some(NOON)),
            dated("old", Some(-5)),
            dated("second of three", Some(NOON)),
            dated("third of three", Some(NOON)),
            dated("undated", None),
            dated("of the future", Some(NOON * 2)),
        ],
    ));
    let order = ["undated", "of the future", "first of three", "second of three", "third of three"];
    assert_eq!(desk.titles()[..5], order);
    assert_eq!(desk.titles()[5], "old");
    let future = StoryId::new("a.example", "of the future");
    let entry = desk.reader().entry(future).unwrap().unwrap();
    assert_eq!(entry.published, None);
    assert_eq!(entry.story.published, Some(PubDate::Instant(entry.first_seen)));
}

#[test]
fn a_list_is_read_in_pages() {
    let mut desk = Desk::new();
    let ids: Vec<String> = (0..25).map(|number| number.to_string()).collect();
    let arrivals = ids.iter().map(|id| arrival("a.example", id, id, ""));
    desk.store(update("a.example", arrivals.collect()));
    let reader = desk.reader();
    let (mut read, mut next, mut sizes) = (Vec::new(), None, Vec::new());
    loop {
        let page = reader.page(next, 10).unwrap();
        sizes.push(page.stories.len());
        read.extend(titles(&page.stories));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(read, ids);
}

#[test]
fn a_changed_story_stays_where_it_is_and_is_remembered_as_it_was() {
    let mut desk = Desk::new();
    let old = arrival("a.example", "1", "Bridge to open", "https://a.example/1");
    let later = arrival("a.example", "2", "Something else", "https://a.example/2");
    desk.store(update("a.example", vec![later.clone(), old.clone()]));
    let mut edited = old.clone();
    edited.entry.title = "Bridge opens".into();
    edited.entry.published = Some(time(NOON + 1_000));
    edited.entry.content = Content::Text("It is open.".to_owned());
    edited.minutes = 3;
    digest(&mut edited);
    let stored = desk.store(update("a.example", vec![edited.clone(), later.clone()]));
    assert!(stored.new.is_empty() && stored.aliases.is_empty());
    assert_eq!(titles(&stored.updated), ["Bridge opens"]);
    assert_eq!(stored.updated[0].minutes, 3);
    assert_eq!(stored.updated[0].published.unwrap().instant(), time(NOON - 3_600));
    assert_eq!(desk.titles(), ["Something else", "Bridge opens"]);

    let reader = desk.reader();
    assert_eq!(reader.page(None, 9).unwrap().stories[1], stored.updated[0]);
    let entry = reader.entry(old.id).unwrap().unwrap();
    assert_eq!(entry.content, edited.entry.content);
    let version = Version {
        until: time(desk.now),
        title: old.entry.title.clone(),
        content: old.entry.content.clone(),
    };
    assert_eq!(reader.versions(old.id).unwrap(), [version]);
    // The same again is no change.
    let same = desk.store(update("a.example", vec![edited, later]));
    assert!(same.new.is_empty() && same.updated.is_empty());
}

#[test]
fn of_a_story_that_changes_with_every_answer_the_first_and_the_latest_texts_are_kept() {
    let mut desk = Desk::new();
    for number in 0..50 {
        let title = format!("{number} visitors so far");
        desk.store(document("a.example", &[("1", &title, "")]));
    }
    let versions = desk.reader().versions(StoryId::new("a.example", "1")).unwrap();
    assert_eq!(versions.len(), 32);
    assert_eq!(versions[0].title.as_str(), "0 visitors so far");
    assert_eq!(versions[1].title.as_str(), "18 visitors so far");
    assert_eq!(versions[31].title.as_str(), "48 visitors so far");
}

#[test]
fn what_a_feed_leaves_out_stays() {
    let mut desk = Desk::new();
    let (one, two) = (("1", "One", "https://a.example/1"), ("2", "Two", "https://a.example/2"));
    desk.store(document("a.example", &[one, two]));
    desk.store(document("a.example", &[two]));
    desk.store(document("a.example", &[]));
    let mut bare = arrival("a.example", "2", "Two", "https://a.example/2");
    let text = bare.entry.content.clone();
    bare.entry.content = Content::None;
    digest(&mut bare);
    desk.store(update("a.example", vec![bare.clone()]));
    assert_eq!(desk.titles(), ["One", "Two"]);
    assert_eq!(desk.reader().entry(bare.id).unwrap().unwrap().content, text);
}

#[test]
fn a_hidden_source_hides_what_no_other_source_has() {
    let mut desk = Desk::new();
    let both = ("x", "Ferry strike ends after a week", "https://news.example/ferry");
    desk.store(document("a.example", &[("1", "Of one alone", "https://a.example/1"), both]));
    let stored = desk.store(document("b.example", &[both]));
    assert_eq!(titles(&stored.shared), ["Ferry strike ends after a week"]);
    let mut reader = desk.reader();
    let [(story, source)] = &reader.shared().unwrap()[..] else { panic!("one") };
    assert_eq!((*story, source.key.as_str()), (StoryId::new("a.example", "x"), "b.example"));
    reader.show_only(Some([SourceKey::new("a.example")].into()));
    assert_eq!(reader.shared().unwrap(), []);

    reader.show_only(Some(HashSet::from([SourceKey::new("b.example")])));
    let page = reader.page(None, 10).unwrap();
    assert_eq!(titles(&page.stories), ["Ferry strike ends after a week"]);
    assert_eq!(page.stories[0].source.key.as_str(), "b.example");
    let mut told = Vec::new();
    reader
        .each(false, &mut |row| {
            told.push(row.story.title.to_string());
            true
        })
        .unwrap();
    assert_eq!(told, ["Ferry strike ends after a week"]);
    let hidden = reader.story(StoryId::new("a.example", "1")).unwrap().unwrap();
    assert_eq!(hidden.source.key.as_str(), "a.example");

    reader.show_only(Some(HashSet::new()));
    assert_eq!(reader.page(None, 10).unwrap(), Page::default());
    reader.show_only(None);
    assert_eq!(reader.page(None, 10).unwrap().stories.len(), 2);
}

#[test]
fn health_is_kept_and_a_new_name_is_taken() {
    let mut desk = Desk::new();
    desk.store(document("a.example", &[("1", "One", "")]));
    let reader = desk.reader();
    let key = SourceKey::new("a.example");
    assert_eq!(reader.health().unwrap()[&key].status, Some(200));
    assert_eq!(reader.page(None, 1).unwrap().stories[0].source.name.as_str(), "a.example");

    let mut renamed = document("a.example", &[]);
    renamed.source = Arc::new(Source { key: key.clone(), name: "The A".into() });
    renamed.health = Health { status: Some(304), ..Health::default() };
    desk.store(renamed);
    assert_eq!(reader.health().unwrap()[&key].status, Some(304));
    assert_eq!(reader.page(None, 1).unwrap().stories[0].source.name.as_str(), "The A");

    let failed = Health { status: Some(500), failures: 1, ..Health::default() };
    let unknown = (SourceKey::new("b.example"), failed.clone());
    desk.writer.set_health(&[(key.clone(), failed), unknown]).unwrap();
    let health = reader.health().unwrap();
    assert_eq!((health.len(), health[&key].failures), (1, 1));
}

#[test]
fn nothing_is_there_before_anything_is_stored() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Reader::open(dir.path()).unwrap().is_none());
    assert!(Reader::open(&dir.path().join("missing")).unwrap().is_none());
    let (mut writer, _) = Writer::open(&dir.path().join("new/data")).unwrap();
    assert_eq!(writer.write(time(NOON), Vec::new()).unwrap(), []);
    let reader = Reader::open(&dir.path().join("new/data")).unwrap().unwrap();
    assert_eq!(reader.page(None, 10).unwrap(), Page::default());
    assert_eq!(reader.count().unwrap(), 0);
}

#[test]
#[cfg(unix)]
fn only_the_reader_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let (mut writer, _) = Writer::open(&data).unwrap();
    writer.write(time(NOON), vec![document("a.example", &[("1", "One", "")])]).unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for ending in ["", "-wal", "-shm"] {
        assert_eq!(mode(&data.join(format!("{FILE}{ending}"))), 0o600, "{ending}");
    }
}

#[test]
fn what_has_no_title_is_listed_by_its_first_words() {
    let mut desk = Desk::new();
    let mut post = arrival("a.example", "1", "", "https://a.example/1");
    post.entry.content = Content::Html("<p>It rains.</p>".to_owned());
    let stored = desk.store(update("a.example", vec![post.clone()]));
    assert_eq!(titles(&stored.new), ["It rains."]);
    assert_eq!(desk.titles(), ["It rains."]);
    assert_eq!(desk.store(update("a.example", vec![post])).updated, []);
}

#[test]
fn a_log_that_was_left_behind_is_nothing_of_a_new_library() {
    let mut desk = Desk::new();
    desk.store(document("a.example", &[("1", "One", "")]));
    let left = tempfile::tempdir().unwrap();
    for ending in ["-wal", "-shm"] {
        let name = format!("{FILE}{ending}");
        std::fs::copy(desk.dir.path().join(&name), left.path().join(&name)).unwrap();
    }
    let (mut writer, set_aside) = Writer::open(left.path()).unwrap();
    assert_eq!(set_aside, None);
    writer.write(time(NOON), vec![document("a.example", &[("2", "Two", "")])]).unwrap();
    let reader = Reader::open(left.path()).unwrap().unwrap();
    assert_eq!(titles(&reader.page(None, 10).unwrap().stories), ["Two"]);
}

#[test]
fn several_may_begin_it_at_once() {
    for _ in 0..20 {
        let dir = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for number in 0..4 {
                let dir = dir.path();
                scope.spawn(move || {
                    let (mut writer, set_aside) = Writer::open(dir).unwrap();
                    assert_eq!(set_aside, None);
                    let id = number.to_string();
                    writer.write(time(NOON), vec![document("a", &[(&id, &id, "")])]).unwrap();
                });
            }
        });
        let reader = Reader::open(dir.path()).unwrap().unwrap();
        assert_eq!(reader.count().unwrap(), 4);
    }
}

#[test]
fn what_has_come_or_changed_since_is_told_apart() {
    let mut desk = Desk::new();
    desk.store(document("a", &[("1", "One", ""), ("2", "Two", "")]));
    let reader = desk.reader();
    let before = reader.tide().unwrap();
    assert_eq!(reader.since(before).unwrap(), Since::default());
    let entries = [("1", "One", ""), ("2", "Two, corrected", ""), ("3", "Three", "")];
    desk.store(document("a", &entries));
    // New and changed at once is new.
    desk.store(document("a", &[("3", "Three, corrected", "")]));
    let Since { new, revised } = reader.since(before).unwrap();
    assert_eq!(
        (titles(&new), titles(&revised)),
        (vec!["Three, corrected".to_owned()], vec!["Two, corrected".to_owned()],)
    );
    let after = reader.tide().unwrap();
    assert_ne!(after, before);
    assert_eq!(reader.since(after).unwrap(), Since::default());
}

#[test]
fn a_second_that_is_full_of_stories_is_no_damage() {
    let mut desk = Desk::new();
    desk.store(document("a", &[("1", "One", "")]));
    // A million others might stand between.
    let db = rusqlite::Connection::open(desk.dir.path().join(FILE)).unwrap();
    db.execute("UPDATE story SET story = story + (1 << 20) - 1", []).unwrap();
    db.execute("UPDATE entry SET story = (SELECT story FROM story)", []).unwrap();
    let mut next = arrival("a", "2", "Two", "");
    next.entry.published = Some(time(NOON - 3_599));
    desk.store(update("a", vec![next]));
    desk.store(document("a", &[("3", "Three", "")]));
    assert_eq!(desk.titles(), ["Two", "One", "Three"]);
    assert_eq!(desk.writer.take_set_aside(), None);
}
