//! Where the reader's files are: configuration, data and cache directories.
//!
//! `config` holds what is the reader's own; `data` and `cache` can be deleted. Nothing is
//! made here: a port makes a directory when it first writes there.

use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use crate::text::system::reason;

/// The directories of one reader. All absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Settings, subscriptions, reading state, bookmarked articles.
    pub config: PathBuf,
    /// The device's id, and what can be fetched again.
    pub data: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
}

/// Why there is no place for the reader's files.
#[derive(Debug, thiserror::Error)]
pub enum PathsError {
    #[error("your home directory is not known; set HOME, or give --config-dir and --data-dir")]
    NoHome,
    #[error("{} is not a directory; give another one, or move the file away", .0.display())]
    NotADirectory(PathBuf),
    #[error("the ~ in {} was not replaced by your shell; write your home directory in full", .0.display())]
    Tilde(PathBuf),
    #[error("{} cannot be a directory ({}); give another one", .path.display(), reason(.source))]
    Unusable { path: PathBuf, source: io::Error },
}

impl Paths {
    /// The directories that flags or the environment name, else those of the system:
    /// `~/.config/dateline` on Linux and macOS, `%APPDATA%` on Windows, and so on.
    ///
    /// With a data directory of its own, the cache is in it. An empty path counts as none.
    pub fn find(config: Option<&Path>, data: Option<&Path>) -> Result<Self, PathsError> {
        let given = |path: Option<&Path>| {
            path.filter(|path| !path.as_os_str().is_empty()).map(usable).transpose()
        };
        let (config, data) = (given(config)?, given(data)?);
        let system = || ProjectDirs::from("", "", "dateline").ok_or(PathsError::NoHome);
        let config = match config {
            Some(config) => config,
            None => usable(&system_config()?)?,
        };
        let (data, cache) = match data {
            Some(data) => (data.clone(), data.join("cache")),
            None => (usable(system()?.data_local_dir())?, system()?.cache_dir().to_owned()),
        };
        Ok(Self { config, data, cache })
    }

    /// Each directory with its name.
    pub fn named(&self) -> [(&'static str, &Path); 3] {
        [("config", &self.config), ("data", &self.data), ("cache", &self.cache)]
    }
}

/// On macOS, where settings of a program for the terminal are looked for, too.
fn system_config() -> Result<PathBuf, PathsError> {
    let config = if cfg!(target_os = "macos") {
        BaseDirs::new().map(|base| base.home_dir().join(".config").join("dateline"))
    } else {
        ProjectDirs::from("", "", "dateline").map(|system| system.config_dir().to_owned())
    };
    config.ok_or(PathsError::NoHome)
}

/// The path as an absolute one, if it is a directory or can become one.
fn usable(path: &Path) -> Result<PathBuf, PathsError> {
    if path.components().next() == Some(Component::Normal("~".as_ref())) {
        return Err(PathsError::Tilde(path.to_owned()));
    }
    let unusable = |source| PathsError::Unusable { path: path.to_owned(), source };
    let path = std::path::absolute(path).map_err(unusable)?;
    match path.metadata() {
        Ok(found) if found.is_dir() => Ok(path),
        Ok(_) => Err(PathsError::NotADirectory(path)),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            let file = path.ancestors().find(|above| above.is_file()).unwrap_or(&path);
            Err(PathsError::NotADirectory(file.to_owned()))
        }
        // It will be made; or it may not even be seen, which whoever reads it will say.
        Err(_) => Ok(path),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes the file that is in the way")]

    use super::*;

    #[test]
    fn given_directories_are_made_absolute_and_hold_everything() {
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("my config");
        let paths = Paths::find(Some(&config), Some(Path::new("some data"))).unwrap();
        assert_eq!(paths.config, config);
        assert!(paths.data.is_absolute() && paths.data.ends_with("some data"));
        assert_eq!(paths.cache, paths.data.join("cache"));
        assert!(!config.exists(), "nothing is made");
    }

    #[test]
    fn an_empty_path_is_none() {
        let home = tempfile::tempdir().unwrap();
        let paths = Paths::find(Some(Path::new("")), Some(home.path())).unwrap();
        assert!(paths.config.ends_with("dateline") || cfg!(windows), "{paths:?}");
    }

    #[test]
    fn nonsense_is_refused_in_a_sentence() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("notes.txt");
        std::fs::write(&file, "").unwrap();
        let name = file.display();
        let not_a_directory =
            format!("{name} is not a directory; give another one, or move the file away");
        let cases = [
            (file.clone(), not_a_directory.clone()),
            (file.join("config"), not_a_directory),
            (
                "~/dateline".into(),
                "the ~ in ~/dateline was not replaced by your shell; write your home directory in full"
                    .to_owned(),
            ),
        ];
        for (path, sentence) in cases {
            let error = Paths::find(Some(&path), Some(home.path())).unwrap_err();
            assert_eq!(error.to_string(), sentence);
        }
    }
}
