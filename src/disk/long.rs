//! A long file on its way to the disk, beside the one of an earlier build, from which it may copy.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use crate::render::Sink;

/// A file in the making, and the one that lies there, if anything may be copied from it.
#[derive(Debug)]
pub(super) struct LongFile {
    pub(super) new: File,
    pub(super) old: Option<File>,
}

impl Write for LongFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.new.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.new.flush()
    }
}

impl Sink for LongFile {
    fn copy(&mut self, place: Range<u64>) -> io::Result<()> {
        let mut old = self.old.as_ref().ok_or(io::ErrorKind::NotFound)?;
        old.seek(SeekFrom::Start(place.start))?;
        // The system copies it without showing it to us, where it can.
        let length = place.end - place.start;
        let copied = io::copy(&mut old.take(length), &mut &self.new)?;
        if copied == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}
