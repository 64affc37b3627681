//! What a build leaves for the one after it, as bytes of a file that anybody may delete, cut short or spoil.
//!
//! A record is believed as a whole or not at all: its end holds a hash of all that comes before.

use super::look::Look;
use super::stamp::Stamp;
use super::texts::Texts;
use crate::bytes::{Reader, Writer};
use crate::model::{Digests, Reads};
use crate::path::SitePath;
use crate::render::Things;

/// Its first bytes. The number is that of the form.
const FIRST: &[u8] = b"journeybook cache 8\n";

/// How many bytes the rest of what is known of a file takes at most.
const A_FILE: usize = 80;

/// What a build left.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// What it was made from, all of it: program, folders, wishes and sources.
    pub(super) key: u64,
    /// The same without the sources.
    pub(super) desk: u64,
    /// What the sources came to.
    pub(super) digests: Digests,
    /// What it said.
    pub(super) told: Told,
    /// The texts that it was made of, as far as they need not be read to be known again.
    pub(super) texts: Texts,
    /// The files that it copied, by their path in the handbook.
    pub(super) assets: Vec<(String, Look)>,
    /// The files that it wrote, the manifest among them, ordered by their path.
    pub(super) files: Vec<Kept>,
}

/// A file of the site, as a build left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its path in the output folder.
    pub(super) path: SitePath,
    /// How it looks.
    pub(super) look: Look,
    /// What was read of the handbook to make it; `None` if it holds what is no part of that.
    pub(super) reads: Option<Reads>,
    /// What it rests on besides.
    pub(super) layout: u64,
    /// The things that it is made of, if it is a long one.
    pub(super) things: Option<Box<Things>>,
}

/// What a build said about a handbook, to be said again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// How many pages it wrote.
    pub pages: u64,
    /// How many notes there are.
    pub notes: u64,
    /// What was found, in numbers, such as `2 warnings`; empty if nothing was.
    pub counts: String,
    /// What was found, in full; empty if nothing was.
    pub plain: String,
    /// The same in colours.
    pub colored: String,
}

impl Record {
    /// The bytes of a file that holds it.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let Self { key, desk, digests, told, texts, assets, files } = self;
        let Told { pages, notes, counts, plain, colored } = told;
        // Megabytes: what grows bit by bit is copied again and again.
        let of = |file: &Kept| {
            let things = file.things.as_ref().map_or(0, |things| things.as_bytes().len());
            A_FILE + file.path.as_str().len() + file.reads.as_ref().map_or(0, |reads| reads.as_bytes().len()) + things
        };
        let mut out = Writer::with_room(files.iter().map(of).sum::<usize>() + texts.room() + 24 * digests.nouns.len());
        out.bytes(FIRST);
        [key, desk, pages, notes, &digests.frame].into_iter().for_each(|number| out.number(*number));
        [counts, plain, colored].into_iter().for_each(|text| out.text(text));
        out.number(digests.nouns.len() as u64);
        digests.nouns.iter().chain(&digests.origins).chain(&digests.names).for_each(|noun| out.number(*noun));
        texts.put(&mut out);
        out.number(assets.len() as u64);
        for (path, look) in assets {
            out.text(path);
            put_look(&mut out, look);
        }
        out.number(files.len() as u64);
        for Kept { path, look, reads, layout, things } in files {
            out.text(path.as_str());
            put_look(&mut out, look);
            put_reads(&mut out, reads.as_ref());
            out.number(*layout);
            put_packed(&mut out, things.as_ref().map(|things| things.as_bytes()));
        }
        out.sealed()
    }

    /// What such bytes hold; `None` if they are not what [`Self::to_bytes`] gave.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = Reader::unsealed(bytes, FIRST)?;
        let [key, desk, pages, notes] = [rest.number()?, rest.number()?, rest.number()?, rest.number()?];
        let frame = rest.number()?;
        let [counts, plain, colored] = [rest.text()?, rest.text()?, rest.text()?].map(str::to_owned);
        let count = rest.number()?;
        let mut numbers = || (0..count).map(|_| rest.number()).collect::<Option<Vec<u64>>>();
        let (nouns, origins, names) = (numbers()?, numbers()?, numbers()?);
        let texts = Texts::take(&mut rest)?;
        let count = rest.number()?;
        let assets =
            (0..count).map(|_| Some((rest.text()?.to_owned(), take_look(&mut rest)?))).collect::<Option<_>>()?;
        let count = rest.number()?;
        let files = (0..count)
            .map(|_| {
                let (path, look) = (SitePath::new(rest.text()?)?, take_look(&mut rest)?);
                let (reads, layout) = (take_reads(&mut rest)?, rest.number()?);
                let things = take_packed(&mut rest)?.map(|things| Things::from_bytes(things).into());
                Some(Kept { path, look, reads, layout, things })
            })
            .collect::<Option<Vec<Kept>>>()?;
        let told = Told { pages, notes, counts, plain, colored };
        let digests = Digests { frame, nouns, origins, names, ..Digests::default() };
        let record = Self { key, desk, digests, told, texts, assets, files };
        (rest.is_empty() && record.files.is_sorted_by(|one, next| one.path < next.path)).then_some(record)
    }
}

