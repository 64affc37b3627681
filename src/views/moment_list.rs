//! The lists of moments: by stage and by owner, each moment with what makes it one and who answers for it.

use serde::Serialize;

use super::here::{Feels, Here, Link, Said};
use super::met;
use super::moments::{By, Moment};
use super::pages::PageKind;
use super::split::Pager;
use crate::model::Target;

/// A list of moments, or a part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MomentsView<'a> {
    /// The two orders; the one shown is current.
    pub tabs: Vec<Tab<'a>>,
    /// “9 moments of truth, 12 moments of delight.”
    pub said: String,
    /// “At Delivery: 3 moments of truth, 1 of delight” …: the groups of this part.
    pub groups: Vec<Group<'a>>,
    /// The way to the other parts.
    pub pager: Option<Pager>,
}

/// A page beside others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tab<'a> {
    /// Where it is, and its name.
    pub link: Link<'a>,
    /// Whether it is this one.
    pub current: bool,
}

/// The moments of a stage or of a team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group<'a> {
    /// The place to link to.
    pub id: String,
    /// The stage or the team.
    pub title: Said<'a>,
    /// The team's page.
    pub href: Option<String>,
    /// How many of each kind stand here, in words.
    pub said: String,
    /// The moments.
    pub moments: Vec<MomentLine<'a>>,
}

/// A moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MomentLine<'a> {
    /// The step in its map.
    pub step: Link<'a>,
    /// The map.
    pub map: Link<'a>,
    /// The stage.
    pub stage: Said<'a>,
    /// Whether it is a moment of truth.
    pub truth: bool,
    /// Whether it is a moment of delight.
    pub delight: bool,
    /// Why: what an author says of a moment of truth, the gains of a moment of delight.
    pub why: Vec<Said<'a>>,
    /// Who lives it; empty for everybody.
    pub personas: Vec<Link<'a>>,
    /// How many more there are, in words.
    pub more_personas: Option<String>,
    /// How it feels.
    pub feels: Option<Feels>,
    /// The word for it.
    pub word: Option<Said<'a>>,
    /// Where it happens.
    pub touchpoint: Option<Link<'a>>,
    /// Who answers for it.
    pub owner: Option<Link<'a>>,
    /// As what: `owns the stage` …
    pub owner_as: &'a str,
}

/// How many personas are named beside a moment.
const MOST_PERSONAS: usize = 4;

/// A list of moments, or the part of it that stands on this page.
pub fn list<'a>(here: &Here<'a>, by: By) -> MomentsView<'a> {
    let all = here.pages.moments.list(by);
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut current = None;
    let mut tallies: Vec<(usize, usize)> = Vec::new();
    for moment in here.on_this_part(PageKind::Moments(by), all.iter()) {
        let key = match by {
            By::Stage => here.pages.steps.column(moment.place),
            By::Owner => moment.owner.map(|(team, _)| team.index()),
        };
        if current != Some(key) {
            current = Some(key);
            groups.push(group(here, by, moment));
            tallies.push((0, 0));
        }
        if let (Some(group), Some(tally)) = (groups.last_mut(), tallies.last_mut()) {
            group.moments.push(moment_line(here, moment));
            tally.0 += usize::from(moment.truth);
            tally.1 += usize::from(moment.delight);
        }
    }
    for (group, (truths, delights)) in groups.iter_mut().zip(tallies) {
        group.said = counted(here, truths, delights);
    }
    // Counted once for all parts of a long list.
    let (truths, delights) = here.pages.moments.counts();
    let tab = |one: By, key| Tab {
        link: Link { href: here.href_to(PageKind::Moments(one)), title: here.word(key) },
        current: one == by,
    };
    MomentsView {
        tabs: vec![tab(By::Stage, "by_stage"), tab(By::Owner, "by_owner")],
        said: counted(here, truths, delights),
        groups,
        pager: here.pager(PageKind::Moments(by)),
    }
}

fn counted(here: &Here<'_>, truths: usize, delights: usize) -> String {
    let counts = [here.words.count("count_truths", truths), here.words.count("count_delights", delights)];
    here.words.list(counts.iter().map(String::as_str))
}

fn group<'a>(here: &Here<'a>, by: By, moment: &Moment) -> Group<'a> {
    let (id, title, href) = match by {
        By::Stage => {
            let column = here.pages.steps.column(moment.place);
            match column.map(|column| &here.pages.line.columns()[column]) {
                Some((name, title)) => (format!("stage-{name}"), here.said(title), None),
                None => ("other-stages".to_owned(), here.word("other_stages"), None),
            }
        }
        By::Owner => match moment.owner {
            Some((team, _)) => {
                let Link { href, title } = here.link(Target::Team(team));
                (format!("team-{}", here.handbook[team].name), title, Some(href))
            }
            None => ("nobody".to_owned(), here.word("nobody_answers"), None),
        },
    };
    Group { id, title, href, said: String::new(), moments: Vec::new() }
}

fn moment_line<'a>(here: &Here<'a>, moment: &Moment) -> MomentLine<'a> {
    let handbook = here.handbook;
    let place = moment.place;
    let step = met::step(handbook, place);
    let way = met::lived_at(handbook, place);
    let other = way.and_then(|way| way.difference);
    let touchpoint = other.and_then(|other| other.touchpoint).or(step.touchpoint);
    let truth = step.moment_of_truth.as_ref().filter(|_| moment.truth).map(|truth| here.said(&truth.why));
    let gains = step.gains.iter().filter(|_| moment.delight && place.by.is_none()).map(|gain| here.said(gain));
    let mut personas = met::lived_by(handbook, place);
    let more_personas = here.and_more(personas.len(), MOST_PERSONAS);
    personas.truncate(MOST_PERSONAS);
    MomentLine {
        step: here.step_link(place),
        map: here.link(Target::Map(place.map)),
        stage: here.said(&met::stage(handbook, place).title),
        truth: moment.truth,
        delight: moment.delight,
        why: truth.into_iter().chain(gains).collect(),
        more_personas,
        personas: personas.into_iter().map(|persona| here.link(Target::Persona(persona))).collect(),
        feels: here.pages.steps.feels(handbook, place).map(|feeling| here.feels(feeling)),
        word: way.map_or(step.feeling.as_ref(), |way| way.word()).map(|word| here.said(word)),
        touchpoint: touchpoint.map(|touchpoint| here.link(Target::Touchpoint(touchpoint))),
        owner: moment.owner.map(|(team, _)| here.link(Target::Team(team))),
        owner_as: moment.owner.map_or("", |(_, owns)| here.words.get(owns.key())),
    }
}
