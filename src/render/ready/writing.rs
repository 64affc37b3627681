//! What is put together while templates are read: what is known before any page is, and the names of what is not.

use super::expression::{Expression, Key, Root};
use super::values::{Run, Value, Values};
use crate::hash::HashMap;
use crate::views::Words;

/// What is known while templates are read.
#[derive(Debug)]
pub(super) struct Writing<'w> {
    /// The theme's words in the language of the pages.
    words: &'w Words,
    /// The texts and the lists that are written in templates.
    known: Values,
    texts: HashMap<String, Run>,
    names: HashMap<String, u32>,
    places: u32,
    /// While a component is being read, which knows nothing of the page: what it asks for of what every page has.
    pub around: Option<Vec<String>>,
}

impl<'w> Writing<'w> {
    pub(super) fn new(words: &'w Words) -> Self {
        let (texts, names) = (HashMap::default(), HashMap::default());
        Self { words, known: Values::default(), texts, names, places: 0, around: None }
    }

    /// The values that stand before those of each page, with room for the places that ask for parts.
    pub(super) fn finish(self) -> Values {
        self.known.before(self.places)
    }

    /// How many variables there are so far.
    pub(super) fn variables(&self) -> usize {
        self.names.len()
    }

    /// A text that a template is written with.
    pub(super) fn text(&mut self, text: &str) -> Value {
        if let Some(known) = self.texts.get(text) {
            return Value::Text(*known);
        }
        let run = self.known.text(text);
        self.texts.insert(text.to_owned(), run);
        Value::Text(run)
    }

    /// What such a text says; `None` of what is no text.
    pub(super) fn str(&self, text: Value) -> Option<&str> {
        let Value::Text(text) = text else { return None };
        Some(self.known.str(text))
    }

    /// A list that a template is written with.
    pub(super) fn list(&mut self, items: &[Value]) -> Value {
        Value::List(self.known.list(items.iter().copied()))
    }

    /// One of the theme's words; `None` if it has no such word.
    pub(super) fn word(&mut self, key: &str) -> Option<Value> {
        let words = self.words;
        words.has(key).then(|| self.text(words.get(key)))
    }

    /// The number of a variable.
    pub(super) fn name(&mut self, name: &str) -> u32 {
        let next = self.names.len() as u32;
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    /// A variable, or what every page has.
    pub(super) fn variable(&mut self, name: &str) -> Expression {
        let root = match name {
            "site" => Root::Site,
            "frame" => Root::Frame,
            "page" => Root::Page,
            _ => return Expression::Name(self.name(name)),
        };
        match &self.around {
            Some(around) if around.iter().all(|asked| asked != name) => Expression::Name(self.name(name)),
            _ => Expression::Root(root),
        }
    }

    /// A variable that a template makes; `None` where it hides what every page has.
    pub(super) fn made(&mut self, name: &str) -> Option<u32> {
        let hides =
            matches!(name, "words" | "loop") || self.around.is_none() && matches!(name, "site" | "frame" | "page");
        (!hides).then(|| self.name(name))
    }

    /// The name of a part, for one more place that asks for it.
    pub(super) fn key(&mut self, name: &str) -> Key {
        self.places += 1;
        Key { name: name.into(), place: self.places - 1 }
    }
}
