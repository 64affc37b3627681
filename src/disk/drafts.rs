//! The drafts of an earlier build, in a file of the cache that grows with what is new.
//!
//! What stands there stays as it is while we run, and is read bit by bit: a new file is nobody else's until it is finished, and
//! of an old one everything up to its list. What is written behind that somebody else may be writing as well.
//!
//! Drafts that were put down together stand one behind the other, each sealed by whoever put it there, and behind them what
//! each has apart, whose hash stands in the draft; after them all stands the [list]. What is new is written over that list, and a
//! new list behind it, so a build that is killed in between leaves a file without a list, which is as none. Drafts that nobody
//! asked for are in the list no more, and once they are half of the file, the others are copied into a new one. A file in which
//! something was not as it was left is no use to anybody, and goes.

mod list;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

use crate::hash::HashMap;
use crate::source::{Put, Shelf, Taken};
use list::{Place, Stretch};

/// How much is read and written at a time, in bytes.
const BUFFER: usize = 1 << 18;

/// The drafts that builds of one handbook into one folder leave for one another.
#[derive(Debug)]
pub(super) struct Drafts {
    file: PathBuf,
    /// Where a new file grows.
    unfinished: PathBuf,
    /// Whose drafts they are: another program's are of no use.
    desk: u64,
    state: Mutex<State>,
    /// Where what stays is read, once there is anything.
    staying: OnceLock<File>,
    /// Whether something was not there any more.
    lost: AtomicBool,
}

#[derive(Debug, Default)]
struct State {
    /// What is there, once somebody has asked.
    old: Option<Old>,
    /// Where what is new is written, once there is anything.
    out: Option<Out>,
    /// What is in use, in the order in which it was asked for.
    places: Vec<Place>,
    /// What is new stands where the list of the file was.
    grown: bool,
    /// Something failed: there will be no new drafts.
    failed: bool,
}

/// The file of the build before. Empty if there is none.
#[derive(Debug, Default)]
struct Old {
    from: Option<File>,
    places: HashMap<u64, Place>,
    /// Where its list begins.
    end: u32,
}

#[derive(Debug)]
struct Out {
    to: BufWriter<File>,
    at: u32,
}

impl Drafts {
    /// The drafts in `file`, which need not be there; a new one grows in `unfinished`.
    pub(super) fn new(file: PathBuf, unfinished: PathBuf, desk: u64) -> Self {
        Self { file, unfinished, desk, state: Mutex::default(), staying: OnceLock::new(), lost: AtomicBool::new(false) }
    }

    /// Whether all that was asked for stood there, until now.
    pub(super) fn are_whole(&self) -> bool {
        !self.lost.load(Ordering::Relaxed)
    }

    /// Writes what is new, and that what was asked for is still in use. Whatever cannot be written is not there for the next
    /// build, and nobody hears of it. If something was lost, all goes.
    pub(super) fn finish(&self) {
        let mut state = self.lock();
        let is_whole = self.are_whole();
        let done = is_whole && self.close(&mut state).is_ok() && !state.failed;
        if !done {
            let _ = fs::remove_file(&self.unfinished);
        }
        // What could not be written to the end has no list, and would be in the way of a new file.
        if !is_whole || !done && state.grown {
            let _ = fs::remove_file(&self.file);
        }
        *state = State::default();
    }

    fn close(&self, state: &mut State) -> io::Result<()> {
        let (Some(old), false) = (state.old.take(), state.failed) else { return Ok(()) };
        let live: u64 = state.places.iter().map(Place::bytes).sum();
        let end = state.out.as_ref().map_or(old.end, |out| out.at);
        if old.from.is_some() && live * 2 < u64::from(end) {
            return self.copy(state);
        }
        match &mut state.out {
            Some(out) => {
                list::write(&mut out.to, self.desk, &state.places)?;
                if old.from.is_none() {
                    fs::rename(&self.unfinished, &self.file)?;
                }
                Ok(())
            }
            None => touch(&self.file),
        }
    }

