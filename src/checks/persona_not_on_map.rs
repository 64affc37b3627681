//! A difference of somebody who is not on the map.

use super::misread;
use crate::diag::{Code, Diagnostic, Report, listed};
use crate::model::Handbook;

pub(super) fn check(handbook: &Handbook, report: &mut Report) {
    // A misspelt name may mean any of them.
    let guesses = misread(report, &[Code::UnknownPersona]);
    let maps = handbook.maps.iter().filter(|map| !guesses.contains(&map.item.file));
    for crowd in maps.filter_map(|map| map.crowd()) {
        let known = || crowd.personas.iter().map(|&persona| &*handbook[persona].item.name);
        let mut last = None;
        for difference in crowd.differences.iter().filter(|other| !crowd.personas.contains(&other.persona)) {
            // One name heads all that this persona does otherwise.
            if last.replace(difference.place) == Some(difference.place) {
                continue;
            }
            let name = &handbook[difference.persona].item.name;
            let diagnostic = Diagnostic::new(
                Code::PersonaNotOnMap,
                difference.place,
                format!("`{name}` differs, and the map is not about `{name}`"),
            );
            let diagnostic = diagnostic.suggest(name, known());
            report.push(match known().next() {
                Some(_) => diagnostic.help(format!("add it to `personas`, or mean one of {}", listed(known()))),
                None => diagnostic.help("add it to `personas`"),
            });
        }
    }
}
