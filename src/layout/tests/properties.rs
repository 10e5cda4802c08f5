//! What holds of every layout, whatever the article and the width.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::*;
use crate::article::{Block, Image, ListItem, Related, Span, Table};
use crate::text::width::{clusters, width};

fn text() -> impl Strategy<Value = SafeText> {
    let piece = prop_oneof![
        6 => "[a-z]{1,12} ",
        1 => "[a-z]{2,8}-[a-z]{2,8} ",
        1 => "https://example\\.org/[a-z/]{1,40} ",
        1 => "[、。「」ー日本の新聞っ]{1,8}",
        1 => "(👩‍🚀|🇫🇷|❤️|👍🏽){1,3}",
        1 => "[\u{300}-\u{310}\u{5d0}-\u{5da}\u{627}-\u{633}\u{93e}\u{915}\u{94d}\u{a0}\t\n ]{1,6}",
        1 => ".{0,6}",
    ];
    vec(piece, 0..6).prop_map(|pieces| SafeText::multiline(&pieces.concat()))
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let marks = any::<[bool; 5]>().prop_map(|[strong, code, deleted, up, down]| Marks {
        strong,
        code: code && strong,
        deleted,
        superscript: up && deleted,
        subscript: down && deleted,
        ..Marks::default()
    });
    let link = prop::option::weighted(0.3, (0..9_u32).prop_map(LinkId));
    let span = (text(), marks, link).prop_map(|(text, marks, link)| Span { text, marks, link });
    vec(span, 0..5)
}

fn block() -> impl Strategy<Value = Block> {
    let level = prop::sample::select(vec![Level::Section, Level::Part, Level::Minor]);
    let cells = || vec(spans(), 0..4);
    let leaf = prop_oneof![
        4 => spans().prop_map(Block::Paragraph),
        1 => (level, spans()).prop_map(|(level, text)| Block::Heading { level, text }),
        1 => text().prop_map(|text| Block::Code { language: None, text }),
        1 => (text(), spans()).prop_map(|(alt, caption)| {
            Block::Image(Image { alt, caption, ..Image::default() })
        }),
        1 => text().prop_map(|title| Block::Embed { title, url: None }),
        1 => (0..3_u32).prop_map(|id| Block::Related(RelatedId(id))),
        1 => Just(Block::Rule),
        1 => (spans(), cells(), vec(cells(), 0..4))
            .prop_map(|(caption, head, rows)| Block::Table(Table { caption, head, rows })),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let item = vec(inner.clone(), 0..4).prop_map(ListItem);
        prop_oneof![
            vec(inner, 0..4).prop_map(Block::Quote),
            (prop::option::of(0..200_u32), vec(item, 0..4))
                .prop_map(|(start, items)| Block::List { start, items }),
        ]
    })
}

fn article() -> impl Strategy<Value = Article> {
    let language = prop::option::of(Just(SafeText::line("en")));
    (text(), prop::option::of(text()), language, vec(block(), 0..6)).prop_map(
        |(title, standfirst, language, blocks)| Article {
            title,
            standfirst,
            language,
            blocks,
            related: vec![
                Related { label: "Read more".into(), title: "Another story".into(), url: None },
                Related { label: "".into(), title: "".into(), url: None },
            ],
            ..Article::default()
        },
    )
}

fn foot() -> impl Strategy<Value = Foot> {
    let row = (any::<u16>(), text(), text()).prop_map(|(number, text, note)| FootRow {
        number,
        text,
        note,
    });
    let heading = prop_oneof![Just("Related"), Just("Links")].prop_map(SafeText::line);
    let group = (heading, prop::option::of(text()), vec(row, 0..3))
        .prop_map(|(heading, reason, rows)| FootGroup { heading, reason, rows });
    vec(group, 0..3).prop_map(|groups| Foot { groups })
}

fn shape() -> impl Strategy<Value = Shape> {
    (prop_oneof![0..16_u16, 16..121_u16], any::<[bool; 5]>()).prop_map(
        |(width, [wrap_code, link_numbers, hyphenate, airy, plain])| Shape {
            width,
            wrap_code,
            link_numbers,
            hyphenate,
            airy,
            plain,
        },
    )
}

fn meta() -> impl Strategy<Value = Head> {
    vec(text(), 0..4).prop_map(|meta| Head { meta })
}

/// The bytes of the body's blocks that the runs of a layout stand for, and how often.
fn shown(layout: &Layout, blocks: &[Block]) -> Vec<Vec<u8>> {
    let mut counts: Vec<Vec<u8>> = blocks.iter().map(|block| vec![0; block.text().len()]).collect();
    for line in &layout.lines {
        let Some(counts) = counts.get_mut(line.position.block as usize) else { continue };
        for run in &line.runs {
            for count in &mut counts[run.source.start as usize..run.source.end as usize] {
                *count += 1;
            }
        }
    }
    counts
}

proptest! {
    #[test]
    fn holds(article in article(), head in meta(), foot in foot(), shape in shape()) {
        let layout = lay_out(&article, &head, &foot, shape);
        let measure = usize::from(shape.width.max(1));

        for line in &layout.lines {
            let mut total = 0;
            for run in &line.runs {
                prop_assert_eq!(usize::from(run.width), width(&run.text), "{:?}", run);
                total += usize::from(run.width);
            }
            let code = line.runs.iter().any(|run| run.voice == Voice::Code);
            let words: String = (line.runs.iter())
                .filter(|run| !matches!(run.voice, Voice::Sign(_)))
                .map(|run| run.text.as_str())
                .collect();
            let alone = clusters(words.trim()).filter(|cluster| width(cluster) > 0).count() <= 1;
            prop_assert_eq!(line.overflow, total > usize::from(shape.width));
            prop_assert!(total <= measure || code && !shape.wrap_code || alone, "{:?}", line);
        }

        // No character is lost, and none stands twice.
        for (block, counts) in article.blocks.iter().zip(shown(&layout, &article.blocks)) {
            for (at, c) in block.text().char_indices().filter(|(_, c)| !c.is_whitespace()) {
                prop_assert_eq!(counts[at], 1, "{:?} at {} of {:?}", c, at, block);
            }
        }

        // Positions rise, and find their lines.
        for pair in layout.lines.windows(2) {
            prop_assert!(pair[0].position <= pair[1].position, "{:?}", pair);
        }
        for (index, block) in article.blocks.iter().enumerate() {
            for (offset, _) in block.text().char_indices() {
                let position = Position { block: index as u32, offset: offset as u32 };
                let line = layout.line_of(position);
                prop_assert!(line == 0 || layout.position_of(line) <= position);
                if let Some(next) = layout.lines.get(line + 1) {
                    prop_assert!(line == 0 || position < next.position);
                }
            }
        }

        for heading in &layout.headings {
            prop_assert_eq!(layout.lines[heading.line].position.block, heading.position.block);
        }
        for target in &layout.targets {
            let mut column = 0;
            let begins = layout.lines[target.line].runs.iter().any(|run| {
                let here = column == target.column && run.target == Some(target.target);
                column += run.width;
                here
            });
            prop_assert!(begins, "{:?}", target);
        }
        for group in foot.groups.iter().flat_map(|group| &group.rows) {
            let found = layout.targets.iter().filter(|t| t.number == group.number).count();
            prop_assert!(found > 0 || group.text.trim().is_empty());
        }
    }
}
