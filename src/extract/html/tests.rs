//! What HTML reads as, a line a block.

use super::*;
use crate::article::{Image, ListItem, Span};

/// Blocks in a short notation, so that a case is one line of HTML and one of blocks.
pub(in crate::extract) fn sketch(article: &Article) -> String {
    let mut out = Vec::new();
    for block in &article.blocks {
        out.push(block_sketch(block, article));
    }
    out.join("\n")
}

fn block_sketch(block: &Block, article: &Article) -> String {
    let nested = |blocks: &[Block]| {
        let parts: Vec<_> = blocks.iter().map(|block| block_sketch(block, article)).collect();
        parts.join(" / ")
    };
    match block {
        Block::Heading { level, text } => format!("h{} {}", level.number(), spans(text, article)),
        Block::Paragraph(text) => format!("p {}", spans(text, article)),
        Block::List { start, items } => {
            let items: Vec<_> =
                items.iter().map(|ListItem(blocks)| format!("({})", nested(blocks))).collect();
            let kind = start.map_or("ul".to_owned(), |start| format!("ol{start}"));
            format!("{kind} {}", items.join(" "))
        }
        Block::Quote(blocks) => format!("quote ({})", nested(blocks)),
        Block::Code { language, text } => {
            format!("code {} {:?}", language.as_deref().unwrap_or("-"), text.as_str())
        }
        Block::Image(Image { url, alt, caption, size }) => {
            let url = url.as_ref().map_or("-", |url| url.as_str());
            let size = size.map_or(String::new(), |(w, h)| format!(" {w}x{h}"));
            let caption = spans(caption, article);
            format!("img {url} [{alt}]{size} {caption}").trim_end().to_owned()
        }
        Block::Table(table) => {
            let row = |row: &Vec<Vec<Span>>| {
                row.iter().map(|cell| spans(cell, article)).collect::<Vec<_>>().join("|")
            };
            let rows: Vec<_> = table.rows.iter().map(row).collect();
            format!(
                "table {{{}}} {} = {}",
                spans(&table.caption, article),
                row(&table.head),
                rows.join(" ; ")
            )
        }
        Block::Embed { title, url } => {
            format!("embed {title} <{}>", url.as_ref().map_or("", |url| url.as_str()))
        }
        Block::Related(id) => {
            let related = &article.related[id.0 as usize];
            let url = related.url.as_ref().map_or("-", |url| url.as_str());
            format!("related {}: {} <{url}>", related.label, related.title)
        }
        Block::Rule => "rule".to_owned(),
    }
}

fn spans(spans: &[Span], article: &Article) -> String {
    let mut out = String::new();
    for span in spans {
        let mut text = span.text.replace('\n', "⏎");
        let marks = span.marks;
        for (on, sign) in [
            (marks.emphasis, "_"),
            (marks.strong, "*"),
            (marks.code, "`"),
            (marks.deleted, "~"),
            (marks.highlight, "="),
            (marks.superscript, "^"),
            (marks.subscript, ","),
        ] {
            if on {
                text = format!("{sign}{text}{sign}");
            }
        }
        if let Some(link) = span.link {
            text = format!("{text}<{}>", article.links[link.0 as usize].url);
        }
        out.push_str(&text);
    }
    out
}

fn check(html: &str, expected: &str) {
    let base = Url::parse("https://example.org/news/ferry.html").unwrap();
    let (article, _) = fragment(html, Some(&base));
    assert_eq!(sketch(&article), expected, "{html}");
}

