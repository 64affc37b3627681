//! What changed, from the repository that a handbook lies in.
//!
//! The `git` program is asked, and only for what it has: nothing of the repository is run (no hook, no monitor, no outside
//! diff), nothing is written, nothing is fetched, and it has a few seconds. Whatever goes wrong, a handbook without a
//! history is still a handbook: there is a sentence for the terminal at most.

mod log;
mod program;
mod texts;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::history::History;
use log::Log;
use program::{Asked, Deadline};

/// The history of one handbook, read again when its repository has moved on.
#[derive(Debug)]
pub struct Chronicle {
    root: PathBuf,
    /// The files that change when a commit is made; without a repository the places where one would begin. Empty until the
    /// first reading.
    heads: Vec<PathBuf>,
    /// How those looked when the history was read.
    seen: Vec<Stamp>,
    history: Option<Arc<History>>,
}

/// When a file was written, and how long it is; `None` if it is not there.
type Stamp = Option<(SystemTime, u64)>;

impl Chronicle {
    /// The history of the handbook in `root`, not read yet. Without a repository, or without the `git` program, it is
    /// that of nothing.
    pub fn of(root: &Path) -> Self {
        Self { root: root.to_path_buf(), heads: Vec::new(), seen: Vec::new(), history: None }
    }

    /// Reads the history; `None` if there is none. A second time only if the repository has moved on since.
    ///
    /// # Errors
    /// A sentence on why a repository that is there does not tell its history. Until it moves on, the answer is then
    /// `None`.
    pub fn read(&mut self) -> Result<Option<Arc<History>>, String> {
        if self.heads.is_empty() || self.has_moved() {
            self.history = None;
            self.history = self.read_anew()?.map(Arc::new);
        }
        Ok(self.history.clone())
    }

    /// Whether the repository has moved on since the history was read. Asks the disk alone, in a few microseconds.
    pub fn has_moved(&self) -> bool {
        let now: Vec<Stamp> = self.heads.iter().map(|head| stamp(head)).collect();
        now != self.seen
    }

    fn read_anew(&mut self) -> Result<Option<History>, String> {
        // Whatever comes of it: nothing is asked for again and again, neither where there is no repository nor where one has gone.
        if self.heads.is_empty() {
            self.heads = self.root.ancestors().map(|folder| folder.join(".git")).collect();
        }
        self.seen = self.heads.iter().map(|head| stamp(head)).collect();
        let deadline = Deadline::new();
        let Some(repository) = Repository::of(&self.root, deadline)? else { return Ok(None) };
        self.seen = repository.heads.iter().map(|head| stamp(head)).collect();
        self.heads.clone_from(&repository.heads);
        repository.history(&self.root, deadline)
    }
}

fn stamp(path: &Path) -> Stamp {
    let seen = fs::metadata(path).ok()?;
    Some((seen.modified().ok()?, seen.len()))
}

/// A repository with a working tree.
struct Repository {
    /// Commits whose parents are not at hand.
    boundary: HashSet<String>,
    heads: Vec<PathBuf>,
}

impl Repository {
    /// The repository that `root` lies in; `None` if it lies in none.
    fn of(root: &Path, deadline: Deadline) -> Result<Option<Self>, String> {
        let arguments = ["rev-parse", "--is-inside-work-tree"].into_iter();
        let paths = ["shallow", "HEAD", "logs/HEAD", "packed-refs"].into_iter().flat_map(|path| ["--git-path", path]);
        let arguments: Vec<&OsStr> = arguments.chain(paths).map(OsStr::new).collect();
        let text = match program::whole(root, &arguments, deadline) {
            Asked::Answer(text) => text,
            Asked::NoGit | Asked::NoRepository => return Ok(None),
            Asked::Failed(why) => return Err(why),
        };
        let mut lines = text.lines();
        if lines.next() != Some("true") {
            return Ok(None);
        }
        let paths: Vec<PathBuf> = lines.map(|line| root.join(line)).collect();
        let [shallow, heads @ ..] = &paths[..] else { return Ok(None) };
        let mut heads = heads.to_vec();
        // Without a log of its moves, only the branch itself shows that there is a new commit.
        if let Some(head) = heads.first()
            && let Ok(text) = fs::read_to_string(head)
            && let Some(branch) = text.trim().strip_prefix("ref: ")
            && let Some(common) = shallow.parent()
        {
            heads.push(common.join(branch));
        }
        let boundary = fs::read_to_string(shallow).unwrap_or_default();
        Ok(Some(Self { boundary: boundary.lines().map(str::to_owned).collect(), heads }))
    }

    fn history(self, root: &Path, deadline: Deadline) -> Result<Option<History>, String> {
        let Some(tracked) = tracked(root, deadline)? else { return Ok(None) };
        let mut log = Log::new(self.boundary, tracked);
        match program::stream(root, &log::arguments(), deadline, &[], &mut |bytes| log.take(bytes)) {
            Asked::Answer(()) => {}
            Asked::NoGit | Asked::NoRepository => return Ok(None),
            Asked::Failed(why) => return Err(why),
        }
        let (mut history, blobs) = log.finish();
        if history.commits.is_empty() {
            // Of a shallow clone's last commit nobody can say what it changed.
            return match history.cut {
                true => Err("no older commits are at hand, as in a shallow clone".to_owned()),
                false => Ok(None),
            };
        }
        texts::fill(root, &mut history, &blobs, deadline)?;
        Ok(Some(history))
    }
}

/// The handbook's files in the newest commit; `None` if there is no commit, or none of them is in it.
fn tracked(root: &Path, deadline: Deadline) -> Result<Option<HashSet<String>>, String> {
    let arguments = ["ls-tree", "-r", "-z", "--name-only", "HEAD"].map(OsStr::new);
    let text = match program::whole(root, &arguments, deadline) {
        Asked::Answer(text) => text,
        Asked::NoGit | Asked::NoRepository => return Ok(None),
        // A repository that nobody has committed to yet has no history, and that is no trouble.
        Asked::Failed(why) if why.contains("Not a valid object name") => return Ok(None),
        Asked::Failed(why) => return Err(why),
    };
    let files: HashSet<String> = text.split('\0').filter(|path| log::is_ours(path)).map(str::to_owned).collect();
    Ok(Some(files).filter(|files| !files.is_empty()))
}
