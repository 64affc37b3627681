//! Git, as a team uses it on its handbook.

use std::path::Path;
use std::process::Command;

/// Runs git in a folder, as somebody who signs nothing.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=Mei", "-c", "user.email=mei@harbor.example", "-c", "commit.gpgsign=false"];
    let done = Command::new("git").arg("-C").arg(folder).args(who).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
