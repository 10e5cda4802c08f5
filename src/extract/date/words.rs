//! The words of date lines in the larger languages: months, weekdays, labels, zones.
//!
//! Tables only. Words are lowercase and without a final full stop.

use jiff::tz::TimeZone;

/// Names and abbreviations of the months, genitives included. Where two languages call
/// different months by one name, the one with more readers has it.
const MONTHS: [&str; 12] = [
    "january jan januar jänner januari janvier janv enero ene janeiro gennaio gen gener tammikuuta \
     tammikuu stycznia styczeń sty ledna leden januára január ianuarie ian января январь янв січня \
     січень січ студзеня януари јануар ιανουαρίου ιανουάριος ιαν ocak oca يناير ינואר בינואר जनवरी \
     জানুয়ারি มกราคม ม.ค",
    "february feb februar feber februari février fevrier févr fév febrero fevereiro fev febbraio febrer \
     helmikuuta helmikuu lutego luty lut února únor februára február februarie февраля февраль фев \
     февр лютого лютий лют лютага февруари фебруар φεβρουαρίου φεβρουάριος φεβ şubat şub فبراير \
     פברואר בפברואר फरवरी फ़रवरी ফেব্রুয়ারি กุมภาพันธ์ ก.พ",
    "march mar märz mrz mär maart mrt mars marzo março marco març maaliskuuta maaliskuu marca marzec \
     března březen marec március marts mart martie марта март мар березня березень бер сакавіка \
     μαρτίου μάρτιος μαρ μάρ mart مارس מרץ במרץ मार्च মার্চ มีนาคม มี.ค maret mac",
    "april apr avril avr abril abr aprile huhtikuuta huhtikuu kwietnia kwiecień kwi dubna duben apríla \
     apríl április aprilie апреля апрель апр квітня квітень кві красавіка април απριλίου απρίλιος απρ \
     nisan nis أبريل ابريل إبريل אפריל באפריל अप्रैल এপ্রিল เมษายน เม.ย",
    "may mai mei mayo maio mag maggio maig maj toukokuuta toukokuu maja května květen mája máj május мая \
     май травня травень тра траўня мај μαΐου μάιος μαϊ μάι mayıs مايو מאי במאי मई মে พฤษภาคม พ.ค",
    "june jun juni juin junio junho giugno giu juny kesäkuuta kesäkuu czerwca czerwiec cze června červen \
     júna jún június iunie iun июня июнь июн червня червень чер чэрвеня юни јун ιουνίου ιούνιος ιουν ιούν \
     haziran haz يونيو يونيه יוני ביוני जून জুন มิถุนายน มิ.ย",
    "july jul juli juillet juil julio julho luglio lug juliol heinäkuuta heinäkuu lipca lipiec lip \
     července červenec júla júl július iulie iul июля июль июл липня липень лип ліпеня юли јул ιουλίου \
     ιούλιος ιουλ ιούλ temmuz tem يوليو يوليه יולי ביולי जुलाई জুলাই กรกฎาคม ก.ค",
    "august aug augustus augusti août aout agosto ago agost elokuuta elokuu sierpnia sierpień sie srpna \
     srpen augusta augusztus августа август авг серпня серпень сер жніўня август αυγούστου αύγουστος \
     αυγ αύγ ağustos ağu أغسطس اغسطس אוגוסט באוגוסט अगस्त আগস্ট สิงหาคม ส.ค agustus ags ogos",
    "september sep sept septembre septiembre setiembre setembro set settembre setembre syyskuuta syyskuu \
     września wrzesień wrz září septembra szeptember septembrie сентября сентябрь сен сент вересня \
     вересень вер верасня септември септембар σεπτεμβρίου σεπτέμβριος σεπ eylül eyl سبتمبر ספטמבר \
     בספטמבר सितंबर सितम्बर সেপ্টেম্বর กันยายน ก.ย",
    "october oct oktober okt octobre octubre outubro out ottobre ott lokakuuta lokakuu października \
     październik paź října říjen októbra október octombrie октября октябрь окт жовтня жовтень жов \
     кастрычніка октомври октобар οκτωβρίου οκτώβριος οκτ ekim eki أكتوبر اكتوبر אוקטובר באוקטובר \
     अक्टूबर অক্টোবর ตุลาคม ต.ค",
    "november nov novembre noviembre novembro marraskuuta marraskuu listopada listopad lis novembra \
     noiembrie noi ноября ноябрь ноя листопада листопад лис лістапада ноември новембар νοεμβρίου \
     νοέμβριος νοε kasım kas نوفمبر נובמבר בנובמבר नवंबर नवम्बर নভেম্বর พฤศจิกายน พ.ย nopember",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre desembre joulukuuta \
     joulukuu grudnia grudzień gru prosince prosinec decembra desember des decembrie декабря декабрь \
     дек грудня грудень гру снежня декември децембар δεκεμβρίου δεκέμβριος δεκ aralık ara ديسمبر \
     דצמבר בדצמבר दिसंबर दिसम्बर ডিসেম্বর ธันวาคม ธ.ค desember december",
];

