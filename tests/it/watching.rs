//! What a preview hears of: every way in which editors, tools and people change a folder, with the system's announcements and
//! by looking. What is shown is asked for, not what was announced.

use std::fs::{self, File, FileTimes};
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use journeybook::serve::{Event, Options};

use crate::git::git;
use crate::previewing::{LONG, Preview, SHORT, index, write_handbook};

const GUIDE: &str = "/guides/first.html";

fn guide(text: &str) -> String {
    format!("---\ntitle: First\nsummary: A guide.\n---\n\n{text}\n")
}

/// Runs a test with the system's announcements, and by looking.
fn both(test: impl Fn(&dyn Fn(&mut Options))) {
    test(&|_| {});
    test(&|options| options.poll = true);
}

/// A preview with a guide that says `one`.
fn with_guide(change: &dyn Fn(&mut Options)) -> Preview {
    let folder = tempfile::tempdir().unwrap();
    let handbook = folder.path().join("handbook");
    write_handbook(&handbook, "Welcome.");
    fs::create_dir(handbook.join("guides")).unwrap();
    fs::write(handbook.join("guides/first.md"), guide("It says one.")).unwrap();
    let preview = Preview::start(folder, handbook, change);
    preview.says(GUIDE, "It says one.", true);
    preview
}

fn status(preview: &Preview, page: &str, wanted: u16) {
    let end = Instant::now() + LONG;
    loop {
        let status = preview.ask(&format!("GET {page}"), "").status;
        if status == wanted {
            return;
        }
        assert!(Instant::now() < end, "{page} stays {status}");
        sleep(Duration::from_millis(10));
    }
}

/// No build comes of itself: what is built is not announced, and what is read neither.
fn rests(preview: &Preview) {
    while preview.events.recv_timeout(Duration::from_millis(1700)).is_ok() {}
    for _ in 0..3 {
        preview.ask("GET /", "");
        preview.ask("GET /assets/film.mp4", "");
    }
    let more = preview.events.recv_timeout(Duration::from_millis(1300));
    assert!(more.is_err(), "it goes on by itself: {more:?}");
}

#[test]
fn every_editor_is_heard() {
    both(|change| {
        let preview = with_guide(change);
        let folder = preview.handbook().join("guides");
        let file = folder.join("first.md");
        // vim: the old file is set aside, a new one is written, the old one goes; it tries first whether it may write.
        fs::write(folder.join("4913"), "").unwrap();
        fs::remove_file(folder.join("4913")).unwrap();
        fs::rename(&file, folder.join("first.md~")).unwrap();
        fs::write(&file, guide("Saved by vim.")).unwrap();
        fs::remove_file(folder.join("first.md~")).unwrap();
        preview.says(GUIDE, "Saved by vim.", true);
        // IntelliJ: a new file beside it, the old one away, the new one in its place.
        fs::write(folder.join("first.md___jb_tmp___"), guide("Saved by IntelliJ.")).unwrap();
        fs::rename(&file, folder.join("first.md___jb_old___")).unwrap();
        fs::rename(folder.join("first.md___jb_tmp___"), &file).unwrap();
        fs::remove_file(folder.join("first.md___jb_old___")).unwrap();
        preview.says(GUIDE, "Saved by IntelliJ.", true);
        // VS Code: cut to nothing, and written in place.
        let place = File::options().write(true).truncate(true).open(&file).unwrap();
        sleep(Duration::from_millis(30));
        std::io::Write::write_all(&mut &place, guide("Saved by VS Code.").as_bytes()).unwrap();
        preview.says(GUIDE, "Saved by VS Code.", true);
        // A temporary file elsewhere, moved over it.
        fs::write(preview.beside("new.md"), guide("Moved over it.")).unwrap();
        fs::rename(preview.beside("new.md"), &file).unwrap();
        preview.says(GUIDE, "Moved over it.", true);
        rests(&preview);
    });
}

