//! A page's view laid out flat: every text in one string, every value in one list, and both used again for the next page.
//!
//! To make a value of each field and to drop them all again would cost more than to show them. What is the same on every
//! page stands first and stays.

use crate::hash::HashMap;

/// What a template may look up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    /// What there is not.
    Undefined,
    /// What may be, and is not.
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// A text, which is not markup.
    Text(Run),
    /// A text that is markup.
    Safe(Run),
    /// Values in order.
    List(Run),
    /// Values by the keys of a shape.
    Struct {
        at: u32,
        shape: u32,
    },
    /// Keys and values in turn; the length counts both.
    Pairs(Run),
}

/// A part of the texts or of the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    at: u32,
    len: u32,
}

impl Run {
    /// Whether there is nothing in it.
    pub(super) fn is_empty(self) -> bool {
        self.len == 0
    }

    /// How many there are in it.
    pub(super) fn len(self) -> usize {
        self.len as usize
    }

    /// The place behind it.
    fn end(self) -> usize {
        self.at as usize + self.len as usize
    }

    fn of(from: usize, to: usize) -> Self {
        let at = u32::try_from(from).unwrap_or_else(|_| panic!("bug: a page of four gigabytes"));
        Self { at, len: (to - from) as u32 }
    }
}

/// The values of a page, and those that are the same on every page.
#[derive(Debug, Default)]
pub(super) struct Values {
    texts: String,
    items: Vec<Value>,
    /// The keys of the structs seen so far.
    shapes: Vec<Vec<&'static str>>,
    /// The shapes by the struct's name, where it stands in memory, and by how many fields it has.
    known: HashMap<(usize, usize), u32>,
    /// Parts of lists whose length nobody knows before.
    open: Vec<Value>,
    /// For each place that asks for a part: in which shape it was found last, and where.
    found: Vec<(u32, u32)>,
    /// How much is the same on every page: of the texts, and of the items.
    kept: (usize, usize),
}

/// More than this is not kept from page to page, in bytes.
const KEPT_BYTES: usize = 4 << 20;

impl Values {
    /// The same before the values of every page, with so many places that will ask for parts.
    pub(super) fn before(self, places: u32) -> Self {
        let mut before = Self { found: vec![(u32::MAX, 0); places as usize], ..self };
        before.keep();
        before
    }

    /// The same values once more, for a page of its own.
    pub(super) fn copied(&self) -> Self {
        let (texts, items, found) = (self.texts.clone(), self.items.clone(), self.found.clone());
        Self { texts, items, found, kept: self.kept, ..Self::default() }
    }

    /// What there is now stays for every page.
    pub(super) fn keep(&mut self) {
        self.kept = (self.texts.len(), self.items.len());
    }

    /// Forgets what is not the same on every page.
    pub(super) fn clear(&mut self) {
        self.texts.truncate(self.kept.0);
        self.items.truncate(self.kept.1);
        self.open.clear();
        if self.texts.capacity() > KEPT_BYTES {
            self.texts.shrink_to(KEPT_BYTES);
            self.items.shrink_to(KEPT_BYTES / size_of::<Value>());
        }
    }

    /// A text.
    pub(super) fn text(&mut self, text: &str) -> Run {
        let from = self.texts.len();
        self.texts.push_str(text);
        Run::of(from, self.texts.len())
    }

    /// What a text says.
    #[inline]
    pub(super) fn str(&self, text: Run) -> &str {
        &self.texts[text.at as usize..text.end()]
    }

    /// The same as bytes: nobody has to look where its characters end.
    #[inline]
    pub(super) fn bytes(&self, text: Run) -> &[u8] {
        &self.texts.as_bytes()[text.at as usize..text.end()]
    }

    /// All texts from this one on: it is the beginning of them.
    #[inline]
    pub(super) fn from(&self, text: Run) -> &[u8] {
        &self.texts.as_bytes()[text.at as usize..]
    }

    /// The values of a list.
    #[inline]
    pub(super) fn items(&self, list: Run) -> &[Value] {
        &self.items[list.at as usize..list.end()]
    }

    /// One value of a list; nothing behind its end.
    pub(super) fn item(&self, list: Run, index: usize) -> Value {
        self.items(list).get(index).copied().unwrap_or(Value::Undefined)
    }

