//! `Branch`: a line of the tree of folders and feeds.
//!
//! Folders come in the order in which `feeds.toml` names them first, before the feeds that
//! stand beside them. The tree is made when the feeds change, not when it is shown.

use crate::text::sanitize::SafeText;

/// A folder or a feed, in the order of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    pub what: Leaf,
    /// How many folders it stands in.
    pub depth: u16,
    /// Where the branches end that are within it, counted as branches; for a feed the next.
    pub end: usize,
}

/// What stands on a line of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// A folder, by its whole path.
    Folder(SafeText),
    /// A feed, by its place in the list.
    Feed(usize),
}

/// Whether a path is that of a folder, or leads into it.
pub fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The last name of a path.
pub fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folder that a folder is in.
pub fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(parent, _)| parent)
}

/// The tree of feeds, of which each is in the folder of a path; those in none have an
/// empty one.
pub fn tree<'a>(folders: impl Iterator<Item = &'a str>) -> Vec<Branch> {
    let mut branches = Vec::new();
    let feeds: Vec<(usize, &str)> = folders.enumerate().collect();
    grow(&mut branches, &feeds, "", 0);
    branches
}

/// Adds the branches of feeds whose paths all lead into a folder.
fn grow(branches: &mut Vec<Branch>, feeds: &[(usize, &str)], folder: &str, depth: u16) {
    // What a path has below this folder: the name of the next, if it goes on.
    let next = |path: &str| {
        let rest = path.strip_prefix(folder).unwrap_or_default().trim_start_matches('/');
        let name = rest.split('/').next().unwrap_or_default();
        (!name.is_empty()).then(|| name.to_owned())
    };
    let mut names: Vec<String> = Vec::new();
    for name in feeds.iter().filter_map(|(_, path)| next(path)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for name in names {
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let within: Vec<(usize, &str)> =
            feeds.iter().copied().filter(|(_, of)| next(of).as_ref() == Some(&name)).collect();
        let at = branches.len();
        branches.push(Branch { what: Leaf::Folder(SafeText::line(&path)), depth, end: 0 });
        // Deeper than any screen is wide, everything stands side by side.
        if depth < DEEPEST {
            grow(branches, &within, &path, depth + 1);
        } else {
            feed_branches(branches, within.into_iter(), depth + 1);
        }
        let end = branches.len();
        if let Some(branch) = branches.get_mut(at) {
            branch.end = end;
        }
    }
    feed_branches(branches, feeds.iter().copied().filter(|(_, path)| next(path).is_none()), depth);
}

/// Folders within folders that are shown as such.
const DEEPEST: u16 = 8;

fn feed_branches<'a>(
    branches: &mut Vec<Branch>,
    feeds: impl Iterator<Item = (usize, &'a str)>,
    depth: u16,
) {
    for (at, _) in feeds {
        let end = branches.len() + 1;
        branches.push(Branch { what: Leaf::Feed(at), depth, end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as lines: folders by their paths, feeds by their places.
    fn lines(folders: &[&str]) -> Vec<String> {
        let branches = tree(folders.iter().copied());
        let line = |branch: &Branch| {
            let indent = " ".repeat(branch.depth.into());
            match &branch.what {
                Leaf::Folder(path) => format!("{indent}{path} to {}", branch.end),
                Leaf::Feed(at) => format!("{indent}{at}"),
            }
        };
        branches.iter().map(line).collect()
    }

    #[test]
    fn folders_come_as_they_are_named_first_and_before_feeds_beside_them() {
        let folders = ["", "B/C", "A", "B", "BC", "B/C"];
        let expected =
            ["B to 5", " B/C to 4", "  1", "  5", " 3", "A to 7", " 2", "BC to 9", " 4", "0"];
        assert_eq!(lines(&folders), expected);
    }

    #[test]
    fn odd_paths_and_very_deep_ones_lose_no_feed() {
        assert_eq!(lines(&["", "/"]), ["0", "1"]);
        let deep = vec!["x"; 500].join("/");
        let found = lines(&[&deep, "/A//B/"]);
        let feeds = found.iter().filter(|line| line.trim().parse::<usize>().is_ok()).count();
        assert_eq!(feeds, 2, "{found:?}");
    }
}
