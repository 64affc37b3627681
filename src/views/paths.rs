//! Where steps lead, in words and as a row of a drawn map.

use serde::Serialize;

use super::flow::{self, Flow, Waypoint};
use super::here::{Here, Said};
use crate::hash::HashMap;
use crate::model::{Id, JourneyMap, MapKind, Step, Target};

/// A row of a map: the paths, drawn once over all stages, and in words stage by stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathsRow {
    /// The drawing.
    pub drawing: Flow,
    /// A cell for each stage.
    pub cells: Vec<PathsCell>,
}

/// The paths that begin in one stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathsCell {
    /// In words, step by step.
    pub told: Vec<PathTold>,
    /// Whether some of them are not drawn.
    pub crowded: bool,
}

/// A path in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathTold {
    /// “Skips from “Reads” to “Buys””.
    pub text: String,
    /// Whether the drawing shows it as well.
    pub drawn: bool,
}

/// A step that may follow another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Onward<'a> {
    /// Where it is.
    pub href: String,
    /// What the customer does there.
    pub title: Said<'a>,
    /// “back to”, “skips to” or “again:”; empty for the next step.
    pub how: &'a str,
}

/// The steps of a map, found by their place and by their name.
pub struct Walk<'a> {
    map: Id<JourneyMap>,
    steps: Vec<&'a Step>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Walk<'a> {
    /// The steps of this map.
    pub fn new(id: Id<JourneyMap>, map: &'a JourneyMap) -> Self {
        let steps: Vec<&Step> = map.steps().map(|(_, step)| step).collect();
        let places = steps.iter().enumerate().map(|(at, step)| (&*step.name, at)).collect();
        Self { map: id, steps, places }
    }

    /// The steps that may follow a step, as its author names them; none if it is simply the next.
    pub fn onward(&self, here: &Here<'a>, step: &Step) -> Vec<Onward<'a>> {
        let Some(&at) = self.places.get(&*step.name) else { return Vec::new() };
        let to = step.leads_to.iter().flatten().filter_map(|to| Some((to.index(), *self.steps.get(to.index())?)));
        to.map(|(to, next)| Onward {
            href: here.href_at(Target::Map(self.map), &next.name),
            title: here.said(&next.action),
            how: match Leap::of(at, to) {
                Leap::Next => "",
                Leap::Skip => here.words.get("onward_skip"),
                Leap::Back => here.words.get("onward_back"),
                Leap::Again => here.words.get("onward_again"),
            },
        })
        .collect()
    }
}

/// How one step follows another.
#[derive(Clone, Copy, PartialEq)]
enum Leap {
    Next,
    Skip,
    Back,
    Again,
}

impl Leap {
    fn of(from: usize, to: usize) -> Self {
        match to {
            _ if to == from => Self::Again,
            _ if to < from => Self::Back,
            _ if to == from + 1 => Self::Next,
            _ => Self::Skip,
        }
    }
}

impl<'a> Here<'a> {
    /// The row of paths; `None` of a map that is simply read from left to right, and of a kind that tells its paths
    /// otherwise.
    pub fn paths(&self, map: &'a JourneyMap, narrowest: f64) -> Option<PathsRow> {
        use MapKind::{CurrentState, Experience, FutureState};
        if !matches!(map.kind(), Experience | CurrentState | FutureState) {
            return None;
        }
        let stages = map.stages.iter().enumerate();
        let steps: Vec<(usize, &Step)> =
            stages.flat_map(|(stage, held)| held.steps.iter().map(move |step| (stage, step))).collect();
        let waypoints: Vec<Waypoint> = (steps.iter().zip(map.onward()))
            .map(|(&(stage, step), onward)| Waypoint {
                stage,
                onward,
                entry: step.entry.as_ref().map(|text| text.str(self.lang)),
                exit: step.exit.as_ref().map(|text| text.str(self.lang)),
            })
            .collect();
        let straight = waypoints.iter().enumerate().all(|(at, step)| {
            let next = (at + 1 < steps.len()).then_some(at + 1);
            step.onward.iter().copied().eq(next) && step.entry.is_none() && step.exit.is_none()
        });
        if straight {
            return None;
        }
        let drawing = flow::draw(&waypoints, map.stages.len(), narrowest);
        let mut cells: Vec<PathsCell> =
            map.stages.iter().map(|_| PathsCell { told: Vec::new(), crowded: false }).collect();
        for told in self.told_paths(&steps, &waypoints, &drawing) {
            let (stage, told) = told;
            cells[stage].crowded |= !told.drawn;
            cells[stage].told.push(told);
        }
        Some(PathsRow { drawing, cells })
    }

    /// Every path that is more than going on to the next step, with the stage where it begins.
    fn told_paths(
        &self,
        steps: &[(usize, &'a Step)],
        waypoints: &[Waypoint<'a>],
        drawing: &Flow,
    ) -> Vec<(usize, PathTold)> {
        let mut drawn = drawing.drawn.clone();
        drawn.sort_unstable();
        let action = |at: usize| steps[at].1.action.str(self.lang);
        let mut told = Vec::new();
        for (at, step) in waypoints.iter().enumerate() {
            let mut tell = |key: &str, to: &str, drawn: bool| {
                let text = self.words.fill(key, &[("from", action(at)), ("to", to)]);
                told.push((step.stage, PathTold { text, drawn }));
            };
            let [entries, exits] = &drawing.labelled;
            if let Some(who) = step.entry {
                tell("path_enters", who, entries.binary_search(&at).is_ok());
            }
            for &to in &step.onward {
                let shown = drawn.binary_search(&(at, to)).is_ok();
                match Leap::of(at, to) {
                    Leap::Next => {}
                    Leap::Skip => tell("path_skips", action(to), shown),
                    Leap::Back => tell("path_back", action(to), shown),
                    Leap::Again => tell("path_again", "", true),
                }
            }
            if let Some(who) = step.exit {
                tell("path_leaves", who, exits.binary_search(&at).is_ok());
            }
        }
        told
    }
}
