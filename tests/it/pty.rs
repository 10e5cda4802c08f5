//! The real program on a terminal of its own: starts it, presses keys, looks at the
//! screen. Waits for what is to be seen, never for a time.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal};
use tempfile::TempDir;

/// After this long a test has failed. Far more than any machine needs.
const DEADLINE: Duration = Duration::from_secs(30);

/// How the program is started.
pub struct Start {
    command: CommandBuilder,
    size: (u16, u16),
    home: Arc<TempDir>,
}

/// `dateline` with arguments, in a home of its own, with nothing else in its environment.
pub fn dateline(arguments: &[&str]) -> Start {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments);
    Start::new(command)
}

/// A line for the shell, where `dateline` is the program.
pub fn shell(line: &str) -> Start {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", &line.replace("dateline", env!("CARGO_BIN_EXE_dateline"))]);
    Start::new(command)
}

impl Start {
    fn new(mut command: CommandBuilder) -> Self {
        command.env_clear();
        command.env("PATH", "/usr/bin:/bin");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        let home = Arc::new(tempfile::tempdir().unwrap());
        Self { command, size: (100, 30), home: home.clone() }.at(home)
    }

    fn at(mut self, home: Arc<TempDir>) -> Self {
        self.command.env("HOME", home.path());
        self.command.env("DATELINE_CONFIG_DIR", home.path().join("config"));
        self.command.env("DATELINE_DATA_DIR", home.path().join("data"));
        self.command.cwd(home.path());
        self.home = home;
        self
    }

    /// Columns and rows of the terminal.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// In the home of a program that has ended: its next start.
    pub fn after(self, program: &Program) -> Self {
        self.at(program.home.clone())
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Writes a file in the home, where the program starts.
    pub fn file(self, name: &str, content: &[u8]) -> Self {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Starts the program, and takes the terminal away once some text was written to it,
    /// as when a window is closed. Returns how the program ended.
    pub fn hang_up_after(self, text: &str) -> ExitStatus {
        let pty = native_pty_system().openpty(pty_size(self.size)).unwrap();
        let child = pty.slave.spawn_command(self.command).unwrap();
        drop(pty.slave);
        let mut output = pty.master.try_clone_reader().unwrap();
        let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
        while !String::from_utf8_lossy(&bytes).contains(text) {
            let read = output.read(&mut buffer).unwrap();
            assert!(read > 0, "never saw {text}");
            bytes.extend_from_slice(&buffer[..read]);
        }
        drop((output, pty.master));
        wait_for_exit(child)
    }

    pub fn start(self) -> Program {
        let pty = native_pty_system().openpty(pty_size(self.size)).unwrap();
        let modes = modes(&*pty.master);
        let child = pty.slave.spawn_command(self.command).unwrap();
        drop(pty.slave);
        let shown = Arc::new((Mutex::new(Shown::new(self.size)), Condvar::new()));
        let (mut output, to) = (pty.master.try_clone_reader().unwrap(), shown.clone());
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let read = output.read(&mut buffer).unwrap_or(0);
                let mut shown = to.0.lock().unwrap();
                shown.bytes.extend_from_slice(&buffer[..read]);
                shown.terminal.process(&buffer[..read]);
                shown.closed = read == 0;
                to.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        let input = pty.master.take_writer().unwrap();
        Program { child: Some(child), master: pty.master, input, shown, modes, home: self.home }
    }
}

/// What came from the program so far.
struct Shown {
    terminal: vt100::Parser,
    bytes: Vec<u8>,
    closed: bool,
}

impl Shown {
    fn new((columns, rows): (u16, u16)) -> Self {
        let terminal = vt100::Parser::new(cells(rows), cells(columns), 0);
        Self { terminal, bytes: Vec::new(), closed: false }
    }
}

/// The program while it runs.
pub struct Program {
    child: Option<Box<dyn Child + Send + Sync>>,
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn Write + Send>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    /// The terminal's modes before the start.
    modes: String,
    home: Arc<TempDir>,
}

impl Program {
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Sends what keys send.
    pub fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        let mut shown = self.shown.0.lock().unwrap();
        shown.terminal.set_size(cells(rows), cells(columns));
        self.master.resize(pty_size((columns, rows))).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid(), signal).unwrap();
    }

    pub fn is_running(&mut self) -> bool {
        self.child.as_mut().unwrap().try_wait().unwrap().is_none()
    }

    /// The processes that the terminal's keys go to.
    pub fn foreground(&self) -> Pid {
        Pid::from_raw(self.master.process_group_leader().unwrap()).unwrap()
    }

    pub fn pid(&self) -> Pid {
        let pid = self.child.as_ref().unwrap().process_id().unwrap();
        Pid::from_raw(i32::try_from(pid).unwrap()).unwrap()
    }

    /// Waits until the screen is as wanted, and returns its text.
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> String {
        let end = Instant::now() + DEADLINE;
        let mut shown = self.shown.0.lock().unwrap();
        loop {
            if wanted(shown.terminal.screen()) {
                return shown.terminal.screen().contents();
            }
            let left = end.saturating_duration_since(Instant::now());
            let screen = shown.terminal.screen().contents();
            assert!(!left.is_zero() && !shown.closed, "never saw {what}, but:\n{screen}");
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// Waits until some text stands on the screen.
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(text, |screen| screen.contents().contains(text))
    }

    /// Waits for the end. Returns how it ended and every byte that was written.
    pub fn end(&mut self) -> (ExitStatus, Vec<u8>) {
        let status = wait_for_exit(self.child.take().unwrap());
        let mut shown = self.shown.0.lock().unwrap();
        while !shown.closed {
            let (next, late) = self.shown.1.wait_timeout(shown, DEADLINE).unwrap();
            assert!(!late.timed_out(), "the output never ended");
            shown = next;
        }
        (status, shown.bytes.clone())
    }

    /// The terminal is as it was before the start.
    pub fn assert_restored(&self) {
        let shown = self.shown.0.lock().unwrap();
        let screen = shown.terminal.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "paste is still bracketed");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let text = String::from_utf8_lossy(&shown.bytes);
        let last = |sequence: &str| text.rfind(sequence);
        assert!(last("\x1b[<1u") > last("\x1b[>1u"), "the keyboard is still in another mode");
        assert_eq!(text.matches("\x1b[22;2t").count(), text.matches("\x1b[23;2t").count());
        assert!(last("\x1b[?1004l") > last("\x1b[?1004h"), "focus is still reported");
        assert!(last("\x1b[?2026l") > last("\x1b[?2026h"), "a frame is still open");
        assert_eq!(modes(&*self.master), self.modes, "the line discipline is another");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A test that failed leaves nothing behind.
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
        }
    }
}

fn wait_for_exit(mut child: Box<dyn Child + Send + Sync>) -> ExitStatus {
    let (sender, ended) = std::sync::mpsc::channel();
    let mut killer = child.clone_killer();
    std::thread::spawn(move || sender.send(child.wait().unwrap()));
    ended.recv_timeout(DEADLINE).unwrap_or_else(|_| {
        killer.kill().unwrap();
        panic!("the program never ended");
    })
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
