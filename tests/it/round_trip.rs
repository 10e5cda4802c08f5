//! An article that is written as Markdown or HTML and read again is the same article.

use dateline::article::{
    Article, Block, Image, Level, Link, LinkId, ListItem, Marks, PubDate, Related, RelatedId, Span,
    Table,
};
use dateline::export;
use dateline::extract::{self, Hints};
use dateline::text::sanitize::SafeText;
use proptest::collection::vec;
use proptest::prelude::*;
use url::Url;

/// Words that mean something in Markdown or in HTML, and a few that do not.
const WORDS: [&str; 62] = [
    "ferry",
    "a",
    "The",
    "pier",
    "été",
    "渡轮",
    "の",
    "🙂",
    "*",
    "**",
    "*b*",
    "_",
    "__x__",
    "_y",
    "snake_case",
    "`",
    "``",
    "`c`",
    "#",
    "##",
    "#tag",
    "x#",
    "1.",
    "2)",
    "10.",
    "-",
    "+",
    "--",
    "---",
    "===",
    "***",
    ">",
    ">q",
    "|",
    "a|b",
    "<b>",
    "</p>",
    "<!--",
    "&amp;",
    "&",
    "&#65;",
    "AT&T",
    "[x]",
    "[ ]",
    "[a](b)",
    "![i](j)",
    "!",
    "[^1]",
    "[r]:",
    "~",
    "~~d~~",
    "\\",
    "\\*",
    "$x$",
    "{#id}",
    "^1^",
    ":--",
    ":",
    "(p)",
    "“q”",
    "\"q\"",
    "http://a.example/_b_",
];

const URLS: [&str; 8] = [
    "https://example.org/",
    "https://example.org/a_(b)?x=1&copy;=2#c",
    "https://example.org/?a|b[c]*d*~e~",
    "https://example.org/%20x?q=&amp;",
    "https://example.org/`b`!",
    "http://[::1]:8080/é",
    "mailto:a@example.org?subject=A%20b",
    "https://example.org/a)b",
];

/// A piece of inline text before its links are numbered.
#[derive(Debug, Clone)]
struct Piece {
    words: String,
    marks: Marks,
    link: Option<usize>,
    /// What stands before it: nothing, a space, a line break.
    before: &'static str,
}

/// Blocks before links and related lines are numbered.
#[derive(Debug, Clone)]
enum Draft {
    Heading(Level, Vec<Piece>),
    Paragraph(Vec<Piece>),
    List(Option<u32>, Vec<Vec<Draft>>),
    Quote(Vec<Draft>),
    Code(Option<&'static str>, String),
    Image(u32, String, Vec<Piece>, Option<(u32, u32)>),
    Table(Vec<Piece>, bool, Vec<Vec<Vec<Piece>>>),
    Embed(String, Option<usize>),
    Related(&'static str, String, Option<usize>),
    Rule,
}

fn words(most: usize) -> impl Strategy<Value = String> {
    vec(prop::sample::select(&WORDS[..]), 1..=most).prop_map(|words| words.join(" "))
}

/// Words that begin and end in a letter, as names do.
fn name() -> impl Strategy<Value = String> {
    words(3).prop_map(|words| format!("Tide {words} north"))
}

fn marks() -> impl Strategy<Value = Marks> {
    (0..10u8, 0..10u8).prop_map(|(a, b)| {
        let on = |mark: u8| a == mark || b == mark;
        Marks {
            emphasis: on(1),
            strong: on(2),
            code: on(3),
            deleted: on(4),
            highlight: on(5),
            superscript: on(6),
            subscript: on(7) && !on(6),
        }
    })
}

fn pieces(most: usize) -> impl Strategy<Value = Vec<Piece>> {
    let link = prop_oneof![3 => Just(None), 1 => (0..URLS.len()).prop_map(Some)];
    let before = prop_oneof![3 => Just(" "), 2 => Just(""), 1 => Just("\n")];
    let piece = (words(4), marks(), link, before);
    let piece = piece.prop_map(|(words, marks, link, before)| Piece { words, marks, link, before });
    vec(piece, 1..=most)
}

fn leaf() -> impl Strategy<Value = Draft> {
    let level = prop_oneof![Just(Level::Section), Just(Level::Part), Just(Level::Minor)];
    let row = vec(prop_oneof![4 => pieces(2), 1 => Just(Vec::new())], 3);
    let line =
        prop_oneof![words(4), Just(String::new()), words(2).prop_map(|w| format!("\t  {w}"))];
    let url = || prop::option::of(0..URLS.len());
    prop_oneof![
        2 => (level, pieces(2)).prop_map(|(level, text)| Draft::Heading(level, text)),
        6 => pieces(4).prop_map(Draft::Paragraph),
        1 => (prop::option::of(prop::sample::select(&["rust", "c++", "objective-c"][..])), vec(line, 1..5))
            .prop_map(|(language, lines)| Draft::Code(language, lines.join("\n"))),
        1 => (0..u32::MAX, words(3), prop_oneof![Just(Vec::new()), pieces(2)], prop::option::of((40..2000u32, 40..2000u32)))
            .prop_map(|(number, alt, caption, size)| Draft::Image(number, alt, caption, size)),
        1 => (prop_oneof![2 => Just(Vec::new()), 1 => pieces(2)], any::<bool>(), vec(row, 1..4))
            .prop_map(|(caption, head, rows)| Draft::Table(caption, head, rows)),
        1 => (name(), url()).prop_map(|(title, url)| Draft::Embed(title, url)),
        1 => (prop::sample::select(&["Read more", "See also", "Lire aussi"][..]), name(), url())
            .prop_map(|(label, title, url)| Draft::Related(label, title, url)),
        1 => Just(Draft::Rule),
    ]
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let block = leaf().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 1..3).prop_map(Draft::Quote),
            2 => (prop::option::of(0..1000u32), vec(vec(inner, 1..3), 1..4))
                .prop_map(|(start, items)| Draft::List(start, items)),
        ]
    });
    vec(block, 0..8)
}

