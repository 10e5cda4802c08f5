//! `Notices`: what the status line says, and for how long.

use jiff::{SignedDuration, Timestamp};

use crate::text::address::without_passwords;
use crate::text::sanitize::SafeText;

/// How long a message stays.
const LIFE: SignedDuration = SignedDuration::from_secs(4);

/// A sentence in the status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub text: SafeText,
    pub kind: NoticeKind,
    /// When it goes by itself; an error stays until a key is pressed.
    until: Option<Timestamp>,
    /// It is about where the reader is, and goes with the next key too.
    here: bool,
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    Message,
    Error,
}

/// A sentence as it is shown. Every one comes through here, whatever it names.
fn sentence(text: &str) -> SafeText {
    SafeText::title(&without_passwords(text))
}

/// What the status line has to say.
#[derive(Debug, Clone, Default)]
pub struct Notices {
    current: Option<Notice>,
    /// What is the matter with the journal, as long as it is.
    trouble: Option<SafeText>,
    /// Sentences are cleared by the next key alone, for those who hear the screen.
    patient: bool,
}

impl Notices {
    /// Nothing to say yet. With `patient`, sentences stay until the next key.
    pub fn new(patient: bool) -> Self {
        Self { patient, ..Self::default() }
    }

    /// Says a sentence for a few seconds.
    pub fn say(&mut self, now: Timestamp, text: impl AsRef<str>) {
        let until = if self.patient { None } else { now.checked_add(LIFE).ok() };
        let text = sentence(text.as_ref());
        self.current = Some(Notice { text, kind: NoticeKind::Message, until, here: false });
    }

    /// Says a sentence about where the reader is, which is no longer true after the next key.
    pub fn say_here(&mut self, now: Timestamp, text: impl AsRef<str>) {
        self.say(now, text);
        if let Some(notice) = &mut self.current {
            notice.here = true;
        }
    }

    /// What was said is no longer so.
    pub fn unsay(&mut self) {
        self.current = None;
    }

    /// Says what went wrong, until the next key.
    pub fn fail(&mut self, text: impl AsRef<str>) {
        let text = sentence(text.as_ref());
        self.current = Some(Notice { text, kind: NoticeKind::Error, until: None, here: false });
    }

    /// Says what is the matter with the journal, until it is told that it is over. What
    /// was said of a change before is then not the whole truth.
    pub fn set_trouble(&mut self, trouble: Option<SafeText>) {
        let is_message = |notice: &Notice| notice.kind == NoticeKind::Message;
        if trouble.is_some() && self.current.as_ref().is_some_and(is_message) {
            self.current = None;
        }
        self.trouble = trouble;
    }

    /// What is the matter with the journal.
    pub fn trouble(&self) -> Option<&SafeText> {
        self.trouble.as_ref()
    }

    /// What to show.
    pub fn current(&self) -> Option<&Notice> {
        self.current.as_ref()
    }

    /// When the notice goes by itself.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.current.as_ref()?.until
    }

    /// A key was pressed: errors and patient messages have been read, and what was said of
    /// the place may be wrong from now on.
    pub fn key(&mut self) {
        if self.current.as_ref().is_some_and(|notice| notice.here || notice.until.is_none()) {
            self.current = None;
        }
    }

    /// Forgets what has expired.
    pub fn expire(&mut self, now: Timestamp) {
        if self.deadline().is_some_and(|until| until <= now) {
            self.current = None;
        }
    }
}
