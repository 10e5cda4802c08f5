//! What the terminal can show, as its environment says. None of it is wrong: it explains.

use std::io::{self, IsTerminal as _};

use serde_json::json;

use super::{Finding, Section};
use crate::config::theme::ColorDepth;
use crate::runtime::capabilities::Capabilities;
use crate::runtime::terminal;

pub(super) fn look(env: &impl Fn(&str) -> Option<String>) -> Section {
    let present = io::stdout().is_terminal();
    let size = terminal::size();
    let mut section = describe(env, present.then_some((size.width, size.height)));
    if !present {
        section.findings.push(Finding::Note("the output goes to no terminal now".to_owned()));
    }
    section
}

fn describe(env: &impl Fn(&str) -> Option<String>, size: Option<(u16, u16)>) -> Section {
    let known = Capabilities::of(env);
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    let (depth, colors) = match known.depth {
        ColorDepth::None => ("none", "no colors"),
        ColorDepth::Ansi16 => ("16", "16 colors"),
        ColorDepth::Ansi256 => ("256", "256 colors"),
        ColorDepth::True => ("24 bit", "all colors"),
    };
    let signs = if known.ascii { "plain signs" } else { "UTF-8" };
    let term = set("TERM");
    let name = term.as_deref().unwrap_or("TERM is not set");
    let cells = size.map(|(width, height)| format!(", {width}×{height}")).unwrap_or_default();
    let mut findings = vec![Finding::Fine(format!("{name}{cells}, {colors}, {signs}"))];

    let no_color = set("NO_COLOR").is_some();
    if no_color {
        findings.push(Finding::Note("NO_COLOR is set; unset it to have colors".to_owned()));
    } else if known.depth == ColorDepth::Ansi16 {
        findings.push(Finding::Note(
            "if the terminal shows more than 16 colors, set COLORTERM to truecolor".to_owned(),
        ));
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| set(name));
    if known.ascii {
        findings.push(Finding::Note(
            "the locale is not UTF-8; set LANG to one that ends in .UTF-8 to have all letters"
                .to_owned(),
        ));
    }
    let data = json!({
        "term": term,
        "colorterm": set("COLORTERM"),
        "no_color": no_color,
        "colors": depth,
        "locale": locale,
        "utf8": !known.ascii,
        "width": size.map(|(width, _)| width),
        "height": size.map(|(_, height)| height),
    });
    Section { title: "Terminal", findings, data }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_explains_what_is_shown() {
        type Env = &'static [(&'static str, &'static str)];
        let cases: [(Env, &str, usize); 3] = [
            (&[("TERM", "xterm-256color")], "xterm-256color, 80×24, 256 colors, UTF-8", 0),
            (
                &[("TERM", "xterm"), ("LANG", "C"), ("NO_COLOR", "1")],
                "xterm, 80×24, no colors, plain signs",
                2,
            ),
            (&[], "TERM is not set, 80×24, 16 colors, UTF-8", 1),
        ];
        for (env, expected, notes) in cases {
            let env = |name: &str| {
                env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            };
            let section = describe(&env, Some((80, 24)));
            assert_eq!(section.findings.first(), Some(&Finding::Fine(expected.to_owned())));
            assert_eq!(section.findings.len() - 1, notes, "{expected}");
        }
    }
}
