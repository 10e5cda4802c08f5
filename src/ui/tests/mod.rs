//! Whole screens, as a reader sees them.

mod feeds;

use std::fmt::Write as _;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier};

use crate::app::message::Message;
use crate::app::sample::{Options, World, world, world_with};
use crate::config::theme::ColorDepth;

/// The screen as text.
fn screen(world: &World) -> String {
    let terminal = terminal(world);
    let buffer = terminal.backend().buffer();
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if skip > 0 {
                skip -= 1;
                continue;
            }
            line.push_str(symbol);
            skip = crate::text::width::width(symbol).saturating_sub(1);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The screen as the styles of its runs: `row: from-to attributes "text"`.
fn styles(world: &World) -> String {
    let terminal = terminal(world);
    let buffer = terminal.backend().buffer();
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let style = look(&buffer[(x, y)]);
            let from = x;
            let mut text = String::new();
            while x < buffer.area.width && look(&buffer[(x, y)]) == style {
                text.push_str(buffer[(x, y)].symbol());
                x += 1;
            }
            let seen = !text.trim().is_empty() || style.contains("reverse");
            if !style.is_empty() && seen {
                let _ = writeln!(out, "{y}: {from}-{x} {style} {:?}", text.trim_end());
            }
        }
    }
    out
}

fn look(cell: &ratatui::buffer::Cell) -> String {
    let mut words = Vec::new();
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underline"),
        (Modifier::CROSSED_OUT, "crossed"),
        (Modifier::REVERSED, "reverse"),
    ] {
        if cell.modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    if cell.fg != Color::Reset {
        words.push(format!("{:?}", cell.fg).to_lowercase());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {:?}", cell.bg).to_lowercase());
    }
    words.join(" ")
}

fn terminal(world: &World) -> Terminal<TestBackend> {
    let size = world.app.size;
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| super::draw(&world.app, frame)).unwrap();
    terminal
}

/// The sample with the list in front.
fn list(width: u16, height: u16) -> World {
    let mut world = world(width, height);
    if world.app.panes().list.is_none() {
        world.keys("<esc>");
    }
    world.keys("js");
    world.wait(5);
    world
}

/// The sample with an article in front.
fn article(width: u16, height: u16) -> World {
    let mut world = list(width, height);
    world.keys("g<enter>");
    world.wait(5);
    world
}

#[test]
fn the_list_at_every_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        insta::assert_snapshot!(format!("list {width}x{height}"), screen(&list(width, height)));
    }
}

#[test]
fn an_article_at_every_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        insta::assert_snapshot!(
            format!("article {width}x{height}"),
            screen(&article(width, height))
        );
    }
}

#[test]
fn the_styles_of_the_list_with_16_colors_and_with_none() {
    for (name, depth) in [("16 colors", ColorDepth::Ansi16), ("no color", ColorDepth::None)] {
        let mut w = world_with(&Options { size: (120, 16), depth, ..Options::default() });
        w.keys("jsku");
        w.wait(5);
        insta::assert_snapshot!(format!("styles of the list, {name}"), styles(&w));
    }
}

#[test]
fn the_styles_of_an_article_with_16_colors_and_with_none() {
    for (name, depth) in [("16 colors", ColorDepth::Ansi16), ("no color", ColorDepth::None)] {
        let mut w = world_with(&Options { size: (80, 24), depth, ..Options::default() });
        w.keys("<tab>/lamps<enter>");
        w.wait(5);
        insta::assert_snapshot!(format!("styles of an article, {name}"), styles(&w));
    }
}

#[test]
fn ascii_draws_every_sign_in_ascii() {
    let options = Options { size: (120, 40), ascii: true, ..Options::default() };
    let mut w = world_with(&options);
    w.keys("s3j<enter>");
    w.wait(5);
    let screen = screen(&w);
    insta::assert_snapshot!("ascii", screen);
    let strange: String =
        screen.chars().filter(|c| !c.is_ascii() && !"灯台の新しい光·’“”…".contains(*c)).collect();
    assert_eq!(strange, "");
}

#[test]
fn the_accessible_screen_has_one_pane_and_no_ornaments() {
    let options = Options { size: (120, 24), accessible: true, ..Options::default() };
    let mut w = world_with(&options);
    w.keys("<esc>");
    let list = screen(&w);
    insta::assert_snapshot!("accessible list", list);
    w.keys("<enter>");
    let article = screen(&w);
    insta::assert_snapshot!("accessible article", article);
    for c in ['│', '─', '█', '▕', '┌'] {
        assert!(!list.contains(c) && !article.contains(c), "{c} is an ornament");
    }
    assert!(!styles(&w).contains("dim"));
}

#[test]
fn boxes_and_prompts() {
    let mut w = article(80, 24);
    w.keys("t");
    insta::assert_snapshot!("outline", screen(&w));
    w.keys("<esc>:zen");
    insta::assert_snapshot!("palette", screen(&w));
    w.keys("<esc>?");
    insta::assert_snapshot!("help", screen(&w));
    w.keys("<esc>f");
    insta::assert_snapshot!("labels", screen(&w));
    w.keys("<esc>/the");
    insta::assert_snapshot!("find", screen(&w));
    w.keys("<esc><tab><tab><tab><tab><enter>");
    insta::assert_snapshot!("not stored", screen(&w));
}

#[test]
fn help_on_a_wide_screen_shows_every_key() {
    let mut w = article(120, 60);
    w.keys("?");
    insta::assert_snapshot!("help 120x60", screen(&w));
}

