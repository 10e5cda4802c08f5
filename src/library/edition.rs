//! The built-in edition: stories that come with the program and teach it.
//!
//! One row a file of `assets/edition/`, in the order of the list. What a story is about
//! stands in its file; this is only the table.

/// What the ids of the edition's stories are made of, beside their slugs.
pub const SOURCE_KEY: &str = "dateline:edition";

/// What the list calls the source of its stories.
pub const TITLE: &str = "dateline edition";

/// Where the edition's stories link to one another. Nothing answers there.
pub const ADDRESS: &str = "https://edition.dateline.example/";

/// A story of the edition as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub file_name: &'static str,
    pub text: &'static str,
}

impl Piece {
    /// The name that its address and its id are made of: the file's, without the number
    /// before it and the ending.
    pub fn slug(self) -> &'static str {
        let name = self.file_name.split_once('-').map_or(self.file_name, |(_, name)| name);
        name.rsplit_once('.').map_or(name, |(name, _)| name)
    }
}

macro_rules! edition {
    ($($file:literal)*) => {
        /// Every story of the edition, the first one first.
        pub const PIECES: &[Piece] = &[$(Piece {
            file_name: $file,
            text: include_str!(concat!("../../assets/edition/", $file)),
        },)*];
    };
}

edition! {
    "01-start-here.md"
    "02-keep-your-place.md"
    "03-dot-and-star.md"
    "04-place-day-news.md"
    "05-outline-is-a-map.txt"
    "06-public-documents.md"
    "07-bookmark-is-a-file.md"
    "08-first-sentence.html"
    "09-choosing-your-page.md"
    "10-narrow-columns.txt"
    "11-every-key-can-move.md"
    "12-kinsoku.md"
    "13-where-lines-end.md"
    "14-two-computers.md"
    "15-atlantic-cable.txt"
    "16-screen-of-1978.html"
    "17-news-at-the-prompt.md"
    "18-arabic-in-the-terminal.html"
    "19-made-for-the-ear.md"
    "20-ask-the-doctor.txt"
    "21-three-letters.html"
    "22-red-ball.md"
    "23-back-page.md"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_of_the_folder_has_a_row_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/edition");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        let rows: Vec<&str> = PIECES.iter().map(|piece| piece.file_name).collect();
        assert_eq!(files.iter().map(String::as_str).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn every_slug_is_another() {
        let slugs: BTreeSet<_> = PIECES.iter().map(|piece| piece.slug()).collect();
        assert_eq!(slugs.len(), PIECES.len());
        assert!(slugs.contains("start-here"));
    }
}
