//! Texts in one or more languages.
//!
//! Structure lives once, in the default language; another language adds words to it. What is not
//! translated falls back to the nearest language that has it, at last to the default, and says so by giving the language
//! it is in.

use super::html::Html;
use super::pack::{Pack, Packer, Unpacker, pack_all};
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Local<T>(Spoken<T>);

/// Most texts are in one language, and take no more room than the text itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Spoken<T> {
    One(T),
    Several(Box<Several<T>>),
}

/// A value in the default language and in others, at least one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Several<T> {
    first: T,
    others: Vec<(Lang, T)>,
}

impl<T> Local<T> {
    /// A value in the default language only.
    pub fn new(first: T) -> Self {
        Self(Spoken::One(first))
    }

    /// The same with the value in another language as well.
    #[must_use]
    pub fn and(self, lang: Lang, value: T) -> Self {
        let mut several = match self.0 {
            Spoken::One(first) => Box::new(Several { first, others: Vec::new() }),
            Spoken::Several(several) => several,
        };
        several.others.push((lang, value));
        Self(Spoken::Several(several))
    }

    /// The value for a page in `lang`, and the language it is really in: this one, the nearest that it falls back to, or the
    /// default.
    pub fn get(&self, lang: Lang) -> (&T, Lang) {
        // Most texts are in the page's language, or in one only.
        if let Spoken::Several(several) = &self.0 {
            for wanted in std::iter::once(lang.index()).chain(lang.fallbacks().filter(|other| *other != 0)) {
                if let Some((lang, value)) = several.others.iter().find(|(other, _)| other.index() == wanted) {
                    return (value, *lang);
                }
            }
        }
        (self.first(), Lang::DEFAULT)
    }

    /// The value for a page in `lang`, whatever language it is in.
    pub fn show(&self, lang: Lang) -> &T {
        self.get(lang).0
    }

    /// The value in the default language.
    pub fn first(&self) -> &T {
        match &self.0 {
            Spoken::One(first) => first,
            Spoken::Several(several) => &several.first,
        }
    }

    /// Every value with its language, the default first.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        let others: &[(Lang, T)] = match &self.0 {
            Spoken::One(_) => &[],
            Spoken::Several(several) => &several.others,
        };
        std::iter::once((Lang::DEFAULT, self.first())).chain(others.iter().map(|(lang, value)| (*lang, value)))
    }

    /// Changes every value where it stands.
    pub fn each_mut(&mut self, mut change: impl FnMut(&mut T)) {
        match &mut self.0 {
            Spoken::One(first) => change(first),
            Spoken::Several(several) => {
                change(&mut several.first);
                several.others.iter_mut().for_each(|(_, value)| change(value));
            }
        }
    }

    /// The same with every value turned into another, which its language may decide.
    pub fn map_each<U>(self, mut turn: impl FnMut(Lang, T) -> U) -> Local<U> {
        Local(match self.0 {
            Spoken::One(first) => Spoken::One(turn(Lang::DEFAULT, first)),
            Spoken::Several(several) => {
                let first = turn(Lang::DEFAULT, several.first);
                let others = several.others.into_iter().map(|(lang, value)| (lang, turn(lang, value))).collect();
                Spoken::Several(Box::new(Several { first, others }))
            }
        })
    }

    /// The same with every value turned into another.
    pub fn map<U>(self, mut turn: impl FnMut(T) -> U) -> Local<U> {
        self.map_each(|_, value| turn(value))
    }
}

impl<T: Pack> Pack for Local<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        let others: &[(Lang, T)] = match &self.0 {
            Spoken::One(_) => &[],
            Spoken::Several(several) => &several.others,
        };
        pack_all(others, out);
        self.first().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let others = Vec::unpack(from)?;
        let first = T::unpack(from)?;
        Some(Self(match others.is_empty() {
            true => Spoken::One(first),
            false => Spoken::Several(Box::new(Several { first, others })),
        }))
    }

    fn each_html(&mut self, take: &mut dyn FnMut(&mut Html)) {
        match &mut self.0 {
            Spoken::One(first) => first.each_html(take),
            Spoken::Several(several) => {
                several.others.iter_mut().for_each(|(_, value)| value.each_html(take));
                several.first.each_html(take);
            }
        }
    }
}

impl<T: Default> Default for Local<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// Plain text as the author wrote it, not Markdown, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Words {
    /// The text.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
    room: Room,
}

impl Words {
    /// A text, and where it stands.
    pub fn new(text: impl Into<Box<str>>, span: Span) -> Self {
        Self { text: text.into(), span, room: Room::Free }
    }
}

/// A byte that has one value of 256. Whether a text is there, and in how many languages, is told by the others: a handbook
/// holds half a million texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
enum Room {
    Free,
}

/// A plain text in one or more languages.
pub type Text = Local<Words>;

impl Local<Words> {
    /// The text for a page in `lang`.
    pub fn str(&self, lang: Lang) -> &str {
        &self.show(lang).text
    }
}
