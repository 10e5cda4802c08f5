//! The stories that subcommands find without being given a path: the edition, those of
//! feeds and the bookmarked ones.

use crate::journal::saved::Saved;
use crate::library::Library;
use crate::runtime::paths::Paths;

/// A library of what is stored.
pub(super) fn library(paths: &Paths) -> Library {
    let library = Library::new();
    library.add_edition();
    library.look_in(&paths.data);
    let saved = Saved::new(&paths.config, &paths.data);
    for file in saved.list().unwrap_or_default() {
        // One that cannot be read is the doctor's business.
        let _ = library.add_saved(file.id, &file.path);
    }
    library
}
