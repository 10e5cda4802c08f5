//! Where a page's feeds are: what the page itself names, what its address is known to
//! have, and the places that are worth a try.
//!
//! Pure: candidates only. Whether one of them is a feed is found by asking, which is
//! somebody else's.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use url::Url;

use super::candidate::{Candidate, Kind};
use super::known;
use crate::extract::Hints;
use crate::extract::decode::decode;
use crate::extract::html::links::{PageLink, links};
use crate::text::address::{shown, without_passwords};
use crate::text::sanitize::SafeText;

/// Feeds that are taken of one page.
const MAX_CANDIDATES: usize = 50;

/// Anchors that are taken for feeds of a page that names none.
const MAX_ANCHORS: usize = 10;

/// The feeds that a page names, the likeliest first.
///
/// What its `link` elements say is believed: `rel` with `alternate` or `feed`, and a media
/// type of feeds (RSS Advisory Board, RSS Autodiscovery; WHATWG HTML, 4.6.7.1). A page
/// without any has those of its canonical address, where that is of a known form, and what
/// its anchors seem to lead to.
pub fn on_page(bytes: &[u8], hints: &Hints) -> Vec<Candidate> {
    let Ok((html, _)) = decode(bytes, hints) else { return Vec::new() };
    let page = links(&html, hints.url.as_ref());
    let canonical = page.elements.iter().find(|link| says(&link.rel, "canonical"));
    let canonical = canonical.and_then(|link| resolve(page.base.as_ref(), &link.href));
    let base = page.base.as_ref().or(canonical.as_ref());
    let named = page.elements.iter().filter_map(|link| of_element(link, base));
    let mut named = unique(named, MAX_CANDIDATES);
    if named.is_empty() {
        let own = canonical.as_ref().or(hints.url.as_ref());
        let host = own.and_then(Url::host_str);
        let anchors = page.anchors.iter().filter_map(|link| of_anchor(link, base));
        let mut anchors = unique(anchors, MAX_ANCHORS);
        anchors.sort_by_key(|candidate| candidate.url.host_str() != host);
        let known = own.map(known::of_site).unwrap_or_default();
        named = unique(known.into_iter().chain(anchors), MAX_CANDIDATES);
    }
    named.sort_by_key(is_of_comments);
    named
}

/// The candidates without those of an address that came before.
fn unique(candidates: impl Iterator<Item = Candidate>, most: usize) -> Vec<Candidate> {
    let mut seen = HashSet::new();
    candidates.filter(|candidate| seen.insert(candidate.url.clone())).take(most).collect()
}

/// Whether a list of words, such as the value of `rel`, has a word.
fn says(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|said| said.eq_ignore_ascii_case(word))
}

