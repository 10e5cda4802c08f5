//! A refresh that is killed, sixty times: what was stored is whole, and the next one goes on.
//! And one that is asked to end: nothing that it started goes on.

use std::collections::HashSet;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dateline::refresh::Outcome;
use dateline::story::StoryId;
use rustix::process::{Pid, Signal, kill_process};

use super::{Answer, Home, Item, Server, rss};
use crate::pty::dateline;

const FEEDS: usize = 60;
const STORIES: usize = 15;
const KILLS: usize = 60;

/// The stories of one feed, which are in no other.
fn feed(path: &str) -> String {
    let number: usize = path.trim_start_matches('/').parse().unwrap();
    let first = number * STORIES;
    rss(&(first..first + STORIES).map(Item::number).collect::<Vec<_>>())
}

#[test]
fn nothing_that_was_stored_is_lost_however_often_a_refresh_is_killed() {
    // The server itself kills the program, when it is asked for the n-th feed: so the blow
    // falls at another place each time, and nobody has to sleep.
    let victim = Arc::new(Mutex::new(None::<Pid>));
    let left = Arc::new(AtomicUsize::new(usize::MAX));
    let (killer, countdown) = (victim.clone(), left.clone());
    let server = Server::start(move |asked| {
        if countdown.fetch_sub(1, Ordering::SeqCst) == 1
            && let Some(pid) = killer.lock().unwrap().take()
        {
            let _ = kill_process(pid, Signal::KILL);
        }
        Answer::feed(feed(&asked.path))
    });
    let urls: Vec<_> = (0..FEEDS).map(|number| server.url(&format!("/{number}"))).collect();
    let home = Home::new(&urls);
    let mut stored: HashSet<StoryId> = HashSet::new();
    let mut killed = 0;
    for round in 0..KILLS {
        left.store(1 + round * 7 % FEEDS, Ordering::SeqCst);
        let mut program = home.dateline(&["refresh", "--force"]);
        let mut child = {
            let mut victim = victim.lock().unwrap();
            let child = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            *victim = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
            child
        };
        killed += usize::from(!child.wait().unwrap().success());
        *victim.lock().unwrap() = None;
        let Some(reader) = dateline::library::store::Reader::open(&home.data()).unwrap() else {
            continue;
        };
        let now: HashSet<StoryId> =
            reader.page(None, 100_000).unwrap().stories.iter().map(|story| story.id).collect();
        assert!(now.is_superset(&stored), "round {round} lost stories");
        // A feed whose health was stored has all its stories, and the other way round.
        let healthy =
            reader.health().unwrap().values().filter(|health| health.succeeded.is_some()).count();
        assert_eq!(now.len(), healthy * STORIES, "round {round} stored a part of a feed");
        stored = now;
    }
    assert!(killed > KILLS / 2, "only {killed} refreshes were killed");
    left.store(usize::MAX, Ordering::SeqCst);
    let refreshed = home.force();
    assert!(refreshed.reports.iter().all(|report| report.outcome == Outcome::Ok));
    let whole = |home: &Home| {
        let stories = home.stories();
        assert_eq!(stories.len(), FEEDS * STORIES);
        stories.into_iter().map(|story| story.id).collect::<HashSet<_>>()
    };
    let before = whole(&home);
    assert!(before.is_superset(&stored));
    // And the library can be made again.
    std::fs::remove_dir_all(home.data()).unwrap();
    home.force();
    assert_eq!(whole(&home), before);
}

/// A feed of a program that says which process it is, and never ends.
fn endless(told: &Path) -> String {
    let script = format!("echo $$ > {0}.new; mv {0}.new {0}; exec sleep 1000", told.display());
    format!("[[feed]]\ncommand = [\"sh\", \"-c\", \"{script}\"]\n")
}

fn wait<T>(mut found: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "it never came");
        std::thread::yield_now();
    }
}

/// Waits until the program has said which process it is, lets it be ended, and waits until
/// it has.
fn ends(told: &Path, end: impl FnOnce()) {
    let process = wait(|| std::fs::read_to_string(told).ok()?.trim().parse().ok());
    end();
    let process = Pid::from_raw(process).unwrap();
    wait(|| rustix::process::test_kill_process(process).is_err().then_some(()));
}

#[test]
fn no_program_outlives_the_refresh_that_started_it() {
    for signal in [Signal::INT, Signal::TERM] {
        let home = Home::new(&[]);
        let told = home.config().join("told");
        home.write_feeds(&endless(&told));
        let mut child = home
            .dateline(&["refresh", "--force"])
            .env("PATH", "/usr/bin:/bin")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let own = Pid::from_raw(child.id().try_into().unwrap()).unwrap();
        ends(&told, || kill_process(own, signal).unwrap());
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
}

#[test]
fn no_program_outlives_the_reader_that_started_it() {
    let folder = tempfile::tempdir().unwrap();
    let told = folder.path().join("told");
    let feeds = endless(&told);
    let mut program = dateline(&[]).file("config/feeds.toml", feeds.as_bytes()).start();
    ends(&told, || program.press("\x03"));
    assert!(program.end().0.success());
}
