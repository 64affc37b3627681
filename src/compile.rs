//! The pipeline, and nothing beside it.
//!
//! A build is a pure function of its sources. One that follows another may remember it: what rests on nothing that
//! changed is taken over, and the outcome is the same to the byte.

use std::sync::Arc;

use crate::diag::Report;
use crate::model::Handbook;
use crate::parallel;
use crate::render::{Site, Theme};
use crate::source::{SourceFile, Sources};
use crate::views::{self, Pages, Verdict};
use crate::{parse, resolve};

/// Builds a handbook. Touches neither disk nor clock, and always gives a site: as whole as the sources
/// allow, so that a preview can show unfinished work. Whether to publish it is read off the report.
pub fn compile(sources: &Sources) -> (Site, Report) {
    let (site, report, _) = consume(sources.clone());
    (site, report)
}

/// Like [`compile`], of sources that nobody else holds: texts that are let go are gone from memory then. Gives what is
/// left of them, for those who show the report.
pub fn consume(sources: Sources) -> (Site, Report, Sources) {
    let (site, sources) = run(sources, &mut Memory::default());
    let report = site.verdict().report().clone();
    (site, report, sources)
}

/// What a build leaves for the one after it.
#[derive(Debug, Default)]
pub struct Memory {
    keeps: bool,
    parsed: parse::ParseMemory,
    linked: resolve::LinkMemory,
    planned: Option<Planned>,
    themed: Option<Themed>,
}

/// A plan, the handbook it was made for, and what was said of it.
#[derive(Debug, Clone)]
struct Planned {
    handbook: Arc<Handbook>,
    pages: Arc<Pages>,
    said: Report,
}

/// A theme, what it was made from, and what was said of it.
#[derive(Debug, Clone)]
struct Themed {
    name: Option<String>,
    /// The tags of the languages whose words it was asked for.
    languages: Vec<String>,
    files: Vec<Arc<SourceFile>>,
    theme: Arc<Theme>,
    said: Report,
}

impl Memory {
    /// A memory for builds that follow one another. The default one keeps nothing.
    pub fn new() -> Self {
        Self { keeps: true, parsed: parse::ParseMemory::new(), linked: resolve::LinkMemory::new(), ..Self::default() }
    }
}

/// Like [`compile`], after the build that `memory` knows of. The checks run when the site's verdict is asked for.
pub fn again(sources: &Sources, memory: &mut Memory) -> Site {
    run(sources.clone(), memory).0
}

fn run(mut sources: Sources, memory: &mut Memory) -> (Site, Sources) {
    let mut early = Report::default();
    let drafts = parse::again(&mut sources, &mut memory.parsed, &mut early);
    let handbook = Arc::new(resolve::again(drafts, &sources, &mut memory.linked, &mut early));
    let (planned, themed) = (memory.planned.take(), memory.themed.take());
    let (planned, themed) = parallel::both(|| plan(&handbook, planned), || dress(&handbook, &sources, themed));
    early.append(planned.said.clone());
    early.append(themed.said.clone());
    let (pages, theme) = (Arc::clone(&planned.pages), Arc::clone(&themed.theme));
    if memory.keeps {
        (memory.planned, memory.themed) = (Some(planned), Some(themed));
    }
    let gaps = Arc::clone(&pages.gaps).into();
    let verdict = Verdict::knowing(Arc::clone(&handbook), gaps, early, sources.clone());
    (Site::new(handbook, pages, theme, verdict), sources)
}

/// The plan of a site. One for a handbook of the same shape serves again, or what of it comes of the same maps; one that was
/// told of mistakes points at places, which may have moved.
fn plan(handbook: &Arc<Handbook>, before: Option<Planned>) -> Planned {
    let (pages, said) = match before {
        Some(before) if before.said.is_empty() && before.handbook.is_alike(handbook) => (before.pages, before.said),
        before => {
            let mut said = Report::default();
            let alike = before.as_ref().filter(|before| before.handbook.has_alike_maps(handbook));
            (views::derive_after(handbook, alike.map(|before| &*before.pages), &mut said).into(), said)
        }
    };
    Planned { handbook: Arc::clone(handbook), pages, said }
}

/// The theme. It serves again until its name or one of its files changes; one that was told of mistakes points into the
/// settings, which may have moved.
fn dress(handbook: &Handbook, sources: &Sources, before: Option<Themed>) -> Themed {
    let name = handbook.settings.theme.as_ref().map(|(name, _)| name.clone());
    let languages: Vec<String> = handbook.settings.languages.iter().map(|language| language.tag.clone()).collect();
    let themes = sources.files().shared().filter(|file| file.path.as_str().starts_with("themes/"));
    let files: Vec<Arc<SourceFile>> = themes.cloned().collect();
    let same = |before: &Themed| {
        let alike = before.files.iter().zip(&files).all(|(a, b)| Arc::ptr_eq(a, b));
        before.said.is_empty()
            && before.name == name
            && before.languages == languages
            && before.files.len() == files.len()
            && alike
    };
    before.filter(same).unwrap_or_else(|| {
        let mut said = Report::default();
        let theme = Arc::new(Theme::load(&handbook.settings, sources, &mut said));
        Themed { name, languages, files, theme, said }
    })
}
