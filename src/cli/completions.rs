//! `dateline completions` and `dateline man`: what shells and `man` want to know, made
//! from the definition of the arguments.

use std::io::Write;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Status;

/// Print the completions of a shell
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    shell: Shell,
}

/// Print the manual page
#[derive(Debug, clap::Args)]
pub(super) struct ManArguments {}

pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<Status> {
    // Made in memory first: the generator panics where its writer fails.
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "dateline", &mut script);
    out.write_all(&script)?;
    Ok(Status::Done)
}

pub(super) fn man(_arguments: &ManArguments, out: &mut impl Write) -> anyhow::Result<Status> {
    clap_mangen::Man::new(super::Arguments::command()).render(out)?;
    Ok(Status::Done)
}
