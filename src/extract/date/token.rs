//! A line cut into numbers, words and signs, for the scripts that newspapers use.
//!
//! Knows no dates.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    /// A word, lowercase.
    Word(String),
    Sign(char),
}

pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = digit(c) {
            let (mut value, mut digits) = (digit, 1);
            while let Some(digit) = chars.peek().and_then(|c| self::digit(*c)) {
                chars.next();
                value = value.saturating_mul(10).saturating_add(digit);
                digits += 1;
            }
            tokens.push(Token::Number(value, digits));
        } else if is_unit(c) && matches!(tokens.last(), Some(Token::Number(..))) {
            tokens.push(Token::Word(c.to_string()));
        } else if is_letter(c) {
            let mut word = c.to_string();
            while let Some(&next) = chars.peek() {
                // A stop or an apostrophe inside of a word belongs to it: "a.m.", "jum'at".
                let inside = matches!(next, '.' | '\'' | '’' | '-') && {
                    let mut ahead = chars.clone();
                    ahead.next();
                    ahead.next().is_some_and(|c| is_letter(c) && (next != '-' || word.len() > 4))
                };
                if !is_letter(next) && !inside {
                    break;
                }
                chars.next();
                word.push(if next == '’' { '\'' } else { next });
            }
            tokens.push(Token::Word(word.to_lowercase()));
        } else if !c.is_whitespace() {
            tokens.push(Token::Sign(match c {
                '：' => ':',
                '．' => '.',
                '／' => '/',
                '–' | '—' | '−' | '‑' => '-',
                other => other,
            }));
        }
    }
    tokens
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || (!c.is_ascii()
            && unicode_width::UnicodeWidthChar::width(c) == Some(0)
            && !c.is_control())
}

/// Characters that name what the number before them counts.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '號' | '时' | '時' | '点' | '點' | '分' | '秒')
        || matches!(c, '년' | '월' | '일' | '시' | '분' | '초')
}

/// The value of a decimal digit of the scripts that newspapers use.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        '๐'..='๙' => '๐',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}
