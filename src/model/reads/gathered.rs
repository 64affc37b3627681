//! Readings as bits: many of them take no more room than few, and come in order by themselves.

use super::{ALL, Reads, Run, note, note_all};

/// Readings of many things together, which are often the same.
#[derive(Debug, Default)]
pub struct Gathered {
    /// A bit for each number.
    numbers: Vec<u64>,
    all: bool,
}

impl Gathered {
    /// No readings.
    pub(super) const NONE: Self = Self { numbers: Vec::new(), all: false };

    /// Adds what has a number.
    pub(super) fn add_number(&mut self, number: u32) {
        if number == ALL {
            self.all = true;
            return;
        }
        let at = number as usize / 64;
        if self.numbers.len() <= at {
            self.numbers.resize(at + 1, 0);
        }
        self.numbers[at] |= 1 << (number % 64);
    }

    /// Adds all of others.
    pub(super) fn join(&mut self, others: &Self) {
        self.all |= others.all;
        if self.numbers.len() < others.numbers.len() {
            self.numbers.resize(others.numbers.len(), 0);
        }
        self.numbers.iter_mut().zip(&others.numbers).for_each(|(bits, others)| *bits |= others);
    }

    /// Whether there are none.
    pub(super) fn is_none(&self) -> bool {
        self.numbers.is_empty() && !self.all
    }

    /// They, as readings are kept.
    pub(super) fn into_reads(self) -> Reads {
        let end = 64 * self.numbers.len() as u32;
        // From one number on, the next that was read, or was not; the end if there is none.
        let next = |from: u32, read: bool| {
            let turned = |bits: &u64| if read { *bits } else { !*bits };
            let rest = |at: usize| self.numbers.get(at).map(turned);
            let first = rest(from as usize / 64)? & u64::MAX << (from % 64);
            let at = from / 64;
            let later =
                || (at + 1..end / 64).find_map(|at| Some((at, rest(at as usize)?)).filter(|(_, bits)| *bits != 0));
            let (at, bits) = if first != 0 { (at, first) } else { later()? };
            Some(64 * at + bits.trailing_zeros())
        };
        let mut from = Some(0);
        let runs = std::iter::from_fn(|| {
            let first = next(from?, true)?;
            from = next(first, false);
            Some((first, from.unwrap_or(end)))
        });
        if self.all { Reads::all() } else { Reads::packed(runs) }
    }

    /// Adds readings.
    pub fn add(&mut self, reads: &Reads) {
        reads.runs().take_while(|run| run.0 < run.1).for_each(|run| self.add_run(run));
    }

    /// Adds what has numbers in a row.
    pub(super) fn add_run(&mut self, (first, end): Run) {
        if end == u32::MAX {
            self.all = true;
            return;
        }
        let [begin, last] = [first, end - 1].map(|number| number as usize / 64);
        if self.numbers.len() <= last {
            self.numbers.resize(last + 1, 0);
        }
        for (at, bits) in (begin..).zip(&mut self.numbers[begin..=last]) {
            let from = if at == begin { u64::MAX << (first % 64) } else { u64::MAX };
            let to = if at == last { u64::MAX >> (63 - (end - 1) % 64) } else { u64::MAX };
            *bits |= from & to;
        }
    }

    /// Notes all of it, by the numbers that `own` gives for those that were gathered.
    pub fn note(&self, own: impl Fn(u32) -> Option<u32>) {
        if self.all {
            return note_all();
        }
        for (begin, bits) in (0..).step_by(64).zip(&self.numbers) {
            let numbers = (0..64).filter(|bit| bits >> bit & 1 == 1).map(|bit| begin + bit);
            numbers.filter_map(&own).for_each(note);
        }
    }
}
