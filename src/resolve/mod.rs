//! Drafts into a handbook: every name meets its target, once, here.
//!
//! A link that meets nothing is reported and left out, so that the rest of the handbook can still be shown.

mod drafts;
mod journey;
mod kinds;
mod linker;
mod memory;
mod names;
mod prose;
mod terms;
mod walkthrough;

use std::sync::Arc;

use crate::diag::Report;
use crate::model::{
    Behaviour, Brand, ChannelUse, Course, Draft, FrontPage, Guide, Handbook, Id, Insight, Item, JobCard, Lesson,
    Metric, Noted, Opportunity, Persona, Quote, Settings, Target, Team, Term, Touchpoint,
};
use crate::source::Sources;
use drafts::Drafts;
use linker::{Anchor, Linker, check_anchor, headings};
pub use memory::LinkMemory;

/// Follows every link. What is not to be published yet is left out first, unless the sources say that it is to be seen.
pub fn link(drafts: Handbook<Draft>, sources: &Sources, report: &mut Report) -> Handbook {
    again(drafts, sources, &mut LinkMemory::default(), report)
}

/// Like [`link`], without following again the links of what did not change since the last time that `memory` knows of.
pub fn again(mut drafts: Handbook<Draft>, sources: &Sources, memory: &mut LinkMemory, report: &mut Report) -> Handbook {
    let unpublished = Drafts::of(&mut drafts, sources, report);
    let ways = &memory.ways(&drafts, unpublished, sources);
    let mut anchors: Vec<Arc<[Anchor]>> = Vec::new();
    let linker = &mut Linker::new(ways, sources, report);
    let settings = settings(drafts.settings, linker);
    let front = Noted::new(drafts.front.into_inner().map(|front| guide(front, linker)));
    anchors.push(std::mem::take(&mut linker.anchors).into());
    macro_rules! link {
        ($table:ident in $kept:ident, $link:expr) => {
            memory.$kept.link(drafts.$table, (ways, sources), (report, &mut anchors), $link)
        };
    }
    let mut handbook = Handbook {
        settings,
        front,
        personas: link!(personas in personas, |_, draft, linker| persona(draft, linker)),
        maps: link!(maps in maps, journey::link),
        touchpoints: link!(touchpoints in touchpoints, |_, draft, linker| touchpoint(draft, linker)),
        channels: drafts.channels,
        teams: link!(teams in teams, |_, draft, linker| team(draft, linker)),
        insights: link!(insights in insights, |_, draft, linker| insight(draft, linker)),
        opportunities: link!(opportunities in opportunities, |_, draft, linker| opportunity(draft, linker)),
        metrics: link!(metrics in metrics, |_, draft, linker| metric(draft, linker)),
        courses: link!(courses in courses, |_, draft, linker| course(draft, linker)),
        lessons: link!(lessons in lessons, |_, draft, linker| lesson(draft, linker)),
        walkthroughs: link!(walkthroughs in walkthroughs, |_, draft, linker| walkthrough::link(draft, linker)),
        terms: link!(terms in terms_linked, |id, draft, linker| term(draft, id, linker)),
        guides: link!(guides in guides, |_, draft, linker| guide(draft, linker)),
        assets: drafts.assets,
        originals: drafts.originals,
        today: drafts.today,
        history: drafts.history,
        files: drafts.files,
    };
    handbook.number();
    for (target, anchor, span) in anchors.iter().flat_map(|anchors| anchors.iter()) {
        if let Some(places) = places(&handbook, *target, anchor) {
            check_anchor(anchor, *span, places.into_iter(), report);
        }
    }
    handbook
}

/// The places of a page that links may name; `None` if this one is among them, or if its file could not be read, and nobody
/// knows.
fn places<'h>(handbook: &'h Handbook, target: Target, anchor: &str) -> Option<Vec<&'h str>> {
    let (item, body) = match target {
        Target::Map(map) => {
            let map = &handbook[map];
            let places = || {
                let stages = map.stages.iter().map(|stage| stage.name.as_str());
                stages.chain(map.steps().map(|(_, step)| step.name.as_str()))
            };
            // Nearly every link leads somewhere: there is no list of places for those.
            let lost = !map.item.unread && !places().any(|place| place == anchor);
            return lost.then(|| places().collect());
        }
        Target::Persona(persona) => (&handbook[persona].item, &handbook[persona].body),
        Target::Touchpoint(touchpoint) => (&handbook[touchpoint].item, &handbook[touchpoint].body),
        Target::Lesson(lesson) => (&handbook[lesson].item, &handbook[lesson].body),
        Target::Guide(guide) => (&handbook[guide].item, &handbook[guide].body),
        Target::Front => handbook.front.as_ref().map(|front| (&front.item, &front.body))?,
        _ => return Some(Vec::new()),
    };
    let lost = !item.unread && !headings(body).any(|place| place == anchor);
    lost.then(|| headings(body).collect())
}

fn item(item: Item<Draft>, linker: &mut Linker<'_>) -> Item {
    Item {
        name: item.name,
        file: item.file,
        translations: item.translations,
        unread: item.unread,
        draft: item.draft,
        aliases: item.aliases,
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
        url: settings.url,
        public: settings.public,
        brand: Brand {
            name: settings.brand.name,
            also: settings.brand.also,
            logo: linker.asset(settings.brand.logo),
            icon: linker.asset(settings.brand.icon),
        },
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
