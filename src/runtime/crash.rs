//! What happens when the program itself makes a mistake: the terminal is given back,
//! the reader is told in a sentence, and a report is kept in a file.
//!
//! A mistake on a worker's thread ends only its job; it leaves a report and no words.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::Timestamp;

use super::{terminal, workers};
use crate::journal::make_dir;
use crate::text::sanitize::SafeText;

/// Where reports are kept. The hook has no other way to know.
static REPORTS: OnceLock<PathBuf> = OnceLock::new();

/// Must be the first thing that the program does.
pub fn install_hook() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("?");
        let report = REPORTS.get().and_then(|folder| write_report(folder, name, panic).ok());
        if name.starts_with(workers::THREAD_NAME) {
            return;
        }
        terminal::restore();
        // A panic may quote what it stumbled over.
        let why = SafeText::line(&what(panic));
        let mut words = format!("dateline: a mistake in the program ended it: {why}\n");
        if let Some(path) = report {
            let path = SafeText::line(&path.to_string_lossy());
            let _ = writeln!(words, "What is known of it is in {path}");
        }
        let _ = io::stderr().write_all(words.as_bytes());
    }));
}

/// Keeps the reports of this run in a directory, which is made when the first is written.
pub fn keep_reports_in(folder: &Path) {
    let _ = REPORTS.set(folder.to_owned());
}

/// What was panicked with, and where.
fn what(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let message = payload.downcast_ref::<&str>().copied();
    let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = message.unwrap_or("no message");
    match panic.location() {
        Some(location) => format!("{message} ({}:{})", location.file(), location.line()),
        None => message.to_owned(),
    }
}

fn write_report(folder: &Path, thread: &str, panic: &PanicHookInfo<'_>) -> io::Result<PathBuf> {
    make_dir(folder).map_err(io::Error::other)?;
    let now = Timestamp::now();
    let path = folder.join(format!("crash-{}.txt", now.strftime("%Y%m%dT%H%M%S%.6fZ")));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    let (version, system) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    writeln!(file, "dateline {version} on {system}, thread {thread}, {now}\n{}\n", what(panic))?;
    writeln!(file, "{}", Backtrace::force_capture())?;
    Ok(path)
}
