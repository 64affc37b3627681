//! The log: commits, and what each did to which file, as git streams them.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::ops::ControlFlow;

use unicode_normalization::UnicodeNormalization;

use crate::date::Date;
use crate::disk::is_left_out;
use crate::history::{Commit, Done, History, Touch};
use crate::parse;
use crate::path::HandbookPath;

/// How many commits that touched the handbook are kept: one more than anybody shows, to know whether there are older ones.
const MOST_KEPT: usize = 31;
/// How many commits are read at most to learn when each file last changed.
const MOST_READ: usize = 3000;
/// Begins a commit; no status and no mode does.
const MARK: u8 = 1;

/// What git is asked.
///
/// Merges are left out: what they bring stands in the commits that they bring it from. The day is the committer's own,
/// where the committer was, so that it is the same for everybody who looks.
pub(super) fn arguments() -> Vec<&'static OsStr> {
    let arguments = [
        "log",
        "-z",
        "--raw",
        "--no-abbrev",
        "--no-merges",
        "--no-ext-diff",
        "--no-textconv",
        "--no-color",
        "--no-show-signature",
        "--ignore-submodules=all",
        "--find-renames",
        "-l300",
        "--relative",
        "--format=%x01%H%x00%cs%x00%an%x00%s",
        "--",
        ".",
    ];
    arguments.map(OsStr::new).to_vec()
}

/// The texts of a touch, as git names them: before and after.
pub(super) type Blobs = (Option<String>, Option<String>);

/// Whether a path, as git has it, is one of a handbook's.
pub(super) fn is_ours(path: &str) -> bool {
    ours(path).is_some()
}

fn ours(path: &str) -> Option<HandbookPath> {
    let path = HandbookPath::new(&path.nfc().collect::<String>())?;
    let shown = !path.as_str().split('/').any(|name| is_left_out(OsStr::new(name)));
    (shown && parse::is_of_handbook(&path)).then_some(path)
}

/// The log as far as it was read.
pub(super) struct Log {
    boundary: HashSet<String>,
    /// Files whose last change is still to come.
    awaited: HashSet<HandbookPath>,
    /// What came after the last NUL.
    rest: Vec<u8>,
    /// Tokens of an entry that is not whole yet.
    tokens: Vec<String>,
    open: Option<Open>,
    read: usize,
    /// What a path of an older commit is called now.
    now: HashMap<HandbookPath, HandbookPath>,
    history: History,
    blobs: Vec<Vec<Blobs>>,
    full: bool,
}

/// The commit that is being read.
struct Open {
    commit: Commit,
    blobs: Vec<Blobs>,
    /// Whether its parents are not at hand: it then seems to have made every file.
    bounded: bool,
}

impl Log {
    /// An empty log. `tracked` are the files of the newest commit.
    pub(super) fn new(boundary: HashSet<String>, tracked: HashSet<String>) -> Self {
        Self {
            awaited: tracked.iter().filter_map(|path| ours(path)).collect(),
            history: History { cut: !boundary.is_empty(), ..History::default() },
            boundary,
            rest: Vec::new(),
            tokens: Vec::new(),
            open: None,
            read: 0,
            now: HashMap::new(),
            blobs: Vec::new(),
            full: false,
        }
    }

    /// Takes the next piece of git's answer; breaks when everything is known.
    pub(super) fn take(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        let mut bytes = bytes;
        while let Some(end) = bytes.iter().position(|&byte| byte == 0) {
            self.rest.extend_from_slice(&bytes[..end]);
            bytes = &bytes[end + 1..];
            let token = String::from_utf8_lossy(&std::mem::take(&mut self.rest)).into_owned();
            self.token(token);
            if self.full {
                return ControlFlow::Break(());
            }
        }
        self.rest.extend_from_slice(bytes);
        ControlFlow::Continue(())
    }

    /// The history without texts, and where the texts are: by commit, by touch.
    pub(super) fn finish(mut self) -> (History, Vec<Vec<Blobs>>) {
        // The last commit's first line ends with the answer if it touched nothing.
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() {
            self.token(String::from_utf8_lossy(&rest).into_owned());
        }
        self.close();
        (self.history, self.blobs)
    }

