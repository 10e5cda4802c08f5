//! The grammar of date lines: which tokens in a row are a date, a clock time, a zone.
//!
//! Every token must be a part of something, else the line is prose.

use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};

use super::civil::{Civil, Clock};
use super::token::Token;
use super::words;
use crate::article::PubDate;

/// What the words before a date say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Published,
    Updated,
}

/// Reads the tokens of a line from left to right.
pub struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    /// Reads all tokens: the date of publication and that of the last change.
    pub fn all(&mut self) -> Option<(Option<PubDate>, Option<PubDate>)> {
        let (mut published, mut updated) = (None, None);
        let mut role = Role::Published;
        // A clock time may stand before its date: "14:05, 3 March 2024".
        let mut early = None;
        while self.at < self.tokens.len() {
            if let Some(date) = self.date() {
                let clock = self.clock().or_else(|| early.take());
                let date = date.resolve(clock)?;
                match role {
                    Role::Published => published = published.or(Some(date)),
                    Role::Updated => updated = updated.or(Some(date)),
                }
            } else if let Some(clock) = self.time() {
                early = Some(clock);
            } else {
                match self.tokens.get(self.at)? {
                    Token::Word(word) if words::is_updated(word) => role = Role::Updated,
                    Token::Word(word) if words::is_published(word) => role = Role::Published,
                    Token::Word(word) if words::is_weekday(word) || words::is_filler(word) => {}
                    // A zone named once more, in its long form or for a second city.
                    Token::Word(word) if published.is_some() && words::zone(word).is_some() => {}
                    Token::Sign(_) => {}
                    Token::Word(_) | Token::Number(..) => return None,
                }
                self.at += 1;
            }
        }
        Some((published, updated))
    }

    fn number(&self, ahead: usize) -> Option<(u32, usize)> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Number(value, digits)) => Some((*value, *digits)),
            _ => None,
        }
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn sign(&self, ahead: usize) -> Option<char> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Sign(sign)) => Some(*sign),
            _ => None,
        }
    }

    /// How many joining tokens follow: stops, commas, "of", "de", "st".
    fn joints(&self, ahead: usize) -> usize {
        let joint = |token: &Token| match token {
            Token::Sign(sign) => matches!(sign, '.' | ',' | '-' | '/' | '،' | '\''),
            Token::Word(word) => words::is_filler(word),
            Token::Number(..) => false,
        };
        self.tokens.iter().skip(self.at + ahead).take(3).take_while(|token| joint(token)).count()
    }

    /// A date at this place; moves behind it.
    fn date(&mut self) -> Option<Civil> {
        let (date, used) = self
            .numeric()
            .or_else(|| self.named())
            .or_else(|| self.counted())
            .or_else(|| self.compact())?;
        self.at += used;
        Some(date)
    }

    /// `2024-03-03`, `03/03/2024`, `3. 3. 2024`, `3/3/24`.
    fn numeric(&self) -> Option<(Civil, usize)> {
        let (first, digits) = self.number(0)?;
        let sign = self.sign(1).filter(|sign| matches!(sign, '-' | '/' | '.'))?;
        let (second, _) = self.number(2)?;
        if self.sign(3) != Some(sign) {
            return None;
        }
        let (third, last) = self.number(4)?;
        let civil = match (digits, last) {
            (4, 1 | 2) => Civil::new(first, second, third)?,
            (1 | 2, 4) => Civil::either(third, first, second, sign)?,
            // The pivot of POSIX's strptime: 69 to 99 are of the twentieth century.
            (1 | 2, 2) => {
                let century = if third < 69 { 2000 } else { 1900 };
                Civil::either(century + third, first, second, sign)?
            }
            _ => return None,
        };
        Some((civil, 5))
    }

    /// `3 March 2024`, `March 3, 2024`, `2024. március 3.`, `3 de marzo de 2024`.
    fn named(&self) -> Option<(Civil, usize)> {
        if let Some((first, digits)) = self.number(0) {
            let to_month = 1 + self.joints(1);
            let month = u32::from(words::month(self.word(to_month)?)?.unsigned_abs());
            let to_last = to_month + 1 + self.joints(to_month + 1);
            let (last, last_digits) = self.number(to_last)?;
            let civil = match (digits, last_digits) {
                (1 | 2, 4) => Civil::new(last, month, first)?,
                (4, 1 | 2) => Civil::new(first, month, last)?,
                _ => return None,
            };
            return Some((civil, to_last + 1));
        }
        let month = u32::from(words::month(self.word(0)?)?.unsigned_abs());
        let to_day = 1 + self.joints(1);
        let (day, _) = self.number(to_day).filter(|(_, digits)| *digits <= 2)?;
        let to_year = to_day + 1 + self.joints(to_day + 1);
        let (year, _) = self.number(to_year).filter(|(_, digits)| *digits == 4)?;
        Some((Civil::new(year, month, day)?, to_year + 1))
    }

    /// `2024年3月3日`, `2024년 3월 3일`, `3 tháng 3 năm 2024`.
    fn counted(&self) -> Option<(Civil, usize)> {
        let (first, _) = self.number(0)?;
        let (second, _) = self.number(2)?;
        let (third, _) = self.number(4)?;
        let civil = match (self.word(1)?, self.word(3), self.word(5)) {
            ("年", Some("月"), Some("日" | "号" | "號")) | ("년", Some("월"), Some("일")) => {
                (Civil::new(first, second, third)?, 6)
            }
            ("tháng", Some("năm"), _) => (Civil::new(third, second, first)?, 5),
            _ => return None,
        };
        Some(civil)
    }

    /// `20240303`, the basic form of ISO 8601.
    fn compact(&self) -> Option<(Civil, usize)> {
        let (value, _) = self.number(0).filter(|(_, digits)| *digits == 8)?;
        Some((Civil::new(value / 10_000, value / 100 % 100, value % 100)?, 1))
    }

    /// The clock time that follows a date, past commas, weekdays and the `T` of ISO 8601.
    fn clock(&mut self) -> Option<Clock> {
        let start = self.at;
        for _ in 0..5 {
            if let Some(clock) = self.time() {
                return Some(clock);
            }
            let skip = match self.tokens.get(self.at) {
                Some(Token::Sign(_)) => true,
                Some(Token::Word(word)) => {
                    word == "t" || words::is_filler(word) || words::is_weekday(word)
                }
                Some(Token::Number(..)) | None => false,
            };
            if !skip || self.date_is_next() {
                break;
            }
            self.at += 1;
        }
        self.at = start;
        None
    }

    fn date_is_next(&self) -> bool {
        self.numeric().or_else(|| self.named()).or_else(|| self.counted()).is_some()
    }

    /// A clock time with its zone; moves behind it.
    fn time(&mut self) -> Option<Clock> {
        let start = self.at;
        let mut half = self.word(0).and_then(half_of_day);
        if half.is_some() {
            self.at += 1;
        }
        let read = self.hour_and_minute();
        let Some((mut hour, minute)) = read else {
            self.at = start;
            return None;
        };
        if let Some(half_after) = self.word(0).and_then(half_of_day) {
            half = Some(half_after);
            self.at += 1;
            if self.sign(0) == Some('.') {
                self.at += 1;
            }
        }
        hour = match half {
            Some(Half::Morning) if hour == 12 => 0,
            Some(Half::Afternoon) if hour < 12 => hour + 12,
            Some(Half::Morning | Half::Afternoon) | None => hour,
        };
        let time = i8::try_from(hour).ok().zip(i8::try_from(minute).ok());
        let Some(time) = time.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok()) else {
            self.at = start;
            return None;
        };
        let (zone, american) = self.zone();
        Some(Clock { time, zone, american })
    }

    fn hour_and_minute(&mut self) -> Option<(u32, u32)> {
        let (hour, _) = self.number(0).filter(|(_, digits)| *digits <= 2)?;
        let minute = self.number(2).filter(|(_, digits)| *digits <= 2).map(|(minute, _)| minute);
        if self.sign(1) == Some(':') {
            let minute = minute?;
            self.at += 3;
            // Seconds, and what is left of them.
            for sign in [':', '.'] {
                if self.sign(0) == Some(sign) && self.number(1).is_some() {
                    self.at += 2;
                }
            }
            return Some((hour, minute));
        }
        match self.word(1) {
            Some("h" | "hr" | "時" | "时" | "点" | "點" | "시" | "uhr" | "hs") => {
                self.at += 2;
                let Some((minute, _)) = self.number(0).filter(|(_, digits)| *digits <= 2) else {
                    return Some((hour, 0));
                };
                self.at += 1;
                if matches!(self.word(0), Some("分" | "분" | "min")) {
                    self.at += 1;
                }
                Some((hour, minute))
            }
            Some(word) if half_of_day(word).is_some() => {
                self.at += 1;
                Some((hour, 0))
            }
            // "14.05": a stop between two pairs of digits, and no third number behind it.
            _ if self.sign(1) == Some('.')
                && self.number(2).is_some_and(|(_, digits)| digits == 2)
                && !(self.sign(3) == Some('.') && self.number(4).is_some()) =>
            {
                self.at += 3;
                Some((hour, minute?))
            }
            _ => None,
        }
    }

    /// The zone after a clock time: a name, an offset, or both ("GMT+2").
    fn zone(&mut self) -> (Option<TimeZone>, bool) {
        let start = self.at;
        if self.sign(0) == Some('(') || self.word(0) == Some("uhr") {
            self.at += 1;
        }
        let name = self.word(0).map(str::to_owned);
        let named = name.as_deref().and_then(words::zone);
        if named.is_some() {
            self.at += 1;
        }
        if let Some(offset) = self.offset() {
            return (Some(TimeZone::fixed(offset)), false);
        }
        if named.is_none() {
            self.at = start;
        }
        (named, name.as_deref().is_some_and(words::is_american))
    }

    fn offset(&mut self) -> Option<Offset> {
        let sign = match self.sign(0)? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        let (value, digits) = self.number(1)?;
        let (hours, minutes, used) = match digits {
            4 => (value / 100, value % 100, 2),
            1 | 2 if self.sign(2) == Some(':') => (value, self.number(3)?.0, 4),
            1 | 2 => (value, 0, 2),
            _ => return None,
        };
        if hours > 14 || minutes > 59 {
            return None;
        }
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        let offset = Offset::from_seconds(sign * seconds).ok()?;
        self.at += used;
        Some(offset)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

fn half_of_day(word: &str) -> Option<Half> {
    match word {
        "am" | "a.m" | "午前" | "上午" | "오전" | "π.μ" | "ص" => Some(Half::Morning),
        "pm" | "p.m" | "午後" | "下午" | "오후" | "μ.μ" | "م" => Some(Half::Afternoon),
        _ => None,
    }
}
