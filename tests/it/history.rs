//! The history of a handbook, read from repositories of every kind; none of them may stop a build.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use journeybook::disk::Chronicle;
use journeybook::history::{Done, History};
use journeybook::path::HandbookPath;
use tempfile::TempDir;

/// A repository in a folder of its own.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self { folder: TempDir::new().unwrap() };
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) -> String {
        git_in(self.path(), arguments, "2026-11-01")
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Commits everything on a day.
    fn commit(&self, subject: &str, day: &str) {
        git_in(self.path(), &["add", "-A"], day);
        git_in(self.path(), &["commit", "-q", "--allow-empty", "-m", subject], day);
    }
}

/// Runs git as somebody, on a day, with no settings but the repository's.
fn git_in(folder: &Path, arguments: &[&str], day: &str) -> String {
    let when = format!("{day}T23:30:00+0800");
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .envs([("GIT_AUTHOR_NAME", "Han Wei 韩伟"), ("GIT_AUTHOR_EMAIL", "han@harbor.example")])
        .envs([("GIT_COMMITTER_NAME", "Rosa"), ("GIT_COMMITTER_EMAIL", "rosa@harbor.example")])
        .envs([("GIT_AUTHOR_DATE", &when), ("GIT_COMMITTER_DATE", &when)])
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn read(root: &Path) -> Result<Option<Arc<History>>, String> {
    Chronicle::of(root).read()
}

fn history(root: &Path) -> Arc<History> {
    read(root).unwrap().expect("a history")
}

fn last(history: &History, path: &str) -> Option<String> {
    history.last_touched(&HandbookPath::new(path).unwrap()).map(|day| day.to_string())
}

/// `subject: path what` of every touch.
fn told(history: &History) -> Vec<String> {
    let commits = history.commits.iter();
    let touches = commits.flat_map(|commit| {
        commit.touched.iter().map(move |touch| format!("{}: {} {:?}", commit.subject, touch.path, touch.what))
    });
    touches.collect()
}

const SETTINGS: &str = "title: Harbor\n";
const MAP: &str = "title: Buying\nkind: experience\noutcome: Fine.\nstages:\n  - id: door\n    title: Door\n    steps:\n      - { id: wait, action: Waits, feels: -1 }\n";

/// A repository with a handbook of two commits at its top.
fn handbook() -> Repository {
    let repository = Repository::new();
    repository.write("handbook.yaml", SETTINGS);
    repository.write("maps/buying.yaml", MAP);
    repository.commit("Draw the map", "2026-10-01");
    repository.write("maps/buying.yaml", &MAP.replace("-1", "-2"));
    repository.commit("Waiting is worse", "2026-10-09");
    repository
}

fn build(root: &Path, more: &[(&str, &str)]) -> (Output, TempDir) {
    let out = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_journeybook"));
    command.arg("build").arg(root).arg("-o").arg(out.path().join("site")).envs(more.iter().copied());
    (command.output().unwrap(), out)
}

fn page(out: &TempDir, path: &str) -> Option<String> {
    fs::read_to_string(out.path().join("site").join(path)).ok()
}

#[test]
fn commits_are_told_newest_first_with_their_texts() {
    let repository = handbook();
    let history = history(repository.path());
    assert_eq!(
        told(&history),
        [
            "Waiting is worse: maps/buying.yaml Changed",
            "Draw the map: handbook.yaml Added",
            "Draw the map: maps/buying.yaml Added"
        ]
    );
    let newest = &history.commits[0];
    assert_eq!((newest.author.as_str(), newest.id.len()), ("Han Wei 韩伟", 7));
    // The committer's own day, not the day it was then in Greenwich or is here.
    assert_eq!(newest.day.to_string(), "2026-10-09");
    let touch = &newest.touched[0];
    assert_eq!(touch.old.as_deref(), Some(MAP));
    assert_eq!(touch.new.as_deref(), Some(MAP.replace("-1", "-2").as_str()));
    assert_eq!(last(&history, "handbook.yaml").unwrap(), "2026-10-01");
    assert_eq!(last(&history, "maps/buying.yaml").unwrap(), "2026-10-09");
    assert!(!history.cut);
}

#[test]
fn a_folder_in_no_repository_has_no_history_and_nothing_is_said() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("handbook.yaml"), SETTINGS).unwrap();
    assert_eq!(read(folder.path()), Ok(None));
    let (output, out) = build(folder.path(), &[]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(lines(&said), 1, "{said}");
    assert!(page(&out, "changes/index.html").is_none());
    let front = page(&out, "index.html").unwrap();
    assert!(!front.contains("What changed") && !front.contains("Last changed"));
}