    fn token(&mut self, token: String) {
        let waits = match self.tokens.first() {
            // The day, the author, the first line.
            Some(first) if first.as_bytes().first() == Some(&MARK) => 4,
            // The path, and for a rename the new one.
            Some(first) => {
                if status(first) == 'R' || status(first) == 'C' {
                    3
                } else {
                    2
                }
            }
            None => 0,
        };
        if waits == 0 {
            let token = token.trim_start_matches('\n');
            if token.as_bytes().first() == Some(&MARK) {
                self.close();
            } else if !token.starts_with(':') {
                return;
            }
            self.tokens.push(token.to_owned());
            return;
        }
        self.tokens.push(token);
        if self.tokens.len() < waits {
            return;
        }
        let tokens = std::mem::take(&mut self.tokens);
        match &tokens[..] {
            [id, day, author, subject] => self.begin(&id[1..], day, author, subject),
            [entry, path] => self.touch(entry, path, path),
            [entry, old, new] => self.touch(entry, old, new),
            _ => {}
        }
    }

    fn begin(&mut self, id: &str, day: &str, author: &str, subject: &str) {
        let commit = Commit {
            id: id.chars().take(7).collect(),
            day: Date::parse(day).unwrap_or(Date::UNKNOWN),
            author: tidy(author),
            subject: tidy(subject),
            touched: Vec::new(),
        };
        self.open = Some(Open { commit, blobs: Vec::new(), bounded: self.boundary.contains(id) });
    }

    fn touch(&mut self, entry: &str, old: &str, new: &str) {
        let Some(open) = &mut self.open else { return };
        if open.bounded {
            return;
        }
        let done = match status(entry) {
            'A' | 'C' => Done::Added,
            'D' => Done::Deleted,
            'R' => Done::Renamed,
            _ => Done::Changed,
        };
        let (was, is) = (ours(old), ours(new));
        // What comes from where no handbook is was made here, and what goes there is gone.
        let (done, path) = match (done, was, is) {
            (Done::Renamed, Some(was), Some(is)) => {
                let now = self.now.get(&is).cloned().unwrap_or(is);
                self.now.insert(was, now.clone());
                (Done::Renamed, now)
            }
            (Done::Renamed, None, Some(is)) => (Done::Added, is),
            (Done::Renamed, Some(was), None) => (Done::Deleted, was),
            (done, _, Some(is)) => (done, is),
            _ => return,
        };
        let path = self.now.get(&path).cloned().unwrap_or(path);
        if done != Done::Deleted && self.awaited.remove(&path) {
            self.history.last.insert(path.clone(), open.commit.day);
        }
        open.blobs.push(blobs(entry, &path));
        open.commit.touched.push(Touch { path, what: done, old: None, new: None });
    }

    /// A commit has been read.
    fn close(&mut self) {
        let Some(Open { mut commit, blobs, .. }) = self.open.take() else { return };
        self.read += 1;
        if !commit.touched.is_empty() && self.history.commits.len() < MOST_KEPT {
            let mut order: Vec<usize> = (0..commit.touched.len()).collect();
            order.sort_by(|&a, &b| commit.touched[a].path.cmp(&commit.touched[b].path));
            self.blobs.push(order.iter().map(|&at| blobs[at].clone()).collect());
            commit.touched.sort_by(|a, b| a.path.cmp(&b.path));
            self.history.commits.push(commit);
        }
        let known = self.awaited.is_empty() && self.history.commits.len() >= MOST_KEPT;
        self.full = known || self.read >= MOST_READ;
        self.history.cut |= self.read >= MOST_READ && !self.awaited.is_empty();
    }
}

/// What an entry such as `:100644 100644 1f… 2e… M` says was done.
fn status(entry: &str) -> char {
    entry.rsplit(' ').next().and_then(|status| status.chars().next()).unwrap_or('M')
}

/// Where the texts before and after are; of a link, of a repository inside and of what is no text there are none.
fn blobs(entry: &str, path: &HandbookPath) -> Blobs {
    let parts: Vec<&str> = entry.trim_start_matches(':').split(' ').collect();
    let [old_mode, new_mode, old, new, ..] = parts[..] else { return (None, None) };
    let text = |mode: &str, id: &str| (path.is_text() && mode.starts_with("100")).then(|| id.to_owned());
    (text(old_mode, old), text(new_mode, new))
}

/// A line of somebody's, without what a page or a terminal must not get.
fn tidy(line: &str) -> String {
    line.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().to_owned()
}
