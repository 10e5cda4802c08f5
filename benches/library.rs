//! How long it takes to store what feeds answered, and to have it again.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use dateline::feed::health::Health;
use dateline::feed::{Content, Entry};
use dateline::library::store::{Arrival, Reader, Update, Writer};
use dateline::story::{Source, SourceKey, StoryId};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use tempfile::TempDir;

/// Entries of a feed.
const ENTRIES: usize = 40;

/// Bytes of an entry's text.
const TEXT: usize = 5_000;

/// Feeds of one transaction.
const BATCH: usize = 25;

fn main() {
    divan::main();
}

/// A moment in November 2026.
fn now() -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap_or_default()
}

/// Words that differ from one number to the next.
fn words(number: usize, bytes: usize) -> String {
    const WORDS: &[&str] = &[
        "harbor", "council", "river", "bridge", "market", "signal", "winter", "ferry", "paper",
        "engine", "garden", "letter", "railway", "morning", "station", "valley", "window",
    ];
    let mut state = number as u64 + 1;
    let mut text = String::with_capacity(bytes + 16);
    while text.len() < bytes {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let word = WORDS.get((state >> 33) as usize % WORDS.len()).copied();
        text.push_str(word.unwrap_or_default());
        text.push(' ');
    }
    text
}

fn feed(number: usize) -> Update {
    let key = format!("feed{number}.example/rss");
    let arrivals = (0..ENTRIES).map(|index| arrival(&key, number, index)).collect();
    let name = format!("Feed {number}").as_str().into();
    let source = Arc::new(Source { key: SourceKey::new(&key), name });
    Update { source, health: Health { status: Some(200), ..Health::default() }, arrivals }
}

fn arrival(key: &str, feed: usize, index: usize) -> Arrival {
    let number = feed * ENTRIES + index;
    let link = format!("https://feed{feed}.example/news/{index}/{}", number * 7);
    let published = now() - Duration::from_secs((index * 3_600 + feed * 17) as u64);
    let entry = Entry {
        id: Some(link.clone()),
        title: words(number, 60).as_str().into(),
        link: link.parse().ok(),
        published: Some(published),
        authors: vec!["A. Writer".into()],
        content: Content::Html(format!("<p>{}</p>", words(number, TEXT))),
        ..Entry::default()
    };
    let id = StoryId::new(key, &link);
    Arrival { id, entry_id: link, digest: number as u64, minutes: 4, entry }
}

fn updates(stories: usize) -> Vec<Update> {
    (0..stories / ENTRIES).map(feed).collect()
}

#[expect(clippy::expect_used, reason = "a bench without a library measures nothing")]
fn store(dir: &Path, updates: Vec<Update>) {
    let (mut writer, _) = Writer::open(dir).expect("a library");
    let mut updates = updates.into_iter().peekable();
    while updates.peek().is_some() {
        let batch = updates.by_ref().take(BATCH).collect();
        black_box(writer.write(now(), batch).expect("stored"));
    }
    writer.finish();
}

#[expect(clippy::expect_used, reason = "a bench without a directory measures nothing")]
fn empty() -> TempDir {
    tempfile::tempdir().expect("a temporary directory")
}

#[expect(clippy::expect_used, reason = "a bench without a library measures nothing")]
fn reader(dir: &TempDir) -> Reader {
    Reader::open(dir.path()).expect("readable").expect("stored")
}

fn stored(stories: usize) -> TempDir {
    let dir = empty();
    // In parts, so that the texts of all of them are never in memory at once.
    for first in (0..stories / ENTRIES).step_by(100) {
        store(dir.path(), (first..(first + 100).min(stories / ENTRIES)).map(feed).collect());
    }
    dir
}

#[divan::bench(sample_count = 3, sample_size = 1, args = [20_000])]
fn first_fetch(bencher: Bencher, stories: usize) {
    bencher.with_inputs(|| (empty(), updates(stories))).bench_local_values(|(dir, updates)| {
        store(dir.path(), updates);
        dir
    });
}

#[divan::bench(sample_count = 3, sample_size = 1, args = [20_000])]
fn the_same_again(bencher: Bencher, stories: usize) {
    let dir = stored(stories);
    bencher
        .with_inputs(|| updates(stories))
        .bench_local_values(|updates| store(dir.path(), updates));
}

#[divan::bench(sample_count = 50, sample_size = 1, args = [20_000, 100_000])]
fn open_and_first_page(bencher: Bencher, stories: usize) {
    let dir = stored(stories);
    bencher.bench_local(|| reader(&dir).page(None, 100).map(|page| page.stories.len()));
}

#[divan::bench(sample_count = 20, sample_size = 1, args = [20_000, 100_000])]
fn all_rows(bencher: Bencher, stories: usize) {
    let dir = stored(stories);
    let reader = reader(&dir);
    bencher.bench_local(|| reader.page(None, usize::MAX));
}

#[divan::bench(sample_count = 10, sample_size = 1, args = [100_000])]
fn all_rows_with_details(bencher: Bencher, stories: usize) {
    let dir = stored(stories);
    let reader = reader(&dir);
    bencher.bench_local(|| {
        let mut count = 0;
        let told = reader.each(false, &mut |_| {
            count += 1;
            true
        });
        (told.is_ok(), count)
    });
}

#[divan::bench(sample_count = 2_000, sample_size = 1, args = [100_000])]
fn one_entry(bencher: Bencher, stories: usize) {
    let dir = stored(stories);
    let reader = reader(&dir);
    let mut number = 0;
    bencher
        .with_inputs(|| {
            number = (number + 7_919) % stories;
            let (feed, index) = (number / ENTRIES, number % ENTRIES);
            arrival(&format!("feed{feed}.example/rss"), feed, index).id
        })
        .bench_local_values(|id| reader.entry(id).is_ok_and(|entry| entry.is_some()));
}
