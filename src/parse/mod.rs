//! Texts become drafts: which folder holds which noun, and what each file says.
//!
//! Every mistake in a file is reported, and what can be read of it is kept: a file that cannot be read at
//! all still gives an item with its name, so that one slip does not break every link to it.

mod aliases;
mod blocks;
mod catalog;
mod course;
pub mod differences;
mod evidence;
mod fields;
mod files;
mod folders;
mod guide;
pub(crate) mod journey;
mod kinds;
mod languages;
mod levels;
pub mod markdown;
mod memory;
mod metric;
mod names;
mod opened;
mod persona;
mod readings;
mod reference;
mod settings;
pub mod stamp;
pub(crate) mod strings;
mod value;
mod walkthrough;
mod web;
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use folders::is_of_handbook;
pub use memory::ParseMemory;
pub(crate) use names::tidy;

use crate::diag::{Code, Diagnostic, Place, Report};
use crate::model::{
    Asset, Course, Date, Draft, Guide, Handbook, Id, Language, Lesson, Metric, Named, Noted, Noun, OwnLane, StageSet,
    Table,
};
use crate::path::HandbookPath;
use crate::source::{FileId, Sources, Span};
use fields::Fields;
use files::ItemFiles;
use folders::unused;
use memory::{ReadKind, Reading};
use value::Value;

/// What every parser needs to know.
struct Context<'s> {
    sources: &'s Sources,
    languages: &'s [Language],
    stage_sets: Table<StageSet>,
    own_lanes: Table<OwnLane>,
    settings_path: HandbookPath,
    /// A place for what has none.
    anywhere: Span,
}

/// Reads every file into a handbook whose links are still names.
pub fn all(sources: &Sources, report: &mut Report) -> Handbook<Draft> {
    again(sources, &mut ParseMemory::default(), report)
}

/// Like [`all`], without parsing again what did not change since the last reading that `memory` knows of.
pub fn again(sources: &Sources, memory: &mut ParseMemory, report: &mut Report) -> Handbook<Draft> {
    files::unreadable(sources, report);
    let settings_path = settings::path();
    let settings_file = sources.find(&settings_path);
    let mut unused = Report::default();
    let folders = memory.folders(sources, &mut unused);
    // Of a folder that is no handbook, every file would be unused.
    if settings_file.is_some() {
        report.append(unused);
    }
    let languages = match settings_file {
        Some(file) => languages::read(file, sources, report),
        None => vec![Language::english()],
    };
    if settings_file.is_none() {
        report.push(no_settings(sources));
    }
    let anywhere = sources.iter().next().map_or(Span::NOWHERE, |(file, _)| Span::start_of(file));
    let mut context = Context {
        sources,
        languages: &languages,
        stage_sets: Table::default(),
        own_lanes: Table::default(),
        settings_path,
        anywhere,
    };

    let top = files::group(&folders.top, sources, &languages, report);
    let at_top = |name: &str| top.iter().find(|item| item.name == name);
    let settings = settings::parse(at_top("handbook"), &context, report);
    context.stage_sets = settings.stage_sets.clone();
    context.own_lanes = settings.lanes.clone();
    let context = &context;
    memory.settle(&languages, &context.stage_sets, &context.own_lanes);
    let changed = memory.changed.take();
    let mut item = Items { context, keeps: memory.keeps, changed: changed.as_deref(), report };
    let (courses, lessons) = item.training(&folders.training, memory);

    let mut handbook = Handbook {
        settings,
        front: Noted::new(at_top("index").map(|files| guide::parse("", files, context, item.report))),
        personas: item.all(&folders.personas, &mut memory.personas, persona::parse),
        maps: item.all(&folders.maps, &mut memory.maps, journey::parse),
        touchpoints: item.all(&folders.touchpoints, &mut memory.touchpoints, catalog::touchpoint),
        channels: item.entries(at_top("channels"), &mut memory.channels, catalog::channel),
        teams: item.entries(at_top("teams"), &mut memory.teams, catalog::team),
        insights: item.all(&folders.insights, &mut memory.insights, evidence::insight),
        opportunities: item.all(&folders.opportunities, &mut memory.opportunities, evidence::opportunity),
        metrics: item.metrics(&folders.metrics, &mut memory.metrics),
        courses,
        lessons,
        walkthroughs: item.all(&folders.walkthroughs, &mut memory.walkthroughs, walkthrough::parse),
        terms: item.entries(at_top("glossary"), &mut memory.terms, guide::term),
        guides: item.guides(&folders.guides, &mut memory.guides),
        assets: assets(sources),
        originals: Noted::default(),
        today: Date::UNKNOWN,
        history: Noted::new(sources.history().cloned()),
        files: if memory.keeps { sources.files().clone() } else { sources.files().without_contents(|_| false) },
    };
    handbook.originals = Noted::new(report.take_originals());
    handbook.today = sources.today().or_else(|| handbook.newest_day()).unwrap_or(Date::UNKNOWN);
    handbook
}

/// What somebody typed as the id of a new item, as ids are written; `None` if it cannot be one.
pub fn id(typed: &str) -> Option<String> {
    let id = tidy(typed);
    names::is_id(&id).then_some(id)
}