/// A web address on a page, made absolute, without a fragment.
fn resolve(base: Option<&Url>, href: &str) -> Option<Url> {
    let href = plain_scheme(href.trim());
    let mut url = match base {
        Some(base) => base.join(&href).ok()?,
        None => Url::parse(&href).ok()?,
    };
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The feed that a `link` element names.
fn of_element(link: &PageLink, base: Option<&Url>) -> Option<Candidate> {
    let feed = says(&link.rel, "feed");
    if !feed && (!says(&link.rel, "alternate") || says(&link.rel, "stylesheet")) {
        return None;
    }
    let url = resolve(base, &link.href)?;
    let kind = match Media::of(&link.media) {
        Media::Feed(kind) => kind,
        // Sites also name the same page's data so; a feed's address says what it is.
        Media::Data => look(&url).or(feed.then_some(Kind::Unknown))?,
        Media::None if feed => look(&url).unwrap_or(Kind::Unknown),
        Media::None | Media::Other => return None,
    };
    Some(Candidate { url, title: title(&link.title), kind })
}

/// The feed that an anchor seems to lead to.
fn of_anchor(link: &PageLink, base: Option<&Url>) -> Option<Candidate> {
    let url = resolve(base, &link.href)?;
    let kind = match Media::of(&link.media) {
        Media::Feed(kind) => kind,
        Media::Other => return None,
        Media::Data | Media::None => {
            let named = FEED_WORDS.contains(&link.title.trim().to_lowercase().as_str());
            look(&url).or(named.then_some(Kind::Unknown))?
        }
    };
    // Another address in it: that of a service to which this one's feed is handed.
    let query = url.query().unwrap_or_default().to_ascii_lowercase();
    let handed = url.path().contains("://") || query.contains("://") || query.contains("%3a%2f%2f");
    let leads = base.is_none_or(|base| base != &url);
    (!handed && leads).then(|| Candidate { url, title: title(&link.title), kind })
}

fn title(text: &str) -> Option<SafeText> {
    Some(SafeText::title(text)).filter(|title| !title.is_empty())
}

/// What a media type says of being a feed.
enum Media {
    Feed(Kind),
    /// XML or JSON of some kind.
    Data,
    Other,
    None,
}

impl Media {
    /// Types as they occur: registered ones, older ones and misspelled ones, with parameters.
    fn of(written: &str) -> Self {
        let media = written.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (group, subtype) = media.split_once('/').unwrap_or(("", &media));
        let subtype = subtype.strip_prefix("x-").or(subtype.strip_prefix("x.")).unwrap_or(subtype);
        match (group, subtype) {
            ("", "") => Self::None,
            (
                "application" | "text" | "",
                "rss+xml" | "rss" | "rss-xml" | "rdf+xml" | "rdf" | "rssxml",
            ) => Self::Feed(Kind::Rss),
            ("application" | "text" | "", "atom+xml" | "atom" | "atomxml" | "atom-xml") => {
                Self::Feed(Kind::Atom)
            }
            ("application" | "text", "feed+json") => Self::Feed(Kind::Json),
            ("application" | "text", "xml" | "json") => Self::Data,
            _ => Self::Other,
        }
    }
}

/// What anchors to feeds say, in lower case, where they say nothing else.
const FEED_WORDS: &[&str] = &[
    "rss",
    "rss feed",
    "rss-feed",
    "rss feeds",
    "rss 2.0",
    "rss 1.0",
    "atom",
    "atom feed",
    "atom 1.0",
    "feed",
    "web feed",
    "json feed",
    "xml feed",
    "subscribe via rss",
    "subscribe (rss)",
    "flux rss",
    "fil rss",
    "canal rss",
];

/// Whether an address looks like that of a feed, and of which format.
fn look(url: &Url) -> Option<Kind> {
    let path = url.path().to_ascii_lowercase();
    let last = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    let (stem, ending) = last.rsplit_once('.').unwrap_or((last, ""));
    let mut words = stem.split(|c: char| !c.is_ascii_alphanumeric());
    let kind = |word: &str| match word {
        "rss" | "rss1" | "rss2" | "rss20" | "rss091" | "rss092" | "rdf" => Some(Kind::Rss),
        "atom" | "atom10" | "atom1" => Some(Kind::Atom),
        "feed" | "feeds" | "syndication" => Some(Kind::Unknown),
        _ => None,
    };
    let named = match ending {
        "rss" | "rdf" => Some(Kind::Rss),
        "atom" => Some(Kind::Atom),
        "json" | "jsonfeed" => words.find_map(kind).map(|_| Kind::Json),
        "xml" if stem == "index" => Some(Kind::Unknown),
        "" | "xml" | "php" | "aspx" | "asp" | "cgi" => words.find_map(kind),
        _ => None,
    };
    let asked = || {
        url.query_pairs().find_map(|(name, value)| match &*name.to_ascii_lowercase() {
            "feed" | "format" | "alt" | "output" | "type" => kind(&value.to_ascii_lowercase()),
            _ => None,
        })
    };
    let hosted = || {
        let host = url.host_str().unwrap_or_default();
        let feeds = ["feeds.", "feed.", "rss."].iter().any(|start| host.starts_with(start));
        (feeds && !last.is_empty()).then_some(Kind::Unknown)
    };
    named.or_else(asked).or_else(hosted)
}

/// Whether a candidate tells what readers wrote under stories, not the stories.
fn is_of_comments(candidate: &Candidate) -> bool {
    let title = candidate.title.as_deref().unwrap_or_default().to_lowercase();
    let mut parts = candidate.url.path_segments().into_iter().flatten();
    parts.any(|part| part == "comments")
        || ["comment", "kommentar", "comentari", "reacties", "коммент", "コメント", "评论"]
            .iter()
            .any(|word| title.contains(word))
}

/// Ends of addresses at which sites have feeds, the most usual first.
const PLACES: &[&str] = &[
    "feed",
    "rss",
    "rss.xml",
    "atom.xml",
    "feed.xml",
    "index.xml",
    "feed.json",
    "feed.atom",
    "feed.rss",
    "index.rss",
    "index.atom",
    "index.rdf",
    "rss/index.rss",
    "atom",
    "feeds/posts/default",
    "blog/feed",
    "blog/rss.xml",
    "blog/atom.xml",
    "blog/feed.xml",
    "blog/index.xml",
    "news/feed",
    "news/rss.xml",
    "?feed=rss2",
];

/// Of [`PLACES`], those that are tried in the page's own folder besides the site's.
const OWN_PLACES: usize = 7;

/// Addresses at which sites often have a feed that their pages do not name, the likeliest
/// first: below the page itself, then at the site.
pub fn usual_places(url: &Url) -> Vec<Url> {
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Vec::new();
    }
    let mut page = url.clone();
    page.set_query(None);
    page.set_fragment(None);
    if let Some(last) = page.path_segments().and_then(|mut parts| parts.next_back()) {
        // A page is no folder if it is a file; else its address may lack the slash.
        let file = last.contains('.');
        if let Ok(mut parts) = page.path_segments_mut() {
            parts.pop_if_empty();
            if file {
                parts.pop();
            }
            parts.push("");
        }
    }
    let own = (page.path() != "/")
        .then(|| PLACES.iter().take(OWN_PLACES).filter_map(|place| page.join(place).ok()));
    let site = PLACES.iter().filter_map(|place| page.join("/").ok()?.join(place).ok());
    let mut seen = HashSet::from([url.clone()]);
    own.into_iter().flatten().chain(site).filter(|place| seen.insert(place.clone())).collect()
}

