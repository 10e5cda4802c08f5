//! `Screen`: the terminal while the reader is on it, and how it is given back.
//!
//! Whatever ends the program (quit, panic, signal, a terminal that goes away), the
//! terminal is left as it was found: [`Screen`] leaves it when dropped, and
//! [`restore`] when there is no `Screen` to ask. What is drawn is not decided here.

use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{queue, terminal};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};
use url::Url;

use super::backend::Backend;
use super::capabilities::Capabilities;
use crate::app::geometry::Size;
use crate::text::sanitize::SafeText;
use crate::text::system::reason;

/// Keys that a plain terminal sends alike (Ctrl-i and Tab, Ctrl-m and Enter) are told
/// apart: level 1 of the kitty keyboard protocol. A terminal that does not know the
/// sequence ignores it, so nobody has to wait for an answer at the start.
const DISAMBIGUATE_KEYS: &str = "\x1b[>1u";
const PLAIN_KEYS: &str = "\x1b[<1u";

/// Clicks and the wheel, as cells; no moves, which would wake the program for nothing.
const MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
const NO_MOUSE: &str = "\x1b[?1006l\x1b[?1000l";

/// Puts the window's title aside, and takes it back (XTWINOPS).
const KEEP_TITLE: &str = "\x1b[22;2t";
const OLD_TITLE: &str = "\x1b[23;2t";

/// Bytes of the longest text that is sent to the clipboard: xterm and tmux take no more.
const MAX_COPY: usize = 74_000;

/// Whether the reader is on the screen: one of the three below. A panic hook has no other
/// way to know.
static ENTERED: AtomicU8 = AtomicU8::new(AWAY);
const AWAY: u8 = 0;
/// On a console, which is sent nothing newer than it is.
const CONSOLE: u8 = 1;
/// On a terminal emulator.
const EMULATOR: u8 = 2;

/// What the screen is to do beside showing cells.
#[derive(Debug, Clone, Copy)]
pub struct ScreenOptions {
    pub mouse: bool,
    pub hyperlinks: bool,
    pub capabilities: Capabilities,
}

/// The terminal with the reader on it.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<Backend<Outlet>>,
    options: ScreenOptions,
}

impl Screen {
    /// Takes the screen over. Both standard output and the keys must be a terminal's.
    pub fn enter(options: ScreenOptions) -> io::Result<Self> {
        let size = size();
        let hyperlinks = options.hyperlinks && options.capabilities.sequences;
        let backend = Backend::new(Outlet::default(), to_ratatui(size), hyperlinks);
        let mut screen = Self { terminal: Terminal::new(backend)?, options };
        screen.take()?;
        Ok(screen)
    }

    /// Takes the screen over again, after it was left or after the program was stopped.
    pub fn enter_again(&mut self) -> io::Result<()> {
        // The shell may have changed the modes meanwhile; crossterm believes itself in
        // raw mode only as long as nobody says otherwise.
        terminal::disable_raw_mode()?;
        self.take()?;
        self.resize(size());
        self.redraw()
    }

    fn take(&mut self) -> io::Result<()> {
        // Before anything else, so that a failure half way is undone as well.
        let sequences = self.options.capabilities.sequences;
        ENTERED.store(if sequences { EMULATOR } else { CONSOLE }, Ordering::SeqCst);
        terminal::enable_raw_mode()?;
        let mut out = io::stdout().lock();
        queue!(out, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
        if sequences {
            write!(out, "{DISAMBIGUATE_KEYS}{KEEP_TITLE}")?;
            if self.options.mouse {
                write!(out, "{MOUSE}")?;
            }
        }
        out.flush()?;
        self.terminal.backend_mut().forget();
        Ok(())
    }

    /// Draws a frame; only what changed is sent. `links` are those that the face marked.
    pub fn draw<'a>(
        &mut self,
        links: impl IntoIterator<Item = (u32, &'a Url)>,
        draw: impl FnOnce(&mut Frame),
    ) -> io::Result<()> {
        self.terminal.backend_mut().set_links(links);
        self.terminal.draw(draw)?;
        Ok(())
    }

    /// Names the window after a story, where it has a title to be named by.
    pub fn set_title(&mut self, story: Option<&SafeText>) {
        if self.options.capabilities.sequences && !self.options.capabilities.ascii {
            let title = story.map_or_else(
                || SafeText::title("dateline"),
                |story| SafeText::title(&format!("{story} · dateline")),
            );
            // What cannot be sent now fails again with the frame.
            let _ = self.terminal.backend_mut().set_title(title);
        }
    }

    /// The size from the next frame on.
    pub fn resize(&mut self, size: Size) {
        self.terminal.backend_mut().set_size(to_ratatui(size));
    }

    /// The next frame is drawn whole, whatever the terminal shows.
    pub fn redraw(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((ratatui::layout::Position::ORIGIN, size)))
    }

