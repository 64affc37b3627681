//! A theme: templates, styles, drawings, scripts and words, laid over the built-in one.
//!
//! A handbook's own `themes/NAME/` holds only what differs. A file of its own stands in for the built-in one of the same
//! path, or extends it: `{% extends "default/map.html" %}`. A theme's mistakes are diagnostics like any other; with a
//! broken template left out the rest of the theme still shows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera, Value};

use super::minify;
use super::mistakes::{self, Texts};
use super::ready::{Ready, is_plain};
use super::sprite::Sheet;
use super::tables::{self, Table};
use crate::diag::{Code, Diagnostic, Report};
use crate::hash::digest;
use crate::model::Settings;
use crate::model::tag::{canonical, distance, own_name};
use crate::parse::strings;
use crate::path::SitePath;
use crate::source::Sources;
use crate::views::Words;
use crate::views::prose::escape;
use crate::views::words::Entry;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name of the built-in theme.
const DEFAULT: &str = "default";

/// A theme, ready to show pages.
pub struct Theme {
    /// The templates as tera has them: loaded at once where the handbook has some of its own, which may be wrong, otherwise
    /// when a page asks for them.
    tera: OnceLock<Tera>,
    pub(super) texts: Texts,
    pub(super) sheet: Sheet,
    /// Files of the site that the theme brings, by their place in it.
    pub(super) files: Vec<(SitePath, Vec<u8>)>,
    /// Words by language, the built-in layer before the handbook's own.
    words: Vec<(String, Vec<Entry>)>,
    /// What the names of the handbook's own templates begin with.
    prefix: String,
    /// The handbook's own files that it was loaded from, in short.
    pub(super) own: u64,
    /// The templates made ready for each language of the handbook; none where the handbook has templates of its own.
    ready: Vec<Ready>,
}

impl Theme {
    /// The theme a handbook chose, or the built-in one, with what the handbook's `themes/NAME/` lays over it.
    ///
    /// Mistakes are reported; a theme nobody knows is replaced by the built-in one.
    pub fn load(settings: &Settings, sources: &Sources, report: &mut Report) -> Self {
        let texts = sources.iter().filter_map(|(file, source)| {
            let path = source.path.as_str().strip_prefix("themes/")?;
            sources.is_readable(file).then(|| (path, sources.text(file)))
        });
        let files: Vec<(&str, &str)> = texts.collect();
        let chosen = settings.theme.as_ref();
        let name = chosen.map_or(DEFAULT, |(name, _)| name.as_str());
        let own: Vec<(&str, &str)> = (files.iter())
            .filter_map(|(path, text)| Some((path.strip_prefix(name)?.strip_prefix('/')?, *text)))
            .collect();
        if let Some((name, span)) = chosen
            && own.is_empty()
            && name != DEFAULT
        {
            let folders = files.iter().filter_map(|(path, _)| path.split_once('/').map(|(folder, _)| folder));
            let message = format!("no theme is called `{name}`");
            let diagnostic =
                Diagnostic::new(Code::UnknownTheme, *span, message).suggest(name, folders.chain([DEFAULT]));
            report.push(match diagnostic.help.is_empty() {
                true => diagnostic.help(format!("`{DEFAULT}`, or the name of a folder in `themes/`")),
                false => diagnostic,
            });
        }
        let built_in = built_in_files(&BUILT_IN);
        let (tera, texts) = templates(name, &built_in, &own, report);
        let mut sheet = Sheet::default();
        for (_, text) in built_in.iter().chain(&own).filter(|(path, _)| *path == "icons.svg") {
            sheet.add(text);
        }
        let tables = tables(name, &built_in, &own, report);
        let templates: Vec<&str> =
            own.iter().filter(|(path, _)| template_name(path).is_some()).map(|(_, text)| *text).collect();
        tables::check(&tables, &templates, &settings.languages, report);
        let words =
            tables.into_iter().map(|table| (table.tag.to_owned(), table.words.into_iter().map(entry).collect()));
        let words = words.collect();
        let mut theme = Self {
            tera: tera.map(OnceLock::from).unwrap_or_default(),
            texts,
            sheet,
            files: site_files(&built_in, &own),
            words,
            prefix: prefix(name),
            own: digest(&own),
            ready: Vec::new(),
        };
        if theme.texts.keys().all(|name| is_built_in(name)) {
            let words = settings.languages.iter().map(|language| theme.words(&settings.tags(language.lang)));
            theme.ready = words.map(Ready::new).collect();
        }
        theme
    }

