//! Walk-throughs: what somebody felt on a journey, beside what its map says.

use serde::Serialize;

use super::here::{Day, Feels, Here, Link, Said};
use super::pages::PageKind;
use super::parts::{Tag, Who};
use super::split::Pager;
use crate::model::{Feeling, Id, JourneyMap, Stage, Step, Target, Walked, Walkthrough};

/// All walk-throughs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WalkthroughsView<'a> {
    /// The newest first.
    pub rows: Vec<WalkLine<'a>>,
    /// The way to the others, if there are many.
    pub pager: Option<Pager>,
}

/// A walk-through, for short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WalkLine<'a> {
    /// Its page.
    pub link: Link<'a>,
    /// The map that was walked; `None` if it is missing.
    pub map: Option<Link<'a>>,
    /// When.
    pub day: Day,
    /// Who walked.
    pub walker: Option<Said<'a>>,
    /// The moment that felt worst; `None` if no feeling was written down.
    pub lowest: Option<Low<'a>>,
    /// “3 obstacles”.
    pub obstacles: String,
}

/// A moment and how it felt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Low<'a> {
    /// How it felt.
    pub feels: Feels,
    /// The step on its map.
    pub link: Link<'a>,
}

/// A walk-through.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WalkthroughView<'a> {
    /// The map that was walked; `None` if it is missing.
    pub map: Option<Link<'a>>,
    /// When.
    pub day: Day,
    /// Who walked.
    pub walker: Option<Said<'a>>,
    /// The persona they walked as.
    pub walked_as: Option<Who<'a>>,
    /// The moment that felt worst.
    pub lowest: Option<Low<'a>>,
    /// “3 obstacles”.
    pub obstacles: String,
    /// “95 minutes”; empty if nobody looked at the clock.
    pub time: String,
    /// “2 of 9 steps felt otherwise by a point or more”; empty if nothing can be compared.
    pub apart: String,
    /// What was walked, in order.
    pub rows: Vec<WalkedLine<'a>>,
    /// The steps of the map that were not walked, in its order.
    pub missed: Vec<Link<'a>>,
    /// Pages that speak of it.
    pub mentions: Vec<Link<'a>>,
    /// Who keeps it.
    pub owner: Option<Link<'a>>,
}

/// A step as it was walked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WalkedLine<'a> {
    /// Its stage, where that begins; `None` where it goes on.
    pub stage: Option<Said<'a>>,
    /// The step on its map.
    pub step: Link<'a>,
    /// What the map says it feels like.
    pub says: Option<Felt<'a>>,
    /// What the walker felt.
    pub felt: Option<Felt<'a>>,
    /// “2 points lower”, where it is a point or more.
    pub apart: Option<Tag>,
    /// What happened.
    pub note: Option<Said<'a>>,
    /// What stood in the way.
    pub obstacles: Vec<Said<'a>>,
    /// “12 minutes”; empty if nobody looked at the clock.
    pub time: String,
}

/// A feeling and the word for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Felt<'a> {
    /// The feeling.
    pub feels: Feels,
    /// The word.
    pub word: Option<Said<'a>>,
}

/// From how many points on walker and map are said to differ.
const APART: f64 = 1.0;

/// The list of walk-throughs.
pub fn walkthroughs<'a>(here: &Here<'a>) -> WalkthroughsView<'a> {
    let kind = PageKind::Walkthroughs;
    let newest = here.pages.uses.walkthroughs().iter();
    WalkthroughsView {
        rows: here.on_this_part(kind, newest).map(|&id| here.walk_line(id)).collect(),
        pager: here.pager(kind),
    }
}

