//! The command line: arguments in, exit status out.
//!
//! One file a subcommand; each calls transforms and ports directly, without threads and
//! without [`crate::app`]. What several subcommands share is here: the common flags,
//! standard output, and the rule that an error is one sentence.

mod add;
mod bookmarks;
mod completions;
mod dirs;
mod doctor;
mod export;
mod feeds;
mod import;
mod inspect;
mod json;
mod list;
mod mark;
mod named;
mod read;
mod refresh;
mod remove;
mod show;
mod stored;
mod stories;
mod target;
mod undo;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{StringValueParser, TypedValueParser as _};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use crate::journal::Journal;
use crate::reading::Clock;
use crate::runtime::paths::Paths;
use crate::story::StoryId;
use crate::text::address::without_passwords;
use crate::text::sanitize::SafeText;
use crate::text::system::reason;

/// A news reader for the terminal.
///
/// Opens the reader; with targets, on what is there.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Draw for a screen reader: one pane, no ornaments, a cursor that shows
    #[arg(long, hide_env = true, env = "DATELINE_ACCESSIBLE", value_parser = any_text())]
    accessible: bool,
    /// What to open: files, folders, addresses of pages or feeds, or - for standard input
    #[arg(value_name = "TARGET")]
    targets: Vec<OsString>,
    // Last, as what follows would stand under its heading.
    #[command(flatten)]
    common: Common,
}

/// What every subcommand understands.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Options of every call")]
struct Common {
    /// Where settings and what you read and saved are kept
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_CONFIG_DIR")]
    config_dir: Option<PathBuf>,
    /// Where stories are kept
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Print JSON: one object for one thing, a line each for lists
    #[arg(long, global = true)]
    json: bool,
    /// Print and draw without colors
    #[arg(long, global = true, env = "NO_COLOR", hide_env = true, value_parser = any_text())]
    no_color: bool,
    /// Print nothing but what was asked for, and errors
    #[arg(long, short, global = true)]
    quiet: bool,
}

impl Common {
    /// The directories, as the call, the environment or the system names them.
    fn paths(&self) -> anyhow::Result<Paths> {
        Ok(Paths::find(self.config_dir.as_deref(), self.data_dir.as_deref())?)
    }
}

/// By <https://no-color.org>, any text in the variable means yes, and an empty one no.
/// "false" is what clap passes for a flag that is not there.
fn any_text() -> impl clap::builder::TypedValueParser<Value = bool> {
    StringValueParser::new().map(|text| !text.is_empty() && text != "false")
}

#[derive(Debug, Subcommand)]
enum Command {
    Inspect(inspect::Arguments),
    Show(show::Arguments),
    Add(add::Arguments),
    Remove(remove::Arguments),
    Feeds(feeds::Arguments),
    Refresh(refresh::Arguments),
    List(list::Arguments),
    Mark(mark::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Doctor(doctor::Arguments),
    Dirs(dirs::Arguments),
    Undo(undo::Arguments),
    Completions(completions::Arguments),
    Man(completions::ManArguments),
}

/// How a call ended that did not fail as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Done,
    /// Some of what was asked failed, and was named on standard error.
    Failed,
    /// Nothing matched.
    Nothing,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::Failed => Self::from(1),
            Status::Nothing => Self::from(3),
        }
    }
}

/// The call was wrong. The sentence says what would be right.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Does what the arguments say. The first argument is the program's name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(args.into_iter().map(story_before_option)) {
        Ok(arguments) => arguments,
        Err(error) => return misread(&error),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let result = arguments.run(&mut out).and_then(|status| {
        out.flush()?;
        Ok(status)
    });
    match result {
        Ok(status) => status.into(),
        // Whoever read our output has what they wanted.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        // What else fails has a sentence of its own.
        Err(error) if error.is::<io::Error>() => {
            complain(&error.context("the output could not be written"));
            ExitCode::from(1)
        }
        Err(error) => {
            complain(&error);
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// The ids of some stories begin as options do. One is said as a query says it.
fn story_before_option(argument: OsString) -> OsString {
    let id = argument.to_str().filter(|text| text.starts_with('-'));
    match id.and_then(|text| text.parse::<StoryId>().ok()) {
        Some(id) => format!("story:{id}").into(),
        None => argument,
    }
}

/// Ends a call whose arguments were not understood, or which asked for help.
fn misread(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // Help and the version: clap knows how to print them, and a closed pipe is no error.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.render().to_string();
    let what = text.lines().next().unwrap_or_default();
    let what = what.strip_prefix("error: ").unwrap_or(what).trim_end_matches(':');
    // What is missing stands on a line of its own.
    let missing =
        text.lines().nth(1).filter(|_| error.kind() == ErrorKind::MissingRequiredArgument);
    let missing = missing.map(|line| format!(": {}", line.trim())).unwrap_or_default();
    let known = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            format!("; give one of {}", values.join(", "))
        }
        _ if error.kind() == ErrorKind::InvalidUtf8 => {
            "; only the names of files and folders may be other than UTF-8".to_owned()
        }
        _ => "; see dateline --help".to_owned(),
    };
    complain(&anyhow::anyhow!("{what}{missing}{known}"));
    ExitCode::from(2)
}

