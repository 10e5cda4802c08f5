//! The articles in a folder and in the folders within it, in order of their names.
//!
//! Finds paths, and reads nothing of what they lead to.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// Endings of the files that are articles.
const ENDINGS: [&str; 6] = ["txt", "md", "markdown", "html", "htm", "xhtml"];

/// Folders within folders that are gone into.
const DEPTH: usize = 64;

/// Whether a file is an article, by its name.
pub fn is_article(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Walks a folder. Hidden files and folders are passed over; a folder that was seen, as
/// by a link that leads back, is not gone into again.
pub fn walk(root: &Path) -> Walk {
    let mut walk = Walk { todo: Vec::new(), seen: HashSet::new() };
    walk.enter(root, 0);
    walk
}

/// What [`walk`] returns: the paths of articles, and folders that could not be read.
#[derive(Debug)]
pub struct Walk {
    /// What is left to look at, the next one last.
    todo: Vec<Step>,
    /// Folders by their real paths.
    seen: HashSet<PathBuf>,
}

#[derive(Debug)]
enum Step {
    Look { path: PathBuf, depth: usize },
    Unreadable(PathBuf, io::Error),
}

/// What a name is sorted by: as people count, so that 2 comes before 10.
fn natural(path: &Path) -> Vec<(String, u128)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut parts = Vec::new();
    let mut rest = name.as_ref();
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(words);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (digits, after) = after.split_at(digits);
        parts.push((word.to_owned(), digits.parse().unwrap_or(u128::MAX)));
        rest = after;
    }
    parts
}

impl Walk {
    fn enter(&mut self, folder: &Path, depth: usize) {
        let listed = folder.canonicalize().and_then(|real| {
            if depth > DEPTH || !self.seen.insert(real) {
                return Ok(Vec::new());
            }
            std::fs::read_dir(folder)?
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<io::Result<Vec<_>>>()
        });
        match listed {
            Ok(mut paths) => {
                paths.retain(|path| !is_hidden(path));
                paths.sort_by_cached_key(|path| std::cmp::Reverse(natural(path)));
                self.todo.extend(paths.into_iter().map(|path| Step::Look { path, depth }));
            }
            Err(error) => self.todo.push(Step::Unreadable(folder.to_owned(), error)),
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

impl Iterator for Walk {
    type Item = Result<PathBuf, (PathBuf, io::Error)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.todo.pop()? {
                Step::Unreadable(path, error) => return Some(Err((path, error))),
                // A link that leads nowhere has no metadata, and is passed over.
                Step::Look { path, depth } => match path.metadata() {
                    Ok(data) if data.is_dir() => self.enter(&path, depth + 1),
                    Ok(data) if data.is_file() && is_article(&path) => return Some(Ok(path)),
                    Ok(_) | Err(_) => {}
                },
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files that they read")]
mod tests {
    use std::fs;

    use super::*;

    fn names(root: &Path) -> Vec<String> {
        walk(root)
            .map(|found| found.unwrap())
            .map(|path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"))
            .collect()
    }

    #[test]
    fn articles_come_in_the_order_of_their_names_and_nothing_else_comes() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.md", "a/2.txt", "a/10.HTML", "c.xhtml", "a/.x.txt", ".d/e.txt", "p.png"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        assert_eq!(names(folder.path()), ["a/2.txt", "a/10.HTML", "b.md", "c.xhtml"]);
    }

    #[test]
    #[cfg(unix)]
    fn links_that_lead_back_or_nowhere_end() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("a.txt"), "x").unwrap();
        symlink(folder.path(), inner.join("up")).unwrap();
        symlink("nowhere.txt", inner.join("z.txt")).unwrap();
        symlink("inner/a.txt", folder.path().join("b.txt")).unwrap();
        assert_eq!(names(folder.path()), ["b.txt", "inner/a.txt"]);
    }

    #[test]
    fn numbers_are_sorted_as_people_count() {
        let mut names = ["10.txt", "2.txt", "a 12 b.txt", "a 3 b.txt", "a.txt"].map(Path::new);
        names.sort_by_cached_key(|path| natural(path));
        let sorted = ["2.txt", "10.txt", "a 3 b.txt", "a 12 b.txt", "a.txt"].map(Path::new);
        assert_eq!(names, sorted);
    }
}
