//! What was linked before: an item that did not change, and whose links still lead where they led, is not linked again.
//!
//! A link is an index into a table, so what an item's links lead to depends on the names of the kinds it names, and on
//! nothing else. Each item remembers which kinds it asked for. One with a broken link is linked anew each time: what it
//! is told may name anything.

use std::mem::take;
use std::sync::Arc;

use super::drafts::Drafts;
use super::linker::{Anchor, Linker};
use super::names::{Index, Parts};
use super::terms::Terms;
use crate::diag::Report;
use crate::hash::{HashMap, digest};
use crate::model::{
    Course, Draft, Guide, Handbook, Id, Insight, JourneyMap, Lesson, Metric, Names, Noun, Opportunity, Persona, Table,
    Team, Term, Touchpoint, Walkthrough,
};
use crate::parallel;
use crate::source::{FileId, Sources};

/// What has been linked, for the next time.
#[derive(Debug, Default)]
pub struct LinkMemory {
    /// Whether anything is kept at all.
    keeps: bool,
    index: Arc<Index>,
    /// The file of the front page, which the index names.
    front: Option<FileId>,
    terms: Arc<Terms>,
    /// What the words of the glossary were found for.
    terms_of: Option<Glossary>,
    pub(super) personas: LinkedKind<Persona<Draft>, Persona>,
    pub(super) maps: LinkedKind<JourneyMap<Draft>, JourneyMap>,
    pub(super) touchpoints: LinkedKind<Touchpoint<Draft>, Touchpoint>,
    pub(super) teams: LinkedKind<Team<Draft>, Team>,
    pub(super) insights: LinkedKind<Insight<Draft>, Insight>,
    pub(super) opportunities: LinkedKind<Opportunity<Draft>, Opportunity>,
    pub(super) metrics: LinkedKind<Metric<Draft>, Metric>,
    pub(super) courses: LinkedKind<Course<Draft>, Course>,
    pub(super) lessons: LinkedKind<Lesson<Draft>, Lesson>,
    pub(super) walkthroughs: LinkedKind<Walkthrough<Draft>, Walkthrough>,
    pub(super) terms_linked: LinkedKind<Term<Draft>, Term>,
    pub(super) guides: LinkedKind<Guide<Draft>, Guide>,
}

/// So many drafts that are not what stood in their places have been edited; if there are more, they may have moved.
const FEW: usize = 8;

/// The terms, the number of languages, and whether words are linked at all.
type Glossary = (Vec<Arc<Term<Draft>>>, usize, bool);

/// The items of one kind that were linked, in their order.
#[derive(Debug)]
pub(super) struct LinkedKind<D, L>(Vec<(Arc<D>, Option<LinkedItem<L>>)>);

impl<D, L> Default for LinkedKind<D, L> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// An item whose links all led somewhere.
#[derive(Debug)]
struct LinkedItem<L> {
    linked: Arc<L>,
    /// The kinds of which it asked for a name.
    asked: Parts,
    anchors: Arc<[Anchor]>,
}

/// What all links are followed with.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    pub(super) index: Arc<Index>,
    pub(super) terms: Arc<Terms>,
    /// What is not as it was when the last handbook was linked.
    changed: Parts,
    keeps: bool,
    /// What each part of all this comes to, by its bit; `None` if nobody wants to know, or if drafts are in the way.
    parts: Option<[u64; 32]>,
}

impl LinkMemory {
    /// A memory for many handbooks, one after the other. The default one keeps nothing.
    pub fn new() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// What the links of these drafts are followed with, and what of it has changed.
    pub(super) fn ways(&mut self, drafts: &Handbook<Draft>, unpublished: Drafts, sources: &Sources) -> Ways {
        let settings = &drafts.settings;
        if !self.keeps {
            let index = Index { unpublished, ..Index::new(drafts, sources) };
            let terms = Terms::of(&drafts.terms, settings);
            let parts = (sources.shelf().is_some() && index.unpublished.are_none()).then(|| {
                let tags: Vec<_> = settings.languages.iter().map(|language| (&language.tag, language.lang)).collect();
                let names = Names::of(drafts);
                let words = names.digest(&(&drafts.terms, tags, settings.link_terms));
                Parts::WORDS.put(words, index.digests(&names))
            });
            return Ways { index: index.into(), terms: terms.into(), changed: Parts::ALL, keeps: false, parts };
        }
        let mut changed = Parts::NONE;
        if self.index.unpublished != unpublished || !self.names_are_the_same(drafts) {
            let index = Index { unpublished, ..Index::new(drafts, sources) };
            changed = self.index.changes(&index);
            self.index = index.into();
            self.front = drafts.front.as_ref().map(|front| front.item.file);
        }
        let terms_of = (drafts.terms.shared().to_vec(), settings.languages.len(), settings.link_terms);
        let same = self.terms_of.as_ref().is_some_and(|(terms, languages, link)| {
            let alike =
                terms.len() == terms_of.0.len() && terms.iter().zip(&terms_of.0).all(|(a, b)| Arc::ptr_eq(a, b));
            alike && (*languages, *link) == (terms_of.1, terms_of.2)
        });
        if !same {
            changed |= Parts::WORDS;
            self.terms = Terms::of(&drafts.terms, settings).into();
            self.terms_of = Some(terms_of);
        }
        Ways { index: Arc::clone(&self.index), terms: Arc::clone(&self.terms), changed, keeps: true, parts: None }
    }

