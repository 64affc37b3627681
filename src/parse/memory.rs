//! What was read before: an item whose files did not change is not read again.
//!
//! An item is known by its files as they were in memory, not by their times or by what somebody announced: the same
//! text read twice is another one, and is parsed again. Nothing is kept of an item that is gone.

use std::sync::Arc;

use super::files::ItemFiles;
use super::folders::Folders;
use crate::diag::Report;
use crate::model::{
    Channel, Course, Draft, Guide, Insight, JourneyMap, Language, Lesson, Metric, Opportunity, OwnLane, Persona,
    StageSet, Table, Team, Term, Touchpoint, Walkthrough,
};
use crate::parallel;
use crate::source::{FileId, Files, SourceFile, Sources};

/// What has been read, for the next reading.
#[derive(Debug, Default)]
pub struct Memory {
    /// Whether anything is kept at all.
    pub(super) keeps: bool,
    files: Files,
    folders: Option<(Arc<Folders>, Report)>,
    /// Their tags, and what each falls back to.
    languages: Vec<(String, Vec<usize>)>,
    /// Whether the files are named as they were, in the languages that were.
    pub(super) is_laid_out: bool,
    stage_sets: Table<StageSet>,
    own_lanes: Table<OwnLane>,
    pub(super) personas: Kept<Arc<Persona<Draft>>>,
    pub(super) maps: Kept<Arc<JourneyMap<Draft>>>,
    pub(super) touchpoints: Kept<Arc<Touchpoint<Draft>>>,
    pub(super) channels: Kept<Table<Channel>>,
    pub(super) teams: Kept<Table<Team<Draft>>>,
    pub(super) insights: Kept<Arc<Insight<Draft>>>,
    pub(super) opportunities: Kept<Arc<Opportunity<Draft>>>,
    pub(super) metrics: Kept<Arc<Metric<Draft>>>,
    pub(super) courses: Kept<Arc<Course<Draft>>>,
    pub(super) lessons: Kept<Arc<Lesson<Draft>>>,
    pub(super) walkthroughs: Kept<Arc<Walkthrough<Draft>>>,
    pub(super) terms: Kept<Table<Term<Draft>>>,
    pub(super) guides: Kept<Arc<Guide<Draft>>>,
}

/// What has been read of one kind of thing, in the order of the items.
#[derive(Debug)]
pub(super) struct Kept<V> {
    known: Vec<Known<V>>,
    /// What was said of the files by their names.
    said: Report,
}

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Self { known: Vec::new(), said: Report::default() }
    }
}

/// Something that has been read.
#[derive(Debug)]
struct Known<V> {
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
    /// The files as they are in memory.
    fn open(&self, sources: &Sources) -> Vec<Arc<SourceFile>> {
        let others = self.files.others.iter().map(|(_, file)| *file);
        let all = std::iter::once(self.files.file).chain(others).chain(self.beside);
        all.filter_map(|file| sources.files().get(file).cloned()).collect()
    }
}

impl Memory {
    /// A memory for many readings. The default one keeps nothing.
    pub fn new() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// Puts every file where it belongs, if there are others than there were.
    pub(super) fn folders(&mut self, sources: &Sources, report: &mut Report) -> Arc<Folders> {
        self.is_laid_out = self.folders.is_some() && self.files.are_where(sources.files());
        let known = self.folders.take().filter(|_| self.is_laid_out);
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

impl<V> Kept<V> {
    /// What is read of the things of this kind: as it was, if the files are; otherwise as `group` finds.
    pub(super) fn readings(
        &mut self,
        is_laid_out: bool,
        report: &mut Report,
        group: impl FnOnce(&mut Report) -> Vec<Reading>,
    ) -> Vec<Reading> {
        if is_laid_out {
            report.append(self.said.clone());
            return self.known.iter().map(|known| known.reading.clone()).collect();
        }
        self.said = Report::default();
        let readings = group(&mut self.said);
        report.append(self.said.clone());
        readings
    }
}

impl<V: Clone + Send + Sync> Kept<V> {
    /// Reads things one by one on all cores, those that changed, and gives all with their reports in their order.
    pub(super) fn read(
        &mut self,
        readings: Vec<Reading>,
        (keeps, sources): (bool, &Sources),
        parse: impl Fn(&Reading, &mut Report) -> V + Sync + Send,
        report: &mut Report,
    ) -> Vec<V> {
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
                    (parse(reading, &mut own), own)
                }
            };
            (files, value, own)
        });
        let mut values = Vec::with_capacity(read.len());
        for (reading, (files, value, own)) in readings.into_iter().zip(read) {
            if keeps {
                self.known.push(Known { files, value: value.clone(), report: own.clone(), reading });
            }
            report.append(own);
            values.push(value);
        }
        values
    }
}
