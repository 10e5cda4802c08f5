//! A list of feeds becomes subscriptions.

use std::io::{self, IsTerminal as _, Write as _};

use super::Outcome;
use crate::cli::{Common, clock};
use crate::config::subscriptions::{Origin, SavedSearch, Subscription};
use crate::feeds::FeedsFile;
use crate::import::{NewSearch, Plan};
use crate::query::Query;
use crate::runtime::paths::Paths;
use crate::text::number::counted;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

/// Subscribes to what a list holds and is not there yet.
pub(super) fn import(plan: Plan, paths: &Paths, common: &Common) -> anyhow::Result<Outcome> {
    let Plan { feeds, searches, commands, mut warnings } = plan;
    let feeds: Vec<_> = feeds.into_iter().map(Subscription::from).collect();
    let commands: Vec<_> = commands.into_iter().map(Subscription::from).collect();
    let wanted = agree(&commands, common)?;
    let file = FeedsFile::new(&paths.config, &paths.data);
    // One change of the file, which is made whole or not at all.
    let ((added, added_commands, added_searches), _) = file.edit(clock(paths), |text| {
        let known = text.subscriptions().searches;
        let is_known = |new: &NewSearch| known.iter().any(|search| search.name == new.name);
        let new: Vec<_> = searches.into_iter().filter(|new| !is_known(new)).collect();
        let counts = (text.add(&feeds)?.len(), text.add(&wanted)?.len(), new.len());
        let new = new.into_iter().map(|NewSearch { name, query }| SavedSearch {
            name,
            query: Query::parse(&query),
            notify: false,
        });
        text.add_searches(&new.collect::<Vec<_>>())?;
        let (feeds, commands, searches) = counts;
        let what = match feeds + commands {
            0 => format!("Imported {}", counted(searches, "search", "searches")),
            1 => "Subscribed to a feed of a list".to_owned(),
            many => format!("Subscribed to {many} feeds of a list"),
        };
        Ok((counts, what))
    })?;
    let refused = commands.len() - wanted.len();
    if refused > 0 {
        let what = counted(refused, "command was", "commands were");
        warnings.push(Warning::new(format!(
            "{what} left out; import on a terminal to be asked, or write them into feeds.toml"
        )));
    }
    Ok(Outcome {
        feeds: added,
        known: feeds.len() - added + wanted.len() - added_commands,
        searches: added_searches,
        commands: added_commands,
        warnings,
        ..Outcome::default()
    })
}

/// The commands that the reader agrees to run at every refresh. Nobody but a person at a
/// terminal can agree.
fn agree(commands: &[Subscription], common: &Common) -> io::Result<Vec<Subscription>> {
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal() && !common.quiet;
    if !asks {
        return Ok(Vec::new());
    }
    let mut wanted = Vec::new();
    let mut err = io::stderr().lock();
    for command in commands {
        let Origin::Command(argv) = &command.origin else { continue };
        let words = SafeText::line(&argv.join(" "));
        writeln!(err, "This feed comes from a command, which would run at every refresh:")?;
        write!(err, "  {words}\nTake it? y or n: ")?;
        err.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        if matches!(answer.trim(), "y" | "Y" | "yes") {
            wanted.push(command.clone());
        }
    }
    Ok(wanted)
}
