//! `dateline [TARGET]...`: the reader itself.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use super::{Common, Status, Usage, say, target};
use crate::runtime::gather::Target;
use crate::runtime::settings::Flags;
use crate::runtime::{self, NoTerminal, Options};

/// Opens the reader, on the targets if there are any.
pub(super) fn run(
    targets: &[OsString],
    accessible: bool,
    common: &Common,
) -> anyhow::Result<Status> {
    let paths = common.paths()?;
    let mut addresses = Vec::new();
    let mut named = Vec::new();
    for target in targets {
        match target::as_address(target) {
            Some(text) => addresses.push(target::address(text)?),
            None => named.push(parse(target)?),
        }
    }
    let flags = Flags { no_color: common.no_color, accessible };
    let outcome = match runtime::run(Options { paths, targets: named, addresses, flags }) {
        Err(error) if error.is::<NoTerminal>() => return Err(Usage(error.to_string()).into()),
        outcome => outcome?,
    };
    if outcome.troubles.is_empty() {
        return Ok(Status::Done);
    }
    // They were on the screen as well, but only for a while.
    outcome.troubles.into_iter().for_each(say);
    Ok(Status::Failed)
}

fn parse(name: &OsStr) -> Result<Target, Usage> {
    if name == "-" {
        if io::stdin().is_terminal() {
            let sentence = "- reads an article from standard input, and that is the terminal; \
                            send one there, as in: dateline - < story.txt";
            return Err(Usage(sentence.to_owned()));
        }
        return Ok(Target::Stream);
    }
    Ok(Target::Path(PathBuf::from(name)))
}
