//! `metrics/ID.yaml`; its readings in `metrics/ID.csv` are read in [`super::readings`].

use super::files::ItemFiles;
use super::readings::{Range, readings};
use super::{Context, opened};
use crate::diag::Report;
use crate::model::{Better, Draft, Metric, MetricKind};
use crate::path::HandbookPath;
use crate::source::FileId;

/// Reads a metric and its readings.
pub(super) fn parse(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Metric<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let item = opened.head(&mut fields, report);
    let kind = fields.need_choice("kind", MetricKind::ALL, report);
    let unit = fields.text("unit", report);
    let range = Range::of(kind, unit.as_ref().map(|unit| &*unit.first().text));
    let metric = Metric {
        item,
        kind,
        unit,
        definition: fields.need_text("definition", "", report),
        better: fields.choice("better", Better::ALL, report).unwrap_or(Better::Higher),
        baseline: fields.number("baseline", report),
        target: fields.number("target", report),
        target_date: fields.date("target-date", report),
        source: fields.text("source", report),
        insights: fields.names("insights", report),
        readings: csv_beside(files, context)
            .map_or_else(Vec::new, |file| readings(file, context.sources.text(file), range, report)),
    };
    fields.finish(report);
    metric
}

/// The CSV file of the same name.
pub(super) fn csv_beside(files: &ItemFiles, context: &Context<'_>) -> Option<FileId> {
    let yaml = context.sources.path(files.file).as_str();
    let (stem, _) = yaml.rsplit_once('.')?;
    context.sources.find(&HandbookPath::new(&format!("{stem}.csv"))?)
}
