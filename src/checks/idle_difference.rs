//! A difference that makes none.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::kinds::Difference;
use crate::model::{Lang, Step, Text};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    for map in sound.maps() {
        let Some(crowd) = map.crowd() else { continue };
        let steps: Vec<&Step> = map.steps().map(|(_, step)| step).collect();
        for difference in &crowd.differences {
            let Some(step) = steps.get(difference.step.index()) else { continue };
            if !differs(difference, step) {
                let name = &sound.handbook[difference.persona].item.name;
                let message = format!("`{name}` does not differ at the step `{}`", step.name);
                report.push(
                    Diagnostic::new(Code::IdleDifference, difference.span, message)
                        .help("say what is otherwise, such as `feels`, or take it out: the step holds for everybody"),
                );
            }
        }
    }
}

/// Whether anything that is said differs from the step.
fn differs(difference: &Difference, step: &Step) -> bool {
    let other = |mine: &Option<Text>, shared: Option<&Text>| {
        mine.as_ref().is_some_and(|mine| Some(words(mine)) != shared.map(words))
    };
    let pains = |pains: &[crate::model::Pain]| -> Vec<_> {
        pains.iter().map(|pain| (words(&pain.text).to_owned(), pain.severity)).collect()
    };
    difference.skips
        || other(&difference.action, Some(&step.action))
        || other(&difference.thinks, step.thinks.as_ref())
        || other(&difference.feeling, step.feeling.as_ref())
        || difference
            .says
            .as_ref()
            .is_some_and(|mine| step.says.as_ref().is_none_or(|shared| words(&mine.text) != words(&shared.text)))
        || difference.touchpoint.is_some() && difference.touchpoint != step.touchpoint
        || difference.feels.is_some() && difference.feels != step.feels
        || !difference.pains.is_empty() && pains(&difference.pains) != pains(&step.pains)
}

/// A text in the default language, in which both stand in the same file.
fn words(text: &Text) -> &str {
    text.str(Lang::DEFAULT)
}
