//! The commands; their doc comments are the help. Home of clap.

mod build;
mod check;
mod deny;
mod explain;
mod new;
mod new_map;
mod sarif;
mod serve;
mod terminal;
mod translated;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::date::Date;
use crate::disk::{self, Desk};
use crate::serve::{DEFAULT_KEEP, Editor, Options};
use crate::source::Sources;
use build::How;
use deny::Deny;
use terminal::Terminal;

/// Compiles customer-journey handbooks.
///
/// A handbook is a folder of Markdown and YAML: personas, journey maps, touchpoints, evidence, lessons and
/// guides. journeybook checks every reference in it, derives what nobody wants to keep up by hand, and
/// writes a fast, accessible site of plain files.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    quiet: bool,
}

const AFTER_HELP: &str = "\
A first handbook:
  journeybook new my-handbook
  journeybook serve my-handbook --open

It ends with 0 if all is well, 1 if the handbook has errors or what `--deny` names, 2 if the work could not be done.
Set NO_COLOR to have no colours.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a small handbook that builds and teaches by example, or a map in a handbook
    ///
    /// The folder must be new or empty.
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    New {
        /// The folder to make
        #[arg(required = true)]
        dir: Option<PathBuf>,
        #[command(subcommand)]
        item: Option<NewItem>,
    },
    /// Check a handbook and write its site
    ///
    /// If anything is wrong, the old site stays as it is. Otherwise the new one takes its place: all at once or, where few
    /// files differ, one whole file after another; after a build that was killed just then, the next one sets it right.
    /// Only files that an earlier build wrote are ever deleted.
    ///
    /// If nothing has changed since the last build, neither in the handbook nor in the output folder, there is nothing to
    /// do. How it looked then is kept in the system's folder for caches, or in the one that JOURNEYBOOK_CACHE names (empty:
    /// in none). It may be deleted at any time.
    Build {
        /// The handbook's folder
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The folder to write to [default: DIR/site]
        #[arg(short, long, value_name = "OUT")]
        out: Option<PathBuf>,
        /// Write nothing if there are warnings, or notes, as if they were errors
        #[arg(long, value_enum, value_name = "WHAT")]
        deny: Option<Deny>,
        /// Do all work again, and leave nothing for the next build
        #[arg(long)]
        no_cache: bool,
        /// Show drafts as well: for those who review them, not for readers
        #[arg(long)]
        drafts: bool,
        /// The day as of which things are due [default: the newest day in the handbook]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        today: Option<Date>,
    },
    /// Show a handbook in the browser and follow every change
    ///
    /// Pages are made when they are asked for. A mistake is shown over the page, as it is in the terminal,
    /// and goes when it is mended. Nothing is written, and only this machine can see the preview unless `--host`
    /// says otherwise.
    Serve {
        /// The handbook's folder
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Open the browser
        #[arg(long)]
        open: bool,
        /// The port; the next free one if it is taken
        #[arg(long, default_value_t = crate::serve::DEFAULT_PORT)]
        port: u16,
        /// The address to listen on: with another than this machine's own, others see the preview
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
        host: IpAddr,
        /// A further name under which others may ask for it; may be repeated
        #[arg(long = "allow-host", value_name = "NAME")]
        names: Vec<String>,
        /// Look for changes once a second, where the system announces none
        #[arg(long)]
        poll: bool,
        /// The editor that opens the places in reports: `vscode`, `idea` and others, or an address with `{path}`, `{line}`
        /// and `{column}` [default: what JOURNEYBOOK_EDITOR says]
        #[arg(long, value_name = "EDITOR", value_parser = Editor::named)]
        editor: Option<Editor>,
        /// The day as of which things are due [default: the real day]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        today: Option<Date>,
    },
    /// Check a handbook and write nothing
    Check {
        /// The handbook's folder
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// For people, or for programs
        #[arg(long, value_enum, default_value_t = check::Format::Human)]
        format: check::Format,
        /// End with 1 if there are warnings, or notes, as if they were errors
        #[arg(long, value_enum, value_name = "WHAT")]
        deny: Option<Deny>,
        /// Show drafts as well: for those who review them, not for readers
        #[arg(long)]
        drafts: bool,
        /// The day as of which things are due [default: the newest day in the handbook]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        today: Option<Date>,
    },
    /// Record in translations that they are up to date with their originals
    ///
    /// Writes a line `translated-from: …` with a short hash of the original's texts into each translation. When these
    /// texts change, `check` says that the translation is older, and the site's translation report lists it.
    Translated {
        /// The translations, such as `maps/renewal.zh.yaml`
        #[arg(required_unless_present = "all")]
        files: Vec<PathBuf>,
        /// All translations of the handbook
        #[arg(long, conflicts_with = "files")]
        all: bool,
        /// The handbook's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        handbook: PathBuf,
    },
    /// Explain a code such as `unknown-persona`: what it means and how to mend it
    ///
    /// Without a code, list them all.
    Explain {
        /// The code
        code: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum NewItem {
    /// Make a map in a handbook, from a template
    ///
    /// A template is a file of the handbook, `templates/NAME.yaml`, or one of ours: a kind of map such as
    /// `current-state` or `service-blueprint`. In a template, `<title>`, `<persona>`, `<team>`, `<insight>` and
    /// `<map>` are filled in.
    Map {
        /// Its id: the file will be `maps/ID.yaml`
        id: String,
        /// The template
        #[arg(short, long, value_name = "NAME", default_value = "current-state")]
        template: String,
        /// Its title [default: the id in words]
        #[arg(long)]
        title: Option<String>,
        /// The handbook's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        handbook: PathBuf,
    },
}

/// A day, as somebody types it.
fn day(typed: &str) -> Result<Date, String> {
    let date = Date::parse(typed).filter(|date| date.day().is_some());
    date.ok_or_else(|| "a day is written as year, month and day, such as `2026-09-12`".to_owned())
}

/// The texts of the handbook in a folder, without the site that may stand in it; `None` if it cannot be read, which is
/// then said.
fn texts(dir: &Path, site: &Path, terminal: &Terminal) -> Option<Sources> {
    disk::discover(dir, &[site]).map_err(|error| terminal.fail(error)).ok()
}

/// How a handbook is looked at.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// The day; the newest in the handbook if nobody says.
    today: Option<Date>,
    /// Whether drafts are seen.
    drafts: bool,
}

