use proptest::prelude::*;

use super::*;
use crate::journal::saved::{Saved, Written, file_name};

#[test]
fn a_saved_article_is_found_wherever_it_was_moved() {
    let home = tempfile::tempdir().unwrap();
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    assert_eq!(saved.find(story(1)).unwrap(), None);
    let text = "---\ntitle: Ferry\n---\n\nIt left at noon.\n";
    let Written::Whole(path) =
        saved.write(story(1), Some(2026), &"Ferry left, at noon".into(), text).unwrap()
    else {
        panic!("nobody edited it")
    };
    assert_eq!(path, saved.dir().join(format!("2026/{}-ferry-left-at-noon.md", story(1))));
    let on_disk = saved.read(story(1)).unwrap().unwrap();
    assert!(on_disk.starts_with(&format!("---\nid: \"{}\"\ntitle: Ferry\n", story(1))));
    assert!(on_disk.ends_with("---\n\nIt left at noon.\n"));

    let moved = saved.dir().join("ships/my favorite.md");
    fs::create_dir(saved.dir().join("ships")).unwrap();
    fs::rename(&path, &moved).unwrap();
    assert_eq!(saved.find(story(1)).unwrap(), Some(moved.clone()));
    let newer = "It left at one.\n";
    saved.write(story(1), Some(2026), &"Ferry".into(), newer).unwrap();
    assert!(fs::read_to_string(&moved).unwrap().ends_with(newer));
    assert_eq!(saved.list().unwrap().len(), 1);
}

#[test]
fn what_the_reader_wrote_into_a_saved_article_stays() {
    let home = tempfile::tempdir().unwrap();
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    saved.write(story(1), None, &"Ferry".into(), "It left.\n").unwrap();
    let path = saved.find(story(1)).unwrap().unwrap();
    assert!(path.starts_with(saved.dir().join("undated")));
    let edited = fs::read_to_string(&path).unwrap() + "\nI was there.\n";
    fs::write(&path, &edited).unwrap();

    let again = saved.write(story(1), None, &"Ferry".into(), "It left again.\n").unwrap();
    assert_eq!(again, Written::Edited(path.clone()));
    let away = saved.remove(story(1)).unwrap();
    assert!(away[0].starts_with(home.path().join("data/removed")));
    assert_eq!(saved.find(story(1)).unwrap(), None);
    assert_eq!(saved.restore(story(1)).unwrap(), Some(path.clone()));
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert_eq!(saved.restore(story(1)).unwrap(), Some(path.clone()));

    // Bookmarked anew, it comes back too.
    saved.remove(story(1)).unwrap();
    let again = saved.write(story(1), None, &"Ferry".into(), "It left again.\n").unwrap();
    assert_eq!(again, Written::Edited(path.clone()));
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert_eq!(saved.restore(story(2)).unwrap(), None);
}

#[test]
fn a_removed_file_takes_no_other_ones_place() {
    let home = tempfile::tempdir().unwrap();
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    saved.write(story(1), None, &"Ferry".into(), "It left.\n").unwrap();
    let path = saved.find(story(1)).unwrap().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let first = saved.remove(story(1)).unwrap().remove(0);
    // Another device brings the same name again.
    fs::write(&path, text + "\nTheirs.\n").unwrap();
    let second = saved.remove(story(1)).unwrap().remove(0);
    assert_ne!(first, second);
    assert!(first.exists() && second.exists());
}

