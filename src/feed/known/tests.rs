//! Pages and their feeds.

use super::*;

#[track_caller]
fn check(page: &str, feeds: &[&str]) {
    let found = known_form(&Url::parse(page).unwrap());
    let found: Vec<&str> = found.iter().map(|candidate| candidate.url.as_str()).collect();
    assert_eq!(found, feeds, "{page}");
}

#[test]
fn pages_of_known_forms_have_feeds() {
    let video = "https://www.youtube.com/feeds/videos.xml";
    check(
        "https://www.youtube.com/channel/UCab-_1/videos",
        &[&format!("{video}?channel_id=UCab-_1")],
    );
    check("http://m.youtube.com/user/somebody", &[&format!("{video}?user=somebody")]);
    check("https://youtube.com/playlist?a=b&list=PL1", &[&format!("{video}?playlist_id=PL1")]);
    check("https://www.youtube.com/watch?v=x&list=PL1", &[&format!("{video}?playlist_id=PL1")]);
    check("https://old.reddit.com/r/rust/", &["https://www.reddit.com/r/rust/.rss"]);
    check("https://reddit.com/r/rust/new/", &["https://www.reddit.com/r/rust/new/.rss"]);
    check("https://www.reddit.com/u/somebody", &["https://www.reddit.com/user/somebody/.rss"]);
    check(
        "https://github.com/someone/thing",
        &[
            "https://github.com/someone/thing/releases.atom",
            "https://github.com/someone/thing/tags.atom",
            "https://github.com/someone/thing/commits.atom",
        ],
    );
    check(
        "https://github.com/someone/thing/commits/main",
        &["https://github.com/someone/thing/commits/main.atom"],
    );
    check("https://github.com/someone/thing/tags", &["https://github.com/someone/thing/tags.atom"]);
    check("https://somebody.substack.com/p/x", &["https://somebody.substack.com/feed"]);
    check("https://medium.com/@somebody/a-story", &["https://medium.com/feed/@somebody"]);
    check("https://pypi.org/project/thing/", &["https://pypi.org/rss/project/thing/releases.xml"]);
    check(
        "https://de.wikipedia.org/wiki/F%C3%A4hre",
        &["https://de.wikipedia.org/w/index.php?title=F%C3%A4hre&action=history&feed=atom"],
    );
}

#[test]
fn what_runs_on_many_hosts_is_guessed_on_hosts_without_a_form_of_their_own() {
    check(
        "https://social.example.org:8443/@somebody",
        &[
            "https://social.example.org:8443/@somebody.rss",
            "https://social.example.org:8443/@somebody.atom",
        ],
    );
    check("https://social.example.org/tags/news", &["https://social.example.org/tags/news.rss"]);
    check("https://www.youtube.com/@somebody", &[]);
}

#[test]
fn other_pages_have_none() {
    check("https://example.org/channel/UCab", &[]);
    check("https://notyoutube.com/channel/UCab", &[]);
    check("https://www.youtube.com/channel/", &[]);
    check("https://www.youtube.com/watch?v=x", &[]);
    check("https://www.youtube.com/channel/a&b=c", &[]);
    check("https://github.com/", &[]);
    check("https://a.b.substack.com/", &[]);
    check("ftp://github.com/someone/thing", &[]);
    // The feed itself is no feed of its own.
    check("https://www.reddit.com/.rss", &[]);
}

#[test]
fn no_form_is_shadowed_by_one_before_it_and_all_their_names_are_known() {
    for (index, form) in FORMS.iter().enumerate() {
        let sample = |pattern: &str| {
            let mut text = pattern.replace("/*", "");
            while let Some((before, rest)) = text.split_once('{') {
                let (_, after) = rest.split_once('}').unwrap();
                text = format!("{before}x{after}");
            }
            text
        };
        let host = if form.host == "*" { "some.example" } else { &sample(form.host) };
        let page = Url::parse(&format!("https://{host}{}", sample(form.path))).unwrap();
        let found = known_form(&page);
        let wanted: Vec<Url> = form
            .feeds
            .iter()
            .map(|(_, feed)| Url::parse(&sample(&feed.replace("{host}", host))).unwrap())
            .collect();
        let urls: Vec<Url> = found.into_iter().map(|candidate| candidate.url).collect();
        assert_eq!(urls, wanted, "form {index}: {} {}", form.host, form.path);
    }
}
