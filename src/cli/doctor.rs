//! `dateline doctor`: not built yet; a slot.

use std::io::Write;

use super::{Common, Status};

/// Look for what is wrong with settings and with what is kept
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(
    _arguments: &Arguments,
    _common: &Common,
    _out: &mut impl Write,
) -> anyhow::Result<Status> {
    anyhow::bail!("doctor is not built yet")
}
