//! Texts in one or more languages.
//!
//! Structure lives once, in the default language; another language adds words to it. What is not
//! translated falls back to the nearest language that has it, at last to the default, and says so by giving the language
//! it is in.

use crate::source::Span;

/// How many languages one may fall back to before the default.
pub const MOST_FALLBACKS: usize = 4;

/// A language of the handbook: its place in [`super::Settings::languages`], and the languages it falls back to. The
/// default language is the first, and falls back to none.
///
/// Two are equal if their places are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lang {
    index: u8,
    /// Nearest first; 0, the default, fills up the rest.
    fallbacks: [u8; MOST_FALLBACKS],
}

impl Lang {
    /// The handbook's default language.
    pub const DEFAULT: Self = Self { index: 0, fallbacks: [0; MOST_FALLBACKS] };

    /// The language at a place, from 0, that falls back to the default at once.
    pub fn at(index: usize) -> Self {
        Self { index: index as u8, ..Self::DEFAULT }
    }

    /// The same falling back to others, by their places: the nearest first, no more than [`MOST_FALLBACKS`]. The default
    /// comes last without being named, and nothing comes after it.
    #[must_use]
    pub fn falling_back_to(mut self, others: &[usize]) -> Self {
        self.fallbacks = [0; MOST_FALLBACKS];
        for (slot, other) in self.fallbacks.iter_mut().zip(others) {
            *slot = *other as u8;
        }
        self
    }

    /// Its place among the handbook's languages, from 0.
    pub fn index(self) -> usize {
        usize::from(self.index)
    }

    /// The places of the languages to look in after this one, nearest first, down to the default; none for the default
    /// itself.
    pub fn fallbacks(self) -> impl Iterator<Item = usize> {
        let others = self.fallbacks.into_iter().take_while(|other| *other != 0).map(usize::from);
        others.chain((self.index != 0).then_some(0))
    }
}

impl PartialEq for Lang {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Eq for Lang {}

impl PartialOrd for Lang {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Lang {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}

impl std::hash::Hash for Lang {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

/// A value in the default language and in those it has been translated to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Local<T> {
    first: T,
    /// Most texts are in one language: of those a list would take more than the text's own place.
    others: Option<Box<Others<T>>>,
}

/// A value in further languages, at least one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Others<T>(Vec<(Lang, T)>);

impl<T> Local<T> {
    /// A value in the default language only.
    pub fn new(first: T) -> Self {
        Self { first, others: None }
    }

    /// Adds the value in another language.
    pub fn add(&mut self, lang: Lang, value: T) {
        self.others.get_or_insert_with(|| Box::new(Others(Vec::new()))).0.push((lang, value));
    }

    /// The value for a page in `lang`, and the language it is really in: this one, the nearest that it falls back to, or the
    /// default.
    pub fn get(&self, lang: Lang) -> (&T, Lang) {
        // Most texts are in the page's language, or in one only.
        if let Some(others) = &self.others {
            for wanted in std::iter::once(lang.index()).chain(lang.fallbacks().filter(|other| *other != 0)) {
                if let Some((lang, value)) = others.0.iter().find(|(other, _)| other.index() == wanted) {
                    return (value, *lang);
                }
            }
        }
        (&self.first, Lang::DEFAULT)
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
        let others = self.others.iter().flat_map(|others| &others.0);
        std::iter::once((Lang::DEFAULT, &self.first)).chain(others.map(|(lang, value)| (*lang, value)))
    }

    /// Changes every value where it stands.
    pub fn each_mut(&mut self, change: impl FnMut(&mut T)) {
        let others = self.others.iter_mut().flat_map(|others| &mut others.0);
        std::iter::once(&mut self.first).chain(others.map(|(_, value)| value)).for_each(change);
    }

    /// The same with every value turned into another, which its language may decide.
    pub fn map_each<U>(self, mut turn: impl FnMut(Lang, T) -> U) -> Local<U> {
        Local {
            first: turn(Lang::DEFAULT, self.first),
            others: self.others.map(|others| {
                let turned = others.0.into_iter().map(|(lang, value)| (lang, turn(lang, value)));
                Box::new(Others(turned.collect()))
            }),
        }
    }

    /// The same with every value turned into another.
    pub fn map<U>(self, mut turn: impl FnMut(T) -> U) -> Local<U> {
        self.map_each(|_, value| turn(value))
    }
}

/// Plain text as the author wrote it, not Markdown, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
