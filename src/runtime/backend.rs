//! `Backend`: what ratatui draws through. Adds to crossterm's backend three things that
//! a reader of news sees: hyperlinks (OSC 8), frames that never tear (synchronized
//! output), and silence when nothing changed.
//!
//! The face marks the cells of a link by a key in their underline color, so that
//! ratatui's comparison of frames sees links come and go. That color never reaches the
//! terminal: here it is taken off again and looked up among the links of the frame.
//! Asks the terminal nothing, since its answer would have to be fished out of the keys.

use std::collections::HashMap;
use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, EndSynchronizedUpdate};
use ratatui::backend::{ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Color;
use url::Url;

use crate::text::address::public;
use crate::text::sanitize::SafeText;

/// Bytes of the longest address that is sent; terminals drop longer ones (VTE and iTerm2
/// stop at 2,083).
const MAX_URL: usize = 2083;

/// The 24 bits by which a cell says to which link of its frame it belongs.
fn link_key(color: Color) -> Option<u32> {
    match color {
        Color::Rgb(r, g, b) => Some(u32::from_be_bytes([0, r, g, b])),
        _ => None,
    }
}

/// Draws cells on a terminal of a size that it is told.
#[derive(Debug)]
pub struct Backend<W: Write> {
    inner: CrosstermBackend<W>,
    size: Size,
    links: HashMap<u32, String>,
    hyperlinks: bool,
    /// What the window is called, if it was ever named.
    title: Option<SafeText>,
    /// A synchronized update was begun and is to be ended by the next flush.
    begun: bool,
    /// Whether the cursor shows, and where it is, as far as that is known.
    cursor: Option<bool>,
    position: Option<Position>,
}

impl<W: Write> Backend<W> {
    /// A backend that writes to `out`, with or without hyperlinks.
    pub fn new(out: W, size: Size, hyperlinks: bool) -> Self {
        Self {
            inner: CrosstermBackend::new(out),
            size,
            links: HashMap::new(),
            hyperlinks,
            title: None,
            begun: false,
            cursor: None,
            position: None,
        }
    }

    /// The size that the next frame is drawn at.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// The links of the next frame by their keys.
    pub fn set_links<'a>(&mut self, links: impl IntoIterator<Item = (u32, &'a Url)>) {
        self.links.clear();
        if self.hyperlinks {
            let links = links.into_iter().filter(|(_, url)| may_be_sent(url.as_str()));
            self.links.extend(
                links.map(|(key, url)| (key & 0x00ff_ffff, public(url).as_str().to_owned())),
            );
        }
    }

    /// Names the window with the next frame (OSC 2).
    pub fn set_title(&mut self, title: SafeText) -> io::Result<()> {
        if self.title.as_ref() != Some(&title) {
            self.begin()?;
            write!(self.inner, "\x1b]2;{title}\x1b\\")?;
            self.title = Some(title);
        }
        Ok(())
    }

    /// Forgets what was thought of the terminal: someone else had it.
    pub fn forget(&mut self) {
        self.title = None;
        self.cursor = None;
        self.position = None;
    }

    /// Text for the reader's clipboard, through the terminal (OSC 52). Goes out at once.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        use base64::Engine as _;
        let data = base64::engine::general_purpose::STANDARD.encode(text);
        write!(self.inner, "\x1b]52;c;{data}\x1b\\")?;
        Write::flush(&mut self.inner)
    }

    /// A note outside of the window, by whatever shows notes to the reader (OSC 9). Goes
    /// out at once.
    pub fn notify(&mut self, title: &SafeText, body: &SafeText) -> io::Result<()> {
        // Some terminals take a number here for an order of another kind: no news begins so.
        write!(self.inner, "\x1b]9;dateline: {title}: {body}\x1b\\")?;
        Write::flush(&mut self.inner)
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            queue!(self.inner, BeginSynchronizedUpdate)?;
        }
        Ok(())
    }

    fn show(&mut self, show: bool) -> io::Result<()> {
        if self.cursor == Some(show) {
            return Ok(());
        }
        self.cursor = Some(show);
        if show { queue!(self.inner, Show) } else { queue!(self.inner, Hide) }
    }
}

/// Only printable ASCII, so that nothing in it can end the sequence that carries it.
fn may_be_sent(url: &str) -> bool {
    url.len() <= MAX_URL && url.bytes().all(|byte| (0x21..0x7f).contains(&byte))
}

