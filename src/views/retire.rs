//! What breaks if a touchpoint is retired: every map, stage, step, persona, lesson, pain, quote and opportunity that meets
//! it, its place on the journey's line, and what could stand in for it.
//!
//! All maps count here, also those that show what shall be: a plan breaks as well. Lists are cut where a page would grow
//! past reading; the sentence at the head counts everything.

use serde::Serialize;

use super::here::{Here, Link, Said};
use super::met::{self, Figures};
use super::pages::Pages;
use super::parts::OpportunityView;
use super::uses::StepPlace;
use crate::hash::HashSet;
use crate::model::{Handbook, Hole, Id, Local, Opportunity, Prose, Target, Touchpoint};

/// What breaks without a touchpoint.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retire<'a> {
    /// “Retiring it touches 3 maps, 4 stages, 9 steps …”; `None` if nothing meets it.
    pub said: Option<String>,
    /// The maps.
    pub maps: Short<Link<'a>>,
    /// The stages, each name once, as links to the first step that meets it there.
    pub stages: Short<Link<'a>>,
    /// Who meets it.
    pub personas: Short<Link<'a>>,
    /// Lessons that teach it.
    pub lessons: Short<Link<'a>>,
    /// Every pain there.
    pub pains: Short<PainLine<'a>>,
    /// What is said there.
    pub quotes: Short<QuoteLine<'a>>,
    /// What would mend it, or has.
    pub opportunities: Short<OpportunityView<'a>>,
    /// How many steps are not in the table of steps, in words.
    pub more_steps: Option<String>,
    /// Other touchpoints of its channel at the same stages; `None` if it has no channel or is met at no stage of the line.
    pub others: Option<Short<StandIn<'a>>>,
}

/// The first of a list, and how many more there are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Short<T> {
    /// The first.
    pub list: Vec<T>,
    /// “and 12 more”; `None` if the list is whole.
    pub more: Option<String>,
}

/// A pain at a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PainLine<'a> {
    /// What hurts.
    pub text: Said<'a>,
    /// The step.
    pub step: Link<'a>,
    /// Whether no opportunity has ended it.
    pub open: bool,
}

/// What somebody said at a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuoteLine<'a> {
    /// The words, without marks.
    pub text: Said<'a>,
    /// The step.
    pub step: Link<'a>,
}

/// Another touchpoint of the channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandIn<'a> {
    /// The touchpoint.
    pub link: Link<'a>,
    /// The stages where both are met.
    pub stages: String,
}

/// A stage of the journey on a touchpoint's page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StopOn<'a> {
    /// What it is called.
    pub title: Said<'a>,
    /// The first step that meets the touchpoint there; `None` if none does.
    pub href: Option<String>,
    /// “met at 2 steps”, “not met”.
    pub told: String,
}

/// How many steps a touchpoint's table shows.
pub const MOST_STEPS: usize = 80;
/// How many of anything else are listed.
const MOST: usize = 40;
/// How many touchpoints that could stand in are listed.
const MOST_STAND_INS: usize = 12;