/// The schemes that hand an address to a reader of feeds, and mean the web's own.
const HANDED: &[&str] = &["feed", "rss", "itpc", "pcast", "podcast"];

/// `feed://example.org` and `feed:https://example.org` as addresses of the web. The
/// former come from the time of plain HTTP; a site that has moved on says so.
fn plain_scheme(address: &str) -> std::borrow::Cow<'_, str> {
    let Some((scheme, rest)) = address.split_once(':') else { return address.into() };
    if !HANDED.iter().any(|handed| scheme.eq_ignore_ascii_case(handed)) {
        return address.into();
    }
    match rest.strip_prefix("//") {
        Some(rest) if starts_as_web(rest) => rest.into(),
        Some(rest) => format!("http://{rest}").into(),
        None if starts_as_web(rest) => rest.into(),
        None => address.into(),
    }
}

fn starts_as_web(address: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// The addresses that a reader may mean by what they typed, the likeliest first: that of
/// [`typed`], and the same without encryption where no scheme was written.
pub fn addresses(text: &str) -> Vec<Url> {
    let first = typed(text);
    let written = text.contains("://") || text.trim().starts_with(['@', '/']);
    let plain = first.clone().filter(|url| url.scheme() == "https" && !written);
    let plain = plain.and_then(|url| Url::parse(&url.as_str().replacen("https", "http", 1)).ok());
    first.into_iter().chain(plain).collect()
}

/// What was typed, as it is told again: without the password of an address.
pub fn asked(text: &str) -> SafeText {
    match typed(text) {
        Some(url) if url.password().is_some() => shown(&url),
        Some(_) | None => SafeText::title(&without_passwords(text)),
    }
}

/// The address that a reader means by what they typed: `example.org`, `feed://…`,
/// `@someone@example.org`, `r/something`. None where it can be none of the web.
pub fn typed(text: &str) -> Option<Url> {
    let text = text.trim().trim_matches(['<', '>', '"', '\'']);
    if text.is_empty() || text.contains(char::is_whitespace) {
        return None;
    }
    if let Some((name, host)) = text.strip_prefix('@').and_then(|handle| handle.split_once('@')) {
        return Url::parse(&format!("https://{host}/@{name}")).ok();
    }
    let lettered = text.strip_prefix('/').unwrap_or(text);
    if ["r/", "u/", "user/"].iter().any(|start| lettered.starts_with(start)) {
        return Url::parse(&format!("https://www.reddit.com/{lettered}")).ok();
    }
    let address = plain_scheme(text);
    let url = if address.contains("://") {
        Url::parse(&address).ok()?
    } else {
        let bare = address.trim_start_matches('/');
        let url = Url::parse(&format!("https://{bare}")).ok()?;
        // A name alone is a word, not a host; and what runs here has no certificate.
        match url.host()? {
            url::Host::Domain("localhost") | url::Host::Ipv4(_) | url::Host::Ipv6(_) => {
                Url::parse(&format!("http://{bare}")).ok()?
            }
            url::Host::Domain(host) if host.trim_end_matches('.').contains('.') => url,
            url::Host::Domain(_) => return None,
        }
    };
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}
