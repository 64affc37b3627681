//! A long file is the same whether its things are made or copied from the file that lies there.

use std::cell::Cell;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::model::Reads;
use journeybook::path::SitePath;
use journeybook::render::{Entry, Known, Sink, Things};

/// A file in the making, and the one that lies there.
struct Desk<'o> {
    new: Vec<u8>,
    old: &'o [u8],
    /// How many bytes were copied, and at how many times.
    copied: (u64, usize),
}

impl Write for Desk<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.new.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Desk<'_> {
    fn copy(&mut self, place: Range<u64>) -> io::Result<()> {
        self.copied = (self.copied.0 + place.end - place.start, self.copied.1 + 1);
        self.new.extend_from_slice(&self.old[place.start as usize..place.end as usize]);
        Ok(())
    }
}

#[test]
fn what_is_copied_is_what_would_be_made() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    let (site, _) = compile(&journeybook::disk::discover(&example, &[]).unwrap());
    let path = SitePath::new("handbook.json").unwrap();
    let Some(Ok(Entry::Bytes(whole))) = site.read(&path) else { panic!("there is no such file") };
    let (long, digests) = (site.long(&path).unwrap(), site.digests(None));
    let write = |things: Option<&Things>, is_same: &dyn Fn(&Reads) -> bool| {
        let mut desk = Desk { new: Vec::new(), old: &whole, copied: (0, 0) };
        let known = things.map(|things| Known { things, is_same });
        let made = long.write_copying(&mut desk, &digests, known).unwrap();
        assert!(desk.new == *whole);
        (made, desk.copied)
    };
    let (things, copied) = write(None, &|_| true);
    assert_eq!(copied, (0, 0));
    let (again, (bytes, times)) = write(Some(&things), &|_| true);
    // A stretch for each list.
    assert!(bytes * 2 > whole.len() as u64 && times <= 6, "{bytes} of {} bytes, {times} times", whole.len());
    assert_eq!(again, things);
    for every in [2, 3, 7] {
        let turn = Cell::new(0);
        let (again, (_, times)) = write(Some(&things), &|_| turn.replace(turn.get() + 1) % every != 0);
        assert!(again == things && times > 6, "{times} times");
    }
    // These are the things of no file.
    assert_eq!(write(Some(&Things::default()), &|_| true), (things, (0, 0)));
}
