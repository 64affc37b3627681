//! A persona-based map: the table with a curve for each persona, what each does otherwise, and where they part.

use std::collections::BTreeMap;

use serde::Serialize;

use super::table::{MomentView, TableView, caption};
use crate::model::kinds::Difference;
use crate::model::{Id, JourneyMap, Lane, Target};
use crate::views::crowd::{Lived, Way, divergences, lived};
use crate::views::curve::{Point, Room, sparkline};
use crate::views::felt::{Spark, glimpses};
use crate::views::here::{Feels, Here, Link, Said};
use crate::views::lanes::{self, Column, Met, PainView, Row};
use crate::views::overlay::{self, Options, Overlay, STYLES, Strand};
use crate::views::parts::{Quoted, Who};

/// Several people on one journey.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrowdView<'a> {
    /// The people, in the order of the author.
    pub people: Vec<PersonView<'a>>,
    /// Their curves; `None` if the lane is not wanted or nobody said how it feels.
    pub overlay: Option<Overlay>,
    /// What somebody does otherwise: by lane, for each column.
    pub others: BTreeMap<&'static str, Vec<Vec<Other<'a>>>>,
    /// Where two of them are two points apart or more, the furthest first.
    pub divergences: Vec<DivergenceView<'a>>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonView<'a> {
    /// Who.
    pub who: Who<'a>,
    /// The pattern and shape of the curve.
    pub style: usize,
    /// The name.
    pub name: Said<'a>,
    /// The persona's page.
    pub href: String,
    /// The curve in words; empty if nobody said how it feels.
    pub told: String,
    /// The curve for small screens.
    pub spark: Option<Spark>,
}

/// What somebody does otherwise at a step, as far as one lane shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Other<'a> {
    /// Who.
    pub who: Who<'a>,
    /// The step; `None` where the column has only one.
    pub step: Option<Link<'a>>,
    /// “Does not take this step”; empty if they do.
    pub skips: &'a str,
    /// What they do or think instead.
    pub text: Option<Said<'a>>,
    /// What they say.
    pub quote: Option<Quoted<'a>>,
    /// Where it happens instead.
    pub met: Option<Met<'a>>,
    /// What hurts them.
    pub pains: Vec<PainView<'a>>,
}

/// A step where two of them are far apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DivergenceView<'a> {
    /// The step on this page.
    pub step: Link<'a>,
    /// Its stage.
    pub stage: Said<'a>,
    /// Whether it is a moment of truth.
    pub truth: bool,
    /// How each of them feels, in the order of the people.
    pub values: Vec<ValueView<'a>>,
    /// How far apart the furthest two are, in points.
    pub distance: String,
}

/// How one of them feels at a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueView<'a> {
    /// How; `None` if nobody said or they do not take the step.
    pub feels: Option<Feels>,
    /// The word for it.
    pub word: Option<Said<'a>>,
    /// Why there is no feeling; empty if there is one.
    pub none: &'a str,
}

/// Draws the people of a persona-based map over its table; leaves every other map as it is.
pub(super) fn overlay<'a>(here: &Here<'a>, (id, map): (Id<JourneyMap>, &'a JourneyMap), table: &mut TableView<'a>) {
    let lived = lived(map);
    if lived.is_empty() {
        return;
    }
    let wanted = lanes::drawn(here, map).contains(&Lane::Feelings);
    let others: BTreeMap<_, _> =
        LANES.iter().map(|(lane, name)| (*name, others(here, (id, map), lane, &lived))).collect();
    let has_actions = table.bands.iter().flat_map(|band| &band.rows).any(|row| row.shows == "actions");
    for (column, stage) in table.stages.iter_mut().enumerate() {
        let ways: Vec<Vec<&Way>> =
            lived.iter().map(|one| one.ways.iter().filter(|way| way.column == column).collect()).collect();
        stage.feels = here.mean(ways.iter().flatten().filter_map(|way| way.feels()));
        let (moments, lost) = moments(here, map, &lived, column, has_actions);
        stage.moments = moments;
        stage.anchors.extend(lost);
    }
    let people: Vec<PersonView<'a>> = lived.iter().enumerate().map(|(at, one)| person(here, map, at, one)).collect();
    let told = people.iter().filter(|one| !one.told.is_empty());
    let told: Vec<String> =
        told.map(|one| here.words.fill("curve_of", &[("name", &one.name.text), ("curve", &one.told)])).collect();
    table.caption = caption(here, map, &told.join(" "));
    let overlay = curves(here, map, &lived).filter(|_| wanted);
    let divergences = divergent(here, id, &lived);
    table.crowd = Some(CrowdView { people, overlay, others, divergences });
}

