//! Ids: each once on a page, and headings named after their words.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// The ids of a page.
#[derive(Default)]
pub(super) struct Ids {
    /// How often each was asked for.
    asked: HashMap<String, usize>,
}

impl Ids {
    /// The id itself, or with `-2`, `-3` … behind it if it was there before.
    pub(super) fn unique(&mut self, id: &str) -> String {
        let mut unique = id.to_owned();
        while self.asked.contains_key(&unique) {
            let count = self.asked.entry(id.to_owned()).or_insert(1);
            *count += 1;
            unique = format!("{id}-{count}");
        }
        self.asked.insert(unique.clone(), 1);
        unique
    }
}

/// A heading's words as an id: letters and numbers of any script in lower case, `-` for the rest.
/// `section` if there are none.
pub(super) fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    let lower: String = match words.is_ascii() {
        true => words.to_ascii_lowercase(),
        false => words.nfkc().flat_map(char::to_lowercase).collect(),
    };
    for c in lower.chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    match slug.trim_end_matches('-') {
        "" => "section".to_owned(),
        slug => slug.to_owned(),
    }
}
