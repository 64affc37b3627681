//! Who uses an item is noted for each item by itself: what uses another one makes no difference to its page.

use super::Uses;
use crate::model::{Digests, Handbook, Lang, Marks, Names, Target};
use crate::views::pages::Pages;

macro_rules! marks {
    ($($table:ident $target:ident),* $(,)?) => {
        /// Under which numbers it is noted that it is read who uses an item.
        #[derive(Debug, Default)]
        pub(super) struct UsesMarks { $(pub(super) $table: Marks),* }

        impl UsesMarks {
            /// Those of a handbook.
            pub(super) fn of(handbook: &Handbook) -> Self {
                Self { $($table: handbook.$table.uses()),* }
            }
        }

        impl Uses {
            /// Notes that it is read who uses this.
            pub(super) fn note(&self, target: Target) {
                match target {
                    $(Target::$target(id) => self.marks.$table.note(id.index()),)*
                    Target::Front | Target::Here => *self.rest,
                }
            }
        }
    };
}

marks! {
    personas Persona, maps Map, touchpoints Touchpoint, channels Channel, teams Team, insights Insight,
    opportunities Opportunity, metrics Metric, courses Course, lessons Lesson, walkthroughs Walkthrough, terms Term,
    guides Guide, assets Asset,
}

impl Uses {
    /// Says in the digests who uses each item, with all else that the plan tells of it; gives what the rest comes to.
    pub(in crate::views) fn digest(
        &self,
        handbook: &Handbook,
        pages: &Pages,
        names: &Names,
        digests: &mut Digests,
    ) -> u64 {
        let spoken = |target: Target| {
            let mentions = |lang: &Lang| self.mentions.get(&(*lang, target)).map(|mentions| (*lang, mentions));
            let mentions: Vec<_> = self.languages.iter().filter_map(mentions).collect();
            names.digest(&(mentions, self.cited.get(&target)))
        };
        macro_rules! each {
            ($($table:ident $target:ident $id:ident $own:expr),* $(,)?) => {
                $(for $id in handbook.$table.ids() {
                    let comes_to = names.digest(&(spoken(Target::$target($id)), $own));
                    digests.set(self.marks.$table.number($id.index()), comes_to);
                })*
            };
        }
        each! {
            personas Persona id &self.maps_of[id.index()],
            maps Map id (&self.views_of[id.index()], &self.opened_by[id.index()], &self.opportunities_on[id.index()], &self.walks_of[id.index()]),
            touchpoints Touchpoint id (&self.touchpoints[id.index()], pages.stand_ins(handbook, id)),
            channels Channel id (&self.carried[id.index()], &self.users[id.index()]),
            teams Team id (&self.owned[id.index()], &self.sub_teams[id.index()], &self.stages_of[id.index()]),
            insights Insight id &self.insights[id.index()],
            opportunities Opportunity id (&self.opportunities[id.index()], (pages.answered(id), pages.worked_before(handbook, id))),
            metrics Metric id &self.metrics[id.index()],
            courses Course id (),
            lessons Lesson id (),
            walkthroughs Walkthrough id (),
            terms Term id (),
            guides Guide id pages.shelf.around(id),
            assets Asset id (),
        }
        names.digest(&(spoken(Target::Front), spoken(Target::Here), &self.walkthroughs))
    }
}
