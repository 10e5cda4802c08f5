use std::fs;
use std::path::Path;

use url::Url;

use super::*;
use crate::config::subscriptions::edit::FeedChange;
use crate::config::subscriptions::{Origin, Subscription};

fn file(home: &Path) -> FeedsFile {
    FeedsFile::new(&home.join("config"), &home.join("data"))
}

fn feed(number: usize) -> Subscription {
    let url = Url::parse(&format!("https://host{number}.example/feed")).unwrap();
    Subscription::new(Origin::Address(url), 0)
}

fn add(file: &FeedsFile, number: usize) -> Result<Loaded, FeedsError> {
    let clock = Clock::from_micros(number as u64).unwrap();
    let change = |text: &mut FeedsText| Ok((text.add(&[feed(number)])?, format!("Added {number}")));
    file.edit(clock, change).map(|(_, loaded)| loaded)
}

#[test]
fn a_file_that_is_not_there_holds_nothing_and_is_made_when_it_is_needed() {
    let home = tempfile::tempdir().unwrap();
    let file = file(home.path());
    let loaded = file.load().unwrap();
    assert!(loaded.subscriptions.feeds.is_empty() && loaded.subscriptions.sound);
    file.check().unwrap();
    assert!(!file.path().exists(), "nothing was changed");
    let loaded = add(&file, 1).unwrap();
    assert_eq!(loaded.subscriptions.feeds.len(), 1);
    assert_eq!(loaded.stamp, file.stamp());
    assert_eq!(file.load().unwrap().subscriptions, loaded.subscriptions);
}

#[test]
fn a_change_by_hand_is_noticed() {
    let home = tempfile::tempdir().unwrap();
    let file = file(home.path());
    let nothing = file.load().unwrap().stamp;
    let first = add(&file, 1).unwrap().stamp;
    assert_ne!(first, nothing);
    fs::write(file.path(), "# all gone\n").unwrap();
    assert_ne!(file.stamp(), first);
    fs::remove_file(file.path()).unwrap();
    assert_eq!(file.stamp(), nothing);
}

#[test]
fn a_file_that_is_no_toml_is_read_as_far_as_it_is_and_never_written() {
    for broken in [
        &b"[[feed]]\nurl = \"https://a.example/\"\ntitle = \"half\n"[..],
        b"[[feed]]\nurl = \"https://a.example/\"\n# caf\xe9\n",
    ] {
        let home = tempfile::tempdir().unwrap();
        let file = file(home.path());
        fs::create_dir_all(file.path().parent().unwrap()).unwrap();
        fs::write(file.path(), broken).unwrap();
        let loaded = file.load().unwrap();
        assert!(!loaded.subscriptions.sound);
        assert_eq!(loaded.subscriptions.feeds.len(), 1);
        assert_eq!(loaded.warnings[0].line, Some(3));
        let sentence = add(&file, 1).unwrap_err().to_string();
        assert!(sentence.contains("was not changed, for line 3: this is not TOML"), "{sentence}");
        assert_eq!(fs::read(file.path()).unwrap(), broken);
    }
}

#[test]
fn two_processes_lose_nothing_of_each_other() {
    let home = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let file = file(home.path());
            scope.spawn(move || {
                for number in 0..5 {
                    add(&file, worker * 10 + number).unwrap();
                }
            });
        }
    });
    assert_eq!(file(home.path()).load().unwrap().subscriptions.feeds.len(), 20);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let home = tempfile::tempdir().unwrap();
    let file = file(home.path());
    let kept = home.path().join("dotfiles").join("my-feeds.toml");
    fs::create_dir_all(kept.parent().unwrap()).unwrap();
    fs::create_dir_all(file.path().parent().unwrap()).unwrap();
    fs::write(&kept, "# mine\n").unwrap();
    std::os::unix::fs::symlink("../dotfiles/my-feeds.toml", file.path()).unwrap();
    add(&file, 1).unwrap();
    assert!(file.path().is_symlink());
    assert!(fs::read_to_string(&kept).unwrap().starts_with("# mine\n\n[[feed]]\n"));
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_owner_and_permissions_and_a_new_one_is_the_readers_alone() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    let home = tempfile::tempdir().unwrap();
    let file = file(home.path());
    add(&file, 1).unwrap();
    let found = || fs::metadata(file.path()).unwrap();
    assert_eq!(found().mode() & 0o777, 0o600);
    let permit = |mode| fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
    permit(0o640);
    // Only who may do everything can give files away.
    let given = chown(file.path(), Some(12_345), Some(12_345)).is_ok();
    add(&file, 2).unwrap();
    assert_eq!(found().mode() & 0o777, 0o640);
    assert_eq!(found().uid() == 12_345 && found().gid() == 12_345, given);
    // To write what the reader has closed would be easy, and wrong.
    permit(0o444);
    let refused = add(&file, 3).unwrap_err();
    assert!(matches!(refused, FeedsError::NotWritten(JournalError::NotAllowed(_))), "{refused}");
    assert_eq!(file.load().unwrap().subscriptions.feeds.len(), 2);
}

