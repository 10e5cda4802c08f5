//! Values of front matter, quoted where YAML would read them as something else.

/// Text as a value that any reader of YAML takes as the same text.
pub(super) fn scalar(text: &str) -> String {
    let plain = text.starts_with(char::is_alphabetic)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains('\n')
        && !text.ends_with([':', ' '])
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
        )
        && text.parse::<f64>().is_err();
    if plain { text.to_owned() } else { quoted(text) }
}

/// Text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Values as a list in one line.
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::front_matter::split;

    #[test]
    fn quotes_only_where_needed() {
        for (text, expected) in [
            ("Ferry stays", "Ferry stays"),
            ("https://example.org/a#b", "https://example.org/a#b"),
            ("Ferry: all winter", "\"Ferry: all winter\""),
            ("12", "\"12\""),
            ("No", "\"No\""),
            ("\"Ferry\"", "\"\\\"Ferry\\\"\""),
        ] {
            assert_eq!(scalar(text), expected);
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let values = [
            "a",
            "Ferry: all \"winter\"",
            "#x",
            "[a",
            "true",
            "a\nb",
            "- a",
            "é: ",
            "\\",
            "'a'",
            ">",
            "|",
            "",
        ];
        for value in values {
            let text = format!("---\nkey: {}\n---\n", scalar(value));
            assert_eq!(split(&text).0.text(&["key"]).unwrap_or_default(), value);
            let text = format!("---\nkey: {}\n---\n", list(&[value, "b"]));
            let expected = [value, "b"].into_iter().filter(|item| !item.is_empty());
            assert_eq!(split(&text).0.list(&["key"]), expected.collect::<Vec<_>>());
        }
    }
}
