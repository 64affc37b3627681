//! What is different between two texts of one file, structurally: which value, of what, was and is what.
//!
//! Two YAML trees are compared without knowing what their keys mean, so that no noun can be forgotten. Things in a list
//! are the same if they have the same `id`, or else the same text; a value is named by the things and keys that lead to
//! it. What cannot be read is told as a change of the whole, never as something that did not happen.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::opened::{FrontMatter, front_matter};
use super::yaml::{self, Entry, Kind, Node};
use crate::diag::Report;
use crate::source::{FileId, Span};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What leads to the value, from the whole to the part.
    pub place: Vec<Part>,
    /// What happened to it.
    pub what: Change,
}

/// A part of the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A key, as authors write it.
    Key(String),
    /// A thing among others of the key before, by what readers call it; by its id if it is called nothing.
    Thing(String),
}

/// What happened to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was one text and is another.
    Is(String, String),
    /// It is new; with its text, or what it is called, if it has one.
    Added(Option<String>),
    /// It is gone; likewise.
    Removed(Option<String>),
    /// The same things stand in another order.
    Order,
    /// It changed in a way that a sentence cannot tell.
    Otherwise,
}

/// The two texts of a file, compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// What is different in the values, in the order of the newer text.
    pub values: Vec<Difference>,
    /// Whether the Markdown below them is.
    pub body: bool,
    /// What the ids in either text stand for, by id: titles of stages, labels of steps.
    pub called: BTreeMap<String, String>,
    /// The title the newer text gives, or else the older.
    pub title: Option<String>,
}

/// Compares two texts of the file at `path`; `None` if one of them cannot be read.
pub fn compare(path: &str, old: &str, new: &str) -> Option<Compared> {
    let ((old, old_body), (new, new_body)) = (read(path, old)?, read(path, new)?);
    let mut compared = Compared { body: old_body.trim() != new_body.trim(), ..Compared::default() };
    for node in [&old, &new] {
        call(node, &mut compared.called);
        compared.title = text_of(node, &["title"]).or(compared.title);
    }
    nodes(&old, &new, &mut Vec::new(), &mut compared.values);
    Some(compared)
}

/// The title that a text gives its item.
pub fn title(path: &str, text: &str) -> Option<String> {
    text_of(&read(path, text)?.0, &["title"])
}

/// A reading of a metric that came, went or was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingChange {
    /// The date, as it is written.
    pub day: String,
    /// The value before; `None` if it is new.
    pub old: Option<String>,
    /// The value after; `None` if it is gone.
    pub new: Option<String>,
}

/// The readings of a metric that differ, by date; `None` if one of the texts is no CSV.
pub fn readings(old: &str, new: &str) -> Option<Vec<ReadingChange>> {
    let (old, new) = (rows(old)?, rows(new)?);
    let days: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changes = days.into_iter().map(|day| ReadingChange {
        day: day.clone(),
        old: old.get(day).cloned(),
        new: new.get(day).cloned(),
    });
    Some(changes.filter(|change| change.old != change.new).collect())
}

fn rows(text: &str) -> Option<BTreeMap<String, String>> {
    let rows =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes()).into_records();
    rows.map(|row| row.ok().and_then(|row| Some((row.get(0)?.to_owned(), row.get(1)?.to_owned())))).collect()
}

/// The values and the Markdown of a text.
fn read<'a>(path: &str, text: &'a str) -> Option<(Node<'a>, &'a str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let empty = || Node { span: Span::NOWHERE, kind: Kind::Map(Vec::new()) };
    let file = Span::NOWHERE.file;
    let (node, body) = match path.ends_with(".md") {
        false => (parsed(text, file)?, ""),
        true => match front_matter(text) {
            FrontMatter::None => (empty(), text),
            FrontMatter::Found { yaml, body } => (parsed(&text[yaml], file)?, &text[body..]),
            FrontMatter::Open => return None,
        },
    };
    Some((if matches!(node.kind, Kind::Nothing) { empty() } else { node }, body))
}

fn parsed(yaml: &str, file: FileId) -> Option<Node<'_>> {
    let mut report = Report::default();
    yaml::parse(yaml, file, 0, &mut report).filter(|_| report.is_empty())
}

