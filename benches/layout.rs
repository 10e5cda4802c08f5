//! How long a layout takes: a normal story, a long read, and a hostile page.

use dateline::article::{Article, Block, Level, LinkId, Marks, Span};
use dateline::layout::{Foot, Head, Layout, Shape, lay_out};
use dateline::text::sanitize::SafeText;
use divan::Bencher;

fn main() {
    divan::main();
}

const SHAPE: Shape = Shape {
    width: 68,
    wrap_code: false,
    link_numbers: false,
    hyphenate: true,
    airy: false,
    plain: false,
};

const KIB: usize = 1024;

const ENGLISH: &str = "The council voted on Tuesday to keep all twelve libraries open, and \
    said that the money would come from the city’s reserve. Readers who had gathered in the \
    hall — some with books in their hands — stood up and clapped; others asked for how long. ";

const JAPANESE: &str = "市議会は火曜日、十二の図書館をすべて開け続けることを決めた。費用は市の積立金から\
    出すという。「いつまでですか」と、会場にいた利用者の一人が尋ねた。";

/// An article of paragraphs of about 600 bytes, some words of them strong or linked.
fn article(text: &str, bytes: usize) -> Article {
    let plain = |text: &str| Span::plain(text);
    let strong =
        Span { marks: Marks { strong: true, ..Marks::default() }, ..plain("a word that counts ") };
    let link = Span { link: Some(LinkId(0)), ..plain("an earlier report ") };
    let mut blocks = Vec::new();
    let mut written = 0;
    while written < bytes {
        if blocks.len() % 8 == 7 {
            let text = vec![plain("What changed")];
            blocks.push(Block::Heading { level: Level::Section, text });
        }
        let paragraph = vec![plain(text), strong.clone(), plain(text), link.clone(), plain("so.")];
        written += paragraph.iter().map(|span| span.text.len()).sum::<usize>();
        blocks.push(Block::Paragraph(paragraph));
    }
    Article {
        title: "A headline".into(),
        language: Some("en".into()),
        blocks,
        ..Article::default()
    }
}

fn bench(bencher: Bencher<'_, '_>, article: &Article, shape: Shape) {
    let (head, foot) = (Head::default(), Foot::default());
    bencher.bench(|| -> Layout { lay_out(article, &head, &foot, shape) });
}

#[divan::bench(args = [8, 64, 1024])]
fn english(bencher: Bencher<'_, '_>, kib: usize) {
    bench(bencher, &article(ENGLISH, kib * KIB), SHAPE);
}

#[divan::bench(args = [8, 64, 1024])]
fn english_hyphenated(bencher: Bencher<'_, '_>, kib: usize) {
    bench(bencher, &article(ENGLISH, kib * KIB), Shape { width: 40, ..SHAPE });
}

#[divan::bench(args = [8, 64, 1024])]
fn japanese(bencher: Bencher<'_, '_>, kib: usize) {
    bench(bencher, &article(JAPANESE, kib * KIB), SHAPE);
}

/// All of it one paragraph.
#[divan::bench(args = [64, 1024])]
fn one_paragraph(bencher: Bencher<'_, '_>, kib: usize) {
    let text = ENGLISH.repeat(kib * KIB / ENGLISH.len());
    let blocks = vec![Block::Paragraph(vec![Span::plain(&text)])];
    bench(bencher, &Article { blocks, ..Article::default() }, SHAPE);
}

/// All of it one word.
#[divan::bench(args = [64, 1024])]
fn one_word(bencher: Bencher<'_, '_>, kib: usize) {
    let blocks = vec![Block::Paragraph(vec![Span::plain(&"word/".repeat(kib * KIB / 5))])];
    bench(bencher, &Article { blocks, ..Article::default() }, SHAPE);
}

/// The door itself.
#[divan::bench(args = [64, 1024])]
fn sanitize(bencher: Bencher<'_, '_>, kib: usize) {
    let text = (ENGLISH.to_owned() + JAPANESE).repeat(kib * KIB / 500);
    bencher.bench(|| SafeText::multiline(&text));
}
