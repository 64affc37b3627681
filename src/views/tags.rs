//! Tags: which there are, what bears them, and their pages.
//!
//! A tag is a free word, so it makes its address itself: letters and digits of any script stay, all else becomes `-`. Of
//! two tags that would meet at one address, such as `a/b` and `a-b`, the one that needed no change keeps it and the other
//! gets a number, in the order of the alphabet: the same on every machine.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use serde::Serialize;

use super::here::{Here, Link, MOST_LINKS, index_title};
use super::pages::PageKind;
use super::split::Pager;
use crate::hash::{HashMap, HashSet};
use crate::model::{Handbook, Item, Target};

/// Letters of a tag that its address keeps, at most: the name of a file has an end.
const LONGEST: usize = 60;

/// All tags of a handbook.
#[derive(Debug, Default)]
pub struct Tags {
    tags: Vec<Tag>,
    numbers: HashMap<String, usize>,
}

// By hand, because the numbers are those of the tags' places.
impl Hash for Tags {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tags.hash(state);
    }
}

/// A tag.
#[derive(Debug, Hash)]
pub struct Tag {
    /// The word.
    pub name: String,
    /// What its address is made of.
    pub slug: String,
    /// What bears it, by kind, each kind in the order of the handbook.
    pub bearers: Vec<Target>,
}

/// All tags.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagsView<'a> {
    /// The tags, by name.
    pub tags: Vec<TagLine<'a>>,
    /// The way to the others, if there are many.
    pub pager: Option<Pager>,
}

/// A tag in the list of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagLine<'a> {
    /// Its page.
    pub link: Link<'a>,
    /// “12 pages”.
    pub count: String,
}

/// What bears a tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagView<'a> {
    /// By kind.
    pub groups: Vec<TagGroup<'a>>,
    /// The way to the others, if there are many.
    pub pager: Option<Pager>,
}

/// What of one kind bears a tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagGroup<'a> {
    /// The kind's name, for ids.
    pub kind: &'static str,
    /// What readers call it.
    pub title: &'a str,
    /// The pages.
    pub links: Vec<Link<'a>>,
}

impl Tags {
    /// Gathers the tags of all items.
    pub fn of<'h>(handbook: &'h Handbook) -> Self {
        let mut bearers: BTreeMap<&'h str, Vec<Target>> = BTreeMap::new();
        let note = &mut |item: &'h Item, target: Target| {
            for tag in item.tags.iter().filter(|tag| !tag.is_empty()) {
                // An item that says a tag twice bears it once.
                let known = bearers.entry(tag).or_default();
                if known.last() != Some(&target) {
                    known.push(target);
                }
            }
        };
        for (id, map) in handbook.maps.entries() {
            note(&map.item, Target::Map(id));
        }
        for (id, persona) in handbook.personas.entries() {
            note(&persona.item, Target::Persona(id));
        }
        for (id, touchpoint) in handbook.touchpoints.entries() {
            note(&touchpoint.item, Target::Touchpoint(id));
        }
        for (id, insight) in handbook.insights.entries() {
            note(&insight.item, Target::Insight(id));
        }
        for (id, opportunity) in handbook.opportunities.entries() {
            note(&opportunity.item, Target::Opportunity(id));
        }
        for (id, metric) in handbook.metrics.entries() {
            note(&metric.item, Target::Metric(id));
        }
        for (id, course) in handbook.courses.entries() {
            note(&course.item, Target::Course(id));
        }
        for (id, lesson) in handbook.lessons.entries() {
            note(&lesson.item, Target::Lesson(id));
        }
        for (id, walk) in handbook.walkthroughs.entries() {
            note(&walk.item, Target::Walkthrough(id));
        }
        for (id, guide) in handbook.guides.entries() {
            note(&guide.item, Target::Guide(id));
        }
        if let Some(front) = &*handbook.front {
            note(&front.item, Target::Front);
        }
        let slugs = slugs(bearers.keys().copied());
        let tags = bearers.into_iter().zip(slugs);
        let tags: Vec<Tag> = tags.map(|((name, bearers), slug)| Tag { name: name.to_owned(), slug, bearers }).collect();
        let numbers = tags.iter().enumerate().map(|(number, tag)| (tag.name.clone(), number)).collect();
        Self { tags, numbers }
    }

    /// Every tag with its number, by name.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &Tag)> {
        self.tags.iter().enumerate()
    }

    /// All but what bears them.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tags.iter().map(|tag| (tag.name.as_str(), tag.slug.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

impl std::ops::Index<usize> for Tags {
    type Output = Tag;

    fn index(&self, number: usize) -> &Tag {
        &self.tags[number]
    }
}

