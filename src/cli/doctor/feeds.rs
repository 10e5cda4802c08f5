//! The subscriptions, and the library of what they brought.

use std::collections::HashMap;
use std::fs;

use serde_json::json;

use super::{Finding, Section, size};
use crate::config::subscriptions::Subscriptions;
use crate::feed::health::Health;
use crate::feeds::FeedsFile;
use crate::library::store::{self, Reader, StoreError};
use crate::runtime::paths::Paths;
use crate::story::SourceKey;
use crate::text::number::counted;

/// What is known of each feed that was ever asked.
type Known = HashMap<SourceKey, Health>;

/// The sections of feeds and of the library.
pub(super) fn look(paths: &Paths) -> [Section; 2] {
    let reader = Reader::open(&paths.data);
    let known = match &reader {
        Ok(Some(reader)) => reader.health().unwrap_or_default(),
        Ok(None) | Err(_) => Known::new(),
    };
    [subscriptions(paths, &known), library(paths, reader)]
}

fn subscriptions(paths: &Paths, known: &Known) -> Section {
    let title = "Feeds";
    let file = FeedsFile::new(&paths.config, &paths.data);
    let path = file.path().to_string_lossy().into_owned();
    let loaded = match file.load() {
        Ok(loaded) => loaded,
        Err(error) => {
            let findings = vec![Finding::Wrong(error.to_string())];
            return Section { title, findings, data: json!({ "path": path, "warnings": [] }) };
        }
    };
    let Subscriptions { feeds, searches, rules, sound } = &loaded.subscriptions;
    let warnings: Vec<_> =
        loaded.warnings.iter().map(|warning| format!("{path}: {warning}")).collect();
    let failing = feeds.iter().filter(|feed| {
        !feed.paused && known.get(&feed.key).is_some_and(|health| health.failures > 0)
    });
    let failing = failing.count();
    let data = json!({
        "path": path,
        "feeds": feeds.len(),
        "searches": searches.len(),
        "rules": rules.len(),
        "failing": failing,
        "warnings": warnings,
    });
    let mut findings: Vec<_> = warnings.into_iter().map(Finding::Wrong).collect();
    if feeds.is_empty() && searches.is_empty() && *sound {
        findings.push(Finding::Fine("no subscriptions yet".to_owned()));
    } else {
        let searches = match searches.len() {
            0 => String::new(),
            count => format!(", {}", counted(count, "saved search", "saved searches")),
        };
        let feeds = counted(feeds.len(), "feed", "feeds");
        findings.push(Finding::Fine(format!("{path}: {feeds}{searches}")));
    }
    if failing > 0 {
        let failing = counted(failing, "feed", "feeds");
        let sentence = format!("{failing} could not be fetched the last time; see dateline feeds");
        findings.push(Finding::Note(sentence));
    }
    Section { title, findings, data }
}

fn library(paths: &Paths, reader: Result<Option<Reader>, StoreError>) -> Section {
    let path = paths.data.join(store::FILE);
    let bytes = fs::metadata(&path).map(|found| found.len()).unwrap_or_default();
    let shown = path.display();
    let mut stories = None;
    let mut findings = Vec::new();
    match reader.and_then(|reader| reader.map(|reader| reader.count()).transpose()) {
        Ok(None) => findings.push(Finding::Fine("no stories are stored yet".to_owned())),
        Ok(Some(found)) => {
            stories = Some(found);
            let found = counted(found, "story", "stories");
            findings.push(Finding::Fine(format!("{shown}: {found} ({})", size(bytes))));
        }
        Err(error) => findings.push(Finding::Wrong(error.to_string())),
    }
    let set_aside = set_aside(paths);
    findings.extend(
        set_aside.iter().map(|name| {
            Finding::Note(format!("{name} was damaged and set aside; it may be deleted"))
        }),
    );
    let data = json!({
        "path": path.to_string_lossy(),
        "stories": stories,
        "bytes": bytes,
        "set_aside": set_aside,
    });
    Section { title: "Library", findings, data }
}

/// The names of libraries that were damaged.
fn set_aside(paths: &Paths) -> Vec<String> {
    let start = format!("{}.corrupt-", store::FILE);
    let files = fs::read_dir(&paths.data).into_iter().flatten().flatten();
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| name.starts_with(&start)).collect();
    names.sort_unstable();
    names
}
