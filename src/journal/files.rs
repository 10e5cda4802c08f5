//! Files and directories of the reader's own: private, whole, and safe on the disk.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use super::JournalError;

/// How the temporary files begin that become real ones by a rename.
pub const TEMPORARY: &str = ".dateline-";

/// Age from which a temporary file is nobody's: they live for milliseconds.
const LEFT_OVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Makes a directory and those above it, for the reader alone (0700). An error names
/// what is in the way, which may be further up.
pub fn make_dir(dir: &Path) -> Result<(), JournalError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.create(dir);
    made.map_err(|error| check_dir(dir).err().unwrap_or_else(|| JournalError::new(dir, error)))
}

/// Writes a whole file or nothing: a temporary file in the same directory (0600,
/// `O_EXCL`), flushed, renamed over the old one, and the directory flushed. One that was
/// there keeps its owner and its permissions.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), JournalError> {
    let dir = path.parent().unwrap_or(path);
    make_dir(dir)?;
    let written = (|| {
        let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(dir)?;
        file.write_all(bytes)?;
        keep_owner(path, file.as_file())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        sync_dir(dir)
    })();
    written.map_err(JournalError::at(path))
}

/// Gives a file that is to take the place of another one the owner and the permissions that
/// the reader gave that one.
#[cfg(unix)]
fn keep_owner(old: &Path, new: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let Ok(old) = fs::metadata(old) else { return Ok(()) };
    let made = new.metadata()?;
    let same = (old.uid(), old.gid()) == (made.uid(), made.gid());
    let kept = same || fchown(new, Some(old.uid()), Some(old.gid())).is_ok();
    // To another group its permissions say nothing.
    let mode = old.mode() & if kept { 0o777 } else { 0o700 };
    new.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_owner(_old: &Path, _new: &File) -> io::Result<()> {
    Ok(())
}

/// Deletes temporary files that nobody will rename any more, in a directory and `depth`
/// levels below it. Another program may be writing one now, so only old ones are.
pub fn delete_leftovers(dir: &Path, depth: usize) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let (name, Ok(found)) = (entry.file_name(), entry.metadata()) else { continue };
        let age = found.modified().ok().and_then(|modified| modified.elapsed().ok());
        let is_left_over = name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes())
            && found.is_file()
            && age.is_some_and(|age| age > LEFT_OVER);
        if is_left_over {
            // What cannot be deleted does no harm.
            let _ = fs::remove_file(entry.path());
        } else if found.is_dir() && depth > 0 {
            delete_leftovers(&entry.path(), depth - 1);
        }
    }
}

/// Makes the names in a directory safe on the disk.
pub fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Moves a file, also to another disk. Nothing may stand at the new place.
pub fn move_file(from: &Path, to: &Path) -> Result<(), JournalError> {
    if let Some(dir) = to.parent() {
        make_dir(dir)?;
    }
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let bytes = fs::read(from).map_err(JournalError::at(from))?;
            write_whole(to, &bytes)?;
            fs::remove_file(from).map_err(JournalError::at(from))
        }
        moved => moved.map_err(JournalError::at(from)),
    }
}

/// Whether files can be made at a path: in it, or in the nearest directory above it
/// that exists. Nothing is written to find out.
pub fn check_dir(dir: &Path) -> Result<(), JournalError> {
    for dir in dir.ancestors() {
        match fs::metadata(dir) {
            Ok(found) if !found.is_dir() => return Err(JournalError::InTheWay(dir.into())),
            Ok(_) => return may_write(dir).map_err(JournalError::at(dir)),
            // A link that leads nowhere.
            Err(_) if dir.is_symlink() => return Err(JournalError::InTheWay(dir.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // The file in the way is found further up.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => return Err(JournalError::new(dir, error)),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn may_write(dir: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(dir, Access::WRITE_OK | Access::EXEC_OK)?)
}

#[cfg(not(unix))]
fn may_write(dir: &Path) -> io::Result<()> {
    tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(dir).map(drop)
}

/// Bytes that can still be written at a path, where the system tells.
pub fn free_space(dir: &Path) -> Option<u64> {
    let exists = dir.ancestors().find(|dir| dir.is_dir())?;
    free_space_of(exists)
}

#[cfg(unix)]
fn free_space_of(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

#[cfg(not(unix))]
fn free_space_of(_dir: &Path) -> Option<u64> {
    None
}
