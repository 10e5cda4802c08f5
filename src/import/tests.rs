//! Lists of other programs and their plans.

use proptest::prelude::*;

use super::*;

fn plan(text: &str) -> Plan {
    read(text.as_bytes(), None).unwrap()
}

/// A feed in a line: address, title, folder, tags.
fn line(feed: &NewFeed) -> String {
    let text = |text: &Option<SafeText>| text.as_deref().unwrap_or("-").to_owned();
    let tags = feed.tags.iter().map(SafeText::as_str).collect::<Vec<_>>().join("+");
    let hidden = if feed.hidden { " hidden" } else { "" };
    format!("{} | {} | {} | {tags}{hidden}", feed.url, text(&feed.title), text(&feed.folder))
}

fn feeds(plan: &Plan) -> Vec<String> {
    plan.feeds.iter().map(line).collect()
}

fn warnings(plan: &Plan) -> Vec<String> {
    plan.warnings.iter().map(Warning::to_string).collect()
}

const URLS: &str = r#"# my feeds
https://example.org/feed news "long reads" "~The \"Example\""   # the first
http://example.org/other "!" sports

"https://example.org/a b#c" !quiet news
  "query:Fresh:unread = \"yes\" and tags # \"news\""
"query:Flagged:flags =~ \"s\"" music
"exec:~/bin/make-feed --all" tools "~Made here" !
filter:~/bin/keep.pl:https://example.org/firehose news
"filter:grep -v 'a: b':https://example.org/second"
file:///home/somebody/feed.xml
https://example.org/feed again
"#;

#[test]
fn newsboat_lines_are_feeds_searches_and_commands() {
    assert_eq!(guess(URLS.as_bytes()), Some(Format::Newsboat));
    let plan = plan(URLS);
    assert_eq!(
        feeds(&plan),
        [
            "https://example.org/feed | The \"Example\" | - | news+long reads+again",
            "http://example.org/other | - | - | sports hidden",
            "https://example.org/a%20b#c | - | - | quiet+news hidden",
            "https://example.org/firehose | - | - | news",
            "https://example.org/second | - | - | ",
        ]
    );
    let query = "is:unread tag:news".to_owned();
    assert_eq!(plan.searches, [NewSearch { name: "Fresh".into(), query }]);
    let [command] = &plan.commands[..] else { panic!("{:?}", plan.commands) };
    assert_eq!(command.argv, ["sh", "-c", "~/bin/make-feed --all"]);
    assert_eq!(command.title.as_deref(), Some("Made here"));
    assert!(command.hidden && command.tags == [SafeText::line("tools")]);
    assert_eq!(
        warnings(&plan),
        [
            "line 7: the search Flagged asks for “flags =~ s”, which has no counterpart here; it was left out",
            "line 9: https://example.org/firehose comes without the filter ~/bin/keep.pl: the feed is taken as it is",
            "line 10: https://example.org/second comes without the filter grep -v 'a: b': the feed is taken as it is",
            "line 11: file:///home/somebody/feed.xml is no address of the web; it was left out",
        ]
    );
}

const OPML: &str = r#"<opml version="1.0" xmlns:x="https://example.org/x"><body>
  <outline text="News"><outline title="World">
    <outline text="A" title="A" type="rss" xmlUrl="https://example.org/a" htmlUrl="https://example.org/"
             category="/one, two words,," description="" x:color="red" y:lost="1"/>
  </outline></outline>
  <outline text="Other">
    <outline text="A again" type="atom" xmlUrl="https://example.org/a" category="three"/>
    <outline text="B" xmlUrl="feed:https://example.org/b" filtercmd="keep"/>
  </outline>
  <outline text="Made" xmlUrl="|~/bin/make"/>
  <outline text="Lost" xmlUrl="nowhere"/>
</body></opml>"#;

