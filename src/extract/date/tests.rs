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
    let found = line("Drucklegung: 4.3.2024");
    assert_eq!(found, None, "a word that no table knows");
    let found = line("Zuletzt aktualisiert: 4.3.2024").unwrap();
    assert_eq!((found.published, found.updated), (None, day("2024-03-04")));
    let found = line("Dernière mise à jour le 4 mars 2024").unwrap();
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
