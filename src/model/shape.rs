//! The shape of an item: all of it but its words, and the places where things stand in its files.
//!
//! Most edits change a sentence or a title. What is derived from the whole handbook (who uses what, what is due, which page
//! stands where) rests on links, figures, days and names, so a handbook of the same shape has it already; pages ask for
//! words when they are made. An item says here what it may forget; whatever it does not name is part of its shape,
//! which is slower and never wrong.

use std::sync::Arc;

use super::{
    Block, Channel, Contents, Course, Guide, Handbook, Hole, Insight, Item, JourneyMap, Lesson, Local, Metric,
    Opportunity, Pain, Persona, Prose, Quote, Review, Seldom, Settings, Step, Table, Team, Text, Touchpoint, Words,
};
use crate::source::Span;

/// Something that has a shape.
pub trait Shape: Clone + PartialEq {
    /// Forgets what is not part of its shape.
    fn forget(&mut self);

    /// Whether both have one shape.
    fn is_alike(&self, other: &Self) -> bool {
        let (mut one, mut two) = (self.clone(), other.clone());
        one.forget();
        two.forget();
        one == two
    }
}

impl Handbook {
    /// Whether another handbook has the same shape, so that whatever is derived from the shape of one holds for both.
    pub fn is_alike(&self, other: &Self) -> bool {
        let front = match (&*self.front, &*other.front) {
            (Some(one), Some(two)) => one.is_alike(two),
            (one, two) => one.is_none() && two.is_none(),
        };
        let history = match (&*self.history, &*other.history) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            (one, two) => one.is_none() && two.is_none(),
        };
        // What is translated, and how old that is, tells the verdict, which rests on the words.
        (front && history && self.has_alike_maps(other))
            && (same(&self.terms, &other.terms) && same(&self.assets, &other.assets))
            && (alike(&self.courses, &other.courses) && alike(&self.lessons, &other.lessons))
            && alike(&self.guides, &other.guides)
    }

    /// Whether the maps of another handbook, and all that a map can name, have the same shapes: courses, lessons, guides and
    /// terms may be other ones.
    pub fn has_alike_maps(&self, other: &Self) -> bool {
        (self.today == other.today && self.settings.is_alike(&other.settings))
            && (alike(&self.channels, &other.channels) && alike(&self.teams, &other.teams))
            && (alike(&self.opportunities, &other.opportunities) && alike(&self.metrics, &other.metrics))
            && same(&self.walkthroughs, &other.walkthroughs)
            && (alike(&self.personas, &other.personas) && alike(&self.maps, &other.maps))
            && (alike(&self.touchpoints, &other.touchpoints) && alike(&self.insights, &other.insights))
    }
}

/// Whether two tables hold the same.
fn same<T: PartialEq>(one: &Table<T>, two: &Table<T>) -> bool {
    each(one, two, T::eq)
}

/// Whether what two tables hold has the same shapes.
fn alike<T: Shape>(one: &Table<T>, two: &Table<T>) -> bool {
    each(one, two, T::is_alike)
}

fn each<T>(one: &Table<T>, two: &Table<T>, matches: fn(&T, &T) -> bool) -> bool {
    let pairs = || one.shared().iter().zip(two.shared());
    one.len() == two.len()
        && one.is_unread() == two.is_unread()
        && pairs().all(|(one, two)| Arc::ptr_eq(one, two) || matches(one, two))
}

fn each_mut<T: Clone>(table: &mut Table<T>, mut change: impl FnMut(&mut T)) {
    *table = std::mem::take(table).map(|mut nouns| {
        nouns.iter_mut().for_each(|noun| change(Arc::make_mut(noun)));
        nouns
    });
}

/// Forgets what a text says, and keeps that it is there and in which languages.
fn words(text: &mut Text) {
    text.each_mut(|words| *words = Words::new("", Span::NOWHERE));
}

/// Forgets where a text stands.
fn place(text: &mut Text) {
    text.each_mut(|words| words.span = Span::NOWHERE);
}

fn prose(body: &mut Local<Prose>) {
    body.each_mut(|prose| {
        for hole in prose.forget_html() {
            let Hole::Block(block) = hole else { continue };
            match &mut **block {
                Block::Quiz(quiz) => {
                    words(&mut quiz.question);
                    quiz.answers.clear();
                }
                Block::Map(excerpt) => excerpt.caption.iter_mut().for_each(words),
            }
        }
    });
}

fn item(item: &mut Item) {
    words(&mut item.title);
    item.summary.iter_mut().for_each(words);
    item.review = Review { reviewed_at: None, ..std::mem::take(&mut item.review) };
    item.review.by.iter_mut().for_each(place);
}

fn quote(quote: &mut Quote) {
    words(&mut quote.text);
    quote.note.iter_mut().for_each(words);
}

fn pain(pain: &mut Pain) {
    words(&mut pain.text);
}

