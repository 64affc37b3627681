//! How a page is kept: when its item last changed, where it can be edited, whether its review is overdue.

use serde::Serialize;

use super::dues;
use super::here::{Day, Here, Link};
use super::pages::{Page, PageKind};
use crate::model::{Date, Item, Noun, Target, percent};
use crate::path::HandbookPath;

/// How a page is kept. Empty for a page that is made of many items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Keeping<'a> {
    /// The day its item last changed; `None` if no history tells.
    pub changed: Option<Day>,
    /// Where its file can be edited; `None` unless the handbook says where.
    pub edit: Option<String>,
    /// Set if its review is overdue.
    pub overdue: Option<Overdue<'a>>,
}

/// A review that is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overdue<'a> {
    /// “Review overdue since 12 Sep 2026”.
    pub said: String,
    /// Who keeps it true.
    pub owner: Option<Link<'a>>,
}

impl<'a> Here<'a> {
    /// How a page is kept.
    pub fn keeping(&self, page: &Page) -> Keeping<'a> {
        let Some(target) = target_of(self, page.kind) else { return Keeping::default() };
        match self.item(target) {
            Some(item) => Keeping {
                changed: self.last_changed(target, item).map(|day| self.day(day)),
                edit: self.handbook.path(item.file).and_then(|path| self.edit(path)),
                overdue: self.overdue(item),
            },
            None => {
                // Many teams or channels stand in one file: when that changed says nothing of this one.
                let span = match target {
                    Target::Team(id) => self.handbook[id].span(),
                    Target::Channel(id) => self.handbook[id].span(),
                    _ => return Keeping::default(),
                };
                let edit = self.handbook.path(span.file).and_then(|path| self.edit(path));
                Keeping { edit, ..Keeping::default() }
            }
        }
    }

    /// The newest day on which one of an item's files changed: in any language, and a metric's readings.
    pub(super) fn last_changed(&self, target: Target, item: &Item) -> Option<Date> {
        let history = self.handbook.history.as_ref()?;
        let files = std::iter::once(item.file).chain(item.translations.iter().map(|&(_, file)| file));
        let texts = files.filter_map(|file| history.last_touched(self.handbook.path(file)?)).max();
        let readings = matches!(target, Target::Metric(_)).then(|| {
            let path = self.handbook.path(item.file)?.as_str();
            history.last_touched(&HandbookPath::new(&format!("{}csv", path.strip_suffix("yaml")?))?)
        });
        texts.max(readings.flatten())
    }

    /// Where a file can be edited; `None` unless the handbook says where.
    pub fn edit(&self, path: &HandbookPath) -> Option<String> {
        let edit = self.handbook.settings.edit.as_deref()?;
        Some(edit.replace("{path}", &percent(path.as_str())))
    }

    fn overdue(&self, item: &'a Item) -> Option<Overdue<'a>> {
        let due = dues::due_day(self.handbook, item).filter(|&due| dues::is_overdue(self.handbook, due))?;
        Some(Overdue {
            said: self.words.fill("overdue_since", &[("day", &self.words.date(due))]),
            owner: self.owner(item.owner),
        })
    }
}

impl<'a> Here<'a> {
    /// The files that a page is made from before all others: its item's, in every language, with a metric's readings; the
    /// settings for the front page; the list for a page about lists. Empty for a page that is made of many items.
    pub fn made_from(&self, kind: PageKind) -> Vec<&'a HandbookPath> {
        let handbook = self.handbook;
        let paths = || handbook.files.shared().map(|file| &file.path);
        let begin = |beginning: String| paths().filter(move |path| path.as_str().starts_with(&beginning));
        let lists = |name: &str| begin(format!("{name}.")).collect();
        let Some(target) = target_of(self, kind) else {
            return match kind {
                PageKind::Teams => lists("teams"),
                PageKind::Channels => lists("channels"),
                PageKind::Glossary => lists("glossary"),
                _ => Vec::new(),
            };
        };
        let Some(item) = self.item(target) else {
            return match target {
                Target::Team(_) => lists("teams"),
                Target::Channel(_) => lists("channels"),
                _ => Vec::new(),
            };
        };
        let files = std::iter::once(item.file).chain(item.translations.iter().map(|&(_, file)| file));
        let mut paths: Vec<&HandbookPath> = files.filter_map(|file| handbook.path(file)).collect();
        match target {
            Target::Front => paths.extend(begin("handbook.".to_owned())),
            Target::Metric(_) => {
                let stem = handbook.path(item.file).and_then(|path| path.as_str().strip_suffix("yaml"));
                paths.extend(stem.into_iter().flat_map(|stem| begin(format!("{stem}csv"))));
            }
            _ => {}
        }
        paths
    }
}

/// What a page is about; `None` for a page about many things.
pub(super) fn target_of(here: &Here<'_>, kind: PageKind) -> Option<Target> {
    Some(match kind {
        PageKind::Home => Target::Front,
        PageKind::Map(id) => Target::Map(id),
        PageKind::Persona(id) => Target::Persona(id),
        PageKind::Touchpoint(id) => Target::Touchpoint(id),
        PageKind::Course(id) => Target::Course(id),
        PageKind::Lesson(id) => Target::Lesson(id),
        PageKind::Guides => Target::Guide(here.pages.shelf.front()?),
        PageKind::Guide(id) => Target::Guide(id),
        PageKind::Insight(id) => Target::Insight(id),
        PageKind::Opportunity(id) => Target::Opportunity(id),
        PageKind::Metric(id) => Target::Metric(id),
        PageKind::Team(id) => Target::Team(id),
        PageKind::Channel(id) => Target::Channel(id),
        PageKind::Walkthrough(id) => Target::Walkthrough(id),
        _ => return None,
    })
}
