//! What a cell of a map holds, written into its column.

use std::borrow::Cow;

use super::Role;
use super::stack::{Stack, Style};
use crate::views::here::{Here, Said};
use crate::views::lanes::{Action, Cell, Charge, Entry, Met, PainView, Picture, Row};
use crate::views::parts::{Evidence, Measured, OpportunityView, Quoted, Tag};

/// Between two things in a cell.
const APART: f64 = 6.0;

/// A cell of a row.
pub(super) fn cell<'a>(here: &Here<'a>, stack: &mut Stack<'_, 'a>, row: &Row<'a>, cell: &Cell<'a>) {
    if cell.items.is_empty() && row.shows == "quotes" {
        stack.marked("evidence-none", &here.word("nobody_asked"), Style::HINT);
    }
    for item in &cell.items {
        stack.gap(APART);
        match item {
            Entry::Text(text) if row.lane == "goals" => stack.text(text, Style::STRONG),
            Entry::Text(text) => stack.text(text, Style::CELL),
            Entry::Action(action) => self::action(here, stack, action),
            Entry::Met(met) => self::met(here, stack, met),
            Entry::Quote(quote) => quoted(here, stack, quote),
            Entry::Pain(pain) => self::pain(stack, pain),
            Entry::Opportunity(opportunity) => self::opportunity(stack, opportunity),
            Entry::Measured(measured) => self::measured(here, stack, measured),
            Entry::Charge(charge) => self::charge(stack, charge),
            Entry::Picture(picture) => self::picture(stack, picture),
            Entry::Link(link) => stack.text(&link.title, Style::CELL),
            Entry::Number(number) => stack.plain(&number.text, Style::FIGURE),
        }
    }
}

fn action<'a>(here: &Here<'a>, stack: &mut Stack<'_, 'a>, action: &Action<'a>) {
    stack.text(&action.text, Style::CELL);
    if let Some(entry) = &action.entry {
        stack.plain(&format!("{} {}", here.words.get("comes_in"), entry.text), Style::HINT);
    }
    if !action.leads_to.is_empty() {
        let next: Vec<String> = action.leads_to.iter().map(|link| format!("{}{}", link.how, link.title.text)).collect();
        let text =
            format!("{}{}{}", here.words.get("may_lead_to"), here.words.get("colon"), next.join(here.words.get("or")));
        stack.plain(&text, Style::HINT);
    }
    if let Some(exit) = &action.exit {
        stack.plain(&format!("{} {}", here.words.get("leaves"), exit.text), Style::HINT);
    }
    if action.assumed {
        stack.marked("evidence-none", &here.word("assumption"), Style::HINT);
    }
    if let Some(opens) = &action.opens {
        stack.plain(
            &format!("{}{}{}", here.words.get("in_detail"), here.words.get("colon"), opens.link.title.text),
            Style::HINT,
        );
    }
}

fn met<'a>(here: &Here<'a>, stack: &mut Stack<'_, 'a>, met: &Met<'a>) {
    match met.truth {
        true => stack.between(met.icon, &met.link.title, Style::CELL, "moment"),
        false => stack.marked(met.icon, &met.link.title, Style::CELL),
    }
    if met.planned {
        stack.plain(here.words.get("touchpoint_planned"), Style::HINT);
    }
}

/// What somebody said, between the marks of its language, and how we know.
pub(super) fn quoted<'a>(here: &Here<'a>, stack: &mut Stack<'_, 'a>, quote: &Quoted<'a>) {
    let lang = quote.text.lang.unwrap_or(here.words.tag());
    let [open, close] = marks(lang);
    let text = Said { text: format!("{open}{}{close}", quote.text.text).into(), lang: quote.text.lang };
    stack.text(&text, Style::VOICE);
    evidence(here, stack, &quote.evidence, quote.note.as_ref());
}

/// What stands behind something: a note of the author's, and what was asked and counted.
pub(super) fn evidence<'a>(
    here: &Here<'a>,
    stack: &mut Stack<'_, 'a>,
    evidence: &Evidence<'a>,
    note: Option<&Said<'a>>,
) {
    let icon = match evidence.level {
        "many" => "evidence-many",
        "one" => "evidence-one",
        _ => "evidence-none",
    };
    let known = match evidence.sources.as_slice() {
        [] => Cow::Borrowed(evidence.text),
        [source] => Cow::Borrowed(source.sample.as_str()),
        sources => here.words.list(sources.iter().map(|source| source.sample.as_str())).into(),
    };
    match note {
        Some(note) if known.is_empty() => stack.marked(icon, note, Style::HINT),
        Some(note) => stack.marked_plain(icon, &format!("{} · {known}", note.text), Style::HINT),
        None => stack.marked_plain(icon, &known, Style::HINT),
    }
}

/// What hurts, under how bad it is.
pub(super) fn pain<'a>(stack: &mut Stack<'_, 'a>, pain: &PainView<'a>) {
    if let Some(severity) = &pain.severity {
        tag(stack, severity);
    }
    stack.text(&pain.text, Style::CELL);
}

/// An opportunity and how far it is.
pub(super) fn opportunity<'a>(stack: &mut Stack<'_, 'a>, opportunity: &OpportunityView<'a>) {
    stack.text(&opportunity.link.title, Style::CELL);
    tag(stack, &opportunity.status);
}

/// A short line with a drawing before it.
pub(super) fn tag(stack: &mut Stack<'_, '_>, tag: &Tag) {
    let style = if tag.strong { Style::LABEL } else { Style::HINT };
    stack.marked_plain(tag.icon, &tag.text, style);
}

fn measured<'a>(here: &Here<'a>, stack: &mut Stack<'_, 'a>, measured: &Measured<'a>) {
    let name = &measured.link.title;
    match measured.unit.is_empty() {
        true => stack.text(name, Style::HINT),
        false => stack.plain(&here.words.list([&*name.text, &measured.unit]), Style::HINT),
    }
    stack.plain(&measured.value, Style::FIGURE);
}

fn charge<'a>(stack: &mut Stack<'_, 'a>, charge: &Charge<'a>) {
    let team = &charge.team.title;
    match &charge.lead {
        Some(lead) => {
            stack.text(lead, Style::CELL);
            stack.text(team, Style::HINT.in_role(Role::Muted));
        }
        None => stack.text(team, Style::CELL),
    }
}

/// What a picture shows, in words: a file that stands alone refers to no other.
fn picture<'a>(stack: &mut Stack<'_, 'a>, picture: &Picture<'a>) {
    if let Some(caption) = &picture.caption {
        stack.text(caption, Style::CELL);
    }
    stack.plain(picture.alt, Style::HINT);
}

/// How a language marks what somebody said.
fn marks(lang: &str) -> [&'static str; 2] {
    match lang.split('-').next().unwrap_or_default() {
        "de" | "cs" | "sk" | "bg" => ["„", "“"],
        "fr" => ["«\u{a0}", "\u{a0}»"],
        "es" | "it" | "ru" | "uk" | "el" => ["«", "»"],
        "pl" | "ro" | "hu" => ["„", "”"],
        "sv" | "fi" => ["”", "”"],
        "ja" => ["「", "」"],
        _ => ["“", "”"],
    }
}