impl<'a> Here<'a> {
    /// What breaks without a touchpoint.
    pub fn retire(&self, id: Id<Touchpoint>, figures: &Figures, lessons: Vec<Link<'a>>) -> Retire<'a> {
        let handbook = self.handbook;
        let places = self.pages.uses.touchpoint(id);
        let pain = |place: &StepPlace| {
            let at = *place;
            met::pains_at(handbook, at).iter().map(move |pain| (at, pain))
        };
        let pains: Vec<_> = places.iter().flat_map(pain).collect();
        let quotes: Vec<_> =
            places.iter().filter_map(|place| met::said_at(handbook, *place).map(|quote| (*place, quote))).collect();
        let opportunities = opportunities(self, places);
        let steps = self.pages.steps.distinct(places.iter().copied()).count();
        let counts = [
            ("retire_maps", figures.maps.len()),
            ("retire_stages", figures.stages.len()),
            ("retire_steps", steps),
            ("retire_personas", figures.personas.len()),
            ("retire_lessons", lessons.len()),
            ("retire_pains", pains.len()),
            ("retire_quotes", quotes.len()),
            ("retire_opportunities", opportunities.len()),
        ];
        let told: Vec<String> =
            counts.iter().filter(|(_, count)| *count > 0).map(|(key, count)| self.words.count(key, *count)).collect();
        let list = self.words.list(told.iter().map(String::as_str));
        let stage = |place: &StepPlace| Link {
            href: self.step_link(*place).href,
            title: Said::plain(met::stage(handbook, *place).title.str(self.lang).to_owned()),
        };
        Retire {
            said: (!told.is_empty()).then(|| self.words.fill("retire_said", &[("all", &list)])),
            maps: self.short(&figures.maps, |map| self.link(Target::Map(*map))),
            stages: self.short(&figures.stages, stage),
            personas: self.short(&figures.personas, |persona| self.link(Target::Persona(*persona))),
            lessons: self.short(&lessons, Link::clone),
            pains: self.short(&pains, |(place, pain)| PainLine {
                text: self.said(&pain.text),
                step: self.step_link(*place),
                open: met::is_open(handbook, &handbook[place.map], met::step(handbook, *place), pain),
            }),
            quotes: self.short(&quotes, |(place, quote)| QuoteLine {
                text: self.said(&quote.text),
                step: self.step_link(*place),
            }),
            opportunities: self.short(&opportunities, |opportunity| self.opportunity(*opportunity)),
            more_steps: self.and_more(places.len(), MOST_STEPS),
            others: self.others(id),
        }
    }

    /// The first of a list as they are shown, and how many more there are.
    pub fn short<S, T>(&self, all: &[S], show: impl FnMut(&S) -> T) -> Short<T> {
        Short { list: all.iter().take(MOST).map(show).collect(), more: self.and_more(all.len(), MOST) }
    }

    /// “and 12 more”, if there are more than fit.
    pub fn and_more(&self, all: usize, fit: usize) -> Option<String> {
        (all > fit).then(|| self.words.count("and_more", all - fit))
    }

    /// The stages of the line with those where some places are, and the same in a sentence.
    pub fn stops(&self, places: &[StepPlace]) -> (Vec<StopOn<'a>>, String) {
        let columns = self.pages.line.columns();
        let mut met_at: Vec<Vec<StepPlace>> = vec![Vec::new(); columns.len()];
        for place in self.pages.steps.distinct(places.iter().copied()) {
            if let Some(column) = self.pages.steps.column(place) {
                met_at[column].push(place);
            }
        }
        let titles = columns.iter().zip(&met_at).filter(|(_, met)| !met.is_empty());
        let titles: Vec<&str> = titles.map(|((_, title), _)| title.str(self.lang)).collect();
        let said = match titles.is_empty() {
            true => self.words.get("line_nowhere").to_owned(),
            false => self.words.fill("line_met", &[("stages", &self.words.list(titles))]),
        };
        let stop = |((_, title), met): (&'a (String, crate::model::Text), &Vec<StepPlace>)| StopOn {
            title: self.said(title),
            href: met.first().map(|place| self.step_link(*place).href),
            told: if met.is_empty() {
                self.words.get("stop_not_met").to_owned()
            } else {
                self.words.count("stop_met", met.len())
            },
        };
        (columns.iter().zip(&met_at).map(stop).collect(), said)
    }

    /// The files of the handbook that a text shows or links to, each once.
    pub fn assets_of(&self, body: &'a Local<Prose>) -> Vec<Link<'a>> {
        let mut seen = HashSet::default();
        let files = body.show(self.lang).holes().filter_map(|hole| match hole {
            Hole::Address(Some(reference)) => match reference.target {
                Target::Asset(id) => Some(id),
                _ => None,
            },
            _ => None,
        });
        files.filter(|id| seen.insert(*id)).take(MOST).map(|id| self.link(Target::Asset(id))).collect()
    }

    /// What else its channel carries at the stages where it is met.
    fn others(&self, id: Id<Touchpoint>) -> Option<Short<StandIn<'a>>> {
        let StandIns { others, more } = self.pages.stand_ins(self.handbook, id)?;
        let columns = self.pages.line.columns();
        let stand_in = |(other, stages): (Id<Touchpoint>, Vec<usize>)| StandIn {
            link: self.link(Target::Touchpoint(other)),
            stages: self.words.list(stages.into_iter().map(|column| columns[column].1.str(self.lang))),
        };
        Some(Short {
            list: others.into_iter().map(stand_in).collect(),
            more: more.then(|| self.words.get("and_others").to_owned()),
        })
    }
}

/// What else a channel carries where a touchpoint is met.
#[derive(Debug, Hash)]
pub struct StandIns {
    /// The touchpoints, each with the columns of the line.
    others: Vec<(Id<Touchpoint>, Vec<usize>)>,
    /// Whether there are more.
    more: bool,
}

impl Pages {
    /// What else its channel carries at the stages where a touchpoint is met; `None` if it has none, or is met at none of the line.
    pub(super) fn stand_ins(&self, handbook: &Handbook, id: Id<Touchpoint>) -> Option<StandIns> {
        // It is part of who uses it.
        let places = self.uses.touchpoint(id);
        let row = self.unnoted_matrix(handbook).row(handbook[id].channel?);
        let mut columns: Vec<usize> = places.iter().filter_map(|place| self.steps.column(*place)).collect();
        columns.sort_unstable();
        columns.dedup();
        let mut all = StandIns { others: Vec::new(), more: false };
        for &column in &columns {
            let others = || row[column].met.iter().map(|met| met.touchpoint).filter(|other| *other != id);
            // Of a full cell a few are looked at, so that ten thousand touchpoints of one channel stay cheap.
            for other in others().take(MOST_STAND_INS) {
                match all.others.iter().position(|(known, _)| *known == other) {
                    Some(place) => all.others[place].1.push(column),
                    None if all.others.len() < MOST_STAND_INS => all.others.push((other, vec![column])),
                    None => all.more = true,
                }
            }
            all.more |= others().nth(MOST_STAND_INS).is_some();
        }
        (!columns.is_empty()).then_some(all)
    }
}

/// Every opportunity at some places, in the order of the handbook: of steps, of their pains and of what fails there.
fn opportunities(here: &Here<'_>, places: &[StepPlace]) -> Vec<Id<Opportunity>> {
    let handbook = here.handbook;
    let mut all: Vec<Id<Opportunity>> = Vec::new();
    for &place in places {
        let pains = met::pains_at(handbook, place).iter().flat_map(|pain| &pain.opportunities);
        all.extend(pains.copied());
        if place.by.is_none() {
            let step = met::step(handbook, place);
            let points = handbook[place.map].blueprint().map_or(&[][..], |blueprint| &blueprint.fail_points);
            let fails = step.breaks().filter_map(|fail| points.get(fail.index()));
            all.extend(step.opportunities.iter().chain(fails.flat_map(|point| &point.opportunities)).copied());
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
