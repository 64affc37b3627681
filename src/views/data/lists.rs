//! Lists of the handbook for spreadsheets: a row for each thing, the keys of the authors' files as columns.
//!
//! Several ids or tags in a cell are parted by `; `. Maps and steps are counted over all maps; feelings, moments of truth,
//! open pains and priority, as everywhere, over those that show what is.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Table;
use super::map::{Writer, cadence};
use super::step::word;
use crate::model::{
    Better, Feeling, InsightKind, Item, MetricKind, OpportunityStatus, Target, TouchpointKind, TouchpointStatus,
};
use crate::views::here::Here;
use crate::views::uses::StepPlace;

/// The columns that every list begins with.
const HEAD: [&str; 3] = ["id", "title", "summary"];
/// And those that it ends with.
const FOOT: [&str; 8] = ["owner", "tags", "reviewed", "reviewed-by", "review-every", "maps", "steps", "page"];

/// The catalog.
pub(super) fn touchpoints<'a>(here: &Here<'a>) -> Table<'a> {
    let writer = Writer::new(here);
    let own = ["channel", "kind", "status", "importance-customer", "importance-organisation", "promise", "insights"];
    let figures = ["average-feeling", "worst-feeling", "moments-of-truth", "open-pains", "priority"];
    let rows = here.handbook.touchpoints.entries().map(|(id, touchpoint)| {
        let places = here.pages.uses.touchpoint(id);
        let figures = here.figures(id);
        let importance = |of: fn(&crate::model::Importance) -> u8| touchpoint.importance.as_ref().map(of);
        let feeling = |feeling: Option<Feeling>| number(feeling.map(Feeling::value));
        let own = vec![
            touchpoint.channel.map_or("", |channel| writer.name(channel)).into(),
            word(TouchpointKind::ALL, touchpoint.kind).into(),
            word(TouchpointStatus::ALL, touchpoint.status).into(),
            shown(importance(|it| it.customer)),
            shown(importance(|it| it.organisation)),
            writer.maybe(&touchpoint.promise).unwrap_or_default().into(),
            listed(writer.names(&touchpoint.insights)),
            feeling(figures.average),
            feeling(figures.worst),
            figures.truths.to_string().into(),
            figures.open_pains.to_string().into(),
            shown(figures.priority),
        ];
        row(here, &writer, &touchpoint.item, Target::Touchpoint(id), places, own)
    });
    table(&[&own[..], &figures].concat(), rows)
}

/// The improvement backlog.
pub(super) fn opportunities<'a>(here: &Here<'a>) -> Table<'a> {
    let writer = Writer::new(here);
    let own = ["status", "impact", "effort", "due", "done", "outcome", "metrics", "insights"];
    let rows = here.handbook.opportunities.entries().map(|(id, opportunity)| {
        let own = vec![
            word(OpportunityStatus::ALL, opportunity.status).into(),
            opportunity.impact.to_string().into(),
            opportunity.effort.to_string().into(),
            shown(opportunity.due),
            shown(opportunity.done),
            writer.maybe(&opportunity.outcome).unwrap_or_default().into(),
            listed(writer.names(&opportunity.metrics)),
            listed(writer.names(&opportunity.insights)),
        ];
        let places = here.pages.uses.opportunity(id);
        row(here, &writer, &opportunity.item, Target::Opportunity(id), places, own)
    });
    table(&own, rows)
}

/// The evidence.
pub(super) fn insights<'a>(here: &Here<'a>) -> Table<'a> {
    let writer = Writer::new(here);
    let own = ["kind", "date", "sample", "who", "source", "url", "quotes"];
    let rows = here.handbook.insights.entries().map(|(id, insight)| {
        let quotes = insight.quotes.iter().map(|quote| writer.text(&quote.text));
        let own = vec![
            word(InsightKind::ALL, insight.kind).into(),
            insight.date.to_string().into(),
            shown(insight.sample),
            writer.maybe(&insight.who).unwrap_or_default().into(),
            writer.text(&insight.source).into(),
            insight.url.as_deref().unwrap_or_default().into(),
            quotes.collect::<Vec<_>>().join("\n").into(),
        ];
        row(here, &writer, &insight.item, Target::Insight(id), here.pages.uses.insight(id), own)
    });
    table(&own, rows)
}

