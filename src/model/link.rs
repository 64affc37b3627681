//! A link before and after it meets its target.
//!
//! Every noun is written once, over the state of its links: `JourneyMap<Draft>` is what parsing gives,
//! with links that are still names; `JourneyMap` (that is, `JourneyMap<Linked>`) is what linking gives.
//! Only `resolve` makes an [`Id`], so looking one up cannot fail.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::num::NonZero;
use std::ops::Range;
use std::sync::Arc;

use super::named::kind;
use super::prose::{NamedReference, Reference};
use super::reads::{Marks, NO_NUMBER, note};
use crate::hash::place;
use crate::source::Span;

/// The state of a noun's links: [`Draft`] or [`Linked`].
pub trait State: fmt::Debug + Clone + PartialEq + Hash + 'static {
    /// A link to a `T`.
    type Link<T: 'static>: fmt::Debug + Clone + PartialEq + Hash;
    /// A link of any kind, from running text. Boxed, so that a piece of prose has one size before
    /// and after linking, and a list of them is linked in place.
    type Reference: fmt::Debug + Clone + PartialEq + Hash;
}

/// Links are names, as the author wrote them.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Draft {}

/// Links have met their targets. A link that met none is gone, and the report says so.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Linked {}

impl State for Draft {
    type Link<T: 'static> = Named<T>;
    type Reference = Box<NamedReference>;
}

impl State for Linked {
    type Link<T: 'static> = Id<T>;
    /// `None` where the target is not there.
    type Reference = Option<Box<Reference>>;
}

/// A link as the author wrote it: a name, and where it stands.
pub struct Named<T> {
    /// The name.
    pub name: Box<str>,
    /// Where it stands.
    pub span: Span,
    kind: PhantomData<fn() -> T>,
}

/// A link that has met its target: an index into a [`Table`]. That it is missing takes no more room.
pub struct Id<T> {
    /// The index, plus one.
    number: NonZero<u32>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Named<T> {
    /// The link written as `name` at `span`.
    pub fn new(name: impl Into<Box<str>>, span: Span) -> Self {
        Self { name: name.into(), span, kind: PhantomData }
    }
}

impl<T> Id<T> {
    /// The id of the noun at this position: for `resolve`, where nouns are found without a table.
    pub(crate) fn at(index: usize) -> Self {
        Self { number: NonZero::<u32>::MIN.saturating_add(index as u32), kind: PhantomData }
    }

    /// The position of the target in its table, from 0.
    pub fn index(self) -> usize {
        self.number.get() as usize - 1
    }
}

// By hand, because a derive would ask the same of `T`, which is never there.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number.cmp(&other.number)
    }
}
impl<T: 'static> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        place(kind::<T>(), self.number.get() - 1, state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.index())
    }
}
impl<T> Clone for Named<T> {
    fn clone(&self) -> Self {
        Self::new(self.name.clone(), self.span)
    }
}
impl<T> PartialEq for Named<T> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.span == other.span
    }
}
impl<T> Hash for Named<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.name, self.span).hash(state);
    }
}
impl<T> fmt::Debug for Named<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Named({:?})", self.name)
    }
}

/// Something with a name of its own among its kind.
pub trait Noun {
    /// The name, such as `first-time-buyer`.
    fn name(&self) -> &str;
    /// Where it is defined.
    fn span(&self) -> Span;
}

/// What is derived about every noun: who uses it.
pub(super) const USES: u32 = 0;
/// About a map: how others see it.
pub(super) const OUTLINE: u32 = 1;
/// What lists count of it.
pub(super) const COUNTS: u32 = 2;

/// All nouns of one kind, in their order, found by name or by [`Id`].
///
/// Nouns are shared: one that did not change from build to build is the same noun in both. The `T` of an `Id<T>` is always the linked noun: a table of drafts hands out the ids its linked twin
/// will answer to.
#[derive(Debug)]
pub struct Table<T> {
    items: Vec<Arc<T>>,
    /// The positions of the nouns in the order of their names; of two with one name the first comes first.
    by_name: Vec<u32>,
    unread: bool,
    /// The number in the handbook under which it is noted that it was read which nouns there are. Those of the nouns follow, then
    /// those of what is derived about each of them.
    number: u32,
    /// What each noun was made of, in short; 0 where nobody knows. Empty if nobody knows of any.
    made_of: Vec<u64>,
}

// By hand, because a derive would ask the same of `T`, which is shared.
impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), by_name: self.by_name.clone(), made_of: self.made_of.clone(), ..*self }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        let (items, by_name, made_of) = (Vec::new(), Vec::new(), Vec::new());
        Self { items, by_name, unread: false, number: NO_NUMBER, made_of }
    }
}

// By hand, because the numbers say nothing about what stands there.
impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items && self.unread == other.unread
    }
}

impl<T: Hash> Hash for Table<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.items, self.unread).hash(state);
    }
}

impl<T: Noun> Table<T> {
    /// A table of these nouns in this order. Of two with the same name the first is the one found by it.
    pub fn new(items: impl IntoIterator<Item: Into<Arc<T>>>) -> Self {
        let items: Vec<Arc<T>> = items.into_iter().map(Into::into).collect();
        let mut by_name: Vec<u32> = (0..items.len() as u32).collect();
        by_name.sort_by(|&one, &two| items[one as usize].name().cmp(items[two as usize].name()));
        Self { items, by_name, ..Self::default() }
    }

