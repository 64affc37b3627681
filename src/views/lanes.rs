//! The rows of a drawn map: what each lane holds in each column.
//!
//! A column is a stage with all its steps, or, in an excerpt of a single stage, one step of it. What belongs to a
//! stage as a whole (its goals, its owner, its metrics) stands in the first of its columns.

use serde::Serialize;

use super::here::{Here, Link, Said};
use super::parts::{Measured, OpportunityView, Quoted, Tag};
use crate::model::{Id, Image, JourneyMap, Lane, Metric, Opportunity, Stage, Step, Target, Text, TouchpointStatus};

/// One column: a stage, and those of its steps that stand in it.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// The stage.
    pub stage: &'a Stage,
    /// The steps.
    pub steps: &'a [Step],
    /// Whether it is the stage's first column.
    pub first: bool,
}

/// A row of a drawn map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row<'a> {
    /// The lane's name, for the style.
    pub lane: &'static str,
    /// What readers call it.
    pub title: &'a str,
    /// Two to four words for newcomers.
    pub hint: &'a str,
    /// A line of a service blueprint above it: `interaction`, `visibility` or `internal`.
    pub line: Option<&'static str>,
    /// What the line is called.
    pub line_said: &'a str,
    /// What its items are: `texts`, `actions`, `touchpoints`, `quotes`, `pains`, `opportunities`, `metrics` or `owner`.
    pub shows: &'static str,
    /// A cell for each column.
    pub cells: Vec<Cell<'a>>,
}

/// Where a lane and a column meet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell<'a> {
    /// Whether it stands in the column to fix first.
    pub hot: bool,
    /// What it holds.
    pub items: Vec<Entry<'a>>,
}