#[test]
fn zen_is_the_article_alone() {
    let mut w = article(120, 40);
    w.keys("z");
    w.wait(5);
    insta::assert_snapshot!("zen", screen(&w));
}

#[test]
fn empty_lists_say_what_can_be_done() {
    let mut w = list(80, 24);
    w.keys("i");
    insta::assert_snapshot!("nothing begun", screen(&w));
    w.keys("b/zebra");
    insta::assert_snapshot!("nothing found", screen(&w));
}

#[test]
fn a_long_sentence_is_whole_in_the_last_row() {
    let mut w = world(120, 40);
    let sentence = "The bookmark could not be written; the folder is full, so make room in it.";
    w.send(Message::Failed(sentence.to_owned()));
    assert!(screen(&w).lines().last().unwrap().contains(sentence));
}

#[test]
fn a_box_covers_wide_characters_whole() {
    for width in 100..140 {
        let mut w = world(width, 24);
        w.keys("?");
        let terminal = terminal(&w);
        let buffer = terminal.backend().buffer();
        let mut cells =
            (0..buffer.area.height).flat_map(|y| (0..buffer.area.width).map(move |x| (x, y)));
        let (x, top) = cells.find(|at| buffer[*at].symbol() == "┌").unwrap();
        let (_, bottom) = cells.find(|at| buffer[*at].symbol() == "└").unwrap();
        for y in top + 1..bottom {
            assert_eq!(buffer[(x, y)].symbol(), "│", "row {y} at {width} columns");
        }
    }
}

#[test]
fn lists_and_boxes_are_ascii_where_there_is_no_unicode() {
    let mut w = world_with(&Options { ascii: true, ..Options::default() });
    for keys in ["q", "v", "<esc>", "?", "<esc>", ":", "<esc>", "/ferry", "<esc>"] {
        w.keys(keys);
        let shown = screen(&w);
        let strange: String = shown.chars().filter(|c| !c.is_ascii()).collect();
        // The stories themselves are what they are.
        assert!(strange.chars().all(|c| "灯台の新しい光".contains(c)), "{keys}: {strange}");
    }
}

#[test]
fn trouble_is_shown_at_once_and_goes_when_it_is_over() {
    let mut w = list(100, 20);
    let trouble = "Writing is not allowed: give yourself the right to write /home/mira/state.";
    w.send(Message::Said("Bookmarked.".to_owned()));
    w.send(Message::Journal(Some(trouble.to_owned())));
    assert!(screen(&w).contains(trouble), "{}", screen(&w));
    w.send(Message::Journal(None));
    assert!(!screen(&w).contains("Writing is not allowed"));
}

#[test]
fn too_small_a_window_says_so_and_still_quits() {
    let mut w = list(20, 5);
    assert!(screen(&w).replace('\n', " ").contains("too small"));
    w.keys("q");
    assert!(w.app.quitting());
}

#[test]
fn every_size_is_drawn_without_a_panic_and_within_the_screen() {
    let keys = [
        "<enter>", "t", "<esc>", "f", "<esc>", "?", "<esc>", ":", "<esc>", "]", "G", "z", "q", "v",
        "<esc>", "/x", "<esc>",
    ];
    for (width, height) in [
        (1, 1),
        (2, 40),
        (300, 1),
        (24, 8),
        (25, 9),
        (59, 16),
        (60, 17),
        (99, 15),
        (100, 16),
        (159, 30),
        (160, 30),
        (300, 100),
    ] {
        let mut w = world(width, height);
        for key in keys {
            w.keys(key);
            screen(&w);
        }
    }
}

#[test]
fn right_to_left_text_is_put_in_order_where_the_terminal_does_not() {
    for reorders in [false, true] {
        let options = Options { size: (80, 16), reorders, ..Options::default() };
        let mut w = world_with(&options);
        let id = w.id("An old story");
        let text = "שלום לכולם בנמל 1844 היום\n## כותרת";
        w.stored.insert(id, crate::app::sample::article("מגדלור", text));
        w.keys("<esc>G<enter>");
        let screen = screen(&w);
        let wanted = if reorders {
            "םויה 1844 למנב םלוכל םולש"
        } else {
            "שלום לכולם בנמל 1844 היום"
        };
        assert!(screen.contains(wanted), "{screen}");
        let line = screen.lines().find(|line| line.contains(wanted)).unwrap();
        assert_eq!(width_of(line), 74, "it ends at the right edge of the text");
    }
}

fn width_of(line: &str) -> usize {
    crate::text::width::width(line.trim_end().trim_end_matches('▕').trim_end())
}

#[test]
fn both_cells_of_a_wide_character_are_written_over() {
    let draw = |w: &World| {
        let mut drawn = None;
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal
            .draw(|frame| {
                super::draw(&w.app, frame);
                drawn = Some(frame.buffer_mut().clone());
            })
            .unwrap();
        drawn.unwrap()
    };
    let mut w = list(80, 24);
    let before = draw(&w);
    w.keys("/ferry<enter>");
    let after = draw(&w);
    let sent: Vec<(u16, u16)> = before.diff(&after).iter().map(|(x, y, _)| (*x, *y)).collect();
    let mut halves = 0;
    for y in 0..24 {
        for x in 1..80 {
            let cells = |buffer: &ratatui::buffer::Buffer| {
                crate::text::width::width(buffer[(x - 1, y)].symbol())
            };
            if cells(&before) == 2 && cells(&after) < 2 {
                halves += 1;
                assert!(sent.contains(&(x, y)), "half a character is left at {x}, {y}");
            }
        }
    }
    assert!(halves > 3);
}
