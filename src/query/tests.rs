use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::story::{Source, SourceKey, StoryId};
use crate::text::sanitize::SafeText;

struct Sample {
    sources: Vec<Source>,
    title: &'static str,
    text: &'static str,
    author: &'static str,
    language: &'static str,
    tags: Vec<&'static str>,
    date: &'static str,
    is: Vec<Is>,
}

impl Subject for Sample {
    fn id(&self) -> StoryId {
        StoryId::new("test", self.title)
    }
    fn title(&self) -> &str {
        self.title
    }
    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter()
    }
    fn date(&self) -> Option<Timestamp> {
        self.date.parse().ok()
    }
    fn is(&self, what: Is) -> bool {
        self.is.contains(&what)
    }
    fn has(&self, what: Has) -> bool {
        what == Has::Link
    }
    fn tags(&self) -> Vec<Cow<'_, str>> {
        self.tags.iter().copied().map(Cow::from).collect()
    }
    fn author(&self) -> Option<Cow<'_, str>> {
        Some(self.author.into())
    }
    fn language(&self) -> Option<Cow<'_, str>> {
        Some(self.language.into())
    }
    fn note(&self) -> Option<Cow<'_, str>> {
        None
    }
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(self.text.into())
    }
}

fn ferry() -> Sample {
    Sample {
        sources: [
            ("harbor.example/feed", "Harbor Gazette"),
            ("planet.example/all", "Planet of Boats"),
        ]
        .map(|(key, name)| Source { key: SourceKey::new(key), name: SafeText::line(name) })
        .into(),
        title: "Café crème: the ferry’s winter timetable — 東京へ",
        text: "It runs all winter. Don't miss the state-of-the-art pier.",
        author: "Zoë Ångström",
        language: "en-GB",
        tags: vec!["local", "slow travel"],
        date: "2026-11-20T23:30:00Z",
        is: vec![Is::Unread, Is::Saved],
    }
}

#[track_caller]
fn check(query: &str, wanted: bool) {
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    let zone = TimeZone::fixed(jiff::tz::offset(1));
    let query = Query::parse(query);
    assert_eq!(query.at(now, &zone).matches(&ferry()), wanted, "{query} {:?}", query.root());
}

#[test]
fn stories_match_what_they_are() {
    let matches = [
        "",
        "ferry",
        "FERRY winter",
        "cafe creme",
        "\"cafe creme the\"",
        "ferry's",
        "miss don't",
        "wint*",
        "東京",
        "京",
        "title:timetable",
        "harbor",
        "source:gazette",
        "source:harbor.example",
        "source:planet",
        "boats",
        "source:planet.example source:harbor",
        "zoe",
        "author:angstrom",
        "author:\"zoe angstrom\"",
        "tag:local",
        "tag:\"slow travel\"",
        "tag:slow*",
        "lang:en",
        "lang:en-gb",
        "is:unread",
        "is:saved -is:read",
        "has:link",
        "-has:note",
        "bus OR ferry",
        "bus ferry OR winter",
        "(bus OR ferry) winter",
        "-(bus OR train)",
        "-bus",
        "don't",
        "state-of-the-art",
        "\"the art pier\"",
        "after:2026",
        "after:2026-11-21",
        "before:2026-11-22",
        "before:2027",
        "newer:5d",
        "older:4d",
        "newer:1w -newer:4d",
        "\"…\"",
        "ferry OR",
        "sort:rank",
        "sort:date ferry",
    ];
    for query in matches {
        check(query, true);
    }
    let misses = [
        "ferr",
        "inter",
        "-ferry",
        "\"creme cafe\"",
        "title:pier",
        "title:gazette",
        "source:ferry",
        "tag:slow",
        "lang:e",
        "lang:de",
        "is:read",
        "has:image",
        "bus",
        "bus OR train",
        "ferry bus",
        "(bus OR ferry) train",
        "-(ferry OR bus)",
        "after:2026-11-22",
        "before:2026-11-21",
        "before:2026-11",
        "newer:4d",
        "older:1w",
        "foo:ferry",
        "dont",
        "ferrys",
        "京東",
        "like:AAAAAAAAAAAAAAAA",
        "story:AAAAAAAAAAAAAAAA",
    ];
    for query in misses {
        check(query, false);
    }
    check(&format!("story:{}", ferry().id()), true);
}

