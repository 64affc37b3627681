//! Texts that a build need not read, as their stamps tell: whatever happens to a file, what is built is what it says.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use journeybook::disk::{self, Desk, Told, discover, write_for};
use journeybook::source::{Content, Sources};
use tempfile::TempDir;

use crate::cached::{Mirror, alter, files};

/// Longer than a file has to be quiet before its stamp is believed.
const QUIET: Duration = Duration::from_millis(60);

/// A handbook of 30 guides that is built into a folder beside it.
struct Handbook(TempDir);

impl Handbook {
    fn new() -> Self {
        let handbook = Self(TempDir::new().unwrap());
        fs::create_dir_all(handbook.file("guides/deep")).unwrap();
        fs::write(handbook.file("handbook.yaml"), "title: Harbor\n").unwrap();
        for number in 0..30 {
            fs::write(handbook.guide(number), format!("---\ntitle: G{number:02}\n---\nWords.\n")).unwrap();
        }
        std::thread::sleep(QUIET);
        handbook
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("handbook")
    }

    fn file(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn guide(&self, number: usize) -> PathBuf {
        self.file(&format!("guides/deep/{number:02}.md"))
    }

    fn desk(&self) -> Desk {
        Desk::of(&self.0.path().join("cache"), &self.root(), &self.0.path().join("site"), 1u8).unwrap()
    }

    /// Builds; gives the paths of the texts that were not read.
    fn build(&self) -> Vec<String> {
        let mut desk = self.desk();
        let sources = desk.discover(&self.root(), &[]).unwrap().read_again_by(disk::reread(&self.root()));
        let unread = unread(&sources);
        let mirror = Mirror::of(&sources);
        let cache = desk.cache(&sources).unwrap();
        if cache.recall().is_none() {
            let (_, left) =
                write_for(Some(&cache), &mirror, &self.root(), &self.0.path().join("site"), &|_, _| {}).unwrap();
            cache.keep(left.unwrap(), Told::default());
        }
        let texts = |folder: &Path| {
            let names = files(folder).into_iter().filter(|file| file.extension().is_some());
            names
                .map(|file| (file.strip_prefix(folder).unwrap().to_owned(), fs::read(&file).unwrap()))
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(&self.0.path().join("site")), texts(&self.root()), "what was built is what the files say");
        let clean = discover(&self.root(), &[]).unwrap();
        assert!(clean.iter().map(|(id, _)| clean.text(id)).eq(sources.iter().map(|(id, _)| sources.text(id))));
        unread
    }
}

fn unread(sources: &Sources) -> Vec<String> {
    let unread = sources.iter().filter(|(_, file)| matches!(file.content, Content::LetGo(_)));
    unread.map(|(_, file)| file.path.to_string()).collect()
}

/// Whether a text that is long unchanged is known: on disks of which we know what their stamps tell.
fn is_known(unread: &[String], path: &str) -> bool {
    unread.iter().any(|known| known == path)
}

#[test]
fn what_is_long_unchanged_is_not_read() {
    let handbook = Handbook::new();
    assert!(handbook.build().is_empty(), "nothing is known yet");
    let unread = handbook.build();
    if cfg!(target_os = "linux") {
        assert_eq!(unread.len(), 31, "{unread:?}");
    }
    fs::write(handbook.guide(3), "---\ntitle: Other\n---\nOther words.\n").unwrap();
    for _ in 0..3 {
        let unread = handbook.build();
        assert!(!is_known(&unread, "guides/deep/03.md"), "a text that was written a moment ago is read");
        assert!(cfg!(not(target_os = "linux")) || unread.len() == 30);
    }
}

#[cfg(unix)]
#[test]
fn a_text_of_the_same_length_and_time_is_another_one() {
    let handbook = Handbook::new();
    (0..2).for_each(|_| drop(handbook.build()));
    alter(&handbook.guide(5));
    let old = SystemTime::now() - Duration::from_secs(1000);
    File::options().append(true).open(handbook.guide(6)).unwrap().set_modified(old).unwrap();
    std::thread::sleep(QUIET);
    let unread = handbook.build();
    assert!(!is_known(&unread, "guides/deep/05.md") && !is_known(&unread, "guides/deep/06.md"));
}

#[test]
fn a_text_that_is_written_again_and_again_is_never_taken_for_what_it_was() {
    let handbook = Handbook::new();
    for turn in 0..40 {
        let time = fs::metadata(handbook.guide(7)).unwrap().modified().unwrap();
        fs::write(handbook.guide(7), format!("---\ntitle: T{turn:02}\n---\n")).unwrap();
        if turn % 3 == 0 {
            File::options().append(true).open(handbook.guide(7)).unwrap().set_modified(time).unwrap();
        }
        handbook.build();
    }
}

#[cfg(unix)]
#[test]
fn another_file_in_a_texts_place_is_read() {
    let handbook = Handbook::new();
    (0..2).for_each(|_| drop(handbook.build()));
    // One that is renamed, one with a second name, two that change places, one that is a link now.
    fs::rename(handbook.guide(9), handbook.guide(10)).unwrap();
    fs::remove_file(handbook.guide(11)).unwrap();
    fs::hard_link(handbook.guide(12), handbook.guide(11)).unwrap();
    let aside = handbook.0.path().join("aside");
    fs::rename(handbook.guide(13), &aside).unwrap();
    fs::rename(handbook.guide(14), handbook.guide(13)).unwrap();
    fs::rename(&aside, handbook.guide(14)).unwrap();
    fs::remove_file(handbook.guide(15)).unwrap();
    std::os::unix::fs::symlink(handbook.guide(16), handbook.guide(15)).unwrap();
    let unread = handbook.build();
    for number in [10, 11, 13, 14, 15] {
        assert!(!is_known(&unread, &format!("guides/deep/{number}.md")), "{number}");
    }
    std::thread::sleep(QUIET);
    handbook.build();
    // What a link leads to changes, and what has two names changes by the other one.
    fs::write(handbook.guide(16), "---\ntitle: Led to\n---\n").unwrap();
    fs::write(handbook.guide(11), "---\ntitle: Twice\n---\n").unwrap();
    handbook.build();
}

#[test]
fn another_folder_in_a_folders_place_is_read() {
    let handbook = Handbook::new();
    (0..2).for_each(|_| drop(handbook.build()));
    let (folder, other) = (handbook.file("guides/deep"), handbook.0.path().join("other"));
    fs::create_dir(&other).unwrap();
    for number in 0..30 {
        let file = other.join(format!("{number:02}.md"));
        fs::write(&file, format!("---\ntitle: H{number:02}\n---\nWords.\n")).unwrap();
        let time = fs::metadata(handbook.guide(number)).unwrap().modified().unwrap();
        File::options().append(true).open(&file).unwrap().set_modified(time).unwrap();
    }
    let aside = handbook.0.path().join("aside");
    fs::rename(&folder, &aside).unwrap();
    fs::rename(&other, &folder).unwrap();
    assert!(!is_known(&handbook.build(), "guides/deep/01.md"));
    std::thread::sleep(QUIET);
    handbook.build();
    fs::remove_dir_all(&folder).unwrap();
    fs::rename(&aside, &folder).unwrap();
    handbook.build();
}

#[test]
fn a_text_that_changes_before_it_is_asked_for_is_not_had() {
    let handbook = Handbook::new();
    (0..2).for_each(|_| drop(handbook.build()));
    let mut desk = handbook.desk();
    let sources = desk.discover(&handbook.root(), &[]).unwrap().read_again_by(disk::reread(&handbook.root()));
    fs::write(handbook.guide(2), "---\ntitle: Too late\n---\n").unwrap();
    let (late, _) = sources.iter().find(|(_, file)| file.path.as_str() == "guides/deep/02.md").unwrap();
    let knows = sources.knows_unread();
    assert!(knows || cfg!(not(target_os = "linux")));
    if !knows {
        return;
    }
    assert_eq!(sources.text(late), "");
    assert!(sources.has_lost_any(), "so that the build begins again, and reads all");
    let mut desk = handbook.desk().without_texts();
    let path = sources.path(late).clone();
    let sources = desk.discover(&handbook.root(), &[]).unwrap();
    assert!(!sources.knows_unread());
    assert!(sources.text(sources.find(&path).unwrap()).contains("Too late"));
}
