//! An empathy map: four quadrants, pains and gains, and where it does not add up.

use crate::diag::{Code, Diagnostic, Report};
use crate::model::kinds::{Empathy, Observation, Quadrant, Tension};
use crate::model::{Draft, List};
use crate::parse::fields::Fields;
use crate::parse::journey::pain;
use crate::parse::persona::quote;
use crate::parse::value::Value;

/// Reads what an empathy map adds.
pub(super) fn parse(fields: &mut Fields<'_>, report: &mut Report) -> Empathy<Draft> {
    let segment = fields.text("segment", report);
    if segment.is_none() {
        fields.need("persona", "the name of a persona, or a `segment` in words", report);
    }
    Empathy {
        moment: fields.text("moment", report),
        segment,
        says: fields.items("says", report).iter().filter_map(|item| quote(item, report)).collect(),
        thinks: observations(fields, "thinks", report),
        does: observations(fields, "does", report),
        feels: observations(fields, "feels", report),
        pains: fields.items("pains", report).iter().filter_map(|item| pain(item, report)).collect(),
        gains: observations(fields, "gains", report),
        tensions: fields.items("tensions", report).iter().filter_map(|item| tension(item, report)).collect(),
    }
}

fn observations(fields: &mut Fields<'_>, key: &'static str, report: &mut Report) -> Vec<Observation<Draft>> {
    fields.items(key, report).iter().filter_map(|item| observation(item, report)).collect()
}

/// An observation is a text, or a mapping that says more about it.
fn observation(value: &Value<'_>, report: &mut Report) -> Option<Observation<Draft>> {
    if value.is_scalar() {
        return Some(Observation { text: value.text(report)?, note: None, feels: None, insights: List::default() });
    }
    let mut fields = value.fields(report)?;
    let observation = Observation {
        text: fields.need_text("text", "", report),
        note: fields.text("note", report),
        feels: fields.feeling("feels", report),
        insights: fields.names("insights", report),
    };
    fields.finish(report);
    Some(observation)
}

/// Two quadrants that contradict each other, each a key, and what follows.
fn tension(value: &Value<'_>, report: &mut Report) -> Option<Tension> {
    let mut fields = value.fields(report)?;
    let mut sides = Vec::new();
    for &(key, quadrant) in Quadrant::ALL {
        sides.extend(fields.text(key, report).map(|text| (quadrant, text)));
    }
    let so = fields.text("so", report);
    let span = fields.span();
    fields.finish(report);
    let Ok([one, other]) = <[_; 2]>::try_from(sides) else {
        report.push(
            Diagnostic::new(Code::MissingKey, span, "a tension has two sides").help(
                "two of `says`, `thinks`, `does` and `feels`, such as `says: cheapest` and `does: pays for quiet`",
            ),
        );
        return None;
    };
    Some(Tension { one, other, so })
}
