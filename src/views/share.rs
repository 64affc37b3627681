//! What a page says of itself to other programs: search engines, chats that show a card for a link, browsers.
//!
//! Made of the page's own item. Whole addresses only where the handbook says where it lives; nothing is ever fetched from
//! elsewhere.

use serde::Serialize;

use super::here::{Here, Said, index_title};
use super::keeping::target_of;
use super::pages::{Page, PageKind, planned};
use crate::model::{Lang, Target};

/// A page as other programs see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share<'a> {
    /// `noindex` for what search engines are to leave alone; empty for what they may find.
    pub robots: &'static str,
    /// Its whole address; empty if nobody says where the site lives, and for a page that stands at no address.
    pub canonical: String,
    /// The same page in every language, in their order: whole addresses where there are any; none of a handbook in one
    /// language.
    pub alternates: Vec<String>,
    /// What Open Graph calls it: `website` for the front page, `profile` for a persona, `article` for everything else.
    pub kind: &'static str,
    /// The whole address of a picture of it: a portrait, or the handbook's mark; empty if there is none.
    pub image: String,
    /// Where the feed of changes is, relative to the page; empty if nobody knows what changed.
    pub feed: String,
    /// What the feed is called.
    pub feed_title: &'a str,
}

/// How wide a description may be, in letters; a Han character is two wide. Search engines show about as much.
const WIDEST: usize = 160;
/// How much of a text is looked at for its first sentences, in bytes.
const MOST_LOOKED_AT: usize = 4000;
/// More headings than so much text has.
const MOST_HEADINGS: usize = 100;

impl<'a> Here<'a> {
    /// What a page says of itself to other programs.
    pub fn shared(&self, page: &Page) -> Share<'a> {
        let settings = &self.handbook.settings;
        let missing = page.kind == PageKind::Missing;
        let url = settings.url.as_ref().filter(|_| !missing);
        let several = settings.has_translations() && !missing;
        let alternates = planned(self.handbook).filter(|_| several).filter_map(|lang| {
            let other = self.pages.part_of(page.kind, page.part, lang)?;
            Some(url.map_or_else(|| self.way(&other.path, None), |url| url.of(&other.path)))
        });
        let feed = self.pages.of(PageKind::Feed, self.lang);
        Share {
            robots: if settings.public && !missing { "" } else { "noindex" },
            canonical: url.map_or_else(String::new, |url| url.of(&page.path)),
            alternates: alternates.collect(),
            kind: match page.kind {
                PageKind::Home => "website",
                PageKind::Persona(_) => "profile",
                _ => "article",
            },
            image: self.card_picture(page.kind).unwrap_or_default(),
            feed: feed.map_or_else(String::new, |feed| self.way(&feed.path, None)),
            feed_title: self.words.get(index_title(PageKind::Changes)),
        }
    }

    /// The whole address of a picture for a page's card: no drawing, which those who show cards do not show.
    fn card_picture(&self, kind: PageKind) -> Option<String> {
        let settings = &self.handbook.settings;
        let url = settings.url.as_ref()?;
        let portrait = match kind {
            PageKind::Persona(id) => self.handbook[id].portrait,
            _ => None,
        };
        let address = |asset| self.pages.address(Target::Asset(asset), self.lang).map(|address| address.path);
        let pictures = portrait.into_iter().chain(settings.brand.logo).filter_map(address);
        let mut shown = pictures.filter(|path| !path.as_str().to_ascii_lowercase().ends_with(".svg"));
        shown.next().map(|path| url.of(path))
    }

    /// A page in a sentence or two, as plain text: its summary, or the beginning of its text; empty if it has neither.
    pub fn description(&self, page: &Page, summary: Option<&Said<'_>>) -> String {
        match summary.filter(|summary| !summary.text.is_empty()) {
            Some(summary) => shortened(&summary.text),
            None => {
                let prose = target_of(self, page.kind).and_then(|target| self.prose_of(target));
                shortened(&prose.map_or_else(String::new, |prose| self.beginning(prose, MOST_LOOKED_AT, MOST_HEADINGS)))
            }
        }
    }
}

/// A language as Open Graph names it: `zh_CN` for `zh-Hans`, `en_US` for `en`, as its readers expect a country; the tag
/// with a low line for any other.
pub fn locale(tag: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    let known = [
        ("zh-hant-hk", "zh_HK"),
        ("zh-hk", "zh_HK"),
        ("zh-tw", "zh_TW"),
        ("zh-hant", "zh_TW"),
        ("zh", "zh_CN"),
        ("ja", "ja_JP"),
        ("ko", "ko_KR"),
    ];
    if let Some((_, locale)) =
        known.iter().find(|(known, _)| lower == *known || lower.starts_with(&format!("{known}-")))
    {
        return (*locale).to_owned();
    }
    if lower == "en" {
        return "en_US".to_owned();
    }
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_lowercase();
    match parts.find(|part| part.len() == 2) {
        Some(region) => format!("{language}_{}", region.to_uppercase()),
        None => language,
    }
}

/// A text on one line, cut where a sentence or a word ends if it is wider than `WIDEST`.
pub fn shortened(text: &str) -> String {
    let (mut line, mut letters) = (String::with_capacity(text.len().min(600)), 0);
    for word in text.split_whitespace() {
        let joined = line.chars().next_back().is_some_and(is_wide) && word.chars().next().is_some_and(is_wide);
        if !line.is_empty() && !joined {
            line.push(' ');
        }
        line.push_str(word);
        letters += word.chars().count();
        // What follows has no room, whatever it is.
        if letters > WIDEST {
            break;
        }
    }
    if line.is_ascii() {
        return shortened_ascii(line);
    }
    let (mut width, mut sentence, mut word) = (0, None, 0);
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        width += if is_wide(c) { 2 } else { 1 };
        if width > WIDEST {
            let end = sentence.filter(|&(_, width)| width * 2 > WIDEST);
            return match end {
                Some((end, _)) => line[..end].to_owned(),
                None => cut(&line[..if word == 0 { at } else { word }]),
            };
        }
        let after = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        if matches!(c, '。' | '！' | '？') || (matches!(c, '.' | '!' | '?') && next == Some(' ')) {
            sentence = Some((after, width));
        }
        if is_wide(c) || next.is_some_and(|next| next == ' ' || is_wide(next)) {
            word = after;
        }
    }
    line
}

/// The same of a line of ASCII, whose places are its widths: words and sentences end before a space.
fn shortened_ascii(line: String) -> String {
    let Some(room) = line.as_bytes().get(..=WIDEST) else { return line };
    let mut words = (1..room.len()).rev().filter(|&end| room[end] == b' ').peekable();
    let word = words.peek().copied();
    let sentence = words.find(|&end| matches!(room[end - 1], b'.' | b'!' | b'?'));
    match sentence.filter(|end| end * 2 > WIDEST) {
        Some(end) => line[..end].to_owned(),
        None => cut(&line[..word.unwrap_or(WIDEST)]),
    }
}

/// The beginning of a line, which goes on.
fn cut(line: &str) -> String {
    format!("{}…", line.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a character is as wide as two letters: Chinese, Japanese and Korean, and what stands between them.
fn is_wide(c: char) -> bool {
    c >= '\u{1100}'
        && matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

impl Here<'_> {
    /// The languages of the handbook as Open Graph names them, the page's own first.
    pub fn locales(&self) -> Vec<String> {
        let tag = |lang: Lang| locale(self.tag(lang));
        let mut locales = vec![tag(self.lang)];
        locales.extend(planned(self.handbook).filter(|lang| *lang != self.lang).map(tag));
        locales.dedup();
        locales
    }
}
