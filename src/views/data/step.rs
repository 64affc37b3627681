//! A step as data, and what it is made of.

use super::map::Writer;
use super::{Figure, records};
use crate::model::kinds::{Act, Flow, Nature};
use crate::model::{Image, LaneValue, Linked, OwnCell, Pain, PainSeverity, Quote, Reference, Step, Target};

records! {
    /// A step.
    StepData {
        /// Its id in the map.
        id: &'a str,
        /// What the customer does.
        action: &'a str,
        /// A short label for the curve.
        moment: Option<&'a str>,
        /// Whether it happens without the customer.
        unseen: bool,
        /// When it happens in its day: `05:40`.
        at: Option<String>,
        /// When it is over.
        until: Option<String>,
        /// `habit`, `duty` or `choice`.
        nature: Option<&'static str>,
        /// When it happens, in words.
        when: Option<&'a str>,
        /// A touchpoint's id.
        touchpoint: Option<&'a str>,
        /// What the customer thinks.
        thinks: Option<&'a str>,
        /// What the customer says.
        says: Option<QuoteData<'a>>,
        /// How it feels, −2..=2.
        feels: Option<Figure>,
        /// The word for it.
        feeling: Option<&'a str>,
        /// What is wanted.
        needs: Vec<&'a str>,
        /// What delights.
        gains: Vec<&'a str>,
        /// What hurts.
        pains: Vec<PainData<'a>>,
        /// Why it wins or loses the persona.
        moment_of_truth: Option<&'a str>,
        /// Ids of insights.
        insights: Vec<&'a str>,
        /// Ids of opportunities.
        opportunities: Vec<&'a str>,
        /// Ids of metrics.
        metrics: Vec<&'a str>,
        /// What the customer sees or holds of the service.
        evidence: Option<&'a str>,
        /// What staff do in sight.
        frontstage: Option<ActData<'a>>,
        /// What staff do out of sight.
        backstage: Option<ActData<'a>>,
        /// What systems and partners do.
        support: Option<ActData<'a>>,
        /// Ids of fail points.
        fails: Vec<&'a str>,
        /// How long the customer waits, in words.
        waits: Option<&'a str>,
        /// Ids of steps that may follow; without the key simply the next.
        leads_to: Option<Vec<&'a str>>,
        /// Who comes into the journey here.
        entry: Option<&'a str>,
        /// Who leaves the journey here.
        exit: Option<&'a str>,
        /// The id of the map that shows it in detail.
        opens: Option<&'a str>,
        /// A picture.
        image: Option<ImageData<'a>>,
        /// What lanes of the handbook's own hold for it.
        own: Vec<OwnData<'a>>,
    }
    /// What somebody said.
    QuoteData {
        /// The words.
        text: &'a str,
        /// Who said it, or what stands behind it.
        note: Option<&'a str>,
        /// Ids of insights.
        insights: Vec<&'a str>,
    }
    /// What hurts.
    PainData {
        /// What hurts.
        text: &'a str,
        /// `low`, `medium` or `high`.
        severity: Option<&'static str>,
        /// Ids of insights.
        insights: Vec<&'a str>,
        /// Ids of opportunities.
        opportunities: Vec<&'a str>,
    }
    /// What somebody or something of ours does.
    ActData {
        /// What is done.
        text: &'a str,
        /// Who does it, where it is not the lane's own: a team's id.
        team: Option<&'a str>,
        /// Ids of fail points.
        fails: Vec<&'a str>,
        /// How long it keeps waiting, in words.
        waits: Option<&'a str>,
        /// Which way work goes, where it is not `down`: `up`, `both` or `none`.
        flow: Option<&'static str>,
    }
    /// A picture.
    ImageData {
        /// What it shows.
        alt: &'a str,
        /// The file in the handbook; nothing if it is missing.
        file: Option<&'a str>,
    }
    /// What a lane of the handbook's own holds.
    OwnData {
        /// The lane's name.
        lane: &'a str,
        /// What stands in it.
        value: OwnValue<'a>,
        /// Whether the link leads out of the handbook.
        outside: bool,
    }
}

