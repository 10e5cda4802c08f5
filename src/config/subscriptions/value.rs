//! The values of `feeds.toml` that other settings do not have.

use std::time::Duration;

use url::Url;

use crate::config::file::{Entry, Setting, Value};
use crate::text::sanitize::SafeText;

/// Text in one line that is not empty.
#[derive(Debug, Default)]
pub(super) struct Name(pub SafeText);

/// The address of a feed.
#[derive(Debug)]
pub(super) struct WebAddress(pub Url);

/// The address of a proxy.
#[derive(Debug)]
pub(super) struct Proxy(pub Url);

/// A program and its arguments.
#[derive(Debug)]
pub(super) struct Command(pub Vec<String>);

/// A folder, perhaps in folders.
#[derive(Debug)]
pub(super) struct Filed(pub SafeText);

#[derive(Debug, Default)]
pub(super) struct Tags(pub Vec<SafeText>);

#[derive(Debug)]
pub(super) struct Interval(pub Duration);

#[derive(Debug, Default)]
pub(super) struct Headers(pub Vec<(String, String)>);

/// What an import keeps of an outline.
#[derive(Debug, Default)]
pub(super) struct Attributes(pub Vec<(String, String)>);

impl Setting for Name {
    fn read(value: &Value) -> Option<Self> {
        let name = SafeText::title(value.text()?);
        (!name.is_empty()).then_some(Self(name))
    }

    fn expected() -> String {
        "text between quotation marks".to_owned()
    }
}

impl Setting for WebAddress {
    fn read(value: &Value) -> Option<Self> {
        let url = Url::parse(value.text()?.trim()).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(Self(url))
    }

    fn expected() -> String {
        "an address such as \"https://example.org/feed.xml\"".to_owned()
    }
}

impl Setting for Proxy {
    fn read(value: &Value) -> Option<Self> {
        let url = Url::parse(value.text()?.trim()).ok()?;
        let known = matches!(url.scheme(), "http" | "https" | "socks4" | "socks5" | "socks5h");
        (known && url.has_host()).then_some(Self(url))
    }

    fn expected() -> String {
        "an address such as \"socks5h://localhost:9050\" or \"http://proxy.example.org:3128\""
            .to_owned()
    }
}

impl Setting for Command {
    fn read(value: &Value) -> Option<Self> {
        let words: Vec<String> = match value {
            Value::List(words) => {
                words.iter().map(|word| word.text().map(str::to_owned)).collect::<Option<_>>()?
            }
            value => value.text()?.split_whitespace().map(str::to_owned).collect(),
        };
        // No program can be given a NUL.
        let sound = words.first().is_some_and(|program| !program.is_empty())
            && !words.iter().any(|word| word.contains('\0'));
        sound.then_some(Self(words))
    }

    fn expected() -> String {
        "a program and its arguments, such as [\"pass\", \"show\", \"news\"]".to_owned()
    }
}

impl Setting for Filed {
    fn read(value: &Value) -> Option<Self> {
        let parts = value.text()?.split('/').map(str::trim).filter(|part| !part.is_empty());
        let folder = SafeText::title(&parts.collect::<Vec<_>>().join("/"));
        (!folder.is_empty()).then_some(Self(folder))
    }

    fn expected() -> String {
        "the name of a folder, such as \"News\" or \"News/World\"".to_owned()
    }
}

impl Setting for Tags {
    fn read(value: &Value) -> Option<Self> {
        let tags: Vec<&str> = match value {
            Value::List(tags) => tags.iter().map(Value::text).collect::<Option<_>>()?,
            value => vec![value.text()?],
        };
        let mut found: Vec<SafeText> = Vec::new();
        for tag in tags.into_iter().map(SafeText::title) {
            if !tag.is_empty() && !found.contains(&tag) {
                found.push(tag);
            }
        }
        Some(Self(found))
    }

    fn expected() -> String {
        "a list of tags, such as [\"local\", \"morning\"]".to_owned()
    }
}

impl Setting for Interval {
    fn read(value: &Value) -> Option<Self> {
        let (number, minutes) = match value {
            Value::Number(number) => (u64::try_from(*number).ok()?, 1),
            value => {
                let text = value.text()?.trim();
                let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
                let (number, unit) = text.split_at_checked(digits)?;
                let minutes = match unit.trim() {
                    "" | "m" | "min" | "minutes" => 1,
                    "h" | "hours" => 60,
                    "d" | "days" => 24 * 60,
                    "w" | "weeks" => 7 * 24 * 60,
                    _ => return None,
                };
                (number.parse().ok()?, minutes)
            }
        };
        let minutes = number.checked_mul(minutes)?;
        let sound = (1..=MOST_MINUTES).contains(&minutes);
        sound.then(|| Self(Duration::from_secs(minutes * 60)))
    }

    fn expected() -> String {
        "a number of minutes, or a time such as \"30m\", \"6h\" or \"2d\"".to_owned()
    }
}

/// A year, beyond which `paused` is what is meant.
const MOST_MINUTES: u64 = 366 * 24 * 60;

impl Setting for Headers {
    fn read(value: &Value) -> Option<Self> {
        let pairs: Vec<(&str, &str)> = match value {
            Value::Table(entries) => {
                let pairs =
                    entries.iter().map(|entry| Some((entry.name.as_str(), entry.value.text()?)));
                pairs.collect::<Option<_>>()?
            }
            Value::List(lines) => {
                lines.iter().map(|line| line.text()?.split_once(':')).collect::<Option<_>>()?
            }
            Value::Text(_) | Value::Number(_) | Value::Truth(_) | Value::Other => return None,
        };
        let pairs = pairs.into_iter().map(|(name, value)| (name.trim(), value.trim()));
        // What is no header could become a second one, or a second request.
        let sound = |(name, value): (&str, &str)| {
            let sound =
                !name.is_empty() && name.bytes().all(is_token) && !value.contains(char::is_control);
            sound.then(|| (name.to_owned(), value.to_owned()))
        };
        pairs.map(sound).collect::<Option<_>>().map(Self)
    }

    fn expected() -> String {
        "a table of headers, such as { X-Api-Key = \"abc\" }".to_owned()
    }
}

impl Setting for Attributes {
    fn read(value: &Value) -> Option<Self> {
        let Value::Table(entries) = value else { return None };
        let text = |entry: &Entry| Some((entry.name.clone(), entry.value.text()?.to_owned()));
        entries.iter().map(text).collect::<Option<_>>().map(Self)
    }

    fn expected() -> String {
        "a table of texts, as an import writes it".to_owned()
    }
}

/// What names of headers are made of (RFC 9110, 5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
