//! What is not to be seen yet: drafts are left out here, before any link is followed.
//!
//! Decided once, so that everything after (pages, search, data, feeds, counts, the links back) is that of a handbook that
//! never had them. A preview shows drafts: then nothing is left out, and a link that a build would refuse is told of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::Linkable;
use crate::diag::Report;
use crate::history::History;
use crate::model::{Date, Draft, Handbook, Id, Item, Lesson, Noun, Table};
use crate::path::HandbookPath;
use crate::source::{FileId, Sources, Span};

/// The drafts of a handbook.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Drafts {
    /// The file of each in the default language, by kind and name.
    files: BTreeMap<(&'static str, String), FileId>,
    /// The same by its path.
    places: BTreeMap<String, Span>,
    /// Every file of theirs.
    all: BTreeSet<FileId>,
    /// Whether they have been left out.
    left_out: bool,
}

impl Drafts {
    /// Finds the drafts, and takes them out of the handbook unless they are to be shown. What was found in their files is
    /// then nobody's trouble yet.
    pub(super) fn of(handbook: &mut Handbook<Draft>, sources: &Sources, report: &mut Report) -> Self {
        lessons_follow(handbook);
        if !handbook.items().any(|item| item.draft) {
            return Self::default();
        }
        let mut drafts = Self { left_out: !sources.shows_drafts(), ..Self::default() };
        macro_rules! note {
            ($($table:ident),*) => {
                $(for noun in handbook.$table.iter().filter(|noun| noun.item.draft) {
                    drafts.note(word(&handbook.$table), &noun.item, sources);
                })*
            };
        }
        note!(personas, maps, touchpoints, insights, opportunities, metrics, courses, lessons, walkthroughs, guides);
        if let Some(front) = handbook.front.as_ref().filter(|front| front.item.draft) {
            drafts.note("front page", &front.item, sources);
        }
        for metric in handbook.metrics.iter().filter(|metric| metric.item.draft) {
            drafts.all.extend(readings(sources.path(metric.item.file)).and_then(|path| sources.find(&path)));
        }
        if drafts.left_out {
            leave_out(handbook, sources);
            handbook.originals.retain(|original| !drafts.all.contains(&original.file));
            *handbook.history = handbook.history.take().and_then(|history| {
                let hidden = |path: &HandbookPath| sources.find(path).is_some_and(|file| drafts.all.contains(&file));
                without(history, hidden)
            });
            report.forget(|file| drafts.all.contains(&file));
        }
        drafts
    }

    /// Whether there are any.
    pub(super) fn are_none(&self) -> bool {
        self.files.is_empty()
    }

    fn note(&mut self, word: &'static str, item: &Item<Draft>, sources: &Sources) {
        self.files.insert((word, item.name.clone()), item.file);
        self.places.insert(sources.path(item.file).as_str().to_owned(), item.span());
        self.all.extend(item.files());
    }

    /// Where the draft of this kind and name is, if it has been left out.
    pub(super) fn missing<T: Linkable>(&self, name: &str) -> Option<Span> {
        let file = self.files.get(&(T::WORD, name.to_owned())).filter(|_| self.left_out)?;
        Some(Span::start_of(*file))
    }

    /// Where the draft with this file is, if it has been left out.
    pub(super) fn missing_file(&self, path: &str) -> Option<Span> {
        self.places.get(path).copied().filter(|_| self.left_out)
    }

    /// Where the draft of this kind and name is, if it is shown, and linked from something that is none.
    pub(super) fn shown<T: Linkable>(&self, name: &str, from: Span) -> Option<Span> {
        if self.left_out || self.all.is_empty() || self.all.contains(&from.file) {
            return None;
        }
        self.files.get(&(T::WORD, name.to_owned())).map(|file| Span::start_of(*file))
    }

    /// The same of the draft with this file.
    pub(super) fn shown_file(&self, path: &str, from: Span) -> Option<Span> {
        self.places.get(path).copied().filter(|_| !self.left_out && !self.all.contains(&from.file))
    }
}

/// What links call the nouns of a table.
fn word<T: LinkedTwin>(_: &Table<T>) -> &'static str {
    <T::Linked as Linkable>::WORD
}

