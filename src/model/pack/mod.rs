//! Drafts as bytes: what was parsed of a file, for a later build that finds the same file.
//!
//! Every draft says field by field how it is written, so that one with a new field does not compile before that is said here as
//! well. Places are written by the position of their file among those that the draft was read from: files have other ids in a
//! handbook of other files. What is read may be spoilt, and then it is nothing at all; that it is what it says nobody checks
//! here, so whoever keeps the bytes seals them.

mod maps;
mod nouns;

use crate::bytes::{Reader, Writer};
use crate::source::{FileId, Span};

/// What can be written as bytes and read again.
pub(crate) trait Pack: Sized {
    /// Writes it.
    fn pack(&self, out: &mut Packer<'_>);

    /// Reads what was written; `None` if it is nothing of the kind.
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

/// Bytes in the making.
///
/// Texts stand together before everything else, so that whoever reads them makes sure only once that they are texts.
pub(crate) struct Packer<'f> {
    texts: String,
    out: Writer,
    files: &'f [FileId],
    last: u32,
    failed: bool,
}

/// What is left to read.
pub(crate) struct Unpacker<'b> {
    texts: &'b str,
    rest: Reader<'b>,
    files: &'b [FileId],
    words: &'static [&'static str],
    last: u32,
}

/// The bytes that `pack` writes of something that points into these files and into no others; `None` if it points elsewhere.
/// They follow `first` and are sealed.
pub(crate) fn packed(files: &[FileId], first: &[u8], pack: impl FnOnce(&mut Packer<'_>)) -> Option<Vec<u8>> {
    let mut packer = Packer { texts: String::new(), out: Writer::default(), files, last: 0, failed: false };
    pack(&mut packer);
    let Packer { texts, out: values, failed, .. } = packer;
    let mut out = Writer::new(first);
    out.text(&texts);
    out.bytes(values.as_bytes());
    (!failed).then(|| out.sealed())
}

/// What such bytes hold, as it stands in these files; `None` if they are spoilt. `words` are all that prose asks a theme for.
pub(crate) fn unpacked<T: Pack>(
    bytes: &[u8],
    files: &[FileId],
    first: &[u8],
    words: &'static [&'static str],
) -> Option<T> {
    let mut rest = Reader::unsealed(bytes, first)?;
    let texts = rest.text()?;
    let mut from = Unpacker { texts, rest, files, words, last: 0 };
    T::unpack(&mut from).filter(|_| from.rest.is_empty() && from.texts.is_empty())
}

/// A struct, field by field: all of them, or it does not compile.
macro_rules! pack_struct {
    ($($noun:ty { $($field:ident),* $(,)? })*) => { $(
        impl $crate::model::pack::Pack for $noun {
            fn pack(&self, out: &mut $crate::model::pack::Packer<'_>) {
                let Self { $($field),* } = self;
                $($crate::model::pack::Pack::pack($field, out);)*
            }

            fn unpack(from: &mut $crate::model::pack::Unpacker<'_>) -> Option<Self> {
                Some(Self { $($field: $crate::model::pack::Pack::unpack(from)?),* })
            }
        }
    )* };
}

/// An enum, variant by variant, each with its byte.
macro_rules! pack_enum {
    ($($noun:ty { $($byte:literal $variant:ident $(($($field:ident),+))?),* $(,)? })*) => { $(
        impl $crate::model::pack::Pack for $noun {
            fn pack(&self, out: &mut $crate::model::pack::Packer<'_>) {
                match self {
                    $(Self::$variant $(($($field),+))? => {
                        out.byte($byte);
                        $($($crate::model::pack::Pack::pack($field, out);)+)?
                    })*
                }
            }

            fn unpack(from: &mut $crate::model::pack::Unpacker<'_>) -> Option<Self> {
                Some(match from.byte()? {
                    $($byte => Self::$variant $(($({
                        let $field = $crate::model::pack::Pack::unpack(from)?;
                        $field
                    }),+))?,)*
                    _ => return None,
                })
            }
        }
    )* };
}

pub(in crate::model) use {pack_enum, pack_struct};

