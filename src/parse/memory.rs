//! What was read before: an item whose files did not change is not read again.
//!
//! An item is known by its files as they were in memory, not by their times or by what somebody announced: the same
//! text read twice is another one, and is parsed again. Nothing is kept of an item that is gone.

use std::sync::Arc;

use super::files::ItemFiles;
use super::folders::Folders;
use super::kept::{self, Kept};
use crate::diag::Report;
use crate::model::pack::Pack;
use crate::model::{
    Channel, Course, Draft, Guide, Insight, JourneyMap, Language, Lesson, Metric, Opportunity, OwnLane, Persona,
    StageSet, Table, Team, Term, Touchpoint, Walkthrough,
};
use crate::parallel;
use crate::source::{FileId, Files, SourceFile, Sources};

/// What has been read, for the next reading.
#[derive(Debug, Default)]
pub struct ParseMemory {
    /// Whether anything is kept at all.
    pub(super) keeps: bool,
    files: Files,
    folders: Option<(Arc<Folders>, Report)>,
    /// Their tags, and what each falls back to.
    languages: Vec<(String, Vec<usize>)>,
    /// The files that are not what they were, in order; `None` unless all are named as they were, in the languages that were.
    pub(super) changed: Option<Vec<FileId>>,
    stage_sets: Table<StageSet>,
    own_lanes: Table<OwnLane>,
    pub(super) personas: ReadKind<Arc<Persona<Draft>>>,
    pub(super) maps: ReadKind<Arc<JourneyMap<Draft>>>,
    pub(super) touchpoints: ReadKind<Arc<Touchpoint<Draft>>>,
    pub(super) channels: ReadKind<Table<Channel>>,
    pub(super) teams: ReadKind<Table<Team<Draft>>>,
    pub(super) insights: ReadKind<Arc<Insight<Draft>>>,
    pub(super) opportunities: ReadKind<Arc<Opportunity<Draft>>>,
    pub(super) metrics: ReadKind<Arc<Metric<Draft>>>,
    pub(super) courses: ReadKind<Arc<Course<Draft>>>,
    pub(super) lessons: ReadKind<Arc<Lesson<Draft>>>,
    pub(super) walkthroughs: ReadKind<Arc<Walkthrough<Draft>>>,
    pub(super) terms: ReadKind<Table<Term<Draft>>>,
    pub(super) guides: ReadKind<Arc<Guide<Draft>>>,
}

/// What has been read of one kind of thing, in the order of the items.
#[derive(Debug)]
pub(super) struct ReadKind<V> {
    known: Vec<ReadItem<V>>,
    /// What was said of the files by their names.
    said: Report,
    /// What each was made of, in short, or 0; empty if that is not known of any.
    origins: Vec<u64>,
}

impl<V> Default for ReadKind<V> {
    fn default() -> Self {
        Self { known: Vec::new(), said: Report::default(), origins: Vec::new() }
    }
}

/// Something that has been read.
#[derive(Debug)]
struct ReadItem<V> {
    reading: Reading,
    files: Vec<Arc<SourceFile>>,
    value: V,
    report: Report,
}

/// What is read to know one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// The item's own files.
    pub(super) files: ItemFiles,
    /// Another file that belongs to it.
    pub(super) beside: Option<FileId>,
    /// The course it is a lesson of, by name and position; the whole name of a guide.
    pub(super) within: (String, usize),
}

impl From<ItemFiles> for Reading {
    fn from(files: ItemFiles) -> Self {
        Self { files, beside: None, within: Default::default() }
    }
}

impl Reading {
    /// The files it is read from.
    pub(super) fn files(&self) -> impl Iterator<Item = FileId> {
        self.files.all().chain(self.beside)
    }

    /// The same as they are in memory.
    fn open(&self, sources: &Sources) -> Vec<Arc<SourceFile>> {
        self.files().filter_map(|file| sources.files().get(file).cloned()).collect()
    }

    /// Whether it is read from one of these files, which are in order.
    fn has_any(&self, files: &[FileId]) -> bool {
        let has = |file: &FileId| files.binary_search(file).is_ok();
        has(&self.files.file) || self.files.others.iter().any(|(_, file)| has(file)) || self.beside.iter().any(has)
    }
}

impl ParseMemory {
    /// A memory for many readings. The default one keeps nothing.
    pub fn new() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// Puts every file where it belongs, if there are others than there were.
    pub(super) fn folders(&mut self, sources: &Sources, report: &mut Report) -> Arc<Folders> {
        self.changed = self.folders.as_ref().and_then(|_| self.files.changes(sources.files()));
        let known = self.folders.take().filter(|_| self.changed.is_some());
        let (folders, said) = known.unwrap_or_else(|| {
            let mut said = Report::default();
            (Folders::sort(sources, &mut said).into(), said)
        });
        report.append(said.clone());
        if self.keeps {
            self.files = sources.files().clone();
            self.folders = Some((Arc::clone(&folders), said));
        }
        folders
    }

