//! `dateline show`: one article on standard output.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::sync::Arc;

use super::stories::story_id;
use super::{Common, Status, print_json, stored, target};
use crate::article::Article;
use crate::export;
use crate::library::Opened;
use crate::runtime::terminal;
use crate::story::StoryId;

/// Print one article
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A file, an address, - for standard input, or the id of a stored story
    #[arg(value_name = "TARGET")]
    target: OsString,
    /// Print Markdown with front matter
    #[arg(long, group = "form", conflicts_with = "json")]
    markdown: bool,
    /// Print a page of its own
    #[arg(long, group = "form", conflicts_with = "json")]
    html: bool,
    /// Print plain text, as when nothing else is asked for
    #[arg(long, group = "form", conflicts_with = "json")]
    text: bool,
    /// Columns of the plain text; else 80, or fewer where the terminal has fewer
    #[arg(long, value_name = "N")]
    width: Option<u16>,
}

/// Columns of text that nobody asked to be wider.
const WIDTH: u16 = 80;

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let Shown { article, related } = article(&arguments.target, common)?;
    if common.json {
        print_json(out, &export::json::article(&article, &related))?;
    } else if arguments.markdown {
        out.write_all(export::markdown::article(&article, &[]).as_bytes())?;
    } else if arguments.html {
        out.write_all(export::html::article(&article).as_bytes())?;
    } else {
        let width = arguments.width.unwrap_or_else(width);
        out.write_all(export::text::article(&article, usize::from(width)).as_bytes())?;
    }
    Ok(Status::Done)
}

/// An article, and the stories that its related lines name.
struct Shown {
    article: Arc<Article>,
    related: Vec<Option<StoryId>>,
}

/// The article of a file, an address or standard input, or of a stored story by its id.
fn article(name: &OsStr, common: &Common) -> anyhow::Result<Shown> {
    if let Some(id) = name.to_str().and_then(story_id)
        && !Path::new(name).exists()
    {
        let paths = common.paths()?;
        let Opened { article, related, .. } = stored::library(&paths).opened(id)?;
        return Ok(Shown { article, related });
    }
    let (_, (article, _)) = target::article(name, common)?;
    Ok(Shown { article: Arc::new(article), related: Vec::new() })
}

fn width() -> u16 {
    if io::stdout().is_terminal() { terminal::size().width.min(WIDTH) } else { WIDTH }
}
