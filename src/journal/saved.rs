//! Bookmarked articles, whole, as Markdown files: `saved/<year>/<id>-<slug>.md`.
//!
//! They are the reader's own. A file may be edited, renamed and moved to another folder
//! of `saved`, and is found again by the `id:` of its front matter or, without one, by
//! its name. A file that was edited is never overwritten, and none is deleted: what
//! loses its bookmark moves to `removed` in the data directory, and comes back by undo.

use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use unicode_segmentation::UnicodeSegmentation as _;

use super::{JournalError, files};
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

/// Letters of a story id.
const ID: usize = 16;

/// Bytes of a slug.
const SLUG: usize = 60;

/// Bytes of a file in which its front matter must end.
const FRONT: u64 = 16 << 10;

/// Bytes of a file that are read at most.
const LARGEST: u64 = 64 << 20;

/// Folders in folders that are looked into.
const DEPTH: usize = 8;

/// The field of the front matter that tells whether the rest was edited.
const CHECKSUM: &str = "unedited";

/// The bookmarked articles of a reader.
#[derive(Debug, Clone)]
pub struct Saved {
    dir: PathBuf,
    removed: PathBuf,
}

/// One bookmarked article on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFile {
    pub id: StoryId,
    pub path: PathBuf,
}

/// What became of an article that was to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The file is new, or holds the new text.
    Whole(PathBuf),
    /// The reader edited the file; it is as it was.
    Edited(PathBuf),
}

impl Saved {
    /// The saved articles of a configuration directory. Nothing is made yet.
    pub fn new(config: &Path, data: &Path) -> Self {
        Self { dir: config.join("saved"), removed: data.join("removed") }
    }

    /// The folder that holds them.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Keeps an article: in a new file, or over the old one if nobody edited it. An old
    /// file that was removed comes back first.
    ///
    /// `year` is when it was published, and names the folder. The front matter gets an
    /// `id:`, if it has none, and a checksum.
    pub fn write(
        &self,
        id: StoryId,
        year: Option<i16>,
        title: &SafeText,
        markdown: &str,
    ) -> Result<Written, JournalError> {
        let text = seal(id, markdown);
        if let Some(path) = self.restore(id)? {
            let old = read_text(&path).map_err(JournalError::at(&path))?;
            if !is_unedited(&old) {
                return Ok(Written::Edited(path));
            }
            if old != text {
                files::write_whole(&path, text.as_bytes())?;
            }
            return Ok(Written::Whole(path));
        }
        let folder = match year {
            Some(year) if (0..=9999).contains(&year) => format!("{year:04}"),
            Some(_) | None => "undated".to_owned(),
        };
        let path = self.dir.join(folder).join(file_name(id, title));
        files::write_whole(&path, text.as_bytes())?;
        Ok(Written::Whole(path))
    }

    /// The file of an article, wherever the reader has moved it. Of copies, the one that
    /// was changed last.
    pub fn find(&self, id: StoryId) -> Result<Option<PathBuf>, JournalError> {
        find_in(&self.dir, id)
    }

    /// The text of an article's file, with its front matter, as the reader left it.
    pub fn read(&self, id: StoryId) -> Result<Option<String>, JournalError> {
        let Some(path) = self.find(id)? else { return Ok(None) };
        read_text(&path).map(Some).map_err(JournalError::at(&path))
    }

    /// Whether the reader changed an article's file.
    pub fn is_edited(&self, id: StoryId) -> Result<bool, JournalError> {
        Ok(self.read(id)?.is_some_and(|text| !is_unedited(&text)))
    }

    /// All files, in order of their paths. Two files may have the same id, if the
    /// reader or a synchronizer copied one.
    pub fn list(&self) -> Result<Vec<SavedFile>, JournalError> {
        list_in(&self.dir)
    }

    /// Moves the files of an article out of the saved ones: also copies that the reader or
    /// a synchroniser made. Says where they are now.
    pub fn remove(&self, id: StoryId) -> Result<Vec<PathBuf>, JournalError> {
        move_all(id, &self.dir, &self.removed)
    }

    /// Brings back the files that were removed, to where they were, as they were. An
    /// article that has a file again keeps that one. Says which one counts.
    pub fn restore(&self, id: StoryId) -> Result<Option<PathBuf>, JournalError> {
        if let Some(path) = self.find(id)? {
            return Ok(Some(path));
        }
        if move_all(id, &self.removed, &self.dir)?.is_empty() { Ok(None) } else { self.find(id) }
    }

    /// Deletes what a program that was killed left half written, and that is no use.
    pub fn tidy(&self) {
        for dir in [&self.dir, &self.removed] {
            files::delete_leftovers(dir, DEPTH);
        }
    }
}

