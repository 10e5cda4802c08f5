//! Telling of news outside of the screen: by the terminal, or by a program.
//!
//! What is told is safe text. A program gets it as whole arguments, and no shell sees it.

use crossbeam_channel::Sender;

use super::Input;
use super::open;
use super::terminal::Screen;
use crate::app::message::Message;
use crate::config::Notifier;
use crate::text::sanitize::SafeText;

/// Tells of something in the way that the reader chose.
pub fn notify(
    how: &Notifier,
    title: &SafeText,
    body: &SafeText,
    screen: &mut Screen,
    inbox: &Sender<Input>,
) {
    match how {
        Notifier::Off => {}
        // A terminal that is gone is noticed by the next frame.
        Notifier::Terminal => drop(screen.notify(title, body)),
        Notifier::Program(program) => {
            let values = [("{title}", &*word(title)), ("{body}", &*word(body))];
            let argv = program.argv_with(&values).unwrap_or_default();
            if let Err(sentence) = open::start(&argv, "notify.notifications", inbox) {
                let _ = inbox.send(Input::Message(Message::Failed(sentence)));
            }
        }
    }
}

/// Text as an argument that no program takes for an option.
fn word(text: &SafeText) -> String {
    if text.starts_with('-') { format!(" {text}") } else { text.to_string() }
}