fn nodes(old: &Node<'_>, new: &Node<'_>, place: &mut Vec<Part>, found: &mut Vec<Difference>) {
    let what = match (&old.kind, &new.kind) {
        (Kind::Map(old), Kind::Map(new)) => return maps(old, new, place, found),
        (Kind::List(old), Kind::List(new)) => return lists(old, new, place, found),
        (Kind::Scalar(old), Kind::Scalar(new)) if old.trim() == new.trim() => return,
        (Kind::Nothing, Kind::Nothing) => return,
        (Kind::Scalar(old), Kind::Scalar(new)) => Change::Is(old.trim().to_owned(), new.trim().to_owned()),
        (Kind::Nothing, Kind::List(new)) => return lists(&[], new, place, found),
        (Kind::List(old), Kind::Nothing) => return lists(old, &[], place, found),
        (Kind::Nothing, _) => Change::Added(shown(new)),
        (_, Kind::Nothing) => Change::Removed(shown(old)),
        // `says: …` and `says: { text: … }` are two ways to say one thing.
        (Kind::Scalar(text), Kind::Map(entries)) => match entries.iter().find(|entry| entry.key == "text") {
            Some(_) => {
                let short = Entry {
                    key: "text".into(),
                    key_span: old.span,
                    value: Node { span: old.span, kind: Kind::Scalar(text.clone()) },
                };
                return maps(&[short], entries, place, found);
            }
            None => Change::Otherwise,
        },
        (Kind::Map(entries), Kind::Scalar(text)) => match entries.iter().find(|entry| entry.key == "text") {
            Some(_) => {
                let short = Entry {
                    key: "text".into(),
                    key_span: new.span,
                    value: Node { span: new.span, kind: Kind::Scalar(text.clone()) },
                };
                return maps(entries, &[short], place, found);
            }
            None => Change::Otherwise,
        },
        _ => Change::Otherwise,
    };
    found.push(Difference { place: place.clone(), what });
}

fn maps(old: &[Entry<'_>], new: &[Entry<'_>], place: &mut Vec<Part>, found: &mut Vec<Difference>) {
    let nothing = Node { span: Span::NOWHERE, kind: Kind::Nothing };
    let of = |entries: &'_ [Entry<'_>], key: &str| entries.iter().position(|entry| entry.key == key);
    for entry in new {
        let before = of(old, &entry.key).map_or(&nothing, |at| &old[at].value);
        place.push(part(entry, before));
        nodes(before, &entry.value, place, found);
        place.pop();
    }
    for entry in old.iter().filter(|entry| of(new, &entry.key).is_none()) {
        place.push(part(entry, &nothing));
        nodes(&entry.value, &nothing, place, found);
        place.pop();
    }
}

/// A key, or the thing that stands under it: in `teams.yaml` and its like the keys are ids.
fn part(entry: &Entry<'_>, before: &Node<'_>) -> Part {
    let thing = text_of(&entry.value, &["title"]).or_else(|| text_of(before, &["title"]));
    match thing {
        Some(title) => Part::Thing(title),
        None => Part::Key(entry.key.to_string()),
    }
}

