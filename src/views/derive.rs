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
    let (dues, translations, tags, shelf) = others;
    let mut pages = Pages { uses: uses.into(), ..of_maps };
    (pages.dues, pages.translations) = (dues.into(), translations.into());
    (pages.tags, pages.shelf) = (tags.into(), shelf.into());
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
    pages.number();
    pages
}

/// What is derived from every kind of item alike.
fn others(handbook: &Handbook) -> (Dues, Translations, Tags, Shelf) {
    let (dues, tags) = parallel::both(|| Dues::of(handbook), || Tags::of(handbook));
    (dues, Translations::of(handbook), tags, Shelf::of(&handbook.guides))
}

/// What is derived from the maps and from what they name, and from nothing else.
fn of_maps(handbook: &Handbook, uses: &Uses) -> Pages {
    let (line, map_order) = parallel::both(|| Line::of(handbook), || rollup::in_order(handbook));
    // Each of these goes once through all maps.
    let ((matrix, order), (moments, gaps)) = parallel::both(
        || parallel::both(|| Matrix::of(handbook, &line, uses), || catalog::order(handbook, &line, uses)),
        || parallel::both(|| Moments::of(handbook, &line), || Gaps::of(handbook)),
    );
    let (evidence, worked) = parallel::both(|| evidence_coverage::total(handbook), || Worked::of(handbook, uses));
    Pages {
        matrix: Arc::new(matrix).into(),
        order: Arc::new(order).into(),
        moments: Arc::new(moments).into(),
        gaps: Arc::new(gaps).into(),
        evidence: evidence.into(),
        worked: Arc::new(worked).into(),
        line: Arc::new(line).into(),
        map_order: Arc::new(map_order).into(),
        ..Pages::default()
    }
}

/// The same as an earlier plan has it.
fn same_maps(before: &Pages) -> Pages {
    Pages {
        matrix: Arc::clone(&before.matrix).into(),
        order: Arc::clone(&before.order).into(),
        moments: Arc::clone(&before.moments).into(),
        gaps: Arc::clone(&before.gaps).into(),
        evidence: (*before.evidence).into(),
        worked: Arc::clone(&before.worked).into(),
        line: Arc::clone(&before.line).into(),
        map_order: Arc::clone(&before.map_order).into(),
        ..Pages::default()
    }
}
