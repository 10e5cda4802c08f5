//! Settings and keys, as a reader writes them.

use dateline::command::{Command, KeyContext};
use dateline::config::key::{Key, KeyCode, KeySequence};
use dateline::config::keymap::{Keymap, Lookup, PALETTE_ONLY, PRESETS};
use dateline::config::theme::Theme;
use dateline::config::{Ascii, Config, Ground, PrivateAddresses, Program, StartView};
use proptest::prelude::*;

/// What is said about a settings file, a line each.
#[track_caller]
fn check_warnings(text: &str, expected: &[&str]) {
    let (_, warnings) = Config::parse(text);
    let said: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(said, expected);
}

#[track_caller]
fn check_key(written: &str, printed: &str) {
    let key: Key = written.parse().unwrap();
    assert_eq!(key.to_string(), printed);
    assert_eq!(printed.parse(), Ok(key));
}

#[track_caller]
fn check_no_key(written: &str, said: &str) {
    let error = written.parse::<KeySequence>().unwrap_err().to_string();
    assert!(error.contains(said), "{error}");
}

/// A keymap with `[keys]` as in the text.
fn keymap(text: &str) -> (Keymap, Vec<String>) {
    let (config, mut warnings) = Config::parse(text);
    let (keymap, more) = Keymap::new(config.keys.preset, &config.keys.changes);
    warnings.extend(more);
    (keymap, warnings.iter().map(ToString::to_string).collect())
}

/// What keys come to in a place: a command's name, `…` to wait, or nothing.
#[track_caller]
fn check_lookup(text: &str, context: KeyContext, pressed: &str, expected: &str) {
    let (keymap, warnings) = keymap(text);
    assert_eq!(warnings, Vec::<String>::new());
    let keys: KeySequence = pressed.parse().unwrap();
    let found = match keymap.lookup(context, keys.keys()) {
        Lookup::Command(command) => command.name(),
        Lookup::Wait => "…",
        Lookup::None => "",
    };
    assert_eq!(found, expected, "{pressed}");
}

#[test]
fn every_setting_can_be_set() {
    let (config, warnings) = Config::parse(
        r#"
        start_view = "unread"
        refresh_on_start = false
        [reading]
        measure = 80
        wrap_code = true
        link_numbers = true
        hyphenate = false
        airy = true
        mark_read_on_open = false
        [theme]
        name = "my-own"
        background = "light"
        [screen]
        mouse = true
        hyperlinks = false
        accessible = true
        ascii = true
        ambiguous_width = 2
        title = false
        [keys]
        keymap = "vim"
        [keys.list]
        "x" = "toggle-read"
        [programs]
        browser = ["firefox", "--new-tab={url}"]
        player = "mpv --no-video"
        [fetch]
        private_addresses = "allow"
        "#,
    );
    assert_eq!(warnings, []);
    assert_eq!(config.start_view, StartView::Unread);
    assert!(!config.refresh_on_start);
    assert_eq!(config.fetch.private_addresses, PrivateAddresses::Allow);
    let reading = &config.reading;
    assert_eq!(reading.measure, 80);
    assert!(reading.wrap_code && reading.link_numbers && reading.airy);
    assert!(!reading.hyphenate && !reading.mark_read_on_open);
    assert_eq!(config.theme.name.as_str(), "my-own");
    assert_eq!(config.theme.background, Ground::Light);
    let screen = &config.screen;
    assert!(screen.mouse && screen.accessible && !screen.hyperlinks && !screen.title);
    assert_eq!((screen.ascii, screen.ambiguous_width), (Ascii::Always, 2));
    assert_eq!((config.keys.preset.name, config.keys.changes.len()), ("vim", 1));
    let url = "https://example.org/?a={url}";
    assert_eq!(
        config.programs.browser.argv(url),
        Some(vec!["firefox".to_owned(), format!("--new-tab={url}")])
    );
    assert_eq!(
        config.programs.player.argv(url),
        Some(vec!["mpv".to_owned(), "--no-video".to_owned(), url.to_owned()])
    );
    assert_eq!(Program::default().argv(url), None);
}

