//! A map as those see it who name it: where its places are, and what hurts there.
//!
//! Many pages name a pain of a map that they do not show otherwise. They read this of it, and are what they were after an edit to
//! the rest of the map.

use std::hash::{Hash, Hasher};

use super::hurt::{Place, hurt_in};
use super::{Contents, Handbook, Id, JourneyMap, Names, Pain, Text};

/// What is seen of a map from outside. Nothing else of it can be reached.
#[derive(Debug, Clone, Copy)]
pub struct Outline<'h>(&'h JourneyMap);

impl Handbook {
    /// A map as others see it. That this is read is noted, and no more.
    pub fn outline(&self, map: Id<JourneyMap>) -> Outline<'_> {
        Outline(self.maps.outlined(map))
    }
}

impl<'h> Outline<'h> {
    /// What the outline of a map comes to.
    pub(super) fn digest(map: &JourneyMap, names: &Names) -> u64 {
        names.digest(&Outline(map))
    }

    /// The name of the step of a place on this map, or else of its stage: what a link to it ends with; `None` for the map as
    /// a whole.
    pub fn anchor(&self, place: &Place) -> Option<&'h str> {
        let (stage, step) = place.step()?;
        let stage = self.0.stages.get(stage)?;
        Some(stage.steps.get(step).map_or(&stage.name, |step| &step.name))
    }

    /// What hurts at a place on this map, in the author's words; `None` if there is no such place.
    pub fn pain(&self, place: &Place) -> Option<&'h Text> {
        hurt_in(self.0, place).map(|hurt| hurt.text)
    }
}

/// What a text says, wherever it stands.
fn said(text: &Text, state: &mut impl Hasher) {
    text.iter().for_each(|(lang, words)| (lang, &words.text).hash(state));
    state.write_u8(0);
}

fn pains(pains: &[Pain], state: &mut impl Hasher) {
    pains.len().hash(state);
    pains.iter().for_each(|pain| said(&pain.text, state));
}

/// All that can be reached.
impl Hash for Outline<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.stages.len().hash(state);
        for stage in &self.0.stages {
            (&stage.name, stage.steps.len()).hash(state);
            for step in &stage.steps {
                step.name.hash(state);
                pains(&step.pains, state);
            }
        }
        match &self.0.contents {
            Contents::PersonaBased(crowd) => crowd.differences.iter().for_each(|other| pains(&other.pains, state)),
            Contents::Empathy(empathy) => pains(&empathy.pains, state),
            Contents::ServiceBlueprint(blueprint) => {
                blueprint.fail_points.iter().for_each(|point| said(&point.title, state));
            }
            Contents::Experience | Contents::CurrentState | Contents::FutureState(_) | Contents::DayInTheLife(_) => {}
        }
        // Of which kind it is decides what is a pain of it.
        std::mem::discriminant(&self.0.contents).hash(state);
    }
}
