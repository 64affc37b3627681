//! The rows of a drawn map: what each lane holds in each column.
//!
//! A column is a stage with all its steps, or, in an excerpt of a single stage, one step of it. What belongs to a
//! stage as a whole (its goals, its owner, its metrics) stands in the first of its columns.

mod own;

use std::borrow::Cow;

use serde::Serialize;

use super::here::{Here, Link, Said};
use super::parts::{Measured, OpportunityView, Quoted, Tag};
use super::paths::{Onward, Walk};
use super::rollup::Opened;
use crate::model::{
    Id, JourneyMap, Lane, MapKind, Metric, Opportunity, Pain, Rare, Stage, Step, Target, Text, Touchpoint,
    TouchpointStatus,
};

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
    /// The title's language, where it is a lane of the handbook's own and not in the page's language.
    pub lang: Option<&'a str>,
    /// A drawing; only a lane of the handbook's own may have one.
    pub icon: Option<&'a str>,
    /// Two to four words for newcomers; empty for a lane of the handbook's own.
    pub hint: &'a str,
    /// What its items are: `texts`, `actions`, `touchpoints`, `quotes`, `pains`, `opportunities`, `metrics`, `owner`, `pictures`,
    /// `links` or `numbers`.
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
    /// Whether that is more than one thing.
    pub many: bool,
}

impl<'a> Cell<'a> {
    fn new(hot: bool, items: Vec<Entry<'a>>) -> Self {
        Self { hot, many: items.len() > 1, items }
    }
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
    /// A picture.
    Picture(Picture<'a>),
    /// A way to somewhere.
    Link(Link<'a>),
    /// A number.
    Number(OwnNumber),
}

/// A number of a lane of the handbook's own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnNumber {
    /// As people write it: `1,200.5`.
    pub text: String,
    /// As a program counts with it.
    #[serde(skip)]
    pub value: f64,
}

/// What the customer does in a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Action<'a> {
    /// The step's id, to link to; `None` where another element has it.
    pub id: Option<&'a str>,
    /// What the customer does.
    pub text: Said<'a>,
    /// Whether a current-state map claims it without evidence.
    pub assumed: bool,
    /// Steps that may follow where it is not simply the next.
    pub leads_to: Vec<Onward<'a>>,
    /// Who comes into the journey here.
    pub entry: Option<Said<'a>>,
    /// Who leaves it here.
    pub exit: Option<Said<'a>>,
    /// The map that shows it in detail.
    pub opens: Option<Opened<'a>>,
}

/// A picture with its alternative text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture<'a> {
    /// Where it is.
    pub src: String,
    /// What it shows.
    pub alt: &'a str,
    /// What happens there; `None` in a lane of the handbook's own.
    pub caption: Option<Said<'a>>,
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
const USUAL: [Lane; 16] = [
    Lane::Feelings,
    Lane::Storyboard,
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

/// The lanes to draw of a map: those it names, or else the usual ones and all of the handbook's own.
pub fn drawn<'a>(here: &Here<'a>, map: &'a JourneyMap) -> Cow<'a, [Lane]> {
    let own = &here.handbook.settings.lanes;
    match map.lanes.as_slice() {
        [] if own.is_empty() => Cow::Borrowed(&USUAL),
        [] => USUAL.iter().cloned().chain(own.ids().map(Lane::Own)).collect(),
        chosen => Cow::Borrowed(chosen),
    }
}

/// Whether a lane tells of the customer, not of what we do about it.
pub fn is_customers(here: &Here<'_>, lane: &Lane) -> bool {
    if let Lane::Own(id) = lane {
        return !here.handbook.settings.lanes[*id].ours;
    }
    matches!(
        lane,
        Lane::Feelings
            | Lane::Storyboard
            | Lane::Goals
            | Lane::Actions
            | Lane::Touchpoints
            | Lane::Thoughts
            | Lane::Quotes
            | Lane::Needs
            | Lane::Gains
    )
}

/// The row of a lane; `None` for the curve, and where every cell would be empty.
pub fn row<'a>(
    here: &Here<'a>,
    map: (Id<JourneyMap>, &'a JourneyMap),
    lane: &Lane,
    columns: &[Column<'a>],
) -> Option<Row<'a>> {
    let head = head(here, lane)?;
    let walk = (*lane == Lane::Actions).then(|| Walk::new(map.0, map.1));
    let items = |column: &Column<'a>| match &walk {
        Some(walk) => column.steps.iter().map(|step| Entry::Action(action(here, map.1, walk, step))).collect(),
        None => items(here, lane, column),
    };
    let cells: Vec<Cell<'a>> =
        (columns.iter()).map(|column| Cell::new(column.stage.fix_first, items(column))).collect();
    (cells.iter().any(|cell| !cell.items.is_empty())).then_some(Row { cells, ..head })
}

/// The row without its cells; `None` for the curve.
fn head<'a>(here: &Here<'a>, lane: &Lane) -> Option<Row<'a>> {
    let row = |lane, title, hint, shows| Row { lane, title, lang: None, icon: None, hint, shows, cells: Vec::new() };
    if let Lane::Own(id) = lane {
        let own = &here.handbook.settings.lanes[*id];
        let (title, lang) = own.title.get(here.lang);
        let lang = (lang != here.lang).then(|| here.tag(lang));
        return Some(Row { lang, icon: own.icon.as_deref(), ..row("own", &title.text, "", own::shows(own.kind)) });
    }
    let [name, title, hint, shows] = kind(lane)?;
    Some(row(name, here.words.get(title), here.words.get(hint), shows))
}

