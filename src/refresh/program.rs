//! Programs that the reader wrote into `feeds.toml`: what one prints is a feed, or a password.
//!
//! A program is a list of arguments and is started without a shell. It has a time and a
//! size, and a program past either is killed with all that it started.

#![expect(clippy::disallowed_methods, reason = "a port: programs are started and timed here")]

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::text::sanitize::SafeText;
use crate::text::system::reason;

/// What a program may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub time: Duration,
    /// Of its output.
    pub bytes: usize,
}

/// Why a program gave nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProgramError {
    #[error("the command is empty; name a program in feeds.toml")]
    Empty,
    #[error("{0} was not found; install it, or write its full path in feeds.toml")]
    Missing(SafeText),
    #[error("{program} could not be started ({}); check it in feeds.toml", reason(.source))]
    Start { program: SafeText, source: io::Error },
    #[error("{program} ended with {status}{said}")]
    Failed { program: SafeText, status: SafeText, said: SafeText },
    #[error("{program} took longer than {} s and was stopped", .limit.as_secs())]
    Slow { program: SafeText, limit: Duration },
    #[error("{program} printed more than {} MiB and was stopped", .limit >> 20)]
    Long { program: SafeText, limit: usize },
    #[error("{0} was stopped")]
    Stopped(SafeText),
}

/// How often a running program is looked at for having been stopped by the reader.
const LOOK: Duration = Duration::from_millis(50);

/// Bytes at the end of the standard error that a complaint is looked for in.
const COMPLAINT: usize = 16 * 1024;

/// Runs a program, and returns what it printed.
pub(super) fn run(
    argv: &[String],
    limits: Limits,
    stop: &AtomicBool,
) -> Result<Vec<u8>, ProgramError> {
    let (name, arguments) = argv.split_first().ok_or(ProgramError::Empty)?;
    let program = SafeText::title(name);
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A group of its own, so that what it starts can be ended with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let start = |source| ProgramError::Start { program: program.clone(), source };
    let child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ProgramError::Missing(program.clone()),
        _ => start(error),
    })?;
    let mut running = Running::new(child);
    let deadline = Instant::now() + limits.time;
    let wait = Wait { program: &program, limits, deadline, stop };
    let room = u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1);
    let printed = drain(running.child.stdout.take(), move |pipe| start_of(pipe, room));
    let printed = printed.map_err(start)?;
    let complaint = drain(running.child.stderr.take(), |pipe| end_of(pipe, COMPLAINT));
    let complaint = complaint.map_err(start)?;
    let bytes = wait.receive(&printed)?.map_err(start)?;
    if bytes.len() > limits.bytes {
        return Err(ProgramError::Long { program, limit: limits.bytes });
    }
    let status = wait.end(&mut running)?;
    if status.success() {
        return Ok(bytes);
    }
    let said = wait.receive(&complaint)?.unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let said = said.lines().map(str::trim).rfind(|line| !line.is_empty());
    let said = said.map(|line| format!(": {line}")).unwrap_or_default();
    let (status, said) = (SafeText::title(&status.to_string()), SafeText::title(&said));
    Err(ProgramError::Failed { program, status, said })
}

/// The programs that run now, by their groups of processes.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());

fn all_running() -> MutexGuard<'static, Vec<u32>> {
    // Nothing that can panic is done while it is held.
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends every program that runs now. To be called before this one ends: nobody would end them
/// any more.
pub fn end_all() {
    all_running().iter().for_each(|group| kill_group(*group));
}

/// A program, killed with its group if it has not ended by then.
struct Running {
    child: Child,
    ended: bool,
}

impl Running {
    fn new(child: Child) -> Self {
        all_running().push(child.id());
        Self { child, ended: false }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // What is left of the group of a program that has ended holds its output open, or
        // was meant to go on; only what did not end is ended.
        if !self.ended {
            kill_group(self.child.id());
            // It may have ended by itself.
            let _ = self.child.kill();
            // It has no choice now, so this takes no time.
            let _ = self.child.wait();
        }
        let own = self.child.id();
        all_running().retain(|group| *group != own);
    }
}