    /// Which of the templates are ready for pages with these words, for [`Theme::ready`]; `None` if none will be.
    pub(super) fn ready_for(&self, words: &Words) -> Option<usize> {
        self.ready.iter().position(|ready| ready.is_for(words))
    }

    /// The templates that are ready to show a page; `None` if they are not.
    pub(super) fn ready(&self, at: Option<usize>) -> Option<&Ready> {
        self.ready.get(at?)
    }

    /// The templates as tera has them.
    pub(super) fn tera(&self) -> &Tera {
        self.tera.get_or_init(|| match loaded(&self.prefix, &self.texts) {
            Ok(tera) => tera,
            Err(error) => panic!("bug: the built-in theme does not load: {error}"),
        })
    }

    /// The theme's words in the first of some languages: what it lacks is taken from its nearest relative that has a table,
    /// then from the others in the same way, at last from English.
    pub fn words(&self, tags: &[&str]) -> Words {
        let tables = tags.iter().flat_map(|tag| self.tables(tag)).chain(["en"]);
        let mut order: Vec<&str> = Vec::new();
        for table in tables {
            if !order.contains(&table) {
                order.push(table);
            }
        }
        let layer = |wanted| {
            let entries = self.words.iter().filter(|(tag, _)| tag.as_str() == wanted);
            (wanted, entries.flat_map(|(_, entries)| entries.clone()).collect())
        };
        Words::new(tags.first().copied().unwrap_or("en"), order.into_iter().rev().map(layer))
    }

    /// What a language is called in itself: by its own table, or by what is known of it.
    pub(super) fn name(&self, tag: &str) -> String {
        let own = self.tables(tag).into_iter().find(|table| canonical(table) == canonical(tag));
        let mut entries =
            self.words.iter().filter(|(table, _)| Some(table.as_str()) == own).flat_map(|(_, entries)| entries);
        let named = entries.rfind(|(key, _)| key == "language_name").and_then(|(_, forms)| forms.first());
        named.map_or_else(|| own_name(tag), |(_, name)| name.clone())
    }

    /// The tables for a language, by their tags: its own before those of its relatives, the nearest first.
    fn tables(&self, tag: &str) -> Vec<&str> {
        let tables = self.words.iter().map(|(table, _)| table.as_str());
        let mut near: Vec<(bool, u8, &str)> = tables
            .filter_map(|table| Some((canonical(table) != canonical(tag), distance(tag, table)?, table)))
            .collect();
        near.sort_unstable();
        near.into_iter().map(|(.., table)| table).collect()
    }
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme").field("templates", &self.texts.keys()).finish_non_exhaustive()
    }
}

/// The tables of words, the built-in ones before the handbook's own. One that cannot be read is reported and left out.
fn tables<'t>(
    name: &str,
    built_in: &[(&'t str, &'t str)],
    own: &[(&'t str, &'t str)],
    report: &mut Report,
) -> Vec<Table<'t>> {
    let mut tables = Vec::new();
    for (layer, files) in [(DEFAULT, built_in), (name, own)] {
        for &(path, text) in files {
            let Some(tag) = path.strip_prefix("strings/").and_then(|path| path.strip_suffix(".yaml")) else { continue };
            let (file, is_ours) = (format!("themes/{layer}/{path}"), std::ptr::eq(files, built_in));
            let mut table = Table { file, tag, text, words: Vec::new(), built_in: is_ours };
            match strings::read(text) {
                Ok(words) => {
                    table.words = words;
                    tables.push(table);
                }
                Err((message, range)) => report.push(table.at(Code::TemplateError, range, message)),
            }
        }
    }
    tables
}

