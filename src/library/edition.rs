//! The built-in edition: stories that come with the program and teach it.
//!
//! One row a file of `assets/edition/`, in the order of the list. What a story is about
//! stands in its file; this is only the table.

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
    "02-your-own-paper.md"
    "03-keep-your-place.md"
    "04-dot-and-star.md"
    "05-place-day-news.md"
    "06-outline-is-a-map.txt"
    "07-public-documents.md"
    "08-bookmark-is-a-file.md"
    "09-first-sentence.html"
    "10-choosing-your-page.md"
    "11-narrow-columns.txt"
    "12-every-key-can-move.md"
    "13-kinsoku.md"
    "14-where-lines-end.md"
    "15-two-computers.md"
    "16-atlantic-cable.txt"
    "17-screen-of-1978.html"
    "18-news-at-the-prompt.md"
    "19-arabic-in-the-terminal.html"
    "20-made-for-the-ear.md"
    "21-ask-the-doctor.txt"
    "22-three-letters.html"
    "23-red-ball.md"
    "24-back-page.md"
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
