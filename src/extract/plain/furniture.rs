//! The words that web pages set around an article: skip links, share buttons, credits.
//!
//! Tables of words in the larger languages, of no publication.

/// What stands before an article and is no part of it. Whole lines, lowercase.
const SKIP: &[&str] = &[
    "skip to content",
    "skip to main content",
    "skip to navigation",
    "skip navigation",
    "jump to content",
    "zum inhalt springen",
    "zum hauptinhalt springen",
    "direkt zum inhalt",
    "aller au contenu",
    "aller au contenu principal",
    "saltar al contenido",
    "ir al contenido",
    "ir al contenido principal",
    "pular para o conteúdo",
    "ir para o conteúdo",
    "saltar para o conteúdo",
    "vai al contenuto",
    "naar de inhoud",
    "hoppa till innehåll",
    "hopp til innhold",
    "gå til indhold",
    "siirry sisältöön",
    "przejdź do treści",
    "přejít k obsahu",
    "перейти к содержимому",
    "перейти к основному содержанию",
    "перейти до вмісту",
    "içeriğe geç",
    "lewati ke konten",
    "跳至内容",
    "跳到主要内容",
    "コンテンツへスキップ",
    "본문 바로가기",
    "menu",
    "home",
    "search",
    "sign in",
    "log in",
    "login",
    "subscribe",
    "newsletter",
    "advertisement",
    "advertising",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "publicidade",
    "pubblicità",
    "advertentie",
    "annons",
    "annonse",
    "annonce",
    "mainos",
    "reklama",
    "реклама",
    "reklam",
    "إعلان",
    "विज्ञापन",
    "iklan",
    "广告",
    "廣告",
    "広告",
    "광고",
    "share",
    "share this",
    "share this article",
    "share this story",
    "print",
    "print this page",
    "save",
    "listen",
    "listen to this article",
    "teilen",
    "drucken",
    "merken",
    "partager",
    "imprimer",
    "compartir",
    "imprimir",
    "compartilhar",
    "condividi",
    "stampa",
    "delen",
    "dela",
    "del",
    "jaa",
    "udostępnij",
    "поделиться",
    "поділитися",
    "paylaş",
    "مشاركة",
    "bagikan",
    "分享",
    "シェア",
    "공유",
];

/// How the labels of buttons begin, lowercase.
const BUTTONS: &[&str] = &[
    "learn more",
    "read more",
    "find out more",
    "see it now",
    "see more",
    "show more",
    "sign up",
    "log in",
    "subscribe",
    "buy now",
    "shop now",
    "order now",
    "get started",
    "click here",
    "download now",
    "share on",
    "share this",
    "share via",
    "follow us",
    "follow on",
    "play video",
    "try it now",
    "try now",
    "see details",
    "view gallery",
    "view all",
    "show less",
    "load more",
    "back to top",
    "watch now",
    "listen now",
    "powered by",
    "jetzt kaufen",
    "mehr erfahren",
    "mehr anzeigen",
    "teilen auf",
    "en savoir plus",
    "partager sur",
    "s'abonner",
    "comprar ahora",
    "compartir en",
    "suscríbete",
    "saiba mais",
    "compartilhar no",
    "assine",
    "scopri di più",
    "condividi su",
    "iscriviti",
    "lees meer",
    "läs mer",
    "dowiedz się więcej",
    "подробнее",
    "подписаться",
    "поделиться",
];

/// Buttons of one word, which begin many a heading too.
const STEPS: &[&str] = &[
    "next",
    "previous",
    "play",
    "pause",
    "close",
    "weiter",
    "zurück",
    "suivant",
    "précédent",
    "siguiente",
    "anterior",
    "próximo",
    "avanti",
    "indietro",
    "volgende",
    "vorige",
    "nästa",
    "далее",
    "назад",
];

/// Words of captions and of the credits of pictures, lowercase.
const CREDITS: &[&str] = &[
    "photo",
    "photos",
    "photograph",
    "photographer",
    "photography",
    "picture",
    "image",
    "images",
    "credit",
    "courtesy",
    "getty",
    "shutterstock",
    "istock",
    "reuters",
    "afp",
    "dpa",
    "epa",
    "tass",
    "illustration",
    "screenshot",
    "foto",
    "fotos",
    "bild",
    "bilder",
    "imagen",
    "imagem",
    "immagine",
    "kuva",
    "zdjęcie",
    "фото",
    "फोटो",
    "写真",
    "图片",
    "사진",
];

/// Whether a line is a part of a page and not of an article.
pub fn is_skip(line: &str) -> bool {
    let line = fold(line);
    SKIP.contains(&line.as_str()) || is_share(&line) || is_reading_time(&line)
}