    /// Copies what is in use into a new file.
    fn copy(&self, state: &mut State) -> io::Result<()> {
        if let Some(out) = &mut state.out {
            out.to.flush()?;
        }
        let mut from = BufReader::with_capacity(BUFFER, File::open(&self.file)?);
        let mut out = Out { to: BufWriter::with_capacity(BUFFER, File::create_new(&self.unfinished)?), at: 0 };
        let mut at = 0;
        let mut copy = |stretch: &mut Stretch| {
            let bytes = read_at(&mut from, &mut at, *stretch)?;
            out.add(&bytes).map(|to| *stretch = to)
        };
        let mut places = std::mem::take(&mut state.places);
        places.iter_mut().try_for_each(|place| copy(&mut place.draft))?;
        places.iter_mut().try_for_each(|place| copy(&mut place.apart))?;
        list::write(&mut out.to, self.desk, &places)?;
        fs::rename(&self.unfinished, &self.file)
    }

    /// What is there, if it can be read.
    fn open(&self) -> Option<Old> {
        let mut file =
            fs::metadata(&self.file).is_ok_and(|file| file.is_file()).then(|| File::open(&self.file))?.ok()?;
        let (places, end) = list::read(&mut file, self.desk)?;
        if READS_APART {
            let _ = self.staying.set(file.try_clone().ok()?);
        }
        Some(Old { from: Some(file), places, end })
    }

    /// Opens what new drafts are written to: behind the old ones, or a new file.
    fn grow(&self, end: Option<u32>) -> io::Result<Out> {
        let file = match end {
            Some(end) => {
                let file = File::options().write(true).open(&self.file)?;
                file.set_len(end.into())?;
                file
            }
            None => {
                self.file.parent().map_or(Ok(()), super::cache_files::make_folder)?;
                let file = File::create_new(&self.unfinished)?;
                if READS_APART {
                    let _ = self.staying.set(File::open(&self.unfinished)?);
                }
                file
            }
        };
        let mut to = BufWriter::with_capacity(BUFFER, file);
        to.seek(SeekFrom::End(0))?;
        Ok(Out { to, at: end.unwrap_or_default() })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Out {
    /// Adds bytes; gives where they are.
    fn add(&mut self, bytes: &[u8]) -> io::Result<Stretch> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let after = self.at.checked_add(length).ok_or(io::ErrorKind::FileTooLarge)?;
        self.to.write_all(bytes)?;
        Ok((std::mem::replace(&mut self.at, after), length))
    }
}

impl Shelf for Drafts {
    fn reads_apart(&self) -> bool {
        READS_APART
    }

    fn take(&self, key: u64) -> Option<(Vec<u8>, Option<u32>)> {
        let mut bytes = Vec::new();
        let (range, apart) = self.take_each(&[Some(key)], &mut bytes).pop()??;
        bytes.truncate(range.end);
        Some((bytes, apart))
    }

    /// Those that stand one behind the other are read together.
    fn take_each(&self, keys: &[Option<u64>], held: &mut Vec<u8>) -> Vec<Option<Taken>> {
        let mut state = self.lock();
        let State { old, places, .. } = &mut *state;
        let Old { from, places: known, .. } = old.get_or_insert_with(|| self.open().unwrap_or_default());
        let Some(from) = from else { return vec![None; keys.len()] };
        let asked: Vec<Option<Place>> = keys.iter().map(|key| known.get(&(*key)?).copied()).collect();
        let all: usize = asked.iter().flatten().map(|place| place.draft.1 as usize).sum();
        // What was read before is written over, and need not be cleared.
        if held.len() < all {
            held.resize(all, 0);
        }
        let (mut taken, mut end) = (Vec::with_capacity(keys.len()), 0);
        let follows = |one: Place, next: Place| one.draft.0.checked_add(one.draft.1) == Some(next.draft.0);
        for run in asked.chunk_by(|one, next| one.zip(*next).is_some_and(|(one, next)| follows(one, next))) {
            let length: usize = run.iter().flatten().map(|place| place.draft.1 as usize).sum();
            let read = run.iter().flatten().next().is_some_and(|first| {
                from.seek(SeekFrom::Start(first.draft.0.into())).is_ok()
                    && from.read_exact(&mut held[end..end + length]).is_ok()
            });
            for place in run {
                let place = place.filter(|_| read);
                places.extend(place);
                taken.push(place.map(|Place { draft, apart, .. }| {
                    let begin = end;
                    end += draft.1 as usize;
                    (begin..end, Some(apart.0).filter(|_| READS_APART))
                }));
            }
        }
        taken
    }

