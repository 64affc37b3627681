//! The thread that builds: reads the folder, compiles, shows, waits for a change, and again.

use std::cell::RefCell;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::watch as latest;

use super::build::Build;
use super::dress::Dresser;
use super::guard::Hosts;
use super::http;
use super::news::Marks;
use super::reader::Reader;
use super::watch::{Changes, Wake, Watch};
use super::{Error, Event, Message, Options};
use crate::compile::{Memory, again};
use crate::path::HandbookPath;

/// The thread that builds.
pub(super) struct Preview {
    /// What was asked for.
    pub(super) options: Options,
    /// The handbook's folder by its true path, as the system announces changes.
    pub(super) home: PathBuf,
    /// The port that is open.
    pub(super) port: u16,
    /// Where answers are given.
    pub(super) executor: Handle,
    /// Who hears of what happens.
    pub(super) say: Sender<Message>,
}

/// What those who answer are told.
struct Publish {
    builds: latest::Sender<Arc<Build>>,
    judged: latest::Sender<u64>,
    marks: Arc<Marks>,
}

impl Preview {
    /// Builds and shows until it is over.
    ///
    /// # Errors
    /// If the folder cannot be read or watched at the start.
    pub(super) fn run(&self, listener: TcpListener, wake: Sender<Wake>, woken: Receiver<Wake>) -> Result<(), Error> {
        let (mut reader, mut memory) = (Reader::new(&self.options, &self.home), Memory::new());
        let told = RefCell::new(String::new());
        let no_history = |why: String| {
            if told.replace(why.clone()) != why {
                self.tell(Event::NoHistory(why));
            }
        };
        // Side by side: whatever changes meanwhile is found when all is read once more, below.
        let (watch, sources) = thread::scope(|scope| {
            let Options { root, exclude, poll, .. } = &self.options;
            let watch = scope.spawn(move || Watch::start(root, exclude, *poll, wake, woken));
            let sources = reader.read(None, &no_history);
            (watch.join().unwrap_or_else(|panic| resume_unwind(panic)), sources)
        });
        // A folder that cannot be read can be watched as little, and discovery has the better word for it.
        let sources = sources.map_err(Error::Disk)?;
        let mut watch = watch.map_err(|error| Error::Watch(self.options.root.clone(), error))?;
        self.tell_of_polling(&watch);
        let site = again(&sources, &mut memory);
        let mut build = Arc::new(Build::new(1, sources, site, None, None, self.options.keep));
        let (publish, builds) = Publish::of(&build);
        // Answered before all is said: who has the page open already need not wait for the checks.
        self.answer(listener, builds, &publish)?;
        let mut good: Option<Arc<Build>> = None;
        build = self.judge(build, &mut good, &publish);
        // Only now: what the folder looks like matters to nobody who waits for the first page.
        watch.settle();
        self.welcome();

        let mut unread = false;
        // Of files that are shown as they are, those that changed while the folder could not be read.
        let mut pending = Vec::new();
        let mut next = Some(Changes::default());
        while let Some(changes) = next.take().or_else(|| watch.wait(&|| reader.has_moved())) {
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
                    let now = Build::new(build.next(), sources, site, Some(&build), good.as_ref(), self.options.keep);
                    let now = Arc::new(now);
                    publish.marks.note(&build, &now, assets);
                    publish.builds.send_replace(Arc::clone(&now));
                    build = self.judge(now, &mut good, &publish);
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
    fn judge(&self, build: Arc<Build>, good: &mut Option<Arc<Build>>, publish: &Publish) -> Arc<Build> {
        let judged = build.judged(good.as_ref()).map(Arc::new);
        if let Some(judged) = &judged {
            publish.marks.note(&build, judged, []);
            publish.builds.send_replace(Arc::clone(judged));
        }
        let build = judged.unwrap_or(build);
        publish.judged.send_replace(build.number());
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
        publish: &Publish,
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
        let (judged, marks) = (publish.judged.subscribe(), Arc::clone(&publish.marks));
        let shown = http::Shown { root: root.as_path().into(), builds, judged, dresser, marks };
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
}

impl Publish {
    /// Word of the first build.
    fn of(build: &Arc<Build>) -> (Self, latest::Receiver<Arc<Build>>) {
        let (builds, hear) = latest::channel(Arc::clone(build));
        (Self { builds, judged: latest::Sender::new(0), marks: Arc::default() }, hear)
    }
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