#[test]
fn copies_go_and_come_back_with_the_file_that_was_edited_last() {
    let home = tempfile::tempdir().unwrap();
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    saved.write(story(1), None, &"Ferry".into(), "It left.\n").unwrap();
    let path = saved.find(story(1)).unwrap().unwrap();
    let written = fs::read_to_string(&path).unwrap();
    let folder = path.parent().unwrap();
    let stem = path.file_stem().unwrap().to_string_lossy();
    let copies = ["(conflicted copy)", ".sync-conflict-20260304-050607-ABCDEFG"];
    let copies = copies.map(|end| folder.join(format!("{stem}{end}.md")));
    for copy in &copies {
        fs::write(copy, &written).unwrap();
        let yesterday = std::time::SystemTime::now() - Duration::from_secs(24 * 60 * 60);
        let file = OpenOptions::new().append(true).open(copy).unwrap();
        file.set_modified(yesterday).unwrap();
    }
    fs::write(&path, written + "\nI was there.\n").unwrap();
    assert_eq!(saved.find(story(1)).unwrap(), Some(path.clone()));

    assert_eq!(saved.remove(story(1)).unwrap().len(), 3);
    assert_eq!(saved.find(story(1)).unwrap(), None);
    assert_eq!(saved.restore(story(1)).unwrap(), Some(path.clone()));
    assert!(saved.read(story(1)).unwrap().unwrap().ends_with("I was there.\n"));
    assert!(copies.iter().all(|copy| copy.exists()));
}

#[test]
fn only_old_leftovers_of_the_program_are_deleted() {
    let home = tempfile::tempdir().unwrap();
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    let desk = Desk::open(home.path(), "data");
    let old = std::time::SystemTime::now() - Duration::from_secs(25 * 60 * 60);
    let mut made = Vec::new();
    for folder in ["config/state", "data", "config/saved", "config/saved/2026", "data/removed"] {
        let folder = home.path().join(folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, stays) in [(".dateline-a1B2c3", false), (".hidden", true), ("dateline", true)] {
            let path = folder.join(name);
            fs::File::create_new(&path).unwrap().set_modified(old).unwrap();
            made.push((path, stays));
        }
        let new = folder.join(".dateline-d4E5f6");
        fs::write(&new, "half").unwrap();
        made.push((new, true));
        let of_folders = folder.join(".dateline-folder");
        fs::create_dir(&of_folders).unwrap();
        made.push((of_folders, true));
    }
    desk.journal.tidy();
    saved.tidy();
    for (path, stays) in made {
        assert_eq!(path.exists(), stays, "{}", path.display());
    }
}

#[test]
fn a_file_name_tells_the_title_as_far_as_names_can() {
    let cases = [
        ("Ferry left, at noon!", "-ferry-left-at-noon.md"),
        ("../../etc/passwd", "-etc-passwd.md"),
        ("C:\\con", "-c-con.md"),
        ("¿Qué pasó?", "-qué-pasó.md"),
        ("हिन्दी में ख़बर", "-हिन्दी-में-ख़बर.md"),
        ("港が再開した", "-港-が-再-開-し-た.md"),
        ("…", ".md"),
        ("", ".md"),
    ];
    for (title, ending) in cases {
        let name = file_name(story(1), &title.into());
        assert_eq!(name, format!("{}{ending}", story(1)), "{title}");
    }
    let long = file_name(story(1), &"harbor ".repeat(40).as_str().into());
    assert_eq!(long.len(), 16 + 1 + 55 + 3, "{long}");
    let word = file_name(story(1), &"harbor".repeat(40).as_str().into());
    assert_eq!(word.len(), 16 + 1 + 60 + 3, "{word}");
}

proptest! {
    #[test]
    fn a_file_name_is_one_harmless_name(
        title in "\\PC{0,80}|[./\\\\~\\x00-\\x1f: a-z\u{202e}\u{301}]{0,80}",
    ) {
        let name = file_name(story(1), &SafeText::title(&title));
        let slug = name.strip_prefix(&story(1).to_string()).unwrap().strip_suffix(".md").unwrap();
        prop_assert!(slug.len() <= 64, "{}", name);
        let harmless = |c: char| c == '-' || c.is_alphanumeric() || (!c.is_ascii() && !c.is_control());
        prop_assert!(slug.chars().all(harmless), "{}", name);
        prop_assert_eq!(SafeText::line(&name).into_string(), name);
    }
}
