//! Dates as newspapers print them, in the larger languages and in metadata.
//!
//! A date is read only from text that is nothing but a date line: a word that the
//! tables do not know makes it prose. Relative times ("two hours ago") are no dates,
//! since nothing here knows what time it is.
//!
//! Policy, where a date can be read in two ways:
//! - `3/4/2024` is 3 April, as most of the world writes, unless only the other order
//!   exists (`2/26/2024`) or a zone of the United States stands beside it.
//! - A clock time without a zone is dropped: the day is certain, the instant is not.
//! - `IST` is India's time, `BST` Britain's, `CST` North America's.

mod words;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::article::PubDate;

/// What a date line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateLine<'a> {
    /// The date given as that of publication, or given without a word.
    pub published: Option<PubDate>,
    /// The date given as that of the last change.
    pub updated: Option<PubDate>,
    /// What stands before the date and a comma: "LONDON, 3 March 2024".
    pub place: Option<&'a str>,
}

/// Bytes of the longest line that can be a date line.
const MAX_LINE: usize = 200;

/// Words of the longest place in a date line.
const MAX_PLACE: usize = 4;

/// The date that a text consists of: metadata, an attribute, a cell. RFC 3339, ISO 8601,
/// RFC 2822 and what people write.
pub fn parse(text: &str) -> Option<PubDate> {
    // To the second where the text is exact; people's dates have no seconds.
    if let Ok(exact) = text.parse() {
        return Some(exact);
    }
    let line = line(text)?;
    if line.place.is_some() { None } else { line.published.or(line.updated) }
}

/// Reads a line that is nothing but a date line: dates, times, zones, weekdays and the
/// words that introduce them, with or without a place before a comma.
pub fn line(text: &str) -> Option<DateLine<'_>> {
    if text.len() > MAX_LINE || !text.chars().any(char::is_numeric) {
        return None;
    }
    let tokens = tokens(text);
    let mut found = DateLine::default();
    let mut reader = Reader { tokens: &tokens, at: 0 };
    if let Some(read) = reader.all() {
        found.published = read.0;
        found.updated = read.1;
    } else {
        let (place, rest) = text.split_once(',').or_else(|| text.split_once('—'))?;
        let place = place.trim();
        if !is_place(place) {
            return None;
        }
        let read = line(rest).filter(|read| read.place.is_none())?;
        found = DateLine { place: Some(place), ..read };
    }
    (found.published.is_some() || found.updated.is_some()).then_some(found)
}

/// Whether a line says nothing but when: a date, a clock time, a weekday, or several.
pub fn says_when(text: &str) -> bool {
    text.len() <= MAX_LINE
        && text.chars().any(char::is_numeric)
        && Reader { tokens: &tokens(text), at: 0 }.all().is_some()
}

/// A place is a few words, each a name.
fn is_place(text: &str) -> bool {
    let mut words = 0;
    text.split_whitespace().all(|word| {
        words += 1;
        word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’' | '/'))
    }) && (1..=MAX_PLACE).contains(&words)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    /// A word, lowercase.
    Word(String),
    Sign(char),
}

