//! What can be linked to: every name of every kind, and every file that is a page.

use std::collections::BTreeMap;

use super::drafts::Drafts;
use crate::diag::Code;
use crate::hash::{self, HashMap, digest};
use crate::model::{
    Asset, Channel, Course, Draft, Guide, Handbook, Id, Insight, JourneyMap, Lesson, Metric, Names as ByName, Noun,
    OldPlace, Opportunity, OwnLane, Persona, StageSet, Table, Target, Team, Term, Touchpoint, Walkthrough,
};
use crate::source::Sources;

/// The names of one kind, in order, each with the position of its noun.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    sorted: Vec<(String, usize)>,
    /// Where a name stands among them, by its hash; of two with one hash, the first.
    places: HashMap<u64, u32>,
    /// The file that holds them could not be read.
    pub(super) unread: bool,
}

impl Names {
    fn of<T: Noun>(table: &Table<T>) -> Self {
        let mut names: Vec<(String, usize)> =
            table.names().map(str::to_owned).enumerate().map(|(index, name)| (name, index)).collect();
        names.sort();
        let mut places = HashMap::default();
        for ((name, _), place) in names.iter().zip(0..) {
            places.entry(hash::of(name)).or_insert(place);
        }
        Self { sorted: names, places, unread: table.is_unread() }
    }

    /// The position of the noun with this name; of two, the first.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let first = *self.places.get(&hash::of(name))? as usize;
        let at = match self.sorted[first].0 == name {
            true => first,
            false => self.sorted.partition_point(|(known, _)| known.as_str() < name),
        };
        self.sorted.get(at).filter(|(known, _)| known == name).map(|(_, index)| *index)
    }

    /// Every name, in alphabetical order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.sorted.iter().map(|(name, _)| name.as_str())
    }
}

/// A noun that links can name.
pub(super) trait Linkable: Sized + 'static {
    /// What an unknown name of this kind is reported as.
    const UNKNOWN: Code;
    /// What the kind is called in a message.
    const WORD: &'static str;
    /// Where things of the kind stand in a handbook's folder, in words.
    const HOME: &'static str;
    /// The same as one of the parts of the index.
    const PART: Parts;
    /// Where its names are.
    fn names(index: &Index) -> &Names;
}

/// Some parts of what links are followed with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts(u32);

impl Parts {
    /// None of them.
    pub(super) const NONE: Self = Self(0);
    /// All of them.
    pub(super) const ALL: Self = Self(u32::MAX);
    /// The words of the glossary.
    pub(super) const WORDS: Self = Self(1 << 31);
    /// The stages and steps of the maps.
    pub(super) const PLACES: Self = Self(1 << 30);
    /// The files of the handbook.
    pub(super) const FILES: Self = Self(1 << 29);

    /// What these parts come to, of all parts by their bits.
    pub(super) fn digest(self, parts: &[u64; 32]) -> u64 {
        let asked = (0..).zip(parts).filter(|(bit, _)| self.0 >> bit & 1 == 1);
        digest(&asked.collect::<Vec<(u32, &u64)>>())
    }

    /// All parts, of which this one comes to so much.
    pub(super) fn put(self, digest: u64, mut parts: [u64; 32]) -> [u64; 32] {
        parts[self.place()] = digest;
        parts
    }

    /// Where such a part stands among all.
    fn place(self) -> usize {
        self.0.trailing_zeros() as usize
    }