fn entry(word: strings::Word) -> Entry {
    (word.key, word.forms.into_iter().map(|form| (form.name, form.text)).collect())
}

/// All templates, and how tera has them. A broken one of the handbook's own is reported and left out; where it has none,
/// nothing is loaded, as the built-in ones are right.
fn templates(
    name: &str,
    built_in: &[(&str, &str)],
    own: &[(&str, &str)],
    report: &mut Report,
) -> (Option<Tera>, Texts) {
    let prefix = &prefix(name);
    let mut texts = Texts::new();
    for (prefix, files) in [(DEFAULT, built_in), (prefix, own)] {
        for (path, text) in files {
            if let Some(template) = template_name(path) {
                texts.insert(format!("{prefix}/{template}"), (*text).to_owned());
            }
        }
    }
    for (name, text) in texts.iter().filter(|(name, _)| !is_built_in(name)) {
        mistakes::unordered(name, text).for_each(|diagnostic| report.push(diagnostic));
    }
    while texts.keys().any(|name| !is_built_in(name)) {
        let error = match loaded(prefix, &texts) {
            Ok(tera) => return (Some(tera), texts),
            Err(error) => error,
        };
        let (broken, diagnostic) = mistakes::diagnose(&error, &texts);
        let own = |name: &String| !is_built_in(name);
        match broken.filter(|name| own(name) && texts.contains_key(name)) {
            Some(name) => drop(texts.remove(&name)),
            None => texts.retain(|name, _| !own(name)),
        }
        report.push(diagnostic);
    }
    (None, texts)
}

