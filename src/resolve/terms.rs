//! The words of the glossary in running text: where one stands first on a page, it becomes a link to its meaning.
//!
//! Done once, when the handbook is linked, so that showing a page costs nothing more. The longest word wins: where
//! “moment of truth” stands, nothing is linked for “moment”. A word in Latin letters is found as a whole word, in upper
//! or lower case and with the `s` of a plural (“moments of truth”); a word in Chinese wherever it stands. Headings,
//! links, code, buttons, words that a list defines, the heads of tables and what customers said stay as they are. The
//! link is the one that authors write as `[](term:ID)`, and a term that an author links himself gets no second one. It
//! has no `title`: who touches the screen or listens to the page never gets that, and for the others it would only cover
//! the line; the meaning is one step away.

use std::cmp::Reverse;

use aho_corasick::AhoCorasick;

use crate::model::{Draft, Hole, Id, Lang, Piece, Prose, Settings, Table, Target, Term};

/// The elements in which nothing becomes a link, by their names.
const UNTOUCHED: [&str; 21] = [
    "a",
    "audio",
    "blockquote",
    "button",
    "code",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "kbd",
    "pre",
    "q",
    "samp",
    "summary",
    "svg",
    "th",
    "var",
    "video",
];

/// The words that become links, in every language.
#[derive(Debug, Default)]
pub(super) struct Terms {
    languages: Vec<Finder>,
    /// Whether each term wants to be linked; one that does not still keeps others from being linked in it.
    linked: Vec<bool>,
}

/// Finds the words of one language.
#[derive(Debug)]
struct Finder {
    words: AhoCorasick,
    /// The term of each word.
    terms: Vec<usize>,
}

impl Terms {
    /// The words of a glossary; none if the handbook wants no links. In a language to which a term is not translated
    /// it is found by its original, which is what its glossary shows.
    pub(super) fn of(terms: &Table<Term<Draft>>, settings: &Settings<Draft>) -> Self {
        if !settings.link_terms || terms.is_empty() {
            return Self::default();
        }
        let languages = settings.languages.iter().filter_map(|language| Finder::of(terms, language.lang));
        Self { languages: languages.collect(), linked: terms.iter().map(|term| term.link).collect() }
    }

    /// Makes links of the words that stand first in a text. `own` is the term whose meaning the text is.
    pub(super) fn link(&self, prose: Prose, lang: Lang, own: Option<Id<Term>>) -> Prose {
        let Some(finder) = self.languages.get(lang.index()).filter(|_| prose.links_terms) else { return prose };
        let mut open: Vec<bool> = self.linked.clone();
        let linked = prose.holes().filter_map(|hole| match hole {
            Hole::Address(Some(reference)) => match reference.target {
                Target::Term(term) => Some(term),
                _ => None,
            },
            _ => None,
        });
        for term in linked.chain(own) {
            open[term.index()] = false;
        }
        let (mut place, mut links, mut begin) = (Place::default(), Vec::new(), 0);
        for piece in prose.pieces(&prose.html()) {
            if let Piece::Html(html) = piece {
                finder.find(html, begin, (&mut place, &mut open), &mut links);
                begin += html.len();
            }
        }
        match links.is_empty() {
            true => prose,
            false => prose.with_links(links.into_iter().map(|(start, end, term)| (start..end, Id::at(term)))),
        }
    }
}

/// A word that becomes a link: where it begins and ends in the HTML, and its term. None reaches over a hole.
type Link = (usize, usize, usize);

impl Finder {
    /// `None` if there are more words than can be looked for.
    fn of(terms: &Table<Term<Draft>>, lang: Lang) -> Option<Self> {
        let (mut words, mut owners) = (Vec::new(), Vec::new());
        for (index, term) in terms.iter().enumerate() {
            for text in std::iter::once(&term.title).chain(&term.also) {
                for word in spellings(text.str(lang)) {
                    words.push(word);
                    owners.push(index);
                }
            }
        }
        let words = AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()?;
        Some(Self { words, terms: owners })
    }

    /// Finds where terms stand first in a piece of HTML that begins at `begin`.
    fn find(&self, html: &str, begin: usize, (place, open): (&mut Place, &mut [bool]), links: &mut Vec<Link>) {
        for run in place.texts(html) {
            for (start, end, term) in self.found(html, run) {
                if std::mem::take(&mut open[term]) {
                    links.push((begin + start, begin + end, term));
                }
            }
        }
    }

