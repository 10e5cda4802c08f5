//! The tables of `library.db`, as numbered migrations, and how a connection is set up.
//!
//! A migration that was released is never edited: a change is a new one at the end.
#![expect(clippy::disallowed_methods, reason = "a port: it makes the file of the library")]

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::StoreError;

/// How long one process waits for another's transaction.
const PATIENCE: Duration = Duration::from_secs(20);

/// What tells the file from other databases, plus the number of its schema. That both
/// numbers of the head agree tells a newer schema from a damaged number.
const APPLICATION: i32 = 0x6474_6c00;

/// The schema by steps; how many were taken is the `user_version` of the file.
///
/// A story's number is its order date (seconds) times 2^20, and a number within the
/// second. So the list is the table `story` from its end, a page is a seek, and the rows
/// that lists show lie together, away from the texts.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE source (
        source INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        health TEXT NOT NULL
    ) STRICT;
    -- The rows of lists.
    CREATE TABLE story (
        story INTEGER PRIMARY KEY,
        id BLOB NOT NULL,
        source INTEGER NOT NULL, -- that had it first
        body INTEGER NOT NULL,
        minutes INTEGER NOT NULL,
        title TEXT NOT NULL
    ) STRICT;
    CREATE INDEX story_of_source ON story (source);
    -- Further sources of a story.
    CREATE TABLE shared (
        story INTEGER NOT NULL,
        source INTEGER NOT NULL,
        PRIMARY KEY (story, source)
    ) STRICT, WITHOUT ROWID;
    -- Every id that is a story, with the digest of what it last said.
    CREATE TABLE entry (
        id BLOB PRIMARY KEY,
        story INTEGER NOT NULL,
        digest INTEGER NOT NULL,
        alias INTEGER NOT NULL -- 1 if the story has another id for its own
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_alias ON entry (story) WHERE alias = 1;
    -- Every address that a story was ever at, as a hash.
    CREATE TABLE address (
        address INTEGER NOT NULL,
        story INTEGER NOT NULL,
        PRIMARY KEY (address, story)
    ) STRICT, WITHOUT ROWID;
    -- Every title that a story ever had, folded, as a hash.
    CREATE TABLE title (
        title INTEGER NOT NULL,
        story INTEGER NOT NULL,
        PRIMARY KEY (title, story)
    ) STRICT, WITHOUT ROWID;
    -- What is read of a story when it is opened. In order of coming, so that a fetch
    -- writes pages once. The text is last: it is left alone when only the rest is wanted.
    CREATE TABLE body (
        body INTEGER PRIMARY KEY,
        entry_id TEXT NOT NULL,
        first_seen INTEGER NOT NULL,
        published INTEGER,
        updated INTEGER,
        link TEXT,
        rest TEXT,
        kind INTEGER NOT NULL,
        content TEXT
    ) STRICT;
    -- How stories read before they were changed.
    CREATE TABLE version (
        version INTEGER PRIMARY KEY,
        story INTEGER NOT NULL,
        until INTEGER NOT NULL,
        title TEXT NOT NULL,
        kind INTEGER NOT NULL,
        content TEXT
    ) STRICT;
    CREATE INDEX version_of_story ON version (story);
"];

/// How far a file's schema has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// There are no tables yet.
    Empty,
    /// A writer has to bring it up to date.
    Older,
    Current,
}

/// Opens the file to write, makes it if it is not there, and brings its schema up to date.
pub(super) fn open_to_write(path: &Path) -> Result<Connection, StoreError> {
    let at = |source| StoreError::Io { path: path.to_owned(), source };
    make(path).map_err(at)?;
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare_to_write(&db, path)?;
    Ok(db)
}

/// Opens the file to read, if there is one.
pub(super) fn open_to_read(path: &Path) -> Result<Option<Connection>, StoreError> {
    if !path.try_exists().map_err(|source| StoreError::Io { path: path.to_owned(), source })? {
        return Ok(None);
    }
    // To share the index of the log with writers, readers write in it too.
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    match progress(&db, path)? {
        Progress::Empty => return Ok(None),
        Progress::Older => drop(open_to_write(path)?),
        Progress::Current => {}
    }
    let set = || {
        db.pragma_update(None, "query_only", true)?;
        db.pragma_update(None, "cache_size", -256)
    };
    set().map_err(|error| StoreError::of(path, error))?;
    Ok(Some(db))
}

/// Moves what is in the log into the file, as far as no reader needs it.
pub(super) fn empty_log(path: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    // The last connection deletes the log by its name, which may be that of another file's
    // by now. This one is never meant to be the last.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    db.execute_batch("PRAGMA wal_checkpoint(PASSIVE)")
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let open = || {
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(PATIENCE)?;
        // Pages that do not add up are refused instead of misread.
        db.pragma_update(None, "cell_size_check", true)?;
        // Plans may not depend on the values that are asked for, or statements are prepared
        // anew for every one of them.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        db.set_prepared_statement_cache_capacity(32);
        Ok(db)
    };
    open().map_err(|error| StoreError::of(path, error))
}

