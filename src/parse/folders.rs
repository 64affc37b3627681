//! Which folder holds which noun.

use std::collections::BTreeMap;

use super::names::tidy;
use crate::diag::{Code, Diagnostic, Report};
use crate::path::HandbookPath;
use crate::source::{Content, FileId, Sources, Span};

/// The files of each folder that holds a noun.
#[derive(Debug, Default)]
pub(super) struct Folders {
    pub(super) top: Vec<FileId>,
    pub(super) personas: Vec<FileId>,
    pub(super) maps: Vec<FileId>,
    pub(super) touchpoints: Vec<FileId>,
    pub(super) insights: Vec<FileId>,
    pub(super) opportunities: Vec<FileId>,
    pub(super) metrics: Vec<FileId>,
    pub(super) walkthroughs: Vec<FileId>,
    /// By course.
    pub(super) training: BTreeMap<String, Vec<FileId>>,
    /// By folder below `guides/`, without a trailing `/`.
    pub(super) guides: BTreeMap<String, Vec<FileId>>,
}

/// Files at the top that are read.
const TOP: [&str; 5] = ["handbook.yaml", "index.md", "channels.yaml", "teams.yaml", "glossary.yaml"];

impl Folders {
    /// Puts every file where it belongs; what belongs nowhere is reported.
    pub(super) fn sort(sources: &Sources, report: &mut Report) -> Self {
        let mut folders = Self::default();
        for (file, source) in sources.iter() {
            let path = source.path.as_str();
            let (first, rest) = path.split_once('/').unwrap_or(("", path));
            let home = match (first, source.path.extension()) {
                ("assets" | "themes", _) | ("templates", "yaml") => continue,
                ("metrics", "csv") if has_metric(&source.path, sources) => continue,
                ("", "yaml" | "md") => Some(&mut folders.top),
                ("personas", "md") => Some(&mut folders.personas),
                ("maps", "yaml") => Some(&mut folders.maps),
                ("touchpoints", "md") => Some(&mut folders.touchpoints),
                ("insights", "yaml") => Some(&mut folders.insights),
                ("opportunities", "yaml") => Some(&mut folders.opportunities),
                ("metrics", "yaml") => Some(&mut folders.metrics),
                ("walkthroughs", "yaml") => Some(&mut folders.walkthroughs),
                ("training", "md" | "yaml") => match rest.split_once('/') {
                    Some((course, lesson)) if !lesson.contains('/') => {
                        Some(folders.training.entry(tidy(course)).or_default())
                    }
                    _ => None,
                },
                ("guides", "md") => {
                    let folder = rest.rsplit_once('/').map_or("", |(folder, _)| folder);
                    Some(folders.guides.entry(folder.to_owned()).or_default())
                }
                _ => None,
            };
            let read = !first.is_empty() || TOP.iter().any(|top| is_variant_of(path, top));
            let nested = !matches!(first, "training" | "guides") && rest.contains('/');
            match home {
                Some(home) if read && !nested => home.push(file),
                _ if source.content == Content::Asset && first.is_empty() => {}
                _ => report.push(unused(file, source.path.as_str())),
            }
        }
        folders
    }
}

/// Folders whose files are part of a handbook.
const HELD: [&str; 12] = [
    "personas",
    "maps",
    "touchpoints",
    "insights",
    "opportunities",
    "metrics",
    "walkthroughs",
    "training",
    "guides",
    "assets",
    "themes",
    "templates",
];

/// Whether a file of this path is, or would be, part of a handbook: that a folder holds other things too, such as a
/// program or a finished site, is nobody's mistake.
pub(crate) fn is_of_handbook(path: &HandbookPath) -> bool {
    match path.as_str().split_once('/') {
        Some((folder, _)) => HELD.contains(&folder),
        None => TOP.iter().any(|top| is_variant_of(path.as_str(), top)),
    }
}

/// Whether readings stand beside their metric.
fn has_metric(readings: &HandbookPath, sources: &Sources) -> bool {
    let metric = readings.as_str().strip_suffix("csv").and_then(|stem| HandbookPath::new(&format!("{stem}yaml")));
    metric.is_some_and(|metric| sources.find(&metric).is_some())
}

/// Whether `path` is `name` or a translation of it: `index.md`, `index.zh.md`.
fn is_variant_of(path: &str, name: &str) -> bool {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    path.strip_prefix(stem)
        .and_then(|rest| rest.strip_suffix(extension))
        .is_some_and(|middle| middle.starts_with('.') && middle.ends_with('.'))
}

/// Says that a file is in a place where nothing is read.
pub(super) fn unused(file: FileId, path: &str) -> Diagnostic {
    let help = match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("yml") => "name it `.yaml`",
        Some("csv") if path.starts_with("metrics/") => {
            "readings have the name of their metric: `nps.csv` stands beside `nps.yaml`"
        }
        Some("md" | "yaml") => {
            "pages stand in `personas/`, `maps/`, `touchpoints/`, `insights/`, `opportunities/`, `metrics/`, `walkthroughs/`, `training/COURSE/` or `guides/`"
        }
        _ => "files to be copied stand in `assets/`",
    };
    Diagnostic::new(Code::UnusedFile, Span::start_of(file), "nothing is made of this file").help(help)
}
