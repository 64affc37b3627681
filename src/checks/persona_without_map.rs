//! A persona of whom no map tells.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let Some(handbook) = sound.whole() else { return };
    let mut drawn = vec![false; handbook.personas.len()];
    handbook.maps.iter().flat_map(|map| map.personas()).for_each(|id| drawn[id.index()] = true);
    for (id, persona) in handbook.personas.entries() {
        if !drawn[id.index()] {
            let name = &persona.item.name;
            report.push(
                Diagnostic::new(Code::PersonaWithoutMap, persona.item.span(), format!("no map is about `{name}`"))
                    .help(format!("write `persona: {name}` in a map, or add it to a map's `personas`")),
            );
        }
    }
}
