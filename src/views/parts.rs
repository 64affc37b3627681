//! Small things that many pages show: evidence, status, severity, reviews, initials.

use serde::Serialize;

use super::here::{Day, Feels, Here, Link, Said};
use crate::model::kinds::Quadrant;
use crate::model::{
    Id, Importance, Insight, InsightKind, Item, JourneyMap, MapKind, Metric, MetricKind, Opportunity,
    OpportunityStatus, PainSeverity, Persona, Quote, Target, Team, TouchpointStatus,
};

/// A short line with a drawing beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// The drawing's name.
    pub icon: &'static str,
    /// The words.
    pub text: String,
    /// Whether it shall be seen first.
    pub strong: bool,
}

/// How well something is known, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence<'a> {
    /// `many`, `one` or `none`: how many pieces of evidence stand behind it.
    pub level: &'static str,
    /// What to call an absence of evidence; empty where there is some.
    pub text: &'a str,
    /// The evidence.
    pub sources: Vec<Cited>,
}

/// A piece of evidence, as briefly as can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// Where to read about it.
    pub href: String,
    /// How many were asked or counted, such as “14 interviews”; its title if nobody counted.
    pub sample: String,
}

/// A piece of evidence, for short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source<'a> {
    /// Where to read about it.
    pub href: String,
    /// What it is called.
    pub title: Said<'a>,
    /// How many were asked or counted, such as “14 interviews”; its title if nobody counted.
    pub sample: String,
    /// When.
    pub day: Day,
}

/// Words somebody said, with what stands behind them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quoted<'a> {
    /// The words, without marks.
    pub text: Said<'a>,
    /// A note of the author's on who said it.
    pub note: Option<Said<'a>>,
    /// The evidence.
    pub evidence: Evidence<'a>,
}

/// When something was last confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review<'a> {
    /// The day.
    pub day: Day,
    /// Who confirmed it, as the end of the sentence that begins with the day; empty if nobody signed.
    pub by: String,
    /// “next by …”; empty if no review is due.
    pub next: String,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
}

/// A persona, for short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Who<'a> {
    /// The persona's page.
    pub link: Link<'a>,
    /// Up to two letters for the name.
    pub initials: String,
    /// What kind of customer.
    pub role: Option<Said<'a>>,
}

/// A figure and where it shall go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measured<'a> {
    /// The metric in its register.
    pub link: Link<'a>,
    /// What stands behind the figure; empty if it stands in the figure itself.
    pub unit: String,
    /// Today and target: `2.6 → 4.2`.
    pub value: String,
}

/// An opportunity, for short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpportunityView<'a> {
    /// The opportunity in its register.
    pub link: Link<'a>,
    /// How far it is, and whose it is.
    pub status: Tag,
}

