//! What a page says about the article on it: title, names, dates, section, lead image.
//!
//! Sources in order of trust: JSON-LD, Open Graph and other `meta` elements, then what
//! stands on the page itself. Where the article's text is, is `page`'s question.

mod json_ld;
mod title;

use std::collections::HashMap;

use dom_query::{Document, NodeRef};
use url::Url;

use crate::article::{Image, PubDate};
use crate::extract::html::dom;
use crate::extract::{byline, date};
use crate::text::sanitize::SafeText;

/// A page's account of its article.
#[derive(Debug, Clone, Default)]
pub(super) struct Metadata {
    pub title: SafeText,
    /// The sentence under the headline, where the page shows one.
    pub standfirst: Option<SafeText>,
    /// What search engines are told; not always on the page.
    pub description: Option<SafeText>,
    pub byline: Vec<SafeText>,
    pub published: Option<PubDate>,
    pub updated: Option<PubDate>,
    pub site: Option<SafeText>,
    pub section: Option<SafeText>,
    pub language: Option<SafeText>,
    pub canonical: Option<Url>,
    pub image: Option<Image>,
}

/// Reads a page's metadata. Relative addresses start at `base`.
pub(super) fn read(document: &Document, base: Option<&Url>) -> Metadata {
    let meta = Meta::of(document);
    let ld = json_ld::read(document);
    let canonical = canonical(document, &meta, base);
    let base = base.or(canonical.as_ref());
    let site = meta.first(&["og:site_name"]).or(ld.site);
    let site = site.or_else(|| meta.first(&["application-name", "dc.publisher"]));
    let title = title::choose(document, &meta, ld.headline.as_deref(), site.as_deref());
    let published = ld.published.or_else(|| meta.date(PUBLISHED));
    let published = published.or_else(|| visible_date(document));
    let published = published.or_else(|| canonical.as_ref().or(base).and_then(date_of_address));
    let updated = ld.updated.or_else(|| meta.date(UPDATED)).filter(|date| Some(*date) != published);
    let mut names = ld.authors;
    if names.is_empty() {
        names = meta.all(AUTHOR);
    }
    let mut byline: Vec<SafeText> = names.iter().flat_map(|name| byline::names(name)).collect();
    if byline.is_empty() {
        byline = visible_byline(document);
    }
    byline.dedup();
    let language = document.html_root().attr("lang").map(|lang| lang.to_string());
    let language =
        language.or(ld.language).or_else(|| meta.first(&["og:locale", "content-language"]));
    Metadata {
        title: SafeText::title(&title),
        standfirst: standfirst(document),
        description: some(ld.description.or_else(|| meta.first(DESCRIPTION))),
        byline,
        published,
        updated,
        site: some(site),
        section: some(meta.first(&["article:section"]).or(ld.section)),
        language: some(language.map(|language| language.replace('_', "-"))),
        image: image(&meta, ld.image.as_deref(), base),
        canonical,
    }
}

const DESCRIPTION: &[&str] = &["og:description", "description", "twitter:description"];

const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
];

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "article:published",
    "cxenseparse:recs:publishtime",
];

const UPDATED: &[&str] = &[
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "last-modified",
    "dcterms.modified",
];

/// The `meta` elements of a page, by their lowercase name.
pub(super) struct Meta(HashMap<String, Vec<String>>);

impl Meta {
    fn of(document: &Document) -> Self {
        let mut map: HashMap<String, Vec<String>> = HashMap::new();
        for node in dom::all(&document.root(), "meta") {
            let names = ["property", "name", "itemprop", "http-equiv"];
            let name = names.iter().find_map(|name| dom::attr(&node, name));
            if let Some((name, value)) = name.zip(dom::attr(&node, "content")) {
                for name in name.split_ascii_whitespace() {
                    map.entry(name.to_ascii_lowercase()).or_default().push(value.clone());
                }
            }
        }
        Self(map)
    }

    pub fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.0.get(*name)?.first().cloned())
    }

    /// Every value of the first of these names that the page has.
    fn all(&self, names: &[&str]) -> Vec<String> {
        names.iter().find_map(|name| self.0.get(*name)).cloned().unwrap_or_default()
    }

    fn date(&self, names: &[&str]) -> Option<PubDate> {
        names
            .iter()
            .filter_map(|name| self.0.get(*name))
            .flatten()
            .find_map(|text| date::parse(text))
    }
}

fn some(text: Option<String>) -> Option<SafeText> {
    text.map(|text| SafeText::title(&text)).filter(|text| !text.is_empty())
}

