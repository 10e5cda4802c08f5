use super::super::geometry::Focus;
use super::super::sample::{Options, World, world, world_with};
use crate::article::Block;

/// The long read, open.
fn long(width: u16, height: u16) -> World {
    let mut w = world(width, height);
    if w.app.focus == Focus::Article {
        w.keys("<esc>");
    }
    w.keys("gj<enter>");
    assert_eq!(w.headline(), "A long read about the tide");
    w
}

#[test]
fn sections_are_walked_there_and_back() {
    let mut w = long(80, 24);
    let heading = |w: &World| {
        let open = w.app.reader.open.as_ref().unwrap();
        open.current_heading().map(|index| open.layout.headings[index].text.to_string())
    };
    w.keys("]");
    assert_eq!(heading(&w).as_deref(), Some("The morning"));
    w.keys("]");
    assert_eq!(heading(&w).as_deref(), Some("The evening"));
    w.keys("]");
    assert_eq!(heading(&w).as_deref(), Some("Late"));
    w.keys("]");
    assert_eq!(w.said(), "No section below.");
    w.keys("[[");
    assert_eq!(heading(&w).as_deref(), Some("The morning"));
    w.keys("10j[");
    assert_eq!(heading(&w).as_deref(), Some("The morning"), "first the section's own heading");
    w.keys("g");
    w.keys("2]");
    assert_eq!(heading(&w).as_deref(), Some("The evening"));
}

#[test]
fn a_resize_keeps_the_place_and_coming_back_keeps_the_line() {
    let mut w = long(120, 40);
    w.keys("30j");
    let before = w.app.reader.open.as_ref().unwrap().position;
    let line = w.top_line();
    for (width, height) in [(60, 20), (24, 8), (200, 60), (41, 13), (10, 3), (120, 40)] {
        w.resize(width, height);
        assert_eq!(w.app.reader.open.as_ref().unwrap().position, before, "at {width}x{height}");
    }
    assert_eq!(w.top_line(), line);
}

#[test]
fn a_story_comes_back_at_the_very_row_in_its_head_too() {
    for rows in 0..12 {
        let mut w = long(80, 24);
        w.keys(&"j".repeat(rows));
        assert_eq!(w.app.reader.open.as_ref().unwrap().top, rows);
        // Another story, and back: by what is remembered of this one.
        w.keys("<esc>j<enter><esc>k<enter>");
        assert_eq!(w.headline(), "A long read about the tide");
        assert_eq!(w.app.reader.open.as_ref().unwrap().top, rows);
        w.resize(60, 20);
        w.resize(80, 24);
        assert_eq!(w.app.reader.open.as_ref().unwrap().top, rows);
    }
}

#[test]
fn every_paragraph_can_be_reached_by_turning_pages() {
    for (width, height) in [(80, 24), (120, 40), (40, 12), (200, 60)] {
        let mut w = long(width, height);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let page = w.app.page();
            let open = w.app.reader.open.as_ref().unwrap();
            seen.extend(open.visible(page).iter().map(|line| line.position.block));
            if open.at_end(page) {
                break;
            }
            w.keys("<pgdn>");
        }
        let blocks = w.app.reader.open.as_ref().unwrap().article.blocks.len() as u32;
        assert!((0..blocks).all(|block| seen.contains(&block)), "at {width}x{height}");
    }
}

#[test]
fn space_turns_pages_and_then_goes_on_to_the_next_unread_story() {
    let mut w = long(80, 24);
    let mut pages = 0;
    while w.headline() == "A long read about the tide" {
        w.keys(" ");
        pages += 1;
        assert!(pages < 100);
    }
    assert!(pages > 3);
    assert_eq!(w.headline(), "灯台の新しい光");
}

#[test]
fn turning_a_page_marks_the_line_that_was_last() {
    let mut w = long(80, 24);
    let page = w.app.page();
    w.keys(" ");
    let open = w.app.reader.open.as_ref().unwrap();
    assert_eq!(open.eye, Some(page - 1));
    assert_eq!(open.top, page - 2);
    w.keys("j");
    assert_eq!(w.app.reader.open.as_ref().unwrap().eye, None);
}

#[test]
fn the_outline_jumps_to_a_section() {
    let mut w = long(120, 40);
    w.keys("t");
    let popup = w.app.popup.as_ref().unwrap();
    let lines: Vec<&str> = popup.lines().map(|item| item.text.as_str()).collect();
    assert_eq!(lines, ["The morning", "The evening", "Late"]);
    w.keys("j<enter>");
    assert!(w.app.popup.is_none());
    let open = w.app.reader.open.as_ref().unwrap();
    let block = &open.article.blocks[open.position.block as usize];
    assert!(matches!(block, Block::Heading { .. }));
    assert_eq!(block.text(), "The evening");
    // Narrowing by typing.
    w.keys("t/late<enter>");
    let open = w.app.reader.open.as_ref().unwrap();
    assert_eq!(open.article.blocks[open.position.block as usize].text(), "Late");
}

