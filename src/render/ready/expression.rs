//! Expressions: what a template asks of a page's view.

use super::code::Word;
use super::values::Value;
use super::writing::Writing;

/// What can be worked out.
#[derive(Debug)]
pub(super) enum Expression {
    /// What is the same on every page.
    Known(Value),
    /// What every page has: its frame, its view, the site's frame.
    Root(Root),
    /// A variable, by its number.
    Name(u32),
    /// A part of a variable: `link.title`. Most expressions are one.
    Part(u32, Key),
    /// A part of a part of something: `page.link.title`.
    Path(Box<Self>, Box<[Key]>),
    /// What a list or a map has under a number or a key: `rows[2]`.
    Item(Box<Self>, Box<Self>),
    /// Several in order.
    List(Vec<Self>),
    /// Several by their keys: keys and values in turn.
    Map(Vec<Self>),
    /// Where the innermost loop is.
    Loop(Place),
    /// One of the theme's words, by a key that is put together.
    Words(Box<Self>),
    /// The opposite.
    Not(Box<Self>),
    /// The first if it is something, otherwise the second; or the other way round.
    Either(Box<Self>, Box<Self>),
    /// The first if it is nothing, otherwise the second.
    Both(Box<Self>, Box<Self>),
    /// Whether two are the same.
    Equal(Box<Self>, Box<Self>),
    /// Whether the first number is greater than the second.
    Greater(Box<Self>, Box<Self>),
    /// Whether the second holds the first.
    In(Box<Self>, Box<Self>),
    /// The sum of two numbers.
    Sum(Box<Self>, Box<Self>),
    /// The difference of two numbers.
    Difference(Box<Self>, Box<Self>),
    /// Several as one text.
    Joined(Vec<Self>),
    /// A text with its language, if that is not the page's.
    Said(Box<Self>),
    /// How many there are of something.
    Length(Box<Self>),
    /// A text that is markup already.
    Safe(Box<Self>),
}

/// What every page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    Site,
    Frame,
    Page,
}

/// The name of a part, and the number of the place that asks for it.
#[derive(Debug)]
pub(super) struct Key {
    pub name: Box<str>,
    pub place: u32,
}

/// Where a loop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Counted from 1.
    Index,
    /// Counted from 0.
    Index0,
    First,
    Last,
    Length,
}

/// What binds less than a word does not belong to its right side. The numbers are those of tera.
const OR: u8 = 1;
const AND: u8 = 3;
const NOT: u8 = 5;
const IN: u8 = 5;
const COMPARED: u8 = 7;
const SUM: u8 = 11;
const JOINED: u8 = 13;
const FILTERED: u8 = 17;

/// Words that are being read, and where.
#[derive(Debug)]
pub(super) struct Reader<'r, 'c> {
    pub words: &'r [Word<'c>],
    pub at: usize,
}

