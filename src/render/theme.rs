//! A theme: templates, styles, drawings, scripts and words, laid over the built-in one.
//!
//! A handbook's own `themes/NAME/` holds only what differs. A file of its own stands in for the built-in one of the same
//! path, or extends it: `{% extends "default/map.html" %}`. A theme's mistakes are diagnostics like any other; with a
//! broken template left out the rest of the theme still shows.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera, Value};

use super::mistakes::{self, Texts};
use super::sprite::Sheet;
use crate::diag::{Code, Diagnostic, Place, Report};
use crate::model::Settings;
use crate::parse::strings;
use crate::source::{Content, Sources};
use crate::views::Words;
use crate::views::prose::escape;
use crate::views::words::Entry;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name of the built-in theme.
const DEFAULT: &str = "default";

/// A theme, ready to show pages.
pub struct Theme {
    pub(super) tera: Tera,
    pub(super) texts: Texts,
    pub(super) sheet: Sheet,
    /// Files of the site that the theme brings, by their place in it.
    pub(super) files: Vec<(&'static str, Vec<u8>)>,
    /// Words by language, the built-in layer before the handbook's own.
    words: Vec<(String, Vec<Entry>)>,
}

impl Theme {
    /// The theme a handbook chose, or the built-in one, with what the handbook's `themes/NAME/` lays over it.
    ///
    /// Mistakes are reported; a theme nobody knows is replaced by the built-in one.
    pub fn load(settings: &Settings, sources: &Sources, report: &mut Report) -> Self {
        let texts = sources.iter().filter_map(|(file, source)| {
            let path = source.path.as_str().strip_prefix("themes/")?;
            matches!(source.content, Content::Text(_)).then(|| (path, sources.text(file)))
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
        let mut words = Vec::new();
        for (layer, files) in [(DEFAULT, &built_in), (name, &own)] {
            for (path, text) in files {
                let Some(tag) = path.strip_prefix("strings/").and_then(|path| path.strip_suffix(".yaml")) else {
                    continue;
                };
                match strings::read(text) {
                    Ok(entries) => words.push((tag.to_owned(), entries)),
                    Err(message) => report.push(Diagnostic::at(
                        Code::TemplateError,
                        Place::Template {
                            name: format!("themes/{layer}/{path}"),
                            text: (*text).to_owned(),
                            range: 0..0,
                        },
                        message,
                    )),
                }
            }
        }
        Self { tera, texts, sheet, files: site_files(&built_in, &own), words }
    }

    /// The theme's words in a language; what a language lacks is taken from the language without its region, and at last
    /// from English.
    pub fn words(&self, tag: &str) -> Words {
        let plain = tag.split('-').next().unwrap_or(tag);
        let layer = |wanted: &str| {
            let entries = self.words.iter().filter(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
            entries.flat_map(|(_, entries)| entries.clone()).collect()
        };
        // Of a language without a region any region will do.
        let near = self.words.iter().find(|(known, _)| known.split('-').next() == Some(plain) && plain != "en");
        let near = near.map_or("en", |(known, _)| known.as_str());
        Words::new(tag, [layer("en"), layer(near), layer(plain), layer(tag)])
    }
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme").field("templates", &self.texts.keys()).finish_non_exhaustive()
    }
}

/// Loads all templates. A broken one of the handbook's own is reported and left out.
fn templates(name: &str, built_in: &[(&str, &str)], own: &[(&str, &str)], report: &mut Report) -> (Tera, Texts) {
    // The handbook may have its own version of the built-in theme. A dot, with which no theme's name begins, keeps
    // the two apart.
    let dotted = format!(".{DEFAULT}");
    let prefix = if name == DEFAULT { dotted.as_str() } else { name };
    let mut texts = Texts::new();
    for (prefix, files) in [(DEFAULT, built_in), (prefix, own)] {
        for (path, text) in files {
            if let Some(template) = template_name(path) {
                texts.insert(format!("{prefix}/{template}"), (*text).to_owned());
            }
        }
    }
    for (name, text) in texts.iter().filter(|(name, _)| !name.starts_with("default/")) {
        mistakes::unordered(name, text).for_each(|diagnostic| report.push(diagnostic));
    }
    loop {
        let mut tera = empty(prefix);
        let error = match tera.add_raw_templates(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
            Ok(()) => return (tera, texts),
            Err(error) => error,
        };
        let (broken, diagnostic) = mistakes::diagnose(&error, &texts);
        let own = |name: &String| !name.starts_with("default/");
        match broken.filter(|name| own(name) && texts.contains_key(name)) {
            Some(name) => drop(texts.remove(&name)),
            None if texts.keys().any(own) => texts.retain(|name, _| !own(name)),
            None => panic!("bug: the built-in theme does not load: {error}"),
        }
        report.push(diagnostic);
    }
}

fn empty(prefix: &str) -> Tera {
    let mut tera = Tera::new();
    let prefixes = [format!("{prefix}/"), format!("{DEFAULT}/")];
    if let Err(error) = tera.set_fallback_prefixes(prefixes) {
        panic!("bug: prefixes after templates: {error}");
    }
    tera.register_filter("said", said);
    tera
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
fn site_files(built_in: &[(&str, &str)], own: &[(&str, &str)]) -> Vec<(&'static str, Vec<u8>)> {
    let merged: BTreeMap<&str, &str> = built_in.iter().chain(own).copied().collect();
    let styles = STYLES.iter().filter_map(|path| merged.get(path));
    let others =
        merged.iter().filter(|(path, _)| path.ends_with(".css") && !STYLES.contains(path) && **path != OWN_STYLE);
    let (own_styles, components): (Vec<_>, Vec<_>) = others.partition(|(path, _)| path.starts_with("styles/"));
    let parts = styles
        .chain(own_styles.into_iter().chain(components).map(|(_, text)| text))
        .chain(merged.get("styles/print.css"))
        .chain(merged.get(OWN_STYLE));
    let mut files = vec![("theme/handbook.css", joined(parts))];
    let scripts = merged.iter().filter(|(path, _)| path.starts_with("scripts/") && path.ends_with(".js"));
    let (search, scripts): (Vec<_>, Vec<_>) =
        scripts.filter(|(path, _)| **path != EARLY_SCRIPT).partition(|(path, _)| path.starts_with(SEARCH_SCRIPTS));
    files.push(("theme/handbook.js", joined(scripts.into_iter().map(|(_, text)| text))));
    files.push(("theme/search.js", joined(search.into_iter().map(|(_, text)| text))));
    files.push(("theme/theme.js", joined(merged.get(EARLY_SCRIPT))));
    files.push(("theme/favicon.svg", joined(merged.get("favicon.svg"))));
    files
}

/// Styles whose order matters; `styles/print.css` comes last, before a team's own.
const STYLES: [&str; 4] = ["styles/reset.css", "styles/tokens.css", "styles/base.css", "styles/layout.css"];
/// A team's own style: in no layer, so that it wins.
const OWN_STYLE: &str = "handbook.css";
/// What has to run before the page is drawn.
const EARLY_SCRIPT: &str = "scripts/theme.js";
/// What is loaded when somebody opens the search.
const SEARCH_SCRIPTS: &str = "scripts/search/";

fn joined<'t>(parts: impl IntoIterator<Item = &'t &'t str>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(part.trim_end().as_bytes());
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
