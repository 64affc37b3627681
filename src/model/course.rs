//! Courses and lessons: lessons in order; one sitting each.

use super::link::State;
use super::text::Text;
use super::{Id, Item, Linked, List, Local, Prose};

/// Lessons in order.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Course<S: State = Linked> {
    /// Name, title, summary, owner, review.
    pub item: Item<S>,
    /// Who it is for.
    pub audience: Option<Text>,
    /// What one can do afterwards.
    pub objectives: List<Text>,
    /// Its drawing.
    pub icon: Option<String>,
    /// Its lessons, in the order they are taught.
    pub lessons: Vec<Id<Lesson>>,
}

/// One sitting.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Lesson<S: State = Linked> {
    /// Named `COURSE/LESSON`.
    pub item: Item<S>,
    /// The course it belongs to.
    pub course: Id<Course>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// What one can do afterwards.
    pub objectives: List<Text>,
    /// The lesson.
    pub body: Local<Prose<S>>,
}
