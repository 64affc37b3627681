//! `journeybook explain`.

use super::Outcome;
use super::terminal::Terminal;
use crate::diag::{Code, suggest};

/// Prints a code's page, or all codes.
pub(super) fn run(code: Option<&str>, terminal: &Terminal) -> Outcome {
    let Some(name) = code else {
        for code in Code::ALL {
            terminal.result(format_args!("{:<28}{}", code.name(), code.severity().name()));
        }
        return Outcome::Fine;
    };
    if let Some(code) = Code::find(name) {
        terminal.result(code.page().trim_end());
        return Outcome::Fine;
    }
    let near = suggest::nearest(name, Code::ALL.iter().map(|code| code.name()));
    let hint = near
        .map_or_else(|| "`journeybook explain` lists them all".to_owned(), |near| format!("did you mean `{near}`?"));
    terminal.fail(format_args!("no code is called `{name}`; {hint}"));
    Outcome::Failed
}
