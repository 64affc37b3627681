//! Differences in words: “Delivery › Picks a slot: feeling −1 → −2”.
//!
//! Whatever a key is called, its change is told: a key without a word of its own is shown as authors write it, and a
//! value that is no name of anything is shown as it stands, or as reworded where it is long.

use crate::model::{Date, Feeling, JourneyMap, OwnLane, Target};
use crate::parse::differences::{Change, Compared, Difference, Part};
use crate::parse::tidy;
use crate::views::Here;

/// Texts longer than this, in columns of which a Chinese character takes two, are said to be reworded.
const LONGEST: usize = 44;

/// Tells the differences of one item. `folder` is where it lies, such as `maps`.
pub(super) struct Teller<'h, 'a> {
    pub(super) here: &'h Here<'a>,
    pub(super) folder: &'h str,
    pub(super) compared: &'h Compared,
    /// The map that a walk-through names the steps of.
    pub(super) walked: Option<&'h JourneyMap>,
}

impl Teller<'_, '_> {
    /// Every difference, in order.
    pub(super) fn all(&self) -> Vec<String> {
        let mut told: Vec<String> = self.compared.values.iter().map(|difference| self.tell(difference)).collect();
        if self.compared.body {
            told.push(self.here.words.get("change_body").to_owned());
        }
        told
    }

    fn tell(&self, difference: &Difference) -> String {
        let words = self.here.words;
        // What leads to the last thing is the place; the keys after it say what of it changed.
        let is_thing = |part: &Part| matches!(part, Part::Thing(_));
        let ends_in_thing = difference.place.last().is_some_and(is_thing);
        let whole = matches!(difference.what, Change::Added(_) | Change::Removed(_)) && ends_in_thing;
        let things = match whole {
            true => difference.place.len() - 1,
            false => difference.place.iter().rposition(is_thing).map_or(0, |at| at + 1),
        };
        let (before, after) = difference.place.split_at(things);
        let place: Vec<String> = (before.iter().enumerate())
            .filter_map(|(at, part)| match part {
                Part::Thing(name) => Some(short(&self.called(&before[..at], name))),
                Part::Key(_) => None,
            })
            .collect();
        let said = match whole {
            true => self.whole(before, &after[0], &difference.what),
            false => self.value(before, after, &difference.what),
        };
        match place.is_empty() {
            true => said,
            false => format!("{}{}{said}", place.join(" › "), words.get("colon")),
        }
    }

    /// A thing that came or went.
    fn whole(&self, before: &[Part], thing: &Part, what: &Change) -> String {
        let (Part::Thing(name) | Part::Key(name)) = thing;
        let noun = match before.last() {
            Some(Part::Key(key)) => self.key(key),
            _ => String::new(),
        };
        let key = if matches!(what, Change::Added(_)) { "change_thing_added" } else { "change_thing_removed" };
        self.here
            .words
            .fill(key, &[("noun", &noun), ("name", &short(&self.called(before, name)))])
            .trim_start()
            .to_owned()
    }

    /// What a thing is called that its file knows only by an id from elsewhere.
    fn called(&self, before: &[Part], name: &str) -> String {
        let elsewhere = match before.last() {
            Some(Part::Key(key)) if key == "channels" => self.named("channel", name),
            Some(Part::Key(key)) if key == "steps" => self.walked.and_then(|map| {
                let (_, step) = map.steps().find(|(_, step)| step.name == name)?;
                Some(step.label().str(self.here.lang).to_owned())
            }),
            _ => None,
        };
        elsewhere.unwrap_or_else(|| name.to_owned())
    }

