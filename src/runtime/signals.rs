//! Signals become messages. Nothing is done in a handler.

use std::io;

use crossbeam_channel::Sender;

use super::Input;

/// Starts the thread that hears the signals.
#[cfg(unix)]
pub fn start(inbox: Sender<Input>) -> io::Result<()> {
    use signal_hook::consts::signal::{
        SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH,
    };
    use signal_hook::iterator::Signals;

    use super::terminal;
    use crate::app::message::Message;

    let mut signals = Signals::new([SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH])?;
    let thread = std::thread::Builder::new().name("signals".to_owned());
    thread.spawn(move || {
        for signal in &mut signals {
            let input = match signal {
                SIGWINCH => Input::Message(Message::Resize(terminal::size())),
                SIGTSTP => Input::Stop,
                SIGCONT => Input::Continued,
                _ => Input::Message(Message::Hangup),
            };
            if inbox.send(input).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Windows tells of a resize among the keys, and has no job control.
#[cfg(not(unix))]
pub fn start(_inbox: Sender<Input>) -> io::Result<()> {
    Ok(())
}

/// Why the program cannot be stopped: nobody would ever continue it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no shell to return to; open another terminal, or quit.")]
pub struct NoShell;

/// Whether a shell with job control stands above this program: stopped without one, it
/// would stop for ever. POSIX calls a group of processes without one "orphaned".
#[cfg(unix)]
pub fn can_stop() -> Result<(), NoShell> {
    use rustix::process::{getpgrp, getppid, getsid};
    let session = getsid(None).map_err(|_| NoShell)?;
    let parent = getppid().ok_or(NoShell)?;
    let same_session = getsid(Some(parent)).is_ok_and(|parent| parent == session);
    // The first process of a session leads its first group: its parent is outside.
    if same_session && getpgrp() != session { Ok(()) } else { Err(NoShell) }
}

#[cfg(not(unix))]
pub fn can_stop() -> Result<(), NoShell> {
    Err(NoShell)
}

/// Stops the whole group of processes, as a shell's Ctrl-Z does, also those that feed a
/// pipe to this one. Returns when the shell continues it; false if it never stopped.
#[cfg(unix)]
pub fn stop() -> bool {
    // Not SIGTSTP, which is caught by this very program.
    rustix::process::kill_current_process_group(rustix::process::Signal::STOP).is_ok()
}

#[cfg(not(unix))]
pub fn stop() -> bool {
    false
}
