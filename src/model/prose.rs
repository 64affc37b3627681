//! Prose: running text, and what of the handbook shows through it.
//!
//! Markdown is turned into HTML once, when it is parsed, and with holes wherever the HTML depends on the
//! rest of the handbook or on the page that shows it: addresses, titles, excerpts, words of the theme's
//! language. Showing prose is then copying strings and filling holes. The HTML is safe: raw HTML of the
//! author's has been sanitised.

use std::ops::Range;

use super::html::{Html, Shown};
use super::link::{Draft, State};
use super::pack::{Pack, Packer, Unpacker};
use super::text::Text;
use super::{
    Asset, Channel, Course, Guide, Id, Insight, JourneyMap, Lane, Lesson, Linked, List, Metric, Opportunity, Persona,
    Stage, Team, Term, Touchpoint, Walkthrough,
};
use crate::path::HandbookPath;
use crate::source::Span;

/// Running text in one language. Its HTML is one text, whatever shows through it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Prose<S: State = Linked> {
    /// All of its HTML.
    html: Html,
    /// What shows through it, in order, and before which byte of the HTML.
    holes: List<(u32, Hole<S>)>,
    /// Its headings, in order.
    pub headings: List<Heading>,
    /// Whether words of the glossary become links in it where they stand first.
    pub links_terms: bool,
}

/// A stretch of prose.
#[derive(Debug, PartialEq)]
pub enum Piece<'h, 'p, S: State = Linked> {
    /// Finished HTML, never empty.
    Html(&'h str),
    /// Something that depends on where it is shown.
    Hole(&'p Hole<S>),
}

/// Prose in the making: HTML and holes, in order.
#[derive(Debug)]
pub struct Growing<S: State = Linked> {
    html: String,
    holes: Vec<(u32, Hole<S>)>,
}

/// What shows through the prose.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Hole<S: State = Linked> {
    /// The address of something, inside `href="…"` or `src="…"`.
    Address(S::Reference),
    /// The title of something, as text.
    Title(S::Reference),
    /// A block the handbook draws.
    Block(Box<Block<S>>),
    /// A word of the theme's, by its key.
    Word(&'static str),
    /// Where a link to the meaning of a term begins or, without one, ends.
    Term(Option<Id<Term>>),
}

/// A heading in prose.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1..=6.
    pub level: u8,
    /// Its id: unique in the prose.
    pub id: String,
    /// Its text, without markup.
    pub text: String,
}

/// A block drawn from a fenced code block with a YAML body.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Block<S: State = Linked> {
    /// Some stages and lanes of a map.
    Map(MapExcerpt<S>),
    /// A question to check oneself.
    Quiz(Quiz),
}

/// Some stages and lanes of a map.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct MapExcerpt<S: State = Linked> {
    /// The map; `None` if it is unknown.
    pub map: Option<S::Link<JourneyMap>>,
    /// The stages to show; empty for all.
    pub stages: List<S::Link<Stage>>,
    /// The lanes to show; empty for the curve, the actions and the pains.
    pub lanes: Vec<Lane<S>>,
    /// A line under it.
    pub caption: Option<Text>,
}

/// A question with answers to choose from.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Quiz {
    /// The question.
    pub question: Text,
    /// At least two, at least one of them correct.
    pub answers: Vec<Answer>,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Answer {
    /// The answer.
    pub text: Text,
    /// Whether it is right.
    pub correct: bool,
    /// Why, or why not.
    pub why: Option<Text>,
}

/// A reference as the author wrote it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct NamedReference {
    /// What it points to.
    pub kind: ReferenceKind,
    /// The name of the target; for [`ReferenceKind::File`] a path from the handbook's folder.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// The place in the target, and where it stands.
    pub anchor: Option<(String, Span)>,
}

/// What a reference points to, by its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ReferenceKind {
    Persona,
    Map,
    Touchpoint,
    Channel,
    Insight,
    Opportunity,
    Metric,
    Team,
    Course,
    Lesson,
    Walkthrough,
    Term,
    /// A file of the handbook: an item's source or an asset.
    File,
    /// A place on the page itself: `#anchor`.
    Here,
}

impl ReferenceKind {
    /// Every scheme, as authors write it.
    pub const SCHEMES: &[(&'static str, Self)] = &[
        ("persona", Self::Persona),
        ("map", Self::Map),
        ("touchpoint", Self::Touchpoint),
        ("channel", Self::Channel),
        ("insight", Self::Insight),
        ("opportunity", Self::Opportunity),
        ("metric", Self::Metric),
        ("team", Self::Team),
        ("course", Self::Course),
        ("lesson", Self::Lesson),
        ("walkthrough", Self::Walkthrough),
        ("term", Self::Term),
    ];
}

/// A reference that has met its target.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The target.
    pub target: Target,
    /// The place in it.
    pub anchor: Option<String>,
}