    /// Whether some are among both.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOrAssign for Parts {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

macro_rules! linkable {
    ($($noun:ident $field:ident $word:literal $code:ident $home:literal),* $(,)?) => {
        /// The kinds, to be counted.
        enum Kind { $($noun),* }

        /// The names of every kind, and the files that are pages.
        #[derive(Debug, Default)]
        pub(super) struct Index {
            $(pub(super) $field: Names,)*
            /// The stages of each map, by the map's position; `None` for a map that could not be read.
            pub(super) stages: Vec<Option<Vec<String>>>,
            /// The steps of each map over all stages, likewise.
            pub(super) steps: Vec<Option<Vec<String>>>,
            /// What each file of the handbook is, by its path.
            pub(super) files: BTreeMap<String, Target>,
            /// What each was called before, by kind and old id.
            pub(super) renamed: BTreeMap<(&'static str, String), String>,
            /// What is not to be published yet.
            pub(super) unpublished: Drafts,
        }

        $(impl Linkable for $noun {
            const UNKNOWN: Code = Code::$code;
            const WORD: &'static str = $word;
            const HOME: &'static str = $home;
            const PART: Parts = Parts(1 << Kind::$noun as u32);
            fn names(index: &Index) -> &Names {
                &index.$field
            }
        })*

        impl Index {
            /// What each part comes to, by its bit, wherever nouns stand; 0 for the words of the glossary, which stand elsewhere.
            pub(super) fn digests(&self, names: &ByName) -> [u64; 32] {
                let mut digests = [0; 32];
                $(digests[$noun::PART.place()] = digest(&(self.$field.iter().collect::<Vec<_>>(), self.$field.unread));)*
                let maps: Vec<_> = self.maps.sorted.iter().collect();
                let places = maps.into_iter().map(|(name, map)| (name, self.stages.get(*map), self.steps.get(*map)));
                digests[Parts::PLACES.place()] = digest(&places.collect::<Vec<_>>());
                digests[Parts::FILES.place()] = names.digest(&self.files);
                digests
            }

            /// The parts in which another index differs.
            pub(super) fn changes(&self, other: &Self) -> Parts {
                if self.unpublished != other.unpublished {
                    return Parts::ALL;
                }
                let mut changes = Parts::NONE;
                $(if self.$field != other.$field {
                    changes |= $noun::PART;
                })*
                if self.stages != other.stages || self.steps != other.steps {
                    changes |= Parts::PLACES;
                }
                if self.files != other.files {
                    changes |= Parts::FILES;
                }
                changes
            }
        }
    };
}

linkable! {
    Persona personas "persona" UnknownPersona "`personas/NAME.md`",
    JourneyMap maps "map" UnknownMap "`maps/NAME.yaml`",
    Touchpoint touchpoints "touchpoint" UnknownTouchpoint "`touchpoints/NAME.md`",
    Channel channels "channel" UnknownChannel "`channels.yaml`",
    Team teams "team" UnknownTeam "`teams.yaml`",
    Insight insights "insight" UnknownInsight "`insights/NAME.yaml`",
    Opportunity opportunities "opportunity" UnknownOpportunity "`opportunities/NAME.yaml`",
    Metric metrics "metric" UnknownMetric "`metrics/NAME.yaml`",
    Course courses "course" UnknownCourse "`training/NAME/course.yaml`",
    Lesson lessons "lesson" UnknownLesson "`training/COURSE/NAME.md`",
    Walkthrough walkthroughs "walk-through" UnknownWalkthrough "`walkthroughs/NAME.yaml`",
    Term terms "term" UnknownTerm "`glossary.yaml`",
    Guide guides "guide" UnknownPage "`guides/NAME.md`",
    Asset assets "file" MissingAsset "`assets/`",
    StageSet stage_sets "stage set" UnknownStageSet "`handbook.yaml` under `stage-sets`",
    OwnLane lanes "lane" UnknownLane "`handbook.yaml` under `lanes`",
}

impl Index {
    /// Everything that the drafts define.
    pub(super) fn new(drafts: &Handbook<Draft>, sources: &Sources) -> Self {
        Self {
            personas: Names::of(&drafts.personas),
            maps: Names::of(&drafts.maps),
            touchpoints: Names::of(&drafts.touchpoints),
            channels: Names::of(&drafts.channels),
            teams: Names::of(&drafts.teams),
            insights: Names::of(&drafts.insights),
            opportunities: Names::of(&drafts.opportunities),
            metrics: Names::of(&drafts.metrics),
            courses: Names::of(&drafts.courses),
            lessons: Names::of(&drafts.lessons),
            walkthroughs: Names::of(&drafts.walkthroughs),
            terms: Names::of(&drafts.terms),
            guides: Names::of(&drafts.guides),
            assets: Names::of(&drafts.assets),
            stage_sets: Names::of(&drafts.settings.stage_sets),
            lanes: Names::of(&drafts.settings.lanes),
            stages: drafts.maps.iter().map(stages).collect(),
            steps: drafts.maps.iter().map(steps).collect(),
            files: files(drafts, sources),
            renamed: renamed(drafts),
            unpublished: Drafts::default(),
        }
    }

    /// Whether the names of what has no file of its own, and of the assets, are those of these drafts.
    pub(super) fn has_rest_of(&self, drafts: &Handbook<Draft>) -> bool {
        let settings = &drafts.settings;
        (self.channels == Names::of(&drafts.channels) && self.assets == Names::of(&drafts.assets))
            && (self.stage_sets == Names::of(&settings.stage_sets) && self.lanes == Names::of(&settings.lanes))
            && self.renamed == renamed(drafts)
            && (self.teams.unread == drafts.teams.is_unread() && self.terms.unread == drafts.terms.is_unread())
    }

    /// Files that somebody who wrote `path` may have meant: those in the same folder; of a folder that is not there, all.
    pub(super) fn near<'a>(&'a self, path: &str) -> impl Iterator<Item = &'a str> {
        let folder = path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        let beside = self.files.keys().any(|known| known.starts_with(&folder));
        self.files.keys().map(String::as_str).filter(move |known| !beside || known.starts_with(&folder))
    }
}

