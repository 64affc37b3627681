//! Reads the handbook's folder again and again, each time what may have changed in it.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use super::{Options, day};
use crate::date::Date;
use crate::disk::{self, Chronicle, Folder};
use crate::path::HandbookPath;
use crate::source::Sources;

/// A handbook's folder and its history.
pub(super) struct Reader {
    folder: Folder,
    chronicle: Chronicle,
    sources: Sources,
    today: Option<Date>,
}

impl Reader {
    /// A reader that has read nothing yet of the handbook whose folder is, by its true path, `home`.
    pub(super) fn new(options: &Options, home: &Path) -> Self {
        Self {
            folder: Folder::new(&options.root, &options.exclude),
            chronicle: Chronicle::of(home),
            sources: Sources::default().with_drafts(),
            today: options.today,
        }
    }

    /// Whether the repository or the day has moved on since the last reading.
    pub(super) fn has_moved(&self) -> bool {
        self.chronicle.has_moved() || self.today.or_else(day::today) != self.sources.today()
    }

    /// The texts, as of today, with what changed in them. `files` may be other ones than at the last reading, or have come or
    /// gone; without it any may. What keeps the history from being told is said to `tell`.
    ///
    /// # Errors
    /// If the folder cannot be read; what was read before is kept.
    pub(super) fn read(
        &mut self,
        files: Option<&[HandbookPath]>,
        tell: &dyn Fn(String),
    ) -> Result<Sources, disk::Error> {
        let some = match files {
            Some(files) => self.folder.read_these(files)?,
            None => None,
        };
        let (files, history) = match some {
            Some(files) => (files, self.chronicle.read()),
            // A long history takes its time, and so do many files.
            None => {
                let (folder, chronicle) = (&mut self.folder, &mut self.chronicle);
                thread::scope(|scope| {
                    let history = scope.spawn(move || chronicle.read());
                    let files = folder.read()?;
                    Ok((files, history.join().unwrap_or_else(|panic| resume_unwind(panic))))
                })?
            }
        };
        let history = history.unwrap_or_else(|why| {
            tell(why);
            None
        });
        let sources = self.sources.with_files(files).with_history(history);
        self.sources = match self.today.or_else(day::today) {
            Some(today) => sources.on(today),
            None => sources,
        };
        Ok(self.sources.clone())
    }
}
