//! Shows a page: goes through its template and looks up what that asks for.
//!
//! What is a mistake for tera is one here too, but only that there is one is said: the templates themselves then say which.

use super::Program;
use super::expression::Expression;
use super::markup;
use super::template::{Body, FEW, Node};
use super::values::{Value, Values};
use crate::views::Words;
use crate::views::prose::escape;

/// A template asks for what there is not, or for what is not foreseen.
#[derive(Debug)]
pub(super) struct Failed;

pub(super) type Shown<T> = Result<T, Failed>;

/// Components within components: as many as tera allows.
const DEEPEST: u32 = 20;

/// A page that is being shown.
pub(super) struct Shower<'p> {
    pub program: &'p Program,
    pub words: &'p Words,
    pub values: &'p mut Values,
    /// What every page has, by its [`Root`](super::expression::Root).
    pub roots: [Value; 3],
    /// The bodies in place of blocks.
    pub blocks: Vec<(u32, &'p Body)>,
    pub out: Vec<u8>,
    /// What each variable is, by its number.
    pub variables: Vec<Bound>,
    /// What variables were before they became what they are, the latest last.
    pub scope: Vec<(u32, Bound)>,
    /// Loops, the innermost last: where they are, and how often they go round.
    pub loops: Vec<(usize, usize)>,
    /// The first of the loops that can be seen from here.
    pub seen: usize,
    /// Arguments of calls that are being worked out.
    pub arguments: Vec<Value>,
    /// In how many components what is shown stands.
    pub depth: u32,
}

/// What a variable is, to those that are in as many components.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    pub value: Value,
    pub depth: u32,
}