/// Weekdays, long and short.
const WEEKDAYS: &str = "\
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim \
    lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom \
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta feira \
    lunedì martedì mercoledì giovedì venerdì sabato domenica gio \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
    måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag \
    maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai \
    poniedziałek wtorek środa czwartek piątek sobota niedziela \
    pondělí úterý středa čtvrtek pátek neděle \
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс \
    понеділок вівторок середа четвер п'ятниця субота неділя \
    δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή \
    pazartesi salı çarşamba perşembe cuma cumartesi pazar \
    الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد \
    senin selasa rabu kamis jumat jum'at sabtu minggu ahad isnin khamis \
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार \
    星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 \
    月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월요일 화요일 수요일 목요일 금요일 토요일 일요일 \
    月 火 水 木 金 土 日 월 화 수 목 금 토 일 一 二 三 四 五 六";

/// Words that say that a story was published then.
const PUBLISHED: &str = "\
    published posted created issued released first originally date dated publication post press release \
    veröffentlicht erschienen erstellt veröffentlichung stand vom datum \
    publié publiée paru posté mis ligne publicado publicada publicación publicação fecha data postado criado \
    pubblicato pubblicata creato gepubliceerd geplaatst publicerad publicerat publiceret publisert udgivet \
    oppdatering julkaistu opublikowano dodano publikacja publikováno vydáno zveřejněno közzétéve publicat \
    опубликовано опубликована дата публикации опубліковано публикувано δημοσιεύθηκε δημοσίευση \
    yayınlanma yayınlandı tarihi giriş نشر نشرت تاريخ النشر פורסם diterbitkan dipublikasikan terbit \
    प्रकाशित 发布 发布时间 发表于 发布于 時間 时间 發布 發布時間 公開 公開日 掲載 投稿日 配信 입력 등록 게시 발행";

/// Words that say that a story was changed then.
const UPDATED: &str = "\
    updated modified revised edited reviewed last update changed corrected \
    letzte dernière última último ultima ultimo laatst laatste senast sist sidst viimeksi ostatnia ostatnio poslední \
    последнее останнє son \
    aktualisiert geändert zuletzt aktualisierung update actualisé jour mise modifié actualizado actualizada \
    actualización atualizado atualizada modificado aggiornato aggiornamento modifica bijgewerkt gewijzigd \
    uppdaterad uppdaterat opdateret oppdatert päivitetty zaktualizowano aktualizacja aktualizováno \
    aktualizované frissítve actualizat обновлено обновлена оновлено обновен ενημερώθηκε güncelleme \
    güncellendi تحديث آخر עודכן diperbarui अपडेट 更新 更新时间 更新日 最終更新 수정 최종수정 업데이트";

/// Words that join the parts of a date line and say nothing themselves.
const FILLERS: &str = "\
    on at the of by and um am den der uhr h hrs le à a la el del de dia día di il alle ore às ás om den het \
    kl klo godz o v ob г год года року р в о у в. στις ngày lúc năm pukul jam pada tanggal saat um'at \
    في الساعة الموافق م هـ ב בשעה को बजे 时 日 號 号 日付 の に 일 시 분 th st nd rd e er º ª time local \
    uhrzeit heure heures hora horas ora min sec";

