//! A handbook into a plan: what is derived from all of it, and then every address.
//!
//! Most of what is derived comes of the maps alone. While those and all that they name keep their shape, a plan that was made
//! before has it already: a lesson more, or another guide, costs what lessons and guides cost.

use std::sync::Arc;

use super::catalog;
use super::dues::Dues;
use super::evidence_coverage::Tally;
use super::matrix::Matrix;
use super::met::Counted;
use super::moments::Moments;
use super::pages::{Pages, Plan, planned};
use super::rollup::Placed;
use super::shelf::Shelf;
use super::stages::Line;
use super::steps::Steps;
use super::tags::Tags;
use super::uses::Uses;
use super::worked::{Ground, MOST_WORKED, Worked};
use super::{around, evidence_coverage, rollup};
use crate::diag::Report;
use crate::model::hurt::Gaps;
use crate::model::{Handbook, Id, Lang, Opportunity, Touchpoint};
use crate::parallel;
use crate::path::SitePath;

/// Plans the site: addresses and backlinks. Of two pages with one address the first is kept and the report
/// says so.
pub fn derive(handbook: &Handbook, report: &mut Report) -> Pages {
    derive_after(handbook, None, report)
}

/// Like [`derive()`], after a plan for a handbook whose maps were [alike](Handbook::has_alike_maps), if there is one.
pub fn derive_after(handbook: &Handbook, before: Option<&Pages>, report: &mut Report) -> Pages {
    let of_maps = || before.map_or_else(|| of_maps(handbook), same_maps);
    let (uses, (of_maps, others)) =
        parallel::both(|| Uses::of(handbook), || parallel::both(of_maps, || others(handbook)));
    let mut pages = Pages { uses, ..of_maps };
    let (dues, tags, shelf) = others;
    (pages.dues, pages.tags, pages.shelf) = (dues.into(), tags.into(), shelf);
    pages.assets = handbook.assets.iter().filter_map(|asset| SitePath::new(asset.path.as_str())).collect();
    pages.terms = handbook.terms.names().map(str::to_owned).collect();
    if let Some(before) = before {
        pages.expect_as_many_as(before);
    }
    let mut plan = Plan { handbook, lang: Lang::DEFAULT, pages: &mut pages, spans: Vec::new(), report };
    for lang in planned(handbook) {
        plan.lang = lang;
        plan.indexes();
        plan.items();
    }
    plan.lang = Lang::DEFAULT;
    around::plan(plan);
    pages.number();
    pages
}

/// What is derived from every kind of item alike.
fn others(handbook: &Handbook) -> (Dues, Tags, Shelf) {
    let (dues, tags) = parallel::both(|| Dues::of(handbook), || Tags::of(handbook));
    (dues, tags, Shelf::of(&handbook.guides))
}

/// What is derived from the maps and from what they name, and from nothing else. What no address rests on waits until it
/// is asked for.
fn of_maps(handbook: &Handbook) -> Pages {
    let counted = || {
        let line = Line::of(handbook);
        let steps = Steps::of(handbook, &line);
        (Moments::of(handbook, &steps), steps, line)
    };
    let (gaps, (moments, steps, line)) = parallel::both(|| Gaps::of(handbook), counted);
    Pages {
        moments: Arc::new(moments).into(),
        gaps: Arc::new(gaps).into(),
        steps: Arc::new(steps),
        line: Arc::new(line).into(),
        figures: Counted::of(handbook.touchpoints.len()),
        ..Pages::default()
    }
}

/// The same as an earlier plan has it.
fn same_maps(before: &Pages) -> Pages {
    Pages {
        steps: Arc::clone(&before.steps),
        moments: Arc::clone(&before.moments).into(),
        gaps: Arc::clone(&before.gaps).into(),
        line: Arc::clone(&before.line).into(),
        matrix: before.matrix.clone(),
        order: before.order.clone(),
        evidence: before.evidence.clone(),
        worked: before.worked.clone(),
        map_order: before.map_order.clone(),
        figures: before.figures.clone(),
        ..Pages::default()
    }
}

/// What waits until it is asked for.
impl Pages {
    /// Channel by stage, over all maps that show what is.
    pub(super) fn matrix(&self, handbook: &Handbook) -> &Matrix {
        self.matrix.get(|| Matrix::of(handbook, &self.line, &self.steps, &self.uses))
    }

    /// The same for those who note themselves what they read of it.
    pub(super) fn unnoted_matrix(&self, handbook: &Handbook) -> &Matrix {
        self.matrix.unnoted().get(|| Matrix::of(handbook, &self.line, &self.steps, &self.uses))
    }

    /// The touchpoints in the order a customer meets them.
    pub(super) fn order(&self, handbook: &Handbook) -> &[Id<Touchpoint>] {
        self.order.get(|| catalog::order(handbook, &self.steps, &self.uses))
    }

    /// How much of what the maps state cites evidence.
    pub(super) fn evidence(&self, handbook: &Handbook) -> Tally {
        *self.evidence.get(|| evidence_coverage::total(handbook))
    }

    /// The finished opportunities that share something with an open one, as [`Worked::before`] gives them; none for others.
    pub(super) fn worked_before(
        &self,
        handbook: &Handbook,
        id: Id<Opportunity>,
    ) -> Vec<(Id<Opportunity>, Vec<Ground>)> {
        // It is part of who uses it.
        self.uses.opportunity(id);
        if !handbook[id].status.is_open() {
            return Vec::new();
        }
        let worked = self.worked.get(|| Worked::of(handbook, &self.steps, &self.uses));
        worked.before(handbook, (&self.steps, &self.uses), id, MOST_WORKED)
    }

    /// Every map, each below the first that opens it.
    pub(super) fn map_order(&self, handbook: &Handbook) -> &[Placed] {
        self.map_order.get(|| rollup::in_order(handbook))
    }
}
