//! Texts become drafts: which folder holds which noun, and what each file says.
//!
//! Every mistake in a file is reported, and what can be read of it is kept: a file that cannot be read at
//! all still gives an item with its name, so that one slip does not break every link to it.

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

pub(crate) use folders::is_of_handbook;
pub(crate) use names::tidy;

use crate::diag::{Code, Diagnostic, Place, Report};
use crate::model::{
    Asset, Course, Date, Draft, Guide, Handbook, Id, Language, Lesson, Named, Noun, OwnLane, StageSet, Table,
};
use crate::parallel;
use crate::path::HandbookPath;
use crate::source::{FileId, Sources, Span};
use fields::Fields;
use files::ItemFiles;
use folders::{Folders, unused};
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
    files::unreadable(sources, report);
    let settings_path = settings::path();
    let settings_file = sources.find(&settings_path);
    let mut unused = Report::default();
    let folders = Folders::sort(sources, &mut unused);
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
    let (courses, lessons) = training(&folders.training, context, report);

    let mut handbook = Handbook {
        settings,
        front: at_top("index").map(|files| guide::parse("", files, context, report)),
        personas: items(&folders.personas, context, persona::parse, report),
        maps: items(&folders.maps, context, journey::parse, report),
        touchpoints: items(&folders.touchpoints, context, catalog::touchpoint, report),
        channels: entries(at_top("channels"), context, catalog::channel, report),
        teams: entries(at_top("teams"), context, catalog::team, report),
        insights: items(&folders.insights, context, evidence::insight, report),
        opportunities: items(&folders.opportunities, context, evidence::opportunity, report),
        metrics: items(&folders.metrics, context, metric::parse, report),
        courses,
        lessons,
        walkthroughs: items(&folders.walkthroughs, context, walkthrough::parse, report),
        terms: entries(at_top("glossary"), context, guide::term, report),
        guides: guides(&folders.guides, context, report),
        assets: assets(sources),
        originals: Vec::new(),
        today: Date::UNKNOWN,
        history: sources.history().cloned(),
        paths: sources.iter().map(|(_, file)| file.path.clone()).collect(),
    };
    handbook.originals = report.take_originals();
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

/// Reads a folder's items, several at once.
fn items<T: Noun + Send>(
    folder: &[FileId],
    context: &Context<'_>,
    parse: fn(&ItemFiles, &Context<'_>, &mut Report) -> T,
    report: &mut Report,
) -> Table<T> {
    let groups = files::group(folder, context.sources, context.languages, report);
    Table::new(each(&groups, |files, report| parse(files, context, report), report))
}

/// Reads things one by one on all cores, and their reports in their order.
fn each<I: Sync, T: Send>(
    inputs: &[I],
    parse: impl Fn(&I, &mut Report) -> T + Sync + Send,
    report: &mut Report,
) -> Vec<T> {
    let parsed = parallel::map(inputs, |input| {
        let mut own = Report::default();
        (parse(input, &mut own), own)
    });
    let (parsed, reports): (Vec<T>, Vec<Report>) = parsed.into_iter().unzip();
    reports.into_iter().for_each(|own| report.append(own));
    parsed
}

/// Reads a file whose keys are the names of things.
fn entries<T: Noun>(
    files: Option<&ItemFiles>,
    context: &Context<'_>,
    parse: fn(String, Span, &Value<'_>, &mut Report) -> Option<T>,
    report: &mut Report,
) -> Table<T> {
    let Some(files) = files else { return Table::default() };
    let opened = opened::open(files, context, report);
    let Some(value) = opened.value() else { return Table::of_unread() };
    let mut things = Vec::new();
    for (name, span, value) in value.entries(report) {
        things.extend(parse(name, span, &value, report));
    }
    opened.tell(report);
    Table::new(things)
}

fn training(
    folders: &BTreeMap<String, Vec<FileId>>,
    context: &Context<'_>,
    report: &mut Report,
) -> (Table<Course<Draft>>, Table<Lesson<Draft>>) {
    let mut courses = Vec::new();
    let mut lessons: Vec<(usize, ItemFiles)> = Vec::new();
    for (name, files) in folders {
        let (yaml, markdown): (Vec<FileId>, Vec<FileId>) =
            files.iter().partition(|&&file| context.sources.path(file).extension() == "yaml");
        let grouped = files::group(&yaml, context.sources, context.languages, report);
        let Some(course_files) = grouped.iter().find(|item| item.name == "course") else {
            let file = files.first().copied();
            report.push(
                Diagnostic::new(
                    Code::MissingKey,
                    file.map_or(Span::NOWHERE, Span::start_of),
                    format!("the course `{name}` has no `course.yaml`"),
                )
                .help(format!("add `training/{name}/course.yaml` with at least a `title`")),
            );
            continue;
        };
        for other in grouped.iter().filter(|item| item.name != "course") {
            report.push(unused(other.file, context.sources.path(other.file).as_str()));
        }
        if !names::is_id(name) {
            report.push(names::bad_id(name, Span::start_of(course_files.file)));
        }
        let mut course = course::parse(name, course_files, context, report);
        let index = courses.len();
        for files in files::group(&markdown, context.sources, context.languages, report) {
            course.lessons.push(Id::at(lessons.len()));
            lessons.push((index, files));
        }
        courses.push(course);
    }
    let names: Vec<String> = courses.iter().map(|course| course.item.name.clone()).collect();
    let parse = |(index, files): &(usize, ItemFiles), report: &mut Report| {
        course::lesson((&names[*index], Id::at(*index)), files, context, report)
    };
    let lessons = each(&lessons, parse, report);
    (Table::new(courses), Table::new(lessons))
}

fn guides(folders: &BTreeMap<String, Vec<FileId>>, context: &Context<'_>, report: &mut Report) -> Table<Guide<Draft>> {
    let mut named: Vec<(Vec<SortKey>, String, ItemFiles)> = Vec::new();
    for (folder, files) in folders {
        let parts: Vec<(Option<u32>, &str)> =
            folder.split('/').filter(|part| !part.is_empty()).map(names::numbered).collect();
        let above: Vec<String> = parts.iter().map(|(_, part)| tidy(part)).collect();
        if let Some((folder, file)) = above.last().filter(|folder| !names::is_id(folder)).zip(files.first()) {
            report.push(names::bad_id(folder, Span::start_of(*file)));
        }
        let order: Vec<SortKey> = parts.iter().map(|(number, part)| sort_key(*number, part)).collect();
        for item in files::group(files, context.sources, context.languages, report) {
            let (mut name, mut order) = (above.clone(), order.clone());
            // A folder's own page stands where the folder stands, before what is in it.
            if item.name != "index" {
                name.push(item.name.clone());
                order.push(sort_key(item.number, &item.name));
            }
            named.push((order, name.join("/"), item));
        }
    }
    named.sort_by(|a, b| a.0.cmp(&b.0));
    Table::new(each(&named, |(_, name, files), report| guide::parse(name, files, context, report), report))
}

/// Numbered names first, in the order of their numbers; then the others by name.
type SortKey = (bool, u32, String);

fn sort_key(number: Option<u32>, name: &str) -> SortKey {
    (number.is_none(), number.unwrap_or(0), name.to_owned())
}

fn assets(sources: &Sources) -> Table<Asset> {
    let assets = sources.iter().filter(|(_, source)| source.path.as_str().starts_with("assets/"));
    Table::new(assets.map(|(file, source)| Asset { path: source.path.clone(), file }).collect())
}
