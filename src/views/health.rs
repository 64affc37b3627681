//! The page for the owner of the handbook: how much there is, how much of it rests on evidence, what is late, what
//! nothing leads to, what the rules found and what they are told to keep silent about.

use serde::Serialize;

use super::dues::Due;
use super::evidence_coverage as counting;
use super::findings::{Finding, Rule, Silence, Spot};
use super::here::{Day, Here, Link, Said};
use super::pages::PageKind;
use super::parts::Tag;
use crate::diag::Severity;
use crate::model::{Id, Noun, Table, Target, Touchpoint, TouchpointStatus};

/// How many entries a list has at most; the rest is counted.
const MOST_LISTED: usize = 20;
/// From how many findings on a rule's list is folded.
const FOLDED: usize = 6;

/// The health of the handbook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HealthView<'a> {
    /// The day as of which things are due; `None` if the handbook names no day at all.
    pub today: Option<Day>,
    /// How much there is of everything.
    pub counts: Vec<Count<'a>>,
    /// How much rests on evidence, by kind of statement, then in all.
    pub coverage: Vec<Share<'a>>,
    /// Where that is told map by map.
    pub evidence: Link<'a>,
    /// Where all that is due is told.
    pub reviews: Link<'a>,
    /// Where it is told what is translated; `None` in a handbook in one language.
    pub translations: Option<Link<'a>>,
    /// What should have been looked at again, the longest overdue first.
    pub overdue: Listed<Late<'a>>,
    /// What nothing leads to, by kind; only the kinds of which there is something.
    pub orphans: Vec<Orphans<'a>>,
    /// “1 warning, 3 notes”; empty if nothing was found.
    pub found: String,
    /// What was found, by rule.
    pub rules: Vec<RuleView<'a>>,
    /// What is not told, and why.
    pub silenced: Listed<SilenceView<'a>>,
}

/// How much there is of something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Count<'a> {
    /// What, and where it is listed.
    pub link: Link<'a>,
    /// How many.
    pub count: String,
}

/// How many of some statements cite an insight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share<'a> {
    /// What is counted.
    pub title: &'a str,
    /// How many cite an insight.
    pub cited: String,
    /// How many there are.
    pub all: String,
    /// The share in whole per cent, rounded down, with its sign; a dash if there are none.
    pub share: String,
}

/// A list that may be long.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed<T> {
    /// The first entries.
    pub entries: Vec<T>,
    /// “12 more”; empty if these are all.
    pub more: String,
}

/// Something that should have been looked at again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Late<'a> {
    /// What.
    pub link: Link<'a>,
    /// Since when.
    pub due: Option<Day>,
    /// By whom.
    pub owner: Option<Link<'a>>,
}

/// What nothing leads to, of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Orphans<'a> {
    /// What they are, such as “Touchpoints on no map”.
    pub title: &'a str,
    /// They.
    pub links: Listed<Link<'a>>,
}

/// A rule that found something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleView<'a> {
    /// Its name, for `journeybook explain`.
    pub code: &'static str,
    /// What it means, in a few words.
    pub title: Said<'a>,
    /// How bad it is.
    pub tag: Tag,
    /// “12 findings”.
    pub count: String,
    /// Whether the list is long, and folded at first.
    pub folded: bool,
    /// The first of what it found, and how many more there are.
    pub findings: Listed<FindingView<'a>>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingView<'a> {
    /// Where.
    pub place: PlaceView<'a>,
    /// What is the case, piece by piece.
    pub message: Vec<Piece<'a>>,
    /// The language of the message, where it is not the page's.
    pub lang: Option<&'static str>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Piece<'a> {
    /// The words.
    pub text: &'a str,
    /// Whether they are the author's own, or something to type.
    pub typed: bool,
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceView<'a> {
    /// The page of the item it is in.
    pub link: Option<Link<'a>>,
    /// The file and the line; empty for the handbook as a whole.
    pub text: &'a str,
}

/// Findings that are not told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SilenceView<'a> {
    /// The rule's name.
    pub code: &'static str,
    /// What the rule means.
    pub title: Said<'a>,
    /// “12 findings”.
    pub count: String,
    /// Why.
    pub reason: Said<'a>,
    /// Where, and how many places more.
    pub places: Listed<PlaceView<'a>>,
}

