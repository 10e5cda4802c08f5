//! How long it takes to keep marks, and to have them again at the start.

use dateline::article::Place;
use dateline::journal::{Durability, Journal, Loaded};
use dateline::reading::{Change, Mark, Wish};
use dateline::story::StoryId;
use divan::{Bencher, black_box};
use jiff::Timestamp;
use tempfile::TempDir;

fn main() {
    divan::main();
}

struct Desk {
    home: TempDir,
    journal: Journal,
    loaded: Loaded,
}

fn open(home: &TempDir) -> (Journal, Loaded) {
    Journal::open(&home.path().join("config"), &home.path().join("data"))
}

#[expect(clippy::expect_used, reason = "a bench without a directory measures nothing")]
fn desk() -> Desk {
    let home = tempfile::tempdir().expect("a temporary directory");
    let (journal, loaded) = open(&home);
    Desk { home, journal, loaded }
}

impl Desk {
    fn mark(&mut self, number: usize) -> Mark {
        let story = StoryId::new("bench", &number.to_string());
        // Of twenty marks one is a place: about how people read.
        let change = if number.is_multiple_of(20) {
            Change::Place(Place { quote: "The ferry left".to_owned(), ..Place::default() })
        } else {
            Change::Read(true)
        };
        let wish = Wish { story, change, about: None };
        self.loaded.state.mark(Timestamp::UNIX_EPOCH, wish)
    }

    fn keep(&mut self, numbers: std::ops::Range<usize>, durability: Durability) {
        let marks: Vec<_> = numbers.map(|number| self.mark(number)).collect();
        black_box(self.journal.append(&marks, durability)).ok();
    }
}

/// Safe against a crash of the program.
#[divan::bench(sample_count = 20_000, sample_size = 1)]
fn one_mark(bencher: Bencher) {
    let mut desk = desk();
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        desk.keep(number..number + 1, Durability::Soon);
    });
}

/// Safe against a power cut.
#[divan::bench(sample_count = 1_000, sample_size = 1)]
fn one_durable_mark(bencher: Bencher) {
    let mut desk = desk();
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        desk.keep(number..number + 1, Durability::Now);
    });
}

/// As when everything is marked as read.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn ten_thousand_durable_marks(bencher: Bencher) {
    bencher.with_inputs(desk).bench_local_refs(|desk| desk.keep(0..10_000, Durability::Now));
}

#[divan::bench(sample_count = 10, sample_size = 1, args = [1_000, 100_000, 1_000_000])]
fn start(bencher: Bencher, lines: usize) {
    let mut desk = desk();
    for first in (0..lines).step_by(1_000) {
        desk.keep(first..first + 1_000, Durability::Soon);
    }
    bencher.bench_local(|| open(&desk.home));
}

#[divan::bench(sample_count = 1_000, sample_size = 1)]
fn poll_without_news(bencher: Bencher) {
    let mut desk = desk();
    desk.keep(0..1_000, Durability::Soon);
    bencher.bench_local(|| desk.journal.poll());
}
