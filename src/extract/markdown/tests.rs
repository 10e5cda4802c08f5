//! What Markdown reads as, a line a block.

use super::*;
use crate::extract::html::tests::sketch;

fn check(markdown: &str, expected: &str) {
    let hints = Hints { url: Url::parse("file:///news/ferry.md").ok(), ..Hints::default() };
    let (article, _) = read(markdown, &hints);
    assert_eq!(sketch(&article), expected, "{markdown}");
}

#[test]
fn blocks_of_commonmark() {
    check("One\ntwo  \nthree\\\nfour\n\nFive", "p One two⏎three⏎four\np Five");
    check("## A\n\nB\n=\n\n### C\n#### D\n##### E", "h2 A\nh2 B\nh3 C\nh4 D\nh4 E");
    check("- a\n- b\n  1. c\n  2. d\n\n3) e", "ul (p a) (p b / ol1 (p c) (p d))\nol3 (p e)");
    check("> a\n> > b\n\n***\n\nc", "quote (p a / quote (p b))\nrule\np c");
    check("```rust,ignore\nfn a() {}\n```\n\n    x\n", "code rust \"fn a() {}\"\ncode - \"x\"");
    check(
        "*a* **b** `c` [d](e.md) <https://a.example/>",
        "p _a_ *b* `c` d<file:///news/e.md> https://a.example/<https://a.example/>",
    );
}

#[test]
fn what_github_adds() {
    check("| a | b |\n|---|:-:|\n| *c* | d \\| e |\n| f |", "table {} a|b = _c_|d | e ; f|");
    check("~~a~~", "p ~a~");
    check("- [ ] a\n- [x] b", "ul (p ☐ a) (p ☑ b)");
    check("a[^n] b[^m]\n\n[^m]: two\n[^n]: one", "p a^1^ b^2^\np ^2^ two\np ^1^ one");
}

#[test]
fn pictures_and_their_captions() {
    check("![A](a.png)", "img file:///news/a.png [A]");
    check("![A *b*](a.png \"The pier\")", "img file:///news/a.png [A b] The pier");
    check(
        "![A](a.png)\n*The [pier](p.md)*",
        "img file:///news/a.png [A] The pier<file:///news/p.md>",
    );
    check("- ![A](a.png)\n  _So_\n- b", "ul (img file:///news/a.png [A] So) (p b)");
    check("a ![A](a.png) b", "p a\nimg file:///news/a.png [A]\np b");
    check("![A](a.png)\n*The* pier", "img file:///news/a.png [A]\np _The_ pier");
}

#[test]
fn html_in_markdown_is_read_as_html() {
    check("a <sup>2</sup> <script>b</script>\n\n<div>\n\n*c*\n\n</div>", "p a ^2^\np _c_");
    check(
        "<aside>\n<h3>See also</h3>\n<ul><li><a href=b.md>Another story</a></ul>\n</aside>",
        "related See also: Another story <file:///news/b.md>",
    );
}

#[test]
fn related_lines() {
    check("Read more: The ferry stays", "related Read more: The ferry stays <->");
    check(
        "**Related:** [The ferry stays](ferry.md)",
        "related Related: The ferry stays <file:///news/ferry.md>",
    );
    check(
        "Related stories:\n\n- [One story](a.md)\n- [Another](b.md)",
        "related Related stories: One story <file:///news/a.md>\nrelated Related stories: Another <file:///news/b.md>",
    );
}

#[test]
fn the_headline_is_in_the_front_matter_or_at_the_top() {
    for (markdown, title, blocks) in [
        ("# A *b*\n\nc", "A b", "p c"),
        ("A\n=\n\n# B", "A", "h2 B"),
        ("a\n\n# B", "", "p a\nh2 B"),
        ("---\ntitle: A\n---\n# a\n\nc", "A", "p c"),
        ("---\ntitle: A\n---\n# B\n\nc", "A", "h2 B\np c"),
    ] {
        let (article, _) = read(markdown, &Hints::default());
        assert_eq!(
            (article.title.as_str(), sketch(&article).as_str()),
            (title, blocks),
            "{markdown}"
        );
    }
}

#[test]
fn front_matter_fills_the_article() {
    let (article, warnings) = read(
        "---\ntitle: The ferry\ndescription: It stays.\nauthor: By Ada Park and Tom Reed\ndate: 5 March 2026\nlang: en\nurl: https://example.org/a\nid: 7\n---\n",
        &Hints::default(),
    );
    assert_eq!(article.standfirst.as_deref(), Some("It stays."));
    assert_eq!(
        article.byline.iter().map(SafeText::as_str).collect::<Vec<_>>(),
        ["Ada Park", "Tom Reed"]
    );
    assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2026-03-05"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.url.as_ref().map(Url::as_str), Some("https://example.org/a"));
    assert_eq!(warnings, []);
    let (_, warnings) = read("---\ndate: soon\nurl: example\n---\n", &Hints::default());
    assert_eq!(warnings.iter().map(|warning| warning.line).collect::<Vec<_>>(), [Some(2), Some(3)]);
}

#[test]
fn hostile_markdown_is_read_in_time() {
    for (part, times) in [
        ("> ", 5_000),
        ("- ", 5_000),
        ("[", 20_000),
        ("*a_", 20_000),
        ("`a ``", 20_000),
        ("<div>", 5_000),
        ("|", 5_000),
    ] {
        let (article, _) = read(&format!("{}x", part.repeat(times)), &Hints::default());
        assert!(article.plain_text().ends_with('x'), "{part}");
    }
}
