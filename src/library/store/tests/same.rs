use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const FERRY: &str = "Ferry strike ends after a week";

/// Stores one document after the other, and says what the last one came to: new stories,
/// updated ones, ids of known stories.
#[track_caller]
fn check(documents: &[Update], new: usize, updated: usize, aliases: &[(&str, &str)]) {
    let mut desk = Desk::new();
    let mut last = None;
    for document in documents {
        last = Some((document.source.key.as_str(), desk.store(document.clone())));
    }
    let (key, stored) = last.unwrap();
    assert_eq!((stored.new.len(), stored.updated.len()), (new, updated), "{stored:?}");
    let first = documents[0].source.key.as_str();
    let expected: BTreeSet<_> = aliases
        .iter()
        .map(|(primary, other)| (StoryId::new(first, primary), StoryId::new(key, other)))
        .collect();
    assert_eq!(stored.aliases.iter().copied().collect::<BTreeSet<_>>(), expected);
    assert_eq!(desk.reader().aliases().unwrap().into_iter().collect::<BTreeSet<_>>(), expected);
    for (primary, other) in expected {
        let story = desk.reader().story(other).unwrap().unwrap();
        assert_eq!(story.id, primary, "any id of a story leads to it");
    }
}

#[test]
fn the_same_document_again_is_nothing_new() {
    let all = document("a", &[("1", "One", "https://a.example/1"), ("2", "Two", "")]);
    check(&[all.clone(), all], 0, 0, &[]);
}

#[test]
fn all_ids_of_a_feed_may_change() {
    check(
        &[
            document(
                "a",
                &[
                    ("1", "One of them", "http://a.example/1"),
                    ("2", "Two of them", "http://a.example/2"),
                ],
            ),
            document(
                "a",
                &[
                    ("x", "Another title altogether", "https://www.a.example/1/"),
                    ("y", "Two of them", "https://www.a.example/2/"),
                ],
            ),
        ],
        0,
        2,
        &[("1", "x"), ("2", "y")],
    );
}

#[test]
fn one_id_may_change_if_the_old_one_has_gone_and_the_story_says_about_the_same() {
    let other = ("2", "Two", "https://a.example/2");
    let link = "https://a.example/1";
    let before = document("a", &[("1", FERRY, link), other]);
    let edited = document("a", &[("x", "Ferry strike ends", link), other]);
    check(&[before.clone(), edited], 0, 1, &[("1", "x")]);
    let another = document("a", &[("x", "A tower falls in the north", link), other]);
    check(&[before.clone(), another], 1, 0, &[]);
    // The old one is still there: two stories of one link.
    let both = document("a", &[("x", FERRY, link), ("1", FERRY, link), other]);
    check(&[before, both], 1, 0, &[]);
}

#[test]
fn an_id_that_counts_versions_is_the_same_story() {
    let link = "https://a.example/1";
    let other = ("2", "Two", "https://a.example/2");
    let counted =
        |count: u8, title: &str| document("a", &[(&format!("{link}#{count}"), title, link), other]);
    let (first, second) = (format!("{link}#0"), format!("{link}#1"));
    check(&[counted(0, "Council votes"), counted(1, "A tower falls")], 0, 1, &[(&first, &second)]);
}

#[test]
fn stories_of_a_feed_that_share_a_link_are_not_one() {
    let live = "https://a.example/live";
    let before = document("a", &[("1", "One", live), ("2", "Two", live)]);
    check(std::slice::from_ref(&before), 2, 0, &[]);
    check(&[before.clone(), document("a", &[("3", "Three", live), ("2", "Two", live)])], 1, 0, &[]);
    check(&[before, document("a", &[("3", "Three", live), ("4", "Four", live)])], 2, 0, &[]);
    // One entry that is always the latest of a page.
    let latest = |id, title| document("a", &[(id, title, live)]);
    check(&[latest("1", "Snow in the hills"), latest("2", "The match is over")], 1, 0, &[]);
}

#[test]
fn front_pages_tell_nothing() {
    for front in ["https://a.example/", "https://a.example", "https://www.a.example/#top"] {
        let one = |key, id| document(key, &[(id, FERRY, front)]);
        check(&[one("a", "1"), one("b", "1")], 1, 0, &[]);
        check(&[one("a", "1"), document("a", &[("2", "Another story", front)])], 1, 0, &[]);
    }
}

