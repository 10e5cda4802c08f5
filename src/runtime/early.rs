//! `Early`: what comes before there is a screen.
//!
//! The screen is taken when there is something to show on it. Until then whoever writes to
//! standard input may have words for the reader, and what comes here is put aside.

use std::collections::VecDeque;

use crossbeam_channel::Receiver;

use super::{Input, signals};
use crate::app::message::{Message, Shelf};

/// What came before the screen was taken.
#[derive(Debug, Default)]
pub(super) struct Early {
    pub inputs: VecDeque<Input>,
    pub troubles: Vec<String>,
}

impl Early {
    /// Waits for the first story that was named in the call; false if there is none.
    pub fn wait_for_given(&mut self, outbox: &Receiver<Input>) -> bool {
        while let Ok(input) = outbox.recv() {
            let is_enough = match &input {
                Input::Message(Message::Stories(found)) => {
                    found.iter().any(|found| found.shelf == Shelf::Given).then_some(true)
                }
                Input::Message(Message::StoriesComplete) => Some(false),
                Input::Message(Message::Hangup) => {
                    self.troubles.push("stopped before there was anything to read".to_owned());
                    Some(false)
                }
                Input::Troubles(troubles) => {
                    self.troubles.extend_from_slice(troubles);
                    None
                }
                Input::Stop => {
                    if signals::can_stop().is_ok() {
                        signals::stop();
                    }
                    None
                }
                Input::Message(_) | Input::Batch { .. } | Input::Focus | Input::Continued => None,
            };
            // Without a screen there is nothing to leave and to come back to.
            if !matches!(input, Input::Stop | Input::Continued) {
                self.inputs.push_back(input);
            }
            if let Some(is_enough) = is_enough {
                return is_enough;
            }
        }
        false
    }
}