#[test]
fn a_repository_without_commits_has_no_history() {
    let repository = Repository::new();
    repository.write("handbook.yaml", SETTINGS);
    assert_eq!(read(repository.path()), Ok(None));
}

#[test]
fn a_handbook_that_nobody_committed_has_no_history() {
    let repository = Repository::new();
    repository.write("notes.txt", "n");
    repository.commit("Notes", "2026-10-01");
    repository.write("hb/handbook.yaml", SETTINGS);
    assert_eq!(read(&repository.path().join("hb")), Ok(None));
}

#[test]
fn a_handbook_in_a_sub_folder_has_only_its_own_history() {
    let repository = Repository::new();
    repository.write("程序/main.rs", "fn main() {}");
    repository.write("手册 a/handbook.yaml", SETTINGS);
    repository.write("手册 a/maps/买洗衣机.yaml", MAP);
    repository.write("手册 a/site/index.html", "old");
    repository.commit("Begin", "2026-10-01");
    repository.write("程序/main.rs", "fn main() { }");
    repository.commit("Program", "2026-10-02");
    // A name as some disks keep it, with its accent apart.
    repository.write("手册 a/guides/cafe\u{301}.md", "---\ntitle: Café\n---\n");
    repository.commit("Guide", "2026-10-03");
    let history = history(&repository.path().join("手册 a"));
    assert_eq!(
        told(&history),
        ["Guide: guides/café.md Added", "Begin: handbook.yaml Added", "Begin: maps/买洗衣机.yaml Added"]
    );
    assert_eq!(last(&history, "guides/café.md").unwrap(), "2026-10-03");
}

#[test]
fn a_renamed_file_keeps_its_history_and_a_deleted_one_its_title() {
    let repository = handbook();
    repository.git(&["mv", "maps/buying.yaml", "maps/purchase.yaml"]);
    repository.commit("A better name", "2026-10-11");
    repository.git(&["rm", "-q", "maps/purchase.yaml"]);
    repository.write("maps/other.yaml", "title: Quite another thing\n");
    repository.commit("Gone", "2026-10-12");
    let history = history(repository.path());
    assert_eq!(
        told(&history),
        [
            "Gone: maps/other.yaml Added",
            "Gone: maps/purchase.yaml Deleted",
            "A better name: maps/purchase.yaml Renamed",
            "Waiting is worse: maps/purchase.yaml Changed",
            "Draw the map: handbook.yaml Added",
            "Draw the map: maps/purchase.yaml Added",
        ]
    );
    assert_eq!(last(&history, "maps/purchase.yaml"), None);
    let gone = &history.commits[0].touched[1];
    assert!(gone.old.as_deref().unwrap().contains("title: Buying") && gone.new.is_none());
}

#[test]
fn a_file_moved_in_from_elsewhere_is_new_and_one_moved_out_is_gone() {
    let repository = Repository::new();
    repository.write("drafts/buying.yaml", MAP);
    repository.write("handbook.yaml", SETTINGS);
    repository.commit("Draft", "2026-10-01");
    fs::create_dir_all(repository.path().join("maps")).unwrap();
    repository.git(&["mv", "drafts/buying.yaml", "maps/buying.yaml"]);
    repository.commit("In", "2026-10-02");
    fs::create_dir_all(repository.path().join("drafts")).unwrap();
    repository.git(&["mv", "maps/buying.yaml", "drafts/buying.yaml"]);
    repository.commit("Out", "2026-10-03");
    assert_eq!(
        told(&history(repository.path())),
        ["Out: maps/buying.yaml Deleted", "In: maps/buying.yaml Added", "Draft: handbook.yaml Added"]
    );
}