/// Templates as tera has them, or what is wrong with one.
fn loaded(prefix: &str, texts: &Texts) -> Result<Tera, tera::Error> {
    let mut tera = empty(prefix);
    tera.add_raw_templates(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    Ok(tera)
}

/// Whether a template is the built-in theme's, by the name it was loaded under.
fn is_built_in(template: &str) -> bool {
    template.split_once('/').is_some_and(|(prefix, _)| prefix == DEFAULT)
}

/// What the names of a handbook's own templates begin with. It may have its own version of the built-in theme: a dot,
/// with which no theme's name begins, keeps the two apart.
fn prefix(name: &str) -> String {
    if name == DEFAULT { format!(".{DEFAULT}") } else { name.to_owned() }
}

fn empty(prefix: &str) -> Tera {
    let mut tera = Tera::new();
    let prefixes = [format!("{prefix}/"), format!("{DEFAULT}/")];
    if let Err(error) = tera.set_fallback_prefixes(prefixes) {
        panic!("bug: prefixes after templates: {error}");
    }
    tera.register_filter("said", said);
    tera.set_escape_fn(escaped);
    tera
}

/// Writes a text as markup. Most texts hold nothing that has to be written otherwise.
fn escaped(text: &str, out: &mut dyn Write) -> io::Result<()> {
    match is_plain(text.as_bytes()) {
        true => out.write_all(text.as_bytes()),
        false => tera::escape_html(text, out),
    }
}

/// Shows a text with its language where that is not the page's.
fn said(text: &Value, _: Kwargs, _: &State<'_>) -> Value {
    if text.as_map().is_none() {
        return text.clone();
    }
    let part = |name| text.get_from_path(name).and_then(Value::as_str).unwrap_or_default();
    Value::safe_string(&format!("<span lang=\"{}\">{}</span>", escape(part("lang")), escape(part("text"))))
}

/// What a template is called in `extends` and `include`; `None` for what is no template.
fn template_name(path: &str) -> Option<String> {
    if let Some(page) = path.strip_prefix("templates/").filter(|page| page.ends_with(".html")) {
        return Some(page.to_owned());
    }
    let component = path.strip_prefix("components/")?.strip_suffix("/template.html")?;
    Some(format!("components/{component}.html"))
}

/// The styles as one file, the scripts, and the mark in the browser's tab.
///
/// The style of a component that only one kind of page shows may stand in `apart.css` instead of `style.css`: it is
/// `theme/NAME.css`, for the pages that ask for it. A handbook's own style of such a component takes its place under either
/// name.
///
/// What stands in `scripts/` is one file that every page loads, what stands in `scripts/NAME/` is `theme/NAME.js`, for whoever
/// wants it.
fn site_files(built_in: &[(&str, &str)], own: &[(&str, &str)]) -> Vec<(SitePath, Vec<u8>)> {
    let is_apart = |component: &str| built_in.iter().any(|(path, _)| component_apart(path) == Some(component));
    let mut merged: BTreeMap<String, &str> = BTreeMap::new();
    for (path, text) in built_in.iter().chain(own) {
        let component = path.strip_prefix("components/").and_then(|path| path.strip_suffix("/style.css"));
        let path = match component.filter(|component| is_apart(component)) {
            Some(component) => format!("components/{component}/apart.css"),
            None => (*path).to_owned(),
        };
        merged.insert(path, text);
    }
    let merged: BTreeMap<&str, &str> = merged.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let styles = STYLES.iter().filter_map(|path| merged.get(path));
    let (apart, others): (Vec<_>, Vec<_>) = (merged.iter())
        .filter(|(path, _)| path.ends_with(".css") && !STYLES.contains(path) && **path != OWN_STYLE)
        .partition(|(path, _)| component_apart(path).is_some());
    let (own_styles, components): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(path, _)| path.starts_with("styles/"));
    let parts = styles
        .chain(own_styles.into_iter().chain(components).map(|(_, text)| text))
        .chain(merged.get("styles/print.css"))
        .chain(merged.get(OWN_STYLE))
        .map(|text| minify::css(text));
    let mut files = vec![("theme/handbook.css".to_owned(), joined(parts))];
    let apart = apart.into_iter().filter_map(|(path, text)| Some((component_apart(path)?, text)));
    files.extend(apart.map(|(name, text)| (format!("theme/{name}.css"), joined([minify::css(text)]))));
    // A theme's own script may be anything, and is sent as it is.
    let is_ours = |script: &str| built_in.iter().any(|(path, text)| path.ends_with(".js") && *text == script);
    let sent = |script| if is_ours(script) { minify::js(script) } else { Cow::Borrowed(script) };
    let mut scripts: BTreeMap<&str, Vec<&str>> = BTreeMap::from([("handbook", Vec::new())]);
    for (path, text) in &merged {
        let name = path.strip_prefix("scripts/").filter(|_| *path != EARLY_SCRIPT && path.ends_with(".js"));
        if let Some(name) = name {
            scripts.entry(name.split_once('/').map_or("handbook", |(folder, _)| folder)).or_default().push(text);
        }
    }
    for (name, texts) in scripts {
        files.push((format!("theme/{name}.js"), joined(texts.into_iter().map(sent))));
    }
    files.push(("theme/theme.js".to_owned(), joined(merged.get(EARLY_SCRIPT).map(|text| sent(text)))));
    files.push(("theme/favicon.svg".to_owned(), joined(merged.get("favicon.svg"))));
    files.into_iter().filter_map(|(path, bytes)| Some((SitePath::new(&path)?, bytes))).collect()
}

/// The component whose style a file holds that stands apart.
fn component_apart(path: &str) -> Option<&str> {
    path.strip_prefix("components/")?.strip_suffix("/apart.css")
}

/// Styles whose order matters; `styles/print.css` comes last, before a team's own.
const STYLES: [&str; 4] = ["styles/reset.css", "styles/tokens.css", "styles/base.css", "styles/layout.css"];
/// A team's own style: in no layer, so that it wins.
const OWN_STYLE: &str = "handbook.css";
/// What has to run before the page is drawn.
const EARLY_SCRIPT: &str = "scripts/theme.js";

fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(part.as_ref().trim_end().as_bytes());
        bytes.push(b'\n');
    }
    bytes
}

fn built_in_files(folder: &'static Dir<'static>) -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))));
    }
    files.sort_unstable();
    files
}
