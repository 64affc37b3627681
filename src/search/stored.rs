//! A part of an index as bytes, for a later build that finds that it would make just this one.

use super::part::{Part, Posting};
use super::{Facet, FacetKind};
use crate::bytes::{Reader, Writer};

impl Part {
    /// It, as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        for numbers in [&self.pages, &self.texts] {
            out.small(numbers.len() as u32);
            numbers.iter().for_each(|number| out.small(*number));
        }
        out.small(self.facets.len() as u32);
        for (facet, count) in &self.facets {
            out.byte(FacetKind::ALL.iter().position(|(_, by)| *by == facet.by).unwrap_or_default() as u8);
            out.text(&facet.id);
            out.text(&facet.title);
            out.small(*count);
        }
        // Texts stand together, so that whoever reads them makes sure only once that they are texts.
        let (tokens, packed) = self.texts_of_tokens();
        out.text(tokens);
        out.text(packed);
        out.small(self.postings().len() as u32);
        for Posting { token, first, weight, last, rest } in self.postings() {
            out.small(token.len() as u32);
            out.small(rest.len() as u32);
            out.small(first << 2 | weight);
            out.small(last - first);
        }
        out.into_bytes()
    }

    /// It, from its bytes; `None` if these are nothing of the sort.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = Reader::new(bytes);
        let mut numbers = || (0..rest.count()?).map(|_| rest.small()).collect::<Option<_>>();
        let mut part = Self::default();
        (part.pages, part.texts) = (numbers()?, numbers()?);
        for _ in 0..rest.count()? {
            let (_, by) = *FacetKind::ALL.get(usize::from(rest.byte()?))?;
            let facet = Facet { by, id: rest.text()?.to_owned(), title: rest.text()?.to_owned() };
            part.facets.insert(facet, rest.small()?);
        }
        let sections = part.texts.len() as u32;
        let (tokens, packed, count) = (rest.text()?, rest.text()?, rest.count()?);
        part.hold(tokens, packed, count);
        for _ in 0..count {
            let (token, others) = (rest.small()?, rest.small()?);
            let (first, further) = (rest.small()?, rest.small()?);
            let last = (first >> 2).checked_add(further).filter(|last| *last < sections)?;
            part.cut((token, others), (first >> 2, first & 3), last)?;
        }
        let whole = part.is_cut();
        let all = part.pages.iter().map(|sections| u64::from(*sections)).sum::<u64>();
        (rest.is_empty() && whole && all == u64::from(sections)).then_some(part)
    }
}
