//! Pictures of every kind of block, and what holds of every layout.

use super::*;
use crate::article::{Block, Image, Link, ListItem, Related, Span, Table};

/// Spans of a line in a notation of these tests alone: `*strong*`, `` `code` ``,
/// `~deleted~`, `^raised^`, `_lowered_`, `[link]`; links are numbered as they come.
fn spans(text: &str, links: &mut u32) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut span = Span::default();
    let mut flush = |span: &mut Span, text: &mut String| {
        if !text.is_empty() {
            span.text = SafeText::multiline(text);
            text.clear();
            out.push(span.clone());
        }
    };
    let mut words = String::new();
    for c in text.chars() {
        if "*`~^_[]".contains(c) {
            flush(&mut span, &mut words);
        }
        match c {
            '*' => span.marks.strong ^= true,
            '`' => span.marks.code ^= true,
            '~' => span.marks.deleted ^= true,
            '^' => span.marks.superscript ^= true,
            '_' => span.marks.subscript ^= true,
            '[' => span.link = Some(LinkId(*links)),
            ']' => {
                span.link = None;
                *links += 1;
            }
            c => words.push(c),
        }
    }
    flush(&mut span, &mut words);
    out
}

/// An article being written down by a test.
#[derive(Default)]
struct Draft {
    article: Article,
    links: u32,
    foot: Foot,
    meta: Vec<SafeText>,
}

impl Draft {
    fn spans(&mut self, text: &str) -> Vec<Span> {
        spans(text, &mut self.links)
    }

    fn block(mut self, make: impl FnOnce(&mut Self) -> Block) -> Self {
        let block = make(&mut self);
        self.article.blocks.push(block);
        self
    }

    fn p(self, text: &str) -> Self {
        self.block(|draft| Block::Paragraph(draft.spans(text)))
    }

    fn heading(self, level: Level, text: &str) -> Self {
        self.block(|draft| Block::Heading { level, text: draft.spans(text) })
    }

    fn lay_out(mut self, shape: Shape) -> Layout {
        let Ok(url) = "https://example.org/".parse::<url::Url>() else { panic!("no address") };
        self.article.links =
            (0..self.links).map(|_| Link { url: url.clone(), text: SafeText::default() }).collect();
        lay_out(&self.article, &Head { meta: self.meta }, &self.foot, shape)
    }
}

fn draft() -> Draft {
    Draft::default()
}

fn p(text: &str) -> Block {
    Block::Paragraph(spans(text, &mut 0))
}

fn item(blocks: impl IntoIterator<Item = Block>) -> ListItem {
    ListItem(blocks.into_iter().collect())
}

fn bullets(items: impl IntoIterator<Item = ListItem>) -> Block {
    Block::List { start: None, items: items.into_iter().collect() }
}

fn numbers(start: u32, items: impl IntoIterator<Item = ListItem>) -> Block {
    Block::List { start: Some(start), items: items.into_iter().collect() }
}

fn code(text: &str) -> Block {
    Block::Code { language: None, text: SafeText::multiline(text) }
}

fn table(head: &[&str], rows: &[&[&str]]) -> Block {
    let row = |cells: &[&str]| cells.iter().map(|cell| spans(cell, &mut 0)).collect();
    let rows = rows.iter().map(|cells| row(cells)).collect();
    Block::Table(Table { caption: Vec::new(), head: row(head), rows })
}

const fn shape(width: u16) -> Shape {
    Shape {
        width,
        wrap_code: false,
        link_numbers: false,
        plain: false,
        hyphenate: true,
        airy: false,
    }
}

