//! Every page of the example in both languages, read as a reader reads it: no word of ours is untranslated, and every text
//! is in the language that its element says.
//!
//! The theme's words are replaced by tables in which every letter of every word is a private sign. What is then still a
//! letter on a page comes from somewhere else: from the author's files, or from a place that should have asked the table.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use journeybook::compile::compile;
use journeybook::disk;
use journeybook::path::HandbookPath;
use journeybook::render::Entry;
use journeybook::source::{Content, SourceFile, Sources};

/// What every letter of the theme's words is turned into: a sign that nobody's text has.
const SIGN: char = '\u{e000}';

/// A table of words as it is, with each letter of each text a sign. Keys, holes and the names of forms stay.
fn disguised(table: &str) -> String {
    let mut out = String::new();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (key, value) = line.split_once(':').unwrap();
        let counted = value.trim_start().starts_with('{') && (value.contains("other:"));
        out.push_str(key);
        out.push(':');
        let mut rest = value;
        while let Some(next) = rest.chars().next() {
            let form = counted.then(|| {
                ["zero:", "one:", "two:", "few:", "many:", "other:"].into_iter().find(|form| rest.starts_with(form))
            });
            if let Some(form) = form.flatten() {
                out.push_str(form);
                rest = &rest[form.len()..];
            } else if let Some(end) = rest.find('}').filter(|end| {
                next == '{' && rest[1..*end].bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && *end > 1
            }) {
                out.push_str(&rest[..=end]);
                rest = &rest[end + 1..];
            } else {
                out.push(if next.is_alphabetic() { SIGN } else { next });
                rest = &rest[next.len_utf8()..];
            }
        }
        out.push('\n');
    }
    out
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The example, with the theme's words in disguise.
fn example() -> Sources {
    let sources = disk::discover(&root().join("content-example"), &[]).unwrap();
    let mut files: Vec<SourceFile> = sources.iter().map(|(_, file)| file.clone()).collect();
    for tag in ["en", "zh-CN"] {
        let text = fs::read_to_string(root().join(format!("themes/default/strings/{tag}.yaml"))).unwrap();
        let path = HandbookPath::new(&format!("themes/default/strings/{tag}.yaml")).unwrap();
        files.push(SourceFile { path, content: Content::Text(disguised(&text)) });
    }
    Sources::new(files)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A text that readers see or hear, and the language that it is said to be in.
struct Seen {
    text: String,
    lang: String,
    /// The element, or the element and its attribute.
    place: String,
}

/// Ends the items, paragraphs, cells, rows and parts of a table that end where this element begins, or with a slash ends:
/// HTML lets their end tags be left out.
fn end_left_out(open: &mut Vec<(String, String)>, next: &str) {
    let ended: &[&str] = match next {
        "p" | "ul" | "nav" | "dl" | "div" | "/li" | "/section" | "/header" | "/footer" => &["p"],
        "dd" => &["dt"],
        "/div" => &["p", "dd"],
        "li" | "/ul" | "/ol" => &["p", "li"],
        "/tr" | "td" | "th" => &["p", "td", "th"],
        "/thead" | "/tbody" | "/tfoot" | "tr" => &["p", "td", "th", "tr"],
        "tbody" | "tfoot" => &["p", "td", "th", "tr", "thead", "tbody", "tfoot"],
        // A head ends by itself only where a body begins.
        "/table" | "thead" => &["p", "td", "th", "tr", "tbody", "tfoot"],
        _ => &[],
    };
    while open.last().is_some_and(|(name, _)| ended.contains(&name.as_str())) {
        open.pop();
    }
}

/// Every text of a page: text nodes, and the attributes that are read out or shown.
fn seen(html: &str) -> Vec<Seen> {
    const SAID: [&str; 7] =
        ["alt", "title", "aria-label", "placeholder", "aria-roledescription", "aria-description", "content"];
    const VOID: [&str; 10] = ["meta", "link", "img", "input", "br", "hr", "source", "wbr", "col", "area"];
    let mut all = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    let mut rest = html;
    let mut skip: Option<String> = None;
    while let Some(at) = rest.find('<') {
        let (text, after) = rest.split_at(at);
        let lang = |open: &[(String, String)]| open.last().map_or(String::new(), |(_, lang)| lang.clone());
        if skip.is_none() && !text.trim().is_empty() {
            let place = open.last().map_or(String::new(), |(name, _)| name.clone());
            all.push(Seen { text: decoded(text.trim()), lang: lang(&open), place });
        }
        if after.starts_with("<!") {
            rest = after.split_once('>').unwrap().1;
            continue;
        }
        let end = tag_end(after);
        let tag = &after[1..end];
        rest = &after[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if skip.as_deref() == Some(name.trim()) {
                skip = None;
            }
            if skip.is_none() {
                end_left_out(&mut open, tag.trim());
                let popped = open.pop().map(|(name, _)| name);
                assert_eq!(popped.as_deref(), Some(name.trim()), "elements do not match");
            }
            continue;
        }
        if skip.is_some() {
            continue;
        }
        let name = tag.split([' ', '\n', '/']).next().unwrap().to_owned();
        end_left_out(&mut open, &name);
        let attributes = attributes(&tag[name.len()..]);
        let get = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let own = get("lang").or_else(|| get("xml:lang")).unwrap_or_else(|| lang(&open));
        for (attribute, value) in &attributes {
            let is_said = match (attribute.as_str(), name.as_str()) {
                ("content", "meta") => {
                    let of_programs = |property: &str| property == "og:type" || property.starts_with("og:locale");
                    let said = get("property").is_some_and(|property| !of_programs(&property));
                    said || get("name").is_some_and(|name| name == "description")
                }
                ("content", _) => false,
                (attribute, _) => SAID.contains(&attribute),
            };
            if is_said && !value.trim().is_empty() {
                let text = decoded(value);
                all.push(Seen { text, lang: own.clone(), place: format!("{name}[{attribute}]") });
            }
        }
        if VOID.contains(&name.as_str()) || tag.ends_with('/') {
            continue;
        }
        // What stands in code, and what programs read, is in no language.
        if matches!(name.as_str(), "script" | "style" | "code" | "template")
            || get("translate").is_some_and(|said| said == "no")
        {
            skip = Some(name.clone());
        }
        open.push((name, own));
    }
    all
}

/// Where a tag ends: a `>` in an attribute is none.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    tag.char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        })
        .unwrap()
        .0
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.split_whitespace().last().unwrap_or_default().to_owned();
        let (value, after) = after.split_once('"').unwrap();
        all.push((name, value.to_owned()));
        rest = after;
    }
    all
}

