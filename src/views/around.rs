//! The files around the pages, planned when every page has its address.

use super::pages::{PageKind, Plan};
use super::{moved, sitemap};

/// Plans them. The plan is that of the default language: these files are for all languages at once.
pub(super) fn plan(mut plan: Plan<'_>) {
    moved::plan(&mut plan);
    plan.around();
}

impl Plan<'_> {
    /// What search engines are handed, for all languages at once.
    fn around(&mut self) {
        if sitemap::has_sitemap(self.handbook) {
            self.add("sitemap.xml", PageKind::Sitemap, None);
            let files = sitemap::files(self.handbook, self.pages);
            for part in (1..=files).filter(|_| files > 1) {
                self.add_part(&format!("sitemap-{part}.xml"), PageKind::Sitemap, part, None);
            }
        }
        self.add("robots.txt", PageKind::Robots, None);
    }
}