    /// The id of the noun called `name`.
    pub fn id<L: 'static>(&self, name: &str) -> Option<Id<L>> {
        self.note_all_names();
        self.position(name).map(|index| Id::at(index as usize))
    }

    /// The noun called `name`.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.note_all_names();
        self.position(name).map(|index| self.at(index as usize))
    }

    fn position(&self, name: &str) -> Option<u32> {
        let at = self.by_name.partition_point(|&index| self.items[index as usize].name() < name);
        self.by_name.get(at).copied().filter(|&index| self.items[index as usize].name() == name)
    }

    /// Of each noun, in order, whether it is the one that is found by its name.
    pub(crate) fn are_first(&self) -> Vec<bool> {
        let mut first = vec![true; self.items.len()];
        let name = |index: u32| self.items[index as usize].name();
        for two in self.by_name.windows(2).filter(|two| name(two[0]) == name(two[1])) {
            first[two[1] as usize] = false;
        }
        first
    }

    /// Every name, in the order of the nouns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.note_all_names();
        self.items.iter().map(|item| item.name())
    }

    /// Every name in alphabetical order, with the position of its noun.
    pub(super) fn sorted_names(&self) -> impl Iterator<Item = (usize, &str)> {
        self.by_name.iter().map(|&index| (index as usize, self.items[index as usize].name()))
    }
}

impl<T> Table<T> {
    /// The table of a file that could not be read: empty, though nobody knows what it should hold.
    pub fn of_unread() -> Self {
        Self { unread: true, ..Self::default() }
    }

    /// Whether its file could not be read, so that a name that is missing here may well be there.
    pub fn is_unread(&self) -> bool {
        self.unread
    }

    /// Every noun, in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.note_all_names();
        Iter { table: self, rest: 0..self.items.len() }
    }

    /// Every noun, in order, to be shared.
    pub fn shared(&self) -> &[Arc<T>] {
        self.note_all_names();
        (0..self.items.len()).for_each(|index| self.note(index));
        &self.items
    }

    /// A noun by its position. That it is read is noted.
    fn at(&self, index: usize) -> &T {
        self.note(index);
        &self.items[index]
    }

    #[inline]
    fn note(&self, index: usize) {
        note(self.number.saturating_add(1 + index as u32));
    }

    /// Notes that it is read which nouns there are, and in which order.
    #[inline]
    fn note_all_names(&self) {
        note(self.number);
    }

    /// Numbers the table from `number` on: itself, its nouns, and as often as said what is derived about each of them. Gives the
    /// number after the last.
    pub(super) fn number(&mut self, number: u32, derived: u32) -> u32 {
        self.number = number;
        number + 1 + (1 + derived) * self.items.len() as u32
    }

    /// Under which number it is noted that something is read that is derived about a noun; `what` tells what of that, from 0.
    fn derived(&self, what: u32) -> Marks {
        Marks::from(self.number.saturating_add(1 + (1 + what) * self.items.len() as u32))
    }

    /// The numbers of its nouns.
    pub fn nouns(&self) -> Marks {
        Marks::from(self.number.saturating_add(1))
    }

    /// Notes that it is read who uses a noun.
    pub fn uses(&self) -> Marks {
        self.derived(USES)
    }

    /// The same table, of which it is known what each noun was made of.
    #[must_use]
    pub(crate) fn with_origins(self, made_of: Vec<u64>) -> Self {
        Self { made_of, ..self }
    }

    /// What each noun was made of, in short; 0 where nobody knows. Empty if nobody knows of any.
    pub(crate) fn origins(&self) -> &[u64] {
        &self.made_of
    }

    /// A noun of which no more is read than its outline, which alone is noted.
    pub(super) fn outlined(&self, id: Id<T>) -> &T {
        self.derived(OUTLINE).note(id.index());
        &self.items[id.index()]
    }

    /// Whether it is that of the maps, about which more is derived than about others.
    pub(super) fn is_of_maps(&self) -> bool
    where
        T: 'static,
    {
        kind::<T>() == kind::<super::JourneyMap>()
    }

    /// Notes that it is read what lists count of a map.
    pub fn counts(&self) -> Marks {
        self.derived(COUNTS)
    }

    /// Every id, in order; no noun is read.
    pub fn ids(&self) -> impl Iterator<Item = Id<T>> + use<T> {
        self.note_all_names();
        (0..self.items.len()).map(Id::at)
    }

    /// Every id with its noun, in order.
    pub fn entries(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.iter().enumerate().map(|(index, item)| (Id::at(index), item))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.note_all_names();
        self.items.len()
    }

    /// Whether there are none. Nothing is noted: that is part of what all pages rest on.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The same table with its nouns turned into others, under the same ids and names. `turn` gives as many as it gets, in
    /// their order.
    pub fn map<U>(self, turn: impl FnOnce(Vec<Arc<T>>) -> Vec<Arc<U>>) -> Table<U> {
        let Self { items, by_name, unread, number, made_of } = self;
        Table { items: turn(items), by_name, unread, number, made_of }
    }
}

/// Every noun of a table, in order.
#[derive(Debug)]
pub struct Iter<'a, T> {
    table: &'a Table<T>,
    rest: Range<usize>,
}

// By hand, because a derive would ask the same of `T`.
impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self { table: self.table, rest: self.rest.clone() }
    }
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.rest.next().map(|index| self.table.at(index))
    }

    /// What is passed over is not read.
    fn nth(&mut self, further: usize) -> Option<&'a T> {
        self.rest.nth(further).map(|index| self.table.at(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl<T> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rest.next_back().map(|index| self.table.at(index))
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}

impl<T> IntoIterator for Table<T> {
    type Item = Arc<T>;
    type IntoIter = std::vec::IntoIter<Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<T> std::ops::Index<Id<T>> for Table<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        self.at(id.index())
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