    /// A value that changed.
    fn value(&self, before: &[Part], after: &[Part], what: &Change) -> String {
        let words = self.here.words;
        let keys: Vec<&str> = after
            .iter()
            .filter_map(|part| match part {
                Part::Key(key) => Some(key.as_str()),
                Part::Thing(_) => None,
            })
            .collect();
        // The key that says what the value is: of `says: { text: … }` it is `says`, and of a list in a thing the list's.
        let telling: Vec<&str> = match keys[..] {
            [.., _, "text"] => keys[..keys.len() - 1].to_vec(),
            [] => before
                .iter()
                .rev()
                .find_map(|part| match part {
                    Part::Key(key) => Some(vec![key.as_str()]),
                    Part::Thing(_) => None,
                })
                .unwrap_or_default(),
            _ => keys,
        };
        let what_of = telling.iter().map(|key| self.key(key)).collect::<Vec<_>>().join(" › ");
        // Who acts in a blueprint is named by the row.
        let key = if telling.contains(&"actors") { "team" } else { telling.last().copied().unwrap_or("") };
        let fill = |sentence: &str, holes: &[(&str, &str)]| {
            let holes: Vec<(&str, &str)> =
                std::iter::once(("what", what_of.as_str())).chain(holes.iter().copied()).collect();
            words.fill(sentence, &holes)
        };
        match what {
            Change::Is(old, new) => {
                let (old, new) = (self.shown(key, old), self.shown(key, new));
                match width(&old).max(width(&new)) > LONGEST || old == new {
                    true => fill("change_reworded", &[]),
                    false => fill("change_is", &[("old", &old), ("new", &new)]),
                }
            }
            Change::Added(Some(value)) => fill("change_added_value", &[("value", &short(&self.shown(key, value)))]),
            Change::Removed(Some(value)) => fill("change_removed_value", &[("value", &short(&self.shown(key, value)))]),
            Change::Added(None) => fill("change_added", &[]),
            Change::Removed(None) => fill("change_removed", &[]),
            Change::Order => fill("change_order", &[]),
            Change::Otherwise => fill("change_otherwise", &[]),
        }
    }

    /// What a key is called: by the theme's word for it, by what it is the id of, or as it is written.
    fn key(&self, key: &str) -> String {
        let entry = format!("key_{key}");
        let said = self.here.words.get(&entry);
        if said != entry {
            return said.to_owned();
        }
        let handbook = self.here.handbook;
        let lane = handbook.settings.lanes.get(key).map(|lane: &OwnLane| lane.title.str(self.here.lang).to_owned());
        let persona = || handbook.personas.get(key).map(|persona| persona.item.title.str(self.here.lang).to_owned());
        let called = || self.compared.called.get(key).cloned();
        lane.or_else(persona).or_else(called).unwrap_or_else(|| key.to_owned())
    }

    /// A value as readers know it: a title for an id, a word for a choice, a day for a date, a face's number for a feeling.
    fn shown(&self, key: &str, value: &str) -> String {
        let words = self.here.words;
        if key == "feels"
            && let Some(feeling) = value.parse().ok().and_then(Feeling::new)
        {
            return words.feeling(feeling).into_owned();
        }
        if let Some(title) = self.named(key, value) {
            return title;
        }
        if let Some(date) = Date::parse(value) {
            return words.date(date);
        }
        let choice = match (key, self.folder) {
            ("status", "opportunities") => format!("status_{value}"),
            ("status" | "kind", "touchpoints") => format!("touchpoint_{value}"),
            ("kind", "maps") => format!("kind_{}", value.replace('-', "_")),
            ("kind", "insights") => format!("insight_{value}"),
            ("severity", _) => format!("severity_{value}"),
            ("nature", _) => format!("nature_{value}"),
            ("fix-first" | "ours" | "skips", _) => format!("change_{value}"),
            _ => return value.to_owned(),
        };
        let said = words.get(&choice);
        if said == choice { value.to_owned() } else { said.to_owned() }
    }

    /// The title of what a key names by its id.
    fn named(&self, key: &str, id: &str) -> Option<String> {
        let handbook = self.here.handbook;
        let id = tidy(id);
        let id = id.as_str();
        let target = match key {
            "touchpoint" => handbook.touchpoints.id(id).map(Target::Touchpoint),
            "persona" | "personas" | "as" => handbook.personas.id(id).map(Target::Persona),
            "owner" | "team" | "part-of" => handbook.teams.id(id).map(Target::Team),
            "insights" => handbook.insights.id(id).map(Target::Insight),
            "opportunities" => handbook.opportunities.id(id).map(Target::Opportunity),
            "metrics" => handbook.metrics.id(id).map(Target::Metric),
            "channel" => handbook.channels.id(id).map(Target::Channel),
            "map" | "journey" | "baseline" | "opens" | "feature" => handbook.maps.id(id).map(Target::Map),
            "leads-to" | "fails" | "step" => return self.compared.called.get(id).cloned(),
            _ => None,
        };
        Some(self.here.title(target?).text.into_owned())
    }
}

/// A text cut to what a line can take.
pub(super) fn short(text: &str) -> String {
    if width(text) <= LONGEST {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut taken = 0;
    for c in text.chars() {
        taken += if c < '\u{1100}' { 1 } else { 2 };
        if taken >= LONGEST {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}

/// How many columns a text takes, a Chinese character two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}