impl Packer<'_> {
    /// A number that is mostly small.
    #[inline]
    pub(crate) fn small(&mut self, number: u32) {
        self.out.small(number);
    }

    /// A byte.
    #[inline]
    pub(crate) fn byte(&mut self, byte: u8) {
        self.out.byte(byte);
    }

    /// A text.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) {
        self.small(text.len() as u32);
        self.texts.push_str(text);
    }

    /// A file, by its position among those that are pointed into, from 1; 0 for none.
    fn file(&mut self, file: FileId) {
        let at = match file == Span::NOWHERE.file {
            true => 0,
            false => self.files.iter().position(|known| *known == file).map_or(0, |at| at as u32 + 1),
        };
        self.failed |= at == 0 && file != Span::NOWHERE.file;
        self.small(at);
    }
}

impl<'b> Unpacker<'b> {
    /// As [`Packer::small`] wrote it.
    #[inline]
    pub(crate) fn small(&mut self) -> Option<u32> {
        self.rest.small()
    }

    /// As [`Packer::byte`] wrote it.
    #[inline]
    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.rest.byte()
    }

    /// As [`Packer::text`] wrote it.
    #[inline]
    pub(crate) fn text(&mut self) -> Option<&'b str> {
        let length = self.small()? as usize;
        let (text, texts) = self.texts.split_at_checked(length)?;
        self.texts = texts;
        Some(text)
    }

    fn file(&mut self) -> Option<FileId> {
        match self.small()? {
            0 => Some(Span::NOWHERE.file),
            at => self.files.get(at as usize - 1).copied(),
        }
    }
}

/// Places follow one another mostly: how far each begins behind the one before, forward or backward.
impl Pack for Span {
    fn pack(&self, out: &mut Packer<'_>) {
        out.file(self.file);
        let step = self.start.wrapping_sub(out.last) as i32;
        out.small(((step << 1) ^ (step >> 31)) as u32);
        out.small(self.end.wrapping_sub(self.start));
        out.last = self.start;
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let file = from.file()?;
        let step = from.small()?;
        let start = from.last.wrapping_add((step >> 1) ^ (step & 1).wrapping_neg());
        from.last = start;
        Some(Self { file, start, end: start.wrapping_add(from.small()?) })
    }
}

impl Pack for FileId {
    fn pack(&self, out: &mut Packer<'_>) {
        out.file(*self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.file()
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut Packer<'_>) {
        out.byte((*self).into());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(from.byte()? == 1)
    }
}

/// Numbers that are mostly small.
macro_rules! pack_numbers {
    ($($number:ty),*) => { $(
        impl Pack for $number {
            fn pack(&self, out: &mut Packer<'_>) {
                out.small(*self as u32);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                from.small()?.try_into().ok()
            }
        }
    )* };
}

// Counts and positions, of texts of at most 16 MiB.
pack_numbers!(u8, u16, u32, usize);

impl Pack for f64 {
    fn pack(&self, out: &mut Packer<'_>) {
        out.out.number(self.to_bits());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.rest.number().map(Self::from_bits)
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Packer<'_>) {
        out.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.text().map(Self::from)
    }
}

impl Pack for Box<str> {
    fn pack(&self, out: &mut Packer<'_>) {
        out.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.text().map(Self::from)
    }
}

/// A word that prose asks a theme for, of those that there are.
impl Pack for &'static str {
    fn pack(&self, out: &mut Packer<'_>) {
        out.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let word = from.text()?;
        from.words.iter().find(|known| **known == word).copied()
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        out.byte(self.is_some().into());
        self.iter().for_each(|value| value.pack(out));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.byte()? {
            0 => Some(None),
            1 => T::unpack(from).map(Some),
            _ => None,
        }
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        (**self).pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

impl<T: Pack> Pack for std::sync::Arc<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        (**self).pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Packer<'_>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

/// Things in a row, after their number.
pub(crate) fn pack_all<T: Pack>(things: &[T], out: &mut Packer<'_>) {
    out.small(things.len() as u32);
    things.iter().for_each(|thing| thing.pack(out));
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        pack_all(self, out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        // A thing takes at least a byte: what is no such number asks for no memory.
        let count = from.rest.count()?;
        let mut things = Self::with_capacity(count);
        for _ in 0..count {
            things.push(T::unpack(from)?);
        }
        Some(things)
    }
}
