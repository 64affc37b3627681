//! Every noun with a file of its own, but maps, as data: what its author wrote, under the same keys, and who uses it.

use super::entries::{
    BehaviourData, ChannelUseData, FactData, ImportanceData, PlaceData, ReadingData, WalkedData, places,
};
use super::map::{Writer, cadence};
use super::step::{QuoteData, word};
use super::{Figure, records};
use crate::model::{
    Better, Course, Guide, Id, Insight, InsightKind, Lesson, Local, Metric, MetricKind, Opportunity, OpportunityStatus,
    Persona, Prose, Target, Touchpoint, TouchpointKind, TouchpointStatus, Walkthrough,
};
use crate::views::here::Here;

/// Records of what has a file of its own, which all begin alike.
macro_rules! items {
    ($($(#[$about:meta])* $record:ident { $($(#[$says:meta])* $key:ident: $kind:ty,)+ })+) => {
        records! {
            $($(#[$about])* $record {
                /// Its id.
                id: &'a str,
                /// Its page, from the top of the site; nothing if another page has taken its address.
                page: Option<String>,
                /// What readers call it.
                title: &'a str,
                /// A sentence or two.
                summary: Option<&'a str>,
                /// Words to sort by.
                tags: Vec<&'a str>,
                /// Who keeps it true: a team's id.
                owner: Option<&'a str>,
                /// The day it was last confirmed: `2026-09-12` or `2026-09`.
                reviewed: Option<String>,
                /// Who confirmed it.
                reviewed_by: Option<&'a str>,
                /// How long that holds, if it says so itself: `6 months`, `14 days`.
                review_every: Option<String>,
                /// Pages whose text speaks of it, as authors refer to them: `lesson:doorstep/stairs`, `guides/NAME`.
                spoken_of_in: Vec<String>,
                $($(#[$says])* $key: $kind,)+
            })+
        }
    };
}

/// A record of an item: its head, and what is its own.
macro_rules! item {
    ($here:ident, $writer:ident, $item:expr, $target:expr, $record:ident { $($rest:tt)* }) => {{
        let item = $item;
        $record {
            id: &item.name,
            page: $here.pages.address($target, $here.lang).map(|address| address.path.to_string()),
            title: $writer.text(&item.title),
            summary: $writer.maybe(&item.summary),
            tags: item.tags.iter().map(String::as_str).collect(),
            owner: item.owner.map(|team| $writer.name(team)),
            reviewed: item.review.reviewed.map(|date| date.to_string()),
            reviewed_by: $writer.maybe(&item.review.by),
            review_every: item.review.every.map(cadence),
            spoken_of_in: spoken_of($here, &$writer, $target),
            $($rest)*
        }
    }};
}

items! {
    /// A persona.
    PersonaData {
        /// What kind of customer.
        role: Option<&'a str>,
        /// One sentence in their own words.
        quote: Option<QuoteData<'a>>,
        /// Age, work, home …
        facts: Vec<FactData<'a>>,
        /// What they want.
        goals: Vec<&'a str>,
        /// What stands in their way.
        frustrations: Vec<&'a str>,
        /// Where they stand between pairs of opposites.
        behaviours: Vec<BehaviourData<'a>>,
        /// How they use the channels.
        channels: Vec<ChannelUseData<'a>>,
        /// Phrases that help.
        say: Vec<&'a str>,
        /// Phrases that hurt.
        avoid: Vec<&'a str>,
        /// A picture: a file of the handbook.
        portrait: Option<&'a str>,
        /// Background: HTML without the blocks that the handbook draws; links begin at the top of the site.
        body: Option<String>,
        /// The maps they appear in: ids.
        maps: Vec<&'a str>,
    }
    /// A touchpoint.
    TouchpointData {
        /// What carries it: a channel's id.
        channel: Option<&'a str>,
        /// What the customer meets: `digital`, `human` or `physical`.
        kind: &'static str,
        /// Whether it is there: `planned`, `live` or `retired`.
        status: &'static str,
        /// How much it matters.
        importance: Option<ImportanceData>,
        /// What we promise here.
        promise: Option<&'a str>,
        /// Ids of insights.
        insights: Vec<&'a str>,
        /// The standard, the script and the know-how: HTML without the blocks that the handbook draws.
        body: Option<String>,
        /// The steps that meet it.
        met_at: Vec<PlaceData<'a>>,
    }
    /// A piece of evidence.
    InsightData {
        /// How it was learned: `interview`, `survey`, `analytics`, `review` or `observation`.
        kind: &'static str,
        /// When: `2026-09-12` or `2026-09`.
        date: String,
        /// How many people, visits, records …
        sample: Option<u32>,
        /// Who or what was asked or counted.
        who: Option<&'a str>,
        /// Who did it, and how.
        source: &'a str,
        /// Where to read more.
        url: Option<&'a str>,
        /// What people said.
        quotes: Vec<QuoteData<'a>>,
        /// The steps that it stands behind.
        used_at: Vec<PlaceData<'a>>,
        /// What else cites it, as authors refer to it: `persona:mei`, `opportunity:live-window`.
        cited_by: Vec<String>,
    }
    /// Something to improve.
    OpportunityData {
        /// What it would change for customers, 1..=5.
        impact: u8,
        /// What it would cost us, 1..=5.
        effort: u8,
        /// How far it is: `idea`, `planned`, `doing`, `done` or `dropped`.
        status: &'static str,
        /// When it shall be done.
        due: Option<String>,
        /// When it was done.
        done: Option<String>,
        /// What came of it.
        outcome: Option<&'a str>,
        /// What will show that it worked: ids of metrics.
        metrics: Vec<&'a str>,
        /// Ids of insights.
        insights: Vec<&'a str>,
        /// The steps that it would mend.
        would_mend: Vec<PlaceData<'a>>,
    }
    /// Something measured.
    MetricData {
        /// What kind of figure: `nps`, `csat`, `ces`, `rate`, `duration`, `count` or `money`.
        kind: &'static str,
        /// What stands behind the figure: `%`, `of 5`, `days`.
        unit: Option<&'a str>,
        /// How it is counted.
        definition: &'a str,
        /// Which way is good: `higher` or `lower`.
        better: &'static str,
        /// Where it started.
        baseline: Option<Figure>,
        /// Where it shall go.
        target: Option<Figure>,
        /// By when.
        target_date: Option<String>,
        /// Where the figure comes from.
        source: Option<&'a str>,
        /// Ids of insights.
        insights: Vec<&'a str>,
        /// What was measured, oldest first.
        readings: Vec<ReadingData<'a>>,
        /// The steps that it is measured at; for a whole stage its first step.
        measured_at: Vec<PlaceData<'a>>,
    }
    /// Lessons in order.
    CourseData {
        /// Who it is for.
        r#for: Option<&'a str>,
        /// What one can do afterwards.
        objectives: Vec<&'a str>,
        /// Its lessons, in order.
        lessons: Vec<LessonData<'a>>,
    }
    /// One sitting.
    LessonData {
        /// How long it takes, in minutes.
        minutes: Option<u32>,
        /// What one can do afterwards.
        objectives: Vec<&'a str>,
        /// The lesson: HTML without the blocks that the handbook draws.
        body: Option<String>,
    }
    /// Somebody who took a journey as the customer does.
    WalkthroughData {
        /// The map's id.
        map: Option<&'a str>,
        /// When: `2026-09-12` or `2026-09`.
        date: String,
        /// Who walked.
        walker: Option<&'a str>,
        /// Whom they walked as: a persona's id.
        r#as: Option<&'a str>,
        /// What happened, in the order it was walked.
        steps: Vec<WalkedData<'a>>,
    }
    /// A page of running text.
    GuideData {
        /// The text: HTML without the blocks that the handbook draws.
        body: Option<String>,
    }
}

/// A persona as data.
pub(super) fn persona<'a>(here: &Here<'a>, id: Id<Persona>) -> PersonaData<'a> {
    let (writer, persona) = (Writer::new(here), &here.handbook[id]);
    let facts = persona.facts.iter();
    let behaviours = persona.behaviours.iter();
    let channels = persona.channels.iter().map(|used| ChannelUseData {
        channel: used.channel.map(|channel| writer.name(channel)),
        r#use: used.use_level,
        often: writer.maybe(&used.often),
        feels: used.feels.map(Figure::from),
    });
    item!(
        here,
        writer,
        &persona.item,
        Target::Persona(id),
        PersonaData {
            role: writer.maybe(&persona.role),
            quote: persona.quote.as_ref().map(|quote| writer.quote(quote)),
            facts: facts
                .map(|fact| FactData { label: writer.text(&fact.label), value: writer.text(&fact.value) })
                .collect(),
            goals: writer.texts(&persona.goals),
            frustrations: writer.texts(&persona.frustrations),
            behaviours: behaviours
                .map(|it| BehaviourData { from: writer.text(&it.from), to: writer.text(&it.to), at: it.at })
                .collect(),
            channels: channels.collect(),
            say: writer.texts(&persona.say),
            avoid: writer.texts(&persona.avoid),
            portrait: persona.portrait.map(|file| here.handbook[file].path.as_str()),
            body: body(here, &persona.body),
            maps: writer.names(here.pages.uses.maps_of(id)),
        }
    )
}

/// A touchpoint as data.
pub(super) fn touchpoint<'a>(here: &Here<'a>, id: Id<Touchpoint>) -> TouchpointData<'a> {
    let (writer, touchpoint) = (Writer::new(here), &here.handbook[id]);
    let importance = touchpoint.importance;
    item!(
        here,
        writer,
        &touchpoint.item,
        Target::Touchpoint(id),
        TouchpointData {
            channel: touchpoint.channel.map(|channel| writer.name(channel)),
            kind: word(TouchpointKind::ALL, touchpoint.kind),
            status: word(TouchpointStatus::ALL, touchpoint.status),
            importance: importance.map(|it| ImportanceData { customer: it.customer, organisation: it.organisation }),
            promise: writer.maybe(&touchpoint.promise),
            insights: writer.names(&touchpoint.insights),
            body: body(here, &touchpoint.body),
            met_at: places(here, &writer, here.pages.uses.touchpoint(id)),
        }
    )
}

