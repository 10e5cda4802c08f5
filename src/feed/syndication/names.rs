//! What the names of elements mean, by vocabulary.
//!
//! Namespaces are told by their addresses, of which feeds write many spellings, and by
//! their usual prefixes where a document forgot to declare them.

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS and Atom, with or without a namespace.
    Core,
    Rdf,
    DublinCore,
    Content,
    Media,
    Itunes,
    Wfw,
    Syndication,
    FeedBurner,
    Xhtml,
    /// Every other one.
    Foreign,
}

impl Vocabulary {
    /// The vocabulary of a namespace's address. One that nobody knows is a feed's own
    /// where it is the `root`'s default, and foreign elsewhere.
    pub fn of_address(address: &str, root: bool) -> Self {
        let address = address.trim().trim_end_matches(['/', '#']).to_ascii_lowercase();
        let address = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        match address.trim_start_matches("www.") {
            ""
            | "w3.org/2005/atom"
            | "purl.org/atom/ns"
            | "purl.org/rss/1.0"
            | "backend.userland.com/rss2"
            | "my.netscape.com/rdf/simple/0.9" => Self::Core,
            "w3.org/1999/02/22-rdf-syntax-ns" => Self::Rdf,
            "w3.org/1999/xhtml" => Self::Xhtml,
            "wellformedweb.org/commentapi" => Self::Wfw,
            "rssnamespace.org/feedburner/ext/1.0" => Self::FeedBurner,
            name if name.starts_with("purl.org/dc/") => Self::DublinCore,
            name if name.starts_with("purl.org/rss/1.0/modules/content") => Self::Content,
            name if name.starts_with("purl.org/rss/1.0/modules/syndication") => Self::Syndication,
            name if name.starts_with("search.yahoo.com/mrss") => Self::Media,
            name if name.starts_with("itunes.com/dtds/podcast") => Self::Itunes,
            _ if root => Self::Core,
            _ => Self::Foreign,
        }
    }

    /// The vocabulary of a prefix that the document does not declare.
    pub fn of_prefix(prefix: &str) -> Self {
        match prefix.to_ascii_lowercase().as_str() {
            "" | "atom" | "a10" | "atom10" | "rss" => Self::Core,
            "rdf" => Self::Rdf,
            "dc" | "dcterms" | "dct" => Self::DublinCore,
            "content" => Self::Content,
            "media" => Self::Media,
            "itunes" => Self::Itunes,
            "wfw" => Self::Wfw,
            "sy" => Self::Syndication,
            "feedburner" => Self::FeedBurner,
            "xhtml" | "html" => Self::Xhtml,
            _ => Self::Foreign,
        }
    }
}

/// What an element is, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Root(Root),
    Entry,
    /// Holds a name and an address, or is a name.
    Person,
    File(File),
    Field(Field),
    /// Holds elements that belong to what holds it.
    Group,
    /// A part of it means something other than it does outside.
    Apart,
    Unknown,
}

/// The outermost elements of the formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    Rss,
    Rdf,
    Channel,
    Atom,
}

/// Files beside the text, which are named in attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    Enclosure,
    Media,
    Thumbnail,
}

/// Elements whose text says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title(Source),
    Link,
    Id,
    Published(Source),
    Updated(Source),
    /// `dc:date`, which says neither.
    Dated,
    Summary(Source),
    Body(Source),
    Name,
    Email,
    Author(Source),
    Category,
    Keywords,
    Comments,
    OriginalLink,
    Language,
    Ttl,
    UpdatePeriod,
    UpdateFrequency,
    SkipHour,
    SkipDay,
}

/// How much an element is believed beside another that says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Extension,
    Other,
    Own,
}

/// Bytes of the longest name that means something.
const LONGEST: usize = 24;

impl Element {
    pub fn of(vocabulary: Vocabulary, local: &str) -> Self {
        let mut buffer = [0; LONGEST];
        let Some(lower) = buffer.get_mut(..local.len()) else { return Self::Unknown };
        lower.copy_from_slice(local.as_bytes());
        lower.make_ascii_lowercase();
        let Ok(local) = str::from_utf8(lower) else { return Self::Unknown };
        match vocabulary {
            Vocabulary::Core => Self::core(local),
            Vocabulary::Rdf if local == "rdf" => Self::Root(Root::Rdf),
            Vocabulary::DublinCore => Self::dublin_core(local),
            Vocabulary::Content if local == "encoded" => Self::Field(Field::Body(Source::Own)),
            Vocabulary::Media => Self::media(local),
            Vocabulary::Itunes => Self::itunes(local),
            Vocabulary::Wfw if local == "comment" => Self::Field(Field::Comments),
            Vocabulary::Syndication if local == "updateperiod" => Self::Field(Field::UpdatePeriod),
            Vocabulary::Syndication if local == "updatefrequency" => {
                Self::Field(Field::UpdateFrequency)
            }
            Vocabulary::FeedBurner if local == "origlink" => Self::Field(Field::OriginalLink),
            Vocabulary::Xhtml if local == "body" => Self::Field(Field::Body(Source::Own)),
            Vocabulary::Xhtml if local == "div" => Self::Field(Field::Body(Source::Other)),
            Vocabulary::Rdf
            | Vocabulary::Content
            | Vocabulary::Wfw
            | Vocabulary::Syndication
            | Vocabulary::FeedBurner
            | Vocabulary::Xhtml
            | Vocabulary::Foreign => Self::Unknown,
        }
    }

