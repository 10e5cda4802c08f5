//! One line of a journal: a JSON object that ends in the checksum of what stands
//! before it.
//!
//! ```text
//! {"dateline":"reading","v":1,"device":"00010203040506070809abff","c":"…"}
//! {"h":1800000000000000,"i":"q83vEjRWeJCrze8S","r":1,"c":"…"}
//! ```
//!
//! `h` hybrid clock (microseconds), `i` story, then one register: `r` read, `s`
//! bookmarked, `t` tags by name, `n` note, `p` place; `title`, `url`, `source` for
//! people who look; `u` the step, `w` what it did, `b` the value before; `x` the step
//! that was taken back. A newer version may write several registers on a line, and
//! fields that this one does not know.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::article::Place;
use crate::reading::{About, Change, Clock, DeviceId, Mark, StepId, StepInfo};
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

/// Bytes of the longest line that is written or counts.
pub const LONGEST: usize = 4 << 20;

/// `,"c":"01234567"}`.
const CHECKSUM: usize = 16;

/// The fields of a line, as they are written and read.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Fields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    v: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    h: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    i: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    t: Option<BTreeMap<SafeText, u8>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<SafeText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<SafeText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<SafeText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SafeText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    u: Option<Step>,
    #[serde(skip_serializing_if = "Option::is_none")]
    w: Option<SafeText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<Step>,
}

/// The clock and the story of a step's first mark.
type Step = (u64, StoryId);

/// The names of all [`Fields`], and of the checksum.
const KNOWN: [&str; 18] = [
    "dateline", "v", "device", "h", "i", "r", "s", "t", "n", "p", "title", "url", "source", "u",
    "w", "b", "x", "c",
];

/// What a line turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The lines from here on are this device's.
    Head(DeviceId),
    /// Its marks were handed over.
    Marks,
    /// A whole line of which this version knows nothing but, perhaps, the clock.
    Other(Option<Clock>),
    /// It does not count. The words go after "this line".
    Damaged(&'static str),
}

/// The first line of a device's journal.
pub fn head(device: DeviceId) -> Vec<u8> {
    let device = device.to_string();
    seal(&Fields {
        dateline: Some("reading"),
        v: Some(1),
        device: Some(&device),
        ..Fields::default()
    })
}

/// A mark as a line, with its line feed.
pub fn write(mark: &Mark) -> Vec<u8> {
    let story = mark.story.to_string();
    let mut fields = Fields { h: Some(mark.clock.micros()), i: Some(&story), ..Fields::default() };
    match &mark.change {
        Change::Read(read) => fields.r = Some((*read).into()),
        Change::Saved(saved) => fields.s = Some((*saved).into()),
        Change::Tag { name, on } => {
            fields.t = Some(BTreeMap::from([(name.clone(), (*on).into())]));
        }
        Change::Note(note) => fields.n = Some(note.clone()),
        Change::Place(place) => fields.p = Some(place.clone()),
    }
    if let Some(about) = &mark.about {
        fields.title = Some(about.title.clone());
        fields.url = about.url.as_deref().map(SafeText::line);
        fields.source = Some(about.source.clone());
    }
    match &mark.step {
        None => {}
        Some(StepInfo::Did { step, what, before }) => {
            fields.u = Some((step.clock.micros(), step.story));
            fields.w.clone_from(what);
            fields.b = before_value(before);
        }
        Some(StepInfo::TookBack { step }) => {
            fields.x = Some((step.clock.micros(), step.story));
        }
    }
    seal(&fields)
}