/// The name of an article's file: its id, and its title as far as names can hold it.
pub fn file_name(id: StoryId, title: &SafeText) -> String {
    let mut slug = String::new();
    for word in title.unicode_words() {
        // Letters, digits and the marks on them: nothing that a path or a shell reads.
        let word = word.chars().flat_map(char::to_lowercase).filter(|c| {
            c.is_alphanumeric()
                || (!c.is_ascii() && unicode_width::UnicodeWidthChar::width(*c) == Some(0))
        });
        let word: String = word.collect();
        if word.is_empty() {
            continue;
        }
        if slug.len() + 1 + word.len() > SLUG {
            if slug.is_empty() {
                let mut len = 0;
                let fits = |cluster: &&str| {
                    len += cluster.len();
                    len <= SLUG
                };
                slug = word.graphemes(true).take_while(fits).collect();
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    if slug.is_empty() { format!("{id}.md") } else { format!("{id}-{slug}.md") }
}

/// The front matter of a Markdown text: its opening line, the lines of its fields, and
/// the rest from the closing line on.
struct Front<'a> {
    opening: &'a str,
    fields: Vec<&'a str>,
    rest: &'a str,
}

impl<'a> Front<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut lines = text.split_inclusive('\n');
        let opening = lines.next()?;
        if opening.trim_start_matches('\u{feff}').trim_end() != "---" {
            return None;
        }
        let mut at = opening.len();
        let mut fields = Vec::new();
        for line in lines {
            if line.trim_end() == "---" {
                return Some(Self { opening, fields, rest: text.get(at..)? });
            }
            at += line.len();
            fields.push(line);
        }
        None
    }

    /// The value of a field of one line, without quotes.
    fn field(&self, name: &str) -> Option<&'a str> {
        let value = |line: &&'a str| line.strip_prefix(name)?.strip_prefix(':');
        Some(self.fields.iter().find_map(value)?.trim().trim_matches(['"', '\'']))
    }

    fn id(&self) -> Option<StoryId> {
        self.field("id")?.parse().ok()
    }

    /// The text without the checksum, and what the checksum should be.
    fn open(&self) -> (String, String) {
        let mut text = self.opening.to_owned();
        let named = |line: &str| line.strip_prefix(CHECKSUM).is_some_and(|l| l.starts_with(':'));
        text.extend(self.fields.iter().filter(|line| !named(line)).copied());
        text.push_str(self.rest);
        let checksum = format!("{:08x}", crc32fast::hash(text.as_bytes()));
        (text, checksum)
    }
}

/// The text with an id and a checksum in its front matter.
fn seal(id: StoryId, markdown: &str) -> String {
    let with_front = match Front::of(markdown) {
        None => format!("---\nid: \"{id}\"\n---\n\n{markdown}"),
        Some(front) if front.id() == Some(id) => markdown.to_owned(),
        Some(front) => {
            let fields = front.fields.iter().filter(|line| !line.starts_with("id:"));
            let fields: String = fields.copied().collect();
            format!("{}id: \"{id}\"\n{fields}{}", front.opening, front.rest)
        }
    };
    let Some(front) = Front::of(&with_front) else { return with_front };
    let (open, checksum) = front.open();
    // The closing line stands where the rest begins.
    let at = open.len() - front.rest.len();
    let (fields, rest) = open.split_at_checked(at).unwrap_or((&open, ""));
    format!("{fields}{CHECKSUM}: \"{checksum}\"\n{rest}")
}

/// Whether a file is as the program wrote it.
fn is_unedited(text: &str) -> bool {
    Front::of(text).is_some_and(|front| front.field(CHECKSUM) == Some(&front.open().1))
}

/// Whose file it is, by its front matter, else by its name.
fn id_of(path: &Path) -> Option<StoryId> {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(FRONT).read_to_end(&mut start));
    let start = String::from_utf8_lossy(&start);
    let by_front = read.ok().and_then(|_| Front::of(&start)?.id());
    by_front.or_else(|| {
        let (id, rest) = path.file_name()?.to_str()?.split_at_checked(ID)?;
        if rest.starts_with(['-', '.']) { id.parse().ok() } else { None }
    })
}

/// Of several files, the one that was changed last counts: a copy that a synchroniser
/// set aside is older.
fn find_in(dir: &Path, id: StoryId) -> Result<Option<PathBuf>, JournalError> {
    let paths = markdown_files(dir)?;
    // Files that still have their first name are found without opening others.
    let name = id.to_string();
    let named = |path: &&PathBuf| {
        path.file_name().is_some_and(|file| file.as_encoded_bytes().starts_with(name.as_bytes()))
    };
    let is_its = |path: &&PathBuf| id_of(path) == Some(id);
    let last = |path: &&PathBuf| {
        let modified = fs::metadata(path).and_then(|found| found.modified()).ok();
        (modified, Reverse(path.as_os_str().len()))
    };
    let found = paths.iter().filter(named).filter(is_its).max_by_key(last);
    Ok(found.or_else(|| paths.iter().find(is_its)).cloned())
}

fn move_all(id: StoryId, from: &Path, to: &Path) -> Result<Vec<PathBuf>, JournalError> {
    let files = list_in(from)?.into_iter().filter(|file| file.id == id);
    files.map(|file| move_over(&file.path, from, to)).collect()
}

fn list_in(dir: &Path) -> Result<Vec<SavedFile>, JournalError> {
    let file = |path: PathBuf| Some(SavedFile { id: id_of(&path)?, path });
    Ok(markdown_files(dir)?.into_iter().filter_map(file).collect())
}

/// The Markdown files in a folder and the folders in it. Links to folders are not followed.
fn markdown_files(dir: &Path) -> Result<Vec<PathBuf>, JournalError> {
    let mut files = Vec::new();
    let mut folders = vec![(dir.to_path_buf(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(JournalError::new(&folder, error)),
        };
        for entry in entries {
            let entry = entry.map_err(JournalError::at(&folder))?;
            let path = entry.path();
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if hidden {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if depth < DEPTH {
                    folders.push((path, depth + 1));
                }
            } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md"))
                && path.is_file()
            {
                files.push(path);
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

fn read_text(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Moves a file from one tree to the same place in another, beside what stands there.
fn move_over(path: &Path, from: &Path, to: &Path) -> Result<PathBuf, JournalError> {
    let relative = path.strip_prefix(from).unwrap_or(path);
    let mut target = to.join(relative);
    let stem = target.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut number = 2;
    while target.symlink_metadata().is_ok() {
        target.set_file_name(format!("{}~{number}.md", stem.as_deref().unwrap_or_default()));
        number += 1;
    }
    files::move_file(path, &target)?;
    Ok(target)
}
