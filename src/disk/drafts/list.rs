//! The list of drafts at the end of their file: where each of them is, and last of all how long the list is.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use crate::bytes::{Reader, Writer};
use crate::hash::HashMap;

/// The first bytes of the list. The number is that of the form.
const FIRST: &[u8] = b"journeybook drafts 2\n";

/// How long it may be, in bytes: more than a million of drafts take.
const LONGEST: u64 = 1 << 26;

/// A draft: its number, where it is in the file, and where what it has apart is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) key: u64,
    pub(super) draft: Stretch,
    pub(super) apart: Stretch,
}

/// Where something begins, and how long it is.
pub(super) type Stretch = (u32, u32);

impl Place {
    /// How much of the file it takes.
    pub(super) fn bytes(&self) -> u64 {
        u64::from(self.draft.1) + u64::from(self.apart.1)
    }
}

/// Writes where drafts are, and how long that is. Of two with one number the later counts.
pub(super) fn write(out: &mut impl Write, desk: u64, places: &[Place]) -> io::Result<()> {
    let mut list = Writer::new(FIRST);
    list.number(desk);
    list.small(places.len() as u32);
    for Place { key, draft, apart } in places {
        list.number(*key);
        [draft.0, draft.1, apart.0, apart.1].into_iter().for_each(|number| list.small(number));
    }
    let list = list.sealed();
    out.write_all(&list)?;
    out.write_all(&(list.len() as u64).to_le_bytes())?;
    out.flush()
}

/// Where the drafts in a file are, by their numbers, and where the list of them begins; `None` if it is spoilt or another
/// program's.
pub(super) fn read(file: &mut File, desk: u64) -> Option<(HashMap<u64, Place>, u32)> {
    let length = file.seek(SeekFrom::End(0)).ok()?;
    let mut last = [0; 8];
    file.seek(SeekFrom::Start(length.checked_sub(8)?)).ok()?;
    file.read_exact(&mut last).ok()?;
    let list = u64::from_le_bytes(last);
    let begin = (length - 8).checked_sub(list).filter(|_| list <= LONGEST)?;
    file.seek(SeekFrom::Start(begin)).ok()?;
    let mut list = vec![0; usize::try_from(length - 8 - begin).ok()?];
    file.read_exact(&mut list).ok()?;
    Some((places(&list, desk)?, u32::try_from(begin).ok()?))
}

fn places(list: &[u8], desk: u64) -> Option<HashMap<u64, Place>> {
    let mut rest = Reader::unsealed(list, FIRST)?;
    if rest.number()? != desk {
        return None;
    }
    let count = rest.count()?;
    let mut place = || {
        let key = rest.number()?;
        Some((key, Place { key, draft: (rest.small()?, rest.small()?), apart: (rest.small()?, rest.small()?) }))
    };
    (0..count).map(|_| place()).collect()
}