/// What stands in a lane of the handbook's own.
#[derive(Debug, Clone, PartialEq, serde::Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum OwnValue<'a> {
    /// A text.
    Text(&'a str),
    /// Several texts.
    List(Vec<&'a str>),
    /// A picture.
    Image(ImageData<'a>),
    /// A number.
    Number(Figure),
    /// A link: where it leads, as `touchpoint:adviser` or an address, and its text if one is given.
    Link {
        /// Where to; nothing if the target is not there.
        to: Option<String>,
        /// The text.
        text: Option<&'a str>,
    },
}

impl<'a> Writer<'a> {
    pub(super) fn step(&self, step: &'a Step) -> StepData<'a> {
        StepData {
            id: &step.name,
            action: self.text(&step.action),
            moment: self.maybe(&step.moment),
            unseen: step.unseen,
            at: step.time.map(|time| time.at.to_string()),
            until: step.time.and_then(|time| time.until).map(|until| until.to_string()),
            nature: step.time.and_then(|time| time.nature).map(|nature| word(Nature::ALL, nature)),
            when: self.maybe(&step.when),
            touchpoint: step.touchpoint.map(|id| self.name(id)),
            thinks: self.maybe(&step.thinks),
            says: step.says.as_ref().map(|quote| self.quote(quote)),
            feels: step.feels.map(Figure::from),
            feeling: self.maybe(&step.feeling),
            needs: self.texts(&step.needs),
            gains: self.texts(&step.gains),
            pains: self.pains(&step.pains),
            moment_of_truth: step.moment_of_truth.as_ref().map(|truth| self.text(&truth.why)),
            insights: self.names(&step.insights),
            opportunities: self.names(&step.opportunities),
            metrics: self.names(&step.metrics),
            evidence: self.maybe(&step.evidence),
            frontstage: step.frontstage.as_ref().map(|act| self.act(act)),
            backstage: step.backstage.as_ref().map(|act| self.act(act)),
            support: step.support.as_ref().map(|act| self.act(act)),
            fails: self.fails(&step.fails),
            waits: self.maybe(&step.waits),
            leads_to: step.leads_to.as_ref().map(|to| to.iter().map(|&step| self.step_name(step)).collect()),
            entry: self.maybe(&step.entry),
            exit: self.maybe(&step.exit),
            opens: step.opens.map(|id| self.name(id)),
            image: step.image.as_ref().map(|image| self.image(image)),
            own: self.own(&step.own),
        }
    }

    pub(super) fn quote(&self, quote: &'a Quote) -> QuoteData<'a> {
        QuoteData { text: self.text(&quote.text), note: self.maybe(&quote.note), insights: self.names(&quote.insights) }
    }

    pub(super) fn pains(&self, pains: &'a [Pain]) -> Vec<PainData<'a>> {
        let pains = pains.iter().map(|pain| PainData {
            text: self.text(&pain.text),
            severity: pain.severity.map(|severity| word(PainSeverity::ALL, severity)),
            insights: self.names(&pain.insights),
            opportunities: self.names(&pain.opportunities),
        });
        pains.collect()
    }

    fn act(&self, act: &'a Act) -> ActData<'a> {
        ActData {
            text: self.text(&act.text),
            team: act.team.map(|id| self.name(id)),
            fails: self.fails(&act.fails),
            waits: self.maybe(&act.waits),
            flow: (act.flow != Flow::default()).then(|| word(Flow::ALL, act.flow)),
        }
    }

    pub(super) fn own(&self, cells: &'a [OwnCell]) -> Vec<OwnData<'a>> {
        let cells = cells.iter().map(|cell| OwnData {
            lane: &self.handbook().settings.lanes[cell.lane].name,
            outside: matches!(cell.value, LaneValue::Outside(..)),
            value: self.own_value(&cell.value),
        });
        cells.collect()
    }

    fn own_value(&self, value: &'a LaneValue<Linked>) -> OwnValue<'a> {
        match value {
            LaneValue::Text(text) => OwnValue::Text(self.text(text)),
            LaneValue::List(texts) => OwnValue::List(self.texts(texts)),
            LaneValue::Image(image) => OwnValue::Image(self.image(image)),
            LaneValue::Number(number) => OwnValue::Number(Figure::from(*number)),
            LaneValue::Link(to, text) => {
                OwnValue::Link { to: to.as_ref().map(|to| self.reference(to)), text: self.maybe(text) }
            }
            LaneValue::Outside(to, text) => OwnValue::Link { to: Some(to.clone()), text: self.maybe(text) },
        }
    }

    fn image(&self, image: &'a Image) -> ImageData<'a> {
        ImageData { file: image.file.map(|file| self.handbook()[file].path.as_str()), alt: self.text(&image.alt) }
    }

    /// A reference as authors write it.
    fn reference(&self, reference: &Reference) -> String {
        match &reference.anchor {
            Some(anchor) => format!("{}#{anchor}", self.target(reference.target)),
            None => self.target(reference.target),
        }
    }

    /// A target as authors write it.
    pub(super) fn target(&self, target: Target) -> String {
        let (scheme, name) = match target {
            Target::Persona(id) => ("persona:", self.name(id)),
            Target::Map(id) => ("map:", self.name(id)),
            Target::Touchpoint(id) => ("touchpoint:", self.name(id)),
            Target::Channel(id) => ("channel:", self.name(id)),
            Target::Insight(id) => ("insight:", self.name(id)),
            Target::Opportunity(id) => ("opportunity:", self.name(id)),
            Target::Metric(id) => ("metric:", self.name(id)),
            Target::Team(id) => ("team:", self.name(id)),
            Target::Course(id) => ("course:", self.name(id)),
            Target::Lesson(id) => ("lesson:", self.name(id)),
            Target::Walkthrough(id) => ("walkthrough:", self.name(id)),
            Target::Term(id) => ("term:", self.name(id)),
            Target::Guide(id) => ("guides/", self.name(id)),
            Target::Asset(id) => ("", self.handbook()[id].path.as_str()),
            Target::Front => ("", "index.md"),
            Target::Here => ("", ""),
        };
        format!("{scheme}{name}")
    }
}

/// A choice as authors write it.
pub(super) fn word<T: PartialEq>(all: &[(&'static str, T)], choice: T) -> &'static str {
    all.iter().find(|(_, known)| *known == choice).map_or("", |(word, _)| word)
}
