//! `Reader`: what the library tells.
//!
//! Sees whole transactions only, and none half done. An answer is as of its own moment:
//! between two calls another process may have written.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};
use url::Url;

use super::damage::{self, Identity};
use super::identity::{address_key, title_key};
use super::row::{self, Rest};
use super::{FILE, SetAside, StoreError, StoredEntry, Version, health, schema};
use crate::feed::Content;
use crate::feed::health::Health;
use crate::story::{Details, Source, SourceKey, Story, StoryId};
use crate::text::sanitize::SafeText;

/// Where a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(i64);

/// How much has come: what comes later is told from what was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tide {
    body: i64,
    version: i64,
}

/// What has come since a tide, the latest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Since {
    pub new: Vec<Story>,
    /// Stories that were there and say something else now.
    pub revised: Vec<Story>,
}

/// A part of the list of all stories, the latest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Without details.
    pub stories: Vec<Story>,
    /// None after the last story.
    pub next: Option<Cursor>,
}

/// One that reads; any number may, while one writes.
#[derive(Debug)]
pub struct Reader {
    path: PathBuf,
    db: Connection,
    file: Option<Identity>,
    shown: RefCell<Shown>,
    visible: Option<HashSet<SourceKey>>,
}

/// The sources of rows, and which stories are in several.
#[derive(Debug, Default)]
struct Shown {
    sources: HashMap<i64, Arc<Source>>,
    /// Further sources of stories.
    shared: HashMap<i64, Vec<i64>>,
    /// The state of the file at which they were read, as it counts itself.
    version: Option<i64>,
}

/// What the list's table has of a story.
const LIST: &str = "SELECT story, id, source, minutes, title FROM story";

/// The same with all but the text.
const DETAILS: &str = "SELECT story.story, story.id, source, minutes, title,
    entry_id, first_seen, published, updated, link, rest, kind, content
    FROM story JOIN body USING (body)";

impl Reader {
    /// Opens the library in the data directory; none is there before the first refresh.
    pub fn open(dir: &Path) -> Result<Option<Self>, StoreError> {
        let path = dir.join(FILE);
        let Some(db) = schema::open_to_read(&path)? else { return Ok(None) };
        let file = Identity::of(&path);
        let shown = RefCell::default();
        Ok(Some(Self { path, db, file, shown, visible: None }))
    }

    /// Shows the stories of these sources alone; without it, of all. What is not shown can
    /// still be asked for by its id.
    pub fn show_only(&mut self, visible: Option<HashSet<SourceKey>>) {
        self.visible = visible;
    }

    /// Whether the file was replaced or deleted, so that this reader sees an old one.
    pub fn is_stale(&self) -> bool {
        Identity::of(&self.path) != self.file
    }

    /// Puts a damaged library out of the way, unless another process has done it.
    pub fn set_aside(self, reason: &str) -> Result<Option<SetAside>, StoreError> {
        let Self { path, db, file, .. } = self;
        drop(db);
        damage::set_aside(&path, file, reason.to_owned())
    }

    /// How many stories are stored, hidden ones included.
    pub fn count(&self) -> Result<usize, StoreError> {
        self.ask(|| {
            let count: i64 =
                self.db.query_row("SELECT count(*) FROM entry WHERE alias = 0", [], |row| {
                    row.get(0)
                })?;
            Ok(usize::try_from(count).unwrap_or(0))
        })
    }

    /// Up to `limit` stories, the latest first. Each is there once, with the first of its
    /// sources that is shown.
    pub fn page(&self, after: Option<Cursor>, limit: usize) -> Result<Page, StoreError> {
        self.ask(|| {
            let shown = self.shown()?;
            let mut query =
                self.db.prepare_cached(&format!("{LIST} WHERE story < ?1 ORDER BY story DESC"))?;
            let mut rows = query.query([after.map_or(i64::MAX, |cursor| cursor.0)])?;
            let mut page = Page::default();
            while let Some(row) = rows.next()? {
                if page.stories.len() == limit {
                    return Ok(page);
                }
                let number = row.get(0)?;
                if let Some(source) = self.source(&shown, number, row.get(2)?) {
                    page.stories.push(story(row, number, source.clone())?);
                    page.next = Some(Cursor(number));
                }
            }
            page.next = None;
            Ok(page)
        })
    }