#[test]
fn a_story_without_sections_says_so() {
    let mut w = world(120, 40);
    w.keys("G<enter>t");
    assert_eq!(w.said(), "No headings.");
}

#[test]
fn finding_is_incremental_and_esc_restores_the_place() {
    let mut w = long(80, 24);
    w.keys("10j");
    let top = |w: &World| w.app.reader.open.as_ref().unwrap().top;
    let line = top(&w);
    w.keys("/paragraph 39");
    assert_ne!(top(&w), line);
    assert_eq!(w.app.reader.open.as_ref().unwrap().find.as_ref().unwrap().matches.len(), 2);
    w.keys("<esc>");
    assert_eq!(top(&w), line);
    w.keys("/tide<enter>");
    let at = |w: &World| w.app.reader.open.as_ref().unwrap().find.as_ref().unwrap().current;
    let first = at(&w);
    w.keys("n");
    assert_eq!(at(&w), first + 1);
    w.keys("NN");
    assert_eq!(at(&w), first - 1);
    w.keys("<esc>");
    assert!(w.app.reader.open.as_ref().unwrap().find.is_none());
    w.keys("/zebra<enter>");
    assert_eq!(w.said(), "“zebra” is not in this article.");
    w.keys("n");
    assert_eq!(w.said(), "“zebra” is not in this article.");
    assert_eq!(w.headline(), "A long read about the tide");
    w.keys("<esc>/tide<enter>n");
    assert_eq!(w.said(), "“tide”: 2 of 81");
}

#[test]
fn zen_shows_the_article_alone_and_leaves_by_esc() {
    let mut w = long(120, 40);
    w.keys("z");
    assert!(w.app.panes().list.is_none());
    w.keys("<esc>");
    assert!(w.app.panes().list.is_some());
    assert_eq!(w.app.focus, Focus::Article);
}

#[test]
fn lines_are_made_longer_and_shorter_within_bounds() {
    let mut w = long(200, 60);
    let width = |w: &World| w.app.text_area().width;
    assert_eq!(width(&w), 68);
    w.keys(">");
    assert_eq!(width(&w), 72);
    w.keys("20<");
    assert_eq!(width(&w), 40);
    w.keys("99>");
    assert_eq!(width(&w), 100);
    let mut w = w.restart(&Options { size: (200, 60), ..Options::default() });
    assert_eq!(w.keys("").app.measure, 100, "the measure outlives a restart");
}

#[test]
fn wide_code_is_shifted_instead() {
    let code = "x = ".to_owned() + &"1234567890".repeat(12);
    let mut w = world_with(&Options { size: (80, 24), ..Options::default() });
    let id = w.id("An old story");
    w.stored.insert(id, super::super::sample::article("An old story", &format!("``` {code}")));
    w.keys("<esc>G<enter>>>");
    assert_eq!(w.app.reader.open.as_ref().unwrap().shift, 8);
    assert_eq!(w.app.measure, 68);
    w.keys("<<<");
    assert_eq!(w.app.reader.open.as_ref().unwrap().shift, 0);
}

#[test]
fn the_palette_runs_a_command_by_a_part_of_its_name() {
    let mut w = long(120, 40);
    w.keys(":zen<enter>");
    assert!(w.app.zen);
    w.keys(":the");
    let first = w.app.popup.as_ref().unwrap().chosen().unwrap().text.to_string();
    assert!(first.starts_with("next-theme"), "{first}");
    w.keys("<esc>");
    assert!(w.app.popup.is_none());
}

#[test]
fn help_lists_the_keys_of_this_screen_and_runs_one() {
    let mut w = world(120, 40);
    w.keys("?");
    let popup = w.app.popup.as_ref().unwrap();
    let line = popup.items.iter().find(|item| item.text.contains("Bookmark the story")).unwrap();
    assert_eq!(line.note.as_str(), "s");
    assert!(!popup.items.iter().any(|item| item.text.contains("next section heading")));
    w.keys("?");
    assert!(w.app.popup.is_none());
    w.keys("<enter>?");
    let popup = w.app.popup.as_ref().unwrap();
    assert!(popup.items.iter().any(|item| item.text.contains("next section heading")));
}

#[test]
fn a_key_of_the_readers_own_works_and_is_shown() {
    let config = "[keys.global]\n\"g s\" = \"toggle-bookmark\"\n\"s\" = \"none\"\n[keys.list]\n\"g g\" = \"top\"\n\"g\" = \"none\"\n";
    let mut w =
        world_with(&Options { size: (120, 40), config: config.into(), ..Options::default() });
    w.keys("s");
    assert!(!w.app.reading.is_saved(w.id("Harbor lights go out at nine")));
    w.keys("g");
    assert_eq!(w.app.keys.pending().as_deref(), Some("g"));
    w.keys("s");
    assert!(w.app.reading.is_saved(w.id("Harbor lights go out at nine")));
}
