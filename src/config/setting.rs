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

choices! {
    /// Which addresses of the reader's own machine and network may be fetched from.
    PrivateAddresses {
        /// Those that the reader subscribed to, and nothing that a feed leads to.
        Subscribed = "subscribed",
        /// All of them.
        Allow = "allow",
        /// None.
        Never = "never",
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
        self.argv_with(&[("{url}", url)])
    }

    /// The same with several things to fill in, each under a name in braces. If none of
    /// them is named, they are the last arguments, in their order.
    pub fn argv_with(&self, values: &[(&str, &str)]) -> Option<Vec<String>> {
        if self.0.is_empty() {
            return None;
        }
        let named = |part: &String| values.iter().any(|(name, _)| part.contains(name));
        let mut argv: Vec<String> = self.0.iter().map(|part| fill(part, values)).collect();
        if !self.0.iter().any(named) {
            argv.extend(values.iter().map(|(_, value)| (*value).to_owned()));
        }
        Some(argv)
    }
}

/// A word with its names in braces filled in. What is filled in is not looked at again.
fn fill(word: &str, values: &[(&str, &str)]) -> String {
    let next = values
        .iter()
        .filter_map(|(name, value)| Some((word.find(name)?, *name, *value)))
        .min_by_key(|(at, ..)| *at);
    let Some((at, name, value)) = next else { return word.to_owned() };
    let (before, after) = word.split_at(at);
    let rest = after.strip_prefix(name).unwrap_or_default();
    format!("{before}{value}{}", fill(rest, values))
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

/// How news are told outside of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notifier {
    Off,
    /// By the terminal, where it can (OSC 9).
    Terminal,
    /// By a program. `{title}` and `{body}` become what is told; where neither is named,
    /// both are its last arguments.
    Program(Program),
}

impl Setting for Notifier {
    fn read(value: &Value) -> Option<Self> {
        match value.text() {
            Some("off") => Some(Self::Off),
            Some("terminal") => Some(Self::Terminal),
            Some(_) | None => {
                let program = Program::read(value)?;
                (!program.0.is_empty()).then_some(Self::Program(program))
            }
        }
    }

    fn expected() -> String {
        "\"off\", \"terminal\", or a command such as \"notify-send {title} {body}\"".to_owned()
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