#[test]
fn files_and_folders_come_go_and_move() {
    both(|change| {
        let preview = with_guide(change);
        let guides = preview.handbook().join("guides");
        fs::rename(guides.join("first.md"), guides.join("second.md")).unwrap();
        status(&preview, GUIDE, 404);
        status(&preview, "/guides/second.html", 200);
        fs::remove_file(guides.join("second.md")).unwrap();
        status(&preview, "/guides/second.html", 404);

        // A folder with files at once, then moved within, changed there, moved out and back.
        let outside = preview.beside("kinds");
        fs::create_dir_all(outside.join("deep")).unwrap();
        fs::write(outside.join("deep/one.md"), guide("Deep one.")).unwrap();
        fs::rename(&outside, guides.join("kinds")).unwrap();
        preview.says("/guides/kinds/deep/one.html", "Deep one.", true);
        fs::write(guides.join("kinds/deep/one.md"), guide("Deep two.")).unwrap();
        preview.says("/guides/kinds/deep/one.html", "Deep two.", true);
        fs::rename(guides.join("kinds"), guides.join("sorts")).unwrap();
        status(&preview, "/guides/kinds/deep/one.html", 404);
        preview.says("/guides/sorts/deep/one.html", "Deep two.", true);
        fs::write(guides.join("sorts/deep/one.md"), guide("Deep three.")).unwrap();
        preview.says("/guides/sorts/deep/one.html", "Deep three.", true);
        fs::rename(guides.join("sorts"), &outside).unwrap();
        status(&preview, "/guides/sorts/deep/one.html", 404);
        fs::write(outside.join("deep/one.md"), guide("Changed outside.")).unwrap();
        fs::rename(&outside, guides.join("sorts")).unwrap();
        preview.says("/guides/sorts/deep/one.html", "Changed outside.", true);

        // Empty at first, filled file by file, and moved out.
        fs::create_dir(guides.join("late")).unwrap();
        sleep(SHORT);
        for name in ["one", "two"] {
            fs::write(guides.join("late").join(format!("{name}.md")), guide("Late.")).unwrap();
            preview.says(&format!("/guides/late/{name}.html"), "Late.", true);
        }
        fs::rename(guides.join("late"), preview.beside("late")).unwrap();
        status(&preview, "/guides/late/one.html", 404);
        status(&preview, "/guides/late/two.html", 404);

        // Removed with all in it, and restored; what is restored is heard of as before.
        fs::remove_dir_all(guides.join("sorts")).unwrap();
        status(&preview, "/guides/sorts/deep/one.html", 404);
        fs::create_dir_all(guides.join("sorts/deep")).unwrap();
        fs::write(guides.join("sorts/deep/one.md"), guide("Restored.")).unwrap();
        preview.says("/guides/sorts/deep/one.html", "Restored.", true);
        fs::write(guides.join("sorts/deep/one.md"), guide("And edited.")).unwrap();
        preview.says("/guides/sorts/deep/one.html", "And edited.", true);
        rests(&preview);
    });
}

#[test]
fn a_second_save_in_the_same_moment_is_seen() {
    both(|change| {
        let preview = with_guide(change);
        let file = preview.handbook().join("guides/first.md");
        let asset = preview.handbook().join("assets/note.txt");
        let time = SystemTime::now() - Duration::from_secs(1);
        let save = |path: &Path, text: &str| {
            fs::write(path, text).unwrap();
            File::options().write(true).open(path).unwrap().set_times(FileTimes::new().set_modified(time)).unwrap();
        };
        for round in 0..5 {
            // As long as each other, and with the same time: saved in one millisecond, and again a moment later.
            save(&file, &guide(&format!("Round {round} a.")));
            save(&asset, &format!("Round {round} a."));
            save(&file, &guide(&format!("Round {round} b.")));
            save(&asset, &format!("Round {round} b."));
            preview.says(GUIDE, &format!("Round {round} b."), true);
            preview.says("/assets/note.txt", &format!("Round {round} b."), true);
            save(&file, &guide(&format!("Round {round} c.")));
            preview.says(GUIDE, &format!("Round {round} c."), true);
        }
        rests(&preview);
    });
}

