//! A handbook into a plan: what is derived from all of it, and then every address.
//!
//! Most of what is derived comes of the maps alone. While those and all that they name keep their shape, a plan that was made
//! before has it already: a lesson more, or another guide, costs what lessons and guides cost.

use std::sync::Arc;

use super::catalog;
use super::dues::Dues;
use super::matrix::Matrix;
use super::moments::Moments;
use super::pages::{Pages, Plan, planned};
use super::shelf::Shelf;
use super::stages::Line;
use super::steps::Steps;
use super::tags::Tags;
use super::translations::Translations;
use super::uses::Uses;
use super::worked::Worked;
use super::{around, evidence_coverage, rollup};
use crate::diag::Report;
use crate::hash::HashMap;
use crate::model::hurt::Gaps;
use crate::model::{Handbook, Lang};
use crate::parallel;
use crate::path::SitePath;

/// Plans the site: addresses and backlinks. Of two pages with one address the first is kept and the report
/// says so.
pub fn derive(handbook: &Handbook, report: &mut Report) -> Pages {
    derive_after(handbook, None, report)
}

/// Like [`derive()`], after a plan for a handbook whose maps were [alike](Handbook::has_alike_maps), if there is one.
pub fn derive_after(handbook: &Handbook, before: Option<&Pages>, report: &mut Report) -> Pages {
    let (uses, others) = parallel::both(|| Uses::of(handbook), || others(handbook));
    let of_maps = match before {
        Some(before) => same_maps(before),
        None => of_maps(handbook, &uses),
    };
    let mut pages = Pages { uses, ..of_maps };
    (pages.dues, pages.translations, pages.tags, pages.shelf) = others;
    pages.assets = handbook.assets.iter().filter_map(|asset| SitePath::new(asset.path.as_str())).collect();
    pages.terms = handbook.terms.names().map(str::to_owned).collect();
    if let Some(before) = before {
        pages.expect_as_many_as(before);
    }
    let mut plan = Plan { handbook, lang: Lang::DEFAULT, pages: &mut pages, spans: HashMap::default(), report };
    for lang in planned(handbook) {
        plan.lang = lang;
        plan.indexes();
        plan.items();
    }
    plan.lang = Lang::DEFAULT;
    around::plan(plan);
    pages
}

/// What is derived from every kind of item alike.
fn others(handbook: &Handbook) -> (Dues, Translations, Tags, Shelf) {
    let (dues, tags) = parallel::both(|| Dues::of(handbook), || Tags::of(handbook));
    (dues, Translations::of(handbook), tags, Shelf::of(&handbook.guides))
}

/// What is derived from the maps and from what they name, and from nothing else.
fn of_maps(handbook: &Handbook, uses: &Uses) -> Pages {
    let counted = || {
        let line = Line::of(handbook);
        (Steps::of(handbook, &line), line)
    };
    let ((steps, line), map_order) = parallel::both(counted, || rollup::in_order(handbook));
    // Each of these goes once through all maps.
    let ((matrix, order), (moments, gaps)) = parallel::both(
        || parallel::both(|| Matrix::of(handbook, &line, &steps, uses), || catalog::order(handbook, &steps, uses)),
        || parallel::both(|| Moments::of(handbook, &steps), || Gaps::of(handbook)),
    );
    let (evidence, worked) = parallel::both(|| evidence_coverage::total(handbook), || Worked::of(handbook, uses));
    Pages {
        steps: steps.into(),
        matrix: matrix.into(),
        order: order.into(),
        moments: moments.into(),
        gaps: gaps.into(),
        evidence,
        worked: worked.into(),
        line: line.into(),
        map_order: map_order.into(),
        ..Pages::default()
    }
}

/// The same as an earlier plan has it.
fn same_maps(before: &Pages) -> Pages {
    Pages {
        steps: Arc::clone(&before.steps),
        matrix: Arc::clone(&before.matrix),
        order: Arc::clone(&before.order),
        moments: Arc::clone(&before.moments),
        gaps: Arc::clone(&before.gaps),
        evidence: before.evidence,
        worked: Arc::clone(&before.worked),
        line: Arc::clone(&before.line),
        map_order: Arc::clone(&before.map_order),
        ..Pages::default()
    }
}
