//! When feeds are asked for without being told to.

use std::time::Duration;

use jiff::Timestamp;

use super::desk::Desk;

/// How often, at most, what is due is asked for while the reader is open.
const AGAIN: Duration = Duration::from_secs(15 * 60);

impl Desk {
    /// When the next feed is due to be asked for without being told to.
    pub(super) fn due_in(&self) -> Option<Duration> {
        if !self.automatic || self.fetching > 0 {
            return None;
        }
        let now = Timestamp::now();
        let open = self.subscriptions.feeds.iter().filter(|feed| !feed.paused);
        let due = open.filter_map(|feed| match self.known.get(&feed.key) {
            Some(known) => known.due,
            None => Some(now),
        });
        wait(due, self.asked, now)
    }
}

/// How long to wait until feeds are asked for that are due at these times, where some were
/// `asked` for last then. Nothing if none will ever be due.
fn wait(
    due: impl Iterator<Item = Timestamp>,
    asked: Timestamp,
    now: Timestamp,
) -> Option<Duration> {
    let rested = asked.checked_add(AGAIN).unwrap_or(now);
    let wait = due.min()?.max(rested).duration_since(now);
    // What is overdue is asked for at once.
    Some(Duration::try_from(wait).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_asked_for_when_one_is_due_but_not_all_the_time() {
        let minute = |minutes: i64| Timestamp::from_second(1_790_000_000 + minutes * 60).unwrap();
        // When feeds are due and were asked for last, and how long to wait; in minutes.
        for (due, asked, expected) in [
            (&[][..], 0, None),
            (&[40], -60, Some(40)),
            (&[90, 25, 60], -60, Some(25)),
            // Due already, but some were asked for a moment ago.
            (&[-5], 0, Some(15)),
            (&[-5, 30], -10, Some(5)),
            (&[10], -10, Some(10)),
            // The computer slept over it.
            (&[-600], -700, Some(0)),
            (&[-600], -15, Some(0)),
            // The clock was put back meanwhile.
            (&[5], 10, Some(25)),
        ] {
            let times = due.iter().map(|due| minute(*due));
            let expected = expected.map(|minutes| Duration::from_secs(minutes * 60));
            assert_eq!(wait(times, minute(asked), minute(0)), expected, "{due:?}, {asked}");
        }
    }
}
