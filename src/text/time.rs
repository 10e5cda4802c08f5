//! Dates and durations as a news reader prints them.
