//! Every kind of block.

use super::*;

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
    check(
        draft().block(|_| code("let harbor = quay(1);\n\u{20}   unbroken_name_of_it")),
        Shape { wrap_code: true, ..shape(18) },
        "|  │ let harbor =
         |  │ quay(1);
         |  │     unbroken_nam
         |  │ e_of_it",
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
    // Most columns wrap, and too much: cards.
    let wordy: &[&[&str]] = &[&["one two three", "four five six seven eight nine ten", "1"]];
    check(
        draft().block(|_| table(&["A", "B", "N"], wordy)),
        shape(24),
        "|  A: one two three
         |  B: four five six seven
         |  eight nine ten
         |  N: 1",
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
