//! Addresses of well-known forms, and where the feeds of such pages are.
//!
//! A table of patterns: some sites have feeds that their pages do not name, or not to a
//! program. This is the one place that knows sites by name. A form is a guess like any
//! other: it is asked before it is believed.

#[cfg(test)]
mod tests;

use url::Url;

use super::candidate::{Candidate, Kind};

use Kind::{Atom, Rss};

/// Pages of a site and the feeds of such a page.
///
/// `{name}` stands for a part between slashes or for the rest of one, in a query for a
/// value, and at the start of a host for its first names. A path that ends in `/*` goes on.
struct Form {
    /// Also with `www.`, `m.`, `old.` before it. `*` is any host that has no form of its own.
    host: &'static str,
    path: &'static str,
    feeds: &'static [(Kind, &'static str)],
}

const fn form(
    host: &'static str,
    path: &'static str,
    feeds: &'static [(Kind, &'static str)],
) -> Form {
    Form { host, path, feeds }
}

#[rustfmt::skip]
const FORMS: &[Form] = &[
    // Video.
    form("youtube.com", "/channel/{id}/*", &[(Atom, "https://www.youtube.com/feeds/videos.xml?channel_id={id}")]),
    form("youtube.com", "/user/{name}/*", &[(Atom, "https://www.youtube.com/feeds/videos.xml?user={name}")]),
    form("youtube.com", "/playlist?list={id}", &[(Atom, "https://www.youtube.com/feeds/videos.xml?playlist_id={id}")]),
    form("youtube.com", "/watch?list={id}", &[(Atom, "https://www.youtube.com/feeds/videos.xml?playlist_id={id}")]),
    form("vimeo.com", "/channels/{name}", &[(Rss, "https://vimeo.com/channels/{name}/videos/rss")]),
    form("vimeo.com", "/{name}", &[(Rss, "https://vimeo.com/{name}/videos/rss")]),
    form("odysee.com", "/@{name}", &[(Rss, "https://odysee.com/$/rss/@{name}")]),
    // Talk.
    form("reddit.com", "/", &[(Atom, "https://www.reddit.com/.rss")]),
    form("reddit.com", "/r/{name}/comments/{id}/*", &[(Atom, "https://www.reddit.com/r/{name}/comments/{id}/.rss")]),
    form("reddit.com", "/r/{name}/{sort}", &[(Atom, "https://www.reddit.com/r/{name}/{sort}/.rss")]),
    form("reddit.com", "/r/{name}", &[(Atom, "https://www.reddit.com/r/{name}/.rss")]),
    form("reddit.com", "/user/{name}/m/{list}/*", &[(Atom, "https://www.reddit.com/user/{name}/m/{list}/.rss")]),
    form("reddit.com", "/user/{name}/*", &[(Atom, "https://www.reddit.com/user/{name}/.rss")]),
    form("reddit.com", "/u/{name}/*", &[(Atom, "https://www.reddit.com/user/{name}/.rss")]),
    form("news.ycombinator.com", "/*", &[(Rss, "https://news.ycombinator.com/rss")]),
    form("bsky.app", "/profile/{name}/*", &[(Rss, "https://bsky.app/profile/{name}/rss")]),
    form("stackoverflow.com", "/questions/tagged/{tag}", &[(Atom, "https://stackoverflow.com/feeds/tag?tagnames={tag}&sort=newest")]),
    form("stackoverflow.com", "/questions/{id}/*", &[(Atom, "https://stackoverflow.com/feeds/question/{id}")]),
    form("{site}.stackexchange.com", "/questions/tagged/{tag}", &[(Atom, "https://{site}.stackexchange.com/feeds/tag?tagnames={tag}&sort=newest")]),
    form("{site}.stackexchange.com", "/*", &[(Atom, "https://{site}.stackexchange.com/feeds")]),
    // Code.
    form("github.com", "/{owner}/{repo}/commits/{branch}", &[(Atom, "https://github.com/{owner}/{repo}/commits/{branch}.atom")]),
    form("github.com", "/{owner}/{repo}/tree/{branch}/*", &[(Atom, "https://github.com/{owner}/{repo}/commits/{branch}.atom")]),
    form("github.com", "/{owner}/{repo}/commits", &[(Atom, "https://github.com/{owner}/{repo}/commits.atom")]),
    form("github.com", "/{owner}/{repo}/tags", &[(Atom, "https://github.com/{owner}/{repo}/tags.atom")]),
    form("github.com", "/{owner}/{repo}/wiki/*", &[(Atom, "https://github.com/{owner}/{repo}/wiki.atom")]),
    form("github.com", "/{owner}/{repo}/*", &[
        (Atom, "https://github.com/{owner}/{repo}/releases.atom"),
        (Atom, "https://github.com/{owner}/{repo}/tags.atom"),
        (Atom, "https://github.com/{owner}/{repo}/commits.atom"),
    ]),
    form("github.com", "/{owner}", &[(Atom, "https://github.com/{owner}.atom")]),
    form("gitlab.com", "/{group}/{project}/-/tags/*", &[(Atom, "https://gitlab.com/{group}/{project}/-/tags?format=atom")]),
    form("gitlab.com", "/{group}/{project}/-/commits/{branch}/*", &[(Atom, "https://gitlab.com/{group}/{project}/-/commits/{branch}?format=atom")]),
    form("gitlab.com", "/{group}/{project}/*", &[
        (Atom, "https://gitlab.com/{group}/{project}/-/releases.atom"),
        (Atom, "https://gitlab.com/{group}/{project}/-/tags?format=atom"),
        (Atom, "https://gitlab.com/{group}/{project}.atom"),
    ]),
    form("gitlab.com", "/{group}", &[(Atom, "https://gitlab.com/{group}.atom")]),
    form("codeberg.org", "/{owner}/{repo}/*", &[
        (Rss, "https://codeberg.org/{owner}/{repo}/releases.rss"),
        (Rss, "https://codeberg.org/{owner}/{repo}/tags.rss"),
        (Rss, "https://codeberg.org/{owner}/{repo}.rss"),
    ]),
    form("codeberg.org", "/{owner}", &[(Rss, "https://codeberg.org/{owner}.rss")]),
    form("git.sr.ht", "/~{owner}/{repo}/*", &[
        (Rss, "https://git.sr.ht/~{owner}/{repo}/refs/rss.xml"),
        (Rss, "https://git.sr.ht/~{owner}/{repo}/log/rss.xml"),
    ]),
    form("sourceforge.net", "/projects/{name}/*", &[(Rss, "https://sourceforge.net/projects/{name}/rss?path=/")]),
    form("pypi.org", "/project/{name}/*", &[(Rss, "https://pypi.org/rss/project/{name}/releases.xml")]),
    form("crates.io", "/crates/{name}/*", &[(Rss, "https://static.crates.io/rss/crates/{name}.xml")]),
    // Writing.
    form("medium.com", "/@{name}/*", &[(Rss, "https://medium.com/feed/@{name}")]),
    form("medium.com", "/tag/{tag}/*", &[(Rss, "https://medium.com/feed/tag/{tag}")]),
    form("medium.com", "/{name}/*", &[(Rss, "https://medium.com/feed/{name}")]),
    form("{name}.medium.com", "/*", &[(Rss, "https://{name}.medium.com/feed")]),
    form("{name}.substack.com", "/*", &[(Rss, "https://{name}.substack.com/feed")]),
    form("{name}.tumblr.com", "/*", &[(Rss, "https://{name}.tumblr.com/rss")]),
    form("{name}.blogspot.com", "/*", &[(Atom, "https://{name}.blogspot.com/feeds/posts/default")]),
    form("{name}.wordpress.com", "/*", &[(Rss, "https://{name}.wordpress.com/feed/")]),
    form("{name}.livejournal.com", "/*", &[(Rss, "https://{name}.livejournal.com/data/rss")]),
    form("{name}.dreamwidth.org", "/*", &[(Rss, "https://{name}.dreamwidth.org/data/rss")]),
    form("letterboxd.com", "/{name}/*", &[(Rss, "https://letterboxd.com/{name}/rss/")]),
    form("pinterest.com", "/{name}", &[(Rss, "https://www.pinterest.com/{name}/feed.rss")]),
    // Reference.
    form("arxiv.org", "/list/{subject}/*", &[(Rss, "https://rss.arxiv.org/rss/{subject}")]),
    form("{language}.wikipedia.org", "/wiki/{title}", &[(Atom, "https://{language}.wikipedia.org/w/index.php?title={title}&action=history&feed=atom")]),
    form("store.steampowered.com", "/app/{id}/*", &[(Rss, "https://store.steampowered.com/feeds/news/app/{id}")]),
    form("news.google.com", "/topics/{id}/*", &[(Rss, "https://news.google.com/rss/topics/{id}")]),
    form("news.google.com", "/search?q={words}", &[(Rss, "https://news.google.com/rss/search?q={words}")]),
    // What runs on many hosts: GitLab, Mastodon and its kin, Lemmy, Discourse.
    form("*", "/{group}/{project}/-/*", &[
        (Atom, "https://{host}/{group}/{project}/-/releases.atom"),
        (Atom, "https://{host}/{group}/{project}/-/tags?format=atom"),
    ]),
    form("*", "/@{name}/*", &[(Rss, "https://{host}/@{name}.rss"), (Atom, "https://{host}/@{name}.atom")]),
    form("*", "/users/{name}/*", &[(Rss, "https://{host}/users/{name}.rss"), (Atom, "https://{host}/users/{name}.atom")]),
    form("*", "/tags/{tag}", &[(Rss, "https://{host}/tags/{tag}.rss")]),
    form("*", "/c/{name}", &[(Rss, "https://{host}/feeds/c/{name}.xml?sort=New")]),
    form("*", "/u/{name}", &[(Rss, "https://{host}/feeds/u/{name}.xml?sort=New")]),
    form("*", "/c/{name}/{id}", &[(Rss, "https://{host}/c/{name}/{id}.rss")]),
    form("*", "/t/{name}/{id}", &[(Rss, "https://{host}/t/{name}/{id}.rss")]),
];

