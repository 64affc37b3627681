//! `journeybook`: arguments in, an exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    journeybook::cli::run()
}
