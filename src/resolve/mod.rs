//! Drafts into a handbook: every name meets its target, once, here.
//!
//! A link that meets nothing is reported and left out, so that the rest of the handbook can still be shown.

mod journey;
mod kinds;
mod linker;
mod names;
mod prose;
mod terms;
mod walkthrough;

use crate::diag::Report;
use crate::model::{
    Behaviour, Brand, ChannelUse, Course, Draft, FrontPage, Guide, Handbook, Id, Insight, Item, JobCard, Lesson,
    Metric, Opportunity, Persona, Quote, Settings, Table, Target, Team, Term, Touchpoint,
};
use crate::source::Sources;
use linker::{Linker, check_anchor, headings};
use names::Index;

/// Follows every link.
pub fn link(drafts: Handbook<Draft>, sources: &Sources, report: &mut Report) -> Handbook {
    let index = Index::new(&drafts, sources);
    let terms = terms::Terms::of(&drafts.terms, &drafts.settings);
    let linker = &mut Linker { index: &index, sources, terms: &terms, report, anchors: Vec::new() };
    let handbook = Handbook {
        settings: settings(drafts.settings, linker),
        front: drafts.front.map(|front| guide(front, linker)),
        personas: drafts.personas.map(|draft| persona(draft, linker)),
        maps: drafts.maps.map(|draft| journey::link(draft, linker)),
        touchpoints: drafts.touchpoints.map(|draft| touchpoint(draft, linker)),
        channels: drafts.channels,
        teams: drafts.teams.map(|draft| team(draft, linker)),
        insights: drafts.insights.map(|draft| insight(draft, linker)),
        opportunities: drafts.opportunities.map(|draft| opportunity(draft, linker)),
        metrics: drafts.metrics.map(|draft| metric(draft, linker)),
        courses: drafts.courses.map(|draft| course(draft, linker)),
        lessons: drafts.lessons.map(|draft| lesson(draft, linker)),
        walkthroughs: drafts.walkthroughs.map(|draft| walkthrough::link(draft, linker)),
        terms: numbered(drafts.terms, |id, draft| term(draft, id, linker)),
        guides: drafts.guides.map(|draft| guide(draft, linker)),
        assets: drafts.assets,
        originals: drafts.originals,
        today: drafts.today,
        history: drafts.history,
        paths: drafts.paths,
    };
    let anchors = std::mem::take(&mut linker.anchors);
    for (target, anchor, span) in anchors {
        if let Some(places) = places(&handbook, target) {
            check_anchor(&anchor, span, places.into_iter(), report);
        }
    }
    handbook
}

/// The places of a page that links may name; `None` if its file could not be read, and nobody knows.
fn places(handbook: &Handbook, target: Target) -> Option<Vec<&str>> {
    let (item, body) = match target {
        Target::Map(map) => {
            let map = &handbook[map];
            let stages = map.stages.iter().map(|stage| stage.name.as_str());
            let steps = map.steps().map(|(_, step)| step.name.as_str());
            return (!map.item.unread).then(|| stages.chain(steps).collect());
        }
        Target::Persona(persona) => (&handbook[persona].item, &handbook[persona].body),
        Target::Touchpoint(touchpoint) => (&handbook[touchpoint].item, &handbook[touchpoint].body),
        Target::Lesson(lesson) => (&handbook[lesson].item, &handbook[lesson].body),
        Target::Guide(guide) => (&handbook[guide].item, &handbook[guide].body),
        Target::Front => handbook.front.as_ref().map(|front| (&front.item, &front.body))?,
        _ => return Some(Vec::new()),
    };
    (!item.unread).then(|| headings(body).collect())
}

fn item(item: Item<Draft>, linker: &mut Linker<'_>) -> Item {
    Item {
        name: item.name,
        file: item.file,
        translations: item.translations,
        unread: item.unread,
        title: item.title,
        summary: item.summary,
        owner: linker.maybe(item.owner),
        review: item.review,
        tags: item.tags,
        checks: item.checks,
    }
}

fn quote(quote: Quote<Draft>, linker: &mut Linker<'_>) -> Quote {
    Quote { text: quote.text, note: quote.note, insights: linker.ids(quote.insights) }
}

fn settings(settings: Settings<Draft>, linker: &mut Linker<'_>) -> Settings {
    let card = |card: JobCard<Draft>, linker: &mut Linker<'_>| JobCard {
        title: card.title,
        text: card.text,
        icon: card.icon,
        links: card.links.into_iter().map(|link| linker.reference(link, &[])).collect(),
    };
    Settings {
        title: settings.title,
        description: settings.description,
        languages: settings.languages,
        brand: Brand { name: settings.brand.name, also: settings.brand.also, logo: linker.asset(settings.brand.logo) },
        theme: settings.theme,
        home: FrontPage {
            feature: linker.maybe(settings.home.feature),
            start: settings.home.start.into_iter().map(|draft| card(draft, linker)).collect(),
        },
        review_every: settings.review_every,
        evidence: settings.evidence,
        checks: settings.checks,
        edit: settings.edit,
        link_terms: settings.link_terms,
        footer: settings.footer,
        stage_sets: settings.stage_sets,
        lanes: settings.lanes,
    }
}

