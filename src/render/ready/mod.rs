//! A theme made ready for a language: what is the same on every page is worked out once.
//!
//! The built-in templates are not what shows the pages, but what is made from them by steps that change nothing a reader
//! sees: the theme's words are written into the text, components are written out where they are called, and a handbook of
//! one language does not ask of each text which it is in. Should the result not load, or fail on a page, the templates
//! themselves are used, and say what is the case. The steps know how the built-in templates are written, not all that a
//! template can be: a handbook with templates of its own is shown by the templates themselves.

mod code;
mod components;
mod fold;
mod pieces;

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tera::Tera;

use super::mistakes::Texts;
use crate::views::Words;
use components::{Component, Writer};
use pieces::Piece;

/// The templates for the pages in a language: ready once enough pages have been shown to make up for it.
pub(super) struct Ready {
    words: Words,
    shown: AtomicUsize,
    templates: OnceLock<Option<Tera>>,
}

/// How many pages are shown by the templates as they were written. To make them ready costs about as much as it saves on
/// twice as many; most previews of most handbooks never show so many.
const WORTH_IT: usize = 64;

impl Ready {
    /// For pages with these words.
    pub(super) fn new(words: Words) -> Self {
        Self { words, shown: AtomicUsize::new(0), templates: OnceLock::new() }
    }

    /// Whether it is for pages with these words.
    pub(super) fn is_for(&self, words: &Words) -> bool {
        self.words == *words
    }

    /// The templates for one more page; `None` if they are not ready. `make` makes them from the words.
    pub(super) fn templates(&self, make: impl FnOnce(&Words) -> Option<Tera>) -> Option<&Tera> {
        if self.templates.get().is_none() && self.shown.fetch_add(1, Ordering::Relaxed) < WORTH_IT {
            return None;
        }
        self.templates.get_or_init(|| make(&self.words)).as_ref()
    }
}

/// Templates made ready for the language of some words; `one` says that the handbook has no other. `tera` is as it was
/// before templates were added. `None` if it cannot be done.
pub(super) fn make(mut tera: Tera, texts: &Texts, words: &Words, one: bool) -> Option<Tera> {
    let mut templates: Vec<(&str, Vec<Piece>)> = Vec::with_capacity(texts.len());
    for (name, text) in texts {
        let mut pieces = pieces::cut(text)?;
        fold::words(&mut pieces, words);
        if one {
            fold::one_language(&mut pieces);
        }
        fold::parameters(&mut pieces);
        templates.push((name, pieces));
    }
    let components = components_of(&templates);
    let mut writer = Writer::new(&components);
    let mut written: Vec<(&str, Vec<Piece>)> =
        templates.iter().map(|(name, pieces)| (*name, writer.write(pieces))).collect();
    let called = written.iter().flat_map(|(_, pieces)| components::called(pieces)).map(str::to_owned).collect();
    written.iter_mut().for_each(|(_, pieces)| components::keep_called(pieces, &called));
    let made: Vec<(&str, String)> =
        written.into_iter().map(|(name, pieces)| (name, pieces::joined(&fold::texts(pieces)))).collect();
    tera.add_raw_templates(made.iter().map(|(name, text)| (*name, text.as_str()))).ok()?;
    Some(tera)
}

/// The components that may be written out: those that are the only ones of their name.
fn components_of(templates: &[(&str, Vec<Piece>)]) -> BTreeMap<String, Component> {
    let mut known: BTreeMap<String, Option<Component>> = BTreeMap::new();
    for (_, pieces) in templates {
        for (name, component) in Component::defined_in(pieces) {
            let component = component.filter(|_| !known.contains_key(&name));
            known.insert(name, component);
        }
    }
    known.into_iter().filter_map(|(name, component)| Some((name, component?))).collect()
}
