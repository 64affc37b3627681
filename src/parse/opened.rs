//! An item's files, opened: their YAML as trees, their Markdown as places.

use super::fields::Fields;
use super::files::ItemFiles;
use super::markdown;
use super::stamp;
use super::value::{Ledger, Value};
use super::yaml::{self, Kind, Node};
use super::{Context, aliases, blocks, levels};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Draft, DraftProse, Item, Lang, Local, Review};
use crate::original::{Original, Stamp};
use crate::source::{FileId, Sources, Span};

/// An item's files in every language, each read as far as it can be.
pub(super) struct Opened<'s> {
    name: &'s str,
    file: FileId,
    original: Option<Node<'s>>,
    others: Vec<(Lang, Node<'s>)>,
    /// Where the Markdown begins in each file.
    bodies: Vec<(Lang, FileId, usize)>,
    sources: &'s Sources,
    /// What the translations say that they were made from.
    stamps: Vec<(Lang, Stamp)>,
    /// Where texts are noted, if the handbook has more than one language.
    ledger: Option<Ledger>,
}

/// Opens an item: `.md` files as front matter and Markdown, all others as YAML.
pub(super) fn open<'s>(files: &'s ItemFiles, context: &Context<'s>, report: &mut Report) -> Opened<'s> {
    let mut opened = Opened {
        name: &files.name,
        file: files.file,
        original: None,
        others: Vec::new(),
        bodies: Vec::new(),
        sources: context.sources,
        stamps: Vec::new(),
        ledger: (context.settled.languages.len() > 1).then(Ledger::default),
    };
    let (node, body) = read(files.file, context, report);
    // Only a translation may do without front matter.
    let is_page = context.sources.path(files.file).extension() == "md";
    let is_bare = is_page && matches!(&node, Some(Node { kind: Kind::Nothing, .. }));
    if is_bare {
        report.push(no_front_matter(files.file, context.sources.text(files.file)));
    }
    opened.original = node.filter(|_| !is_bare).map(or_empty);
    opened.bodies.push((Lang::DEFAULT, files.file, body));
    for &(lang, file) in &files.others {
        let (mut node, body) = read(file, context, report);
        opened.stamps.extend(node.as_mut().and_then(|node| stamp::take(node, report)).map(|stamp| (lang, stamp)));
        opened.others.extend(node.map(|node| (lang, node)));
        opened.bodies.push((lang, file, body));
    }
    opened
}

impl<'s> Opened<'s> {
    /// The keys of the YAML, in all languages.
    pub(super) fn fields<'n>(&'n self, report: &mut Report) -> Fields<'n>
    where
        's: 'n,
    {
        let fields = self.value().and_then(|value| value.fields(report));
        fields.unwrap_or_else(|| Fields::of_unreadable(self.file)).of_item(self)
    }

    /// The whole YAML, in all languages.
    pub(super) fn value<'n>(&'n self) -> Option<Value<'n>>
    where
        's: 'n,
    {
        let others = self.others.iter().filter(|(_, node)| !matches!(node.kind, Kind::Nothing));
        let others = others.map(|(lang, node)| (*lang, node)).collect();
        Some(Value { node: self.original.as_ref()?, others, ledger: self.ledger.as_ref() })
    }

    /// Tells which texts there are, when all have been read.
    pub(super) fn tell(&self, report: &mut Report) {
        let Some(ledger) = &self.ledger else { return };
        let text = |file: FileId, start: usize| self.sources.text(file).get(start..).unwrap_or_default().trim();
        let mut bodies = self.bodies.iter();
        if let Some(&(_, file, start)) = bodies.next()
            && let body = text(file, start)
            && !body.is_empty()
        {
            let start = self.sources.text(file).len() - self.sources.text(file)[start..].trim_start().len();
            let having = bodies.filter(|(_, file, start)| !text(*file, *start).is_empty());
            let span = Span::new(file, start, start + body.len());
            ledger.note(body, span, having.map(|(lang, ..)| lang.index()));
        }
        let files = self.bodies.iter().skip(1).map(|(lang, file, _)| {
            let stamp = self.stamps.iter().find(|(other, _)| other == lang).map(|(_, stamp)| stamp.clone());
            (lang.index(), *file, stamp)
        });
        report.note(Original::new(self.file, self.sources.text(self.file), ledger.take(), files.collect()));
    }

    /// The keys that every item has.
    pub(super) fn head(&self, fields: &mut Fields<'_>, report: &mut Report) -> Item<Draft> {
        Item {
            name: self.name.to_owned(),
            file: self.file,
            translations: self.bodies.iter().skip(1).map(|&(lang, file, _)| (lang, file)).collect(),
            unread: self.original.is_none(),
            title: fields.need_text("title", self.name, report),
            summary: fields.text("summary", report),
            owner: fields.name("owner", report),
            review: Review {
                reviewed_at: fields.place("reviewed"),
                reviewed: fields.date("reviewed", report),
                by: fields.text("reviewed-by", report).into(),
                every: fields.cadence("review-every", report),
            },
            tags: fields.names::<()>("tags", report).into_iter().map(|tag| tag.name.into()).collect(),
            checks: levels::checks(fields, report).into(),
            draft: fields.flag("draft", report),
            aliases: aliases::read(fields, report).into(),
        }
    }

    /// The Markdown below the front matter, in all languages. An empty translation is none. The front matter says
    /// whether words of the glossary become links in it.
    pub(super) fn body(
        &self,
        fields: &mut Fields<'_>,
        context: &Context<'_>,
        report: &mut Report,
    ) -> Local<DraftProse> {
        let links_terms = fields.unless("link-terms", report);
        let mut bodies = self.bodies.iter().map(|&(lang, file, start)| {
            let prose = prose(file, start, context, report);
            (lang, prose.linking_terms(links_terms))
        });
        let mut body = Local::new(bodies.next().map(|(_, prose)| prose).unwrap_or_default());
        for (lang, prose) in bodies.filter(|(_, prose)| !prose.is_empty()) {
            body = body.and(lang, prose);
        }
        body
    }
}

