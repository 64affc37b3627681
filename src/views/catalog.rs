//! The touchpoint catalogue: which channel carries what at which stage, and every touchpoint in a row.
//!
//! A long catalogue stands on several pages. Each part's rows are also a small script beside them, so that a reader may
//! filter and sort all rows where a site is opened from a folder and nothing can be fetched.

use serde::Serialize;

use super::here::{Feels, Here, Link, Said};
use super::met::{self, Figures};
use super::pages::PageKind;
use super::split::{self, Pager};
use super::steps::Steps;
use super::touchpoint::{Carrier, kind_key};
use super::uses::{StepPlace, Uses};
use crate::model::{Channel, Feeling, Handbook, Id, Target, Team, Text, Touchpoint, TouchpointKind, TouchpointStatus};

use super::channels::GridRow;

/// The catalogue, or a part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogView<'a> {
    /// The columns of the grid; none on further parts, and none if no map says where anything is met.
    pub stages: Vec<Said<'a>>,
    /// A row for each of the first channels.
    pub grid: Vec<GridRow<'a>>,
    /// The way to the other channels, if there are more.
    pub more_channels: Option<Link<'a>>,
    /// How many touchpoints there are at each stage, and in all.
    pub totals: Vec<usize>,
    /// What readers may choose from.
    pub choices: Choices<'a>,
    /// Every touchpoint of this part, in the order a customer meets them; what is in no map comes last.
    pub rows: Vec<CatalogRow<'a>>,
    /// “of 26 touchpoints”.
    pub count_said: String,
    /// This part, from 1.
    pub part: usize,
    /// The scripts with the rows of the other parts, in order; empty for a catalogue of one part.
    pub scripts: Vec<RowsScript>,
    /// The way to the other parts.
    pub pager: Option<Pager>,
}

/// The rows of another part, as a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowsScript {
    /// The part, from 1.
    pub part: usize,
    /// Where it is.
    pub href: String,
}

/// What readers may choose from. Of very many choices the first are given; the rest is found by typing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Choices<'a> {
    /// Channels that carry anything.
    pub channels: Vec<Choice<'a>>,
    /// Stages that have a column.
    pub stages: Vec<Choice<'a>>,
    /// Teams that own a touchpoint.
    pub owners: Vec<Choice<'a>>,
    /// Digital, human, physical.
    pub kinds: Vec<Choice<'a>>,
    /// Planned, live, retired.
    pub statuses: Vec<Choice<'a>>,
}

/// One to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice<'a> {
    /// Its id.
    pub value: &'a str,
    /// What readers see.
    pub title: &'a str,
}

/// A touchpoint in the catalogue. What each figure counts is told at [`Figures`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogRow<'a> {
    /// The touchpoint.
    pub link: Link<'a>,
    /// Its channel's id; empty if it has none.
    pub channel_id: &'a str,
    /// Its channel.
    pub channel: Option<Carrier<'a>>,
    /// `digital`, `human` or `physical`.
    pub kind_id: &'static str,
    /// The same in words.
    pub kind: &'a str,
    /// `planned`, `live` or `retired`.
    pub status_id: &'static str,
    /// The same in words.
    pub status: String,
    /// The ids of the columns it is met at, with spaces between.
    pub stage_ids: String,
    /// The first stages it is met at.
    pub stages: Vec<At<'a>>,
    /// How many more there are, in words; its own page has them all.
    pub more_stages: Option<String>,
    /// Its owner's id; empty if nobody owns it.
    pub owner_id: &'a str,
    /// Its owner.
    pub owner: Option<Link<'a>>,
    /// How much it matters, 1..=5: the greater of both sides; 0 if nobody said.
    pub weight: u8,
    /// “customer 5, us 4”.
    pub importance: String,
    /// How urgent it is, 1..=100; `None` if nobody said how much it matters.
    pub priority: Option<u8>,
    /// How it feels on the whole.
    pub feels: Option<Feels>,
    /// The same for programs, from -2 to 2 with a dot; empty if nobody said.
    pub average: String,
    /// The same as a place on a scale of 64 pixels.
    pub gauge: Option<String>,
    /// How it feels at its worst, with its sign.
    pub worst: Option<String>,
    /// How many moments of truth.
    pub truths: usize,
    /// How many maps.
    pub maps: usize,
    /// How many personas.
    pub personas: usize,
    /// How many open pains.
    pub pains: usize,
}

