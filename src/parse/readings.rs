//! The readings of a metric, `metrics/ID.csv`. Home of the CSV reader.
//!
//! A row that is wrong is told with its line and its cell, and left out; the rows around it are kept. Rows without
//! any text, such as spreadsheets leave at the end, are no rows.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Date, MetricKind, Reading};
use crate::source::{FileId, Span};

/// What the figures of a kind can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    low: f64,
    high: f64,
    /// In words, for the help.
    said: &'static str,
}

/// More than this is no measurement; drawings could not tell it from its neighbours.
const MOST: f64 = 1e15;

impl Range {
    /// What a metric's figures can be, by its kind and, of a rate, by its unit. How far CSAT and CES go is each
    /// survey's own matter.
    pub(super) fn of(kind: MetricKind, unit: Option<&str>) -> Self {
        let (low, high, said) = match (kind, unit.map(str::trim)) {
            (MetricKind::Nps, _) => (-100.0, 100.0, "a net promoter score goes from -100 to 100"),
            (MetricKind::Rate, Some("%" | "％")) => (0.0, 100.0, "a rate in % goes from 0 to 100"),
            (MetricKind::Count, _) => (0.0, MOST, "a count is never below 0"),
            (MetricKind::Duration, _) => (0.0, MOST, "a duration is never below 0"),
            (MetricKind::Money, _) => (0.0, MOST, "an amount is never below 0"),
            (MetricKind::Rate | MetricKind::Csat | MetricKind::Ces, _) => (-MOST, MOST, "look for a slipped digit"),
        };
        Self { low, high, said }
    }
}

/// A row of the file: its line, and where that stands.
#[derive(Clone, Copy)]
struct Line<'t> {
    span: Span,
    text: &'t str,
}

/// The rows of `date,value[,note]`, oldest first.
pub(super) fn readings(file: FileId, text: &str, range: Range, report: &mut Report) -> Vec<Reading> {
    let mut rows =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut readings: Vec<Reading> = Vec::new();
    let mut columns = None;
    loop {
        let start = rows.position().byte() as usize;
        match rows.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let message = format!("this is not CSV: {error}");
                report.push(Diagnostic::new(Code::BadReading, line_span(file, text, start), message));
                break;
            }
        }
        let span = line_span(file, text, start);
        let line = Line { span, text: &text[span.range()] };
        let cells: Vec<&str> = record.iter().collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let read = &text[start.min(text.len())..(rows.position().byte() as usize).min(text.len())];
        if read.trim().contains('\n') && read.matches('"').count() % 2 == 1 {
            report.push(
                Diagnostic::new(Code::BadReading, span, "a quotation mark is opened and never closed")
                    .help("`\"` stands before and behind a note, and is written twice within it"),
            );
            break;
        }
        let Some(columns) = columns else {
            if !matches!(cells[..], ["date", "value"] | ["date", "value", "note"]) {
                let help = match cells[..] {
                    [all] if all.contains([';', '\t']) => "`date,value` or `date,value,note`, with commas between",
                    _ => "`date,value` or `date,value,note`",
                };
                report.push(Diagnostic::new(Code::BadReading, span, "the first line names the columns").help(help));
                if cells.len() == 1 {
                    return readings;
                }
            }
            columns = Some(cells.len().clamp(2, 3));
            continue;
        };
        match reading(&cells, columns, line, range, readings.last()) {
            Ok(reading) => readings.push(reading),
            Err(diagnostic) => report.push(*diagnostic),
        }
    }
    // Of a file that could not be read the report has told already.
    if columns.is_none() && !text.is_empty() {
        report.push(
            Diagnostic::new(Code::BadReading, line_span(file, text, 0), "the first line names the columns")
                .help("`date,value` or `date,value,note`"),
        );
    }
    readings
}

fn bad(span: Span, message: impl Into<String>, help: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Code::BadReading, span, message).help(help))
}

const NUMBERS: &str = "digits, with `.` before decimals and nothing between thousands";

fn reading(
    cells: &[&str],
    columns: usize,
    line: Line<'_>,
    range: Range,
    before: Option<&Reading>,
) -> Result<Reading, Box<Diagnostic>> {
    let [day, figure, note @ ..] = cells else {
        return Err(bad(line.span, "a reading has a date and a value", "such as `2026-09-30,71`"));
    };
    let note: Vec<&str> = note.iter().copied().filter(|cell| !cell.is_empty()).collect();
    if note.len() > 1 || cells.len() > 3 && !note.is_empty() {
        let help = "put a note that holds commas in quotes";
        return Err(bad(line.span, "a reading has at most three columns", help));
    }
    let Some(date) = Date::parse(day) else {
        let message = if day.is_empty() { "the date is missing".to_owned() } else { format!("`{day}` is not a date") };
        return Err(bad(line.cell(0, day), message, "such as `2026-09-12`, or `2026-09`"));
    };
    let place = line.cell(1, figure);
    // `1,5` falls apart at its comma; nobody means a note of digits alone.
    if let [rest] = note[..]
        && (columns < 3 || rest.bytes().all(|byte| byte.is_ascii_digit()))
    {
        let message = match rest.bytes().all(|byte| byte.is_ascii_digit()) {
            true => format!("`{figure},{rest}` is not a number"),
            false => "this line has a note, and the first line names no such column".to_owned(),
        };
        let help =
            if columns < 3 && message.starts_with("this") { "`date,value,note` in the first line" } else { NUMBERS };
        return Err(bad(Span { end: line.cell(2, rest).end, ..place }, message, help));
    }
    // Writers paste the minus sign they see on the page.
    let Some(value) = figure.replace('−', "-").parse().ok().filter(|value: &f64| value.is_finite()) else {
        let message = match figure.is_empty() {
            true => "the value is missing".to_owned(),
            false => format!("`{figure}` is not a number"),
        };
        return Err(bad(place, message, NUMBERS));
    };
    if !(range.low..=range.high).contains(&value) || value.abs() > MOST {
        return Err(bad(place, format!("`{figure}` is out of range"), range.said));
    }
    let place = line.cell(0, day);
    match before {
        Some(before) if before.date == date => {
            let twice = bad(place, format!("`{date}` is given twice"), "keep one reading a day");
            Err(Box::new(twice.related(before.span, "first here")))
        }
        Some(before) if before.date > date => {
            let message = format!("`{date}` comes after `{}`", before.date);
            Err(bad(place, message, "order the lines by date, oldest first"))
        }
        _ => {
            let note = note.first().map(|note| (*note).to_owned());
            Ok(Reading { date, value, note, span: line.span })
        }
    }
}

impl Line<'_> {
    /// The place of a cell by its number from 0, without its quotes; the whole line if the cell is empty or goes on
    /// in the next line.
    fn cell(self, number: usize, cell: &str) -> Span {
        let from = self.text.match_indices(',').map(|(at, _)| at + 1).nth(number.wrapping_sub(1)).unwrap_or(0);
        match self.text[from..].find(cell).filter(|_| !cell.is_empty()) {
            Some(at) => {
                let start = self.span.start as usize + from + at;
                Span::new(self.span.file, start, start + cell.len())
            }
            None => self.span,
        }
    }
}

/// The line that begins at or after `start`, leaving out blank ones.
fn line_span(file: FileId, text: &str, start: usize) -> Span {
    let start = text.floor_char_boundary(start.min(text.len()));
    let begin = start + (text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len());
    let end = text[begin..].find(['\r', '\n']).map_or(text.len(), |length| begin + length);
    Span::new(file, begin, end)
}