/// The health page.
pub fn health<'a>(here: &Here<'a>) -> HealthView<'a> {
    let findings = here.verdict.findings();
    let handbook = here.handbook;
    let counted = [("errors", Severity::Error), ("warnings", Severity::Warning), ("notes", Severity::Note)];
    let counted = counted.map(|(word, severity)| (word, findings.count(severity)));
    let found: Vec<String> = counted
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| here.words.count(&format!("health_{word}"), *count))
        .collect();
    let silenced = findings.silenced.iter().map(|silence| silence_view(here, silence)).collect();
    HealthView {
        today: (handbook.today.year() > 0).then(|| here.day(handbook.today)),
        counts: counts(here),
        coverage: coverage(here),
        evidence: here.link_to(PageKind::EvidenceCoverage),
        reviews: here.link_to(PageKind::Reviews),
        translations: handbook.settings.has_translations().then(|| here.link_to(PageKind::Translations)),
        overdue: overdue(here),
        orphans: orphans(here),
        found: here.words.list(found.iter().map(String::as_str)),
        rules: findings.rules.iter().map(|rule| rule_view(here, rule)).collect(),
        silenced: Listed { entries: silenced, more: more(here, findings.more_silenced) },
    }
}

fn counts<'a>(here: &Here<'a>) -> Vec<Count<'a>> {
    let handbook = here.handbook;
    let counts = [
        (PageKind::Maps, handbook.maps.len()),
        (PageKind::Personas, handbook.personas.len()),
        (PageKind::Touchpoints, handbook.touchpoints.len()),
        (PageKind::Channels, handbook.channels.len()),
        (PageKind::Insights, handbook.insights.len()),
        (PageKind::Opportunities, handbook.opportunities.len()),
        (PageKind::Metrics, handbook.metrics.len()),
        (PageKind::Teams, handbook.teams.len()),
        (PageKind::Training, handbook.lessons.len()),
        (PageKind::Guides, handbook.guides.len()),
        (PageKind::Glossary, handbook.terms.len()),
    ];
    let count = |(kind, count): (PageKind, usize)| Count {
        link: here.link_to(kind),
        count: match kind {
            PageKind::Training => here.words.count("health_lessons", count),
            _ => here.words.figure(count as f64),
        },
    };
    counts.into_iter().map(count).collect()
}

/// As on the page of evidence coverage, by kind; only the kinds of which something is stated.
fn coverage<'a>(here: &Here<'a>) -> Vec<Share<'a>> {
    let tally = here.pages.evidence(here.handbook);
    let keys = [
        "statements_pains",
        "statements_feelings",
        "statements_quotes",
        "statements_figures",
        "statements_observations",
    ];
    let kinds = keys.into_iter().zip(tally.0).filter(|(_, share)| share.all > 0);
    let share = |(word, share): (&'static str, counting::Share)| Share {
        title: here.words.get(word),
        cited: here.words.figure(share.known as f64),
        all: here.words.figure(share.all as f64),
        share: share.percent().map_or_else(|| "–".to_owned(), |percent| format!("{percent}%")),
    };
    kinds.chain([("all", tally.all())]).map(share).collect()
}

fn overdue<'a>(here: &Here<'a>) -> Listed<Late<'a>> {
    let late: Vec<&Due> = here.pages.dues.scheduled().iter().filter(|due| due.overdue).collect();
    let entry = |due: &Due| Late {
        link: here.link(due.target),
        due: due.day.map(|day| here.day(day)),
        owner: here.owner(due.owner),
    };
    listed(here, late.into_iter().map(entry))
}

