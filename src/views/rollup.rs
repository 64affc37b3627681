//! Maps that open other maps: what a map comes to with all that it opens, what it is part of, and all maps as a tree.

use serde::Serialize;

use super::cards::MapCard;
use super::here::{Here, Link};
use super::pages::PageKind;
use crate::hash::{HashMap, HashSet};
use crate::model::{Contents, Feeling, Handbook, Id, JourneyMap, Target, Text};

/// A map that a stage or a step opens, and what it comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opened<'a> {
    /// The map.
    #[serde(flatten)]
    pub link: Link<'a>,
    /// “lowest −2 · average −0.3 · 6 pains”, of the map and of all that it opens; empty if there is nothing to tell.
    pub told: String,
}

/// What a map comes to, with all that it opens: each map once, however often it is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rollup {
    /// The lowest feeling; `None` if nobody said how anything feels.
    pub lowest: Option<Feeling>,
    /// The mean of all feelings.
    pub average: Option<Feeling>,
    /// How many pains.
    pub pains: usize,
    /// How many maps this tells of: itself and those below it.
    pub maps: usize,
}

/// A map above this one, and where it opens it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartOf<'a> {
    /// The map above.
    pub link: Link<'a>,
    /// The stages and steps of it that open this one, in order.
    pub places: Vec<Link<'a>>,
}

/// A map in the tree of all maps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Branch<'a> {
    /// The map, for short.
    pub card: MapCard<'a>,
    /// How deep its heading stands: `h2` for a map that nothing opens.
    pub level: &'static str,
    /// Other maps that open it as well.
    pub also: Vec<Link<'a>>,
    /// The maps that it opens, except those that stand elsewhere.
    pub children: Vec<Self>,
}

/// The headings of the tree. What lies deeper stands beside the deepest.
const LEVELS: [&str; 4] = ["h2", "h3", "h4", "h5"];

/// The maps that a map opens, each once, at its first place.
pub fn opened(map: &JourneyMap) -> Vec<Id<JourneyMap>> {
    let stages = map.stages.iter();
    let places =
        stages.flat_map(|stage| stage.opens.into_iter().chain(stage.steps.iter().filter_map(|step| step.opens)));
    let mut seen = HashSet::default();
    places.filter(|id| seen.insert(*id)).collect()
}

/// What a map comes to, with all that it opens.
pub fn rollup(handbook: &Handbook, id: Id<JourneyMap>) -> Rollup {
    let mut seen = HashSet::from_iter([id]);
    let mut waiting = vec![id];
    let mut feelings: Vec<Feeling> = Vec::new();
    let mut pains = 0;
    while let Some(id) = waiting.pop() {
        let map = &handbook[id];
        feelings.extend(map.steps().filter_map(|(_, step)| step.feels));
        pains += map.steps().map(|(_, step)| step.pains.len()).sum::<usize>();
        match &map.contents {
            Contents::Empathy(empathy) => {
                feelings.extend(empathy.feels.iter().filter_map(|observation| observation.feels));
                pains += empathy.pains.len();
            }
            Contents::PersonaBased(crowd) => {
                feelings.extend(crowd.differences.iter().filter_map(|other| other.feels));
                pains += crowd.differences.iter().map(|other| other.pains.len()).sum::<usize>();
            }
            _ => {}
        }
        waiting.extend(opened(map).into_iter().filter(|below| seen.insert(*below)));
    }
    let average = Feeling::mean(feelings.iter().copied());
    Rollup { lowest: feelings.into_iter().min(), average, pains, maps: seen.len() }
}

