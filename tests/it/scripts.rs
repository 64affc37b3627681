//! What scripts say to readers: nothing of their own. Every word that a script puts into a page comes from the page, in its
//! language; a script holds names of elements, keys, files and events, and signs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The texts of a script: strings, and the fixed parts of templates. Comments and regular expressions are none.
fn texts(script: &str) -> Vec<String> {
    let mut all = Vec::new();
    let signs: Vec<char> = script.chars().collect();
    // How many braces are open in each template that a value is being put into.
    let mut holes: Vec<usize> = Vec::new();
    let (mut at, mut last) = (0, ';');
    while let Some(&sign) = signs.get(at) {
        let next = signs.get(at + 1).copied().unwrap_or('\n');
        match sign {
            '/' if next == '/' => at = end_of(&signs, at, "\n"),
            '/' if next == '*' => at = end_of(&signs, at + 2, "*/"),
            // After a value a stroke divides.
            '/' if !last.is_alphanumeric() && !")]}_$".contains(last) => {
                at = pattern_end(&signs, at + 1);
                last = ')';
                continue;
            }
            '\'' | '"' => {
                let (text, end) = quoted(&signs, at + 1, sign);
                all.push(text);
                (at, last) = (end, ')');
                continue;
            }
            '`' => at = template(&signs, at + 1, &mut all, &mut holes),
            '{' => {
                if let Some(open) = holes.last_mut() {
                    *open += 1;
                }
                at += 1;
            }
            '}' if holes.last() == Some(&0) => {
                holes.pop();
                at = template(&signs, at + 1, &mut all, &mut holes);
            }
            '}' => {
                if let Some(open) = holes.last_mut() {
                    *open -= 1;
                }
                at += 1;
            }
            _ => at += 1,
        }
        if !sign.is_whitespace() {
            last = sign;
        }
    }
    assert!(holes.is_empty(), "a template does not end");
    all
}

/// Where a stretch ends: behind the next such signs.
fn end_of(signs: &[char], from: usize, end: &str) -> usize {
    let end: Vec<char> = end.chars().collect();
    (from..signs.len()).find(|at| signs[*at..].starts_with(&end)).map_or(signs.len(), |at| at + end.len())
}

fn pattern_end(signs: &[char], mut at: usize) -> usize {
    let mut in_class = false;
    while at < signs.len() && (in_class || signs[at] != '/') {
        match signs[at] {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        at += 1;
    }
    at + 1
}

fn quoted(signs: &[char], mut at: usize, quote: char) -> (String, usize) {
    let mut text = String::new();
    while signs[at] != quote {
        if signs[at] == '\\' {
            at += 1;
        }
        text.push(signs[at]);
        at += 1;
    }
    (text, at + 1)
}

/// Reads a template up to its end, or to the next value in it.
fn template(signs: &[char], mut at: usize, all: &mut Vec<String>, holes: &mut Vec<usize>) -> usize {
    let mut text = String::new();
    loop {
        match (signs[at], signs[at + 1]) {
            ('\\', escaped) => {
                text.push(escaped);
                at += 2;
            }
            ('`', _) => {
                all.push(text);
                return at + 1;
            }
            ('$', '{') => {
                all.push(text);
                holes.push(0);
                return at + 2;
            }
            (sign, _) => {
                text.push(sign);
                at += 1;
            }
        }
    }
}

/// The parts of a text that somebody could read as words: a capital, a letter outside ASCII, or words with spaces between.
/// What programs use is one name in small letters (`click`, `aria-sort`, `journeybook:patched`), or has signs that no
/// sentence has (`a[href]`, `.jb-pager`).
fn is_readable(text: &str) -> bool {
    let text = text.trim();
    let is_letter = |c: char| c.is_alphabetic();
    if !text.contains(is_letter) {
        return false;
    }
    let has_signs_of_code =
        text.contains(['[', ']', '=', '{', '}', '/', '#', '<', '>', '_', '|', '\\']) || text.starts_with('.');
    let has_words = text.split_whitespace().filter(|word| word.contains(is_letter)).count() > 1;
    let begins_a_sentence = text.starts_with(char::is_uppercase);
    text.contains(|c: char| c.is_alphabetic() && !c.is_ascii())
        || (!has_signs_of_code && (has_words || begins_a_sentence))
}

/// What looks like words and is none.
const NAMES: [(&str, &str); 9] = [
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", "the alphabet of packed lists"),
    ("NFKC", "a form of Unicode"),
    ("NFC", "a form of Unicode"),
    ("NFD", "a form of Unicode"),
    ("SELECT", "an element"),
    ("ArrowDown", "a key"),
    ("ArrowUp", "a key"),
    ("li:last-child a", "elements"),
    ("(prefers-color-scheme: dark)", "what a reader's system is asked"),
];

fn scripts() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default")];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "js") {
                all.push(path);
            }
        }
    }
    all
}

#[test]
fn no_script_of_the_theme_says_a_word_of_its_own() {
    let scripts = scripts();
    let (mut count, mut wrong) = (0, BTreeSet::new());
    for path in &scripts {
        for text in texts(&fs::read_to_string(path).unwrap()) {
            count += 1;
            if is_readable(&text) && !NAMES.iter().any(|(name, _)| *name == text.trim()) {
                wrong.insert(format!("{}: `{text}`", path.file_name().unwrap().display()));
            }
        }
    }
    assert!(scripts.len() >= 5 && count > 150, "only {count} texts of {} scripts were read", scripts.len());
    assert!(wrong.is_empty(), "words that no table of words has: {wrong:#?}");
}

/// Every word that a script asks the page for is there: `words.noneYet` is what the box bears as `data-none-yet`.
#[test]
fn every_word_that_a_script_asks_for_is_on_the_page() {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let read = |path: &str| fs::read_to_string(theme.join(path)).unwrap();
    for (script, from, page) in [
        ("scripts/search/box.js", "words.", "components/search/template.html"),
        ("scripts/catalog/catalog.js", "output.dataset.", "templates/touchpoints.html"),
    ] {
        let (script, page) = (read(script), read(page));
        let asked: BTreeSet<&str> = (script.split(from).skip(1))
            .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap())
            .filter(|name| !name.is_empty())
            .collect();
        assert!(asked.len() > 2, "{asked:?}");
        for name in asked {
            let mut attribute = "data-".to_owned();
            for sign in name.chars() {
                if sign.is_ascii_uppercase() {
                    attribute.push('-');
                }
                attribute.push(sign.to_ascii_lowercase());
            }
            assert!(page.contains(&format!(" {attribute}=\"{{")), "no page has `{attribute}`");
        }
    }
}

#[test]
fn words_are_told_from_names() {
    let script = r#"
        // 'A comment' is none.
        const a = 'Show more', b = "aria-sort", c = `${n} results of ${`about ${many}`} in all`; /* "Nor this" */
        x.replace(/['"`]/g, '').split(/[/]/); const d = 4 / 2; e = 'it\'s here';
        f = '结果'; g = 'a[href] b'; h = `${a}:${b}`; i = { j: 'Nothing' };
    "#;
    let all = texts(script);
    let readable: Vec<&str> = all.iter().map(|text| text.trim()).filter(|text| is_readable(text)).collect();
    assert_eq!(readable, ["Show more", "results of", "in all", "it's here", "结果", "Nothing"]);
}
