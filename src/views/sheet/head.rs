//! What stands above and below a drawing: title, finding, facts; and what it rests on.

use super::Role;
use super::canvas::Canvas;
use super::stack::{Stack, Style};
use crate::model::{Contents, JourneyMap};
use crate::views::here::{Here, Said};
use crate::views::journey::sources;

/// Title, finding and facts; how high they are.
pub(super) fn head<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, map: &'a JourneyMap, width: f64) -> f64 {
    let mut head = Stack::new(canvas, [0.0, 0.0], width);
    head.text(&here.said(&here.handbook.settings.title), Style::HINT);
    head.gap(4.0);
    head.text(&here.said(&map.item.title), Style::TITLE);
    if let Some(finding) = &map.finding {
        head.gap(2.0);
        head.text(&here.said(finding), Style::LEAD);
    }
    head.gap(12.0);
    let facts = facts(here, map);
    head.columns(facts.len(), width / facts.len() as f64, 20.0, |at, fact| {
        let (label, lines) = &facts[at];
        fact.plain(label, Style::HINT);
        for line in lines {
            fact.text(line, Style::CELL);
        }
    });
    head.height()
}

fn facts<'a>(here: &Here<'a>, map: &'a JourneyMap) -> Vec<(&'a str, Vec<Said<'a>>)> {
    let words = here.words;
    let mut people: Vec<Said<'a>> = (map.personas())
        .map(|&persona| {
            let who = here.who(persona);
            match who.role {
                Some(role) => Said { text: words.list([&*who.link.title.text, &*role.text]).into(), ..who.link.title },
                None => who.link.title,
            }
        })
        .collect();
    let mut kind = vec![Said::plain(here.map_kind(map))];
    let mut label = "persona";
    if let Contents::Empathy(empathy) = &map.contents {
        kind.extend(empathy.moment.as_ref().map(|moment| here.said(moment)));
        if let (true, Some(segment)) = (people.is_empty(), &empathy.segment) {
            label = "segment";
            people.push(here.said(segment));
        }
    }
    if people.is_empty() {
        people.push(here.word("everyone"));
    }
    if let Some(&baseline) = map.baseline() {
        let title = here.said(&here.handbook[baseline].item.title);
        kind.push(Said::plain(format!("{} {}", words.get("starts_from"), title.text)));
    }
    let mut facts = vec![(words.get(label), people), (words.get("kind_and_state"), kind)];
    if let Some(review) = here.review(&map.item) {
        let mut lines = vec![Said::plain(format!("{}{}", review.day.text, review.by))];
        lines.extend(Some(review.next).filter(|next| !next.is_empty()).map(Said::plain));
        facts.push((words.get("last_reviewed"), lines));
    }
    if let Some(owner) = here.owner(map.item.owner) {
        facts.push((words.get("owner"), vec![owner.title]));
    }
    if let Some(coverage) = here.coverage(map) {
        let known = words.list([coverage.many.as_str(), &coverage.one, &coverage.none]);
        let share = format!("{} {}", coverage.share, coverage.of);
        facts.push((words.get("coverage"), vec![Said::plain(share), Said::plain(known)]));
    }
    facts
}

/// Moments of truth, what the map is for, where it comes from and how to read it; how high they are.
pub(super) fn foot<'a>(here: &Here<'a>, canvas: &mut Canvas<'a>, map: &'a JourneyMap, width: f64) -> f64 {
    let words = here.words;
    let mut sections: Vec<(&str, Section)> = Vec::new();
    let deciding = map.steps().filter_map(|(_, step)| step.moment_of_truth.as_ref().map(|truth| (step, truth)));
    let truths: Section =
        deciding.map(|(step, truth)| ("moment", here.said(step.label()), Some(here.said(&truth.why)))).collect();
    let read_truth = (!truths.is_empty()).then(|| ("moment", here.word("read_truth"), None));
    let about = [("scenario", &map.scenario), ("purpose", &map.purpose), ("outcome", &map.outcome)];
    let about = about.into_iter().filter_map(|(key, text)| {
        let text = text.as_ref()?;
        Some(("", here.word(key), Some(here.said(text))))
    });
    let sources = sources(map).into_iter().map(|insight| {
        let source = here.source(insight);
        let text = words.list([&*source.title.text, &source.sample, &source.day.text]);
        ("", Said { text: text.into(), lang: source.title.lang }, None)
    });
    let evidence = [("evidence-many", "read_many"), ("evidence-one", "read_one"), ("evidence-none", "read_none")];
    let evidence = evidence.into_iter().map(|(icon, key)| (icon, here.word(key), None));
    let hot = map.stages.iter().any(|stage| stage.fix_first).then(|| ("", here.word("read_hot"), None));
    let reading = read_truth.into_iter().chain(evidence).chain(hot).collect();
    for (key, items) in
        [("truths", truths), ("about_map", about.collect()), ("sources", sources.collect()), ("how_to_read", reading)]
    {
        if !items.is_empty() {
            sections.push((words.get(key), items));
        }
    }
    let mut foot = Stack::new(canvas, [0.0, 0.0], width);
    foot.columns(sections.len(), width / sections.len() as f64, 24.0, |at, stack| {
        let (title, items) = &sections[at];
        section(stack, title, items);
    });
    foot.height()
}

/// Items with a drawing that may be missing, a text, and what is to be added.
type Section<'a> = Vec<(&'static str, Said<'a>, Option<Said<'a>>)>;

fn section<'a>(stack: &mut Stack<'_, 'a>, title: &str, items: &Section<'a>) {
    stack.plain(title, Style::NAME);
    for (icon, text, note) in items {
        stack.gap(4.0);
        let style = if note.is_some() { Style::LABEL } else { Style::HINT.in_role(Role::Ink) };
        match icon.is_empty() {
            true => stack.text(text, style),
            false => stack.marked(icon, text, style),
        }
        if let Some(note) = note {
            stack.text(note, Style::HINT);
        }
    }
}
