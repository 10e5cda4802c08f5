//! How the program feels on a terminal: start, memory, keys, and rest. Prints figures.
//!
//! `cargo bench --bench terminal`. Linux only: it reads `/proc`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a program that measures, and stops where it cannot"
)]

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Ends every frame.
const FRAME: &[u8] = b"\x1b[?2026l";

struct Program {
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn Write + Send>,
    /// What came, and when.
    output: Receiver<(Instant, Vec<u8>)>,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
    _home: TempDir,
}

impl Program {
    fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC")] {
            command.env(name, value);
        }
        command.env("HOME", home.path());
        command.env("DATELINE_CONFIG_DIR", home.path().join("config"));
        command.env("DATELINE_DATA_DIR", home.path().join("data"));
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut bytes = pty.master.try_clone_reader().unwrap();
        let input = pty.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read) = bytes.read(&mut buffer)
                && read > 0
                && sender.send((Instant::now(), buffer[..read].to_vec())).is_ok()
            {}
        });
        let started = Instant::now();
        let child = pty.slave.spawn_command(command).unwrap();
        Self { child, input, output, started, _master: pty.master, _home: home }
    }

    /// Time from `from` until a frame was sent whole.
    fn frame(&self, from: Instant) -> Duration {
        let mut seen = Vec::new();
        loop {
            let (when, bytes) = self.output.recv_timeout(Duration::from_secs(10)).unwrap();
            seen.extend(bytes);
            if contains(&seen, FRAME) {
                return when - from;
            }
        }
    }

    /// Takes output until there has been none for a while. Returns it, and when the last came.
    fn settle(&self) -> (Vec<u8>, Instant) {
        let (mut bytes, mut last) = (Vec::new(), self.started);
        loop {
            match self.output.recv_timeout(Duration::from_millis(200)) {
                Ok((when, more)) => {
                    bytes.extend(more);
                    last = when;
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return (bytes, last);
                }
            }
        }
    }

    fn press(&mut self, keys: &str) -> Instant {
        let now = Instant::now();
        self.input.write_all(keys.as_bytes()).unwrap();
        now
    }

    fn proc(&self, file: &str) -> String {
        let pid = self.child.process_id().unwrap();
        std::fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap()
    }

    /// Memory in MiB, by its name in `/proc/PID/status`.
    fn memory(&self, name: &str) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kib / 1024.0
    }

    /// Nanoseconds on a processor, of all threads, and how often they were woken.
    fn cpu(&self) -> (u64, u64) {
        let pid = self.child.process_id().unwrap();
        let (mut time, mut switches) = (0, 0);
        for task in std::fs::read_dir(format!("/proc/{pid}/task")).unwrap() {
            let task = task.unwrap().path();
            let stat = std::fs::read_to_string(task.join("schedstat")).unwrap();
            time += stat.split_whitespace().next().unwrap().parse::<u64>().unwrap();
            let status = std::fs::read_to_string(task.join("status")).unwrap();
            let line = status.lines().find(|line| line.starts_with("voluntary")).unwrap();
            switches += line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap();
        }
        (time, switches)
    }

    fn quit(mut self) -> Duration {
        let from = self.press("\x03");
        self.child.wait().unwrap();
        from.elapsed()
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{what:<28} p50 {:>9.3?}   p99 {:>9.3?}   worst {:>9.3?}", at(50), at(99), at(100));
}

fn main() {
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for _ in 0..30 {
        let program = Program::start();
        starts.push(program.frame(program.started));
        program.settle();
        ends.push(program.quit());
    }
    show("start to first frame", starts);
    show("quit to exit", ends);

    let mut program = Program::start();
    program.settle();
    let (resident, peak) = (program.memory("VmRSS"), program.memory("VmHWM"));
    println!("{:<28} {resident:.1} MiB, at most {peak:.1} MiB", "memory after the start");

    for (what, key) in [("key in the list", "j"), ("key in an article", "j")] {
        let mut times = Vec::new();
        for n in 0..300 {
            // Down and up, so that there is always something to draw.
            let from = program.press(if n / 10 % 2 == 0 { key } else { "k" });
            times.push(program.frame(from));
        }
        show(what, times);
        program.press("\r");
        program.settle();
    }

    let from = program.press(&"j".repeat(1000));
    let (bytes, last) = program.settle();
    let frames = bytes.windows(FRAME.len()).filter(|window| *window == FRAME).count();
    println!(
        "{:<28} {:.1?}, {frames} frames, {} KiB",
        "1,000 keys at once",
        last - from,
        bytes.len() / 1024
    );

    program.settle();
    std::thread::sleep(Duration::from_secs(8)); // Notices expire, marks are written.
    let before = program.cpu();
    std::thread::sleep(Duration::from_secs(2));
    let after = program.cpu();
    println!(
        "{:<28} {:.3} ms of processor time, woken {} times",
        "2 s of rest",
        (after.0 - before.0) as f64 / 1e6,
        after.1 - before.1
    );
    println!("{:<28} {:.1} MiB", "memory at the end", program.memory("VmRSS"));
    program.quit();
}
