//! The whole handbook as data: one file for programs.

use super::each::{Each, at};
use super::entries::{self, ChannelData, TeamData, TermData};
use super::map::{self, MapData, VERSION};
use super::nouns::{
    self, CourseData, GuideData, InsightData, MetricData, OpportunityData, PersonaData, TouchpointData, WalkthroughData,
};
use super::{Export, records};
use crate::model::Target;
use crate::views::here::Here;

records! {
    /// A customer-journey handbook as journeybook publishes it. Texts are in one language, links are ids, keys are those
    /// that authors write; a key that is not there is an empty list, `false`, or nothing.
    HandbookData {
        /// The version of this format: 1. It grows when a key changes its meaning or goes, not when one is added.
        version: u32,
        /// The file that says what every key means, beside this one.
        schema: &'static str,
        /// The language of the texts, as a BCP 47 tag.
        lang: &'a str,
        /// The languages of the handbook, its default first.
        languages: Vec<&'a str>,
        /// What the handbook is called.
        title: &'a str,
        /// A sentence about it.
        description: Option<&'a str>,
        /// The day as of which things are due.
        today: String,
        /// The text of the front page.
        front: Option<GuideData<'a>>,
        /// Personas, by id.
        personas: Vec<PersonaData<'a>>,
        /// Journey maps, by id.
        maps: Each<'a, MapData<'a>>,
        /// The catalog, by id.
        touchpoints: Each<'a, TouchpointData<'a>>,
        /// Channels, in the handbook's order.
        channels: Vec<ChannelData<'a>>,
        /// Teams, in the handbook's order.
        teams: Vec<TeamData<'a>>,
        /// The evidence, by id.
        insights: Each<'a, InsightData<'a>>,
        /// The improvement backlog, by id.
        opportunities: Each<'a, OpportunityData<'a>>,
        /// What is measured, by id.
        metrics: Each<'a, MetricData<'a>>,
        /// Courses with their lessons.
        courses: Each<'a, CourseData<'a>>,
        /// Walk-throughs, by id.
        walkthroughs: Vec<WalkthroughData<'a>>,
        /// The glossary, in the handbook's order.
        terms: Vec<TermData<'a>>,
        /// Guides, in reading order.
        guides: Vec<GuideData<'a>>,
    }
}

/// All of the handbook.
pub(super) fn handbook<'a>(here: &Here<'a>) -> HandbookData<'a> {
    let handbook = here.handbook;
    let settings = &handbook.settings;
    let guides = handbook.guides.entries();
    HandbookData {
        version: VERSION,
        schema: Export::Schema.path(),
        lang: here.tag(here.lang),
        languages: settings.languages.iter().map(|language| language.tag.as_str()).collect(),
        title: settings.title.str(here.lang),
        description: settings.description.as_ref().map(|text| text.str(here.lang)),
        today: handbook.today.to_string(),
        front: handbook.front.as_ref().map(|front| nouns::guide(here, front, Target::Front)),
        personas: handbook.personas.ids().map(|id| nouns::persona(here, id)).collect(),
        maps: Each::of(here, &handbook.maps, |here, place| map::map(here, at(place))),
        touchpoints: Each::of(here, &handbook.touchpoints, |here, place| nouns::touchpoint(here, at(place))),
        channels: handbook.channels.iter().map(|channel| entries::channel(here, channel)).collect(),
        teams: handbook.teams.iter().map(|team| entries::team(here, team)).collect(),
        insights: Each::of(here, &handbook.insights, |here, place| nouns::insight(here, at(place))),
        opportunities: Each::of(here, &handbook.opportunities, |here, place| nouns::opportunity(here, at(place))),
        metrics: Each::of(here, &handbook.metrics, |here, place| nouns::metric(here, at(place))),
        courses: Each::of(here, &handbook.courses, |here, place| nouns::course(here, at(place))),
        walkthroughs: handbook.walkthroughs.ids().map(|id| nouns::walkthrough(here, id)).collect(),
        terms: handbook.terms.iter().map(|term| entries::term(here, term)).collect(),
        guides: guides.map(|(id, guide)| nouns::guide(here, guide, Target::Guide(id))).collect(),
    }
}