impl<'a> Here<'a> {
    /// What stands behind a claim: several sources, one, or none.
    pub fn evidence(&self, insights: &[Id<Insight>]) -> Evidence<'a> {
        let level = match insights.len() {
            0 => "none",
            1 => "one",
            _ => "many",
        };
        let text = if insights.is_empty() { self.words.get("assumption") } else { "" };
        Evidence { level, text, sources: insights.iter().map(|&id| self.cited(id)).collect() }
    }

    /// A piece of evidence, as briefly as can be.
    pub fn cited(&self, id: Id<Insight>) -> Cited {
        let insight = &self.handbook[id];
        let sample = match insight.sample {
            Some(sample) => self.words.count(sample_key(insight.kind), sample as usize),
            None => insight.item.title.str(self.lang).to_owned(),
        };
        Cited { href: self.href(Target::Insight(id)), sample }
    }

    /// A piece of evidence, for short.
    pub fn source(&self, id: Id<Insight>) -> Source<'a> {
        let insight = &self.handbook[id];
        let Cited { href, sample } = self.cited(id);
        Source { href, title: self.said(&insight.item.title), sample, day: self.day(insight.date) }
    }

    /// What somebody said.
    pub fn quoted(&self, quote: &'a Quote) -> Quoted<'a> {
        Quoted {
            text: self.said(&quote.text),
            note: quote.note.as_ref().map(|note| self.said(note)),
            evidence: self.evidence(&quote.insights),
        }
    }

    /// When an item was last confirmed; `None` if it never was.
    pub fn review(&self, item: &'a Item) -> Option<Review<'a>> {
        let day = item.review.reviewed?;
        let by = item.review.by.as_ref().map(|by| self.words.fill("by", &[("name", by.str(self.lang))]));
        let next = item.review.due(self.handbook.settings.review_every);
        let next = next.map(|date| self.words.fill("next_by", &[("day", &self.words.date(date))]));
        Some(Review {
            day: self.day(day),
            by: by.unwrap_or_default(),
            next: next.unwrap_or_default(),
            owner: self.owner(item.owner),
        })
    }

    /// A link to whoever keeps something true.
    pub fn owner(&self, owner: Option<Id<Team>>) -> Option<Link<'a>> {
        owner.map(|team| self.link(Target::Team(team)))
    }

    /// A persona, for short.
    pub fn who(&self, id: Id<Persona>) -> Who<'a> {
        let persona = &self.handbook[id];
        let link = self.link(Target::Persona(id));
        Who { initials: initials(&link.title.text), link, role: persona.role.as_ref().map(|role| self.said(role)) }
    }

    /// Whose journey a persona-based map is; empty for another kind.
    pub fn people(&self, map: &JourneyMap) -> Vec<Who<'a>> {
        map.crowd().map_or_else(Vec::new, |crowd| crowd.personas.iter().map(|&id| self.who(id)).collect())
    }

    /// What kind of map it is, in a few words: “Journey map, current”.
    pub fn map_kind(&self, map: &JourneyMap) -> &'a str {
        self.words.get(match map.kind() {
            MapKind::Experience => "kind_experience",
            MapKind::CurrentState => "kind_current_state",
            MapKind::FutureState => "kind_future_state",
            MapKind::DayInTheLife => "kind_day_in_the_life",
            MapKind::Empathy => "kind_empathy",
            MapKind::PersonaBased => "kind_persona_based",
            MapKind::ServiceBlueprint => "kind_service_blueprint",
        })
    }

    /// What a quadrant of an empathy map is called.
    pub fn quadrant(&self, quadrant: Quadrant) -> &'a str {
        self.words.get(match quadrant {
            Quadrant::Says => "quadrant_says",
            Quadrant::Thinks => "quadrant_thinks",
            Quadrant::Does => "quadrant_does",
            Quadrant::Feels => "quadrant_feels",
        })
    }

    /// How bad a pain is.
    pub fn severity(&self, severity: PainSeverity) -> Tag {
        let (icon, key) = match severity {
            PainSeverity::Low => ("low", "severity_low"),
            PainSeverity::Medium => ("medium", "severity_medium"),
            PainSeverity::High => ("high", "severity_high"),
        };
        let text = self.words.get(key).to_owned();
        Tag { icon, text, strong: severity == PainSeverity::High }
    }

    /// An opportunity, for short.
    pub fn opportunity(&self, id: Id<Opportunity>) -> OpportunityView<'a> {
        let opportunity = &self.handbook[id];
        OpportunityView { link: self.link(Target::Opportunity(id)), status: self.status(opportunity) }
    }

    /// How far an opportunity is, and whose it is.
    pub fn status(&self, opportunity: &Opportunity) -> Tag {
        let mut tag = self.progress(opportunity.status);
        if let Some(team) = opportunity.item.owner {
            tag.text = [&tag.text, " · ", self.handbook[team].title.str(self.lang)].concat();
        }
        tag
    }

    /// How far an opportunity is.
    pub fn progress(&self, status: OpportunityStatus) -> Tag {
        let (icon, key) = match status {
            OpportunityStatus::Idea => ("idea", "status_idea"),
            OpportunityStatus::Planned => ("planned", "status_planned"),
            OpportunityStatus::Doing => ("doing", "status_doing"),
            OpportunityStatus::Done => ("done", "status_done"),
            OpportunityStatus::Dropped => ("dropped", "status_dropped"),
        };
        Tag { icon, text: self.words.get(key).to_owned(), strong: false }
    }

    /// A metric's newest figure and its target.
    pub fn measured(&self, id: Id<Metric>) -> Measured<'a> {
        let metric = &self.handbook[id];
        let figures = [metric.today(), metric.target].into_iter().flatten();
        let value = figures.map(|figure| self.with_unit(metric, figure)).collect::<Vec<_>>().join(" → ");
        let unit = metric.unit.as_ref().map_or("", |unit| unit.str(self.lang));
        let unit = if glued(unit) { String::new() } else { unit.to_owned() };
        Measured { link: self.link(Target::Metric(id)), unit, value }
    }

    /// A figure, with its unit where that is a mere sign.
    pub fn with_unit(&self, metric: &Metric, figure: f64) -> String {
        let unit = metric.unit.as_ref().map_or("", |unit| unit.str(self.lang));
        let text = self.words.figure(figure);
        match (glued(unit), metric.kind) {
            (false, _) => text,
            (true, MetricKind::Money) => format!("{unit}{text}"),
            (true, _) => format!("{text}{unit}"),
        }
    }

    /// How much a touchpoint matters, 1..=5: the greater of both sides.
    pub fn weight(&self, importance: Option<Importance>) -> u8 {
        importance.map_or(0, |importance| importance.customer.max(importance.organisation))
    }

    /// Whether a touchpoint is there.
    pub fn touchpoint_status(&self, status: TouchpointStatus) -> Tag {
        let (icon, key) = match status {
            TouchpointStatus::Planned => ("planned", "touchpoint_planned"),
            TouchpointStatus::Live => ("done", "touchpoint_live"),
            TouchpointStatus::Retired => ("dropped", "touchpoint_retired"),
        };
        Tag { icon, text: self.words.get(key).to_owned(), strong: false }
    }

    /// The mean of some feelings.
    pub fn mean(&self, feelings: impl IntoIterator<Item = crate::model::Feeling>) -> Option<Feels> {
        crate::model::Feeling::mean(feelings).map(|feeling| self.feels(feeling))
    }
}

/// Up to two letters for a name: the first of its first and last word, one character of a name without spaces.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let (first, last) = (words.next(), words.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// A unit that is a sign and stands in the figure.
fn glued(unit: &str) -> bool {
    !unit.is_empty() && unit.chars().count() == 1 && !unit.chars().all(char::is_alphanumeric)
}

fn sample_key(kind: InsightKind) -> &'static str {
    match kind {
        InsightKind::Interview => "sample_interview",
        InsightKind::Survey => "sample_survey",
        InsightKind::Analytics => "sample_analytics",
        InsightKind::Review => "sample_review",
        InsightKind::Observation => "sample_observation",
    }
}
