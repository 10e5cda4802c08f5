//! The box that says how it stands with a feed, and what can be done about it.

use std::borrow::Cow;

use url::Url;

use crate::config::subscriptions::edit::FeedChange;
use crate::feed::health::Health;
use crate::story::SourceKey;
use crate::text::address::shown;
use crate::text::number::{counted, grouped};
use crate::text::time;

use super::App;
use super::effect::Effect;
use super::feeds::{FeedInfo, Which};
use super::popup::{Choice, FeedAction, Item, Popup};
use super::prompt::{Prompt, Purpose};

/// The facts that a low window does without, the first first. What is the matter stays.
const DISPENSABLE: [&str; 9] = [
    "Posts",
    "You read",
    "Folder",
    "Site",
    "Address",
    "Last answer",
    "Failed",
    "Last success",
    "Next check",
];

/// Cells of the longest name of a fact or an action.
const NAMES: u16 = 12;

impl App {
    /// Shows how it stands with a feed.
    pub(super) fn show_health(&mut self, key: &SourceKey) {
        let Some(feed) = self.feeds.get(key) else { return };
        let facts = self.facts(feed);
        let cells = usize::from(self.popup_cells().saturating_sub(NAMES + 8).clamp(12, 60));
        let mut facts: Vec<(&str, Vec<Item>)> = facts
            .into_iter()
            .map(|(name, fact)| {
                let names = std::iter::once(name).chain(std::iter::repeat(""));
                let lines = textwrap::wrap(&fact, cells);
                let lines = lines.iter().zip(names);
                let item = |(line, name): (&Cow<'_, str>, &str)| {
                    Item::new(name, "", Choice::Fact).saying(line)
                };
                (name, lines.map(item).collect())
            })
            .collect();
        // What does not fit above the first thing that can be done would be out of sight.
        let room = self.popup_height().saturating_sub(1);
        for name in DISPENSABLE {
            if facts.iter().map(|(_, lines)| lines.len()).sum::<usize>() <= room {
                break;
            }
            facts.retain(|(fact, _)| *fact != name);
        }
        let mut items: Vec<Item> = facts.into_iter().flat_map(|(_, lines)| lines).collect();
        // Where there is room, what is known stands apart from what can be done.
        let actions = actions(feed);
        if !self.display.accessible && items.len() + actions.len() < self.popup_height() {
            items.push(Item::new("", "", Choice::Fact));
        }
        items.extend(actions.into_iter().map(|(name, action, about)| {
            Item::new(name, "", Choice::Feed(key.clone(), action)).saying(&about)
        }));
        let mut popup = Popup::new(&feed.source.name, "j/k move · Enter do it · Esc close", items);
        popup.about = Some(key.clone());
        self.popup = Some(popup);
        self.show_popup_cursor();
    }

    /// Makes the box anew where it is open, as something else is known now.
    pub(super) fn show_health_again(&mut self) {
        let Some(popup) = &self.popup else { return };
        let Some(key) = popup.about.clone() else { return };
        let action = popup.chosen().map(|item| item.text.clone());
        if self.feeds.get(&key).is_none() {
            self.popup = None;
            return;
        }
        self.show_health(&key);
        if let Some(popup) = self.popup.take() {
            let at = popup.items.iter().position(|item| Some(&item.text) == action.as_ref());
            self.popup = Some(match at {
                Some(at) => popup.at(at),
                None => popup,
            });
            self.show_popup_cursor();
        }
    }

    /// What is known of a feed, each with its name.
    fn facts(&self, feed: &FeedInfo) -> Vec<(&'static str, String)> {
        let health = &*feed.health;
        let at = |when| {
            let age = time::age(self.now, when, &self.zone);
            format!("{} · {age}", time::stamp(when, &self.zone))
        };
        let mut facts = vec![("Address", feed.url.to_string())];
        facts.extend(health.site.as_ref().map(|site| ("Site", shown(site).into_string())));
        facts.extend(feed.folder.as_ref().map(|folder| ("Folder", folder.to_string())));
        facts.extend(health.error.as_ref().map(|error| ("Error", error.to_string())));
        if health.failures > 0 {
            let times = counted(health.failures as usize, "time", "times");
            let since = if health.succeeded.is_some() { " since it was last fetched" } else { "" };
            facts.push(("Failed", format!("{times}{since}")));
        }
        facts.push(("Last success", health.succeeded.map_or_else(|| "never".to_owned(), at)));
        facts.push(("Last answer", answer(health, at)));
        facts.push(("Next check", self.next_check(feed)));
        if let Some((to, times)) = moved(feed) {
            let times = counted(*times as usize, "time", "times");
            facts.push(("Moved to", format!("{} · it has said so {times}", shown(to))));
        }
        facts.push(("Posts", posts(health)));
        facts.push(("You read", self.share_read(&feed.source.key)));
        facts.extend(health.warning.as_ref().map(|warning| ("Warning", warning.to_string())));
        facts
    }

    fn next_check(&self, feed: &FeedInfo) -> String {
        let health = &*feed.health;
        if feed.paused {
            return "none, it is paused".to_owned();
        }
        if health.gone {
            return "none, its server says that it is gone for good".to_owned();
        }
        match health.next_check {
            Some(next) if next > self.now => {
                let today = time::day_of(next, &self.zone) == time::day_of(self.now, &self.zone);
                let stamp = if today { time::clock } else { time::stamp };
                format!("not before {}", stamp(next, &self.zone))
            }
            Some(_) | None => "with the next refresh".to_owned(),
        }
    }