fn step(step: &mut Step) {
    step.span = Span::NOWHERE;
    step.touchpoint_at = None;
    words(&mut step.action);
    let several = step.needs.iter_mut().chain(&mut step.gains);
    step.thinks.iter_mut().chain(&mut step.feeling).chain(several).for_each(words);
    step.pains.iter_mut().for_each(pain);
    step.moment_of_truth.iter_mut().for_each(|moment| words(&mut moment.why));
    step.seldom.iter_mut().for_each(seldom);
}

fn seldom(seldom: &mut Seldom) {
    seldom.opens_at = None;
    let single = [&mut seldom.moment, &mut seldom.when, &mut seldom.evidence, &mut seldom.waits, &mut seldom.entry];
    single.into_iter().chain([&mut seldom.exit]).flatten().for_each(words);
    seldom.says.iter_mut().for_each(quote);
    for act in [&mut seldom.frontstage, &mut seldom.backstage, &mut seldom.support].into_iter().flatten() {
        words(&mut act.text);
    }
}

impl Shape for JourneyMap {
    fn forget(&mut self) {
        item(&mut self.item);
        [&mut self.finding, &mut self.scenario, &mut self.purpose, &mut self.outcome]
            .into_iter()
            .flatten()
            .for_each(words);
        for stage in &mut self.stages {
            stage.span = Span::NOWHERE;
            stage.opens_at = None;
            place(&mut stage.title);
            stage.duration.iter_mut().chain(&mut stage.goals).for_each(words);
            stage.steps.iter_mut().for_each(step);
        }
        if let Contents::ServiceBlueprint(blueprint) = &mut self.contents {
            for point in &mut blueprint.fail_points {
                point.span = Span::NOWHERE;
                place(&mut point.title);
            }
        }
    }
}

impl Shape for Settings {
    fn forget(&mut self) {
        words(&mut self.title);
        let brand = [&mut self.brand.name, &mut self.brand.also];
        [&mut self.description, &mut self.footer].into_iter().chain(brand).flatten().for_each(words);
        // What the front page shows is seen on the front page alone; a theme and the levels of rules make no page more.
        self.home.start.clear();
        (self.home.feature, self.theme) = (None, None);
        self.checks.clear();
        self.languages.iter_mut().for_each(|language| language.span = None);
        each_mut(&mut self.stage_sets, |set| {
            set.span = Span::NOWHERE;
            set.stages.iter_mut().for_each(|(_, title)| place(title));
        });
        each_mut(&mut self.lanes, |lane| {
            lane.span = Span::NOWHERE;
            words(&mut lane.title);
        });
    }
}

impl Shape for Course {
    fn forget(&mut self) {
        item(&mut self.item);
        self.audience.iter_mut().chain(&mut self.objectives).for_each(words);
    }
}

impl Shape for Opportunity {
    fn forget(&mut self) {
        item(&mut self.item);
        self.outcome.iter_mut().for_each(words);
    }
}

impl Shape for Metric {
    fn forget(&mut self) {
        item(&mut self.item);
        self.unit.iter_mut().chain([&mut self.definition]).chain(&mut self.source).for_each(words);
    }
}

impl Shape for Team {
    fn forget(&mut self) {
        self.span = Span::NOWHERE;
        let said = [&mut self.lead, &mut self.contact, &mut self.summary];
        said.into_iter().flatten().chain([&mut self.title]).for_each(words);
    }
}

impl Shape for Channel {
    fn forget(&mut self) {
        self.span = Span::NOWHERE;
        self.summary.iter_mut().chain([&mut self.title]).for_each(words);
    }
}

impl Shape for Persona {
    fn forget(&mut self) {
        item(&mut self.item);
        self.quote.iter_mut().for_each(quote);
        let lists = [&mut self.goals, &mut self.frustrations, &mut self.say, &mut self.avoid];
        self.role.iter_mut().chain(lists.into_iter().flatten()).for_each(words);
        self.facts.iter_mut().flat_map(|fact| [&mut fact.label, &mut fact.value]).for_each(words);
        self.behaviours.iter_mut().flat_map(|ways| [&mut ways.from, &mut ways.to]).for_each(words);
        self.channels.iter_mut().filter_map(|used| used.often.as_mut()).for_each(words);
        prose(&mut self.body);
    }
}

impl Shape for Touchpoint {
    fn forget(&mut self) {
        item(&mut self.item);
        self.promise.iter_mut().for_each(words);
        prose(&mut self.body);
    }
}

impl Shape for Lesson {
    fn forget(&mut self) {
        item(&mut self.item);
        self.objectives.iter_mut().for_each(words);
        prose(&mut self.body);
    }
}

impl Shape for Guide {
    fn forget(&mut self) {
        item(&mut self.item);
        prose(&mut self.body);
    }
}

impl Shape for Insight {
    fn forget(&mut self) {
        item(&mut self.item);
        (self.date_at, self.sample_at) = (None, None);
        self.who.iter_mut().chain([&mut self.source]).for_each(words);
        self.quotes.iter_mut().for_each(quote);
    }
}
