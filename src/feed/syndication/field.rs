//! What each element of a feed and of an entry adds to what is known of it.

use jiff::civil::Weekday;
use url::Url;

use super::capture::{Capture, line};
use super::draft::Body;
use super::names::{Field, File, Root, Source};
use super::scope::Scope;
use super::{Mapper, Place};
use crate::feed::address::{is_web, resolve};
use crate::feed::xml::attribute;
use crate::feed::{Enclosure, MAX_AUTHORS, date, entity, markup};
use crate::text::cut::beginning;
use crate::text::sanitize::SafeText;

/// Bytes of a description that are kept.
const MAX_DESCRIPTION: usize = 4000;

/// Bytes of an id that are kept.
const MAX_ID: usize = 4000;

impl<'a> Mapper<'a> {
    /// The outermost elements: which format it is.
    pub(super) fn root(&mut self, root: Root, attributes: &'a str, scope: Scope<'a>) {
        if self.feed.language.is_none() {
            self.feed.language = scope.language.map(SafeText::title);
        }
        if !self.feed.format.is_empty() {
            return;
        }
        let version = attribute(attributes, "version").unwrap_or_default().trim();
        self.feed.format = match root {
            Root::Rdf if attributes.contains("/rdf/simple/0.9") => "RSS 0.90",
            Root::Rdf => "RSS 1.0",
            Root::Atom if version == "0.3" || attributes.contains("purl.org/atom/ns") => "Atom 0.3",
            Root::Atom => "Atom 1.0",
            Root::Rss | Root::Channel => match version {
                "0.91" => "RSS 0.91",
                "0.92" => "RSS 0.92",
                "0.93" => "RSS 0.93",
                "0.94" => "RSS 0.94",
                _ if version.starts_with('2') => "RSS 2.0",
                _ => "RSS",
            },
        };
    }

    /// Where addresses of an element begin: `xml:base`, else the feed's site, else the feed.
    fn base(&self, scope: Scope<'a>) -> Option<&Url> {
        let site = self.feed.link.as_ref();
        self.scopes.base(scope).or(site).or(self.scopes.document())
    }

    /// An address that may be opened or fetched.
    fn address(&self, scope: Scope<'a>, written: &str) -> Option<Url> {
        resolve(self.base(scope), written).filter(is_web)
    }

    /// The link elements of Atom, which also stand in RSS.
    pub(super) fn link(&mut self, attributes: &'a str, scope: Scope<'a>) {
        let href = attribute(attributes, "href").unwrap_or_default();
        let Some(url) = self.address(scope, href) else { return };
        let relation = attribute(attributes, "rel").unwrap_or("alternate").trim();
        let relation = relation.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let media = attribute(attributes, "type").unwrap_or_default().trim();
        let place = self.place();
        let Some(draft) = self.draft.as_mut().filter(|_| place == Place::Entry) else {
            match relation.as_str() {
                _ if place != Place::Feed => {}
                "alternate" | "" if !is_feed_type(media) => {
                    self.feed.link = self.feed.link.take().or(Some(url));
                }
                "self" => self.feed.self_link = self.feed.self_link.take().or(Some(url)),
                _ => {}
            }
            return;
        };
        match relation.as_str() {
            "alternate" | "" if media.is_empty() || media.contains("html") => {
                draft.link.offer(5, Some(url));
            }
            "alternate" => draft.link.offer(4, Some(url)),
            "enclosure" => {
                draft.link.offer(1, Some(url.clone()));
                draft.enclosure(enclosure(url, attributes));
            }
            "replies" if media.is_empty() || media.contains("html") => {
                draft.comments = draft.comments.take().or(Some(url));
            }
            "via" | "related" | "self" => draft.link.offer(2, Some(url)),
            _ => {}
        }
    }

    /// Files beside the text.
    pub(super) fn file(&mut self, file: File, attributes: &'a str, scope: Scope<'a>) {
        let address = attribute(attributes, "url").or_else(|| attribute(attributes, "href"));
        let url = address.and_then(|address| self.address(scope, address));
        let (Some(url), Some(draft)) = (url, self.draft.as_mut()) else { return };
        let media = attribute(attributes, "type").unwrap_or_default();
        let medium = attribute(attributes, "medium").unwrap_or_default();
        match file {
            File::Thumbnail => draft.image.offer(1, Some(url)),
            File::Media if medium == "image" || media.starts_with("image/") => {
                draft.image.offer(2, Some(url));
            }
            // Nothing plays it any more.
            File::Media if media == "application/x-shockwave-flash" => {}
            File::Media if media.is_empty() && medium.is_empty() => draft.image.offer(0, Some(url)),
            File::Media | File::Enclosure => {
                if media.starts_with("image/") {
                    draft.image.offer(1, Some(url.clone()));
                }
                draft.enclosure(enclosure(url, attributes));
            }
        }
    }

