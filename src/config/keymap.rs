//! `Keymap`: which keys ask for which command, where.
//!
//! A keymap is a preset, and what the reader changed in it. In every place (the
//! list, the article, …) the keys of that place come first, then the global ones.
//!
//! No key that is bound begins a longer sequence that is bound, so that no timer
//! is needed to tell them apart. Where two overlap, one goes: the reader's own
//! binding hides the preset's, the nearer place hides the global one, and of two
//! in the same table the shorter stays and the longer is a [`Warning`].
//! What to do with keys that mean nothing, and with counts, is the app's business.

use crate::command::{AppCommand, Command, FeedCommand, KeyContext, ListCommand};
use crate::config::file::{Section, Setting, Value};
use crate::config::key::{Key, KeySequence};
use crate::config::nearest;
use crate::config::setting::one_of;
use crate::warning::Warning;

/// A keymap that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// As it is written in `config.toml`.
    pub name: &'static str,
    toml: &'static str,
}

/// The keymaps to choose from; the first is that of a first start.
pub const PRESETS: &[Preset] = &[
    DEFAULT,
    Preset { name: "vim", toml: include_str!("../../assets/keymaps/vim.toml") },
    Preset { name: "newsboat", toml: include_str!("../../assets/keymaps/newsboat.toml") },
];

const DEFAULT: Preset =
    Preset { name: "default", toml: include_str!("../../assets/keymaps/default.toml") };

impl Default for Preset {
    fn default() -> Self {
        DEFAULT
    }
}

impl Setting for Preset {
    fn read(value: &Value) -> Option<Self> {
        PRESETS.iter().copied().find(|preset| Some(preset.name) == value.text())
    }

    fn expected() -> String {
        one_of(&PRESETS.iter().map(|preset| preset.name).collect::<Vec<_>>())
    }
}

/// Commands that no preset gives a key: the palette is how they are asked for.
pub const PALETTE_ONLY: &[Command] = &[
    Command::App(AppCommand::NextTheme),
    Command::List(ListCommand::MarkAboveRead),
    Command::Feeds(FeedCommand::Import),
    Command::Feeds(FeedCommand::RefreshAll),
    Command::Feeds(FeedCommand::StopRefresh),
];

/// A key sequence and what it asks for in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub context: KeyContext,
    pub keys: KeySequence,
    /// Nothing: the keys mean nothing there, not even what they mean globally.
    pub command: Option<Command>,
    /// Where it was written, counted from 1.
    pub line: usize,
}

/// What the keys pressed so far come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// They ask for this.
    Command(Command),
    /// They begin a longer sequence.
    Wait,
    /// They mean nothing here.
    None,
}

/// The keys of every place, with the global ones that answer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// In the order of [`KeyContext::ALL`].
    tables: Vec<(KeyContext, Vec<(KeySequence, Command)>)>,
}

impl Default for Keymap {
    /// The preset `default`, unchanged.
    fn default() -> Self {
        Self::new(DEFAULT, &[]).0
    }
}

impl Keymap {
    /// A preset with changes, and which of those can never answer.
    pub fn new(preset: Preset, changes: &[Binding]) -> (Self, Vec<Warning>) {
        let (preset, mut warnings) = parse(preset.toml);
        let tables = KeyContext::ALL
            .iter()
            .map(|context| {
                let mut table = own(*context, changes, &mut warnings);
                under(&mut table, own(*context, &preset, &mut warnings));
                (*context, table)
            })
            .collect();
        (Self::flatten(tables), warnings)
    }

    /// Every place with the global bindings that nothing there hides, and without
    /// those that mean nothing.
    fn flatten(tables: Vec<(KeyContext, Table)>) -> Self {
        let global = tables
            .iter()
            .find(|(context, _)| *context == KeyContext::Global)
            .map(|(_, table)| table.clone())
            .unwrap_or_default();
        let tables = tables
            .into_iter()
            .map(|(context, mut table)| {
                if context != KeyContext::Global {
                    under(&mut table, global.clone());
                }
                let bound = table.into_iter().filter_map(|(keys, to)| Some((keys, to?))).collect();
                (context, bound)
            })
            .collect();
        Self { tables }
    }