/// What is measured, with the newest figure.
pub(super) fn metrics<'a>(here: &Here<'a>) -> Table<'a> {
    let writer = Writer::new(here);
    let own = [
        "kind",
        "unit",
        "definition",
        "better",
        "baseline",
        "today",
        "target",
        "target-date",
        "source",
        "insights",
        "readings",
    ];
    let rows = here.handbook.metrics.entries().map(|(id, metric)| {
        let own = vec![
            word(MetricKind::ALL, metric.kind).into(),
            writer.maybe(&metric.unit).unwrap_or_default().into(),
            writer.text(&metric.definition).into(),
            word(Better::ALL, metric.better).into(),
            number(metric.baseline),
            number(metric.today()),
            number(metric.target),
            shown(metric.target_date),
            writer.maybe(&metric.source).unwrap_or_default().into(),
            listed(writer.names(&metric.insights)),
            metric.readings.len().to_string().into(),
        ];
        row(here, &writer, &metric.item, Target::Metric(id), here.pages.uses.metric(id), own)
    });
    table(&own, rows)
}

/// What was measured: a row for each reading.
pub(super) fn readings<'a>(here: &Here<'a>) -> Table<'a> {
    let head = ["metric", "date", "value", "note"].map(Cow::Borrowed).to_vec();
    let rows = here.handbook.metrics.iter().flat_map(|metric| {
        metric.readings.iter().map(|reading| {
            let note = reading.note.as_deref().unwrap_or_default().into();
            vec![Cow::Borrowed(&*metric.item.name), reading.date.to_string().into(), number(Some(reading.value)), note]
        })
    });
    Table { rows: std::iter::once(head).chain(rows).collect() }
}

fn table<'a>(own: &[&'static str], rows: impl Iterator<Item = Vec<Cow<'a, str>>>) -> Table<'a> {
    let head = HEAD.iter().chain(own).chain(&FOOT).map(|&key| key.into()).collect();
    Table { rows: std::iter::once(head).chain(rows).collect() }
}

fn row<'a>(
    here: &Here<'a>,
    writer: &Writer<'a>,
    item: &'a Item,
    target: Target,
    places: &[StepPlace],
    own: Vec<Cow<'a, str>>,
) -> Vec<Cow<'a, str>> {
    // An empathy map has no steps, and a future state rests on evidence besides its steps.
    let cited = here.pages.uses.cited(target).iter().filter_map(|target| match target {
        Target::Map(map) => Some(*map),
        _ => None,
    });
    let maps: BTreeSet<_> = places.iter().map(|place| place.map).chain(cited).collect();
    let steps: BTreeSet<_> = places.iter().map(|place| (place.map, place.stage(), place.step())).collect();
    let mut row = vec![
        Cow::Borrowed(&*item.name),
        writer.text(&item.title).into(),
        writer.maybe(&item.summary).unwrap_or_default().into(),
    ];
    row.extend(own);
    row.extend([
        item.owner.map_or("", |team| writer.name(team)).into(),
        listed(item.tags.iter().map(String::as_str)),
        shown(item.review.reviewed),
        writer.maybe(&item.review.by).unwrap_or_default().into(),
        item.review.every.map(cadence).unwrap_or_default().into(),
        maps.len().to_string().into(),
        steps.len().to_string().into(),
        here.pages.address(target, here.lang).map(|address| address.path.as_str()).unwrap_or_default().into(),
    ]);
    row
}

/// Names in one cell; a single one as it is.
fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> Cow<'a, str> {
    let mut names = names.into_iter();
    let mut listed = Cow::Borrowed(names.next().unwrap_or_default());
    for name in names {
        let listed = listed.to_mut();
        listed.push_str("; ");
        listed.push_str(name);
    }
    listed
}

fn shown<'a>(value: Option<impl ToString>) -> Cow<'a, str> {
    value.map(|value| value.to_string()).unwrap_or_default().into()
}

/// A number that a spreadsheet can count with: no more than four places after the point.
fn number<'a>(value: Option<f64>) -> Cow<'a, str> {
    value.map(|value| ((value * 1e4).round() / 1e4).to_string()).unwrap_or_default().into()
}
