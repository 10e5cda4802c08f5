//! What the terminal can show, as far as its environment says. Nothing is asked of the
//! terminal itself: an answer may never come, and a reader would wait for it.

use crate::config::theme::{Background, ColorDepth};

/// What is known of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    pub depth: ColorDepth,
    pub background: Background,
    /// Only ASCII can be relied upon.
    pub ascii: bool,
    /// It draws every cell where it is put, also of text that is written right to left.
    pub keeps_cells: bool,
    /// It is a terminal emulator: it reads, or at least skips, sequences newer than the
    /// Linux console's.
    pub sequences: bool,
}

impl Capabilities {
    /// What the environment variables say.
    pub fn of(env: &impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| env(name).filter(|value| !value.is_empty());
        let term = value("TERM").unwrap_or_default();
        let console = matches!(term.as_str(), "linux" | "dumb" | "cons25" | "");
        Self {
            depth: depth(&value, &term),
            background: value("COLORFGBG").as_deref().map(background).unwrap_or_default(),
            ascii: term == "linux" || term == "dumb" || !is_utf8(&value),
            keeps_cells: keeps_cells(&value, &term),
            sequences: !console || cfg!(windows),
        }
    }
}

/// The terminals that are known to leave right-to-left text to the program. Those that
/// turn it themselves (VTE, Konsole, Terminal, mlterm) or shape it as a whole (kitty) do
/// not have it done twice.
fn keeps_cells(value: &impl Fn(&str) -> Option<String>, term: &str) -> bool {
    let knows = ["VTE_VERSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID"];
    if knows.iter().any(|name| value(name).is_some()) {
        return false;
    }
    let plain = ["XTERM_VERSION", "ALACRITTY_WINDOW_ID", "WT_SESSION"];
    plain.iter().any(|name| value(name).is_some())
        || ["linux", "foot", "alacritty", "st-", "rxvt"].iter().any(|name| term.starts_with(name))
}

fn depth(value: &impl Fn(&str) -> Option<String>, term: &str) -> ColorDepth {
    // no-color.org: present and not empty, whatever it says.
    if value("NO_COLOR").is_some() || term == "dumb" {
        return ColorDepth::None;
    }
    let true_color = value("COLORTERM").is_some_and(|v| v == "truecolor" || v == "24bit")
        || value("TERM_PROGRAM").is_some_and(|v| v == "iTerm.app" || v == "WezTerm")
        || ["kitty", "ghostty", "wezterm", "foot", "alacritty", "-direct"]
            .iter()
            .any(|name| term.contains(name))
        || value("WT_SESSION").is_some();
    if true_color {
        ColorDepth::True
    } else if term.contains("256color") {
        ColorDepth::Ansi256
    } else {
        ColorDepth::Ansi16
    }
}

/// `COLORFGBG` is "foreground;background", sometimes with something between, as numbers
/// of the 16 colors. rxvt began it; Konsole, iTerm2 and others set it too.
fn background(fg_bg: &str) -> Background {
    match fg_bg.rsplit(';').next().and_then(|number| number.parse::<u8>().ok()) {
        Some(0..=6 | 8) => Background::Dark,
        Some(7 | 9..=15) => Background::Light,
        Some(16..) | None => Background::Unknown,
    }
}

/// The locale's encoding, by POSIX precedence. Where no locale is set at all, other than
/// in a C locale that somebody chose, UTF-8 is what today's terminals speak.
fn is_utf8(value: &impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| value(name));
    locale.is_none_or(|locale| {
        let encoding = locale.to_ascii_lowercase().replace('-', "");
        encoding.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(env: &[(&str, &str)]) -> Capabilities {
        Capabilities::of(&|name| {
            env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn right_to_left_text_is_left_to_terminals_that_may_know_it() {
        let cases: &[(&[(&str, &str)], bool)] = &[
            (&[("TERM", "xterm-256color"), ("XTERM_VERSION", "XTerm(379)")], true),
            (&[("TERM", "foot")], true),
            (&[("TERM", "alacritty")], true),
            (&[("TERM", "xterm-256color")], false),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], false),
            (&[("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")], false),
        ];
        for (env, keeps) in cases {
            assert_eq!(of(env).keeps_cells, *keeps, "{env:?}");
        }
    }

    #[test]
    fn colors_are_those_that_the_environment_promises() {
        let cases: &[(&[(&str, &str)], ColorDepth)] = &[
            (&[("TERM", "xterm")], ColorDepth::Ansi16),
            (&[("TERM", "xterm-256color")], ColorDepth::Ansi256),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], ColorDepth::True),
            (&[("TERM", "xterm-kitty")], ColorDepth::True),
            (&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], ColorDepth::None),
            (&[("TERM", "xterm"), ("NO_COLOR", "")], ColorDepth::Ansi16),
            (&[("TERM", "dumb"), ("COLORTERM", "truecolor")], ColorDepth::None),
            (&[("TERM", "linux")], ColorDepth::Ansi16),
        ];
        for (env, expected) in cases {
            assert_eq!(of(env).depth, *expected, "{env:?}");
        }
    }

    #[test]
    fn letters_are_ascii_where_the_locale_is() {
        let cases: &[(&[(&str, &str)], bool)] = &[
            (&[("TERM", "xterm"), ("LANG", "C")], true),
            (&[("TERM", "xterm"), ("LANG", "C.UTF-8")], false),
            (&[("TERM", "xterm"), ("LANG", "de_DE.utf8")], false),
            (&[("TERM", "xterm"), ("LANG", "en_US.UTF-8"), ("LC_ALL", "POSIX")], true),
            (&[("TERM", "xterm"), ("LANG", "C"), ("LC_CTYPE", "en_US.UTF-8")], false),
            (&[("TERM", "xterm")], false),
            (&[("TERM", "linux"), ("LANG", "en_US.UTF-8")], true),
        ];
        for (env, expected) in cases {
            assert_eq!(of(env).ascii, *expected, "{env:?}");
        }
    }

    #[test]
    fn the_background_is_known_where_the_terminal_names_it() {
        let ground = |value| of(&[("TERM", "rxvt"), ("COLORFGBG", value)]).background;
        assert_eq!(ground("15;0"), Background::Dark);
        assert_eq!(ground("0;default;15"), Background::Light);
        assert_eq!(ground("default;default"), Background::Unknown);
        assert_eq!(of(&[("TERM", "rxvt")]).background, Background::Unknown);
    }

    #[test]
    fn a_console_gets_no_new_sequences() {
        assert!(of(&[("TERM", "tmux-256color")]).sequences);
        assert!(!of(&[("TERM", "linux")]).sequences);
        assert!(!of(&[("TERM", "dumb")]).sequences);
    }
}
