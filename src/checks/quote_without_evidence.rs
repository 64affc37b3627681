//! Words that nobody is known to have said.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Contents, MapKind, Quote, Step};

/// Looks at what is said on maps, and at the quotes of personas. A step's own evidence stands behind what is said there;
/// what is said in a future state has been said by nobody yet.
pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let mut tell = |quote: &Quote, help: &str| {
        let message = "nobody is known to have said this";
        report.push(Diagnostic::new(Code::QuoteWithoutEvidence, quote.text.first().span, message).help(help));
    };
    let bare = |quote: &&Quote| quote.insights.is_empty();
    for map in sound.maps().filter(|map| map.kind() != MapKind::FutureState) {
        let steps: Vec<&Step> = map.steps().map(|(_, step)| step).collect();
        let of_steps = steps.iter().filter(|step| step.insights.is_empty()).filter_map(|step| step.says.as_ref());
        let others = map.crowd().into_iter().flat_map(|crowd| &crowd.differences);
        let others = others.filter(|other| steps.get(other.step.index()).is_none_or(|step| step.insights.is_empty()));
        let quadrant = match &map.contents {
            Contents::Empathy(empathy) => empathy.says.as_slice(),
            _ => &[],
        };
        let said = quadrant.iter().chain(of_steps).chain(others.filter_map(|other| other.says.as_ref()));
        let help = "name the evidence under `insights`; what you believe they would say goes to `thinks`";
        said.filter(bare).for_each(|quote| tell(quote, help));
    }
    for quote in sound.personas().filter_map(|persona| persona.quote.as_ref()).filter(bare) {
        tell(quote, "write `text` and `insights` below it, with the interviews or reviews that hold these words");
    }
}