/// A stage with its number in the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct At<'a> {
    /// From 1; `None` for a stage that has no column.
    pub number: Option<usize>,
    /// What it is called.
    pub title: Said<'a>,
}

/// How many stages are named in a row: more than the line of most handbooks has.
const MOST_STAGES: usize = 8;
/// How many channels, stages or teams there are to choose from.
const MOST_CHOICES: usize = 200;
/// How many channels have a row in the catalogue's grid; the page of all channels has them all.
const MOST_CHANNELS: usize = 40;

/// Every touchpoint in the order a customer meets them: by the first column it is met at, then what is met at other
/// stages, then what is in no map.
pub fn order(handbook: &Handbook, steps: &Steps, uses: &Uses) -> Vec<Id<Touchpoint>> {
    let mut all: Vec<Id<Touchpoint>> = handbook.touchpoints.ids().collect();
    all.sort_by_cached_key(|id| {
        let columns = uses.touchpoint(*id).iter().map(|place| steps.column(*place));
        columns.map(|column| column.unwrap_or(usize::MAX - 1)).min().unwrap_or(usize::MAX)
    });
    all
}

/// The catalogue, or the part of it that stands on this page.
pub fn catalog<'a>(here: &Here<'a>) -> CatalogView<'a> {
    let mut view = CatalogView { choices: choices(here), scripts: scripts(here), ..rows(here) };
    view.pager = here.pager(PageKind::Touchpoints);
    if here.part == 0 {
        let matrix = here.matrix_of_all(here.handbook.channels.ids().take(MOST_CHANNELS));
        let more = here.handbook.channels.len() > MOST_CHANNELS;
        view.more_channels = more.then(|| here.link_to(PageKind::Channels));
        (view.stages, view.grid, view.totals) = (matrix.stages, matrix.rows, matrix.totals);
    }
    view
}

/// The rows of a part, without anything around them.
pub fn rows<'a>(here: &Here<'a>) -> CatalogView<'a> {
    let order = here.on_this_part(PageKind::Touchpoints, here.pages.order(here.handbook).iter().copied());
    CatalogView {
        stages: Vec::new(),
        grid: Vec::new(),
        more_channels: None,
        totals: Vec::new(),
        choices: Choices::default(),
        rows: order.map(|id| row(here, id)).collect(),
        count_said: here.words.count("of_touchpoints", here.handbook.touchpoints.len()),
        part: here.part + 1,
        scripts: Vec::new(),
        pager: None,
    }
}