/// One thing in a cell; which kind is said by its row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Entry<'a> {
    /// A plain text.
    Text(Said<'a>),
    /// What the customer does.
    Action(Action<'a>),
    /// Where it happens.
    Met(Met<'a>),
    /// What the customer says.
    Quote(Quoted<'a>),
    /// What hurts.
    Pain(PainView<'a>),
    /// What we might do.
    Opportunity(OpportunityView<'a>),
    /// What is measured.
    Measured(Measured<'a>),
    /// Who is responsible.
    Charge(Charge<'a>),
}

/// What the customer does in a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Action<'a> {
    /// The step's id, to link to; `None` where another element has it.
    pub id: Option<&'a str>,
    /// What the customer does.
    pub text: Said<'a>,
    /// Steps that may follow where it is not simply the next.
    pub leads_to: Vec<Link<'a>>,
    /// The map that shows it in detail.
    pub opens: Option<Link<'a>>,
    /// A picture.
    pub image: Option<Picture<'a>>,
}

/// A picture with its alternative text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture<'a> {
    /// Where it is.
    pub src: String,
    /// What it shows.
    pub alt: &'a str,
}

/// A touchpoint that a step meets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Met<'a> {
    /// Its channel's drawing.
    pub icon: &'a str,
    /// The touchpoint.
    pub link: Link<'a>,
    /// Whether a moment of truth happens there.
    pub truth: bool,
    /// Whether it is only planned.
    pub planned: bool,
}

/// What hurts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PainView<'a> {
    /// What hurts.
    pub text: Said<'a>,
    /// How bad.
    pub severity: Option<Tag>,
}

/// Who is responsible.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Charge<'a> {
    /// The team.
    pub team: Link<'a>,
    /// Who leads it.
    pub lead: Option<Said<'a>>,
}

/// The lanes drawn unless a map or an excerpt says otherwise, in order.
pub const USUAL: [Lane; 15] = [
    Lane::Feelings,
    Lane::Goals,
    Lane::Actions,
    Lane::Touchpoints,
    Lane::Thoughts,
    Lane::Quotes,
    Lane::Needs,
    Lane::Pains,
    Lane::Gains,
    Lane::Frontstage,
    Lane::Backstage,
    Lane::Support,
    Lane::Opportunities,
    Lane::Metrics,
    Lane::Owner,
];

/// Whether a lane tells of the customer, not of what we do about it.
pub fn is_customers(lane: &Lane) -> bool {
    matches!(
        lane,
        Lane::Feelings
            | Lane::Goals
            | Lane::Actions
            | Lane::Touchpoints
            | Lane::Thoughts
            | Lane::Quotes
            | Lane::Needs
            | Lane::Gains
    )
}

/// The row of a lane; `None` for the curve, for a lane of the handbook's own, and where every cell would be empty.
pub fn row<'a>(
    here: &Here<'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    lane: &Lane,
    columns: &[Column<'a>],
) -> Option<Row<'a>> {
    let Kind { name, title, hint, shows } = kind(lane)?;
    let cells: Vec<Cell<'a>> = (columns.iter())
        .map(|column| Cell { hot: column.stage.fix_first, items: items(here, map, lane, column) })
        .collect();
    let words = here.words;
    (cells.iter().any(|cell| !cell.items.is_empty())).then(|| Row {
        lane: name,
        title: words.get(title),
        hint: words.get(hint),
        line: None,
        line_said: "",
        shows,
        cells,
    })
}

fn items<'a>(
    here: &Here<'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    lane: &Lane,
    column: &Column<'a>,
) -> Vec<Entry<'a>> {
    let steps = column.steps.iter();
    let texts = |of: fn(&Step) -> Option<&Text>| -> Vec<Entry<'a>> {
        column.steps.iter().filter_map(of).map(|text| Entry::Text(here.said(text))).collect()
    };
    let lists = |of: fn(&Step) -> &[Text]| -> Vec<Entry<'a>> {
        column.steps.iter().flat_map(of).map(|text| Entry::Text(here.said(text))).collect()
    };
    match lane {
        Lane::Goals if column.first => here.all_said(&column.stage.goals).into_iter().map(Entry::Text).collect(),
        Lane::Owner if column.first => {
            column.stage.owner.iter().map(|&team| Entry::Charge(charge(here, team))).collect()
        }
        Lane::Actions => steps.map(|step| Entry::Action(action(here, map, step))).collect(),
        Lane::Touchpoints => met(here, column.steps),
        Lane::Thoughts => texts(|step| step.thinks.as_ref()),
        Lane::Evidence => texts(|step| step.evidence.as_ref()),
        Lane::Frontstage => texts(|step| step.frontstage.as_ref().map(|act| &act.text)),
        Lane::Backstage => texts(|step| step.backstage.as_ref().map(|act| &act.text)),
        Lane::Support => texts(|step| step.support.as_ref().map(|act| &act.text)),
        Lane::Needs => lists(|step| &step.needs),
        Lane::Gains => lists(|step| &step.gains),
        Lane::Quotes => steps.filter_map(|step| quote(here, step)).map(Entry::Quote).collect(),
        Lane::Pains => {
            let pains = steps.flat_map(|step| &step.pains);
            pains
                .map(|pain| PainView {
                    text: here.said(&pain.text),
                    severity: pain.severity.map(|severity| here.severity(severity)),
                })
                .map(Entry::Pain)
                .collect()
        }
        Lane::Opportunities => {
            let all = steps.flat_map(|step| {
                step.opportunities.iter().chain(step.pains.iter().flat_map(|pain| &pain.opportunities))
            });
            once::<Opportunity>(all).map(|id| Entry::Opportunity(here.opportunity(id))).collect()
        }
        Lane::Metrics => {
            let whole = column.stage.metrics.iter().filter(|_| column.first);
            let all = whole.chain(steps.flat_map(|step| &step.metrics));
            once::<Metric>(all).map(|id| Entry::Measured(here.measured(id))).collect()
        }
        Lane::Feelings | Lane::Goals | Lane::Owner | Lane::Storyboard | Lane::Own(_) => Vec::new(),
    }
}

fn action<'a>(here: &Here<'a>, (id, map): (Id<JourneyMap>, &'a JourneyMap), step: &'a Step) -> Action<'a> {
    let leads_to = step.leads_to.iter().flatten().filter_map(|next| map.steps().nth(next.index()));
    let leads_to = leads_to
        .map(|(_, next)| Link { href: here.href_at(Target::Map(id), &next.name), title: here.said(&next.action) })
        .collect();
    Action {
        id: map.has_own_place(step).then_some(step.name.as_str()),
        text: here.said(&step.action),
        leads_to,
        opens: step.opens.map(|map| here.link(Target::Map(map))),
        image: step.image.as_ref().and_then(|image| picture(here, image)),
    }
}

