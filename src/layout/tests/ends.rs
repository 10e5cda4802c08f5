//! Head and foot, and what can be followed.

use super::*;

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
