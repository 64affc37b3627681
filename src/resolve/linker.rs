//! Following one link: the name is looked up, and what is not there is reported with what is near.

use super::memory::Ways;
use super::names::{Index, Linkable, Parts};
use super::terms::Terms;
use crate::diag::{Code, Diagnostic, Report, Severity, listed};
use crate::model::{
    Asset, Heading, Id, List, Local, Named, NamedReference, OwnLane, Prose, Reference, ReferenceKind, Target,
};
use crate::parse::journey::LANES;
use crate::parse::tidy;
use crate::path::HandbookPath;
use crate::source::{Sources, Span};

/// How many names are listed where none is near.
const MOST_LISTED: usize = 12;

/// Follows links.
pub(super) struct Linker<'a> {
    pub(super) index: &'a Index,
    pub(super) sources: &'a Sources,
    /// The words that become links to the glossary.
    pub(super) terms: &'a Terms,
    pub(super) report: &'a mut Report,
    /// Places in pages that links name, to be looked for when the pages are there.
    pub(super) anchors: Vec<Anchor>,
    /// What it had to look up in.
    pub(super) asked: Parts,
}

/// A place in a page that a link names: the page, the place, and where the link stands.
pub(super) type Anchor = (Target, String, Span);

impl<'a> Linker<'a> {
    /// A linker that has followed nothing yet.
    pub(super) fn new(ways: &'a Ways, sources: &'a Sources, report: &'a mut Report) -> Self {
        Self { index: &ways.index, sources, terms: &ways.terms, report, anchors: Vec::new(), asked: Parts::NONE }
    }
}

