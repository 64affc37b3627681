//! `languages` in `handbook.yaml`: which there are, and which one stands in for which.
//!
//! They are needed before any other file's name can be read, so they are read beforehand, from the tree alone.

use super::fields::Fields;
use super::files::find_language;
use super::yaml::{self, Entry, Kind, Node};
use crate::diag::{Code, Diagnostic, Report, listed};
use crate::model::tag::{self, NoTag};
use crate::model::{Lang, Language, MOST_FALLBACKS};
use crate::source::{FileId, Sources, Span};

/// Where a language that is a mapping says its tag, and what it falls back to.
const TAG: &str = "tag";
const FALLBACKS: &str = "falls-back-to";

/// A language as it is named.
struct Named<'n> {
    tag: &'n str,
    span: Span,
    /// What the author says that it falls back to; `None` if nothing.
    fallbacks: Option<&'n Node<'n>>,
}

/// The languages that `handbook.yaml` names. English if it names none.
///
/// A language falls back to its relatives, the nearest first (`zh-TW` to `zh-CN`, `pt-BR` to `pt`), or to what it says
/// itself; then to the first of them all.
pub(super) fn read(file: FileId, sources: &Sources, report: &mut Report) -> Vec<Language> {
    // Mistakes in the YAML itself are reported when the settings are read.
    let node = yaml::parse(sources.text(file), file, 0, &mut Report::default());
    let named = node.as_ref().and_then(|node| match &node.kind {
        Kind::Map(entries) => value(entries, "languages"),
        _ => None,
    });
    let mut languages: Vec<Language> = Vec::new();
    let mut fallbacks: Vec<Option<&Node<'_>>> = Vec::new();
    if let Some(Kind::List(items)) = named.map(|node| &node.kind) {
        for named in items.iter().filter_map(name) {
            let wanted = tag::canonical(named.tag);
            if let Some(known) = languages.iter().find(|known| tag::canonical(&known.tag) == wanted) {
                let message = format!("`{}` is the language `{}` once more", named.tag, known.tag);
                report.push(Diagnostic::new(Code::DuplicateId, named.span, message).help("name each language once"));
            } else if let Err(why) = tag::check(named.tag) {
                report.push(no_tag(named.tag, named.span, why));
            } else if languages.len() < usize::from(u8::MAX) {
                let lang = Lang::at(languages.len());
                languages.push(Language { tag: named.tag.to_owned(), span: Some(named.span), lang });
                fallbacks.push(named.fallbacks);
            }
        }
    }
    if languages.is_empty() {
        return vec![Language::english()];
    }
    for (index, said) in fallbacks.into_iter().enumerate() {
        let others = match said {
            Some(node) => said_fallbacks(index, node, &languages, report),
            None => relatives(index, &languages),
        };
        languages[index].lang = Lang::at(index).falling_back_to(&others);
    }
    languages
}

/// Asks for the key once more when the settings are read, so that it is known.
pub(super) fn ask(fields: &mut Fields<'_>, report: &mut Report) {
    for item in fields.fixed_items("languages", report).iter().filter(|item| !item.is_scalar()) {
        let Some(mut fields) = item.fields(report) else { continue };
        fields.need(TAG, "a BCP 47 tag such as `zh-CN`", report);
        fields.word(TAG, report);
        fields.value(FALLBACKS);
        fields.finish(report);
    }
}

/// Says that a file's name ends in a language that the handbook does not have.
pub(super) fn no_such_suffix(typed: &str, file: FileId, languages: &[Language]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::UnknownLanguage, Span::start_of(file), format!("the handbook has no language `{typed}`"));
    let meant = tag::meant(typed).unwrap_or_else(|| typed.to_owned());
    if let Some(lang) = find_language(&meant, languages) {
        let known = &languages[lang.index()].tag;
        return diagnostic
            .help(format!("it has `{known}`: let the file's name end in `.{known}` before its extension"));
    }
    match tag::check(&meant) {
        Ok(()) => diagnostic.help(format!("add `{meant}` to `languages` in `handbook.yaml`, or take the file out")),
        Err(_) => diagnostic.help(format!("no language has the tag `{typed}`: one of {}", tags(languages))),
    }
}

