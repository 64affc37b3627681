//! Lays out a view: what it says of itself by `Serialize` becomes [`Values`].

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    Serializer,
};

use super::super::unfit::Unfit;
use super::values::{Run, Value, Values, of_shape, run};

/// Lays out what is the next to be laid out.
pub(super) struct Layer<'v>(pub &'v mut Values);

/// Numbers that are whole.
macro_rules! whole {
    ($($name:ident: $kind:ty),+) => {
        $(fn $name(self, number: $kind) -> Result<Value, Unfit> {
            i64::try_from(number).map(Value::Int).map_err(Unfit::custom)
        })+
    };
}

impl<'v> Serializer for Layer<'v> {
    type Ok = Value;
    type Error = Unfit;
    type SerializeSeq = Items<'v>;
    type SerializeTuple = Items<'v>;
    type SerializeTupleStruct = Items<'v>;
    type SerializeTupleVariant = Impossible<Value, Unfit>;
    type SerializeMap = Items<'v>;
    type SerializeStruct = Fields<'v>;
    type SerializeStructVariant = Impossible<Value, Unfit>;

    whole!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64);
    whole!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);

    fn serialize_bool(self, is: bool) -> Result<Value, Unfit> {
        Ok(Value::Bool(is))
    }

    fn serialize_f32(self, number: f32) -> Result<Value, Unfit> {
        Ok(Value::Float(f64::from(number)))
    }

    fn serialize_f64(self, number: f64) -> Result<Value, Unfit> {
        Ok(Value::Float(number))
    }

    fn serialize_char(self, sign: char) -> Result<Value, Unfit> {
        self.serialize_str(sign.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<Value, Unfit> {
        Ok(Value::Text(self.0.text(text)))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, Unfit> {
        Err(Unfit)
    }

    fn serialize_none(self) -> Result<Value, Unfit> {
        Ok(Value::None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unfit> {
        Ok(Value::None)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unfit> {
        Ok(Value::None)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Unfit> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Unfit> {
        let mut map = self.serialize_map(Some(1))?;
        map.serialize_entry(variant, value)?;
        SerializeMap::end(map)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'v>, Unfit> {
        Ok(Items::new(self.0, length))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items<'v>, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items<'v>, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        Err(Unfit)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Items<'v>, Unfit> {
        self.serialize_seq(length.map(|pairs| 2 * pairs))
    }

    fn serialize_struct(self, name: &'static str, fields: usize) -> Result<Fields<'v>, Unfit> {
        let guess = self.0.guess(name, fields);
        let at = self.0.room(fields);
        Ok(Fields { values: self.0, at, next: 0, name, fields, guess, keys: Vec::new() })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        Err(Unfit)
    }
}

/// The items of a list, or the keys and the values of a map.
pub(super) struct Items<'v> {
    values: &'v mut Values,
    /// Where they stand and how many have room there, if that is known; otherwise where they begin among the open ones.
    place: Result<(usize, usize), usize>,
    /// How many there are so far.
    count: usize,
}

impl<'v> Items<'v> {
    fn new(values: &'v mut Values, length: Option<usize>) -> Self {
        let place = length.map(|length| (values.room(length), length)).ok_or(values.open());
        Self { values, place, count: 0 }
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        let value = value.serialize(Layer(self.values))?;
        match self.place {
            Ok((at, length)) if self.count < length => self.values.put(at + self.count, value),
            Ok(_) => return Err(Unfit),
            Err(_) => self.values.push(value),
        }
        self.count += 1;
        Ok(())
    }

    fn close(self) -> Run {
        match self.place {
            Ok((at, _)) => run(at, at + self.count),
            Err(from) => self.values.close(from),
        }
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.push(value)
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::List(self.close()))
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.push(value)
    }

    fn end(self) -> Result<Value, Unfit> {
        SerializeSeq::end(self)
    }
}

impl SerializeTupleStruct for Items<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.push(value)
    }

    fn end(self) -> Result<Value, Unfit> {
        SerializeSeq::end(self)
    }
}

impl SerializeMap for Items<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        self.push(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.push(value)
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::Pairs(self.close()))
    }
}

/// The fields of a struct. All structs of a name mostly have the same: their keys are written down only the first time.
pub(super) struct Fields<'v> {
    values: &'v mut Values,
    /// Where they stand.
    at: usize,
    /// How many there are so far.
    next: usize,
    name: &'static str,
    /// How many there will be.
    fields: usize,
    /// The shape that it seems to have, as long as it does.
    guess: Option<u32>,
    /// The keys so far, where there is no guess.
    keys: Vec<&'static str>,
}

impl SerializeStruct for Fields<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unfit> {
        let field = self.next;
        if field == self.fields {
            return Err(Unfit);
        }
        if let Some(guess) = self.guess {
            let is_it = |known: &str| std::ptr::eq(known, key) || known == key;
            if !self.values.key(guess, field).is_some_and(is_it) {
                self.keys = self.known_keys(guess);
                self.guess = None;
            }
        }
        if self.guess.is_none() {
            self.keys.push(key);
        }
        let value = value.serialize(Layer(self.values))?;
        self.values.put(self.at + field, value);
        self.next = field + 1;
        Ok(())
    }

    fn end(self) -> Result<Value, Unfit> {
        let guess = self.guess.filter(|guess| self.values.width(*guess) == self.next);
        let shape = guess.unwrap_or_else(|| {
            let keys = self.guess.map_or_else(|| self.keys.clone(), |guess| self.known_keys(guess));
            self.values.shape(self.name, self.fields, keys)
        });
        Ok(of_shape(self.at, shape))
    }
}

impl Fields<'_> {
    /// The keys so far, which are those of a shape.
    fn known_keys(&self, shape: u32) -> Vec<&'static str> {
        (0..self.next).filter_map(|field| self.values.key(shape, field)).collect()
    }
}