/// Makes the file, for its owner alone. The log beside it gets the same permissions.
fn make(path: &Path) -> io::Result<()> {
    if let Some(dir) = path.parent() {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(dir)?;
    }
    let mut options = OpenOptions::new();
    // One that is there is not touched: to close it would take the locks that this process
    // has on it (POSIX).
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn prepare_to_write(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::of(path, error);
    let set = || {
        // Has an effect on a new file alone.
        db.pragma_update(None, "page_size", PAGE_SIZE)?;
        use_log(db)?;
        // Safe against a crash of the program; a power cut may take the last moments.
        db.pragma_update(None, "synchronous", "normal")?;
        db.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        db.pragma_update(None, "journal_size_limit", 8 << 20)
    };
    set().map_err(failed)?;
    match progress(db, path)? {
        Progress::Current => Ok(()),
        Progress::Empty | Progress::Older => migrate(db, path),
    }
}

/// Lets readers read while one writes. Two processes that begin a library at once meet
/// here, and this does not wait for the other as statements do.
fn use_log(db: &Connection) -> rusqlite::Result<()> {
    let set = || db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()));
    let pause = Duration::from_millis(10);
    for _ in 0..PATIENCE.as_millis() / pause.as_millis() {
        match set() {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                std::thread::sleep(pause);
            }
            done => return done,
        }
    }
    set()
}

/// Bytes of a page. Two or three texts go into one of these, so that storing them takes
/// a quarter less time than with pages of 4 KiB; reading is as fast.
const PAGE_SIZE: u32 = 16_384;

/// Lets a writer keep the pages that it changes again and again. Ids and hashes are random,
/// so that each story changes other pages of every index: where all of them stay, a
/// transaction writes each of them once, and texts only pass through. They are about a
/// twelfth of the file.
pub(super) fn fit_cache(db: &Connection) -> rusqlite::Result<()> {
    let pages: i64 = db.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let kibibytes = pages.saturating_mul(i64::from(PAGE_SIZE) / 1024) / 12;
    // Negative: the database counts pages otherwise.
    db.pragma_update(None, "cache_size", -kibibytes.clamp(8_000, 28_000))
}

/// Pages of the log after which the writer itself moves them into the file: 128 MiB. It is
/// emptied meanwhile, but begins anew only where that has caught up.
const CHECKPOINT_PAGES: u32 = 8_000;

fn migrate(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::of(path, error);
    let behavior = TransactionBehavior::Immediate;
    let step = rusqlite::Transaction::new_unchecked(db, behavior).map_err(failed)?;
    // Another process may have been quicker.
    let (version, _) = numbers(&step).map_err(failed)?;
    let taken = usize::try_from(version).unwrap_or(usize::MAX);
    let take = || {
        for migration in MIGRATIONS.iter().skip(taken) {
            step.execute_batch(migration)?;
        }
        let version = known();
        step.pragma_update(None, "user_version", version)?;
        step.pragma_update(None, "application_id", APPLICATION + version)
    };
    take().map_err(failed)?;
    step.commit().map_err(failed)
}

/// How far the file is, unless it is nothing that this program can use.
fn progress(db: &Connection, path: &Path) -> Result<Progress, StoreError> {
    let failed = |error| StoreError::of(path, error);
    // As of one moment: another process may be making the tables just now.
    let read = || {
        let moment = db.unchecked_transaction()?;
        let (version, application) = numbers(&moment)?;
        let tables: i64 =
            moment.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        moment.finish()?;
        Ok((version, application, tables))
    };
    let (version, application, tables) = read().map_err(failed)?;
    if version == 0 && application == 0 {
        if tables == 0 {
            return Ok(Progress::Empty);
        }
    } else if version > 0 && application.checked_sub(version) == Some(APPLICATION) {
        return match version.cmp(&known()) {
            std::cmp::Ordering::Less => Ok(Progress::Older),
            std::cmp::Ordering::Equal => Ok(Progress::Current),
            std::cmp::Ordering::Greater => Err(StoreError::Newer(path.to_owned())),
        };
    }
    let reason = "it is no library of dateline's".to_owned();
    Err(StoreError::Damaged { path: path.to_owned(), reason })
}

/// The schema of this program.
fn known() -> i32 {
    i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX)
}

/// The file's `user_version` and `application_id`.
fn numbers(db: &Connection) -> rusqlite::Result<(i32, i32)> {
    // Read together, so that no migration comes between.
    db.query_row(
        "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