fn put_look(out: &mut Writer, look: &Look) {
    look.stamp.put(out);
    out.byte(look.hash.is_some().into());
    out.number(look.hash.unwrap_or_default());
}

fn take_look(rest: &mut Reader<'_>) -> Option<Look> {
    let stamp = Stamp::take(rest)?;
    let (known, hash) = (rest.byte()?, rest.number()?);
    Some(Look { stamp, hash: (known == 1).then_some(hash) })
}

/// Readings, or none of them.
pub(super) fn put_reads(out: &mut Writer, reads: Option<&Reads>) {
    put_packed(out, reads.map(Reads::as_bytes));
}

/// Readings, or none of them; `None` if this is neither.
pub(super) fn take_reads(rest: &mut Reader<'_>) -> Option<Option<Reads>> {
    take_packed(rest).map(|bytes| bytes.map(Reads::from_bytes))
}

/// What is packed already, or nothing of the sort.
fn put_packed(out: &mut Writer, packed: Option<&[u8]>) {
    out.small(packed.map_or(0, |packed| packed.len() as u32 + 1));
    packed.into_iter().for_each(|packed| out.bytes(packed));
}

/// The same; `None` if this is neither.
fn take_packed<'b>(rest: &mut Reader<'b>) -> Option<Option<&'b [u8]>> {
    let Some(length) = rest.small()?.checked_sub(1) else { return Some(None) };
    rest.bytes(length as usize).map(Some)
}

#[cfg(test)]
mod tests {
    //! Every way of spoiling a record is more than a test from outside has time for.

    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::*;

    fn record() -> Record {
        let look =
            |number: u64| Look { stamp: Stamp([number, 2, 3, 4, u64::MAX]), hash: (number % 2 == 1).then_some(number) };
        let told =
            Told { pages: 30, notes: 1, counts: "1 warning".to_owned(), plain: "窗口".to_owned(), ..Told::default() };
        let runs = vec![(0, 7), (9, 10), (1000, 70_000)];
        let files = [("a.png", None), ("index.html", Some(vec![])), ("地图/a.html", Some(runs))];
        let files = files.into_iter().zip(0..).map(|((path, runs), number)| {
            let reads = runs.map(|runs| Reads::from_runs(runs).unwrap());
            let things = (number == 1).then(|| Things::from_bytes(&[1, 2, 3]).into());
            Kept { path: SitePath::new(path).unwrap(), look: look(number), reads, layout: number, things }
        });
        let (nouns, origins, names) = (vec![1, 2, u64::MAX], vec![0, 3, 4], vec![5, 0, 6]);
        let digests = Digests { frame: 8, nouns, origins, names, ..Digests::default() };
        let assets = vec![("assets/a.png".to_owned(), look(9))];
        Record { key: 7, desk: 3, digests, told, texts: Texts::default(), assets, files: files.collect() }
    }

    #[test]
    fn a_record_comes_back_whole() {
        for record in [record(), Record::default()] {
            assert_eq!(Record::from_bytes(&record.to_bytes()), Some(record));
        }
    }

    #[test]
    fn a_spoilt_record_is_none() {
        let bytes = record().to_bytes();
        for length in 0..bytes.len() {
            assert_eq!(Record::from_bytes(&bytes[..length]), None, "cut after {length} bytes");
        }
        for bit in 0..bytes.len() * 8 {
            let mut spoilt = bytes.clone();
            spoilt[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Record::from_bytes(&spoilt), None, "bit {bit}");
        }
        assert_eq!(Record::from_bytes(&[&bytes[..], &[0]].concat()), None);
        let other = [b"journeybook cache 3\n", &bytes[FIRST.len()..bytes.len() - 8]].concat();
        assert_eq!(Record::from_bytes(&Writer::new(&other).sealed()), None, "another form");
    }
}
