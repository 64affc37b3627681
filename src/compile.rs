//! The pipeline, and nothing beside it.

use crate::diag::Report;
use crate::render::{Site, Theme};
use crate::source::Sources;
use crate::views::findings::Findings;
use crate::{checks, parse, resolve, views};

/// Builds a handbook. Touches neither disk nor clock, and always gives a site: as whole as the sources
/// allow, so that a preview can show unfinished work. Whether to publish it is read off the report.
pub fn compile(sources: &Sources) -> (Site, Report) {
    let mut report = Report::default();
    let drafts = parse::all(sources, &mut report);
    let handbook = resolve::link(drafts, sources, &mut report);
    checks::run(&handbook, &mut report);
    let mut pages = views::derive(&handbook, &mut report);
    let theme = Theme::load(&handbook.settings, sources, &mut report);
    report.sort();
    pages.findings = Findings::of(&handbook, &report, sources);
    (Site::new(handbook, pages, theme), report)
}
