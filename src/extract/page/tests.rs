//! What whole pages read as: what they say of themselves, and which part is the article.

use url::Url;

use crate::article::Article;
use crate::extract::Hints;
use crate::extract::html::read;
use crate::extract::html::tests::sketch;
use crate::text::sanitize::SafeText;

fn page(html: &str) -> Article {
    let url = Url::parse("https://example.org/news/ferry.html").unwrap();
    read(html, &Hints { url: Some(url), ..Hints::default() }).0
}

#[test]
fn a_page_tells_its_metadata() {
    let article = page(
        r#"<html lang=en><title>The ferry stays - The Gazette</title>
        <meta property=og:site_name content="The Gazette"><meta property=article:section content=Sea>
        <meta property=article:published_time content=2026-03-05T10:00:30Z>
        <meta property=article:modified_time content=2026-03-06T10:00:00Z>
        <meta name=author content="Ada Park and Tom Reed"><link rel=canonical href=/news/ferry>
        <meta property=og:image content=/a.jpg><meta property=og:image:alt content="The pier">
        <body><article><h1>The ferry stays</h1><p class=dek>It goes on all winter.<p>One.</article>"#,
    );
    assert_eq!(article.title.as_str(), "The ferry stays");
    assert_eq!(article.standfirst.as_deref(), Some("It goes on all winter."));
    assert_eq!(article.site.as_deref(), Some("The Gazette"));
    assert_eq!(article.section.as_deref(), Some("Sea"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(
        article.published.map(|date| date.to_string()).as_deref(),
        Some("2026-03-05T10:00:30Z")
    );
    assert_eq!(
        article.updated.map(|date| date.to_string()).as_deref(),
        Some("2026-03-06T10:00:00Z")
    );
    let names: Vec<&str> = article.byline.iter().map(SafeText::as_str).collect();
    assert_eq!(names, ["Ada Park", "Tom Reed"]);
    let image = article.image.as_ref().unwrap();
    assert_eq!(image.url.as_ref().unwrap().as_str(), "https://example.org/a.jpg");
    assert_eq!(image.alt.as_str(), "The pier");
    assert_eq!(sketch(&article), "p One.");
}

#[test]
fn what_the_head_says_is_not_said_again_in_the_text() {
    let article = page(
        r#"<title>x</title><meta name=author content="Ada Park, Tom Reed">
        <article><h1>x</h1><p>By Tom Reed and Ada Park</p><p><time>5 March 2026</time></p>
        <p>By 5 March the ferry had stopped.</p><p>By Ada Park</p><p>5 March 2026</p></article>"#,
    );
    assert_eq!(
        sketch(&article),
        "p By 5 March the ferry had stopped.\np By Ada Park\np 5 March 2026"
    );
}

#[test]
fn a_line_that_only_looks_like_a_date_stays() {
    let article = page(
        r#"<title>x</title><meta property="article:published_time" content="2026-03-05T08:00:00Z">
        <article><h1>x</h1><p>5 March 2026</p><ul><li>1. 10.</li></ul><p>4 May 2025</p></article>"#,
    );
    assert_eq!(sketch(&article), "ul (p 1. 10.)\np 4 May 2025");
    let article = page(
        r#"<title>x</title><meta property="article:published_time" content="2026-03-05T08:00:00Z">
        <article><h1>x</h1><p>4 May 2025</p><p>The ferry stays.</p></article>"#,
    );
    assert_eq!(sketch(&article), "p 4 May 2025\np The ferry stays.");
}

#[test]
fn a_line_of_somebody_else_stays() {
    let article = page(
        r#"<title>x</title><meta name=author content="Ada Park">
        <article><h1>x</h1><p>By Tom Reed</p><p>The ferry stays.</p></article>"#,
    );
    assert_eq!(sketch(&article), "p By Tom Reed\np The ferry stays.");
}

#[test]
fn json_ld_is_believed_first() {
    let article = page(
        r##"<title>x</title><script type="application/ld+json"><!--
        {"@graph": [{"@type": "WebPage", "name": "no"}, {"@type": ["NewsArticle"], "headline": "The ferry &amp; the pier",
         "author": [{"@type": "Person", "name": "Ada Park"}, {"@id": "#tom"}], "datePublished": "2026-03-05",
         "publisher": {"name": "The Gazette"}, "articleSection": ["Sea", "Land"], "inLanguage": "en",
         "image": [{"url": "/a.jpg"}], "description": "a
        b"}, {"@id": "#tom", "@type": "Person", "name": "Tom Reed"}]}
        --></script><p>One."##,
    );
    assert_eq!(article.title.as_str(), "The ferry & the pier");
    let names: Vec<&str> = article.byline.iter().map(SafeText::as_str).collect();
    assert_eq!(names, ["Ada Park", "Tom Reed"]);
    assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2026-03-05"));
    assert_eq!(article.site.as_deref(), Some("The Gazette"));
    assert_eq!(article.section.as_deref(), Some("Sea"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert!(article.image.is_some());
}

#[test]
fn titles_lose_their_site() {
    for (head, title) in [
        ("<title>The ferry stays all winter | Gazette</title>", "The ferry stays all winter"),
        ("<title>Ferry - part two</title>", "Ferry - part two"),
        ("<title>Ferry: Gazette</title><h1>Ferry</h1>", "Ferry: Gazette"),
        ("<title>Gazette » Ferry</title><h1>Ferry</h1>", "Ferry"),
        (
            "<meta property=og:title content='Ferry | Gazette'><meta property=og:site_name content=gazette>",
            "Ferry",
        ),
        (
            "<title>Why the winter ferry stays</title><h1>The winter ferry stays, and why</h1>",
            "The winter ferry stays, and why",
        ),
        ("<h1>Ferry</h1>", "Ferry"),
    ] {
        assert_eq!(page(&format!("{head}<p>One.")).title.as_str(), title, "{head}");
    }
}

#[test]
fn the_article_is_found_on_its_page() {
    let prose =
        "<p>The ferry goes on all winter, said the council, and then it said so once more.</p>"
            .repeat(12);
    let chrome =
        "<nav><a href=/>Home</a></nav><aside><p>Weather</p></aside><footer><p>Imprint</p></footer>";
    for html in [
        format!("{chrome}<article><h1>x</h1>{prose}</article>"),
        format!(
            "{chrome}<main><div class=share-bar><p>Share</p></div>{prose}<form><p>Join</form></main>"
        ),
        format!(
            "<div id=menu><ul><li><a href=/>Home</a></ul></div><div id=content>{prose}</div>{chrome}"
        ),
        format!("<h1>x</h1>{prose}"),
    ] {
        let text = page(&html).plain_text();
        assert_eq!(text.lines().count(), 12, "{text}");
        assert!(text.lines().all(|line| line.starts_with("The ferry")), "{text}");
    }
}

#[test]
fn a_first_paragraph_set_apart_is_the_standfirst() {
    let head = "<meta name=description content='It goes on.'><title>Ferry</title>";
    for (body, standfirst, blocks) in [
        ("<p><strong>It goes on.</strong></p><p>One.", Some("It goes on."), "p One."),
        ("<h2>It goes on.</h2><p>One.", Some("It goes on."), "p One."),
        ("<p>It goes on.</p><p>One.", None, "p It goes on.\np One."),
    ] {
        let article = page(&format!("{head}<article>{body}</article>"));
        assert_eq!(
            (article.standfirst.as_deref(), sketch(&article).as_str()),
            (standfirst, blocks)
        );
    }
}

#[test]
fn relative_addresses_start_where_the_page_says() {
    let html = "<base href=/b/><article><p><a href=c>d</a></article>";
    assert_eq!(page(html).links[0].url.as_str(), "https://example.org/b/c");
    let saved = Hints { url: Url::parse("file:///tmp/page.html").ok(), ..Hints::default() };
    let html =
        "<link rel=canonical href=https://a.example/x/y><article><p><a href=c>d</a></article>";
    let (article, _) = read(html, &saved);
    assert_eq!(article.links[0].url.as_str(), "https://a.example/x/c");
    assert_eq!(article.url.unwrap().as_str(), "https://a.example/x/y");
}
