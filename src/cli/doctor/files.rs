//! The directories, and the settings in one of them.

use serde_json::json;

use super::{Finding, Section, size};
use crate::journal::{check_dir, free_space};
use crate::runtime::paths::Paths;
use crate::runtime::settings::Settings;

/// With less room than this, marks are about to be refused by the disk.
const LITTLE: u64 = 16 << 20;

pub(super) fn directories(paths: &Paths) -> Section {
    let mut findings = Vec::new();
    let mut data = Vec::new();
    for (name, path) in paths.named() {
        let exists = path.is_dir();
        let free = free_space(path);
        let checked = check_dir(path);
        data.push(json!({
            "name": name,
            "path": path.to_string_lossy(),
            "exists": exists,
            "writable": checked.is_ok(),
            "free_bytes": free,
        }));
        let shown = path.display();
        if let Err(error) = checked {
            findings.push(Finding::Wrong(error.to_string()));
        } else if let Some(free) = free.filter(|free| *free < LITTLE) {
            let free = size(free);
            findings.push(Finding::Wrong(format!(
                "The disk of {shown} has only {free} left: free some space there."
            )));
        } else {
            let absent = if exists { "" } else { ", not made yet" };
            let free = free.map(|free| format!(", {} free", size(free))).unwrap_or_default();
            findings.push(Finding::Fine(format!("{name}: {shown}{absent}{free}")));
        }
    }
    if paths.data.starts_with(&paths.config) {
        findings.push(Finding::Note(
            "The data directory is inside the config directory: if that is synchronized, \
             leave the data directory out, or two computers take themselves for one."
                .to_owned(),
        ));
    }
    Section { title: "Directories", findings, data: data.into() }
}

pub(super) fn settings(paths: &Paths) -> Section {
    let path = paths.config.join("config.toml");
    let exists = path.exists();
    let warnings = Settings::read(&paths.config).warnings;
    let data = json!({
        "path": path.to_string_lossy(),
        "exists": exists,
        "warnings": warnings,
    });
    let findings = if !warnings.is_empty() {
        warnings.into_iter().map(Finding::Wrong).collect()
    } else if exists {
        vec![Finding::Fine(format!("{}: every setting is understood", path.display()))]
    } else {
        vec![Finding::Fine(format!("{}: not there, so the defaults hold", path.display()))]
    };
    Section { title: "Settings", findings, data }
}