fn canonical(document: &Document, meta: &Meta, base: Option<&Url>) -> Option<Url> {
    let links = dom::all(&document.root(), "link");
    let mut canonical = links.filter(|link| {
        dom::attr(link, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
    });
    let href = canonical.find_map(|link| dom::attr(&link, "href"));
    let href = href.or_else(|| meta.first(&["og:url"]))?;
    dom::resolve(base, &href).filter(|url| matches!(url.scheme(), "http" | "https" | "file"))
}

fn image(meta: &Meta, described: Option<&str>, base: Option<&Url>) -> Option<Image> {
    let named = meta.first(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"]);
    let url = named.as_deref().or(described).and_then(|address| dom::resolve(base, address))?;
    let alt = meta.first(&["og:image:alt", "twitter:image:alt"]).unwrap_or_default();
    let pixels = |name| meta.first(&[name]).and_then(|value| value.parse().ok());
    let size = pixels("og:image:width").zip(pixels("og:image:height"));
    Some(Image { url: Some(url), alt: SafeText::title(&alt), caption: Vec::new(), size })
}

/// A `time` that says that it is the date of publication, else the first on the page.
fn visible_date(document: &Document) -> Option<PubDate> {
    let read = |node: &NodeRef| {
        let said = ["datetime", "content"].iter().find_map(|name| dom::attr(node, name));
        date::parse(&said.unwrap_or_else(|| dom::text(node)))
    };
    let says = |node: &NodeRef| {
        node.has_attr("pubdate")
            || node.attr("itemprop").is_some_and(|prop| &*prop == "datePublished")
            || dom::any_class(node, |class| class.contains("publish"))
    };
    let root = document.root();
    let mut said = root.descendants_it().filter(|node| node.is_element() && says(node));
    said.find_map(|node| read(&node))
        .or_else(|| dom::all(&root, "time").find_map(|time| read(&time)))
        .or_else(|| {
            let dated = |node: &NodeRef| {
                dom::any_class(node, |class| class.split(['-', '_']).any(|word| word == "date"))
            };
            let mut dated = root.descendants_it().filter(|node| node.is_element() && dated(node));
            dated.find_map(|node| date::line(&dom::text(&node)).and_then(|line| line.published))
        })
}

/// `/2024/03/05/` in an address.
fn date_of_address(url: &Url) -> Option<PubDate> {
    let parts: Vec<&str> = url.path_segments()?.collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let sane = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
        let date =
            jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        date.ok().filter(|_| sane).map(PubDate::Day)
    })
}

/// Bytes of the longest byline.
const MAX_BYLINE: usize = 160;

/// The names that the page prints under the headline.
fn visible_byline(document: &Document) -> Vec<SafeText> {
    let says = |node: &NodeRef| {
        let has = |name: &str, value: &str| {
            node.attr(name)
                .is_some_and(|words| words.split_ascii_whitespace().any(|word| word == value))
        };
        has("rel", "author") || has("itemprop", "author")
    };
    let classed = |node: &NodeRef| {
        dom::any_class(node, |class| {
            class.split(['-', '_']).any(|word| matches!(word, "byline" | "author"))
        })
    };
    let root = document.root();
    let mut said = root.descendants_it().filter(|node| node.is_element() && says(node));
    // More than a line is a note about the author.
    let line = |node: NodeRef| Some(dom::text(&node)).filter(|text| text.len() <= MAX_BYLINE);
    let names =
        |node: NodeRef| line(node).map(|text| byline::names(&text)).filter(|n| !n.is_empty());
    said.find_map(names)
        .or_else(|| {
            let mut classed =
                root.descendants_it().filter(|node| node.is_element() && classed(node));
            classed
                .find_map(|node| Some(byline::names(&dom::text(&node))).filter(|n| !n.is_empty()))
        })
        .unwrap_or_default()
}

/// The one element that calls itself the standfirst.
fn standfirst(document: &Document) -> Option<SafeText> {
    let says = |node: &NodeRef| {
        let named = |word: &str| {
            matches!(word, "standfirst" | "dek" | "subtitle" | "subheadline" | "strapline")
        };
        dom::any_class(node, |class| {
            class.split(['-', '_']).any(|word| named(&word.to_ascii_lowercase()))
        }) || (!node.has_name("meta")
            && node.attr("itemprop").is_some_and(|prop| &*prop == "description"))
    };
    let root = document.root();
    let found = root.descendants_it().find(|node| node.is_element() && says(node))?;
    let text = dom::text(&found);
    (1..=600).contains(&text.len()).then(|| SafeText::title(&text))
}
