//! What an earlier build made of the same files, and what this one leaves for a later build.
//!
//! What is parsed of an item rests on its files, on what they are called and where they stand, and on what is
//! [settled](super::Settled) before anything else. A number says all of this, and the draft is kept under it, if nothing was
//! said of its files: what is said is said by those who look at the text.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::Settled;
use super::files::ItemFiles;
use super::markdown::WORDS;
use super::memory::Reading;
use crate::diag::Report;
use crate::hash::{Folding, digest};
use crate::model::pack::{Pack, Packed, pack_all, packed, unpacked};
use crate::original::Original;
use crate::parallel;
use crate::source::{FileId, Put, Shelf, Sources};

/// How many things are read before their texts are let go: few beside a large handbook, enough for all cores.
const AT_A_TIME: usize = 256;

/// Reads things, so many at a time, and lets the texts go of which nothing was said: what is made of them takes their place.
/// Gives also what each was made of, in short, or 0.
pub(super) fn read_and_let_go<V: Pack + Send>(
    readings: &[Reading],
    sources: &mut Sources,
    kept: Option<&Kept>,
    parse: impl Fn(&Reading, &Sources, &mut Report) -> V + Sync + Send,
    report: &mut Report,
) -> (Vec<V>, Vec<u64>) {
    let mut values = Vec::with_capacity(readings.len());
    let mut origins = Vec::with_capacity(readings.len());
    let mut held = Vec::new();
    for some in readings.chunks(AT_A_TIME) {
        let open = &*sources;
        let keys = parallel::map(some, |reading| kept.and_then(|kept| kept.key::<V>(reading, open)));
        origins.extend(keys.iter().map(|key| key.unwrap_or(0)));
        let taken = kept.map_or_else(|| vec![None; keys.len()], |kept| kept.shelf.take_each(&keys, &mut held));
        let read = parallel::turn(keys.into_iter().zip(taken).collect(), |at, (key, taken)| {
            let (reading, kept) = (&some[at], kept.zip(key));
            let known =
                kept.zip(taken).and_then(|((kept, key), (range, at))| kept.open(key, (&held[range], at), reading));
            if let Some((value, own)) = known {
                return (value, own, None);
            }
            let mut own = Report::default();
            let value = parse(reading, open, &mut own);
            let new = kept.and_then(|(kept, key)| Some((key, kept.close(key, &value, &own, reading)?)));
            (value, own, new)
        });
        // What is new, each with the number of its value.
        let mut drafts = Vec::new();
        for (reading, (value, own, new)) in some.iter().zip(read) {
            if own.is_empty() {
                sources.let_go(reading.files());
            }
            drafts.extend(new.map(|(key, draft)| (values.len(), key, draft)));
            values.push(value);
            report.append(own);
        }
        if let Some(kept) = kept.filter(|_| !drafts.is_empty()) {
            kept.put_down(drafts, &mut values);
        }
    }
    (values, origins)
}

/// Where drafts are kept, and what all of them rest on.
#[derive(Debug)]
pub(super) struct Kept {
    shelf: Arc<dyn Shelf>,
    /// What is settled, in short.
    settled: u64,
    /// The files of the settings, into which drafts may point as well.
    settings: Vec<FileId>,
}

impl Kept {
    /// Where they are kept, if anybody keeps them, in a handbook of these settings.
    pub(super) fn of(sources: &Sources, settings: Option<&ItemFiles>, settled: &Settled<'_>) -> Option<Self> {
        let shelf = sources.shelf()?;
        let settings: Vec<FileId> = settings.into_iter().flat_map(ItemFiles::all).collect();
        let Settled { languages, stage_sets, own_lanes, settings_path: _, anywhere: _ } = settled;
        let languages = languages.iter().map(|language| (&language.tag, language.lang.fallbacks().collect::<Vec<_>>()));
        let languages: Vec<_> = languages.collect();
        // By what is written and where, and not by the numbers of the files, which change with every file that comes or goes.
        let shared = packed(&settings, &[], false, |out| {
            stage_sets.pack(out);
            own_lanes.pack(out);
        })?;
        Some(Self { shelf: Arc::clone(shelf), settled: digest(&(languages, shared.bytes)), settings })
    }

    /// The number of what is parsed to a `V` of these files; `None` if one of them is no readable text.
    fn key<V>(&self, reading: &Reading, sources: &Sources) -> Option<u64> {
        let Reading { files, beside, within } = reading;
        let ItemFiles { name, number, file: _, others } = files;
        let mut hasher = Folding::default();
        (self.settled, std::any::type_name::<V>(), name, number, within, beside.is_some()).hash(&mut hasher);
        others.iter().for_each(|(lang, _)| lang.hash(&mut hasher));
        for file in reading.files() {
            (sources.path(file), sources.hash(file)?).hash(&mut hasher);
        }
        Some(hasher.finish())
    }

    /// What such bytes hold; `None` if they are spoilt.
    fn open<V: Pack>(&self, key: u64, (bytes, apart): (&[u8], Option<u32>), reading: &Reading) -> Option<(V, Report)> {
        let apart = apart.map(|at| (&self.shelf, at));
        let (value, originals) =
            unpacked::<(V, Vec<Original>)>((bytes, apart), &self.files(reading), &key.to_le_bytes(), WORDS)?;
        let mut report = Report::default();
        originals.into_iter().for_each(|original| report.note(original));
        Some((value, report))
    }

    /// What was parsed, as bytes to be kept; `None` if anything was said of it.
    fn close<V: Pack>(&self, key: u64, value: &V, report: &Report, reading: &Reading) -> Option<Packed> {
        let originals = report.only_originals()?;
        packed(&self.files(reading), &key.to_le_bytes(), self.shelf.reads_apart(), |out| {
            value.pack(out);
            pack_all(originals, out);
        })
    }

    /// Puts down what is new, each draft under its key and of the value with this number, and lets running text go that stays.
    fn put_down<V: Pack>(&self, drafts: Vec<(usize, u64, Packed)>, values: &mut [V]) {
        let puts =
            drafts.iter().map(|(_, key, draft)| Put { key: *key, bytes: &draft.bytes, apart: draft.apart.as_bytes() });
        let places = self.shelf.put_each(&puts.collect::<Vec<_>>());
        if places.iter().all(Option::is_none) || !self.shelf.settle() {
            return;
        }
        for ((number, _, draft), place) in drafts.into_iter().zip(places) {
            if let Some(at) = place {
                draft.send_away(&mut values[number], &self.shelf, at);
            }
        }
    }

    fn files(&self, reading: &Reading) -> Vec<FileId> {
        reading.files().chain(self.settings.iter().copied()).collect()
    }
}
