use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

use super::*;
use crate::reading::{StepId, StepInfo};

const HERE: &str = "00010203040506070809abff";

fn read_all(text: &[u8]) -> (Vec<Mark>, Vec<line::Kind>) {
    let mut marks = Vec::new();
    let device = HERE.parse().unwrap();
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let kinds = lines.map(|line| line::read(line, device, |mark| marks.push(mark))).collect();
    (marks, kinds)
}

#[test]
fn a_line_is_what_the_description_of_the_format_says() {
    let device = HERE.parse().unwrap();
    let mut state = ReadingState::new(device);
    let wish = |change, about| Wish { story: story(1), change, about };
    let mut text = line::head(device);
    let read = wish(Change::Read(true), None);
    let note = wish(Change::Note("Ask\nMira".into()), Some(about("Ferry")));
    let note = Wish { change: Change::Note(SafeText::multiline("Ask\nMira")), ..note };
    for mark in state.step(now(), &"Read it".into(), vec![read, note]) {
        text.extend(line::write(&mark));
    }
    let place = Place { block: 2, offset: 7, quote: "The pier".to_owned(), lead: 0, fraction: 120 };
    text.extend(line::write(&state.mark(now(), wish(Change::Place(place), None))));
    insta::assert_snapshot!(String::from_utf8(text).unwrap(), @r#"
    {"dateline":"reading","v":1,"device":"00010203040506070809abff","c":"863de4a6"}
    {"h":1772600767000000,"i":"rqbTp8FfDlw-YaaN","r":1,"u":[1772600767000000,"rqbTp8FfDlw-YaaN"],"w":"Read it","b":0,"c":"db430d42"}
    {"h":1772600767000001,"i":"rqbTp8FfDlw-YaaN","n":"Ask\nMira","title":"Ferry","url":"https://news.example/ferry","source":"The Harbor Post","u":[1772600767000000,"rqbTp8FfDlw-YaaN"],"b":"","c":"a5ae7b5e"}
    {"h":1772600767000002,"i":"rqbTp8FfDlw-YaaN","p":{"b":2,"o":7,"q":"The pier","f":120},"c":"e227d4e5"}
    "#);
}

#[test]
fn what_is_no_whole_line_of_ours_does_not_count() {
    let sealed =
        |body: &str| format!("{body},\"c\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()));
    let clock = line::Kind::Other(crate::reading::Clock::from_micros(5));
    let cut = line::Kind::Damaged("was cut short or changed by something else");
    let cases = [
        (r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1}"#.to_owned(), cut),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1"#).replace("\"r\":1", "\"r\":0"), cut),
        ("}".to_owned(), cut),
        ("é".repeat(9), cut),
        (
            sealed(r#"{"h":7258118400000001,"i":"AAAAAAAAAAAAAAAA","r":1"#),
            line::Kind::Damaged("has a time past the year 2200"),
        ),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","hl":[1]"#), clock),
        (sealed(r#"{"h":5,"i":"what is this","r":1"#), clock),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":{"at":3}"#), line::Kind::Other(None)),
        (sealed(r#"{"dateline":"reading","v":9,"device":"not one""#), line::Kind::Other(None)),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1,"new":2"#), line::Kind::Marks),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1"#) + "\r", line::Kind::Marks),
    ];
    for (text, expected) in cases {
        assert_eq!(read_all(text.as_bytes()).1, [expected], "{text}");
    }
}

#[test]
fn a_newer_version_may_write_several_registers_on_a_line() {
    let body = r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1,"s":0,"t":{"a":1,"b":0},"b":1"#;
    let text = format!("{body},\"c\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()));
    let (marks, _) = read_all(text.as_bytes());
    let changes: Vec<_> = marks.into_iter().map(|mark| mark.change).collect();
    let expected = [Change::Read(true), Change::Saved(false), tag("a", true), tag("b", false)];
    assert_eq!(changes, expected);
}

#[test]
fn compaction_keeps_what_it_does_not_know() {
    let device: DeviceId = HERE.parse().unwrap();
    let sealed =
        |body: &str| format!("{body},\"c\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    let known = |clock: u32, value: u8| {
        sealed(&format!(r#"{{"h":{clock},"i":"AAAAAAAAAAAAAAAA","r":{value}"#))
    };
    let strange = [
        sealed(r#"{"h":1,"i":"AAAAAAAAAAAAAAAA","r":0,"mood":"calm""#),
        sealed(r#"{"h":2,"i":"AAAAAAAAAAAAAAAA","hl":[[1,2]]"#),
        sealed(r#"{"vote":3"#),
        "not ours at all\n".to_owned(),
    ]
    .concat();
    let head = String::from_utf8(line::head(device)).unwrap();
    let text = format!("{head}{}{strange}{}{}", known(3, 0), known(5, 1), known(4, 0));
    let left = String::from_utf8(compact::needed(text.as_bytes(), device)).unwrap();
    assert_eq!(left, format!("{head}{strange}{}", known(5, 1)));
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<bool>().prop_map(Change::Read),
        any::<bool>().prop_map(Change::Saved),
        ("\\PC{0,8}", any::<bool>()).prop_map(|(name, on)| tag(&name, on)),
        any::<String>().prop_map(|note| Change::Note(SafeText::multiline(&note))),
        ("[a-z\"\\\\ ]{0,8}", any::<u16>()).prop_map(|(quote, fraction)| Change::Place(Place {
            block: 1,
            offset: 2,
            quote,
            fraction,
            ..Place::default()
        })),
    ]
}

proptest! {
    #[test]
    fn a_mark_is_read_as_it_was_written(
        change in changes(), before in changes(), title in any::<String>(), kind in 0..3,
    ) {
        let device = HERE.parse().unwrap();
        let mut state = ReadingState::new(device);
        let title = SafeText::title(&title);
        let about = Some(About { title: title.clone(), url: None, source: SafeText::title("Post") });
        let mut mark = state.mark(now(), Wish { story: story(1), change, about });
        let step = StepId { clock: mark.clock, story: story(2) };
        mark.step = match kind {
            0 if mark.change.same_register(&before) => {
                Some(StepInfo::Did { step, what: Some(title), before })
            }
            1 => Some(StepInfo::TookBack { step }),
            _ => None,
        };
        let (marks, kinds) = read_all(&line::write(&mark));
        prop_assert_eq!(marks, [mark]);
        prop_assert_eq!(kinds, [line::Kind::Marks]);
    }

    #[test]
    fn any_bytes_are_a_line(text in proptest::collection::vec(any::<u8>(), 0..64)) {
        read_all(&text);
    }

    #[test]
    fn a_compacted_journal_says_the_same(
        changes in proptest::collection::vec((0_u32..3, 0_i64..5, changes(), any::<bool>()), 0..30),
        undone in 0..5,
    ) {
        let device = HERE.parse().unwrap();
        let mut state = ReadingState::new(device);
        let mut undo_stack = UndoStack::new(device);
        let mut text = line::head(device);
        let mut all = Vec::new();
        for (number, _, change, step) in changes {
            let wish = Wish { story: story(number), change, about: Some(about(&number.to_string())) };
            let marks = if step {
                state.step(now(), &"Did it".into(), vec![wish])
            } else {
                vec![state.mark(now(), wish)]
            };
            for mark in &marks {
                state.apply(mark);
                undo_stack.apply(mark);
            }
            all.extend(marks);
        }
        for _ in 0..undone {
            let Some(undone) = undo(&mut undo_stack, &mut state, now()) else { break };
            for mark in &undone.marks {
                state.apply(mark);
                undo_stack.apply(mark);
            }
            all.extend(undone.marks);
        }
        text.extend(all.iter().flat_map(line::write));
        let fold = |text: &[u8]| {
            let (mut state, mut undo) = (ReadingState::new(device), UndoStack::new(device));
            for mark in read_all(text).0 {
                state.apply(&mark);
                undo.apply(&mark);
            }
            (state, undo)
        };
        let left = compact::needed(&text, device);
        prop_assert!(left.len() <= text.len());
        prop_assert_eq!(fold(&text), fold(&left));
        prop_assert_eq!(&compact::needed(&left, device), &left);
    }
}

/// What may happen to a file on a bad disk, or in the hands of other programs.
fn damages() -> impl Strategy<Value = (u8, Index, Index, u8)> {
    (0..5_u8, any::<Index>(), any::<Index>(), 0..8_u8)
}

#[test]
fn damage_costs_the_lines_it_hits_and_no_other() {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::open(home.path(), "data");
    let device = desk.journal.device();
    let mut state = ReadingState::new(device);
    let mut journal = line::head(device);
    for number in 0..30 {
        let change = if number % 3 == 0 { tag("ports", true) } else { Change::Read(true) };
        let wish = Wish { story: story(number), change, about: Some(about("Ferry")) };
        let marks = state.step(now(), &"Marked".into(), vec![wish]);
        journal.extend(marks.iter().flat_map(line::write));
    }
    fs::create_dir_all(desk.journal.path().parent().unwrap()).unwrap();

    let mut runner = TestRunner::new(ProptestConfig::with_cases(200));
    let damaged = |(kind, at, len, bit): (u8, Index, Index, u8)| {
        let mut text = journal.clone();
        let at = at.index(text.len());
        let end = (at + len.index(600)).min(text.len());
        match kind {
            0 => text[at] ^= 1 << bit,
            1 => text.truncate(at),
            2 => drop(text.splice(at..at, journal[at..end].to_vec())),
            3 => text[at..end].fill(0),
            _ => {
                let mut lines: Vec<&[u8]> =
                    journal.split_inclusive(|byte| *byte == b'\n').collect();
                let other = lines.len() / 2;
                lines.swap(usize::from(bit), other);
                text = lines.concat();
            }
        }
        let left = read_all(&text).0;
        fs::write(desk.journal.path(), &text).unwrap();
        let mut expected = ReadingState::new(device);
        for mark in &left {
            expected.apply(&Mark { device, ..mark.clone() });
        }
        prop_assert_eq!(&Desk::open(home.path(), "data").loaded.state, &expected);
        // 600 bytes touch five lines at most.
        prop_assert!(kind == 1 || left.len() >= 25, "{} left", left.len());
        Ok(())
    };
    runner.run(&damages(), damaged).unwrap();
}