    fn core(local: &str) -> Self {
        match local {
            "rss" => Self::Root(Root::Rss),
            "rdf" => Self::Root(Root::Rdf),
            "channel" => Self::Root(Root::Channel),
            "feed" => Self::Root(Root::Atom),
            "item" | "entry" => Self::Entry,
            "title" => Self::Field(Field::Title(Source::Own)),
            "link" => Self::Field(Field::Link),
            "id" | "guid" => Self::Field(Field::Id),
            "pubdate" | "published" => Self::Field(Field::Published(Source::Own)),
            "issued" | "created" => Self::Field(Field::Published(Source::Other)),
            "updated" | "modified" => Self::Field(Field::Updated(Source::Own)),
            "description" | "summary" | "tagline" | "subtitle" | "abstract" => {
                Self::Field(Field::Summary(Source::Own))
            }
            "content" | "body" | "fullitem" => Self::Field(Field::Body(Source::Own)),
            "author" | "managingeditor" => Self::Person,
            "name" => Self::Field(Field::Name),
            "email" => Self::Field(Field::Email),
            "category" => Self::Field(Field::Category),
            "keywords" => Self::Field(Field::Keywords),
            "enclosure" => Self::File(File::Enclosure),
            "comments" => Self::Field(Field::Comments),
            "language" => Self::Field(Field::Language),
            "ttl" => Self::Field(Field::Ttl),
            "hour" => Self::Field(Field::SkipHour),
            "day" => Self::Field(Field::SkipDay),
            "skiphours" | "skipdays" => Self::Group,
            "source" | "image" | "textinput" | "contributor" | "items" | "cloud" => Self::Apart,
            _ => Self::Unknown,
        }
    }

    fn dublin_core(local: &str) -> Self {
        match local {
            "title" => Self::Field(Field::Title(Source::Other)),
            "creator" | "author" => Self::Field(Field::Author(Source::Own)),
            "date" => Self::Field(Field::Dated),
            "issued" | "created" => Self::Field(Field::Published(Source::Other)),
            "modified" => Self::Field(Field::Updated(Source::Other)),
            "subject" => Self::Field(Field::Category),
            "description" | "abstract" => Self::Field(Field::Summary(Source::Other)),
            "language" => Self::Field(Field::Language),
            _ => Self::Unknown,
        }
    }

    fn media(local: &str) -> Self {
        match local {
            "group" => Self::Group,
            "content" => Self::File(File::Media),
            "thumbnail" => Self::File(File::Thumbnail),
            "title" => Self::Field(Field::Title(Source::Extension)),
            "description" | "text" => Self::Field(Field::Summary(Source::Extension)),
            "keywords" => Self::Field(Field::Keywords),
            "category" => Self::Field(Field::Category),
            _ => Self::Unknown,
        }
    }

    fn itunes(local: &str) -> Self {
        match local {
            "title" => Self::Field(Field::Title(Source::Extension)),
            "author" => Self::Field(Field::Author(Source::Extension)),
            "summary" => Self::Field(Field::Summary(Source::Own)),
            "subtitle" => Self::Field(Field::Summary(Source::Extension)),
            "keywords" => Self::Field(Field::Keywords),
            "category" => Self::Field(Field::Category),
            "image" => Self::File(File::Thumbnail),
            "owner" => Self::Apart,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_known_in_their_spellings() {
        for (address, expected) in [
            ("http://www.w3.org/2005/Atom", Vocabulary::Core),
            ("http://purl.org/atom/ns#", Vocabulary::Core),
            ("http://purl.org/rss/1.0/", Vocabulary::Core),
            ("http://my.netscape.com/rdf/simple/0.9/", Vocabulary::Core),
            ("http://purl.org/dc/elements/1.1/", Vocabulary::DublinCore),
            ("http://purl.org/dc/terms", Vocabulary::DublinCore),
            ("HTTP://search.yahoo.com/mrss", Vocabulary::Media),
            ("http://purl.org/rss/1.0/modules/content/", Vocabulary::Content),
            ("http://purl.org/rss/1.0/modules/slash/", Vocabulary::Foreign),
            ("http://www.georss.org/georss", Vocabulary::Foreign),
            ("http://www.w3.org/2003/01/geo/wgs84_pos#", Vocabulary::Foreign),
        ] {
            assert_eq!(Vocabulary::of_address(address, false), expected, "{address}");
        }
        assert_eq!(Vocabulary::of_address("http://example.org/new", true), Vocabulary::Core);
    }

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(
            Element::of(Vocabulary::Core, "pubDate"),
            Element::Field(Field::Published(Source::Own))
        );
        assert_eq!(Element::of(Vocabulary::Core, "ITEM"), Element::Entry);
        assert_eq!(Element::of(Vocabulary::Foreign, "title"), Element::Unknown);
        assert_eq!(Element::of(Vocabulary::Core, &"x".repeat(99)), Element::Unknown);
    }
}
