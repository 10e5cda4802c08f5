//! The README's tables are those of the program. `UPDATE=1` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dateline::command::{Command, KeyContext, Section};
use dateline::config::Config;
use dateline::config::keymap::Keymap;

/// The keys of the default keymap, by what they do.
fn keys() -> String {
    let (config, _) = Config::parse("");
    let (keymap, _) = Keymap::new(config.keys.preset, &config.keys.changes);
    let mut out = String::from("| keys | what they do | command |\n|---|---|---|\n");
    for section in Section::ALL {
        let _ = writeln!(out, "| **{}** | | |", section.title());
        for command in Command::ALL.iter().filter(|command| command.section() == section) {
            let mut names: Vec<String> = Vec::new();
            for context in [
                KeyContext::List,
                KeyContext::Article,
                KeyContext::Global,
                KeyContext::Sources,
                KeyContext::Popup,
            ] {
                for (keys, bound) in keymap.bindings(context) {
                    let name = format!("`{}`", keys.to_string().replace('|', "\\|"));
                    if bound == *command && !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
            let names = names.join(" ");
            let _ = writeln!(out, "| {names} | {} | `{}` |", command.help(), command.name());
        }
    }
    out
}

#[test]
fn the_key_table_is_that_of_the_default_keymap() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- keys -->\n").unwrap();
    let (table, after) = rest.split_once("<!-- /keys -->").unwrap();
    let wanted = keys();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{before}<!-- keys -->\n{wanted}<!-- /keys -->{after}")).unwrap();
        return;
    }
    assert_eq!(table, wanted, "the README is stale: UPDATE=1 cargo test readme writes it anew");
}
