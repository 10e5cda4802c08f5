//! The thread that reads keys, and what crossterm calls them in our words.
//!
//! Joins nothing together and drops nothing that matters: the loop drains.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::Sender;
use crossterm::event::{
    self, Event, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::Input;
use crate::app::geometry::Size;
use crate::app::message::{Message, Mouse, MouseAction};
use crate::config::key::{Key, KeyCode};

/// Starts the thread. It ends by itself when the terminal or the loop is gone; nobody
/// waits for it, since nothing wakes a thread that waits for a key.
pub fn start(inbox: Sender<Input>) -> io::Result<()> {
    watch(inbox.clone())?;
    let thread = std::thread::Builder::new().name("input".to_owned());
    thread.spawn(move || {
        // A panic here has already given the screen back; the loop must hear of the end.
        let _ = catch_unwind(AssertUnwindSafe(|| read_all(&inbox)));
        let _ = inbox.send(Input::Message(Message::Hangup));
    })?;
    Ok(())
}

/// Reads until the terminal is gone or nobody listens.
fn read_all(inbox: &Sender<Input>) {
    while let Ok(event) = event::read() {
        if let Some(input) = translate(event)
            && inbox.send(input).is_err()
        {
            return;
        }
    }
}

/// Starts a thread that sleeps until the terminal goes away. crossterm does not notice
/// in every case, and reads on at full speed; nor does every terminal send a signal.
#[cfg(unix)]
fn watch(inbox: Sender<Input>) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use std::os::fd::AsFd as _;

    let stdin = io::stdin();
    // The same choice that crossterm makes.
    let terminal = if rustix::termios::isatty(&stdin) {
        stdin.as_fd().try_clone_to_owned()?
    } else {
        std::fs::File::open("/dev/tty")?.into()
    };
    let thread = std::thread::Builder::new().name("hangup".to_owned());
    thread.spawn(move || {
        // Nothing is waited for but what is always told: the end and errors.
        let mut fds = [PollFd::new(&terminal, PollFlags::empty())];
        while poll(&mut fds, None) == Err(Errno::INTR) {}
        let [fd] = fds;
        // A system that cannot watch a terminal (macOS and /dev/tty) says NVAL.
        if fd.revents().intersects(PollFlags::HUP | PollFlags::ERR) {
            let _ = inbox.send(Input::Message(Message::Hangup));
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
fn watch(_inbox: Sender<Input>) -> io::Result<()> {
    Ok(())
}

/// What an event of crossterm's is to us; nothing for those that mean nothing here.
fn translate(event: Event) -> Option<Input> {
    let message = match event {
        Event::Key(key) => Message::Key(translate_key(key)?),
        Event::Paste(text) => Message::Paste(text),
        Event::Mouse(mouse) => Message::Mouse(translate_mouse(mouse)?),
        Event::FocusGained => return Some(Input::Focus),
        Event::FocusLost => return None,
        // On Unix the signal says so, and we ask for the size ourselves.
        Event::Resize(..) if cfg!(unix) => return None,
        Event::Resize(width, height) => Message::Resize(Size { width, height }),
    };
    Some(Input::Message(message))
}

/// A key in our words; nothing for a key that is let go, or that we have no name for.
fn translate_key(event: KeyEvent) -> Option<Key> {
    use crossterm::event::KeyCode as Code;
    match event.kind {
        KeyEventKind::Press | KeyEventKind::Repeat => {}
        KeyEventKind::Release => return None,
    }
    let mut ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let mut alt = event.modifiers.contains(KeyModifiers::ALT);
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        Code::Char(c) => {
            // AltGr arrives as Ctrl with Alt on Windows, beside the letter it made.
            if ctrl && alt && !c.is_ascii_alphanumeric() && c != ' ' {
                (ctrl, alt) = (false, false);
            }
            let c = letter(c, shift, ctrl);
            // A Shift that is in the letter is no modifier any more; a blank has no capital.
            shift &= c == ' ';
            KeyCode::Char(c)
        }
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Tab => KeyCode::Tab,
        Code::BackTab => {
            shift = true;
            KeyCode::Tab
        }
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Insert => KeyCode::Insert,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(n) => KeyCode::F(n),
        Code::Null
        | Code::CapsLock
        | Code::ScrollLock
        | Code::NumLock
        | Code::PrintScreen
        | Code::Pause
        | Code::Menu
        | Code::KeypadBegin
        | Code::Media(_)
        | Code::Modifier(_) => return None,
    };
    Some(Key { code, ctrl, alt, shift })
}

/// The letter as it is written on a key map: a capital with Shift, small with Ctrl.
fn letter(c: char, shift: bool, ctrl: bool) -> char {
    let mut other = if ctrl {
        c.to_lowercase()
    } else if shift && c.is_lowercase() {
        // The keyboard protocol of kitty names the key and the Shift apart.
        let mut upper = c.to_uppercase();
        return match (upper.next(), upper.next()) {
            (Some(upper), None) => upper,
            _ => c,
        };
    } else {
        return c;
    };
    match (other.next(), other.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

fn translate_mouse(event: MouseEvent) -> Option<Mouse> {
    let action = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAction::Click,
        MouseEventKind::ScrollDown => MouseAction::WheelDown,
        MouseEventKind::ScrollUp => MouseAction::WheelUp,
        MouseEventKind::Down(MouseButton::Right | MouseButton::Middle)
        | MouseEventKind::Up(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => return None,
    };
    Some(Mouse { column: event.column, row: event.row, action })
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode as Code;

    use super::*;

    fn key(code: Code, modifiers: KeyModifiers) -> Option<Key> {
        translate_key(KeyEvent::new(code, modifiers))
    }

    fn plain(c: char) -> Key {
        Key::plain(KeyCode::Char(c))
    }

    #[test]
    fn keys_are_named_alike_whatever_the_terminal_calls_them() {
        let (none, shift, ctrl, alt) =
            (KeyModifiers::NONE, KeyModifiers::SHIFT, KeyModifiers::CONTROL, KeyModifiers::ALT);
        let cases = [
            (Code::Char('g'), none, plain('g')),
            (Code::Char('G'), shift, plain('G')),
            (Code::Char('g'), shift, plain('G')),
            (Code::Char('?'), shift, plain('?')),
            (Code::Char('ß'), shift, plain('ß')),
            (Code::Char('D'), ctrl | shift, Key { ctrl: true, ..plain('d') }),
            (Code::Char('d'), ctrl, Key { ctrl: true, ..plain('d') }),
            (Code::Char('h'), ctrl, Key { ctrl: true, ..plain('h') }),
            (Code::Char('x'), alt, Key { alt: true, ..plain('x') }),
            (Code::Char('@'), ctrl | alt, plain('@')),
            (Code::Char('€'), ctrl | alt, plain('€')),
            (Code::Char('x'), ctrl | alt, Key { ctrl: true, alt: true, ..plain('x') }),
            (Code::BackTab, none, Key { shift: true, ..Key::plain(KeyCode::Tab) }),
            (Code::Tab, shift, Key { shift: true, ..Key::plain(KeyCode::Tab) }),
            (Code::Backspace, none, Key::plain(KeyCode::Backspace)),
            (Code::Char(' '), shift, Key { shift: true, ..plain(' ') }),
            (Code::Up, shift, Key { shift: true, ..Key::plain(KeyCode::Up) }),
            (Code::F(5), none, Key::plain(KeyCode::F(5))),
        ];
        for (code, modifiers, expected) in cases {
            assert_eq!(key(code, modifiers), Some(expected), "{code:?} {modifiers:?}");
        }
    }

    #[test]
    fn a_key_that_is_held_repeats_and_one_that_is_let_go_is_nothing() {
        let event = |kind| KeyEvent::new_with_kind(Code::Char('j'), KeyModifiers::NONE, kind);
        assert_eq!(translate_key(event(KeyEventKind::Repeat)), Some(plain('j')));
        assert_eq!(translate_key(event(KeyEventKind::Release)), None);
    }
}