#[test]
fn a_wrong_value_is_a_warning_and_the_default_stays() {
    let text =
        "start_view = \"tomorrow\"\n[reading]\nmeasure = 200\nairy = \"yes\"\nwrap_code = true";
    let (config, _) = Config::parse(text);
    assert_eq!(config.reading.measure, 68);
    assert!(config.reading.wrap_code, "what is right beside it counts");
    check_warnings(
        text,
        &[
            "line 1: \"start_view\" must be \"front\", \"all\", \"unread\", \"saved\" or \"continue\"; as it is it does not count",
            "line 3: \"reading.measure\" must be a whole number from 40 to 100; as it is it does not count",
            "line 4: \"reading.airy\" must be true or false; as it is it does not count",
        ],
    );
    check_warnings(
        "theme = \"ink\"\n[screen]\nambiguous_width = 1.5\nascii = \"never\"",
        &[
            "line 1: \"theme\" must be a table, [theme]; as it is it does not count",
            "line 3: \"screen.ambiguous_width\" must be a whole number from 1 to 2; as it is it does not count",
            "line 4: \"screen.ascii\" must be true, false or \"auto\"; as it is it does not count",
        ],
    );
    check_warnings(
        "[theme]\nname = \"../../etc/passwd\"",
        &[
            "line 2: \"theme.name\" must be the name of a theme, in letters, digits, - and _; as it is it does not count",
        ],
    );
    check_warnings(
        "[programs]\nbrowser = [\"firefox\", 1]",
        &[
            "line 2: \"programs.browser\" must be a command such as \"firefox {url}\", or a list of its words; as it is it does not count",
        ],
    );
    check_warnings(
        "[keys]\nkeymap = \"emacs\"",
        &[
            "line 2: \"keys.keymap\" must be \"default\", \"vim\" or \"newsboat\"; as it is it does not count",
        ],
    );
}

#[test]
fn an_unknown_name_is_a_warning_with_a_guess() {
    check_warnings(
        "start_veiw = \"all\"\n[reeding]\nmeasure = 60\n[reading]\nmesure = 60\nfont = 12",
        &[
            "line 1: there is no setting \"start_veiw\"; did you mean \"start_view\"?",
            "line 2: there is no section \"reeding\"; did you mean \"reading\"?",
            "line 5: there is no setting \"reading.mesure\"; did you mean \"measure\"?",
            "line 6: there is no setting \"reading.font\"",
        ],
    );
    check_warnings(
        "[keys]\nj = \"next\"\n[keys.lists]\n\"x\" = \"open\"",
        &[
            "line 2: there is no setting \"keys.j\"",
            "line 3: there is no section \"keys.lists\"; did you mean \"list\"?",
        ],
    );
    check_warnings(
        "[keys.list]\n\"x\" = \"toggle-raed\"\n\"gg\" = \"top\"\n\"X\" = 7",
        &[
            "line 2: there is no command \"toggle-raed\"; did you mean \"toggle-read\"?",
            "line 3: \"gg\" is no key; keys pressed one after the other are written with spaces: \"g g\"",
            "line 4: X takes the name of a command in quotes, or \"none\"",
        ],
    );
}

#[test]
fn what_is_sound_in_a_broken_file_counts() {
    for (broken, line, measure) in [
        ("start_view = \"all\"\nnonsense here\n[reading]\nmeasure = 72", 2, 72),
        ("start_view = \"all\"\nrefresh_on_start = yes\n[reading]\nmeasure = 72\n", 2, 72),
        ("start_view = \"all\"\nstart_view = \"unread\"\n[reading]\nmeasure = 72", 2, 72),
        ("start_view = \"all\"\nrefresh_on_start = \"\n[reading]\nmeasure = 72", 2, 72),
        ("start_view = \"all\"\n\n[reading\nmeasure = 72\n[screen]\nmouse = true", 3, 68),
        ("start_view = \"all\"\n[reading]\nmeasure = [\n\n", 3, 68),
    ] {
        let (config, warnings) = Config::parse(broken);
        assert_eq!(
            (config.start_view, config.reading.measure),
            (StartView::All, measure),
            "{broken}"
        );
        let lines: Vec<_> = warnings.iter().map(|warning| warning.line).collect();
        assert_eq!(lines, [Some(line)], "{broken}");
    }
    let (config, warnings) =
        Config::parse("\u{feff}start_view = \"all\"\r\n[reading]\r\nmeasure = 72\r\n");
    assert_eq!((config.start_view, config.reading.measure), (StartView::All, 72));
    assert_eq!(warnings, []);
    let (config, warnings) = Config::parse(&"nonsense\n".repeat(1000));
    assert_eq!(config, Config::default());
    assert_eq!(warnings.len(), 21);
}

