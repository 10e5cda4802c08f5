//! How long a frame takes, with a hundred thousand stories in the list and a long article
//! open, at 200×60; and how long it takes to answer a key before it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop where it fails")]

use std::sync::Arc;

use dateline::app::effect::Effect;
use dateline::app::geometry::Size;
use dateline::app::message::{Found, Loaded, Message, Shelf};
use dateline::app::{App, Setup, update};
use dateline::article::{Article, PubDate};
use dateline::config::Config;
use dateline::config::key::{Key, KeyCode};
use dateline::config::keymap::Keymap;
use dateline::config::theme::{Background, Display, Theme, color::ColorDepth};
use dateline::extract::{Hints, document};
use dateline::reading::{DeviceId, ReadingState, UndoStack};
use dateline::story::{Source, Story, StoryId};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const STORIES: i64 = 100_000;

fn main() {
    divan::main();
}

fn now() -> Timestamp {
    "2026-11-25T14:30:00Z".parse().unwrap()
}

/// A machine with so many stories and an article of 64 KiB in the reading pane.
fn app(stories: i64) -> App {
    app_with(stories, "terminal")
}

fn app_with(stories: i64, theme: &str) -> App {
    let (config, _) = Config::parse("");
    let (keymap, _) = Keymap::new(config.keys.preset, &config.keys.changes);
    let device = DeviceId::from_bytes([7; 12]);
    let mut app = App::new(Setup {
        now: now(),
        zone: TimeZone::UTC,
        size: Size { width: 200, height: 60 },
        config,
        keymap,
        theme: (theme.to_owned(), Theme::named(theme, None).0),
        display: Display {
            depth: ColorDepth::True,
            background: Background::Dark,
            accessible: false,
        },
        ascii: false,
        reorders: false,
        reading: ReadingState::new(device),
        undo: UndoStack::new(device),
        session: None,
        given: false,
    });
    let source = |name: &str| Arc::new(Source::site(name.into()));
    let (gazette, herald) = (source("Gazette"), source("Herald"));
    let found = (0..stories).map(|number| {
        let title = format!("Story {number} of the day, and what came of it in the end");
        let published = now() - SignedDuration::from_mins(number);
        let story = Story {
            id: StoryId::new("bench", &title),
            title: title.as_str().into(),
            source: if number % 3 == 0 { gazette.clone() } else { herald.clone() },
            published: Some(PubDate::Instant(published)),
            minutes: 3,
            details: None,
        };
        Found { story, shelf: Shelf::Edition }
    });
    let effects = update(&mut app, now(), Message::Stories(found.collect()));
    answer(&mut app, effects);
    let effects = update(&mut app, now(), Message::StoriesComplete);
    answer(&mut app, effects);
    app
}

fn answer(app: &mut App, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::LoadArticle { story, generation } = effect {
            let loaded = Loaded { article: long_read(), links: Vec::new(), related: Vec::new() };
            update(app, now(), Message::Article { story, generation, result: Ok(loaded) });
        }
    }
}

/// An article of 64 KiB.
fn long_read() -> Arc<Article> {
    let text = "The tide comes in twice a day, and the harbor has learned to wait for it. ";
    let text = format!("A long read\n\n{}", format!("{}\n\n", text.repeat(8)).repeat(110));
    let (_, (article, _)) = document(text.as_bytes(), &Hints::default()).unwrap();
    Arc::new(article)
}

fn press(app: &mut App, code: KeyCode) {
    let effects = update(app, now(), Message::Key(Key::plain(code)));
    answer(app, effects);
}

/// What the drawing library takes for itself.
#[divan::bench]
fn empty_frame(bencher: divan::Bencher) {
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap();
    bencher.bench_local(|| {
        terminal.draw(|_| {}).unwrap();
    });
}

#[divan::bench(args = [23, STORIES])]
fn frame_from_cache(bencher: divan::Bencher, stories: i64) {
    let app = app(stories);
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap();
    bencher.bench_local(|| {
        terminal.draw(|frame| dateline::ui::draw(&app, frame)).unwrap();
    });
}

/// The same with a theme that paints every cell.
#[divan::bench(args = [STORIES])]
fn frame_with_a_background(bencher: divan::Bencher, stories: i64) {
    let app = app_with(stories, "ink");
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap();
    bencher.bench_local(|| {
        terminal.draw(|frame| dateline::ui::draw(&app, frame)).unwrap();
    });
}

#[divan::bench(args = [23, STORIES])]
fn key_in_the_list_and_frame(bencher: divan::Bencher, stories: i64) {
    let mut app = app(stories);
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap();
    let mut down = true;
    bencher.bench_local(|| {
        down = !down;
        press(&mut app, KeyCode::Char(if down { 'j' } else { 'k' }));
        terminal.draw(|frame| dateline::ui::draw(&app, frame)).unwrap();
    });
}

#[divan::bench(args = [23, STORIES])]
fn key_in_the_article_and_frame(bencher: divan::Bencher, stories: i64) {
    let mut app = app(stories);
    press(&mut app, KeyCode::Enter);
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap();
    let mut down = true;
    bencher.bench_local(|| {
        down = !down;
        press(&mut app, KeyCode::Char(if down { 'j' } else { 'k' }));
        terminal.draw(|frame| dateline::ui::draw(&app, frame)).unwrap();
    });
}

#[divan::bench(args = [STORIES])]
fn bookmark(bencher: divan::Bencher, stories: i64) {
    let mut app = app(stories);
    bencher.bench_local(|| press(&mut app, KeyCode::Char('s')));
}

#[divan::bench(args = [STORIES])]
fn narrow_by_a_word(bencher: divan::Bencher, stories: i64) {
    let mut app = app(stories);
    press(&mut app, KeyCode::Char('/'));
    let mut on = false;
    bencher.bench_local(|| {
        on = !on;
        press(&mut app, if on { KeyCode::Char('9') } else { KeyCode::Backspace });
    });
}
