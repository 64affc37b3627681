//! What a build leaves for the one after it, as bytes of a file that anybody may delete, cut short or spoil.
//!
//! A record is believed as a whole or not at all: its end holds a hash of all that comes before.

use std::hash::{DefaultHasher, Hasher};

use super::look::Look;
use super::stamp::Stamp;
use crate::model::{Digests, Reads};

/// Its first bytes. The number is that of the form.
const FIRST: &[u8] = b"journeybook cache 2\n";

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
    /// The files that it copied, by their path in the handbook.
    pub(super) assets: Vec<(String, Look)>,
    /// The files that it wrote, the manifest among them, ordered by their path.
    pub(super) files: Vec<Kept>,
}

/// A file of the site, as a build left it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its path in the output folder.
    pub(super) path: String,
    /// How it looks.
    pub(super) look: Look,
    /// What was read of the handbook to make it; `None` if it holds what is no part of that.
    pub(super) reads: Option<Reads>,
    /// What it rests on besides.
    pub(super) layout: u64,
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
        let Self { key, desk, digests, told: Told { pages, notes, counts, plain, colored }, assets, files } = self;
        let mut out = Writer(FIRST.to_vec());
        [key, desk, pages, notes, &digests.frame].into_iter().for_each(|number| out.number(*number));
        [counts, plain, colored].into_iter().for_each(|text| out.text(text));
        out.number(digests.nouns.len() as u64);
        digests.nouns.iter().for_each(|noun| out.number(*noun));
        out.number(assets.len() as u64);
        for (path, look) in assets {
            out.text(path);
            out.look(look);
        }
        out.number(files.len() as u64);
        for Kept { path, look, reads, layout } in files {
            out.text(path);
            out.look(look);
            out.reads(reads.as_ref());
            out.number(*layout);
        }
        let sum = sum(&out.0);
        out.number(sum);
        out.0
    }

    /// What such bytes hold; `None` if they are not what [`Self::to_bytes`] gave.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (held, last) = bytes.split_last_chunk::<8>()?;
        if sum(held) != u64::from_le_bytes(*last) {
            return None;
        }
        let mut rest = Reader(held.strip_prefix(FIRST)?);
        let [key, desk, pages, notes] = [rest.number()?, rest.number()?, rest.number()?, rest.number()?];
        let frame = rest.number()?;
        let [counts, plain, colored] = [rest.text()?, rest.text()?, rest.text()?];
        let count = rest.number()?;
        let nouns = (0..count).map(|_| rest.number()).collect::<Option<_>>()?;
        let count = rest.number()?;
        let assets = (0..count).map(|_| Some((rest.text()?, rest.look()?))).collect::<Option<_>>()?;
        let count = rest.number()?;
        let files = (0..count)
            .map(|_| {
                Some(Kept { path: rest.text()?, look: rest.look()?, reads: rest.reads()?, layout: rest.number()? })
            })
            .collect::<Option<Vec<Kept>>>()?;
        let told = Told { pages, notes, counts, plain, colored };
        let record = Self { key, desk, digests: Digests { frame, nouns }, told, assets, files };
        (rest.0.is_empty() && record.files.is_sorted_by(|one, next| one.path < next.path)).then_some(record)
    }
}

fn sum(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    fn look(&mut self, look: &Look) {
        look.stamp.0.iter().for_each(|number| self.number(*number));
        self.number(look.hash.is_some().into());
        self.number(look.hash.unwrap_or_default());
    }

    /// Runs lie near one another: how far each begins behind the one before, and how long it is.
    fn reads(&mut self, reads: Option<&Reads>) {
        let Some(reads) = reads else { return self.small(0) };
        self.small(reads.runs().len() as u32 + 1);
        let mut last = 0;
        for (first, end) in reads.runs() {
            self.small(first - last);
            self.small(end - first);
            last = *end;
        }
    }

    /// A number that is mostly small: seven bits a byte, the last ones first.
    fn small(&mut self, mut number: u32) {
        while number > 0x7f {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }
}

/// What is left to read.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*number))
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn look(&mut self) -> Option<Look> {
        let mut stamp = [0; 5];
        for number in &mut stamp {
            *number = self.number()?;
        }
        let (known, hash) = (self.number()?, self.number()?);
        Some(Look { stamp: Stamp(stamp), hash: (known == 1).then_some(hash) })
    }

    /// Readings, or none of them; `None` if this is neither.
    fn reads(&mut self) -> Option<Option<Reads>> {
        let Some(count) = self.small()?.checked_sub(1) else { return Some(None) };
        let mut last = 0u32;
        let mut run = || {
            let first = last.checked_add(self.small()?)?;
            last = first.checked_add(self.small()?)?;
            Some((first, last))
        };
        Reads::from_runs((0..count).map(|_| run()).collect::<Option<_>>()?).map(Some)
    }

    fn small(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
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
            Kept { path: path.to_owned(), look: look(number), reads, layout: number }
        });
        let digests = Digests { frame: 8, nouns: vec![1, 2, u64::MAX] };
        let assets = vec![("assets/a.png".to_owned(), look(9))];
        Record { key: 7, desk: 3, digests, told, assets, files: files.collect() }
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
        let other = [b"journeybook cache 1\n", &bytes[FIRST.len()..bytes.len() - 8]].concat();
        assert_eq!(Record::from_bytes(&[&other[..], &sum(&other).to_le_bytes()].concat()), None, "another form");
    }
}
