#![expect(clippy::disallowed_methods, reason = "tests make the files that they read")]

use std::fs;

use super::*;
use crate::extract::Hints;

fn add(library: &Library, path: &Path) -> Vec<Story> {
    let mut stories = Vec::new();
    library.add_path(path, &mut |batch| stories.extend(batch)).unwrap();
    stories
}

fn sentence(library: &Library, path: &Path) -> String {
    library.add_path(path, &mut |_| ()).unwrap_err().to_string()
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.canonicalize().unwrap()
}

#[test]
fn the_edition_is_whole_and_its_stories_find_one_another() {
    let library = Library::new();
    let stories = library.add_edition();
    assert_eq!(stories.len(), edition::PIECES.len());
    for story in &stories {
        assert!(!story.title.is_empty(), "{story:?}");
        assert_eq!(story.url(), None, "nothing answers there");
        let opened = library.opened(story.id).unwrap();
        assert_eq!(usize::from(story.minutes), opened.article.minutes(), "{}", story.title);
        assert!(opened.article.words() > 50, "{}", story.title);
        for (link, target) in opened.article.links.iter().zip(&opened.links) {
            let inside = link.url.as_str().starts_with(edition::ADDRESS);
            assert_eq!(inside, target.is_some(), "{}: {}", story.title, link.url);
        }
    }
}

#[test]
fn a_file_is_known_by_its_own_address_or_else_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let plain = write(folder.path(), "plain.txt", "Harbor reopens\n\nThe harbor is open again.\n");
    let library = Library::new();
    let story = add(&library, &plain).remove(0);
    assert_eq!(story.id, StoryId::new("file", &plain.to_string_lossy()));
    assert_eq!(story.url(), None);
    assert_eq!(library.article(story.id).unwrap().title.as_str(), "Harbor reopens");
}

#[test]
fn an_edited_file_shows_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a.txt", "Old head\n\nSome text that says little.\n");
    let library = Library::new();
    let id = add(&library, &path).remove(0).id;
    assert_eq!(library.article(id).unwrap().title.as_str(), "Old head");
    fs::write(&path, "A new headline\n\nSome more text that says little.\n").unwrap();
    assert_eq!(library.article(id).unwrap().title.as_str(), "A new headline");
    fs::remove_file(&path).unwrap();
    assert!(library.article(id).unwrap_err().to_string().contains("does not exist"));
}

#[test]
fn a_folder_is_told_of_in_growing_batches_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..40 {
        write(folder.path(), &format!("{n:02}.txt"), &format!("Story {n}\n\nIts text.\n"));
    }
    write(folder.path(), "05.html", "\0\0\0");
    let library = Library::new();
    let mut batches = Vec::new();
    let skipped = library.add_path(folder.path(), &mut |batch| batches.push(batch)).unwrap();
    assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 4, 8, 16, 9]);
    let titles: Vec<_> = batches.concat().iter().map(|story| story.title.to_string()).collect();
    assert_eq!(titles[..3], ["Story 0", "Story 1", "Story 2"]);
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    assert!(skipped[0].to_string().contains("05.html"));
    assert_eq!(library.stories().len(), 40);
}

#[test]
fn what_is_no_article_gets_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new();
    let missing = folder.path().join("missing.txt");
    assert!(sentence(&library, &missing).contains("does not exist"));
    assert!(sentence(&library, folder.path()).contains("holds no text"));
    let png = folder.path().join("photo.png");
    fs::write(&png, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").unwrap();
    assert!(sentence(&library, &png).contains("photo.png"));
    let zeros = folder.path().join("zeros");
    fs::File::create(&zeros).unwrap().set_len(200 << 20).unwrap();
    assert!(sentence(&library, &zeros).contains("larger than"));
    assert!(library.stories().is_empty());
}

#[test]
#[cfg(unix)]
fn pipes_and_devices_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let library = Library::new();
    for path in [pipe.as_path(), Path::new("/dev/zero")] {
        assert!(sentence(&library, path).contains("no regular file"));
    }
}

#[test]
fn a_saved_copy_stands_in_for_a_file_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a.txt", "The original\n\nText of it.\n");
    let library = Library::new();
    let id = add(&library, &path).remove(0).id;
    let copy = write(folder.path(), "copy.md", "# The copy\n\nText of it.\n");
    assert_eq!(library.add_saved(id, &copy).unwrap(), None);
    assert_eq!(library.article(id).unwrap().title.as_str(), "The original");
    fs::remove_file(&path).unwrap();
    assert!(library.article(id).is_ok());

    let next_start = Library::new();
    let kept = next_start.add_saved(id, &copy).unwrap().unwrap();
    assert_eq!(kept.id, id);
    assert!(next_start.article(id).is_ok());
}

#[test]
fn standard_input_is_known_by_its_content() {
    let library = Library::new();
    let document = |text: &str| Document { bytes: text.into(), hints: Hints::default() };
    let one = library.add_stream(document("A head\n\nSome text.\n")).unwrap();
    let same = library.add_stream(document("A head\n\nSome text.\n")).unwrap();
    let other = library.add_stream(document("A head\n\nOther text.\n")).unwrap();
    assert_eq!(one.id, same.id);
    assert_ne!(one.id, other.id);
    assert_eq!(one.source.name.as_str(), "standard input");
}

#[test]
fn a_story_that_nobody_has_is_told_of_in_a_sentence() {
    let error = Library::new().article(StoryId::new("x", "y")).unwrap_err().to_string();
    assert!(error.contains("not stored here"), "{error}");
}