#[test]
fn paragraphs() {
    check("<p>One</p><p>Two", "p One\np Two");
    check("One<br><br>Two<br>three", "p One\np Two⏎three");
    check("<div>One<div>Two</div>three</div>", "p One\np Two\np three");
    check("<p> a\n  <b> b </b>\tc </p>", "p a *b* c");
    check("<p>a<b>b </b><i>c</i></p>", "p a*b* _c_");
    check("<p></p><p>\u{a0}</p><p>&nbsp;a&nbsp;</p>", "p a");
    check("<p>a<p hidden>b<p style='display: none'>c<p aria-hidden=true>d", "p a");
    check("a<script>b</script><style>c</style><nav>d</nav><template>e</template>", "p a");
    check("<p><q>So</q>, he said", "p “So”, he said");
    check("<p>a\u{1b}[31mb\u{202e}c", "p a[31mbc");
    check("<address>a<section>b</section></address><x-y>c</x-y>", "p a\np b\np c");
}

#[test]
fn marks_are_flat() {
    check("<em>a<strong>b</strong></em>", "p _a_*_b_*");
    check("<p><i>a <i>b</i></i> <cite>c</cite>", "p _a b_ _c_");
    check(
        "x<sup>2</sup>y<sub>3</sub> <mark>m</mark> <s>d</s> <kbd>k</kbd>",
        "p x^2^y,3, =m= ~d~ `k`",
    );
}

#[test]
fn headings() {
    check("<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><h6>E</h6>", "h2 A\nh2 B\nh3 C\nh4 D\nh4 E");
    check("<h2><a href=x>A</a> <em>b</em></h2>", "h2 A<https://example.org/news/x> _b_");
    check("<h2></h2><h2><img src=a.png alt=a></h2>", "img https://example.org/news/a.png [a]");
}

#[test]
fn links_are_resolved_and_numbered_in_order() {
    check("<a href='/a'>A <b>b</b></a>", "p A <https://example.org/a>*b*<https://example.org/a>");
    check("<a href=mailto:a@example.org>m</a>", "p m<mailto:a@example.org>");
    check(
        "<a href='javascript:x()'>a</a> <a href='#top'>b</a> <a href='file:///etc/passwd'>c</a> <a>d</a>",
        "p a b c d",
    );
    let (article, _) = fragment(
        "<p><a href=https://a.example/>A</a><a href=https://a.example/>B</a> <a href=b>c</a>",
        None,
    );
    let links: Vec<_> = article.links.iter().map(|link| (link.url.as_str(), &*link.text)).collect();
    assert_eq!(links, [("https://a.example/", "A"), ("https://a.example/", "B")]);
}

#[test]
fn lists() {
    check("<ul><li>a<li>b<ol start=4><li>c</ol></ul>", "ul (p a) (p b / ol4 (p c))");
    check("<ul><li>a</li><ul><li>b</ul></ul>", "ul (p a / ul (p b))");
    check("<ol><li><p>a<p>b</ol>", "ol1 (p a / p b)");
    check("<ul><li></ul><ol start=-3><li>a</ol>", "ol1 (p a)");
    check(
        "<ul><li><input type=checkbox checked disabled> a<li><input type=checkbox>b</ul>",
        "ul (p ☑ a) (p ☐ b)",
    );
    check("<dl><dt>a<dd>b</dl>", "p *a*\np b");
}

#[test]
fn quotes_and_code() {
    check("<blockquote>a<blockquote><p>b</blockquote></blockquote>", "quote (p a / quote (p b))");
    check("<pre>\n  a\n\tb\n\n</pre>", "code - \"  a\\n\\tb\"");
    check(
        "<pre><code class='language-rust x'>fn a() {}<br>b</code></pre>",
        "code rust \"fn a() {}\\nb\"",
    );
    check("<div class=highlight-source-shell><pre>ls</pre></div>", "code shell \"ls\"");
    check("<pre></pre><p><code>a  b</code>", "p `a b`");
}

