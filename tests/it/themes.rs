//! Themes, on every kind of terminal.

use dateline::config::theme::contrast::ratio;
use dateline::config::theme::{
    Background, Color, ColorDepth, Display, Role, Style, TERMINAL, Theme,
};

const DEPTHS: [ColorDepth; 4] =
    [ColorDepth::None, ColorDepth::Ansi16, ColorDepth::Ansi256, ColorDepth::True];

fn display(depth: ColorDepth) -> Display {
    Display { depth, background: Background::Dark, accessible: false }
}

/// Every kind of terminal that there is.
fn displays() -> impl Iterator<Item = Display> {
    DEPTHS.into_iter().flat_map(|depth| {
        [Background::Light, Background::Dark, Background::Unknown].into_iter().flat_map(
            move |background| {
                [false, true].map(|accessible| Display { depth, background, accessible })
            },
        )
    })
}

fn theme(name: &str) -> Theme {
    let (theme, warnings) = Theme::named(name, None);
    assert_eq!(warnings, [], "{name}");
    theme
}

#[track_caller]
fn check_warnings(file: &str, expected: &[&str]) {
    let (_, warnings) = Theme::named("mine", Some(file));
    let said: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(said, expected);
}

#[test]
fn roles_have_names_of_their_own_and_fall_back_on_text() {
    for role in Role::ALL {
        assert_eq!(role.chain().last(), Some(Role::Text), "{}", role.name());
        assert_eq!(Role::ALL.iter().filter(|other| other.name() == role.name()).count(), 1);
    }
}

#[test]
fn every_role_of_every_theme_can_be_shown_everywhere() {
    for name in Theme::names() {
        let theme = theme(name);
        for display in displays() {
            for role in Role::ALL {
                let style = theme.style(role, display);
                let colors = [style.fg, style.bg, theme.background(display)];
                for color in colors.into_iter().flatten() {
                    let what = format!("{} of {name} on {display:?}", role.name());
                    assert!(color.needs() <= display.depth, "{what} needs more colors");
                }
                assert!(!(style.dim && display.accessible), "{} of {name} is dim", role.name());
            }
        }
    }
}

#[test]
fn text_can_be_read_on_the_themes_own_background() {
    for name in Theme::names().filter(|name| *name != TERMINAL) {
        let theme = theme(name);
        for depth in [ColorDepth::True, ColorDepth::Ansi256] {
            let display = display(depth);
            let ground = theme.background(display).unwrap();
            for role in Role::ALL {
                let style = theme.style(role, display);
                let contrast = ratio(style.fg.unwrap(), style.bg.unwrap_or(ground)).unwrap();
                let least = match (name, role, depth) {
                    ("high-contrast", _, _) => 7.0,
                    (_, Role::Text, ColorDepth::True) => 10.0,
                    _ => 4.5,
                };
                let what = format!("{} of {name}, {depth:?}", role.name());
                assert!(contrast >= least, "{what}: {contrast:.2} is under {least}");
                assert!(!style.dim, "{what}: its color is faint enough");
            }
        }
    }
}

#[test]
fn the_readers_own_palette_is_used_with_care() {
    for display in displays() {
        let terminal = theme(TERMINAL);
        assert_eq!(terminal.background(display), None);
        for role in Role::ALL {
            let style = terminal.style(role, display);
            assert_eq!(style.bg, None);
            let unsafe_colors = [0, 7, 8, 15].map(|number| Some(Color::Ansi(number)));
            assert!(!unsafe_colors.contains(&style.fg), "{}", role.name());
        }
    }
    let link = |background| {
        let display = Display { background, ..display(ColorDepth::Ansi16) };
        theme(TERMINAL).style(Role::Link, display)
    };
    let underlined = Style { underline: true, ..Style::default() };
    assert_eq!(link(Background::Unknown), underlined);
    assert_eq!(link(Background::Light), Style { fg: Some(Color::Ansi(4)), ..underlined });
    assert_eq!(link(Background::Dark), Style { fg: Some(Color::Ansi(12)), ..underlined });
}

#[test]
fn no_state_is_told_by_color_alone() {
    for name in Theme::names() {
        let theme = theme(name);
        for display in displays() {
            let plain = |role| theme.style(role, display).plain();
            let states = [
                Role::Text,
                Role::Unread,
                Role::Link,
                Role::Selected,
                Role::Match,
                Role::CurrentMatch,
            ];
            for (index, one) in states.into_iter().enumerate() {
                for other in states.into_iter().skip(index + 1) {
                    assert_ne!(plain(one), plain(other), "{one:?} and {other:?} of {name}");
                }
            }
        }
    }
}

#[test]
fn a_selected_row_is_never_dim() {
    let dim = theme(TERMINAL).style(Role::Dim, display(ColorDepth::Ansi16));
    assert!(dim.dim);
    assert_eq!(dim.selected(), Style { reverse: true, ..Style::default() });
}