    /// How much has come so far.
    pub fn tide(&self) -> Result<Tide, StoreError> {
        let query = "SELECT (SELECT coalesce(max(body), 0) FROM body),
            (SELECT coalesce(max(version), 0) FROM version)";
        let tide = |row: &Row<'_>| Ok(Tide { body: row.get(0)?, version: row.get(1)? });
        self.ask(|| self.db.prepare_cached(query)?.query_row([], tide))
    }

    /// The stories that are shown and have come since, or were changed since.
    pub fn since(&self, before: Tide) -> Result<Since, StoreError> {
        let Tide { body, version } = before;
        let new = self.rows("WHERE body > ?1 ORDER BY story DESC", [body])?;
        let revised = "WHERE story IN (SELECT story FROM version WHERE version > ?2)
            AND body <= ?1 ORDER BY story DESC";
        Ok(Since { new, revised: self.rows(revised, [body, version])? })
    }

    /// What more than one source has: the story, and each source beside the first that is
    /// shown.
    pub fn shared(&self) -> Result<Vec<(StoryId, Arc<Source>)>, StoreError> {
        // In this order: the planner would go through all stories, which are many, for the few
        // that are shared.
        let query = "SELECT story.id, shared.source FROM shared CROSS JOIN story USING (story)";
        self.ask(|| {
            let shown = self.shown()?;
            let mut query = self.db.prepare_cached(query)?;
            let mut rows = query.query([])?;
            let mut shared = Vec::new();
            while let Some(row) = rows.next()? {
                let source = shown.sources.get(&row.get(1)?);
                if let Some(source) = source.filter(|source| self.shows(&source.key)) {
                    shared.push((StoryId::from_bytes(row.get(0)?), source.clone()));
                }
            }
            Ok(shared)
        })
    }

    /// A story with its details, by any of its ids.
    pub fn story(&self, id: StoryId) -> Result<Option<Story>, StoreError> {
        self.ask(|| self.detailed(id, |detailed, _| Ok(detailed.story)))
    }

    /// All that is stored of a story, by any of its ids.
    pub fn entry(&self, id: StoryId) -> Result<Option<StoredEntry>, StoreError> {
        self.ask(|| {
            self.detailed(id, |detailed, row| {
                Ok(StoredEntry { content: row::content(row, 11)?, ..detailed })
            })
        })
    }

    /// How a story read before, the oldest first.
    pub fn versions(&self, id: StoryId) -> Result<Vec<Version>, StoreError> {
        let query = "SELECT until, title, kind, content FROM version
            WHERE story = (SELECT story FROM entry WHERE id = ?1) ORDER BY version";
        self.ask(|| {
            self.db
                .prepare_cached(query)?
                .query_map([id.as_bytes()], |row| {
                    Ok(Version {
                        until: row::time(row.get(0)?).unwrap_or_default(),
                        title: row::title(row, 1)?,
                        content: row::content(row, 2)?,
                    })
                })?
                .collect()
        })
    }

