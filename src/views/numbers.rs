//! The plan in numbers that outlive the program. A page notes which of its parts it reads, as it does with nouns.
//!
//! Where the page of an item stands comes of its name and of nothing else, so nobody notes it: whatever stands elsewhere, or
//! nowhere, is part of what all pages rest on.

use super::pages::{Format, Page, PageKind, Pages, planned};
use crate::hash::digest;
use crate::model::{Digests, Handbook, Lang, Names, Noun, PLANNED};

/// The parts of the plan that are noted when they are read, in the order of their numbers. Those whose readers are told by other
/// numbers, or that stand for something else, come last.
macro_rules! numbered {
    ($of:expr, $part:ident, $later:ident, $other:ident) => {
        $part!($of.dues);
        $part!($of.gaps);
        $later!(evidence);
        $part!($of.tags);
        $later!(map_order);
        $part!($of.line);
        $later!(matrix);
        $later!(order);
        $part!($of.moments);
        $other!(rest of uses);
        $other!(rest of shelf);
        $other!(every);
        $other!(further);
        $other!(compares);
        $other!(tagged);
    };
}

impl Pages {
    /// Gives the parts their numbers, from 0. The last two numbers are those of the order of everything and of the findings.
    pub(super) fn number(&mut self) {
        let mut numbers = 0..PLANNED - 2;
        macro_rules! part {
            ($part:expr) => {
                $part.set_number(numbers.next())
            };
        }
        macro_rules! named {
            ($name:ident) => {
                self.$name.set_number(numbers.next())
            };
            (rest of $name:ident) => {
                self.$name.rest.set_number(numbers.next())
            };
        }
        numbered!(self, part, named, named);
    }

    /// What is read of it without being noted, in short; says in the digests what is noted.
    pub fn digest(&self, handbook: &Handbook, names: &Names, digests: &mut Digests) -> u64 {
        // All of it stands here: whatever is no part with a number belongs to what is read without being noted.
        let Self {
            pages,
            places: _,
            by_path: _,
            assets,
            // They are called as the terms are.
            terms: _,
            moved,
            uses,
            dues: _,
            gaps: _,
            evidence: _,
            worked: _,
            tags,
            map_order: _,
            shelf,
            line: _,
            steps,
            matrix: _,
            order: _,
            moments: _,
            // They note themselves what they rest on.
            figures: _,
            every: _,
            further: _,
            compares: _,
            tagged: _,
        } = self;
        steps.digest(handbook, digests);
        let mut rest = Some(uses.digest(handbook, self, names, digests));
        let mut numbers = 0..PLANNED;
        let mut set = |comes_to: u64| numbers.by_ref().take(1).for_each(|number| digests.set(number, comes_to));
        let some = |is: fn(&Page) -> bool| names.digest(&pages.iter().filter(|page| is(page)).collect::<Vec<_>>());
        macro_rules! part {
            ($part:expr) => {
                set(names.digest(&*$part))
            };
        }
        macro_rules! later {
            ($name:ident) => {
                set(names.digest(&self.$name(handbook)))
            };
        }
        macro_rules! other {
            (rest of uses) => {
                set(rest.take().unwrap_or_default())
            };
            (rest of shelf) => {
                set(names.digest(&(shelf.front(), shelf.top())))
            };
            (every) => {
                set(some(|_| true))
            };
            (further) => {
                set(some(|page| page.part > 0))
            };
            (compares) => {
                set(some(|page| matches!(page.kind, PageKind::Compare(_))))
            };
            (tagged) => {
                set(digest(&tags.names().collect::<Vec<_>>()))
            };
        }
        numbered!(self, part, later, other);
        let elsewhere: Vec<&Page> = pages.iter().filter(|page| self.is_elsewhere(handbook, page)).collect();
        let lost: Vec<(Lang, Vec<PageKind>)> =
            planned(handbook).map(|lang| (lang, self.lost(handbook, lang))).collect();
        let moved_assets = assets.iter().map(|path| path.as_str()).ne(handbook.assets.names()).then_some(assets);
        names.digest(&(elsewhere, lost, moved, moved_assets, shelf.front()))
    }

    /// Whether a page stands where its item's name does not tell, and no number of ours does.
    fn is_elsewhere(&self, handbook: &Handbook, page: &Page) -> bool {
        if page.part > 0 || matches!(page.kind, PageKind::Compare(_) | PageKind::Tag(_)) {
            return false;
        }
        let Some((folder, name, end)) = usual(handbook, page.kind) else { return true };
        let path = page.path.as_str();
        let path = match page.lang == Lang::DEFAULT {
            true => Some(path),
            // The tag in lower case, whatever it is: no two languages have one.
            false => path.split_once('/').map(|(_, path)| path),
        };
        let inside = path.and_then(|path| path.strip_prefix(folder)?.strip_prefix('/')?.strip_prefix(name));
        inside != Some(end)
    }

    /// The items that have no page in a language.
    fn lost(&self, handbook: &Handbook, lang: Lang) -> Vec<PageKind> {
        let mut lost = Vec::new();
        macro_rules! lost {
            ($($table:ident $kind:ident),*) => {
                $(lost.extend(
                    handbook.$table.ids().map(PageKind::$kind).filter(|kind| self.places.get(lang, *kind, 0).is_none()),
                );)*
            };
        }
        lost!(maps Map, personas Persona, touchpoints Touchpoint, courses Course, lessons Lesson, insights Insight);
        lost!(opportunities Opportunity, metrics Metric, teams Team, channels Channel, walkthroughs Walkthrough, guides Guide);
        let maps = handbook.maps.ids().flat_map(|map| Format::ALL.map(|format| PageKind::MapData(map, format)));
        lost.extend(maps.filter(|kind| self.places.get(lang, *kind, 0).is_none()));
        lost
    }
}

/// Where the page of an item usually is: the folder, its name, and what follows; `None` for a page of no item.
fn usual(handbook: &Handbook, kind: PageKind) -> Option<(&'static str, &str, &'static str)> {
    Some(match kind {
        PageKind::Map(id) => ("maps", handbook[id].name(), ".html"),
        PageKind::MapData(id, Format::Json) => ("maps", handbook[id].name(), ".json"),
        PageKind::MapData(id, Format::Csv) => ("maps", handbook[id].name(), ".csv"),
        PageKind::MapData(id, Format::Svg) => ("maps", handbook[id].name(), ".svg"),
        PageKind::Persona(id) => ("personas", handbook[id].name(), ".html"),
        PageKind::Touchpoint(id) => ("touchpoints", handbook[id].name(), ".html"),
        PageKind::Course(id) => ("training", handbook[id].name(), "/index.html"),
        PageKind::Lesson(id) => ("training", handbook[id].name(), ".html"),
        PageKind::Insight(id) => ("insights", handbook[id].name(), ".html"),
        PageKind::Opportunity(id) => ("opportunities", handbook[id].name(), ".html"),
        PageKind::Metric(id) => ("metrics", handbook[id].name(), ".html"),
        PageKind::Team(id) => ("teams", handbook[id].name(), ".html"),
        PageKind::Channel(id) => ("channels", handbook[id].name(), ".html"),
        PageKind::Walkthrough(id) => ("walkthroughs", handbook[id].name(), ".html"),
        PageKind::Guide(id) => ("guides", handbook[id].name(), ".html"),
        _ => return None,
    })
}
