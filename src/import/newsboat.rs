//! The `urls` file of newsboat and newsbeuter: a line a feed, tags behind the address.
//!
//! The lines are read as newsboat documents them; what it does with them is not.

mod filter;

use crate::text::sanitize::SafeText;

use super::{Draft, MOST_TAGS, NewCommand, NewFeed, NewSearch, command};

/// Whether a text seems to be such a file, or a plain list of addresses: most of its lines
/// begin with what can stand there.
pub(super) fn is_urls(text: &str) -> bool {
    let mut lines = 0;
    let mut known = 0;
    for line in text.lines().map(words) {
        let Some(first) = line.first() else { continue };
        lines += 1;
        let starts = ["http://", "https://", "feed:", "query:", "exec:", "filter:", "file://"];
        known += usize::from(starts.iter().any(|start| first.starts_with(start)));
    }
    known > 0 && known * 2 > lines
}

pub(super) fn read(text: &str, draft: &mut Draft) {
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let mut words = words(line).into_iter();
        let Some(first) = words.next() else { continue };
        let (mut title, mut tags, mut hidden) = (None, Vec::new(), false);
        for word in words {
            if let Some(name) = word.strip_prefix('~') {
                title = Some(SafeText::title(name)).filter(|title| !title.is_empty());
                continue;
            }
            hidden |= word.starts_with('!');
            let tag = SafeText::title(word.strip_prefix('!').unwrap_or(&word));
            if tags.len() < MOST_TAGS && !tag.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        if let Some(search) = first.strip_prefix("query:") {
            let (name, condition) = search.split_once(':').unwrap_or((search, ""));
            let name = SafeText::title(name);
            match filter::query(condition) {
                Ok(query) => draft.search(NewSearch { name, query }),
                Err(odd) => draft.warn(
                    number,
                    || format!("the search {name} asks for {odd}, which has no counterpart here; it was left out"),
                ),
            }
        } else if let Some(argv) = command(&first) {
            draft.command(NewCommand { argv, title, folder: None, tags, hidden });
        } else {
            let address = match first.strip_prefix("filter:").and_then(filtered) {
                Some((filter, address)) => {
                    draft.filtered(Some(number), address, filter);
                    address
                }
                None => &first,
            };
            match super::address(address) {
                Some(url) => {
                    let opml = Vec::new();
                    draft.feed(NewFeed { url, title, folder: None, tags, hidden, opml });
                }
                None => draft.no_address(Some(number), address),
            }
        }
    }
}

/// The program and the address of `PROGRAM:ADDRESS`.
fn filtered(text: &str) -> Option<(&str, &str)> {
    let at = [":http://", ":https://"].iter().filter_map(|start| text.find(start)).min();
    let (filter, address) = text.split_at_checked(at.or_else(|| text.find(':'))?)?;
    Some((filter, address.strip_prefix(':')?))
}

/// The words of a line: quoted where they hold spaces, with `\` before what would mean
/// something else there. From a word that begins with `#` on, all is comment.
fn words(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() && !rest.starts_with('#') {
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut word = String::new();
            let mut chars = quoted.char_indices();
            rest = "";
            while let Some((at, c)) = chars.next() {
                match c {
                    '"' => {
                        rest = quoted.get(at + 1..).unwrap_or_default();
                        break;
                    }
                    '\\' => match chars.next() {
                        Some((_, 'n' | 'r' | 't')) => word.push(' '),
                        Some((_, c)) => word.push(c),
                        None => {}
                    },
                    c => word.push(c),
                }
            }
            found.push(word);
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            found.push(word.to_owned());
            rest = after;
        }
        rest = rest.trim_start();
    }
    found.retain(|word| !word.is_empty());
    found
}
