//! The door: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::runtime::crash::install_hook();
    dateline::cli::run(std::env::args_os())
}
