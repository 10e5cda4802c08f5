//! The house rules that the compiler does not keep: who may import whom, that every
//! module says what it is for, and that a file has one noun.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms by floor, from the lowest up. A room may import from floors below its own,
/// and from the rooms of its own floor that are named beside it.
const ROOMS: &[(&str, u8, &[&str])] = &[
    ("text", 1, &[]),
    ("command", 1, &[]),
    ("warning", 1, &[]),
    ("article", 1, &["text"]),
    ("story", 1, &["article", "text"]),
    ("query", 1, &["story", "text"]),
    ("layout", 2, &[]),
    ("extract", 2, &[]),
    // An entry is HTML, in a document whose bytes are decoded as a page's are.
    // Its address is compared as the address of any story is.
    ("feed", 2, &["extract", "related"]),
    ("related", 2, &[]),
    ("reading", 2, &[]),
    ("config", 2, &[]),
    // What writes Markdown quotes by the rules of what reads it.
    ("export", 2, &["layout", "extract", "feed"]),
    // Bookmarks of a browser are a page.
    ("import", 2, &["extract", "feed", "config"]),
    ("library", 3, &[]),
    ("journal", 3, &[]),
    // The files of a reader are all written the same safe way.
    ("feeds", 3, &["journal"]),
    ("net", 3, &[]),
    ("app", 3, &[]),
    ("ui", 4, &[]),
    ("refresh", 4, &[]),
    ("runtime", 5, &[]),
    ("cli", 6, &[]),
];

/// Crates that one room alone may name.
const OWNED: &[(&str, &[&str])] = &[
    ("ratatui", &["ui", "runtime"]),
    ("crossterm", &["runtime"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli", "runtime"]),
    ("dom_query", &["extract"]),
    ("dom_smoothie", &["extract"]),
    ("pulldown_cmark", &["extract"]),
    ("quick_xml", &["feed"]),
    ("web_atoms", &["feed"]),
    ("rusqlite", &["library"]),
    ("indicatif", &["cli"]),
    ("hyper", &["net"]),
    ("hyper_util", &["net"]),
    ("tokio", &["net"]),
    ("psl", &["net"]),
    ("httpdate", &["net"]),
    ("notify", &["runtime"]),
    ("rustls", &["net"]),
];

/// Lines beyond which a file surely has a second noun.
const LONGEST: usize = 500;

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(found.len() > 40, "the sources were not found");
    found
}

/// The room of a file: the first name below `src`.
fn room(path: &Path) -> String {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Every `crate::room` of a text outside comments, with its line.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for rest in code.split("crate::").skip(1) {
            let name: String =
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            found.push((number + 1, name));
        }
    }
    found
}

/// What is wrong with one file's imports. Tests may compare with whom they like.
fn complaints(path: &Path, text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let name = room(path);
    let Some((_, floor, beside)) = ROOMS.iter().find(|(room, ..)| *room == name) else {
        return Vec::new(); // main.rs and lib.rs belong to no room.
    };
    let mut found = Vec::new();
    for (line, import) in imports(text) {
        let Some((_, other, _)) = ROOMS.iter().find(|(room, ..)| *room == import) else { continue };
        if import != name && other >= floor && !beside.contains(&import.as_str()) {
            found.push(format!("{}:{line}: {name} imports {import}", path.display()));
        }
    }
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (owned, rooms) in OWNED {
            if code.contains(&format!("{owned}::")) && !rooms.contains(&name.as_str()) {
                found.push(format!("{}:{}: {name} names {owned}", path.display(), number + 1));
            }
        }
    }
    found
}

#[test]
fn rooms_import_from_floors_below() {
    let found: Vec<String> =
        sources().iter().flat_map(|(path, text)| complaints(path, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_planted_upward_import_is_named_with_its_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/layout/planted.rs");
    let text = "//! Planted.\n\nuse crate::app::App;\nlet x = ratatui::init();\n";
    let found = complaints(&path, text);
    assert!(found[0].ends_with("planted.rs:3: layout imports app"), "{found:?}");
    assert!(found[1].ends_with("planted.rs:4: layout names ratatui"), "{found:?}");
}

#[test]
fn every_room_of_the_tree_stands_on_a_floor() {
    for (path, _) in sources() {
        let name = room(&path);
        let known = ROOMS.iter().any(|(room, ..)| *room == name);
        assert!(known || ["main", "lib"].contains(&name.as_str()), "{name} has no floor");
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (path, text) in sources() {
        let tests =
            path.components().any(|part| part.as_os_str().to_string_lossy().contains("tests"));
        assert!(tests || text.starts_with("//! "), "{} has no head", path.display());
    }
}

#[test]
fn no_file_has_a_second_noun() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        let tests =
            path.components().any(|part| part.as_os_str().to_string_lossy().contains("tests"));
        assert!(tests || lines <= LONGEST, "{} has {lines} lines", path.display());
    }
}