/// What addresses are made of, one for each tag; no two are alike. Tags come in order, each once.
fn slugs<'t>(tags: impl Iterator<Item = &'t str>) -> Vec<String> {
    let tags: Vec<&str> = tags.collect();
    let wanted: Vec<String> = tags.iter().map(|tag| plain(tag)).collect();
    // The list of all tags stands at `index`.
    let mut taken: HashSet<String> = HashSet::from_iter(["index".to_owned()]);
    let is_own = |tag: &str, slug: &str| tag == slug && slug != "index";
    taken.extend(tags.iter().zip(&wanted).filter(|(tag, slug)| is_own(tag, slug)).map(|(_, slug)| slug.clone()));
    let free = |tag: &str, slug: String, taken: &mut HashSet<String>| {
        if is_own(tag, &slug) || taken.insert(slug.clone()) {
            return slug;
        }
        let mut numbered = (2..).map(|number: u32| format!("{slug}-{number}"));
        numbered.find(|slug| taken.insert(slug.clone())).unwrap_or(slug)
    };
    tags.iter().zip(wanted).map(|(tag, slug)| free(tag, slug, &mut taken)).collect()
}

/// A tag with `-` for all that is neither letter nor digit.
fn plain(tag: &str) -> String {
    let words = tag.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug: String = words.collect::<Vec<_>>().join("-").chars().take(LONGEST).collect();
    if slug.is_empty() { "tag".to_owned() } else { slug }
}

/// All tags.
pub fn tags<'a>(here: &Here<'a>) -> TagsView<'a> {
    let line = |(number, tag): (usize, &'a Tag)| TagLine {
        link: here.tag_link(number),
        count: here.words.count("tagged_count", tag.bearers.len()),
    };
    let kind = PageKind::Tags;
    TagsView { tags: here.on_this_part(kind, here.pages.tags.entries()).map(line).collect(), pager: here.pager(kind) }
}

/// What bears a tag.
pub fn tag<'a>(here: &Here<'a>, number: usize) -> TagView<'a> {
    let kind = PageKind::Tag(number);
    let mut groups: Vec<TagGroup<'a>> = Vec::new();
    for &target in here.on_this_part(kind, here.pages.tags[number].bearers.iter()) {
        let of = kind_of(target);
        if groups.last().is_none_or(|group| group.kind != of) {
            groups.push(TagGroup { kind: of, title: here.words.get(of), links: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.links.push(here.link(target));
        }
    }
    TagView { groups, pager: here.pager(kind) }
}

fn kind_of(target: Target) -> &'static str {
    match target {
        Target::Map(_) => "maps",
        Target::Persona(_) => "personas",
        Target::Touchpoint(_) => "touchpoints",
        Target::Insight(_) => "insights",
        Target::Opportunity(_) => "opportunities",
        Target::Metric(_) => "metrics",
        Target::Course(_) => index_title(PageKind::Training),
        Target::Lesson(_) => "lessons",
        Target::Walkthrough(_) => "walkthroughs",
        Target::Guide(_) => "guides",
        _ => "front_page",
    }
}

impl<'a> Here<'a> {
    /// The tags of what a page shows; none of a page that shows no item. Of very many the first.
    pub fn tags_on(&self, page: PageKind) -> Vec<Link<'a>> {
        let handbook = self.handbook;
        let item = match page {
            PageKind::Home => handbook.front.as_ref().map(|front| &front.item),
            PageKind::Map(id) => Some(&handbook[id].item),
            PageKind::Persona(id) => Some(&handbook[id].item),
            PageKind::Touchpoint(id) => Some(&handbook[id].item),
            PageKind::Insight(id) => Some(&handbook[id].item),
            PageKind::Opportunity(id) => Some(&handbook[id].item),
            PageKind::Metric(id) => Some(&handbook[id].item),
            PageKind::Course(id) => Some(&handbook[id].item),
            PageKind::Lesson(id) => Some(&handbook[id].item),
            PageKind::Walkthrough(id) => Some(&handbook[id].item),
            PageKind::Guide(id) => Some(&handbook[id].item),
            PageKind::Guides => self.pages.shelf.front().map(|id| &handbook[id].item),
            _ => None,
        };
        let tags = item.map_or(&[][..], |item| item.tags.as_slice());
        let mut numbers: Vec<usize> = Vec::with_capacity(tags.len());
        for number in tags.iter().filter_map(|tag| self.pages.named_tags().numbers.get(tag)) {
            if !numbers.contains(number) {
                numbers.push(*number);
            }
        }
        self.capped(MOST_LINKS, numbers.into_iter().map(|number| self.tag_link(number)))
    }

    /// A link to a tag's page under its name.
    fn tag_link(&self, number: usize) -> Link<'a> {
        let title = self.untranslated(&self.pages.named_tags()[number].name);
        Link { href: self.href_to(PageKind::Tag(number)), title }
    }
}
