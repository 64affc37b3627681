//! Works out what a template asks for: looks it up in a page's view, compares it, puts it together.

use super::expression::{Expression, Key, Place};
use super::show::{Bound, Failed, Shower, Shown};
use super::values::{Run, Value};

impl<'p> Shower<'p> {
    /// Whether something is anything at all.
    #[inline(always)]
    pub(super) fn is(&mut self, what: &'p Expression) -> Shown<bool> {
        match self.part(what) {
            Some(part) => Ok(self.is_any(part)),
            None => self.is_otherwise(what),
        }
    }

    /// The same of what is not simply found.
    #[inline(never)]
    fn is_otherwise(&mut self, what: &'p Expression) -> Shown<bool> {
        Ok(match what {
            Expression::Not(what) => !self.is(what)?,
            Expression::Both(one, other) => self.is(one)? && self.is(other)?,
            Expression::Either(one, other) => self.is(one)? || self.is(other)?,
            Expression::Equal(one, other) => {
                let one = self.work_out(one)?;
                let other = self.work_out(other)?;
                self.are_equal(one, other)?
            }
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
    #[inline(always)]
    pub(super) fn work_out(&mut self, what: &'p Expression) -> Shown<Value> {
        match self.part(what) {
            Some(part) => Ok(part),
            None => self.follow(what),
        }
    }

    /// What a part of a variable is, where it is found as it was the last time.
    #[inline(always)]
    pub(super) fn part(&self, what: &'p Expression) -> Option<Value> {
        let Expression::Part(name, key) = what else { return None };
        let Bound { value, depth } = self.variables[*name as usize];
        if depth == self.depth { self.values.known_part(value, key.place) } else { None }
    }

    /// What an expression is: follows the way to a part.
    #[inline(never)]
    fn follow(&mut self, what: &'p Expression) -> Shown<Value> {
        let (of, keys): (_, &'p [Key]) = match what {
            Expression::Part(name, key) => {
                return match self.variable(*name) {
                    Value::Undefined => Err(Failed),
                    of => Ok(self.values.part(of, &key.name, key.place)),
                };
            }
            Expression::Path(of, keys) => (&**of, keys),
            what => (what, &[]),
        };
        let mut value = match of {
            Expression::Known(known) => *known,
            Expression::Root(root) => self.roots[*root as usize],
            Expression::Name(name) => self.variable(*name),
            of => self.put_together(of)?,
        };
        // Only the last may be missing.
        for key in keys {
            if matches!(value, Value::Undefined) {
                return Err(Failed);
            }
            value = self.values.part(value, &key.name, key.place);
        }
        Ok(value)
    }

    /// All else.
    #[inline(never)]
    fn put_together(&mut self, what: &'p Expression) -> Shown<Value> {
        Ok(match what {
            Expression::Known(_)
            | Expression::Root(_)
            | Expression::Name(_)
            | Expression::Part(..)
            | Expression::Path(..) => self.follow(what)?,
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
        let bytes = |text: Run| self.values.bytes(text);
        match (one, other) {
            (Value::Text(one) | Value::Safe(one), Value::Text(other) | Value::Safe(other)) => {
                Ok(bytes(one) == bytes(other))
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