/// An insight as data.
pub(super) fn insight<'a>(here: &Here<'a>, id: Id<Insight>) -> InsightData<'a> {
    let (writer, insight) = (Writer::new(here), &here.handbook[id]);
    let cited = here.pages.uses.cited(Target::Insight(id)).iter();
    item!(
        here,
        writer,
        &insight.item,
        Target::Insight(id),
        InsightData {
            kind: word(InsightKind::ALL, insight.kind),
            date: insight.date.to_string(),
            sample: insight.sample,
            who: writer.maybe(&insight.who),
            source: writer.text(&insight.source),
            url: insight.url.as_deref(),
            quotes: insight.quotes.iter().map(|quote| writer.quote(quote)).collect(),
            used_at: places(here, &writer, here.pages.uses.insight(id)),
            cited_by: cited.map(|&source| writer.target(source)).collect(),
        }
    )
}

/// An opportunity as data.
pub(super) fn opportunity<'a>(here: &Here<'a>, id: Id<Opportunity>) -> OpportunityData<'a> {
    let (writer, opportunity) = (Writer::new(here), &here.handbook[id]);
    item!(
        here,
        writer,
        &opportunity.item,
        Target::Opportunity(id),
        OpportunityData {
            impact: opportunity.impact,
            effort: opportunity.effort,
            status: word(OpportunityStatus::ALL, opportunity.status),
            due: opportunity.due.map(|date| date.to_string()),
            done: opportunity.done.map(|date| date.to_string()),
            outcome: writer.maybe(&opportunity.outcome),
            metrics: writer.names(&opportunity.metrics),
            insights: writer.names(&opportunity.insights),
            would_mend: places(here, &writer, here.pages.uses.opportunity(id)),
        }
    )
}

