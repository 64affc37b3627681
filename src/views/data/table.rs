//! A map's table as rows of plain text, as it is drawn: stages across and a row for each lane; of a blueprint a column
//! for each step; of a day a row for each moment; of an empathy map a row for each thing seen.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::kinds::{Crowd, Day, Difference, Empathy, FailPoint, Observation, Quadrant};
use crate::model::{Contents, Feeling, Id, Insight, JourneyMap, Lane, Pain, Stage, Step, Target, Text};
use crate::views::felt::felt;
use crate::views::here::Here;
use crate::views::lanes::{self, Column, Entry};

/// Rows of cells, the first with the names of the columns. A cell may have several lines.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Table<'a> {
    /// The rows; all have as many cells as the first.
    pub rows: Vec<Row<'a>>,
}

/// A row's cells.
type Row<'a> = Vec<Cow<'a, str>>;

/// A map's table.
pub(super) fn table<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> Table<'a> {
    // Nothing in a cell leads anywhere.
    let here = &here.without_ways();
    let map = &here.handbook[id];
    let rows = match &map.contents {
        Contents::DayInTheLife(days) => moments(here, map, days),
        Contents::Empathy(empathy) => observed(here, empathy),
        Contents::ServiceBlueprint(blueprint) => {
            let steps = map.stages.iter().flat_map(|stage| {
                let whole = (stage.steps.is_empty()).then_some(Column { stage, steps: &[], first: true });
                let steps = stage.steps.iter().enumerate();
                let steps = steps.map(move |(index, step)| Column {
                    stage,
                    steps: std::slice::from_ref(step),
                    first: index == 0,
                });
                whole.into_iter().chain(steps)
            });
            let columns: Vec<Column<'a>> = steps.collect();
            let mut rows = by_lane(here, (id, map), &columns);
            rows.extend(broken(here, &blueprint.fail_points, &columns));
            rows
        }
        contents => {
            let stages = map.stages.iter();
            let columns: Vec<Column<'a>> =
                stages.map(|stage| Column { stage, steps: &stage.steps, first: true }).collect();
            let mut rows = by_lane(here, (id, map), &columns);
            if let Contents::PersonaBased(crowd) = contents {
                rows.extend(differing(here, map, crowd));
            }
            rows
        }
    };
    Table { rows }
}

/// A row for each lane that has something to say.
fn by_lane<'a>(here: &Here<'a>, map: (Id<JourneyMap>, &'a JourneyMap), columns: &[Column<'a>]) -> Vec<Row<'a>> {
    let (lang, words) = (here.lang, here.words);
    let stages = columns.iter().map(|column| Cow::Borrowed(column.stage.title.str(lang)));
    let mut rows = vec![headed(words.get("lane"), stages)];
    let durations = columns.iter().map(|column| text(here, column.stage.duration.as_ref().filter(|_| column.first)));
    rows.extend(filled(headed(words.get("csv_duration"), durations)));
    for lane in lanes::drawn(here, map.1).iter() {
        if *lane == Lane::Feelings {
            let moments = felt(columns.iter().map(|column| (column.stage, column.steps)));
            let cells = (0..columns.len()).map(|index| {
                let here_felt = moments.iter().filter(|felt| felt.column == index);
                lines(here_felt.map(|felt| here.moment_told(felt).into()))
            });
            rows.extend(filled(headed(words.get("lane_feelings"), cells)));
        } else if let Some(row) = lanes::row(here, map, lane, columns) {
            let cells = row.cells.into_iter().map(|cell| lines(cell.items.into_iter().map(|entry| plain(here, entry))));
            rows.push(headed(row.title, cells));
        }
    }
    rows
}

/// What stands in a cell, in words.
fn plain<'a>(here: &Here<'a>, entry: Entry<'a>) -> Cow<'a, str> {
    let noted = |text: Cow<'a, str>, note: &str| match note {
        "" => text,
        note => [&*text, " (", note, ")"].concat().into(),
    };
    match entry {
        Entry::Text(text) => text.text,
        Entry::Action(action) => action.text.text,
        Entry::Met(met) => met.link.title.text,
        Entry::Quote(quote) => noted(quote.text.text, quote.note.as_ref().map_or("", |note| &note.text)),
        Entry::Pain(pain) => noted(pain.text.text, pain.severity.as_ref().map_or("", |severity| &severity.text)),
        Entry::Opportunity(opportunity) => noted(opportunity.link.title.text, &opportunity.status.text),
        Entry::Measured(measured) => {
            let figure = [measured.value.as_str(), &measured.unit].join(" ");
            labelled(here, &measured.link.title.text, figure.trim_end())
        }
        Entry::Picture(picture) => picture.alt.into(),
        Entry::Link(link) => link.title.text,
        Entry::Number(number) => number.value.to_string().into(),
        Entry::Charge(charge) => noted(charge.team.title.text, charge.lead.as_ref().map_or("", |lead| &lead.text)),
    }
}

