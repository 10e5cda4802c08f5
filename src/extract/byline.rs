//! Who wrote a story: "By the World Desk", "Von …", "Text: …".
//!
//! In running text a line is a byline only where its words say so ([`read`]); a bare name
//! is for the reader of a head to judge, which sees what stands around it. In metadata
//! everything is names already ([`names`]).

use crate::text::sanitize::SafeText;

/// What stands before a name, lowercase. Those with a colon need it.
const INTRODUCTIONS: &[&str] = &[
    "by",
    "written by",
    "reported by",
    "reporting by",
    "story by",
    "words by",
    "text by",
    "report by",
    "analysis by",
    "opinion by",
    "posted by",
    "published by",
    "author:",
    "authors:",
    "writer:",
    "words:",
    "text:",
    "von",
    "geschrieben von",
    "ein bericht von",
    "eine analyse von",
    "autor:",
    "autorin:",
    "autoren:",
    "par",
    "écrit par",
    "rédigé par",
    "publié par",
    "propos recueillis par",
    "auteur :",
    "auteur:",
    "texte :",
    "texte:",
    "por",
    "escrito por",
    "publicado por",
    "texto:",
    "autora:",
    "di",
    "a cura di",
    "scritto da",
    "autore:",
    "testo:",
    "door",
    "geschreven door",
    "tekst:",
    "av",
    "skrevet av",
    "skriven av",
    "af",
    "skrevet af",
    "kirjoittanut",
    "teksti:",
    "opracowanie:",
    "автор:",
    "авторы:",
    "текст:",
    "oleh",
    "oleh:",
    "penulis:",
    "yazan:",
    "haber:",
    "tác giả:",
    "بقلم",
    "بقلم:",
    "كتب:",
    "记者",
    "記者",
    "作者:",
    "作者：",
    "文/",
    "文：",
    "文:",
    "撰文：",
    "撰文/",
    "글",
    "글:",
];

/// Words that join two names.
const JOINTS: &[&str] = &[
    "and", "&", "und", "et", "y", "e", "en", "och", "og", "ja", "i", "и", "та", "και", "ve", "dan",
    "và", "و",
];

/// Characters of the longest byline.
const MAX_LINE: usize = 120;

/// Words of the longest byline: three names with their offices.
const MAX_WORDS: usize = 16;

/// Words of the longest name.
const MAX_NAME_WORDS: usize = 7;

/// The names in a line that says who wrote a story, or nothing if it is some other line.
pub fn read(line: &str) -> Option<Vec<SafeText>> {
    let names = introduced(line)?;
    // "By by" occurs where two programs each wrote it.
    let names = introduced(names).unwrap_or(names);
    Some(split(names)).filter(|names| !names.is_empty())
}

/// What stands behind the introduction, if it can be names.
fn introduced(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches(['*', '_', '|', '—', '–']).trim_start();
    if line.chars().nth(MAX_LINE).is_some() {
        return None;
    }
    let rest = INTRODUCTIONS.iter().filter_map(|words| {
        let rest = strip(line, words)?;
        let joined = words.ends_with([':', '：', '/']);
        let free = rest.strip_prefix([':', '：']).unwrap_or(rest);
        let apart =
            joined || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        apart.then(|| free.trim())
    });
    // The longest introduction leaves the least.
    let names = rest.min_by_key(|rest| rest.len())?;
    can_be_names(names).then_some(names)
}

/// Names: few words, the first of them a name, and no sentence.
fn can_be_names(text: &str) -> bool {
    let first = text.chars().next();
    let starts = first.is_some_and(|c| c.is_alphanumeric() || c == '@');
    let mut words = text.split_whitespace();
    let lower = words.clone().filter(|word| word.starts_with(char::is_lowercase)).count();
    let count = words.clone().count();
    let address = words.any(|word| word.contains('@'));
    // "By the World Desk" and "by Ludwig van der Rohe" have small words; prose has more.
    starts
        && count <= MAX_WORDS
        && (address || lower * 2 <= count)
        && !text.ends_with(['?', '!', ':', '：', ';'])
        && !(text.ends_with('.') && count > 5)
}