/// A metric as data.
pub(super) fn metric<'a>(here: &Here<'a>, id: Id<Metric>) -> MetricData<'a> {
    let (writer, metric) = (Writer::new(here), &here.handbook[id]);
    let readings = metric.readings.iter().map(|reading| ReadingData {
        date: reading.date.to_string(),
        value: Figure::from(reading.value),
        note: reading.note.as_deref(),
    });
    item!(
        here,
        writer,
        &metric.item,
        Target::Metric(id),
        MetricData {
            kind: word(MetricKind::ALL, metric.kind),
            unit: writer.maybe(&metric.unit),
            definition: writer.text(&metric.definition),
            better: word(Better::ALL, metric.better),
            baseline: metric.baseline.map(Figure::from),
            target: metric.target.map(Figure::from),
            target_date: metric.target_date.map(|date| date.to_string()),
            source: writer.maybe(&metric.source),
            insights: writer.names(&metric.insights),
            readings: readings.collect(),
            measured_at: places(here, &writer, here.pages.uses.metric(id)),
        }
    )
}

/// A course with its lessons as data.
pub(super) fn course<'a>(here: &Here<'a>, id: Id<Course>) -> CourseData<'a> {
    let (writer, course) = (Writer::new(here), &here.handbook[id]);
    item!(
        here,
        writer,
        &course.item,
        Target::Course(id),
        CourseData {
            r#for: writer.maybe(&course.audience),
            objectives: writer.texts(&course.objectives),
            lessons: course.lessons.iter().map(|&id| lesson(here, id)).collect(),
        }
    )
}

