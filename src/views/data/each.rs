//! A list whose things are made one after the other while it is written: ten thousand maps as data would fill the memory.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::model::{Id, Marks, Table};
use crate::views::here::Here;

/// The things of a table, in order; shown and told to a schema as a list of them.
#[derive(Debug, Clone, Copy)]
pub struct Each<'a, T> {
    here: Here<'a>,
    count: usize,
    numbers: Marks,
    make: fn(&Here<'a>, usize) -> T,
}

impl<'a, T> Each<'a, T> {
    /// A thing for each noun of a table, made by its place.
    pub(super) fn of<N>(here: &Here<'a>, table: &Table<N>, make: fn(&Here<'a>, usize) -> T) -> Self {
        Self { here: *here, count: table.len(), numbers: table.nouns(), make }
    }
}

/// The id at a place of a table.
pub(super) fn at<N: 'static>(place: usize) -> Id<N> {
    Id::at(place)
}

/// Equal lists are made of the same nouns.
impl<T: PartialEq> PartialEq for Each<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count
            && (0..self.count).all(|at| (self.make)(&self.here, at) == (other.make)(&other.here, at))
    }
}

impl<T: Serialize> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.count).map(|at| Listed(Thing { each: self, at })))
    }
}

/// What a thing of such a list is called where it is written, with the number of its noun: whoever writes may copy an earlier one
/// instead, and it is never made then.
pub const THING: &str = "thing of a list";

/// A thing that says what it is.
struct Listed<'e, 'a, T>(Thing<'e, 'a, T>);

impl<T: Serialize> Serialize for Listed<'_, '_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_variant(THING, self.0.each.numbers.number(self.0.at), THING, &self.0)
    }
}

/// A thing that is made when it is written.
struct Thing<'e, 'a, T> {
    each: &'e Each<'a, T>,
    at: usize,
}

impl<T: Serialize> Serialize for Thing<'_, '_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.each.make)(&self.each.here, self.at).serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Each<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

impl<T> super::Nothing for Each<'_, T> {
    fn is_nothing(&self) -> bool {
        self.count == 0
    }
}
