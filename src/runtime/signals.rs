//! Signals become messages. Nothing is done in a handler.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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

/// What is set when a signal asks the program to end, for a subcommand to stop what it does.
/// The second signal ends it at once.
#[cfg(unix)]
pub fn stopper() -> Arc<AtomicBool> {
    use signal_hook::consts::signal::{SIGINT, SIGTERM};
    use signal_hook::flag;

    let stop = Arc::<AtomicBool>::default();
    for signal in [SIGINT, SIGTERM] {
        // One that cannot be heard does what it does without.
        let _ = flag::register_conditional_default(signal, stop.clone());
        let _ = flag::register(signal, stop.clone());
    }
    stop
}

#[cfg(not(unix))]
pub fn stopper() -> Arc<AtomicBool> {
    Arc::default()
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
    use nix::unistd::{getpgrp, getppid, getsid};
    let (session, parent) = (getsid(None).map_err(|_| NoShell)?, getppid());
    if parent.as_raw() == 0 {
        return Err(NoShell); // It is outside of this container; 0 would ask of ourselves.
    }
    let parents = getsid(Some(parent)).map_err(|_| NoShell)?;
    if is_watched(getpgrp().as_raw(), session.as_raw(), parents.as_raw()) {
        Ok(())
    } else {
        Err(NoShell)
    }
}

/// Whether the parent of a process of this group and session is a shell that can continue
/// it. In a container the parent or its session may lie outside, and then counts as 0.
#[cfg(unix)]
fn is_watched(group: i32, session: i32, parents_session: i32) -> bool {
    // The first process of a session leads its first group: its parent is outside.
    session == parents_session && group != session
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_stops_only_below_a_shell_of_its_own_session() {
        for (group, session, parents_session, watched) in [
            (210, 200, 200, true),  // a job of a shell
            (200, 200, 100, false), // what a terminal emulator started
            (210, 200, 100, false), // its shell is gone
            (200, 200, 0, false),   // its parent's session is outside of the container
            (210, 0, 0, true),      // a job of a shell whose terminal is outside
            (200, 200, 200, false), // the session's first process
        ] {
            let found = is_watched(group, session, parents_session);
            assert_eq!(found, watched, "{group} {session} {parents_session}");
        }
    }
}
