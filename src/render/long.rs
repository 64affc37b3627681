//! A file that grows with the handbook: written as it is made, and never held as a whole.

use std::io::{self, Write};

use super::{Site, json};
use crate::path::SitePath;
use crate::views::data::Export;
use crate::views::{self, Page, PageKind, Shown};

/// The handbook as data, of which [`Site::read`] gives the same bytes at once.
#[derive(Debug, Clone, Copy)]
pub struct Long<'a> {
    site: &'a Site,
    page: &'a Page,
}

impl Site {
    /// What stands at an address, if it is of the kind that is better written than read.
    pub fn long(&self, path: &SitePath) -> Option<Long<'_>> {
        let page = self.pages.at(path).filter(|page| page.kind == PageKind::Export(Export::Handbook))?;
        Some(Long { site: self, page })
    }
}

impl Long<'_> {
    /// Writes it.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        let Self { site, page } = *self;
        let words = &site.language(page).words;
        match views::view((&site.handbook, &site.pages, &site.verdict), words, page) {
            Shown::Data(data) => json::write(&data, &mut out),
            Shown::Page(_) => Ok(()),
        }
    }
}