impl<'c> Reader<'_, 'c> {
    pub(super) fn peek(&self) -> Option<Word<'c>> {
        self.words.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<Word<'c>> {
        let word = self.peek()?;
        self.at += 1;
        Some(word)
    }

    /// Whether this sign comes next, which is then read.
    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let takes = self.peek() == Some(Word::Sign(sign));
        self.at += usize::from(takes);
        takes
    }

    /// A name that comes next.
    pub(super) fn name(&mut self) -> Option<&'c str> {
        let Some(Word::Name(name)) = self.next() else { return None };
        Some(name)
    }

    /// An expression, up to what does not belong to it; `None` for what no built-in template asks.
    pub(super) fn expression(&mut self, writing: &mut Writing<'_>) -> Option<Expression> {
        self.bound(0, writing)
    }

    fn bound(&mut self, least: u8, writing: &mut Writing<'_>) -> Option<Expression> {
        let mut left = self.operand(writing)?;
        loop {
            let (binds, word) = match self.peek() {
                Some(Word::Name(word @ "or")) => (OR, word),
                Some(Word::Name(word @ "and")) => (AND, word),
                Some(Word::Name(word @ "in")) => (IN, word),
                Some(Word::Name("if" | "is" | "not")) => return None,
                Some(Word::Sign(word @ ("==" | "!=" | ">" | "<"))) => (COMPARED, word),
                Some(Word::Sign(word @ ("+" | "-"))) => (SUM, word),
                Some(Word::Sign(word @ "~")) => (JOINED, word),
                Some(Word::Sign(word @ "|")) => (FILTERED, word),
                Some(Word::Sign("<=" | ">=" | "//" | "**" | "*" | "%" | "?")) => return None,
                _ => return Some(left),
            };
            if binds < least {
                return Some(left);
            }
            self.at += 1;
            if word == "|" {
                left = self.filtered(left)?;
                continue;
            }
            let right = self.bound(binds + 1, writing)?;
            let (one, other) = (Box::new(left), Box::new(right));
            left = match word {
                "or" => Expression::Either(one, other),
                "and" => Expression::Both(one, other),
                "in" => Expression::In(one, other),
                "==" => Expression::Equal(one, other),
                "!=" => Expression::Not(Box::new(Expression::Equal(one, other))),
                ">" => Expression::Greater(one, other),
                "<" => Expression::Greater(other, one),
                "+" => Expression::Sum(one, other),
                "-" => Expression::Difference(one, other),
                _ => match *one {
                    Expression::Joined(mut parts) => {
                        parts.push(*other);
                        Expression::Joined(parts)
                    }
                    one => Expression::Joined(vec![one, *other]),
                },
            };
        }
    }

    fn filtered(&mut self, value: Expression) -> Option<Expression> {
        let filter = self.name()?;
        if self.peek() == Some(Word::Sign("(")) {
            return None;
        }
        let value = Box::new(value);
        match filter {
            "said" => Some(Expression::Said(value)),
            "length" => Some(Expression::Length(value)),
            "safe" => Some(Expression::Safe(value)),
            _ => None,
        }
    }

    fn operand(&mut self, writing: &mut Writing<'_>) -> Option<Expression> {
        let operand = match self.next()? {
            Word::Text(text) => Expression::Known(writing.text(text)),
            Word::Number(number) => Expression::Known(Value::Int(number)),
            Word::Name("true") => Expression::Known(Value::Bool(true)),
            Word::Name("false") => Expression::Known(Value::Bool(false)),
            Word::Name("not") => return Some(Expression::Not(Box::new(self.bound(NOT, writing)?))),
            Word::Name("loop") => return self.place(),
            Word::Name("words") => return self.worded(writing),
            Word::Name(name) => self.parts(writing.variable(name), writing)?,
            Word::Sign("(") => {
                let inside = self.expression(writing)?;
                return self.takes(")").then_some(inside);
            }
            Word::Sign("[") => self.list(writing)?,
            Word::Sign("{") => self.map(writing)?,
            Word::Sign(_) => return None,
        };
        Some(operand)
    }

    /// What follows a name: parts of it, and what stands in brackets.
    fn parts(&mut self, mut of: Expression, writing: &mut Writing<'_>) -> Option<Expression> {
        loop {
            if self.takes("[") {
                let key = self.expression(writing)?;
                of = self.takes("]").then(|| Expression::Item(Box::new(of), Box::new(key)))?;
                continue;
            }
            let mut keys = Vec::new();
            while self.takes(".") {
                keys.push(writing.key(self.name()?));
            }
            if keys.is_empty() {
                return Some(of);
            }
            of = match (of, <[Key; 1]>::try_from(keys)) {
                (Expression::Name(name), Ok([key])) => Expression::Part(name, key),
                (of, Ok(keys)) => Expression::Path(Box::new(of), keys.into()),
                (of, Err(keys)) => Expression::Path(Box::new(of), keys.into()),
            };
        }
    }

    fn place(&mut self) -> Option<Expression> {
        let place = match self.takes(".").then(|| self.name())?? {
            "index" => Place::Index,
            "index0" => Place::Index0,
            "first" => Place::First,
            "last" => Place::Last,
            "length" => Place::Length,
            _ => return None,
        };
        Some(Expression::Loop(place))
    }

    /// One of the theme's words: known at once where it is named.
    fn worded(&mut self, writing: &mut Writing<'_>) -> Option<Expression> {
        if self.takes("[") {
            let key = self.expression(writing)?;
            return self.takes("]").then(|| Expression::Words(Box::new(key)));
        }
        let key = self.takes(".").then(|| self.name())??;
        Some(Expression::Known(writing.word(key)?))
    }

    fn list(&mut self, writing: &mut Writing<'_>) -> Option<Expression> {
        let mut items = Vec::new();
        while !self.takes("]") {
            items.push(self.expression(writing)?);
            if !self.takes(",") && self.peek() != Some(Word::Sign("]")) {
                return None;
            }
        }
        let known = items.iter().map(|item| if let Expression::Known(item) = item { Some(*item) } else { None });
        let known: Option<Vec<Value>> = known.collect();
        Some(known.map_or(Expression::List(items), |known| Expression::Known(writing.list(&known))))
    }

    fn map(&mut self, writing: &mut Writing<'_>) -> Option<Expression> {
        let mut pairs = Vec::new();
        while !self.takes("}") {
            let Some(Word::Text(key)) = self.next() else { return None };
            pairs.push(Expression::Known(writing.text(key)));
            self.takes(":").then_some(())?;
            pairs.push(self.expression(writing)?);
            if !self.takes(",") && self.peek() != Some(Word::Sign("}")) {
                return None;
            }
        }
        Some(Expression::Map(pairs))
    }
}
