use super::*;

/// Title, source and address of each story; the number of the line is its id.
type Library = &'static [(&'static str, &'static str, &'static str)];

const LIBRARY: Library = &[
    (
        "Council keeps all twelve libraries open | City Gazette",
        "City Gazette",
        "https://gazette.example/libraries",
    ),
    ("Rivers rise in the north; rail lines cut", "Wire", "https://wire.example/1?utm_source=rss"),
    ("Rivers rise in the north; rail lines cut", "Herald", "https://herald.example/rivers"),
    (
        "日本の新聞社、紙面のデジタル保存を共同で開始 - 朝日新聞",
        "朝日新聞",
        "https://asahi.example/a",
    ),
    ("Morning briefing, 12 March", "Herald", "https://herald.example/brief/12"),
    ("Obituaries", "Herald", "https://herald.example/obituaries/1"),
    ("Obituaries", "Herald", "https://herald.example/obituaries/2"),
    (
        "Two-thousand-year-old recipe reconstructed by a baker in Naples",
        "Herald",
        "https://herald.example/recipe",
    ),
    ("Version 2", "Changes", "https://changes.example/log#v2"),
    ("Version 1", "Changes", "https://changes.example/log#v1"),
    ("The program that we all use", "Changes", "https://changes.example/"),
    ("Rail", "Journal", "https://journal.example/rail"),
];

fn id(index: usize) -> StoryId {
    StoryId::new("library", &index.to_string())
}

fn headlines() -> Headlines {
    Headlines::new(LIBRARY.iter().enumerate().map(|(index, (title, source, url))| Headline {
        story: id(index),
        title,
        source,
        url: Some(url),
    }))
}

#[track_caller]
fn check(
    title: &str,
    url: Option<&str>,
    from_source: Option<&str>,
    expected: Option<(usize, How)>,
) {
    let found = headlines().resolve(&Query { title, url, from_source });
    assert_eq!(found, expected.map(|(index, how)| (id(index), how)));
}

#[test]
fn an_address_is_surest() {
    let at = |url: &'static str| (Some(url), Some("Elsewhere"));
    for (title, (url, from), expected) in [
        ("Read more", at("http://www.gazette.example/libraries/?fbclid=7"), Some(0)),
        ("Obituaries", at("https://herald.example/obituaries/2#list"), Some(6)),
        // Parts of one page are stories of their own.
        ("Read more", at("https://changes.example/log#v1"), Some(9)),
        ("Version 2", at("https://changes.example/log"), Some(8)),
        ("Read more", at("https://changes.example/log"), None),
        ("Read more", at("https://changes.example/log#v3"), None),
        // The address of a whole site means no story.
        ("Read more", at("https://changes.example"), None),
        ("Read more", at("not an address"), None),
    ] {
        check(title, url, from, expected.map(|index| (index, How::Address)));
    }
}

#[test]
fn a_page_told_of_by_two_sources_is_one_story() {
    let url = Some("https://example.org/a");
    let headline = |index, source| Headline { story: id(index), title: "A", source, url };
    let headlines = Headlines::new([headline(0, "Wire"), headline(1, "Herald")]);
    let ask = |from| {
        let query = Query { title: "Read more", url, from_source: Some(from) };
        headlines.resolve(&query).map(|(story, _)| story)
    };
    assert_eq!(ask("Herald"), Some(id(1)));
    assert_eq!(ask("Elsewhere"), Some(id(0)));
}

#[test]
fn a_title_is_the_same_however_it_is_typed() {
    let title = "“RIVERS rise in the North: rail lines cut”";
    check(title, None, Some("Wire"), Some((1, How::Title)));
    check(title, None, Some("HERALD"), Some((2, How::Title)));
    // Two stories of other sources answer to it.
    check(title, None, Some("Gazette"), None);
    check(title, None, None, None);
    // What does not say much is said by many.
    check("Rail", None, Some("Wire"), None);
    check("Rail", None, Some("Journal"), Some((11, How::Title)));
    check("Rail", None, None, Some((11, How::Title)));
    check("", None, None, None);
    check("…", None, Some("Herald"), None);
}

#[test]
fn a_title_shared_within_a_source_means_neither() {
    check("Obituaries", None, Some("Herald"), None);
}

#[test]
fn a_story_that_is_listed_twice_is_one() {
    let headline = Headline { story: id(0), title: "A day", source: "Wire", url: None };
    let headlines = Headlines::new([headline, headline]);
    let query = Query { title: "A day", url: None, from_source: Some("Wire") };
    assert_eq!(headlines.resolve(&query), Some((id(0), How::Title)));
}

#[test]
fn the_name_of_the_site_is_no_part_of_a_headline() {
    let gazette = Some("City Gazette");
    check("Council keeps all twelve libraries open", None, gazette, Some((0, How::Segment)));
    check(
        "City Gazette » Council keeps all twelve libraries open",
        None,
        gazette,
        Some((0, How::Segment)),
    );
    check(
        "日本の新聞社、紙面のデジタル保存を共同で開始",
        None,
        Some("朝日新聞"),
        Some((3, How::Segment)),
    );
    check(
        "Two-thousand-year-old recipe reconstructed by a baker in Naples — Food",
        None,
        Some("Herald"),
        Some((7, How::Segment)),
    );
    // A part of a title is too little to know a story of another source by.
    check("Council keeps all twelve libraries open", None, Some("Wire"), None);
    check("Council keeps all twelve libraries open", None, None, Some((0, How::Segment)));
}

#[test]
fn an_edited_headline_is_known_in_its_own_source_alone() {
    let edited = "Naples baker reconstructs a two-thousand-year-old recipe";
    check(edited, None, Some("Herald"), Some((7, How::Fuzzy)));
    check(edited, None, Some("Wire"), None);
    check(edited, None, None, None);
    check("日本の新聞社、紙面のデジタル保存を開始", None, Some("朝日新聞"), Some((3, How::Fuzzy)));
}

#[test]
fn another_of_a_series_is_another_story() {
    check("Morning briefing, 13 March", None, Some("Herald"), None);
    check("Morning briefing, 12 March", None, Some("Herald"), Some((4, How::Title)));
}

#[test]
fn nothing_is_guessed_between_two_that_are_as_near() {
    let story = |index, title| Headline { story: id(index), title, source: "Wire", url: None };
    let headlines = Headlines::new([
        story(0, "Harbor bridge closed after storm damage in the east"),
        story(1, "Harbor bridge closed after storm damage in the west"),
        story(2, "Budget talks resume"),
    ]);
    let ask = |title| {
        let query = Query { title, url: None, from_source: Some("Wire") };
        headlines.resolve(&query).map(|(story, _)| story)
    };
    assert_eq!(ask("Storm damage closes harbor bridge"), None);
    assert_eq!(ask("Storm damage in the west closes harbor bridge"), Some(id(1)));
    assert_eq!(ask("Talks about the budget resume"), Some(id(2)));
}

#[test]
fn an_empty_library_knows_nothing() {
    let query = Query { title: "A", url: Some("https://example.org/a"), from_source: Some("B") };
    assert_eq!(Headlines::new([]).resolve(&query), None);
}
