//! Finding the feeds of what a reader typed: an address of a feed, of a page, or of a site.
//!
//! A feed is taken as it is. A page is searched for the feeds that it names and for those
//! that a site of its kind is known to have; where there are none, the usual places of the
//! site are tried. Every candidate is fetched, so what is offered is a feed and has its
//! own title. `feed::discover` knows where to look; nothing here subscribes to anything.

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::AtomicBool;

use url::Url;

use crate::extract::Hints;
use crate::feed::discover::{addresses, asked, on_page, usual_places};
use crate::feed::known::known_form;
use crate::feed::{self, Feed, candidate};
use crate::net::{Answer, MAX_FEED, Net, Request, Settings};
use crate::text::address::{shown, with_credentials_of};
use crate::text::sanitize::SafeText;

/// A feed that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub url: Url,
    /// The feed's own, else that of the page, else its host.
    pub title: SafeText,
    /// As people call its format: `RSS 2.0`, `Atom 1.0`, …
    pub kind: SafeText,
}

/// No feed was found. As a sentence it says what was tried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct NotFound {
    /// What the reader typed.
    pub asked: SafeText,
    /// Why what was typed is no feed.
    pub reason: SafeText,
    /// Every address that was asked, in this order.
    pub tried: Vec<SafeText>,
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no feed was found at {}: {}", self.asked, self.reason.trim_end_matches('.'))?;
        if let [only] = &*self.tried
            && *only == self.asked
        {
            return Ok(());
        }
        // The server is named once: most of what is tried are usual places on it.
        let mut server = "";
        for (index, tried) in self.tried.iter().enumerate() {
            f.write_str(if index == 0 { "; tried " } else { ", " })?;
            let path = tried.strip_prefix(server).filter(|path| path.starts_with('/'));
            f.write_str(path.filter(|_| !server.is_empty()).unwrap_or(tried))?;
            server = tried.find("://").map_or("", |at| {
                let host = tried.get(at + 3..).unwrap_or_default();
                let end = host.find('/').map_or(tried.len(), |end| at + 3 + end);
                tried.get(..end).unwrap_or_default()
            });
        }
        Ok(())
    }
}

/// Candidates that are asked for at most, of one page.
const MOST: usize = 12;

/// Looks for the feeds of what was typed, the likeliest first.
pub fn find(
    text: &str,
    settings: &Settings,
    stop: &AtomicBool,
) -> Result<Vec<Candidate>, NotFound> {
    let mut tried = Vec::new();
    let found = Net::new(settings.clone())
        .map_err(|error| error.to_string())
        .and_then(|net| Search { net, stop, tried: &mut tried }.run(text));
    found.map_err(|reason| NotFound {
        asked: asked(text),
        reason: SafeText::title(&reason),
        tried: tried.iter().map(shown).collect(),
    })
}

/// A search that goes on.
struct Search<'a> {
    net: Net,
    stop: &'a AtomicBool,
    tried: &'a mut Vec<Url>,
}