#[test]
fn a_shallow_clone_does_not_say_that_everything_changed_at_its_end() {
    let repository = handbook();
    let clones = TempDir::new().unwrap();
    let address = format!("file://{}", repository.path().display());
    for (depth, commits) in [("1", 0), ("2", 1)] {
        let clone = clones.path().join(depth);
        git_in(clones.path(), &["clone", "-q", "--depth", depth, &address, depth], "2026-11-01");
        if depth == "2" {
            fs::write(clone.join("maps/buying.yaml"), MAP).unwrap();
            git_in(&clone, &["commit", "-qam", "As it was"], "2026-11-02");
        }
        let history = read(&clone);
        if commits == 0 {
            // The only commit at hand seems to have made everything, and has not.
            assert_eq!(history, Err("no older commits are at hand, as in a shallow clone".to_owned()));
            continue;
        }
        let history = history.unwrap().unwrap();
        assert_eq!(
            told(&history),
            ["As it was: maps/buying.yaml Changed", "Waiting is worse: maps/buying.yaml Changed"]
        );
        assert_eq!(last(&history, "handbook.yaml"), None);
        assert!(history.cut);
        let (output, out) = build(&clone, &[]);
        assert!(output.status.success());
        assert!(page(&out, "changes/index.html").unwrap().contains("Older history is not at hand."));
    }
}

/// How many lines were said, without the one that counts what `check` would say.
fn lines(said: &str) -> usize {
    said.lines().filter(|line| !line.contains("`journeybook check`")).count()
}

#[test]
fn a_corrupt_repository_costs_one_line() {
    let broken: [fn(&Path); 4] = [
        |git| fs::remove_dir_all(git.join("objects")).and_then(|()| fs::create_dir(git.join("objects"))).unwrap(),
        |git| fs::write(git.join("HEAD"), "nonsense").unwrap(),
        |git| fs::write(git.join("refs/heads/main"), "0123456789012345678901234567890123456789\n").unwrap(),
        |git| fs::write(git.join("config"), "[core\n\u{1b}]0;x").unwrap(),
    ];
    for (number, damage) in broken.iter().enumerate() {
        let repository = handbook();
        damage(&repository.path().join(".git"));
        let (output, out) = build(repository.path(), &[]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "damage {number}: {said}");
        assert!(lines(&said) <= 2, "damage {number}: {said}");
        assert!(!said.contains('\u{1b}'), "damage {number}");
        assert!(page(&out, "index.html").is_some() && page(&out, "changes/index.html").is_none());
    }
    let repository = handbook();
    broken[0](&repository.path().join(".git"));
    let said = String::from_utf8(build(repository.path(), &[]).0.stderr).unwrap();
    assert!(said.starts_with("What changed is not shown: `git` says `"), "{said}");
}

