//! Shows a page: goes through its template and looks up what that asks for.
//!
//! What is a mistake for tera is one here too, but only that there is one is said: the templates themselves then say which.

use super::Program;
use super::expression::{Expression, Key, Place};
use super::markup;
use super::template::{Body, Node};
use super::values::{Run, Value, Values};
use crate::views::Words;
use crate::views::prose::escape;

/// A template asks for what there is not, or for what is not foreseen.
#[derive(Debug)]
pub(super) struct Failed;

type Shown<T> = Result<T, Failed>;

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
    variables: Vec<Bound>,
    /// What variables were before they became what they are, the latest last.
    scope: Vec<(u32, Bound)>,
    /// Loops, the innermost last: where they are, and how often they go round.
    loops: Vec<(usize, usize)>,
    /// The first of the loops that can be seen from here.
    seen: usize,
    /// Arguments of calls that are being worked out.
    arguments: Vec<Value>,
    /// In how many components what is shown stands.
    depth: u32,
}

/// What a variable is, to those that are in as many components.
#[derive(Debug, Clone, Copy)]
struct Bound {
    value: Value,
    depth: u32,
}

impl<'p> Shower<'p> {
    pub(super) fn new(program: &'p Program, words: &'p Words, values: &'p mut Values, roots: [Value; 3]) -> Self {
        Self {
            program,
            words,
            values,
            roots,
            blocks: Vec::new(),
            out: Vec::with_capacity(1 << 16),
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
                Node::Show(Expression::Said(what)) => {
                    let what = self.work_out(what)?;
                    self.said(what)?;
                }
                Node::Show(what) => {
                    let what = self.work_out(what)?;
                    self.show(what)?;
                }
                Node::Part(what) => match self.work_out(what)? {
                    Value::Undefined => {}
                    Value::Safe(text) => markup::text(self.values.bytes(text), &mut self.out),
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
                    self.body(chosen)?;
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

    fn each(&mut self, name: u32, list: &'p Expression, each: &'p Body, none: &'p Body) -> Shown<()> {
        let Value::List(list) = self.work_out(list)? else { return Err(Failed) };
        if list.is_empty() {
            return self.body(none);
        }
        let own = self.scope.len();
        self.loops.push((0, list.len()));
        for index in 0..list.len() {
            self.unbind(own);
            self.bind(name, self.values.item(list, index));
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
        for (name, before) in self.scope.drain(own..).rev() {
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

    fn show(&mut self, what: Value) -> Shown<()> {
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

    fn in_language(&self, what: Value) -> String {
        let part = |name| match self.values.named(what, name) {
            Value::Text(text) | Value::Safe(text) => self.values.str(text),
            _ => "",
        };
        format!("<span lang=\"{}\">{}</span>", escape(part("lang")), escape(part("text")))
    }

    /// Whether something is anything at all.
    fn is(&mut self, what: &'p Expression) -> Shown<bool> {
        Ok(match what {
            Expression::Not(what) => !self.is(what)?,
            Expression::Both(one, other) => self.is(one)? && self.is(other)?,
            Expression::Either(one, other) => self.is(one)? || self.is(other)?,
            what => {
                let what = self.work_out(what)?;
                self.is_any(what)
            }
        })
    }

    fn is_any(&self, what: Value) -> bool {
        match what {
            Value::Undefined | Value::None => false,
            Value::Bool(is) => is,
            Value::Int(number) => number != 0,
            Value::Float(number) => number != 0.0,
            Value::Text(run) | Value::Safe(run) | Value::List(run) | Value::Pairs(run) => !run.is_empty(),
            Value::Struct { shape, .. } => self.values.width(shape) > 0,
        }
    }

    /// What an expression is. Most are a part of something that needs no working out.
    #[inline]
    fn work_out(&mut self, what: &'p Expression) -> Shown<Value> {
        match what {
            Expression::Path(of, keys) => {
                let of = match self.at_hand(of) {
                    Some(of) => of,
                    None => self.put_together(of)?,
                };
                self.part(of, keys)
            }
            what => match self.at_hand(what) {
                Some(value) => Ok(value),
                None => self.put_together(what),
            },
        }
    }

    /// What need only be looked up.
    #[inline]
    fn at_hand(&self, what: &Expression) -> Option<Value> {
        match what {
            Expression::Known(known) => Some(*known),
            Expression::Root(root) => Some(self.roots[*root as usize]),
            Expression::Name(name) => Some(self.variable(*name)),
            _ => None,
        }
    }

    /// All else.
    fn put_together(&mut self, what: &'p Expression) -> Shown<Value> {
        Ok(match what {
            Expression::Known(_) | Expression::Root(_) | Expression::Name(_) | Expression::Path(..) => {
                self.work_out(what)?
            }
            Expression::Item(of, key) => {
                let of = self.work_out(of)?;
                let key = self.work_out(key)?;
                self.item(of, key)?
            }
            Expression::List(items) => Value::List(self.several(items)?),
            Expression::Map(pairs) => Value::Pairs(self.several(pairs)?),
            Expression::Loop(place) => self.place(*place)?,
            Expression::Words(key) => {
                let (Value::Text(key) | Value::Safe(key)) = self.work_out(key)? else { return Err(Failed) };
                let (key, words) = (self.values.str(key), self.words);
                let Some(word) = words.general(key) else { return Err(Failed) };
                Value::Text(self.values.text(word))
            }
            Expression::Not(_) => Value::Bool(self.is(what)?),
            Expression::Either(one, other) => {
                let one = self.work_out(one)?;
                if self.is_any(one) { one } else { self.work_out(other)? }
            }
            Expression::Both(one, other) => {
                let one = self.work_out(one)?;
                if self.is_any(one) { self.work_out(other)? } else { one }
            }
            Expression::Equal(one, other) => {
                let one = self.work_out(one)?;
                let other = self.work_out(other)?;
                Value::Bool(self.are_equal(one, other)?)
            }
            Expression::Greater(one, other) => {
                let [one, other] = [number(self.work_out(one)?)?, number(self.work_out(other)?)?];
                Value::Bool(one > other)
            }
            Expression::In(one, other) => {
                let one = self.work_out(one)?;
                let other = self.work_out(other)?;
                Value::Bool(self.is_in(one, other)?)
            }
            Expression::Sum(one, other) => {
                let one = self.work_out(one)?;
                sum(one, self.work_out(other)?, 1)?
            }
            Expression::Difference(one, other) => {
                let one = self.work_out(one)?;
                sum(one, self.work_out(other)?, -1)?
            }
            Expression::Joined(parts) => {
                let mut joined = String::new();
                for part in parts {
                    let part = self.work_out(part)?;
                    self.join(&mut joined, part)?;
                }
                Value::Text(self.values.text(&joined))
            }
            Expression::Said(said) => match self.work_out(said)? {
                said @ (Value::Pairs(_) | Value::Struct { .. }) => {
                    let markup = self.in_language(said);
                    Value::Safe(self.values.text(&markup))
                }
                plain => plain,
            },
            Expression::Length(of) => match self.work_out(of)? {
                Value::List(list) => Value::Int(list.len() as i64),
                Value::Text(text) | Value::Safe(text) => Value::Int(self.values.str(text).chars().count() as i64),
                _ => return Err(Failed),
            },
            Expression::Safe(markup) => match self.work_out(markup)? {
                Value::Text(text) | Value::Safe(text) => Value::Safe(text),
                _ => return Err(Failed),
            },
        })
    }

    /// Several values side by side.
    fn several(&mut self, all: &'p [Expression]) -> Shown<Run> {
        let first = self.arguments.len();
        for one in all {
            let one = self.work_out(one)?;
            self.arguments.push(one);
        }
        Ok(self.values.list(self.arguments.drain(first..)))
    }

    /// What a variable is: one of the components around this one is nothing here.
    #[inline]
    fn variable(&self, name: u32) -> Value {
        let Bound { value, depth } = self.variables[name as usize];
        if depth == self.depth { value } else { Value::Undefined }
    }

    /// A part of a part: only the last may be missing.
    #[inline]
    fn part(&mut self, mut of: Value, keys: &'p [Key]) -> Shown<Value> {
        for key in keys {
            if matches!(of, Value::Undefined) {
                return Err(Failed);
            }
            of = self.values.part(of, &key.name, key.place);
        }
        Ok(of)
    }

    fn item(&self, of: Value, key: Value) -> Shown<Value> {
        match (of, key) {
            (Value::List(list), Value::Int(index)) => {
                Ok(usize::try_from(index).map_or(Value::Undefined, |index| self.values.item(list, index)))
            }
            (Value::Struct { .. } | Value::Pairs(_), Value::Text(key) | Value::Safe(key)) => {
                Ok(self.values.named(of, self.values.str(key)))
            }
            _ => Err(Failed),
        }
    }

    fn place(&self, place: Place) -> Shown<Value> {
        let &(index, length) = self.loops[self.seen..].last().ok_or(Failed)?;
        Ok(match place {
            Place::Index => Value::Int(index as i64 + 1),
            Place::Index0 => Value::Int(index as i64),
            Place::First => Value::Bool(index == 0),
            Place::Last => Value::Bool(index + 1 == length),
            Place::Length => Value::Int(length as i64),
        })
    }

    fn are_equal(&self, one: Value, other: Value) -> Shown<bool> {
        let str = |text: Run| self.values.str(text);
        match (one, other) {
            (Value::Text(one) | Value::Safe(one), Value::Text(other) | Value::Safe(other)) => {
                Ok(str(one) == str(other))
            }
            (Value::List(_) | Value::Struct { .. } | Value::Pairs(_), _)
            | (_, Value::List(_) | Value::Struct { .. } | Value::Pairs(_)) => Err(Failed),
            (Value::Float(_), Value::Int(_)) | (Value::Int(_), Value::Float(_)) => Ok(number(one)? == number(other)?),
            (one, other) => Ok(one == other),
        }
    }

    fn is_in(&self, one: Value, other: Value) -> Shown<bool> {
        match (one, other) {
            (one, Value::List(list)) => {
                for item in self.values.items(list) {
                    if self.are_equal(one, *item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            (Value::Text(key) | Value::Safe(key), Value::Struct { .. } | Value::Pairs(_)) => {
                Ok(self.values.named(other, self.values.str(key)) != Value::Undefined)
            }
            _ => Err(Failed),
        }
    }

    fn join(&self, joined: &mut String, part: Value) -> Shown<()> {
        match part {
            Value::Text(text) | Value::Safe(text) => joined.push_str(self.values.str(text)),
            Value::Undefined | Value::None => {}
            Value::Int(number) => joined.push_str(&number.to_string()),
            Value::Float(number) => joined.push_str(&format!("{number:?}")),
            Value::Bool(_) | Value::List(_) | Value::Struct { .. } | Value::Pairs(_) => return Err(Failed),
        }
        Ok(())
    }
}

fn number(value: Value) -> Shown<f64> {
    match value {
        Value::Int(number) => Ok(number as f64),
        Value::Float(number) => Ok(number),
        _ => Err(Failed),
    }
}

/// The sum of two numbers, or their difference: whole if both are.
fn sum(one: Value, other: Value, sign: i8) -> Shown<Value> {
    match (one, other) {
        (Value::Int(one), Value::Int(other)) => one.checked_add(i64::from(sign) * other).map(Value::Int).ok_or(Failed),
        (one, other) => Ok(Value::Float(number(one)? + f64::from(sign) * number(other)?)),
    }
}
