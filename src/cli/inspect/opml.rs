//! A list of feeds as `inspect` shows it.

use std::io::Write;

use serde_json::{Value, json};

use super::{WIDTH, field, sentences, tell};
use crate::cli::print_json;
use crate::feed::opml::Document;
use crate::text::sanitize::SafeText;
use crate::text::width::ellipsis;
use crate::warning::Warning;

/// Shows the feeds of a list with their folders.
pub(super) fn show(
    out: &mut impl Write,
    (list, warnings): (Document, Vec<Warning>),
    as_json: bool,
) -> anyhow::Result<()> {
    let feeds = list.feeds();
    if as_json {
        let outlines = feeds.iter().map(|(folder, feed)| {
            let address = feed.address().map(SafeText::line);
            json!({ "title": feed.title(), "xml_url": address, "folder": folder })
        });
        let outlines: Vec<Value> = outlines.collect();
        let warnings = sentences(&warnings);
        let value = json!({ "kind": "opml", "outlines": outlines, "warnings": warnings });
        return print_json(out, &value);
    }
    let head = list.head.iter().find(|(name, _)| name == "title");
    field(out, "format", "OPML")?;
    field(out, "title", &head.map(|(_, title)| SafeText::title(title)).unwrap_or_default())?;
    field(out, "feeds", &feeds.len().to_string())?;
    writeln!(out)?;
    for (folder, feed) in &feeds {
        let address = SafeText::line(feed.address().unwrap_or_default());
        let (title, slash) = (feed.title(), if folder.is_empty() { "" } else { "/" });
        let line = format!("{folder}{slash}{title} {address}");
        writeln!(out, "{}", ellipsis(line.trim_start(), WIDTH))?;
    }
    if !warnings.is_empty() {
        writeln!(out)?;
    }
    Ok(tell(out, &warnings)?)
}
