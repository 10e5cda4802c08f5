//! Stories as the catalog keeps them.

use jiff::civil;

use super::*;

fn found(number: u32, title: &str, source: &str) -> Found {
    let published = Timestamp::from_second(i64::from(number) * 60).ok();
    let story = Story {
        id: StoryId::new("test", &number.to_string()),
        title: title.into(),
        source: Arc::new(Source::site(source.into())),
        published: published.map(PubDate::Instant),
        minutes: 2,
        details: None,
    };
    Found { story, shelf: Shelf::Kept }
}

#[test]
fn stories_are_found_by_id_and_place_and_keep_what_was_said_of_them() {
    let mut catalog = Catalog::default();
    let names = ["Gazette", "Herald"];
    let stories = (0..5000).map(|n| {
        found(n, &format!("Story {n}"), names.get(n as usize % 2).copied().unwrap_or_default())
    });
    assert_eq!(catalog.add(stories.collect()), 0..5000);
    assert_eq!(catalog.sources().len(), 2, "equal sources are one");
    for n in [0, 1, 777, 4999] {
        let expected = found(n, &format!("Story {n}"), "");
        let story = catalog.get(expected.story.id).unwrap();
        assert_eq!(*story.title, *expected.story.title);
        assert_eq!(story.published, expected.story.published);
        assert_eq!(story.source.name.as_str(), names[n as usize % 2]);
        assert_eq!(catalog.id(n), Some(story.id));
    }
    assert!(catalog.get(StoryId::new("test", "other")).is_none());
}

#[test]
fn a_story_that_comes_again_is_replaced_where_it_stands() {
    let mut catalog = Catalog::default();
    catalog.add(vec![found(1, "First", "Gazette"), found(2, "Second", "Gazette")]);
    let mut again = found(1, "First, corrected", "Herald");
    again.shelf = Shelf::Edition;
    again.story.details = Some(Box::default());
    assert_eq!(catalog.add(vec![again, found(3, "Third", "Gazette")]), 2..3);
    let titles: Vec<String> = catalog.iter().map(|(_, story)| story.title.to_string()).collect();
    assert_eq!(titles, ["First, corrected", "Second", "Third"]);
    let first = catalog.at(0).unwrap();
    assert_eq!((first.shelf, first.source.name.as_str()), (Shelf::Edition, "Herald"));
    assert!(first.details.is_some());
    catalog.add(vec![found(1, "First", "Gazette")]);
    assert_eq!(catalog.at(0).unwrap().shelf, Shelf::Edition, "the nearer shelf");
}

#[test]
fn dates_survive_being_packed() {
    let instant = |text: &str| Some(PubDate::Instant(text.parse().unwrap()));
    for date in [
        None,
        instant("1969-12-31T23:59:59.999Z"),
        instant("-009999-01-02T02:00:00Z"),
        instant("9999-12-30T22:00:00Z"),
        Some(PubDate::Day(civil::date(2026, 11, 25))),
        Some(PubDate::Day(civil::date(1821, 2, 28))),
    ] {
        assert_eq!(Option::<PubDate>::from(Moment::from(date)), date);
    }
}

#[test]
fn a_row_is_small() {
    assert_eq!(size_of::<Packed>(), 40);
}