#[test]
fn pictures() {
    check(
        "<p>a<img src=b.png alt=B width=640 height=480px>c",
        "p a\nimg https://example.org/news/b.png [B] 640x480\np c",
    );
    check("<img src=a.gif width=1 height=1><img src='data:image/gif;base64,R0' alt=''>", "");
    check(
        "<img src='data:image/gif;base64,R0' data-src=/real.jpg>",
        "img https://example.org/real.jpg []",
    );
    check("<img srcset='a.jpg 320w, b.jpg 1280w'>", "img https://example.org/news/b.jpg []");
    check(
        "<picture><source srcset='a.webp 1x'><img></picture>",
        "img https://example.org/news/a.webp []",
    );
    check("a <img class=emoji alt='☀' src=s.png> b", "p a ☀ b");
    check(
        "<img alt=a data-src=a.jpg><noscript><img alt=a src=a.jpg></noscript>",
        "img https://example.org/news/a.jpg [a]",
    );
    check(
        "<figure><img src=a.jpg><figcaption>The <b>pier</b></figcaption><figcaption>Photo: me</figcaption></figure>",
        "img https://example.org/news/a.jpg [] The *pier* Photo: me",
    );
    check(
        "<figure><blockquote>a</blockquote><figcaption>B</figcaption></figure>",
        "quote (p a)\np B",
    );
    check(
        "<div><img src=a.jpg><p class=wp-caption-text>The pier</p></div>",
        "img https://example.org/news/a.jpg [] The pier",
    );
}

#[test]
fn embeds() {
    check(
        "<iframe src='//film.example/1' title=Film></iframe>",
        "embed Film <https://film.example/1>",
    );
    check(
        "<p>a<video><source src=a.mp4></video>",
        "p a\nembed example.org <https://example.org/news/a.mp4>",
    );
    check("<iframe src=about:blank></iframe><iframe width=1 height=1 src=/t></iframe>", "");
    check(
        "<blockquote class='bird-tweet'><p>Ferry <a href=/t>x</a></p>— Me <a href=https://p.example/1>May 1</a></blockquote>",
        "embed Ferry x— Me May 1 <https://p.example/1>",
    );
    check(
        "<figure class=embed><a href=/film>The film</a></figure>",
        "embed The film <https://example.org/film>",
    );
}

#[test]
fn rules_stand_between() {
    check("<hr>a<hr><hr>b", "p a\nrule\np b");
}

#[test]
fn related_lines() {
    check(
        "<p>Read more: <a href=/a>Ferry to run all winter</a></p>",
        "related Read more: Ferry to run all winter <https://example.org/a>",
    );
    check(
        "<p><b>Read more:</b> Ferry to run all winter</p>",
        "related Read more: Ferry to run all winter <->",
    );
    check(
        "<p>Read more: <a href=/a>one story</a> and <a href=/b>another</a>",
        "p Read more: one story<https://example.org/a> and another<https://example.org/b>",
    );
    check(
        "<h3>Related stories</h3><ul><li><a href=/a>One story</a><li><a href=/b>Another</a></ul><p>After",
        "related Related stories: One story <https://example.org/a>\nrelated Related stories: Another <https://example.org/b>\np After",
    );
    check(
        "<p>See also:</p><p><a href=/a>One story</a></p><p><a href=/b>Another</a></p><p>After",
        "related See also: One story <https://example.org/a>\nrelated See also: Another <https://example.org/b>\np After",
    );
    check("<h3>Related stories</h3><p>None.", "h3 Related stories\np None.");
    check(
        "<aside><h4>See also</h4><ul><li><a href=/a>One story</a></ul><p>x</aside><aside>Pulled</aside>",
        "related See also: One story <https://example.org/a>\np Pulled",
    );
}

#[test]
fn depth_is_bounded() {
    for open in
        ["<div>", "<ul><li>", "<blockquote>", "<b><p>", "<table><tr><td>", "<figure>", "<span>"]
    {
        let html = format!("{}deep<p>end", open.repeat(20_000));
        let (article, warnings) = fragment(&html, None);
        assert!(article.plain_text().contains("deep"), "{open}");
        assert_eq!(warnings.len(), 1, "{open}");
    }
}