    /// Whether every name that can be linked to, and every file, is what and where it was. Making the index is most of
    /// the work after a small edit, so this is asked first.
    fn names_are_the_same(&self, drafts: &Handbook<Draft>) -> bool {
        fn alike<D: Noun>(one: &D, two: &D) -> bool {
            one.name() == two.name() && one.span().file == two.span().file
        }
        fn maps_alike(one: &JourneyMap<Draft>, two: &JourneyMap<Draft>) -> bool {
            let stages = one.stages.iter().map(|stage| &stage.name).eq(two.stages.iter().map(|stage| &stage.name));
            let steps = one.steps().map(|(_, step)| &step.name).eq(two.steps().map(|(_, step)| &step.name));
            alike(one, two) && one.item.unread == two.item.unread && stages && steps
        }
        (self.front == drafts.front.as_ref().map(|front| front.item.file) && self.index.has_rest_of(drafts))
            && (self.personas.matches(&drafts.personas, alike) && self.maps.matches(&drafts.maps, maps_alike))
            && (self.touchpoints.matches(&drafts.touchpoints, alike) && self.teams.matches(&drafts.teams, alike))
            && (self.insights.matches(&drafts.insights, alike) && self.metrics.matches(&drafts.metrics, alike))
            && (self.opportunities.matches(&drafts.opportunities, alike) && self.guides.matches(&drafts.guides, alike))
            && (self.courses.matches(&drafts.courses, alike) && self.lessons.matches(&drafts.lessons, alike))
            && (self.terms_linked.matches(&drafts.terms, alike)
                && self.walkthroughs.matches(&drafts.walkthroughs, alike))
    }
}

impl<D: Clone + Send + Sync, L: Send + Sync + 'static> LinkedKind<D, L> {
    /// Links a table's nouns on all cores, those that need it.
    pub(super) fn link(
        &mut self,
        drafts: Table<D>,
        (ways, sources): (&Ways, &Sources),
        (report, anchors): (&mut Report, &mut Vec<Arc<[Anchor]>>),
        link: impl Fn(Id<L>, D, &mut Linker<'_>) -> L + Sync + Send,
    ) -> Table<L> {
        let known = self.recall(drafts.shared());
        let work = |index: usize, (draft, known): (Arc<D>, Option<LinkedItem<L>>)| {
            if let Some(known) = known.filter(|known| !known.asked.meets(ways.changed)) {
                return (Some(draft), known, Report::default());
            }
            let mut own = Report::default();
            let mut linker = Linker::new(ways, sources, &mut own);
            // Where nothing is kept, the draft is nobody else's, and becomes the item without being copied.
            let kept = ways.keeps.then(|| Arc::clone(&draft));
            let linked = Arc::new(link(Id::at(index), Arc::unwrap_or_clone(draft), &mut linker));
            let (asked, anchors) = (linker.asked, take(&mut linker.anchors).into());
            (kept, LinkedItem { linked, asked, anchors }, own)
        };
        let origins = drafts.origins().to_vec();
        let mut made_of = Vec::with_capacity(origins.len());
        let linked = drafts.map(|drafts| {
            let done = parallel::turn(drafts.into_iter().zip(known).collect(), work);
            let mut linked = Vec::with_capacity(done.len());
            for (draft, known, own) in done {
                linked.push(Arc::clone(&known.linked));
                // What is told of a link may rest on anything.
                let origin = origins.get(made_of.len()).zip(ways.parts.as_ref());
                let origin = origin.filter(|(origin, _)| **origin != 0 && own.is_empty());
                made_of.push(origin.map_or(0, |(origin, parts)| digest(&(origin, known.asked.digest(parts)))));
                if !known.anchors.is_empty() {
                    anchors.push(Arc::clone(&known.anchors));
                }
                self.0.extend(draft.map(|draft| (draft, Some(known).filter(|_| own.is_empty()))));
                report.append(own);
            }
            linked
        });
        linked.with_origins(made_of)
    }

    /// Whether a table's nouns are those that are known, or alike, in the same order.
    fn matches(&self, drafts: &Table<D>, alike: fn(&D, &D) -> bool) -> bool {
        let pairs = || self.0.iter().map(|(known, _)| known).zip(drafts.shared());
        self.0.len() == drafts.len() && pairs().all(|(known, draft)| Arc::ptr_eq(known, draft) || alike(known, draft))
    }

    /// What is known of each draft, taken out of the memory.
    fn recall(&mut self, drafts: &[Arc<D>]) -> Vec<Option<LinkedItem<L>>> {
        let before = take(&mut self.0);
        let moved = || before.iter().zip(drafts).filter(|((old, _), new)| !Arc::ptr_eq(old, new)).count();
        if before.len() == drafts.len() && moved() <= FEW {
            let pairs = before.into_iter().zip(drafts);
            return pairs.map(|((old, known), new)| known.filter(|_| Arc::ptr_eq(&old, new))).collect();
        }
        // Something came or went or has another name, so that the others may stand elsewhere. A draft that is held has its
        // address to itself.
        let (held, known): (Vec<Arc<D>>, Vec<_>) = before.into_iter().unzip();
        let mut by_address: HashMap<*const D, LinkedItem<L>> =
            held.iter().zip(known).filter_map(|(draft, known)| Some((Arc::as_ptr(draft), known?))).collect();
        drafts.iter().map(|draft| by_address.remove(&Arc::as_ptr(draft))).collect()
    }
}
