//! The door: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::runtime::crash::install_hook();
    dateline::journal::ignore_file_size_signal();
    dateline::cli::run(std::env::args_os())
}