    /// Forgets what was read under other settings: in other languages everything, with other stages or lanes the maps.
    pub(super) fn settle(&mut self, languages: &[Language], sets: &Table<StageSet>, lanes: &Table<OwnLane>) {
        let named = languages.iter().map(|language| (language.tag.clone(), language.lang.fallbacks().collect()));
        let languages: Vec<(String, Vec<usize>)> = named.collect();
        if self.languages != languages {
            let (files, folders) = (self.files.clone(), self.folders.take());
            *self = Self { keeps: self.keeps, languages, files, folders, ..Self::default() };
        }
        if self.stage_sets != *sets || self.own_lanes != *lanes {
            (self.stage_sets, self.own_lanes) = (sets.clone(), lanes.clone());
            self.maps.known.iter_mut().for_each(|known| known.files.clear());
        }
    }
}

impl<V> ReadKind<V> {
    /// What is read of the things of this kind: the same as before (`None`), if the files are; otherwise as `group` finds.
    pub(super) fn readings(
        &mut self,
        changed: Option<&[FileId]>,
        report: &mut Report,
        group: impl FnOnce(&mut Report) -> Vec<Reading>,
    ) -> Option<Vec<Reading>> {
        let readings = changed.is_none().then(|| {
            self.said = Report::default();
            group(&mut self.said)
        });
        report.repeat(&self.said);
        readings
    }

    /// What the things that were read last were made of, in short; empty if that is not known.
    pub(super) fn take_origins(&mut self) -> Vec<u64> {
        std::mem::take(&mut self.origins)
    }

    /// The readings that [`Self::readings`] has told of.
    pub(super) fn each<'k>(&'k self, readings: &'k Option<Vec<Reading>>) -> impl Iterator<Item = &'k Reading> {
        let same = self.known.iter().filter(|_| readings.is_none()).map(|known| &known.reading);
        readings.iter().flatten().chain(same)
    }
}

impl<T> ReadKind<Arc<T>> {
    /// Takes items that were changed after they had been read for what was read.
    pub(super) fn keep(&mut self, items: &[Arc<T>]) {
        for (known, item) in self.known.iter_mut().zip(items).filter(|(known, item)| !Arc::ptr_eq(&known.value, item)) {
            known.value = Arc::clone(item);
        }
    }
}

impl<V: Clone + Send + Sync + Pack> ReadKind<V> {
    /// Reads things one by one on all cores, those that changed, and gives all with their reports in their order.
    pub(super) fn read(
        &mut self,
        readings: Option<Vec<Reading>>,
        (keeps, changed, sources): (bool, Option<&[FileId]>, &mut Sources),
        kept: Option<&Kept>,
        parse: impl Fn(&Reading, &Sources, &mut Report) -> V + Sync + Send,
        report: &mut Report,
    ) -> Vec<V> {
        let Some(readings) = readings else {
            return self.read_again(changed.unwrap_or_default(), sources, parse, report);
        };
        if !keeps && sources.lets_go() {
            let (values, origins) = kept::read_and_let_go(&readings, sources, kept, parse, report);
            self.origins = origins;
            return values;
        }
        let mut before = std::mem::take(&mut self.known);
        before.sort_by_key(|known| known.reading.files.file);
        let read = parallel::map(&readings, |reading| {
            let files = if keeps { reading.open(sources) } else { Vec::new() };
            let at = before.binary_search_by_key(&reading.files.file, |known| known.reading.files.file);
            let known = at.ok().map(|at| &before[at]).filter(|known| {
                known.reading == *reading
                    && known.files.len() == files.len()
                    && known.files.iter().zip(&files).all(|(a, b)| Arc::ptr_eq(a, b))
            });
            let (value, own) = match known {
                Some(known) => (known.value.clone(), known.report.clone()),
                None => {
                    let mut own = Report::default();
                    (parse(reading, sources, &mut own), own)
                }
            };
            (files, value, own)
        });
        let mut values = Vec::with_capacity(read.len());
        for (reading, (files, value, own)) in readings.into_iter().zip(read) {
            if keeps {
                self.known.push(ReadItem { files, value: value.clone(), report: own.clone(), reading });
            }
            report.append(own);
            values.push(value);
        }
        values
    }

    /// The same for the things that are known already, of whose files some have changed: the others stay where they are.
    fn read_again(
        &mut self,
        changed: &[FileId],
        sources: &Sources,
        parse: impl Fn(&Reading, &Sources, &mut Report) -> V + Sync + Send,
        report: &mut Report,
    ) -> Vec<V> {
        let is_stale = |known: &ReadItem<V>| known.files.is_empty() || known.reading.has_any(changed);
        let stale: Vec<usize> = (0..self.known.len()).filter(|&at| is_stale(&self.known[at])).collect();
        let read = parallel::map(&stale, |&at| {
            let (reading, mut own) = (&self.known[at].reading, Report::default());
            (reading.open(sources), parse(reading, sources, &mut own), own)
        });
        for (at, (files, value, own)) in stale.into_iter().zip(read) {
            let known = &mut self.known[at];
            (known.files, known.value, known.report) = (files, value, own);
        }
        let value = |known: &ReadItem<V>| {
            report.repeat(&known.report);
            known.value.clone()
        };
        self.known.iter().map(value).collect()
    }
}
