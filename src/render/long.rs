//! A file that grows with the handbook: written as it is made, and never held as a whole.

use std::io::{self, Write};
use std::ops::Range;

use super::things::{Known, Parting, Things};
use super::{Site, json};
use crate::model::Digests;
use crate::path::SitePath;
use crate::views::data::Export;
use crate::views::{self, Page, PageKind, Shown};

/// The handbook as data, of which [`Site::read`] gives the same bytes at once.
#[derive(Debug, Clone, Copy)]
pub struct Long<'a> {
    site: &'a Site,
    page: &'a Page,
}

/// Where a long file goes.
pub trait Sink: Write {
    /// Writes what stands at a place in the file that lies there.
    ///
    /// # Errors
    /// Those of the disk, and one if not all of it stands there.
    fn copy(&mut self, place: Range<u64>) -> io::Result<()>;
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
    pub fn write(&self, out: &mut dyn Sink) -> io::Result<()> {
        self.parted(out, None).map(drop)
    }

    /// The same of a site that rests on `digests`, copying what would be made just so as it lies there, if that is known; gives the
    /// things that it is made of.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_copying(&self, out: &mut dyn Sink, digests: &Digests, known: Option<Known<'_>>) -> io::Result<Things> {
        Ok(self.parted(out, Some(Parting::new(digests, known)))?.map(Parting::end).unwrap_or_default())
    }

    fn parted<'k>(&self, out: &mut dyn Sink, parting: Option<Parting<'k>>) -> io::Result<Option<Parting<'k>>> {
        let Self { site, page } = *self;
        let words = &site.language(page).words;
        match views::view((&site.handbook, &site.pages, &site.verdict), words, page) {
            Shown::Data(data) => json::write(&data, out, parting),
            Shown::Page(_) => Ok(parting),
        }
    }
}