/// The lanes in which somebody may differ, and their names in [`CrowdView::others`].
const LANES: [(Lane, &str); 5] = [
    (Lane::Actions, "actions"),
    (Lane::Thoughts, "thoughts"),
    (Lane::Quotes, "quotes"),
    (Lane::Touchpoints, "touchpoints"),
    (Lane::Pains, "pains"),
];

/// The row of a lane in which only differences stand; `None` if there are none, and for every other map.
pub(super) fn row<'a>(here: &Here<'a>, map: &'a JourneyMap, lane: &Lane, columns: &[Column<'a>]) -> Option<Row<'a>> {
    let differs = |other: &Difference| match lane {
        Lane::Thoughts => other.thinks.is_some(),
        Lane::Quotes => other.says.is_some(),
        Lane::Touchpoints => other.touchpoint.is_some(),
        Lane::Pains => !other.pains.is_empty(),
        _ => false,
    };
    if map.crowd()?.differences.iter().any(differs) { lanes::empty(here, lane, columns) } else { None }
}

fn person<'a>(here: &Here<'a>, map: &JourneyMap, at: usize, one: &Lived<'a>) -> PersonView<'a> {
    let who = here.who(one.persona);
    let felt = one.felt();
    let stages = map.stages.len();
    let ends = felt.iter().map(|felt| felt.feeling);
    let spark = ends.clone().max().zip(ends.min()).map(|(highest, lowest)| {
        let drawing = sparkline(&glimpses(&felt, stages), stages, 56.0);
        let holes = [("highest", &*here.words.feeling(highest)), ("lowest", &*here.words.feeling(lowest))];
        Spark { drawing, label: here.words.fill("sparkline", &holes) }
    });
    PersonView {
        style: at % STYLES,
        name: who.link.title.clone(),
        href: who.link.href.clone(),
        told: here.tell(&felt),
        spark,
        who,
    }
}

/// The people who take a step, in groups that feel alike; the group of the step as it stands first.
fn groups<'l, 'a>(lived: &'l [Lived<'a>], at: usize) -> Vec<(Way<'a>, Vec<&'l Lived<'a>>)> {
    let mut groups: Vec<(Way<'a>, Vec<&Lived<'a>>)> = Vec::new();
    for one in lived {
        let way = one.ways[at];
        if way.feels().is_none() {
            continue;
        }
        let alike = |(other, _): &&mut (Way<'a>, _)| other.feels() == way.feels() && other.word() == way.word();
        match groups.iter_mut().find(alike) {
            Some((_, people)) => people.push(one),
            None => groups.push((way, vec![one])),
        }
    }
    groups.sort_by_key(|(way, _)| way.feels() != way.step.feels);
    groups
}

fn names<'a>(here: &Here<'a>, people: &[&Lived<'a>]) -> String {
    here.words.list(people.iter().map(|one| here.handbook[one.persona].item.title.str(here.lang)))
}

fn feeling_told(here: &Here<'_>, way: &Way<'_>) -> String {
    let value = way.feels().map_or_else(Default::default, |feeling| here.words.feeling(feeling));
    match way.word() {
        Some(word) => here.words.list([word.str(here.lang), &value]),
        None => value.into_owned(),
    }
}

/// A column's moments in words, and the ids of steps that would otherwise have lost theirs.
fn moments<'a>(
    here: &Here<'a>,
    map: &JourneyMap,
    lived: &[Lived<'a>],
    column: usize,
    has_actions: bool,
) -> (Vec<MomentView<'a>>, Vec<&'a str>) {
    let (mut moments, mut lost) = (Vec::new(), Vec::new());
    let Some(first) = lived.first() else { return (moments, lost) };
    for (at, way) in first.ways.iter().enumerate().filter(|(_, way)| way.column == column) {
        let step = way.step;
        let mut id = (!has_actions && step.feels.is_some() && map.has_own_place(step)).then_some(step.name.as_str());
        let groups = groups(lived, at);
        for (way, people) in &groups {
            let told = feeling_told(here, way);
            let all = people.len() == lived.len();
            let holes = [("name", &*names(here, people)), ("feeling", &*told)];
            moments.push(MomentView {
                id: id.take(),
                face: way.feels().map_or(0, crate::model::Feeling::face),
                label: here.said(step.label()),
                word: if all { told.clone() } else { here.words.fill("feeling_of", &holes) },
                truth: step.moment_of_truth.is_some(),
            });
        }
        lost.extend(id);
    }
    (moments, lost)
}

/// The curves: the step's label where they feel as the step says, the names of those who feel otherwise.
fn curves(here: &Here<'_>, map: &JourneyMap, lived: &[Lived<'_>]) -> Option<Overlay> {
    let steps = lived.first().map_or(0, |one| one.ways.len());
    let groups: Vec<_> = (0..steps).map(|at| groups(lived, at)).collect();
    let words: Vec<Vec<[String; 2]>> = (groups.iter())
        .map(|groups| {
            let told = groups.iter().enumerate().map(|(place, (way, people))| {
                let word = way.word().map_or("", |word| word.str(here.lang)).to_owned();
                let label = if place == 0 { way.step.label().str(here.lang).to_owned() } else { names(here, people) };
                [label, word]
            });
            told.collect()
        })
        .collect();
    let points = |one: &Lived<'_>| -> Vec<Point<'_>> {
        let ways = one.ways.iter().enumerate().filter(|(_, way)| way.feels().is_some());
        ways.zip(one.felt())
            .map(|((at, way), felt)| {
                let group =
                    groups[at].iter().position(|(_, people)| people.iter().any(|other| other.persona == one.persona));
                let [label, word] = group.map_or(["", ""], |group| words[at][group].each_ref().map(String::as_str));
                Point {
                    stage: way.column,
                    x: way.x,
                    feeling: felt.feeling,
                    label,
                    word: (!word.is_empty()).then_some(word),
                    moment_of_truth: way.step.moment_of_truth.is_some(),
                    hot: way.stage.fix_first,
                    after_gap: felt.after_gap,
                }
            })
            .collect()
    };
    let strands: Vec<Strand<'_>> = (lived.iter())
        .map(|one| Strand { name: here.handbook[one.persona].item.title.str(here.lang), points: points(one) })
        .collect();
    let options = Options { truth: here.words.get("moment_of_truth"), ..Options::default() };
    let anybody = strands.iter().any(|strand| !strand.points.is_empty());
    anybody.then(|| overlay::draw(&strands, &Room::map(map.stages.len()), &options))
}

