//! Drafts as bytes: what was parsed of a file, for a later build that finds the same file.
//!
//! Every draft says field by field how it is written, so that one with a new field does not compile before that is said here as
//! well. Places are written by the position of their file among those that the draft was read from: files have other ids in a
//! handbook of other files. What is read may be spoilt, and then it is nothing at all; that it is what it says nobody checks
//! here, so whoever keeps the bytes seals them.

mod maps;
mod nouns;

use std::sync::Arc;

use super::html::Html;
use crate::bytes::{Reader, Writer};
use crate::source::{FileId, Shelf, Span};

/// What can be written as bytes and read again.
pub(crate) trait Pack: Sized {
    /// Writes it.
    fn pack(&self, out: &mut Packer<'_>);

    /// Reads what was written; `None` if it is nothing of the kind.
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;

    /// Hands over the HTML of its running text, in the order in which it is written; of what a file has one of, as others are small.
    fn each_html(&mut self, _: &mut dyn FnMut(&mut Html)) {}
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
    /// The HTML of running text, unless it stands among the texts.
    apart: Option<String>,
    /// Where each of it begins there, with its hash.
    htmls: Vec<(u32, u64)>,
}

/// Something as bytes.
pub(crate) struct Packed {
    /// All of it but what is apart.
    pub(crate) bytes: Vec<u8>,
    /// The HTML of its running text; empty if that is among the bytes.
    pub(crate) apart: String,
    /// Where each of it begins there, with its hash.
    htmls: Vec<(u32, u64)>,
}

impl Packed {
    /// Lets running text go of what was packed, as what is apart stays at a place of a shelf.
    pub(crate) fn send_away<T: Pack>(self, of: &mut T, shelf: &Arc<dyn Shelf>, at: u32) {
        let mut places = self.htmls.into_iter();
        of.each_html(&mut |html| {
            if let Some((place, _)) = places.next().filter(|(_, hash)| *hash == html.hash()) {
                html.send_away(shelf, at + place);
            }
        });
    }
}

/// A shelf, and where what is apart stays on it.
pub(crate) type Place<'s> = (&'s Arc<dyn Shelf>, u32);

/// What is left to read.
pub(crate) struct Unpacker<'b> {
    texts: &'b str,
    rest: Reader<'b>,
    files: &'b [FileId],
    words: &'static [&'static str],
    last: u32,
    /// Where what comes next of running text stays, if that is apart.
    apart: Option<Place<'b>>,
}

/// The bytes that `pack` writes of something that points into these files and into no others; `None` if it points elsewhere.
/// They follow `first` and are sealed. The HTML of running text is among them, or apart.
pub(crate) fn packed(
    files: &[FileId],
    first: &[u8],
    is_apart: bool,
    pack: impl FnOnce(&mut Packer<'_>),
) -> Option<Packed> {
    let apart = is_apart.then(String::new);
    let out = Writer::default();
    let mut packer = Packer { texts: String::new(), out, files, last: 0, failed: false, apart, htmls: Vec::new() };
    pack(&mut packer);
    let Packer { texts, out: values, failed, apart, htmls, .. } = packer;
    let mut out = Writer::new(first);
    out.text(&texts);
    out.bytes(values.as_bytes());
    (!failed).then(|| Packed { bytes: out.sealed(), apart: apart.unwrap_or_default(), htmls })
}

/// What such bytes hold, as it stands in these files; `None` if they are spoilt. `words` are all that prose asks a theme for.
/// `apart` is where the HTML of running text stays, unless it is among the bytes.
pub(crate) fn unpacked<T: Pack>(
    (bytes, apart): (&[u8], Option<Place<'_>>),
    files: &[FileId],
    first: &[u8],
    words: &'static [&'static str],
) -> Option<T> {
    let mut rest = Reader::unsealed(bytes, first)?;
    let texts = rest.text()?;
    let mut from = Unpacker { texts, rest, files, words, last: 0, apart };
    T::unpack(&mut from).filter(|_| from.rest.is_empty() && from.texts.is_empty())
}

/// A struct, field by field: all of them, or it does not compile.
macro_rules! pack_struct {
    ($($noun:ty { $($field:ident),* $(,)? } $(=> $body:ident)?)*) => { $(
        impl $crate::model::pack::Pack for $noun {
            $(fn each_html(&mut self, take: &mut dyn FnMut(&mut $crate::model::html::Html)) {
                $crate::model::pack::Pack::each_html(&mut self.$body, take);
            })?

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

    /// HTML, after its hash.
    pub(super) fn html(&mut self, html: &Html) {
        self.out.number(html.hash());
        let Some(apart) = &mut self.apart else { return self.text(&html.show()) };
        self.htmls.push((apart.len() as u32, html.hash()));
        apart.push_str(&html.show());
        self.small(html.len() as u32);
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

    /// As [`Packer::html`] wrote it.
    pub(super) fn html(&mut self) -> Option<Html> {
        let hash = self.rest.number()?;
        let Some((shelf, at)) = self.apart else { return Some(Html::here(self.text()?, hash)) };
        let length = self.small()?;
        self.apart = Some((shelf, at.checked_add(length)?));
        Some(Html::away(shelf, at, length, hash))
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

impl<T: Pack> Pack for Arc<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        (**self).pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }

    fn each_html(&mut self, take: &mut dyn FnMut(&mut Html)) {
        if let Some(noun) = Self::get_mut(self) {
            noun.each_html(take);
        }
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