fn picture<'a>(here: &Here<'a>, image: &'a Image) -> Option<Picture<'a>> {
    image.file.map(|file| Picture { src: here.asset(file), alt: image.alt.str(here.lang) })
}

fn met<'a>(here: &Here<'a>, steps: &'a [Step]) -> Vec<Entry<'a>> {
    let mut met: Vec<(usize, Met<'a>)> = Vec::new();
    for step in steps {
        let Some(id) = step.touchpoint else { continue };
        let truth = step.moment_of_truth.is_some();
        if let Some((_, known)) = met.iter_mut().find(|(index, _)| *index == id.index()) {
            known.truth |= truth;
            continue;
        }
        let touchpoint = &here.handbook[id];
        let planned = touchpoint.status == TouchpointStatus::Planned;
        let link = here.link(Target::Touchpoint(id));
        met.push((id.index(), Met { icon: here.channel_icon(touchpoint.channel), link, truth, planned }));
    }
    met.into_iter().map(|(_, met)| Entry::Met(met)).collect()
}

fn quote<'a>(here: &Here<'a>, step: &'a Step) -> Option<Quoted<'a>> {
    let quote = step.says.as_ref()?;
    let insights = if quote.insights.is_empty() { &step.insights } else { &quote.insights };
    Some(Quoted { evidence: here.evidence(insights), ..here.quoted(quote) })
}

fn charge<'a>(here: &Here<'a>, team: Id<crate::model::Team>) -> Charge<'a> {
    let lead = here.handbook[team].lead.as_ref().map(|lead| here.said(lead));
    Charge { team: here.link(Target::Team(team)), lead }
}

/// Each id once, at its first place.
fn once<'i, T: 'static>(ids: impl Iterator<Item = &'i Id<T>>) -> impl Iterator<Item = Id<T>> {
    let mut seen: Vec<Id<T>> = Vec::new();
    for &id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen.into_iter()
}

/// How a lane is drawn.
struct Kind {
    name: &'static str,
    /// The word for its title.
    title: &'static str,
    /// The word for what newcomers need to know of it.
    hint: &'static str,
    /// What its items are.
    shows: &'static str,
}

/// How a lane is drawn; `None` for what is no row of cells.
fn kind(lane: &Lane) -> Option<Kind> {
    let kind = |name, title, hint, shows| Kind { name, title, hint, shows };
    Some(match lane {
        Lane::Goals => kind("goals", "lane_goals", "hint_goals", "texts"),
        Lane::Actions => kind("actions", "lane_actions", "hint_actions", "actions"),
        Lane::Touchpoints => kind("touchpoints", "lane_touchpoints", "hint_touchpoints", "touchpoints"),
        Lane::Thoughts => kind("thoughts", "lane_thoughts", "hint_thoughts", "texts"),
        Lane::Quotes => kind("quotes", "lane_quotes", "hint_quotes", "quotes"),
        Lane::Needs => kind("needs", "lane_needs", "hint_needs", "texts"),
        Lane::Pains => kind("pains", "lane_pains", "hint_pains", "pains"),
        Lane::Gains => kind("gains", "lane_gains", "hint_gains", "texts"),
        Lane::Opportunities => kind("opportunities", "lane_opportunities", "hint_opportunities", "opportunities"),
        Lane::Metrics => kind("metrics", "lane_metrics", "hint_metrics", "metrics"),
        Lane::Owner => kind("owner", "lane_owner", "hint_owner", "owner"),
        Lane::Evidence => kind("evidence", "lane_evidence", "hint_evidence", "texts"),
        Lane::Frontstage => kind("frontstage", "lane_frontstage", "hint_frontstage", "texts"),
        Lane::Backstage => kind("backstage", "lane_backstage", "hint_backstage", "texts"),
        Lane::Support => kind("support", "lane_support", "hint_support", "texts"),
        Lane::Feelings | Lane::Storyboard | Lane::Own(_) => return None,
    })
}
