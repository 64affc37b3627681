//! Runs of `*` and `~`, set free and paired anew, as CommonMark pairs them; only which of them may open and which may
//! close is told by rules that know CJK characters.
//! Source: J. MacFarlane, CommonMark Spec 0.31.2, “An algorithm for parsing nested emphasis and links”.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::{Placed, is_cjk};

/// A part of a line: an event, or a run.
pub(super) enum Part<'a> {
    Event(Placed<'a>),
    Run(Run<'a>),
}

/// Marks of one kind side by side.
pub(super) struct Run<'a> {
    /// As it stands in the file.
    text: &'a str,
    /// Its first byte in the file.
    at: usize,
    opens: bool,
    closes: bool,
    /// How many of its marks are not paired yet.
    left: usize,
    /// What it closes, innermost first; then what it opens, innermost first. Each with the number of its marks.
    ends: Vec<usize>,
    starts: Vec<usize>,
}

/// Runs that may open something, and how many of them, from the bottom, are out of reach: in all, because an element began
/// after them, and for each sort of closing run, because such a one has asked them in vain.
struct Waiting {
    runs: Vec<usize>,
    floors: Vec<(usize, [usize; SORTS])>,
}

/// Closing runs are alike in their mark, in whether they may open, and in their length modulo three.
const SORTS: usize = 12;

/// The line with its runs set free; `None` if none of them reads differently beside CJK characters.
pub(super) fn set_free<'a>(text: &'a str, line: &[Placed<'a>]) -> Option<Vec<Part<'a>>> {
    let bounds = line.first()?.1.start..line.iter().map(|(_, range)| range.end).max()?;
    let mut parts = Vec::with_capacity(line.len() + 8);
    let mut differs = false;
    for (event, range) in line {
        let Event::Text(words) = event else {
            parts.push(Part::Event((event.clone(), range.clone())));
            continue;
        };
        if text[range.clone()] != **words {
            parts.push(Part::Event((event.clone(), range.clone())));
            continue;
        }
        let mut done = range.start;
        for run in runs_in(text, range) {
            if run.start > done {
                parts.push(literal(text, done..run.start));
            }
            done = run.end;
            let (run, other) = read(text, run, &bounds);
            differs |= other;
            parts.push(Part::Run(run));
        }
        if done < range.end {
            parts.push(literal(text, done..range.end));
        }
    }
    differs.then_some(parts)
}

/// The events of a line whose runs are paired.
pub(super) fn pair(mut parts: Vec<Part<'_>>) -> Vec<Placed<'_>> {
    let mut waiting = Waiting { runs: Vec::new(), floors: vec![(0, [0; SORTS])] };
    for index in 0..parts.len() {
        match &parts[index] {
            Part::Event((Event::Start(_), _)) => {
                waiting.floors.push((waiting.runs.len(), [waiting.runs.len(); SORTS]));
            }
            Part::Event((Event::End(_), _)) => {
                let floor = waiting.floors.pop().map_or(0, |(floor, _)| floor);
                waiting.runs.truncate(floor);
            }
            Part::Event(_) => {}
            Part::Run(_) => waiting.meet(&mut parts, index),
        }
    }
    parts.into_iter().flat_map(Part::events).collect()
}

impl Waiting {
    /// Pairs a run with those that wait for it, and lets it wait for others with what is left of it.
    fn meet(&mut self, parts: &mut [Part<'_>], index: usize) {
        while let Some((place, length)) = self.opener(parts, index) {
            let opener = self.runs[place];
            // What opened between the two closes nothing any more.
            self.keep(if run(parts, opener).left > length { place + 1 } else { place });
            for (which, is_start) in [(opener, true), (index, false)] {
                let Part::Run(run) = &mut parts[which] else { continue };
                run.left -= length;
                if is_start { run.starts.push(length) } else { run.ends.push(length) }
            }
        }
        let closed = run(parts, index);
        if closed.opens && closed.left > 0 {
            self.runs.push(index);
        }
    }

    /// Keeps so many of those that wait.
    fn keep(&mut self, count: usize) {
        self.runs.truncate(count);
        let floors = self.floors.last_mut().into_iter().flat_map(|(_, floors)| floors);
        floors.for_each(|floor| *floor = (*floor).min(count));
    }

    /// The nearest run that this one closes, by its place among those that wait, and with how many marks.
    fn opener(&mut self, parts: &[Part<'_>], index: usize) -> Option<(usize, usize)> {
        let closer = run(parts, index);
        if !closer.closes || closer.left == 0 {
            return None;
        }
        let all = self.runs.len();
        let floor = &mut self.floors.last_mut()?.1[closer.sort()];
        let found = (*floor..all).rev().find_map(|place| Some((place, run(parts, self.runs[place]).pairs(closer)?)));
        if found.is_none() {
            *floor = all;
        }
        found
    }
}

impl Run<'_> {
    fn sort(&self) -> usize {
        usize::from(self.text.starts_with('~')) * 6 + usize::from(self.opens) * 3 + self.text.len() % 3
    }

    /// With how many marks a run that waits is closed by another; `None` if it is not.
    fn pairs(&self, closer: &Self) -> Option<usize> {
        if !self.text.starts_with(&closer.text[..1]) {
            return None;
        }
        if self.text.starts_with('~') {
            return (self.text.len() == 2 && closer.text.len() == 2).then_some(2);
        }
        let sum = self.text.len() + closer.text.len();
        let odd = (self.closes || closer.opens) && sum.is_multiple_of(3) && !self.text.len().is_multiple_of(3);
        (!odd).then(|| self.left.min(closer.left).min(2))
    }
}

impl<'a> Part<'a> {
    /// The events of a part; a run gives its ends, what is left of it as text, and its starts.
    fn events(self) -> Vec<Placed<'a>> {
        let run = match self {
            Self::Event(event) => return vec![event],
            Self::Run(run) => run,
        };
        let mut at = run.at;
        let mut take = |length: usize| {
            at += length;
            at - length..at
        };
        let tag = |length| match (run.text.as_bytes().first(), length) {
            (Some(b'~'), _) => Tag::Strikethrough,
            (_, 1) => Tag::Emphasis,
            _ => Tag::Strong,
        };
        let mut events: Vec<Placed<'a>> = Vec::new();
        for &length in &run.ends {
            events.push((Event::End(tag(length).to_end()), take(length)));
        }
        if run.left > 0 {
            events.push((Event::Text(CowStr::Borrowed(&run.text[..run.left])), take(run.left)));
        }
        for &length in run.starts.iter().rev() {
            events.push((Event::Start(tag(length)), take(length)));
        }
        events
    }
}

/// A part that has been found to be a run.
fn run<'p, 'a>(parts: &'p [Part<'a>], index: usize) -> &'p Run<'a> {
    match &parts[index] {
        Part::Run(run) => run,
        Part::Event(_) => panic!("bug: only runs wait to be paired"),
    }
}

fn literal(text: &str, range: Range<usize>) -> Part<'_> {
    Part::Event((Event::Text(CowStr::Borrowed(&text[range.clone()])), range))
}

