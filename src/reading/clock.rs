//! The hybrid clock that orders the marks of several devices.
//!
//! A reading is the time of day, or one more than the greatest reading that was
//! seen: what is done after seeing another device's mark comes after it, however
//! wrong that device's clock is (Kulkarni et al., "Logical Physical Clocks", 2014).
//! Nothing here asks what time it is.

use std::fmt;

use jiff::Timestamp;

/// A reading of the hybrid clock: microseconds since 1970, or a little more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Clock(u64);

impl Clock {
    /// The start of the year 2200. A greater value is damage, not time.
    pub const MAX: Self = Self(7_258_118_400_000_000);

    /// A reading from outside; nothing past [`Clock::MAX`].
    pub fn from_micros(micros: u64) -> Option<Self> {
        (micros <= Self::MAX.0).then_some(Self(micros))
    }

    /// Microseconds since 1970.
    pub fn micros(self) -> u64 {
        self.0
    }

    /// The time of day of this reading, which may be that of a wrong clock.
    pub fn timestamp(self) -> Timestamp {
        let micros = i64::try_from(self.0).unwrap_or(i64::MAX);
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
    }
}

impl From<Timestamp> for Clock {
    /// The moment itself; before 1970 is 1970, and past [`Clock::MAX`] is that.
    fn from(at: Timestamp) -> Self {
        Self(u64::try_from(at.as_microsecond()).unwrap_or(0).min(Self::MAX.0))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Gives out readings, each later than all that were given or seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HybridClock {
    last: Clock,
}

impl HybridClock {
    /// The next reading: now, or one more than the last.
    ///
    /// At the very end of time it stands still; marks are then ordered by device and value.
    pub fn tick(&mut self, now: Timestamp) -> Clock {
        let next = Clock((self.last.0 + 1).min(Clock::MAX.0));
        self.last = next.max(Clock::from(now));
        self.last
    }

    /// Takes note of a reading that another device or process gave.
    ///
    /// It is not capped at some distance from now: a cap would move with this device's
    /// clock, and a later mark of its own would lose again a second afterwards.
    pub fn see(&mut self, seen: Clock) {
        self.last = self.last.max(seen);
    }
}