#[test]
fn ids_that_are_made_anew_for_every_answer_are_known_by_what_they_say() {
    let before = document("a", &[("1", "One", ""), ("2", "Two", "")]);
    let after = document("a", &[("8", "Three", ""), ("9", "One", "")]);
    check(&[before, after], 1, 0, &[("1", "9")]);
}

#[test]
fn two_feeds_have_one_story_if_link_and_title_are_the_same() {
    let link = "https://news.example/ferry";
    let first = document("a", &[("1", FERRY, link)]);
    let tracked = "http://www.news.example/ferry/?utm_source=b";
    check(
        &[first.clone(), document("b", &[("2", "FERRY strike ends, after a week", tracked)])],
        0,
        0,
        &[("1", "2")],
    );
    check(&[first.clone(), document("b", &[("2", "Ferry strike: what we know", link)])], 1, 0, &[]);
    check(
        &[first.clone(), document("b", &[("2", FERRY, "https://news.example/other")])],
        1,
        0,
        &[],
    );
    check(&[first.clone(), document("b", &[("2", FERRY, link), ("3", FERRY, link)])], 2, 0, &[]);
    check(&[first, document("b", &[("2", FERRY, &format!("{link}#part"))])], 1, 0, &[]);
}

#[test]
fn a_second_feed_changes_no_story_that_the_first_one_told() {
    let link = "https://news.example/ferry";
    let mut desk = Desk::new();
    desk.store(document("a", &[("1", FERRY, link)]));
    desk.store(document("b", &[("2", FERRY, link)]));
    let other = desk.store(document("b", &[("2", "Strike over", link)]));
    assert!(other.updated.is_empty());
    assert_eq!(desk.titles(), [FERRY]);
    let own = desk.store(document("a", &[("1", "Ferries run again", link)]));
    assert_eq!(titles(&own.updated), ["Ferries run again"]);
    assert_eq!(desk.titles(), ["Ferries run again"]);
}

#[test]
fn an_id_that_is_there_twice_is_one_story() {
    check(&[document("a", &[("1", "One", ""), ("1", "Two", "")])], 1, 0, &[]);
    check(
        &[document("a", &[("1", "One", "")]), document("a", &[("1", "One", ""), ("1", "Two", "")])],
        0,
        0,
        &[],
    );
}

/// Which ids are one story.
fn groups(desk: &Desk, ids: &BTreeSet<StoryId>) -> BTreeSet<BTreeSet<StoryId>> {
    let reader = desk.reader();
    let mut groups: BTreeMap<StoryId, BTreeSet<StoryId>> = BTreeMap::new();
    for id in ids {
        groups.entry(reader.story(*id).unwrap().unwrap().id).or_default().insert(*id);
    }
    groups.into_values().collect()
}

/// Entries of few ids, titles and links, so that they meet often.
fn documents() -> impl Strategy<Value = Vec<Update>> {
    let entry = (0..6_u8, 0..3_u8, 0..4_u8);
    let document = proptest::collection::vec(entry, 0..6);
    proptest::collection::vec(document, 1..5).prop_map(|documents| {
        let one = |(number, entries): (usize, Vec<(u8, u8, u8)>)| {
            let key = format!("feed{number}");
            let arrivals = entries.into_iter().map(|(id, title, link)| {
                let link = format!("https://news.example/{link}");
                arrival(&key, &id.to_string(), &format!("Title {title}"), &link)
            });
            let arrivals = arrivals.collect();
            update(&key, arrivals)
        };
        documents.into_iter().enumerate().map(one).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A library that is deleted and fetched again, in another order, has the same stories.
    #[test]
    fn the_order_of_feeds_makes_no_other_stories(documents in documents(), turn in 0..5_usize) {
        let ids: BTreeSet<_> = documents.iter().flat_map(|document| {
            document.arrivals.iter().map(|arrival| arrival.id)
        }).collect();
        let mut one = Desk::new();
        for document in &documents {
            one.store(document.clone());
        }
        let mut other = Desk::new();
        let mut turned = documents.clone();
        turned.reverse();
        let turn = turn % turned.len();
        turned.rotate_left(turn);
        // All in one transaction, and everything twice.
        other.writer.write(time(NOON), turned.clone()).unwrap();
        for stored in other.writer.write(time(NOON + 60), turned).unwrap() {
            prop_assert!(stored.new.is_empty() && stored.updated.is_empty());
        }
        prop_assert_eq!(groups(&one, &ids), groups(&other, &ids));
    }
}
