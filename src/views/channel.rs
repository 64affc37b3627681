//! A channel's page: what its touchpoints promise, stage by stage, so that what does not fit together is seen.
//!
//! Only maps that show what is are told of here, as in the matrix of all channels.

use serde::Serialize;

use super::here::{Feels, Here, Link, Said};
use super::matrix::{Cell, Met};
use super::pages::PageKind;
use super::parts::Tag;
use super::retire::Short;
use super::touchpoint::Carrier;
use crate::model::{Channel, Feeling, Id, Target, Team, Touchpoint};

/// A channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelView<'a> {
    /// The channel with its drawing.
    pub channel: Carrier<'a>,
    /// “3 touchpoints at 2 of 7 stages, 9 steps, 1 moment of truth, 4 open pains”.
    pub said: String,
    /// How it feels on the whole.
    pub feels: Option<Feels>,
    /// The stages of the line, and other stages if it is met at any; empty if no map shows where anything is met.
    pub stages: Vec<StageRows<'a>>,
    /// What does not fit together, in short sentences; empty if everything does.
    pub differences: Vec<String>,
    /// Its touchpoints in the catalogue.
    pub catalogue: String,
    /// Its touchpoints that no map of today meets.
    pub unmet: Short<Unmet<'a>>,
    /// Who uses it, as personas say.
    pub users: Short<User<'a>>,
    /// Other pages that speak of it.
    pub mentions: Short<Link<'a>>,
}

/// What a channel carries at a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageRows<'a> {
    /// The place to link to.
    pub id: String,
    /// The stage's number on the line, from 1; `None` for other stages.
    pub number: Option<usize>,
    /// What it is called.
    pub title: Said<'a>,
    /// Its touchpoints there; none is a gap.
    pub rows: Vec<StageRow<'a>>,
    /// The way to those that do not fit here: the catalogue, filtered.
    pub more: Option<Link<'a>>,
}

/// A touchpoint at a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageRow<'a> {
    /// The touchpoint.
    pub link: Link<'a>,
    /// What it promises.
    pub promise: Option<Said<'a>>,
    /// How it feels at that stage.
    pub feels: Option<Feels>,
    /// How many moments of truth it has there.
    pub truths: usize,
    /// The same in words.
    pub truths_said: String,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
}

/// A touchpoint that no map of today meets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unmet<'a> {
    /// The touchpoint.
    pub link: Link<'a>,
    /// Whether it is there.
    pub status: Tag,
}

/// A persona who uses a channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct User<'a> {
    /// The persona.
    pub link: Link<'a>,
    /// How much, 0..=5.
    pub level: u8,
    /// The same in words.
    pub level_said: String,
    /// How often.
    pub often: Option<Said<'a>>,
    /// How it feels.
    pub feels: Option<Feels>,
}

/// How many touchpoints are shown at a stage.
const MOST_ROWS: usize = 20;
/// How many differences are told.
const MOST_DIFFERENCES: usize = 12;
/// How many touchpoints or teams a sentence names.
const MOST_NAMED: usize = 6;
/// From this distance on, in hundredths of a point, two feelings of a channel do not fit together.
const APART: i64 = 200;

/// A channel's page.
pub fn channel<'a>(here: &Here<'a>, id: Id<Channel>) -> ChannelView<'a> {
    let handbook = here.handbook;
    let row = here.pages.matrix(here.handbook).row(id);
    let columns = here.pages.line.columns().len();
    let shown = row.iter().enumerate().filter(|(column, cell)| *column < columns || !cell.met.is_empty());
    let places = || row.iter().flat_map(Cell::places);
    let unmet: Vec<Id<Touchpoint>> = (here.pages.uses.carried(id).iter().copied())
        .filter(|&touchpoint| here.pages.steps.today(here.pages.uses.touchpoint(touchpoint)).next().is_none())
        .collect();
    ChannelView {
        channel: here.carrier(id),
        said: said(here, id, row),
        feels: here.mean(places().filter_map(|place| here.pages.steps.feels(handbook, place))),
        stages: if row.iter().all(|cell| cell.met.is_empty()) {
            Vec::new()
        } else {
            shown.map(|(column, cell)| stage(here, id, column, cell)).collect()
        },
        differences: differences(here, id, row),
        catalogue: in_catalogue(here, id, None),
        unmet: here.short(&unmet, |touchpoint| Unmet {
            link: here.link(Target::Touchpoint(*touchpoint)),
            status: here.touchpoint_status(handbook[*touchpoint].status),
        }),
        users: here.short(here.pages.uses.users(id), |persona| {
            let used = handbook[*persona].channels.iter().find(|used| used.channel == Some(id));
            let level = used.map_or(0, |used| used.use_level);
            User {
                link: here.link(Target::Persona(*persona)),
                level,
                level_said: here.words.fill("level_of_five", &[("n", &level.to_string())]),
                often: used.and_then(|used| used.often.as_ref()).map(|often| here.said(often)),
                feels: used.and_then(|used| used.feels).map(|feeling| here.feels(feeling)),
            }
        }),
        mentions: here.short(here.pages.uses.mentions(Target::Channel(id), here.lang), |source| here.link(*source)),
    }
}

