//! What each kind of map adds to a file. One kind a file.

mod blueprint;
mod crowd;
mod day;
mod empathy;
mod future;

pub(super) use day::time as day_time;

use super::fields::Fields;
use super::journey::{self, Reader};
use crate::diag::Report;
use crate::model::{Contents, Draft, MapKind, Stage};

/// Reads what a map's kind holds, and its stages.
pub(super) fn parse(
    fields: &mut Fields<'_>,
    reader: &Reader<'_>,
    report: &mut Report,
) -> (Contents<Draft>, Vec<Stage<Draft>>) {
    if !matches!(reader.kind, MapKind::Experience | MapKind::PersonaBased | MapKind::Empathy) {
        fields.need("persona", "the name of a persona", report);
    }
    let contents = match reader.kind {
        MapKind::Experience => Contents::Experience,
        MapKind::CurrentState => Contents::CurrentState,
        MapKind::FutureState => Contents::FutureState(future::parse(fields, report)),
        MapKind::PersonaBased => Contents::PersonaBased(crowd::parse(fields, report)),
        MapKind::ServiceBlueprint => Contents::ServiceBlueprint(blueprint::parse(fields, report)),
        MapKind::Empathy => return (Contents::Empathy(Box::new(empathy::parse(fields, report))), Vec::new()),
        MapKind::DayInTheLife => {
            let (days, stages) = day::parse(fields, reader, report);
            return (Contents::DayInTheLife(days), stages);
        }
    };
    (contents, journey::stages(fields, reader, report))
}
