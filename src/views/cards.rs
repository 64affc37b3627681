//! Cards: a page in a few lines, for the pages that list pages.

use serde::Serialize;

use super::felt::{Lowest, Spark};
use super::here::{Day, Here, Link, Said};
use super::parts::{Who, initials};
use crate::model::{Course, Guide, Id, JourneyMap, Lesson, Persona, Target};

/// The height of a card's sparkline, in pixels.
const SPARK_HEIGHT: f64 = 56.0;

/// A map, for short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapCard<'a> {
    /// “Journey map, current”.
    pub hint: &'a str,
    /// The map.
    pub link: Link<'a>,
    /// The one sentence to remember.
    pub finding: Option<Said<'a>>,
    /// How it feels.
    pub spark: Option<Spark>,
    /// The moment it is remembered for.
    pub lowest: Option<Lowest<'a>>,
    /// Whose journey.
    pub who: Option<Who<'a>>,
    /// Whose journey a persona-based map is; empty for another kind.
    pub people: Vec<Who<'a>>,
    /// When it was last confirmed.
    pub reviewed: Option<Day>,
}

/// A persona, for short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonaCard<'a> {
    /// The persona.
    pub link: Link<'a>,
    /// What kind of customer.
    pub role: Option<Said<'a>>,
    /// The thing to remember.
    pub summary: Option<Said<'a>>,
    /// The picture.
    pub portrait: Portrait<'a>,
}

/// A persona's picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Portrait<'a> {
    /// The file; initials are drawn without one.
    pub src: Option<String>,
    /// Up to two letters for the name.
    pub initials: String,
    /// The name.
    pub name: &'a str,
}

/// Any other page, for short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card<'a> {
    /// A small line above the title; may be empty.
    pub hint: String,
    /// The page.
    pub link: Link<'a>,
    /// What it is about.
    pub summary: Option<Said<'a>>,
    /// A line at the foot.
    pub foot: Option<Said<'a>>,
}

impl<'a> Here<'a> {
    /// A map, for short.
    pub fn map_card(&self, id: Id<JourneyMap>) -> MapCard<'a> {
        let map = &self.handbook[id];
        MapCard {
            hint: self.map_kind(map),
            link: self.link(Target::Map(id)),
            finding: map.finding.as_ref().map(|finding| self.said(finding)),
            spark: self.spark(map, SPARK_HEIGHT),
            lowest: self.lowest(map),
            who: map.persona.map(|persona| self.who(persona)),
            people: self.people(map),
            reviewed: map.item.review.reviewed.map(|date| self.day(date)),
        }
    }

    /// A persona, for short.
    pub fn persona_card(&self, id: Id<Persona>) -> PersonaCard<'a> {
        let persona = &self.handbook[id];
        PersonaCard {
            link: self.link(Target::Persona(id)),
            role: persona.role.as_ref().map(|role| self.said(role)),
            summary: persona.item.summary.as_ref().map(|summary| self.said(summary)),
            portrait: self.portrait(persona),
        }
    }

    /// A persona's picture.
    pub fn portrait(&self, persona: &'a Persona) -> Portrait<'a> {
        let name = persona.item.title.str(self.lang);
        Portrait { src: persona.portrait.map(|file| self.asset(file)), initials: initials(name), name }
    }

    /// A course, for short.
    pub fn course_card(&self, id: Id<Course>) -> Card<'a> {
        let course = &self.handbook[id];
        Card {
            hint: self.course_size(course),
            link: self.link(Target::Course(id)),
            summary: course.item.summary.as_ref().map(|summary| self.said(summary)),
            foot: course.audience.as_ref().map(|audience| self.said(audience)),
        }
    }

    /// “4 lessons, 80 minutes”.
    pub fn course_size(&self, course: &Course) -> String {
        let lessons = self.words.count("lessons_count", course.lessons.len());
        match self.minutes(course.lessons.iter().map(|&id| &self.handbook[id])) {
            0 => lessons,
            minutes => self.words.list([lessons.as_str(), &self.words.count("minutes", minutes)]),
        }
    }

    /// How long some lessons take, in minutes.
    pub fn minutes<'l>(&self, lessons: impl Iterator<Item = &'l Lesson>) -> usize {
        lessons.filter_map(|lesson| lesson.minutes).sum::<u32>() as usize
    }

    /// A guide, for short.
    pub fn guide_card(&self, id: Id<Guide>) -> Card<'a> {
        let guide = &self.handbook[id];
        let below = self.pages.shelf.below(id).len();
        Card {
            hint: if below > 0 { self.words.count("pages_count", below) } else { String::new() },
            link: self.link(Target::Guide(id)),
            summary: guide.item.summary.as_ref().map(|summary| self.said(summary)),
            foot: None,
        }
    }
}