#[test]
fn a_checkout_of_five_hundred_files_is_seen_whole() {
    both(|change| {
        let preview = with_guide(change);
        let folder = preview.handbook().join("guides");
        let path = |number: usize| folder.join(format!("part-{}/page-{number}.md", number % 10));
        for turn in ["main", "branch"] {
            for number in 0..500 {
                fs::create_dir_all(path(number).parent().unwrap()).unwrap();
                fs::write(path(number), guide(&format!("Page {number} of {turn}."))).unwrap();
            }
            for number in [0, 249, 499] {
                let page = format!("/guides/part-{}/page-{number}.html", number % 10);
                preview.says(&page, &format!("Page {number} of {turn}."), true);
            }
        }
        (0..500).for_each(|number| fs::remove_file(path(number)).unwrap());
        for number in [0, 249, 499] {
            status(&preview, &format!("/guides/part-{}/page-{number}.html", number % 10), 404);
        }
        preview.says(GUIDE, "It says one.", true);
    });
}

#[test]
fn the_folder_itself_may_go_and_come_back() {
    both(|change| {
        let preview = with_guide(change);
        while preview.events.recv_timeout(SHORT).is_ok() {}
        let away = preview.beside("away");
        fs::rename(preview.handbook(), &away).unwrap();
        let told = preview.events.recv_timeout(LONG).unwrap();
        assert!(matches!(told, Event::NotRead(_)), "{told:?}");
        assert_eq!(preview.ask(&format!("GET {GUIDE}"), "").status, 200, "the last build stays to be seen");
        fs::write(away.join("guides/first.md"), guide("Changed while away.")).unwrap();
        fs::rename(&away, preview.handbook()).unwrap();
        preview.says(GUIDE, "Changed while away.", true);
        fs::write(preview.handbook().join("guides/first.md"), guide("And once back.")).unwrap();
        preview.says(GUIDE, "And once back.", true);

        // Another folder in its place, at once.
        let other = preview.beside("other");
        write_handbook(&other, "The other one.");
        fs::rename(preview.handbook(), &away).unwrap();
        fs::rename(&other, preview.handbook()).unwrap();
        preview.says("/", "The other one.", true);
        status(&preview, GUIDE, 404);
        preview.write("index.md", &index("The other one, edited."));
        preview.says("/", "The other one, edited.", true);
        preview.write("assets/new.txt", "new");
        preview.says("/assets/new.txt", "new", true);
    });
}

#[test]
fn links_and_loops_of_links_are_no_trouble() {
    both(|change| {
        let folder = tempfile::tempdir().unwrap();
        let (true_one, second) = (folder.path().join("true"), folder.path().join("second"));
        write_handbook(&true_one, "Welcome.");
        write_handbook(&second, "The second one.");
        fs::create_dir(true_one.join("guides")).unwrap();
        fs::write(true_one.join("guides/first.md"), guide("It says one.")).unwrap();
        let link = folder.path().join("handbook");
        std::os::unix::fs::symlink(&true_one, &link).unwrap();
        std::os::unix::fs::symlink(".", true_one.join("guides/round")).unwrap();
        std::os::unix::fs::symlink("film.mp4", true_one.join("assets/same.mp4")).unwrap();
        let preview = Preview::start(folder, link.clone(), change);
        preview.says(GUIDE, "It says one.", true);
        fs::write(true_one.join("guides/first.md"), guide("It says two.")).unwrap();
        preview.says(GUIDE, "It says two.", true);
        fs::write(true_one.join("assets/film.mp4"), "a short film").unwrap();
        preview.says("/assets/same.mp4", "a short film", true);
        rests(&preview);
        // The link leads to another folder from now on.
        let next = preview.beside("next");
        std::os::unix::fs::symlink(&second, &next).unwrap();
        fs::rename(&next, &link).unwrap();
        preview.says("/", "The second one.", true);
        fs::write(second.join("index.md"), index("The second one, edited.")).unwrap();
        preview.says("/", "The second one, edited.", true);
    });
}