fn article() -> impl Strategy<Value = Article> {
    let text = || prop::option::of(name());
    let date = |date: &'static str| prop::option::of(Just(date));
    let about = (
        name(),
        text(),
        vec(
            prop::sample::select(&["Ada Park", "O’Neil B. Reed", "Harbor & Desk", "李伟"][..]),
            0..3,
        ),
    );
    let dates = (date("2024-03-05T10:20:30Z"), date("2024-03-06"));
    (about, dates, text(), text(), prop::option::of(0..URLS.len()), drafts()).prop_map(
        |((title, standfirst, byline), (published, updated), site, section, image, drafts)| {
            let safe = |text: Option<String>| text.map(|text| SafeText::title(&text));
            let mut byline: Vec<_> = byline
                .into_iter()
                .filter(|name| !name.contains('&'))
                .map(SafeText::title)
                .collect();
            byline.dedup();
            let mut article = Article {
                title: SafeText::title(&format!("Headline {title}")),
                // What repeats the headline or the standfirst at the top would be left out.
                standfirst: safe(standfirst.map(|text| format!("Standfirst {text}"))),
                byline,
                published: published.map(|date| date.parse::<PubDate>().unwrap()),
                updated: updated.map(|date| date.parse::<PubDate>().unwrap()),
                site: safe(site),
                section: safe(section),
                language: Some("pt-BR".into()),
                url: Some(Url::parse("https://example.org/news/ferry?a=1").unwrap()),
                image: image.map(|at| Image {
                    url: Url::parse(URLS[at]).ok(),
                    alt: "A \"pier\"".into(),
                    ..Image::default()
                }),
                ..Article::default()
            };
            article.blocks = blocks(drafts, &mut article.links, &mut article.related);
            article
        },
    )
}

