//! Taking a mapping apart, key by key.
//!
//! Asking for a key also declares it: what nobody asked for is unknown, and the keys asked for are what would
//! be valid.

use super::names::tidy;
use super::opened::Opened;
use super::value::{Ledger, Value, map, orphan_key};
use super::yaml::{Entry, FULL_WIDTH, FULL_WIDTH_HELP, Kind};
use crate::diag::{Code, Diagnostic, Report, listed};
use crate::model::kinds::Clock;
use crate::model::{Cadence, Date, Feeling, Lang, List, Local, Named, Text, Words};
use crate::source::{FileId, Span};

/// As many keys as are asked for of most mappings.
const MANY_ASKED: usize = 40;

/// A mapping whose keys are being asked for.
pub(super) struct Fields<'n> {
    span: Span,
    entries: Vec<Option<&'n Entry<'n>>>,
    others: Vec<(Lang, Vec<Option<&'n Entry<'n>>>)>,
    asked: Vec<&'static str>,
    /// Keys that a translation has and the original does not.
    orphans: Vec<(&'static str, Span)>,
    /// The file could not be read: the report has said so, and nothing more is asked of it.
    quiet: bool,
    /// Where texts are noted.
    ledger: Option<&'n Ledger>,
    /// The item whose own keys these are; `None` for a mapping inside it.
    whole: Option<&'n Opened<'n>>,
}

impl<'n> Value<'n> {
    /// The keys of a mapping.
    pub(super) fn fields(&self, report: &mut Report) -> Option<Fields<'n>> {
        let entries = map(self.node, report)?;
        let others =
            self.others.iter().filter_map(|(lang, node)| Some((*lang, map(node, report)?.iter().map(Some).collect())));
        Some(Fields {
            span: self.node.span,
            others: others.collect(),
            entries: entries.iter().map(Some).collect(),
            asked: Vec::with_capacity(MANY_ASKED),
            orphans: Vec::new(),
            quiet: false,
            ledger: self.ledger,
            whole: None,
        })
    }
}

impl<'n> Fields<'n> {
    /// The fields of a file that could not be read: empty, and silent about what is missing.
    pub(super) fn of_unreadable(file: FileId) -> Self {
        Self {
            span: Span::start_of(file),
            entries: vec![],
            others: vec![],
            asked: vec![],
            orphans: vec![],
            quiet: true,
            ledger: None,
            whole: None,
        }
    }

    /// The same as the keys of a whole item, whose texts are told when they have all been read.
    pub(super) fn of_item(self, item: &'n Opened<'n>) -> Self {
        Self { whole: Some(item), ..self }
    }

    /// The mapping's place.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// Whether the file could not be read, so that nobody knows what it gives.
    pub(super) fn are_unread(&self) -> bool {
        self.quiet
    }

