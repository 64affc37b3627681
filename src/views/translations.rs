//! The translation report: for each language what is whole, what lacks some texts, what is not there at all, and what is
//! older than its original.
//!
//! Counted once for the whole site. A page names only the first of what there is to do, so that it stays a page however
//! large the handbook is; everything is counted, and `journeybook check` names everything.

use std::hash::{Hash, Hasher};

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::findings;
use super::here::{Here, Link, Said};
use super::pages::PageKind;
use super::parts::Tag;
use crate::hash::digest_of_table;
use crate::model::{Handbook, Lang, Target};
use crate::original::{Age, Original, Translation};
use crate::path::HandbookPath;
use crate::source::FileId;

/// How many rows a page has at most, over all its languages.
const MOST_ROWS: usize = 240;
/// How many a language has at least, if it has so much to do.
const LEAST_ROWS: usize = 5;
/// How many missing texts a row names.
const MOST_TEXTS: usize = 3;

/// What there is to do in each language.
#[derive(Debug, Default)]
pub struct Translations {
    /// By language, without the default.
    languages: Vec<(Lang, Work)>,
    /// The item of each file in the default language; not of files that hold several things.
    items: HashMap<FileId, Target>,
}

// By hand, because a table has no order.
impl Hash for Translations {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { languages, items } = self;
        (languages, digest_of_table(items)).hash(state);
    }
}

/// What there is to do in one language.
#[derive(Debug, Default, Hash)]
struct Work {
    whole: usize,
    partly: usize,
    missing: usize,
    outdated: usize,
    undated: usize,
    /// Texts that are translated, and all of them.
    texts: [usize; 2],
    /// The first of what is not whole or not current, by its place in [`Handbook::originals`]: the outdated first, then the
    /// partly translated, then the missing.
    first: Vec<usize>,
    /// How many more there are.
    more: usize,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TranslationsView<'a> {
    /// On a page in the default language every other language; else the page's own.
    pub languages: Vec<LanguageWork<'a>>,
}

/// One language's part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LanguageWork<'a> {
    /// Its tag.
    pub tag: &'a str,
    /// “98%”, of the texts.
    pub share: String,
    /// “2,310 of 2,345 texts are translated”.
    pub of: String,
    /// The share as a width in per cent: `98%`.
    pub width: String,
    /// How many files are in which state, each with its name; only the last may be none.
    pub counts: Vec<(String, &'a str)>,
    /// What there is to do.
    pub rows: Vec<Row<'a>>,
    /// “and 12 more”; empty if these are all.
    pub more: String,
    /// The name of the table for those who do not see it.
    pub region: String,
}

/// A file that is not translated, or not wholly, or no longer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row<'a> {
    /// The item, or the page that lists what the file holds.
    pub link: Link<'a>,
    /// What it is: “Journey map”.
    pub kind: &'a str,
    /// Its states, the most urgent first.
    pub tags: Vec<Tag>,
    /// “3 of 12 texts are missing”; empty if none are, or all.
    pub count: String,
    /// The first of the missing texts, each with its line in the original.
    pub texts: Vec<(String, String)>,
    /// The original's language, where it is not the page's.
    pub texts_lang: Option<&'a str>,
    /// The file to work in: the translation, or the original where there is none.
    pub file: &'a str,
}

impl Translations {
    /// What there is to do in a handbook; nothing in one language.
    pub fn of(handbook: &Handbook) -> Self {
        let others = handbook.settings.languages.iter().skip(1);
        let most = (MOST_ROWS / others.len().max(1)).max(LEAST_ROWS);
        let languages: Vec<(Lang, Work)> =
            others.map(|language| (language.lang, Work::of(handbook, language.lang, most))).collect();
        let items = if languages.is_empty() { HashMap::new() } else { findings::items(handbook) };
        Self { languages, items }
    }

    /// Whether there is a report.
    pub fn is_empty(&self) -> bool {
        self.languages.is_empty()
    }
}

impl Work {
    fn of(handbook: &Handbook, lang: Lang, most: usize) -> Self {
        let mut work = Self::default();
        let mut open: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for (index, original) in handbook.originals.iter().enumerate().filter(|(_, original)| original.texts > 0) {
            work.texts[1] += original.texts;
            let Some(translation) = translation(original, lang) else {
                work.missing += 1;
                open.entry(2).or_default().push(index);
                continue;
            };
            work.texts[0] += original.texts - translation.missing;
            let age = original.age(translation);
            work.outdated += usize::from(age == Age::Outdated);
            work.undated += usize::from(age == Age::Unknown);
            match translation.missing {
                0 => work.whole += 1,
                _ => work.partly += 1,
            }
            if age == Age::Outdated {
                open.entry(0).or_default().push(index);
            } else if translation.missing > 0 {
                open.entry(1).or_default().push(index);
            }
        }
        let all: Vec<usize> = open.into_values().flatten().collect();
        work.more = all.len().saturating_sub(most);
        work.first = all.into_iter().take(most).collect();
        work
    }
}

