//! A map on one sheet: its drawing as shapes at fixed places, to be taken away as a single file.
//!
//! Everything is placed here, in pixels, so that whoever draws the sheet needs no browser, no style and no font of ours.
//! Widths of texts are estimates with some air: lines are broken before they could leave their column, and rows grow with
//! their lines, so nothing is cut off. Colours are roles; what paints them decides which they are.
//!
//! A sheet has some hundreds of shapes and as many texts. So a shape is put where it stays at once, and what it says stands
//! with all other words in one long text, of which it has a stretch.

mod blueprint;
mod breaks;
mod canvas;
mod cells;
mod crowd;
mod day;
mod empathy;
mod felt;
mod head;
mod paths;
mod shape;
mod stack;
mod table;

use std::borrow::Cow;

pub use shape::{Anchor, Bounds, CurveShape, Dash, Role, Shape, Stretch, TextShape};

use super::here::Here;
use crate::model::{Contents, Id, JourneyMap};
use canvas::Canvas;

/// A drawing, from its left top corner, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet<'a> {
    /// What the map is called.
    pub title: Cow<'a, str>,
    /// What it shows, for those who do not see it.
    pub told: String,
    /// The language, as a BCP 47 tag.
    pub lang: &'a str,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
    /// What is drawn, from the back to the front.
    pub shapes: Vec<Shape<'a>>,
    /// What its shapes say.
    words: String,
}

/// What a kind of map has drawn from where it was told to.
struct Drawing {
    told: String,
    height: f64,
}

/// Kept free round the sheet.
const MARGIN: f64 = 40.0;
/// Kept free between head, drawing and foot.
const GAP: f64 = 22.0;
/// A narrower drawing stands on a sheet of this width, for the sake of its head.
const NARROWEST: f64 = 960.0;

/// A map as a sheet.
pub fn sheet<'a>(here: &Here<'a>, id: Id<JourneyMap>) -> Sheet<'a> {
    // A file that is taken away leads nowhere.
    let here = &here.without_ways();
    let map = &here.handbook[id];
    let width = match &map.contents {
        Contents::ServiceBlueprint(_) => blueprint::width(map),
        Contents::Empathy(_) => empathy::WIDTH,
        Contents::DayInTheLife(_) => day::WIDTH,
        _ => table::width(map.stages.len()),
    };
    let width = width.max(NARROWEST);
    let mut canvas = Canvas::new();
    let mut y = MARGIN;
    y += canvas.from([MARGIN, y], |canvas| head::head(here, canvas, map, width)) + GAP;
    let drawing = canvas.from([MARGIN, y], |canvas| match &map.contents {
        Contents::ServiceBlueprint(contents) => blueprint::draw(here, canvas, (id, map), contents),
        Contents::Empathy(contents) => empathy::draw(here, canvas, map, contents),
        Contents::DayInTheLife(days) => day::draw(here, canvas, (id, map), days),
        Contents::PersonaBased(_) => crowd::draw(here, canvas, (id, map)),
        _ => table::draw(here, canvas, id, map),
    });
    y += drawing.height + GAP;
    y += canvas.from([MARGIN, y], |canvas| head::foot(here, canvas, map, width));
    let (shapes, words) = canvas.into_parts();
    Sheet {
        title: here.said(&map.item.title).text,
        told: drawing.told,
        lang: here.words.tag(),
        width: width + 2.0 * MARGIN,
        height: y + MARGIN,
        shapes,
        words,
    }
}

impl Sheet<'_> {
    /// The words of a stretch.
    pub fn read(&self, stretch: Stretch) -> &str {
        stretch.of(&self.words)
    }

    /// Every text that is drawn, and its words with a line feed between two lines.
    pub fn texts(&self) -> impl Iterator<Item = (&TextShape<'_>, &str)> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(text) => Some((text, self.read(text.words))),
            _ => None,
        })
    }
}
