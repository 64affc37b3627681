//! Where a curve turns: its peaks and troughs, as a list and as a sentence.
//!
//! A turning point is a local peak or trough, a level stretch counting as one moment. Where there are more than can be
//! told, the largest swings are: the least swing that still counts grows until few enough are left, and of swings that
//! are just as large as the next ones those go first that lead farthest from neutral. The first highest and the first
//! lowest moment are always among them.

use std::borrow::Cow;

use serde::Serialize;

use super::curve::extremes;
use super::felt::Felt;
use super::here::{Feels, Here, Said};
use crate::model::{Feeling, Id, JourneyMap, Target};

/// A sentence tells no more turning points than this between its start and its end, a list of them no more at all.
const MOST: usize = 6;

/// A peak or trough, to go to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turn<'a> {
    /// The step on its map's page.
    pub href: String,
    /// What happens.
    pub label: Said<'a>,
    /// How it felt.
    pub feels: Feels,
    /// “highest point”, “a low” …, and whether it is a moment of truth.
    pub note: String,
}

/// The first highest and the first lowest of some feelings and what turning points are left room for, in order of
/// time: at most `most`, which is at least 2. Of feelings that are all the same only the first; none of none.
pub fn turning(feelings: &[Feeling], most: usize) -> Vec<usize> {
    let hundredths: Vec<i32> = feelings.iter().map(|feeling| (feeling.value() * 100.0).round() as i32).collect();
    let ends = extremes(feelings.iter().copied());
    let told = |least: i32| {
        let mut told = swings(&hundredths, least);
        told.extend(&ends);
        told.sort_unstable();
        told.dedup();
        told
    };
    // No swing is larger than 400: with 401 only the extremes are left.
    let (mut least, mut enough) = (1, 401);
    while least < enough {
        let middle = (least + enough) / 2;
        if told(middle).len() <= most { enough = middle } else { least = middle + 1 }
    }
    let mut turns = told(enough);
    if enough > 1 {
        fill_up(&mut turns, &told(enough - 1), &hundredths, most);
    }
    turns
}

/// Adds more turning points while there is room: what stands between two that are there already is taken as a whole,
/// or in pairs of a peak and a trough, so that no way up is told that has a way down in its middle.
fn fill_up(turns: &mut Vec<usize>, more: &[usize], values: &[i32], most: usize) {
    let mut between: Vec<Vec<usize>> = vec![Vec::new()];
    for at in more {
        match (turns.contains(at), between.last_mut()) {
            (false, Some(run)) => run.push(*at),
            _ => between.push(Vec::new()),
        }
    }
    between.sort_by_key(|run| std::cmp::Reverse(run.iter().map(|&at| values[at].abs()).max()));
    for run in between {
        let room = most.saturating_sub(turns.len());
        let taken = if run.len() <= room { run.len() } else { room / 2 * 2 };
        turns.extend(&run[..taken]);
    }
    turns.sort_unstable();
}

/// The first moment of each peak and trough, without the first and last moment of all, from which the curve goes at
/// least so far in both directions.
fn swings(values: &[i32], least: i32) -> Vec<usize> {
    #[derive(PartialEq)]
    enum Way {
        Unknown,
        Up,
        Down,
    }
    let mut turns = Vec::with_capacity(values.len() + 2);
    let (mut high, mut low, mut way) = (0, 0, Way::Unknown);
    for (at, &value) in values.iter().enumerate() {
        if value > values[high] {
            high = at;
        }
        if value < values[low] {
            low = at;
        }
        if way != Way::Up && value - values[low] >= least {
            turns.push(low);
            (way, high) = (Way::Up, at);
        } else if way != Way::Down && values[high] - value >= least {
            turns.push(high);
            (way, low) = (Way::Down, at);
        }
    }
    turns.retain(|&at| at > 0);
    turns
}

