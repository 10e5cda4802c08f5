//! `dateline show`: one article on standard output.

use std::io::Write;

use super::{Common, Status, print_json, target};
use crate::export::json;

/// Print one article
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A file, or - for standard input
    #[arg(value_name = "TARGET")]
    target: String,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let (_, (article, _)) = target::article(&arguments.target, None, None)?;
    if common.json {
        print_json(out, &json::article(&article, |_| None))?;
    } else {
        writeln!(out, "{}\n\n{}", article.title, article.plain_text())?;
    }
    Ok(Status::Done)
}
