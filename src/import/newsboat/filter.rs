//! Conditions of newsboat as queries of the reader's search.
//!
//! `attribute operator value`, joined by `and` and `or`, grouped by parentheses. What has no
//! counterpart is named, and the condition is given up: half a search finds the wrong stories.

/// Parentheses in parentheses that are followed.
const DEPTH: usize = 32;

/// The query that asks what a condition asks.
///
/// # Errors
///
/// The part of the condition that has no counterpart.
pub(super) fn query(condition: &str) -> Result<String, String> {
    let tokens = tokens(condition);
    let mut parser = Parser { tokens: &tokens };
    if tokens.is_empty() {
        return Ok(String::new());
    }
    let query = parser.any(0)?;
    if parser.tokens.is_empty() { Ok(query.text) } else { Err(parser.written(3)) }
}

/// A piece of a condition, as written; values without their quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Sign(&'a str),
    Value(&'a str),
    Open,
    Close,
}

/// The signs between an attribute and a value, longer ones first.
const SIGNS: &[&str] = &["==", "=~", "!=", "!~", "!#", "<=", ">=", "=", "<", ">", "#"];

fn tokens(condition: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = condition.trim_start();
    while let Some(first) = rest.chars().next() {
        let sign = SIGNS.iter().find_map(|sign| rest.strip_prefix(sign).map(|rest| (*sign, rest)));
        let token;
        (token, rest) = match (first, sign) {
            ('(', _) => (Token::Open, rest.get(1..).unwrap_or_default()),
            (')', _) => (Token::Close, rest.get(1..).unwrap_or_default()),
            ('"', _) => {
                let value = rest.get(1..).unwrap_or_default();
                let (value, rest) = value.split_once('"').unwrap_or((value, ""));
                (Token::Value(value), rest)
            }
            (_, Some((sign, rest))) => (Token::Sign(sign), rest),
            (_, None) => {
                let ends = |c: char| c.is_whitespace() || "()\"=!<>#".contains(c);
                let after = first.len_utf8();
                let end = rest.get(after..).and_then(|rest| rest.find(ends)).map(|end| end + after);
                let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
                (Token::Word(word), rest)
            }
        };
        found.push(token);
        rest = rest.trim_start();
    }
    found
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
}

/// A query, and whether it must stand in parentheses beside others.
struct Part {
    text: String,
    loose: bool,
}

impl Part {
    fn tight(text: String) -> Self {
        Self { text, loose: false }
    }

    fn grouped(self) -> String {
        if self.loose { format!("({})", self.text) } else { self.text }
    }

    fn any(parts: Vec<Self>) -> Self {
        let loose = parts.len() > 1 || parts.iter().any(|part| part.loose);
        let texts: Vec<String> = parts.into_iter().map(|part| part.text).collect();
        Self { text: texts.join(" OR "), loose }
    }
}

