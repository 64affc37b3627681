//! What a map states, and how much of it cites evidence. Counting only, so that somebody else can count again.
//!
//! What counts, each entry once:
//!
//! - **Pain**: an entry of a step's `pains`, of the `pains` of a difference in a persona-based map, and of an empathy map's
//!   `pains`. It cites what its own `insights` name, or else what its step's `insights` name; an empathy map has no steps.
//! - **Feeling**: a step's `feels`, and a difference's `feels`: it cites the step's `insights`. An entry of an empathy map's
//!   `feels`: it cites its own.
//! - **Quote**: a step's `says`, a difference's `says`: own `insights`, or else the step's. An empathy map's `says`: own.
//! - **Figure**: an entry of a stage's or a step's `metrics`: it cites the `insights` of the metric. A metric without any
//!   that names its `source` cites that one source.
//! - **Observation**: an entry of an empathy map's `thinks`, `does` or `gains`: it cites its own `insights`.
//!
//! A statement is *known* if it cites at least one insight or source; otherwise it is an assumption. By stage and by persona,
//! and in all, maps that show what shall be (`future-state`) do not count: nobody can have observed them. A statement of a
//! stage without a column, or of no stage, counts under the last column.
//!
//! By persona, a difference counts for its persona; a moment of a day for the one whose day it is; anything else for everybody
//! whose map it is. A persona's own `quote` counts as a quote.

use crate::model::{Contents, Handbook, Id, Insight, JourneyMap, MapKind, Metric, Persona, Quote, Stage, Step, Text};

/// What is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the page of the room says what each is")]
pub enum StatementKind {
    Pain,
    Feeling,
    Quote,
    Figure,
    Observation,
}

/// Something that a map states.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// What is stated.
    pub kind: StatementKind,
    /// The stage, from 0; `None` on a map without stages.
    pub stage: Option<usize>,
    /// The step in the stage, from 0; `None` for what holds for the whole stage.
    pub step: Option<usize>,
    /// The one of several personas of whom alone it is said.
    pub by: Option<Id<Persona>>,
    /// Its words: the pain, the quote, the observation, the metric's title, the step's label for a feeling.
    pub text: &'a Text,
    /// The evidence it cites.
    pub insights: &'a [Id<Insight>],
    /// Whether it names a source besides.
    pub sourced: bool,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Share {
    /// How many cite evidence.
    pub known: usize,
    /// How many there are.
    pub all: usize,
}

/// Shares by kind, in the order of [`StatementKind`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Tally(pub [Share; 5]);

impl Statement<'_> {
    /// How many pieces of evidence it cites; a source that is no insight counts where there is none.
    pub fn sources(&self) -> usize {
        self.insights.len().max(usize::from(self.sourced))
    }

    /// Whether it cites evidence.
    pub fn is_known(&self) -> bool {
        self.sources() > 0
    }
}

impl Share {
    /// The share in whole percent, rounded down, so that only all is 100; `None` of nothing.
    pub fn percent(self) -> Option<usize> {
        (self.known * 100).checked_div(self.all)
    }
}

impl Tally {
    /// Counts statements.
    pub fn of<'a>(statements: impl IntoIterator<Item = Statement<'a>>) -> Self {
        let mut tally = Self::default();
        statements.into_iter().for_each(|statement| tally.add(&statement));
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, statement: &Statement<'_>) {
        let share = &mut self.0[statement.kind as usize];
        share.all += 1;
        share.known += usize::from(statement.is_known());
    }

    /// All kinds together.
    pub fn all(&self) -> Share {
        let sum = |sum: Share, share: &Share| Share { known: sum.known + share.known, all: sum.all + share.all };
        self.0.iter().fold(Share::default(), sum)
    }
}

