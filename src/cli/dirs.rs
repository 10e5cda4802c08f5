//! `dateline dirs`: not built yet; a slot.

use std::io::Write;

use super::{Common, Status};

/// Print where settings and stories are kept
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(
    _arguments: &Arguments,
    _common: &Common,
    _out: &mut impl Write,
) -> anyhow::Result<Status> {
    anyhow::bail!("dirs is not built yet")
}
