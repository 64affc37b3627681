//! What `handbook.yaml` says. Read once, never changed.

use std::hash::{Hash, Hasher};

use super::lane::OwnLane;
use super::link::State;
use super::text::Text;
use super::{Asset, Cadence, EvidencePolicy, JourneyMap, Lang, Linked, Noun, RuleLevel, Table, WebAddress};
use crate::source::Span;

/// The handbook's own settings.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Settings<S: State = Linked> {
    /// The handbook's title.
    pub title: Text,
    /// One sentence about it.
    pub description: Option<Text>,
    /// At least one; the first is the default.
    pub languages: Vec<Language>,
    /// Where its site will live; `None` if nobody says, and then no page names its own address.
    pub url: Option<WebAddress>,
    /// Whether everybody may find it. If not, as it comes, search engines are told to leave it alone.
    pub public: bool,
    /// Whose handbook it is.
    pub brand: Brand<S>,
    /// The theme's name.
    pub theme: Option<(String, Span)>,
    /// What the front page shows.
    pub home: FrontPage<S>,
    /// How long a review holds unless an item says otherwise.
    pub review_every: Option<Cadence>,
    /// What it asks of its evidence.
    pub evidence: EvidencePolicy,
    /// How bad rules are, where that is not as they come.
    pub checks: Vec<RuleLevel>,
    /// Where a file can be edited: a web address with `{path}` for the file's path.
    pub edit: Option<String>,
    /// Whether words of the glossary become links where they stand first on a page.
    pub link_terms: bool,
    /// A line under every page.
    pub footer: Option<Text>,
    /// Reusable lists of stages.
    pub stage_sets: Table<StageSet>,
    /// Lanes the handbook declares.
    pub lanes: Table<OwnLane>,
}

/// A language of the handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its BCP 47 tag, such as `zh-CN`.
    pub tag: String,
    /// Its place, and the languages it falls back to.
    pub lang: Lang,
    /// Where `handbook.yaml` names it; `None` for the one that it has without saying so.
    pub span: Option<Span>,
}

/// Whose handbook it is.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Brand<S: State = Linked> {
    /// The organisation's name.
    pub name: Option<Text>,
    /// Its name in another script.
    pub also: Option<Text>,
    /// Its mark.
    pub logo: Option<S::Link<Asset>>,
    /// The small drawing in the browser's tab; the theme's own if there is none.
    pub icon: Option<S::Link<Asset>>,
}

/// What the front page shows.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct FrontPage<S: State = Linked> {
    /// The map whose curve stands at the top.
    pub feature: Option<S::Link<JourneyMap>>,
    /// Ways in, by job.
    pub start: Vec<JobCard<S>>,
}

/// A way in for one job.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct JobCard<S: State = Linked> {
    /// Such as “I train people”.
    pub title: Text,
    /// A sentence.
    pub text: Option<Text>,
    /// A drawing.
    pub icon: Option<String>,
    /// Where to go; the text is the target's title unless one is given.
    pub links: Vec<S::Reference>,
}

/// A reusable list of stages.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct StageSet {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Stages without steps.
    pub stages: Vec<(String, Text)>,
}

// By hand, because a language's hash is that of its place, as two are equal if their places are.
impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { tag, lang, span } = self;
        (tag, lang, lang.fallbacks().collect::<Vec<_>>(), span).hash(state);
    }
}

impl Language {
    /// English: the language of a handbook that names none.
    pub fn english() -> Self {
        Self { tag: "en".to_owned(), lang: Lang::DEFAULT, span: None }
    }
}

impl<S: State> Settings<S> {
    /// Whether there are languages beside the default one.
    pub fn has_translations(&self) -> bool {
        self.languages.len() > 1
    }

    /// A language's tag; English for one that the handbook does not have.
    pub fn tag(&self, lang: Lang) -> &str {
        self.languages.get(lang.index()).map_or("en", |language| &language.tag)
    }

    /// The tags of a language and of those it falls back to, in this order; the default comes last.
    pub fn tags(&self, lang: Lang) -> Vec<&str> {
        let places = std::iter::once(lang.index()).chain(lang.fallbacks());
        places.filter_map(|place| self.languages.get(place)).map(|language| language.tag.as_str()).collect()
    }
}

impl Noun for StageSet {
    fn name(&self) -> &str {
        &self.name
    }
    fn span(&self) -> Span {
        self.span
    }
}