/// The feeds that a page has because of whose page it is, the likeliest first.
pub fn known_form(url: &Url) -> Vec<Candidate> {
    find(url, true)
}

/// The same, only of sites that the table knows by name.
pub(super) fn of_site(url: &Url) -> Vec<Candidate> {
    find(url, false)
}

fn find(url: &Url, anywhere: bool) -> Vec<Candidate> {
    let Some(host) = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https")) else {
        return Vec::new();
    };
    let known = FORMS.iter().any(|form| host_of(form, host).is_some());
    for form in FORMS {
        let captured = if form.host == "*" {
            let here =
                host.to_owned() + &url.port().map(|port| format!(":{port}")).unwrap_or_default();
            (anywhere && !known).then(|| vec![("host", here)])
        } else {
            host_of(form, host)
        };
        let Some(mut captured) = captured else { continue };
        if !path_of(form, url, &mut captured) {
            continue;
        }
        let feeds = form.feeds.iter().filter_map(|(kind, address)| {
            let address = captured.iter().fold((*address).to_owned(), |address, (name, value)| {
                address.replace(&format!("{{{name}}}"), value)
            });
            let url = Url::parse(&address).ok().filter(|found| found != url)?;
            Some(Candidate { url, title: None, kind: *kind })
        });
        return feeds.collect();
    }
    Vec::new()
}

