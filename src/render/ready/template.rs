//! Templates as trees of what is to be done.

use std::iter::Peekable;
use std::slice::Iter;

use super::code::{self, Word};
use super::expression::{Expression, Reader};
use super::pieces::{Piece, word};
use super::values::Value;
use super::writing::Writing;
use crate::hash::HashMap;

/// A part of a template. Which one stands in a byte of its own: it is asked millions of times.
#[derive(Debug)]
#[repr(u8)]
pub(super) enum Node {
    /// Markup as it stands.
    Text(String),
    /// A little of it, with what means nothing behind it; and how long it is.
    Few(Box<[u8; FEW]>, u8),
    /// Shows something; it is a mistake to show what there is not.
    Show(Expression),
    /// A little markup as it stands, and something after it.
    FewAndShow(Box<[u8; FEW]>, u8, Expression),
    /// Shows a part of a text that is put together: whatever it is, as a text.
    Part(Expression),
    /// The first of some bodies whose question is answered with yes, otherwise the last.
    If(Vec<(Expression, Body)>, Body),
    /// A body for each of a list, otherwise the last.
    For(u32, Expression, Body, Body),
    /// Gives a name to something.
    Set(u32, Expression),
    /// Gives a name to what a body shows.
    Capture(u32, Body),
    /// Another template.
    Include(usize),
    /// What a page has in place of this block.
    Block(u32),
    /// A component by its number, what each of its parameters is, and what stands between its tags.
    Call(usize, Vec<Expression>, Option<Body>),
}

/// As many bytes at most are a little markup.
pub(super) const FEW: usize = 32;

/// Parts in order.
pub(super) type Body = Vec<Node>;

/// A template.
#[derive(Debug, Default)]
pub(super) struct Template {
    /// The one it is laid over.
    pub extends: Option<usize>,
    pub body: Body,
    /// Its blocks by their names' numbers.
    pub blocks: Vec<(u32, Body)>,
}

/// A component.
#[derive(Debug, Default)]
pub(super) struct Component {
    /// The names of its parameters.
    pub parameters: Vec<u32>,
    /// What they are where a call does not say.
    usual: Vec<Option<Value>>,
    /// What every page has and this component asks for.
    around: Vec<String>,
    pub body: Body,
}

/// Templates and components by their names.
#[derive(Debug, Default)]
pub(super) struct Names<'n> {
    pub templates: HashMap<&'n str, usize>,
    pub components: HashMap<&'n str, usize>,
}

/// The name of what stands between the tags of a component's call.
pub(super) const BETWEEN: &str = "body";

/// A template that is being read.
struct Parser<'p, 'w> {
    pieces: Peekable<Iter<'p, Piece>>,
    names: &'p Names<'p>,
    components: &'p mut Vec<Component>,
    writing: &'p mut Writing<'w>,
    template: Template,
}

/// The components that a template defines, by their names.
pub(super) fn components(pieces: &[Piece]) -> impl Iterator<Item = &str> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Tag(tag) if word(tag) == "component" => Some(name_of(tag)),
        _ => None,
    })
}

/// The parameters of the components that a template defines: known before any call is read. `None` if one is of a kind
/// that no built-in component has.
pub(super) fn declare(
    pieces: &[Piece],
    names: &Names<'_>,
    components: &mut [Component],
    writing: &mut Writing<'_>,
) -> Option<()> {
    for piece in pieces {
        let Piece::Tag(tag) = piece else { continue };
        if word(tag) != "component" {
            continue;
        }
        let component = &mut components[*names.components.get(name_of(tag))?];
        let words = code::words(tag.split_once('(')?.1.strip_suffix(')')?)?;
        let mut reader = Reader { words: &words, at: 0 };
        writing.around = Some(Vec::new());
        while reader.peek().is_some() {
            if reader.takes("@") {
                component.around.push(reader.name()?.to_owned());
            } else {
                let name = reader.name()?;
                component.parameters.push(writing.made(name)?);
                if reader.takes(":") {
                    reader.name()?;
                }
                component.usual.push(match reader.takes("=") {
                    true => match reader.expression(writing)? {
                        Expression::Known(usual) => Some(usual),
                        _ => return None,
                    },
                    false => None,
                });
            }
            if !reader.takes(",") && reader.peek().is_some() {
                return None;
            }
        }
    }
    Some(())
}

