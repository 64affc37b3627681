//! `journeybook serve`.

use std::path::PathBuf;

use super::Outcome;
use super::terminal::{Terminal, counts, noted};
use crate::date::Date;
use crate::serve::{self, Event, Options};

/// Shows a handbook until it is told to stop.
pub(super) fn run(root: PathBuf, open: bool, port: u16, today: Option<Date>, terminal: &Terminal) -> Outcome {
    let options = Options { exclude: vec![root.join("site")], root, port, open, today };
    match serve::serve(&options, &|event| tell(&event, terminal)) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            terminal.fail(error);
            Outcome::Failed
        }
    }
}

fn tell(event: &Event, terminal: &Terminal) {
    match event {
        Event::Started { url } => terminal.say(format_args!("The handbook is at {url} (Ctrl-C ends)")),
        Event::PortTaken { wanted, port } => {
            terminal.say(format_args!("Port {wanted} is taken, so this is port {port}"))
        }
        Event::Polling { reason } => terminal.say(format_args!("Looking for changes once a second: {reason}")),
        Event::NotOpened { url } => terminal.say(format_args!("No browser could be opened; go to {url}")),
        Event::NoHistory(why) => terminal.say(format_args!("What changed is not shown: {why}")),
        Event::NotRead(error) => terminal.fail(error),
        Event::Built(build) => {
            let loud = build.report().loud();
            terminal.report(&loud, build.sources());
            let found = counts(&loud).unwrap_or_else(|| "nothing to mend".to_owned());
            terminal.say(format_args!("Build {}: {} pages, {found}", build.number(), build.pages()));
            noted(build.report(), terminal);
        }
    }
}
