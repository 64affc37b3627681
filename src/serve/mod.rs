//! The preview: discover, compile, show, wait, and again.
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
mod reader;
mod watch;
mod wire;

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use tokio::runtime::{self, Handle, Runtime};
use tokio::sync::watch as latest;

pub use build::Build;
pub use editor::{Editor, NoEditor};

use crate::compile::{Memory, again};
use crate::date::Date;
use crate::disk::{self, Folder};
use crate::path::HandbookPath;

use dress::Dresser;
use guard::Hosts;
use news::Marks;
use reader::Reader;
use watch::{Wake, Watch};

/// The port that is tried first.
pub const DEFAULT_PORT: u16 = 4747;

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

/// The thread that builds.
struct Preview {
    options: Options,
    /// The handbook's folder by its true path, as the system announces changes.
    home: PathBuf,
    port: u16,
    executor: Handle,
    say: Sender<Message>,
}

impl Preview {
    fn run(&self, listener: TcpListener, wake: Sender<Wake>, woken: Receiver<Wake>) -> Result<(), Error> {
        // Watched before it is read, so that no change falls in between.
        let watch = Watch::start(&self.options.root, &self.options.exclude, self.options.poll, wake, woken);
        let mut watch = watch.map_err(|error| self.unwatchable(error))?;
        self.tell_of_polling(&watch);
        let (mut reader, mut memory) = (Reader::new(&self.options, &self.home), Memory::new());
        let no_history = |why| self.tell(Event::NoHistory(why));
        let sources = reader.read(None, &no_history).map_err(Error::Disk)?;
        let site = again(&sources, &mut memory);
        let mut build = Arc::new(Build::new(1, sources, site, None));
        let (publish, builds) = latest::channel(Arc::clone(&build));
        let marks = Arc::new(Marks::default());
        // Answered before all is said: who has the page open already need not wait for the checks.
        self.answer(listener, builds, Arc::clone(&marks))?;
        let mut good: Option<Arc<Build>> = None;
        build = self.judge(build, &mut good, (&publish, &marks));
        self.welcome();

        let mut unread = false;
        // Of files that are shown as they are, those that changed while the folder could not be read.
        let mut pending = Vec::new();
        while let Some(changes) = watch.wait(&|| reader.has_moved()) {
            if changes.failure.is_some() {
                self.tell_of_polling(&watch);
            }
            if changes.are_none() {
                continue;
            }
            pending.extend_from_slice(&changes.assets);
            match reader.read(changes.files().as_deref(), &no_history) {
                Ok(sources) => {
                    unread = false;
                    let is_part = |path: &&HandbookPath| sources.find(path).or(build.sources().find(path)).is_some();
                    let assets = std::mem::take(&mut pending);
                    let assets: Vec<String> =
                        assets.iter().filter(is_part).map(|path: &HandbookPath| path.as_str().to_owned()).collect();
                    if sources == *build.sources() && assets.is_empty() {
                        continue;
                    }
                    let site = again(&sources, &mut memory);
                    let now = Arc::new(Build::new(build.next(), sources, site, good.as_ref()));
                    marks.note(&build, &now, assets);
                    publish.send_replace(Arc::clone(&now));
                    build = self.judge(now, &mut good, (&publish, &marks));
                }
                // Said once: until it can be read again, there is nothing to add.
                Err(error) => {
                    if !std::mem::replace(&mut unread, true) {
                        self.tell(Event::NotRead(error));
                    }
                }
            }
        }
        Ok(())
    }

    /// Says all that there is to say about a build that can be seen already.
    fn judge(
        &self,
        build: Arc<Build>,
        good: &mut Option<Arc<Build>>,
        (publish, marks): (&latest::Sender<Arc<Build>>, &Marks),
    ) -> Arc<Build> {
        let judged = build.judged(good.as_ref()).map(Arc::new);
        if let Some(judged) = &judged {
            marks.note(&build, judged, []);
            publish.send_replace(Arc::clone(judged));
        }
        let build = judged.unwrap_or(build);
        if !build.report().has_errors() {
            *good = Some(Arc::clone(&build));
        }
        self.tell(Event::Built(Arc::clone(&build)));
        build
    }

    /// Answers from now on.
    fn answer(
        &self,
        listener: TcpListener,
        builds: latest::Receiver<Arc<Build>>,
        marks: Arc<Marks>,
    ) -> Result<(), Error> {
        listener.set_nonblocking(true).map_err(Error::System)?;
        let listener = {
            let _executor = self.executor.enter();
            tokio::net::TcpListener::from_std(listener).map_err(Error::System)?
        };
        let Options { root, host, names, editor, .. } = &self.options;
        // A path of this machine means nothing to others, and is none of their business.
        let editor = editor.clone().filter(|_| host.is_loopback());
        let dresser = Arc::new(Dresser::new(self.home.clone(), editor));
        let shown = http::Shown { root: root.as_path().into(), builds, dresser, marks };
        let address = SocketAddr::new(*host, self.port).to_string();
        let own = address.rsplit_once(':').map(|(host, _)| host.to_owned());
        let names = names.iter().map(|name| name.to_ascii_lowercase()).chain(own).collect();
        let hosts = Hosts { port: self.port, names, any_address: host.is_unspecified() };
        self.executor.spawn(http::run(listener, hosts, shown));
        Ok(())
    }

    /// Lets people know that there is something to see.
    fn welcome(&self) {
        let host = &self.options.host;
        let seen = if host.is_unspecified() { IpAddr::from(Ipv4Addr::LOCALHOST) } else { *host };
        let url = format!("http://{}/", SocketAddr::new(seen, self.port));
        self.tell(Event::Started { url: url.clone() });
        if self.options.open {
            let say = self.say.clone();
            thread::spawn(move || {
                if !open(&url) {
                    let _ = say.send(Message::Event(Event::NotOpened { url }));
                }
            });
        }
    }

    fn tell_of_polling(&self, watch: &Watch) {
        if let Some(reason) = watch.polls_because() {
            self.tell(Event::Polling { reason: reason.to_owned() });
        }
    }

    fn tell(&self, event: Event) {
        // Nobody listens any more once the preview is over.
        let _ = self.say.send(Message::Event(event));
    }

    fn unwatchable(&self, error: notify::Error) -> Error {
        // A folder that cannot be read can be watched as little, and discovery has the better word for it.
        Folder::new(&self.options.root, &self.options.exclude)
            .read()
            .err()
            .map_or_else(|| Error::Watch(self.options.root.clone(), error), Error::Disk)
    }
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

/// Hands an address to the system's own opener; whether it took it.
fn open(url: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(target_os = "windows") {
        let mut command = Command::new("cmd");
        // The empty text is the window's title, which `start` would otherwise see in the address.
        command.args(["/c", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
