//! Front matter: the few lines between `---` at the top of a Markdown file.
//!
//! A small part of YAML, as people write it there: `key: value`, quoted strings, lists in
//! one line or in several, folded text. Keys keep their order and unknown ones their
//! values. What cannot be read is skipped and named.

use crate::warning::Warning;

/// The entries of a file's front matter, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    pub entries: Vec<Entry>,
}

/// One key and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Lowercase.
    pub key: String,
    pub value: Value,
    /// Counted from 1.
    pub line: usize,
}

/// What a key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    List(Vec<String>),
}

impl FrontMatter {
    /// The first of these keys that is there and says something.
    pub fn entry(&self, keys: &[&str]) -> Option<&Entry> {
        keys.iter().find_map(|key| {
            self.entries.iter().find(|entry| entry.key == *key && !entry.value.is_empty())
        })
    }

    /// A value as text; a list's items joined by commas.
    pub fn text(&self, keys: &[&str]) -> Option<String> {
        self.entry(keys).map(|entry| match &entry.value {
            Value::Text(text) => text.clone(),
            Value::List(items) => items.join(", "),
        })
    }

    /// A value as a list; text is a list of one.
    pub fn list(&self, keys: &[&str]) -> Vec<String> {
        match self.entry(keys).map(|entry| &entry.value) {
            Some(Value::Text(text)) => vec![text.clone()],
            Some(Value::List(items)) => items.clone(),
            None => Vec::new(),
        }
    }
}

impl Value {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
        }
    }
}

/// Takes the front matter off a document: what it says, the rest of the document, and
/// what was odd. A document without front matter comes back whole.
pub fn split(text: &str) -> (FrontMatter, &str, Vec<Warning>) {
    let none = (FrontMatter::default(), text, Vec::new());
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return none };
    let mut length = first.len();
    let mut inner: Vec<&str> = Vec::new();
    for line in lines {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            // Between two rules may also stand prose.
            let keyed = inner.is_empty() || inner.iter().any(|line| key(line).is_some());
            if !keyed {
                return none;
            }
            let (front, warnings) = read(&inner);
            return (front, text.get(length..).unwrap_or_default(), warnings);
        }
        inner.push(line.trim_end());
    }
    match inner.first().and_then(|line| key(line)) {
        Some(_) => (none.0, none.1, vec![Warning::at(1, "The front matter has no closing ---.")]),
        None => none,
    }
}

fn read(lines: &[&str]) -> (FrontMatter, Vec<Warning>) {
    let mut front = FrontMatter::default();
    let mut warnings = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at).copied() {
        // The line of `---` is the first.
        let number = at + 2;
        at += 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((key, rest)) = key(line) else {
            warnings
                .push(Warning::at(number, "This line of the front matter is no \"key: value\"."));
            continue;
        };
        let start = at;
        while lines.get(at).is_some_and(|line| is_continuation(line)) {
            at += 1;
        }
        let more: Vec<&str> = lines.get(start..at).unwrap_or_default().to_vec();
        let rest = rest.trim();
        let value = match rest {
            "" if more.iter().any(|line| item(line).is_some()) => {
                Value::List(more.iter().filter_map(|line| item(line)).map(unquoted).collect())
            }
            "" | ">" | ">-" => Value::Text(joined(&more, " ")),
            "|" | "|-" => Value::Text(joined(&more, "\n")),
            _ if rest.starts_with('[') => items(rest).map_or_else(
                || {
                    let message = format!("The list of \"{key}\" has no closing bracket.");
                    warnings.push(Warning::at(number, message));
                    Value::Text(rest.to_owned())
                },
                Value::List,
            ),
            _ if more.is_empty() => Value::Text(unquoted(rest)),
            _ => Value::Text(unquoted(&format!("{rest} {}", joined(&more, " ")))),
        };
        front.entries.push(Entry { key: key.to_lowercase(), value, line: number });
    }
    (front, warnings)
}

/// `key: value`, from the start of the line.
fn key(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(':')?;
    let sane = key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    (sane && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some((key, rest))
}

/// A line that belongs to the key above it: indented, or an item.
fn is_continuation(line: &str) -> bool {
    (line.starts_with([' ', '\t']) && !line.trim().is_empty()) || item(line).is_some()
}

fn item(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("- ").map(str::trim)
}

fn joined(lines: &[&str], between: &str) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(between)
}