fn translation(original: &Original, lang: Lang) -> Option<&Translation> {
    original.translations.iter().find(|translation| translation.language == lang.index())
}

/// The report as a page shows it.
pub fn translations<'a>(here: &Here<'a>) -> TranslationsView<'a> {
    let shown = |lang: Lang| here.lang == Lang::DEFAULT || here.lang == lang;
    let languages = here.pages.translations.languages.iter().filter(|(lang, _)| shown(*lang));
    TranslationsView { languages: languages.map(|(lang, work)| language(here, *lang, work)).collect() }
}

fn language<'a>(here: &Here<'a>, lang: Lang, work: &'a Work) -> LanguageWork<'a> {
    let [translated, all] = work.texts;
    // Rounded down: “100%” means all of them.
    let percent = (translated * 100).checked_div(all).unwrap_or(100);
    let counted = [
        (work.whole, "translations_whole"),
        (work.partly, "translations_partly"),
        (work.missing, "translations_missing"),
        (work.outdated, "translations_outdated"),
        (work.undated, "translations_undated"),
    ];
    let counts = counted.into_iter().map(|(count, key)| (here.words.figure(count as f64), here.words.get(key)));
    let rows = work.first.iter().map(|&index| row(here, lang, &here.handbook.originals[index]));
    LanguageWork {
        tag: here.tag(lang),
        share: format!("{percent}%"),
        of: here.words.count_of("translations_texts", translated, all),
        width: format!("{percent}%"),
        counts: counts.collect(),
        rows: rows.collect(),
        more: if work.more > 0 { here.words.count("and_more", work.more) } else { String::new() },
        region: here.words.fill("translations_region", &[("language", here.tag(lang))]),
    }
}

fn row<'a>(here: &Here<'a>, lang: Lang, original: &'a Original) -> Row<'a> {
    let tag = |icon, key| Tag { icon, text: here.words.get(key).to_owned(), strong: icon == "alert" };
    let made = translation(original, lang);
    let mut tags = Vec::new();
    match made {
        None => tags.push(tag("note", "translations_missing")),
        Some(made) => {
            if original.age(made) == Age::Outdated {
                tags.push(tag("alert", "translations_outdated"));
            }
            if made.missing > 0 {
                tags.push(tag("note", "translations_partly"));
            }
        }
    }
    let missing = made.map_or(&[][..], |made| made.first_missing.as_slice());
    let line = |line: usize| here.words.fill("translations_line", &[("n", &here.words.figure(line as f64))]);
    let file = made.map_or(original.file, |made| made.file);
    let (link, kind) = place(here, original.file);
    Row {
        link,
        kind,
        tags,
        count: match made.filter(|made| made.missing > 0) {
            Some(made) => here.words.count_of("translations_lacks", made.missing, original.texts),
            None => String::new(),
        },
        texts: missing.iter().take(MOST_TEXTS).map(|text| (text.text.clone(), line(text.line))).collect(),
        texts_lang: (here.lang != Lang::DEFAULT).then(|| here.tag(Lang::DEFAULT)),
        file: here.handbook.path(file).map_or("", HandbookPath::as_str),
    }
}

/// Where readers see what a file holds, and what that is.
fn place<'a>(here: &Here<'a>, file: FileId) -> (Link<'a>, &'a str) {
    if let Some(&target) = here.pages.translations.items.get(&file) {
        return (here.link(target), here.noun(target));
    }
    let path = here.handbook.path(file).map_or("", HandbookPath::as_str);
    let kind = match path {
        "channels.yaml" => PageKind::Channels,
        "teams.yaml" => PageKind::Teams,
        "glossary.yaml" => PageKind::Glossary,
        _ => {
            let title = here.said(&here.handbook.settings.title);
            return (Link { href: here.href(Target::Front), title }, here.words.get("translations_settings"));
        }
    };
    let title: Said<'a> = here.link_to(kind).title;
    (Link { href: here.href_to(kind), title }, here.words.get("noun_file"))
}
