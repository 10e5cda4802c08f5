//! The library of stories: what an article leads to, from files as readers have them.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::library::Library;
use dateline::story::{Story, StoryId};

/// A folder with articles, and the library that reads it.
struct World {
    folder: tempfile::TempDir,
    library: Library,
}

impl World {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { folder, library: Library::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn add(&self, path: &Path) -> Vec<Story> {
        let mut stories = Vec::new();
        let skipped = self.library.add_path(path, &mut |batch| stories.extend(batch)).unwrap();
        assert!(skipped.is_empty(), "{skipped:?}");
        stories
    }

    fn add_all(&self) -> Vec<Story> {
        self.add(self.folder.path())
    }

    /// The titles that an article's links and related lines lead to.
    fn targets(&self, id: StoryId) -> (Vec<String>, Vec<String>) {
        let opened = self.library.opened(id).unwrap();
        let title = |id: &Option<StoryId>| match id {
            Some(id) => self.library.article(*id).unwrap().title.to_string(),
            None => "-".to_owned(),
        };
        (opened.links.iter().map(title).collect(), opened.related.iter().map(title).collect())
    }
}

fn named<'a>(stories: &'a [Story], title: &str) -> &'a Story {
    stories.iter().find(|story| story.title.as_str() == title).unwrap()
}

/// A page of a site, with a text long enough to be one.
fn page(title: &str, canonical: &str, body: &str) -> String {
    let filler = "The harbor master said that the gates would stay open until the evening. ";
    format!(
        "<!doctype html><html><head><title>{title}</title><link rel=canonical href='{canonical}'>\
         <meta property='og:site_name' content='Harbor Post'></head><body><article><h1>{title}</h1>\
         <p>{}</p><p>{body}</p><p>{}</p></article></body></html>",
        filler.repeat(8),
        filler.repeat(8)
    )
}

#[test]
fn links_lead_to_stored_stories_by_address_whatever_the_address_is_decorated_with() {
    let world = World::new(&[
        (
            "a.html",
            &page(
                "Gates stay open",
                "https://post.example/gates",
                "See <a href='https://www.post.example/tides?utm_source=x#top'>tides</a> and \
                 <a href='https://elsewhere.example/'>another</a>.",
            ),
        ),
        ("b.html", &page("Tides of the week", "https://post.example/tides", "Nothing else.")),
    ]);
    let stories = world.add_all();
    let gates = named(&stories, "Gates stay open");
    assert_eq!(gates.id, StoryId::new("page", "https://post.example/gates"));
    assert_eq!(gates.source.name.as_str(), "Harbor Post");
    let (links, _) = world.targets(gates.id);
    assert_eq!(links, ["Tides of the week", "-"]);
}

#[test]
fn a_related_line_leads_to_the_story_of_that_headline() {
    let world = World::new(&[
        (
            "a.txt",
            "Gates stay open\n\nThe gates of the harbor stay open tonight.\n\n\
             Read more: Tides of the week\n\nRead more: Gates stay open\n\nThe end of it.\n",
        ),
        ("b.txt", "Tides of the week\n\nHigh on Monday, and low on Tuesday.\n"),
    ]);
    let stories = world.add_all();
    let (_, related) = world.targets(named(&stories, "Gates stay open").id);
    assert_eq!(related, ["Tides of the week", "-"], "no story is related to itself");
}

#[test]
fn a_saved_site_is_read_by_its_links_within_its_own_folder() {
    let secret = tempfile::tempdir().unwrap();
    let outside = secret.path().join("outside.txt");
    fs::write(&outside, "Outside\n\nNot of this folder.\n").unwrap();
    let index = format!(
        "# Contents\n\nFirst [one](part/one.md), then [two](two.txt#end), [a picture](p.png), \
         [a program](run.sh), [nothing](none.md) and [outside](file://{}).\n",
        outside.display()
    );
    let world = World::new(&[
        ("index.md", &index),
        ("part/one.md", "# Part one\n\nIt goes [back](../index.md) to the start.\n"),
        ("two.txt", "Part two\n\nThe end.\n"),
        ("p.png", "no picture"),
        ("run.sh", "no program"),
    ]);
    let stories = world.add(&world.path("index.md"));
    assert_eq!(stories.len(), 1);
    let (links, _) = world.targets(stories[0].id);
    assert_eq!(links, ["Part one", "Part two", "-", "-", "-", "-"]);
    // Only what is opened comes into the list.
    assert_eq!(world.library.stories().len(), 1);
    let one = world.library.opened(stories[0].id).unwrap().links[0].unwrap();
    let opened = world.library.opened(one).unwrap();
    assert_eq!(opened.listed.map(|story| story.title.to_string()).as_deref(), Some("Part one"));
    assert_eq!(opened.links, [Some(stories[0].id)]);
    assert_eq!(world.library.stories().len(), 2);
}

#[test]
fn pages_that_all_name_the_front_page_as_their_address_stay_apart() {
    let world = World::new(&[
        ("a.html", &page("Gates stay open", "https://post.example/", "One.")),
        ("b.html", &page("Tides of the week", "https://post.example/news", "Two.")),
        ("c.html", &page("Lights go out", "https://post.example/news", "Three.")),
    ]);
    let mut ids: Vec<_> = world.add_all().iter().map(|story| story.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn thousands_of_files_are_told_of_while_they_are_read() {
    let world = World::new(&[]);
    for n in 0..3000 {
        fs::write(world.path(&format!("{n:04}.txt")), format!("Story {n}\n\nText.\n")).unwrap();
    }
    let (mut batches, mut stories) = (0, 0);
    let mut count = |batch: Vec<Story>| {
        batches += 1;
        stories += batch.len();
    };
    world.library.add_path(world.folder.path(), &mut count).unwrap();
    assert_eq!(stories, 3000);
    assert!((10..40).contains(&batches), "{batches}");
}
