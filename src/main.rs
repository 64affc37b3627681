//! `journeybook`: arguments in, an exit code out.

use std::process::ExitCode;

// A build makes and drops millions of small texts; with the system's allocator it takes a third longer.
#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    journeybook::cli::run()
}
