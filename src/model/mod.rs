//! The nouns of a handbook.
//!
//! Plain data: no outside crate, no parsing, no HTML. [`Handbook`] owns every noun, in tables indexed by
//! [`Id`]; the rest of the room says what each noun holds.

mod course;
mod digest;
mod evidence;
mod feeling;
mod glossary;
mod html;
pub mod hurt;
mod item;
mod journey;
pub mod kinds;
mod lane;
mod link;
mod list;
mod metric;
mod named;
mod outline;
pub(crate) mod pack;
mod persona;
mod prose;
mod rare;
mod reads;
mod rule;
mod settings;
mod shape;
pub mod tag;
mod text;
mod touchpoint;
mod walkthrough;
mod web;

pub use course::{Course, Lesson};
pub use digest::Digests;
pub use evidence::{Insight, InsightKind, Opportunity, OpportunityStatus, Quote};
pub use feeling::Feeling;
pub use glossary::{Guide, Team, Term};
pub use html::Shown;
pub use item::{Alias, Item, OldPlace, Review};
pub use journey::{Image, JourneyMap, MomentOfTruth, Pain, PainSeverity, Seldom, Stage, Step};
pub use kinds::{Act, Contents, MapKind};
pub use lane::{Lane, LaneKind, LaneValue, OwnCell, OwnLane};
pub use link::{Draft, Id, Iter, Linked, Named, Noun, State, Table};
pub use list::{List, settle};
pub use metric::{Better, Metric, MetricKind, Reading};
pub use named::Names;
pub use outline::Outline;
pub use persona::{Behaviour, ChannelUse, Fact, Persona};
pub use prose::{
    Answer, Block, DraftProse, Growing, Heading, Hole, MapExcerpt, NamedReference, Piece, Prose, Quiz, Reference,
    ReferenceKind, Target,
};
pub use rare::Rare;
pub use reads::{Gathered, Marks, Noted, PLANNED, Reads, Run, note_all, unwatched, watch};
pub use rule::{EvidencePolicy, RuleLevel};
pub use settings::{Brand, FrontPage, JobCard, Language, Settings, StageSet};
pub use shape::Shape;
pub use text::{Lang, Local, MOST_FALLBACKS, Text, Words};
pub use touchpoint::{Channel, Importance, Touchpoint, TouchpointKind, TouchpointStatus};
pub use walkthrough::{Walked, Walkthrough};
pub use web::{WebAddress, percent};

use std::sync::Arc;

pub use crate::date::{Cadence, Date};
use crate::history::History;
use crate::original::Original;
use crate::path::HandbookPath;
use crate::source::{FileId, Files, Span};

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Asset {
    /// Where it is in the handbook's folder, and in the site.
    pub path: HandbookPath,
    /// The file.
    pub file: FileId,
}

impl Noun for Asset {
    fn name(&self) -> &str {
        self.path.as_str()
    }
    fn span(&self) -> Span {
        Span::start_of(self.file)
    }
}

/// One folder, one site, one team's knowledge: every noun there is.
#[derive(Debug, Clone, PartialEq)]
pub struct Handbook<S: State = Linked> {
    /// What `handbook.yaml` says.
    pub settings: Settings<S>,
    /// The front page's text, from `index.md`.
    pub front: Noted<Option<Guide<S>>>,
    /// Ordered by name, as all tables are unless they say otherwise.
    pub personas: Table<Persona<S>>,
    /// Journey maps.
    pub maps: Table<JourneyMap<S>>,
    /// The catalog.
    pub touchpoints: Table<Touchpoint<S>>,
    /// In the order of `channels.yaml`.
    pub channels: Table<Channel>,
    /// In the order of `teams.yaml`.
    pub teams: Table<Team<S>>,
    /// The evidence.
    pub insights: Table<Insight<S>>,
    /// The improvement backlog.
    pub opportunities: Table<Opportunity<S>>,
    /// What is measured.
    pub metrics: Table<Metric<S>>,
    /// Courses.
    pub courses: Table<Course<S>>,
    /// Every course's lessons, course by course, in the order they are taught. Named `COURSE/LESSON`.
    pub lessons: Table<Lesson<S>>,
    /// Walks through the maps.
    pub walkthroughs: Table<Walkthrough<S>>,
    /// In the order of `glossary.yaml`.
    pub terms: Table<Term<S>>,
    /// Guides in reading order: by folder, then by number, then by name. Named by their path, `kinds/empathy`.
    pub guides: Table<Guide<S>>,
    /// Files copied as they are, named by their path.
    pub assets: Table<Asset>,
    /// Every file in the default language that holds texts, and how much of it is translated; ordered by file.
    pub originals: Noted<Vec<Original>>,
    /// The day from whose point of view it is told what is due: the one given, or the newest that the handbook names.
    pub today: Date,
    /// What changed; `None` if it lies in no repository.
    pub history: Noted<Option<Arc<History>>>,
    /// The files it was read from.
    pub files: Files,
}

impl<S: State> Handbook<S> {
    /// Every item that is looked at again from time to time, by its head.
    pub fn items(&self) -> impl Iterator<Item = &Item<S>> {
        let guides = self.front.iter().chain(&self.guides).map(|guide| &guide.item);
        (self.personas.iter().map(|persona| &persona.item))
            .chain(self.maps.iter().map(|map| &map.item))
            .chain(self.touchpoints.iter().map(|touchpoint| &touchpoint.item))
            .chain(self.insights.iter().map(|insight| &insight.item))
            .chain(self.opportunities.iter().map(|opportunity| &opportunity.item))
            .chain(self.metrics.iter().map(|metric| &metric.item))
            .chain(self.courses.iter().map(|course| &course.item))
            .chain(self.lessons.iter().map(|lesson| &lesson.item))
            .chain(self.walkthroughs.iter().map(|walkthrough| &walkthrough.item))
            .chain(guides)
    }

    /// Where a file is.
    pub fn path(&self, file: FileId) -> Option<&HandbookPath> {
        self.files.get(file).map(|file| &file.path)
    }

    /// The newest day on which something is said to have been confirmed, learned, measured, walked or finished;
    /// `None` if nothing is.
    pub fn newest_day(&self) -> Option<Date> {
        let reviewed = self.items().filter_map(|item| item.review.reviewed);
        let learned = self.insights.iter().map(|insight| insight.date);
        let measured = self.metrics.iter().flat_map(|metric| &metric.readings).map(|reading| reading.date);
        let walked = self.walkthroughs.iter().map(|walkthrough| walkthrough.date);
        let finished = self.opportunities.iter().filter_map(|opportunity| opportunity.done);
        reviewed.chain(learned).chain(measured).chain(walked).chain(finished).max()
    }
}

macro_rules! indexed {
    ($($noun:ty => $table:ident),* $(,)?) => {
        $(impl std::ops::Index<Id<$noun>> for Handbook {
            type Output = $noun;
            fn index(&self, id: Id<$noun>) -> &$noun {
                &self.$table[id]
            }
        })*
    };
}

indexed! {
    Persona => personas, JourneyMap => maps, Touchpoint => touchpoints, Channel => channels, Team => teams,
    Insight => insights, Opportunity => opportunities, Metric => metrics, Course => courses, Lesson => lessons,
    Walkthrough => walkthroughs, Term => terms, Guide => guides, Asset => assets,
}
