use super::super::effect::Effect;
use super::super::message::{Message, Mouse, MouseAction};
use super::super::sample::{Options, World, world};

const FIRST: &str = "Harbor lights go out at nine";
const LONG: &str = "A long read about the tide";

fn in_first(width: u16, height: u16) -> World {
    let mut w = world(width, height);
    w.keys("<esc>");
    if w.app.quitting() {
        w = world(width, height);
    }
    w.keys("g<enter>");
    assert_eq!(w.headline(), FIRST);
    w
}

#[test]
fn a_related_line_opens_inside_the_reader_and_back_is_the_very_line() {
    let mut w = in_first(40, 12);
    // Two links of the text, then the first related line.
    w.keys("<tab><tab><tab>");
    let line = w.top_line();
    assert_ne!(w.app.reader.open.as_ref().unwrap().top, 0);
    w.keys("<enter>");
    assert_eq!(w.headline(), LONG);
    w.keys("20j");
    let there = w.top_line();
    w.keys("<backspace>");
    assert_eq!((w.headline().as_str(), w.top_line()), (FIRST, line.clone()));
    w.keys("<alt-right>");
    assert_eq!((w.headline().as_str(), w.top_line()), (LONG, there.clone()));
    // Also after a restart.
    let mut w = w.restart(&Options { size: (40, 12), ..Options::default() });
    assert_eq!((w.headline().as_str(), w.top_line()), (LONG, there));
    w.keys("<backspace>");
    assert_eq!((w.headline().as_str(), w.top_line()), (FIRST, line));
    w.keys("<backspace>");
    assert_eq!(w.said(), "Nothing to go back to.");
}

#[test]
fn a_story_that_is_not_stored_says_so_and_offers_what_can_be_done() {
    let mut w = in_first(120, 40);
    w.keys("<tab><tab><tab><tab><enter>");
    let popup = w.app.popup.as_ref().unwrap();
    assert_eq!(popup.title.as_str(), "This story is not stored here");
    let lines: Vec<&str> = popup.lines().map(|item| item.text.as_str()).collect();
    assert_eq!(lines[0], "The ferry that never came");
    w.log.clear();
    w.keys("<enter>");
    assert_eq!(w.log, [Effect::Copy("The ferry that never came".to_owned())]);
    assert_eq!(w.headline(), FIRST);
}

#[test]
fn a_link_opens_in_the_browser_by_focus_number_and_label() {
    let council = "https://council.example/lights";
    let opened = |w: &World| match w.log.last() {
        Some(Effect::Open(url)) => url.to_string(),
        other => panic!("{other:?}"),
    };
    let mut w = in_first(120, 40);
    w.keys("<tab><enter>");
    assert_eq!(opened(&w), council);
    let mut w = in_first(120, 40);
    w.keys("2<enter>");
    assert_eq!(opened(&w), "https://council.example/report");
    let mut w = in_first(120, 40);
    w.keys("fa");
    assert_eq!(opened(&w), council);
    let mut w = in_first(120, 40);
    w.keys("Fs");
    assert_eq!(w.log.last(), Some(&Effect::Copy("https://council.example/report".to_owned())));
    w.keys("77<enter>");
    assert_eq!(w.said(), "There is no link 77 here.");
}

#[test]
fn the_foot_lists_what_the_article_names_and_r_goes_there() {
    let mut w = in_first(80, 24);
    let open = w.app.reader.open.as_ref().unwrap();
    let groups: Vec<(String, Vec<(String, String)>)> = open
        .foot
        .groups
        .iter()
        .map(|group| {
            let rows = group.rows.iter().map(|row| (row.text.to_string(), row.note.to_string()));
            (group.heading.to_string(), rows.collect())
        })
        .collect();
    assert_eq!(groups[0].0, "Related");
    assert_eq!(groups[0].1[0], (LONG.to_owned(), "3h".to_owned()));
    assert_eq!(groups[0].1[1], ("The ferry that never came".to_owned(), "not stored".to_owned()));
    assert_eq!(groups[1].0, "Links (2)");
    assert_eq!(groups[1].1[0].1, "council.example/lights");
    w.keys("R3<enter>");
    assert_eq!(w.headline(), LONG, "related rows are numbered after the links");
}

#[test]
fn a_story_begun_is_continued_where_it_was_left() {
    let mut w = world(80, 24);
    w.keys("<esc>gj<enter>30j");
    let line = w.top_line();
    w.keys("<esc>i");
    assert_eq!(w.titles(), [LONG]);
    w.keys("<enter>");
    assert_eq!(w.top_line(), line);
    // Read to its end it is no longer begun.
    w.keys("G<esc>i");
    assert_eq!(w.titles(), Vec::<String>::new());
}

#[test]
fn a_changed_text_keeps_the_place_by_its_words() {
    let mut w = world(80, 24);
    w.keys("<esc>gj<enter>30j");
    let line = w.top_line();
    let id = w.id(LONG);
    let mut changed = w.stored[&id].clone();
    let new = super::super::sample::article("", "A correction stands first.\nIt has two lines.");
    changed.blocks.splice(0..0, new.blocks);
    w.stored.insert(id, changed);
    let w = w.restart(&Options::default());
    assert_eq!(w.top_line(), line);
}

#[test]
fn an_article_that_cannot_be_read_says_why() {
    let mut w = world(120, 40);
    let id = w.id(LONG);
    w.stored.remove(&id);
    w.keys("j<enter>");
    assert_eq!(w.app.reader.failure, Some((id, "That story is gone.".to_owned())));
}

#[test]
fn an_answer_that_comes_too_late_is_dropped() {
    let mut w = in_first(120, 40);
    let story = w.id(LONG);
    let result = Err(super::super::message::Failure("late".to_owned()));
    w.send(Message::Article { story, generation: 1, result });
    assert_eq!(w.headline(), FIRST);
}

#[test]
fn q_leaves_level_by_level() {
    let mut w = in_first(120, 40);
    w.keys("q");
    assert!(!w.app.quitting());
    w.keys("q");
    assert!(w.app.quitting());
}

#[test]
fn the_wheel_moves_what_is_under_it_and_a_click_follows() {
    let mut w = world(120, 40);
    let mouse = |w: &mut World, column, row, action| {
        w.send(Message::Mouse(Mouse { column, row, action }));
    };
    w.keys("j<enter><esc>g");
    mouse(&mut w, 100, 20, MouseAction::WheelDown);
    assert_eq!(w.app.reader.open.as_ref().unwrap().top, 3);
    assert_eq!(w.selected(), FIRST);
    mouse(&mut w, 5, 20, MouseAction::WheelDown);
    assert_eq!(w.selected(), "Yesterday's market in short");
    mouse(&mut w, 5, 1, MouseAction::Click);
    assert_eq!(w.selected(), FIRST);
    mouse(&mut w, 5, 1, MouseAction::Click);
    assert_eq!(w.headline(), FIRST);
}

#[test]
fn pasted_text_goes_into_the_line_that_is_typed() {
    let mut w = world(120, 40);
    w.keys("/");
    w.send(Message::Paste("long\nread".to_owned()));
    assert_eq!(w.titles(), [LONG]);
}
