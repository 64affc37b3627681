//! A guide that readers cannot find.
//!
//! Every guide stands in a list, of all guides or of its folder's page, unless it or a folder above says `listed: false`.
//! Such a guide is found if another page leads to it that is itself found.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::hash::HashMap;
use crate::model::{Guide, Handbook, Hole, Id, LaneValue, Local, Prose, Target};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let Some(handbook) = sound.whole() else { return };
    let guides = &handbook.guides;
    let folders: HashMap<&str, Id<Guide>> =
        guides.entries().map(|(id, guide)| (guide.item.name.as_str(), id)).collect();
    let mut inside: Vec<Vec<Id<Guide>>> = vec![Vec::new(); guides.len()];
    let mut next: Vec<Id<Guide>> = linked_elsewhere(handbook);
    for (id, guide) in guides.entries().filter(|(_, guide)| guide.listed) {
        match above(&guide.item.name, &folders) {
            Some(folder) => inside[folder.index()].push(id),
            None => next.push(id),
        }
    }
    let mut found = vec![false; guides.len()];
    while let Some(id) = next.pop() {
        if !std::mem::replace(&mut found[id.index()], true) {
            next.extend(&inside[id.index()]);
            next.extend(linked(&guides[id].body));
        }
    }
    for (_, guide) in guides.entries().filter(|(id, _)| !found[id.index()]) {
        report.push(
            Diagnostic::new(Code::UnlistedGuide, guide.item.span(), "no list and no page leads to this guide")
                .help("link to it where it is wanted, or take `listed: false` out"),
        );
    }
}

/// The folder's page whose list holds a guide; `None` for the list of all guides.
fn above(name: &str, folders: &HashMap<&str, Id<Guide>>) -> Option<Id<Guide>> {
    let parents = std::iter::successors(name.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'));
    parents.map(|(folder, _)| folder).find_map(|folder| folders.get(folder).copied())
}

/// The guides that something else than a guide leads to.
fn linked_elsewhere(handbook: &Handbook) -> Vec<Id<Guide>> {
    let front = handbook.front.iter().map(|front| &front.body);
    let personas = handbook.personas.iter().map(|persona| &persona.body);
    let touchpoints = handbook.touchpoints.iter().map(|touchpoint| &touchpoint.body);
    let lessons = handbook.lessons.iter().map(|lesson| &lesson.body);
    let in_text = front.chain(personas).chain(touchpoints).chain(lessons).flat_map(linked);
    let start = handbook.settings.home.start.iter().flat_map(|card| &card.links).flatten();
    let stages = || handbook.maps.iter().flat_map(|map| &map.stages);
    let cells = stages().flat_map(|stage| stage.own.iter().chain(stage.steps.iter().flat_map(|step| &step.own)));
    let in_lanes = cells.filter_map(|cell| match &cell.value {
        LaneValue::Link(Some(reference), _) => Some(reference),
        _ => None,
    });
    let others = start.chain(in_lanes).filter_map(|reference| guide(reference.target));
    in_text.chain(others).collect()
}

/// The guides that a text links to, in any language.
fn linked(body: &Local<Prose>) -> impl Iterator<Item = Id<Guide>> {
    body.iter().flat_map(|(_, prose)| prose.holes()).filter_map(|hole| match hole {
        Hole::Address(Some(reference)) => guide(reference.target),
        _ => None,
    })
}

fn guide(target: Target) -> Option<Id<Guide>> {
    match target {
        Target::Guide(id) => Some(id),
        _ => None,
    }
}
