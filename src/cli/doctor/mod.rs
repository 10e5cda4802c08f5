//! `dateline doctor`: whether all is well with directories, settings, feeds, reading state,
//! bookmarked articles and the terminal; and if not, what to do.
//!
//! It looks, and changes nothing.
#![expect(clippy::disallowed_methods, reason = "the doctor looks at the environment")]

mod feeds;
mod files;
mod marks;
mod terminal;

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::{Common, Status, print_json};
use crate::journal::Journal;
use crate::journal::saved::Saved;
use crate::text::sanitize::SafeText;

/// Look for what is wrong with settings and with what is kept
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

/// One field of examination.
#[derive(Debug)]
struct Section {
    title: &'static str,
    findings: Vec<Finding>,
    /// The same as data, under the title in lower case.
    data: Value,
}

/// A sentence about what was found.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    Fine(String),
    /// Nothing is wrong, but it may explain something.
    Note(String),
    /// It says what to do.
    Wrong(String),
}

pub(super) fn run(
    _arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let paths = common.paths()?;
    let (journals, loaded) = Journal::look(&paths.config, &paths.data);
    let saved = Saved::new(&paths.config, &paths.data).list();
    let env = |name: &str| std::env::var(name).ok();
    let [feeds, library] = feeds::look(&paths);
    let sections = [
        files::directories(&paths),
        files::settings(&paths),
        feeds,
        library,
        marks::journals(&journals, &loaded),
        marks::bookmarks(&loaded.state, saved),
        terminal::look(&env),
    ];
    if common.json {
        print_json(out, &as_json(&sections))?;
    } else {
        print(out, &sections)?;
    }
    Ok(if wrong(&sections).next().is_none() { Status::Done } else { Status::Failed })
}

/// Everything that is wrong.
fn wrong(sections: &[Section]) -> impl Iterator<Item = &str> {
    sections.iter().flat_map(|section| &section.findings).filter_map(|finding| match finding {
        Finding::Wrong(text) => Some(text.as_str()),
        Finding::Fine(_) | Finding::Note(_) => None,
    })
}

fn as_json(sections: &[Section]) -> Value {
    let mut report = Map::new();
    let wrong: Vec<&str> = wrong(sections).collect();
    report.insert("ok".to_owned(), wrong.is_empty().into());
    report.insert("wrong".to_owned(), wrong.into());
    for section in sections {
        report.insert(section.title.to_lowercase(), section.data.clone());
    }
    Value::Object(report)
}

fn print(out: &mut impl Write, sections: &[Section]) -> io::Result<()> {
    for section in sections {
        writeln!(out, "{}", section.title)?;
        for finding in &section.findings {
            let (sign, text) = match finding {
                Finding::Fine(text) => (' ', text),
                Finding::Note(text) => ('-', text),
                Finding::Wrong(text) => ('!', text),
            };
            // File names are words of others, too.
            writeln!(out, "  {sign} {}", SafeText::line(text))?;
        }
        writeln!(out)?;
    }
    match wrong(sections).count() {
        0 => writeln!(out, "Nothing is wrong."),
        1 => writeln!(out, "One thing is wrong; it is marked with !."),
        count => writeln!(out, "{count} things are wrong; each is marked with !."),
    }
}

/// Bytes for people, in powers of 1000.
#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
fn size(bytes: u64) -> String {
    let mut rest = bytes as f64;
    for unit in ["bytes", "kB", "MB", "GB"] {
        if rest < 1_000.0 {
            let digits = usize::from(rest < 10.0 && unit != "bytes");
            return format!("{rest:.digits$} {unit}");
        }
        rest /= 1_000.0;
    }
    format!("{rest:.0} TB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_digits_at_most() {
        let cases = [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_000, "1.0 kB"),
            (81_234, "81 kB"),
            (1_500_000, "1.5 MB"),
            (61_200_000_000, "61 GB"),
            (5_000_000_000_000, "5 TB"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(size(bytes), expected);
        }
    }

    #[test]
    fn a_file_name_cannot_write_on_the_terminal() {
        let section = Section {
            title: "Directories",
            findings: vec![Finding::Note("a\u{1b}[31m\nb".to_owned())],
            data: Value::Null,
        };
        let mut out = Vec::new();
        print(&mut out, &[section]).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out, "Directories\n  - a[31m b\n\nNothing is wrong.\n");
    }
}