fn row<'a>(here: &Here<'a>, id: Id<Touchpoint>) -> CatalogRow<'a> {
    let handbook = here.handbook;
    let touchpoint = &handbook[id];
    let figures = here.figures(id);
    let Figures { maps, stages, personas, .. } = figures;
    let Figures { on_line, average, worst, truths, open_pains, priority, .. } = *figures;
    // Where a map on the line says it, stages of other maps need not be named as well.
    let named = if on_line > 0 { on_line.min(MOST_STAGES) } else { stages.len().min(MOST_STAGES) };
    let more = stages.len() - named;
    let stage = |place: &StepPlace| met::stage(handbook, *place);
    let at = |place: &StepPlace| At {
        number: here.pages.steps.column(*place).map(|column| column + 1),
        title: here.said(&stage(place).title),
    };
    let columns = stages[..on_line].iter().map(|place| stage(place).name.as_str());
    let figure = |feeling: Option<Feeling>| feeling.map_or_else(String::new, |feeling| feeling.value().to_string());
    CatalogRow {
        link: here.link(Target::Touchpoint(id)),
        channel_id: touchpoint.channel.map_or("", |channel| &handbook[channel].name),
        channel: touchpoint.channel.map(|channel| here.carrier(channel)),
        kind_id: name_of(TouchpointKind::ALL, touchpoint.kind),
        kind: here.words.get(kind_key(touchpoint.kind)),
        status_id: name_of(TouchpointStatus::ALL, touchpoint.status),
        status: here.touchpoint_status(touchpoint.status).text,
        stage_ids: columns.collect::<Vec<_>>().join(" "),
        stages: stages[..named].iter().map(at).collect(),
        more_stages: (more > 0).then(|| here.words.count("more_stages", more)),
        owner_id: touchpoint.item.owner.map_or("", |team| &handbook[team].name),
        owner: here.owner(touchpoint.item.owner),
        weight: here.weight(touchpoint.importance),
        importance: touchpoint.importance.map_or_else(String::new, |importance| {
            let [customer, organisation] = [importance.customer, importance.organisation].map(|n| n.to_string());
            here.words.fill("importance_of_both", &[("customer", &customer), ("organisation", &organisation)])
        }),
        priority,
        gauge: average.map(|mean| format!("{}", ((32.0 + 14.0 * mean.value()) * 10.0).round() / 10.0)),
        feels: average.map(|mean| here.feels(mean)),
        average: figure(average),
        worst: worst.map(|worst| here.words.feeling(worst).into_owned()),
        truths,
        maps: maps.len(),
        personas: personas.len(),
        pains: open_pains,
    }
}

/// The value as authors write it.
fn name_of<T: PartialEq>(all: &[(&'static str, T)], value: T) -> &'static str {
    all.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

fn scripts(here: &Here<'_>) -> Vec<RowsScript> {
    let parts = split::parts(here.handbook, here.pages, PageKind::Touchpoints);
    let others = (0..parts).filter(|part| parts > 1 && *part != here.part);
    let script = |part| {
        let page = here.pages.part_of(PageKind::TouchpointRows, part, here.lang)?;
        Some(RowsScript { part: part + 1, href: here.way(&page.path, None) })
    };
    others.filter_map(script).collect()
}

fn choices<'a>(here: &Here<'a>) -> Choices<'a> {
    let handbook = here.handbook;
    let carries = |(id, _): &(Id<Channel>, &Channel)| !here.pages.uses.carried(*id).is_empty();
    let mut owners: Vec<Id<Team>> =
        handbook.touchpoints.iter().filter_map(|touchpoint| touchpoint.item.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let choice = |value: &'a str, title: &'a Text| Choice { value, title: title.str(here.lang) };
    let owners = owners.into_iter().map(|team| choice(&handbook[team].name, &handbook[team].title));
    let channels =
        handbook.channels.entries().filter(carries).map(|(_, channel)| choice(&channel.name, &channel.title));
    let kinds = TouchpointKind::ALL.iter().filter(|(_, kind)| handbook.touchpoints.iter().any(|one| one.kind == *kind));
    let statuses =
        TouchpointStatus::ALL.iter().filter(|(_, status)| handbook.touchpoints.iter().any(|one| one.status == *status));
    Choices {
        channels: channels.take(MOST_CHOICES).collect(),
        stages: here.pages.line.columns().iter().map(|(name, title)| choice(name, title)).collect(),
        owners: owners.take(MOST_CHOICES).collect(),
        kinds: kinds.map(|(value, kind)| Choice { value, title: here.words.get(kind_key(*kind)) }).collect(),
        statuses: statuses
            .map(|(value, status)| Choice { value, title: here.words.get(status_key(*status)) })
            .collect(),
    }
}

fn status_key(status: TouchpointStatus) -> &'static str {
    match status {
        TouchpointStatus::Planned => "touchpoint_planned",
        TouchpointStatus::Live => "touchpoint_live",
        TouchpointStatus::Retired => "touchpoint_retired",
    }
}

impl<'a> Here<'a> {
    /// What is known of a touchpoint from the maps that meet it.
    pub fn figures(&self, id: Id<Touchpoint>) -> &'a Figures {
        let pages = self.pages;
        pages.figures.figures(self.handbook, &pages.steps, &pages.uses, id)
    }
}
