//! `Queue`: what waits between two stages of the refresh, bounded by bytes.
//!
//! A channel bounded by number would hold megabytes of one feed and kilobytes of another
//! alike. Whoever puts something in waits until there is room; something larger than the
//! whole queue goes in alone.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A queue of things of different sizes, between threads.
#[derive(Debug)]
pub(super) struct Queue<T> {
    /// Bytes that may wait.
    room: usize,
    state: Mutex<State<T>>,
    came: Condvar,
    went: Condvar,
}

/// One that puts things into a queue. When the last is gone, the queue ends, however that
/// happened.
#[derive(Debug)]
pub(super) struct Source<'a, T>(&'a Queue<T>);

impl<T> Source<'_, T> {
    /// Puts something in, when there is room for it. Returns whether anybody will take it.
    pub fn put(&self, item: T, bytes: usize) -> bool {
        self.0.put(item, bytes)
    }
}

impl<T> Drop for Source<'_, T> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.sources = state.sources.saturating_sub(1);
        self.0.came.notify_all();
    }
}

#[derive(Debug)]
struct State<T> {
    waiting: VecDeque<(T, usize)>,
    bytes: usize,
    /// Those that may still put something in.
    sources: usize,
    /// Nobody takes anything any more.
    closed: bool,
}

impl<T> State<T> {
    /// Nothing waits, and something may still be put in.
    fn may_come(&self) -> bool {
        self.waiting.is_empty() && self.sources > 0 && !self.closed
    }
}

impl<T> Queue<T> {
    /// A queue without a [`Source`] yet.
    pub fn new(room: usize) -> Self {
        let state = State { waiting: VecDeque::new(), bytes: 0, sources: 0, closed: false };
        Self { room, state: Mutex::new(state), came: Condvar::new(), went: Condvar::new() }
    }

    fn put(&self, item: T, bytes: usize) -> bool {
        let mut state = self.lock();
        while !state.closed && !state.waiting.is_empty() && state.bytes + bytes > self.room {
            state = self.went.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return false;
        }
        state.bytes += bytes;
        state.waiting.push_back((item, bytes));
        self.came.notify_one();
        true
    }

    /// Takes the next thing, as soon as there is one. None when nothing can come any more.
    pub fn take(&self) -> Option<T> {
        let state = self.lock();
        let state = self.came.wait_while(state, |state| state.may_come());
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        let (item, bytes) = state.waiting.pop_front()?;
        state.bytes -= bytes;
        self.went.notify_all();
        Some(item)
    }

    /// Takes all that waits, as soon as there is something; nothing if nothing comes within
    /// `patience`. None when nothing can come any more.
    pub fn take_all(&self, patience: Duration) -> Option<Vec<T>> {
        let state = self.lock();
        let (mut state, _) = self
            .came
            .wait_timeout_while(state, patience, |state| state.may_come())
            .unwrap_or_else(PoisonError::into_inner);
        if state.waiting.is_empty() && !state.may_come() {
            return None;
        }
        state.bytes = 0;
        let waiting = std::mem::take(&mut state.waiting);
        self.went.notify_all();
        Some(waiting.into_iter().map(|(item, _)| item).collect())
    }

    /// One of the sources, until it is dropped. All are made before anybody takes.
    pub fn source(&self) -> Source<'_, T> {
        self.lock().sources += 1;
        Source(self)
    }

    /// Nobody takes anything any more: what waits is dropped, and nobody waits for room.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.waiting.clear();
        self.came.notify_all();
        self.went.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing that can panic is done while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out_in_order_and_then_it_ends() {
        let queue = Queue::new(100);
        let source = queue.source();
        assert!(source.put(1, 60));
        assert!(source.put(2, 40));
        assert_eq!(queue.take(), Some(1));
        assert!(source.put(3, 10));
        drop(source);
        assert_eq!(queue.take_all(Duration::ZERO), Some(vec![2, 3]));
        assert_eq!(queue.take(), None);
        assert_eq!(queue.take_all(Duration::ZERO), None);
    }

    #[test]
    fn whoever_finds_no_room_waits_for_it() {
        let queue = Queue::new(100);
        let source = queue.source();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for number in 0..50 {
                    // Larger than the queue, and still not refused.
                    source.put(number, 150);
                }
            });
            let taken: Vec<i32> = std::iter::from_fn(|| queue.take()).collect();
            assert_eq!(taken, (0..50).collect::<Vec<_>>());
        });
    }

    #[test]
    fn nobody_waits_for_a_queue_that_is_closed() {
        let queue = Queue::new(100);
        let source = queue.source();
        assert!(source.put(1, 100));
        std::thread::scope(|scope| {
            let blocked = scope.spawn(|| source.put(2, 100));
            queue.close();
            assert!(!blocked.join().unwrap());
        });
        assert_eq!(queue.take(), None);
    }
}
