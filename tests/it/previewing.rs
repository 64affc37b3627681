//! What the tests of the preview share: a handbook of their own with a preview under way, and a plain client for it.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use journeybook::serve::{Error, Event, Options, serve_until};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// Far longer than anything here takes, so that only a hang is a failure.
pub(crate) const LONG: Duration = Duration::from_secs(20);
/// Long enough for a build that should not come.
pub(crate) const SHORT: Duration = Duration::from_millis(400);

/// A preview under way; it ends with the value.
pub(crate) struct Preview {
    folder: TempDir,
    pub(crate) port: u16,
    pub(crate) events: Receiver<Event>,
    /// What was said before it could be seen.
    pub(crate) told: Vec<Event>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), Error>>>,
}

impl Preview {
    /// A small handbook whose front page says `text`.
    pub(crate) fn of(text: &str) -> Self {
        Self::with(text, |_| {})
    }

    /// The same, shown otherwise.
    pub(crate) fn with(text: &str, change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let handbook = folder.path().join("handbook");
        write_handbook(&handbook, text);
        Self::start(folder, handbook, change)
    }

    /// The preview of the handbook at a path in a folder.
    pub(crate) fn start(folder: TempDir, handbook: PathBuf, change: impl FnOnce(&mut Options)) -> Self {
        let (say, events) = channel();
        let (stop, stopped) = oneshot::channel();
        let mut options = options(&handbook);
        change(&mut options);
        let thread = thread::spawn(move || {
            let show = |event| drop(say.send(event));
            serve_until(&options, &show, async { drop(stopped.await) })
        });
        let mut preview = Self { folder, port: 0, events, told: Vec::new(), stop: Some(stop), thread: Some(thread) };
        preview.port = preview.started();
        preview
    }

    fn started(&mut self) -> u16 {
        let mut told = None;
        loop {
            match self.events.recv_timeout(LONG).unwrap() {
                Event::PortTaken { port, .. } => told = Some(port),
                Event::Started { url } => {
                    let port = url.strip_prefix("http://127.0.0.1:").unwrap().strip_suffix('/').unwrap().parse();
                    assert!(told.is_none_or(|told| Ok(told) == port));
                    return port.unwrap();
                }
                event => self.told.push(event),
            }
        }
    }

    pub(crate) fn end(&mut self) -> Result<(), Error> {
        drop(self.stop.take());
        self.thread.take().map_or(Ok(()), |thread| thread.join().unwrap())
    }

    /// A path beside the handbook.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Waits until a page says something, or no longer does.
    pub(crate) fn says(&self, page: &str, text: &str, says: bool) {
        let end = Instant::now() + LONG;
        while self.ask(&format!("GET {page}"), "").text().contains(text) != says {
            assert!(Instant::now() < end, "{page} never {} `{text}`", if says { "said" } else { "stopped saying" });
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn handbook(&self) -> PathBuf {
        self.folder.path().join("handbook")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.handbook().join(path), text).unwrap();
    }

    /// Waits for the next build, and for the quiet after it.
    pub(crate) fn built(&self) {
        let mut wait = LONG;
        while let Ok(event) = self.events.recv_timeout(wait) {
            assert!(matches!(event, Event::Built(_)), "{event:?}");
            wait = Duration::from_millis(100);
        }
        assert!(wait < LONG, "nothing was built");
    }

    /// The build that the front page shows.
    pub(crate) fn shown(&self) -> String {
        build_of(&self.ask("GET /", ""))
    }

    /// Sends one request, such as `GET /`, with further header lines.
    pub(crate) fn ask(&self, request: &str, headers: &str) -> Answer {
        self.send(&format!("{request} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n"))
    }

    pub(crate) fn send(&self, request: &str) -> Answer {
        read_answer(self.connect(request))
    }

    pub(crate) fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        // Whoever is refused may find the connection closed before all is said.
        drop(stream.write_all(request.as_bytes()));
        stream
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        drop(self.end());
    }
}

/// An open stream of events.
pub(crate) struct Events {
    stream: TcpStream,
    read: String,
}

impl Events {
    pub(crate) fn of(preview: &Preview) -> Self {
        let stream = preview.connect("GET /__journeybook/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Self { stream, read: String::new() }
    }

    /// The next build that is told of.
    pub(crate) fn next(&mut self) -> String {
        loop {
            if let Some((_, rest)) = self.read.split_once("data: ")
                && let Some((data, rest)) = rest.split_once("\n\n")
            {
                let data = data.to_owned();
                self.read = rest.to_owned();
                return data;
            }
            let mut buffer = [0; 1024];
            let count = self.stream.read(&mut buffer).unwrap();
            assert_ne!(count, 0, "the stream ended: {}", self.read);
            self.read.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        }
    }
}

/// An answer; status 0 if there was none.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().filter_map(|line| line.split_once(": ")).find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

pub(crate) fn read_answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // A refused connection may break; what came until then counts.
    if let Err(error) = stream.read_to_end(&mut bytes) {
        assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "no answer");
    }
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head, body: bytes[end..].to_vec() }
}

pub(crate) fn build_of(page: &Answer) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("data-build=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// A preview on any free port.
pub(crate) fn options(root: &Path) -> Options {
    Options { port: 0, ..Options::new(root) }
}

/// Writes a small handbook whose front page says `text`.
pub(crate) fn write_handbook(handbook: &Path, text: &str) {
    fs::create_dir_all(handbook.join("assets")).unwrap();
    let settings = "title: Harbor Home\nlanguages: [en, zh-CN]\nbrand: { name: Harbor Home }\n";
    fs::write(handbook.join("handbook.yaml"), settings).unwrap();
    fs::write(handbook.join("index.md"), index(text)).unwrap();
    fs::write(handbook.join("assets/film.mp4"), film()).unwrap();
}

pub(crate) fn index(text: &str) -> String {
    format!("---\ntitle: Harbor Home\nsummary: What our customers go through.\n---\n\n{text}\n")
}

/// More than one chunk, and no two stretches alike.
pub(crate) fn film() -> Vec<u8> {
    (0u32..50_000).flat_map(u32::to_be_bytes).collect()
}