/// What each does otherwise in a lane, column by column.
fn others<'a>(
    here: &Here<'a>,
    (id, map): (Id<JourneyMap>, &'a JourneyMap),
    lane: &Lane,
    lived: &[Lived<'a>],
) -> Vec<Vec<Other<'a>>> {
    let mut columns = vec![Vec::new(); map.stages.len()];
    let steps = lived.first().map_or(0, |one| one.ways.len());
    for at in 0..steps {
        for one in lived {
            let way = &one.ways[at];
            let Some(difference) = way.difference else { continue };
            let many = way.stage.steps.len() > 1;
            let href = || here.href_at(Target::Map(id), &way.step.name);
            let other = Other {
                who: here.who(one.persona),
                step: many.then(|| Link { href: href(), title: here.said(way.step.label()) }),
                skips: "",
                text: None,
                quote: None,
                met: None,
                pains: Vec::new(),
            };
            columns[way.column].extend(shown(here, lane, way, difference, other));
        }
    }
    columns
}

fn shown<'a>(
    here: &Here<'a>,
    lane: &Lane,
    way: &Way<'a>,
    difference: &'a Difference,
    other: Other<'a>,
) -> Option<Other<'a>> {
    Some(match lane {
        Lane::Actions if difference.skips => Other { skips: here.words.get("skips_step"), ..other },
        Lane::Actions => Other { text: Some(here.said(difference.action.as_ref()?)), ..other },
        Lane::Thoughts => Other { text: Some(here.said(difference.thinks.as_ref()?)), ..other },
        Lane::Quotes => {
            let quote = difference.says.as_ref()?;
            let evidence = here.evidence(way.step.evidence_of(&quote.insights));
            Other { quote: Some(Quoted { evidence, ..here.quoted(quote) }), ..other }
        }
        Lane::Touchpoints => {
            let met = here.met(difference.touchpoint?, way.step.moment_of_truth.is_some());
            Other { met: Some(met), ..other }
        }
        Lane::Pains if !difference.pains.is_empty() => {
            Other { pains: difference.pains.iter().map(|pain| here.pain(pain)).collect(), ..other }
        }
        _ => return None,
    })
}

fn divergent<'a>(here: &Here<'a>, id: Id<JourneyMap>, lived: &[Lived<'a>]) -> Vec<DivergenceView<'a>> {
    let views = divergences(lived).into_iter().filter_map(|divergence| {
        let way = lived.first()?.ways[divergence.step];
        let values = lived.iter().map(|one| {
            let way = &one.ways[divergence.step];
            let none = match (way.feels(), way.takes()) {
                (Some(_), _) => "",
                (None, true) => here.words.get("nobody_asked"),
                (None, false) => here.words.get("skips_step"),
            };
            let word = way.word().filter(|_| way.takes()).map(|word| here.said(word));
            ValueView { feels: way.feels().map(|feeling| here.feels(feeling)), word, none }
        });
        Some(DivergenceView {
            step: Link { href: here.href_at(Target::Map(id), &way.step.name), title: here.said(way.step.label()) },
            stage: here.said(&way.stage.title),
            truth: way.step.moment_of_truth.is_some(),
            values: values.collect(),
            distance: here.words.figure(divergence.distance),
        })
    });
    views.collect()
}
