//! The words that introduce another story: "Read more:", "Lire aussi :", "相关阅读：".
//!
//! A table by language and one rule. The rule asks for a label at the start of a short
//! line and a separator after it, so that prose which begins with the same words
//! ("Read more than one book") stays prose. Nothing here knows where the line stands.

/// Labels that name another story even without a colon behind them, lowercase, by language.
///
/// They also count where any dash, bar or arrow follows, and where they stand alone.
const STRONG: &[&[&str]] = &[
    // English
    &[
        "read more",
        "read also",
        "also read",
        "read next",
        "read now",
        "read this",
        "read this next",
        "read the full story",
        "read more on this story",
        "read more about this",
        "read our full story",
        "up next",
        "see also",
        "see more",
        "more on this",
        "more on this story",
        "more on this topic",
        "more from this section",
        "more stories",
        "more news",
        "must read",
        "must reads",
        "don't miss",
        "related story",
        "related stories",
        "related article",
        "related articles",
        "related coverage",
        "related content",
        "related link",
        "related links",
        "related news",
        "related reading",
        "related topics",
        "further reading",
        "recommended reading",
        "recommended stories",
        "recommended for you",
        "you may also like",
        "you might also like",
        "you might like",
        "you may also be interested in",
        "you might also be interested in",
        "also on this site",
        "in case you missed it",
        "continue reading",
        "keep reading",
        "previously on",
        "editor's pick",
        "editor's picks",
        "editors' picks",
    ],
    // German
    &[
        "lesen sie auch",
        "lesen sie mehr",
        "lesen sie hier",
        "lesen sie dazu",
        "lesen sie dazu auch",
        "lesen sie weiter",
        "lesen sie jetzt",
        "lies auch",
        "auch interessant",
        "mehr lesen",
        "mehr dazu",
        "mehr zum thema",
        "mehr zu diesem thema",
        "weiterlesen",
        "zum thema",
        "zum weiterlesen",
        "siehe auch",
        "das könnte sie auch interessieren",
        "das könnte dich auch interessieren",
        "das könnte sie interessieren",
    ],
    // French
    &[
        "lire aussi",
        "à lire aussi",
        "a lire aussi",
        "lire également",
        "à lire également",
        "à lire",
        "lire la suite",
        "lire plus",
        "voir aussi",
        "à voir aussi",
        "sur le même sujet",
        "pour aller plus loin",
        "en savoir plus",
        "articles liés",
        "article lié",
    ],
    // Spanish
    &[
        "lee también",
        "lea también",
        "leer también",
        "lee además",
        "lea además",
        "lee más",
        "lea más",
        "leer más",
        "te puede interesar",
        "le puede interesar",
        "te podría interesar",
        "también te puede interesar",
        "puede leer",
        "ver también",
        "vea también",
        "véase también",
        "más información",
        "noticias relacionadas",
        "noticia relacionada",
        "artículos relacionados",
    ],
    // Portuguese
    &[
        "leia também",
        "leia mais",
        "ler mais",
        "ler também",
        "veja também",
        "veja mais",
        "saiba mais",
        "confira também",
        "artigos relacionados",
        "notícias relacionadas",
    ],
    // Italian
    &[
        "leggi anche",
        "leggi di più",
        "leggi tutto",
        "leggi pure",
        "vedi anche",
        "potrebbe interessarti",
        "potrebbe interessarti anche",
        "ti potrebbe interessare",
        "approfondisci",
        "per approfondire",
        "articoli correlati",
    ],
    // Catalan
    &["llegeix també", "llegiu també", "llegeix més"],
    // Dutch
    &["lees ook", "lees meer", "lees verder", "bekijk ook", "zie ook", "meer over dit onderwerp"],
    // Swedish, Danish, Norwegian
    &[
        "läs också",
        "läs även",
        "läs mer",
        "läs mera",
        "se även",
        "se också",
        "læs også",
        "læs mere",
        "les også",
        "les mer",
        "se også",
    ],
    // Finnish
    &["lue myös", "lue lisää", "katso myös"],
    // Polish
    &[
        "czytaj też",
        "czytaj także",
        "czytaj również",
        "czytaj więcej",
        "zobacz też",
        "zobacz także",
        "zobacz również",
        "przeczytaj także",
        "przeczytaj też",
        "przeczytaj również",
    ],
    // Czech, Slovak
    &[
        "čtěte také",
        "přečtěte si také",
        "přečtěte si",
        "čtěte dále",
        "související články",
        "čítajte aj",
        "čítajte tiež",
        "prečítajte si aj",
        "prečítajte si tiež",
    ],
    // Hungarian
    &["olvassa el", "olvassa el ezt is", "olvasd el ezt is", "kapcsolódó cikkek"],
    // Romanian
    &["citește și", "citeşte şi", "citiți și", "citește mai mult", "vezi și"],
    // Croatian, Serbian, Bosnian, Slovene
    &[
        "pročitajte i",
        "pročitaj i",
        "pročitajte više",
        "čitajte i",
        "preberite tudi",
        "прочитајте и",
    ],
    // Russian
    &[
        "читайте также",
        "читать также",
        "читайте ещё",
        "читайте еще",
        "читать далее",
        "читайте далее",
        "подробнее",
        "смотрите также",
        "см. также",
        "по теме",
        "материалы по теме",
        "ещё по теме",
        "еще по теме",
    ],
    // Ukrainian, Belarusian, Bulgarian
    &[
        "читайте також",
        "дивіться також",
        "докладніше",
        "за темою",
        "чытайце таксама",
        "прочетете още",
        "прочети още",
        "вижте още",
    ],
    // Greek
    &[
        "διαβάστε επίσης",
        "διαβάστε ακόμα",
        "διαβάστε ακόμη",
        "διαβάστε περισσότερα",
        "δείτε επίσης",
    ],
    // Turkish
    &[
        "ayrıca okuyun",
        "bunu da okuyun",
        "devamını oku",
        "ilgili haber",
        "ilgili haberler",
        "daha fazla oku",
    ],
    // Arabic, Persian, Urdu, Hebrew
    &[
        "اقرأ أيضا",
        "اقرأ أيضاً",
        "اقرأ أيضًا",
        "إقرأ أيضا",
        "اقرأ المزيد",
        "اقرأ كذلك",
        "شاهد أيضا",
        "شاهد أيضاً",
        "طالع أيضا",
        "مواضيع ذات صلة",
        "بیشتر بخوانید",
        "بیشتر بخوانید",
        "همچنین بخوانید",
        "همچنین بخوانید",
        "یہ بھی پڑھیں",
        "مزید پڑھیں",
        "קראו גם",
        "קראו עוד",
        "ראו גם",
        "לקריאה נוספת",
    ],
    // Hindi, Marathi, Bengali, Tamil, Telugu
    &[
        "यह भी पढ़ें",
        "ये भी पढ़ें",
        "इसे भी पढ़ें",
        "और पढ़ें",
        "हे ही वाचा",
        "हेही वाचा",
        "আরও পড়ুন",
        "আরো পড়ুন",
        "மேலும் படிக்க",
        "இதையும் படிக்க",
        "ఇది కూడా చదవండి",
    ],
    // Indonesian, Malay, Filipino
    &["baca juga", "baca selengkapnya", "baca lainnya", "simak juga", "lihat juga", "basahin din"],
    // Vietnamese, Thai, Swahili
    &[
        "xem thêm",
        "đọc thêm",
        "đọc tiếp",
        "tin liên quan",
        "อ่านเพิ่มเติม",
        "อ่านต่อ",
        "ข่าวที่เกี่ยวข้อง",
        "soma pia",
    ],
    // Chinese
    &[
        "相关阅读",
        "相关新闻",
        "相关报道",
        "相关文章",
        "延伸阅读",
        "推荐阅读",
        "阅读更多",
        "更多阅读",
        "更多新闻",
        "相關閱讀",
        "相關新聞",
        "相關報導",
        "延伸閱讀",
        "推薦閱讀",
        "閱讀更多",
        "更多新聞",
    ],
    // Japanese
    &[
        "続きを読む",
        "関連記事",
        "関連ニュース",
        "関連リンク",
        "あわせて読みたい",
        "合わせて読みたい",
        "おすすめ記事",
        "こちらも",
    ],
    // Korean
    &[
        "관련 기사",
        "관련기사",
        "관련 뉴스",
        "관련뉴스",
        "더 읽기",
        "더 보기",
        "함께 읽기",
        "같이 읽기",
        "추천 기사",
    ],
];

