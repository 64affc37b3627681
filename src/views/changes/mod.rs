//! What changed: the newest commits that touched the handbook, in words.
//!
//! Made from the history alone, when the page is asked for: comparing thirty commits takes a moment, and no other page
//! waits for it. What no history tells is not guessed at.

mod told;

use serde::Serialize;

use super::here::{Day, Here, Link, Said};
use super::pages::PageKind;
use crate::hash::HashMap;
use crate::history::{Commit, Done, Touch};
use crate::model::{Date, Handbook, Metric, Target};
use crate::parse::differences::{self, ReadingChange};
use crate::path::HandbookPath;
use told::{Teller, short};

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangesView<'a> {
    /// Days with their commits, the newest first.
    pub days: Vec<ChangedDay<'a>>,
    /// “Older changes are not shown”; empty if there are none.
    pub older: &'a str,
    /// The feed of the same.
    pub feed: Option<Link<'a>>,
}

/// A day on which something changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedDay<'a> {
    /// The day.
    pub day: Day,
    /// Its commits, the newest first.
    pub commits: Vec<CommitView<'a>>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommitView<'a> {
    /// The beginning of its id.
    pub id: &'a str,
    /// Its first line.
    pub subject: &'a str,
    /// Who wrote it.
    pub author: &'a str,
    /// What it touched.
    pub items: Vec<TouchedItem<'a>>,
    /// “and 5 more”; empty if all are shown.
    pub more: String,
}

/// Something that a commit touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TouchedItem<'a> {
    /// Where it is; empty for what is gone or has no page.
    pub href: String,
    /// What it is called.
    pub title: Said<'a>,
    /// What it is: “Journey map”; empty for what is told by its title alone.
    pub kind: &'a str,
    /// What was done, in words.
    pub changes: Vec<String>,
    /// “and 5 more changes”; empty if all are told.
    pub more: String,
}

/// How many commits are shown.
const MOST_COMMITS: usize = 30;
/// How many things of a commit are shown.
const MOST_ITEMS: usize = 6;
/// How many changes of a thing are told.
const MOST_CHANGES: usize = 4;

/// The page.
pub fn changes<'a>(here: &Here<'a>) -> ChangesView<'a> {
    let Some(history) = here.handbook.history.as_deref() else {
        return ChangesView { days: Vec::new(), older: "", feed: None };
    };
    let mut days: Vec<ChangedDay<'a>> = Vec::new();
    for (day, view) in commits(here) {
        let day = here.day(day);
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.commits.push(view),
            None => days.push(ChangedDay { day, commits: vec![view] }),
        }
    }
    let older = match (history.commits.len() > MOST_COMMITS, history.cut) {
        (true, _) => here.words.get("changes_older"),
        (false, true) => here.words.get("changes_cut"),
        (false, false) => "",
    };
    let feed = here.pages.of(PageKind::Feed, here.lang);
    let feed = feed.map(|feed| Link { href: here.way(&feed.path, None), title: here.word("changes_feed") });
    ChangesView { days, older, feed }
}

/// The commits that are told, the newest first, each with its day.
pub fn commits<'a>(here: &Here<'a>) -> Vec<(Date, CommitView<'a>)> {
    let Some(history) = here.handbook.history.as_deref() else { return Vec::new() };
    let files = files(here.handbook);
    let told = history.commits.iter().take(MOST_COMMITS);
    told.map(|commit| (commit.day, self::commit(here, &files, commit))).collect()
}

/// What a file of the handbook is.
#[derive(Debug, Clone, Copy)]
struct File {
    target: Target,
    /// Whether it is a translation.
    translated: bool,
}

/// Which file is which item, in any language.
fn files(handbook: &Handbook) -> HashMap<&HandbookPath, File> {
    let mut files = HashMap::default();
    macro_rules! add {
        ($($table:ident $target:ident),*) => {
            $(for (id, noun) in handbook.$table.entries() {
                let file = |translated| File { target: Target::$target(id), translated };
                files.extend(handbook.path(noun.item.file).map(|path| (path, file(false))));
                let others = noun.item.translations.iter().filter_map(|&(_, file)| handbook.path(file));
                files.extend(others.map(|path| (path, file(true))));
            })*
        };
    }
    add!(personas Persona, maps Map, touchpoints Touchpoint, insights Insight, opportunities Opportunity);
    add!(metrics Metric, courses Course, lessons Lesson, walkthroughs Walkthrough, guides Guide);
    if let Some(front) = &*handbook.front {
        let file = |translated| File { target: Target::Front, translated };
        files.extend(handbook.path(front.item.file).map(|path| (path, file(false))));
        files.extend(
            front.item.translations.iter().filter_map(|&(_, id)| handbook.path(id)).map(|path| (path, file(true))),
        );
    }
    files
}

fn commit<'a>(here: &Here<'a>, files: &HashMap<&HandbookPath, File>, commit: &'a Commit) -> CommitView<'a> {
    let items = commit.touched.iter().take(MOST_ITEMS).map(|touch| touched(here, files, touch));
    let more = commit.touched.len().saturating_sub(MOST_ITEMS);
    CommitView {
        id: &commit.id,
        subject: &commit.subject,
        author: &commit.author,
        items: items.collect(),
        more: if more > 0 { here.words.count("and_more", more) } else { String::new() },
    }
}