fn lists(old: &[Node<'_>], new: &[Node<'_>], place: &mut Vec<Part>, found: &mut Vec<Difference>) {
    // Of several that are called the same, the first is the first and the second the second.
    let keyed = |items: &[Node<'_>]| {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let keys = items.iter().map(|item| {
            let key = key_of(item);
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            (key, *count)
        });
        keys.collect::<Vec<(String, usize)>>()
    };
    let (old_keys, new_keys) = (keyed(old), keyed(new));
    let old_at: HashMap<&(String, usize), usize> = old_keys.iter().enumerate().map(|(at, key)| (key, at)).collect();
    let new_at: HashMap<&(String, usize), usize> = new_keys.iter().enumerate().map(|(at, key)| (key, at)).collect();
    let mut gone: Vec<usize> = (0..old.len()).filter(|&at| !new_at.contains_key(&old_keys[at])).collect();
    let mut come: Vec<usize> = (0..new.len()).filter(|&at| !old_at.contains_key(&new_keys[at])).collect();
    // One that goes and one that comes in its place, neither with an id, is one that was reworded.
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    if let ([was], [is]) = (&gone[..], &come[..])
        && !has_id(&old[*was])
        && !has_id(&new[*is])
    {
        pairs.push((*was, *is));
        (gone, come) = (Vec::new(), Vec::new());
    }
    let come: HashSet<usize> = come.into_iter().collect();
    let mut last = None;
    let mut moved = false;
    for (at, item) in new.iter().enumerate() {
        if come.contains(&at) {
            place.extend(thing(item));
            found.push(Difference { place: place.clone(), what: Change::Added(None).of(item) });
            pop_thing(item, place);
            continue;
        }
        let paired = pairs.iter().find(|(_, is)| *is == at).map(|(was, _)| *was);
        let Some(was) = paired.or_else(|| old_at.get(&new_keys[at]).copied()) else { continue };
        moved |= last.is_some_and(|last| was < last);
        last = Some(was);
        let added = thing(item).or_else(|| thing(&old[was]));
        let pushed = added.is_some();
        place.extend(added);
        nodes(&old[was], item, place, found);
        if pushed {
            place.pop();
        }
    }
    for at in gone {
        place.extend(thing(&old[at]));
        found.push(Difference { place: place.clone(), what: Change::Removed(None).of(&old[at]) });
        pop_thing(&old[at], place);
    }
    if moved {
        found.push(Difference { place: place.clone(), what: Change::Order });
    }
}

impl Change {
    /// With the text of a thing that is named by nothing else.
    fn of(self, item: &Node<'_>) -> Self {
        match self {
            Self::Added(_) if thing(item).is_none() => Self::Added(shown(item)),
            Self::Removed(_) if thing(item).is_none() => Self::Removed(shown(item)),
            same => same,
        }
    }
}

fn pop_thing(item: &Node<'_>, place: &mut Vec<Part>) {
    if thing(item).is_some() {
        place.pop();
    }
}

/// What names a thing in a list for readers: nothing names a mere text but itself.
fn thing(item: &Node<'_>) -> Option<Part> {
    match item.kind {
        Kind::Map(_) => name_of(item).map(Part::Thing),
        _ => None,
    }
}

/// Keys whose text names a thing for readers, the best first.
const NAMES: [&str; 8] = ["title", "moment", "action", "text", "label", "question", "id", "name"];
/// Keys whose text tells a thing without an id from its neighbours.
const IDENTITIES: [&str; 10] = ["id", "text", "title", "question", "label", "name", "channel", "step", "lane", "from"];

fn name_of(item: &Node<'_>) -> Option<String> {
    text_of(item, &NAMES).or_else(|| text_of(item, &IDENTITIES))
}

fn has_id(item: &Node<'_>) -> bool {
    text_of(item, &["id"]).is_some()
}

/// What tells an item of a list from the others.
fn key_of(item: &Node<'_>) -> String {
    match &item.kind {
        Kind::Scalar(text) => format!("text:{}", text.trim()),
        Kind::Map(_) => IDENTITIES
            .iter()
            .find_map(|key| text_of(item, &[key]).map(|text| format!("{key}:{text}")))
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// The text of the first of these keys that has one.
fn text_of(node: &Node<'_>, keys: &[&str]) -> Option<String> {
    let Kind::Map(entries) = &node.kind else { return None };
    keys.iter().find_map(|key| {
        let entry = entries.iter().find(|entry| entry.key == *key)?;
        match &entry.value.kind {
            Kind::Scalar(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => None,
        }
    })
}

/// A value in a few words: a text itself, a thing by its name; `None` for what has none.
fn shown(node: &Node<'_>) -> Option<String> {
    match &node.kind {
        Kind::Scalar(text) => Some(text.trim().to_owned()),
        Kind::Map(_) => name_of(node),
        _ => None,
    }
}

/// Notes what ids are called.
fn call(node: &Node<'_>, called: &mut BTreeMap<String, String>) {
    if let (Some(id), Some(name)) = (text_of(node, &["id"]), name_of(node)) {
        called.insert(id, name);
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| call(item, called)),
        Kind::Map(entries) => entries.iter().for_each(|entry| call(&entry.value, called)),
        _ => {}
    }
}
