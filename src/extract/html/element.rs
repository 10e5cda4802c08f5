//! What single elements are: furniture, phrases, chrome; and the code of a `pre`.

use dom_query::NodeRef;

use super::dom;
use crate::article::Block;
use crate::text::sanitize::SafeText;

/// Elements that hold nothing to read.
pub(super) fn is_furniture(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "head"
            | "title"
            | "meta"
            | "link"
            | "base"
            | "nav"
            | "button"
            | "select"
            | "option"
            | "textarea"
            | "svg"
            | "canvas"
            | "dialog"
            | "datalist"
            | "progress"
            | "meter"
            | "map"
            | "param"
            | "source"
            | "track"
            | "rp"
    )
}

/// Elements of running text that change nothing about its voice.
pub(super) fn is_phrase(name: &str) -> bool {
    matches!(
        name,
        "span"
            | "font"
            | "u"
            | "ins"
            | "small"
            | "big"
            | "abbr"
            | "acronym"
            | "time"
            | "label"
            | "bdi"
            | "bdo"
            | "data"
            | "output"
            | "ruby"
            | "rb"
            | "rt"
            | "nobr"
            | "blink"
            | "slot"
    )
}

/// What stands round and inside an article on a page without being part of it.
pub(super) fn is_chrome(node: &NodeRef, name: &str) -> bool {
    if matches!(name, "form" | "footer")
        || node.attr("role").is_some_and(|role| &*role == "navigation")
    {
        return true;
    }
    dom::any_class(node, |class| {
        let mut words = class.split(['-', '_']).map(str::to_ascii_lowercase);
        words.any(|word| {
            matches!(
                word.as_str(),
                "share"
                    | "sharing"
                    | "social"
                    | "newsletter"
                    | "subscribe"
                    | "advert"
                    | "advertisement"
                    | "ads"
                    | "sponsored"
                    | "cookie"
                    | "comments"
                    | "breadcrumb"
                    | "breadcrumbs"
                    | "pagination"
            )
        })
    })
}
/// The code of a `pre`, with its language where a class names it.
pub(super) fn code(node: &NodeRef) -> Option<Block> {
    let mut text = String::new();
    for inner in node.descendants_it() {
        if inner.is_text() {
            text.push_str(&inner.text());
        } else if inner.has_name("br") {
            text.push('\n');
        }
    }
    let text = SafeText::multiline(&text);
    let text = text.trim_end();
    // Blank lines before code are an accident of its markup; indentation is not.
    let start = text.find(|c: char| !c.is_whitespace())?;
    let start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let text = SafeText::multiline(text.get(start..)?);
    let inner = node.descendants_it().find(|node| node.has_name("code"));
    let nodes = [inner, Some(*node), node.parent()];
    let language = nodes.iter().flatten().find_map(language);
    Some(Block::Code { language, text })
}

/// `language-rust`, `lang-rust`, `highlight-source-rust`, `brush: rust`, `data-lang`.
fn language(node: &NodeRef) -> Option<SafeText> {
    let named = dom::attr(node, "data-lang").or_else(|| dom::attr(node, "data-language"));
    let classes = node.class().unwrap_or_default();
    let named = named.or_else(|| {
        let mut classes = classes.split_ascii_whitespace();
        classes.find_map(|class| {
            let prefixes = ["language-", "lang-", "highlight-source-", "brush:"];
            prefixes.iter().find_map(|prefix| class.strip_prefix(prefix)).map(str::to_owned)
        })
    })?;
    let named = named.trim_end_matches(';').trim().to_ascii_lowercase();
    let sane =
        named.len() <= 32 && named.chars().all(|c| c.is_alphanumeric() || "+#-_.".contains(c));
    (sane && !named.is_empty()).then(|| SafeText::line(&named))
}
