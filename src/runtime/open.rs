//! Opens addresses with the reader's browser.
//!
//! No shell ever sees an address: a program is a list of arguments, and the address is
//! one of them. What an article names may only be opened if it is an ordinary address
//! of the web or of mail; a file or a program of this computer is never started for it.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};

use crossbeam_channel::Sender;
use url::Url;

use super::Input;
use crate::app::message::Message;
use crate::text::system::reason;

/// Schemes that may be opened.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// What is known of this computer's ways to open an address.
#[derive(Debug, Clone, Default)]
pub struct Desktop {
    /// Windows can be opened: there is a display, or the system always has one.
    display: bool,
    /// `$BROWSER`.
    browser: Option<String>,
}

impl Desktop {
    /// What the environment says.
    pub fn of(env: &impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| env(name).filter(|value| !value.is_empty());
        let always = cfg!(any(windows, target_os = "macos"));
        let display = value("DISPLAY").or_else(|| value("WAYLAND_DISPLAY"));
        Self { display: always || display.is_some(), browser: value("BROWSER") }
    }

    /// The program that opens an address, and its arguments. `chosen` is what the reader
    /// set up for this address, if anything. The error is a sentence.
    fn argv(&self, url: &Url, chosen: Option<Vec<String>>) -> Result<Vec<String>, String> {
        let address = url.as_str();
        // The second half never happens with a parsed address, and costs nothing.
        if !SCHEMES.contains(&url.scheme()) || address.starts_with('-') {
            return Err(format!(
                "An address that begins with {}: is not opened; y copies it.",
                url.scheme()
            ));
        }
        if let Some(argv) = chosen {
            return Ok(argv);
        }
        if let Some(browser) = &self.browser {
            // The variable may list several, and name the place of the address by %s.
            let first = browser.split(':').next().unwrap_or_default();
            let mut argv: Vec<_> =
                first.split_whitespace().map(|word| word.replace("%s", address)).collect();
            if !first.contains("%s") {
                argv.push(address.to_owned());
            }
            if argv.len() > 1 {
                return Ok(argv);
            }
        }
        if !self.display {
            return Err(
                "There is no window system for a browser here; y copies the address.".to_owned()
            );
        }
        let opener: &[&str] = if cfg!(windows) {
            &["rundll32", "url.dll,FileProtocolHandler"]
        } else if cfg!(target_os = "macos") {
            &["open"]
        } else {
            &["xdg-open"]
        };
        Ok(opener.iter().copied().chain([address]).map(str::to_owned).collect())
    }

    /// Opens an address in the background. Says what went wrong as a message, now or
    /// when the program that was started gives up.
    pub fn open(&self, url: &Url, chosen: Option<Vec<String>>, inbox: &Sender<Input>) {
        if let Err(sentence) = self.try_open(url, chosen, inbox) {
            let _ = inbox.send(Input::Message(Message::Failed(sentence)));
        }
    }

    fn try_open(
        &self,
        url: &Url,
        chosen: Option<Vec<String>>,
        inbox: &Sender<Input>,
    ) -> Result<(), String> {
        let argv = self.argv(url, chosen)?;
        let (program, arguments) =
            argv.split_first().ok_or("programs.browser in config.toml is empty.")?;
        let child = spawn(program, arguments).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!(
                "{program} is not installed; y copies the address, programs.browser names another."
            ),
            _ => format!("{program} could not be started ({}).", reason(&error)),
        })?;
        let (program, inbox) = (program.clone(), inbox.clone());
        let failed = move |status: ExitStatus| {
            format!("{program} did not open the address ({status}); y copies it.")
        };
        // Waiting takes the child out of the system's table, and shows whether it failed.
        let waiter = std::thread::Builder::new().name("browser".to_owned());
        let waiter = waiter.spawn(move || wait(child, failed, &inbox));
        waiter
            .map(drop)
            .map_err(|error| format!("The browser cannot be watched ({}).", reason(&error)))
    }
}