fn persona(persona: Persona<Draft>, linker: &mut Linker<'_>) -> Persona {
    let channel_use = |draft: ChannelUse<Draft>, linker: &mut Linker<'_>| ChannelUse {
        channel: linker.maybe(draft.channel),
        use_level: draft.use_level,
        often: draft.often,
        feels: draft.feels,
    };
    let behaviours: Vec<Behaviour> = persona.behaviours;
    Persona {
        item: item(persona.item, linker),
        role: persona.role,
        quote: persona.quote.map(|draft| quote(draft, linker)),
        facts: persona.facts,
        goals: persona.goals,
        frustrations: persona.frustrations,
        behaviours,
        channels: persona.channels.into_iter().map(|draft| channel_use(draft, linker)).collect(),
        say: persona.say,
        avoid: persona.avoid,
        portrait: linker.asset(persona.portrait),
        body: prose::link_all(persona.body, linker),
    }
}

fn touchpoint(touchpoint: Touchpoint<Draft>, linker: &mut Linker<'_>) -> Touchpoint {
    Touchpoint {
        item: item(touchpoint.item, linker),
        channel: linker.maybe(touchpoint.channel),
        kind: touchpoint.kind,
        status: touchpoint.status,
        importance: touchpoint.importance,
        promise: touchpoint.promise,
        insights: linker.ids(touchpoint.insights),
        body: prose::link_all(touchpoint.body, linker),
    }
}

fn team(team: Team<Draft>, linker: &mut Linker<'_>) -> Team {
    Team {
        name: team.name,
        span: team.span,
        title: team.title,
        lead: team.lead,
        contact: team.contact,
        part_of: linker.maybe(team.part_of),
        summary: team.summary,
    }
}

fn insight(insight: Insight<Draft>, linker: &mut Linker<'_>) -> Insight {
    Insight {
        item: item(insight.item, linker),
        kind: insight.kind,
        date: insight.date,
        date_at: insight.date_at,
        sample: insight.sample,
        sample_at: insight.sample_at,
        who: insight.who,
        source: insight.source,
        url: insight.url,
        quotes: insight.quotes.into_iter().map(|draft| quote(draft, linker)).collect(),
    }
}

fn opportunity(opportunity: Opportunity<Draft>, linker: &mut Linker<'_>) -> Opportunity {
    Opportunity {
        item: item(opportunity.item, linker),
        impact: opportunity.impact,
        effort: opportunity.effort,
        status: opportunity.status,
        due: opportunity.due,
        done: opportunity.done,
        outcome: opportunity.outcome,
        metrics: linker.ids(opportunity.metrics),
        insights: linker.ids(opportunity.insights),
    }
}

fn metric(metric: Metric<Draft>, linker: &mut Linker<'_>) -> Metric {
    Metric {
        item: item(metric.item, linker),
        kind: metric.kind,
        unit: metric.unit,
        definition: metric.definition,
        better: metric.better,
        baseline: metric.baseline,
        target: metric.target,
        target_date: metric.target_date,
        source: metric.source,
        insights: linker.ids(metric.insights),
        readings: metric.readings,
    }
}

/// A table turned into another by nouns that know their own ids.
fn numbered<T, U: 'static>(table: Table<T>, mut turn: impl FnMut(Id<U>, T) -> U) -> Table<U> {
    let mut ids = (0..).map(Id::at);
    table.map(|noun| turn(ids.next().unwrap_or_else(|| Id::at(0)), noun))
}

fn term(term: Term<Draft>, id: Id<Term>, linker: &mut Linker<'_>) -> Term {
    Term {
        name: term.name,
        span: term.span,
        title: term.title,
        definition: term.definition,
        also: term.also,
        link: term.link,
        body: prose::link_definition(term.body, id, linker),
    }
}

fn course(course: Course<Draft>, linker: &mut Linker<'_>) -> Course {
    Course {
        item: item(course.item, linker),
        audience: course.audience,
        objectives: course.objectives,
        icon: course.icon,
        lessons: course.lessons,
    }
}

fn lesson(lesson: Lesson<Draft>, linker: &mut Linker<'_>) -> Lesson {
    Lesson {
        item: item(lesson.item, linker),
        course: lesson.course,
        minutes: lesson.minutes,
        objectives: lesson.objectives,
        body: prose::link_all(lesson.body, linker),
    }
}

fn guide(guide: Guide<Draft>, linker: &mut Linker<'_>) -> Guide {
    Guide { item: item(guide.item, linker), listed: guide.listed, body: prose::link_all(guide.body, linker) }
}