impl<'a> Here<'a> {
    /// What there is to say of a curve whose turns and moments stand beside it, see [`Here::turns`]: that it has gaps. One that
    /// has no turns is told whole.
    pub fn tell_beside_turns(&self, moments: &[Felt<'a>]) -> String {
        let feelings: Vec<Feeling> = moments.iter().map(|felt| felt.feeling).collect();
        if turning(&feelings, MOST).len() < 2 {
            return self.tell(moments);
        }
        self.with_gaps(String::new(), moments)
    }

    /// A curve in a sentence that follows its turning points; empty of no moments.
    pub fn tell(&self, moments: &[Felt<'a>]) -> String {
        let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return String::new() };
        let words = self.words;
        let teller = Teller { here: self, moments, extremes: extremes(moments.iter().map(|felt| felt.feeling)) };
        let ends = moments.len() - 1;
        if ends == 0 {
            return words.fill("told_once", &[("at", &teller.at(0))]);
        }
        if moments.iter().all(|felt| felt.feeling == first.feeling) {
            let value = words.feeling(first.feeling);
            let holes = [("value", &*value), ("from", &*teller.place(first)), ("to", &*teller.place(last))];
            return self.with_gaps(words.fill("told_level", &holes), moments);
        }
        let feelings: Vec<Feeling> = moments.iter().map(|felt| felt.feeling).collect();
        let mut between = turning(&feelings, MOST);
        between.retain(|at| (1..ends).contains(at));
        let mut told = words.fill("told_start", &[("at", &(teller.at(0) + &teller.stays(0)))]);
        let mut before = first.feeling;
        for (count, &at) in between.iter().enumerate() {
            let feeling = feelings[at];
            let key = match (feeling > before, count) {
                _ if feeling == before => "told_returns",
                (true, 0) => "told_rises_first",
                (true, _) => "told_rises",
                (false, 0) => "told_falls_first",
                (false, _) => "told_falls",
            };
            told.push_str(&words.fill(key, &[("at", &(teller.at(at) + &teller.stays(at)))]));
            before = feeling;
        }
        told.push_str(&words.fill("told_end", &[("at", &teller.at(ends))]));
        self.with_gaps(told, moments)
    }

    /// What was told of a curve, and that it has gaps if it has.
    fn with_gaps(&self, mut told: String, moments: &[Felt<'a>]) -> String {
        if moments.iter().any(|felt| felt.after_gap) {
            if !told.is_empty() {
                told.push_str(self.words.get("sentences"));
            }
            told.push_str(self.words.get("told_gaps"));
        }
        told
    }

    /// The highest and the lowest moment of a map and its largest turns, in order of time; none of a map whose moments
    /// all felt the same.
    pub fn turns(&self, id: Id<JourneyMap>, moments: &[Felt<'a>]) -> Vec<Turn<'a>> {
        let feelings: Vec<Feeling> = moments.iter().map(|felt| felt.feeling).collect();
        let extremes = extremes(feelings.iter().copied());
        let turning = turning(&feelings, MOST);
        if turning.len() < 2 {
            return Vec::new();
        }
        (turning.into_iter())
            .map(|at| {
                let felt = &moments[at];
                let earlier = feelings[..at].iter().rev().find(|&&other| other != felt.feeling);
                let key = match () {
                    () if extremes.first() == Some(&at) => "turn_highest",
                    () if extremes.last() == Some(&at) => "turn_lowest",
                    () if earlier.is_none_or(|&other| other < felt.feeling) => "turn_peak",
                    () => "turn_trough",
                };
                let truth = felt.step.moment_of_truth.is_some().then(|| self.words.get("told_truth"));
                Turn {
                    href: self.href_at(Target::Map(id), &felt.step.name),
                    label: self.said(felt.step.label()),
                    feels: self.feels(felt.feeling),
                    note: self.words.get(key).to_owned() + truth.unwrap_or(""),
                }
            })
            .collect()
    }
}

/// What every part of the sentence needs to know.
struct Teller<'h, 'a> {
    here: &'h Here<'a>,
    moments: &'h [Felt<'a>],
    /// The first highest and the first lowest moment.
    extremes: Vec<usize>,
}

impl<'a> Teller<'_, 'a> {
    /// A moment: its value and its stage, what happened if it is remarkable, and why.
    fn at(&self, at: usize) -> String {
        let (words, felt) = (self.here.words, &self.moments[at]);
        let value = words.feeling(felt.feeling);
        let mut told = words.fill("told_at", &[("value", &value), ("place", &self.place(felt))]);
        let truth = felt.step.moment_of_truth.is_some();
        let extreme = self.extremes.contains(&at) && self.moments.len() > 1;
        // A time says when, a stage says roughly what; a step's own label says it all.
        if felt.step.time.is_some() || (truth || extreme) && !self.in_one_stage() {
            told.push_str(&words.fill("told_label", &[("label", felt.step.label().str(self.here.lang))]));
        }
        if extreme {
            told.push_str(words.get(if self.extremes[0] == at { "told_highest" } else { "told_lowest" }));
        }
        if truth {
            told.push_str(words.get("told_truth"));
        }
        told
    }

    /// The stage; what happened, where all moments are of one stage; in a day, the time.
    fn place(&self, felt: &Felt<'a>) -> Cow<'a, str> {
        if let Some(time) = felt.step.time {
            return Cow::Owned(time.at.to_string());
        }
        let place = if self.in_one_stage() { felt.step.label() } else { &felt.stage.title };
        Cow::Borrowed(place.str(self.here.lang))
    }

    fn in_one_stage(&self) -> bool {
        self.moments.first().map(|felt| &felt.stage.name) == self.moments.last().map(|felt| &felt.stage.name)
    }

    /// How long the feeling of a moment lasts; empty if it does not, or if nobody was asked how the next one felt.
    fn stays(&self, at: usize) -> String {
        let felt = &self.moments[at];
        let rest = self.moments[at + 1..].iter();
        match rest.take_while(|next| next.feeling == felt.feeling && !next.after_gap).last() {
            Some(last) if self.place(last) == self.place(felt) => self.here.words.get("told_stays").to_owned(),
            Some(last) => self.here.words.fill("told_stays_until", &[("place", &self.place(last))]),
            None => String::new(),
        }
    }
}
