//! The links inside running text, and those of the blocks it holds.

use super::linker::Linker;
use super::names::Parts;
use crate::diag::Code;
use crate::model::{Block, Draft, DraftProse, Heading, Hole, Id, Lane, List, Local, MapExcerpt, Prose, Term};

/// Follows every link of a text, in every language.
pub(super) fn link_all(body: Local<DraftProse>, linker: &mut Linker<'_>) -> Local<Prose> {
    body.map_each(|lang, prose| {
        let prose = link(prose, linker);
        linker.asked |= Parts::WORDS;
        linker.terms.link(prose, lang, None)
    })
}

/// Follows every link of a term's definition, in which the term itself is none.
pub(super) fn link_definition(body: Local<DraftProse>, own: Id<Term>, linker: &mut Linker<'_>) -> Local<Prose> {
    body.map_each(|lang, prose| {
        let prose = link(prose, linker);
        linker.asked |= Parts::WORDS;
        linker.terms.link(prose, lang, Some(own))
    })
}

fn link(prose: DraftProse, linker: &mut Linker<'_>) -> Prose {
    prose.turn(|hole, headings| link_hole(hole, headings, linker))
}

fn link_hole(hole: Hole<Draft>, headings: &[Heading], linker: &mut Linker<'_>) -> Hole {
    match hole {
        Hole::Address(link) => Hole::Address(linker.reference(link, headings)),
        Hole::Title(link) => {
            // The address beside it has been followed, and reported if it leads nowhere.
            let silent = &mut crate::diag::Report::default();
            let mut quiet = Linker {
                index: linker.index,
                sources: linker.sources,
                terms: linker.terms,
                report: silent,
                anchors: Vec::new(),
                asked: Parts::NONE,
            };
            Hole::Title(quiet.reference(link, headings))
        }
        Hole::Word(key) => Hole::Word(key),
        Hole::Term(term) => Hole::Term(term),
        Hole::Block(block) => Hole::Block(Box::new(match *block {
            Block::Quiz(quiz) => Block::Quiz(quiz),
            Block::Map(excerpt) => Block::Map(link_excerpt(excerpt, linker)),
        })),
    }
}

fn link_excerpt(excerpt: MapExcerpt<Draft>, linker: &mut Linker<'_>) -> MapExcerpt {
    let map = linker.maybe(excerpt.map);
    let index = linker.index;
    linker.asked |= Parts::PLACES;
    let known = map.and_then(|map| index.stages[map.index()].as_deref());
    let stages = known.map_or_else(List::default, |known| {
        excerpt.stages.iter().filter_map(|stage| linker.local(stage, known, Code::UnknownStage, "stage")).collect()
    });
    MapExcerpt {
        map,
        stages,
        lanes: excerpt.lanes.into_iter().filter_map(|lane| link_lane(lane, linker)).collect(),
        caption: excerpt.caption,
    }
}

/// A lane; `None` for one that nobody declares.
pub(super) fn link_lane(lane: Lane<Draft>, linker: &mut Linker<'_>) -> Option<Lane> {
    Some(match lane {
        Lane::Feelings => Lane::Feelings,
        Lane::Goals => Lane::Goals,
        Lane::Actions => Lane::Actions,
        Lane::Touchpoints => Lane::Touchpoints,
        Lane::Thoughts => Lane::Thoughts,
        Lane::Quotes => Lane::Quotes,
        Lane::Needs => Lane::Needs,
        Lane::Pains => Lane::Pains,
        Lane::Gains => Lane::Gains,
        Lane::Opportunities => Lane::Opportunities,
        Lane::Metrics => Lane::Metrics,
        Lane::Owner => Lane::Owner,
        Lane::Storyboard => Lane::Storyboard,
        Lane::Evidence => Lane::Evidence,
        Lane::Frontstage => Lane::Frontstage,
        Lane::Backstage => Lane::Backstage,
        Lane::Support => Lane::Support,
        Lane::Own(own) => Lane::Own(linker.lane(own)?),
    })
}
