//! The values that settings can have, apart from true, false and numbers.

use crate::config::file::{Setting, Value};

macro_rules! choices {
    ($(#[doc = $about:literal])* $type:ident { $($(#[doc = $doc:literal])* $variant:ident = $name:literal,)* }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type {
            $($(#[doc = $doc])* $variant,)*
        }

        impl $type {
            /// Every choice, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As it is written in `config.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }

        impl Setting for $type {
            fn read(value: &Value) -> Option<Self> {
                let name = value.text()?;
                Self::ALL.iter().copied().find(|choice| choice.name() == name)
            }

            fn expected() -> String {
                one_of(&[$($name,)*])
            }
        }
    };
}

choices! {
    /// What the list shows when the program starts.
    StartView {
        /// The front page: the newest of every source.
        Front = "front",
        /// Every story.
        All = "all",
        /// Those that were not read.
        Unread = "unread",
        /// Those with a bookmark.
        Saved = "saved",
        /// Those that were begun.
        Continue = "continue",
    }
}

choices! {
    /// What is behind the text, where the reader says so.
    Ground {
        /// As the terminal answers when it is asked.
        Auto = "auto",
        Light = "light",
        Dark = "dark",
    }
}

choices! {
    /// Who puts right-to-left text in order.
    RightToLeft {
        /// The terminal, unless it is known to draw every cell where it is put.
        Auto = "auto",
        Terminal = "terminal",
        Program = "program",
    }
}

/// Whether marks and lines are drawn in ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ascii {
    /// Where the locale is not UTF-8, or the terminal is the Linux console.
    Auto,
    Always,
    Never,
}

impl Setting for Ascii {
    fn read(value: &Value) -> Option<Self> {
        if value.text() == Some("auto") {
            return Some(Self::Auto);
        }
        bool::read(value).map(|always| if always { Self::Always } else { Self::Never })
    }

    fn expected() -> String {
        "true, false or \"auto\"".to_owned()
    }
}

/// A program and its arguments; empty: whatever the system opens things with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Program(Vec<String>);

impl Program {
    /// The arguments to start it with. Each `{url}` becomes the address, within its
    /// argument; where there is none, the address is the last argument. No shell
    /// sees it. Nothing where no program is set.
    pub fn argv(&self, url: &str) -> Option<Vec<String>> {
        if self.0.is_empty() {
            return None;
        }
        let mut argv: Vec<_> = self.0.iter().map(|part| part.replace("{url}", url)).collect();
        if !self.0.iter().any(|part| part.contains("{url}")) {
            argv.push(url.to_owned());
        }
        Some(argv)
    }
}

impl Setting for Program {
    fn read(value: &Value) -> Option<Self> {
        if let Value::List(parts) = value {
            let parts = parts.iter().map(|part| part.text().map(str::to_owned));
            return parts.collect::<Option<_>>().map(Self);
        }
        let words = value.text()?.split_whitespace();
        Some(Self(words.map(str::to_owned).collect()))
    }

    fn expected() -> String {
        "a command such as \"firefox {url}\", or a list of its words".to_owned()
    }
}

/// The name of a theme: one that is built in, or a file `NAME.toml` of the reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeName(String);

impl ThemeName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ThemeName {
    fn default() -> Self {
        Self("terminal".to_owned())
    }
}

impl Setting for ThemeName {
    fn read(value: &Value) -> Option<Self> {
        let name = value.text()?;
        // It becomes a file name, so nothing that could lead out of the folder.
        let sound = name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        (sound && !name.is_empty()).then(|| Self(name.to_owned()))
    }

    fn expected() -> String {
        "the name of a theme, in letters, digits, - and _".to_owned()
    }
}

/// The names as a phrase: `"a", "b" or "c"`.
pub(super) fn one_of(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("{name:?}")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} or {last}", first.join(", ")),
        None => String::new(),
    }
}