fn said(here: &Here<'_>, id: Id<Channel>, row: &[Cell]) -> String {
    let (words, handbook) = (here.words, here.handbook);
    let places = || row.iter().flat_map(Cell::places);
    let line = here.line_of(id);
    let stages = line.iter().filter(|cell| !cell.met.is_empty()).count();
    let truths = here.pages.steps.truths(places());
    let pains = here.pages.steps.open_pains(handbook, places());
    let parts = [
        words.count("channel_touchpoints", here.pages.uses.carried(id).len()),
        words.count_of("channel_stages", stages, line.len()),
        words.count("retire_steps", here.pages.steps.distinct(places()).count()),
        words.count("count_truths", truths),
        words.count("count_open_pains", pains),
    ];
    words.list(parts.iter().map(String::as_str))
}

fn stage<'a>(here: &Here<'a>, channel: Id<Channel>, column: usize, cell: &Cell) -> StageRows<'a> {
    let name = here.pages.line.columns().get(column);
    let row = |met: &Met| {
        let touchpoint = &here.handbook[met.touchpoint];
        let truths = here.pages.steps.truths(met.places.iter().copied());
        StageRow {
            link: here.link(Target::Touchpoint(met.touchpoint)),
            promise: touchpoint.promise.as_ref().map(|promise| here.said(promise)),
            feels: felt(here, met).map(|feeling| here.feels(feeling)),
            truths,
            truths_said: here.words.count("count_truths", truths),
            owner: here.owner(touchpoint.item.owner),
        }
    };
    let more = here.and_more(cell.met.len(), MOST_ROWS).map(|more| Link {
        href: in_catalogue(here, channel, name.map(|(name, _)| name.as_str())),
        title: Said::plain(more),
    });
    StageRows {
        id: here.anchor_of(column),
        number: name.map(|_| column + 1),
        title: name.map_or_else(|| here.word("other_stages"), |(_, title)| here.said(title)),
        rows: cell.met.iter().take(MOST_ROWS).map(row).collect(),
        more,
    }
}

/// The catalogue with a channel chosen, and a stage; without scripts it shows everything.
fn in_catalogue(here: &Here<'_>, channel: Id<Channel>, stage: Option<&str>) -> String {
    let stage = stage.map_or_else(String::new, |stage| format!("&stage={stage}"));
    format!("{}?channel={}{stage}", here.href_to(PageKind::Touchpoints), here.handbook[channel].name)
}

fn felt(here: &Here<'_>, met: &Met) -> Option<Feeling> {
    Feeling::mean(met.places.iter().filter_map(|place| here.pages.steps.feels(here.handbook, *place)))
}

/// What does not fit together: promises that are missing, several owners or none, feelings two points apart.
fn differences(here: &Here<'_>, id: Id<Channel>, row: &[Cell]) -> Vec<String> {
    let (words, handbook) = (here.words, here.handbook);
    let title = |touchpoint: Id<Touchpoint>| handbook[touchpoint].item.title.str(here.lang);
    let column_title = |column: usize| match here.pages.line.columns().get(column) {
        Some((_, title)) => title.str(here.lang),
        None => words.get("other_stages"),
    };
    let mut differences = Vec::new();
    let met: Vec<(usize, &Met)> =
        row.iter().enumerate().flat_map(|(column, cell)| cell.met.iter().map(move |met| (column, met))).collect();
    let felt = met.iter().filter_map(|(column, met)| Some((felt(here, met)?, *column, met.touchpoint)));
    let lowest = felt.clone().min_by_key(|(feeling, ..)| *feeling);
    let highest = felt.rev().max_by_key(|(feeling, ..)| *feeling);
    if let (Some((low, at_low, bad)), Some((high, at_high, good))) = (lowest, highest)
        && ((high.value() - low.value()) * 100.0).round() as i64 >= APART
    {
        let holes = [
            ("high", &*words.feeling(high)),
            ("best", title(good)),
            ("at_best", column_title(at_high)),
            ("low", &words.feeling(low)),
            ("worst", title(bad)),
            ("at_worst", column_title(at_low)),
        ];
        differences.push(words.fill("differs_in_feeling", &holes));
    }
    let carried = here.pages.uses.carried(id);
    let mut owners: Vec<Id<Team>> = carried.iter().filter_map(|&touchpoint| handbook[touchpoint].item.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    if owners.len() > 1 {
        let names = owners.iter().map(|&team| handbook[team].title.str(here.lang));
        let holes = [("n", &*owners.len().to_string()), ("teams", &named(here, names.collect()))];
        differences.push(words.fill("differs_in_owner", &holes));
    }
    let unowned: Vec<&str> =
        (carried.iter().copied()).filter(|&touchpoint| handbook[touchpoint].item.owner.is_none()).map(title).collect();
    if !unowned.is_empty() {
        differences.push(words.fill("owned_by_nobody", &[("touchpoints", &named(here, unowned))]));
    }
    for (column, cell) in row.iter().enumerate() {
        let silent = cell.met.iter().filter(|met| handbook[met.touchpoint].promise.is_none());
        let silent: Vec<&str> = silent.map(|met| title(met.touchpoint)).collect();
        if !silent.is_empty() {
            let holes = [("stage", column_title(column)), ("touchpoints", &*named(here, silent))];
            differences.push(words.fill("promises_nothing", &holes));
        }
    }
    differences.truncate(MOST_DIFFERENCES);
    differences
}

/// Names as one enumeration; of very many the first.
fn named(here: &Here<'_>, names: Vec<&str>) -> String {
    let more = here.and_more(names.len(), MOST_NAMED);
    here.words.list(names.into_iter().take(MOST_NAMED).chain(more.as_deref()))
}
