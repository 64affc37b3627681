//! Search: sections of text into an index that a page can ask without a server.
//!
//! The index is made of plain script files, so that it works from a folder, under `default-src 'self'`, with no
//! WebAssembly. Words and pairs of CJK characters lead to the sections that hold them ([`Tokens`]); a few of the sections'
//! texts are read to see whether the characters really stand side by side, and to show a snippet. No query needs more than a
//! few files, however large the handbook: see `ask.js` for what it spends.
//!
//! | file | holds | read |
//! |---|---|---|
//! | `index.js` | how many sections, where each file of tokens begins, what can be filtered by | when search is opened |
//! | `tokens/N.js` | a stretch of all tokens in order, each with its sections | for a word of the query |
//! | `texts/N.js` | the texts of some sections, of which N is the first | for a result that is shown |
//!
//! The tokenizer stands here and again in the theme's `ask.js`; `tests/vectors/search.json` holds both to the same
//! answers.

mod fold;
mod pack;
mod part;
mod posted;
mod prefix;
mod stored;
mod token;

pub use fold::fold;
pub use pack::steps;
pub use part::Part;
pub use posted::Posted;
pub use prefix::Beginnings;
pub use token::{Tokens, tokens};

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

/// How many bytes of text a section has at most, unless a single line has more: a longer one is several, which lead to the
/// same place.
const LONGEST: usize = 16 * 1024;

impl Document {
    /// How many bytes it takes in a file of texts, about.
    pub(crate) fn size(&self) -> usize {
        self.text.len() + self.title.len() + self.place.len() + self.href.len()
    }

    /// The section, or, if its text is very long, parts of it that end with a line each.
    pub(crate) fn parted(self) -> Vec<Self> {
        if self.text.len() <= LONGEST {
            return vec![self];
        }
        let mut texts = vec![String::new()];
        for line in self.text.split('\n') {
            let last = texts.len() - 1;
            if !texts[last].is_empty() && texts[last].len() + line.len() > LONGEST {
                texts.push(line.to_owned());
            } else {
                if !texts[last].is_empty() {
                    texts[last].push('\n');
                }
                texts[last].push_str(line);
            }
        }
        texts.into_iter().map(|text| Self { text, ..self.clone() }).collect()
    }
}

impl Facet {
    /// The token under which its sections stand: no text holds such characters.
    fn token(&self) -> String {
        format!("\u{1}{}\u{2}{}", self.by.name(), self.id)
    }
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
