//! `dateline dirs`: where everything is kept.

use std::io::Write;

use serde_json::{Map, Value};

use super::{Common, Status, print_json};
use crate::text::sanitize::SafeText;

/// Print where settings and stories are kept
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(
    _arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let paths = common.paths()?;
    if common.json {
        let named = paths.named().map(|(name, path)| {
            let path = path.to_string_lossy().into_owned();
            (name.to_owned(), Value::from(path))
        });
        print_json(out, &Value::Object(Map::from_iter(named)))?;
        return Ok(Status::Done);
    }
    for (name, path) in paths.named() {
        writeln!(out, "{name:<7} {}", SafeText::line(&path.to_string_lossy()))?;
    }
    Ok(Status::Done)
}
