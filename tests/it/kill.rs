//! A build may be killed at any moment: the output folder is whole all the same, the old site or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const GUIDES: usize = 200;
const KILLS: u32 = 80;

/// Writes a handbook whose every guide carries `word`.
fn handbook(root: &Path, word: &str) {
    let guides = root.join("guides");
    fs::create_dir_all(&guides).unwrap();
    fs::write(root.join("handbook.yaml"), "title: Kill test\nlanguages: [en]\n").unwrap();
    fs::write(root.join("index.md"), "---\ntitle: Home\nsummary: All guides.\n---\n\nRead them.\n").unwrap();
    for number in 0..GUIDES {
        let text = format!("---\ntitle: Guide {number}\nsummary: About the {word}.\n---\n\n## The {word}\n\nText.\n");
        fs::write(guides.join(format!("guide-{number}.md")), text).unwrap();
    }
}

fn start(root: &Path, out: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_journeybook"));
    command.arg("build").arg(root).arg("-o").arg(out);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn build(root: &Path, out: &Path) {
    assert!(start(root, out).wait().unwrap().success());
}

/// Every file below a folder with its bytes, by path.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|file| !file.file_type().is_dir());
    let relative = |path: &Path| path.strip_prefix(folder).unwrap().to_path_buf();
    files.map(|file| (relative(file.path()), fs::read(file.path()).unwrap())).collect()
}

/// Waits until there are so many files in a folder, or the build is over.
fn wait_for_files(folder: &Path, files: usize, running: &mut Child) {
    let count =
        || walkdir::WalkDir::new(folder).into_iter().flatten().filter(|file| file.file_type().is_file()).count();
    while running.try_wait().unwrap().is_none() && count() < files {}
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let words = ["amber", "cobalt"];
    for word in words {
        handbook(&path(word), word);
        build(&path(word), &path(&format!("{word}-site")));
    }
    let sites = words.map(|word| contents(&path(&format!("{word}-site"))));
    assert!(sites[0].len() > GUIDES && sites[0] != sites[1]);

    let out = path("site");
    build(&path(words[1]), &out);
    let begin = Instant::now();
    build(&path(words[0]), &out);
    let whole_build = begin.elapsed();
    let mut interrupted = 0;
    for kill in 0..KILLS {
        let mut running = start(&path(words[(kill as usize + 1) % 2]), &out);
        // At any moment of a build, and often around the one that counts: when the new tree is complete.
        if kill % 4 < 2 {
            thread::sleep(whole_build * kill / KILLS);
        } else {
            wait_for_files(&path(".site.journeybook-new"), sites[0].len(), &mut running);
            thread::sleep(Duration::from_micros(100) * (kill / 2));
        }
        running.kill().unwrap();
        interrupted += u32::from(!running.wait().unwrap().success());
        let site = contents(&out);
        assert!(sites.contains(&site), "after kill {kill} the site is neither the old one nor the new one");
    }
    assert!(interrupted >= KILLS / 4, "only {interrupted} builds were still running when they were killed");

    build(&path(words[1]), &out);
    assert!(contents(&out) == sites[1], "a build after all these is as any other");
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let clutter: Vec<_> = names.filter(|name| name.starts_with('.')).collect();
    assert!(clutter.is_empty(), "{clutter:?}");
}