#[test]
fn keys_are_written_in_many_ways_and_printed_in_one() {
    for (written, printed) in [
        ("j", "j"),
        ("G", "G"),
        ("<", "<"),
        ("-", "-"),
        ("é", "é"),
        ("ctrl-d", "Ctrl-d"),
        ("Ctrl-D", "Ctrl-d"),
        ("C-d", "Ctrl-d"),
        ("ctrl-shift-d", "Ctrl-Shift-d"),
        ("control--", "Ctrl--"),
        ("alt-x", "Alt-x"),
        ("M-X", "Alt-X"),
        ("alt-shift-x", "Alt-X"),
        ("shift-x", "X"),
        ("shift-tab", "Shift-Tab"),
        ("C-A-LEFT", "Ctrl-Alt-Left"),
        ("space", "Space"),
        ("shift-space", "Shift-Space"),
        ("return", "Enter"),
        ("escape", "Esc"),
        ("pgdn", "PgDn"),
        ("pageup", "PgUp"),
        ("f5", "F5"),
        ("F35", "F35"),
    ] {
        check_key(written, printed);
    }
    let keys: KeySequence = "  g   ctrl-w  space ".parse().unwrap();
    assert_eq!(keys.to_string(), "g Ctrl-w Space");
}

#[test]
fn what_is_no_key_says_what_to_write() {
    check_no_key("", "a key is missing");
    check_no_key("  ", "a key is missing");
    check_no_key("gg", "\"g g\"");
    check_no_key("hyper-x", "Ctrl-d");
    check_no_key("shift-1", "the character that Shift gives");
    check_no_key("f36", "is no key");
    check_no_key("f+1", "is no key");
    check_no_key("f01", "is no key");
    check_no_key("\u{1b}", "\"\\u{1b}\" is no key");
}

fn any_key() -> impl Strategy<Value = Key> {
    let code = prop_oneof![
        any::<char>()
            .prop_filter("a character that can be typed", |c| !c.is_whitespace() && !c.is_control())
            .prop_map(KeyCode::Char),
        prop::char::range('!', '~').prop_map(KeyCode::Char),
        (1..=35u8).prop_map(KeyCode::F),
        prop::sample::select(vec![
            KeyCode::Char(' '),
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Tab,
            KeyCode::Backspace,
            KeyCode::Delete,
            KeyCode::Insert,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::PageUp,
            KeyCode::PageDown,
        ]),
    ];
    (code, any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(code, ctrl, alt, shift)| Key::new(code, ctrl, alt, shift))
}

proptest! {
    #[test]
    fn a_sequence_prints_as_it_parses(keys in prop::collection::vec(any_key(), 1..4)) {
        let sequence = KeySequence::new(keys).unwrap();
        prop_assert_eq!(sequence.to_string().parse(), Ok(sequence));
    }

    #[test]
    fn no_settings_file_is_too_odd(text in "[a-z\\[\\]\"'=. #\n0-9]{0,200}") {
        let (config, _) = Config::parse(&text);
        let _ = Keymap::new(config.keys.preset, &config.keys.changes);
        let _ = Theme::named("mine", Some(&text));
    }
}

#[test]
fn the_default_keys_are_those_of_the_manual() {
    use KeyContext::{Article, List, Popup, Sources};
    for (context, pressed, command) in [
        (List, "j", "next"),
        (Article, "Up", "previous"),
        (Popup, "Ctrl-d", "half-page-down"),
        (Sources, "G", "bottom"),
        (List, "Enter", "open"),
        (Article, "Enter", "follow-link"),
        (List, "Space", "open"),
        (Article, "Space", "read-on"),
        (List, "Tab", "next-pane"),
        (Article, "Tab", "next-link"),
        (List, "/", "filter"),
        (Article, "/", "find-in-article"),
        (Article, "J", "next-story"),
        (List, "J", ""),
        (List, "n", "next-unread"),
        (List, "A", "mark-all-read"),
        (Article, "A", ""),
        (Article, "]", "next-section"),
        (Article, "Backspace", "back"),
        (Article, "Ctrl-i", "forward"),
        (Article, "Alt-Right", "forward"),
        (Article, "h", "leave"),
        (List, "Ctrl-c", "quit"),
        (List, "Z", ""),
    ] {
        check_lookup("", context, pressed, command);
    }
}