/// Starts a program in the background that the reader set up as `setting`. Else a sentence
/// says why not; one that gives up is told of.
pub fn start(argv: &[String], setting: &str, inbox: &Sender<Input>) -> Result<(), String> {
    let (program, arguments) =
        argv.split_first().ok_or_else(|| format!("{setting} in config.toml is empty."))?;
    let child = spawn(program, arguments).map_err(|error| {
        format!("{program} could not be started ({}); {setting} names another.", reason(&error))
    })?;
    let failed = format!("{program} failed; look at {setting} in config.toml.");
    let inbox = inbox.clone();
    let waiter = std::thread::Builder::new().name("program".to_owned());
    let waiter = waiter.spawn(move || wait(child, |_| failed, &inbox));
    waiter.map(drop).map_err(|error| format!("{program} cannot be watched ({}).", reason(&error)))
}

fn wait(mut child: Child, failed: impl FnOnce(ExitStatus) -> String, inbox: &Sender<Input>) {
    if let Ok(status) = child.wait()
        && !status.success()
    {
        let _ = inbox.send(Input::Message(Message::Failed(failed(status))));
    }
}

/// Starts a program that neither reads our keys nor writes on our screen, nor stops or
/// ends with us.
fn spawn(program: &str, arguments: &[String]) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desktop(env: &[(&str, &str)]) -> Desktop {
        Desktop::of(&|name| {
            env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    fn argv(desktop: &Desktop, url: &str) -> Result<Vec<String>, String> {
        desktop.argv(&url.parse().unwrap(), None)
    }

    #[test]
    fn an_address_is_one_argument_whatever_is_in_it() {
        let desktop = desktop(&[("BROWSER", "lookout --new %s:other"), ("DISPLAY", ":0")]);
        let url = "https://a.example/x?q=%22;rm%20-rf%20~&$(id)";
        assert_eq!(argv(&desktop, url).unwrap(), ["lookout", "--new", url]);
    }

    #[test]
    fn the_readers_own_choice_comes_first() {
        let chosen = Some(vec!["lookout".to_owned(), "https://a.example/".to_owned()]);
        let url: Url = "https://a.example/".parse().unwrap();
        let argv = desktop(&[("BROWSER", "other")]).argv(&url, chosen.clone());
        assert_eq!(argv.ok(), chosen);
    }

    #[test]
    fn nothing_of_this_computer_is_opened() {
        let desktop = desktop(&[("DISPLAY", ":0")]);
        for url in ["file:///bin/sh", "javascript:alert(1)", "ssh://-oProxyCommand=x/", "data:,x"] {
            let sentence = argv(&desktop, url).unwrap_err();
            assert!(sentence.contains("is not opened"), "{sentence}");
        }
        assert!(argv(&desktop, "mailto:desk@news.example").is_ok());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn without_a_window_system_there_is_a_sentence() {
        assert!(
            argv(&desktop(&[]), "https://a.example/").unwrap_err().contains("y copies the address")
        );
        let wayland = desktop(&[("WAYLAND_DISPLAY", "wayland-0")]);
        assert_eq!(argv(&wayland, "https://a.example/").unwrap()[0], "xdg-open");
    }

    #[test]
    fn a_program_that_is_not_there_or_gives_up_is_told_of() {
        let (inbox, outbox) = crossbeam_channel::unbounded();
        let url: Url = "https://a.example/".parse().unwrap();
        let said = |program: &str| {
            let chosen = Some(vec![program.to_owned(), url.to_string()]);
            Desktop::default().open(&url, chosen, &inbox);
            match outbox.recv_timeout(std::time::Duration::from_secs(10)).unwrap() {
                Input::Message(Message::Failed(sentence)) => sentence,
                other => panic!("{other:?}"),
            }
        };
        assert!(said("no-such-browser-anywhere").contains("is not installed"));
        if cfg!(unix) {
            assert!(said("false").contains("did not open"));
        }
    }
}