fn prose(file: FileId, start: usize, context: &Context<'_>, report: &mut Report) -> DraftProse {
    let block = |kind: &str, body: &str, span: Span, report: &mut Report| blocks::parse(kind, body, span, report);
    let input = markdown::Input {
        path: context.sources.path(file),
        file,
        text: context.sources.text(file),
        start,
        block: &block,
    };
    markdown::parse(input, report)
}

/// One file's YAML, and where its Markdown begins.
fn read<'s>(file: FileId, context: &Context<'s>, report: &mut Report) -> (Option<Node<'s>>, usize) {
    let text = context.sources.text(file);
    if !context.sources.is_readable(file) {
        return (None, 0);
    }
    if context.sources.path(file).extension() != "md" {
        return (yaml::parse(text, file, 0, report), text.len());
    }
    match front_matter(text) {
        FrontMatter::None => (Some(Node { span: Span::start_of(file), kind: Kind::Nothing }), 0),
        FrontMatter::Found { yaml, body } => (yaml::parse(&text[yaml.clone()], file, yaml.start, report), body),
        FrontMatter::Open => {
            report.push(
                Diagnostic::new(Code::YamlSyntax, Span::new(file, 0, 3), "the front matter does not end")
                    .help("close it with a line that holds `---` and nothing else"),
            );
            (None, text.len())
        }
    }
}

/// Says that a page has no title, and where one is written.
fn no_front_matter(file: FileId, text: &str) -> Diagnostic {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let help = match first.trim_end() == "---" && !text.starts_with("---") {
        true => "the line `---` that begins the front matter is the first of the file",
        false => "begin the file with three lines: `---`, `title: …` and `---`",
    };
    Diagnostic::new(Code::MissingKey, Span::start_of(file), "`title` is missing").help(help)
}

/// A file that says nothing has no keys, and is asked for those it must have.
fn or_empty(node: Node<'_>) -> Node<'_> {
    match node.kind {
        Kind::Nothing => Node { kind: Kind::Map(Vec::new()), ..node },
        _ => node,
    }
}

/// What stands between the fences of a page.
pub(super) enum FrontMatter {
    None,
    Found { yaml: std::ops::Range<usize>, body: usize },
    Open,
}

/// The front matter: between a first line `---` and the next one.
pub(super) fn front_matter(text: &str) -> FrontMatter {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return FrontMatter::None };
    let start = first.len();
    let mut at = start;
    for line in lines {
        if line.trim_end() == "---" {
            return FrontMatter::Found { yaml: start..at, body: at + line.len() };
        }
        at += line.len();
    }
    FrontMatter::Open
}
