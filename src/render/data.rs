//! Data into bytes: JSON for programs, CSV for spreadsheets, SVG for slides and walls, in which no template has a hand;
//! and rows of a table as a script.

use super::{json, sprite, svg, xml};
use crate::scan::Signs;
use crate::views::data::{Data, Table};

/// The bytes of a file of data.
pub(super) fn bytes(data: &Data<'_>, icons: &sprite::Sheet) -> Vec<u8> {
    match data {
        Data::Map(_) | Data::Handbook(_) => json::bytes(data),
        // It is read by people too.
        Data::Schema(schema) => {
            let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
            text.push('\n');
            text.into_bytes()
        }
        Data::Table(table) => csv(table).into_bytes(),
        Data::Drawing(sheet) => svg::write(sheet, icons),
        Data::Sitemap(sitemap) => xml::sitemap(sitemap).into_bytes(),
        Data::Robots(robots) => xml::robots(robots).into_bytes(),
        Data::Feed(feed) => xml::feed(feed).into_bytes(),
    }
}

/// Rows of a table as a script that hands them to the page which asks for it, with the drawings they use: where a site is
/// opened from a folder, a script is all that a page may load.
pub(super) fn rows(part: usize, html: &[u8], icons: &sprite::Sheet) -> Vec<u8> {
    let text = |bytes: &[u8]| serde_json::Value::from(String::from_utf8_lossy(bytes)).to_string();
    format!("journeybookRows({part}, {}, {});\n", text(html), text(&icons.used(html))).into_bytes()
}

/// RFC 4180, with the mark at its beginning by which spreadsheets know that it is UTF-8.
fn csv(table: &Table<'_>) -> String {
    let length: usize = table.rows.iter().flatten().map(|cell| cell.len() + 4).sum();
    let mut csv = String::with_capacity(length);
    csv.push('\u{feff}');
    for row in &table.rows {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                csv.push(',');
            }
            push(&mut csv, cell);
        }
        csv.push_str("\r\n");
    }
    csv
}

/// What a cell has that stands between quotation marks.
const APART: Signs<4> = Signs::new(*b"\",\r\n");

fn push(csv: &mut String, cell: &str) {
    let guard = if is_formula(cell) { "'" } else { "" };
    if APART.before(cell.as_bytes()) < cell.len() {
        csv.push('"');
        csv.push_str(guard);
        for (at, piece) in cell.split('"').enumerate() {
            if at > 0 {
                csv.push_str("\"\"");
            }
            csv.push_str(piece);
        }
        csv.push('"');
    } else {
        csv.push_str(guard);
        csv.push_str(cell);
    }
}

/// Whether a spreadsheet would run a cell instead of showing it. A plain number such as `-1.5` stays a number.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) && cell.parse::<f64>().is_err()
}