fn tokens(text: &str) -> Vec<Token> {
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

/// What the words before a date say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Published,
    Updated,
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    /// Reads all tokens: the date of publication and that of the last change.
    fn all(&mut self) -> Option<(Option<PubDate>, Option<PubDate>)> {
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

struct Clock {
    time: Time,
    zone: Option<TimeZone>,
    american: bool,
}

/// A day, and the other day that its digits could mean.
#[derive(Clone, Copy)]
struct Civil {
    date: Date,
    month_first: Option<Date>,
}

impl Civil {
    fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        // Thai dates count from the Buddha's death, 543 years before.
        let year = if (2500..2700).contains(&year) { year - 543 } else { year };
        if !(1600..2200).contains(&year) {
            return None;
        }
        let date = Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        );
        Some(Self { date: date.ok()?, month_first: None })
    }

    /// Day and month in an order that the digits may leave open.
    fn either(year: u32, first: u32, second: u32, sign: char) -> Option<Self> {
        let day_first = Self::new(year, second, first);
        // Nobody writes the month first with stops.
        let month_first = if sign == '.' { None } else { Self::new(year, first, second) };
        match (day_first, month_first) {
            (Some(civil), other) => {
                Some(Self { month_first: other.map(|other| other.date), ..civil })
            }
            (None, other) => other,
        }
    }

    fn resolve(self, clock: Option<Clock>) -> Option<PubDate> {
        let Some(Clock { time, zone, american }) = clock else {
            return Some(PubDate::Day(self.date));
        };
        let date = if american { self.month_first.unwrap_or(self.date) } else { self.date };
        let Some(zone) = zone else {
            return Some(PubDate::Day(date));
        };
        zone.to_timestamp(date.to_datetime(time)).ok().map(PubDate::Instant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, date: &str) {
        let found = parse(text).map(|date| date.to_string());
        assert_eq!(found.as_deref(), Some(date), "{text}");
    }

    #[test]
    fn dates_of_many_languages() {
        for (text, date) in [
            ("3 March 2024", "2024-03-03"),
            ("March 3, 2024", "2024-03-03"),
            ("Mar. 3rd, 2024", "2024-03-03"),
            ("the 3rd of March 2024", "2024-03-03"),
            ("Sunday 3 March 2024", "2024-03-03"),
            ("Sun, 03 Mar 2024", "2024-03-03"),
            ("3-Mar-2024", "2024-03-03"),
            ("3. März 2024", "2024-03-03"),
            ("Sonntag, 3. März 2024, 14:05 Uhr", "2024-03-03"),
            ("Stand: 03.03.2024, 14.05 Uhr", "2024-03-03"),
            ("dimanche 3 mars 2024", "2024-03-03"),
            ("Publié le 3 mars 2024 à 14h05", "2024-03-03"),
            ("1er mars 2024", "2024-03-01"),
            ("3 de marzo de 2024", "2024-03-03"),
            ("3 de março de 2024 às 14h05", "2024-03-03"),
            ("mar 5 mar 2024", "2024-03-05"),
            ("domenica 3 marzo 2024", "2024-03-03"),
            ("zondag 3 maart 2024", "2024-03-03"),
            ("den 3 mars 2024 kl. 14.05", "2024-03-03"),
            ("3. maaliskuuta 2024 klo 14.05", "2024-03-03"),
            ("3 marca 2024", "2024-03-03"),
            ("3. března 2024", "2024-03-03"),
            ("3. 3. 2024", "2024-03-03"),
            ("2024. március 3.", "2024-03-03"),
            ("3 марта 2024 г.", "2024-03-03"),
            ("3 марта 2024, 14:05", "2024-03-03"),
            ("3 березня 2024 року", "2024-03-03"),
            ("3 Μαρτίου 2024", "2024-03-03"),
            ("3 Mart 2024 Pazar", "2024-03-03"),
            ("٣ مارس ٢٠٢٤", "2024-03-03"),
            ("3 במרץ 2024", "2024-03-03"),
            ("3 मार्च 2024", "2024-03-03"),
            ("Minggu, 3 Maret 2024", "2024-03-03"),
            ("ngày 3 tháng 3 năm 2024", "2024-03-03"),
            ("3 มีนาคม 2567", "2024-03-03"),
            ("2024年3月3日", "2024-03-03"),
            ("2024年3月3日（日）14時05分", "2024-03-03"),
            ("发布时间：2024年03月03日 14:05", "2024-03-03"),
            ("2024년 3월 3일 오후 2시 5분", "2024-03-03"),
            ("2024-03-03", "2024-03-03"),
            ("2024/3/3", "2024-03-03"),
            ("2024.03.03", "2024-03-03"),
            ("20240303", "2024-03-03"),
        ] {
            check(text, date);
        }
    }

    #[test]
    fn an_hour_counts_where_its_zone_is_known() {
        for (text, date) in [
            ("2024-03-03T14:05:00Z", "2024-03-03T14:05:00Z"),
            ("2024-03-03T14:05:30.250+01:00", "2024-03-03T13:05:30.25Z"),
            ("Sun, 03 Mar 2024 14:05:00 +0530", "2024-03-03T08:35:00Z"),
            ("March 3, 2024 at 9:12 am EST", "2024-03-03T14:12:00Z"),
            ("July 3, 2024, 9:12 p.m. ET", "2024-07-04T01:12:00Z"),
            ("Updated 3 Mar 2024, 14:5 IST", "2024-03-03T08:35:00Z"),
            ("3 March 2024 14:05 (GMT+2)", "2024-03-03T12:05:00Z"),
            ("12:00 AM UTC, 3 March 2024", "2024-03-03T00:00:00Z"),
        ] {
            check(text, date);
        }
    }

    #[test]
    fn day_and_month_in_doubt() {
        check("03/04/2024", "2024-04-03");
        check("02/26/2024", "2024-02-26");
        check("3/4/24", "2024-04-03");
        check("3/4/2024 5:15 PM EST", "2024-03-04T22:15:00Z");
    }

    #[test]
    fn published_and_updated_are_told_apart() {
        let day = |text: &str| text.parse::<PubDate>().ok();
        let found = line("Published 3 March 2024, updated 4 March 2024").unwrap();
        assert_eq!((found.published, found.updated), (day("2024-03-03"), day("2024-03-04")));
        let found = line("Letzte Aktualisierung: 4.3.2024");
        assert_eq!(found, None, "a word that no table knows");
        let found = line("Zuletzt aktualisiert: 4.3.2024").unwrap();
        assert_eq!((found.published, found.updated), (None, day("2024-03-04")));
        let found = line("NEW DELHI, 3 March 2024").unwrap();
        assert_eq!((found.place, found.published), (Some("NEW DELHI"), day("2024-03-03")));
    }

    #[test]
    fn prose_with_a_date_in_it_is_prose() {
        for text in [
            "This is the state of things in 2025.",
            "The Top 9 Fitness Trends for 2025",
            "2024",
            "March 2024",
            "31/31/2024",
            "30 February 2024",
            "On 3 March 2024 the ferry stopped",
            "3.5.1",
            "",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