type Captured = Vec<(&'static str, String)>;

/// What a form's pattern takes of a host, if the host is of the form.
fn host_of(form: &Form, host: &str) -> Option<Captured> {
    let host = host.trim_end_matches('.');
    let host = ["www.", "m.", "old.", "new."]
        .iter()
        .find_map(|twin| host.strip_prefix(twin))
        .unwrap_or(host);
    match form.host.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((name, rest)) => {
            let value = host.strip_suffix(rest)?;
            (!value.is_empty() && !value.contains('.')).then(|| vec![(name, value.to_owned())])
        }
        None => (form.host == host).then(Vec::new),
    }
}

/// Whether the path and the query of an address are of a form; adds what its pattern takes.
fn path_of(form: &Form, url: &Url, captured: &mut Captured) -> bool {
    let (path, query) = form.path.split_once('?').unwrap_or((form.path, ""));
    let (path, goes_on) = path.strip_suffix("/*").map_or((path, false), |path| (path, true));
    let wanted = path.split('/').filter(|part| !part.is_empty());
    let mut parts = url.path().split('/').filter(|part| !part.is_empty());
    for pattern in wanted {
        if !parts.next().is_some_and(|part| part_of(pattern, part, captured)) {
            return false;
        }
    }
    if !goes_on && parts.next().is_some() {
        return false;
    }
    let Some((key, pattern)) = query.split_once('=') else { return true };
    let pairs = url.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.into_iter().find(|(name, _)| *name == key).map(|(_, value)| value);
    value.is_some_and(|value| part_of(pattern, value, captured))
}

/// Whether a part is of a pattern: a word, or some of it and a name for the rest.
fn part_of(pattern: &'static str, part: &str, captured: &mut Captured) -> bool {
    let Some((before, name)) = pattern.split_once('{') else { return pattern == part };
    let Some(value) = part.strip_prefix(before) else { return false };
    // A part of a path that would mean more in a query is no name.
    if value.is_empty() || value.contains(['&', '=', '#']) {
        return false;
    }
    captured.push((name.trim_end_matches('}'), value.to_owned()));
    true
}
