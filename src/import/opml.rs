//! An OPML document as a plan.

use crate::extract::Hints;
use crate::feed::opml::{Document, Outline, parse};
use crate::text::sanitize::SafeText;

use super::{Draft, NewCommand, NewFeed, NotAList, command};

pub(super) fn read(bytes: &[u8], draft: &mut Draft) -> Result<(), NotAList> {
    let (document, warnings) =
        parse(bytes, &Hints::default()).map_err(|error| NotAList(error.0))?;
    draft.plan.warnings.extend(warnings);
    for (folder, outline) in document.feeds() {
        let Some(address) = outline.address() else { continue };
        // Lists that must call a feed something call it by its address.
        let title = Some(outline.title());
        let title = title.filter(|title| !title.is_empty() && title.as_str() != address);
        let folder = Some(folder).filter(|folder| !folder.is_empty());
        let tags = tags(outline);
        if let Some(argv) = command(address) {
            draft.command(NewCommand { argv, title, folder, tags, hidden: false });
        } else if let Some(url) = super::address(address) {
            if let Some(filter) = outline.get("filtercmd") {
                draft.filtered(None, url.as_str(), filter);
            }
            let opml = others(&document, outline);
            draft.feed(NewFeed { url, title, folder, tags, hidden: false, opml });
        } else {
            draft.no_address(None, address);
        }
    }
    Ok(())
}

/// `category`: words and paths of words, separated by commas (OPML 2.0).
fn tags(outline: &Outline) -> Vec<SafeText> {
    let categories = outline.get("category").unwrap_or_default().split(',');
    let tags = categories.map(|tag| SafeText::title(tag.trim().trim_start_matches('/')));
    tags.filter(|tag| !tag.is_empty()).collect()
}

/// The attributes that an export would not write of itself, with the namespaces of their
/// names. Those without a value say nothing.
fn others(document: &Document, outline: &Outline) -> Vec<(String, String)> {
    let title = outline.title();
    let mut found = Vec::new();
    for (name, value) in &outline.attributes {
        let own = match name.as_str() {
            "xmlUrl" | "title" | "category" => true,
            "text" => SafeText::title(value) == title || outline.address() == Some(value.as_str()),
            "type" => value.eq_ignore_ascii_case("rss"),
            "url" => outline.get("xmlUrl").is_none(),
            _ => name.starts_with("xmlns"),
        };
        if own || value.trim().is_empty() {
            continue;
        }
        if let Some((prefix, _)) = name.split_once(':').filter(|(prefix, _)| *prefix != "xml") {
            let declared = format!("xmlns:{prefix}");
            let here = outline.get(&declared);
            let root = document.attributes.iter().find(|(name, _)| *name == declared);
            let Some(space) = here.or(root.map(|(_, value)| value.as_str())) else { continue };
            if !found.iter().any(|(name, _)| *name == declared) {
                found.push((declared, space.to_owned()));
            }
        }
        found.push((name.clone(), value.clone()));
    }
    found
}