impl<W: Write> ratatui::backend::Backend for Backend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<_> = content.collect();
        if cells.is_empty() {
            return Ok(());
        }
        self.begin()?;
        self.position = None;
        // Cells are placed by cursor moves, so the runs of one link may be drawn apart.
        for run in cells.chunk_by(|(_, _, a), (_, _, b)| a.underline_color == b.underline_color) {
            let key = run.first().and_then(|(_, _, cell)| link_key(cell.underline_color));
            let Some(key) = key else {
                self.inner.draw(run.iter().copied())?;
                continue;
            };
            let plain: Vec<(u16, u16, Cell)> = run
                .iter()
                .map(|(x, y, cell)| {
                    let mut cell = Cell::clone(cell);
                    cell.underline_color = Color::Reset;
                    (*x, *y, cell)
                })
                .collect();
            let plain = plain.iter().map(|(x, y, cell)| (*x, *y, cell));
            match self.links.get(&key) {
                Some(url) => {
                    // The id makes a link that is broken over lines light up as one.
                    write!(self.inner, "\x1b]8;id={key:x};{url}\x1b\\")?;
                    self.inner.draw(plain)?;
                    self.inner.write_all(b"\x1b]8;;\x1b\\")?;
                }
                None => self.inner.draw(plain)?,
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.position.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.position == Some(position) {
            return Ok(());
        }
        self.position = Some(position);
        queue!(self.inner, MoveTo(position.x, position.y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        use crossterm::terminal::ClearType as Crossterm;
        self.begin()?;
        queue!(
            self.inner,
            Clear(match clear_type {
                ClearType::All => Crossterm::All,
                ClearType::AfterCursor => Crossterm::FromCursorDown,
                ClearType::BeforeCursor => Crossterm::FromCursorUp,
                ClearType::CurrentLine => Crossterm::CurrentLine,
                ClearType::UntilNewLine => Crossterm::UntilNewLine,
            })
        )
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.begun) {
            queue!(self.inner, EndSynchronizedUpdate)?;
        }
        Write::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::style::Style;

    use super::*;

    /// What is written when a row of text with links under some of it is drawn.
    fn drawn(links: &[(u32, &str)], parts: &[(&str, Option<u32>)]) -> String {
        let urls: Vec<(u32, Url)> =
            links.iter().map(|(key, url)| (*key, url.parse().unwrap())).collect();
        let mut out = Vec::new();
        let mut terminal = {
            let backend = Backend::new(&mut out, Size::new(20, 1), true);
            Terminal::new(backend).unwrap()
        };
        terminal.backend_mut().set_links(urls.iter().map(|(key, url)| (*key, url)));
        terminal
            .draw(|frame| {
                let mut x = 0;
                for (text, key) in parts {
                    let style = key.map_or(Style::new(), |key: u32| {
                        let mut style = Style::new();
                        let [_, r, g, b] = key.to_be_bytes();
                        style.underline_color = Some(Color::Rgb(r, g, b));
                        style
                    });
                    frame.buffer_mut().set_string(x, 0, text, style);
                    x += u16::try_from(text.len()).unwrap();
                }
            })
            .unwrap();
        drop(terminal);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_link_is_opened_and_closed_around_its_cells() {
        let out = drawn(&[(7, "https://a.example/x")], &[("on ", None), ("here", Some(7))]);
        assert!(out.contains("\x1b]8;id=7;https://a.example/x\x1b\\\x1b[1;4Hhere"), "{out:?}");
        assert_eq!(out.matches("\x1b]8;;\x1b\\").count(), 1);
        assert!(!out.contains("58;2"), "the key is no color: {out:?}");
    }

    #[test]
    fn two_links_side_by_side_stay_two() {
        let links = [(1, "https://a.example/"), (2, "https://b.example/")];
        let out = drawn(&links, &[("ab", Some(1)), ("cd", Some(2))]);
        assert_eq!(out.matches("\x1b]8;id=").count(), 2);
    }

    #[test]
    fn a_key_without_an_address_is_only_text() {
        let out = drawn(&[], &[("here", Some(9))]);
        assert!(out.contains("here") && !out.contains("\x1b]8"), "{out:?}");
    }

    #[test]
    fn an_address_that_is_too_long_is_not_sent() {
        let long = format!("https://a.example/{}", "x".repeat(MAX_URL));
        assert!(!drawn(&[(1, &long)], &[("here", Some(1))]).contains("\x1b]8"));
    }

    #[test]
    fn an_address_is_sent_without_its_password() {
        let out = drawn(&[(1, "https://ann:pw@a.example/")], &[("here", Some(1))]);
        assert!(out.contains("https://ann@a.example/\x1b"), "{out:?}");
    }

    #[test]
    fn a_note_is_one_sequence_whatever_is_in_it() {
        let mut out = Vec::new();
        let mut backend = Backend::new(&mut out, Size::new(9, 1), true);
        let body = SafeText::title("Herald \u{1b}]52;c;AA\u{7}\u{9c}\n3");
        backend.notify(&"4;3;50".into(), &body).unwrap();
        drop(backend);
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out, "\x1b]9;dateline: 4;3;50: Herald ]52;c;AA 3\x1b\\");
    }

    #[test]
    fn a_frame_is_one_synchronized_update_and_the_same_frame_is_nothing() {
        let mut out = Vec::new();
        let mut terminal = Terminal::new(Backend::new(&mut out, Size::new(9, 1), true)).unwrap();
        for _ in 0..3 {
            terminal
                .draw(|frame| {
                    frame.buffer_mut().set_string(0, 0, "news", Style::new());
                })
                .unwrap();
        }
        drop(terminal);
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out.matches("\x1b[?2026h").count(), 1, "{out:?}");
        assert_eq!(out.matches("news").count(), 1, "{out:?}");
        assert!(out.ends_with("\x1b[?2026l") || out.ends_with("\x1b[?25h"), "{out:?}");
    }
}