/// Words that are a label only with a colon behind them: they are also ordinary words.
const WEAK: &[&str] = &[
    "more",
    "read",
    "related",
    "recommended",
    "next",
    "previously",
    "earlier",
    "background",
    "siehe",
    "mehr",
    "dazu",
    "lire",
    "voir",
    "lee",
    "lea",
    "relacionado",
    "relacionada",
    "relacionados",
    "leia",
    "veja",
    "leggi",
    "correlati",
    "lees",
    "läs",
    "læs",
    "les",
    "lue",
    "czytaj",
    "čtěte",
    "читайте",
    "читать",
    "baca",
    "terkait",
    "oku",
    "ilgili",
    "اقرأ",
    "延伸",
    "相关",
    "相關",
    "関連",
    "관련",
];

/// Bytes of the longest line that can name a story: a label and a long headline.
const MAX_LINE: usize = 600;

/// Characters of the longest label, with room.
const MAX_LABEL: usize = 48;

/// The label and the headline of a line that names another story, as written, without the
/// separator; nothing if it is some other line.
///
/// `Read more: Ferry to run all winter` gives `("Read more", "Ferry to run all winter")`.
pub fn related(line: &str) -> Option<(&str, &str)> {
    let line = bare(line)?;
    let (label, separator, title) = split(line)?;
    let known = is_strong(label) || (separator == Separator::Colon && is_weak(label));
    (known && is_headline(title)).then_some((label, title))
}

/// Whether the line is nothing but a label, so that the headline stands on the next line:
/// "Read more:", "Related stories". A word that is also an ordinary one needs its colon.
pub fn is_label(line: &str) -> bool {
    label(line).is_some()
}