/// Reads a template; its components are put where their parameters are. `None` for one that has what no built-in template
/// has.
pub(super) fn read(
    pieces: &[Piece],
    names: &Names<'_>,
    components: &mut Vec<Component>,
    writing: &mut Writing<'_>,
) -> Option<Template> {
    writing.around = None;
    let template = Template::default();
    let mut parser = Parser { pieces: pieces.iter().peekable(), names, components, writing, template };
    let (body, end) = parser.body()?;
    parser.template.body = body;
    end.is_none().then_some(parser.template)
}

/// What a component is called, by the tag that begins it.
fn name_of(tag: &str) -> &str {
    tag["component".len()..].split('(').next().unwrap_or("").trim()
}

impl<'p> Parser<'p, '_> {
    /// The parts up to the tag that ends them, and that tag.
    fn body(&mut self) -> Option<(Body, Option<&'p str>)> {
        let (parts, end) = self.parts()?;
        let mut body = Body::with_capacity(parts.len());
        for node in parts {
            match (node.settled(), body.pop()) {
                (Node::Show(what), Some(Node::Few(few, length))) => body.push(Node::FewAndShow(few, length, what)),
                (node, before) => body.extend(before.into_iter().chain([node])),
            }
        }
        body.shrink_to_fit();
        Some((body, end))
    }

    /// The same while text may still be added to text.
    fn parts(&mut self) -> Option<(Body, Option<&'p str>)> {
        let mut body = Body::new();
        while let Some(piece) = self.pieces.next() {
            match piece {
                Piece::Text(text) => push_text(&mut body, text),
                Piece::Show(code) if code.starts_with('<') => {
                    let (call, open) = self.call(code)?;
                    body.push((!open).then_some(call)?);
                }
                Piece::Show(code) => {
                    let expression = self.expression(code)?;
                    self.show(&mut body, expression)?;
                }
                Piece::Tag(tag) => match word(tag) {
                    "elif" | "else" | "endif" | "endfor" | "endset" | "endblock" | "endcomponent" => {
                        return Some((body, Some(tag)));
                    }
                    _ if tag.starts_with("</") => return Some((body, Some(tag))),
                    first => self.tag(first, tag, &mut body)?,
                },
            }
        }
        Some((body, None))
    }

    fn tag(&mut self, first: &str, tag: &'p str, body: &mut Body) -> Option<()> {
        let rest = tag[first.len()..].trim();
        match first {
            "if" => body.push(self.branches(rest)?),
            "for" => {
                let (name, list) = rest.split_once(" in ")?;
                let (name, list) = (plain(name).and_then(|name| self.writing.made(name))?, self.expression(list)?);
                let (each, mut end) = self.body()?;
                let mut none = Body::new();
                if end == Some("else") {
                    (none, end) = self.body()?;
                }
                (end == Some("endfor")).then(|| body.push(Node::For(name, list, each, none)))?;
            }
            "set" => match rest.split_once('=') {
                Some((name, value)) => {
                    let value = self.expression(value)?;
                    body.push(Node::Set(self.writing.made(plain(name)?)?, value));
                }
                None => {
                    let name = self.writing.made(plain(rest)?)?;
                    let (inside, end) = self.body()?;
                    (end == Some("endset")).then(|| body.push(Node::Capture(name, inside)))?;
                }
            },
            "include" => body.push(Node::Include(self.named(rest)?)),
            "extends" => self.template.extends = Some(self.named(rest)?),
            "block" => {
                let name = self.writing.name(plain(rest)?);
                let (inside, end) = self.body()?;
                (word(end?) == "endblock").then(|| self.template.blocks.push((name, inside)))?;
                body.push(Node::Block(name));
            }
            "component" => {
                let number = *self.names.components.get(name_of(tag))?;
                self.writing.around = Some(std::mem::take(&mut self.components[number].around));
                let (inside, end) = self.body()?;
                self.writing.around = None;
                (word(end?) == "endcomponent").then(|| self.components[number].body = inside)?;
            }
            _ if tag.starts_with('<') => {
                let (call, open) = self.call(tag)?;
                let Node::Call(component, arguments, None) = call else { return None };
                let (between, end) = self.body()?;
                (open && end?.starts_with("</")).then_some(())?;
                body.push(Node::Call(component, arguments, Some(between)));
            }
            _ => return None,
        }
        Some(())
    }

    fn branches(&mut self, first: &str) -> Option<Node> {
        let mut branches = Vec::new();
        let mut question = self.expression(first)?;
        loop {
            let (body, end) = self.body()?;
            branches.push((question, body));
            let end = end?;
            match word(end) {
                "elif" => question = self.expression(&end["elif".len()..])?,
                "else" => {
                    let (otherwise, end) = self.body()?;
                    return (end == Some("endif")).then_some(Node::If(branches, otherwise));
                }
                "endif" => return Some(Node::If(branches, Body::new())),
                _ => return None,
            }
        }
    }

    /// Shows an expression: at once what is known, and what is put together as its parts.
    fn show(&mut self, body: &mut Body, expression: Expression) -> Option<()> {
        match expression {
            Expression::Known(known) => push_text(body, &self.markup(known)?),
            Expression::Joined(parts) => {
                for part in parts {
                    match part {
                        Expression::Known(known) => push_text(body, &self.markup(known)?),
                        part => body.push(Node::Part(part)),
                    }
                }
            }
            expression => body.push(Node::Show(expression)),
        }
        Some(())
    }

    /// What is known, as markup.
    fn markup(&self, known: Value) -> Option<String> {
        let mut markup = Vec::new();
        match known {
            Value::Int(number) => markup.extend_from_slice(number.to_string().as_bytes()),
            known => tera::escape_html(self.writing.str(known)?, &mut markup).ok()?,
        }
        String::from_utf8(markup).ok()
    }

    fn expression(&mut self, code: &str) -> Option<Expression> {
        let words = code::words(code)?;
        let mut reader = Reader { words: &words, at: 0 };
        let expression = reader.expression(self.writing)?;
        reader.peek().is_none().then_some(expression)
    }

    /// A call of a component, and whether something is to follow up to its closing tag.
    fn call(&mut self, code: &str) -> Option<(Node, bool)> {
        let words = code::words(code)?;
        let mut reader = Reader { words: &words, at: 0 };
        reader.takes("<").then_some(())?;
        let mut name = reader.name()?.to_owned();
        while reader.takes(".") {
            name.push('.');
            name.push_str(reader.name()?);
        }
        let number = *self.names.components.get(name.as_str())?;
        let mut given: Vec<(u32, Expression)> = Vec::new();
        while let Some(Word::Name(argument)) = reader.peek() {
            reader.at += 1;
            reader.takes("=").then_some(())?;
            let value = match reader.next()? {
                Word::Text(text) => Expression::Known(self.writing.text(text)),
                Word::Sign("{") => {
                    let value = reader.expression(self.writing)?;
                    reader.takes("}").then_some(value)?
                }
                _ => return None,
            };
            given.push((self.writing.name(argument), value));
        }
        let open = !reader.takes("/");
        (reader.takes(">") && reader.peek().is_none()).then_some(())?;
        let component = &self.components[number];
        let mut arguments = Vec::with_capacity(component.parameters.len());
        for (parameter, usual) in component.parameters.iter().zip(&component.usual) {
            let at = given.iter().position(|(name, _)| name == parameter);
            arguments.push(match at {
                Some(at) => given.swap_remove(at).1,
                None => Expression::Known((*usual)?),
            });
        }
        given.is_empty().then_some((Node::Call(number, arguments, None), open))
    }

    /// The template that a text in quotation marks names.
    fn named(&self, quoted: &str) -> Option<usize> {
        let Some([Word::Text(name)]) = code::words(quoted).map(|words| <[Word<'_>; 1]>::try_from(words).ok())? else {
            return None;
        };
        self.names.templates.get(name).copied()
    }
}

impl Node {
    /// The same where nothing is added to it any more.
    fn settled(self) -> Self {
        match &self {
            Self::Text(text) if text.len() <= FEW => {
                let mut few = [0; FEW];
                few[..text.len()].copy_from_slice(text.as_bytes());
                Self::Few(Box::new(few), text.len() as u8)
            }
            _ => self,
        }
    }
}

fn push_text(body: &mut Body, text: &str) {
    match body.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => body.push(Node::Text(text.to_owned())),
    }
}

/// A name and nothing else.
fn plain(name: &str) -> Option<&str> {
    let name = name.trim();
    let is_plain = !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
    is_plain.then_some(name)
}
