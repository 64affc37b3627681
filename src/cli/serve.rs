//! `journeybook serve`.

use super::Outcome;
use super::terminal::{Terminal, counts, noted};
use crate::diag::Severity;
use crate::serve::{self, Editor, Event, Options};

/// Where the editor is named if no argument names it.
const EDITOR: &str = "JOURNEYBOOK_EDITOR";

/// Shows a handbook until it is told to stop.
pub(super) fn run(mut options: Options, terminal: &Terminal) -> Outcome {
    if options.editor.is_none()
        && let Some(named) = std::env::var(EDITOR).ok().filter(|named| !named.is_empty())
    {
        match Editor::named(&named) {
            Ok(editor) => options.editor = Some(editor),
            // Nobody typed it just now: the preview is worth more than its links.
            Err(error) => terminal.say(format_args!("No links to an editor, for in {EDITOR} {error}")),
        }
    }
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
        Event::Exposed { host } => terminal.warn(format_args!(
            "everybody who can reach {host} can read this handbook as it is now, and what is wrong with it"
        )),
        Event::Polling { reason } => terminal.say(format_args!("Looking for changes once a second: {reason}")),
        Event::NotOpened { url } => terminal.say(format_args!("No browser could be opened; go to {url}")),
        Event::NoHistory(why) => terminal.say(format_args!("What changed is not shown: {why}")),
        Event::NotRead(error) => terminal.fail(error),
        Event::Built(build) => {
            let loud = build.report().loud();
            terminal.report(&loud, build.sources());
            let found = counts(&loud).unwrap_or_else(|| "nothing to mend".to_owned());
            terminal.say(format_args!("Build {}: {} pages, {found}", build.count(), build.pages()));
            noted(build.report().count(Severity::Note), terminal);
        }
    }
}
