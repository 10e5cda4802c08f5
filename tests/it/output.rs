//! The bytes that leave for the terminal: only sequences that the program means to send.

use rustix::process::Signal;

use crate::pty::{Program, dateline};

/// The Esc key where keys are told apart, so that no key after it turns it into Alt.
const ESC: &str = "\x1b[27u";

/// What the output of a program on a terminal is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(char),
    Control(u8),
    /// `ESC [`, with everything to its end.
    Csi(String),
    /// `ESC ]`, without its end.
    Osc(String),
    /// `ESC` and one more byte.
    Escape(char),
}

/// Takes output apart as ECMA-48 does.
fn pieces(text: &str) -> Vec<Piece> {
    let mut rest = text.chars().peekable();
    let mut pieces = Vec::new();
    while let Some(c) = rest.next() {
        pieces.push(match c {
            '\x1b' => match rest.next().expect("a sequence has an end") {
                '[' => {
                    let mut sequence = String::new();
                    for c in rest.by_ref() {
                        sequence.push(c);
                        if ('\x40'..='\x7e').contains(&c) {
                            break;
                        }
                    }
                    Piece::Csi(sequence)
                }
                ']' => {
                    let mut sequence = String::new();
                    while let Some(c) = rest.next() {
                        match c {
                            '\x07' => break,
                            '\x1b' => {
                                assert_eq!(rest.next(), Some('\\'), "after {sequence:?}");
                                break;
                            }
                            _ => sequence.push(c),
                        }
                    }
                    Piece::Osc(sequence)
                }
                c => Piece::Escape(c),
            },
            c if c.is_control() => Piece::Control(u32::from(c) as u8),
            c => Piece::Text(c),
        });
    }
    pieces
}

/// Whether the program means to send such a piece.
fn is_meant(piece: &Piece) -> bool {
    match piece {
        // Direction and invisible characters change what a reader believes to see.
        Piece::Text(c) => !matches!(c, '\u{200b}' | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'
            | '\u{feff}' | '\u{e0000}'..='\u{e007f}'),
        Piece::Control(_) | Piece::Escape(_) => false,
        Piece::Csi(sequence) => {
            let parameters = sequence.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let numbers = parameters.bytes().all(|b| b.is_ascii_digit() || b == b';');
            match sequence.chars().last() {
                Some('m' | 'H') => numbers,
                Some('J') => parameters == "2",
                Some('h' | 'l') => ["?25", "?1000", "?1004", "?1006", "?1049", "?2004", "?2026"]
                    .contains(&parameters),
                Some('t') => parameters == "22;2" || parameters == "23;2",
                Some('u') => parameters == ">1" || parameters == "<1",
                _ => false,
            }
        }
        Piece::Osc(sequence) => {
            let is_ascii = sequence.bytes().all(|b| (0x21..0x7f).contains(&b));
            match sequence.split_once(';') {
                Some(("8" | "52", _)) => is_ascii,
                Some(("2" | "9", title)) => title.chars().all(|c| is_meant(&Piece::Text(c))),
                _ => false,
            }
        }
    }
}

/// An article that tries to speak to the terminal, in a format.
fn hostile(wrap: impl Fn(&str, &str) -> String) -> Vec<u8> {
    let evil = "\x1b]2;owned\x07 \x1b[2J\x1b[31mred \x1bP+q\x1b\\ \u{9b}31m \u{9d}52;c;AA\u{9c} \
                \u{202e}desrever\u{2066}\u{200b} \u{e0041}tag \x07\x08\x0b\x0c\x7f a\
                \u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}";
    let address = "https://a.example/\x1b]8;;\x07?q=\u{202e}\x1b[2J";
    wrap(evil, address).into_bytes()
}

#[test]
fn no_article_speaks_to_the_terminal() {
    let html = hostile(|evil, url| {
        format!(
            "<!doctype html><title>Harbor {evil}</title><meta name=author content='{evil}'>\
             <article><h1>Harbor {evil}</h1><h2>Part {evil}</h2><p>Words <a href='{url}'>link \
             {evil}</a> &#27;[2J &#x9b;2J &#7;</p><pre>code {evil}</pre><ul><li>{evil}</ul>\
             <table><tr><td>{evil}<td>{evil}</table><img src='{url}' alt='{evil}'></article>"
        )
    });
    let markdown = hostile(|evil, url| {
        format!(
            "---\ntitle: Harbor {evil}\nbyline: {evil}\nsite: {evil}\n---\n\nWords [{evil}]({url})\n\n\
             ## Part {evil}\n\n```\n{evil}\n```\n\nRead more: {evil}\n"
        )
    });
    let plain = hostile(|evil, url| {
        format!("Harbor {evil}\n\nWords {evil} {url}\n\nRead more: {evil}\n\n{evil}\n\nmore\n")
    });
    for (name, content) in [("a.html", html), ("a.md", markdown), ("a.txt", plain)] {
        let mut program = dateline(&[name]).size(120, 40).file(name, &content).start();
        program.wait_for("Words");
        // Through its links, its sections, its address, the palette and the help.
        program.press(&"\r\t\tf<F<t<:<?<]GyR<#sT<c<v<U<<\x03".replace('<', ESC));
        let (status, bytes) = program.end();
        assert!(status.success(), "{name}: {status:?}");
        assert_meant(name, bytes);
    }
}

