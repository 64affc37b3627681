//! Evidence coverage: how much of what the maps state cites evidence, by map, by stage and by persona, and every assumption
//! where it stands. The counting is done in [`super::evidence_coverage`], for this page and for each map's own bar.

use serde::Serialize;

use super::evidence_coverage::{self as counting, Share, Statement, StatementKind, Tally};
use super::here::{Here, Link, Said};
use super::pages::PageKind;
use super::split::Pager;
use super::spot::{Capped, Spot};
use crate::model::{Id, JourneyMap, Persona, Target};

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceView<'a> {
    /// All maps that show what is.
    pub total: Option<CoverageRow<'a>>,
    /// By stage; only on the first part of a long list.
    pub stages: Vec<CoverageRow<'a>>,
    /// By map.
    pub maps: Vec<CoverageRow<'a>>,
    /// By persona.
    pub personas: Vec<CoverageRow<'a>>,
    /// The assumptions of each map that has any.
    pub assumptions: Vec<Assumptions<'a>>,
    /// The way to further maps and personas.
    pub pager: Option<Pager>,
}

/// One thing and how much of what is stated of it cites evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageRow<'a> {
    /// The thing.
    pub title: Said<'a>,
    /// Where it is; `None` for a stage.
    pub href: Option<String>,
    /// A remark: that a map does not count in the sums.
    pub note: Option<&'a str>,
    /// All kinds together.
    pub all: ShareView,
    /// Pains, feelings, quotes, figures and observations; `None` where there are none.
    pub kinds: Vec<Option<ShareView>>,
}

/// A share in words and as the width of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShareView {
    /// “12 of 17”.
    pub of: String,
    /// “71%”.
    pub percent: String,
    /// The width of the bar, such as `70.6%`.
    pub width: String,
}

/// What a map states without evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumptions<'a> {
    /// The map.
    pub map: Link<'a>,
    /// The first of them.
    pub list: Capped<Assumption<'a>>,
}

/// Something stated without evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption<'a> {
    /// What it is.
    pub kind: &'a str,
    /// Its words.
    pub text: Said<'a>,
    /// Where it stands.
    pub spot: Spot<'a>,
}

/// How many assumptions of one map are listed; its own page marks them all.
const MOST: usize = 8;

/// The page.
pub fn evidence<'a>(here: &Here<'a>) -> EvidenceView<'a> {
    let handbook = here.handbook;
    let kind = PageKind::EvidenceCoverage;
    let maps = here.on_this_part(kind, handbook.maps.ids());
    let personas = here.on_this_part(kind, handbook.personas.ids());
    let total = here.pages.evidence(here.handbook);
    let title = here.word("all_maps");
    let (mut rows, mut assumed) = (Vec::new(), Vec::new());
    for id in maps {
        let statements = counting::statements(handbook, &handbook[id]);
        assumed.extend(assumptions(here, id, &statements));
        rows.extend(map_row(here, id, statements));
    }
    EvidenceView {
        total: here.coverage_row(title, None, total),
        stages: if here.part == 0 { stages(here) } else { Vec::new() },
        maps: rows,
        personas: personas.filter_map(|id| persona_row(here, id)).collect(),
        assumptions: assumed,
        pager: here.pager(kind),
    }
}

fn stages<'a>(here: &Here<'a>) -> Vec<CoverageRow<'a>> {
    let line = &here.pages.line;
    let columns = line.columns();
    let tallies = counting::by_stage(here.handbook, columns.len(), |stage| line.place(stage));
    let titles = columns.iter().map(|(_, title)| here.said(title)).chain([here.word("other_stages")]);
    titles.zip(tallies).filter_map(|(title, tally)| here.coverage_row(title, None, tally)).collect()
}

fn map_row<'a>(here: &Here<'a>, id: Id<JourneyMap>, statements: Vec<Statement<'a>>) -> Option<CoverageRow<'a>> {
    let target = Target::Map(id);
    let mut row = here.coverage_row(here.title(target), Some(here.href(target)), Tally::of(statements))?;
    row.note = (!counting::is_observed(&here.handbook[id])).then(|| here.words.get("not_in_sums"));
    Some(row)
}

fn persona_row<'a>(here: &Here<'a>, id: Id<Persona>) -> Option<CoverageRow<'a>> {
    let target = Target::Persona(id);
    let tally = counting::of_persona(here.handbook, id, here.pages.uses.maps_of(id));
    here.coverage_row(here.title(target), Some(here.href(target)), tally)
}

fn assumptions<'a>(here: &Here<'a>, id: Id<JourneyMap>, statements: &[Statement<'a>]) -> Option<Assumptions<'a>> {
    let assumed = statements.iter().filter(|statement| !statement.is_known());
    let assumption = |statement: &Statement<'a>| Assumption {
        kind: here.words.get(match statement.kind {
            StatementKind::Pain => "statement_pain",
            StatementKind::Feeling => "statement_feeling",
            StatementKind::Quote => "statement_quote",
            StatementKind::Figure => "statement_figure",
            StatementKind::Observation => "statement_observation",
        }),
        text: here.said(statement.text),
        spot: here.spot(id, statement.stage, statement.step, statement.by),
    };
    let list = Capped::new(here, MOST, assumed, assumption);
    (list.all > 0).then(|| Assumptions { map: here.link(Target::Map(id)), list })
}

impl<'a> Here<'a> {
    /// One thing and its shares; `None` if nothing is stated of it.
    fn coverage_row(&self, title: Said<'a>, href: Option<String>, tally: Tally) -> Option<CoverageRow<'a>> {
        let all = self.share(tally.all())?;
        Some(CoverageRow {
            title,
            href,
            note: None,
            all,
            kinds: tally.0.iter().map(|share| self.share(*share)).collect(),
        })
    }

    /// A share in words and as a width; `None` of nothing.
    pub fn share(&self, share: Share) -> Option<ShareView> {
        let percent = share.percent()?;
        let figure = |count: usize| self.words.figure(count as f64);
        let width = share.known as f64 * 100.0 / share.all as f64;
        Some(ShareView {
            of: self.words.fill("n_of_all", &[("n", &figure(share.known)), ("all", &figure(share.all))]),
            percent: format!("{percent}%"),
            width: format!("{width:.1}%"),
        })
    }
}