    /// Puts text on the clipboard. Returns a sentence if that is not possible.
    pub fn copy(&mut self, text: &str) -> Result<(), String> {
        if !self.options.capabilities.sequences {
            return Err("This terminal has no clipboard; select the text instead.".to_owned());
        }
        if text.len() > MAX_COPY {
            return Err("The text is too long for the terminal's clipboard.".to_owned());
        }
        self.terminal
            .backend_mut()
            .copy(text)
            .map_err(|error| format!("The clipboard could not be reached: {}.", reason(&error)))
    }

    /// Tells of something outside of the window, where the terminal can.
    pub fn notify(&mut self, title: &SafeText, body: &SafeText) -> io::Result<()> {
        if !self.options.capabilities.sequences {
            return Ok(());
        }
        self.terminal.backend_mut().notify(title, body)
    }

    /// Gives the terminal back.
    pub fn leave(&mut self) {
        restore();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back if the reader is on it. Safe to call at any time, from any
/// thread; errors are nobody's any more.
pub fn restore() {
    let entered = ENTERED.swap(AWAY, Ordering::SeqCst);
    if entered == AWAY {
        return;
    }
    let Ok(mut out) = unlocked_output() else { return };
    let mut bytes = Vec::new();
    if entered == EMULATOR {
        // A frame may have been cut off in the middle of a link. What was not asked for is
        // taken back as well: that is harmless, and a panic hook does not know what was.
        bytes.extend_from_slice(b"\x1b]8;;\x1b\\\x1b[?2026l");
        bytes.extend_from_slice([PLAIN_KEYS, OLD_TITLE, NO_MOUSE].concat().as_bytes());
    }
    bytes.extend_from_slice(b"\x1b[0m");
    let _ = queue!(bytes, DisableFocusChange, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = out.write_all(&bytes);
    let _ = terminal::disable_raw_mode();
}

/// Standard output without its lock, which a thread that panics may hold.
#[cfg(unix)]
fn unlocked_output() -> io::Result<std::fs::File> {
    use std::os::fd::AsFd as _;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
fn unlocked_output() -> io::Result<io::Stdout> {
    Ok(io::stdout())
}

/// Whether there is a terminal to show articles on, and another or the same to read keys from.
pub fn is_present() -> bool {
    io::stdout().is_terminal() && (io::stdin().is_terminal() || has_controlling_terminal())
}

#[cfg(unix)]
fn has_controlling_terminal() -> bool {
    std::fs::File::open("/dev/tty").is_ok()
}

#[cfg(not(unix))]
fn has_controlling_terminal() -> bool {
    true
}

/// The size of the terminal now; that of the first terminals where it cannot be known.
pub fn size() -> Size {
    let (width, height) = asked_size().unwrap_or_default();
    // A line over a serial port says 0 × 0.
    if width == 0 || height == 0 {
        return Size { width: 80, height: 24 };
    }
    Size { width, height }
}

#[cfg(unix)]
fn asked_size() -> Option<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some((size.ws_col, size.ws_row))
}

#[cfg(not(unix))]
fn asked_size() -> Option<(u16, u16)> {
    terminal::size().ok()
}

fn to_ratatui(size: Size) -> ratatui::layout::Size {
    ratatui::layout::Size { width: size.width, height: size.height }
}

/// Collects a frame and sends it at once. Unlike a `BufWriter` it forgets what was not
/// sent: half a frame must not follow the words of a panic.
#[derive(Debug, Default)]
struct Outlet {
    frame: Vec<u8>,
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let sent = send(&mut out, &self.frame).and_then(|()| out.flush());
        self.frame.clear();
        sent
    }
}

/// Sends all bytes, also to a terminal that somebody else has set not to wait.
fn send(out: &mut impl Write, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match out.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(sent) => bytes = bytes.get(sent..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_for_room(),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Sleeps until the terminal takes more.
fn wait_for_room() {
    #[cfg(unix)]
    {
        use rustix::event::{PollFd, PollFlags, poll};
        let out = io::stdout();
        let _ = poll(&mut [PollFd::new(&out, PollFlags::OUT)], None);
    }
}
