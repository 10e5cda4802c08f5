use super::super::geometry::Focus;
use super::super::message::{Message, Shelf};
use super::super::sample::{Options, World, app, world, world_with};

fn at(world: &mut World, keys: &str) -> String {
    world.keys(keys).selected()
}

#[test]
fn the_list_is_walked_with_keys_and_counts() {
    let mut w = world(120, 40);
    assert_eq!(w.selected(), "Harbor lights go out at nine");
    assert_eq!(at(&mut w, "j"), "A long read about the tide");
    assert_eq!(at(&mut w, "2j"), "Yesterday's market in short");
    assert_eq!(at(&mut w, "k"), "灯台の新しい光");
    assert_eq!(at(&mut w, "G"), "An old story");
    assert_eq!(at(&mut w, "j"), "An old story");
    assert_eq!(at(&mut w, "g"), "Harbor lights go out at nine");
    assert_eq!(at(&mut w, "99j"), "An old story");
}

#[test]
fn esc_takes_a_count_back_and_leaves_nothing() {
    let mut w = world(80, 24);
    w.keys("<esc>");
    w.keys("3<esc>j");
    assert_eq!(w.selected(), "A long read about the tide");
    assert!(!w.app.quitting());
}

#[test]
fn a_first_start_has_its_first_story_open() {
    let wide = world(120, 40);
    assert_eq!(wide.headline(), "Harbor lights go out at nine");
    assert_eq!(wide.app.focus, Focus::List);
    let narrow = world(80, 24);
    assert_eq!(narrow.headline(), "Harbor lights go out at nine");
    assert_eq!(narrow.app.focus, Focus::Article);
}

#[test]
fn a_first_start_with_feeds_marks_none_of_their_stories() {
    let w = world_with(&Options { shelf: Shelf::Stored, ..Options::default() });
    assert_eq!(w.app.focus, Focus::List);
    assert_eq!(w.selected(), "Harbor lights go out at nine");
}

#[test]
fn what_was_named_on_the_command_line_is_shown_in_its_order() {
    let options = Options { shelf: Shelf::Given, ..Options::default() };
    let w = world_with(&options);
    assert_eq!(w.app.stories.view.title(&w.app.feeds), "Opened here");
    assert_eq!(w.titles().len(), 5);
    assert_eq!(w.titles()[2], "灯台の新しい光");
}

#[test]
fn what_was_named_is_opened_also_when_it_comes_after_the_edition() {
    let options = Options { shelf: Shelf::Given, size: (120, 40), ..Options::default() };
    let mut w = World::empty(app(&options, None));
    let edition = w.find(Shelf::Edition);
    w.send(Message::Stories(edition));
    w.publish(Shelf::Given);
    assert_eq!(w.headline(), "Harbor lights go out at nine");
}

#[test]
fn words_narrow_the_list_as_they_are_typed_and_esc_brings_all_back() {
    let mut w = world(120, 40);
    w.keys("/TIDE");
    assert_eq!(w.titles(), ["A long read about the tide"]);
    w.keys("<esc>");
    assert_eq!(w.titles().len(), 5);
    w.keys("/tide<enter>");
    assert_eq!(w.titles().len(), 1);
    assert_eq!(w.selected(), "A long read about the tide");
    w.keys("<esc>");
    assert_eq!(w.titles().len(), 5);
    assert!(!w.app.quitting());
}

#[test]
fn the_unread_view_keeps_its_rows_until_it_is_asked_for_again() {
    let mut w = world(120, 40);
    w.keys("vjj<enter>");
    assert_eq!(w.app.stories.view.title(&w.app.feeds), "Bookmarks");
    w.keys("vj<enter>");
    assert_eq!(w.app.stories.view.title(&w.app.feeds), "Continue reading");
    w.keys("vgj<enter>");
    assert_eq!(w.app.stories.view.title(&w.app.feeds), "Unread");
    assert_eq!(w.app.stories.unread, 5);
    w.keys("u");
    assert_eq!((w.titles().len(), w.app.stories.unread), (5, 4));
    w.keys("vgj<enter>");
    assert_eq!(w.titles().len(), 4);
}