/// A walk-through's page.
pub fn walkthrough<'a>(here: &Here<'a>, id: Id<Walkthrough>) -> WalkthroughView<'a> {
    let walkthrough = &here.handbook[id];
    let map = walkthrough.map.map(|map| (map, &here.handbook[map]));
    let steps: Vec<(&Stage, &Step)> = map.map_or_else(Vec::new, |(_, map)| map.steps().collect());
    let mut walked_already = vec![false; steps.len()];
    let mut before: Option<&str> = None;
    let mut rows = Vec::with_capacity(walkthrough.steps.len());
    let (mut compared, mut apart) = (0, 0);
    for walked in &walkthrough.steps {
        let (Some((map, _)), Some(&(stage, step))) = (map, steps.get(walked.step.index())) else { continue };
        walked_already[walked.step.index()] = true;
        let line = line(here, map, (stage, step), walked, before == Some(stage.name.as_str()));
        before = Some(&stage.name);
        compared += usize::from(line.says.is_some() && line.felt.is_some());
        apart += usize::from(line.apart.is_some());
        rows.push(line);
    }
    let not_walked = steps.iter().zip(&walked_already).filter(|(_, walked)| !**walked);
    let missed = not_walked.filter_map(|((_, step), _)| Some(step_link(here, map?.0, step))).collect();
    let minutes = walkthrough.minutes();
    let WalkLine { map, day, walker, lowest, obstacles, .. } = here.walk_line(id);
    WalkthroughView {
        map,
        day,
        walker,
        lowest,
        obstacles,
        walked_as: walkthrough.walked_as.map(|persona| here.who(persona)),
        time: if minutes > 0 { here.words.count("minutes", minutes as usize) } else { String::new() },
        apart: if compared > 0 { here.words.count_of("walk_apart", apart, compared) } else { String::new() },
        rows,
        missed,
        mentions: here
            .pages
            .uses
            .mentions(Target::Walkthrough(id), here.lang)
            .iter()
            .map(|&source| here.link(source))
            .collect(),
        owner: here.owner(walkthrough.item.owner),
    }
}

fn line<'a>(
    here: &Here<'a>,
    map: Id<JourneyMap>,
    (stage, step): (&'a Stage, &'a Step),
    walked: &'a Walked,
    same_stage: bool,
) -> WalkedLine<'a> {
    let felt = |feels: Option<Feeling>, word: &'a Option<crate::model::Text>| {
        feels.map(|feels| Felt { feels: here.feels(feels), word: word.as_ref().map(|word| here.said(word)) })
    };
    WalkedLine {
        stage: (!same_stage).then(|| here.said(&stage.title)),
        step: step_link(here, map, step),
        says: felt(step.feels, &step.feeling),
        felt: felt(walked.feels, &walked.feeling),
        apart: walked.feels.zip(step.feels).and_then(|(walked, says)| here.apart(walked, says)),
        note: walked.note.as_ref().map(|note| here.said(note)),
        obstacles: here.all_said(&walked.obstacles),
        time: walked.minutes.map_or_else(String::new, |minutes| here.words.count("minutes", minutes as usize)),
    }
}

fn step_link<'a>(here: &Here<'a>, map: Id<JourneyMap>, step: &'a Step) -> Link<'a> {
    Link { href: here.href_at(Target::Map(map), &step.name), title: here.said(step.label()) }
}

impl<'a> Here<'a> {
    /// A walk-through, for short.
    pub fn walk_line(&self, id: Id<Walkthrough>) -> WalkLine<'a> {
        let walkthrough = &self.handbook[id];
        let lowest = walkthrough.lowest().and_then(|walked| {
            let map = walkthrough.map?;
            let (_, step) = self.handbook[map].steps().nth(walked.step.index())?;
            Some(Low { feels: self.feels(walked.feels?), link: step_link(self, map, step) })
        });
        WalkLine {
            link: self.link(Target::Walkthrough(id)),
            map: walkthrough.map.map(|map| self.link(Target::Map(map))),
            day: self.day(walkthrough.date),
            walker: walkthrough.walker.as_ref().map(|walker| self.said(walker)),
            lowest,
            obstacles: self.words.count("obstacles_count", walkthrough.obstacles()),
        }
    }

    /// How far a feeling lies from what the map says; `None` if less than a point.
    fn apart(&self, walked: Feeling, says: Feeling) -> Option<Tag> {
        let points = walked.value() - says.value();
        if points.abs() < APART {
            return None;
        }
        let (icon, key) = if points < 0.0 { ("minus", "walk_lower") } else { ("plus", "walk_higher") };
        let count = self.words.figure(points.abs());
        // Only one point is one: 1.5 are several.
        let text = match points.abs() == 1.0 {
            true => self.words.count(key, 1),
            false => self.words.fill(key, &[("n", &count)]),
        };
        Some(Tag { icon, text, strong: true })
    }
}