/// Numbers what drafts hold, and leaves out what a reader leaves out.
fn blocks(drafts: Vec<Draft>, links: &mut Vec<Link>, related: &mut Vec<Related>) -> Vec<Block> {
    let mut out = Vec::new();
    for draft in drafts {
        let block = match draft {
            Draft::Heading(level, text) => Block::Heading { level, text: spans(text, links) },
            Draft::Paragraph(text) => Block::Paragraph(spans(text, links)),
            Draft::List(start, items) => {
                let items = items.into_iter().map(|item| ListItem(blocks(item, links, related)));
                let items: Vec<_> = items.filter(|item| !item.0.is_empty()).collect();
                if items.is_empty() {
                    continue;
                }
                Block::List { start, items }
            }
            Draft::Quote(inner) => match blocks(inner, links, related) {
                inner if inner.is_empty() => continue,
                inner => Block::Quote(inner),
            },
            Draft::Code(language, text) => {
                let kept: Vec<&str> =
                    text.lines().skip_while(|line| line.trim().is_empty()).collect();
                let text = kept.join("\n");
                if text.trim().is_empty() {
                    continue;
                }
                let text = SafeText::multiline(text.trim_end());
                Block::Code { language: language.map(SafeText::line), text }
            }
            Draft::Image(number, alt, caption, size) => Block::Image(Image {
                url: Url::parse(&format!("https://example.org/{number}_a_.png?b|c")).ok(),
                alt: SafeText::title(&alt),
                caption: spans(
                    caption
                        .into_iter()
                        .map(|mut piece| {
                            piece.marks.emphasis = false;
                            piece
                        })
                        .collect(),
                    links,
                ),
                size,
            }),
            Draft::Table(caption, head, rows) => {
                let caption = spans(caption, links);
                let mut rows: Vec<Vec<_>> = rows
                    .into_iter()
                    .enumerate()
                    .map(|(index, row)| {
                        let full = |column: usize, mut cell: Vec<Piece>| {
                            // A row or a column without a word is none.
                            if cell.is_empty() && (index == 0 || column == 0) {
                                let words = "full".to_owned();
                                cell.push(Piece {
                                    words,
                                    marks: Marks::default(),
                                    link: None,
                                    before: "",
                                });
                            }
                            cell
                        };
                        row.into_iter()
                            .enumerate()
                            .map(|(column, cell)| spans(full(column, cell), links))
                            .collect()
                    })
                    .collect();
                let head = if head { rows.remove(0) } else { Vec::new() };
                Block::Table(Table { caption, head, rows })
            }
            Draft::Embed(title, url) => Block::Embed {
                title: SafeText::title(&title),
                url: url.map(|at| Url::parse(URLS[at]).unwrap()),
            },
            Draft::Related(label, title, url) => {
                let url = url.map(|at| Url::parse(URLS[at]).unwrap());
                related.push(Related { label: label.into(), title: SafeText::title(&title), url });
                Block::Related(RelatedId(related.len() as u32 - 1))
            }
            Draft::Rule if matches!(out.last(), None | Some(Block::Rule)) => continue,
            Draft::Rule => Block::Rule,
        };
        out.push(block);
    }
    out
}

fn spans(pieces: Vec<Piece>, links: &mut Vec<Link>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut push = |text: &str, marks: Marks, link: Option<LinkId>| match out.last_mut() {
        Some(last) if last.marks == marks && last.link == link => {
            last.text.push(&SafeText::multiline(text));
        }
        _ => out.push(Span { text: SafeText::multiline(text), marks, link }),
    };
    for (index, piece) in pieces.into_iter().enumerate() {
        if index > 0 && !piece.before.is_empty() {
            push(piece.before, Marks::default(), None);
        }
        let link = piece.link.map(|at| {
            links.push(Link {
                url: Url::parse(URLS[at]).unwrap(),
                text: SafeText::line(&piece.words),
            });
            LinkId(links.len() as u32 - 1)
        });
        push(&piece.words, piece.marks, link);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_reads_back_as_the_same_article(mut article in article()) {
        let text = export::markdown::article(&article, &[("id", "12".to_owned())]);
        let (read, warnings) = extract::markdown::read(&text, &Hints::default());
        without_sizes(&mut article.blocks);
        prop_assert_eq!(&read, &article, "{}", text);
        prop_assert_eq!(warnings, []);
    }

    #[test]
    fn html_reads_back_as_the_same_article(article in article()) {
        let text = export::html::article(&article);
        let (read, warnings) = extract::html::read(&text, &Hints::default());
        prop_assert_eq!(&read, &article, "{}", text);
        prop_assert_eq!(warnings, []);
    }
}

/// Markdown has no sizes of pictures.
fn without_sizes(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Image(image) => image.size = None,
            Block::Quote(blocks) => without_sizes(blocks),
            Block::List { items, .. } => {
                for item in items {
                    without_sizes(&mut item.0);
                }
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Embed { .. }
            | Block::Related(_)
            | Block::Rule => {}
        }
    }
}