fn touched<'a>(here: &Here<'a>, files: &HashMap<&HandbookPath, File>, touch: &'a Touch) -> TouchedItem<'a> {
    let path = touch.path.as_str();
    let found = files.get(&touch.path).copied().or_else(|| readings_of(here.handbook, path));
    let translated = found.is_some_and(|file| file.translated);
    let (href, title, kind) = match found {
        Some(file) => (here.href(file.target), here.title(file.target), here.noun(file.target)),
        None => unknown(here, touch),
    };
    let mut changes = match touch.what {
        Done::Added if translated => vec![here.words.get("change_translated").to_owned()],
        Done::Added => vec![here.words.get("change_new").to_owned()],
        Done::Deleted => vec![here.words.get("change_gone").to_owned()],
        Done::Renamed => {
            let mut told = vec![here.words.get("change_renamed").to_owned()];
            if touch.old != touch.new {
                told.extend(differing(here, touch, found));
            }
            told
        }
        Done::Changed => differing(here, touch, found),
    };
    let more = changes.len().saturating_sub(MOST_CHANGES);
    changes.truncate(MOST_CHANGES);
    TouchedItem {
        href: if href == "#" { String::new() } else { href },
        title,
        kind,
        changes,
        more: if more > 0 { here.words.count("and_more_changes", more) } else { String::new() },
    }
}

/// The metric whose readings stand in a file.
fn readings_of(handbook: &Handbook, path: &str) -> Option<File> {
    let name = path.strip_prefix("metrics/")?.strip_suffix(".csv")?;
    handbook.metrics.id(&crate::parse::tidy(name)).map(|id| File { target: Target::Metric(id), translated: false })
}

/// Where a file leads that is no item, and what it is called: a list, the settings, or what is gone.
fn unknown<'a>(here: &Here<'a>, touch: &'a Touch) -> (String, Said<'a>, &'a str) {
    let path = touch.path.as_str();
    let list = match path {
        "channels.yaml" => Some(PageKind::Channels),
        "teams.yaml" => Some(PageKind::Teams),
        "glossary.yaml" => Some(PageKind::Glossary),
        _ => None,
    };
    if let Some(list) = list {
        let link = here.link_to(list);
        return (link.href, link.title, "");
    }
    if path == "handbook.yaml" {
        return (String::new(), here.word("changes_settings"), "");
    }
    let text = touch.new.as_deref().or(touch.old.as_deref());
    match text.and_then(|text| differences::title(path, text)) {
        Some(title) => (String::new(), Said::plain(short(&title)), ""),
        None => (String::new(), Said::plain(path), ""),
    }
}

fn differing(here: &Here<'_>, touch: &Touch, found: Option<File>) -> Vec<String> {
    let path = touch.path.as_str();
    let otherwise = |key| vec![here.words.get(key).to_owned()];
    if found.is_some_and(|file| file.translated) {
        return otherwise("change_translation");
    }
    let (Some(old), Some(new)) = (&touch.old, &touch.new) else { return otherwise("change_some") };
    if path.starts_with("metrics/") && path.ends_with(".csv") {
        return readings(here, path, old, new).unwrap_or_else(|| otherwise("change_some"));
    }
    if !path.ends_with(".md") && !path.ends_with(".yaml") {
        return otherwise("change_some");
    }
    let Some(compared) = differences::compare(path, old, new) else { return otherwise("change_some") };
    let folder = path.split_once('/').map_or("", |(folder, _)| folder);
    let walked = match found.map(|file| file.target) {
        Some(Target::Walkthrough(id)) => here.handbook[id].map.map(|map| &here.handbook[map]),
        _ => None,
    };
    let told = Teller { here, folder, compared: &compared, walked }.all();
    // A remark or a space changes nothing that readers see.
    if told.is_empty() { otherwise("change_form") } else { told }
}

/// Readings that came, went or were mended, the newest first.
fn readings(here: &Here<'_>, path: &str, old: &str, new: &str) -> Option<Vec<String>> {
    let words = here.words;
    let metric: Option<&Metric> = readings_of(here.handbook, path).and_then(|file| match file.target {
        Target::Metric(id) => Some(&here.handbook[id]),
        _ => None,
    });
    let value = |text: &str| match (metric, text.parse::<f64>()) {
        (Some(metric), Ok(value)) => here.with_unit(metric, value),
        _ => text.to_owned(),
    };
    let changed = differences::readings(old, new)?;
    let told = changed.into_iter().rev().map(|ReadingChange { day, old, new }| {
        let day = Date::parse(&day).map_or(day, |day| words.date(day));
        match (old, new) {
            (None, Some(new)) => words.fill("change_reading_new", &[("day", &day), ("value", &value(&new))]),
            (Some(old), Some(new)) if old != new => {
                words.fill("change_reading", &[("day", &day), ("old", &value(&old)), ("new", &value(&new))])
            }
            _ => words.fill("change_reading_gone", &[("day", &day)]),
        }
    });
    let told: Vec<String> = told.collect();
    Some(if told.is_empty() { vec![words.get("change_readings_notes").to_owned()] } else { told })
}
