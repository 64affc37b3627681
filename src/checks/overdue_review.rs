//! Something that should have been looked at again.

use super::sound::Sound;
use crate::diag::{Code, Diagnostic, Report};

pub(super) fn check(sound: &Sound<'_>, report: &mut Report) {
    let handbook = sound.handbook;
    for item in handbook.items() {
        let Some(due) = item.review.due(handbook.settings.review_every) else { continue };
        if due.is_over(handbook.today) {
            let message = format!("the next review was due on `{due}`, and today is `{}`", handbook.today);
            let message = if due.day().is_none() { message.replacen("due on", "due in", 1) } else { message };
            let span = item.review.reviewed_at.unwrap_or_else(|| item.span());
            report.push(
                Diagnostic::new(Code::OverdueReview, span, message)
                    .help("compare it with what really happens, then write that day here"),
            );
        }
    }
}
