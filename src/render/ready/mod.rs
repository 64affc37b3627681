//! A theme made ready for a language: its templates as a tree that is gone through for each page.
//!
//! tera shows a page in three steps: it makes a value of every field of a view, looks those up by their names, and drops
//! them. Of a page's cost that is the greater part. Here a view is laid out flat ([`values`]), a template is read once for
//! each language, with the theme's words in it ([`template`]), and a page is what one goes through ([`show`], [`work`]).
//!
//! The built-in templates are tera's all the same, and say the same there: a test holds that to the byte. What they do not
//! use of tera's language is not understood here; then, and where a page fails, tera itself shows it and says what is wrong.
//! A handbook with templates of its own is always shown by tera.

mod code;
mod expression;
mod laying;
mod markup;
mod pieces;
mod show;
mod template;
mod values;
mod work;
mod writing;

use std::cell::RefCell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use serde::Serialize;

use super::mistakes::Texts;
use crate::views::{SiteFrame, View, Words};
use laying::Layer;
pub(super) use markup::is_plain;
use show::Shower;
use template::{BETWEEN, Body, Component, Names, Template};
use values::{Value, Values};
use writing::Writing;

/// The templates for the pages in a language: read when the first of them is shown.
pub(super) struct Ready {
    words: Words,
    program: OnceLock<Option<Program>>,
}

/// What the templates say.
#[derive(Debug)]
struct Program {
    templates: Vec<Template>,
    components: Vec<Component>,
    /// The templates by their names, in order.
    names: Vec<(String, usize)>,
    /// The name of what stands between the tags of a component's call.
    between: u32,
    /// How many names of variables there are.
    variables: usize,
    /// What stands before the values of each page: texts and lists of the templates.
    known: Values,
    /// How long the longest page of each template was so far, up to [`LONG`].
    lengths: Vec<AtomicUsize>,
}

/// No more room than this is made for a page before it is known to need it, in bytes.
const LONG: usize = 1 << 18;

/// Tells the values of one language of one site from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u64);

impl Key {
    /// One that nothing else has.
    pub(super) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// So many languages of a site have their values at hand in each thread.
const AT_HAND: usize = 4;

thread_local! {
    /// Values used again from page to page, with the frame of the site, the latest last.
    static VALUES: RefCell<Vec<(Key, Values, Value)>> = const { RefCell::new(Vec::new()) };
}

impl Ready {
    /// For pages with these words.
    pub(super) fn new(words: Words) -> Self {
        Self { words, program: OnceLock::new() }
    }

    /// Whether it is for pages with these words.
    pub(super) fn is_for(&self, words: &Words) -> bool {
        self.words == *words
    }

    /// A page as HTML, or what is on none and has no view; `None` where tera has to show it. `key` is that of the site and
    /// the language, `site` what all their pages share.
    pub(super) fn show<'s>(
        &self,
        texts: &Texts,
        template: &str,
        (key, site): (Key, impl FnOnce() -> SiteFrame<'s>),
        view: Option<&View<'_>>,
    ) -> Option<Vec<u8>> {
        let program = self.program.get_or_init(|| {
            let program = Program::read(texts, &self.words);
            debug_assert!(program.is_ok(), "bug: what `{:?}` says is not foreseen", program.as_ref().err());
            program.ok()
        });
        let program = program.as_ref()?;
        let (mut values, frame) = match at_hand(key) {
            Some(known) => known,
            None => {
                let mut values = program.known.copied();
                let site = site().serialize(Layer(&mut values)).ok()?;
                values.keep();
                (values, site)
            }
        };
        let shown = program.show(template, &self.words, &mut values, frame, view);
        values.clear();
        VALUES.with_borrow_mut(|all| {
            if all.len() == AT_HAND {
                all.remove(0);
            }
            all.push((key, values, frame));
        });
        shown
    }
}

/// Takes the values for a key.
fn at_hand(key: Key) -> Option<(Values, Value)> {
    VALUES.with_borrow_mut(|all| {
        let at = all.iter().position(|(known, ..)| *known == key)?;
        let (_, values, site) = all.remove(at);
        Some((values, site))
    })
}

impl Program {
    /// Reads templates; the name of one if there is anything in it that is not foreseen.
    fn read(texts: &Texts, words: &Words) -> Result<Self, String> {
        let mut cut = Vec::with_capacity(texts.len());
        for (name, text) in texts {
            cut.push((name, pieces::cut(text).ok_or(name)?));
        }
        let mut names = Names::default();
        for (number, (name, pieces)) in cut.iter().enumerate() {
            // A template is named without its theme, of which there is only one.
            names.templates.insert(name.split_once('/').map_or(name.as_str(), |(_, name)| name), number);
            for component in template::components(pieces) {
                let number = names.components.len();
                if names.components.insert(component, number).is_some() {
                    return Err((*name).clone());
                }
            }
        }
        let mut writing = Writing::new(words);
        let mut components: Vec<Component> = Vec::new();
        components.resize_with(names.components.len(), Component::default);
        for (name, pieces) in &cut {
            template::declare(pieces, &names, &mut components, &mut writing).ok_or(*name)?;
        }
        let mut templates = Vec::with_capacity(cut.len());
        for (name, pieces) in &cut {
            templates.push(template::read(pieces, &names, &mut components, &mut writing).ok_or(*name)?);
        }
        let between = writing.name(BETWEEN);
        let names = names.templates.iter().map(|(name, number)| ((*name).to_owned(), *number));
        let mut names: Vec<(String, usize)> = names.collect();
        names.sort_unstable();
        let lengths = templates.iter().map(|_| AtomicUsize::new(1 << 16)).collect();
        let variables = writing.variables();
        Ok(Self { templates, components, names, between, variables, known: writing.finish(), lengths })
    }

    fn show(
        &self,
        template: &str,
        words: &Words,
        values: &mut Values,
        site: Value,
        view: Option<&View<'_>>,
    ) -> Option<Vec<u8>> {
        let (frame, page) = match view {
            Some(view) => (view.frame.serialize(Layer(values)).ok()?, view.page.serialize(Layer(values)).ok()?),
            None => (Value::Undefined, Value::Undefined),
        };
        let at = self.names.binary_search_by(|(name, _)| name.as_str().cmp(template)).ok()?;
        let number = self.names[at].1;
        // Some more, for the drawings that follow.
        let length = self.lengths[number].load(Ordering::Relaxed);
        let out = Vec::with_capacity(length + length / 8);
        let mut shower = Shower::new((self, words, values), [site, frame, page], out);
        // Of a block's versions that of the template that is asked for comes first.
        let mut shown = &self.templates[number];
        let mut overlaid = 0;
        loop {
            shower.blocks.extend(shown.blocks.iter().map(|(name, body)| (*name, body)));
            let Some(below) = shown.extends else { break };
            shown = &self.templates[below];
            overlaid += 1;
            // A template that is laid over itself shows nothing.
            (overlaid <= self.templates.len()).then_some(())?;
        }
        let body: &Body = &shown.body;
        shower.body(body).ok()?;
        self.lengths[number].fetch_max(shower.out.len().min(LONG), Ordering::Relaxed);
        Some(shower.out)
    }
}
