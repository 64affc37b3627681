//! The journey's line: the stages that catalogues and matrices have columns for, in their order.
//!
//! Where maps share a stage set, these are its stages in its order, and whatever stages those maps add; otherwise the
//! stages of the current-state maps, or of all maps that show what is if none is of that kind. Stages of one name are one
//! column. A handbook of many unlike maps would have hundreds, which nobody can take in: the first 24 have a column.

use std::hash::{Hash, Hasher};

use crate::hash::HashMap;
use crate::model::{Handbook, JourneyMap, MapKind, Stage, Text};

/// The stages that have a column; what stands at another stage stands in a last column, `Other stages`.
#[derive(Debug, Clone, Default)]
pub struct Line {
    columns: Vec<(String, Text)>,
    places: HashMap<String, usize>,
}

// By hand, because a stage's title is what it says, wherever that stands; and places are those of the columns.
impl Hash for Line {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { columns, places } = self;
        places.len().hash(state);
        for (name, title) in columns {
            name.hash(state);
            title.iter().for_each(|(lang, words)| (lang, &words.text).hash(state));
            state.write_u8(u8::MAX);
        }
    }
}

/// How many stages have a column.
pub const MOST_COLUMNS: usize = 24;

impl Line {
    /// The line of a handbook; empty if no map has a stage.
    pub fn of(handbook: &Handbook) -> Self {
        let today = || handbook.maps.iter().filter(|map| map.kind() != MapKind::FutureState);
        let current = || today().filter(|map| map.kind() == MapKind::CurrentState);
        let shares = |map: &&JourneyMap| map.stage_set.is_some();
        let mut line = Self::default();
        if today().any(|map| shares(&map)) {
            let sets = today().filter_map(|map| map.stage_set);
            let named = sets.flat_map(|set| &handbook.settings.stage_sets[set].stages);
            line.extend(named.map(|(name, title)| (name, title)));
            line.extend(today().filter(shares).flat_map(stages));
        } else if current().next().is_some() {
            line.extend(current().flat_map(stages));
        } else {
            line.extend(today().flat_map(stages));
        }
        line
    }

    /// The columns, by name and title.
    pub fn columns(&self) -> &[(String, Text)] {
        &self.columns
    }

    /// The column of a stage, from 0; `None` if it has none of its own.
    pub fn place(&self, stage: &Stage) -> Option<usize> {
        self.places.get(&stage.name).copied()
    }

    fn extend<'a>(&mut self, stages: impl Iterator<Item = (&'a String, &'a Text)>) {
        for (name, title) in stages {
            if self.columns.len() == MOST_COLUMNS {
                return;
            }
            if !self.places.contains_key(name) {
                self.places.insert(name.clone(), self.columns.len());
                self.columns.push((name.clone(), title.clone()));
            }
        }
    }
}

fn stages(map: &JourneyMap) -> impl Iterator<Item = (&String, &Text)> {
    map.stages.iter().map(|stage| (&stage.name, &stage.title))
}