fn orphans<'a>(here: &Here<'a>) -> Vec<Orphans<'a>> {
    let (handbook, uses) = (here.handbook, &here.pages.uses);
    let lists = [
        ("health_unused_touchpoints", {
            let live = |id: Id<Touchpoint>| handbook[id].status != TouchpointStatus::Retired;
            targets(&handbook.touchpoints, Target::Touchpoint, |id| live(id) && uses.touchpoint(id).is_empty())
        }),
        ("health_personas_without_map", targets(&handbook.personas, Target::Persona, |id| uses.maps_of(id).is_empty())),
        ("health_opportunities_without_pain", here.pages.gaps.idle.iter().map(|&id| Target::Opportunity(id)).collect()),
        (
            "health_insights_without_use",
            targets(&handbook.insights, Target::Insight, |id| {
                uses.insight(id).is_empty() && uses.cited(Target::Insight(id)).is_empty()
            }),
        ),
    ];
    let orphans = lists.into_iter().filter(|(_, targets)| !targets.is_empty());
    let orphans = orphans.map(|(word, targets)| Orphans {
        title: here.words.get(word),
        links: listed(here, targets.into_iter().map(|target| here.link(target))),
    });
    orphans.collect()
}

fn targets<T: Noun>(table: &Table<T>, target: fn(Id<T>) -> Target, is_one: impl Fn(Id<T>) -> bool) -> Vec<Target> {
    table.ids().filter(|&id| is_one(id)).map(target).collect()
}

fn rule_view<'a>(here: &Here<'a>, rule: &'a Rule) -> RuleView<'a> {
    let (icon, word) = match rule.severity {
        Severity::Error => ("alert", "health_error"),
        Severity::Warning => ("alert", "health_warning"),
        Severity::Note => ("note", "health_note"),
    };
    let finding = |found: &'a Finding| FindingView {
        place: place_view(here, &found.place),
        message: pieces(&found.message),
        lang: english(here, "").lang.and(Some("en")),
    };
    RuleView {
        code: rule.code.name(),
        title: title(here, rule.code.name()),
        tag: Tag { icon, text: here.words.get(word).to_owned(), strong: rule.severity != Severity::Note },
        count: here.words.count("health_findings_of_rule", rule.count),
        folded: rule.count >= FOLDED,
        findings: Listed {
            entries: rule.first.iter().map(finding).collect(),
            more: more(here, rule.count - rule.first.len()),
        },
    }
}

fn silence_view<'a>(here: &Here<'a>, silence: &'a Silence) -> SilenceView<'a> {
    SilenceView {
        code: silence.code.name(),
        title: title(here, silence.code.name()),
        count: here.words.count("health_findings_of_rule", silence.count),
        reason: reason(here, silence),
        places: Listed {
            entries: silence.places.iter().map(|spot| place_view(here, spot)).collect(),
            more: more(here, silence.count - silence.places.len()),
        },
    }
}

fn reason<'a>(here: &Here<'a>, silence: &'a Silence) -> Said<'a> {
    let (text, lang) = silence.reason.get(here.lang);
    Said { text: text.as_str().into(), lang: (lang != here.lang).then(|| here.tag(lang)) }
}

fn place_view<'a>(here: &Here<'a>, spot: &'a Spot) -> PlaceView<'a> {
    PlaceView { link: spot.item.map(|item| here.link(item)), text: &spot.text }
}

/// What a rule means in the theme's words; of what the theme has no word for, its name.
fn title<'a>(here: &Here<'a>, code: &'static str) -> Said<'a> {
    let key = format!("rule_{}", code.replace('-', "_"));
    match here.words.has(&key) {
        true => Said::plain(here.words.get(&key).to_owned()),
        false => english(here, code),
    }
}

/// A message, taken apart at its backticks.
fn pieces(message: &str) -> Vec<Piece<'_>> {
    let pieces = message.split('`').enumerate().map(|(index, text)| Piece { text, typed: index % 2 == 1 });
    pieces.filter(|piece| !piece.text.is_empty()).collect()
}

/// A text that is English in every language.
fn english<'a>(here: &Here<'a>, text: &'a str) -> Said<'a> {
    let lang = (!here.words.tag().starts_with("en")).then_some("en");
    Said { text: text.into(), lang }
}

fn listed<T>(here: &Here<'_>, entries: impl ExactSizeIterator<Item = T>) -> Listed<T> {
    let left = entries.len().saturating_sub(MOST_LISTED);
    Listed { entries: entries.take(MOST_LISTED).collect(), more: more(here, left) }
}

/// “12 more”; empty for none.
fn more(here: &Here<'_>, left: usize) -> String {
    if left == 0 { String::new() } else { here.words.count("and_more", left) }
}