impl Arguments {
    fn run(self, out: &mut impl Write) -> anyhow::Result<Status> {
        let common = &self.common;
        match self.command {
            None => read::run(&self.targets, self.accessible, common),
            Some(_) if !self.targets.is_empty() => {
                let sentence = "a target stands before the subcommand; give one or the other";
                Err(Usage(sentence.to_owned()).into())
            }
            Some(Command::Inspect(arguments)) => inspect::run(&arguments, common, out),
            Some(Command::Show(arguments)) => show::run(&arguments, common, out),
            Some(Command::Add(arguments)) => add::run(&arguments, common, out),
            Some(Command::Remove(arguments)) => remove::run(&arguments, common, out),
            Some(Command::Feeds(arguments)) => feeds::run(&arguments, common, out),
            Some(Command::Refresh(arguments)) => refresh::run(&arguments, common, out),
            Some(Command::List(arguments)) => list::run(&arguments, common, out),
            Some(Command::Mark(arguments)) => mark::run(&arguments, common, out),
            Some(Command::Import(arguments)) => import::run(&arguments, common, out),
            Some(Command::Export(arguments)) => export::run(&arguments, common, out),
            Some(Command::Doctor(arguments)) => doctor::run(&arguments, common, out),
            Some(Command::Dirs(arguments)) => dirs::run(&arguments, common, out),
            Some(Command::Undo(arguments)) => undo::run(&arguments, common, out),
            Some(Command::Completions(arguments)) => completions::run(&arguments, out),
            Some(Command::Man(arguments)) => completions::man(&arguments, out),
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let cause = |error: &(dyn std::error::Error + 'static)| {
        let io = error.downcast_ref::<io::Error>().map(io::Error::kind);
        io == Some(io::ErrorKind::BrokenPipe)
    };
    error.chain().any(cause)
}

/// Says on standard error, in one line, what went wrong. If that stream is closed too,
/// nobody is left to tell.
fn complain(error: &anyhow::Error) {
    // It may name files, and their names are text from outside; so may be what was called.
    let sentence = SafeText::line(&without_passwords(&format!("dateline: {}", words(error))));
    let _ = writeln!(io::stderr(), "{sentence}");
}

/// An error and its causes, each said once: many say in their own words what caused them.
fn words(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let system = cause.downcast_ref::<io::Error>();
        let words = system.map_or_else(|| cause.to_string(), reason);
        if !text.contains(&words) {
            let colon = if text.is_empty() { "" } else { ": " };
            text.extend([colon, &words]);
        }
    }
    text
}

/// Says a sentence on standard error, where nothing has failed as a whole.
fn say(sentence: impl Into<String>) {
    complain(&anyhow::Error::msg(sentence.into()));
}

/// Prints one thing as one line of JSON.
fn print_json(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    let mut writer = serde_json::Serializer::with_formatter(&mut *out, json::Visible);
    value.serialize(&mut writer).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// The moment at which a subcommand does its work.
#[expect(clippy::disallowed_methods, reason = "a subcommand reads the clock once")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// A reading of the clock of the reading state, for a step in between its marks.
fn clock(paths: &Paths) -> Clock {
    Journal::look(&paths.config, &paths.data).1.state.tick(now())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_of_the_arguments_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_path_opens_the_reader_and_a_name_runs_a_subcommand() {
        let parse = |args: &str| Arguments::try_parse_from(args.split(' ')).unwrap();
        assert_eq!(parse("dateline story.txt -").targets, ["story.txt", "-"]);
        let inspect = parse("dateline --json inspect story.txt");
        assert!(inspect.common.json && inspect.targets.is_empty());
        assert!(matches!(inspect.command, Some(Command::Inspect(_))));
        assert!(parse("dateline inspect --json story.txt").common.json);
        assert!(parse("dateline dirs --no-color").common.no_color);
    }
}
