//! Voices, scripts and lines.

use super::*;

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
fn an_accent_in_a_voice_of_its_own_stays_on_its_letter() {
    let layout = draft().p("e*\u{301}x* 🇫*🇷*").lay_out(shape(12));
    let line = layout.lines.last().unwrap();
    let texts: Vec<&str> = line.runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(texts, ["e\u{301}", "x", " 🇫🇷"]);
}
