//! `journeybook new map`: a map from a template, one of the handbook's own or one of ours.
//!
//! A template is a map as it is written, comments included. What it cannot know stands in angle brackets and is
//! filled with the first of its kind that the handbook has, so that a new map can be looked at at once.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::Outcome;
use super::terminal::Terminal;
use crate::diag::{Report, listed, suggest};
use crate::disk;
use crate::model::{Draft, Handbook, MapKind};
use crate::parse;
use crate::path::HandbookPath;
use crate::source::Sources;

/// A template for every kind of map.
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/maps");
/// Where a handbook's own templates stand.
const FOLDER: &str = "templates/";

/// Writes `maps/ID.yaml` into the handbook in `dir`.
pub(super) fn run(dir: &Path, id: &str, template: &str, title: Option<&str>, terminal: &Terminal) -> Outcome {
    let Some(sources) = super::texts(dir, &dir.join("site"), terminal) else { return Outcome::Failed };
    let Some(text) = find(template, &sources) else {
        let known = names(&sources);
        let near = suggest::nearest(template, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        terminal.fail(format_args!("no template is called `{template}`: {near}one of {}", listed(known)));
        return Outcome::Failed;
    };
    let Some(id) = parse::id(id) else {
        terminal.fail(format_args!("`{id}` cannot be an id: letters and digits of any script, `-` and `_`"));
        return Outcome::Failed;
    };
    let path = format!("maps/{id}.yaml");
    let title = title.map_or_else(|| in_words(&id), str::to_owned);
    let handbook = parse::all(&sources, &mut Report::default());
    match disk::add(dir, Path::new(&path), fill(text, &title, &handbook).as_bytes()) {
        Ok(()) => {
            terminal.say(format_args!("Made {}", dir.join(path).display()));
            Outcome::Fine
        }
        Err(error) => {
            terminal.fail(error);
            Outcome::Failed
        }
    }
}

/// A template's text: the handbook's own comes before ours of the same name.
fn find<'s>(name: &str, sources: &'s Sources) -> Option<&'s str> {
    let own = HandbookPath::new(&format!("{FOLDER}{name}.yaml")).and_then(|path| sources.find(&path));
    own.map(|file| sources.text(file)).or_else(|| TEMPLATES.get_file(format!("{name}.yaml"))?.contents_utf8())
}

/// Every template: the handbook's own, then ours.
fn names(sources: &Sources) -> Vec<&str> {
    let own = sources.iter().filter_map(|(_, file)| file.path.as_str().strip_prefix(FOLDER)?.strip_suffix(".yaml"));
    own.chain(MapKind::ALL.iter().map(|(name, _)| *name)).collect()
}

/// The template with what it could not know.
fn fill(template: &str, title: &str, handbook: &Handbook<Draft>) -> String {
    let personas: Vec<&str> = handbook.personas.names().collect();
    let current = handbook.maps.iter().find(|map| map.kind() == MapKind::CurrentState);
    let stage = current.and_then(|map| map.stages.iter().find(|stage| !stage.steps.is_empty()));
    let words = [
        ("<title>", Some(quoted(title))),
        ("<persona>", personas.first().map(|name| (*name).to_owned())),
        ("<persona-2>", personas.get(1).map(|name| (*name).to_owned())),
        ("<team>", handbook.teams.names().next().map(str::to_owned)),
        ("<insight>", handbook.insights.names().next().map(str::to_owned)),
        ("<map>", current.map(|map| map.item.name.clone())),
        ("<stage>", stage.map(|stage| stage.name.clone())),
        ("<stage-title>", stage.map(|stage| quoted(&stage.title.first().text))),
        ("<step>", stage.and_then(|stage| stage.steps.first()).map(|step| step.name.clone())),
    ];
    let known = words.iter().filter_map(|(word, known)| Some((*word, known.as_ref()?)));
    known.fold(template.to_owned(), |text, (word, known)| text.replace(word, known))
}

/// A text as YAML that means nothing else, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// An id in words: `the-first-order` is “The first order”.
fn in_words(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
