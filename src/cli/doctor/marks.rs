//! The journals, and whether the bookmarks have their articles.

use std::collections::HashSet;

use serde_json::json;

use super::{Finding, Section, size};
use crate::journal::saved::SavedFile;
use crate::journal::{JournalError, JournalFile, Loaded};
use crate::reading::ReadingState;
use crate::text::address::without_passwords;
use crate::text::number::counted;

/// Stories that are named before the rest is counted.
const NAMED: usize = 10;

pub(super) fn journals(files: &[JournalFile], loaded: &Loaded) -> Section {
    let mut findings = Vec::new();
    let mut data = Vec::new();
    for file in files {
        let JournalFile { path, device, lines, bytes, own, copy } = file;
        data.push(json!({
            "path": path.to_string_lossy(),
            "device": device.to_string(),
            "lines": lines,
            "bytes": bytes,
            "own": own,
            "copy": copy,
        }));
        let what = format!(
            "{} in {} ({})",
            counted(*lines, "line", "lines"),
            path.display(),
            size(*bytes)
        );
        findings.push(if *copy {
            Finding::Note(format!("a copy that a synchronizer made, read as well: {what}"))
        } else if *own {
            Finding::Fine(format!("this device: {what}"))
        } else {
            Finding::Fine(format!("another device: {what}"))
        });
    }
    if files.is_empty() {
        findings.push(Finding::Fine("nothing was read or marked yet".to_owned()));
    }
    findings.extend(loaded.warnings.iter().map(|warning| {
        let advice = match warning.line {
            Some(_) => " All else is as it was; that line may be deleted.",
            None => "",
        };
        Finding::Wrong(format!("{warning}{advice}"))
    }));
    if let Err(error) = &loaded.writable {
        findings.push(Finding::Wrong(error.to_string()));
    }
    let data = json!({
        "files": data,
        "warnings": loaded.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "writable": loaded.writable.is_ok(),
    });
    Section { title: "Journals", findings, data }
}

pub(super) fn bookmarks(
    state: &ReadingState,
    files: Result<Vec<SavedFile>, JournalError>,
) -> Section {
    let title = "Bookmarks";
    let files = match files {
        Ok(files) => files,
        Err(error) => {
            let findings = vec![Finding::Wrong(error.to_string())];
            return Section { title, findings, data: json!(null) };
        }
    };
    let with_file: HashSet<_> = files.iter().map(|file| file.id).collect();
    let saved = state.saved();
    let without_file: Vec<_> =
        saved.iter().copied().filter(|story| !with_file.contains(story)).collect();
    let without_bookmark: Vec<_> = files.iter().filter(|file| !state.is_saved(file.id)).collect();

    let (bookmarks, articles) =
        (counted(saved.len(), "bookmark", "bookmarks"), counted(files.len(), "file", "files"));
    let mut findings = vec![Finding::Fine(format!("{bookmarks}, {articles}"))];
    for story in without_file.iter().take(NAMED) {
        let about = state.get(*story).about;
        let title = about.map_or_else(|| story.to_string(), |about| about.title.to_string());
        let url = about.and_then(|about| about.url.as_ref());
        let url = url.map(|url| format!(" ({})", without_passwords(url))).unwrap_or_default();
        findings.push(Finding::Wrong(format!(
            "The article of a bookmark is not on the disk: {title}{url}. \
             Open it, then remove the bookmark and set it again."
        )));
    }
    if let Some(more) = without_file.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let more = counted(more, "more bookmark", "more bookmarks");
        findings.push(Finding::Wrong(format!("{more} without an article on the disk.")));
    }
    for file in without_bookmark.iter().take(NAMED) {
        let path = file.path.display();
        findings.push(Finding::Note(format!("a saved article without a bookmark: {path}")));
    }
    let data = json!({
        "bookmarks": saved.len(),
        "files": files.len(),
        "without_file": without_file,
        "without_bookmark": without_bookmark
            .iter()
            .map(|file| json!({ "id": file.id, "path": file.path.to_string_lossy() }))
            .collect::<Vec<_>>(),
    });
    Section { title, findings, data }
}
