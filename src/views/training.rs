//! Courses and lessons: what one can do afterwards, the way through, the text.

use serde::Serialize;

use super::cards::Card;
use super::here::{Here, Link, Said};
use super::pages::PageKind;
use super::parts::Review;
use super::prose::Running;
use super::split::Pager;
use crate::model::{Course, Id, Lesson, Target};

/// How many lessons of a course stand beside each of them: all of a course of thousands on each of its pages would grow
/// with the square of the course.
const MOST_BESIDE: usize = 50;

/// All courses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CardsView<'a> {
    /// Each page, for short.
    pub cards: Vec<Card<'a>>,
    /// The text of the list's own page.
    pub body: Running<'a>,
    /// The way to the others, if there are many.
    pub pager: Option<Pager>,
}

/// A course.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CourseView<'a> {
    /// Who it is for.
    pub audience: Option<Said<'a>>,
    /// How many lessons.
    pub lessons_said: String,
    /// How long they take; empty if nobody said.
    pub time_said: String,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
    /// What one can do afterwards.
    pub objectives: Vec<Said<'a>>,
    /// The lessons.
    pub lessons: Vec<LessonLine<'a>>,
    /// The way to the others, if there are many.
    pub pager: Option<Pager>,
}

/// A lesson in a course.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessonLine<'a> {
    /// Its place, from 1.
    pub number: usize,
    /// The lesson.
    pub link: Link<'a>,
    /// How long it takes; empty if nobody said.
    pub time_said: String,
    /// What it is about.
    pub summary: Option<Said<'a>>,
}

/// A lesson on the way through its course, beside one of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessonStop<'a> {
    /// Its place, from 1.
    pub number: usize,
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub title: Said<'a>,
    /// `done` before the page's own, `current` for it, empty after it.
    pub state: &'static str,
}

/// A lesson.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessonView<'a> {
    /// What one can do afterwards.
    pub objectives: Vec<Said<'a>>,
    /// The lesson.
    pub body: Running<'a>,
    /// The course.
    pub course: Link<'a>,
    /// “Lesson 3 of 8, about 25 minutes.”
    pub place_said: String,
    /// The course's lessons; of a long course those around this one.
    pub lessons: Vec<LessonStop<'a>>,
    /// The lesson before.
    pub previous: Option<Link<'a>>,
    /// The lesson after.
    pub next: Option<Link<'a>>,
    /// When it was last confirmed.
    pub review: Option<Review<'a>>,
}

/// The list of courses.
pub fn courses<'a>(here: &Here<'a>) -> CardsView<'a> {
    let kind = PageKind::Training;
    let courses = here.on_this_part(kind, here.handbook.courses.ids());
    CardsView {
        cards: courses.map(|id| here.course_card(id)).collect(),
        body: Running::default(),
        pager: here.pager(kind),
    }
}

/// A course's page.
pub fn course<'a>(here: &Here<'a>, id: Id<Course>) -> CourseView<'a> {
    let course = &here.handbook[id];
    let kind = PageKind::Course(id);
    CourseView {
        audience: course.audience.as_ref().map(|audience| here.said(audience)),
        lessons_said: here.words.count("lessons_count", course.lessons.len()),
        time_said: time(here, here.minutes(course.lessons.iter().map(|&id| &here.handbook[id]))),
        owner: here.owner(course.item.owner),
        objectives: here.all_said(&course.objectives),
        lessons: here.on_this_part(kind, lines(here, course)).collect(),
        pager: here.pager(kind),
    }
}

/// A lesson's page.
pub fn lesson<'a>(here: &Here<'a>, id: Id<Lesson>) -> LessonView<'a> {
    let lesson = &here.handbook[id];
    let course = &here.handbook[lesson.course];
    let at = course.lessons.iter().position(|&other| other == id);
    let neighbour =
        |at: Option<usize>| at.and_then(|at| course.lessons.get(at)).map(|&id| here.link(Target::Lesson(id)));
    let first = at.unwrap_or(0).saturating_sub(MOST_BESIDE / 2).min(course.lessons.len().saturating_sub(MOST_BESIDE));
    let number = at.map_or(0, |at| at + 1).to_string();
    let all = course.lessons.len().to_string();
    let place = here.words.fill("lesson_place", &[("n", &number), ("all", &all)]);
    // What somebody said goes before what can be counted: there is more to a lesson than its text.
    let said = lesson.minutes.map(|minutes| here.words.count("about_minutes", minutes as usize));
    let time = said.or_else(|| Some(here.reading_time(&lesson.body)).filter(|time| !time.is_empty()));
    LessonView {
        objectives: here.all_said(&lesson.objectives),
        body: here.running(&lesson.body),
        course: here.link(Target::Course(lesson.course)),
        place_said: here.words.list([Some(place), time].iter().flatten().map(String::as_str)),
        lessons: (first..course.lessons.len()).take(MOST_BESIDE).map(|index| stop(here, course, index, at)).collect(),
        previous: neighbour(at.and_then(|at| at.checked_sub(1))),
        next: neighbour(at.map(|at| at + 1)),
        review: here.review(&lesson.item),
    }
}

/// The lessons of a course, made one by one as they are taken.
fn lines<'a>(here: &Here<'a>, course: &'a Course) -> impl Iterator<Item = LessonLine<'a>> + use<'a> {
    let here = *here;
    let lessons = course.lessons.iter().enumerate();
    lessons.map(move |(index, &id)| {
        let lesson = &here.handbook[id];
        LessonLine {
            number: index + 1,
            link: here.link(Target::Lesson(id)),
            time_said: time(&here, lesson.minutes.unwrap_or(0) as usize),
            summary: lesson.item.summary.as_ref().map(|summary| here.said(summary)),
        }
    })
}

fn stop<'a>(here: &Here<'a>, course: &'a Course, index: usize, current: Option<usize>) -> LessonStop<'a> {
    let id = course.lessons[index];
    let (href, title) = (here.href(Target::Lesson(id)), here.called(&here.handbook[id].item));
    let state = match current {
        Some(current) if index < current => "done",
        Some(current) if index == current => "current",
        _ => "",
    };
    LessonStop { number: index + 1, href, title, state }
}

fn time(here: &Here<'_>, minutes: usize) -> String {
    if minutes == 0 { String::new() } else { here.words.count("minutes", minutes) }
}