#[test]
fn with_few_colors_a_theme_steps_aside() {
    for depth in [ColorDepth::None, ColorDepth::Ansi16] {
        for role in Role::ALL {
            let display = display(depth);
            assert_eq!(theme("ink").style(role, display), theme(TERMINAL).style(role, display));
        }
        assert_eq!(theme("ink").background(display(depth)), None);
    }
}

#[test]
fn the_nearest_of_256_colors_is_taken() {
    for (rgb, nearest) in [
        (Color::Rgb(0, 0, 0), Color::Ansi(16)),
        (Color::Rgb(255, 255, 255), Color::Ansi(231)),
        (Color::Rgb(95, 135, 175), Color::Ansi(67)),
        (Color::Rgb(8, 8, 8), Color::Ansi(232)),
        (Color::Rgb(250, 0, 4), Color::Ansi(196)),
        (Color::Ansi(3), Color::Ansi(3)),
    ] {
        assert_eq!(rgb.to_256(), nearest, "{rgb:?}");
    }
}

#[test]
fn contrast_is_what_wcag_says() {
    let gray = Color::Rgb(0x77, 0x77, 0x77);
    let (black, white) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));
    assert!((ratio(black, white).unwrap() - 21.0).abs() < 0.01);
    // The well-known gray that just fails on white.
    assert!((ratio(gray, white).unwrap() - 4.48).abs() < 0.01);
    assert_eq!(ratio(gray, Color::Ansi(3)), None);
}

#[test]
fn a_reader_can_write_a_theme() {
    let file = r##"
        [palette]
        bg = "#101010"
        text = "#eeeeee"
        sea = "#60c0e0"
        [roles]
        accent = "sea"
        caption = { fg = "#aaaaaa", bold = true }
    "##;
    let (mine, warnings) = Theme::named("mine", Some(file));
    assert_eq!(warnings, []);
    let style = |role| mine.style(role, display(ColorDepth::True));
    assert_eq!(mine.background(display(ColorDepth::True)), Some(Color::Rgb(16, 16, 16)));
    assert_eq!(style(Role::Link).fg, Some(Color::Rgb(0x60, 0xc0, 0xe0)), "links follow the accent");
    assert_eq!(
        style(Role::Dim).fg,
        Some(Color::Rgb(0xee, 0xee, 0xee)),
        "the rest follows the text"
    );
    let caption = style(Role::Caption);
    assert!(caption.bold && caption.italic, "a theme adds to what a role has");
}

#[test]
fn a_theme_without_background_lies_over_the_terminals_own() {
    let (mine, warnings) = Theme::named("mine", Some("[palette]\naccent = \"magenta\"\ncode = 2"));
    assert_eq!(warnings, []);
    let style = |role| mine.style(role, display(ColorDepth::Ansi16));
    assert_eq!(style(Role::Link).fg, Some(Color::Ansi(5)));
    assert_eq!(style(Role::Code).fg, Some(Color::Ansi(2)));
    assert_eq!(style(Role::Star).fg, Some(Color::Ansi(3)));
    assert!(style(Role::Caption).dim);
}

#[test]
fn what_is_wrong_in_a_theme_is_told_and_the_rest_counts() {
    check_warnings(
        "[palette]\ntext = \"#12345\"\nacent = \"red\"\nstar = 300\n[colors]\n[roles]\nheading = \"navy\"\nheadlin = 1\ncode = { fg = 2, weight = 3 }\ntitle = { bold = 1 }",
        &[
            "line 2: \"palette.text\" must be a color as #rrggbb, a number from 0 to 255, or a name such as red or bright-blue; as it is it does not count",
            "line 3: nothing uses the color \"acent\"; did you mean \"accent\"?",
            "line 4: \"palette.star\" must be a color as #rrggbb, a number from 0 to 255, or a name such as red or bright-blue; as it is it does not count",
            "line 5: there is no section \"colors\"",
            "line 7: \"roles.heading\" must be a color of [palette], or one as #rrggbb, a number from 0 to 255, or a name such as red or bright-blue; as it is it does not count",
            "line 8: there is no setting \"roles.headlin\"; did you mean \"headline\"?",
            "line 9: there is no setting \"roles.code.weight\"",
            "line 10: \"roles.title.bold\" must be true or false; as it is it does not count",
        ],
    );
    check_warnings(
        "[palette]\nbg = \"#ffffff\"\n",
        &["a theme that has a \"bg\" must have a \"text\" to be read on it; bg does not count"],
    );
    let (same, warnings) = Theme::named("papper", None);
    assert_eq!(same, theme(TERMINAL));
    assert_eq!(warnings[0].to_string(), "there is no theme \"papper\"; did you mean \"paper\"?");
}