    /// How many values a struct has.
    pub(super) fn width(&self, shape: u32) -> usize {
        self.shapes[shape as usize].len()
    }

    /// A part of something, by its name: nothing if it has no such part. `place` is the place that asks.
    #[inline]
    pub(super) fn part(&mut self, of: Value, name: &str, place: u32) -> Value {
        self.known_part(of, place).unwrap_or_else(|| self.find(of, name, place))
    }

    /// The same, if it is of the shape in which the place found it last.
    #[inline(always)]
    pub(super) fn known_part(&self, of: Value, place: u32) -> Option<Value> {
        let Value::Struct { at, shape } = of else { return None };
        let (known, offset) = self.found[place as usize];
        (known == shape).then(|| self.items[at as usize + offset as usize])
    }

    /// The same where another shape was found last, or what has no shape.
    #[cold]
    fn find(&mut self, of: Value, name: &str, place: u32) -> Value {
        let Value::Struct { at, shape } = of else { return self.named(of, name) };
        let Some(offset) = self.shapes[shape as usize].iter().position(|key| *key == name) else {
            return Value::Undefined;
        };
        self.found[place as usize] = (shape, offset as u32);
        self.items[at as usize + offset]
    }

    /// The same for a name that is not known before.
    pub(super) fn named(&self, of: Value, name: &str) -> Value {
        match of {
            Value::Struct { at, shape } => {
                let place = self.shapes[shape as usize].iter().position(|key| *key == name);
                place.map_or(Value::Undefined, |offset| self.items[at as usize + offset])
            }
            Value::Pairs(pairs) => {
                let is_it = |pair: &&[Value]| matches!(pair[0], Value::Text(key) if self.str(key) == name);
                self.items(pairs).chunks_exact(2).find(is_it).map_or(Value::Undefined, |pair| pair[1])
            }
            _ => Value::Undefined,
        }
    }

    /// Values as a list.
    pub(super) fn list(&mut self, items: impl Iterator<Item = Value>) -> Run {
        let from = self.items.len();
        self.items.extend(items);
        Run::of(from, self.items.len())
    }

    /// Room for so many values side by side: where it begins.
    #[inline]
    pub(super) fn room(&mut self, count: usize) -> usize {
        let at = self.items.len();
        self.items.resize(at + count, Value::Undefined);
        at
    }

    /// Puts a value where there is room for it.
    #[inline]
    pub(super) fn put(&mut self, at: usize, value: Value) {
        self.items[at] = value;
    }

    /// How many parts are open.
    pub(super) fn open(&self) -> usize {
        self.open.len()
    }

    /// One more open part.
    pub(super) fn push(&mut self, value: Value) {
        self.open.push(value);
    }

    /// The open parts from the one of this number on, side by side.
    pub(super) fn close(&mut self, from: usize) -> Run {
        let at = self.items.len();
        self.items.extend_from_slice(&self.open[from..]);
        self.open.truncate(from);
        Run::of(at, self.items.len())
    }

    /// The shape that the structs of this name had before, with so many fields.
    pub(super) fn guess(&self, name: &'static str, fields: usize) -> Option<u32> {
        self.known.get(&(name.as_ptr() as usize, fields)).copied()
    }

    /// The key of a shape's field.
    #[inline]
    pub(super) fn key(&self, shape: u32, field: usize) -> Option<&'static str> {
        self.shapes[shape as usize].get(field).copied()
    }

    /// The shape with these keys, which the structs of this name have.
    pub(super) fn shape(&mut self, name: &'static str, fields: usize, keys: Vec<&'static str>) -> u32 {
        let known = self.shapes.iter().position(|shape| *shape == keys);
        let shape = known.unwrap_or_else(|| {
            self.shapes.push(keys);
            self.shapes.len() - 1
        }) as u32;
        self.known.insert((name.as_ptr() as usize, fields), shape);
        shape
    }
}

/// The values from `at` to before `to`.
pub(super) fn run(at: usize, to: usize) -> Run {
    Run::of(at, to)
}

/// A struct whose fields begin at `at`.
pub(super) fn of_shape(at: usize, shape: u32) -> Value {
    Value::Struct { at: Run::of(at, at).at, shape }
}
