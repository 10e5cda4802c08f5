use proptest::prelude::*;

use super::*;
use crate::article::{Block, Span};

/// The article of a text, a line a block, each with its kind.
fn outline(text: &str) -> String {
    let (article, _) = read(text, &Hints::default());
    let mut out = vec![format!("title: {}", article.title)];
    out.extend(article.standfirst.iter().map(|text| format!("standfirst: {text}")));
    out.extend(article.byline.iter().map(|name| format!("by: {name}")));
    out.extend(article.published.iter().map(|date| format!("date: {date}")));
    out.extend(article.blocks.iter().map(|block| describe(&article, block)));
    out.join("\n")
}

fn describe(article: &Article, block: &Block) -> String {
    let all = |blocks: &[Block]| {
        blocks.iter().map(|block| describe(article, block)).collect::<Vec<_>>().join(", ")
    };
    match block {
        Block::Heading { level, text } => format!("h{}: {}", level.number(), Span::join(text)),
        Block::Paragraph(text) => format!("p: {}", Span::join(text)),
        Block::List { start, items } => {
            let items: Vec<String> = items.iter().map(|item| all(&item.0)).collect();
            format!("list {start:?} [{}]", items.join(" / "))
        }
        Block::Quote(blocks) => format!("quote [{}]", all(blocks)),
        Block::Code { text, .. } => format!("code: {}", text.replace('\n', "⏎")),
        Block::Table(_) => {
            format!("table: {}", block.text().replace('\n', " / ").replace('\t', "|"))
        }
        Block::Related(id) => {
            let related = &article.related[id.0 as usize];
            format!("related: {} > {}", related.label, related.title)
        }
        Block::Rule => "rule".to_owned(),
        Block::Image(_) | Block::Embed { .. } => "unexpected".to_owned(),
    }
}

const LEAD: &str = "Ferry stays\n\nThe ferry between the two towns will run all winter until midnight, \
                    the operator said on Sunday after months of doubt about the price of its fuel.";

#[track_caller]
fn check(body: &str, expected: &str) {
    let outline = outline(&format!("{LEAD}\n\n{body}"));
    let found: Vec<&str> = outline.lines().skip(2).collect();
    assert_eq!(found.join("\n"), expected);
}

#[test]
fn a_sentence_that_the_text_begins_with_again_is_its_standfirst() {
    let sentence =
        "The ferry between the two towns will run all winter, the operator said on Sunday.";
    let text = format!(
        "Ferry stays\n\n{sentence}\n\nThe ferry at its pier, in a picture of last winter.\n\n{sentence} Nobody had hoped for it."
    );
    let outline = outline(&text);
    assert_eq!(outline.lines().nth(1), Some(format!("standfirst: {sentence}").as_str()));
}

#[test]
fn lists_nest_and_go_on() {
    check(
        "- one\n- two\n  goes on\n  - deeper\n- three",
        "list None [p: one / p: two goes on, list None [p: deeper] / p: three]",
    );
    check("1. one\n2. two\n\nMore.", "list Some(1) [p: one / p: two]\np: More.");
    check("• one\n\n• two", "list None [p: one / p: two]");
}

#[test]
fn quotes_code_tables_and_rules() {
    check("> said so\n> > and more", "quote [p: said so, quote [p: and more]]");
    check("    let a = 1;\n      a + 1", "code: let a = 1;⏎  a + 1");
    check("| a | b |\n| - | - |\n| 1 | 2 |", "table: a|b / 1|2");
    check("* * *\n\nThe end.", "rule\np: The end.");
}

#[test]
fn headings_that_say_that_they_are() {
    check("Fares\n-----\nFour crowns.", "h3: Fares\np: Four crowns.");
    check("## Fares\n\nFour crowns.", "h2: Fares\np: Four crowns.");
}

#[test]
fn a_short_sentence_is_no_heading() {
    check("It was late.\n\nNobody spoke.", "p: It was late.\np: Nobody spoke.");
    check("Photo: Harbor Desk\n\nIt was late.", "p: Photo: Harbor Desk\np: It was late.");
}

#[test]
fn related_lines_stand_where_they_stood() {
    check(
        "Read more: A new pier\n\nIt was late.",
        "related: Read more > A new pier\np: It was late.",
    );
    check(
        "See also:\nA new pier\n\nIt was late.",
        "related: See also > A new pier\np: It was late.",
    );
    check("Related:\n- One\n- Two", "related: Related > One\nrelated: Related > Two");
    check("Read more:", "p: Read more:");
}

#[test]
fn wrapped_lines_are_joined() {
    let words = "the ferry will run all winter long and into the spring as well ";
    let text = textwrap::fill(&words.repeat(8), 60);
    check(&text, &format!("p: {}", words.repeat(8).trim_end()));
}

#[test]
fn a_text_may_be_nothing_but_a_head() {
    assert_eq!(outline(""), "title: ");
    assert_eq!(outline("Ferry stays"), "title: Ferry stays");
    assert_eq!(outline("3 March 2024"), "title: 3 March 2024\ndate: 2024-03-03");
    assert_eq!(outline("Menu\n\nShare"), "title: Menu");
}

/// The words of a text in order, as far as they have letters.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

fn words_of(article: &Article, blocks: &[Block]) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Related(id) => {
            let related = &article.related[id.0 as usize];
            words(&format!("{} {}", related.label, related.title))
        }
        Block::Quote(blocks) => words_of(article, blocks),
        other => words(&other.text()),
    };
    blocks.iter().flat_map(of).collect()
}

proptest! {
    /// Whatever the text, there is an article.
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        read(&text, &Hints::default());
    }

    /// Whatever lines with the signs of plain text in them, below a head: each word with a
    /// letter in it comes out in its place. (A label that stands above several headlines
    /// is told with each, so labels alone are not made here.)
    #[test]
    fn no_word_of_the_body_is_lost(
        body in "([ ]{0,6}([-*>#|•]|1[.]|Read more:|By|==|--)? ?[a-zé ]{0,30}[.:|?]?\n{0,2}){0,30}"
    ) {
        let text = format!("{LEAD}\n\nThe operator had said in summer that it would not.\n\n{body}");
        let (article, _) = read(&text, &Hints::default());
        let all: Vec<String> = words(&article.title).into_iter().chain(words_of(&article, &article.blocks)).collect();
        let alone = |words: Vec<String>| words.into_iter().filter(|word| word != "Read" && word != "more").collect::<Vec<_>>();
        prop_assert_eq!(alone(all), alone(words(&text)));
    }
}

#[test]
fn large_texts_are_read() {
    let paragraph = "The ferry stays, said the operator. ".repeat(10);
    for text in [
        format!("Ferry stays\n\n{}", format!("{paragraph}\n\n").repeat(500)),
        "word ".repeat(100_000),
        "a".repeat(500_000),
        "line\n".repeat(20_000),
        "- item\n".repeat(20_000),
        "> ".repeat(50_000),
        "1. x\n\n".repeat(20_000),
        "Read more:\n".repeat(10_000),
        (0..400).map(|depth| " ".repeat(depth) + "- item\n").collect(),
        format!("{}\n", "=".repeat(100_000)).repeat(3),
    ] {
        read(&text, &Hints::default());
    }
}