    fn put_each(&self, puts: &[Put<'_>]) -> Vec<Option<u32>> {
        let mut state = self.lock();
        let State { old, out, places, grown, failed } = &mut *state;
        let old = old.get_or_insert_with(|| self.open().unwrap_or_default());
        let first = places.len();
        let mut write = || {
            let out = match out {
                Some(out) => out,
                None => {
                    *grown = old.from.is_some();
                    out.insert(self.grow(old.from.as_ref().map(|_| old.end))?)
                }
            };
            for Put { key, bytes, .. } in puts {
                places.push(Place { key: *key, draft: out.add(bytes)?, apart: (0, 0) });
            }
            for (Put { apart, .. }, place) in puts.iter().zip(&mut places[first..]) {
                place.apart = out.add(apart)?;
            }
            Ok::<_, io::Error>(())
        };
        *failed = *failed || write().is_err();
        if *failed {
            return vec![None; puts.len()];
        }
        // What is written behind what was there somebody else may be writing as well.
        places[first..].iter().map(|place| Some(place.apart.0).filter(|_| READS_APART && !*grown)).collect()
    }

    fn settle(&self) -> bool {
        let mut state = self.lock();
        !state.failed && state.out.as_mut().is_none_or(|out| out.to.flush().is_ok())
    }

    fn read(&self, at: u32, bytes: &mut [u8]) -> bool {
        self.staying.get().is_some_and(|file| read_apart(file, bytes, at.into()).is_ok())
    }

    fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        self.finish();
    }
}

/// Whether a file can be read at any place without minding who else reads it.
const READS_APART: bool = cfg!(unix);

#[cfg(unix)]
fn read_apart(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_apart(_: &File, _: &mut [u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Says that somebody still asks for a file of the cache.
pub(super) fn touch(file: &std::path::Path) -> io::Result<()> {
    File::options().append(true).open(file)?.set_modified(SystemTime::now())
}

/// The bytes at a place of what is being read at `at`.
fn read_at(from: &mut BufReader<File>, at: &mut u32, (begin, length): (u32, u32)) -> io::Result<Vec<u8>> {
    from.seek_relative(i64::from(begin) - i64::from(*at))?;
    *at = begin;
    let mut bytes = vec![0; length as usize];
    from.read_exact(&mut bytes)?;
    *at = begin + length;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    //! When a file is copied, and what becomes of one that is cut short, shows from outside in time only.

    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use super::*;

    struct Desk(tempfile::TempDir);

    impl Desk {
        fn drafts(&self, desk: u64) -> Drafts {
            Drafts::new(self.0.path().join("drafts"), self.0.path().join("new"), desk)
        }

        fn bytes(&self) -> Vec<u8> {
            fs::read(self.0.path().join("drafts")).unwrap()
        }
    }

    fn draft(key: u64) -> Vec<u8> {
        vec![key as u8; 100 + key as usize]
    }

    /// What a draft has apart.
    fn apart(key: u64) -> Vec<u8> {
        (0..40 + key).map(|at| (key * 37 + at) as u8).collect()
    }

    /// Puts drafts down together.
    fn put(drafts: &Drafts, keys: impl Iterator<Item = u64>) -> Vec<Option<u32>> {
        let made: Vec<_> = keys.map(|key| (key, draft(key), apart(key))).collect();
        drafts.put_each(&made.iter().map(|(key, bytes, apart)| Put { key: *key, bytes, apart }).collect::<Vec<_>>())
    }

    /// The bytes under a number; what it has apart stands where it is said to stay.
    fn taken(drafts: &Drafts, key: u64) -> Option<Vec<u8>> {
        let (bytes, at) = drafts.take(key)?;
        if let Some(at) = at {
            let mut some = [0; 20];
            assert!(drafts.read(at + 3, &mut some) && some == apart(key)[3..23]);
        }
        Some(bytes)
    }

    #[test]
    fn what_is_new_is_read_where_it_stays_before_and_after_it_is_finished() {
        let desk = Desk(tempfile::tempdir().unwrap());
        let first = desk.drafts(1);
        let mut places = put(&first, 0..20);
        places.extend(put(&first, 20..50));
        assert!(first.settle());
        let stay = |drafts: &Drafts, places: &[Option<u32>]| {
            let whole = |(key, at): (u64, &Option<u32>)| {
                let mut bytes = vec![0; apart(key).len()];
                drafts.read(at.unwrap(), &mut bytes) && bytes == apart(key)
            };
            (0..).zip(places).all(whole)
        };
        if cfg!(unix) {
            assert!(stay(&first, &places));
        }
        first.finish();
        let second = desk.drafts(1);
        assert_eq!(taken(&second, 7), Some(draft(7)));
        assert_eq!(put(&second, 60..61), [None], "somebody else may write behind what was there");
        second.finish();
        fs::remove_file(desk.0.path().join("drafts")).unwrap();
        if cfg!(unix) {
            assert!(stay(&first, &places) && stay(&second, &places), "whoever reads it has it still");
        }
        assert!(!first.read(1 << 20, &mut [0]) && first.are_whole());
        first.lose();
        assert!(!first.are_whole());
    }

    #[test]
    fn a_file_in_which_something_was_lost_goes() {
        for is_grown in [false, true] {
            let desk = Desk(tempfile::tempdir().unwrap());
            let first = desk.drafts(1);
            put(&first, 0..3);
            first.finish();
            let second = desk.drafts(1);
            assert_eq!(taken(&second, 2), Some(draft(2)));
            if is_grown {
                put(&second, 3..4);
            }
            second.lose();
            drop(second);
            assert_eq!(fs::read_dir(desk.0.path()).unwrap().count(), 0, "grown: {is_grown}");
        }
    }

    #[test]
    fn drafts_come_back_and_those_that_nobody_asks_for_go() {
        let desk = Desk(tempfile::tempdir().unwrap());
        let first = desk.drafts(1);
        assert_eq!(first.take(3), None);
        assert!(put(&first, 0..50).iter().all(|place| place.is_some() || !READS_APART));
        first.finish();
        let whole = desk.bytes();

        let second = desk.drafts(1);
        (0..40).rev().for_each(|key| assert_eq!(taken(&second, key), Some(draft(key)), "{key}"));
        put(&second, 60..61);
        drop(second);
        assert!(desk.bytes().len() > whole.len() - 200, "what is new was written behind what was there");

        let third = desk.drafts(1);
        assert_eq!([taken(&third, 45), taken(&third, 60)], [None, Some(draft(60))]);
        assert_eq!(taken(&third, 7), Some(draft(7)));
        put(&third, 61..62);
        third.finish();
        assert!(desk.bytes().len() < 1500, "what is in use was copied");

        let last = desk.drafts(1);
        [7, 60, 61].into_iter().for_each(|key| assert_eq!(taken(&last, key), Some(draft(key))));
        drop(last);
        assert_eq!(desk.drafts(2).take(7), None, "another program's");
        assert_eq!(fs::read_dir(desk.0.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_cut_short_is_none() {
        let desk = Desk(tempfile::tempdir().unwrap());
        let first = desk.drafts(1);
        put(&first, 0..3);
        first.finish();
        let whole = desk.bytes();
        for length in 0..whole.len() {
            fs::write(desk.0.path().join("drafts"), &whole[..length]).unwrap();
            assert_eq!(desk.drafts(1).take(1), None, "cut after {length} bytes");
        }
        let again = desk.drafts(1);
        put(&again, 1..2);
        drop(again);
        assert_eq!(taken(&desk.drafts(1), 1), Some(draft(1)));
    }
}