/// Reads a line without its line feed, and hands over the marks it holds.
pub fn read(line: &[u8], device: DeviceId, mut each: impl FnMut(Mark)) -> Kind {
    // Something may have given the file the line ends of another system.
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() {
        return Kind::Other(None);
    }
    if !is_whole(line) {
        return Kind::Damaged("was cut short or changed by something else");
    }
    let Ok(fields) = serde_json::from_slice::<Fields>(line) else {
        // Whole, so a newer version gave a known name another meaning.
        return Kind::Other(None);
    };
    if fields.dateline.is_some() {
        return match fields.device.map(str::parse) {
            Some(Ok(device)) => Kind::Head(device),
            Some(Err(_)) | None => Kind::Other(None),
        };
    }
    let Some(micros) = fields.h else { return Kind::Other(None) };
    let Some(clock) = Clock::from_micros(micros) else {
        return Kind::Damaged("has a time past the year 2200");
    };
    let Some(Ok(story)) = fields.i.map(str::parse::<StoryId>) else {
        return Kind::Other(Some(clock));
    };
    let about = fields.title.map(|title| About {
        title: SafeText::title(&title),
        url: fields.url.map(SafeText::into_string),
        source: fields.source.map(|source| SafeText::title(&source)).unwrap_or_default(),
    });
    let tags = fields.t.into_iter().flatten();
    let place =
        fields.p.map(|place| Place { quote: SafeText::line(&place.quote).into_string(), ..place });
    let changes = (fields.r.map(|read| Change::Read(read != 0)).into_iter())
        .chain(fields.s.map(|saved| Change::Saved(saved != 0)))
        .chain(tags.map(|(name, on)| Change::Tag { name: SafeText::line(&name), on: on != 0 }))
        .chain(fields.n.map(Change::Note))
        .chain(place.map(Change::Place));
    let mut kind = Kind::Other(Some(clock));
    for change in changes {
        let step = match (step_id(fields.u), step_id(fields.x)) {
            (Some(step), _) => fields.b.as_ref().and_then(|before| {
                let before = before_change(before, &change)?;
                Some(StepInfo::Did { step, what: fields.w.clone(), before })
            }),
            (None, taken) => taken.map(|step| StepInfo::TookBack { step }),
        };
        each(Mark { clock, device, story, change, about: about.clone(), step });
        kind = Kind::Marks;
    }
    kind
}

fn step_id(step: Option<Step>) -> Option<StepId> {
    step.and_then(|(micros, story)| Some(StepId { clock: Clock::from_micros(micros)?, story }))
}

/// Whether a line holds a field that this version does not know.
pub fn has_unknown_fields(line: &[u8]) -> bool {
    serde_json::from_slice::<Map<String, Value>>(line)
        .map_or(true, |fields| fields.keys().any(|name| !KNOWN.contains(&name.as_str())))
}

/// Whether the checksum is there and right.
fn is_whole(line: &[u8]) -> bool {
    let at = line.len().checked_sub(CHECKSUM);
    let Some((body, end)) = at.and_then(|at| line.split_at_checked(at)) else { return false };
    end == checksum(body)
}

/// The end of a line, after all else that stands in it.
fn checksum(body: &[u8]) -> [u8; CHECKSUM] {
    let mut end = *b",\"c\":\"00000000\"}";
    let mut crc = crc32fast::hash(body);
    for digit in end.iter_mut().skip(6).take(8) {
        crc = crc.rotate_left(4);
        *digit = b"0123456789abcdef".get(crc as usize & 15).copied().unwrap_or_default();
    }
    end
}

/// Closes an object with its checksum and a line feed.
fn seal(fields: &Fields) -> Vec<u8> {
    // Numbers and texts always become JSON; an empty line would be skipped.
    let mut line = serde_json::to_vec(fields).unwrap_or_default();
    line.pop();
    line.extend(checksum(&line));
    line.push(b'\n');
    line
}

fn before_value(before: &Change) -> Option<Value> {
    match before {
        Change::Read(on) | Change::Saved(on) | Change::Tag { on, .. } => Some(u8::from(*on).into()),
        Change::Note(note) => Some(note.as_str().into()),
        Change::Place(place) => serde_json::to_value(place).ok(),
    }
}

/// The value before, of the register that was written.
fn before_change(before: &Value, written: &Change) -> Option<Change> {
    let on = before.as_u64().map(|on| on != 0);
    Some(match written {
        Change::Read(_) => Change::Read(on?),
        Change::Saved(_) => Change::Saved(on?),
        Change::Tag { name, .. } => Change::Tag { name: name.clone(), on: on? },
        Change::Note(_) => Change::Note(SafeText::multiline(before.as_str()?)),
        Change::Place(_) => Change::Place(Place::deserialize(before).ok()?),
    })
}
