//! Lanes: which of them a map draws, and what those of the handbook's own hold.

use super::Reader;
use super::step::image;
use crate::diag::Report;
use crate::model::{Draft, Lane, LaneKind, LaneValue, List, Named, OwnCell};
use crate::parse::fields::Fields;
use crate::parse::reference::{self, Destination};
use crate::parse::value::Value;

/// The lanes every handbook has, as authors write them.
pub(crate) const LANES: &[(&str, Lane<Draft>)] = &[
    ("feelings", Lane::Feelings),
    ("goals", Lane::Goals),
    ("actions", Lane::Actions),
    ("touchpoints", Lane::Touchpoints),
    ("thoughts", Lane::Thoughts),
    ("quotes", Lane::Quotes),
    ("needs", Lane::Needs),
    ("pains", Lane::Pains),
    ("gains", Lane::Gains),
    ("opportunities", Lane::Opportunities),
    ("metrics", Lane::Metrics),
    ("owner", Lane::Owner),
    ("storyboard", Lane::Storyboard),
    ("evidence", Lane::Evidence),
    ("frontstage", Lane::Frontstage),
    ("backstage", Lane::Backstage),
    ("support", Lane::Support),
];

/// The lanes named under `lanes`.
pub(in crate::parse) fn lanes(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Lane<Draft>> {
    let names = fields.names("lanes", report).into_iter();
    names
        .map(|named| match LANES.iter().find(|(name, _)| *name == &*named.name) {
            Some((_, lane)) => lane.clone(),
            None => Lane::Own(named),
        })
        .collect()
}

/// What lanes of the handbook's own hold, under `own`: a value for each lane, by the lane's kind.
pub(super) fn own(fields: &mut Fields<'_>, reader: &Reader<'_>, report: &mut Report) -> List<OwnCell<Draft>> {
    let entries = fields.value("own").map_or_else(Vec::new, |value| value.entries(report));
    let cells = entries.into_iter().filter_map(|(name, span, value)| {
        // A lane that nobody declares is reported where links are followed; what it holds is then of no kind.
        let value = match reader.own_lanes.get(&name) {
            Some(lane) => cell(lane.kind, &value, reader, report)?,
            None => LaneValue::List(List::default()),
        };
        Some(OwnCell { lane: Named::new(name, span), value })
    });
    cells.collect()
}

fn cell(kind: LaneKind, value: &Value<'_>, reader: &Reader<'_>, report: &mut Report) -> Option<LaneValue<Draft>> {
    Some(match kind {
        LaneKind::Text => LaneValue::Text(value.text(report)?),
        LaneKind::List => LaneValue::List(value.items(report).iter().filter_map(|item| item.text(report)).collect()),
        LaneKind::Image => LaneValue::Image(image(value, report)?),
        LaneKind::Number => LaneValue::Number(value.number(report)?),
        LaneKind::Link => return link(value, reader, report),
    })
}

/// A link is a reference or an address, or a mapping of that and a text.
fn link(value: &Value<'_>, reader: &Reader<'_>, report: &mut Report) -> Option<LaneValue<Draft>> {
    let (to, span, text) = if value.is_scalar() {
        (value.scalar("a reference", report)?.to_owned(), value.span(), None)
    } else {
        let mut fields = value.fields(report)?;
        fields.need("to", "a reference such as `touchpoint:ID`, or an address", report);
        let to = fields.word("to", report);
        let text = fields.text("text", report);
        fields.finish(report);
        let (to, span) = to?;
        (to, span, text)
    };
    match reference::read_alone(&to, span, reader.from, report) {
        Destination::Inside(reference) => Some(LaneValue::Link(reference, text)),
        Destination::Outside => Some(LaneValue::Outside(to, text)),
        Destination::Nowhere => None,
    }
}
