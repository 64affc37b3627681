//! The feed of changes: what the page of changes tells, for programs that tell people of news. Atom, RFC 4287.
//!
//! Made of the history alone, so that the same commits give the same feed on every machine. Entries keep their ids when
//! the site moves: they are made of the commit, and not of an address.

use super::changes::{TouchedItem, commits};
use super::here::Here;
use super::pages::PageKind;
use crate::model::Date;

/// A feed. Links are relative to the feed itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed<'a> {
    /// Its language, as a BCP 47 tag.
    pub lang: &'a str,
    /// Its id, an address or a name that stays.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// A sentence about it.
    pub subtitle: &'a str,
    /// Whose handbook it is.
    pub author: &'a str,
    /// The day of the newest change.
    pub updated: Date,
    /// Its own address; relative, its file's name, if nobody says where the site lives.
    pub own: String,
    /// Its whole address, by which its links are to be read; empty if nobody says where the site lives.
    pub base: String,
    /// Where the page of changes is.
    pub page: String,
    /// The newest first.
    pub entries: Vec<Entry<'a>>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its id, a name that stays.
    pub id: String,
    /// Its first line.
    pub title: &'a str,
    /// Who wrote it; empty if nobody says so.
    pub author: &'a str,
    /// Its day.
    pub updated: Date,
    /// Where it stands on the page of changes.
    pub page: String,
    /// What it touched.
    pub items: Vec<TouchedItem<'a>>,
    /// “and 5 more”; empty if all are told.
    pub more: String,
}

/// The feed; empty of entries only where no history tells of any, and then nobody plans it.
pub fn feed<'a>(here: &Here<'a>) -> Feed<'a> {
    let settings = &here.handbook.settings;
    let lang = here.tag(here.lang);
    let entries: Vec<Entry<'a>> = commits(here)
        .into_iter()
        .map(|(day, commit)| Entry {
            id: name(&["entry", lang, commit.id, &day.to_string(), commit.subject, commit.author]),
            title: if commit.subject.is_empty() { here.words.get("changes_unnamed") } else { commit.subject },
            author: commit.author,
            updated: day,
            page: format!("{}#c-{}", here.href_to(PageKind::Changes), commit.id),
            items: commit.items,
            more: commit.more,
        })
        .collect();
    let url = settings.url.as_ref().zip(here.path);
    let base = url.map_or_else(String::new, |(url, path)| url.of(path));
    let file = here.path.map_or("", |path| path.as_str().rsplit('/').next().unwrap_or_default());
    let title = settings.title.str(here.lang);
    Feed {
        lang,
        id: match url {
            Some((url, path)) => url.of(path),
            None => name(&["feed", lang, settings.title.first().text.as_ref()]),
        },
        title: format!("{title} · {}", here.words.get("changes")),
        subtitle: here.words.get("changes_summary"),
        author: settings.brand.name.as_ref().map_or(title, |name| name.str(here.lang)),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or(here.handbook.today),
        own: if base.is_empty() { file.to_owned() } else { base.clone() },
        base,
        page: here.href_to(PageKind::Changes),
        entries,
    }
}

/// A name that is the same for the same parts on every machine: a UUID of version 8 (RFC 9562) over a hash of them.
fn name(parts: &[&str]) -> String {
    // FNV-1a of 128 bits, with a byte that is in no text between the parts.
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0xff])) {
        hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    let versioned = (hash & !(0xf << 76) & !(0x3 << 62)) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{versioned:032x}");
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