/// The program meant to send all that it sent.
pub fn assert_meant(name: &str, bytes: Vec<u8>) {
    // What was typed after the end is the shell's, and echoed by the terminal itself.
    let output = String::from_utf8(bytes).unwrap();
    let (output, _) = output.rsplit_once("\x1b[?1049l").unwrap();
    let odd: Vec<_> = pieces(output).into_iter().filter(|piece| !is_meant(piece)).collect();
    assert!(odd.is_empty(), "{name}: {odd:?}");
}

#[test]
fn links_are_the_terminals_own_as_well() {
    let story = b"---\ntitle: Harbor reopens\n---\n\nWords [a link](https://a.example/)\n";
    for (hyperlinks, expected) in [("true", true), ("false", false)] {
        let config = format!("[screen]\nhyperlinks = {hyperlinks}\n");
        let start = dateline(&["a.md"]).file("config/config.toml", config.as_bytes());
        let mut program = start.file("a.md", story).start();
        program.wait_for("a link");
        program.press("\x03");
        let output = String::from_utf8(program.end().1).unwrap();
        let linked = output.contains(";https://a.example/\x1b\\");
        assert_eq!(linked, expected, "{output:?}");
    }
}

#[test]
fn an_address_is_copied_through_the_terminal() {
    let story = b"---\ntitle: Harbor reopens\n---\n\nWords [a link](https://a.example/)\n";
    let mut program = dateline(&["a.md"]).file("a.md", story).start();
    program.wait_for("a link");
    program.press("\rFa");
    program.wait_for("Copied https://a.example/");
    program.press("\x03");
    let output = String::from_utf8(program.end().1).unwrap();
    // The address in Base64.
    assert!(output.contains("\x1b]52;c;aHR0cHM6Ly9hLmV4YW1wbGUv\x1b\\"), "{output:?}");
}

#[test]
fn without_colors_none_are_sent() {
    let story = b"---\ntitle: Harbor reopens\n---\n\nWords [a link](https://a.example/)\n";
    let start = dateline(&["a.md"]).size(120, 40).file("a.md", story);
    let mut program = start.env("NO_COLOR", "1").env("COLORTERM", "truecolor").start();
    program.wait_for("Words");
    program.press(&"\r\t?<\x03".replace('<', ESC));
    let (_, bytes) = program.end();
    for piece in pieces(&String::from_utf8(bytes).unwrap()) {
        let Piece::Csi(sequence) = piece else { continue };
        let Some(parameters) = sequence.strip_suffix('m') else { continue };
        for number in parameters.split(';').map(|number| number.parse::<u8>().unwrap_or(0)) {
            // 39, 49 and 59 are the terminal's own colors again.
            let color = matches!(number, 30..=38 | 40..=48 | 58 | 90..=107);
            assert!(!color, "{sequence:?}");
        }
    }
}

#[test]
fn a_console_is_sent_nothing_newer_than_it_is() {
    let mut program = dateline(&["a.txt"])
        .env("TERM", "linux")
        .file("a.txt", b"Harbor reopens\n\nWords.\n")
        .start();
    let screen = program.wait_for("Words");
    assert!(screen.is_ascii(), "{screen}");
    program.press("\x03");
    let (_, bytes) = program.end();
    let output = String::from_utf8(bytes).unwrap();
    assert!(!output.contains("\x1b[>1u"), "{output:?}");
    assert!(!output.contains("\x1b]8;"), "{output:?}");
}

/// A generator that gives the same numbers everywhere (Marsaglia's xorshift, 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Keys that print something, and what other keys send.
/// No key that would ask the network.
const LETTERS: &str = "jkgGhlJKnN][tsuUfF31yRTcv/ebiz<>\\:?#Axw é語";
const SEQUENCES: [&str; 20] = [
    "\r",
    "\r",
    ESC,
    ESC,
    "\t",
    "\x7f",
    "\x04",
    "\x15",
    "\x0f",
    "\x0c",
    "\x1b[105;5u",
    "\x1b[Z",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[A",
    "\x1b[B",
    "\x1b[I",
    "\x1b[O",
    "the\r",
    "\x1b[200~two\nlines\x1b[201~",
];

#[test]
fn any_keys_at_any_size_do_no_harm() {
    // Another number tries other keys: DATELINE_TEST_SEED=7 cargo test any_keys
    let seed = std::env::var("DATELINE_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let mut numbers = Numbers(seed.unwrap_or(0x5eed_0001));
    let mut below = |end: usize| usize::try_from(numbers.below(end as u64)).unwrap();
    let letters = LETTERS.chars().map(String::from);
    let keys: Vec<String> = letters.chain(SEQUENCES.map(str::to_owned)).collect();
    let mut program = on_the_edition();
    for _ in 0..40 {
        for _ in 0..50 {
            program.press(&keys[below(keys.len())]);
        }
        let (columns, rows) = (1 + below(300), 1 + below(100));
        program.resize(u16::try_from(columns).unwrap(), u16::try_from(rows).unwrap());
        // Some keys leave the program, which is no harm.
        if !program.is_running() {
            assert_ended_well(program);
            program = on_the_edition();
        }
    }
    program.resize(1, 1);
    program.resize(300, 100);
    if program.is_running() {
        program.signal(Signal::TERM);
    }
    assert_ended_well(program);
}

fn on_the_edition() -> Program {
    let program = dateline(&[]).size(80, 24).start();
    program.wait_for("Start Here");
    program
}

fn assert_ended_well(mut program: Program) {
    let (status, bytes) = program.end();
    let end = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(500)..]).into_owned();
    assert!(status.success(), "{status:?}: {end:?}");
    program.assert_restored();
}
