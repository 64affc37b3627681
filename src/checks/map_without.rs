//! A map without a purpose, an owner or a day on which it was looked at: `map-without-purpose`, `map-without-owner` and
//! `map-without-review`, one check because they ask the same of the same.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for map in sound.maps() {
        let item = &map.item;
        let asked = [
            (
                map.purpose.is_none(),
                Code::MapWithoutPurpose,
                "this map does not say what it is for",
                "add `purpose:`, what shall be better or decided with it, in a sentence",
            ),
            (
                item.owner.is_none(),
                Code::MapWithoutOwner,
                "nobody keeps this map true",
                "add `owner:` with the id of a team",
            ),
            (
                item.review.reviewed.is_none(),
                Code::MapWithoutReview,
                "nobody has said when this map was last looked at",
                "add `reviewed:` with the day on which somebody compared it with what happens",
            ),
        ];
        for (_, code, message, help) in asked.into_iter().filter(|(missing, ..)| *missing) {
            report.push(Diagnostic::new(code, item.span(), message).help(help));
        }
    }
}
