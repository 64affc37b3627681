//! What a build leaves for the one after it, as bytes of a file that anybody may delete, cut short or spoil.
//!
//! A record is believed as a whole or not at all: its end holds a hash of all that comes before.

use std::hash::{DefaultHasher, Hasher};

use super::look::Look;
use super::stamp::Stamp;

/// Its first bytes. The number is that of the form.
const FIRST: &[u8] = b"journeybook cache 1\n";

/// What a build left.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// What it was made from, all of it: program, folders, wishes and sources.
    pub(super) key: u64,
    /// What it said.
    pub(super) told: Told,
    /// The files that it copied, by their path in the handbook.
    pub(super) assets: Vec<(String, Look)>,
    /// The files that it wrote, by their path in the output folder, the manifest among them.
    pub(super) files: Vec<(String, Look)>,
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
        let Self { key, told: Told { pages, notes, counts, plain, colored }, assets, files } = self;
        let mut out = Writer(FIRST.to_vec());
        [key, pages, notes].into_iter().for_each(|number| out.number(*number));
        [counts, plain, colored].into_iter().for_each(|text| out.text(text));
        for looks in [assets, files] {
            out.number(looks.len() as u64);
            for (path, look) in looks {
                out.text(path);
                look.stamp.0.iter().for_each(|number| out.number(*number));
                out.number(look.hash.is_some().into());
                out.number(look.hash.unwrap_or_default());
            }
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
        let [key, pages, notes] = [rest.number()?, rest.number()?, rest.number()?];
        let [counts, plain, colored] = [rest.text()?, rest.text()?, rest.text()?];
        let mut looks =
            || (0..rest.number()?).map(|_| Some((rest.text()?, rest.look()?))).collect::<Option<Vec<(String, Look)>>>();
        let (assets, files) = (looks()?, looks()?);
        let told = Told { pages, notes, counts, plain, colored };
        rest.0.is_empty().then_some(Self { key, told, assets, files })
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
}

#[cfg(test)]
mod tests {
    //! Every way of spoiling a record is more than a test from outside has time for.

    use super::*;

    fn record() -> Record {
        let look =
            |number: u64| Look { stamp: Stamp([number, 2, 3, 4, u64::MAX]), hash: (number % 2 == 1).then_some(number) };
        let told =
            Told { pages: 30, notes: 1, counts: "1 warning".to_owned(), plain: "窗口".to_owned(), ..Told::default() };
        let files =
            ["index.html", "地图/a.html"].into_iter().zip(0..).map(|(path, number)| (path.to_owned(), look(number)));
        Record { key: 7, told, assets: vec![("assets/a.png".to_owned(), look(9))], files: files.collect() }
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
        let other = [b"journeybook cache 2\n", &bytes[FIRST.len()..bytes.len() - 8]].concat();
        assert_eq!(Record::from_bytes(&[&other[..], &sum(&other).to_le_bytes()].concat()), None, "another form");
    }
}