#[test]
fn what_could_not_be_taken_back_is_not_done() {
    let home = tempfile::tempdir().unwrap();
    let file = file(home.path());
    add(&file, 1).unwrap();
    let unread = home.path().join("data/feeds-undo.jsonl");
    fs::remove_file(&unread).unwrap();
    fs::create_dir(&unread).unwrap();
    assert!(add(&file, 2).is_err());
    // Nothing is read there and nothing can be written.
    let unwritten = if cfg!(target_os = "linux") { "/proc/dateline/undo" } else { "\u{0}" };
    let file = FeedsFile { steps: unwritten.into(), ..file };
    assert!(add(&file, 3).is_err());
    assert_eq!(file.load().unwrap().subscriptions.feeds.len(), 1);
}

#[test]
fn what_was_done_is_taken_back_step_by_step_whatever_was_edited_since() {
    let home = tempfile::tempdir().unwrap();
    let file = file(home.path());
    add(&file, 1).unwrap();
    add(&file, 2).unwrap();
    let before = fs::read_to_string(file.path()).unwrap();
    let title = FeedChange::Title(Some("Mine".into()));
    let moved = FeedChange::Address(Url::parse("https://host3.example/feed").unwrap());
    file.edit(Clock::default(), |text| {
        text.set(&feed(1).key, &title)?;
        text.set(&feed(1).key, &moved)?;
        text.remove(&feed(2).key)?;
        Ok(((), "Changed much".to_owned()))
    })
    .unwrap();
    // Another program, later.
    let file = self::file(home.path());
    let steps = file.steps().unwrap();
    let whats: Vec<_> = steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(whats, ["Added 1", "Added 2", "Changed much"]);
    assert!(steps.is_sorted_by(|one, next| one.clock < next.clock), "{steps:?}");
    assert_eq!(file.take_back(steps[2].clock).unwrap().unwrap().left, 0);
    assert_eq!(fs::read_to_string(file.path()).unwrap(), before);
    assert_eq!(file.take_back(steps[2].clock).unwrap(), None, "once");
    // By hand: the one is gone, and something stands before the other.
    let by_hand = "# mine\n[[feed]]\nurl = \"https://host1.example/feed\"\n";
    fs::write(file.path(), by_hand).unwrap();
    assert_eq!(file.take_back(steps[1].clock).unwrap().unwrap().left, 1);
    let taken = file.take_back(steps[0].clock).unwrap().unwrap();
    assert_eq!((taken.left, taken.loaded.subscriptions.feeds.len()), (0, 0));
    assert_eq!(fs::read_to_string(file.path()).unwrap(), "# mine\n");
    assert_eq!(file.steps().unwrap(), []);
}

#[test]
fn thousands_of_feeds_that_were_added_at_once_are_taken_back_at_once() {
    let home = tempfile::tempdir().unwrap();
    let file = file(home.path());
    let by_hand = "[[feed]]\nurl = \"https://host7.example/feed\"\n\n# The end.\n";
    fs::create_dir_all(file.path().parent().unwrap()).unwrap();
    fs::write(file.path(), by_hand).unwrap();
    let feeds: Vec<_> = (0..3000).map(feed).collect();
    file.edit(Clock::default(), |text| Ok((text.add(&feeds)?, "Added many".to_owned()))).unwrap();
    let step = file.steps().unwrap().remove(0);
    let taken = file.take_back(step.clock).unwrap().unwrap();
    assert_eq!(taken.left, 0);
    assert_eq!(fs::read_to_string(file.path()).unwrap(), by_hand);
}

#[test]
fn a_damaged_line_of_steps_costs_that_step_alone() {
    let home = tempfile::tempdir().unwrap();
    let file = file(home.path());
    add(&file, 1).unwrap();
    add(&file, 2).unwrap();
    let path = home.path().join("data/feeds-undo.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen('{', "\u{0}", 1)).unwrap();
    let steps = file.steps().unwrap();
    assert_eq!(steps.len(), 1);
    assert!(file.take_back(steps[0].clock).unwrap().is_some());
}