/// What breaks at each step of a blueprint, and where it waits.
fn broken<'a>(here: &Here<'a>, points: &'a [FailPoint], columns: &[Column<'a>]) -> Vec<Row<'a>> {
    let fails = columns.iter().map(|column| {
        let mut seen: Vec<&'a str> = Vec::new();
        for step in column.steps {
            for point in step.breaks() {
                let title = points[point.index()].title.str(here.lang);
                if !seen.contains(&title) {
                    seen.push(title);
                }
            }
        }
        lines(seen.into_iter().map(Cow::Borrowed))
    });
    let waits = columns.iter().map(|column| {
        let waits = column
            .steps
            .iter()
            .flat_map(|step| step.waits.iter().chain(step.acts().filter_map(|act| act.waits.as_ref())));
        lines(waits.map(|waits| waits.str(here.lang).into()))
    });
    [("csv_fails", fails.collect::<Vec<_>>()), ("csv_waits", waits.collect())]
        .into_iter()
        .filter_map(|(key, cells)| filled(headed(here.words.get(key), cells)))
        .collect()
}

/// A row for each persona that lives a step otherwise.
fn differing<'a>(here: &Here<'a>, map: &'a JourneyMap, crowd: &'a Crowd) -> Vec<Row<'a>> {
    let rows = crowd.personas.iter().filter_map(|&persona| {
        let mut first = 0;
        let cells = map.stages.iter().map(|stage| {
            let steps = first..first + stage.steps.len();
            first = steps.end;
            let theirs = crowd.differences.iter();
            let theirs = theirs.filter(|other| other.persona == persona && steps.contains(&other.step.index()));
            lines(theirs.map(|other| difference(here, &stage.steps[other.step.index() - steps.start], other)))
        });
        let cells: Row<'a> = cells.collect();
        filled(headed(here.title(Target::Persona(persona)).text, cells))
    });
    rows.collect()
}

fn difference<'a>(here: &Here<'a>, step: &Step, other: &Difference) -> Cow<'a, str> {
    let mut said: Vec<String> = Vec::new();
    if other.skips {
        said.push(here.words.get("csv_skips").to_owned());
    }
    let texts = [&other.action, &other.feeling, &other.thinks].into_iter().flatten();
    let texts = texts.chain(other.says.iter().map(|quote| &quote.text));
    said.extend(texts.map(|text| text.str(here.lang).to_owned()));
    said.extend(other.touchpoint.map(|id| here.title(Target::Touchpoint(id)).text.into_owned()));
    said.extend(other.feels.map(|feeling| here.words.feeling(feeling).into_owned()));
    said.extend(other.pains.iter().map(|pain| pain.text.str(here.lang).to_owned()));
    labelled(here, step.label().str(here.lang), &here.words.list(said.iter().map(String::as_str)))
}

/// A row for each moment of each day.
fn moments<'a>(here: &Here<'a>, map: &'a JourneyMap, days: &'a [Day]) -> Vec<Row<'a>> {
    let keys = [
        "csv_day",
        "csv_from",
        "csv_until",
        "lane_actions",
        "csv_scene",
        "touchpoint",
        "lane_feelings",
        "csv_word",
        "lane_thoughts",
        "lane_quotes",
        "lane_needs",
        "lane_pains",
        "lane_gains",
        "moment_of_truth",
    ];
    let mut rows = vec![keys.map(|key| here.words.get(key).into()).to_vec()];
    for (stage, day) in map.stages.iter().zip(days) {
        rows.extend(stage.steps.iter().map(|step| moment(here, stage, day, step)));
    }
    rows
}

fn moment<'a>(here: &Here<'a>, stage: &'a Stage, day: &'a Day, step: &'a Step) -> Row<'a> {
    let several = |texts: &'a [Text]| lines(texts.iter().map(|text| text.str(here.lang).into()));
    let scene = step.time.and_then(|time| day.scene_at(time.minute)).map(|scene| &scene.title);
    vec![
        text(here, Some(&stage.title)),
        step.time.map(|time| time.at.to_string().into()).unwrap_or_default(),
        step.time.and_then(|time| time.until).map(|until| until.to_string().into()).unwrap_or_default(),
        text(here, Some(&step.action)),
        text(here, scene),
        step.touchpoint.map(|id| here.title(Target::Touchpoint(id)).text).unwrap_or_default(),
        number(step.feels),
        text(here, step.feeling.as_ref()),
        text(here, step.thinks.as_ref()),
        text(here, step.says.as_ref().map(|quote| &quote.text)),
        several(&step.needs),
        pains(here, &step.pains),
        several(&step.gains),
        text(here, step.moment_of_truth.as_ref().map(|truth| &truth.why)),
    ]
}

