//! JSON as programs read it and people still can: a key of the file and a thing of a list begin a line, nothing is indented.
//!
//! Most of an indented file would be spaces: the deeper a map, the more of them. So a change to one step is a change to one
//! line, `grep` finds it, and nobody downloads, writes or keeps the spaces.
//!
//! Such files are a tenth of a site, and nearly all of them are keys and texts that need few escapes. Those are written
//! here; numbers by `serde_json`.

mod parts;

use std::io;
use std::ops::Range;

use serde::ser::{Impossible, Serialize, SerializeMap, Serializer};

use parts::Parts;

use super::long::Sink;
use super::things::Parting;
use super::unfit::Unfit;
use crate::model::watch;
use crate::scan::Signs;
use crate::views::data::{Data, THING};

/// How much is handed on at a time, in bytes.
const CHUNK: usize = 1 << 16;

/// Writes data as it is made, in pieces of some size: `out` needs no buffer of its own. With `parting`, things of its long lists are
/// copied that would be written just so; it is given back with all there are.
///
/// # Errors
/// Those of `out`, and one if the data has something that no data has.
pub(super) fn write<'k>(
    data: &Data<'_>,
    out: &mut dyn Sink,
    parting: Option<Parting<'k>>,
) -> io::Result<Option<Parting<'k>>> {
    let mut writer = Writer { parting, ..Writer::new(CHUNK + CHUNK / 4, Some(out)) };
    let written = data.write_into(&mut writer);
    writer.bytes.push(b'\n');
    writer.hand_on();
    writer.failed.map_or(Ok(()), Err)?;
    written.map_err(io::Error::other)?;
    Ok(writer.parting)
}

/// Data as a whole file.
pub(super) fn bytes(data: &Data<'_>) -> Vec<u8> {
    let mut writer = Writer::new(1 << 13, None);
    let written = data.write_into(&mut writer);
    if let Err(error) = written {
        panic!("bug: {error}");
    }
    writer.bytes.push(b'\n');
    writer.bytes
}

/// What a text in JSON cannot hold as it is.
const ESCAPED: Signs<2> = Signs::new(*b"\"\\").and_below_space();

/// Writes a text with its quotation marks.
pub(super) fn write_text(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, begun) = rest.split_at(ESCAPED.before(rest));
        out.extend_from_slice(plain);
        let Some((&sign, behind)) = begun.split_first() else { break };
        match sign {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', sign]),
            control => out.extend_from_slice(format!("\\u{control:04x}").as_bytes()),
        }
        rest = behind;
    }
    out.push(b'"');
}

/// A file in the making.
struct Writer<'o, 'k> {
    bytes: Vec<u8>,
    /// Where they go, many short pieces as few long ones; nowhere if they are wanted as a whole.
    out: Option<&'o mut dyn Sink>,
    /// Why they could not be handed on.
    failed: Option<io::Error>,
    /// How many objects and lists are open.
    depth: usize,
    /// Whether a thing of a list begins here.
    thing: bool,
    /// The things of long lists, if somebody asks for them.
    parting: Option<Parting<'k>>,
    /// What is to be copied before the bytes.
    stretch: Option<Range<u64>>,
    /// How many bytes come before those in hand.
    before: u64,
}

impl<'o, 'k> Writer<'o, 'k> {
    fn new(room: usize, out: Option<&'o mut dyn Sink>) -> Self {
        let bytes = Vec::with_capacity(room);
        Self { bytes, out, failed: None, depth: 0, thing: false, parting: None, stretch: None, before: 0 }
    }

    /// Hands on what there is so far.
    fn hand_on(&mut self) {
        let Some(out) = &mut self.out else { return };
        let stretch = self.stretch.take();
        if self.failed.is_none() {
            let copied = stretch.map_or(Ok(()), |stretch| out.copy(stretch));
            self.failed = copied.and_then(|()| out.write_all(&self.bytes)).err();
        }
        self.before += self.bytes.len() as u64;
        self.bytes.clear();
    }

    /// How many bytes there are so far.
    fn length(&self) -> u64 {
        self.before + self.bytes.len() as u64
    }

    /// Writes the thing of a noun, by its number, or copies it if it stands in the file that lies there.
    fn parted(&mut self, noun: u32, thing: &(impl Serialize + ?Sized)) -> Result<(), Unfit> {
        let begin = self.length();
        if let Some((place, reads)) = self.parting.as_mut().and_then(|parting| parting.find(noun)) {
            self.copy(place);
            let place = begin..self.length();
            self.parting.iter_mut().for_each(|parting| parting.add(noun, place.clone(), &reads));
            return Ok(());
        }
        let (written, reads) = watch(|| thing.serialize(&mut *self));
        written?;
        let place = begin..self.length();
        self.parting.iter_mut().for_each(|parting| parting.add_made(noun, place.clone(), reads.clone()));
        Ok(())
    }

    fn copy(&mut self, place: Range<u64>) {
        let length = place.end - place.start;
        match &mut self.stretch {
            // Of two things in a row the comma between them is copied too.
            Some(stretch) if self.bytes == b"," && stretch.end + 1 == place.start => {
                stretch.end = place.end;
                self.bytes.clear();
                self.before += 1;
            }
            _ => {
                self.hand_on();
                self.stretch = Some(place);
            }
        }
        self.before += length;
    }

    /// Begins a list.
    fn open_list(&mut self) {
        self.depth += 1;
        self.bytes.push(b'[');
    }