impl<'a> Here<'a> {
    /// A map that a stage or a step opens.
    pub fn opened(&self, id: Id<JourneyMap>) -> Opened<'a> {
        Opened { link: self.link(Target::Map(id)), told: self.rolled(id, true) }
    }

    /// What a map comes to in words, with its lowest feeling or without.
    pub fn rolled(&self, id: Id<JourneyMap>, with_lowest: bool) -> String {
        let rollup = rollup(self.handbook, id);
        let figure = |key, feeling| self.words.fill(key, &[("value", &self.words.feeling(feeling))]);
        let lowest = rollup.lowest.filter(|_| with_lowest).map(|feeling| figure("rolled_lowest", feeling));
        let average = rollup.average.map(|feeling| figure("rolled_average", feeling));
        let pains = (rollup.pains > 0).then(|| self.words.count("rolled_pains", rollup.pains));
        let told: Vec<String> = [lowest, average, pains].into_iter().flatten().collect();
        told.join(" · ")
    }

    /// The maps that open this one, in the order of the handbook.
    pub fn part_of(&self, id: Id<JourneyMap>) -> Vec<PartOf<'a>> {
        let above = self.pages.uses.opened_by(id).iter().filter(|above| **above != id);
        above
            .map(|&above| {
                let map = &self.handbook[above];
                let place = |name: &str, title: &'a Text| Link {
                    href: self.href_at(Target::Map(above), name),
                    title: self.said(title),
                };
                let places = map.stages.iter().flat_map(|stage| {
                    let whole = (stage.opens == Some(id)).then(|| place(&stage.name, &stage.title));
                    let steps = stage.steps.iter().filter(|step| step.opens == Some(id));
                    whole.into_iter().chain(steps.map(|step| place(&step.name, step.label())))
                });
                PartOf { link: self.link(Target::Map(above)), places: places.collect() }
            })
            .collect()
    }

    /// The maps of this part of the list as a tree, each exactly once: those that nothing opens first, each map below the first that opens it.
    pub fn map_tree(&self) -> Vec<Branch<'a>> {
        let mut tree = Vec::new();
        let mut depths: HashMap<Id<JourneyMap>, usize> = HashMap::default();
        for &(id, _, above) in self.on_this_part(PageKind::Maps, self.pages.map_order(self.handbook).iter()) {
            // A map whose upper map stands on another part of a long list stands on top, and says where it belongs.
            let depth = above.and_then(|above| depths.get(&above)).map_or(0, |above| (above + 1).min(LEVELS.len() - 1));
            let above = above.filter(|above| depths.contains_key(above));
            depths.insert(id, depth);
            let level = LEVELS.get(depth).copied().unwrap_or(LEVELS[LEVELS.len() - 1]);
            let others = self.pages.uses.opened_by(id).iter().filter(|other| Some(**other) != above && **other != id);
            let also = others.map(|&other| self.link(Target::Map(other))).collect();
            let branch = Branch { card: self.map_card(id), level, also, children: Vec::new() };
            hang(&mut tree, branch, depth);
        }
        tree
    }
}

/// Adds a branch as the last one at some depth.
fn hang<'a>(tree: &mut Vec<Branch<'a>>, branch: Branch<'a>, depth: usize) {
    match tree.last_mut().filter(|_| depth > 0) {
        Some(last) => hang(&mut last.children, branch, depth - 1),
        None => tree.push(branch),
    }
}

/// A map, how deep it stands, and the map it stands below.
pub type Placed = (Id<JourneyMap>, usize, Option<Id<JourneyMap>>);

/// Every map exactly once, from the top down. Of a circle, which nobody opens from outside, the first map stands on top.
pub fn in_order(handbook: &Handbook) -> Vec<Placed> {
    let mut below = HashSet::default();
    let opens: Vec<Vec<Id<JourneyMap>>> = handbook.maps.iter().map(opened).collect();
    for (id, opens) in handbook.maps.ids().zip(&opens) {
        below.extend(opens.iter().copied().filter(|child| *child != id));
    }
    let ids = || handbook.maps.ids();
    let roots = ids().filter(|id| !below.contains(id));
    let mut seen = HashSet::default();
    let mut order = Vec::with_capacity(handbook.maps.len());
    for start in roots.chain(ids()) {
        let mut waiting: Vec<Placed> = vec![(start, 0, None)];
        while let Some((id, depth, above)) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            order.push((id, depth, above));
            let depth = (depth + 1).min(LEVELS.len() - 1);
            waiting.extend(opens[id.index()].iter().rev().map(|child| (*child, depth, Some(id))));
        }
    }
    order
}
