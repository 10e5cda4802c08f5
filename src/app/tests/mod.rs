//! What a reader does, as keys, and what comes of it.

mod feeds;
mod lists;
mod marks;
mod news;
mod reading;
mod shared;
mod subscribing;
mod visits;
mod way;