    /// Begins an object, on a line of its own if it is a thing of a list.
    fn open_object(&mut self) {
        self.depth += 1;
        if std::mem::take(&mut self.thing) {
            self.bytes.push(b'\n');
        }
        self.bytes.push(b'{');
    }

    /// Begins a key of an object; not if what was before could not be handed on.
    fn key(&mut self, first: bool) -> Result<(), Unfit> {
        if !first {
            self.bytes.push(b',');
        }
        if self.depth == 1 {
            self.bytes.push(b'\n');
        }
        if self.bytes.len() >= CHUNK {
            self.hand_on();
        }
        if self.failed.is_some() { Err(Unfit) } else { Ok(()) }
    }

    /// Writes a number as `serde_json` does.
    fn number(&mut self, value: impl Serialize) {
        if let Err(error) = serde_json::to_writer(&mut self.bytes, &value) {
            panic!("bug: memory cannot be written to: {error}");
        }
    }
}

/// Numbers, as `serde_json` writes them.
macro_rules! numbers {
    ($($name:ident: $kind:ty),+) => {
        $(fn $name(self, number: $kind) -> Result<(), Unfit> {
            self.number(number);
            Ok(())
        })+
    };
}

impl<'w, 'o, 'k> Serializer for &'w mut Writer<'o, 'k> {
    type Ok = ();
    type Error = Unfit;
    type SerializeSeq = Parts<'w, 'o, 'k>;
    type SerializeTuple = Parts<'w, 'o, 'k>;
    type SerializeTupleStruct = Parts<'w, 'o, 'k>;
    type SerializeTupleVariant = Impossible<(), Unfit>;
    type SerializeMap = Parts<'w, 'o, 'k>;
    type SerializeStruct = Parts<'w, 'o, 'k>;
    type SerializeStructVariant = Impossible<(), Unfit>;

    numbers!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64);
    numbers!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);
    numbers!(serialize_f32: f32, serialize_f64: f64);

    fn serialize_bool(self, is: bool) -> Result<(), Unfit> {
        self.bytes.extend_from_slice(if is { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_char(self, sign: char) -> Result<(), Unfit> {
        self.serialize_str(sign.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Unfit> {
        write_text(text, &mut self.bytes);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unfit> {
        Err(Unfit)
    }

    fn serialize_none(self) -> Result<(), Unfit> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unfit> {
        self.bytes.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unfit> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unfit> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        number: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        if name == THING {
            return if self.parting.is_some() { self.parted(number, value) } else { value.serialize(self) };
        }
        let mut object = self.serialize_map(Some(1))?;
        object.serialize_entry(variant, value)?;
        SerializeMap::end(object)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'w, 'o, 'k>, Unfit> {
        self.open_list();
        Ok(Parts { writer: self, first: true })
    }

    fn serialize_tuple(self, length: usize) -> Result<Parts<'w, 'o, 'k>, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Parts<'w, 'o, 'k>, Unfit> {
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

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'w, 'o, 'k>, Unfit> {
        self.open_object();
        Ok(Parts { writer: self, first: true })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Parts<'w, 'o, 'k>, Unfit> {
        self.serialize_map(Some(length))
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

#[cfg(test)]
mod tests {
    //! What no handbook of the tests says: every escape, numbers of all sorts, lists within lists.

    use serde_json::{Value, json};

    use super::*;

    impl Sink for Vec<u8> {
        fn copy(&mut self, _: Range<u64>) -> io::Result<()> {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let odd: String = (0..0x100).filter_map(char::from_u32).collect();
        let data = json!({
            "odd": odd, "plain": "a text", "中文": "接触点", "empty": ["", [], {}, null],
            "numbers": [0, -1, u64::MAX, i64::MIN, 0.5, -0.0, 1e300],
            "lists": [[1, [2, {"a\"b": [true, {"c": false}]}]], [{"d": {"e": {}}}]],
        });
        let mut out = Vec::new();
        let mut writer = Writer::new(0, Some(&mut out));
        assert!(data.serialize(&mut writer).is_ok());
        writer.hand_on();
        assert_eq!(serde_json::from_slice::<Value>(&out).ok(), Some(data));
        let lines = String::from_utf8(out).unwrap_or_default();
        // Each key of the file begins a line, and each object that is a thing of a list.
        assert_eq!(lines.lines().count(), 1 + 6 + 4 + 1, "{lines}");
    }

    #[test]
    fn a_text_is_written_as_every_other_program_would() {
        let odd: String = (0..0x100).filter_map(char::from_u32).chain("接触点\u{2028}😀".chars()).collect();
        for from in odd.char_indices().map(|(at, _)| at) {
            let mut out = Vec::new();
            write_text(&odd[from..], &mut out);
            assert_eq!(String::from_utf8(out).ok(), serde_json::to_string(&odd[from..]).ok());
        }
    }

    #[test]
    fn it_is_told_why_nothing_can_be_handed_on() {
        struct Full;
        impl io::Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        impl Sink for Full {
            fn copy(&mut self, _: Range<u64>) -> io::Result<()> {
                Ok(())
            }
        }
        let rows = vec![vec!["a cell".into(); 1000]; 100];
        let error = write(&Data::Table(crate::views::data::Table { rows }), &mut Full, None).err();
        assert_eq!(error.map(|error| error.kind()), Some(io::ErrorKind::StorageFull));
    }
}
