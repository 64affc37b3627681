//! The index of everything: every item by its title, from A to Z. Where scripts do not run it is the search.
//!
//! Chinese titles stand under the first letter of their reading in pinyin, as in a Chinese dictionary.

use std::sync::OnceLock;

use pinyin::ToPinyin;
use serde::Serialize;

use super::here::{Here, Link, index_title};
use super::pages::PageKind;
use super::split::Pager;
use crate::hash::digest;
use crate::model::{Handbook, Item, Noted, PLANNED, Target, Text, unwatched};
use crate::search::fold;

/// The index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EverythingView<'a> {
    /// Its letters.
    pub letters: Vec<Letter<'a>>,
    /// The way to the rest, if there is much.
    pub pager: Option<Pager>,
}

/// What begins with a letter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Letter<'a> {
    /// The letter; `#` for what begins with none.
    pub letter: String,
    /// The items.
    pub items: Vec<Line<'a>>,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line<'a> {
    /// The item.
    pub link: Link<'a>,
    /// What kind of thing it is.
    pub kind: &'a str,
}

/// The number under which it is noted that the order is read: the last but one that is not a noun's.
const ORDERED: u32 = PLANNED - 2;

/// Items, each after its title as it is sorted.
type Titled = Vec<(String, Target)>;

/// Every item of a language in the order of its index, once somebody has asked for it.
#[derive(Debug, Default)]
pub struct Order {
    languages: Noted<Vec<OnceLock<Titled>>>,
}

impl Order {
    /// An order for so many languages, not made yet.
    pub fn new(languages: usize) -> Self {
        let mut languages: Noted<Vec<_>> = Noted::new((0..languages).map(|_| OnceLock::new()).collect());
        languages.set_number(Some(ORDERED));
        Self { languages }
    }

    fn of(&self, here: &Here<'_>) -> &[(String, Target)] {
        let made = self.languages.get(here.lang.index());
        // Whoever asks first reads for all, and what is read is in the digest.
        made.map_or(&[], |made| made.get_or_init(|| unwatched(|| order(here))))
    }

    /// The number under which it is noted that it is read, and what it comes to with all that is read without being noted:
    /// titles, in the order of the tables.
    pub fn digest(handbook: &Handbook) -> (u32, u64) {
        let said = |text: &Text| digest(&text.iter().map(|(lang, words)| (lang, &words.text)).collect::<Vec<_>>());
        let item = |item: &Item| digest(&(&item.name, item.draft, said(&item.title)));
        macro_rules! titles {
            ($($table:ident),* in items, $($other:ident),*) => {
                [
                    $(digest(&handbook.$table.iter().map(|noun| item(&noun.item)).collect::<Vec<_>>()),)*
                    $(digest(&handbook.$other.iter().map(|noun| (&noun.name, said(&noun.title))).collect::<Vec<_>>()),)*
                ]
            };
        }
        let titles = titles!(
            maps, personas, touchpoints, insights, opportunities, metrics, courses, lessons, walkthroughs, guides in items,
            channels, teams, terms
        );
        (ORDERED, digest(&titles))
    }
}

/// The index of everything.
pub fn everything<'a>(here: &Here<'a>) -> EverythingView<'a> {
    let kind = PageKind::Everything;
    let mut letters: Vec<Letter<'a>> = Vec::new();
    for (reading, target) in here.on_this_part(kind, here.verdict.everything().of(here).iter()) {
        let letter = letter(reading);
        let line = Line { link: here.link(*target), kind: here.words.get(kind_of(*target)) };
        match letters.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.items.push(line),
            None => letters.push(Letter { letter, items: vec![line] }),
        }
    }
    EverythingView { letters, pager: here.pager(kind) }
}

/// How many items there are.
pub fn count(handbook: &Handbook) -> usize {
    targets(handbook).count()
}

fn targets(handbook: &Handbook) -> impl Iterator<Item = Target> {
    let ids = |target: fn(usize) -> Target, count: usize| (0..count).map(target);
    macro_rules! all {
        ($($table:ident $target:ident),*) => {
            std::iter::empty()$(.chain(ids(|index| Target::$target(crate::model::Id::at(index)), handbook.$table.len())))*
        };
    }
    all!(
        maps Map, personas Persona, touchpoints Touchpoint, channels Channel, insights Insight, opportunities Opportunity,
        metrics Metric, teams Team, courses Course, lessons Lesson, walkthroughs Walkthrough, guides Guide, terms Term
    )
}

fn order(here: &Here<'_>) -> Titled {
    let placed = targets(here.handbook).filter(|target| here.pages.address(*target, here.lang).is_some());
    let mut items: Titled = placed.map(|target| (reading(&here.title(target).text), target)).collect();
    // Letters first; what begins with none comes last.
    items.sort_by_cached_key(|(reading, _)| (letter(reading) == "#", reading.clone()));
    items
}

/// A title as it is sorted: folded, and Chinese characters by their reading.
fn reading(title: &str) -> String {
    let mut reading = String::with_capacity(title.len());
    for c in fold(title).chars().skip_while(|c| !c.is_alphanumeric()) {
        match c.to_pinyin() {
            Some(pinyin) => {
                reading.push_str(pinyin.plain());
                reading.push(' ');
            }
            None => reading.push(c),
        }
    }
    reading
}

fn letter(reading: &str) -> String {
    match reading.chars().next().filter(|c| c.is_alphabetic()) {
        Some(c) => c.to_uppercase().collect(),
        None => "#".to_owned(),
    }
}

fn kind_of(target: Target) -> &'static str {
    index_title(match target {
        Target::Map(_) => PageKind::Maps,
        Target::Persona(_) => PageKind::Personas,
        Target::Touchpoint(_) => PageKind::Touchpoints,
        Target::Channel(_) => PageKind::Channels,
        Target::Insight(_) => PageKind::Insights,
        Target::Opportunity(_) => PageKind::Opportunities,
        Target::Metric(_) => PageKind::Metrics,
        Target::Team(_) => PageKind::Teams,
        Target::Course(_) | Target::Lesson(_) => PageKind::Training,
        Target::Walkthrough(_) => PageKind::Walkthroughs,
        Target::Term(_) => PageKind::Glossary,
        Target::Guide(_) | Target::Front | Target::Here | Target::Asset(_) => PageKind::Guides,
    })
}
