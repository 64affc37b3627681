//! The preview: discover, compile, show, wait, and again. Here is what it is asked for, and what it tells.
//!
//! It has no second, faster build of its own. Three parties work side by side: the caller's thread hears what
//! happens, one thread builds, and a small runtime answers from the latest build, so whoever asks while a build
//! is under way gets the one before it. Nothing is printed here, and nothing is written.

mod address;
mod asset;
mod build;
mod crowd;
mod day;
mod dress;
mod editor;
mod guard;
mod http;
mod media;
mod news;
mod panel;
mod preview;
mod reader;
mod store;
mod watch;
mod wire;

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use tokio::runtime::{self, Runtime};

pub use build::Build;
pub use editor::{Editor, NoEditor};

use crate::date::Date;
use crate::disk;

use preview::Preview;
use watch::Wake;

/// The port that is tried first.
pub const DEFAULT_PORT: u16 = 4747;

/// How many bytes of finished pages are kept: some hundred pages, which is more than anybody has open.
pub const DEFAULT_KEEP: usize = 32 << 20;

/// What to preview, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The handbook's folder.
    pub root: PathBuf,
    /// Folders inside it that are not part of the handbook, such as a finished site.
    pub exclude: Vec<PathBuf>,
    /// The port; if it is taken, the next free one of the following nineteen. 0 takes any free port.
    pub port: u16,
    /// Whether to open the reader's browser once the first build can be seen.
    pub open: bool,
    /// The day as of which things are due; the real day, which moves on, if `None`.
    pub today: Option<Date>,
    /// The address to listen on: this machine's own, so that nobody else sees the preview, unless somebody says otherwise.
    pub host: IpAddr,
    /// Further names under which it may be asked, such as this machine's name in the network.
    pub names: Vec<String>,
    /// Whether to look for changes rather than have the system announce them.
    pub poll: bool,
    /// The editor that opens the places in reports; there are no links to them if `None`.
    pub editor: Option<Editor>,
    /// How many bytes of finished pages a build keeps; the others are made again when somebody asks for them.
    pub keep: usize,
}

impl Options {
    /// The preview of a handbook's folder, as it is when nobody says otherwise.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            exclude: Vec::new(),
            port: DEFAULT_PORT,
            open: false,
            today: None,
            host: Ipv4Addr::LOCALHOST.into(),
            names: Vec::new(),
            poll: false,
            editor: None,
            keep: DEFAULT_KEEP,
        }
    }
}

/// What happened, for whoever tells people about it.
#[derive(Debug)]
pub enum Event {
    /// The port asked for is taken by another program, so the preview is on the other one.
    PortTaken {
        /// The port asked for.
        wanted: u16,
        /// The port taken instead.
        port: u16,
    },
    /// Others than this machine can see the preview.
    Exposed {
        /// The address it listens on.
        host: IpAddr,
    },
    /// Changes are looked for once a second, because the system will not announce them.
    Polling {
        /// Why it will not.
        reason: String,
    },
    /// A build is done and can be seen. The first one comes before [`Event::Started`].
    Built(Arc<Build>),
    /// Pages are answered from now on.
    Started {
        /// The address of the front page.
        url: String,
    },
    /// The browser could not be opened; the preview goes on.
    NotOpened {
        /// The address to open by hand.
        url: String,
    },
    /// The handbook lies in a repository that does not tell what changed.
    NoHistory(String),
    /// The handbook's folder could not be read after a change; the build before stays to be seen.
    NotRead(disk::Error),
}

/// Why there is no preview.
#[derive(Debug)]
pub enum Error {
    /// The handbook's folder cannot be read.
    Disk(disk::Error),
    /// No port could be opened, from this one on.
    Port(u16, io::Error),
    /// The folder can be watched in no way.
    Watch(PathBuf, notify::Error),
    /// The system gives us no threads or timers.
    System(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => error.fmt(f),
            Self::Port(port, error) => write!(f, "cannot open port {port} for the preview: {error}"),
            Self::Watch(root, error) => write!(f, "cannot watch `{}` for changes: {error}", root.display()),
            Self::System(error) => write!(f, "cannot start the preview: {error}"),
        }
    }
}

impl std::error::Error for Error {}

/// Shows a handbook in the browser and keeps it up to date, until Ctrl-C. `show` hears what happens.
///
/// # Errors
/// If the folder cannot be read or watched at the start, or no port can be opened.
pub fn serve(options: &Options, show: &dyn Fn(Event)) -> Result<(), Error> {
    serve_until(options, show, async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Nobody can ask us to stop by this way then; the system's own way still works.
            std::future::pending::<()>().await;
        }
    })
}

/// Like [`serve`], until `stop` is ready.
///
/// # Errors
/// As [`serve`].
pub fn serve_until(
    options: &Options,
    show: &dyn Fn(Event),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let runtime = start_runtime().map_err(Error::System)?;
    let listener = listen(options.host, options.port).map_err(|error| Error::Port(options.port, error))?;
    let port = listener.local_addr().map_err(Error::System)?.port();
    if options.port != 0 && port != options.port {
        show(Event::PortTaken { wanted: options.port, port });
    }
    if !options.host.is_loopback() {
        show(Event::Exposed { host: options.host });
    }

    let (say, heard) = mpsc::channel();
    let (wake, woken) = mpsc::channel();
    let stopping = say.clone();
    runtime.spawn(async move {
        stop.await;
        let _ = stopping.send(Message::Stop);
    });
    // A root that does not exist is left to discovery, which says so in proper words.
    let home = runtime.block_on(tokio::fs::canonicalize(&options.root)).unwrap_or_else(|_| options.root.clone());
    let executor = runtime.handle().clone();
    let preview = Preview { options: options.clone(), home, port, executor, say: say.clone() };
    let waking = wake.clone();
    let work = move || {
        let end = catch_unwind(AssertUnwindSafe(|| preview.run(listener, waking, woken)));
        let _ = say.send(Message::End(end));
    };
    thread::Builder::new().name("build".into()).spawn(work).map_err(Error::System)?;

    let end = hear(&heard, show);
    // Neither a build under way nor an open page may keep anybody waiting.
    let _ = wake.send(Wake::Stop);
    runtime.shutdown_background();
    end
}

/// What the working threads tell the caller's.
enum Message {
    Event(Event),
    Stop,
    End(thread::Result<Result<(), Error>>),
}

/// Passes events on until it is over.
fn hear(heard: &Receiver<Message>, show: &dyn Fn(Event)) -> Result<(), Error> {
    while let Ok(message) = heard.recv() {
        match message {
            Message::Event(event) => show(event),
            Message::Stop => break,
            Message::End(Ok(end)) => return end,
            Message::End(Err(panic)) => resume_unwind(panic),
        }
    }
    Ok(())
}

fn start_runtime() -> io::Result<Runtime> {
    runtime::Builder::new_multi_thread().worker_threads(2).thread_name("answer").enable_all().build()
}

/// The first free port from `first` on.
fn listen(host: IpAddr, first: u16) -> io::Result<TcpListener> {
    let last = if first == 0 { 0 } else { first.saturating_add(19) };
    let mut taken = None;
    for port in first..=last {
        match TcpListener::bind((host, port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = Some(error),
            other => return other,
        }
    }
    Err(taken.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
}
