//! The items of each kind, several at once: those that changed are read, and nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::{self, ItemFiles};
use super::folders::unused;
use super::kept::Kept;
use super::memory::{ParseMemory, ReadKind, Reading};
use super::names::{self, tidy};
use super::value::Value;
use super::{Context, Settled, course, guide, metric, opened};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::pack::Pack;
use crate::model::{Course, Draft, Guide, Id, Lesson, Metric, Noun, Table};
use crate::source::{FileId, Sources, Span};

/// Reads items, several at once, and only those that changed.
pub(super) struct Items<'a, 's> {
    pub(super) sources: &'a mut Sources,
    pub(super) settled: Settled<'s>,
    pub(super) keeps: bool,
    /// As in [`ParseMemory`].
    pub(super) changed: Option<&'a [FileId]>,
    /// What an earlier build left.
    pub(super) kept: Option<&'a Kept>,
    pub(super) report: &'a mut Report,
}

impl Items<'_, '_> {
    /// A folder's items.
    pub(super) fn all<T: Noun + Pack + Send + Sync>(
        &mut self,
        folder: &[FileId],
        kept: &mut ReadKind<Arc<T>>,
        parse: fn(&ItemFiles, &Context<'_>, &mut Report) -> T,
    ) -> Table<T> {
        let context = Context { sources: self.sources, settled: self.settled };
        let group = |report: &mut Report| context.group(folder, report).into_iter().map(Reading::from).collect();
        let readings = kept.readings(self.changed, self.report, group);
        let items = self.each(readings, kept, |reading, context, report| parse(&reading.files, context, report));
        Table::new(items).with_origins(kept.take_origins())
    }

    pub(super) fn metrics(
        &mut self,
        folder: &[FileId],
        kept: &mut ReadKind<Arc<Metric<Draft>>>,
    ) -> Table<Metric<Draft>> {
        let context = Context { sources: self.sources, settled: self.settled };
        let beside = |files: &ItemFiles| metric::csv_beside(files, &context);
        let group = |report: &mut Report| {
            let readings = context.group(folder, report).into_iter();
            readings.map(|files| Reading { beside: beside(&files), ..files.into() }).collect()
        };
        let readings = kept.readings(self.changed, self.report, group);
        let items =
            self.each(readings, kept, |reading, context, report| metric::parse(&reading.files, context, report));
        Table::new(items).with_origins(kept.take_origins())
    }

    /// A file whose keys are the names of things.
    pub(super) fn entries<T: Noun + Pack + Send + Sync>(
        &mut self,
        files: Option<&ItemFiles>,
        kept: &mut ReadKind<Table<T>>,
        parse: fn(String, Span, &Value<'_>, &mut Report) -> Option<T>,
    ) -> Table<T> {
        let readings = Some(files.cloned().map(Reading::from).into_iter().collect());
        let settled = self.settled;
        let read = |reading: &Reading, sources: &Sources, report: &mut Report| {
            let opened = opened::open(&reading.files, &Context { sources, settled }, report);
            let Some(value) = opened.value() else { return Table::of_unread() };
            let mut things = Vec::new();
            for (name, span, value) in value.entries(report) {
                things.extend(parse(name, span, &value, report));
            }
            opened.tell(report);
            Table::new(things)
        };
        kept.read(readings, (self.keeps, self.changed, self.sources), self.kept, read, self.report)
            .pop()
            .unwrap_or_default()
    }

    pub(super) fn training(
        &mut self,
        folders: &BTreeMap<String, Vec<FileId>>,
        memory: &mut ParseMemory,
    ) -> (Table<Course<Draft>>, Table<Lesson<Draft>>) {
        let mut lessons: Vec<Reading> = Vec::new();
        let context = Context { sources: self.sources, settled: self.settled };
        let courses = memory.courses.readings(self.changed, self.report, |report| {
            let (courses, their_lessons) = context.training(folders, report);
            lessons = their_lessons;
            courses
        });
        let lessons = memory.lessons.readings(self.changed, self.report, |_| lessons);
        let mut of_each: Vec<Vec<Id<Lesson>>> = vec![Vec::new(); memory.courses.each(&courses).count()];
        for (index, lesson) in memory.lessons.each(&lessons).enumerate() {
            of_each[lesson.within.1].push(Id::at(index));
        }
        let courses = self.each(courses, &mut memory.courses, |reading, context, report| {
            let course = course::parse(&reading.within.0, &reading.files, context, report);
            Course { lessons: of_each[reading.within.1].clone(), ..course }
        });
        // Lessons come and go without a word in the course's own file.
        let courses = courses.into_iter().zip(of_each).map(|(mut course, lessons)| {
            if course.lessons != lessons {
                Arc::make_mut(&mut course).lessons = lessons;
            }
            course
        });
        let courses: Vec<Arc<Course<Draft>>> = courses.collect();
        memory.courses.keep(&courses);
        let courses = Table::new(courses);
        let lessons = self.each(lessons, &mut memory.lessons, |reading, context, report| {
            let (course, index) = &reading.within;
            course::lesson((course, Id::at(*index)), &reading.files, context, report)
        });
        // Of courses that is not known: their lessons are no part of their files.
        (courses, Table::new(lessons).with_origins(memory.lessons.take_origins()))
    }

    pub(super) fn guides(
        &mut self,
        folders: &BTreeMap<String, Vec<FileId>>,
        kept: &mut ReadKind<Arc<Guide<Draft>>>,
    ) -> Table<Guide<Draft>> {
        let context = Context { sources: self.sources, settled: self.settled };
        let readings = kept.readings(self.changed, self.report, |report| context.guides(folders, report));
        let guides = self.each(readings, kept, |reading, context, report| {
            guide::parse(&reading.within.0, &reading.files, context, report)
        });
        Table::new(guides).with_origins(kept.take_origins())
    }

    fn each<T: Pack + Send + Sync>(
        &mut self,
        readings: Option<Vec<Reading>>,
        kept: &mut ReadKind<Arc<T>>,
        parse: impl Fn(&Reading, &Context<'_>, &mut Report) -> T + Sync + Send,
    ) -> Vec<Arc<T>> {
        let settled = self.settled;
        let read = |reading: &Reading, sources: &Sources, report: &mut Report| {
            Arc::new(parse(reading, &Context { sources, settled }, report))
        };
        kept.read(readings, (self.keeps, self.changed, self.sources), self.kept, read, self.report)
    }
}

impl Context<'_> {
    fn group(&self, folder: &[FileId], report: &mut Report) -> Vec<ItemFiles> {
        files::group(folder, self.sources, self.settled.languages, report)
    }

    /// The courses, and the lessons of all of them.
    fn training(&self, folders: &BTreeMap<String, Vec<FileId>>, report: &mut Report) -> (Vec<Reading>, Vec<Reading>) {
        let mut courses: Vec<Reading> = Vec::new();
        let mut lessons: Vec<Reading> = Vec::new();
        for (name, files) in folders {
            let (yaml, markdown): (Vec<FileId>, Vec<FileId>) =
                files.iter().partition(|&&file| self.sources.path(file).extension() == "yaml");
            let grouped = self.group(&yaml, report);
            let Some(course_files) = grouped.iter().find(|item| item.name == "course") else {
                report.push(no_course(name, files.first().copied()));
                continue;
            };
            for other in grouped.iter().filter(|item| item.name != "course") {
                report.push(unused(other.file, self.sources.path(other.file).as_str()));
            }
            if !names::is_id(name) {
                report.push(names::bad_id(name, Span::start_of(course_files.file)));
            }
            let within = (name.clone(), courses.len());
            courses.push(Reading { within: within.clone(), ..course_files.clone().into() });
            let markdown = self.group(&markdown, report).into_iter();
            lessons.extend(markdown.map(|files| Reading { within: within.clone(), ..files.into() }));
        }
        (courses, lessons)
    }

    /// The guides in reading order.
    fn guides(&self, folders: &BTreeMap<String, Vec<FileId>>, report: &mut Report) -> Vec<Reading> {
        let mut named: Vec<(Vec<SortKey>, Reading)> = Vec::new();
        for (folder, files) in folders {
            let parts: Vec<(Option<u32>, &str)> =
                folder.split('/').filter(|part| !part.is_empty()).map(names::numbered).collect();
            let above: Vec<String> = parts.iter().map(|(_, part)| tidy(part)).collect();
            if let Some((folder, file)) = above.last().filter(|folder| !names::is_id(folder)).zip(files.first()) {
                report.push(names::bad_id(folder, Span::start_of(*file)));
            }
            let order: Vec<SortKey> = parts.iter().map(|(number, part)| sort_key(*number, part)).collect();
            for item in self.group(files, report) {
                let (mut name, mut order) = (above.clone(), order.clone());
                // A folder's own page stands where the folder stands, before what is in it.
                if item.name != "index" {
                    name.push(item.name.clone());
                    order.push(sort_key(item.number, &item.name));
                }
                named.push((order, Reading { within: (name.join("/"), 0), ..item.into() }));
            }
        }
        named.sort_by(|a, b| a.0.cmp(&b.0));
        named.into_iter().map(|(_, reading)| reading).collect()
    }
}

/// Says that a course lacks what makes it one.
fn no_course(name: &str, first: Option<FileId>) -> Diagnostic {
    let place = first.map_or(Span::NOWHERE, Span::start_of);
    Diagnostic::new(Code::MissingKey, place, format!("the course `{name}` has no `course.yaml`"))
        .help(format!("add `training/{name}/course.yaml` with at least a `title`"))
}

/// Numbered names first, in the order of their numbers; then the others by name.
type SortKey = (bool, u32, String);

fn sort_key(number: Option<u32>, name: &str) -> SortKey {
    (number.is_none(), number.unwrap_or(0), name.to_owned())
}
