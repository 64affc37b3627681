//! Evidence that is older or smaller than the handbook wants it: `old-evidence` and `small-evidence`.
//!
//! Only what something rests on is told; a handbook that asks for nothing hears nothing.

use super::sound::{Sound, cited};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::Date;

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let handbook = sound.handbook;
    let policy = handbook.settings.evidence;
    let cited = cited(handbook);
    let insights = handbook.insights.entries().filter(|(id, insight)| cited[id.index()] && !insight.item.unread);
    for (_, insight) in insights {
        let span = insight.item.span();
        if let Some(most) = policy.max_age
            && insight.date != Date::UNKNOWN
            && insight.date.after(most).is_over(handbook.today)
        {
            let message = format!("what was learned in `{}` is older than this handbook wants", insight.date);
            report.push(
                Diagnostic::new(Code::OldEvidence, insight.date_at.unwrap_or(span), message)
                    .help("ask again, or say under `checks` why it still holds"),
            );
        }
        if let Some(fewest) = policy.min_sample
            && let Some(sample) = insight.sample.filter(|&sample| sample < fewest)
        {
            let message = format!("something rests on `{sample}`, and this handbook wants at least {fewest}");
            report.push(
                Diagnostic::new(Code::SmallEvidence, insight.sample_at.unwrap_or(span), message)
                    .help("ask more people, or say under `checks` why these are enough"),
            );
        }
    }
}