/// What a reader sees: gutter, runs, and `›` where a line goes on.
fn picture(layout: &Layout, width: u16) -> String {
    let mut out = String::new();
    for line in &layout.lines {
        let mut row = match line.gutter {
            Gutter::Empty => "  ".to_owned(),
            Gutter::Section => "§ ".to_owned(),
        };
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        if line.right_to_left {
            let cells = crate::text::width::width(&text);
            row.extend(std::iter::repeat_n(' ', usize::from(width).saturating_sub(cells)));
        }
        row.push_str(&text);
        if line.overflow {
            row.push('›');
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

/// The picture of a draft, each line behind a bar that keeps its blanks.
#[track_caller]
fn check(draft: Draft, shape: Shape, expected: &str) {
    let shown = picture(&draft.lay_out(shape), shape.width);
    let shown = shown.trim_matches('\n');
    let expected: Vec<&str> =
        expected.lines().filter_map(|line| line.trim_start().strip_prefix('|')).collect();
    assert_eq!(shown, expected.join("\n"), "\n{shown}\n");
}

#[test]
fn paragraphs() {
    check(
        draft().p("One paragraph of words that wrap.").p("Another."),
        shape(20),
        "|  One paragraph of
         |  words that wrap.
         |
         |  Another.",
    );
    check(
        draft().p("Roses are red,\nviolets are blue."),
        shape(40),
        "|  Roses are red,\n|  violets are blue.",
    );
    check(draft().p("").p("   ").p("Alone."), shape(40), "|  Alone.");
}

#[test]
fn airy_lines() {
    check(
        draft()
            .p("One paragraph that wraps.")
            .block(|_| Block::Quote(vec![p("Two lines of a quote.")]))
            .block(|_| code("a\nb")),
        Shape { airy: true, ..shape(16) },
        "|  One paragraph
         |
         |  that wraps.
         |
         |
         |  ▎ Two lines of a
         |  ▎
         |  ▎ quote.
         |
         |
         |  │ a
         |  │ b",
    );
}

#[test]
fn headings() {
    check(
        draft()
            .p("Before.")
            .heading(Level::Section, "What changed in the end")
            .p("Text.")
            .heading(Level::Part, "A part")
            .p("More.")
            .heading(Level::Minor, "A minor one")
            .p("End."),
        shape(20),
        "|  Before.
         |
         |
         |§ What changed
         |  in the end
         |
         |  Text.
         |
         |  A part
         |  More.
         |
         |  A minor one
         |  End.",
    );
}

#[test]
fn lists() {
    check(
        draft().block(|_| {
            bullets([
                item([p("Fairness is measured in wall time.")]),
                item([p("Groups."), bullets([item([p("inner"), bullets([item([p("deep")])])])])]),
            ])
        }),
        shape(24),
        "|  • Fairness is measured
         |    in wall time.
         |  • Groups.
         |    ◦ inner
         |      ▪ deep",
    );
    check(
        draft().block(|_| numbers(9, [item([p("nine")]), item([p("ten and more words")])])),
        shape(16),
        "|   9. nine
         |  10. ten and more
         |      words",
    );
    check(
        draft().block(|_| {
            bullets([item([p("One."), p("Two.")]), item([p("Three."), code("x")]), item([])])
        }),
        shape(16),
        "|  • One.
         |
         |    Two.
         |
         |  • Three.
         |
         |    │ x",
    );
    check(
        draft().block(|_| bullets([item([bullets([item([p("both")])])])])),
        shape(16),
        "|  • ◦ both",
    );
}

#[test]
fn quotes() {
    check(
        draft().p("He said:").block(|_| {
            Block::Quote(vec![
                p("If a task slept, it runs next."),
                Block::Quote(vec![p("Inner words.")]),
                bullets([item([p("a point that is long")])]),
            ])
        }),
        shape(20),
        "|  He said:
         |
         |  ▎ If a task slept,
         |  ▎ it runs next.
         |  ▎
         |  ▎ ▎ Inner words.
         |  ▎
         |  ▎ • a point that is
         |  ▎   long",
    );
}

#[test]
fn nesting_leaves_room_for_words() {
    let deep = (0..9).fold(p("words stay words"), |inner, _| Block::Quote(vec![inner]));
    check(
        draft().block(|_| deep),
        shape(12),
        "|  ▎ ▎ ▎ words
         |  ▎ ▎ ▎ stay
         |  ▎ ▎ ▎ words",
    );
}

#[test]
fn code_blocks() {
    let text = "fn main() {\n\tprint(\"hello\");\n\n}\n";
    check(
        draft().block(|_| code(text)),
        shape(16),
        "|  │ fn main() {
         |  │     print(\"hello\");›
         |  │
         |  │ }",
    );
    check(
        draft().block(|_| code(text)),
        Shape { wrap_code: true, ..shape(16) },
        "|  │ fn main() {
         |  │     print(\"hel
         |  │ lo\");
         |  │
         |  │ }",
    );
    check(draft().block(|_| code("a\tb\n日\tc")), shape(16), "|  │ a   b\n|  │ 日  c");
}

#[test]
fn pictures_and_embeds() {
    let image = |alt: &str, caption: &str| {
        Block::Image(Image { alt: alt.into(), caption: spans(caption, &mut 0), ..Image::default() })
    };
    check(
        draft()
            .block(|_| image("A harbour at dawn", "Boats wait. Photo: the *port*"))
            .block(|_| image("", "Only a caption"))
            .block(|_| image("The same", "The same"))
            .block(|_| image("", "")),
        shape(24),
        "|  ▸ Image: A harbour at
         |    dawn
         |    Boats wait. Photo:
         |    the port
         |
         |  ▸ Image: Only a caption
         |
         |  ▸ Image: The same
         |
         |  ▸ Image",
    );
    check(
        draft().block(|_| Block::Embed { title: "A film of the day".into(), url: None }).block(
            |_| Block::Embed {
                title: SafeText::default(),
                url: "https://www.example.org/embed/12".parse().ok(),
            },
        ),
        shape(30),
        "|  ▸ A film of the day
         |
         |  ▸ example.org/embed/12",
    );
}

#[test]
fn related_lines_and_rules() {
    let mut draft = draft().p("Text.");
    for (label, title) in [("Read more", "Envoy lands in capital"), ("", "Unlabeled")] {
        let related = Related { label: label.into(), title: title.into(), url: None };
        draft.article.related.push(related);
    }
    let related = |id| move |_: &mut Draft| Block::Related(RelatedId(id));
    let draft = draft.block(related(0)).block(related(1)).block(related(7)).block(|_| Block::Rule);
    check(
        draft.p("End."),
        shape(24),
        "|  Text.
         |
         |  → Read more: Envoy lands
         |    in capital
         |  → Unlabeled
         |
         |           * * *
         |
         |  End.",
    );
}

#[test]
fn tables() {
    let rows: &[&[&str]] = &[&["Alpha", "3.50"], &["Beta", "12.00"]];
    check(
        draft().block(|_| table(&["Name", "Price"], rows)),
        shape(30),
        "|  Name   Price
         |  ────────────
         |  Alpha   3.50
         |  Beta   12.00",
    );
    check(draft().block(|_| table(&[], rows)), shape(30), "|  Alpha   3.50\n|  Beta   12.00");
    // Too wide as it is: the wide column wraps.
    let rows: &[&[&str]] = &[&["Alpha", "a long description of it", "1"], &["Beta", "short", "22"]];
    check(
        draft().block(|_| table(&["Name", "What it is", "N"], rows)),
        shape(26),
        "|  Name   What it is        N
         |  ──────────────────────────
         |  Alpha  a long            1
         |         description
         |         of it
         |  Beta   short            22",
    );
    // No room for columns: cards.
    check(
        draft().block(|_| table(&["Name", "What it is", "N"], rows)),
        shape(16),
        "|  Name: Alpha
         |  What it is: a
         |  long description
         |  of it
         |  N: 1
         |
         |  Name: Beta
         |  What it is:
         |  short
         |  N: 22",
    );
    check(draft().block(|_| table(&[], &[&["", " "]])), shape(16), "");
    check(
        draft().block(|_| {
            let Block::Table(inner) = table(&["A", "B"], &[&["1", ""]]) else { return Block::Rule };
            Block::Table(Table { caption: spans("Sums", &mut 0), ..inner })
        }),
        shape(16),
        "|  ▸ Sums
         |
         |  A  B
         |  ────
         |  1",
    );
}

#[test]
fn voices_in_words() {
    let text = "The `ls` of ~old~ days: E=mc^2^, H_2_O, 19^th^, x^Q^, a note^†^.";
    check(draft().p(text), shape(60), "|  The ls of old days: E=mc², H₂O, 19ᵗʰ, x^Q, a note†.");
    check(
        draft().p("The `ls` of ~old~ `days`"),
        Shape { plain: true, ..shape(60) },
        "|  The `ls` of ~old~ `days`",
    );
    check(
        draft().p("See [the *report*] and [annex]."),
        Shape { link_numbers: true, ..shape(60) },
        "|  See the report[1] and annex[2].",
    );
}

#[test]
fn scripts_of_the_world() {
    check(
        draft().p("彼は言った。「はい」と。").p("مرحبا بالعالم كله").p("שלום"),
        shape(10),
        "|  彼は言っ
         |  た。「は
         |  い」と。
         |
         |       مرحبا
         |     بالعالم
         |         كله
         |
         |        שלום",
    );
}

#[test]
fn hyphens_only_in_narrow_columns_and_known_languages() {
    let mut english = draft().p("an extensive documentation");
    english.article.language = Some("en-GB".into());
    check(english, shape(12), "|  an extensive\n|  documenta-\n|  tion");
    check(
        draft().p("an extensive documentation"),
        shape(12),
        "|  an extensive\n|  documentatio\n|  n",
    );
    let mut code = draft().p("an extensive `documentation`");
    code.article.language = Some("en".into());
    check(code, shape(12), "|  an extensive\n|  documentatio\n|  n");
}

#[test]
fn head() {
    let mut draft = draft().p("Text.");
    draft.article.title = "Council votes to keep all twelve libraries open".into();
    draft.article.standfirst = Some("What it means for readers.".into());
    draft.meta = ["Robin Example", "23 Nov 2026, 14:05", "6 min"].map(SafeText::from).to_vec();
    check(
        draft,
        shape(40),
        "|  Council votes to keep all
         |  twelve libraries open
         |  What it means for readers.
         |  Robin Example · 23 Nov 2026, 14:05
         |  6 min
         |
         |  Text.",
    );
}

fn with_foot() -> Draft {
    let row =
        |number, text: &str, note: &str| FootRow { number, text: text.into(), note: note.into() };
    let group = |heading: &str, reason: Option<&str>, rows| FootGroup {
        heading: heading.into(),
        reason: reason.map(SafeText::from),
        rows,
    };
    let mut draft = draft().p("See [one] and [two].");
    draft.foot.groups = vec![
        group(
            "Related",
            Some("Linked in this article"),
            vec![
                row(3, "Ministers to discuss", "Gazette · 2d"),
                row(4, "Spillover feared after strikes", "not stored"),
            ],
        ),
        group(
            "Related",
            Some("Earlier on this"),
            vec![row(5, "What the summit settled there", "6 Nov")],
        ),
        group("Links (2)", None, vec![row(1, "one", "example.org"), row(2, "two", "")]),
    ];
    draft
}

#[test]
fn foot() {
    check(
        with_foot(),
        shape(40),
        "|  See one and two.
         |
         |
         |§ Related
         |
         |  Linked in this article
         |   3  Ministers to discuss    Gazette · 2d
         |   4  Spillover feared after strikes
         |                                not stored
         |  Earlier on this
         |   5  What the summit settled there  6 Nov
         |
         |
         |§ Links (2)
         |
         |   1  one                      example.org
         |   2  two",
    );
}

#[test]
fn what_can_be_followed() {
    let layout = with_foot().lay_out(shape(40));
    let targets: Vec<(Target, usize, u16, u16)> =
        layout.targets.iter().map(|t| (t.target, t.line, t.column, t.number)).collect();
    assert_eq!(
        targets,
        [
            (Target::Link(LinkId(0)), 1, 4, 1),
            (Target::Link(LinkId(1)), 1, 12, 2),
            (Target::Foot(0, 0), 7, 4, 3),
            (Target::Foot(0, 1), 8, 4, 4),
            (Target::Foot(1, 0), 11, 4, 5),
            (Target::Foot(2, 0), 16, 4, 1),
            (Target::Foot(2, 1), 17, 4, 2),
        ]
    );
    let headings: Vec<(usize, &str)> =
        layout.headings.iter().map(|h| (h.line, h.text.as_str())).collect();
    assert_eq!(headings, [(4, "Related"), (14, "Links (2)")]);
    for (target, line) in [(2, 7), (4, 11), (6, 17)] {
        let position = layout.position_of(line);
        assert_eq!(layout.line_of(position), line, "row of target {target}");
    }
}

#[test]
fn a_link_is_noted_once_however_it_is_broken() {
    let layout = draft().p("See [a link of *many* words that wrap] here.").lay_out(shape(12));
    assert_eq!(layout.targets.len(), 1);
    let block = bullets([item([p("See [a link that wraps twice] here.")])]);
    let layout = draft().block(|_| block).lay_out(shape(12));
    assert_eq!(layout.targets.len(), 1);
    assert_eq!(layout.targets[0].column, 6);
}

#[test]
fn an_accent_in_a_voice_of_its_own_stays_on_its_letter() {
    let layout = draft().p("e*\u{301}x* 🇫*🇷*").lay_out(shape(12));
    let line = layout.lines.last().unwrap();
    let texts: Vec<&str> = line.runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(texts, ["e\u{301}", "x", " 🇫🇷"]);
}
