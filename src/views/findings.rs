//! What the rules found, as plain values: what the page for the handbook's owner is made from.
//!
//! Only some findings of each rule are kept, so that a handbook of ten thousand items has a page that can be read.

use crate::diag::{Code, Place, Report, Severity, show};
use crate::hash::HashMap;
use crate::model::{Handbook, Item, Local, Target, Text};
use crate::source::{FileId, Sources};

/// How many findings are kept of each rule, and how many reasons of all.
const MOST_KEPT: usize = 40;
/// How many findings are kept of all rules together, if these are many; each rule keeps some.
const MOST_IN_ALL: usize = 400;
/// How many places are kept for each reason.
const MOST_PLACES: usize = 5;

/// How many characters are kept of a message and of a reason.
const LONGEST: usize = 400;

/// What was found, by rule, and what nobody wants to hear of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// The rules that found something: errors first, then warnings, then notes, each in the order of the stages.
    pub rules: Vec<Rule>,
    /// What is not told, by rule and reason, in the order in which it was found.
    pub silenced: Vec<Silence>,
    /// How many more rules and reasons there are than stand in `silenced`.
    pub more_silenced: usize,
}

/// A rule that found something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The rule.
    pub code: Code,
    /// How bad it is: of several that items set, the worst.
    pub severity: Severity,
    /// How often it found something, at least 1.
    pub count: usize,
    /// The first of what it found.
    pub first: Vec<Finding>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is the case, in English; of a long text the beginning.
    pub message: String,
    /// Where.
    pub place: Spot,
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file and the line, `maps/a.yaml:12`; empty for the handbook as a whole.
    pub text: String,
    /// The item that the file belongs to; `None` for the files that hold several things.
    pub item: Option<Target>,
}

/// Findings of one rule that are not told, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The rule.
    pub code: Code,
    /// Why, in the handbook's own words; of a long text the beginning.
    pub reason: Local<String>,
    /// How many findings, at least 1.
    pub count: usize,
    /// The first of their places.
    pub places: Vec<Spot>,
}

impl Findings {
    /// What a report holds.
    pub fn of(handbook: &Handbook, report: &Report, sources: &Sources) -> Self {
        let items = items(handbook);
        let spot = |place: &Place| {
            let (file, start, _) = show::placed(place, sources);
            let text = match (file, start) {
                (Some(file), Some(start)) => format!("{file}:{}", start.line),
                (file, _) => file.unwrap_or_default().to_owned(),
            };
            let item = match place {
                Place::Source(span) => items.get(&span.file).copied(),
                _ => None,
            };
            Spot { text, item }
        };
        let mut rules: Vec<Rule> = Vec::new();
        for code in Code::ALL.iter().copied().filter(|code| report.iter().any(|said| said.code == *code)) {
            rules.push(Rule { code, severity: Severity::Note, count: 0, first: Vec::new() });
        }
        let most = (MOST_IN_ALL / rules.len().max(1)).clamp(4, MOST_KEPT);
        for said in report.iter() {
            let Some(rule) = rules.iter_mut().find(|rule| rule.code == said.code) else { continue };
            rule.severity = rule.severity.min(said.severity);
            rule.count += 1;
            if rule.first.len() < most {
                rule.first.push(Finding { message: short(&said.message), place: spot(&said.place) });
            }
        }
        rules.sort_by_key(|rule| rule.severity);
        // A report knows a reason in the default language.
        let levels = handbook.settings.checks.iter().chain(handbook.items().flat_map(|item| &item.checks));
        let reasons: HashMap<&str, &Text> =
            (levels.filter_map(|level| level.reason.as_ref())).map(|reason| (&*reason.first().text, reason)).collect();
        let mut silenced: Vec<Silence> = Vec::new();
        let mut known: HashMap<(Code, &str), usize> = HashMap::default();
        for found in report.silenced() {
            let index = *known.entry((found.code, &found.reason)).or_insert_with(|| {
                let translated = reasons.get(found.reason.as_str());
                let reason = translated.map_or_else(
                    || Local::new(short(&found.reason)),
                    |text| Local::clone(text).map(|words| short(&words.text)),
                );
                let code = found.code;
                silenced.push(Silence { code, reason, count: 0, places: Vec::new() });
                silenced.len() - 1
            });
            let silence = &mut silenced[index];
            silence.count += 1;
            if silence.places.len() < MOST_PLACES {
                silence.places.push(spot(&found.place));
            }
        }
        let more_silenced = silenced.len().saturating_sub(MOST_KEPT);
        silenced.truncate(MOST_KEPT);
        Self { rules, silenced, more_silenced }
    }

    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.rules.iter().filter(|rule| rule.severity == severity).map(|rule| rule.count).sum()
    }
}

/// A text that is not too long for a list.
fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The item that each file belongs to, in every language.
pub(super) fn items(handbook: &Handbook) -> HashMap<FileId, Target> {
    fn of<'h>(items: impl Iterator<Item = (Target, &'h Item)>) -> impl Iterator<Item = (FileId, Target)> {
        items.flat_map(|(target, item)| item.files().map(move |file| (file, target)))
    }
    let mut files = HashMap::default();
    macro_rules! add {
        ($($table:ident $target:ident),*) => {
            $(files.extend(of(handbook.$table.entries().map(|(id, noun)| (Target::$target(id), &noun.item))));)*
        };
    }
    add!(personas Persona, maps Map, touchpoints Touchpoint, insights Insight, opportunities Opportunity);
    add!(metrics Metric, courses Course, lessons Lesson, walkthroughs Walkthrough, guides Guide);
    files.extend(of(handbook.front.iter().map(|front| (Target::Front, &front.item))));
    files
}
