//! Values as TOML writes them, and a feed as a table of its own.

use std::fmt::Write as _;
use std::time::Duration;

use super::super::{Origin, SavedSearch, Subscription};

/// A feed as a table of its own.
pub(super) fn table_of(feed: &Subscription) -> String {
    let mut table = String::from("[[feed]]\n");
    let mut field = |name: &str, value: String| {
        // Writing to a text cannot fail.
        let _ = writeln!(table, "{name} = {value}");
    };
    match &feed.origin {
        Origin::Address(url) => field("url", quoted(url.as_str())),
        Origin::Command(argv) => field("command", list(argv)),
    }
    if feed.key != feed.origin.key() {
        field("id", quoted(feed.key.as_str()));
    }
    let texts = [("title", &feed.title), ("folder", &feed.folder)];
    for (name, text) in texts {
        if let Some(text) = text {
            field(name, quoted(text));
        }
    }
    if !feed.tags.is_empty() {
        field("tags", list(&feed.tags));
    }
    let truths = [
        ("hidden", feed.hidden),
        ("paused", feed.paused),
        ("full_text", feed.full_text),
        ("notify", feed.notify),
    ];
    for (name, _) in truths.into_iter().filter(|(_, on)| *on) {
        field(name, "true".to_owned());
    }
    if let Some(interval) = feed.interval {
        field("interval", quoted(&span(interval)));
    }
    if !feed.headers.is_empty() {
        field("headers", pairs(&feed.headers));
    }
    if let Some(username) = &feed.username {
        field("username", quoted(username));
    }
    if let Some(command) = &feed.password_command {
        field("password_command", list(command));
    }
    if let Some(proxy) = &feed.proxy {
        field("proxy", quoted(proxy.as_str()));
    }
    if !feed.opml.is_empty() {
        field("opml", pairs(&feed.opml));
    }
    table
}

/// A text as TOML writes it, in one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn list(texts: &[impl std::ops::Deref<Target = str>]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

fn pairs(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| format!("{} = {}", quoted(name), quoted(value)));
    format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
}

/// A time in the largest unit that holds it whole.
fn span(time: Duration) -> String {
    let minutes = (time.as_secs() / 60).max(1);
    let units = [("d", 24 * 60), ("h", 60)];
    match units.iter().find(|(_, unit)| minutes.is_multiple_of(*unit)) {
        Some((name, unit)) => format!("{}{name}", minutes / unit),
        None => format!("{minutes}m"),
    }
}

/// A saved search as a table of its own.
pub(super) fn table_of_search(search: &SavedSearch) -> String {
    let (name, query) = (quoted(&search.name), quoted(&search.query.to_string()));
    let notify = if search.notify { "notify = true\n" } else { "" };
    format!("[[search]]\nname = {name}\nquery = {query}\n{notify}")
}
