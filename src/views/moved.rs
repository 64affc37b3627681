//! Where things were before: a small page at each old address that leads to where they are now.
//!
//! Planned last, when every page has its address: nothing may stand where something else stands.

use std::collections::BTreeSet;

use serde::Serialize;

use super::here::{Here, Link};
use super::keeping::target_of;
use super::pages::{PageKind, Plan, planned};
use crate::diag::{Code, Diagnostic};
use crate::hash::HashMap;
use crate::model::{Alias, Handbook, Item, Lang, Noun, OldPlace};
use crate::path::SitePath;
use crate::source::{FileId, Span};

/// What a page at an old address shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedView<'a> {
    /// Where it is now, under its title.
    pub link: Link<'a>,
    /// Its whole address, or the way to it if nobody says where the site lives.
    pub canonical: String,
}

/// The page. `number` is the old address's among all of them.
pub fn moved<'a>(here: &Here<'a>, number: usize) -> MovedView<'a> {
    let now = here.pages.moved[number];
    let page = here.pages.of(now, here.lang);
    let target = target_of(here, now);
    let href = here.href_to(now);
    let url = here.handbook.settings.url.as_ref().zip(page);
    MovedView {
        canonical: url.map_or_else(|| href.clone(), |(url, page)| url.of(&page.path)),
        link: Link { href, title: target.map_or_else(|| here.word("moved_title"), |target| here.title(target)) },
    }
}

/// An old address: where, what it leads to, and where the author says so.
struct Old<'h> {
    path: String,
    kind: PageKind,
    alias: &'h Alias,
}

/// Plans the pages at all old addresses, in every language.
pub(super) fn plan(plan: &mut Plan<'_>) {
    let olds = olds(plan.handbook);
    if olds.is_empty() {
        return;
    }
    // Some disks keep `Maya.html` and `maya.html` in one place.
    let fold = |path: &str| path.to_lowercase();
    let mut taken: HashMap<String, Option<Span>> = HashMap::default();
    let pages = plan.pages.pages.iter().zip(&plan.spans);
    taken.extend(pages.map(|(page, span)| (fold(page.path.as_str()), *span)));
    let mut folders: BTreeSet<String> = BTreeSet::new();
    let mut told: BTreeSet<(FileId, u32)> = BTreeSet::new();
    let languages: Vec<Lang> = planned(plan.handbook).collect();
    let tags: Vec<String> = languages.iter().map(|&lang| plan.handbook.settings.tag(lang).to_lowercase()).collect();
    for (lang, old) in languages.iter().flat_map(|&lang| olds.iter().map(move |old| (lang, old))) {
        // An address in a language's folder is that language's alone.
        let first = old.path.split('/').next().unwrap_or_default();
        let only = tags.iter().skip(1).position(|tag| tag == first).map(|at| languages[at + 1]);
        let path = match only {
            Some(only) if only != lang => continue,
            None if lang != Lang::DEFAULT => format!("{}/{}", tags[lang.index()], old.path),
            _ => old.path.clone(),
        };
        let parents: Vec<String> = path.match_indices('/').map(|(slash, _)| fold(&path[..slash])).collect();
        let there = taken.get(&fold(&path)).or_else(|| parents.iter().find_map(|parent| taken.get(parent)));
        let there = there.copied().or_else(|| folders.contains(&fold(&path)).then_some(None));
        if let Some(first) = there {
            if told.insert((old.alias.span.file, old.alias.span.start)) {
                let message = format!("another page already stands at `{path}`");
                let diagnostic = Diagnostic::new(Code::AddressTaken, old.alias.span, message);
                plan.report.push(match first {
                    Some(first) => diagnostic.related(first, "it is made from this"),
                    None => diagnostic.help("every site has a page there; take this alias out"),
                });
            }
            continue;
        }
        taken.insert(fold(&path), Some(old.alias.span));
        folders.extend(parents);
        let number = plan.pages.moved.len();
        plan.pages.moved.push(old.kind);
        plan.claim(SitePath::new(&path), lang, PageKind::Moved(number), 0, None);
    }
}

/// Every old address of a handbook, as the default language has it, in the handbook's order.
fn olds(handbook: &Handbook) -> Vec<Old<'_>> {
    let mut olds = Vec::new();
    macro_rules! add {
        ($($table:ident $kind:ident $folder:literal $end:literal),*) => {
            $(for (id, noun) in handbook.$table.entries() {
                for alias in &noun.item.aliases {
                    let path = address(&noun.item, alias, $folder, $end);
                    olds.push(Old { path, kind: PageKind::$kind(id), alias });
                }
            })*
        };
    }
    add!(personas Persona "personas" ".html", maps Map "maps" ".html", touchpoints Touchpoint "touchpoints" ".html");
    add!(insights Insight "insights" ".html", opportunities Opportunity "opportunities" ".html");
    add!(metrics Metric "metrics" ".html", courses Course "training" "/index.html", lessons Lesson "training" ".html");
    add!(walkthroughs Walkthrough "walkthroughs" ".html", guides Guide "guides" ".html");
    // With a course its lessons moved.
    for course in &handbook.courses {
        for alias in &course.item.aliases {
            let OldPlace::Id(old) = &alias.place else { continue };
            for &lesson in &course.lessons {
                let name = handbook[lesson].name();
                let own = name.rsplit('/').next().unwrap_or(name);
                olds.push(Old { path: format!("training/{old}/{own}.html"), kind: PageKind::Lesson(lesson), alias });
            }
        }
    }
    if let Some(front) = &*handbook.front {
        let old = |alias| Old { path: address(&front.item, alias, "", ".html"), kind: PageKind::Home, alias };
        olds.extend(front.item.aliases.iter().map(old));
    }
    olds
}

/// Where an alias says that an item was.
fn address(item: &Item, alias: &Alias, folder: &str, end: &str) -> String {
    match &alias.place {
        OldPlace::Address(path) => path.as_str().to_owned(),
        OldPlace::Id(old) => {
            let slash = if folder.is_empty() { "" } else { "/" };
            // A lesson without a course was in the one that it is in.
            let course = match item.name.rsplit_once('/') {
                Some((course, _)) if folder == "training" && !old.contains('/') => format!("{course}/"),
                _ => String::new(),
            };
            format!("{folder}{slash}{course}{old}{end}")
        }
    }
}
