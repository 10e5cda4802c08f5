//! An article as JSON: the shape that scripts rely on.
//!
//! Fields may be added; none is ever missing. What is absent is null. Nothing here knows
//! of stories: whoever calls says which story a related line leads to.

use serde_json::{Value, json};

use crate::article::{Article, Block, Cell, Image, Related, Row, Span};
use crate::story::StoryId;

/// The article as one object. `stories` are those that its related lines name, as far as
/// that is known.
pub fn article(article: &Article, stories: &[Option<StoryId>]) -> Value {
    let headings: Vec<String> = article.headings().map(|(_, _, text)| text).collect();
    let links = article.links.iter().map(|link| json!({ "href": link.url, "text": link.text }));
    let stories = stories.iter().copied().chain(std::iter::repeat(None));
    let related = article.related.iter().zip(stories).map(|(one, story)| related_story(one, story));
    json!({
        "title": article.title,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "published": article.published,
        "updated": article.updated,
        "site": article.site,
        "section": article.section,
        "language": article.language,
        "url": article.url,
        "image": article.image.as_ref().and_then(|image| image.url.as_ref()),
        "text": article.plain_text(),
        "headings": headings,
        "links": links.collect::<Value>(),
        "images": images(article),
        "related": related.collect::<Value>(),
        "blocks": article.blocks.iter().map(|each| block(article, each)).collect::<Value>(),
        "words": article.words(),
        "minutes": article.minutes(),
    })
}

/// `title` is the line as it stands in the article, its label included; `label` and
/// `headline` are its two parts.
fn related_story(related: &Related, story: Option<StoryId>) -> Value {
    let title = if related.label.is_empty() {
        related.title.to_string()
    } else {
        format!("{}: {}", related.label, related.title)
    };
    json!({
        "title": title,
        "label": related.label,
        "headline": related.title,
        "url": related.url,
        "story": story,
    })
}

/// The addresses of the article's pictures, the lead image first, none twice.
fn images(article: &Article) -> Vec<&url::Url> {
    fn collect<'a>(blocks: &'a [Block], found: &mut Vec<&'a Image>) {
        for block in blocks {
            match block {
                Block::Image(image) => found.push(image),
                Block::Quote(blocks) => collect(blocks, found),
                Block::List { items, .. } => {
                    for item in items {
                        collect(&item.0, found);
                    }
                }
                Block::Heading { .. }
                | Block::Paragraph(_)
                | Block::Code { .. }
                | Block::Table(_)
                | Block::Embed { .. }
                | Block::Related(_)
                | Block::Rule => {}
            }
        }
    }
    let mut found: Vec<&Image> = article.image.iter().collect();
    collect(&article.blocks, &mut found);
    let mut seen = std::collections::HashSet::new();
    found
        .into_iter()
        .filter_map(|image| image.url.as_ref())
        .filter(|url| seen.insert(*url))
        .collect()
}

/// A block as a tagged object. Its text is plain; voices and links are not told.
fn block(article: &Article, block_: &Block) -> Value {
    match block_ {
        Block::Heading { level, text } => {
            json!({ "type": "heading", "level": level.number(), "text": Span::join(text) })
        }
        Block::Paragraph(text) => json!({ "type": "paragraph", "text": Span::join(text) }),
        Block::List { start, items } => {
            let items = items.iter().map(|item| blocks(article, &item.0));
            json!({ "type": "list", "start": start, "items": items.collect::<Value>() })
        }
        Block::Quote(inner) => json!({ "type": "quote", "blocks": blocks(article, inner) }),
        Block::Code { language, text } => {
            json!({ "type": "code", "language": language, "text": text })
        }
        Block::Image(image) => json!({
            "type": "image",
            "url": image.url,
            "alt": image.alt,
            "caption": Span::join(&image.caption),
            "width": image.size.map(|(width, _)| width),
            "height": image.size.map(|(_, height)| height),
        }),
        Block::Table(table) => json!({
            "type": "table",
            "caption": Span::join(&table.caption),
            "head": row(&table.head),
            "rows": table.rows.iter().map(row).collect::<Value>(),
        }),
        Block::Embed { title, url } => json!({ "type": "embed", "title": title, "url": url }),
        Block::Related(id) => {
            let related = article.related.get(id.0 as usize);
            json!({
                "type": "related",
                "label": related.map(|related| &related.label),
                "headline": related.map(|related| &related.title),
                "url": related.and_then(|related| related.url.as_ref()),
            })
        }
        Block::Rule => json!({ "type": "rule" }),
    }
}

fn blocks(article: &Article, inner: &[Block]) -> Value {
    inner.iter().map(|each| block(article, each)).collect()
}

fn row(row: &Row) -> Value {
    row.iter().map(|cell: &Cell| Span::join(cell)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RelatedId;

    #[test]
    fn nothing_is_missing_from_an_empty_article() {
        let value = article(&Article::default(), &[]);
        let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let wanted = [
            "title",
            "standfirst",
            "byline",
            "published",
            "updated",
            "site",
            "section",
            "language",
            "url",
            "image",
            "text",
            "headings",
            "links",
            "images",
            "related",
            "blocks",
            "words",
            "minutes",
        ];
        assert_eq!(keys, wanted);
        assert_eq!(value["published"], Value::Null);
        assert_eq!(value["byline"], json!([]));
    }

    #[test]
    fn a_related_line_is_told_whole_and_in_parts() {
        let related = Related { label: "Read more".into(), title: "Ferry stays".into(), url: None };
        let story = StoryId::new("source", "entry");
        let blocks =
            vec![Block::Paragraph(vec![Span::plain("One.")]), Block::Related(RelatedId(0))];
        let value = article(
            &Article { blocks, related: vec![related], ..Article::default() },
            &[Some(story)],
        );
        assert_eq!(value["text"], "One.");
        assert_eq!(value["related"][0]["title"], "Read more: Ferry stays");
        assert_eq!(value["related"][0]["headline"], "Ferry stays");
        assert_eq!(value["related"][0]["story"], story.to_string());
        assert_eq!(value["blocks"][1]["type"], "related");
    }
}
