//! What is said of refreshes: how far one is, what came of it, when the last one was.

use crate::command::{Command, FeedCommand};
use crate::text::number::{counted, grouped};
use crate::text::time;

use super::App;
use super::message::Refreshed;
use super::view::View;

impl App {
    /// What came of a refresh.
    pub(super) fn outcome(&self, result: Refreshed) -> String {
        let Refreshed { asked, failed, new, offline, stopped } = result;
        let feeds = counted(asked, "feed", "feeds");
        if offline {
            return self.offline();
        }
        if asked == 0 && !stopped {
            let all = self.hint(Command::Feeds(FeedCommand::RefreshAll));
            return format!("No feed is due yet; {all} asks all of them.");
        }
        let came = match new {
            0 if failed == asked => String::new(),
            0 => format!("Nothing new in {feeds}."),
            _ => format!("{} in {feeds}.", counted(new, "new story", "new stories")),
        };
        let went = match failed {
            0 => String::new(),
            _ if failed == asked => {
                let key = self.hint(Command::Feeds(FeedCommand::Health));
                format!("{feeds} could not be fetched; {key} on one says why.")
            }
            _ => {
                let sign = if self.display.accessible { "“failing”" } else { "!" };
                format!("{} could not be fetched; see {sign} in the sources.", grouped(failed))
            }
        };
        let stopped = if stopped { "Stopped." } else { "" };
        let parts = [stopped, &came, &went];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// What there is to read while nothing can be fetched.
    fn offline(&self) -> String {
        let counts = &self.sources.counts;
        let stored = counts.all.stories - counts.edition.stories.min(counts.all.stories);
        let stored = counted(stored, "story is", "stories are");
        let unread = self.sources.rows.iter().find(|row| row.view == View::All);
        let unread = unread.map_or(0, |row| row.count);
        format!("Offline. {stored} stored; {} unread.", grouped(unread))
    }

    /// What the status line says of feeds while there is nothing else to say.
    pub fn feed_news(&self) -> Option<String> {
        if let Some(visiting) = self.visiting() {
            return Some(visiting);
        }
        if let Some((done, total)) = self.news.progress {
            return Some(if total == 0 {
                "Fetching".to_owned()
            } else {
                format!("Fetching {done} of {total}")
            });
        }
        let waiting = self.news.waiting();
        if waiting > 0 {
            let key = self.hint(Command::Feeds(FeedCommand::ShowNew));
            return Some(format!("{} new  {key} show", grouped(waiting)));
        }
        if self.news.offline {
            return Some("Offline".to_owned());
        }
        Some(format!("Updated {}", time::clock(self.news.last?, &self.zone)))
    }

    /// When feeds were asked last in this run, as a sentence.
    pub(super) fn last_update(&self) -> Option<String> {
        Some(format!("Last updated {}", time::clock(self.news.last?, &self.zone)))
    }
}