/// The line without the words it begins with, whatever their case.
fn strip<'a>(line: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = line.chars();
    for c in words.chars() {
        let next = rest.next()?;
        let next = if next == '\u{a0}' || next == '\u{202f}' { ' ' } else { next };
        if next != c && !next.to_lowercase().eq(std::iter::once(c)) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// The names in a field that holds names, with or without an introduction. Addresses,
/// dates and sentences, which also stand there, are no names.
pub fn names(field: &str) -> Vec<SafeText> {
    let mut found: Vec<SafeText> = Vec::new();
    let field = SafeText::title(field);
    let parts = field.split(['|', '•', '·']).map(str::trim);
    for part in parts.filter(|part| part.split_whitespace().count() <= 3 || can_be_names(part)) {
        for name in read(part).unwrap_or_else(|| split(part)) {
            let name = SafeText::title(name.trim_matches(['-', '–', '—', ' ', '(', ')', '"']));
            let sane = name.chars().any(char::is_alphabetic)
                && name.split_whitespace().count() <= MAX_NAME_WORDS
                && !name.contains(['@', '/', ':'])
                && !name.chars().any(|c| c.is_ascii_digit());
            if sane && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// The single names of a list of names. A part in capitals alone is a degree.
pub fn split(names: &str) -> Vec<SafeText> {
    let mut parts: Vec<String> = vec![String::new()];
    for word in names.split_whitespace() {
        let joint = JOINTS.iter().any(|joint| word.eq_ignore_ascii_case(joint));
        let Some(last) = parts.last_mut() else { break };
        if joint {
            parts.push(String::new());
            continue;
        }
        if !last.is_empty() {
            last.push(' ');
        }
        last.push_str(word.trim_end_matches([',', ';', '、', '،']));
        if word.ends_with([',', ';', '、', '،']) {
            parts.push(String::new());
        }
    }
    let mut split: Vec<String> = Vec::new();
    for part in parts {
        let degree = part.chars().any(char::is_uppercase) && !part.chars().any(char::is_lowercase);
        match split.last_mut() {
            _ if part.is_empty() => {}
            Some(before) if degree && part.chars().count() <= 8 => {
                before.push_str(", ");
                before.push_str(&part);
            }
            _ => split.push(part),
        }
    }
    split.iter().map(|name| SafeText::title(name)).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_field() {
        for (field, expected) in [
            ("Ada Park", "Ada Park"),
            ("by Ada Park and Tom Reed", "Ada Park|Tom Reed"),
            ("Written by: Ada Park, Tom Reed, and Li Wei", "Ada Park|Tom Reed|Li Wei"),
            ("Byron Hill", "Byron Hill"),
            ("Ada Park, PHD —", "Ada Park, PHD"),
            ("This is the tale of how I came to write about the harbor", ""),
            ("Ada Park | ada@example.org | 3 March 2024", "Ada Park"),
            ("https://example.org/ada", ""),
            ("", ""),
        ] {
            let found: Vec<_> = names(field).iter().map(ToString::to_string).collect();
            assert_eq!(found.join("|"), expected, "{field}");
        }
    }

    #[test]
    fn names_behind_an_introduction() {
        for (line, names) in [
            ("By the World Desk", &["the World Desk"][..]),
            ("BY STAFF REPORTERS", &["STAFF REPORTERS"]),
            ("Written by Harbor Desk and Weather Desk", &["Harbor Desk", "Weather Desk"]),
            ("By by Harbor Desk", &["Harbor Desk"]),
            ("Von der Wirtschaftsredaktion", &["der Wirtschaftsredaktion"]),
            ("Par Service Monde", &["Service Monde"]),
            ("Auteur\u{a0}: Service Monde", &["Service Monde"]),
            ("Por Redacción Central", &["Redacción Central"]),
            ("Text: Lokalredaktion", &["Lokalredaktion"]),
            ("Автор: Отдел новостей", &["Отдел новостей"]),
            ("by Desk One, MS, RDN", &["Desk One, MS, RDN"]),
            ("by desk@example.org", &["desk@example.org"]),
        ] {
            let found = read(line).unwrap_or_default();
            assert_eq!(found.iter().map(SafeText::as_str).collect::<Vec<_>>(), names, "{line}");
        }
    }

    #[test]
    fn prose_is_no_byline() {
        for line in [
            "By the time the ferry came, it was dark.",
            "By 2030 half of the fleet will be electric",
            "Von wegen!",
            "Bylaws of the council",
            "Para empezar: tres cosas",
            "Text messages are older than the web",
            "by",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
