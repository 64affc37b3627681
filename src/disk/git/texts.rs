//! The texts before and after, of the files that the newest commits touched: asked for all at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::log::Blobs;
use super::program::{self, Asked, Deadline};
use crate::history::{Done, History};

/// Texts of this size and larger are not compared, in bytes.
const LARGEST: usize = 256 * 1024;
/// How many commits have their texts read.
const MOST_COMMITS: usize = 30;
/// How many files of a commit have their texts read; nobody reads more changes than that.
const MOST_FILES: usize = 20;

/// Puts the texts of the newest commits into their touches. `blobs` says where they are: by commit, by touch.
///
/// # Errors
/// A sentence on why the repository does not give them.
pub(super) fn fill(root: &Path, history: &mut History, blobs: &[Vec<Blobs>], deadline: Deadline) -> Result<(), String> {
    // What was made anew needs no text, and what is gone only its title.
    let wanted = |done: Done, (old, new): &Blobs| match done {
        Done::Added => (None, None),
        Done::Changed | Done::Renamed => (old.clone(), new.clone()),
        Done::Deleted => (old.clone(), None),
    };
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (commit, blobs) in history.commits.iter().zip(blobs).take(MOST_COMMITS) {
        for (touch, blobs) in commit.touched.iter().zip(blobs).take(MOST_FILES) {
            let (old, new) = wanted(touch.what, blobs);
            ids.extend(old.into_iter().chain(new));
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    let input: String = ids.iter().map(|id| format!("{id}\n")).collect();
    let mut batch = Batch::default();
    let arguments = ["cat-file", "--batch"].map(OsStr::new);
    match program::stream(root, &arguments, deadline, input.as_bytes(), &mut |bytes| batch.take(bytes)) {
        Asked::Answer(()) => {}
        Asked::NoGit | Asked::NoRepository => return Ok(()),
        Asked::Failed(why) => return Err(why),
    }
    for (commit, blobs) in history.commits.iter_mut().zip(blobs).take(MOST_COMMITS) {
        for (touch, blobs) in commit.touched.iter_mut().zip(blobs).take(MOST_FILES) {
            let (old, new) = wanted(touch.what, blobs);
            let text = |id: Option<String>| batch.texts.get(&id?).cloned();
            (touch.old, touch.new) = (text(old), text(new));
        }
    }
    Ok(())
}

/// What `git cat-file --batch` answers, as it comes: a line for each id, and the bytes after it.
#[derive(Default)]
struct Batch {
    texts: BTreeMap<String, Arc<str>>,
    line: Vec<u8>,
    /// The id, how many bytes are still to come, and those that came if they are kept.
    open: Option<(String, usize, Option<Vec<u8>>)>,
}

impl Batch {
    fn take(&mut self, mut bytes: &[u8]) -> ControlFlow<()> {
        while !bytes.is_empty() {
            match self.open.take() {
                Some((id, left, kept)) => bytes = self.body(id, left, kept, bytes),
                None => {
                    let Some(end) = bytes.iter().position(|&byte| byte == b'\n') else {
                        self.line.extend_from_slice(bytes);
                        break;
                    };
                    self.line.extend_from_slice(&bytes[..end]);
                    bytes = &bytes[end + 1..];
                    self.head();
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// A line `ID blob SIZE`; anything else says that there is no such text.
    fn head(&mut self) {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
        if let [id, "blob", size] = line.split(' ').collect::<Vec<_>>()[..]
            && let Ok(size) = size.parse::<usize>()
        {
            // A line feed ends the text and is not of it.
            self.open = Some((id.to_owned(), size + 1, (size < LARGEST).then(|| Vec::with_capacity(size + 1))));
        }
    }

    fn body<'b>(&mut self, id: String, left: usize, mut kept: Option<Vec<u8>>, bytes: &'b [u8]) -> &'b [u8] {
        let (own, rest) = bytes.split_at(left.min(bytes.len()));
        if let Some(kept) = &mut kept {
            kept.extend_from_slice(own);
        }
        if own.len() < left {
            self.open = Some((id, left - own.len(), kept));
        } else if let Some(mut text) = kept {
            text.pop();
            self.texts.extend(String::from_utf8(text).ok().map(|text| (id, Arc::from(text))));
        }
        rest
    }
}