/// A noun of drafts, and what it is once it is linked.
trait LinkedTwin {
    type Linked: Linkable;
}

macro_rules! twins {
    ($($noun:ident),*) => {
        $(impl LinkedTwin for crate::model::$noun<Draft> {
            type Linked = crate::model::$noun;
        })*
    };
}
twins!(Persona, JourneyMap, Touchpoint, Insight, Opportunity, Metric, Course, Lesson, Walkthrough, Guide);

/// The lessons of a course that is a draft are drafts as well.
fn lessons_follow(handbook: &mut Handbook<Draft>) {
    let courses: Vec<bool> = handbook.courses.iter().map(|course| course.item.draft).collect();
    if courses.contains(&true) {
        each(&mut handbook.lessons, |lesson| {
            let follows = courses[lesson.course.index()] && !lesson.item.draft;
            if follows {
                Arc::make_mut(lesson).item.draft = true;
            }
        });
    }
}

/// Takes every draft out of its table. Lessons and courses know each other by their places, which are counted anew.
fn leave_out(handbook: &mut Handbook<Draft>, sources: &Sources) {
    macro_rules! published {
        ($($table:ident),*) => {
            $(keep(&mut handbook.$table, |noun| !noun.item.draft);)*
        };
    }
    let courses = places(&handbook.courses, |course| !course.item.draft);
    let lessons = places(&handbook.lessons, |lesson| !lesson.item.draft);
    published!(personas, maps, touchpoints, insights, opportunities, metrics, courses, lessons, walkthroughs, guides);
    each(&mut handbook.courses, |course| {
        let left: Vec<Id<Lesson>> = course.lessons.iter().filter_map(|id| lessons[id.index()].map(Id::at)).collect();
        if left != course.lessons {
            Arc::make_mut(course).lessons = left;
        }
    });
    each(&mut handbook.lessons, |lesson| {
        let course = courses[lesson.course.index()].map_or(lesson.course, Id::at);
        if course != lesson.course {
            Arc::make_mut(lesson).course = course;
        }
    });
    *handbook.front = handbook.front.take().filter(|front| !front.item.draft);
    handbook.today = sources.today().or_else(|| handbook.newest_day()).unwrap_or(Date::UNKNOWN);
}

/// Changes nouns of a table where they stand, without their names.
fn each<T>(table: &mut Table<T>, mut change: impl FnMut(&mut Arc<T>)) {
    *table = std::mem::take(table).map(|mut nouns| {
        nouns.iter_mut().for_each(&mut change);
        nouns
    });
}

/// The place of each noun among those that stay; `None` for one that does not.
fn places<T>(table: &Table<T>, stays: impl Fn(&T) -> bool) -> Vec<Option<usize>> {
    let mut next = 0..;
    table.iter().map(|noun| if stays(noun) { next.next() } else { None }).collect()
}

fn keep<T: Noun>(table: &mut Table<T>, stays: impl Fn(&T) -> bool) {
    if !table.is_unread() && !table.iter().all(&stays) {
        *table = Table::new(std::mem::take(table).into_iter().filter(|noun| stays(noun)));
    }
}

/// The file of a metric's readings.
fn readings(metric: &HandbookPath) -> Option<HandbookPath> {
    HandbookPath::new(&format!("{}csv", metric.as_str().strip_suffix("yaml")?))
}

/// A history that knows nothing of some files; `None` if nothing is left of it.
fn without(history: Arc<History>, hidden: impl Fn(&HandbookPath) -> bool) -> Option<Arc<History>> {
    if !history.commits.iter().flat_map(|commit| &commit.touched).any(|touch| hidden(&touch.path)) {
        return Some(history);
    }
    let mut history = Arc::unwrap_or_clone(history);
    history.last.retain(|path, _| !hidden(path));
    for commit in &mut history.commits {
        commit.touched.retain(|touch| !hidden(&touch.path));
    }
    history.commits.retain(|commit| !commit.touched.is_empty());
    (!history.commits.is_empty()).then(|| Arc::new(history))
}