/// The label that a line consists of, without its colon.
pub fn label(line: &str) -> Option<&str> {
    let line = bare(line)?;
    let plain = line.trim_end_matches([':', '：', '»', '›', '→', '…', ']', ')', '|']).trim_end();
    let colon = line.get(plain.len()..).is_some_and(|rest| rest.contains([':', '：']));
    (is_strong(plain) || (colon && is_weak(plain))).then_some(plain)
}

/// The line without the signs that sites set before a label: bars, bullets, arrows.
fn bare(line: &str) -> Option<&str> {
    if line.len() > MAX_LINE {
        return None;
    }
    let signs = [
        '|', '>', '»', '›', '→', '▶', '►', '▸', '•', '●', '■', '*', '-', '–', '—', '[', '(', '【',
        '✦', '+',
    ];
    let line = line.trim().trim_start_matches(|c: char| c.is_whitespace() || signs.contains(&c));
    (!line.is_empty()).then_some(line)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Colon,
    /// A dash, a bar or an arrow: also found in prose.
    Sign,
}

/// Splits at the first separator that stands where a label may end.
fn split(line: &str) -> Option<(&str, Separator, &str)> {
    let end = line.char_indices().nth(MAX_LABEL).map_or(line.len(), |(at, _)| at);
    let (at, sign) = line.get(..end)?.char_indices().find(|&(at, c)| {
        let spaced = || line.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
        match c {
            ':' | '：' | '|' | '»' | '›' | '>' | '→' | '▶' | '►' | '】' | ']' => true,
            '-' | '–' | '—' => spaced(),
            _ => false,
        }
    })?;
    let separator = if matches!(sign, ':' | '：') { Separator::Colon } else { Separator::Sign };
    let title = line.get(at + sign.len_utf8()..)?;
    let title = title.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, ':' | '：' | '|' | '»' | '›' | '>' | '→' | '-' | '–' | '—' | '*')
    });
    Some((line.get(..at)?.trim_end(), separator, title.trim_end().trim_end_matches('*')))
}

/// A headline has letters, and is no address alone: an address is a link, and no title.
fn is_headline(title: &str) -> bool {
    title.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

fn is_strong(label: &str) -> bool {
    fold(label).is_some_and(|label| STRONG.iter().any(|group| group.contains(&label.as_str())))
}

fn is_weak(label: &str) -> bool {
    fold(label).is_some_and(|label| WEAK.contains(&label.as_str()))
}

/// Lowercase, one kind of apostrophe, one space between words.
fn fold(label: &str) -> Option<String> {
    if label.len() > 4 * MAX_LABEL {
        return None;
    }
    let lower = label.to_lowercase().replace(['’', '‘', '`'], "'");
    let folded = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_and_a_headline_make_a_related_line() {
        for (line, label, title) in [
            ("Read More: Ferry to run all winter", "Read More", "Ferry to run all winter"),
            ("READ ALSO: Ferry stays", "READ ALSO", "Ferry stays"),
            ("| Read: Ferry stays", "Read", "Ferry stays"),
            ("Don’t Miss: Ferry stays", "Don’t Miss", "Ferry stays"),
            ("Lire aussi\u{a0}: Le bac reste", "Lire aussi", "Le bac reste"),
            ("Lesen Sie auch – Die Fähre bleibt", "Lesen Sie auch", "Die Fähre bleibt"),
            ("READ MORE | Ferry: the long way home", "READ MORE", "Ferry: the long way home"),
            ("相关阅读：渡轮冬季照常运行", "相关阅读", "渡轮冬季照常运行"),
            ("【関連記事】冬も運航へ", "関連記事", "冬も運航へ"),
            ("Читайте также: Паром останется", "Читайте также", "Паром останется"),
            ("اقرأ أيضا: العبارة تبقى", "اقرأ أيضا", "العبارة تبقى"),
        ] {
            assert_eq!(related(line), Some((label, title)), "{line}");
        }
    }

    #[test]
    fn prose_that_begins_with_the_same_words_is_prose() {
        for line in [
            "Read more than one book a year",
            "More than half: the figures",
            "Related to this is the harbor",
            "Read - if you can - the second page",
            "Recommended by: ",
            "See also the harbor report: it is long",
            "https://example.org/read-more",
        ] {
            assert_eq!(related(line), None, "{line}");
        }
    }

    #[test]
    fn a_label_may_stand_alone() {
        for (line, alone) in [
            ("Read more:", true),
            ("Related stories", true),
            ("Related:", true),
            ("関連記事：", true),
            ("Read more »", true),
            ("Related", false),
            ("More", false),
            ("Read more: Ferry stays", false),
            ("", false),
        ] {
            assert_eq!(is_label(line), alone, "{line}");
        }
    }

    #[test]
    fn labels_are_written_as_they_are_compared() {
        for label in STRONG.iter().copied().flatten().chain(WEAK) {
            assert_eq!(fold(label).as_deref(), Some(*label));
        }
    }
}
