//! Search: sections of text into an index that a page can ask without a server.
//!
//! The index is made of plain script files, so that it works from a folder, under `default-src 'self'`, with no
//! WebAssembly. Words and pairs of CJK characters lead to the sections that hold them ([`Tokens`]); a few of the sections'
//! texts are read to see whether the characters really stand side by side, and to show a snippet.
//!
//! | file | holds | read |
//! |---|---|---|
//! | `index.js` | how many sections, where each file of tokens begins, what can be filtered by | when search is opened |
//! | `tokens/N.js` | a stretch of all tokens in order, each with its sections | for a word of the query |
//! | `texts/N.js` | the texts of some sections | for a result that is shown |
//!
//! The tokenizer stands here and again in the theme's `search.js`; `tests/vectors/search.txt` holds both to the same
//! answers.

mod index;
mod pack;
mod token;

pub use index::{Index, Posted, TEXTS_PER_FILE};
pub use token::{Tokens, fold, tokens};

/// A section of a page: what a result of a search shows and leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// What it is called: the item, or a heading in it.
    pub title: String,
    /// Where it stands: the item it is a part of, or nothing.
    pub place: String,
    /// Whether it is a part of an item, so that its title weighs less than the item's.
    pub is_part: bool,
    /// Where it is, from the top of the site, with its anchor.
    pub href: String,
    /// Its text; a line for each paragraph, cell or line of a list.
    pub text: String,
    /// What it can be filtered by: its kind, its stages, channels and personas.
    pub facets: Vec<Facet>,
}

/// Something a section can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Facet {
    /// By what.
    pub by: FacetKind,
    /// Its id, such as `map` or `delivery`.
    pub id: String,
    /// What readers call it.
    pub title: String,
}

/// By what sections can be filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetKind {
    /// What kind of thing it is.
    Kind,
    /// The stage it speaks of.
    Stage,
    /// The channel.
    Channel,
    /// The persona.
    Persona,
}

impl FacetKind {
    /// All of them, as the index names them.
    pub const ALL: [(&'static str, Self); 4] =
        [("kind", Self::Kind), ("stage", Self::Stage), ("channel", Self::Channel), ("persona", Self::Persona)];

    /// Its name in the index.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}
