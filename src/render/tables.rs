//! A handbook's own tables of words, checked against the built-in one: what is missing, what nobody asks for, holes that
//! nobody fills, forms that a language needs.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Place, Report, listed, suggest};
use crate::model::Language;
use crate::model::tag::{self, canonical, distance};
use crate::parse::strings::{Form, Word};
use crate::views::plural::Plural;

/// How many missing words a diagnostic names.
const MOST_NAMED: usize = 5;
/// From which distance on a relative is in another script, and so no stand-in that nobody notices.
const OTHER_SCRIPT: u8 = 4;

/// A table of words in one language.
pub(super) struct Table<'t> {
    /// The file, such as `themes/default/strings/ja.yaml`.
    pub(super) file: String,
    /// The language, as the file's name has it.
    pub(super) tag: &'t str,
    /// The file's text.
    pub(super) text: &'t str,
    /// Its words.
    pub(super) words: Vec<Word>,
    /// Whether it came with the program.
    pub(super) built_in: bool,
}

impl Table<'_> {
    /// A diagnostic at some bytes of it.
    pub(super) fn at(&self, code: Code, range: std::ops::Range<usize>, message: String) -> Diagnostic {
        let place = Place::Template { name: self.file.clone(), text: self.text.to_owned(), range };
        Diagnostic::at(code, place, message)
    }
}

