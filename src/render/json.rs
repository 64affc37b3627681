//! JSON as programs read it and people still can: a key of the file and a thing of a list begin a line, nothing is indented.
//!
//! Most of an indented file would be spaces: the deeper a map, the more of them. So a change to one step is a change to one
//! line, `grep` finds it, and nobody downloads, writes or keeps the spaces.

use std::io::{self, Write};

use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::views::data::Data;

/// How much is handed on at a time, in bytes.
const CHUNK: usize = 1 << 16;

/// Writes data as it is made, in pieces of some size: `out` needs no buffer of its own.
pub(super) fn write(data: &Data<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut chunks = Chunks { bytes: Vec::with_capacity(CHUNK + CHUNK / 4), out: Some(out) };
    data.write_into(&mut Serializer::with_formatter(&mut chunks, Lines::default()))?;
    chunks.bytes.push(b'\n');
    chunks.flush()
}

/// Data as a whole file.
pub(super) fn bytes(data: &Data<'_>) -> Vec<u8> {
    let mut chunks = Chunks { bytes: Vec::with_capacity(1 << 13), out: None };
    // Writing to memory fails only for keys that are no strings, and every key is the name of a field.
    let _ = data.write_into(&mut Serializer::with_formatter(&mut chunks, Lines::default()));
    chunks.bytes.push(b'\n');
    chunks.bytes
}

/// Bytes on their way: many short pieces into few long ones.
struct Chunks<'o> {
    bytes: Vec<u8>,
    out: Option<&'o mut dyn Write>,
}

impl Write for Chunks<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() < CHUNK || self.out.is_none() { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Some(out) = &mut self.out {
            out.write_all(&self.bytes)?;
            self.bytes.clear();
        }
        Ok(())
    }
}

/// Where a line begins.
#[derive(Debug, Default)]
struct Lines {
    /// How many objects and lists are open.
    depth: usize,
    /// Whether a thing of a list begins here.
    thing: bool,
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.thing = true;
        if first { Ok(()) } else { out.write_all(b",") }
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.thing = false;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        let thing = std::mem::take(&mut self.thing);
        out.write_all(if thing { b"\n{" } else { b"{" })
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(if self.depth == 0 { b"\n}" } else { b"}" })
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(match (self.depth, first) {
            (1, true) => b"\n",
            (1, false) => b",\n",
            (_, true) => b"",
            (_, false) => b",",
        })
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b":")
    }
}