#[test]
fn n_goes_to_the_next_unread_story_and_round_to_those_above() {
    let mut w = world(120, 40);
    w.keys("juk");
    assert_eq!(at(&mut w, "n"), "灯台の新しい光");
    w.keys("Gu");
    assert_eq!(at(&mut w, "n"), "Harbor lights go out at nine");
}

#[test]
fn tab_goes_round_the_panes() {
    let mut w = world(200, 60);
    assert_eq!(w.app.focus, Focus::List);
    w.keys("<tab>");
    assert_eq!(w.app.focus, Focus::Article);
    w.keys("<esc><shift-tab>");
    assert_eq!(w.app.focus, Focus::Sources);
    w.keys("jj<enter>");
    assert_eq!(w.app.stories.view.title(&w.app.feeds), "Bookmarks");
    assert_eq!(w.app.focus, Focus::List);
}

#[test]
fn the_cursor_stays_in_sight_at_every_size() {
    let mut w = world(120, 40);
    for (width, height) in [(30, 9), (80, 16), (59, 10), (120, 9), (200, 60), (24, 8)] {
        w.resize(width, height).keys("<esc>");
        if w.app.focus == Focus::Article {
            w.keys("<esc>");
        }
        for key in ["G", "g", "3j", "k"] {
            w.keys(key);
            let area = w.app.panes().list.unwrap();
            let tall = w.app.panes().tall_rows;
            let rows: u16 = w.app.stories.rows[w.app.stories.top..=w.app.stories.selected]
                .iter()
                .map(|row| row.height(tall))
                .sum();
            assert!(rows <= area.height, "{key} at {width}x{height}");
        }
    }
}

#[test]
fn esc_in_the_list_stays_and_says_which_key_leaves() {
    let mut w = world(120, 40);
    w.keys("<esc>");
    assert!(!w.app.quitting());
    assert_eq!(w.said(), "This is the list; q leaves the program.");
    w.keys("q");
    assert!(w.app.quitting());
}

#[test]
fn a_key_without_a_meaning_says_so() {
    let mut w = world(120, 40);
    w.keys("t");
    assert_eq!(w.said(), "t does nothing here; ? shows the keys.");
}

#[test]
fn what_is_said_of_a_place_goes_with_the_next_key() {
    let mut w = world(120, 40);
    w.keys("<esc><enter>");
    assert_eq!(w.said(), "");
    w.keys("/harbor<enter>");
    assert!(w.said().starts_with("“harbor”: 1 of"), "{}", w.said());
    w.keys("<esc>");
    assert_eq!(w.said(), "");
    w.keys("sj");
    assert_ne!(w.said(), "");
}

#[test]
fn escape_goes_out_of_a_feed_to_the_very_story_and_the_way_forward_in_again() {
    let mut w = World::with_feeds(&Options { size: (200, 60), ..Options::default() });
    w.keys("3j");
    let story = w.selected();
    let shown = |w: &World| w.app.stories.view.title(&w.app.feeds).into_owned();
    w.keys("hG2k<enter>j");
    assert_eq!(shown(&w), "lathe");
    w.keys("<esc>");
    assert_eq!((shown(&w), w.selected()), ("All stories".to_owned(), story.clone()));
    w.keys("<alt-right>");
    assert_eq!(shown(&w), "lathe");
    w.keys("<alt-left>");
    assert_eq!((shown(&w), w.selected()), ("All stories".to_owned(), story.clone()));
    w.keys("<alt-right>");
    // From one narrow view into another it is one step all the same.
    w.keys("b<esc>");
    assert_eq!((shown(&w), w.selected()), ("All stories".to_owned(), story));
    w.keys("<esc>");
    assert_eq!(w.said(), "This is the list; q leaves the program.");
    // A filter comes first; and leaving the program keeps the view.
    w.keys("hG2k<enter>/hours<enter><esc>");
    assert_eq!(shown(&w), "lathe");
    w.keys("q");
    assert!(w.app.quitting() && shown(&w) == "lathe");
}
