//! What each kind of map adds to its data.

use serde::Serialize;

use super::map::Writer;
use super::step::{PainData, QuoteData};
use super::{Figure, records};
use crate::model::Contents;
use crate::model::kinds::{Blueprint, Crowd, Day, Empathy, Future, Observation, Quadrant, Tension};

/// What a kind adds, beside what every map has.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ContentsData<'a> {
    Future(FutureData<'a>),
    Empathy(Box<EmpathyData<'a>>),
    Crowd(CrowdData<'a>),
    Blueprint(BlueprintData<'a>),
}

records! {
    /// What a future-state map adds.
    FutureData {
        /// The id of the map it starts from.
        baseline: Option<&'a str>,
        /// What we take to be true.
        assumptions: Vec<ClaimData<'a>>,
        /// What is good as it is.
        left_alone: Vec<&'a str>,
        /// By what we shall know that it worked.
        proof: Vec<&'a str>,
    }
    /// Something we say.
    ClaimData {
        /// What we say.
        text: &'a str,
        /// Ids of insights.
        insights: Vec<&'a str>,
    }
    /// The hours of a day.
    DayData {
        /// Where the drawing begins: `05:00`.
        from: String,
        /// Where it ends; no later than it begins if it goes past midnight.
        until: String,
        /// Whose day, where it is not the map's persona: an id.
        persona: Option<&'a str>,
        /// A sentence about it.
        summary: Option<&'a str>,
        /// Where one is.
        scenes: Vec<SceneData<'a>>,
    }
    /// Where one is for some hours.
    SceneData {
        /// Such as “At home”.
        title: &'a str,
        /// Its beginning.
        from: String,
        /// Its end.
        until: String,
        /// Whether customer and organisation meet there.
        ours: bool,
    }
    /// What an empathy map adds.
    EmpathyData {
        /// The situation.
        moment: Option<&'a str>,
        /// The people, where they are no single persona.
        segment: Option<&'a str>,
        /// What they say.
        says: Vec<QuoteData<'a>>,
        /// What they think.
        thinks: Vec<ObservationData<'a>>,
        /// What they do.
        does: Vec<ObservationData<'a>>,
        /// What they feel.
        feels: Vec<ObservationData<'a>>,
        /// What hurts.
        pains: Vec<PainData<'a>>,
        /// What delights.
        gains: Vec<ObservationData<'a>>,
        /// Where it does not add up.
        tensions: Vec<TensionData<'a>>,
    }
    /// Something seen or heard of people.
    ObservationData {
        /// What it is.
        text: &'a str,
        /// How widely it was seen.
        note: Option<&'a str>,
        /// How it feels, −2..=2.
        feels: Option<Figure>,
        /// Ids of insights.
        insights: Vec<&'a str>,
    }
    /// Two sides that contradict each other, under their quadrants.
    TensionData {
        /// What they say.
        says: Option<&'a str>,
        /// What they think.
        thinks: Option<&'a str>,
        /// What they do.
        does: Option<&'a str>,
        /// What they feel.
        feels: Option<&'a str>,
        /// What follows for us.
        so: Option<&'a str>,
    }
    /// What a persona-based map adds.
    CrowdData {
        /// Ids of personas.
        personas: Vec<&'a str>,
        /// Where somebody differs.
        differences: Vec<DifferenceData<'a>>,
    }
    /// How one of them lives a step otherwise.
    DifferenceData {
        /// A persona's id.
        persona: &'a str,
        /// A step's id.
        step: &'a str,
        /// Whether the step is not taken at all.
        skips: bool,
        /// What is done instead.
        action: Option<&'a str>,
        /// A touchpoint's id.
        touchpoint: Option<&'a str>,
        /// What this one thinks.
        thinks: Option<&'a str>,
        /// What this one says.
        says: Option<QuoteData<'a>>,
        /// How it feels, −2..=2.
        feels: Option<Figure>,
        /// The word for it.
        feeling: Option<&'a str>,
        /// What hurts this one.
        pains: Vec<PainData<'a>>,
    }
    /// What a service blueprint adds.
    BlueprintData {
        /// Who acts in each lane.
        actors: Option<ActorsData<'a>>,
        /// What breaks.
        fail_points: Vec<FailPointData<'a>>,
    }
    /// The team that acts in each lane: ids.
    ActorsData {
        /// In sight.
        frontstage: Option<&'a str>,
        /// Out of sight.
        backstage: Option<&'a str>,
        /// Systems and partners.
        support: Option<&'a str>,
    }
    /// Something that breaks again and again.
    FailPointData {
        /// Its id in the map.
        id: &'a str,
        /// What fails.
        title: &'a str,
        /// What we know of it.
        known: Option<&'a str>,
        /// Ids of insights.
        insights: Vec<&'a str>,
        /// Ids of opportunities.
        opportunities: Vec<&'a str>,
    }
}

impl<'a> Writer<'a> {
    /// What a kind adds; `None` if it adds nothing, or only to its stages.
    pub(super) fn contents(&self, contents: &'a Contents) -> Option<ContentsData<'a>> {
        Some(match contents {
            Contents::Experience | Contents::CurrentState | Contents::DayInTheLife(_) => return None,
            Contents::FutureState(future) => ContentsData::Future(self.future(future)),
            Contents::Empathy(empathy) => ContentsData::Empathy(Box::new(self.empathy(empathy))),
            Contents::PersonaBased(crowd) => ContentsData::Crowd(self.crowd(crowd)),
            Contents::ServiceBlueprint(blueprint) => ContentsData::Blueprint(self.blueprint(blueprint)),
        })
    }

    fn future(&self, future: &'a Future) -> FutureData<'a> {
        let claims = future.assumptions.iter();
        FutureData {
            baseline: future.baseline.map(|map| self.name(map)),
            assumptions: claims
                .map(|claim| ClaimData { text: self.text(&claim.text), insights: self.names(&claim.insights) })
                .collect(),
            left_alone: self.texts(&future.left_alone),
            proof: self.texts(&future.proof),
        }
    }

    pub(super) fn day(&self, day: &'a Day) -> DayData<'a> {
        let clock = |minutes: u16| match day.from.after(minutes) {
            // The end of a day is written as authors write it.
            midnight if midnight.minutes() == 0 && minutes > 0 => "24:00".to_owned(),
            time => time.to_string(),
        };
        let scenes = day.scenes.iter().map(|scene| SceneData {
            title: self.text(&scene.title),
            from: clock(scene.start),
            until: clock(scene.end),
            ours: scene.ours,
        });
        DayData {
            persona: day.actor.map(|persona| self.name(persona)),
            summary: self.maybe(&day.summary),
            from: day.from.to_string(),
            until: clock(day.minutes),
            scenes: scenes.collect(),
        }
    }

    fn empathy(&self, empathy: &'a Empathy) -> EmpathyData<'a> {
        EmpathyData {
            moment: self.maybe(&empathy.moment),
            segment: self.maybe(&empathy.segment),
            says: empathy.says.iter().map(|quote| self.quote(quote)).collect(),
            thinks: self.observations(&empathy.thinks),
            does: self.observations(&empathy.does),
            feels: self.observations(&empathy.feels),
            pains: self.pains(&empathy.pains),
            gains: self.observations(&empathy.gains),
            tensions: empathy.tensions.iter().map(|tension| self.tension(tension)).collect(),
        }
    }

    fn observations(&self, observations: &'a [Observation]) -> Vec<ObservationData<'a>> {
        let observations = observations.iter().map(|observation| ObservationData {
            text: self.text(&observation.text),
            note: self.maybe(&observation.note),
            feels: observation.feels.map(Figure::from),
            insights: self.names(&observation.insights),
        });
        observations.collect()
    }

    fn tension(&self, tension: &'a Tension) -> TensionData<'a> {
        let side = |wanted: Quadrant| {
            let sides = [&tension.one, &tension.other].into_iter();
            sides.filter(|(quadrant, _)| *quadrant == wanted).map(|(_, text)| self.text(text)).next()
        };
        TensionData {
            says: side(Quadrant::Says),
            thinks: side(Quadrant::Thinks),
            does: side(Quadrant::Does),
            feels: side(Quadrant::Feels),
            so: self.maybe(&tension.so),
        }
    }

    fn crowd(&self, crowd: &'a Crowd) -> CrowdData<'a> {
        let differences = crowd.differences.iter().map(|difference| DifferenceData {
            persona: self.name(difference.persona),
            step: self.step_name(difference.step),
            skips: difference.skips,
            action: self.maybe(&difference.action),
            touchpoint: difference.touchpoint.map(|id| self.name(id)),
            thinks: self.maybe(&difference.thinks),
            says: difference.says.as_ref().map(|quote| self.quote(quote)),
            feels: difference.feels.map(Figure::from),
            feeling: self.maybe(&difference.feeling),
            pains: self.pains(&difference.pains),
        });
        CrowdData { personas: self.names(&crowd.personas), differences: differences.collect() }
    }

    fn blueprint(&self, blueprint: &'a Blueprint) -> BlueprintData<'a> {
        let actors = &blueprint.actors;
        let actors = ActorsData {
            frontstage: actors.frontstage.map(|team| self.name(team)),
            backstage: actors.backstage.map(|team| self.name(team)),
            support: actors.support.map(|team| self.name(team)),
        };
        let somebody = actors.frontstage.or(actors.backstage).or(actors.support).is_some();
        let points = blueprint.fail_points.iter().map(|point| FailPointData {
            id: &point.name,
            title: self.text(&point.title),
            known: self.maybe(&point.known),
            insights: self.names(&point.insights),
            opportunities: self.names(&point.opportunities),
        });
        BlueprintData { actors: somebody.then_some(actors), fail_points: points.collect() }
    }
}