#[test]
fn the_output_of_a_build_wakes_nobody() {
    both(|change| {
        let folder = tempfile::tempdir().unwrap();
        let handbook = folder.path().join("handbook");
        write_handbook(&handbook, "Welcome.");
        let site = handbook.join("site");
        let preview = Preview::start(folder, handbook.clone(), |options| {
            options.exclude = vec![site.clone()];
            change(options);
        });
        while preview.events.recv_timeout(SHORT).is_ok() {}
        for out in [site.clone(), handbook.join("public")] {
            let mut build = Command::new(env!("CARGO_BIN_EXE_journeybook"));
            let built = build.arg("-q").arg("build").arg(&handbook).arg("-o").arg(&out).status().unwrap();
            assert!(built.success());
            let told = preview.events.recv_timeout(Duration::from_millis(1300));
            assert!(told.is_err(), "{} is no content: {told:?}", out.display());
        }
    });
}

#[test]
fn a_commit_is_heard() {
    both(|change| {
        let folder = tempfile::tempdir().unwrap();
        let handbook = folder.path().join("handbook");
        write_handbook(&handbook, "Welcome.");
        let git = |arguments: &[&str]| git(&handbook, arguments);
        git(&["init", "-q"]);
        git(&["add", "."]);
        git(&["commit", "-qm", "The handbook begins"]);
        let preview = Preview::start(folder, handbook.clone(), change);
        preview.says("/changes/", "The handbook begins", true);
        fs::write(handbook.join("index.md"), index("Welcome back.")).unwrap();
        preview.says("/", "Welcome back.", true);
        git(&["commit", "-qam", "The welcome is warmer"]);
        preview.says("/changes/", "The welcome is warmer", true);
        git(&["reset", "-q", "--hard", "HEAD~1"]);
        preview.says("/changes/", "The welcome is warmer", false);
        preview.says("/", "Welcome back.", false);
    });
}

#[test]
fn a_repository_that_begins_later_is_heard_of() {
    both(|change| {
        let preview = with_guide(change);
        let handbook = preview.handbook();
        status(&preview, "/changes/", 404);
        let git = |arguments: &[&str]| git(&handbook, arguments);
        git(&["init", "-q"]);
        git(&["add", "."]);
        sleep(Duration::from_millis(1300));
        git(&["commit", "-qm", "The handbook begins"]);
        preview.says("/changes/", "The handbook begins", true);
        rests(&preview);
    });
}

#[test]
fn a_file_that_is_cut_before_it_is_written_is_waited_for() {
    let preview = with_guide(&|_| {});
    rests(&preview);
    let file = preview.handbook().join("guides/first.md");
    let place = File::options().write(true).truncate(true).open(&file).unwrap();
    sleep(Duration::from_millis(50));
    std::io::Write::write_all(&mut &place, guide("Written slowly.").as_bytes()).unwrap();
    preview.says(GUIDE, "Written slowly.", true);
    while let Ok(event) = preview.events.recv_timeout(SHORT) {
        let Event::Built(build) = event else { continue };
        assert!(!build.report().has_errors(), "nobody wrote an empty file: {:?}", build.report());
    }
    // One that stays empty is shown as what it is.
    fs::write(&file, "").unwrap();
    status(&preview, GUIDE, 500);
}

#[test]
fn files_and_folders_may_take_each_others_places() {
    both(|change| {
        let preview = with_guide(change);
        let file = preview.handbook().join("guides/first.md");
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        fs::write(file.join("inner.md"), guide("Inside.")).unwrap();
        status(&preview, GUIDE, 404);
        fs::remove_dir_all(&file).unwrap();
        fs::write(&file, guide("A file again.")).unwrap();
        preview.says(GUIDE, "A file again.", true);
        // A pipe in its place would hold up whoever opens it.
        fs::remove_file(&file).unwrap();
        assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
        status(&preview, GUIDE, 404);
        fs::remove_file(&file).unwrap();
        fs::write(&file, guide("And again.")).unwrap();
        preview.says(GUIDE, "And again.", true);
        rests(&preview);
    });
}

#[test]
fn whoever_looks_says_so() {
    let told = |preview: &Preview| {
        preview.told.iter().find_map(|event| match event {
            Event::Polling { reason } => Some(reason.clone()),
            _ => None,
        })
    };
    assert_eq!(told(&Preview::of("Welcome.")), None);
    let preview = Preview::with("Welcome.", |options| options.poll = true);
    assert_eq!(told(&preview).as_deref(), Some("as asked for"));
}
