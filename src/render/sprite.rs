//! The drawings a page uses, put into the page.
//!
//! Browsers refuse drawings from another file where a site is opened from a folder, so each page carries its own: those it
//! names with `href="#…"`, and no others. A theme's `icons.svg` holds one `<symbol>` or `<g>` a line.

use crate::hash::HashMap;

/// A theme's drawings, in order, and their places by what follows [`PREFIX`] in their ids.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    drawings: Vec<String>,
    places: HashMap<Vec<u8>, usize>,
}

/// What the id of every drawing begins with.
const PREFIX: &str = "jb-";
/// How a page names one.
const MENTION: &[u8] = b"#jb-";

impl Sheet {
    /// Adds a file's drawings; one with an id already known takes its place.
    pub(super) fn add(&mut self, file: &str) {
        for line in file.lines().map(str::trim) {
            let id = line.split_once(" id=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(id, _)| id);
            let Some(id) = id.and_then(|id| id.strip_prefix(PREFIX)) else { continue };
            match self.places.get(id.as_bytes()) {
                Some(&place) => line.clone_into(&mut self.drawings[place]),
                None => {
                    self.places.insert(id.as_bytes().to_vec(), self.drawings.len());
                    self.drawings.push(line.to_owned());
                }
            }
        }
    }

    /// What is drawn by the icon of some name, in a square of 24; `None` if there is none.
    pub(super) fn drawing(&self, name: &str) -> Option<&str> {
        let drawing = &self.drawings[*self.places.get(format!("i-{name}").as_bytes())?];
        let (_, inside) = drawing.strip_suffix("</symbol>")?.split_once('>')?;
        Some(inside)
    }

    /// The page with the drawings it uses, before the end of its body.
    pub(super) fn inline(&self, mut html: Vec<u8>) -> Vec<u8> {
        if let Some(end) = memchr::memmem::rfind(&html, b"</body>") {
            let drawings = self.used(&html);
            let rest = html.split_off(end);
            html.extend_from_slice(&drawings);
            html.extend_from_slice(&rest);
        }
        html
    }

    /// The drawings that a piece of HTML uses, as HTML; empty if it uses none.
    pub(super) fn used(&self, html: &[u8]) -> Vec<u8> {
        let mut used = vec![false; self.drawings.len()];
        // There are few other signs of this kind on a page.
        for at in memchr::memchr_iter(b'#', html) {
            let Some(name) = html[at..].strip_prefix(MENTION) else { continue };
            let Some(length) = name.iter().take(64).position(|&byte| byte == b'"') else { continue };
            if let Some(&place) = self.places.get(&name[..length]) {
                used[place] = true;
            }
        }
        let mut drawings = Vec::new();
        if used.contains(&true) {
            drawings.extend_from_slice(OPEN);
            for (drawing, _) in self.drawings.iter().zip(used).filter(|(_, used)| *used) {
                drawings.extend_from_slice(drawing.as_bytes());
            }
            drawings.extend_from_slice(CLOSE);
        }
        drawings
    }
}

const OPEN: &[u8] = b"<svg class=\"jb-sprite\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>";
const CLOSE: &[u8] = b"</defs></svg>\n";