/// The runs in a text that is as it is in the file. A lone `~` is a character like any other.
fn runs_in(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    let mut found = Vec::new();
    // A text that begins behind a back-slash begins with a character that was meant as such.
    let mut at = range.start + usize::from(text[..range.start].ends_with('\\'));
    while at < range.end {
        let length = bytes[at..].iter().take_while(|&&byte| byte == bytes[at]).count();
        if bytes[at] == b'*' || (bytes[at] == b'~' && length == 2) {
            found.push(at..at + length);
        }
        at += length;
    }
    found
}

/// A run, and whether CommonMark would read it differently.
fn read<'a>(text: &'a str, place: Range<usize>, bounds: &Range<usize>) -> (Run<'a>, bool) {
    let before = text[bounds.start..place.start].chars().next_back().unwrap_or(' ');
    let after = text[place.end..bounds.end.max(place.end)].chars().next().unwrap_or(' ');
    let struck = text.as_bytes()[place.start] == b'~';
    let flanks = |as_space: fn(char) -> bool, as_letter: fn(char) -> bool| {
        let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let hard = |c: char| sign(c) && !as_letter(c);
        let edge = |c: char| c.is_whitespace() || sign(c) || as_space(c);
        // The parser lets `~~` open something wherever no white space follows.
        let opens = !after.is_whitespace() && (struck || !hard(after) || edge(before));
        let closes = !before.is_whitespace() && (!hard(before) || edge(after));
        (opens, closes)
    };
    let (ours, theirs) = (flanks(is_cjk, is_cjk), flanks(|_| false, |_| false));
    let (opens, closes) = ours;
    let (left, text) = (place.len(), &text[place.clone()]);
    (Run { text, at: place.start, opens, closes, left, ends: Vec::new(), starts: Vec::new() }, ours != theirs)
}