    /// Every id that is not the one that its story has: the story's own and the other one.
    pub fn aliases(&self) -> Result<Vec<(StoryId, StoryId)>, StoreError> {
        let query = "SELECT story.id, entry.id FROM entry JOIN story USING (story) WHERE alias = 1";
        let ids = |row: &Row<'_>| {
            Ok((StoryId::from_bytes(row.get(0)?), StoryId::from_bytes(row.get(1)?)))
        };
        self.ask(|| self.db.prepare_cached(query)?.query_map([], ids)?.collect())
    }

    /// How it stands with each feed that was ever asked, by the library in the data
    /// directory, if there is one.
    pub fn health_in(dir: &Path) -> Result<HashMap<SourceKey, Health>, StoreError> {
        Self::open(dir)?.map_or_else(|| Ok(HashMap::new()), |reader| reader.health())
    }

    /// How it stands with each feed that was ever asked.
    pub fn health(&self) -> Result<HashMap<SourceKey, Health>, StoreError> {
        self.ask(|| {
            self.db
                .prepare_cached("SELECT key, health FROM source")?
                .query_map([], |row| {
                    let key = row::text(row, 0)?.unwrap_or_default();
                    let json = row::text(row, 1)?.unwrap_or_default();
                    Ok((SourceKey::new(&key), health::from_json(&json)))
                })?
                .collect()
        })
    }

    /// Tells of every story that is shown, the latest first, until it is answered `false`;
    /// with what it says only where that is asked for.
    pub fn each(
        &self,
        content: bool,
        tell: &mut dyn FnMut(StoredEntry) -> bool,
    ) -> Result<(), StoreError> {
        self.ask(|| {
            let shown = self.shown()?;
            let mut query =
                self.db.prepare_cached(&format!("{DETAILS} ORDER BY story.story DESC"))?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let mut sources = self.sources(&shown, row.get(0)?, row.get(2)?).cloned();
                let Some(source) = sources.next() else { continue };
                let mut entry = detailed(row, source)?;
                entry.further = sources.collect();
                if content {
                    entry.content = row::content(row, 11)?;
                }
                if !tell(entry) {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The shown stories that were ever at an address: of the very part of a page, else of
    /// the page.
    pub fn at_address(&self, url: &Url) -> Result<Vec<Story>, StoreError> {
        let page = || {
            let mut page = url.clone();
            page.set_fragment(None);
            address_key(&page)
        };
        let part = self.keyed("address", address_key(url))?;
        if part.is_empty() && url.fragment().is_some() {
            return self.keyed("address", page());
        }
        Ok(part)
    }

    /// The shown stories that ever had a title, but for how it is typed.
    pub fn titled(&self, title: &str) -> Result<Vec<Story>, StoreError> {
        self.keyed("title", title_key(title))
    }

    /// The latest stories that a source had first.
    pub fn latest_of(&self, source: &SourceKey, limit: usize) -> Result<Vec<Story>, StoreError> {
        let condition = "WHERE source = (SELECT source FROM source WHERE key = ?1)
            ORDER BY story DESC LIMIT ?2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.rows(condition, params![source.as_str(), limit])
    }

    /// The shown stories with a key in one of the two tables of keys.
    fn keyed(&self, table: &str, key: Option<i64>) -> Result<Vec<Story>, StoreError> {
        let Some(key) = key else { return Ok(Vec::new()) };
        let condition =
            format!("WHERE story IN (SELECT story FROM {table} WHERE {table} = ?1) ORDER BY story");
        self.rows(&condition, [key])
    }

    /// The shown stories of some rows of the list's table.
    fn rows(&self, condition: &str, values: impl Params) -> Result<Vec<Story>, StoreError> {
        self.ask(|| {
            let shown = self.shown()?;
            let mut query = self.db.prepare_cached(&format!("{LIST} {condition}"))?;
            let mut rows = query.query(values)?;
            let mut stories = Vec::new();
            while let Some(row) = rows.next()? {
                let number = row.get(0)?;
                if let Some(source) = self.source(&shown, number, row.get(2)?) {
                    stories.push(story(row, number, source.clone())?);
                }
            }
            Ok(stories)
        })
    }

    fn detailed<T>(
        &self,
        id: StoryId,
        with: impl FnOnce(StoredEntry, &Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Option<T>> {
        let shown = self.shown()?;
        self.db
            .prepare_cached(&format!(
                "{DETAILS} WHERE story.story = (SELECT story FROM entry WHERE id = ?1)"
            ))?
            .query_row([id.as_bytes()], |row| {
                let first = row.get(2)?;
                let mut sources = self.sources(&shown, row.get(0)?, first).cloned();
                // What is hidden is not shown in lists, but it can be told of.
                let source = sources.next().or_else(|| shown.sources.get(&first).cloned());
                let source = source.unwrap_or_else(|| Arc::new(Source::site(SafeText::default())));
                let further = sources.collect();
                with(StoredEntry { further, ..detailed(row, source)? }, row)
            })
            .optional()
    }

    /// Asks, as of one moment.
    fn ask<T>(&self, question: impl FnOnce() -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let answer = || {
            let moment = self.db.unchecked_transaction()?;
            let answer = question()?;
            moment.finish()?;
            Ok(answer)
        };
        answer().map_err(|error| StoreError::of(&self.path, error))
    }

    /// The sources, read again if anything was written since.
    fn shown(&self) -> rusqlite::Result<std::cell::Ref<'_, Shown>> {
        let version = self.db.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        if self.shown.borrow().version != Some(version) {
            let sources = self
                .db
                .prepare_cached("SELECT key, name, source FROM source")?
                .query_map([], |row| Ok((row.get(2)?, Arc::new(row::source(row)?))))?
                .collect::<rusqlite::Result<_>>()?;
            let mut shared: HashMap<i64, Vec<i64>> = HashMap::new();
            let mut query = self.db.prepare_cached("SELECT story, source FROM shared")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                shared.entry(row.get(0)?).or_default().push(row.get(1)?);
            }
            *self.shown.borrow_mut() = Shown { sources, shared, version: Some(version) };
        }
        Ok(self.shown.borrow())
    }

    fn shows(&self, source: &SourceKey) -> bool {
        self.visible.as_ref().is_none_or(|visible| visible.contains(source))
    }

    /// The first source of a story that is shown.
    fn source<'a>(&self, shown: &'a Shown, story: i64, first: i64) -> Option<&'a Arc<Source>> {
        self.sources(shown, story, first).next()
    }

    /// The sources of a story that are shown, in order of coming.
    fn sources<'a>(
        &self,
        shown: &'a Shown,
        story: i64,
        first: i64,
    ) -> impl Iterator<Item = &'a Arc<Source>> {
        let further = shown.shared.get(&story).into_iter().flatten().copied();
        std::iter::once(first)
            .chain(further)
            .filter_map(|number| shown.sources.get(&number))
            .filter(|source| self.shows(&source.key))
    }
}