impl Search<'_> {
    /// The feeds, or why what was typed is none.
    fn run(&mut self, text: &str) -> Result<Vec<Candidate>, String> {
        let mut reason = "this is no address; give one such as example.org".to_owned();
        for url in addresses(text) {
            self.tried.push(url.clone());
            match self.net.fetch(&Request::feed(url.clone())) {
                Ok(answer) => return self.at(&url, answer),
                // A server that is there may have its feeds elsewhere.
                Err(error) if error.status().is_some() => {
                    return self.elsewhere(&url, &url, known(&url), error.to_string());
                }
                Err(error) => reason = error.to_string(),
            }
        }
        Err(reason)
    }

    /// The feeds of an address that was answered.
    fn at(&mut self, asked: &Url, answer: Answer) -> Result<Vec<Candidate>, String> {
        let Answer { url, headers, permanent, body, .. } = answer;
        let bytes = body.decode(MAX_FEED).map_err(|error| error.to_string())?;
        let content_type = headers.content_type;
        let hints = Hints { url: Some(url.clone()), content_type, ..Hints::default() };
        let no_feed = match feed::parse(&bytes, &hints) {
            Ok((feed, _)) => {
                let url = permanent.map_or_else(
                    || asked.clone(),
                    |permanent| with_credentials_of(permanent, asked),
                );
                return Ok(vec![candidate(url, &feed, None)]);
            }
            Err(error) => error,
        };
        let named = on_page(&bytes, &hints);
        drop(bytes);
        let wanted = known(&url).into_iter().chain(named.into_iter().map(Wanted::from));
        self.elsewhere(asked, &url, wanted.collect(), no_feed.to_string())
    }

    /// The feeds of a page that is none itself, for a `reason`: those that are named or known,
    /// else one in the usual places.
    fn elsewhere(
        &mut self,
        asked: &Url,
        page: &Url,
        wanted: Vec<Wanted>,
        reason: String,
    ) -> Result<Vec<Candidate>, String> {
        let mut found = self.verify(asked, wanted);
        if found.is_empty() {
            found = self.usual(page);
        }
        if found.is_empty() { Err(reason) } else { Ok(found) }
    }

    /// The first feed in the usual places of a site: the others are the same one, or its
    /// comments.
    fn usual(&mut self, url: &Url) -> Vec<Candidate> {
        let places = usual_places(url).into_iter().map(|url| Wanted { url, title: None });
        let mut found = self.verify(url, places.collect());
        found.truncate(1);
        found
    }

    /// Those that are feeds, in the same order, each feed once.
    fn verify(&mut self, asked: &Url, wanted: Vec<Wanted>) -> Vec<Candidate> {
        let mut seen: HashSet<Url> = self.tried.iter().cloned().collect();
        let wanted: Vec<Wanted> = wanted
            .into_iter()
            .filter(|wanted| seen.insert(wanted.url.clone()))
            .take(MOST)
            .collect();
        self.tried.extend(wanted.iter().map(|wanted| wanted.url.clone()));
        let jobs = wanted.iter().enumerate().map(|(at, wanted)| {
            // What a page names is not what the reader typed, but may be on the same server.
            (at, Request { origin: Some(asked.clone()), ..Request::feed(wanted.url.clone()) })
        });
        let mut found = Vec::new();
        self.net.run(jobs, self.stop, &mut |done| {
            if let (Ok(answer), Some(wanted)) = (done.result, wanted.get(done.job)) {
                found.extend(feed_of(answer).map(|(last, feed)| (done.job, last, wanted, feed)));
            }
        });
        found.sort_by_key(|(at, ..)| *at);
        let mut seen = HashSet::new();
        let new = found.into_iter().filter(|(_, last, _, feed)| {
            // Two addresses may lead to one feed, which then says which it is.
            seen.insert(feed.self_link.clone().unwrap_or_else(|| last.clone()))
        });
        new.map(|(_, _, wanted, feed)| candidate(wanted.url.clone(), &feed, wanted.title.as_ref()))
            .collect()
    }
}

/// An address that may be a feed.
struct Wanted {
    url: Url,
    /// What the page calls it.
    title: Option<SafeText>,
}

impl From<candidate::Candidate> for Wanted {
    fn from(candidate: candidate::Candidate) -> Self {
        Self { url: candidate.url, title: candidate.title }
    }
}

fn known(url: &Url) -> Vec<Wanted> {
    known_form(url).into_iter().map(Wanted::from).collect()
}

/// The feed of an answer, if it is one, and where it came from in the end.
fn feed_of(answer: Answer) -> Option<(Url, Feed)> {
    let content_type = answer.headers.content_type;
    let hints = Hints { url: Some(answer.url.clone()), content_type, ..Hints::default() };
    let bytes = answer.body.decode(MAX_FEED).ok()?;
    let (feed, _) = feed::parse(&bytes, &hints).ok()?;
    Some((answer.url, feed))
}

fn candidate(url: Url, feed: &Feed, named: Option<&SafeText>) -> Candidate {
    let own = Some(&feed.title).filter(|title| !title.is_empty());
    let title = own.or(named).cloned();
    let title = title.unwrap_or_else(|| SafeText::title(url.host_str().unwrap_or_default()));
    Candidate { title, kind: feed.format.into(), url }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_tried_is_told() {
        let not_found = NotFound {
            asked: "example.org".into(),
            reason: "this is a page that names no feed.".into(),
            tried: vec!["https://example.org/".into(), "https://example.org/feed".into()],
        };
        let sentence = "no feed was found at example.org: this is a page that names no feed; \
            tried https://example.org/, /feed";
        assert_eq!(not_found.to_string(), sentence);
        let asked = SafeText::title("http://example.org/feed");
        let reason = "example.org takes no connections.".into();
        let not_found = NotFound { tried: vec![asked.clone()], asked, reason };
        let sentence = "no feed was found at http://example.org/feed: \
            example.org takes no connections";
        assert_eq!(not_found.to_string(), sentence);
    }
}
