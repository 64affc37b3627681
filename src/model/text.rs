//! Texts in one or more languages.
//!
//! Structure lives once, in the default language; another language adds words to it. What is not
//! translated falls back to the default, and says so by giving the language it is in.

use crate::source::Span;

/// A language of the handbook: an index into [`super::Settings::languages`]. The default language is 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub u8);

impl Lang {
    /// The handbook's default language.
    pub const DEFAULT: Self = Self(0);
}

/// A value in the default language and in those it has been translated to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Local<T> {
    first: T,
    others: Vec<(Lang, T)>,
}

impl<T> Local<T> {
    /// A value in the default language only.
    pub fn new(first: T) -> Self {
        Self { first, others: Vec::new() }
    }

    /// Adds the value in another language.
    pub fn add(&mut self, lang: Lang, value: T) {
        self.others.push((lang, value));
    }

    /// The value for a page in `lang`, and the language it is really in.
    pub fn get(&self, lang: Lang) -> (&T, Lang) {
        match self.others.iter().find(|(other, _)| *other == lang) {
            Some((lang, value)) => (value, *lang),
            None => (&self.first, Lang::DEFAULT),
        }
    }

    /// The value for a page in `lang`, whatever language it is in.
    pub fn show(&self, lang: Lang) -> &T {
        self.get(lang).0
    }

    /// The value in the default language.
    pub fn first(&self) -> &T {
        &self.first
    }

    /// Every value with its language, the default first.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        std::iter::once((Lang::DEFAULT, &self.first)).chain(self.others.iter().map(|(lang, value)| (*lang, value)))
    }

    /// Changes every value where it stands.
    pub fn each_mut(&mut self, change: impl FnMut(&mut T)) {
        std::iter::once(&mut self.first).chain(self.others.iter_mut().map(|(_, value)| value)).for_each(change);
    }

    /// The same with every value turned into another, which its language may decide.
    pub fn map_each<U>(self, mut turn: impl FnMut(Lang, T) -> U) -> Local<U> {
        Local {
            first: turn(Lang::DEFAULT, self.first),
            others: self.others.into_iter().map(|(lang, value)| (lang, turn(lang, value))).collect(),
        }
    }

    /// The same with every value turned into another.
    pub fn map<U>(self, mut turn: impl FnMut(T) -> U) -> Local<U> {
        Local {
            first: turn(self.first),
            others: self.others.into_iter().map(|(lang, value)| (lang, turn(value))).collect(),
        }
    }
}

/// Plain text as the author wrote it, not Markdown, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The text.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

/// A plain text in one or more languages.
pub type Text = Local<Words>;

impl Local<Words> {
    /// The text for a page in `lang`.
    pub fn str(&self, lang: Lang) -> &str {
        &self.show(lang).text
    }
}