    pub(super) fn finish_person(&mut self) {
        let Some(person) = self.person.take() else { return };
        let name = person.name.or(person.email).unwrap_or_else(|| name(&person.text));
        if let Some(draft) = &mut self.draft {
            draft.author(Source::Other, name);
        } else {
            self.author(name);
        }
    }

    /// An author of the feed. In RSS that is whoever to write to, not who wrote.
    fn author(&mut self, name: SafeText) {
        let atom = self.feed.format.starts_with("Atom");
        let room = self.authors.len() < MAX_AUTHORS;
        if atom && room && !name.is_empty() && !self.authors.contains(&name) {
            self.authors.push(name);
        }
    }

    /// An element's text is complete.
    pub(super) fn finish_capture(&mut self) {
        let Some(capture) = self.capture.take() else { return };
        let place = self.place();
        match place {
            Place::Person => self.person_field(capture),
            Place::Entry => self.entry_field(capture),
            Place::Feed => self.feed_field(capture),
            Place::Nowhere => {}
        }
    }

    fn person_field(&mut self, capture: Capture<'a>) {
        let field = capture.field;
        let (text, form) = capture.finish();
        let text = SafeText::title(&line(&text, form));
        let Some(person) = self.person.as_mut().filter(|_| !text.is_empty()) else { return };
        if field == Field::Name {
            person.name = Some(text);
        } else if field == Field::Email {
            person.email = Some(text);
        }
    }

    fn feed_field(&mut self, capture: Capture<'a>) {
        let (field, scope) = (capture.field, capture.scope);
        let (text, form) = capture.finish();
        let text = text.trim();
        match field {
            Field::Title(source) => {
                if source == Source::Own || self.feed.title.is_empty() {
                    self.feed.title = SafeText::title(&line(text, form));
                }
            }
            Field::Link => {
                self.feed.link = self.feed.link.take().or_else(|| self.address(scope, text));
            }
            Field::Summary(source) => {
                let text = line(beginning(text, MAX_DESCRIPTION), form).into_owned();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let better = source == Source::Own || self.feed.description.is_empty();
                if better && !text.is_empty() {
                    self.feed.description = SafeText::line(&text);
                }
            }
            Field::Language => {
                let language = Some(SafeText::title(text)).filter(|language| !language.is_empty());
                self.feed.language = language.or(self.feed.language.take());
            }
            Field::Author(source) => {
                if source == Source::Own {
                    self.author(name(text));
                }
            }
            Field::Ttl | Field::UpdatePeriod | Field::UpdateFrequency => {
                self.interval(field, text);
            }
            Field::SkipHour => {
                // 24 is the midnight that other feeds call 0.
                let hour = text.parse().ok().filter(|hour: &u8| *hour <= 24).map(|hour| hour % 24);
                add(&mut self.feed.schedule.skip_hours, hour);
            }
            Field::SkipDay => add(&mut self.feed.schedule.skip_days, weekday(text)),
            Field::Id
            | Field::Published(_)
            | Field::Updated(_)
            | Field::Dated
            | Field::Body(_)
            | Field::Name
            | Field::Email
            | Field::Category
            | Field::Keywords
            | Field::Comments
            | Field::OriginalLink => {}
        }
    }

    fn interval(&mut self, field: Field, text: &str) {
        if field == Field::Ttl {
            self.feed.schedule.interval = text.parse().ok().filter(|ttl| *ttl > 0);
        } else if field == Field::UpdatePeriod {
            self.period = period(text);
        } else {
            self.frequency = text.parse().ok();
        }
    }