    /// How much of a feed the reader reads.
    fn share_read(&self, key: &SourceKey) -> String {
        let number = self.catalog.source(key);
        let count = number.map(|number| self.sources.counts.source(number)).unwrap_or_default();
        if count.stories == 0 {
            return "nothing yet, none of its stories is here".to_owned();
        }
        let read = count.stories.saturating_sub(count.unread);
        let percent = read * 100 / count.stories;
        format!("{} of {} · {percent}%", grouped(read), counted(count.stories, "story", "stories"))
    }

    /// Does what was chosen in the box.
    pub(super) fn act(&mut self, key: SourceKey, action: FeedAction, effects: &mut Vec<Effect>) {
        let Some(feed) = self.feeds.get(&key) else { return };
        match action {
            FeedAction::Retry => self.refresh(Which::Feeds(vec![key]), true, effects),
            FeedAction::Pause => self.toggle_paused(&key, effects),
            FeedAction::AcceptMove => {
                if let Some((to, _)) = feed.health.moved.clone() {
                    self.edit_feed(&key, FeedChange::Address(to), effects);
                }
            }
            FeedAction::FindAgain => {
                if let Some(place) = place_to_look(feed) {
                    self.look_for(place.as_str(), Some(key), effects);
                }
            }
            FeedAction::Replace => {
                let url = feed.url.to_string();
                self.prompt = Some(Prompt::new(Purpose::Address(key), &url));
            }
            FeedAction::Rename => self.ask_for_name(key),
            FeedAction::Move => self.ask_for_folder(key),
            FeedAction::Hide => {
                let change = FeedChange::Hidden(!feed.hidden);
                self.edit_feed(&key, change, effects);
            }
            FeedAction::Notify => {
                let change = FeedChange::Notify(!feed.notify);
                self.edit_feed(&key, change, effects);
            }
            FeedAction::Unsubscribe => self.unsubscribe(key, effects),
        }
    }
}

/// What the server answered last.
fn answer(health: &Health, at: impl Fn(jiff::Timestamp) -> String) -> String {
    let when = health.checked.map(at);
    match (health.status, when) {
        (Some(status), Some(when)) => format!("{status}{} · {when}", meaning(status)),
        (Some(status), None) => format!("{status}{}", meaning(status)),
        (None, Some(when)) => format!("none · asked {when}"),
        (None, None) => "not asked yet".to_owned(),
    }
}

/// What the commonest answers of servers mean (RFC 9110).
fn meaning(status: u16) -> &'static str {
    match status {
        200 => " OK",
        301 | 302 | 307 | 308 => " moved",
        304 => " nothing new",
        401 => " asks for a name and a password",
        403 => " not allowed",
        404 => " not found",
        410 => " gone for good",
        429 => " too many requests",
        500..=599 => " the server has a fault",
        _ => "",
    }
}

/// How often a feed posts.
fn posts(health: &Health) -> String {
    let entries = counted(health.entries as usize, "story", "stories");
    let often = match health.per_week {
        None => return format!("{entries} in the feed"),
        Some(rate) if rate >= 0.95 => format!("about {rate:.0} a week"),
        Some(rate) if rate >= 0.2 => format!("about {:.0} a month", rate * 4.35),
        Some(_) => "less than one a month".to_owned(),
    };
    format!("{often} · {entries} in the feed")
}

/// Where a feed has moved to, if that is not taken for its address yet.
fn moved(feed: &FeedInfo) -> Option<&(Url, u32)> {
    feed.health.moved.as_ref().filter(|(to, _)| *shown(to) != *feed.url)
}

/// Where to look for a feed again: at its site, else at the root of its address.
fn place_to_look(feed: &FeedInfo) -> Option<Url> {
    feed.health.site.clone().or_else(|| Url::parse(&feed.url).ok()?.join("/").ok())
}

/// What can be done with a feed: its name, and what it means.
fn actions(feed: &FeedInfo) -> Vec<(&'static str, FeedAction, String)> {
    let is_address = Url::parse(&feed.url).is_ok_and(|url| url.has_host());
    let mut actions = vec![("Try again", FeedAction::Retry, "ask for it now".to_owned())];
    if let Some(to) = feed.health.new_address().filter(|_| moved(feed).is_some()) {
        actions.push((
            "Accept move",
            FeedAction::AcceptMove,
            format!("fetch it from {}", shown(to)),
        ));
    }
    let pause = if feed.paused {
        ("Resume", FeedAction::Pause, "fetch it again")
    } else {
        ("Pause", FeedAction::Pause, "do not fetch it until you resume it")
    };
    let mut more = vec![pause];
    if is_address {
        more.push(("Find again", FeedAction::FindAgain, "look at its site for its feed"));
        more.push(("New address", FeedAction::Replace, "marks and stories stay"));
    }
    more.push(("Rename", FeedAction::Rename, "call it what you like"));
    more.push(("Move", FeedAction::Move, "put it into a folder"));
    more.push(if feed.hidden {
        ("Show", FeedAction::Hide, "list its stories among all")
    } else {
        ("Hide", FeedAction::Hide, "keep its stories out of all stories")
    });
    more.push(if feed.notify {
        ("Be silent", FeedAction::Notify, "do not tell of its new stories")
    } else {
        ("Notify", FeedAction::Notify, "tell of its new stories")
    });
    more.push(("Unsubscribe", FeedAction::Unsubscribe, "its stories stay stored; U takes it back"));
    actions.extend(more.into_iter().map(|(name, action, about)| (name, action, about.to_owned())));
    actions
}