fn unquoted(text: &str) -> String {
    if let Some(inner) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    match text.strip_prefix('"').map(until_quote) {
        Some((inner, rest)) if rest.trim().is_empty() || rest.trim_start().starts_with('#') => {
            inner
        }
        _ => text.to_owned(),
    }
}

/// The text up to the closing double quote, and what follows it. Without a closing quote
/// everything is inside.
fn until_quote(text: &str) -> (String, &str) {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (out, text.get(at + 1..).unwrap_or_default()),
            '\\' => match chars.next() {
                Some((_, 'n')) => out.push('\n'),
                Some((_, 't')) => out.push('\t'),
                Some((_, other)) => out.push(other),
                None => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    (out, "")
}

/// The items of `[a, "b, c"]`; nothing if the bracket is not closed.
fn items(text: &str) -> Option<Vec<String>> {
    let mut rest = text.strip_prefix('[')?.trim_start();
    let mut items = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix(']') {
            let after = after.trim();
            return (after.is_empty() || after.starts_with('#')).then_some(items);
        }
        let (item, after) = if let Some(quoted) = rest.strip_prefix('"') {
            until_quote(quoted)
        } else {
            let end = rest.find([',', ']'])?;
            (unquoted(rest.get(..end)?.trim()), rest.get(end..)?)
        };
        if !item.is_empty() {
            items.push(item);
        }
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(more) => more.trim_start(),
            None if after.starts_with(']') => after,
            None => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(inner: &str, expected: &[(&str, Value)]) {
        let text = format!("---\n{inner}\n---\nbody");
        let (front, body, warnings) = split(&text);
        let found: Vec<_> =
            front.entries.iter().map(|e| (e.key.as_str(), e.value.clone())).collect();
        assert_eq!(found, expected, "{inner}");
        assert_eq!((body, warnings.len()), ("body", 0), "{inner}");
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn values(items: &[&str]) -> Value {
        Value::List(items.iter().map(|item| (*item).to_owned()).collect())
    }

    #[test]
    fn values_as_people_write_them() {
        check("title: The ferry: a story", &[("title", text("The ferry: a story"))]);
        check("Title: \"Say \\\"no\\\" \\\\\"", &[("title", text("Say \"no\" \\"))]);
        check("a: 'it''s'\n\n# comment\nb: 2", &[("a", text("it's")), ("b", text("2"))]);
        check("tags: [a, \"b, c\", 'd']", &[("tags", values(&["a", "b, c", "d"]))]);
        check("tags:\n  - a\n  - \"b\"\nx: y", &[("tags", values(&["a", "b"])), ("x", text("y"))]);
        check("tags:\n- a\n- b", &[("tags", values(&["a", "b"]))]);
        check(
            "a: >-\n  one\n  two\nb: |\n  one\n  two",
            &[("a", text("one two")), ("b", text("one\ntwo"))],
        );
        check(
            "a: []\nurl: https://a.example/b#c",
            &[("a", values(&[])), ("url", text("https://a.example/b#c"))],
        );
    }

    #[test]
    fn quotes_are_taken_off() {
        for (written, text) in [
            (r#""Ferry: all \"winter\"""#, "Ferry: all \"winter\""),
            (r#""a\nb \\ c""#, "a\nb \\ c"),
            (r#""open"#, "open"),
            ("'a'", "a"),
            ("it's", "it's"),
        ] {
            let (front, ..) = split(&format!("---\nkey: {written}\n---\n"));
            assert_eq!(front.text(&["key"]).as_deref(), Some(text), "{written}");
        }
    }

    #[test]
    fn what_is_malformed_is_named_with_its_line() {
        let (front, body, warnings) = split("---\ntitle: a\nnonsense\nb: [c\n---\nx");
        assert_eq!(front.text(&["title"]).as_deref(), Some("a"));
        assert_eq!(body, "x");
        assert_eq!(warnings.iter().map(|w| w.line).collect::<Vec<_>>(), [Some(3), Some(4)]);
        let (_, body, warnings) = split("---\ntitle: a\n\nx");
        assert_eq!((body, warnings.len()), ("---\ntitle: a\n\nx", 1));
    }

    #[test]
    fn prose_between_rules_is_no_front_matter() {
        for text in ["---\nprose\n---\nx", "x\n---\na: b\n---", "", "---", "--- \nprose"] {
            let (front, body, _) = split(text);
            assert_eq!((front.entries.len(), body), (0, text));
        }
    }
}
