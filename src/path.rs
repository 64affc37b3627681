//! Paths that stay inside: relative, `/`-separated, never climbing out.
//!
//! A [`HandbookPath`] names a source file, a [`SitePath`] a file of the finished site. Neither can hold
//! `..`, a back-slash or a NUL, so no later room has to ask again.

use std::fmt;
use std::sync::Arc;

/// Where a file is in the handbook's folder, such as `maps/renewal.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandbookPath(Arc<str>);

/// Where a file is in the site, such as `maps/renewal.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath {
    text: Arc<str>,
    /// How many bytes its folder takes, with the slash behind it.
    folder: usize,
}

impl HandbookPath {
    /// `None` if the text is empty, absolute, or climbs out of the folder.
    pub fn new(path: &str) -> Option<Self> {
        stays_inside(path).then(|| Self(path.into()))
    }

    /// Whether a text is such a path as it stands.
    pub(crate) fn is_spelled(path: &str) -> bool {
        stays_inside(path)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without its folders.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folder, without a trailing `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What follows the last dot of the file name; empty without one.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether the file is read as text; all others are assets.
    pub fn is_text(&self) -> bool {
        !self.0.starts_with("assets/")
            && matches!(self.extension(), "md" | "yaml" | "yml" | "csv" | "html" | "css" | "js" | "svg")
    }

    /// The path that a relative link in this file means; `None` if it climbs out of the handbook.
    pub fn resolve(&self, link: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in link.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Self::new(&parts.join("/"))
    }
}

impl SitePath {
    /// `None` if the text is empty, absolute, or climbs out of the site.
    pub fn new(path: &str) -> Option<Self> {
        let folder = path.rfind('/').map_or(0, |at| at + 1);
        stays_inside(path).then(|| Self { text: path.into(), folder })
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its folder, without a trailing `/` and empty at the top, and its name in there.
    pub fn parts(&self) -> (&str, &str) {
        let (folder, name) = self.text.split_at(self.folder);
        (folder.strip_suffix('/').unwrap_or_default(), name)
    }

    /// The link that leads from this page to `target`: relative, so that a site works from any folder, with percent
    /// signs for what would end a link or mean something else in it.
    pub fn link_to(&self, target: &Self) -> String {
        self.link_with_room(target, 0)
    }

    /// The same, with room for so many bytes that follow.
    pub(crate) fn link_with_room(&self, target: &Self, room: usize) -> String {
        let (own, to) = (&self.text.as_bytes()[..self.folder], &*target.text);
        // What stands in the same folder is linked the most.
        let (folder, climbs) = match to.as_bytes().starts_with(own) {
            true => (self.folder, 0),
            false => parting(own, to.as_bytes()),
        };
        let mut link = String::with_capacity(3 * climbs + to.len() - folder + room);
        for _ in 0..climbs {
            link.push_str("../");
        }
        escape_into(&mut link, &to[folder..]);
        link
    }

    /// The way from this page to the site's top folder: empty, or `../` for each folder.
    pub fn to_root(&self) -> String {
        "../".repeat(self.text.matches('/').count())
    }
}

impl fmt::Display for HandbookPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Where the last folder ends that a folder and another path both stand in, and how many folders deeper the first one is.
fn parting(folder: &[u8], to: &[u8]) -> (usize, usize) {
    let (mut shared, mut climbs, mut alike) = (0, 0, true);
    for (at, byte) in folder.iter().enumerate() {
        alike = alike && to.get(at) == Some(byte);
        match (byte, alike) {
            (b'/', true) => shared = at + 1,
            (b'/', false) => climbs += 1,
            _ => {}
        }
    }
    (shared, climbs)
}

/// What a link cannot hold as it is: white space, quotation marks, and what begins a query, a fragment or an escape.
fn escape_into(link: &mut String, path: &str) {
    if is_simple(path.as_bytes()) {
        return link.push_str(path);
    }
    let mut rest = path;
    while let Some(at) = rest.bytes().position(|byte| ENDS_LINK[usize::from(byte)]) {
        link.push_str(&rest[..at]);
        link.push_str(&format!("%{:02X}", rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    link.push_str(rest);
}

/// Whether a path is of letters, digits and few other signs; `false` of a short one. Eight bytes in one step, without a branch.
fn is_simple(path: &[u8]) -> bool {
    let are_simple = |part: &[u8; 8]| {
        let mut all = true;
        for &byte in part {
            let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
            // A minus, a point, a slash, a digit.
            all &= letter | (byte.wrapping_sub(b'-') < 13) | (byte == b'_') | (byte >= 0x80);
        }
        all
    };
    let Some(last) = path.last_chunk() else { return false };
    path.as_chunks().0.iter().all(are_simple) && are_simple(last)
}

/// Which bytes those are.
const ENDS_LINK: [bool; 256] = {
    let (mut table, signs, mut at) = ([false; 256], b" \"'#%?<>`{}|^", 0);
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Asked of every address, many times: of nearly all of them no part begins with a point.
fn stays_inside(path: &str) -> bool {
    let bytes = path.as_bytes();
    let is_odd = |byte: u8| (byte == b'/') | (byte == b'.');
    let mut odd =
        bytes.first().is_none_or(|first| is_odd(*first)) || matches!(bytes.last(), Some(b'/' | b'\\' | b'\0'));
    // Without a branch, so that many are looked at in one step.
    for (&byte, &next) in bytes.iter().zip(bytes.get(1..).unwrap_or_default()) {
        odd |= (byte == b'/') & is_odd(next) | (byte == b'\\') | (byte == b'\0');
    }
    !odd || has_proper_parts(path)
}

/// The same of any path, in one walk.
fn has_proper_parts(path: &str) -> bool {
    let (bytes, mut begin) = (path.as_bytes(), 0);
    let is_part = |part: &[u8]| !matches!(part, b"" | b"." | b"..");
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\\' | b'\0' => return false,
            b'/' if !is_part(&bytes[begin..at]) => return false,
            b'/' => begin = at + 1,
            _ => {}
        }
    }
    is_part(&bytes[begin..])
}