/// A story of the columns of [`LIST`].
fn story(row: &Row<'_>, number: i64, source: Arc<Source>) -> rusqlite::Result<Story> {
    Ok(Story {
        id: StoryId::from_bytes(row.get(1)?),
        title: row::title(row, 4)?,
        source,
        published: Some(row::published(number)),
        minutes: row.get(3)?,
        details: None,
    })
}

/// What the columns of [`DETAILS`] say but for the content.
fn detailed(row: &Row<'_>, source: Arc<Source>) -> rusqlite::Result<StoredEntry> {
    let rest = Rest::from_json(row::text(row, 10)?);
    let url = row::text(row, 9)?.and_then(|link| Url::parse(&link).ok());
    let updated = row::time(row.get(8)?);
    let mut story = story(row, row.get(0)?, source)?;
    story.details = Some(Box::new(Details {
        entry_id: row::text(row, 5)?.unwrap_or_default(),
        url: url.clone(),
        file: None,
        author: SafeText::list(&rest.authors).map(|names| SafeText::title(&names)),
        updated: updated.map(crate::article::PubDate::Instant),
        language: rest.language,
    }));
    Ok(StoredEntry {
        story,
        published: row::time(row.get(7)?),
        updated,
        first_seen: row::time(row.get(6)?).unwrap_or_default(),
        authors: rest.authors,
        tags: rest.tags,
        enclosures: rest.enclosures,
        comments: rest.comments,
        further: Vec::new(),
        image: rest.image,
        base: rest.base.or(url),
        content: Content::None,
    })
}
