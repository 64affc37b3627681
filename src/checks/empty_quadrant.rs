//! A quadrant of an empathy map in which nothing stands.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::kinds::Quadrant;
use crate::model::{Contents, Handbook};

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    for map in handbook.maps.iter().filter(|map| !map.item.unread) {
        let Contents::Empathy(empathy) = &map.contents else { continue };
        let is_empty = |quadrant| match quadrant {
            Quadrant::Says => empathy.says.is_empty(),
            Quadrant::Thinks => empathy.thinks.is_empty(),
            Quadrant::Does => empathy.does.is_empty(),
            Quadrant::Feels => empathy.feels.is_empty(),
        };
        let empty = Quadrant::ALL.iter().filter(|(_, quadrant)| is_empty(*quadrant));
        let names: Vec<String> = empty.map(|(name, _)| format!("`{name}`")).collect();
        if !names.is_empty() {
            let message = format!("nothing stands under {}", names.join(", "));
            report.push(
                Diagnostic::new(Code::EmptyQuadrant, map.item.span(), message)
                    .help("an empathy map has four sides: write what you know of each, or go and ask"),
            );
        }
    }
}