fn decoded(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    plain.replace("&nbsp;", " ").replace("&amp;", "&")
}

/// The words of a text in letters, without numbers; a run of Han characters is one.
fn words(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut kind = None;
    for c in text.chars() {
        let now = match c {
            SIGN => None,
            c if is_han(c) => Some('h'),
            c if c.is_alphabetic() => Some('l'),
            _ => None,
        };
        match (now, kind == now) {
            (Some(_), true) => all.last_mut().unwrap().push(c),
            (Some(_), false) => all.push(c.to_string()),
            (None, _) => {}
        }
        kind = now;
    }
    all
}

/// What authors wrote, by language: texts of the originals, and those of the translations.
struct Written {
    english: String,
    chinese: String,
    /// Words of both, with the ids and names of files, in lower case.
    chinese_words: BTreeSet<String>,
    english_words: BTreeSet<String>,
}

impl Written {
    fn of(sources: &Sources) -> Self {
        let (mut english, mut chinese, mut names) = (String::new(), String::new(), String::new());
        for (file, source) in sources.iter().filter(|(_, file)| !file.path.as_str().starts_with("themes/")) {
            let translated = source.path.as_str().contains(".zh.");
            let into = if translated { &mut chinese } else { &mut english };
            into.push_str(sources.text(file));
            into.push('\n');
            names.push_str(source.path.as_str());
            names.push('\n');
        }
        // People without a picture are shown by their initials.
        for line in english.lines().filter(|line| line.starts_with("title: ")) {
            names.extend(line["title: ".len()..].split_whitespace().filter_map(|word| word.chars().next()).take(2));
            names.push('\n');
        }
        let lower = |text: &str| words(text).into_iter().map(|word| word.to_lowercase()).collect::<BTreeSet<_>>();
        let (mut chinese_words, mut english_words) = (lower(&chinese), lower(&english));
        chinese_words.extend(lower(&names));
        english_words.extend(lower(&names));
        Self { english, chinese, chinese_words, english_words }
    }
}

