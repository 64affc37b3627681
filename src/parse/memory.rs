//! What was read before: an item whose files did not change is not read again.
//!
//! An item is known by its files as they were in memory, not by their times or by what somebody announced: the same
//! text read twice is another one, and is parsed again. Nothing is kept of an item that is gone.

use std::collections::HashMap;
use std::sync::Arc;

use super::files::ItemFiles;
use crate::diag::Report;
use crate::model::{
    Channel, Course, Draft, Guide, Insight, JourneyMap, Lesson, Metric, Opportunity, OwnLane, Persona, StageSet, Table,
    Team, Term, Touchpoint, Walkthrough,
};
use crate::parallel;
use crate::source::{FileId, SourceFile, Sources};

/// What has been read, for the next reading.
#[derive(Debug, Default)]
pub struct Memory {
    /// Whether anything is kept at all.
    pub(super) keeps: bool,
    languages: Vec<String>,
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

/// What has been read of one kind of thing, by the file it stands in.
#[derive(Debug)]
pub(super) struct Kept<V>(HashMap<FileId, Known<V>>);

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Self(HashMap::new())
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

    /// Forgets what was read under other settings: in other languages everything, with other stages or lanes the maps.
    pub(super) fn settle<'l>(
        &mut self,
        languages: impl Iterator<Item = &'l str>,
        sets: &Table<StageSet>,
        lanes: &Table<OwnLane>,
    ) {
        let languages: Vec<String> = languages.map(str::to_owned).collect();
        if self.languages != languages {
            *self = Self { keeps: self.keeps, languages, ..Self::default() };
        }
        if self.stage_sets != *sets || self.own_lanes != *lanes {
            (self.stage_sets, self.own_lanes) = (sets.clone(), lanes.clone());
            self.maps = Kept::default();
        }
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
        let before = std::mem::take(&mut self.0);
        let read = parallel::map(&readings, |reading| {
            let files = if keeps { reading.open(sources) } else { Vec::new() };
            let known = before.get(&reading.files.file).filter(|known| {
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
                let known = Known { files, value: value.clone(), report: own.clone(), reading };
                self.0.insert(known.reading.files.file, known);
            }
            report.append(own);
            values.push(value);
        }
        values
    }
}