/// What papers and broadcasters call themselves, lowercase.
const PAPERS: &[&str] = &[
    "times",
    "post",
    "news",
    "daily",
    "herald",
    "tribune",
    "gazette",
    "courier",
    "journal",
    "review",
    "chronicle",
    "observer",
    "ledger",
    "press",
    "mail",
    "telegraph",
    "weekly",
    "today",
    "wire",
    "standard",
    "examiner",
    "dispatch",
    "bulletin",
    "sentinel",
    "zeitung",
    "nachrichten",
    "kurier",
    "anzeiger",
    "tagblatt",
    "blatt",
    "rundschau",
    "presse",
    "nouvelles",
    "dépêche",
    "diario",
    "noticias",
    "correo",
    "periódico",
    "jornal",
    "folha",
    "notícias",
    "giornale",
    "gazzetta",
    "corriere",
    "notizie",
    "nieuws",
    "krant",
    "dagblad",
    "tidning",
    "dagbladet",
    "avisen",
    "sanomat",
    "uutiset",
    "gazeta",
    "kurier",
    "noviny",
    "новости",
    "газета",
    "вести",
    "известия",
    "новини",
    "haber",
    "gazetesi",
    "berita",
    "harian",
    "新闻",
    "日报",
    "晚报",
    "新聞",
    "日報",
    "ニュース",
    "뉴스",
    "신문",
    "일보",
    "أخبار",
    "صحيفة",
    "समाचार",
];

/// Words that begin the first section of a text, and no name of a writer.
const OPENERS: &[&str] = &[
    "key",
    "introduction",
    "overview",
    "summary",
    "background",
    "contents",
    "highlights",
    "takeaways",
    "abstract",
    "executive",
    "about",
    "quick",
    "table",
    "step",
    "part",
    "chapter",
    "zusammenfassung",
    "einleitung",
    "hintergrund",
    "überblick",
    "inhalt",
    "kapitel",
    "résumé",
    "sommaire",
    "contexte",
    "chapitre",
    "resumen",
    "introducción",
    "índice",
    "capítulo",
    "resumo",
    "introdução",
    "sommario",
    "introduzione",
    "capitolo",
    "введение",
    "глава",
    "содержание",
];

/// Whether a line has a word that publications have in their names.
pub fn names_a_paper(line: &str) -> bool {
    line.split_whitespace().any(|word| PAPERS.contains(&fold(word).as_str()))
}

/// Whether a line begins as a first section does.
pub fn opens_a_section(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    OPENERS.contains(&fold(first).as_str())
}

/// Whether a step of a trail is its beginning.
pub fn is_home(step: &str) -> bool {
    let step = fold(step);
    [
        "home",
        "homepage",
        "start",
        "startseite",
        "accueil",
        "inicio",
        "início",
        "portada",
        "hem",
        "hjem",
    ]
    .contains(&step.as_str())
        || ["etusivu", "strona główna", "domů", "acasă", "главная", "головна", "αρχική", "anasayfa"]
            .contains(&step.as_str())
        || [
            "ana sayfa",
            "beranda",
            "الرئيسية",
            "होम",
            "首页",
            "首頁",
            "ホーム",
            "홈",
            "trang chủ",
            "หน้าแรก",
        ]
        .contains(&step.as_str())
}

/// Whether a line reads as the label of a button.
pub fn is_button(line: &str) -> bool {
    let line = fold(line);
    BUTTONS.iter().any(|words| line.starts_with(words)) || STEPS.contains(&line.as_str())
}

/// Whether a line speaks of the picture above it: a word of credits, and the form of one.
pub fn is_credit(line: &str) -> bool {
    let mut words = 0;
    let credit =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).any(|word| {
            words += 1;
            let word = word.to_lowercase();
            CREDITS.contains(&word.as_str())
        });
    let form =
        line.contains(['/', ':', '©', '(', '|', '：', '／']) || line.contains(" by ") || words <= 2;
    line.starts_with('©') || (credit && form)
}

/// "Share on …", "Teilen auf …": a button of a network that need not be named.
fn is_share(line: &str) -> bool {
    let starts = [
        "share on ",
        "share via ",
        "teilen auf ",
        "partager sur ",
        "compartir en ",
        "condividi su ",
    ];
    starts.iter().any(|start| line.starts_with(start)) && line.split(' ').count() <= 4
}

/// "5 min read", "Lesezeit: 5 Minuten": how long a story takes, which we count ourselves.
fn is_reading_time(line: &str) -> bool {
    let words: Vec<&str> = line.split([' ', ':', '-']).filter(|word| !word.is_empty()).collect();
    let number =
        words.iter().any(|word| word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 2);
    let minutes = words.iter().any(|word| {
        ["min", "min.", "mins", "minute", "minutes", "minuten", "minuti", "minutos", "мин"]
            .contains(word)
    });
    let reading = words.iter().any(|word| {
        [
            "read",
            "reading",
            "lesezeit",
            "lecture",
            "lectura",
            "leitura",
            "lettura",
            "leestijd",
            "чтения",
        ]
        .contains(word)
    });
    number && minutes && reading && words.len() <= 6
}

/// Lowercase, one kind of apostrophe, without signs at the ends.
fn fold(line: &str) -> String {
    if line.len() > 200 {
        return String::new();
    }
    let line = line.to_lowercase().replace('’', "'");
    line.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}