fn stages(map: &JourneyMap<Draft>) -> Option<Vec<String>> {
    (!map.item.unread).then(|| map.stages.iter().map(|stage| stage.name.clone()).collect())
}

fn steps(map: &JourneyMap<Draft>) -> Option<Vec<String>> {
    (!map.item.unread).then(|| map.steps().map(|(_, step)| step.name.clone()).collect())
}

/// What items were called before. Of a lesson's old ids, those without a course mean the course it is in.
fn renamed(drafts: &Handbook<Draft>) -> BTreeMap<(&'static str, String), String> {
    let mut renamed = BTreeMap::new();
    macro_rules! add {
        ($($table:ident $noun:ident),*) => {
            $(for noun in &drafts.$table {
                for alias in &noun.item.aliases {
                    let OldPlace::Id(old) = &alias.place else { continue };
                    let old = match noun.name().rsplit_once('/') {
                        Some((folder, _)) if !old.contains('/') => format!("{folder}/{old}"),
                        _ => old.clone(),
                    };
                    renamed.insert((<$noun as Linkable>::WORD, old), noun.name().to_owned());
                }
            })*
        };
    }
    add!(personas Persona, maps JourneyMap, touchpoints Touchpoint, insights Insight, opportunities Opportunity);
    add!(metrics Metric, courses Course, lessons Lesson, walkthroughs Walkthrough, guides Guide);
    renamed
}

fn files(drafts: &Handbook<Draft>, sources: &Sources) -> BTreeMap<String, Target> {
    // Collected at once, as each kind comes in order: of two with one path the last is the one.
    let mut files = Vec::new();
    macro_rules! add {
        ($($table:ident $target:ident),*) => {
            $(files.extend(drafts.$table.iter().enumerate().map(|(index, noun)| {
                (sources.path(noun.span().file).as_str().to_owned(), Target::$target(Id::at(index)))
            }));)*
        };
    }
    add!(personas Persona, maps Map, touchpoints Touchpoint, insights Insight, opportunities Opportunity, metrics Metric);
    add!(walkthroughs Walkthrough, courses Course, lessons Lesson, guides Guide, assets Asset);
    if let Some(front) = &*drafts.front {
        files.push((sources.path(front.span().file).as_str().to_owned(), Target::Front));
    }
    files.into_iter().collect()
}