    fn entry_field(&mut self, capture: Capture<'a>) {
        let (field, attributes, scope) = (capture.field, capture.attributes, capture.scope);
        let (text, form) = capture.finish();
        let trimmed = text.trim();
        let is_address =
            matches!(field, Field::Link | Field::Id | Field::OriginalLink | Field::Comments);
        let address = is_address.then(|| self.address(scope, trimmed)).flatten();
        let is_body = matches!(field, Field::Summary(_) | Field::Body(_));
        let base = is_body.then(|| self.scopes.base(scope).cloned()).flatten();
        let Some(draft) = &mut self.draft else { return };
        match field {
            Field::Title(source) => {
                let title = SafeText::title(&line(trimmed, form));
                draft.title.offer(source as u8, Some(title).filter(|title| !title.is_empty()));
            }
            Field::Link => draft.link.offer(4, address),
            Field::OriginalLink => draft.link.offer(9, address),
            Field::Comments => draft.comments = address.or(draft.comments.take()),
            Field::Id => {
                if trimmed.is_empty() {
                    return;
                }
                draft.id = Some(beginning(trimmed, MAX_ID).to_owned());
                let permanent = attribute(attributes, "isPermaLink")
                    .is_none_or(|value| !value.eq_ignore_ascii_case("false"));
                let absolute = trimmed.starts_with("http");
                draft.link.offer(3, address.filter(|_| permanent && absolute));
            }
            Field::Published(source) => {
                draft.published.replace(source as u8, date::parse(trimmed));
            }
            Field::Updated(source) => draft.updated.replace(source as u8, date::parse(trimmed)),
            Field::Dated => draft.dated = date::parse(trimmed).or(draft.dated),
            Field::Summary(source) => draft.summary(1 + source as u8, Body { text, form, base }),
            Field::Body(source) => {
                if let Some(language) = scope.language {
                    draft.language = Some(SafeText::title(language));
                }
                draft.body(5 + source as u8, Body { text, form, base });
            }
            Field::Author(source) => draft.author(source, name(trimmed)),
            Field::Category => match category(attributes, trimmed) {
                Some(term) => draft.tag(&entity::decode(term)),
                None => draft.tag(&line(trimmed, form)),
            },
            Field::Keywords => {
                line(trimmed, form).split(',').for_each(|word| draft.tag(word));
            }
            Field::Language => {
                let language = Some(SafeText::title(trimmed)).filter(|text| !text.is_empty());
                draft.language = language.or(draft.language.take());
            }
            Field::Name
            | Field::Email
            | Field::Ttl
            | Field::UpdatePeriod
            | Field::UpdateFrequency
            | Field::SkipHour
            | Field::SkipDay => {}
        }
    }
}

/// The attribute that names a category, unless its text does. A term is short, but where
/// it is an address its label is for people.
fn category<'a>(attributes: &'a str, text: &str) -> Option<&'a str> {
    let filled = |name| attribute(attributes, name).filter(|value| !value.trim().is_empty());
    let term = filled("term").or_else(|| filled("text"));
    match term.filter(|term| !term.contains("://")) {
        Some(term) => Some(term),
        None if text.is_empty() => filled("label").or(term),
        None => None,
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: Option<T>) {
    if let Some(value) = value.filter(|value| !list.contains(value)) {
        list.push(value);
    }
}

fn is_feed_type(media: &str) -> bool {
    media.contains("rss") || media.contains("atom") || media.contains("feed")
}

fn enclosure(url: Url, attributes: &str) -> Enclosure {
    let length = attribute(attributes, "length").or_else(|| attribute(attributes, "fileSize"));
    let media = attribute(attributes, "type").map(str::trim).filter(|media| !media.is_empty());
    Enclosure {
        url,
        media: media.map(SafeText::title),
        length: length.and_then(|length| length.trim().parse().ok()).filter(|length| *length > 0),
    }
}

/// A person's name in a text: `desk@example.org (The Desk)`, `The Desk <desk@example.org>`.
fn name(text: &str) -> SafeText {
    let text = markup::text_of_either(text.trim());
    let text = text.trim();
    let name = match (text.split_once('('), text.split_once('<')) {
        (Some((before, inside)), _) if before.contains('@') => {
            let inside = inside.rsplit_once(')').map_or(inside, |(inside, _)| inside);
            if inside.trim().is_empty() { before } else { inside }
        }
        (_, Some((before, inside))) if inside.contains('@') && !before.trim().is_empty() => before,
        _ => text,
    };
    SafeText::title(name)
}

/// Minutes of a `sy:updatePeriod`.
fn period(text: &str) -> Option<u32> {
    Some(match text.to_ascii_lowercase().as_str() {
        "hourly" => 60,
        "daily" => 24 * 60,
        "weekly" => 7 * 24 * 60,
        "monthly" => 30 * 24 * 60,
        "yearly" => 365 * 24 * 60,
        _ => return None,
    })
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.get(..3)?.to_ascii_lowercase().as_str() {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}
