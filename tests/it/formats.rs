//! The same piece as plain text, as Markdown and as a web page is the same article.

use std::path::Path;

use dateline::article::{Article, Block};
use dateline::extract::{Format, Hints, document};
use url::Url;

fn model(name: &str, format: Format) -> Article {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/articles").join(name);
    let hints = Hints {
        url: Url::from_file_path(&path).ok(),
        file_name: Some(name.to_owned()),
        ..Hints::default()
    };
    let (found, (article, warnings)) = document(&std::fs::read(path).unwrap(), &hints).unwrap();
    assert_eq!((found, warnings), (format, vec![]));
    article
}

#[test]
fn one_piece_in_three_formats_is_one_article() {
    let markdown = model("model.md", Format::Markdown);
    assert_eq!(markdown.title.as_str(), "Night ferry to run all winter after islanders save it");
    assert_eq!(markdown.blocks.len(), 11);
    assert_eq!(
        markdown.headings().map(|(_, _, text)| text).collect::<Vec<_>>(),
        ["What changes", "Who pays for the engine?"]
    );
    assert_eq!(markdown.related.len(), 1);
    for other in [model("model.txt", Format::Plain), model("model.html", Format::Html)] {
        assert_eq!(other.title, markdown.title);
        assert_eq!(other.standfirst, markdown.standfirst);
        assert_eq!(other.byline, markdown.byline);
        assert_eq!(other.published, markdown.published);
        assert_eq!(other.updated, markdown.updated);
        assert_eq!(
            other.site.as_deref().map(str::to_lowercase),
            markdown.site.as_deref().map(str::to_lowercase)
        );
        for (a, b) in other.blocks.iter().zip(&markdown.blocks) {
            assert_eq!(a, b);
        }
        assert_eq!(other.blocks.len(), markdown.blocks.len());
        let named = |article: &Article| -> Vec<_> {
            article.related.iter().map(|story| (story.label.clone(), story.title.clone())).collect()
        };
        assert_eq!(named(&other), named(&markdown));
    }
}

#[test]
fn files_of_a_folder_link_to_each_other() {
    for (name, format) in [("model.md", Format::Markdown), ("model.html", Format::Html)] {
        let article = model(name, format);
        let related = article.blocks.iter().find_map(|block| match block {
            Block::Related(id) => article.related[id.0 as usize].url.clone(),
            _ => None,
        });
        let path = related.unwrap().to_file_path().unwrap();
        assert_eq!(path.file_stem().unwrap(), "lost");
        assert!(path.parent().unwrap().ends_with("tests/fixtures/articles"));
    }
}