#[test]
fn every_preset_is_sound_and_leaves_digits_free() {
    for preset in PRESETS {
        let (keymap, warnings) = Keymap::new(*preset, &[]);
        assert_eq!(warnings, [], "{}", preset.name);
        for context in KeyContext::ALL {
            for (keys, command) in keymap.bindings(context) {
                let first = keys.keys()[0];
                assert_eq!(first.digit(), None, "{}: {keys} is {command}", preset.name);
                assert_eq!(keymap.lookup(context, keys.keys()), Lookup::Command(command));
            }
        }
    }
}

#[test]
fn every_command_has_a_key_in_every_preset_or_is_for_the_palette() {
    for preset in PRESETS {
        let (keymap, _) = Keymap::new(*preset, &[]);
        for command in Command::ALL {
            let bound = KeyContext::ALL.iter().any(|at| keymap.keys(*at, *command).is_some());
            let palette = PALETTE_ONLY.contains(command);
            assert!(bound != palette, "{}: {command} has a key: {bound}", preset.name);
        }
    }
}

#[test]
fn a_sequence_waits_for_its_end() {
    let vim = "[keys]\nkeymap = \"vim\"";
    check_lookup(vim, KeyContext::List, "g", "…");
    check_lookup(vim, KeyContext::List, "g g", "top");
    check_lookup(vim, KeyContext::List, "g j", "");
    check_lookup(vim, KeyContext::Article, "g O", "outline");
    check_lookup(vim, KeyContext::List, "g O", "");
}

#[test]
fn a_readers_own_key_comes_first() {
    use KeyContext::{Article, List};
    check_lookup("[keys.global]\n\"j\" = \"page-down\"", List, "j", "page-down");
    check_lookup("[keys.list]\n\"j\" = \"page-down\"", List, "j", "page-down");
    check_lookup("[keys.list]\n\"j\" = \"page-down\"", Article, "j", "next");
    // A longer sequence of the reader's takes the shorter key away, there alone.
    let longer = "[keys.article]\n\"g x\" = \"open-in-browser\"";
    check_lookup(longer, Article, "g", "…");
    check_lookup(longer, Article, "g x", "open-in-browser");
    check_lookup(longer, List, "g", "top");
    // And a shorter one the longer.
    let shorter = "[keys]\nkeymap = \"vim\"\n[keys.list]\n\"g\" = \"top\"";
    check_lookup(shorter, List, "g", "top");
    check_lookup(shorter, Article, "g g", "top");
}

#[test]
fn none_takes_a_key_away() {
    use KeyContext::{Article, List};
    check_lookup("[keys.global]\n\"q\" = \"none\"", List, "q", "");
    check_lookup("[keys.list]\n\"q\" = \"none\"", List, "q", "");
    check_lookup("[keys.list]\n\"q\" = \"none\"", Article, "q", "leave-or-quit");
    let prefix = "[keys]\nkeymap = \"vim\"\n[keys.global]\n\"g\" = \"none\"\n\"g g\" = \"none\"";
    check_lookup(prefix, List, "g g", "");
    check_lookup(prefix, List, "g x", "open-in-browser");
}

#[test]
fn keys_that_can_never_answer_are_told_of() {
    let (keymap, warnings) = keymap(
        "[keys.list]\n\"x\" = \"open\"\n\"x y\" = \"filter\"\n\"space\" = \"open\"\n\"Space\" = \"filter\"",
    );
    assert_eq!(
        warnings,
        [
            "line 3: x y can never be pressed, because x is bound too and answers at once; unbind one of them",
            "line 5: Space is bound twice in [keys.list]; this one counts",
        ]
    );
    let pressed: KeySequence = "Space".parse().unwrap();
    assert_eq!(
        keymap.lookup(KeyContext::List, pressed.keys()),
        Lookup::Command("filter".parse().unwrap())
    );
}

#[test]
fn hints_name_the_shortest_key_and_the_readers_own_before_the_presets() {
    let key = |text: &str, command: &str| {
        let (keymap, _) = keymap(text);
        let command = command.parse().unwrap();
        keymap.keys(KeyContext::Article, command).map(ToString::to_string)
    };
    assert_eq!(key("", "back").as_deref(), Some("Backspace"));
    assert_eq!(key("[keys.article]\n\"b\" = \"back\"", "back").as_deref(), Some("b"));
    assert_eq!(key("[keys.article]\n\"x x\" = \"back\"", "back").as_deref(), Some("Backspace"));
    assert_eq!(key("", "next-theme"), None);
}
