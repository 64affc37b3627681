//! The front page: the main map's curve, ways in by job, and what there is.

use serde::Serialize;

use super::cards::{MapCard, PersonaCard};
use super::curve::{Curve, Room};
use super::felt::felt_in;
use super::here::{Here, Link, Said};
use super::pages::PageKind;
use super::prose::Running;
use crate::model::{Id, JobCard, JourneyMap, Target};

/// The front page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Home<'a> {
    /// How many there are of each.
    pub counts: Vec<Count<'a>>,
    /// The main map.
    pub feature: Option<Feature<'a>>,
    /// Ways in, by job.
    pub start: Vec<Job<'a>>,
    /// The front page's text.
    pub body: Running<'a>,
    /// The maps.
    pub maps: Vec<MapCard<'a>>,
    /// The personas.
    pub personas: Vec<PersonaCard<'a>>,
}

/// How many there are of something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Count<'a> {
    /// Where they are listed.
    pub href: String,
    /// What they are called.
    pub title: &'a str,
    /// How many.
    pub count: usize,
}

/// The main map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Feature<'a> {
    /// The map.
    pub link: Link<'a>,
    /// The one sentence to remember.
    pub finding: Option<Said<'a>>,
    /// Its curve; `None` if nobody said how it feels.
    pub curve: Option<Curve>,
    /// The curve in a sentence.
    pub told: String,
    /// Its stages, each a link into the map.
    pub stops: Vec<Link<'a>>,
}

/// A way in for one job.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Job<'a> {
    /// Such as “I train people”.
    pub title: Said<'a>,
    /// A sentence.
    pub text: Option<Said<'a>>,
    /// A drawing.
    pub icon: &'a str,
    /// Where to go.
    pub links: Vec<Link<'a>>,
}

/// The front page.
pub fn home<'a>(here: &Here<'a>) -> Home<'a> {
    let handbook = here.handbook;
    let settings = &handbook.settings;
    Home {
        counts: counts(here),
        feature: settings.home.feature.map(|map| feature(here, map)),
        start: settings.home.start.iter().map(|job| self::job(here, job)).collect(),
        body: handbook.front.as_ref().map(|front| here.running(&front.body)).unwrap_or_default(),
        maps: handbook.maps.ids().map(|id| here.map_card(id)).take(MOST_CARDS).collect(),
        personas: handbook.personas.ids().map(|id| here.persona_card(id)).take(MOST_CARDS).collect(),
    }
}

/// A front page that lists more than this is no front page; the lists themselves have all.
const MOST_CARDS: usize = 12;

fn counts<'a>(here: &Here<'a>) -> Vec<Count<'a>> {
    let handbook = here.handbook;
    let counted = [
        (PageKind::Maps, "count_maps", handbook.maps.len()),
        (PageKind::Personas, "count_personas", handbook.personas.len()),
        (PageKind::Touchpoints, "count_touchpoints", handbook.touchpoints.len()),
        (PageKind::Training, "count_lessons", handbook.lessons.len()),
    ];
    let some = counted.into_iter().filter(|(_, _, count)| *count > 0);
    some.map(|(kind, key, count)| Count { href: here.href_to(kind), title: here.words.get(key), count }).collect()
}

fn feature<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> Feature<'a> {
    let map = &here.handbook[id];
    let moments = felt_in(map);
    let stops = map.stages.iter();
    Feature {
        link: here.link(Target::Map(id)),
        finding: map.finding.as_ref().map(|finding| here.said(finding)),
        curve: here.curve(&moments, Room::home(map.stages.len()), false),
        told: here.tell(&moments),
        stops: stops
            .map(|stage| Link { href: here.href_at(Target::Map(id), &stage.name), title: here.said(&stage.title) })
            .collect(),
    }
}

fn job<'a>(here: &Here<'a>, job: &'a JobCard) -> Job<'a> {
    let links = job.links.iter().flatten();
    Job {
        title: here.said(&job.title),
        text: job.text.as_ref().map(|text| here.said(text)),
        icon: job.icon.as_deref().unwrap_or("arrow"),
        links: links.map(|link| Link { href: here.href_of(link), title: here.title_of(link) }).collect(),
    }
}