    /// The value of a key, with its translations; `None` if it is not given or empty.
    pub(super) fn value(&mut self, key: &'static str) -> Option<Value<'n>> {
        self.asked.push(key);
        let given = take(&mut self.entries, key);
        let given = given.map(|entry| &entry.value).filter(|node| !matches!(node.kind, Kind::Nothing));
        let others = self.others.iter_mut().filter_map(|(lang, entries)| Some((*lang, take(entries, key)?)));
        let others: Vec<_> = others.filter(|(_, entry)| !matches!(entry.value.kind, Kind::Nothing)).collect();
        let Some(node) = given else {
            self.orphans.extend(others.into_iter().map(|(_, entry)| (key, entry.key_span)));
            return None;
        };
        let others = others.into_iter().map(|(lang, entry)| (lang, &entry.value)).collect();
        Some(Value { node, others, ledger: self.ledger })
    }

    /// A value that is no text, and so the same in every language.
    fn fixed(&mut self, key: &'static str, report: &mut Report) -> Option<Value<'n>> {
        for (_, entries) in &mut self.others {
            if key != "id"
                && let Some(entry) = take(entries, key)
            {
                let message = format!("`{key}` is no text, and a translation holds only texts");
                report.push(
                    Diagnostic::new(Code::UntranslatableKey, entry.key_span, message)
                        .help("remove it here: the original's value holds"),
                );
            }
        }
        self.value(key)
    }

    /// Says that a key must be given. `what` says in words what it takes; nothing for a text.
    fn missing(&self, key: &str, what: &str, report: &mut Report) {
        if !self.quiet {
            let span = Span { end: self.span.start, ..self.span };
            let after = if what.is_empty() { String::new() } else { format!(", {what}") };
            let help = format!("add `{key}: …`{after}");
            report.push(Diagnostic::new(Code::MissingKey, span, format!("`{key}` is missing")).help(help));
        }
    }

    /// Says so if a key that must be given is not. `what` as for [`Self::missing`].
    pub(super) fn need(&self, key: &str, what: &str, report: &mut Report) {
        if !self.has(key) {
            self.missing(key, what, report);
        }
    }

    /// The name of something that must be given.
    pub(super) fn need_name<T>(&mut self, key: &'static str, what: &str, report: &mut Report) -> Option<Named<T>> {
        self.need(key, what, report);
        self.name(key, report)
    }

    /// A text.
    pub(super) fn text(&mut self, key: &'static str, report: &mut Report) -> Option<Text> {
        self.value(key)?.text(report)
    }

    /// A text that must be given; `instead` stands in for it otherwise.
    pub(super) fn need_text(&mut self, key: &'static str, instead: &str, report: &mut Report) -> Text {
        let value = self.value(key);
        if value.is_none() {
            self.missing(key, "", report);
        }
        value.and_then(|value| value.text(report)).unwrap_or_else(|| Local::new(Words::new(instead, self.span)))
    }

    /// A list of texts; empty if it is not given.
    pub(super) fn texts(&mut self, key: &'static str, report: &mut Report) -> List<Text> {
        self.items(key, report).iter().filter_map(|item| item.text(report)).collect()
    }

    /// The items of a list; empty if it is not given.
    pub(super) fn items(&mut self, key: &'static str, report: &mut Report) -> Vec<Value<'n>> {
        self.value(key).map_or_else(Vec::new, |value| value.items(report))
    }

    /// A word that is not translated, such as an icon's name.
    pub(super) fn word(&mut self, key: &'static str, report: &mut Report) -> Option<(String, Span)> {
        let value = self.fixed(key, report)?;
        Some((value.scalar("a text", report)?.to_owned(), value.span()))
    }

    /// The name of something.
    pub(super) fn name<T>(&mut self, key: &'static str, report: &mut Report) -> Option<Named<T>> {
        let value = self.fixed(key, report)?;
        Some(Named::new(tidy(value.scalar("a text", report)?), value.span()))
    }

    /// The items of a list that is no text, and so the same in every language.
    pub(super) fn fixed_items(&mut self, key: &'static str, report: &mut Report) -> Vec<Value<'n>> {
        self.fixed(key, report).map_or_else(Vec::new, |value| value.items(report))
    }

    /// A list of names; empty if it is not given.
    pub(super) fn names<T>(&mut self, key: &'static str, report: &mut Report) -> List<Named<T>> {
        let items = self.fixed_items(key, report);
        let named = items.iter().filter_map(|item| Some((item.scalar("a name", report)?, item.span())));
        named.map(|(name, span)| Named::new(tidy(name), span)).collect()
    }

    /// One of a few words; `None` if it is not given or not among them.
    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        all: &[(&'static str, T)],
        report: &mut Report,
    ) -> Option<T> {
        let value = self.fixed(key, report)?;
        let word = value.scalar("a word", report)?;
        let found = all.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            report.push(
                Diagnostic::new(Code::BadChoice, value.span(), format!("`{key}` cannot be `{word}`"))
                    .suggest(word, all.iter().map(|(name, _)| *name))
                    .help(format!("one of {}", listed(all.iter().map(|(name, _)| *name)))),
            );
        }
        found.map(|(_, choice)| *choice)
    }

    /// One of a few words that must be given; the first of them stands in for it otherwise.
    pub(super) fn need_choice<T: Copy>(
        &mut self,
        key: &'static str,
        all: &[(&'static str, T)],
        report: &mut Report,
    ) -> T {
        if !self.has(key) {
            self.missing(key, &format!("one of {}", listed(all.iter().map(|(name, _)| *name))), report);
        }
        self.choice(key, all, report).unwrap_or(all[0].1)
    }

    /// Whether a key is given.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().flatten().any(|entry| entry.key == key && !matches!(entry.value.kind, Kind::Nothing))
    }

    /// Where the value of a key stands; `None` if it is not given or has been taken.
    pub(super) fn place(&self, key: &str) -> Option<Span> {
        self.entries.iter().flatten().find(|entry| entry.key == key).map(|entry| entry.value.span)
    }

    /// Where a key stands; `None` if it is not given.
    pub(super) fn key_place(&self, key: &str) -> Option<Span> {
        let given = |entry: &&&Entry<'_>| entry.key == key && !matches!(entry.value.kind, Kind::Nothing);
        self.entries.iter().flatten().find(given).map(|entry| entry.key_span)
    }

    /// `true` or `false`; `false` if it is not given.
    pub(super) fn flag(&mut self, key: &'static str, report: &mut Report) -> bool {
        self.choice(key, &[("true", true), ("false", false)], report).unwrap_or(false)
    }

    /// `true` or `false`; `true` if it is not given.
    pub(super) fn unless(&mut self, key: &'static str, report: &mut Report) -> bool {
        self.choice(key, &[("true", true), ("false", false)], report).unwrap_or(true)
    }

    /// A whole number in a range; `None` if it is not given or not in it.
    pub(super) fn whole(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
        report: &mut Report,
    ) -> Option<u32> {
        let value = self.fixed(key, report)?;
        let word = value.scalar("a number", report)?;
        let number = word.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!("`{key}` cannot be `{word}`");
            let help = match *range.end() {
                u32::MAX => format!("a whole number from {} up, in digits only", range.start()),
                end => format!("a whole number from {} to {end}, in digits only", range.start()),
            };
            report.push(Diagnostic::new(Code::NumberOutOfRange, value.span(), message).help(help));
        }
        number
    }

    /// A number, with or without decimals.
    pub(super) fn number(&mut self, key: &'static str, report: &mut Report) -> Option<f64> {
        self.fixed(key, report)?.number(report)
    }

    /// How something feels.
    pub(super) fn feeling(&mut self, key: &'static str, report: &mut Report) -> Option<Feeling> {
        let value = self.fixed(key, report)?;
        let word = value.scalar("a number", report)?;
        // Writers paste the minus sign they see on the page.
        let feeling = word.replace('−', "-").parse().ok().and_then(Feeling::new);
        if feeling.is_none() {
            report.push(
                Diagnostic::new(Code::FeelingOutOfRange, value.span(), format!("`{word}` is not a feeling"))
                    .help("a number from -2 (upset) over 0 (neutral) to 2 (delighted)"),
            );
        }
        feeling
    }

    /// A date.
    pub(super) fn date(&mut self, key: &'static str, report: &mut Report) -> Option<Date> {
        let value = self.fixed(key, report)?;
        let word = value.scalar("a date", report)?;
        let date = Date::parse(word);
        if date.is_none() {
            report.push(
                Diagnostic::new(Code::BadDate, value.span(), format!("`{word}` is not a date"))
                    .help("year, month and day, such as `2026-09-12`, or year and month, `2026-09`"),
            );
        }
        date
    }

    /// A time of day.
    pub(super) fn clock(&mut self, key: &'static str, report: &mut Report) -> Option<Clock> {
        let value = self.fixed(key, report)?;
        let word = value.scalar("a time", report)?;
        let clock = Clock::parse(word);
        if clock.is_none() {
            report.push(
                Diagnostic::new(Code::BadTime, value.span(), format!("`{word}` is not a time"))
                    .help("hours and minutes, such as `05:40`, `16:15` or `24:00`"),
            );
        }
        clock
    }

    /// A time until something is due again.
    pub(super) fn cadence(&mut self, key: &'static str, report: &mut Report) -> Option<Cadence> {
        let value = self.fixed(key, report)?;
        let word = value.scalar("a duration", report)?;
        let cadence = Cadence::parse(word);
        if cadence.is_none() {
            report.push(
                Diagnostic::new(Code::BadDuration, value.span(), format!("`{word}` is not a duration"))
                    .help("a number and a unit, such as `6 months`, `2 weeks`, `14 days` or `1 year`"),
            );
        }
        cadence
    }

    /// Says which keys nobody asked for.
    pub(super) fn finish(self, report: &mut Report) {
        let others = self.others.into_iter().flat_map(|(_, entries)| entries);
        for entry in self.entries.into_iter().chain(others).flatten() {
            let message = format!("there is no `{}` here", entry.key);
            let diagnostic = Diagnostic::new(Code::UnknownKey, entry.key_span, message);
            // In braces `title：Mei` is a key without a value.
            let diagnostic = match entry.key.split_once(FULL_WIDTH) {
                Some((key, _)) if self.asked.contains(&key.trim_end()) => diagnostic.help(FULL_WIDTH_HELP),
                _ => diagnostic.suggest(&entry.key, self.asked.iter().copied()),
            };
            // The list is long: whoever gets a suggestion is not made to read it.
            report.push(match diagnostic.help.is_empty() {
                true => diagnostic.help(format!("one of {}", listed(self.asked.iter().copied()))),
                false => diagnostic,
            });
        }
        if !self.quiet {
            self.orphans.into_iter().for_each(|(key, span)| report.push(orphan_key(key, span)));
        }
        if let Some(item) = self.whole {
            item.tell(report);
        }
    }
}

fn take<'n>(entries: &mut [Option<&'n Entry<'n>>], key: &str) -> Option<&'n Entry<'n>> {
    entries.iter_mut().find(|entry| entry.is_some_and(|entry| entry.key == key))?.take()
}