/// Checks the tables of a handbook's own, and that there are words in each of its languages. `templates` are the texts of
/// its own templates, which may ask for words of their own.
pub(super) fn check(tables: &[Table<'_>], templates: &[&str], languages: &[Language], report: &mut Report) {
    let english: BTreeMap<&str, &Word> = (tables.iter().filter(|table| table.built_in && table.tag == "en"))
        .flat_map(|table| &table.words)
        .map(|word| (word.key.as_str(), word))
        .collect();
    for table in tables.iter().filter(|table| !table.built_in) {
        if tag::check(table.tag).is_err() {
            let message = format!("`{}` is not a language tag", table.tag);
            let diagnostic = table.at(Code::UnknownLanguage, 0..0, message);
            report.push(match tag::meant(table.tag) {
                Some(meant) => diagnostic.help(format!("name the file `{meant}.yaml`")),
                None => diagnostic.help("name the file after its language, such as `ja.yaml` or `pt-BR.yaml`"),
            });
            continue;
        }
        for word in &table.words {
            match english.get(word.key.as_str()) {
                Some(original) => holes(table, word, original, report),
                None => unknown(table, word, &english, templates, report),
            }
            let counts = word.counted || english.get(word.key.as_str()).is_some_and(|original| original.counted);
            if counts {
                plurals(table, word, report);
            }
        }
    }
    for language in languages {
        complete(language, tables, &english, report);
    }
}

/// A word that neither the built-in theme nor a template of the handbook's own asks for.
fn unknown(table: &Table<'_>, word: &Word, english: &BTreeMap<&str, &Word>, templates: &[&str], report: &mut Report) {
    let key = &word.key;
    let asked = [format!("words.{key}"), format!("\"{key}\""), format!("'{key}'")];
    if templates.iter().any(|text| asked.iter().any(|asked| text.contains(asked.as_str()))) {
        return;
    }
    let message = format!("nothing asks for a word called `{key}`");
    let diagnostic = table.at(Code::UnknownString, word.place.clone(), message);
    report.push(match suggest::nearest(key, english.keys().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("take it out; the words there are stand in the built-in table of English"),
    });
}

/// Holes that nobody fills, and those that are left out. A form for one thing may leave the number out.
fn holes(table: &Table<'_>, word: &Word, original: &Word, report: &mut Report) {
    let wanted: BTreeSet<&str> = original.forms.iter().flat_map(|form| holes_of(&form.text)).collect();
    for form in &word.forms {
        let given: BTreeSet<&str> = holes_of(&form.text).collect();
        for hole in given.difference(&wanted) {
            let message = format!("nobody fills `{{{hole}}}` in `{}`", word.key);
            let diagnostic = table.at(Code::WrongPlaceholder, hole_place(form, hole, table.text), message);
            let near = suggest::nearest(hole, wanted.iter().copied());
            report.push(match (near, wanted.is_empty()) {
                (Some(near), _) => diagnostic.help(format!("did you mean `{{{near}}}`?")),
                (None, true) => diagnostic.help("this word has no placeholder"),
                (None, false) => diagnostic.help(format!("one of {}", braced(wanted.iter().copied()))),
            });
        }
        let may_lack = |hole: &&&str| **hole != "n" || form.name == "other";
        let lacking: Vec<&str> = wanted.difference(&given).filter(may_lack).copied().collect();
        // A number that the original's own form leaves out may be left out here.
        let lacks_too = |hole: &str| original.forms.iter().any(|form| !holes_of(&form.text).any(|known| known == hole));
        let lacking: Vec<&str> = lacking.into_iter().filter(|hole| *hole != "n" || !lacks_too(hole)).collect();
        if !lacking.is_empty() {
            let message = format!("`{}` leaves out {}", word.key, braced(lacking.iter().copied()));
            report.push(
                table
                    .at(Code::WrongPlaceholder, form.place.clone(), message)
                    .help(format!("in English it is `{}`", original.forms.last().map_or("", |form| &form.text))),
            );
        }
    }
}

/// Forms that the language needs and the word does not have, and forms that it has for nothing.
fn plurals(table: &Table<'_>, word: &Word, report: &mut Report) {
    let wanted = Plural::of(table.tag).forms();
    let given: Vec<&str> = word.forms.iter().map(|form| form.name.as_str()).collect();
    let missing: Vec<&str> = wanted.iter().copied().filter(|form| !given.contains(form)).collect();
    if !missing.is_empty() {
        let message = format!("`{}` has no form for {}", word.key, listed(missing.iter().copied()));
        let all: Vec<String> = wanted.iter().map(|form| format!("{form}: …")).collect();
        report.push(table.at(Code::MissingPlural, word.place.clone(), message).help(format!(
            "in `{}` a number takes one of {} forms: `{{ {} }}`",
            table.tag,
            wanted.len(),
            all.join(", ")
        )));
    }
    for form in word.forms.iter().filter(|form| !wanted.contains(&form.name.as_str())) {
        let message = format!("no number takes the form `{}` in `{}`", form.name, table.tag);
        report.push(
            table
                .at(Code::MissingPlural, form.name_place.clone(), message)
                .help(format!("the forms are {}", listed(wanted.iter().copied()))),
        );
    }
}

/// Says so if a language has no words of its own, or not all of them.
fn complete(language: &Language, tables: &[Table<'_>], english: &BTreeMap<&str, &Word>, report: &mut Report) {
    let wanted = &language.tag;
    let fits = |table: &&Table<'_>| distance(wanted, table.tag).is_some_and(|distance| distance < OTHER_SCRIPT);
    if tables.iter().filter(fits).any(|table| table.built_in) {
        return;
    }
    let own: Vec<&Table<'_>> = tables.iter().filter(fits).collect();
    let Some(first) = own.iter().find(|table| canonical(table.tag) == canonical(wanted)).or(own.first()) else {
        let message = format!("the theme has no words in `{wanted}`: readers see those of another language");
        let place = language.span.map_or(Place::Handbook, Place::Source);
        report.push(Diagnostic::at(Code::MissingStrings, place, message).help(format!(
            "translate them in `themes/NAME/strings/{wanted}.yaml`; `NAME` is `default` unless you chose a theme"
        )));
        return;
    };
    let known: BTreeSet<&str> = own.iter().flat_map(|table| &table.words).map(|word| word.key.as_str()).collect();
    let missing: Vec<&str> = english.keys().copied().filter(|key| !known.contains(key)).collect();
    if !missing.is_empty() {
        let named = listed(missing.iter().copied().take(MOST_NAMED));
        let rest = if missing.len() > MOST_NAMED { " …" } else { "" };
        let message = format!("not all words are there in `{wanted}`: readers see another language in their place");
        report.push(first.at(Code::MissingStrings, 0..0, message).help(format!("missing are {named}{rest}")));
    }
}

/// The names of a text's holes, in their order.
fn holes_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// Where a hole stands in the file; the whole text if it cannot be found as it is.
fn hole_place(form: &Form, hole: &str, text: &str) -> std::ops::Range<usize> {
    let written = format!("{{{hole}}}");
    match text.get(form.place.clone()).and_then(|text| text.find(&written)) {
        Some(at) => form.place.start + at..form.place.start + at + written.len(),
        None => form.place.clone(),
    }
}

fn braced<'a>(holes: impl Iterator<Item = &'a str>) -> String {
    holes.map(|hole| format!("`{{{hole}}}`")).collect::<Vec<_>>().join(", ")
}
