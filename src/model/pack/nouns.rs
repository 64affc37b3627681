//! What is not a map, as bytes.

use super::{Pack, Packer, Unpacker, pack_all, pack_enum, pack_struct};
use crate::diag::{Code, Severity};
use crate::model::{
    Alias, Answer, Behaviour, Better, Block, Cadence, Channel, ChannelUse, Course, Date, Draft, Fact, Feeling, Guide,
    Heading, Hole, Id, Importance, Insight, InsightKind, Item, Lang, Lesson, List, MapExcerpt, Metric, MetricKind,
    Named, NamedReference, Noun, OldPlace, Opportunity, OpportunityStatus, Persona, Quiz, Quote, Rare, Reading,
    ReferenceKind, Review, RuleLevel, StageSet, Table, Team, Term, Touchpoint, TouchpointKind, TouchpointStatus,
    Walked, Walkthrough, Words,
};
use crate::original::{Missing, Original, Stamp, Translation};
use crate::path::SitePath;
use crate::source::Span;

pack_struct! {
    Item<Draft> {
        name, file, translations, unread, draft, aliases, title, summary, owner, review, tags, checks,
    }
    Alias { place, span }
    Review { reviewed, reviewed_at, by, every }
    Cadence { months, days }
    RuleLevel { rule, span, level, reason }
    Heading { level, id, text }
    MapExcerpt<Draft> { map, stages, lanes, caption }
    Quiz { question, answers }
    Answer { text, correct, why }
    NamedReference { kind, name, span, anchor }
    Persona<Draft> {
        item, role, quote, facts, goals, frustrations, behaviours, channels, say, avoid, portrait, body,
    } => body
    Fact { label, value }
    Behaviour { from, to, at }
    ChannelUse<Draft> { channel, use_level, often, feels }
    Quote<Draft> { text, note, insights }
    Touchpoint<Draft> { item, channel, kind, status, importance, promise, insights, body } => body
    Importance { customer, organisation }
    Channel { name, span, title, icon, summary }
    Team<Draft> { name, span, title, lead, contact, part_of, summary }
    Term<Draft> { name, span, title, definition, also, link, body }
    Insight<Draft> { item, kind, date, date_at, sample, sample_at, who, source, url, quotes }
    Opportunity<Draft> { item, impact, effort, status, due, done, outcome, metrics, insights }
    Metric<Draft> {
        item, kind, unit, definition, better, baseline, target, target_date, source, insights, readings,
    }
    Reading { date, value, note, span }
    Course<Draft> { item, audience, objectives, icon, lessons }
    Lesson<Draft> { item, course, minutes, objectives, body } => body
    Guide<Draft> { item, listed, body } => body
    Walkthrough<Draft> { item, map, date, walker, walked_as, steps }
    Walked<Draft> { step, span, feels, feeling, note, obstacles, minutes }
    Original { file, texts, hash, translations }
    Translation { language, file, missing, first_missing, from }
    Missing { span, line, text }
    Stamp { hash, span }
    StageSet { name, span, stages }
}

pack_enum! {
    OldPlace { 0 Id(id), 1 Address(address) }
    Hole<Draft> { 0 Address(to), 1 Title(of), 2 Block(block), 3 Word(word), 4 Term(term) }
    Block<Draft> { 0 Map(excerpt), 1 Quiz(quiz) }
    ReferenceKind {
        0 Persona, 1 Map, 2 Touchpoint, 3 Channel, 4 Insight, 5 Opportunity, 6 Metric, 7 Team, 8 Course, 9 Lesson,
        10 Walkthrough, 11 Term, 12 File, 13 Here,
    }
    TouchpointKind { 0 Digital, 1 Human, 2 Physical }
    TouchpointStatus { 0 Planned, 1 Live, 2 Retired }
    InsightKind { 0 Interview, 1 Survey, 2 Analytics, 3 Review, 4 Observation }
    OpportunityStatus { 0 Idea, 1 Planned, 2 Doing, 3 Done, 4 Dropped }
    MetricKind { 0 Nps, 1 Csat, 2 Ces, 3 Rate, 4 Duration, 5 Count, 6 Money }
    Better { 0 Higher, 1 Lower }
    Severity { 0 Error, 1 Warning, 2 Note }
}

impl Pack for Words {
    fn pack(&self, out: &mut Packer<'_>) {
        out.text(&self.text);
        self.span.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self::new(from.text()?, Span::unpack(from)?))
    }
}

impl Pack for Lang {
    fn pack(&self, out: &mut Packer<'_>) {
        self.index().pack(out);
        let fallbacks: Vec<usize> = self.fallbacks().filter(|other| *other != 0).collect();
        fallbacks.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self::at(usize::unpack(from)?).falling_back_to(&Vec::unpack(from)?))
    }
}

impl Pack for Date {
    fn pack(&self, out: &mut Packer<'_>) {
        out.small(self.number());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.small().map(Self::from_number)
    }
}

impl Pack for Feeling {
    fn pack(&self, out: &mut Packer<'_>) {
        out.small((self.value() * 100.0 + 200.0).round() as u32);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::new((f64::from(from.small()?) - 200.0) / 100.0)
    }
}

impl Pack for Code {
    fn pack(&self, out: &mut Packer<'_>) {
        out.text(self.name());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let name = from.text()?;
        Self::ALL.iter().find(|code| code.name() == name).copied()
    }
}

impl Pack for SitePath {
    fn pack(&self, out: &mut Packer<'_>) {
        out.text(self.as_str());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::new(from.text()?)
    }
}

impl<T> Pack for Named<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        out.text(&self.name);
        self.span.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self::new(from.text()?, Span::unpack(from)?))
    }
}

impl<T> Pack for Id<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        self.index().pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        usize::unpack(from).map(Self::at)
    }
}

impl<T: Pack> Pack for List<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        pack_all(self, out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Vec::unpack(from).map(Self::from)
    }
}

impl<T: Pack> Pack for Rare<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        out.byte(self.is_some().into());
        self.iter().for_each(|value| value.pack(out));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Option::unpack(from).map(Self::from)
    }
}

impl<T: Pack + Noun> Pack for Table<T> {
    fn pack(&self, out: &mut Packer<'_>) {
        self.is_unread().pack(out);
        out.small(self.len() as u32);
        self.shared().iter().for_each(|noun| noun.pack(out));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (unread, nouns) = (bool::unpack(from)?, Vec::<T>::unpack(from)?);
        Some(if unread { Self::of_unread() } else { Self::new(nouns) })
    }
}
