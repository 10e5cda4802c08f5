//! What the reader set up, read from the configuration directory and made ready.
//!
//! Nothing that is wrong there stops the program: it becomes a sentence that names the
//! file and the line.

use std::io;
use std::path::Path;

use crate::config::keymap::Keymap;
use crate::config::theme::{Background, ColorDepth, Display, Theme};
use crate::config::{Ascii, Config, Ground, RightToLeft};
use crate::text::system::reason;
use crate::warning::Warning;

use super::capabilities::Capabilities;
use super::terminal::ScreenOptions;

/// Everything that is made of `config.toml` and of the reader's own themes.
#[derive(Debug)]
pub struct Settings {
    pub config: Config,
    pub keymap: Keymap,
    /// The theme that was chosen, and its name.
    pub theme: (String, Theme),
    /// What was wrong, as sentences.
    pub warnings: Vec<String>,
}

impl Settings {
    /// Reads the settings. A file that is not there is no warning.
    pub fn read(folder: &Path) -> Self {
        let mut warnings = Vec::new();
        let path = folder.join("config.toml");
        let mut complain = |path: &Path, found: Vec<Warning>| {
            let name = path.display();
            warnings.extend(found.into_iter().map(|warning| format!("{name}: {warning}")));
        };
        let text = match read(&path) {
            Ok(text) => text.unwrap_or_default(),
            Err(sentence) => {
                complain(&path, vec![Warning::new(sentence)]);
                String::new()
            }
        };
        let (config, found) = Config::parse(&text);
        complain(&path, found);
        let (keymap, found) = Keymap::new(config.keys.preset, &config.keys.changes);
        complain(&path, found);

        let chosen = config.theme.name.as_str();
        let file = folder.join("themes").join(format!("{chosen}.toml"));
        let own = match read(&file) {
            Ok(own) => own,
            Err(sentence) => {
                complain(&file, vec![Warning::new(sentence)]);
                None
            }
        };
        let (theme, found) = Theme::named(chosen, own.as_deref());
        complain(if own.is_some() { &file } else { &path }, found);
        let theme = (chosen.to_owned(), theme);
        Self { config, keymap, theme, warnings }
    }

    /// What the terminal is to show, as the reader and the terminal have it.
    pub fn display(&self, capabilities: Capabilities, flags: Flags) -> Display {
        let config = &self.config;
        Display {
            depth: if flags.no_color { ColorDepth::None } else { capabilities.depth },
            background: match config.theme.background {
                Ground::Auto => capabilities.background,
                Ground::Light => Background::Light,
                Ground::Dark => Background::Dark,
            },
            accessible: config.screen.accessible || flags.accessible,
        }
    }

    /// What the screen is to do beside showing cells.
    pub fn screen(&self, capabilities: Capabilities) -> ScreenOptions {
        let screen = &self.config.screen;
        ScreenOptions { mouse: screen.mouse, hyperlinks: screen.hyperlinks, capabilities }
    }

    /// Whether the program puts right-to-left text in order, rather than the terminal.
    pub fn reorders(&self, capabilities: Capabilities) -> bool {
        match self.config.screen.right_to_left {
            RightToLeft::Auto => capabilities.keeps_cells,
            RightToLeft::Terminal => false,
            RightToLeft::Program => true,
        }
    }

    /// Whether signs are drawn in ASCII.
    pub fn ascii(&self, capabilities: Capabilities) -> bool {
        match self.config.screen.ascii {
            // Where ambiguous characters are two cells wide, the signs would be too.
            Ascii::Auto => capabilities.ascii || self.config.screen.ambiguous_width > 1,
            Ascii::Always => true,
            Ascii::Never => false,
        }
    }
}

/// What the call said about the screen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flags {
    pub no_color: bool,
    pub accessible: bool,
}

/// The text of a file, if there is one. The error is a sentence without the file's name.
fn read(path: &Path) -> Result<Option<String>, String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(None),
            io::ErrorKind::InvalidData => {
                Err("the file is not UTF-8, so nothing in it counts".to_owned())
            }
            _ => Err(format!(
                "the file cannot be read ({}), so nothing in it counts",
                reason(&error)
            )),
        },
    }
}