fn name<'n>(item: &'n Node<'n>) -> Option<Named<'n>> {
    match &item.kind {
        Kind::Scalar(tag) => Some(Named { tag, span: item.span, fallbacks: None }),
        Kind::Map(entries) => {
            let tag = value(entries, TAG)?;
            let Kind::Scalar(text) = &tag.kind else { return None };
            Some(Named { tag: text, span: tag.span, fallbacks: value(entries, FALLBACKS) })
        }
        _ => None,
    }
}

fn value<'n>(entries: &'n [Entry<'n>], key: &str) -> Option<&'n Node<'n>> {
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

/// The places of a language's relatives before the default, the nearest first.
fn relatives(index: usize, languages: &[Language]) -> Vec<usize> {
    let distance = |other: usize| tag::distance(&languages[index].tag, &languages[other].tag);
    let mut near: Vec<(u8, usize)> = (0..languages.len())
        .filter(|other| *other != index)
        .filter_map(|other| Some((distance(other)?, other)))
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, other)| other).take_while(|other| *other != 0).take(MOST_FALLBACKS).collect()
}

/// The places of the languages that the author names, in their order: a list of tags, or one.
fn said_fallbacks(index: usize, node: &Node<'_>, languages: &[Language], report: &mut Report) -> Vec<usize> {
    if index == 0 {
        let message = format!("`{}` is the first language, and all others fall back to it", languages[0].tag);
        report.push(Diagnostic::new(Code::UnknownLanguage, node.span, message).help("take it out here"));
        return Vec::new();
    }
    let items = match &node.kind {
        Kind::List(items) => items.as_slice(),
        Kind::Nothing => &[],
        _ => std::slice::from_ref(node),
    };
    let mut others: Vec<usize> = Vec::new();
    for item in items {
        let Kind::Scalar(typed) = &item.kind else {
            report.push(
                Diagnostic::new(
                    Code::WrongType,
                    item.span,
                    format!("a tag belongs here, and this is {}", item.describe()),
                )
                .help(format!("one of {}", tags(languages))),
            );
            continue;
        };
        match find_language(typed, languages).map(Lang::index) {
            Some(other) if other == index => report.push(
                Diagnostic::new(Code::UnknownLanguage, item.span, format!("`{typed}` cannot fall back to itself"))
                    .help("name another language, or take it out"),
            ),
            Some(other) if others.contains(&other) => {}
            Some(_) if others.len() == MOST_FALLBACKS => {
                let message = format!("a language falls back to {MOST_FALLBACKS} others at most");
                report.push(Diagnostic::new(Code::UnknownLanguage, item.span, message).help("take it out"));
            }
            Some(other) => others.push(other),
            None => {
                let known = languages.iter().map(|language| language.tag.as_str());
                report.push(
                    Diagnostic::new(
                        Code::UnknownLanguage,
                        item.span,
                        format!("the handbook has no language `{typed}`"),
                    )
                    .suggest(typed, known)
                    .help(format!("one of {}", tags(languages))),
                );
            }
        }
    }
    // The default ends the way anyhow.
    others.into_iter().take_while(|other| *other != 0).collect()
}

fn no_tag(typed: &str, span: Span, why: NoTag) -> Diagnostic {
    let message = match why {
        NoTag::Shape => format!("`{typed}` is not a language tag"),
        NoTag::Unknown => format!("no language has the tag `{typed}`"),
    };
    let diagnostic = Diagnostic::new(Code::UnknownLanguage, span, message);
    match tag::meant(typed) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("a BCP 47 tag such as `en`, `en-GB`, `zh-CN` or `pt-BR`"),
    }
}

fn tags(languages: &[Language]) -> String {
    listed(languages.iter().map(|language| language.tag.as_str()))
}