impl Linker<'_> {
    /// The target of a link; `None` if there is none of that name.
    pub(super) fn id<T: Linkable>(&mut self, link: Named<T>) -> Option<Id<T>> {
        self.asked |= T::PART;
        let found = T::names(self.index).find(&link.name).map(Id::at);
        let unpublished = &self.index.unpublished;
        if found.is_some() {
            if let Some(draft) = unpublished.shown::<T>(&link.name, link.span) {
                let diagnostic = self.link_to_draft(&link.name, link.span, draft);
                self.report.push(Diagnostic { severity: Severity::Warning, ..diagnostic });
            }
        } else if let Some(draft) = unpublished.missing::<T>(&link.name) {
            let diagnostic = self.link_to_draft(&link.name, link.span, draft);
            self.report.push(diagnostic);
        } else {
            self.unknown::<T>(&link.name, link.span);
        }
        found
    }

    /// Says that a link leads to what is not to be published yet.
    fn link_to_draft(&self, name: &str, span: Span, draft: Span) -> Diagnostic {
        let path = self.sources.path(draft.file);
        Diagnostic::new(Code::LinkToDraft, span, format!("`{name}` is a draft, and a build leaves it out"))
            .related(draft, "the draft")
            .help(format!("take `draft: true` out of `{path}` once it is ready, or take out the link"))
    }

    /// The target of a link that may be absent.
    pub(super) fn maybe<T: Linkable>(&mut self, link: Option<Named<T>>) -> Option<Id<T>> {
        self.id(link?)
    }

    /// The targets of some links.
    pub(super) fn ids<T: Linkable>(&mut self, links: List<Named<T>>) -> List<Id<T>> {
        links.into_iter().filter_map(|link| self.id(link)).collect()
    }

    /// The target of a file under `assets/`.
    pub(super) fn asset(&mut self, link: Option<Named<Asset>>) -> Option<Id<Asset>> {
        let link = link?;
        self.asked |= Asset::PART;
        let found = self.index.assets.find(&link.name).map(Id::at);
        if found.is_none() {
            let given = link.name.strip_prefix("assets/").unwrap_or(&link.name);
            let known = self.index.assets.iter().filter_map(|name| name.strip_prefix("assets/"));
            let message = format!("there is no file `{given}` in `assets/`");
            // The path begins below `assets/`, which is easily forgotten.
            let near = given.strip_prefix("assets/").unwrap_or(given);
            self.report.push(Diagnostic::new(Code::MissingAsset, link.span, message).suggest(near, known));
        }
        found
    }

    /// A lane the handbook declares.
    pub(super) fn lane(&mut self, link: Named<OwnLane>) -> Option<Id<OwnLane>> {
        self.asked |= OwnLane::PART;
        let found = self.index.lanes.find(&link.name).map(Id::at);
        if found.is_none() && !self.index.lanes.unread {
            let known: Vec<&str> = LANES.iter().map(|(name, _)| *name).chain(self.index.lanes.iter()).collect();
            self.report.push(
                Diagnostic::new(Code::UnknownLane, link.span, format!("no lane is called `{}`", link.name))
                    .suggest(&link.name, known.iter().copied())
                    .help(format!("one of {}", listed(known))),
            );
        }
        found
    }

    /// Names within one map: stages or steps by their position.
    pub(super) fn local<T>(&mut self, link: &Named<T>, names: &[String], code: Code, what: &str) -> Option<Id<T>> {
        let found = names.iter().position(|name| **name == *link.name).map(Id::at);
        if found.is_none() {
            let message = format!("the map has no {what} called `{}`", link.name);
            let known = || names.iter().map(String::as_str);
            let diagnostic = Diagnostic::new(code, link.span, message).suggest(&link.name, known());
            self.report.push(or_listed(diagnostic, known()));
        }
        found
    }

    /// What a reference in running text leads to. `here` are the headings of the text it stands in.
    pub(super) fn reference(&mut self, link: Box<NamedReference>, here: &[Heading]) -> Option<Box<Reference>> {
        let target = self.target(&link)?;
        let anchor = link.anchor.map(|(anchor, span)| {
            if target == Target::Here {
                check_anchor(&anchor, span, here.iter().map(|heading| heading.id.as_str()), self.report);
            } else if !matches!(target, Target::Asset(_)) {
                self.anchors.push((target, anchor.clone(), span));
            }
            anchor
        });
        Some(Box::new(Reference { target, anchor }))
    }

    fn target(&mut self, link: &NamedReference) -> Option<Target> {
        macro_rules! named {
            ($target:ident) => {
                self.id(Named::new(link.name.as_str(), link.span)).map(Target::$target)
            };
        }
        match link.kind {
            ReferenceKind::Persona => named!(Persona),
            ReferenceKind::Map => named!(Map),
            ReferenceKind::Touchpoint => named!(Touchpoint),
            ReferenceKind::Channel => named!(Channel),
            ReferenceKind::Insight => named!(Insight),
            ReferenceKind::Opportunity => named!(Opportunity),
            ReferenceKind::Metric => named!(Metric),
            ReferenceKind::Team => named!(Team),
            ReferenceKind::Course => named!(Course),
            ReferenceKind::Lesson => named!(Lesson),
            ReferenceKind::Walkthrough => named!(Walkthrough),
            ReferenceKind::Term => named!(Term),
            ReferenceKind::Here => Some(Target::Here),
            ReferenceKind::File => self.file(link),
        }
    }

    fn file(&mut self, link: &NamedReference) -> Option<Target> {
        self.asked |= Parts::FILES;
        let found = self.index.files.get(&link.name).copied();
        let unpublished = &self.index.unpublished;
        if let Some(draft) = unpublished.shown_file(&link.name, link.span) {
            let diagnostic = self.link_to_draft(&link.name, link.span, draft);
            self.report.push(Diagnostic { severity: Severity::Warning, ..diagnostic });
        } else if let Some(draft) = unpublished.missing_file(&link.name) {
            let diagnostic = self.link_to_draft(&link.name, link.span, draft);
            self.report.push(diagnostic);
        } else if found.is_none() {
            let page = [".md", ".yaml"].iter().any(|extension| link.name.ends_with(extension));
            let code = if page { Code::UnknownPage } else { Code::MissingAsset };
            let there = HandbookPath::new(&link.name).is_some_and(|path| self.sources.find(&path).is_some());
            let message = match there {
                true => format!("`{}` has no page of its own", link.name),
                false => format!("there is no `{}`", link.name),
            };
            let mut diagnostic =
                Diagnostic::new(code, link.span, message).suggest(&link.name, self.index.near(&link.name));
            if there && diagnostic.help.is_empty() {
                diagnostic = diagnostic.help("link to something in it, such as `team:ID`");
            }
            if !page && !link.name.starts_with("assets/") {
                diagnostic = diagnostic.help("files to be copied stand in `assets/`");
            }
            self.report.push(diagnostic);
        }
        found
    }

    fn unknown<T: Linkable>(&mut self, name: &str, span: Span) {
        let names = T::names(self.index);
        if names.unread {
            return;
        }
        // The author's own spelling, where the place is the name's alone.
        let said = self.sources.text(span.file).get(span.range()).filter(|said| tidy(said) == name).unwrap_or(name);
        let mut diagnostic = Diagnostic::new(T::UNKNOWN, span, format!("no {} is called `{said}`", T::WORD));
        diagnostic = match self.index.renamed.get(&(T::WORD, name.to_owned())) {
            Some(now) => diagnostic.help(format!("it is called `{now}` now")),
            None => diagnostic.suggest(name, names.iter()),
        };
        if diagnostic.help.is_empty() {
            // A title instead of an id is the other slip there is.
            let as_id = tidy(name).replace(' ', "-");
            if let Some(known) = names.iter().find(|known| **known == *as_id) {
                diagnostic = diagnostic.help(format!("did you mean `{known}`?"));
            }
        }
        diagnostic = or_listed(diagnostic, names.iter());
        if diagnostic.help.is_empty() {
            diagnostic = diagnostic.help(format!("it would stand in {}", T::HOME));
        }
        self.report.push(diagnostic);
    }
}

/// Lists the known names where none is near, if they are few.
fn or_listed<'n>(diagnostic: Diagnostic, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let known: Vec<&str> = known.take(MOST_LISTED + 1).collect();
    match known[..] {
        _ if !diagnostic.help.is_empty() || known.len() > MOST_LISTED => diagnostic,
        [] => diagnostic,
        [only] => diagnostic.help(format!("there is only `{only}`")),
        _ => diagnostic.help(format!("one of {}", listed(known))),
    }
}

/// Says so if a page has no such place.
pub(super) fn check_anchor<'a>(anchor: &str, span: Span, known: impl Iterator<Item = &'a str>, report: &mut Report) {
    let known: Vec<&str> = known.collect();
    if known.contains(&anchor) {
        return;
    }
    let mut diagnostic = Diagnostic::new(Code::BrokenAnchor, span, format!("the page has no place called `{anchor}`"))
        .suggest(anchor, known.iter().copied());
    if known.is_empty() {
        diagnostic = diagnostic.help(format!("take out `#{anchor}`: it has no places to lead to"));
    } else if diagnostic.help.is_empty() {
        diagnostic = diagnostic.help(format!("it has {}", listed(known.into_iter().take(MOST_LISTED))));
    }
    report.push(diagnostic);
}

/// The headings of a text in all its languages.
pub(super) fn headings(body: &Local<Prose>) -> impl Iterator<Item = &str> {
    body.iter().flat_map(|(_, prose)| prose.headings.iter().map(|heading| heading.id.as_str()))
}