/// Says that this is no handbook's folder, and which one may have been meant.
fn no_settings(sources: &Sources) -> Diagnostic {
    let diagnostic = Diagnostic::at(Code::MissingSettings, Place::Handbook, "there is no `handbook.yaml`");
    if sources.iter().any(|(_, file)| file.path.as_str() == "handbook.yml") {
        return diagnostic.help("rename `handbook.yml` to `handbook.yaml`");
    }
    match sources.iter().find(|(_, file)| file.path.file_name() == "handbook.yaml") {
        Some((_, file)) => diagnostic.help(format!("did you mean the folder `{}`?", file.path.folder())),
        None => diagnostic.help(
            "a handbook's folder holds a `handbook.yaml` with at least a `title`; `journeybook new DIR` makes one",
        ),
    }
}

/// A file under `assets/`, by its path in there.
fn asset(fields: &mut Fields<'_>, key: &'static str, report: &mut Report) -> Option<Named<Asset>> {
    let (path, span) = fields.word(key, report)?;
    Some(Named::new(format!("assets/{path}"), span))
}

/// Reads items, several at once, and only those that changed.
struct Items<'a, 's> {
    context: &'a Context<'s>,
    keeps: bool,
    /// As in [`ParseMemory`].
    changed: Option<&'a [FileId]>,
    report: &'a mut Report,
}

impl Items<'_, '_> {
    /// A folder's items.
    fn all<T: Noun + Send + Sync>(
        &mut self,
        folder: &[FileId],
        kept: &mut ReadKind<Arc<T>>,
        parse: fn(&ItemFiles, &Context<'_>, &mut Report) -> T,
    ) -> Table<T> {
        let group = |report: &mut Report| self.context.group(folder, report).into_iter().map(Reading::from).collect();
        let readings = kept.readings(self.changed, self.report, group);
        Table::new(self.each(readings, kept, |reading, context, report| parse(&reading.files, context, report)))
    }

    fn metrics(&mut self, folder: &[FileId], kept: &mut ReadKind<Arc<Metric<Draft>>>) -> Table<Metric<Draft>> {
        let beside = |files: &ItemFiles| metric::csv_beside(files, self.context);
        let group = |report: &mut Report| {
            let readings = self.context.group(folder, report).into_iter();
            readings.map(|files| Reading { beside: beside(&files), ..files.into() }).collect()
        };
        let readings = kept.readings(self.changed, self.report, group);
        Table::new(self.each(readings, kept, |reading, context, report| metric::parse(&reading.files, context, report)))
    }

    /// A file whose keys are the names of things.
    fn entries<T: Noun + Send + Sync>(
        &mut self,
        files: Option<&ItemFiles>,
        kept: &mut ReadKind<Table<T>>,
        parse: fn(String, Span, &Value<'_>, &mut Report) -> Option<T>,
    ) -> Table<T> {
        let readings = Some(files.cloned().map(Reading::from).into_iter().collect());
        let read = |reading: &Reading, report: &mut Report| {
            let opened = opened::open(&reading.files, self.context, report);
            let Some(value) = opened.value() else { return Table::of_unread() };
            let mut things = Vec::new();
            for (name, span, value) in value.entries(report) {
                things.extend(parse(name, span, &value, report));
            }
            opened.tell(report);
            Table::new(things)
        };
        let with = (self.keeps, self.changed, self.context.sources);
        kept.read(readings, with, read, self.report).pop().unwrap_or_default()
    }

    fn training(
        &mut self,
        folders: &BTreeMap<String, Vec<FileId>>,
        memory: &mut ParseMemory,
    ) -> (Table<Course<Draft>>, Table<Lesson<Draft>>) {
        let mut lessons: Vec<Reading> = Vec::new();
        let context = self.context;
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
        (courses, Table::new(lessons))
    }

    fn guides(
        &mut self,
        folders: &BTreeMap<String, Vec<FileId>>,
        kept: &mut ReadKind<Arc<Guide<Draft>>>,
    ) -> Table<Guide<Draft>> {
        let context = self.context;
        let readings = kept.readings(self.changed, self.report, |report| context.guides(folders, report));
        Table::new(self.each(readings, kept, |reading, context, report| {
            guide::parse(&reading.within.0, &reading.files, context, report)
        }))
    }

    fn each<T: Send + Sync>(
        &mut self,
        readings: Option<Vec<Reading>>,
        kept: &mut ReadKind<Arc<T>>,
        parse: impl Fn(&Reading, &Context<'_>, &mut Report) -> T + Sync + Send,
    ) -> Vec<Arc<T>> {
        let context = self.context;
        let read = |reading: &Reading, report: &mut Report| Arc::new(parse(reading, context, report));
        kept.read(readings, (self.keeps, self.changed, context.sources), read, self.report)
    }
}

impl Context<'_> {
    fn group(&self, folder: &[FileId], report: &mut Report) -> Vec<ItemFiles> {
        files::group(folder, self.sources, self.languages, report)
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

fn assets(sources: &Sources) -> Table<Asset> {
    let assets = sources.iter().filter(|(_, source)| source.path.as_str().starts_with("assets/"));
    Table::new(assets.map(|(file, source)| Asset { path: source.path.clone(), file }))
}