impl<'p> Shower<'p> {
    /// Shows pages with these words and values at the end of `out`.
    pub(super) fn new(
        (program, words, values): (&'p Program, &'p Words, &'p mut Values),
        roots: [Value; 3],
        out: Vec<u8>,
    ) -> Self {
        Self {
            program,
            words,
            values,
            roots,
            blocks: Vec::new(),
            out,
            variables: vec![Bound { value: Value::Undefined, depth: 0 }; program.variables],
            scope: Vec::with_capacity(32),
            loops: Vec::new(),
            seen: 0,
            arguments: Vec::new(),
            depth: 0,
        }
    }

    /// Shows the parts of a template.
    pub(super) fn body(&mut self, body: &'p [Node]) -> Shown<()> {
        for node in body {
            match node {
                Node::Text(text) => self.out.extend_from_slice(text.as_bytes()),
                Node::Few(few, length) => self.few(few, *length),
                Node::Show(what) => self.shown(what)?,
                Node::FewAndShow(few, length, what) => {
                    self.few(few, *length);
                    self.shown(what)?;
                }
                Node::Part(what) => match self.work_out(what)? {
                    Value::Undefined => {}
                    Value::Safe(text) => markup::text_of(self.values.from(text), text.len(), &mut self.out),
                    what => self.show(what)?,
                },
                Node::If(branches, otherwise) => {
                    let mut chosen = otherwise;
                    for (question, body) in branches {
                        if self.is(question)? {
                            chosen = body;
                            break;
                        }
                    }
                    // Most have nothing to show otherwise.
                    if !chosen.is_empty() {
                        self.body(chosen)?;
                    }
                }
                Node::For(name, list, each, none) => self.each(*name, list, each, none)?,
                Node::Set(name, what) => {
                    let what = self.work_out(what)?;
                    self.bind(*name, what);
                }
                Node::Capture(name, body) => {
                    let text = self.captured(body)?;
                    self.bind(*name, text);
                }
                Node::Include(template) => {
                    // What it gives names to is its own.
                    let own = self.scope.len();
                    self.body(&self.program.templates[*template].body)?;
                    self.unbind(own);
                }
                Node::Block(name) => {
                    let body = self.blocks.iter().find(|(block, _)| block == name).ok_or(Failed)?.1;
                    self.body(body)?;
                }
                Node::Call(component, arguments, between) => self.call(*component, arguments, between.as_ref())?,
            }
        }
        Ok(())
    }

    /// Shows a little markup: a copy of a known length takes no more than a few instructions.
    #[inline(always)]
    fn few(&mut self, few: &[u8; FEW], length: u8) {
        self.out.extend_from_slice(few);
        self.out.truncate(self.out.len() - few.len() + usize::from(length));
    }

    /// Shows what an expression is.
    #[inline(always)]
    fn shown(&mut self, what: &'p Expression) -> Shown<()> {
        let (text, said) = match what {
            Expression::Said(what) => (&**what, true),
            what => (what, false),
        };
        // Most of what is shown is a text, and a part of something.
        if let Some(Value::Text(text)) = self.part(text) {
            markup::text_of(self.values.from(text), text.len(), &mut self.out);
            return Ok(());
        }
        self.shown_otherwise(text, said)
    }

    #[inline(never)]
    fn shown_otherwise(&mut self, what: &'p Expression, said: bool) -> Shown<()> {
        let what = self.work_out(what)?;
        if said { self.said(what) } else { self.show(what) }
    }

    fn each(&mut self, name: u32, list: &'p Expression, each: &'p Body, none: &'p Body) -> Shown<()> {
        let Value::List(list) = self.work_out(list)? else { return Err(Failed) };
        if list.is_empty() {
            return self.body(none);
        }
        let own = self.scope.len();
        self.loops.push((0, list.len()));
        self.bind(name, Value::Undefined);
        for index in 0..list.len() {
            self.unbind(own + 1);
            self.variables[name as usize] = Bound { value: self.values.item(list, index), depth: self.depth };
            if let Some(round) = self.loops.last_mut() {
                round.0 = index;
            }
            self.body(each)?;
        }
        self.loops.pop();
        self.unbind(own);
        Ok(())
    }

    /// Makes a variable something.
    #[inline]
    fn bind(&mut self, name: u32, value: Value) {
        let bound = Bound { value, depth: self.depth };
        let before = std::mem::replace(&mut self.variables[name as usize], bound);
        self.scope.push((name, before));
    }

    /// Makes variables what they were when so many had become something.
    #[inline]
    fn unbind(&mut self, own: usize) {
        while self.scope.len() > own {
            let Some((name, before)) = self.scope.pop() else { break };
            self.variables[name as usize] = before;
        }
    }

    /// A component knows its arguments, and nothing else.
    fn call(&mut self, component: usize, arguments: &'p [Expression], between: Option<&'p Body>) -> Shown<()> {
        if self.depth == DEEPEST {
            return Err(Failed);
        }
        let component = &self.program.components[component];
        let between = between.map(|body| self.captured(body)).transpose()?;
        let first = self.arguments.len();
        for argument in arguments {
            let argument = self.work_out(argument)?;
            self.arguments.push(argument);
        }
        let (own, seen) = (self.scope.len(), self.seen);
        self.seen = self.loops.len();
        self.depth += 1;
        for (at, name) in component.parameters.iter().enumerate() {
            self.bind(*name, self.arguments[first + at]);
        }
        self.arguments.truncate(first);
        if let Some(text) = between {
            self.bind(self.program.between, text);
        }
        self.body(&component.body)?;
        self.unbind(own);
        self.depth -= 1;
        self.seen = seen;
        Ok(())
    }

    /// What a body shows, as a text.
    fn captured(&mut self, body: &'p Body) -> Shown<Value> {
        let from = self.out.len();
        self.body(body)?;
        let text = std::str::from_utf8(&self.out[from..]).map_err(|_| Failed)?;
        let text = self.values.text(text);
        self.out.truncate(from);
        Ok(Value::Safe(text))
    }

    #[inline]
    fn show(&mut self, what: Value) -> Shown<()> {
        match what {
            Value::Text(text) => markup::text_of(self.values.from(text), text.len(), &mut self.out),
            what => return self.show_rarer(what),
        }
        Ok(())
    }

    /// The same of what is no text to be written as markup.
    fn show_rarer(&mut self, what: Value) -> Shown<()> {
        match what {
            Value::Text(text) => markup::text(self.values.bytes(text), &mut self.out),
            Value::Safe(text) => self.out.extend_from_slice(self.values.bytes(text)),
            Value::None => {}
            Value::Bool(is) => self.out.extend_from_slice(if is { b"true" } else { b"false" }),
            Value::Int(number) => markup::whole(number, &mut self.out),
            Value::Float(number) => markup::fraction(number, &mut self.out),
            Value::Undefined | Value::List(_) | Value::Struct { .. } | Value::Pairs(_) => return Err(Failed),
        }
        Ok(())
    }

    /// Shows a text with its language, if that is not the page's.
    fn said(&mut self, what: Value) -> Shown<()> {
        if !matches!(what, Value::Pairs(_) | Value::Struct { .. }) {
            return self.show(what);
        }
        let markup = self.in_language(what);
        self.out.extend_from_slice(markup.as_bytes());
        Ok(())
    }

    /// A text in its language, as markup.
    pub(super) fn in_language(&self, what: Value) -> String {
        let part = |name| match self.values.named(what, name) {
            Value::Text(text) | Value::Safe(text) => self.values.str(text),
            _ => "",
        };
        format!("<span lang=\"{}\">{}</span>", escape(part("lang")), escape(part("text")))
    }
}