    fn table(&self, context: KeyContext) -> &[(KeySequence, Command)] {
        self.tables.iter().find(|(of, _)| *of == context).map_or(&[], |(_, table)| table)
    }

    /// What keys pressed one after the other ask for in a place.
    pub fn lookup(&self, context: KeyContext, pressed: &[Key]) -> Lookup {
        let mut begun = false;
        for (keys, command) in self.table(context) {
            if keys.keys() == pressed {
                return Lookup::Command(*command);
            }
            begun |= keys.keys().starts_with(pressed);
        }
        if begun { Lookup::Wait } else { Lookup::None }
    }

    /// The keys to name in a hint: the shortest, and of those the first.
    pub fn keys(&self, context: KeyContext, command: Command) -> Option<&KeySequence> {
        self.bindings(context)
            .filter(|(_, bound)| *bound == command)
            .map(|(keys, _)| keys)
            .min_by_key(|keys| keys.keys().len())
    }

    /// All that answers in a place: the reader's own, the place's, then the global ones.
    pub fn bindings(&self, context: KeyContext) -> impl Iterator<Item = (&KeySequence, Command)> {
        self.table(context).iter().map(|(keys, command)| (keys, *command))
    }
}

type Table = Vec<(KeySequence, Option<Command>)>;

/// The bindings of one place in the order written, without those that overlap another.
fn own(context: KeyContext, bindings: &[Binding], warnings: &mut Vec<Warning>) -> Table {
    let here: Vec<_> = bindings.iter().filter(|binding| binding.context == context).collect();
    let mut table = Table::new();
    for binding in &here {
        let shorter = here.iter().find(|other| {
            other.command.is_some()
                && other.keys != binding.keys
                && binding.keys.keys().starts_with(other.keys.keys())
        });
        if let Some(shorter) = shorter {
            warnings.push(Warning::at(
                binding.line,
                format!(
                    "{} can never be pressed, because {} is bound too and answers at once; unbind one of them",
                    binding.keys, shorter.keys
                ),
            ));
            continue;
        }
        // The same keys in another spelling: the last one counts.
        if let Some(before) = table.iter().position(|(keys, _)| *keys == binding.keys) {
            warnings.push(Warning::at(
                binding.line,
                format!(
                    "{} is bound twice in [keys.{}]; this one counts",
                    binding.keys,
                    context.name()
                ),
            ));
            table.remove(before);
        }
        table.push((binding.keys.clone(), binding.command));
    }
    table
}

/// Adds what the upper bindings leave free. Keys that were unbound hide those alone,
/// not the longer sequences that they begin.
fn under(upper: &mut Table, lower: Table) {
    let hiding = upper.len();
    for (keys, command) in lower {
        let hidden = upper
            .iter()
            .take(hiding)
            .any(|(above, to)| if to.is_some() { above.overlaps(&keys) } else { *above == keys });
        if !hidden {
            upper.push((keys, command));
        }
    }
}

/// The tables of a preset.
fn parse(text: &str) -> (Vec<Binding>, Vec<Warning>) {
    let mut root = Section::parse(text);
    let bindings = read(&mut root);
    (bindings, root.finish().1)
}

/// Reads the tables of places out of a preset or out of `[keys]`.
pub(super) fn read(section: &mut Section) -> Vec<Binding> {
    let mut bindings = Vec::new();
    for context in KeyContext::ALL {
        section.section(context.name(), |table| {
            for entry in table.rest() {
                match binding(&entry.name, entry.value.text()) {
                    Ok((keys, command)) => {
                        bindings.push(Binding { context, keys, command, line: entry.line });
                    }
                    Err(message) => table.warn(entry.line, message),
                }
            }
        });
    }
    bindings
}

fn binding(keys: &str, command: Option<&str>) -> Result<(KeySequence, Option<Command>), String> {
    let keys = keys.parse::<KeySequence>().map_err(|bad| bad.to_string())?;
    let Some(name) = command else {
        return Err(format!("{keys} takes the name of a command in quotes, or \"none\""));
    };
    if name == "none" {
        return Ok((keys, None));
    }
    let command = name.parse().map_err(|_| {
        let names = Command::ALL.iter().map(|command| command.name()).chain(["none"]);
        format!("there is no command {name:?}{}", nearest::hint(name, names))
    })?;
    Ok((keys, Some(command)))
}
