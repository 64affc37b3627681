//! Lists of the handbook for spreadsheets: a row for each thing, the keys of the authors' files as columns.
//!
//! Several ids or tags in a cell are parted by `; `. Maps and steps are counted over all maps; feelings, moments of truth,
//! open pains and priority, as everywhere, over those that show what is.

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
pub(super) fn touchpoints(here: &Here<'_>) -> Table {
    let writer = Writer::new(here);
    let own = ["channel", "kind", "status", "importance-customer", "importance-organisation", "promise", "insights"];
    let figures = ["average-feeling", "worst-feeling", "moments-of-truth", "open-pains", "priority"];
    let rows = here.handbook.touchpoints.entries().map(|(id, touchpoint)| {
        let places = here.pages.uses.touchpoint(id);
        let figures = here.figures(id);
        let importance = |of: fn(&crate::model::Importance) -> u8| touchpoint.importance.as_ref().map(of);
        let feeling = |feeling: Option<Feeling>| number(feeling.map(Feeling::value));
        let own = vec![
            touchpoint.channel.map_or("", |channel| writer.name(channel)).to_owned(),
            word(TouchpointKind::ALL, touchpoint.kind).to_owned(),
            word(TouchpointStatus::ALL, touchpoint.status).to_owned(),
            shown(importance(|it| it.customer)),
            shown(importance(|it| it.organisation)),
            writer.maybe(&touchpoint.promise).unwrap_or_default().to_owned(),
            listed(writer.names(&touchpoint.insights)),
            feeling(figures.average),
            feeling(figures.worst),
            figures.truths.to_string(),
            figures.open_pains.to_string(),
            shown(figures.priority),
        ];
        row(here, &writer, &touchpoint.item, Target::Touchpoint(id), places, own)
    });
    table(&[&own[..], &figures].concat(), rows)
}

/// The improvement backlog.
pub(super) fn opportunities(here: &Here<'_>) -> Table {
    let writer = Writer::new(here);
    let own = ["status", "impact", "effort", "due", "done", "outcome", "metrics", "insights"];
    let rows = here.handbook.opportunities.entries().map(|(id, opportunity)| {
        let own = vec![
            word(OpportunityStatus::ALL, opportunity.status).to_owned(),
            opportunity.impact.to_string(),
            opportunity.effort.to_string(),
            shown(opportunity.due),
            shown(opportunity.done),
            writer.maybe(&opportunity.outcome).unwrap_or_default().to_owned(),
            listed(writer.names(&opportunity.metrics)),
            listed(writer.names(&opportunity.insights)),
        ];
        let places = here.pages.uses.opportunity(id);
        row(here, &writer, &opportunity.item, Target::Opportunity(id), places, own)
    });
    table(&own, rows)
}

/// The evidence.
pub(super) fn insights(here: &Here<'_>) -> Table {
    let writer = Writer::new(here);
    let own = ["kind", "date", "sample", "who", "source", "url", "quotes"];
    let rows = here.handbook.insights.entries().map(|(id, insight)| {
        let quotes = insight.quotes.iter().map(|quote| writer.text(&quote.text));
        let own = vec![
            word(InsightKind::ALL, insight.kind).to_owned(),
            insight.date.to_string(),
            shown(insight.sample),
            writer.maybe(&insight.who).unwrap_or_default().to_owned(),
            writer.text(&insight.source).to_owned(),
            insight.url.clone().unwrap_or_default(),
            quotes.collect::<Vec<_>>().join("\n"),
        ];
        row(here, &writer, &insight.item, Target::Insight(id), here.pages.uses.insight(id), own)
    });
    table(&own, rows)
}

/// What is measured, with the newest figure.
pub(super) fn metrics(here: &Here<'_>) -> Table {
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
            word(MetricKind::ALL, metric.kind).to_owned(),
            writer.maybe(&metric.unit).unwrap_or_default().to_owned(),
            writer.text(&metric.definition).to_owned(),
            word(Better::ALL, metric.better).to_owned(),
            number(metric.baseline),
            number(metric.today()),
            number(metric.target),
            shown(metric.target_date),
            writer.maybe(&metric.source).unwrap_or_default().to_owned(),
            listed(writer.names(&metric.insights)),
            metric.readings.len().to_string(),
        ];
        row(here, &writer, &metric.item, Target::Metric(id), here.pages.uses.metric(id), own)
    });
    table(&own, rows)
}

/// What was measured: a row for each reading.
pub(super) fn readings(here: &Here<'_>) -> Table {
    let head = ["metric", "date", "value", "note"].map(str::to_owned).to_vec();
    let rows = here.handbook.metrics.iter().flat_map(|metric| {
        metric.readings.iter().map(|reading| {
            let note = reading.note.clone().unwrap_or_default();
            vec![metric.item.name.clone(), reading.date.to_string(), number(Some(reading.value)), note]
        })
    });
    Table { rows: std::iter::once(head).chain(rows).collect() }
}

fn table(own: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let head = HEAD.iter().chain(own).chain(&FOOT).map(|&key| key.to_owned()).collect();
    Table { rows: std::iter::once(head).chain(rows).collect() }
}

fn row<'a>(
    here: &Here<'a>,
    writer: &Writer<'a>,
    item: &'a Item,
    target: Target,
    places: &[StepPlace],
    own: Vec<String>,
) -> Vec<String> {
    // An empathy map has no steps, and a future state rests on evidence besides its steps.
    let cited = here.pages.uses.cited(target).iter().filter_map(|target| match target {
        Target::Map(map) => Some(*map),
        _ => None,
    });
    let maps: BTreeSet<_> = places.iter().map(|place| place.map).chain(cited).collect();
    let steps: BTreeSet<_> = places.iter().map(|place| (place.map, place.stage, place.step)).collect();
    let mut row = vec![
        item.name.clone(),
        writer.text(&item.title).to_owned(),
        writer.maybe(&item.summary).unwrap_or_default().to_owned(),
    ];
    row.extend(own);
    row.extend([
        item.owner.map_or("", |team| writer.name(team)).to_owned(),
        listed(item.tags.iter().map(String::as_str)),
        shown(item.review.reviewed),
        writer.maybe(&item.review.by).unwrap_or_default().to_owned(),
        item.review.every.map(cadence).unwrap_or_default(),
        maps.len().to_string(),
        steps.len().to_string(),
        here.pages.address(target, here.lang).map(|address| address.path.to_string()).unwrap_or_default(),
    ]);
    row
}

fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join("; ")
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A number that a spreadsheet can count with: no more than four places after the point.
fn number(value: Option<f64>) -> String {
    value.map(|value| ((value * 1e4).round() / 1e4).to_string()).unwrap_or_default()
}