    /// The words in a stretch of text, in order: where each begins and ends, and its term. None overlaps another.
    fn found(&self, html: &str, (from, to): (usize, usize)) -> Vec<Link> {
        // A line's end parts words as a space does, and takes as many bytes.
        let text = html[from..to].replace(['\n', '\t', '\r'], " ");
        let entities = entities(&text);
        let inside = |at: usize| entities.iter().any(|&(start, end)| start < at && at < end);
        let mut found: Vec<Link> = (self.words.find_overlapping_iter(&text))
            .map(|word| (word.start(), word.end(), self.terms[word.pattern().as_usize()]))
            .filter(|&(start, end, _)| !inside(start) && !inside(end) && is_whole(&text, start, end))
            .collect();
        found.sort_by_key(|&(start, end, term)| (start, Reverse(end), term));
        let mut free = 0;
        found.retain(|&(start, end, _)| {
            let fits = start >= free;
            free = if fits { end } else { free };
            fits
        });
        found.into_iter().map(|(start, end, term)| (from + start, from + end, term)).collect()
    }
}

/// How a word may stand in HTML; nothing for a word without letters. ASCII letters are found in either case anyhow.
fn spellings(word: &str) -> Vec<String> {
    let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
    if !word.chars().any(char::is_alphanumeric) {
        return Vec::new();
    }
    let mut first = word.chars();
    let first = first.next().into_iter().flat_map(char::to_uppercase).chain(first.flat_map(char::to_lowercase));
    let mut spellings = vec![word.to_lowercase(), word.to_uppercase(), first.collect(), word];
    spellings.sort();
    spellings.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    let with_s = |word: &String| word.ends_with(is_joined).then(|| format!("{word}s"));
    let inner = |word: &String| word.split_once(" of ").map(|(first, rest)| format!("{first}s of {rest}"));
    let plural: Vec<String> = spellings.iter().flat_map(|word| with_s(word).into_iter().chain(inner(word))).collect();
    spellings.extend(plural);
    let escaped = spellings.iter().flat_map(|word| {
        let bare = word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let full = bare.replace('"', "&quot;").replace('\'', "&#39;");
        [bare, full]
    });
    let mut escaped: Vec<String> = escaped.collect();
    escaped.dedup();
    escaped
}

/// Whether nothing that belongs to a longer word stands before or after these bytes.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let parted = |outer: Option<char>, inner: Option<char>| match (outer, inner) {
        (Some(outer), Some(inner)) => !(is_joined(inner) && (is_joined(outer) || matches!(outer, '-' | '_'))),
        _ => true,
    };
    let (before, word, after) = (&text[..start], &text[start..end], &text[end..]);
    parted(before.chars().next_back(), word.chars().next()) && parted(after.chars().next(), word.chars().next_back())
}

/// Whether a letter or digit is of a script that parts its words, so that a word ends where these end.
fn is_joined(c: char) -> bool {
    // Han with its extensions, kana, Thai, Lao, Khmer and Burmese are written without spaces.
    let unparted = matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    c.is_alphanumeric() && !unparted
}

/// Where the entities of a text begin and end.
fn entities(text: &str) -> Vec<(usize, usize)> {
    let ends = text.match_indices('&').filter_map(|(start, _)| Some((start, start + text[start..].find(';')? + 1)));
    ends.filter(|&(start, end)| text[start + 1..end - 1].chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
        .collect()
}

/// Where we are in HTML that comes in pieces.
#[derive(Default)]
struct Place {
    /// In a tag; and in which quotes, if in an attribute's value.
    tag: bool,
    quote: Option<char>,
    /// How many of the elements around us are to stay untouched.
    untouched: usize,
}

impl Place {
    /// The stretches of text in which links may be made; steps over the piece.
    fn texts(&mut self, html: &str) -> Vec<(usize, usize)> {
        let mut texts = Vec::new();
        let mut at = 0;
        while at < html.len() {
            if self.tag {
                let Some(end) = self.tag_end(&html[at..]) else { break };
                at += end;
                continue;
            }
            let start = at;
            at = html[start..].find('<').map_or(html.len(), |tag| start + tag);
            if at > start && self.untouched == 0 {
                texts.push((start, at));
            }
            if at < html.len() {
                self.enter(&html[at + 1..]);
                at += 1;
            }
        }
        texts
    }

    /// Begins a tag.
    fn enter(&mut self, tag: &str) {
        self.tag = true;
        let (closes, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if UNTOUCHED.iter().any(|untouched| untouched.eq_ignore_ascii_case(name)) {
            self.untouched = if closes { self.untouched.saturating_sub(1) } else { self.untouched + 1 };
        }
    }

    /// Where the text after a tag begins; `None` if the tag goes on in another piece.
    fn tag_end(&mut self, html: &str) -> Option<usize> {
        for (at, c) in html.char_indices() {
            match self.quote {
                Some(quote) if c == quote => self.quote = None,
                Some(_) => {}
                None if matches!(c, '"' | '\'') => self.quote = Some(c),
                None if c == '>' => {
                    self.tag = false;
                    return Some(at + 1);
                }
                None => {}
            }
        }
        None
    }
}
