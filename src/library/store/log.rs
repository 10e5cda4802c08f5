//! `Log`: what was committed moves from the log of the database into its file while the
//! writer goes on, since that waits for the disk.

use std::path::Path;
use std::thread::{self, JoinHandle};

use super::schema;

/// The log of one database, and the thread that empties it, if one does.
#[derive(Debug, Default)]
pub(super) struct Log {
    emptying: Option<JoinHandle<()>>,
}

impl Log {
    /// Begins to move what is in the log of the database at `path`, unless that is being
    /// done. What cannot be moved now is moved the next time, at the latest by the writer.
    pub fn empty(&mut self, path: &Path) {
        if self.emptying.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return;
        }
        let path = path.to_owned();
        // Its own connection: the file may be another one by the next time.
        let empty = move || {
            let _ = schema::empty_log(&path);
        };
        self.emptying = thread::Builder::new().name("log".to_owned()).spawn(empty).ok();
    }

    /// Waits until nothing is being moved.
    pub fn settle(&mut self) {
        if let Some(thread) = self.emptying.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.settle();
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn what_is_in_the_log_moves_into_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        let db = schema::open_to_write(&path).unwrap();
        let begun = std::fs::metadata(&path).unwrap().len();
        db.execute_batch(
            "INSERT INTO source (key, name, health)
                VALUES ('a', 'A', hex(zeroblob(100000))), ('b', 'B', hex(zeroblob(100000)))",
        )
        .unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), begun, "in the log only");
        let mut log = Log::default();
        log.empty(&path);
        log.settle();
        assert!(std::fs::metadata(&path).unwrap().len() > begun + 200_000);
        // Where there is no database, none is made.
        let other = dir.path().join("other.db");
        log.empty(&other);
        log.settle();
        assert!(!other.exists());
        let sources = |db: &Connection| -> i64 {
            db.query_row("SELECT count(*) FROM source", [], |row| row.get(0)).unwrap()
        };
        assert_eq!(sources(&db), 2);
    }
}
