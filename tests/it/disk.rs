//! The disk: what a handbook's folder gives, and what writing a site does to the output folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use journeybook::diag::{Code, Diagnostic, Place};
use journeybook::disk::{self, Error, MANIFEST, Refusal, Tree, WriteError, Written};
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::Entry;
use journeybook::source::{Content, MAX_TEXT_BYTES};
use tempfile::TempDir;

/// A folder of its own for a test, with a handbook and a place for its site.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.put("handbook/handbook.yaml", "title: Test");
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn root(&self) -> PathBuf {
        self.path("handbook")
    }

    fn out(&self) -> PathBuf {
        self.path("site")
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// The paths that discovery takes, in order.
    fn discovered(&self, exclude: &[&Path]) -> Vec<String> {
        let sources = disk::discover(&self.root(), exclude).unwrap();
        sources.iter().map(|(_, file)| file.path.as_str().to_owned()).collect()
    }

    fn write(&self, tree: &Files) -> Result<Written, WriteError> {
        disk::write(tree, &self.root(), &self.out(), &|_, _| {})
    }

    /// Whatever stands beside the handbook and the site.
    fn clutter(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).filter(|name| name != "handbook" && name != "site").collect()
    }
}

/// A site made by hand.
#[derive(Default)]
struct Files(BTreeMap<SitePath, File>);

enum File {
    Page(String),
    Asset(HandbookPath),
    Broken,
}

impl Files {
    fn page(self, path: &str, text: &str) -> Self {
        self.with(path, File::Page(text.to_owned()))
    }

    fn asset(self, path: &str) -> Self {
        self.with(path, File::Asset(HandbookPath::new(path).unwrap()))
    }

    fn broken(self, path: &str) -> Self {
        self.with(path, File::Broken)
    }

    fn with(mut self, path: &str, file: File) -> Self {
        self.0.insert(SitePath::new(path).unwrap(), file);
        self
    }
}

impl Tree for Files {
    fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.0.keys()
    }

    fn read(&self, path: &SitePath) -> Option<Result<Entry<'_>, Diagnostic>> {
        self.0.get(path).map(|file| match file {
            File::Page(text) => Ok(Entry::Bytes(Cow::Borrowed(text.as_bytes()))),
            File::Asset(path) => Ok(Entry::Asset(path)),
            File::Broken => Err(Diagnostic::at(Code::TemplateError, Place::Handbook, path.as_str())),
        })
    }
}

fn two_pages() -> Files {
    Files::default().page("index.html", "home").page("maps/renewal.html", "renewal")
}

/// Every file below a folder with its text, by path.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (name(entry.path()), fs::read_to_string(entry.path()).unwrap_or_default())).collect()
}