#[test]
fn without_the_program_there_is_no_history_and_nothing_is_said() {
    let repository = handbook();
    let (output, out) = build(repository.path(), &[("PATH", "/nowhere")]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(lines(&said), 1, "{said}");
    assert!(page(&out, "changes/index.html").is_none());
}

#[test]
#[cfg(unix)]
fn nothing_that_a_strange_repository_names_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let repository = handbook();
    let mark = repository.path().join("was-run");
    let program = repository.path().join("program");
    fs::write(&program, format!("#!/bin/sh\ntouch '{}'\ncat\n", mark.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    repository.write(".gitattributes", "*.yaml diff=own filter=own\n");
    git_in(repository.path(), &["add", ".gitattributes"], "2026-10-10");
    git_in(repository.path(), &["commit", "-qm", "Attributes"], "2026-10-10");
    for key in ["core.fsmonitor", "core.pager", "diff.external", "diff.own.command", "diff.own.textconv"] {
        repository.git(&["config", key, program]);
    }
    for key in ["filter.own.smudge", "gpg.program", "core.sshCommand", "pager.log", "core.alternateRefsCommand"] {
        repository.git(&["config", key, program]);
    }
    repository.git(&["config", "log.showSignature", "true"]);
    for hook in ["post-index-change", "post-checkout", "fsmonitor-watchman"] {
        fs::create_dir_all(repository.path().join(".git/hooks")).unwrap();
        fs::copy(program, repository.path().join(".git/hooks").join(hook)).unwrap();
    }
    let _ = fs::remove_file(&mark);
    let before = fs::read(repository.path().join(".git/index")).unwrap();
    assert_eq!(told(&history(repository.path()))[0], "Waiting is worse: maps/buying.yaml Changed");
    assert!(!mark.exists(), "something was run");
    assert_eq!(fs::read(repository.path().join(".git/index")).unwrap(), before, "something was written");
}

#[test]
fn who_started_us_does_not_lead_us_to_another_repository() {
    let (ours, other) = (handbook(), handbook());
    other.write("maps/buying.yaml", "title: Elsewhere\n");
    other.commit("In the other one", "2026-10-20");
    let other_git = other.path().join(".git");
    let (output, out) = build(ours.path(), &[("GIT_DIR", other_git.to_str().unwrap()), ("GIT_WORK_TREE", "/")]);
    assert!(output.status.success());
    let changes = page(&out, "changes/index.html").unwrap();
    assert!(changes.contains("Waiting is worse") && !changes.contains("In the other one"));
}

#[test]
fn another_working_tree_and_a_module_have_the_history_of_what_is_checked_out() {
    let repository = handbook();
    let trees = TempDir::new().unwrap();
    let tree = trees.path().join("tree");
    repository.git(&["worktree", "add", "-q", tree.to_str().unwrap(), "HEAD~1"]);
    assert_eq!(told(&history(&tree)), ["Draw the map: handbook.yaml Added", "Draw the map: maps/buying.yaml Added"]);

    let outer = Repository::new();
    outer.git(&["submodule", "--quiet", "add", repository.path().to_str().unwrap(), "hb"]);
    outer.commit("With a handbook inside", "2026-10-30");
    assert_eq!(told(&history(&outer.path().join("hb"))).len(), 3);
    assert_eq!(read(outer.path()), Ok(None), "what is inside is no file of the outer one");
}

#[test]
fn what_a_branch_brought_is_told_from_its_own_commits() {
    let repository = handbook();
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.write("guides/side.md", "---\ntitle: Side\n---\n");
    repository.commit("On the side", "2026-10-10");
    repository.git(&["checkout", "-q", "main"]);
    repository.write("teams.yaml", "cx: { title: CX }\n");
    repository.commit("On main", "2026-10-11");
    git_in(repository.path(), &["merge", "-q", "--no-edit", "side"], "2026-10-12");
    let history = history(repository.path());
    assert_eq!(told(&history)[..2], ["On main: teams.yaml Added", "On the side: guides/side.md Added"]);
    assert_eq!(last(&history, "guides/side.md").unwrap(), "2026-10-10");
}

#[test]
fn large_texts_and_assets_are_not_read_but_told() {
    let repository = handbook();
    repository.write("guides/long.md", &"a".repeat(300_000));
    repository.write("assets/picture.bin", "one");
    repository.commit("Begin", "2026-10-10");
    repository.write("guides/long.md", &"b".repeat(300_000));
    repository.write("assets/picture.bin", "two");
    repository.write("maps/buying.yaml", "title: \u{1}\n");
    repository.commit("Much", "2026-10-11");
    let history = history(repository.path());
    let texts = history.commits[0].touched.iter().map(|touch| (touch.path.as_str(), touch.what, touch.old.is_some()));
    assert_eq!(
        texts.collect::<Vec<_>>(),
        [
            ("assets/picture.bin", Done::Changed, false),
            ("guides/long.md", Done::Changed, false),
            ("maps/buying.yaml", Done::Changed, true)
        ]
    );
}

#[test]
fn many_commits_are_read_only_until_every_file_has_been_seen() {
    let repository = handbook();
    for number in 0..40 {
        repository.write("teams.yaml", &format!("cx: {{ title: CX {number} }}\n"));
        repository.commit(&format!("Team {number}"), "2026-10-10");
    }
    let history = history(repository.path());
    assert_eq!(history.commits.len(), 31);
    assert_eq!(last(&history, "handbook.yaml").unwrap(), "2026-10-01");
    assert!(!history.cut);
    assert!(history.commits[29].touched[0].new.is_some() && history.commits[30].touched[0].new.is_none());
}

#[test]
fn it_is_read_again_only_when_the_repository_moved_on() {
    let repository = handbook();
    let mut chronicle = Chronicle::of(repository.path());
    let first = chronicle.read().unwrap().unwrap();
    repository.write("maps/buying.yaml", MAP);
    let second = chronicle.read().unwrap().unwrap();
    assert!(Arc::ptr_eq(&first, &second), "nobody committed anything");
    repository.commit("Back", "2026-10-20");
    let third = chronicle.read().unwrap().unwrap();
    assert_eq!(told(&third)[0], "Back: maps/buying.yaml Changed");
    // Without a log of its moves, the branch shows it.
    repository.git(&["config", "core.logAllRefUpdates", "false"]);
    fs::remove_dir_all(repository.path().join(".git/logs")).unwrap();
    let mut chronicle = Chronicle::of(repository.path());
    chronicle.read().unwrap();
    repository.write("maps/buying.yaml", &MAP.replace("-1", "0"));
    repository.commit("Forth", "2026-10-21");
    assert_eq!(told(&chronicle.read().unwrap().unwrap())[0], "Forth: maps/buying.yaml Changed");
}

#[test]
fn pages_say_when_their_item_changed_in_any_of_its_files() {
    let repository = handbook();
    repository
        .write("handbook.yaml", "title: Harbor\nlanguages: [en, zh-CN]\nedit: https://code.example/e/{path}?x=1\n");
    repository.write("metrics/wait.yaml", "title: Wait\nkind: count\ndefinition: Minutes.\n");
    repository.write("metrics/wait.csv", "date,value\n2026-09,4\n");
    repository.write("teams.yaml", "cx: { title: CX }\n");
    repository.write("guides/甲 乙#1.md", "---\ntitle: A\n---\n");
    repository.commit("Metric", "2026-10-10");
    repository.write("metrics/wait.csv", "date,value\n2026-09,4\n2026-10,3\n");
    repository.write("maps/buying.zh.yaml", "title: 买\n");
    repository.commit("Reading", "2026-10-11");
    fs::rename(repository.path().join("guides/甲 乙#1.md"), repository.path().join("guides/甲乙.md")).unwrap();
    let (output, out) = build(repository.path(), &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let foot = |path: &str| {
        let html = page(&out, path).unwrap();
        html.split_once("class=\"jb-keeping\">").map(|(_, rest)| rest.split_once("</p>").unwrap().0.to_owned())
    };
    for path in ["metrics/wait.html", "maps/buying.html"] {
        assert!(foot(path).unwrap().contains("Last changed 11\u{a0}Oct 2026</span>"), "{path}: {:?}", foot(path));
    }
    assert!(foot("maps/buying.html").unwrap().contains("href=\"https://code.example/e/maps/buying.yaml?x=1\""));
    // A list of many says where it is edited; when it changed says nothing of one of them.
    let team = foot("teams/cx.html").unwrap();
    assert!(team.contains("e/teams.yaml?x=1") && !team.contains("Last changed"));
    // Renamed and not committed: no commit at hand knows it by this name.
    let renamed = foot("guides/甲乙.html").unwrap();
    assert!(renamed.contains("e/guides/%E7%94%B2%E4%B9%99.md?x=1") && !renamed.contains("Last changed"));
    assert_eq!(foot("maps/index.html"), None);
    let changes = page(&out, "changes/index.html").unwrap();
    assert!(changes.contains("new reading Oct 2026: 3"), "{changes}");
}
