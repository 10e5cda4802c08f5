use super::super::sample::{Options, World, world};

#[test]
fn a_bookmark_is_recorded_and_saved_and_taken_back() {
    let mut w = world(120, 40);
    let id = w.id("Harbor lights go out at nine");
    w.keys("s");
    assert!(w.app.reading.is_saved(id));
    assert_eq!(w.wishes(), "save 0, record 1");
    w.keys("U");
    assert!(!w.app.reading.is_saved(id));
    assert_eq!(w.wishes(), "record 1, unsave");
    assert_eq!(w.said(), "Taken back: Bookmarked “Harbor lights go out at nine”");
    w.keys("U");
    assert_eq!(w.said(), "Nothing to take back.");
}

#[test]
fn opening_marks_as_read_and_that_is_taken_back_too() {
    let mut w = world(120, 40);
    let id = w.id("Harbor lights go out at nine");
    assert!(!w.app.reading.is_read(id), "a preview is no reading");
    w.keys("<enter>");
    assert!(w.app.reading.is_read(id));
    w.keys("U");
    assert!(!w.app.reading.is_read(id));
}

#[test]
fn marking_all_says_how_many_and_one_key_takes_all_back() {
    let mut w = world(120, 40);
    w.keys("juA");
    assert_eq!(w.said(), "Marked 4 stories as read; U takes it back.");
    assert_eq!(w.app.stories.unread, 0);
    w.keys("U");
    assert_eq!(w.app.stories.unread, 4);
    w.keys("U");
    assert_eq!(w.app.stories.unread, 5);
}

#[test]
fn undo_outlives_a_restart() {
    let mut w = world(120, 40);
    let id = w.id("A long read about the tide");
    w.keys("js");
    let mut w = w.restart(&Options { size: (120, 40), ..Options::default() });
    assert!(w.app.reading.is_saved(id));
    w.keys("U");
    assert!(!w.app.reading.is_saved(id));
}

#[test]
fn tags_and_notes_are_typed_and_edited() {
    let mut w = world(120, 40);
    let id = w.id("Harbor lights go out at nine");
    w.keys("Tsea, town<enter>");
    let tags: Vec<String> = w.app.reading.get(id).tags.iter().map(ToString::to_string).collect();
    assert_eq!(tags, ["sea", "town"]);
    w.keys("T<ctrl-u>town<enter>");
    assert_eq!(w.app.reading.get(id).tags.len(), 1);
    w.keys("cAsk about the lamps<enter>");
    assert_eq!(w.app.reading.get(id).note.unwrap().as_str(), "Ask about the lamps");
    w.keys("c and why<esc>");
    assert_eq!(w.app.reading.get(id).note.unwrap().as_str(), "Ask about the lamps");
    w.keys("UUU");
    assert!(w.app.reading.get(id).tags.is_empty());
    assert!(w.app.reading.get(id).note.is_none());
}

#[test]
fn a_bookmark_with_a_note_is_saved_with_it() {
    let mut w = world(120, 40);
    w.keys("s");
    w.wishes();
    w.keys("cA note<enter>");
    assert_eq!(w.wishes(), "save 0 A note, record 1");
}

#[test]
fn counts_of_the_sources_follow_every_change() {
    let mut w = world(200, 60);
    let counts = |w: &World| -> Vec<(String, usize)> {
        w.app.sources.rows.iter().map(|row| (row.name.to_string(), row.count)).collect()
    };
    w.keys("usjsjuTsea<enter>");
    let live = counts(&w);
    let state = w.app.reading.clone();
    w.app.sources.rebuild(&w.app.catalog, &w.app.feeds, &state);
    assert_eq!(live, counts(&w));
    assert!(live.contains(&("Bookmarks".to_owned(), 2)), "{live:?}");
    assert!(live.contains(&("Unread".to_owned(), 3)), "{live:?}");
}

#[test]
fn a_place_is_written_once_the_page_has_been_still() {
    let mut w = world(80, 24);
    w.keys("<esc>j<enter>");
    w.wishes();
    w.keys("jjj");
    assert_eq!(w.wishes(), "");
    w.wait(1);
    assert_eq!(w.wishes(), "");
    w.wait(2);
    assert_eq!(w.wishes(), "record 1, session");
    assert_eq!(w.app.deadline(), None, "nothing is left to wait for");
}

#[test]
fn quitting_writes_the_place_and_the_session_once() {
    let mut w = world(80, 24);
    w.keys("<esc>j<enter>");
    w.wishes();
    w.keys("5j<ctrl-c><ctrl-c>");
    assert_eq!(w.wishes(), "record 1, session, quit");
}