/// The same as somebody wants to see it, with what changed in it. Texts that are known at a `desk` are not read.
fn discover(dir: &Path, site: &Path, seen: Seen, desk: Option<&mut Desk>, terminal: &Terminal) -> Option<Sources> {
    let found = match desk {
        Some(desk) => desk.discover(dir, &[site]),
        None => disk::discover(dir, &[site]),
    };
    let sources = found.map_err(|error| terminal.fail(error)).ok()?;
    let history = disk::Chronicle::of(dir).read().unwrap_or_else(|why| {
        terminal.say(format_args!("What changed is not shown: {why}"));
        None
    });
    let sources = sources.with_history(history);
    let sources = if seen.drafts { sources.with_drafts() } else { sources };
    Some(match seen.today {
        Some(today) => sources.on(today),
        None => sources,
    })
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing is wrong.
    Fine,
    /// The handbook has errors, or what was denied.
    Wrong,
    /// We could not do our work.
    Failed,
}

/// Runs the command line's command.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // Help and version are no mistakes, and clap knows where to print what.
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(2) };
        }
    };
    let terminal = Terminal::new(arguments.quiet);
    let outcome = match arguments.command {
        Command::New { item: Some(NewItem::Map { id, template, title, handbook }), .. } => {
            new_map::run(&handbook, &id, &template, title.as_deref(), &terminal)
        }
        Command::New { dir, item: None } => new::run(&dir.unwrap_or_default(), &terminal),
        Command::Build { dir, out, today, drafts, deny, no_cache } => {
            let how = How { deny, cache: !no_cache };
            build::run(&dir, out.as_deref(), Seen { today, drafts }, how, &terminal)
        }
        Command::Serve { dir, open, port, host, names, poll, editor, today } => {
            let exclude = vec![dir.join("site")];
            let keep = DEFAULT_KEEP;
            serve::run(Options { root: dir, exclude, port, open, today, host, names, poll, editor, keep }, &terminal)
        }
        Command::Check { dir, format, today, drafts, deny } => {
            check::run(&dir, format, Seen { today, drafts }, deny, &terminal)
        }
        Command::Translated { files, all, handbook } => translated::run(&handbook, &files, all, &terminal),
        Command::Explain { code } => explain::run(code.as_deref(), &terminal),
    };
    ExitCode::from(match outcome {
        Outcome::Fine => 0,
        Outcome::Wrong => 1,
        Outcome::Failed => 2,
    })
}