/// A row for each thing seen, thought or felt.
fn observed<'a>(here: &Here<'a>, empathy: &'a Empathy) -> Vec<Row<'a>> {
    let words = here.words;
    let keys = ["csv_quadrant", "csv_text", "note_on", "lane_feelings", "sources"];
    let mut rows = vec![keys.map(|key| Cow::Borrowed(words.get(key))).to_vec()];
    let row = |kind: &'a str, said: &'a Text, note: Option<&'a Text>, feels, insights: &'a [Id<Insight>]| {
        let sources = insights.iter().map(|&id| here.title(Target::Insight(id)).text);
        vec![Cow::Borrowed(kind), text(here, Some(said)), text(here, note), number(feels), lines(sources)]
    };
    rows.extend(
        empathy
            .says
            .iter()
            .map(|it| row(here.quadrant(Quadrant::Says), &it.text, it.note.as_ref(), None, &it.insights)),
    );
    let lists: [(&'a str, &'a [Observation]); 4] = [
        (here.quadrant(Quadrant::Thinks), &empathy.thinks),
        (here.quadrant(Quadrant::Does), &empathy.does),
        (here.quadrant(Quadrant::Feels), &empathy.feels),
        (words.get("lane_gains"), &empathy.gains),
    ];
    for (kind, list) in lists {
        rows.extend(list.iter().map(|it| row(kind, &it.text, it.note.as_ref(), it.feels, &it.insights)));
    }
    rows.extend(empathy.pains.iter().map(|pain| {
        let mut row = row(words.get("lane_pains"), &pain.text, None, None, &pain.insights);
        row[2] = pain.severity.map(|severity| here.severity(severity).text.into()).unwrap_or_default();
        row
    }));
    rows.extend(empathy.tensions.iter().map(|tension| {
        let side = |(of, said): &(Quadrant, Text)| labelled(here, here.quadrant(*of), said.str(here.lang));
        let sides = lines([side(&tension.one), side(&tension.other)]);
        vec![words.get("tensions").into(), sides, text(here, tension.so.as_ref()), "".into(), "".into()]
    }));
    rows
}

fn pains<'a>(here: &Here<'a>, pains: &'a [Pain]) -> Cow<'a, str> {
    lines(pains.iter().map(|pain| pain.text.str(here.lang).into()))
}

fn text<'a>(here: &Here<'a>, text: Option<&'a Text>) -> Cow<'a, str> {
    text.map(|text| text.str(here.lang)).unwrap_or_default().into()
}

/// A feeling as a number that a spreadsheet can count with.
fn number<'a>(feeling: Option<Feeling>) -> Cow<'a, str> {
    let Some(value) = feeling.map(Feeling::value) else { return Cow::Borrowed("") };
    // Nearly all are whole.
    let whole = [(-2.0_f64, "-2"), (-1.0, "-1"), (0.0, "0"), (1.0, "1"), (2.0, "2")];
    let known = whole.into_iter().find(|(known, _)| known.to_bits() == value.to_bits());
    known.map_or_else(|| value.to_string().into(), |(_, text)| text.into())
}

fn labelled<'a>(here: &Here<'_>, label: &str, text: &str) -> Cow<'a, str> {
    [label, here.words.get("colon"), text].concat().into()
}

/// Several texts in a cell; a single one as it is.
fn lines<'a>(texts: impl IntoIterator<Item = Cow<'a, str>>) -> Cow<'a, str> {
    let mut texts = texts.into_iter();
    let Some(first) = texts.next() else { return Cow::Borrowed("") };
    let Some(second) = texts.next() else { return first };
    let mut lines = String::with_capacity(first.len() + 2 * second.len() + 64);
    lines.push_str(&first);
    for text in std::iter::once(second).chain(texts) {
        lines.push('\n');
        lines.push_str(&text);
    }
    lines.into()
}

fn headed<'a>(title: impl Into<Cow<'a, str>>, cells: impl IntoIterator<Item = Cow<'a, str>>) -> Row<'a> {
    let cells = cells.into_iter();
    let mut row = Vec::with_capacity(1 + cells.size_hint().0);
    row.push(title.into());
    row.extend(cells);
    row
}

/// A row, if any of its cells has something to say.
fn filled(row: Row<'_>) -> Option<Row<'_>> {
    row[1..].iter().any(|cell| !cell.is_empty()).then_some(row)
}
