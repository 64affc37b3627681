//! How bad each finding is in the end: as its rule comes, as the handbook sets it, or as the item sets it in whose file
//! it lies. An error is never changed.

use crate::diag::{Code, Diagnostic, Place, Report};
use crate::hash::HashMap;
use crate::model::{Handbook, Lang, RuleLevel};
use crate::source::FileId;

/// What is set, and whether it has changed anything.
struct Levels<'h> {
    entries: Vec<(&'h RuleLevel, bool)>,
    /// The handbook's own, by rule.
    general: HashMap<Code, usize>,
    /// An item's, by file and rule.
    special: HashMap<(FileId, Code), usize>,
}

/// Applies what handbook and items set to all that was found so far, and tells which of it was for nothing.
pub(super) fn settle(handbook: &Handbook, report: &mut Report) {
    let mut levels = Levels::of(handbook);
    report.settle(|found| levels.judge(found));
    // An error may hide what a rule would find.
    if report.has_errors() {
        return;
    }
    let mut idle = Report::default();
    for (entry, used) in &levels.entries {
        if entry.level.is_none() && !used && entry.rule != Code::IdleCheck {
            let message = format!("`{}` is turned off, and would find nothing here", entry.rule.name());
            idle.push(Diagnostic::new(Code::IdleCheck, entry.span, message).help("take the entry out"));
        }
    }
    idle.settle(|found| levels.judge(found));
    report.append(idle);
}

impl<'h> Levels<'h> {
    fn of(handbook: &'h Handbook) -> Self {
        let mut levels = Self { entries: Vec::new(), general: HashMap::default(), special: HashMap::default() };
        for entry in &handbook.settings.checks {
            levels.general.insert(entry.rule, levels.entries.len());
            levels.entries.push((entry, false));
        }
        // Readings lie in a file of their own.
        let readings: HashMap<FileId, FileId> = (handbook.metrics.iter())
            .filter_map(|metric| Some((metric.item.file, metric.readings.first()?.span.file)))
            .collect();
        for item in handbook.items() {
            for entry in &item.checks {
                for file in item.files().chain(readings.get(&item.file).copied()) {
                    levels.special.insert((file, entry.rule), levels.entries.len());
                }
                levels.entries.push((entry, false));
            }
        }
        levels
    }

    /// Sets how bad a finding is; gives the reason if nobody is to hear of it.
    fn judge(&mut self, found: &mut Diagnostic) -> Option<String> {
        if !found.code.is_rule() {
            return None;
        }
        let special = match &found.place {
            Place::Source(span) => self.special.get(&(span.file, found.code)),
            _ => None,
        };
        let (entry, used) = &mut self.entries[*special.or_else(|| self.general.get(&found.code))?];
        *used = true;
        match entry.level {
            Some(level) => {
                found.severity = level;
                None
            }
            None => {
                let reason = entry.reason.as_ref();
                Some(reason.map_or_else(String::new, |reason| reason.str(Lang::DEFAULT).to_owned()))
            }
        }
    }
}
