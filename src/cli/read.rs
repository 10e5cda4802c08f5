//! `dateline [PATH]...`: the reader itself.

use super::{Common, Status};

/// Opens the reader, on the targets if there are any.
pub(super) fn run(_targets: &[String], _common: &Common) -> anyhow::Result<Status> {
    anyhow::bail!("the reader is not built yet; try dateline show PATH")
}
