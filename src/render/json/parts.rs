//! What stands between the things of a list and between the keys of an object.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct};

use super::{Unfit, Writer};

/// The things of a list, or the keys and the values of an object.
pub(super) struct Parts<'w, 'o, 'k> {
    pub(super) writer: &'w mut Writer<'o, 'k>,
    /// Whether there is none yet.
    pub(super) first: bool,
}

impl Parts<'_, '_, '_> {
    fn thing<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        if !std::mem::take(&mut self.first) {
            self.writer.bytes.push(b',');
        }
        self.writer.thing = true;
        value.serialize(&mut *self.writer)?;
        self.writer.thing = false;
        Ok(())
    }

    fn end_list(self) {
        self.writer.depth -= 1;
        self.writer.bytes.push(b']');
    }

    fn end_object(self) {
        self.writer.depth -= 1;
        self.writer.bytes.extend_from_slice(if self.writer.depth == 0 { b"\n}" } else { b"}" });
    }
}

impl SerializeSeq for Parts<'_, '_, '_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.thing(value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.end_list();
        Ok(())
    }
}

impl SerializeTuple for Parts<'_, '_, '_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.thing(value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.end_list();
        Ok(())
    }
}

impl SerializeTupleStruct for Parts<'_, '_, '_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.thing(value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.end_list();
        Ok(())
    }
}

impl SerializeMap for Parts<'_, '_, '_> {
    type Ok = ();
    type Error = Unfit;

    /// Every key is the name of a field.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        self.writer.key(std::mem::take(&mut self.first))?;
        key.serialize(&mut *self.writer)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.writer.bytes.push(b':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Unfit> {
        self.end_object();
        Ok(())
    }
}

impl SerializeStruct for Parts<'_, '_, '_> {
    type Ok = ();
    type Error = Unfit;

    /// No field's name holds anything to escape.
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unfit> {
        self.writer.key(std::mem::take(&mut self.first))?;
        self.writer.bytes.push(b'"');
        self.writer.bytes.extend_from_slice(key.as_bytes());
        self.writer.bytes.extend_from_slice(b"\":");
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Unfit> {
        self.end_object();
        Ok(())
    }
}