#[test]
fn a_query_is_printed_as_it_is_understood() {
    let cases = [
        ("  rust   news ", "rust news"),
        ("a OR b c", "a OR b c"),
        ("(a OR b) c", "(a OR b) c"),
        ("((a)) (b c)", "a b c"),
        ("a OR (b OR c)", "a OR b OR c"),
        ("--a", "a"),
        ("-(a b)", "-(a b)"),
        ("-(a)", "-a"),
        ("Title:\" two  words \" IS:Unread", "title:\"two  words\" is:unread"),
        ("sort:date a sort:rank", "a sort:rank"),
        ("OR a OR OR", "a"),
        ("( ) \"\" a", "a"),
        ("(a OR b", "a OR b"),
        ("a) b", "a b"),
        ("\"a b", "\"a b\""),
        ("after:2026 before:2026-02 newer:3D", "after:2026 before:2026-02 newer:3d"),
        ("after:2026-13 is:odd", "after:2026-13 is:odd"),
        ("- a -", "- a -"),
        ("-OR", "-\"OR\""),
    ];
    for (typed, printed) in cases {
        assert_eq!(Query::parse(typed).to_string(), printed, "{typed}");
    }
}

#[test]
fn what_is_no_field_is_told() {
    let query =
        Query::parse("foo:bar is:odd https://a.example 12:30 newer:soon title:x title: story:1");
    let unknown: Vec<_> = query.unknown().collect();
    assert_eq!(unknown, ["foo:bar", "is:odd", "newer:soon", "title:", "story:1"]);
    assert_eq!(query.sort(), None);
    assert_eq!(Query::parse("sort:rank").sort(), Some(Sort::Rank));
    assert!(Query::parse("sort:rank").is_empty());
}

#[test]
fn parentheses_beyond_reason_end() {
    let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
    let query = Query::parse(&deep);
    assert_eq!(Query::parse(&query.to_string()), query);
    let alternating = "-(b OR ".repeat(1000);
    let query = Query::parse(&alternating);
    assert_eq!(Query::parse(&query.to_string()), query);
}

fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zéß日:*-]{1,4}",
        Just("OR".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("-".to_owned()),
        Just("\"".to_owned()),
        Just("title:".to_owned()),
        Just("tag:x*".to_owned()),
        Just("is:read".to_owned()),
        Just("is:x".to_owned()),
        Just("before:2026-11-25".to_owned()),
        Just("older:2w".to_owned()),
        Just("sort:rank".to_owned()),
        Just("like:AAAAAAAAAAAAAAAA".to_owned()),
        Just("*".to_owned()),
        ".{0,3}",
    ];
    let piece = (piece, prop_oneof![Just(" "), Just(""), Just("\u{3000}")]);
    prop::collection::vec(piece, 0..16)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}

fn is_normal(node: &Node, top: bool) -> bool {
    let many = |nodes: &[Node]| nodes.len() > 1 || top && nodes.is_empty();
    match node {
        Node::And(all) => {
            many(all) && all.iter().all(|n| !matches!(n, Node::And(_)) && is_normal(n, false))
        }
        Node::Or(any) => {
            many(any) && any.iter().all(|n| !matches!(n, Node::Or(_)) && is_normal(n, false))
        }
        Node::Not(inner) => !matches!(**inner, Node::Not(_)) && is_normal(inner, false),
        Node::Term(_) => true,
    }
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(typed in typed()) {
        let query = Query::parse(&typed);
        let printed = query.to_string();
        prop_assert!(is_normal(query.root(), true), "{:?}", query);
        prop_assert_eq!(&Query::parse(&printed), &query, "{}", printed);
        prop_assert_eq!(Query::parse(&printed).to_string(), printed);
    }

    #[test]
    fn a_query_and_its_negation_part_all_stories(typed in typed()) {
        let query = Query::parse(&typed);
        if !query.is_empty() {
            let now = "2026-11-25T12:00:00Z".parse().unwrap();
            let negated = Query::parse(&format!("-({query})"));
            let matches = |query: &Query| query.at(now, &TimeZone::UTC).matches(&ferry());
            prop_assert_ne!(matches(&query), matches(&negated), "{}", negated);
        }
    }
}
