//! The theme's own words in one language: a key, a text with `{name}` holes, a form for each plural.
//!
//! What a page says of itself (“Moment of truth”, “14 interviews”) is made here and nowhere else, so that a
//! language is one file and a sentence keeps its own order of words. Authors' texts are no words of the theme.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::plural::Plural;
use crate::hash::HashMap;
use crate::model::{Cadence, Date, Feeling};

/// One entry: its forms by name (`one`, `other`); an entry without plurals has only `other`.
pub type Entry = (String, Vec<(String, String)>);

/// The forms of an entry: the general one, and the others by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Forms {
    other: Option<String>,
    named: Vec<(String, String)>,
}

/// Every word of a theme in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    tag: String,
    /// Each word with its forms, and how the language it is in counts.
    table: HashMap<String, (Plural, Forms)>,
}

impl Words {
    /// The words of the language `tag`, from layers of which a later one wins over an earlier; each comes with the tag of the
    /// language that it is in.
    pub fn new<'t>(tag: &str, layers: impl IntoIterator<Item = (&'t str, Vec<Entry>)>) -> Self {
        let mut table = HashMap::default();
        for (language, entries) in layers {
            let plural = Plural::of(language);
            table.extend(entries.into_iter().map(|(key, forms)| (key, (plural, Forms::of(forms)))));
        }
        Self { tag: tag.to_owned(), table }
    }

    /// The language, as a BCP 47 tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The text of `key`, in its general form; the key itself if no layer knows it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.table.get(key).and_then(|(_, forms)| forms.other.as_deref()).unwrap_or(key)
    }

    /// The same; `None` if no layer knows it, or only in forms that count.
    pub fn general(&self, key: &str) -> Option<&str> {
        self.table.get(key)?.1.other.as_deref()
    }

    /// Whether any layer knows `key`.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The text of `key`, with its holes filled.
    pub fn fill(&self, key: &str, holes: &[(&str, &str)]) -> String {
        fill(self.get(key), holes)
    }

    /// The text of `key` for `count` things; the hole `{n}` takes the count.
    pub fn count(&self, key: &str, count: usize) -> String {
        let known = self.table.get(key);
        let form = known.and_then(|(plural, forms)| forms.named(plural.form(count)));
        let text = form.unwrap_or_else(|| self.get(key));
        fill(text, &[("n", &self.figure(count as f64))])
    }

    /// The same of a part: the hole `{all}` takes the number of them all.
    pub fn count_of(&self, key: &str, count: usize, all: usize) -> String {
        fill(&self.count(key, count), &[("all", &self.figure(all as f64))])
    }

    /// Several texts as one enumeration.
    pub fn list<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> String {
        let comma = self.get("comma");
        let mut list = String::with_capacity(48);
        for (at, text) in texts.into_iter().enumerate() {
            list.push_str(if at > 0 { comma } else { "" });
            list.push_str(text);
        }
        list
    }

    /// A day or a month, as people write it.
    pub fn date(&self, date: Date) -> String {
        let (year, month) = (date.year().to_string(), format!("month_{}", date.month()));
        let day = date.day().map(|day| day.to_string());
        let key = if day.is_some() { "date_day" } else { "date_month" };
        self.fill(key, &[("day", day.as_deref().unwrap_or("")), ("month", self.get(&month)), ("year", &year)])
    }

    /// How often something is: “every 6 months”, in the largest whole unit.
    pub fn cadence(&self, every: Cadence) -> String {
        let (count, key) = match (every.months, every.days) {
            (0, days) if days % 7 == 0 => (days / 7, "every_weeks"),
            (0, days) => (days, "every_days"),
            (months, _) if months % 12 == 0 => (months / 12, "every_years"),
            (months, _) => (months, "every_months"),
        };
        self.count(key, usize::from(count))
    }

    /// A number with at most two decimals and its thousands apart; a real minus sign.
    pub fn figure(&self, value: f64) -> String {
        // Most figures are small and whole.
        if value.fract() == 0.0 && value.abs() < 1000.0 {
            let whole = (value.abs() as u16).to_string();
            return if value < 0.0 { format!("\u{2212}{whole}") } else { whole };
        }
        let rounded = format!("{:.2}", value.abs());
        let rounded = rounded.trim_end_matches('0').trim_end_matches('.');
        let (whole, decimals) = rounded.split_once('.').map_or((rounded, None), |(a, b)| (a, Some(b)));
        let mut text = String::with_capacity(rounded.len() + 4);
        if value < 0.0 && rounded != "0" {
            text.push('\u{2212}');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push_str(self.get("thousands"));
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push_str(self.get("decimal"));
            text.push_str(decimals);
        }
        text
    }

    /// A feeling with its sign and at most one decimal: `+1`, `0`, `−1.5`.
    pub fn feeling(&self, feeling: Feeling) -> Cow<'static, str> {
        let tenths = (feeling.value() * 10.0).round() / 10.0;
        // Nearly all are whole.
        let whole = [(-2.0, "\u{2212}2"), (-1.0, "\u{2212}1"), (0.0, "0"), (1.0, "+1"), (2.0, "+2")];
        if let Some((_, text)) = whole.iter().find(|(value, _)| *value == tenths) {
            return Cow::Borrowed(*text);
        }
        let sign = if tenths > 0.0 { "+" } else { "\u{2212}" };
        let parts = (tenths.abs() * 10.0).round() as u32;
        let digit = |number: u32| ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"][number as usize % 10];
        [sign, digit(parts / 10), self.get("decimal"), digit(parts)].concat().into()
    }
}

impl Forms {
    fn of(mut forms: Vec<(String, String)>) -> Self {
        let other = forms.iter().position(|(name, _)| name == "other").map(|at| forms.remove(at).1);
        Self { other, named: forms }
    }

    fn named(&self, form: &str) -> Option<&str> {
        self.named.iter().find(|(name, _)| name == form).map(|(_, text)| text.as_str())
    }
}

/// Templates see each key with its general form.
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.table.len()))?;
        let mut keys: Vec<&String> = self.table.keys().collect();
        keys.sort_unstable();
        for key in keys {
            map.serialize_entry(key, self.get(key))?;
        }
        map.end()
    }
}

fn fill(text: &str, holes: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + holes.iter().map(|(_, value)| value.len()).sum::<usize>());
    let mut rest = text;
    while let Some((before, after)) = parted(rest, b'{') {
        filled.push_str(before);
        match parted(after, b'}')
            .and_then(|(name, after)| holes.iter().find(|(hole, _)| *hole == name).map(|(_, value)| (*value, after)))
        {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// What stands before and behind the first sign of a kind, which is ASCII. Words are short: nothing finds it faster than to
/// look at one after the other.
fn parted(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == sign)?;
    Some((&text[..at], &text[at + 1..]))
}