fn refusal(result: Result<Written, WriteError>) -> Refusal {
    match result {
        Err(WriteError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

// Discovery

#[test]
fn texts_are_read_and_assets_are_not() {
    let desk = Desk::new();
    desk.put("handbook/guides/start.md", "\u{feff}Hello");
    desk.put("handbook/guides/old.md", b"one\ntw\xff");
    desk.put("handbook/assets/logo.svg", "<svg/>");
    let sources = disk::discover(&desk.root(), &[]).unwrap();
    let contents: Vec<_> = sources.iter().map(|(_, file)| (file.path.as_str(), &file.content)).collect();
    let (hello, title) = (Content::Text("Hello".into()), Content::Text("title: Test".into()));
    assert_eq!(
        contents,
        [
            ("assets/logo.svg", &Content::Asset),
            ("guides/old.md", &Content::NotUtf8 { line: 2, encoding: None }),
            ("guides/start.md", &hello),
            ("handbook.yaml", &title),
        ]
    );
}

#[test]
fn a_huge_text_is_told_of_and_not_read() {
    let desk = Desk::new();
    let huge = fs::File::create(desk.path("handbook/huge.md")).unwrap();
    huge.set_len(MAX_TEXT_BYTES + 1).unwrap();
    let sources = disk::discover(&desk.root(), &[]).unwrap();
    let huge = sources.iter().find(|(_, file)| file.path.as_str() == "huge.md").unwrap().1;
    assert_eq!(huge.content, Content::TooLarge { bytes: MAX_TEXT_BYTES + 1 });
}

#[test]
fn what_no_author_publishes_is_left_out() {
    let desk = Desk::new();
    for path in [
        ".git/config",
        ".obsidian/app.json",
        "assets/.DS_Store",
        "guides/start.md~",
        "guides/.#start.md",
        "guides/#start.md#",
        "guides/.start.md.swp",
        "guides/4913",
        "node_modules/x/readme.md",
        "public/index.html",
        "build/index.html",
    ] {
        desk.put(&format!("handbook/{path}"), "x");
    }
    desk.put(&format!("handbook/build/{MANIFEST}"), "journeybook manifest 1\nindex.html\n");
    assert_eq!(desk.discovered(&[&desk.path("handbook/public"), &desk.path("nowhere")]), ["handbook.yaml"]);
}

#[test]
fn a_folder_outside_or_around_the_handbook_excludes_nothing() {
    let desk = Desk::new();
    assert_eq!(desk.discovered(&[&desk.root(), desk.folder.path()]), ["handbook.yaml"]);
}

#[cfg(unix)]
#[test]
fn links_are_read_only_if_they_lead_to_a_file_of_the_handbook() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.put("handbook/guides/start.md", "Hello");
    desk.put("handbook/.env", "secret");
    desk.put("outside.md", "secret");
    let link = |target: &str, name: &str| symlink(target, desk.path("handbook/guides").join(name)).unwrap();
    link("start.md", "again.md");
    link("../../outside.md", "leads-out.md");
    link("../.env", "hidden.md");
    link("../guides", "loop");
    link("nowhere.md", "dangling.md");
    let sources = disk::discover(&desk.root(), &[]).unwrap();
    let paths: Vec<_> = sources.iter().map(|(_, file)| file.path.as_str()).collect();
    assert_eq!(paths, ["guides/again.md", "guides/start.md", "handbook.yaml"]);
    let (again, _) = sources.iter().next().unwrap();
    assert_eq!(sources.text(again), "Hello");
}

#[cfg(target_os = "linux")]
#[test]
fn accents_are_composed_and_the_disk_keeps_its_spelling() {
    let desk = Desk::new();
    desk.put("handbook/assets/Cafe\u{301}/re\u{301}sume\u{301}.png", "decomposed");
    assert_eq!(desk.discovered(&[]), ["assets/Caf\u{e9}/r\u{e9}sum\u{e9}.png", "handbook.yaml"]);
    let path = HandbookPath::new("assets/Caf\u{e9}/r\u{e9}sum\u{e9}.png").unwrap();
    assert_eq!(fs::read_to_string(disk::asset_file(&desk.root(), &path)).unwrap(), "decomposed");

    desk.put("handbook/assets/Caf\u{e9}/r\u{e9}sum\u{e9}.png", "composed");
    let error = disk::discover(&desk.root(), &[]).unwrap_err();
    assert!(matches!(error, Error::Twins(..)), "{error}");
    assert_eq!(fs::read_to_string(disk::asset_file(&desk.root(), &path)).unwrap(), "composed");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_no_link_can_hold_are_all_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    desk.put("handbook/back\\slash.md", "x");
    desk.put("handbook/line\nbreak.md", "x");
    fs::write(desk.root().join(OsStr::from_bytes(b"latin-\xe9.md")), "x").unwrap();
    let error = disk::discover(&desk.root(), &[]).unwrap_err();
    assert!(matches!(&error, Error::Names(names) if names.len() == 3), "{error}");
    assert!(error.to_string().contains("line\\nbreak.md"), "{error}");
}

#[test]
fn a_missing_handbook_is_named() {
    let desk = Desk::new();
    let error = disk::discover(&desk.path("nowhere"), &[]).unwrap_err().to_string();
    assert!(error.starts_with("could not open the folder `") && error.contains("nowhere"), "{error}");
    assert!(disk::discover(&desk.path("handbook/handbook.yaml"), &[]).is_err(), "a file is no folder");
}

// Writing

#[test]
fn a_site_is_written_whole_and_leaves_nothing_beside_it() {
    let desk = Desk::new();
    desk.put("handbook/assets/logo.svg", "<svg/>");
    let done = AtomicUsize::new(0);
    let count = |_: usize, total: usize| {
        assert_eq!(total, 3);
        done.fetch_add(1, Ordering::Relaxed);
    };
    let written = disk::write(&two_pages().asset("assets/logo.svg"), &desk.root(), &desk.out(), &count).unwrap();
    assert_eq!(written, Written { files: 3, unchanged: 0, removed: 0 });
    assert_eq!(done.into_inner(), 3);
    let manifest = "journeybook manifest 1\nassets/logo.svg\nindex.html\nmaps/renewal.html\n";
    let expected =
        [(MANIFEST, manifest), ("assets/logo.svg", "<svg/>"), ("index.html", "home"), ("maps/renewal.html", "renewal")];
    assert_eq!(contents(&desk.out()), expected.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn a_page_that_is_gone_is_deleted_with_its_folder() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    let written = desk.write(&Files::default().page("index.html", "home")).unwrap();
    assert_eq!(written, Written { files: 1, unchanged: 1, removed: 1 });
    assert!(!desk.path("site/maps").exists());
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn unchanged_files_keep_their_time() {
    let desk = Desk::new();
    desk.put("handbook/assets/same.svg", "<svg/>");
    desk.put("handbook/assets/other.svg", "<svg/>");
    let assets = |files: Files| files.asset("assets/same.svg").asset("assets/other.svg");
    desk.write(&assets(two_pages())).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    let time = |path: &str| desk.path("site").join(path).metadata().unwrap().modified().unwrap();
    for path in ["index.html", "maps/renewal.html", "assets/same.svg", "assets/other.svg"] {
        fs::File::options().write(true).open(desk.path("site").join(path)).unwrap().set_modified(long_ago).unwrap();
    }
    desk.put("handbook/assets/other.svg", "<SVG/>");
    let changed = Files::default().page("index.html", "home").page("maps/renewal.html", "RENEWAL");
    let written = desk.write(&assets(changed)).unwrap();
    assert_eq!(written, Written { files: 4, unchanged: 2, removed: 0 });
    assert!(time("index.html") == long_ago && time("assets/same.svg") == long_ago);
    assert!(time("maps/renewal.html") != long_ago && time("assets/other.svg") != long_ago);
    assert_eq!(contents(&desk.out())["assets/other.svg"], "<SVG/>");
}

/// A site of thirty pages, all of which say their number, but for the ones that say something else.
fn thirty_pages(others: &[(u32, &str)]) -> Files {
    (0..30).fold(Files::default(), |files, number| {
        let other = others.iter().find(|(other, _)| *other == number).map(|(_, text)| (*text).to_owned());
        files.page(&format!("maps/{number}.html"), &other.unwrap_or_else(|| number.to_string()))
    })
}

#[cfg(unix)]
#[test]
fn few_files_change_places_in_the_folder_that_is_there() {
    use std::os::unix::fs::MetadataExt;
    let desk = Desk::new();
    desk.write(&thirty_pages(&[])).unwrap();
    let look = |path: &str| {
        let metadata = fs::metadata(desk.out().join(path)).unwrap();
        (metadata.ino(), metadata.ctime_nsec())
    };
    let before = ["", "maps", "maps/3.html", "maps/4.html"].map(look);
    let written = desk.write(&thirty_pages(&[(4, "four"), (7, "seven"), (8, "eight")])).unwrap();
    assert_eq!(written, Written { files: 30, unchanged: 27, removed: 0 });
    let after = ["", "maps", "maps/3.html", "maps/4.html"].map(look);
    assert_eq!([before[0].0, before[1].0], [after[0].0, after[1].0], "both folders are the same ones");
    assert_eq!(before[2], after[2], "not even a name of it was touched");
    assert_ne!(before[3].0, after[3].0);
    let texts = contents(&desk.out());
    assert_eq!(["3", "4", "7", "8"].map(|name| &*texts[&format!("maps/{name}.html")]), ["3", "four", "seven", "eight"]);
    assert_eq!(texts.len(), 31);
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
    // One comes, one goes, one changes.
    let others = (0..30).fold(Files::default(), |files, number| match number {
        4 => files.page("maps/4.html", "four"),
        5 => files.page("maps/new.html", "new"),
        7 => files.page("maps/7.html", "seven"),
        _ => files.page(&format!("maps/{number}.html"), &number.to_string()),
    });
    let written = desk.write(&others).unwrap();
    assert_eq!(written, Written { files: 30, unchanged: 28, removed: 1 });
    assert_eq!([look("").0, look("maps").0], [after[0].0, after[1].0]);
    assert!(!desk.out().join("maps/5.html").exists());
    let clean = Desk::new();
    clean.write(&others).unwrap();
    assert_eq!(contents(&desk.out()), contents(&clean.out()), "the manifest included");
    // One folder more: a new tree.
    desk.write(&others.page("guides/new.html", "new")).unwrap();
    assert_ne!(look("").0, after[0].0);
    assert_eq!(contents(&desk.out()).len(), 32);
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn a_foreign_file_in_a_new_ones_place_is_refused_and_untouched() {
    let desk = Desk::new();
    desk.write(&thirty_pages(&[])).unwrap();
    let mine = desk.out().join("maps/new.html");
    let meanwhile = |_: usize, _: usize| fs::write(&mine, "mine").unwrap();
    let more = thirty_pages(&[(4, "four")]).page("maps/new.html", "new");
    let refused = refusal(disk::write(&more, &desk.root(), &desk.out(), &meanwhile));
    assert!(matches!(&refused, Refusal::Foreign { files, .. } if files == &[Path::new("maps/new.html")]), "{refused}");
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
    assert_eq!(contents(&desk.out())["maps/4.html"], "4", "all others are as they were");
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn a_published_asset_is_a_copy() {
    let desk = Desk::new();
    desk.put("handbook/assets/logo.svg", "<svg/>");
    desk.write(&Files::default().asset("assets/logo.svg")).unwrap();
    // In place, as some editors save: a link to the author's file would change with it.
    fs::write(desk.path("handbook/assets/logo.svg"), "draft").unwrap();
    assert_eq!(contents(&desk.out())["assets/logo.svg"], "<svg/>");
}

#[test]
fn foreign_files_are_refused_and_untouched() {
    let desk = Desk::new();
    for path in [".git/config", "CNAME", "photos/a/1.jpg"] {
        desk.put(&format!("site/{path}"), "mine");
    }
    let before = contents(&desk.out());
    let refused = refusal(desk.write(&two_pages()));
    let Refusal::Foreign { files, more, .. } = &refused else { panic!("{refused}") };
    assert_eq!(files, &[".git/", "CNAME", "photos/"].map(PathBuf::from));
    assert_eq!(*more, 0);
    assert!(refused.to_string().contains("if `.git` has to stand there"), "{refused}");
    assert_eq!(contents(&desk.out()), before);
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn a_foreign_file_among_ours_is_refused_and_untouched() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    desk.put("site/maps/notes.txt", "mine");
    let before = contents(&desk.out());
    let refused = refusal(desk.write(&Files::default().page("index.html", "new")));
    assert!(matches!(&refused, Refusal::Foreign { files, .. } if files == &[Path::new("maps/notes.txt")]), "{refused}");
    assert_eq!(contents(&desk.out()), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_foreign_file_is_found_in_a_folder_that_the_disk_spells_otherwise() {
    let desk = Desk::new();
    let files =
        || Files::default().page("index.html", "x").page("caf\u{e9}/a.html", "a").page("caf\u{e9}/in/b.html", "b");
    desk.write(&files()).unwrap();
    fs::rename(desk.out().join("caf\u{e9}"), desk.out().join("cafe\u{301}")).unwrap();
    desk.put("site/cafe\u{301}/in/notes.txt", "mine");
    let refused = refusal(desk.write(&files()));
    let Refusal::Foreign { files, .. } = &refused else { panic!("{refused}") };
    assert_eq!(files, &[Path::new("cafe\u{301}/in/notes.txt")]);
}

#[test]
fn a_foreign_file_that_appears_during_the_build_is_kept() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    let drop_a_note = |_: usize, _: usize| desk.put("site/maps/notes.txt", "mine");
    disk::write(&Files::default().page("index.html", "new"), &desk.root(), &desk.out(), &drop_a_note).unwrap();
    let site = contents(&desk.out());
    assert_eq!((&*site["index.html"], &*site["maps/notes.txt"]), ("new", "mine"));
    assert!(!site.contains_key("maps/renewal.html"));
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn what_a_desktop_leaves_in_a_folder_is_no_reason_to_refuse() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    desk.put("site/maps/.DS_Store", "x");
    desk.write(&Files::default().page("index.html", "home")).unwrap();
    desk.write(&two_pages()).unwrap();
    assert_eq!(contents(&desk.out())["maps/renewal.html"], "renewal");
}

#[cfg(unix)]
#[test]
fn nothing_is_deleted_through_a_link() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    desk.put("elsewhere/renewal.html", "renewal");
    fs::remove_dir_all(desk.path("site/maps")).unwrap();
    std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("site/maps")).unwrap();
    let refused = refusal(desk.write(&Files::default().page("index.html", "new")));
    assert!(matches!(&refused, Refusal::Foreign { files, .. } if files == &[Path::new("maps")]), "{refused}");
    assert!(desk.path("elsewhere/renewal.html").exists());
}

#[test]
fn a_manifest_that_climbs_out_deletes_nothing_outside() {
    let desk = Desk::new();
    desk.put("precious.txt", "mine");
    desk.put("site/index.html", "home");
    desk.put(&format!("site/{MANIFEST}"), "journeybook manifest 1\n../precious.txt\n/etc/hostname\nindex.html\n");
    desk.write(&two_pages()).unwrap();
    assert!(desk.path("precious.txt").exists());
}

#[test]
fn a_manifest_we_do_not_understand_makes_nothing_ours() {
    let desk = Desk::new();
    desk.put("site/index.html", "home");
    desk.put(&format!("site/{MANIFEST}"), "journeybook manifest 2\nindex.html\n");
    assert!(matches!(refusal(desk.write(&two_pages())), Refusal::Foreign { .. }));
}

#[test]
fn a_failing_template_leaves_the_old_site() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    let before = contents(&desk.out());
    let failing = Files::default().page("index.html", "new").broken("maps/b.html").broken("maps/a.html");
    match desk.write(&failing) {
        Err(WriteError::Pages(failures)) => {
            let messages: Vec<_> = failures.iter().map(|failure| failure.message.as_str()).collect();
            assert_eq!(messages, ["maps/a.html", "maps/b.html"]);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(contents(&desk.out()), before);
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn at_most_fifty_failures_are_told_and_they_are_the_first() {
    let desk = Desk::new();
    let failing = (0..200).fold(Files::default(), |files, page| files.broken(&format!("{page:03}.html")));
    let Err(WriteError::Pages(failures)) = desk.write(&failing) else { panic!("written") };
    let messages: Vec<_> = failures.into_iter().map(|failure| failure.message).collect();
    assert_eq!(messages, (0..50).map(|page| format!("{page:03}.html")).collect::<Vec<_>>());
    assert!(!desk.out().exists());
}

#[test]
fn a_missing_asset_leaves_the_old_site() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    let before = contents(&desk.out());
    let error = desk.write(&Files::default().page("index.html", "new").asset("assets/gone.svg")).unwrap_err();
    assert!(error.to_string().contains("could not read") && error.to_string().contains("gone.svg"), "{error}");
    assert_eq!(contents(&desk.out()), before);
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    desk.put(&format!(".site.journeybook-new/{MANIFEST}"), "journeybook manifest 1\nindex.html\nmaps/renewal.html\n");
    desk.put(".site.journeybook-new/index.html", "half");
    desk.put(".site.journeybook-lock", "");
    desk.write(&two_pages()).unwrap();
    assert_eq!(contents(&desk.out())["index.html"], "home");
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn a_folder_in_the_way_that_no_build_made_is_refused() {
    let desk = Desk::new();
    desk.put(".site.journeybook-new/thesis.txt", "mine");
    let refused = refusal(desk.write(&two_pages()));
    assert!(matches!(&refused, Refusal::Foreign { files, .. } if files == &[Path::new("thesis.txt")]), "{refused}");
    assert!(desk.path(".site.journeybook-new/thesis.txt").exists());
}

#[test]
fn a_site_that_was_on_its_way_out_is_restored() {
    let desk = Desk::new();
    desk.write(&two_pages()).unwrap();
    fs::rename(desk.out(), desk.path(".site.journeybook-old")).unwrap();
    let before = contents(&desk.path(".site.journeybook-old"));
    assert!(desk.write(&Files::default().broken("index.html")).is_err());
    assert_eq!(contents(&desk.out()), before);
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn two_builds_do_not_meet() {
    let desk = Desk::new();
    let second = std::sync::Mutex::new(None);
    let meanwhile = |_: usize, _: usize| {
        let mut second = second.lock().unwrap();
        if second.is_none() {
            *second = Some(refusal(desk.write(&Files::default().page("index.html", "second"))));
        }
    };
    disk::write(&two_pages(), &desk.root(), &desk.out(), &meanwhile).unwrap();
    assert!(matches!(second.into_inner().unwrap(), Some(Refusal::Busy(_))));
    assert_eq!(contents(&desk.out())["index.html"], "home");
    assert!(desk.clutter().is_empty(), "{:?}", desk.clutter());
}

#[test]
fn the_handbook_is_never_an_output_folder() {
    let desk = Desk::new();
    let write = |out: &str| refusal(disk::write(&two_pages(), &desk.root(), &desk.path(out), &|_, _| {}));
    assert!(matches!(write("handbook"), Refusal::HoldsHandbook(_)));
    assert!(matches!(write("handbook/../handbook/."), Refusal::HoldsHandbook(_)));
    assert!(matches!(write(""), Refusal::HoldsHandbook(_)));
    assert!(matches!(write("handbook/assets"), Refusal::InContent(_)));
    assert!(matches!(write("handbook/guides/site"), Refusal::InContent(_)));
    assert!(matches!(write("handbook/handbook.yaml"), Refusal::NotAFolder(_)));
    assert_eq!(desk.discovered(&[]), ["handbook.yaml"]);
}

#[test]
fn a_folder_inside_the_handbook_is_an_output_folder_and_no_content() {
    let desk = Desk::new();
    let out = desk.path("handbook/build/site");
    disk::write(&two_pages(), &desk.root(), &out, &|_, _| {}).unwrap();
    assert_eq!(contents(&out)["index.html"], "home");
    assert_eq!(desk.discovered(&[]), ["handbook.yaml"]);
}

#[cfg(unix)]
#[test]
fn an_output_folder_may_be_a_link() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    symlink("www/handbook", desk.out()).unwrap();
    desk.write(&two_pages()).unwrap(); // its target is not there yet
    desk.write(&Files::default().page("index.html", "new")).unwrap();
    assert!(desk.out().is_symlink());
    assert_eq!(contents(&desk.path("www/handbook"))["index.html"], "new");
    assert_eq!(fs::read_dir(desk.path("www")).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn who_may_read_the_old_site_may_read_the_new_one() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    fs::create_dir(desk.out()).unwrap();
    fs::set_permissions(desk.out(), fs::Permissions::from_mode(0o750)).unwrap();
    desk.write(&two_pages()).unwrap();
    assert_eq!(desk.out().metadata().unwrap().permissions().mode() & 0o777, 0o750);
}