/// What a reference has met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Target {
    Persona(Id<Persona>),
    Map(Id<JourneyMap>),
    Touchpoint(Id<Touchpoint>),
    Channel(Id<Channel>),
    Insight(Id<Insight>),
    Opportunity(Id<Opportunity>),
    Metric(Id<Metric>),
    Team(Id<Team>),
    Course(Id<Course>),
    Lesson(Id<Lesson>),
    Walkthrough(Id<Walkthrough>),
    Term(Id<Term>),
    Guide(Id<Guide>),
    Asset(Id<Asset>),
    /// The front page.
    Front,
    /// The page the prose is shown on.
    Here,
}

impl NamedReference {
    /// A reference to a file of the handbook.
    pub fn file(path: &HandbookPath, span: Span) -> Self {
        Self { kind: ReferenceKind::File, name: path.as_str().to_owned(), span, anchor: None }
    }
}

impl<S: State> Prose<S> {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.html.len() == 0 && self.holes.is_empty()
    }

    /// The same, in which words of the glossary become links or do not.
    #[must_use]
    pub fn linking_terms(self, links_terms: bool) -> Self {
        Self { links_terms, ..self }
    }

    /// All of its HTML, without what shows through it.
    pub fn html(&self) -> Shown<'_> {
        self.html.show()
    }

    /// HTML and holes, in order, of what [`Self::html`] gave.
    pub fn pieces<'h>(&self, html: &'h str) -> impl Iterator<Item = Piece<'h, '_, S>> {
        let (mut at, mut holes) = (0, self.holes.iter().peekable());
        std::iter::from_fn(move || {
            let end = holes.peek().map_or(html.len(), |(place, _)| *place as usize);
            if at < end {
                let html = &html[at..end];
                at = end;
                return Some(Piece::Html(html));
            }
            holes.next().map(|(_, hole)| Piece::Hole(hole))
        })
    }

    /// What shows through it, in order.
    pub fn holes(&self) -> impl Iterator<Item = &Hole<S>> {
        self.holes.iter().map(|(_, hole)| hole)
    }

    /// The same with other holes in the places of these.
    pub(crate) fn turn<U: State>(self, mut turn: impl FnMut(Hole<S>, &[Heading]) -> Hole<U>) -> Prose<U> {
        let Self { html, holes, headings, links_terms } = self;
        let holes = holes.map(|(at, hole)| (at, turn(hole, &headings)));
        Prose { html, holes, headings, links_terms }
    }

    /// The same with more holes, given in order. What ends before a byte stands before all that was there, and what begins there
    /// behind it.
    pub(crate) fn with_links(self, links: impl IntoIterator<Item = (Range<usize>, Id<Term>)>) -> Self {
        let mut old = self.holes.into_iter().peekable();
        let mut holes = Vec::new();
        for (range, term) in links {
            let (begin, end) = (range.start as u32, range.end as u32);
            holes.extend(std::iter::from_fn(|| old.next_if(|(at, _)| *at <= begin)));
            holes.extend([(begin, Hole::Term(Some(term))), (end, Hole::Term(None))]);
        }
        holes.extend(old);
        Self { holes: holes.into(), ..self }
    }

    /// Forgets the HTML and the headings, and gives the holes, which stay.
    pub(super) fn forget_html(&mut self) -> impl Iterator<Item = &mut Hole<S>> {
        (self.html, self.headings) = Default::default();
        self.holes.iter_mut().map(|(at, hole)| {
            *at = 0;
            hole
        })
    }
}

impl Pack for Prose<Draft> {
    fn pack(&self, out: &mut Packer<'_>) {
        let Self { html, holes, headings, links_terms } = self;
        out.html(html);
        holes.pack(out);
        headings.pack(out);
        links_terms.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (html, holes) = (from.html()?, List::<(u32, Hole<Draft>)>::unpack(from)?);
        let (headings, links_terms) = (List::unpack(from)?, bool::unpack(from)?);
        // The text itself need not be at hand: what is read of it later has the hash of that which they were made for.
        let stand = holes.last().is_none_or(|(at, _)| *at as usize <= html.len());
        (stand && holes.is_sorted_by_key(|(at, _)| *at)).then_some(Self { html, holes, headings, links_terms })
    }

    fn each_html(&mut self, take: &mut dyn FnMut(&mut Html)) {
        take(&mut self.html);
    }
}

impl<S: State> Growing<S> {
    /// Adds finished HTML.
    pub fn html(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds something that depends on where it is shown.
    pub fn hole(&mut self, hole: Hole<S>) {
        // What sources hold is far below u32::MAX, and so is what is made of them.
        self.holes.push((self.html.len() as u32, hole));
    }

    /// The finished prose.
    pub fn finish(self, headings: List<Heading>, links_terms: bool) -> Prose<S> {
        Prose { html: Html::new(self.html.as_str().into()), holes: self.holes.into(), headings, links_terms }
    }
}

// By hand, because a derive would ask the same of the state.
impl<S: State> Default for Growing<S> {
    fn default() -> Self {
        Self { html: String::new(), holes: Vec::new() }
    }
}

impl<S: State> Default for Prose<S> {
    fn default() -> Self {
        Self { html: Html::default(), holes: List::default(), headings: List::default(), links_terms: true }
    }
}

/// The draft's prose, for short.
pub type DraftProse = Prose<Draft>;
