//! The files that a map's page offers to take away.

use serde::Serialize;

use super::here::Here;
use super::pages::{Format, PageKind};
use crate::model::{Id, JourneyMap};

/// A file to take away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Download<'a> {
    /// Where it is, relative to the page.
    pub href: String,
    /// The name of the format: `JSON`.
    pub name: &'static str,
    /// What the file is, for whoever wonders.
    pub hint: &'a str,
    /// Its media type.
    pub media: &'static str,
}

impl<'a> Here<'a> {
    /// The files of a map; empty only for a map that has no page.
    pub fn downloads(&self, map: Id<JourneyMap>) -> Vec<Download<'a>> {
        let there = Format::ALL.iter().filter_map(|&format| {
            let page = self.pages.of(PageKind::MapData(map, format), self.lang)?;
            Some(Download {
                href: self.way(&page.path, None),
                name: format.name(),
                hint: self.words.get(hint(format)),
                media: format.media(),
            })
        });
        there.collect()
    }
}

fn hint(format: Format) -> &'static str {
    match format {
        Format::Json => "download_json",
        Format::Csv => "download_csv",
        Format::Svg => "download_svg",
    }
}

impl Format {
    /// Every format, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Json, Self::Csv];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Svg => "SVG",
        }
    }

    /// How its files' names end, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Svg => "svg",
        }
    }

    /// Its media type, without parameters.
    pub fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Svg => "image/svg+xml",
        }
    }
}
