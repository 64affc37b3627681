//! A build may be killed at any moment: the output folder is whole all the same, the old site or the new one, or, where few files
//! differ, each file is; and the next build is as any other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const GUIDES: usize = 200;
const KILLS: u32 = 80;

/// Writes a handbook whose first guides, so many, carry `word`.
fn handbook(root: &Path, word: &str, count: usize) {
    let guides = root.join("guides");
    fs::create_dir_all(&guides).unwrap();
    fs::write(root.join("handbook.yaml"), "title: Kill test\nlanguages: [en]\n").unwrap();
    fs::write(root.join("index.md"), "---\ntitle: Home\nsummary: All guides.\n---\n\nRead them.\n").unwrap();
    // In each there is a file that is not in the other.
    fs::create_dir_all(root.join("assets")).unwrap();
    fs::write(root.join(format!("assets/{word}.txt")), word).unwrap();
    for number in 0..GUIDES {
        let word = if number < count { word } else { "granite" };
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

/// Two handbooks whose first guides, so many, differ, their sites, and a third site that one and the other are built into by turns.
struct Desk {
    folder: TempDir,
    sites: [Site; 2],
}

/// Every file of a site with its bytes, by path.
type Site = BTreeMap<PathBuf, Vec<u8>>;

const WORDS: [&str; 2] = ["amber", "cobalt"];

impl Desk {
    fn new(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let sites = WORDS.map(|word| {
            handbook(&path(word), word, count);
            build(&path(word), &path(&format!("{word}-site")));
            contents(&path(&format!("{word}-site")))
        });
        assert!(sites[0].len() > GUIDES && sites[0] != sites[1]);
        build(&path(WORDS[1]), &path("site"));
        Self { folder, sites }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Builds one after the other, kills every build at another moment, and hands over what stands there then.
    fn kill(&self, check: impl Fn(u32, &Site)) {
        let begin = Instant::now();
        build(&self.path(WORDS[0]), &self.path("site"));
        let whole_build = begin.elapsed();
        let mut interrupted = 0;
        for kill in 0..KILLS {
            let mut running = start(&self.path(WORDS[(kill as usize + 1) % 2]), &self.path("site"));
            // At any moment of a build, and often around the one that counts: when all that is new is there.
            if kill % 4 < 2 {
                thread::sleep(whole_build * kill / KILLS);
            } else {
                wait_for_files(&self.path(".site.journeybook-new"), self.new_files(), &mut running);
                thread::sleep(Duration::from_micros(100) * (kill / 2));
            }
            running.kill().unwrap();
            interrupted += u32::from(!running.wait().unwrap().success());
            check(kill, &contents(&self.path("site")));
        }
        assert!(interrupted >= KILLS / 4, "only {interrupted} builds were still running when they were killed");
    }

    /// How many files a build writes, or links, before it puts them in place.
    fn new_files(&self) -> usize {
        let [one, other] = &self.sites;
        let differ = one.iter().filter(|(path, bytes)| other.get(*path) != Some(bytes)).count();
        if differ * 10 <= one.len() { differ } else { one.len() }
    }

    /// Builds once more, to the end.
    fn finish(&self) {
        build(&self.path(WORDS[1]), &self.path("site"));
        assert!(contents(&self.path("site")) == self.sites[1], "a build after all these is as any other");
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let clutter: Vec<_> =
            names.map(|name| name.into_string().unwrap()).filter(|name| name.starts_with('.')).collect();
        assert!(clutter.is_empty(), "{clutter:?}");
    }
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let desk = Desk::new(GUIDES);
    desk.kill(|kill, site| {
        assert!(desk.sites.contains(site), "after kill {kill} the site is neither the old one nor the new one");
    });
    desk.finish();
}

#[test]
fn a_killed_build_of_few_files_leaves_each_of_them_whole() {
    let desk = Desk::new(5);
    let [one, other] = &desk.sites;
    assert!(desk.new_files() < one.len() / 10, "{} of {} are not few", desk.new_files(), one.len());
    desk.kill(|kill, site| {
        let missing = one.keys().find(|path| other.contains_key(*path) && !site.contains_key(*path));
        assert_eq!(missing, None, "after kill {kill}");
        let whole = |(path, bytes): (&PathBuf, &Vec<u8>)| desk.sites.iter().any(|site| site.get(path) == Some(bytes));
        assert!(site.iter().all(whole), "after kill {kill} a file is neither the old one nor the new one");
    });
    desk.finish();
}

#[test]
fn a_cache_that_others_write_into_meanwhile_does_not_stop_a_build() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (root, cache) = (path("handbook"), path("cache"));
    let start = |out: &str, cache: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_journeybook"));
        command.arg("build").arg(&root).arg("-o").arg(path(out)).env("JOURNEYBOOK_CACHE", cache);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut cuts = 0;
    for round in 0..20 {
        handbook(&root, WORDS[round % 2], GUIDES);
        let mut build = start("site", &cache);
        while build.try_wait().unwrap().is_none() {
            for file in fs::read_dir(&cache).into_iter().flatten().flatten() {
                let drafts = file.path().extension().is_some_and(|ending| ending == "journeybook-drafts");
                let file = fs::File::options().write(true).open(file.path()).ok().filter(|_| drafts && round > 0);
                cuts += usize::from(file.is_some_and(|file| file.set_len(1000).is_ok()));
            }
        }
        assert!(build.wait().unwrap().success(), "round {round}");
        assert!(start("clean", Path::new("")).wait().unwrap().success());
        assert!(contents(&path("site")) == contents(&path("clean")), "round {round}");
    }
    assert!(cuts > 20, "{cuts}");
}