/// The row of a lane with nothing in its cells; `None` for what is no row of cells.
pub fn empty<'a>(here: &Here<'a>, lane: &Lane, columns: &[Column<'a>]) -> Option<Row<'a>> {
    let cells = columns.iter().map(|column| Cell::new(column.stage.fix_first, Vec::new())).collect();
    Some(Row { cells, ..head(here, lane)? })
}

fn items<'a>(here: &Here<'a>, lane: &Lane, column: &Column<'a>) -> Vec<Entry<'a>> {
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
        Lane::Touchpoints => met(here, column.steps),
        Lane::Thoughts => texts(|step| step.thinks.as_ref()),
        Lane::Evidence => texts(|step| step.evidence.as_ref()),
        Lane::Frontstage => texts(|step| step.frontstage.as_ref().map(|act| &act.text)),
        Lane::Backstage => texts(|step| step.backstage.as_ref().map(|act| &act.text)),
        Lane::Support => texts(|step| step.support.as_ref().map(|act| &act.text)),
        Lane::Needs => lists(|step| &step.needs),
        Lane::Gains => lists(|step| &step.gains),
        Lane::Quotes => steps.filter_map(|step| quote(here, step)).map(Entry::Quote).collect(),
        Lane::Pains => steps.flat_map(|step| &step.pains).map(|pain| Entry::Pain(here.pain(pain))).collect(),
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
        Lane::Storyboard => steps.filter_map(|step| frame(here, step)).map(Entry::Picture).collect(),
        Lane::Own(id) => own::entries(here, *id, column),
        Lane::Actions | Lane::Feelings | Lane::Goals | Lane::Owner => Vec::new(),
    }
}

/// What the customer does in a step.
pub fn action<'a>(here: &Here<'a>, map: &JourneyMap, walk: &Walk<'a>, step: &'a Step) -> Action<'a> {
    let said = |text: &'a Rare<Text>| text.as_ref().map(|text| here.said(text));
    Action {
        id: map.has_own_place(step).then_some(step.name.as_str()),
        text: here.said(&step.action),
        assumed: map.kind() == MapKind::CurrentState && step.is_assumption(),
        leads_to: walk.onward(here, step),
        entry: said(&step.entry),
        exit: said(&step.exit),
        opens: step.opens.map(|map| here.opened(map)),
    }
}

/// A picture of a storyboard.
fn frame<'a>(here: &Here<'a>, step: &'a Step) -> Option<Picture<'a>> {
    let picture = here.picture(step.image.as_ref()?)?;
    Some(Picture { caption: Some(here.said(step.label())), ..picture })
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
        met.push((id.index(), here.met(id, truth)));
    }
    met.into_iter().map(|(_, met)| Entry::Met(met)).collect()
}

impl<'a> Here<'a> {
    /// A touchpoint at a step that is a moment of truth, or is none.
    pub fn met(&self, id: Id<Touchpoint>, truth: bool) -> Met<'a> {
        let touchpoint = &self.handbook[id];
        Met {
            icon: self.channel_icon(touchpoint.channel),
            link: self.link(Target::Touchpoint(id)),
            truth,
            planned: touchpoint.status == TouchpointStatus::Planned,
        }
    }

    /// A pain, and how bad it is.
    pub fn pain(&self, pain: &'a Pain) -> PainView<'a> {
        PainView { text: self.said(&pain.text), severity: pain.severity.map(|severity| self.severity(severity)) }
    }
}

fn quote<'a>(here: &Here<'a>, step: &'a Step) -> Option<Quoted<'a>> {
    let quote = step.says.as_ref()?;
    let evidence = here.evidence(step.evidence_of(&quote.insights));
    Some(Quoted { evidence, ..here.quoted(quote) })
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

/// A lane's name, as authors write it; `None` for the curve and for lanes of the handbook's own.
pub(super) fn name(lane: &Lane) -> Option<&'static str> {
    kind(lane).map(|[name, ..]| name)
}

/// A lane's name for the style, the words for its title and its hint, and what its items are; `None` for the curve and
/// for lanes of the handbook's own.
fn kind(lane: &Lane) -> Option<[&'static str; 4]> {
    macro_rules! kind {
        ($name:literal, $shows:literal) => {
            [$name, concat!("lane_", $name), concat!("hint_", $name), $shows]
        };
    }
    Some(match lane {
        Lane::Goals => kind!("goals", "texts"),
        Lane::Actions => kind!("actions", "actions"),
        Lane::Touchpoints => kind!("touchpoints", "touchpoints"),
        Lane::Thoughts => kind!("thoughts", "texts"),
        Lane::Quotes => kind!("quotes", "quotes"),
        Lane::Needs => kind!("needs", "texts"),
        Lane::Pains => kind!("pains", "pains"),
        Lane::Gains => kind!("gains", "texts"),
        Lane::Opportunities => kind!("opportunities", "opportunities"),
        Lane::Metrics => kind!("metrics", "metrics"),
        Lane::Owner => kind!("owner", "owner"),
        Lane::Storyboard => kind!("storyboard", "pictures"),
        Lane::Evidence => kind!("evidence", "texts"),
        Lane::Frontstage => kind!("frontstage", "texts"),
        Lane::Backstage => kind!("backstage", "texts"),
        Lane::Support => kind!("support", "texts"),
        Lane::Feelings | Lane::Own(_) => return None,
    })
}
