//! The only room that prints.
//!
//! Results go to standard output; what is wrong, and how the work goes, to standard error. Colour and
//! progress are for terminals only, and `NO_COLOR` turns colour off (see no-color.org).

#![expect(clippy::print_stderr, reason = "this is the room that prints, so that no other has to")]

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::diag::{Report, Severity, show};
use crate::disk::Told;
use crate::source::Sources;

/// How long work may take before its progress is told.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often progress is told after that.
const REFRESH: Duration = Duration::from_millis(100);

/// Where messages go.
pub(super) struct Terminal {
    quiet: bool,
    color: bool,
    live: bool,
    started: Instant,
    /// When progress was last told; `None` before the first time.
    told: Mutex<Option<Instant>>,
}

impl Terminal {
    /// A terminal as the environment wants it.
    #[expect(clippy::disallowed_methods, reason = "the time that a command takes is told at its end")]
    pub(super) fn new(quiet: bool) -> Self {
        let live = std::io::stderr().is_terminal();
        let color = live && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { quiet, color, live, started: Instant::now(), told: Mutex::new(None) }
    }

    /// The result that was asked for.
    pub(super) fn result(&self, text: impl Display) {
        // A reader that has seen enough, such as `head`, is no reason to fail.
        let _gone = writeln!(std::io::stdout(), "{text}");
    }

    /// What was done; not said if quiet.
    pub(super) fn say(&self, text: impl Display) {
        if !self.quiet {
            self.clear_progress();
            eprintln!("{text}");
        }
    }

    /// What is wrong with the world.
    pub(super) fn fail(&self, text: impl Display) {
        self.clear_progress();
        eprintln!("error: {text}");
    }

    /// What somebody should know, quiet or not.
    pub(super) fn warn(&self, text: impl Display) {
        self.clear_progress();
        eprintln!("warning: {text}");
    }

    /// What is wrong with the handbook.
    pub(super) fn report(&self, report: &Report, sources: &Sources) {
        self.clear_progress();
        eprint!("{}", show::text(report, sources, self.color));
    }

    /// What an earlier build said of the same handbook.
    pub(super) fn told(&self, told: &Told) {
        self.clear_progress();
        eprint!("{}", if self.color { &told.colored } else { &told.plain });
    }

    /// How far the work is: told only if it takes longer than a second, and only to a terminal.
    pub(super) fn progress(&self, what: &str, done: usize, all: usize) {
        if self.quiet || !self.live || self.started.elapsed() < PATIENCE {
            return;
        }
        let Ok(mut told) = self.told.try_lock() else { return };
        if told.is_none_or(|told| told.elapsed() >= REFRESH) {
            eprint!("\r{what} {done} of {all}\x1b[K");
            *told = Some(self.now());
        }
    }

    /// Seconds since the command began.
    pub(super) fn elapsed(&self) -> String {
        format!("{:.2} s", self.started.elapsed().as_secs_f64())
    }

    #[expect(clippy::disallowed_methods, reason = "progress is told a few times a second")]
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn clear_progress(&self) {
        if let Ok(mut told) = self.told.lock()
            && told.take().is_some()
        {
            eprint!("\r\x1b[K");
        }
    }
}

/// `2 errors, 1 warning and 3 notes`; `None` if there is nothing to count.
pub(super) fn counts(report: &Report) -> Option<String> {
    let counted = Severity::ALL.iter().filter_map(|(word, severity)| match report.count(*severity) {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    });
    let mut counted: Vec<String> = counted.collect();
    let last = counted.pop()?;
    Some(if counted.is_empty() { last } else { format!("{} and {last}", counted.join(", ")) })
}

/// Says how many notes there are, and what tells them; nothing if there are none.
pub(super) fn noted(notes: usize, terminal: &Terminal) {
    match notes {
        0 => {}
        1 => terminal.say("1 note: `journeybook check` tells it"),
        many => terminal.say(format_args!("{many} notes: `journeybook check` tells them")),
    }
}