impl Parser<'_> {
    fn any(&mut self, depth: usize) -> Result<Part, String> {
        let mut parts = vec![self.all(depth)?];
        while self.take(Token::Word("or")) {
            parts.push(self.all(depth)?);
        }
        Ok(Part::any(parts))
    }

    fn all(&mut self, depth: usize) -> Result<Part, String> {
        let first = self.one(depth)?;
        if self.tokens.first() != Some(&Token::Word("and")) {
            return Ok(first);
        }
        let mut text = first.grouped();
        while self.take(Token::Word("and")) {
            text.push(' ');
            text.push_str(&self.one(depth)?.grouped());
        }
        Ok(Part::tight(text))
    }

    fn one(&mut self, depth: usize) -> Result<Part, String> {
        if depth < DEPTH && self.take(Token::Open) {
            let inner = self.any(depth + 1)?;
            return if self.take(Token::Close) { Ok(inner) } else { Err(self.written(3)) };
        }
        let odd = self.written(3);
        let [Token::Word(attribute), sign, Token::Word(value) | Token::Value(value), rest @ ..] =
            self.tokens
        else {
            return Err(odd);
        };
        let (Token::Sign(sign) | Token::Word(sign)) = sign else { return Err(odd) };
        let part = term(attribute, sign, value).ok_or(odd)?;
        self.tokens = rest;
        Ok(part)
    }

    fn take(&mut self, wanted: Token) -> bool {
        match self.tokens {
            [first, rest @ ..] if *first == wanted => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    /// The next pieces, for a sentence.
    fn written(&self, count: usize) -> String {
        let pieces: Vec<&str> = self
            .tokens
            .iter()
            .take(count)
            .map(|token| match token {
                Token::Word(text) | Token::Sign(text) | Token::Value(text) => text,
                Token::Open => "(",
                Token::Close => ")",
            })
            .collect();
        if pieces.is_empty() {
            "nothing where something is missing".to_owned()
        } else {
            format!("“{}”", pieces.join(" "))
        }
    }
}

/// The query of one comparison.
fn term(attribute: &str, sign: &str, value: &str) -> Option<Part> {
    let yes = matches!(sign, "=" | "==" | "=~" | "#");
    if attribute == "age" {
        return age(sign, value);
    }
    if !yes && !matches!(sign, "!=" | "!~" | "!#") {
        return None;
    }
    if attribute == "unread" {
        let unread = (value == "yes") == yes;
        return Some(Part::tight(if unread { "is:unread" } else { "is:read" }.to_owned()));
    }
    let field = match attribute {
        "title" => "title:",
        "content" => "",
        "author" => "author:",
        "tags" => "tag:",
        "feedtitle" => "source:",
        _ => return None,
    };
    // An expression counts where it is but words, or a choice of words.
    let choices = value.split('|').map(|choice| words(field, choice, sign.ends_with('~')));
    let choices = choices.map(|choice| choice.map(Part::tight)).collect::<Option<Vec<_>>>()?;
    let found = Part::any(choices);
    Some(if yes { found } else { Part::tight(format!("-{}", found.grouped())) })
}

/// Words in a field.
fn words(field: &str, text: &str, expression: bool) -> Option<String> {
    let text = text.trim();
    let odd = |c: char| c == '"' || expression && "\\^$.*+?()[]{}".contains(c);
    if text.is_empty() || text.contains(odd) {
        return None;
    }
    let bare = text.chars().all(char::is_alphanumeric) && !(field.is_empty() && text == "OR");
    Some(if bare { format!("{field}{text}") } else { format!("{field}\"{text}\"") })
}

/// Days since a story came out. A day of age is a whole one: 3 is from 72 hours up to 96.
fn age(sign: &str, value: &str) -> Option<Part> {
    let days = |text: &str| text.trim().parse::<u16>().ok().filter(|days| *days < 10_000);
    Some(match sign {
        "<" => Part::tight(format!("newer:{}d", days(value)?)),
        "<=" => Part::tight(format!("newer:{}d", days(value)? + 1)),
        ">" => Part::tight(format!("older:{}d", days(value)? + 1)),
        ">=" => Part::tight(format!("older:{}d", days(value)?)),
        "=" | "==" => between(days(value)?, days(value)?),
        "between" => {
            let (from, to) = value.split_once(':')?;
            let (from, to) = (days(from)?, days(to)?);
            between(from.min(to), from.max(to))
        }
        _ => return None,
    })
}

fn between(from: u16, to: u16) -> Part {
    let newer = format!("newer:{}d", to + 1);
    Part::tight(if from == 0 { newer } else { format!("older:{from}d {newer}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_become_queries() {
        for (condition, expected) in [
            ("", ""),
            ("unread = \"yes\"", "is:unread"),
            ("unread != \"yes\"", "is:read"),
            ("title =~ \"ferry\"", "title:ferry"),
            (
                "title =~ \"winter ferry|boat\" and unread=\"yes\"",
                "(title:\"winter ferry\" OR title:boat) is:unread",
            ),
            ("tags # \"news\" or tags # \"long reads\"", "tag:news OR tag:\"long reads\""),
            ("tags !# \"news\"", "-tag:news"),
            ("author !~ \"a|b\"", "-(author:a OR author:b)"),
            ("content =~ \"OR\"", "\"OR\""),
            (
                "(feedtitle =~ \"Daily\" or age < 3) and (unread = \"no\")",
                "(source:Daily OR newer:3d) is:read",
            ),
            ("age between 0:10", "newer:11d"),
            ("age between 2:10 and age >= 1", "older:2d newer:11d older:1d"),
            ("title = \"C++\"", "title:\"C++\""),
        ] {
            assert_eq!(query(condition).as_deref(), Ok(expected), "{condition}");
        }
    }

    #[test]
    fn what_has_no_counterpart_is_named() {
        for (condition, odd) in [
            ("flags =~ \"s\"", "“flags =~ s”"),
            ("unread = \"yes\" and title =~ \"^A\"", "“title =~ ^A”"),
            ("unread = \"yes\" title", "“title”"),
            ("(unread = \"yes\"", "nothing where something is missing"),
            ("unread = \"yes\" and", "nothing where something is missing"),
            ("age < x", "“age < x”"),
            (&"(".repeat(100_000), "“( ( (”"),
        ] {
            assert_eq!(query(condition).unwrap_err(), odd, "{condition}");
        }
    }
}
