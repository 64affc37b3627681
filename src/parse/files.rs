//! Which file is which item, in which language.
//!
//! An item's id is its file's name: without folder, number, language and extension, composed and in lower
//! case. `02-delivery-day.zh.md` is the lesson `delivery-day`, second in its course, in Chinese.

use std::collections::BTreeMap;

use super::languages;
use super::names::{bad_id, is_id, numbered, tidy};
use crate::diag::{Code, Diagnostic, Report};
use crate::hash::HashMap;
use crate::model::tag::{self, NoTag};
use crate::model::{Lang, Language};
use crate::path::HandbookPath;
use crate::source::{Content, FileId, MAX_TEXT_BYTES, Sources, Span};

/// The files of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemFiles {
    /// The item's id.
    pub(super) name: String,
    /// The number before its name, if there is one.
    pub(super) number: Option<u32>,
    /// The file in the default language.
    pub(super) file: FileId,
    /// The files in other languages.
    pub(super) others: Vec<(Lang, FileId)>,
}

impl ItemFiles {
    /// All of them, the one in the default language first.
    pub(super) fn all(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(self.file).chain(self.others.iter().map(|(_, file)| *file))
    }
}

/// The items among `files`, ordered by number, then by name: of one folder and one extension.
pub(super) fn group(
    files: &[FileId],
    sources: &Sources,
    languages: &[Language],
    report: &mut Report,
) -> Vec<ItemFiles> {
    let mut originals: BTreeMap<String, ItemFiles> = BTreeMap::new();
    let mut translations: Vec<(String, Lang, FileId)> = Vec::new();
    for &file in files {
        let path = sources.path(file);
        let stem = stem(path);
        match language_suffix(stem, languages) {
            Suffix::Default(stem) => translations.push((stem.to_owned(), Lang::DEFAULT, file)),
            Suffix::Other(stem, lang) => translations.push((stem.to_owned(), lang, file)),
            Suffix::None => {
                let (number, name) = numbered(stem);
                let item = ItemFiles { name: tidy(name), number, file, others: Vec::new() };
                check_id(&item, report);
                originals.insert(stem.to_owned(), item);
            }
        }
    }
    for (stem, typed) in undeclared(&originals) {
        if let Some(item) = originals.remove(&stem) {
            report.push(languages::no_such_suffix(&typed, item.file, languages));
        }
    }
    for (stem, lang, file) in translations {
        match originals.get_mut(&stem) {
            Some(original) => match translation(original, lang) {
                Some(other) => report.push(
                    Diagnostic::new(Code::DuplicateId, Span::start_of(file), "the item is in this language already")
                        .related(Span::start_of(other), "the other one")
                        .help("keep one of them"),
                ),
                None => original.others.push((lang, file)),
            },
            None => report.push(no_original(&stem, file, sources, languages)),
        }
    }
    let mut items: Vec<ItemFiles> = originals.into_values().collect();
    items.sort_by(|a, b| (a.number.is_none(), a.number, &a.name).cmp(&(b.number.is_none(), b.number, &b.name)));
    let mut first: HashMap<&str, FileId> = HashMap::default();
    first.reserve(items.len());
    for item in &items {
        let other = *first.entry(&item.name).or_insert(item.file);
        if other != item.file {
            report.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    Span::start_of(item.file),
                    format!("`{}` is the id of two files", item.name),
                )
                .related(Span::start_of(other), "the other one")
                .help("rename one of them: a number before the name is not part of the id"),
            );
        }
    }
    items
}

/// The stems that read as translations of an original into a language that the handbook does not name, and what stands for
/// that language.
fn undeclared(originals: &BTreeMap<String, ItemFiles>) -> Vec<(String, String)> {
    let stems = originals.keys().filter_map(|stem| {
        let (base, typed) = stem.rsplit_once('.')?;
        let is_language = tag::check(typed) != Err(NoTag::Shape) || tag::meant(typed).is_some();
        (is_language && originals.contains_key(base)).then(|| (stem.clone(), typed.to_owned()))
    });
    stems.collect()
}

/// As authors' file managers count.
const MEGABYTE: u64 = 1024 * 1024;

/// The file that an item has in a language already.
fn translation(item: &ItemFiles, lang: Lang) -> Option<FileId> {
    let other = item.others.iter().find(|(known, _)| *known == lang).map(|(_, file)| *file);
    if lang == Lang::DEFAULT { Some(item.file) } else { other }
}

/// Says which texts could not be read at all.
pub(super) fn unreadable(sources: &Sources, report: &mut Report) {
    for (file, source) in sources.iter() {
        match &source.content {
            Content::Text(_) | Content::LetGo(_) | Content::Asset | Content::Forgotten => {}
            Content::NotUtf8 { encoding, .. } => {
                let (seems, from) = match encoding {
                    Some(encoding) => (format!(": the file seems to be {}", encoding.name()), encoding.name()),
                    None => (String::new(), "ENCODING"),
                };
                report.push(
                    Diagnostic::new(Code::NotUtf8, Span::start_of(file), format!("this is not UTF-8{seems}")).help(
                        format!(
                            "save the file as UTF-8; to convert it: `iconv -f {from} -t UTF-8 {} > NEW`",
                            source.path.as_str()
                        ),
                    ),
                )
            }
            Content::TooLarge { bytes } => report.push(
                Diagnostic::new(
                    Code::FileTooLarge,
                    Span::start_of(file),
                    format!("the file has {} MB", bytes.div_ceil(MEGABYTE)),
                )
                .help(format!(
                    "a text has at most {} MB; move data and pictures into `assets/`",
                    MAX_TEXT_BYTES / MEGABYTE
                )),
            ),
        }
    }
}

/// Whether a language tag's suffix on a file's name means a language of the handbook.
enum Suffix<'a> {
    None,
    Default(&'a str),
    Other(&'a str, Lang),
}

fn language_suffix<'a>(stem: &'a str, languages: &[Language]) -> Suffix<'a> {
    let Some((base, suffix)) = stem.rsplit_once('.') else { return Suffix::None };
    match find_language(suffix, languages) {
        Some(lang) if lang == Lang::DEFAULT => Suffix::Default(base),
        Some(lang) => Suffix::Other(base, lang),
        None => Suffix::None,
    }
}

/// The handbook's language that a tag means: the same one, or the only one that the tag is short for.
pub(super) fn find_language(typed: &str, languages: &[Language]) -> Option<Lang> {
    if tag::check(typed).is_err() {
        return None;
    }
    let wanted = tag::canonical(typed);
    let exact = languages.iter().find(|language| tag::canonical(&language.tag) == wanted);
    let near = || {
        let mut fuller = languages.iter().filter(|language| tag::is_short_for(typed, &language.tag));
        fuller.next().filter(|_| fuller.next().is_none())
    };
    exact.or_else(near).map(|language| language.lang)
}

/// A file's name without its extension.
pub(super) fn stem(path: &HandbookPath) -> &str {
    let name = path.file_name();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn check_id(item: &ItemFiles, report: &mut Report) {
    if !is_id(&item.name) {
        report.push(bad_id(&item.name, Span::start_of(item.file)));
    }
}

fn no_original(stem: &str, file: FileId, sources: &Sources, languages: &[Language]) -> Diagnostic {
    let extension = sources.path(file).extension();
    let default = languages.first().map_or("the default language", |language| &language.tag);
    Diagnostic::new(
        Code::OrphanTranslation,
        Span::start_of(file),
        format!("there is no `{stem}.{extension}` that this translates"),
    )
    .help(format!("the original, in {default}, stands beside its translations without a language in its name"))
}
