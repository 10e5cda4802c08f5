//! The pool: a few threads for what takes longer than a frame.
//!
//! A job that panics fails alone, and says so by the message it was given for that.
//! Nobody ever waits for a job: at the end of the program the threads just end with it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Input;
use crate::app::message::Message;

/// How the names of the pool's threads begin; a panic on one of them is no end of the program.
pub const THREAD_NAME: &str = "worker";

type Work = Box<dyn FnOnce(&Sender<Input>) + Send>;

struct Job {
    work: Work,
    /// What the machine hears if the work panics.
    failed: Message,
}

/// Threads that wait for work.
#[derive(Debug)]
pub struct Workers {
    jobs: Sender<Job>,
}

impl Workers {
    /// Starts `threads` threads, whose results go to `inbox`.
    pub fn start(threads: usize, inbox: &Sender<Input>) -> io::Result<Self> {
        let (jobs, queue) = unbounded();
        for number in 0..threads {
            let (queue, inbox) = (queue.clone(), inbox.clone());
            let thread = std::thread::Builder::new().name(format!("{THREAD_NAME} {number}"));
            thread.spawn(move || work(&queue, &inbox))?;
        }
        Ok(Self { jobs })
    }

    /// Does some work as soon as a thread is free, in the order of asking. `failed` is
    /// sent in place of the result if the work panics.
    pub fn run(&self, failed: Message, work: impl FnOnce(&Sender<Input>) + Send + 'static) {
        // The threads live as long as this queue, so there is always somebody to take it.
        let _ = self.jobs.send(Job { work: Box::new(work), failed });
    }
}

fn work(queue: &Receiver<Job>, inbox: &Sender<Input>) {
    while let Ok(Job { work, failed }) = queue.recv() {
        if catch_unwind(AssertUnwindSafe(|| work(inbox))).is_err()
            && inbox.send(Input::Message(failed)).is_err()
        {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_job_that_panics_says_so_and_the_next_one_is_done() {
        let (inbox, outbox) = unbounded();
        let workers = Workers::start(1, &inbox).unwrap();
        let failed = Message::Failed("The story could not be read.".to_owned());
        workers.run(failed.clone(), |_| std::panic::resume_unwind(Box::new("on purpose")));
        workers.run(failed.clone(), |inbox| {
            inbox.send(Input::Message(Message::StoriesComplete)).unwrap();
        });
        let next = || match outbox.recv_timeout(Duration::from_secs(10)).unwrap() {
            Input::Message(message) => message,
            other => panic!("{other:?}"),
        };
        assert_eq!(next(), failed);
        assert_eq!(next(), Message::StoriesComplete);
    }

    #[test]
    fn nobody_waits_for_a_slow_job_at_the_end() {
        let (inbox, _outbox) = unbounded();
        let (release, held) = unbounded::<()>();
        let workers = Workers::start(1, &inbox).unwrap();
        workers.run(Message::StoriesComplete, move |_| {
            let _ = held.recv();
        });
        drop(workers); // Would hang here.
        drop(release);
    }
}
