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
mod items;
pub(crate) mod journey;
mod kept;
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

pub(crate) use folders::is_of_handbook;
pub use memory::ParseMemory;
pub(crate) use names::tidy;

use crate::diag::{Code, Diagnostic, Place, Report};
use crate::model::{Asset, Date, Draft, Handbook, Language, Named, Noted, OwnLane, StageSet, Table};
use crate::path::HandbookPath;
use crate::source::{Sources, Span};
use fields::Fields;
use items::Items;
use kept::Kept;

/// What every parser needs to know.
#[derive(Clone, Copy)]
struct Context<'s> {
    sources: &'s Sources,
    settled: Settled<'s>,
}

/// What is read before everything else.
#[derive(Clone, Copy)]
struct Settled<'s> {
    languages: &'s [Language],
    stage_sets: &'s Table<StageSet>,
    own_lanes: &'s Table<OwnLane>,
    settings_path: &'s HandbookPath,
    /// A place for what has none.
    anywhere: Span,
}

/// Reads every file into a handbook whose links are still names.
pub fn all(sources: &Sources, report: &mut Report) -> Handbook<Draft> {
    again(&mut sources.clone(), &mut ParseMemory::default(), report)
}

/// Like [`all`], without parsing again what did not change since the last reading that `memory` knows of. Where nothing is
/// kept, texts are let go as they are parsed, if they can be.
pub fn again(sources: &mut Sources, memory: &mut ParseMemory, report: &mut Report) -> Handbook<Draft> {
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
    let (no_sets, no_lanes) = (Table::default(), Table::default());
    let (stage_sets, own_lanes, settings_path) = (&no_sets, &no_lanes, &settings_path);
    let settled = Settled { languages: &languages, stage_sets, own_lanes, settings_path, anywhere };

    let top = files::group(&folders.top, sources, &languages, report);
    let at_top = |name: &str| top.iter().find(|item| item.name == name);
    let settings = settings::parse(at_top("handbook"), &Context { sources, settled }, report);
    let (stage_sets, own_lanes) = (&settings.stage_sets.clone(), &settings.lanes.clone());
    let settled = Settled { stage_sets, own_lanes, ..settled };
    memory.settle(&languages, stage_sets, own_lanes);
    let changed = memory.changed.take();
    let kept = Kept::of(sources, at_top("handbook"), &settled);
    let (keeps, changed) = (memory.keeps, changed.as_deref());
    let mut item = Items { sources, settled, keeps, changed, kept: kept.as_ref(), report };
    let (courses, lessons) = item.training(&folders.training, memory);

    let mut handbook = Handbook {
        settings,
        front: Noted::new(at_top("index").map(|files| {
            let context = Context { sources: item.sources, settled };
            guide::parse("", files, &context, item.report)
        })),
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
        assets: assets(item.sources),
        originals: Noted::default(),
        today: Date::UNKNOWN,
        history: Noted::new(item.sources.history().cloned()),
        files: match memory.keeps || item.sources.lets_go() {
            true => item.sources.files().clone(),
            false => item.sources.files().without_contents(|_| false),
        },
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

fn assets(sources: &Sources) -> Table<Asset> {
    let assets = sources.iter().filter(|(_, source)| source.path.as_str().starts_with("assets/"));
    Table::new(assets.map(|(file, source)| Asset { path: source.path.clone(), file }))
}
