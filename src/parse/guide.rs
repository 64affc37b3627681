//! `index.md`, `guides/…/NN-NAME.md` and `glossary.yaml`.

use super::files::ItemFiles;
use super::value::Value;
use super::{Context, markdown, opened};
use crate::diag::Report;
use crate::model::{Draft, Guide, Local, Term};
use crate::source::Span;

/// Reads a guide under the name it has in the handbook.
pub(super) fn parse(name: &str, files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Guide<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let mut item = opened.head(&mut fields, report);
    item.name = name.to_owned();
    let listed = fields.choice("listed", &[("true", true), ("false", false)], report).unwrap_or(true);
    let guide = Guide { item, listed, body: opened.body(&mut fields, context, report) };
    fields.finish(report);
    guide
}

/// Reads the term under `name`.
pub(super) fn term(name: String, span: Span, value: &Value<'_>, report: &mut Report) -> Option<Term<Draft>> {
    let mut fields = value.fields(report)?;
    let term = Term {
        title: fields.need_text("title", &name, report),
        name,
        span,
        body: Local::default(),
        definition: fields.need_text("definition", "", report),
        also: fields.texts("also", report),
        link: fields.unless("link", report),
    };
    let term = Term { body: term.definition.clone().map(|words| markdown::plain(&words.text)), ..term };
    fields.finish(report);
    Some(term)
}