/// Words that are the same in every language: names of formats and of the program.
const NAMES: [&str; 14] =
    ["csv", "json", "svg", "sarif", "journeybook", "file", "ctrl", "k", "n", "g", "esc", "html", "mermaid", "schema"];

#[test]
fn no_word_of_ours_is_untranslated_on_any_page_and_every_text_is_in_the_language_it_says() {
    let sources = example();
    let written = Written::of(&sources);
    let (site, report) = compile(&sources);
    assert!(!report.has_errors());
    let mut wrong: BTreeSet<String> = BTreeSet::new();
    let (mut pages, mut texts) = (0, 0);
    // The same words stand on many pages.
    let mut looked_at: HashSet<(String, String, bool)> = HashSet::new();
    for path in site.pages() {
        let Some(Ok(Entry::Bytes(bytes))) = site.read(path) else { panic!("no page at `{path}`") };
        let html = String::from_utf8(bytes.into_owned()).unwrap();
        pages += 1;
        let mut say = |seen: &Seen, why: &str| {
            let text: String = seen.text.chars().take(90).collect();
            let kind = path.as_str().split('/').take(2).collect::<Vec<_>>().join("/");
            if wrong.len() < 60 {
                wrong.insert(format!("{why}: `{text}` in <{}> lang={} ({kind})", seen.place, seen.lang));
            }
        };
        for seen in seen(&html) {
            texts += 1;
            let chinese = seen.lang.starts_with("zh");
            if !looked_at.insert((seen.text.clone(), seen.lang.clone(), seen.place == "title")) {
                continue;
            }
            let known = if chinese { &written.chinese_words } else { &written.english_words };
            for word in words(&seen.text) {
                if word.chars().all(is_han) {
                    // A cut text may end within a word.
                    match chinese {
                        // A page's name in the browser's tab, and what it says of itself to others, has no elements in it.
                        false if is_bare(&seen) => {}
                        false => say(&seen, "Chinese that is said to be English"),
                        true if written.chinese.contains(&word) => {}
                        true => say(&seen, "Chinese that nobody wrote"),
                    }
                } else if word.chars().count() > 1 {
                    let lower = word.to_lowercase();
                    if !known.contains(&lower) && !NAMES.contains(&lower.as_str()) {
                        let why = match written.english_words.contains(&lower) {
                            true if is_bare(&seen) => continue,
                            true => "English that is said to be Chinese",
                            false => "a word that nobody wrote",
                        };
                        say(&seen, why);
                    }
                }
            }
        }
    }
    assert!(pages > 250 && texts > 20_000, "only {pages} pages and {texts} texts were read");
    assert!(!written.english.is_empty());
    let all: Vec<&String> = wrong.iter().collect();
    assert!(wrong.is_empty(), "{all:#?}");
}

/// Whether a text stands where no element can say which language it is in.
fn is_bare(seen: &Seen) -> bool {
    ["title", "meta[content]"].contains(&seen.place.as_str())
}
