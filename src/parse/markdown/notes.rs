//! Footnotes: written anywhere, numbered as they are met, shown at the end.

use std::collections::HashMap;

use super::headings::Ids;
use super::page::Page;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    by_label: HashMap<String, usize>,
    /// How many have been referred to.
    met: usize,
}

#[derive(Default)]
struct Note {
    /// From 1 in the order of their first references; 0 before.
    number: usize,
    id: String,
    html: String,
    /// The ids of its references.
    references: Vec<String>,
}

impl Notes {
    /// Writes a reference to the note called `label`.
    pub(super) fn refer(&mut self, label: &str, ids: &mut Ids, page: &mut Page) {
        let index = self.index(label);
        if self.notes[index].number == 0 {
            self.met += 1;
            self.notes[index].number = self.met;
            self.notes[index].id = ids.unique(&format!("fn-{}", self.met));
        }
        let note = &mut self.notes[index];
        let (number, reference) = (note.number, ids.unique(&format!("fnref-{}", note.number)));
        let word = page.word("footnote");
        page.push(&format!(
            "<sup class=\"jb-footnote-ref\" id=\"{reference}\"><a href=\"#{}\" aria-label=\"{word} {number}\">{number}</a></sup>",
            note.id
        ));
        note.references.push(reference);
    }

    /// Keeps the text of the note called `label`.
    pub(super) fn define(&mut self, label: &str, html: &str) {
        let index = self.index(label);
        self.notes[index].html.push_str(html);
    }

    /// Writes all notes: those that are referred to in order, then the others.
    pub(super) fn show(mut self, ids: &mut Ids, page: &mut Page) {
        if self.notes.is_empty() {
            return;
        }
        self.notes.sort_by_key(|note| note.number.wrapping_sub(1));
        let word = page.word("footnotes");
        page.open(&format!("<section class=\"jb-footnotes\" aria-label=\"{word}\">\n<ol>\n"), "</ol>\n</section>\n");
        for mut note in self.notes {
            if note.number == 0 {
                note.id = ids.unique("fn");
            }
            let mut back = String::new();
            for (index, reference) in note.references.iter().enumerate() {
                let word = page.word("footnote_back");
                let count = if index > 0 { format!("<sup>{}</sup>", index + 1) } else { String::new() };
                back.push_str(&format!(" <a href=\"#{reference}\" aria-label=\"{word}\">↩{count}</a>"));
            }
            page.push(&format!("<li id=\"{}\">", note.id));
            match note.html.trim_end().strip_suffix("</p>") {
                Some(html) => page.push(&format!("{html}{back}</p>")),
                None => page.push(&format!("{}<p>{}</p>", note.html, back.trim_start())),
            }
            page.push("</li>\n");
        }
        page.close();
    }

    fn index(&mut self, label: &str) -> usize {
        let notes = &mut self.notes;
        *self.by_label.entry(label.to_lowercase()).or_insert_with(|| {
            notes.push(Note::default());
            notes.len() - 1
        })
    }
}