/// Zones that newspapers print, as POSIX rules, so that "ET" is right in summer too.
/// IST is India's and BST is Britain's: those write it the most.
const ZONES: &[(&str, &str)] = &[
    ("utc", "UTC0"),
    ("gmt", "UTC0"),
    ("z", "UTC0"),
    ("et", "EST5EDT,M3.2.0,M11.1.0"),
    ("est", "EST5"),
    ("edt", "EDT4"),
    ("ct", "CST6CDT,M3.2.0,M11.1.0"),
    ("cst", "CST6"),
    ("cdt", "CDT5"),
    ("mt", "MST7MDT,M3.2.0,M11.1.0"),
    ("mst", "MST7"),
    ("mdt", "MDT6"),
    ("pt", "PST8PDT,M3.2.0,M11.1.0"),
    ("pst", "PST8"),
    ("pdt", "PDT7"),
    ("akst", "AKST9"),
    ("akdt", "AKDT8"),
    ("hst", "HST10"),
    ("brt", "BRT3"),
    ("bst", "BST-1"),
    ("wet", "WET0"),
    ("west", "WEST-1"),
    ("cet", "CET-1"),
    ("cest", "CEST-2"),
    ("mez", "CET-1"),
    ("mesz", "CEST-2"),
    ("mest", "CEST-2"),
    ("eet", "EET-2"),
    ("eest", "EEST-3"),
    ("msk", "MSK-3"),
    ("мск", "MSK-3"),
    ("trt", "TRT-3"),
    ("sast", "SAST-2"),
    ("cat", "CAT-2"),
    ("eat", "EAT-3"),
    ("wat", "WAT-1"),
    ("gst", "GST-4"),
    ("pkt", "PKT-5"),
    ("ist", "IST-5:30"),
    ("npt", "NPT-5:45"),
    ("wib", "WIB-7"),
    ("ict", "ICT-7"),
    ("hkt", "HKT-8"),
    ("sgt", "SGT-8"),
    ("myt", "MYT-8"),
    ("pht", "PHT-8"),
    ("awst", "AWST-8"),
    ("jst", "JST-9"),
    ("kst", "KST-9"),
    ("acst", "ACST-9:30"),
    ("acdt", "ACDT-10:30"),
    ("aest", "AEST-10"),
    ("aedt", "AEDT-11"),
    ("nzst", "NZST-12"),
    ("nzdt", "NZDT-13"),
];

/// The month that a word names, from 1.
pub fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let at = MONTHS.iter().position(|names| has(names, word))?;
    i8::try_from(at + 1).ok()
}

pub fn is_weekday(word: &str) -> bool {
    has(WEEKDAYS, word)
}

pub fn is_published(word: &str) -> bool {
    has(PUBLISHED, word)
}

pub fn is_updated(word: &str) -> bool {
    has(UPDATED, word)
}

pub fn is_filler(word: &str) -> bool {
    has(FILLERS, word)
}

pub fn zone(word: &str) -> Option<TimeZone> {
    let (_, rule) = ZONES.iter().find(|(name, _)| *name == word)?;
    TimeZone::posix(rule).ok()
}

/// Whether the clocks of a zone are read by people who put the month first.
pub fn is_american(zone: &str) -> bool {
    matches!(
        zone,
        "et" | "est" | "edt" | "ct" | "cst" | "cdt" | "mt" | "mst" | "mdt" | "pt" | "pst" | "pdt"
    )
}

fn has(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split_ascii_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_a_rule_that_can_be_read() {
        for (name, _) in ZONES {
            assert!(zone(name).is_some(), "{name}");
        }
    }

    #[test]
    fn no_month_has_the_name_of_another() {
        for (index, names) in MONTHS.iter().enumerate() {
            for name in names.split_ascii_whitespace() {
                assert_eq!(month(name), i8::try_from(index + 1).ok(), "{name}");
            }
        }
    }
}