fn lesson<'a>(here: &Here<'a>, id: Id<Lesson>) -> LessonData<'a> {
    let (writer, lesson) = (Writer::new(here), &here.handbook[id]);
    item!(
        here,
        writer,
        &lesson.item,
        Target::Lesson(id),
        LessonData {
            minutes: lesson.minutes,
            objectives: writer.texts(&lesson.objectives),
            body: body(here, &lesson.body),
        }
    )
}

/// A walk-through as data.
pub(super) fn walkthrough<'a>(here: &Here<'a>, id: Id<Walkthrough>) -> WalkthroughData<'a> {
    let (writer, walk) = (Writer::new(here), &here.handbook[id]);
    let names: Vec<&str> =
        walk.map.map_or_else(Vec::new, |map| here.handbook[map].steps().map(|(_, step)| step.name.as_str()).collect());
    let steps = walk.steps.iter().map(|walked| WalkedData {
        step: names.get(walked.step.index()).copied().unwrap_or_default(),
        feels: walked.feels.map(Figure::from),
        feeling: writer.maybe(&walked.feeling),
        note: writer.maybe(&walked.note),
        obstacles: writer.texts(&walked.obstacles),
        minutes: walked.minutes,
    });
    item!(
        here,
        writer,
        &walk.item,
        Target::Walkthrough(id),
        WalkthroughData {
            map: walk.map.map(|map| writer.name(map)),
            date: walk.date.to_string(),
            walker: writer.maybe(&walk.walker),
            r#as: walk.walked_as.map(|persona| writer.name(persona)),
            steps: steps.collect(),
        }
    )
}

/// A guide, or the front page's text, as data.
pub(super) fn guide<'a>(here: &Here<'a>, guide: &'a Guide, target: Target) -> GuideData<'a> {
    let writer = Writer::new(here);
    item!(here, writer, &guide.item, target, GuideData { body: body(here, &guide.body) })
}

/// Running text as HTML; `None` if there is none.
fn body<'a>(here: &Here<'a>, body: &'a Local<Prose>) -> Option<String> {
    let html: String = here.running(body).parts.into_iter().filter_map(|part| part.html).collect();
    (!html.is_empty()).then_some(html)
}

fn spoken_of(here: &Here<'_>, writer: &Writer<'_>, target: Target) -> Vec<String> {
    here.pages.uses.mentions(target, here.lang).iter().map(|&source| writer.target(source)).collect()
}
