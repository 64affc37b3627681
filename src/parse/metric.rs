//! `metrics/ID.yaml` and the readings in `metrics/ID.csv`. Home of the CSV reader.

use super::files::ItemFiles;
use super::{Context, opened};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Better, Date, Draft, Metric, MetricKind, Reading};
use crate::path::HandbookPath;
use crate::source::{FileId, Span};

/// Reads a metric and its readings.
pub(super) fn parse(files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Metric<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let metric = Metric {
        item: opened.head(&mut fields, report),
        kind: fields.need_choice("kind", MetricKind::ALL, report),
        unit: fields.text("unit", report),
        definition: fields.need_text("definition", "", report),
        better: fields.choice("better", Better::ALL, report).unwrap_or(Better::Higher),
        baseline: fields.number("baseline", report),
        target: fields.number("target", report),
        target_date: fields.date("target-date", report),
        source: fields.text("source", report),
        insights: fields.names("insights", report),
        readings: csv_beside(files, context)
            .map_or_else(Vec::new, |file| readings(file, context.sources.text(file), report)),
    };
    fields.finish(report);
    metric
}

/// The CSV file of the same name.
fn csv_beside(files: &ItemFiles, context: &Context<'_>) -> Option<FileId> {
    let yaml = context.sources.path(files.file).as_str();
    let (stem, _) = yaml.rsplit_once('.')?;
    context.sources.find(&HandbookPath::new(&format!("{stem}.csv"))?)
}

/// The rows of `date,value[,note]`, oldest first.
fn readings(file: FileId, text: &str, report: &mut Report) -> Vec<Reading> {
    let mut rows =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut readings: Vec<Reading> = Vec::new();
    let mut header = true;
    loop {
        let start = rows.position().byte() as usize;
        match rows.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                report.push(Diagnostic::new(
                    Code::BadReading,
                    line_span(file, text, start),
                    format!("this is not CSV: {error}"),
                ));
                break;
            }
        }
        let span = line_span(file, text, start);
        let cells: Vec<&str> = record.iter().collect();
        if std::mem::take(&mut header) {
            if !matches!(cells[..], ["date", "value"] | ["date", "value", "note"]) {
                report.push(
                    Diagnostic::new(Code::BadReading, span, "the first line names the columns")
                        .help("`date,value` or `date,value,note`"),
                );
            }
            continue;
        }
        match reading(&cells, (span, &text[span.range()]), readings.last()) {
            Ok(reading) => readings.push(reading),
            Err(diagnostic) => report.push(*diagnostic),
        }
    }
    readings
}

fn reading(cells: &[&str], (span, line): (Span, &str), before: Option<&Reading>) -> Result<Reading, Box<Diagnostic>> {
    let bad_at =
        |span, message: String, help: &str| Box::new(Diagnostic::new(Code::BadReading, span, message).help(help));
    let bad = |message, help: &str| bad_at(span, message, help);
    let [date, value, note @ ..] = cells else {
        return Err(bad("a reading has a date and a value".to_owned(), "such as `2026-09-30,71`"));
    };
    if note.len() > 1 {
        return Err(bad("a reading has at most three columns".to_owned(), "put a note that holds commas in quotes"));
    }
    let Some(date) = Date::parse(date) else {
        return Err(bad_at(
            cell(span, line, 0, date),
            format!("`{date}` is not a date"),
            "such as `2026-09-12`, or `2026-09`",
        ));
    };
    let Some(value) = value.parse().ok().filter(|value: &f64| value.is_finite()) else {
        let place = cell(span, line, line.find(',').map_or(0, |comma| comma + 1), value);
        return Err(bad_at(
            place,
            format!("`{value}` is not a number"),
            "digits, with `.` before decimals and nothing between thousands",
        ));
    };
    match before {
        Some(before) if before.date == date => {
            let twice = bad(format!("`{date}` is given twice"), "keep one reading a day");
            Err(Box::new(twice.related(before.span, "first here")))
        }
        Some(before) if before.date > date => {
            Err(bad(format!("`{date}` comes after `{}`", before.date), "order the lines by date, oldest first"))
        }
        _ => Ok(Reading {
            date,
            value,
            note: note.first().filter(|note| !note.is_empty()).map(|note| (*note).to_owned()),
            span,
        }),
    }
}

/// The cell that stands at or after `from` in a line; the whole line if it is written in another way.
fn cell(line_span: Span, line: &str, from: usize, cell: &str) -> Span {
    match line[from..].find(cell).filter(|_| !cell.is_empty()) {
        Some(at) => Span::new(
            line_span.file,
            line_span.start as usize + from + at,
            line_span.start as usize + from + at + cell.len(),
        ),
        None => line_span,
    }
}

/// The line that begins at or after `start`, leaving out blank ones.
fn line_span(file: FileId, text: &str, start: usize) -> Span {
    let start = text.floor_char_boundary(start.min(text.len()));
    let begin = start + (text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len());
    let end = text[begin..].find(['\r', '\n']).map_or(text.len(), |length| begin + length);
    Span::new(file, begin, end)
}