#[cfg(unix)]
fn kill_group(group: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(group).ok().and_then(Pid::from_raw) {
        // It may have ended by itself.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_group: u32) {}

/// Reads a pipe on a thread of its own, which ends with the pipe.
fn drain<P: Read + Send + 'static>(
    pipe: Option<P>,
    read: impl FnOnce(P) -> io::Result<Vec<u8>> + Send + 'static,
) -> io::Result<Receiver<io::Result<Vec<u8>>>> {
    let (sender, receiver) = sync_channel(1);
    std::thread::Builder::new().name("program".to_owned()).spawn(move || {
        // Nobody listens any more if it was too late.
        let _ = sender.send(pipe.map_or(Ok(Vec::new()), read));
    })?;
    Ok(receiver)
}

/// What comes first, up to `limit` bytes. A program that prints more is not waited for.
fn start_of(pipe: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What comes last, about `limit` bytes. All of it is read: a program that complains much is
/// not to fail by that.
fn end_of(mut pipe: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while pipe.by_ref().take(limit as u64).read_to_end(&mut bytes)? > 0 {
        bytes.drain(..bytes.len().saturating_sub(limit));
    }
    Ok(bytes)
}

/// Until when, and for whom, a program is waited for.
struct Wait<'a> {
    program: &'a SafeText,
    limits: Limits,
    deadline: Instant,
    stop: &'a AtomicBool,
}

impl Wait<'_> {
    /// How long to wait now, before looking again; an error when there is no more time.
    fn next(&self) -> Result<Duration, ProgramError> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(ProgramError::Stopped(self.program.clone()));
        }
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            let (program, limit) = (self.program.clone(), self.limits.time);
            return Err(ProgramError::Slow { program, limit });
        }
        Ok(left.min(LOOK))
    }

    fn receive(
        &self,
        bytes: &Receiver<io::Result<Vec<u8>>>,
    ) -> Result<io::Result<Vec<u8>>, ProgramError> {
        loop {
            match bytes.recv_timeout(self.next()?) {
                Ok(bytes) => return Ok(bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Ok(Err(io::ErrorKind::BrokenPipe.into()));
                }
            }
        }
    }

    /// The end of a program that has closed its output, which is near.
    fn end(&self, running: &mut Running) -> Result<std::process::ExitStatus, ProgramError> {
        let mut pause = Duration::from_millis(1);
        loop {
            match running.child.try_wait() {
                Ok(Some(status)) => {
                    running.ended = true;
                    return Ok(status);
                }
                Ok(None) => std::thread::sleep(pause.min(self.next()?)),
                Err(source) => {
                    return Err(ProgramError::Start { program: self.program.clone(), source });
                }
            }
            pause = (pause * 2).min(LOOK);
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { time: Duration::from_secs(20), bytes: 1000 };

    fn shell(script: &str, limits: Limits) -> Result<String, String> {
        let argv = ["sh", "-c", script].map(str::to_owned);
        run(&argv, limits, &AtomicBool::new(false))
            .map(|bytes| String::from_utf8(bytes).unwrap())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_a_program_prints_is_taken_whole() {
        assert_eq!(shell("printf hello; echo aside >&2", LIMITS).unwrap(), "hello");
    }

    #[test]
    fn a_program_may_complain_as_much_as_it_likes() {
        let script = "yes complaint | head -c 1000000 >&2; echo done";
        assert_eq!(shell(script, LIMITS).unwrap(), "done\n");
        let said = shell(&format!("{script}; echo at last >&2; exit 1"), LIMITS).unwrap_err();
        assert!(said.ends_with(": at last"), "{said}");
    }

    #[test]
    fn an_argument_is_one_argument_whatever_is_in_it() {
        let argv = ["printf", "%s", "$(id) `id` ; * 'x'"].map(str::to_owned);
        let printed = run(&argv, LIMITS, &AtomicBool::new(false)).unwrap();
        assert_eq!(printed, b"$(id) `id` ; * 'x'");
    }

    #[test]
    fn what_goes_wrong_is_a_sentence() {
        let short = Limits { time: Duration::from_millis(100), ..LIMITS };
        let cases = [
            (
                shell("echo one; echo 'no such day' >&2; exit 3", LIMITS),
                "exit status: 3: no such day",
            ),
            (shell("yes", LIMITS), "printed more than 0 MiB"),
            (shell("sleep 1000", short), "took longer than 0 s"),
            // What the program started holds its output open.
            (shell("sleep 1000 & echo started", short), "took longer than 0 s"),
        ];
        for (result, sentence) in cases {
            let said = result.unwrap_err();
            assert!(said.contains(sentence), "{said}");
        }
        let missing =
            run(&["no-such-program-anywhere".to_owned()], LIMITS, &AtomicBool::new(false));
        assert!(missing.unwrap_err().to_string().contains("was not found"));
        assert!(run(&[], LIMITS, &AtomicBool::new(false)).is_err());
        let argv = ["sleep", "1000"].map(str::to_owned);
        let stopped = run(&argv, LIMITS, &AtomicBool::new(true));
        assert!(matches!(stopped, Err(ProgramError::Stopped(_))));
    }

    #[test]
    fn all_that_a_slow_program_started_ends_with_it() {
        let home = tempfile::tempdir().unwrap();
        let pid = home.path().join("pid");
        let script = format!("sleep 1000 & echo $! > '{}'; wait", pid.display());
        shell(&script, Limits { time: Duration::from_millis(500), ..LIMITS }).unwrap_err();
        let pid: i32 = std::fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        // It may take the system a moment to notice.
        let gone = || {
            let path = format!("/proc/{}/stat", pid.as_raw_nonzero());
            let stat = std::fs::read_to_string(path);
            stat.is_err() || stat.is_ok_and(|stat| stat.contains(") Z "))
        };
        let start = Instant::now();
        while !gone() && start.elapsed() < Duration::from_secs(10) {
            std::thread::yield_now();
        }
        assert!(gone());
    }
}