/// Everything that a map states, in the order of its stages and steps; then what differs for single personas.
pub fn statements<'a>(handbook: &'a Handbook, map: &'a JourneyMap) -> Vec<Statement<'a>> {
    // A step mostly has a pain, a feeling and what somebody said.
    let mut all = Vec::with_capacity(3 * map.steps().count());
    for (number, stage) in map.stages.iter().enumerate() {
        all.extend(figures(handbook, &stage.metrics, (Some(number), None)));
        for (index, step) in stage.steps.iter().enumerate() {
            let at = (Some(number), Some(index));
            let pains =
                step.pains.iter().map(|pain| (StatementKind::Pain, &pain.text, step.evidence_of(&pain.insights)));
            let feels = step.feels.map(|_| (StatementKind::Feeling, step.label(), step.insights.as_slice()));
            let says = step.says.iter().map(|quote| said(quote, step));
            all.extend(pains.chain(feels).chain(says).map(|parts| statement(parts, at, None)));
            all.extend(figures(handbook, &step.metrics, at));
        }
    }
    match &map.contents {
        Contents::Empathy(empathy) => {
            let says = empathy.says.iter().map(|quote| (StatementKind::Quote, &quote.text, quote.insights.as_slice()));
            let feels = empathy.feels.iter().map(|one| (StatementKind::Feeling, &one.text, one.insights.as_slice()));
            let seen = [&empathy.thinks, &empathy.does, &empathy.gains].into_iter().flatten();
            let seen = seen.map(|one| (StatementKind::Observation, &one.text, one.insights.as_slice()));
            let pains = empathy.pains.iter().map(|pain| (StatementKind::Pain, &pain.text, pain.insights.as_slice()));
            all.extend(says.chain(feels).chain(seen).chain(pains).map(|parts| statement(parts, (None, None), None)));
        }
        Contents::PersonaBased(crowd) => {
            let places: Vec<(usize, usize, &Step)> = (map.stages.iter().enumerate())
                .flat_map(|(number, stage)| {
                    stage.steps.iter().enumerate().map(move |(index, step)| (number, index, step))
                })
                .collect();
            for other in &crowd.differences {
                let Some(&(number, index, step)) = places.get(other.step.index()) else { continue };
                let pains = other.pains.iter();
                let pains = pains.map(|pain| (StatementKind::Pain, &pain.text, step.evidence_of(&pain.insights)));
                let feels = other.feels.map(|_| (StatementKind::Feeling, step.label(), step.insights.as_slice()));
                let says = other.says.iter().map(|quote| said(quote, step));
                let at = (Some(number), Some(index));
                all.extend(pains.chain(feels).chain(says).map(|parts| statement(parts, at, Some(other.persona))));
            }
        }
        _ => {}
    }
    all
}

/// Whether a map shows what is, so that it can have been observed.
pub fn is_observed(map: &JourneyMap) -> bool {
    map.kind() != MapKind::FutureState
}

/// All maps together.
pub fn total(handbook: &Handbook) -> Tally {
    Tally::of(handbook.maps.iter().filter(|map| is_observed(map)).flat_map(|map| statements(handbook, map)))
}

/// By stage: a tally for each of so many columns, and one more for all that stands in none of them.
pub fn by_stage(handbook: &Handbook, columns: usize, place: impl Fn(&Stage) -> Option<usize>) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); columns + 1];
    for map in handbook.maps.iter().filter(|map| is_observed(map)) {
        let places: Vec<usize> = map.stages.iter().map(|stage| place(stage).unwrap_or(columns)).collect();
        for statement in statements(handbook, map) {
            tallies[statement.stage.map_or(columns, |stage| places[stage])].add(&statement);
        }
    }
    tallies
}

/// What is said of one persona, in the given maps of theirs and by themselves.
pub fn of_persona(handbook: &Handbook, id: Id<Persona>, maps: &[Id<JourneyMap>]) -> Tally {
    let mut tally = Tally::default();
    for map in maps.iter().map(|&map| &handbook[map]).filter(|map| is_observed(map)) {
        let own = |statement: &Statement<'_>| is_of(map, statement, id);
        statements(handbook, map).iter().filter(|statement| own(statement)).for_each(|statement| tally.add(statement));
    }
    if let Some(quote) = &handbook[id].quote {
        tally.add(&statement((StatementKind::Quote, &quote.text, &quote.insights), (None, None), None));
    }
    tally
}

fn is_of(map: &JourneyMap, statement: &Statement<'_>, persona: Id<Persona>) -> bool {
    match (&map.contents, statement.by, statement.stage) {
        (_, Some(by), _) => by == persona,
        (Contents::DayInTheLife(days), None, Some(stage)) => {
            days.get(stage).and_then(|day| day.actor).or(map.persona) == Some(persona)
        }
        _ => map.personas().any(|&one| one == persona),
    }
}

type Parts<'a> = (StatementKind, &'a Text, &'a [Id<Insight>]);

fn said<'a>(quote: &'a Quote, step: &'a Step) -> Parts<'a> {
    (StatementKind::Quote, &quote.text, step.evidence_of(&quote.insights))
}

fn statement<'a>(
    (kind, text, insights): Parts<'a>,
    (stage, step): (Option<usize>, Option<usize>),
    by: Option<Id<Persona>>,
) -> Statement<'a> {
    Statement { kind, stage, step, by, text, insights, sourced: false }
}

fn figures<'a>(
    handbook: &'a Handbook,
    metrics: &'a [Id<Metric>],
    at: (Option<usize>, Option<usize>),
) -> impl Iterator<Item = Statement<'a>> {
    metrics.iter().map(move |&id| {
        let metric = &handbook[id];
        let parts = (StatementKind::Figure, &metric.item.title, metric.insights.as_slice());
        Statement { sourced: metric.source.is_some(), ..statement(parts, at, None) }
    })
}
