//! Lanes of the handbook's own: what their cells hold, by the lane's kind.

use super::{Column, Entry, OwnNumber, Picture};
use crate::model::{Id, Image, LaneKind, LaneValue, OwnCell, OwnLane};
use crate::views::here::{Here, Link, Said};

/// What the items of such a lane are, for the template.
pub(super) fn shows(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Text | LaneKind::List => "texts",
        LaneKind::Image => "pictures",
        LaneKind::Link => "links",
        LaneKind::Number => "numbers",
    }
}

/// What stands in a column: of the whole stage in the first of its columns, then of each step.
pub(super) fn entries<'a>(here: &Here<'a>, lane: Id<OwnLane>, column: &Column<'a>) -> Vec<Entry<'a>> {
    let whole = column.stage.own.iter().filter(|_| column.first);
    let cells = whole.chain(column.steps.iter().flat_map(|step| &step.own));
    cells.filter(|cell| cell.lane == lane).flat_map(|cell| entries_of(here, cell)).collect()
}

fn entries_of<'a>(here: &Here<'a>, cell: &'a OwnCell) -> Vec<Entry<'a>> {
    match &cell.value {
        LaneValue::Text(text) => vec![Entry::Text(here.said(text))],
        LaneValue::List(texts) => here.all_said(texts).into_iter().map(Entry::Text).collect(),
        LaneValue::Image(image) => here.picture(image).map(Entry::Picture).into_iter().collect(),
        LaneValue::Link(None, _) => Vec::new(),
        LaneValue::Link(Some(to), text) => {
            let title = text.as_ref().map_or_else(|| here.title_of(to), |text| here.said(text));
            vec![Entry::Link(Link { href: here.href_of(to), title })]
        }
        LaneValue::Outside(address, text) => {
            let title = text.as_ref().map_or_else(|| Said::plain(address), |text| here.said(text));
            vec![Entry::Link(Link { href: address.clone(), title })]
        }
        LaneValue::Number(number) => {
            vec![Entry::Number(OwnNumber { text: here.words.figure(*number), value: *number })]
        }
    }
}

impl<'a> Here<'a> {
    /// A picture without a caption; `None` if its file is missing.
    pub fn picture(&self, image: &'a Image) -> Option<Picture<'a>> {
        image.file.map(|file| Picture { src: self.asset(file), alt: image.alt.str(self.lang), caption: None })
    }
}
