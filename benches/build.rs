//! How long each stage of a build takes: `cargo bench --bench build`.
//!
//! Stages that work on all cores are measured on all cores; `RAYON_NUM_THREADS=1` shows the work itself.

#![expect(clippy::disallowed_methods, reason = "a bench: it lays the folders that it measures itself")]

mod handbook;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, Bencher, Criterion, Throughput};

use journeybook::compile::compile;
use journeybook::diag::Report;
use journeybook::model::Handbook;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site, Theme};
use journeybook::source::{Content, SourceFile, Sources};
use journeybook::views::Verdict;
use journeybook::{checks, disk, parse, resolve, views};

/// Pages of the handbook that is built: enough that what is shared by all pages hardly counts.
const PAGES: usize = 250;

fn main() {
    let mut criterion = Criterion::default().measurement_time(Duration::from_secs(4)).configure_from_args();
    stages(&mut criterion);
    folders(&mut criterion);
    pages(&mut criterion);
    criterion.final_summary();
}

/// Each stage by itself, then all that comes before the first page.
fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Elements(PAGES as u64));
    let sources = sources();
    let report = || Report::default();
    let drafts = parse::all(&sources, &mut report());
    let handbook = resolve::link(drafts.clone(), &sources, &mut report());
    let handbook: Arc<Handbook> = handbook.into();
    let planned = Arc::new(views::derive(&handbook, &mut report()));
    let theme = Arc::new(Theme::load(&handbook.settings, &sources, &mut report()));
    let verdict = || Verdict::new(handbook.clone(), report(), sources.clone());

    group.bench_function("parse", |bench| bench.iter_with_large_drop(|| parse::all(&sources, &mut report())));
    group.bench_function("link", |bench| {
        let link = |drafts| resolve::link(drafts, &sources, &mut report());
        bench.iter_batched(|| drafts.clone(), link, BatchSize::LargeInput);
    });
    group.bench_function("check", |bench| bench.iter(|| checks::run(&handbook, &mut report())));
    group.bench_function("derive", |bench| bench.iter_with_large_drop(|| views::derive(&handbook, &mut report())));
    group.bench_function("load the theme", |bench| {
        bench.iter_with_large_drop(|| Theme::load(&handbook.settings, &sources, &mut report()));
    });
    group.bench_function("lay out the site", |bench| {
        bench.iter_with_large_drop(|| Site::new(handbook.clone(), planned.clone(), theme.clone(), verdict()));
    });
    group.bench_function("index for the search", |bench| {
        let site = || Site::new(handbook.clone(), planned.clone(), theme.clone(), verdict());
        bench.iter_batched(site, |site| (site.paths().count(), site), BatchSize::LargeInput);
    });
    group.bench_function("compile", |bench| bench.iter_with_large_drop(|| compile(&sources)));
    group.finish();
}

/// The stages that touch the disk, in memory where there is such a disk: a real one would be what is measured.
fn folders(criterion: &mut Criterion) {
    let memory = Path::new("/dev/shm");
    let on = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
    let work = tempfile::tempdir_in(on).expect("bug: no folder for what is measured");
    let (root, out) = (work.path().join("handbook"), work.path().join("site"));
    for file in handbook::files(PAGES) {
        let path = root.join(&file.path);
        path.parent().map(fs::create_dir_all).transpose().expect("bug: no folder");
        fs::write(path, file.text).expect("bug: no file");
    }
    let discover = || disk::discover(&root, &[]).expect("bug: the handbook cannot be read");
    let (site, _) = compile(&discover());
    let write = || disk::write(&site, &root, &out, &|_, _| ()).expect("bug: the site cannot be written");

    let mut group = criterion.benchmark_group("folder");
    group.throughput(Throughput::Elements(PAGES as u64)).sample_size(20);
    group.bench_function("discover", |bench| bench.iter_with_large_drop(discover));
    group.bench_function("make and write, anew", |bench| {
        let clear = || {
            if out.exists() {
                fs::remove_dir_all(&out).expect("bug: the old site stays")
            }
        };
        bench.iter_batched(clear, |()| write(), BatchSize::PerIteration);
    });
    group.bench_function("make and write, again", |bench| bench.iter(write));
    group.finish();
}

/// The bytes of one page, and of all, on one core.
fn pages(criterion: &mut Criterion) {
    let sources = sources();
    let (site, report) = compile(&sources);
    assert!(report.is_empty(), "bug: the handbook that is measured has mistakes");
    let page = |folder: &str, name: &str| {
        let wanted = |path: &&SitePath| path.as_str().starts_with(folder) && path.as_str().contains(name);
        site.paths().find(wanted).unwrap_or_else(|| panic!("bug: no page of `{folder}` is called `{name}`"))
    };

    let mut group = criterion.benchmark_group("page");
    for (name, path) in [
        ("map", page("maps/", "map-7")),
        ("lesson", page("training/", "lesson-7")),
        ("touchpoint", page("touchpoints/", "touchpoint-7")),
        ("front", page("index.html", "index")),
    ] {
        group.throughput(Throughput::Bytes(bytes(&site, path) as u64));
        group.bench_function(name, |bench| bench.iter(|| bytes(&site, path)));
    }
    group.finish();

    let mut group = criterion.benchmark_group("site");
    group.throughput(Throughput::Elements(PAGES as u64)).sample_size(20);
    let all = |bench: &mut Bencher<'_>| bench.iter(|| site.paths().map(|path| bytes(&site, path)).sum::<usize>());
    group.bench_function("all pages", all);
    group.finish();
}

/// The sources, as if they had been read from the disk.
fn sources() -> Sources {
    let file = |file: handbook::File| {
        Some(SourceFile { path: HandbookPath::new(&file.path)?, content: Content::Text(file.text) })
    };
    Sources::new(handbook::files(PAGES).into_iter().filter_map(file).collect())
}

/// Makes a page; its length.
fn bytes(site: &Site, path: &SitePath) -> usize {
    match black_box(site.read(path)) {
        Some(Ok(Entry::Bytes(bytes))) => bytes.len(),
        Some(Ok(Entry::Asset(_))) => 0,
        Some(Err(_)) | None => panic!("bug: `{path}` cannot be made"),
    }
}
