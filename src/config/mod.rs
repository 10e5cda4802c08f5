//! What the reader set up: settings, keys, themes.
//!
//! `config.toml` may hold any of the settings, or none. Whatever is wrong in it is
//! a [`Warning`] with its line, and the default stays: a settings file never stops
//! the program. Nothing here reads a file or looks at the terminal.

mod file;
pub mod key;
pub mod keymap;
mod nearest;
mod setting;
pub mod starter;
pub mod subscriptions;
pub mod theme;

#[cfg(test)]
mod tests;

pub use setting::{
    Ascii, Ground, Notifier, PrivateAddresses, Program, RightToLeft, StartView, ThemeName,
};

use crate::warning::Warning;

use file::Section;
use keymap::{Binding, Preset};

/// `config.toml` with every setting documented, each at its default, each commented out.
pub const SAMPLE: &str = include_str!("../../assets/config.toml");

/// The narrowest and the widest text that can be asked for, in columns.
pub const MEASURE: std::ops::RangeInclusive<u16> = 40..=100;

/// Every setting. The sample file says what each is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub start_view: StartView,
    /// Fetch what is due when the program starts, and again while it is open.
    pub refresh_on_start: bool,
    pub reading: Reading,
    pub theme: ThemeChoice,
    pub screen: Screen,
    pub keys: Keys,
    pub programs: Programs,
    pub fetch: Fetch,
    /// `[notify]`: how the news of feeds and searches with `notify` are told.
    pub notifications: Notifier,
}

/// `[reading]`: how an article is set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "settings are on or off, each for itself")]
pub struct Reading {
    /// Columns of text, within [`MEASURE`].
    pub measure: u16,
    pub wrap_code: bool,
    pub link_numbers: bool,
    /// Only where the text is narrower than 56 columns.
    pub hyphenate: bool,
    /// A blank row between lines.
    pub airy: bool,
    pub mark_read_on_open: bool,
}

/// `[theme]`: which colors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeChoice {
    pub name: ThemeName,
    pub background: Ground,
}

/// `[screen]`: what the terminal is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "settings are on or off, each for itself")]
pub struct Screen {
    pub mouse: bool,
    /// Links that the terminal itself can open (OSC 8).
    pub hyperlinks: bool,
    pub accessible: bool,
    pub ascii: Ascii,
    pub right_to_left: RightToLeft,
    /// Cells of the characters that East Asian terminals draw wide: 1 or 2.
    pub ambiguous_width: u8,
    /// Name the story in the window's title.
    pub title: bool,
}

/// `[keys]`: a preset, and what to change in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    pub preset: Preset,
    pub changes: Vec<Binding>,
}

/// `[programs]`: what opens things.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Programs {
    pub browser: Program,
    pub player: Program,
}

/// `[fetch]`: what feeds may reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    pub private_addresses: PrivateAddresses,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            start_view: StartView::Front,
            refresh_on_start: true,
            reading: Reading {
                measure: 68,
                wrap_code: false,
                link_numbers: false,
                hyphenate: true,
                airy: false,
                mark_read_on_open: true,
            },
            theme: ThemeChoice { name: ThemeName::default(), background: Ground::Auto },
            screen: Screen {
                mouse: false,
                hyperlinks: true,
                accessible: false,
                ascii: Ascii::Auto,
                right_to_left: RightToLeft::Auto,
                ambiguous_width: 1,
                title: true,
            },
            keys: Keys::default(),
            programs: Programs::default(),
            fetch: Fetch { private_addresses: PrivateAddresses::Subscribed },
            notifications: Notifier::Terminal,
        }
    }
}

impl Config {
    /// The settings of a file, and what was wrong in it, by line.
    pub fn parse(text: &str) -> (Self, Vec<Warning>) {
        let (config, _, warnings) = Self::read(text);
        (config, warnings)
    }

    /// The settings, the names of all that there are, and the warnings.
    fn read(text: &str) -> (Self, Vec<String>, Vec<Warning>) {
        let mut config = Self::default();
        let mut file = Section::parse(text);
        file.set("start_view", &mut config.start_view);
        file.set("refresh_on_start", &mut config.refresh_on_start);
        file.section("reading", |section| {
            let to = &mut config.reading;
            section.set_number("measure", &mut to.measure, MEASURE);
            section.set("wrap_code", &mut to.wrap_code);
            section.set("link_numbers", &mut to.link_numbers);
            section.set("hyphenate", &mut to.hyphenate);
            section.set("airy", &mut to.airy);
            section.set("mark_read_on_open", &mut to.mark_read_on_open);
        });
        file.section("theme", |section| {
            section.set("name", &mut config.theme.name);
            section.set("background", &mut config.theme.background);
        });
        file.section("screen", |section| {
            let to = &mut config.screen;
            section.set("mouse", &mut to.mouse);
            section.set("hyperlinks", &mut to.hyperlinks);
            section.set("accessible", &mut to.accessible);
            section.set("ascii", &mut to.ascii);
            section.set("right_to_left", &mut to.right_to_left);
            section.set_number("ambiguous_width", &mut to.ambiguous_width, 1..=2);
            section.set("title", &mut to.title);
        });
        file.section("keys", |section| {
            section.set("keymap", &mut config.keys.preset);
            config.keys.changes = keymap::read(section);
        });
        file.section("programs", |section| {
            section.set("browser", &mut config.programs.browser);
            section.set("player", &mut config.programs.player);
        });
        file.section("fetch", |section| {
            section.set("private_addresses", &mut config.fetch.private_addresses);
        });
        file.section("notify", |section| {
            section.set("notifications", &mut config.notifications);
        });
        let (names, warnings) = file.finish();
        (config, names, warnings)
    }
}