#[test]
fn opml_outlines_are_feeds() {
    assert_eq!(guess(OPML.as_bytes()), Some(Format::Opml));
    let plan = plan(OPML);
    assert_eq!(
        feeds(&plan),
        [
            "https://example.org/a | A | News/World | one+two words+three",
            "https://example.org/b | B | Other | ",
        ]
    );
    let kept = |feed: &NewFeed| -> Vec<String> {
        feed.opml.iter().map(|(name, value)| format!("{name}={value}")).collect()
    };
    assert_eq!(
        kept(&plan.feeds[0]),
        ["htmlUrl=https://example.org/", "xmlns:x=https://example.org/x", "x:color=red"]
    );
    assert_eq!(kept(&plan.feeds[1]), ["filtercmd=keep"]);
    assert_eq!(plan.commands[0].argv, ["sh", "-c", "~/bin/make"]);
    assert_eq!(
        warnings(&plan),
        [
            "https://example.org/a stands in News/World and in Other; it is put into the first",
            "https://example.org/b comes without the filter keep: the feed is taken as it is",
            "nowhere is no address of the web; it was left out",
        ]
    );
}

#[test]
fn a_command_that_is_not_all_in_sight_is_left_out() {
    for hidden in ["\u{200b}", "\u{202e}", "\u{1b}[8m", "&#10;", "\u{ad}"] {
        let plan = plan(&format!(
            "<opml version='2.0'><body><outline xmlUrl='exec:echo a{hidden}rm b'/>\
             <outline xmlUrl='exec:echo a b'/></body></opml>"
        ));
        assert_eq!(plan.commands.len(), 1, "{hidden:?}");
        assert!(warnings(&plan)[0].ends_with("it was left out"), "{hidden:?}");
    }
}

#[test]
fn thousands_of_tags_and_commands_take_no_time() {
    let words = (0..50_000).map(|n| format!("t{n} ")).collect::<Vec<_>>().concat();
    let lines = (0..50_000).map(|n| format!("https://a.example/ l{n}\nexec:{n}\n"));
    let plan = plan(&format!("https://a.example/ {words}\n{}", lines.collect::<Vec<_>>().concat()));
    assert_eq!((plan.feeds.len(), plan.commands.len()), (1, 50_000));
    assert_eq!(plan.feeds[0].tags.len(), MOST_TAGS);
}

#[test]
fn a_plain_list_of_addresses_is_a_list() {
    let plan = plan("https://example.org/a\r\nhttps://example.org/b\r\n");
    assert_eq!(plan.feeds.len(), 2);
    assert!(plan.warnings.is_empty());
}

#[test]
fn other_documents_are_no_lists() {
    for text in [
        "",
        "# only a comment",
        "A letter.\n\nIt names https://example.org/ once.",
        "{\"url\": \"https://example.org/\"}",
        "<html><body><a href='https://example.org/'>x</a></body></html>",
        "<rss><channel/></rss>",
    ] {
        assert_eq!(guess(text.as_bytes()), None, "{text}");
        assert!(read(text.as_bytes(), None).is_err(), "{text}");
    }
    let opml = read(b"https://example.org/a", Some(Format::Opml)).unwrap_err();
    assert!(opml.0.contains("no OPML"), "{opml}");
    assert!(read(b"\x89PNG\r\n\x1a\n", None).is_err());
}

proptest! {
    #[test]
    fn no_lines_can_hurt(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "(https://|[a-zé]{1,5}|exec:|filter:|\"?query:|:|unread|title|age|between|=~|!=|and|or|[()]|\"|\\\\|[~!#]| |\n){0,40}",
    ) {
        for bytes in [&bytes[..], text.as_bytes()] {
            for format in [Some(Format::Newsboat), Some(Format::Opml), None] {
                if let Ok(plan) = read(bytes, format) {
                    prop_assert!(plan.feeds.iter().all(|feed| feed.url.has_host()));
                    prop_assert!(plan.commands.iter().all(|command| command.argv.len() == 3));
                }
            }
        }
    }
}

#[test]
fn a_list_without_end_is_cut() {
    let feeds = |at: usize| format!("https://a.example/{at}\n");
    let list: String = (0..MOST + 3).map(feeds).collect();
    let plan = read(list.as_bytes(), Some(Format::Newsboat)).unwrap();
    assert_eq!(plan.feeds.len(), MOST);
    let [warning] = plan.warnings.as_slice() else { panic!("{:?}", plan.warnings) };
    assert!(warning.message.contains("3 were left out; import it in parts"), "{warning}");
    let list = "ftp://x\n".repeat(2 * COMPLAINTS);
    let plan = read(list.as_bytes(), Some(Format::Newsboat)).unwrap();
    assert_eq!(plan.warnings.len(), COMPLAINTS + 1);
    assert_eq!(plan.warnings[COMPLAINTS].message, "1,000 more lines are odd as well");
}
