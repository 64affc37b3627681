//! The `git` program, asked with care.
//!
//! What a repository's own settings could start is switched off, the settings of whoever started us do not lead it
//! elsewhere, and it may neither ask anybody nor go to the network.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long all questions of one reading may take together.
const PATIENCE: Duration = Duration::from_secs(6);
/// How much of a complaint is kept, in bytes.
const LONGEST_COMPLAINT: u64 = 4096;

/// Settings that a repository could set to have something run, or to have its answers in another form.
const SETTINGS: [&str; 11] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
    "core.pager=cat",
    "core.alternateRefsCommand=",
    "log.showSignature=false",
    "log.follow=false",
    "log.mailmap=false",
    "diff.external=",
    "i18n.logOutputEncoding=UTF-8",
    "protocol.allow=never",
];

/// When we stop waiting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Instant);

impl Deadline {
    /// A few seconds from now.
    pub(super) fn new() -> Self {
        Self(Instant::now() + PATIENCE)
    }

    fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

/// How a question went.
pub(super) enum Asked<T> {
    /// It was answered.
    Answer(T),
    /// There is no such program.
    NoGit,
    /// The folder lies in no repository.
    NoRepository,
    /// Anything else, in a sentence.
    Failed(String),
}

/// Asks, and takes the whole answer as text.
pub(super) fn whole(root: &Path, arguments: &[&OsStr], deadline: Deadline) -> Asked<String> {
    let mut answer = Vec::new();
    let asked = stream(root, arguments, deadline, &[], &mut |bytes| {
        answer.extend_from_slice(bytes);
        ControlFlow::Continue(())
    });
    match asked {
        Asked::Answer(()) => Asked::Answer(String::from_utf8_lossy(&answer).into_owned()),
        Asked::NoGit => Asked::NoGit,
        Asked::NoRepository => Asked::NoRepository,
        Asked::Failed(why) => Asked::Failed(why),
    }
}

/// Asks, and hands over the answer piece by piece until `take` has enough.
pub(super) fn stream(
    root: &Path,
    arguments: &[&OsStr],
    deadline: Deadline,
    input: &[u8],
    take: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
) -> Asked<()> {
    let mut child = match command(root, arguments, !input.is_empty()).spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Asked::NoGit,
        Err(error) => return Asked::Failed(format!("`git` does not start: {error}")),
    };
    let (send, pieces) = mpsc::sync_channel::<Vec<u8>>(16);
    let said = child.stdout.take();
    thread::spawn(move || {
        let Some(mut said) = said else { return };
        let mut piece = vec![0; 1 << 16];
        while let Ok(length) = said.read(&mut piece) {
            if length == 0 || send.send(piece[..length].to_vec()).is_err() {
                return;
            }
        }
    });
    if let Some(mut asked) = child.stdin.take() {
        let input = input.to_vec();
        // Whoever answers while we ask must not wait for us to listen.
        thread::spawn(move || drop(asked.write_all(&input)));
    }
    let (complain, complaint) = mpsc::channel();
    let stderr = child.stderr.take();
    thread::spawn(move || {
        let Some(mut stderr) = stderr else { return };
        let mut text = Vec::new();
        let _ = (&mut stderr).take(LONGEST_COMPLAINT).read_to_end(&mut text);
        let _ = complain.send(String::from_utf8_lossy(&text).into_owned());
        let _ = io::copy(&mut stderr, &mut io::sink());
    });
    loop {
        match pieces.recv_timeout(deadline.left()) {
            Ok(piece) => {
                if take(&piece).is_break() {
                    end(&mut child);
                    return Asked::Answer(());
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                end(&mut child);
                return Asked::Failed(format!("`git` took longer than {} seconds", PATIENCE.as_secs()));
            }
        }
    }
    match wait(&mut child, deadline) {
        Some(true) => Asked::Answer(()),
        Some(false) => {
            let complaint = complaint.recv_timeout(deadline.left()).unwrap_or_default();
            match complaint.contains("not a git repository") {
                true => Asked::NoRepository,
                false => Asked::Failed(first_line(&complaint)),
            }
        }
        None => Asked::Failed(format!("`git` took longer than {} seconds", PATIENCE.as_secs())),
    }
}

fn command(root: &Path, arguments: &[&OsStr], with_input: bool) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        let kept = [
            "GIT_EXEC_PATH",
            "GIT_CEILING_DIRECTORIES",
            "GIT_CONFIG_GLOBAL",
            "GIT_CONFIG_SYSTEM",
            "GIT_CONFIG_NOSYSTEM",
        ];
        // A hook that builds the handbook tells its own git where it is, and ours would believe it.
        if name.as_encoded_bytes().starts_with(b"GIT_") && kept.iter().all(|kept| *kept != name) {
            command.env_remove(name);
        }
    }
    command.envs([
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", ""),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("LC_ALL", "C"),
    ]);
    command.arg("--no-pager");
    command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    command.arg("-C").arg(root).args(arguments);
    command.stdin(if with_input { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn end(child: &mut Child) {
    // It may have ended by itself, which is as well.
    let _ = child.kill();
    let _ = child.wait();
}

/// Whether it ended well; `None` if it did not end in time, and was ended.
fn wait(child: &mut Child, deadline: Deadline) -> Option<bool> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if !deadline.left().is_zero() => thread::sleep(Duration::from_millis(1)),
            _ => {
                end(child);
                return None;
            }
        }
    }
}

/// What git complains of first, fit for a terminal.
fn first_line(complaint: &str) -> String {
    let line = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given");
    let line: String = line.chars().filter(|c| !c.is_control()).take(200).collect();
    format!("`git` says `{}`", line.trim().trim_start_matches("fatal: ").trim_start_matches("error: "))
}
