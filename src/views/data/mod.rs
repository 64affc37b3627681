//! The handbook as data: all of it and each map for programs, lists and tables for spreadsheets.
//!
//! No theme changes these: what a program reads next year is told here, key by key.

mod each;
mod entries;
mod export;
mod handbook;
mod kinds;
mod lists;
mod map;
mod nouns;
mod schema;
mod step;
mod table;

use serde::Serialize;

use super::here::Here;
use super::pages::Format;
use crate::model::{Feeling, Id, JourneyMap};
pub use each::{Each, THING};
pub use entries::{
    BehaviourData, ChannelData, ChannelUseData, FactData, ImportanceData, PlaceData, ReadingData, TeamData, TermData,
};
pub use export::Export;
pub use handbook::HandbookData;
pub use kinds::{
    ActorsData, BlueprintData, ClaimData, ContentsData, CrowdData, DayData, DifferenceData, EmpathyData, FailPointData,
    FutureData, ObservationData, SceneData, TensionData,
};
pub use map::{MapData, StageData};
pub use nouns::{
    CourseData, GuideData, InsightData, LessonData, MetricData, OpportunityData, PersonaData, TouchpointData,
};
pub use step::{ActData, ImageData, OwnData, OwnValue, PainData, QuoteData, StepData};
pub use table::Table;

/// A map or the handbook in one of its formats.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "one at a time is made, written and dropped")]
pub enum Data<'a> {
    /// Everything it holds.
    Map(MapData<'a>),
    /// All of the handbook.
    Handbook(Box<HandbookData<'a>>),
    /// What the keys of the handbook's data mean.
    Schema(schemars::Schema),
    /// A table: of a map its own, of the handbook one of its lists.
    Table(Table<'a>),
    /// Its drawing.
    #[serde(skip)]
    Drawing(super::sheet::Sheet<'a>),
    /// The list of pages.
    #[serde(skip)]
    Sitemap(super::sitemap::Sitemap),
    /// The rules for search engines.
    #[serde(skip)]
    Robots(super::sitemap::Robots),
    /// The feed of changes.
    #[serde(skip)]
    Feed(super::feed::Feed<'a>),
}

impl Data<'_> {
    /// Writes what programs read, key by key.
    ///
    /// # Errors
    /// Those of whom it is written to.
    pub fn write_into<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

/// A number, whole where it can be, so that −1 is written `-1`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Figure {
    /// A whole number.
    Whole(i64),
    /// Any other.
    Part(f64),
}

/// One of the handbook's own files.
pub fn export<'a>(here: &Here<'a>, export: Export) -> Data<'a> {
    match export {
        Export::Handbook => Data::Handbook(Box::new(handbook::handbook(here))),
        Export::Schema => Data::Schema(schema::schema()),
        Export::Touchpoints => Data::Table(lists::touchpoints(here)),
        Export::Opportunities => Data::Table(lists::opportunities(here)),
        Export::Insights => Data::Table(lists::insights(here)),
        Export::Metrics => Data::Table(lists::metrics(here)),
        Export::Readings => Data::Table(lists::readings(here)),
    }
}

/// A map in a format.
pub fn data<'a>(here: &Here<'a>, id: Id<JourneyMap>, format: Format) -> Data<'a> {
    match format {
        Format::Json => Data::Map(map::map(here, id)),
        Format::Csv => Data::Table(table::table(here, id)),
        Format::Svg => Data::Drawing(super::sheet::sheet(here, id)),
    }
}

impl From<f64> for Figure {
    fn from(value: f64) -> Self {
        // Beyond this a float has no fractions, and may be no `i64` either.
        if value.fract() == 0.0 && value.abs() < 9e15 { Self::Whole(value as i64) } else { Self::Part(value) }
    }
}

impl From<Feeling> for Figure {
    fn from(feeling: Feeling) -> Self {
        Self::from(feeling.value())
    }
}

/// Whether a value says nothing and is therefore not written.
trait Nothing {
    fn is_nothing(&self) -> bool;
}

impl<T> Nothing for Option<T> {
    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T> Nothing for Vec<T> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl Nothing for bool {
    fn is_nothing(&self) -> bool {
        !self
    }
}

/// What must be given is always written.
macro_rules! always {
    ($($kind:ty),*) => {
        $(impl Nothing for $kind {
            fn is_nothing(&self) -> bool {
                false
            }
        })*
    };
}
always!(&str, String, u8, u32, u64, Figure, OwnValue<'_>);

/// Structs whose keys are written as authors write them, and only where there is something to say: a key that is not
/// there is an empty list, `false`, or nothing.
macro_rules! records {
    ($($(#[$about:meta])* $record:ident { $($(#[$says:meta])* $key:ident: $kind:ty,)+ })+) => {
        $($(#[$about])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[schemars(transform = super::schema::record)]
        pub struct $record<'a> {
            $($(#[$says])* #[serde(skip_serializing_if = "super::Nothing::is_nothing")] pub $key: $kind,)+
        })+
    };
}
use records;
