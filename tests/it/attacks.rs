//! What somebody may try on a preview: each is refused or kept within bounds, and the next reader is answered at once.

use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

use journeybook::serve::{Editor, Event};

use crate::previewing::{Events, LONG, Preview, read_answer};

/// How long a reader waits at most while somebody attacks. The preview itself needs some milliseconds; a test machine has
/// other things to do.
const AT_ONCE: Duration = Duration::from_secs(2);

/// A good question is answered at once, and with the page.
fn is_well(preview: &Preview, after: &str) -> Duration {
    let before = Instant::now();
    let answer = preview.ask("GET /", "");
    let took = before.elapsed();
    assert_eq!(answer.status, 200, "after {after}");
    assert!(answer.text().contains("Welcome."), "after {after}");
    assert!(took < AT_ONCE, "after {after} the answer took {took:?}");
    took
}

/// Sends what may be no HTTP at all. Status 0 if the connection is closed without an answer.
fn send(preview: &Preview, bytes: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    drop(stream.write_all(bytes));
    let answer = read_answer(stream);
    (answer.status, answer.head.clone() + &answer.text())
}

#[test]
fn every_malformed_question_is_refused() {
    let preview = Preview::of("Welcome.");
    fs::write(preview.beside("secret.txt"), "the secret").unwrap();
    let port = preview.port;
    let end = "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let long = "x".repeat(200_000);
    let get = |target: &str| format!("GET {target} HTTP/1.1{end}").into_bytes();
    let head = |lines: &str| format!("GET / HTTP/1.1\r\n{lines}\r\nConnection: close\r\n\r\n").into_bytes();
    let attacks: Vec<(&str, Vec<u8>)> = vec![
        ("dots", get("/../secret.txt")),
        ("escaped dots", get("/%2e%2e/secret.txt")),
        ("escaped dots in capitals", get("/%2E%2E%2Fsecret.txt")),
        ("half escaped dots", get("/.%2e/secret.txt")),
        ("dots within", get("/assets/..%2f..%2fsecret.txt")),
        ("overlong dots", get("/%c0%ae%c0%ae/secret.txt")),
        ("a back-slash", get("/..\\secret.txt")),
        ("an escaped back-slash", get("/..%5csecret.txt")),
        ("an escaped NUL", get("/index.html%00.css")),
        ("a NUL", b"GET /index.html\0.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".to_vec()),
        ("a tabulator", get("/index\t.html")),
        ("a fragment", get("/index.html#part")),
        ("a fragment and dots", get("/#/../secret.txt")),
        ("two slashes", get("//secret.txt")),
        ("another host in the path", get("//evil.example/index.html")),
        ("escaped slashes", get("/%2f%2fevil.example/index.html")),
        ("an absolute path", get(&format!("/{}", preview.beside("secret.txt").display()))),
        ("an absolute target", get(&format!("http://localhost:{port}/"))),
        ("an absolute target elsewhere", get("http://evil.example/")),
        ("a target that is a file's", get("file:///etc/passwd")),
        ("a target without a slash", get("index.html")),
        ("a target of a proxy", get("evil.example:443")),
        ("a tunnel", b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n".to_vec()),
        ("an asterisk", get("*")),
        ("a question about the server", format!("OPTIONS * HTTP/1.1{end}").into_bytes()),
        ("no host", b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec()),
        ("no host, of old", b"GET / HTTP/1.0\r\n\r\n".to_vec()),
        ("an empty host", head("Host:")),
        ("two hosts", head("Host: localhost\r\nHost: localhost")),
        ("two hosts, one foreign", head("Host: localhost\r\nHost: evil.example")),
        ("a foreign host", head("Host: evil.example")),
        ("a host that begins like ours", head(&format!("Host: localhost.evil.example:{port}"))),
        ("a host with a name before it", head(&format!("Host: evil@localhost:{port}"))),
        ("an address of the network", head(&format!("Host: 192.168.1.7:{port}"))),
        ("a foreign origin", head("Host: localhost\r\nOrigin: http://evil.example")),
        ("no origin", head("Host: localhost\r\nOrigin: null")),
        (
            "two origins",
            head(&format!("Host: localhost\r\nOrigin: http://localhost:{port}\r\nOrigin: http://evil.example")),
        ),
        ("another site's picture", head("Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors")),
        ("another port's script", head("Host: localhost\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors")),
        ("a long header", head(&format!("Host: localhost\r\nX-Long: {long}"))),
        ("a long target", get(&format!("/{long}"))),
        ("a long method", format!("{long} / HTTP/1.1{end}").into_bytes()),
        ("a thousand headers", head(&format!("Host: localhost\r\n{}X: x", "X-Many: x\r\n".repeat(1000)))),
        ("a folded header", head("Host: localhost\r\nX-Folded: a\r\n b")),
        ("a space before the colon", head("Host : localhost")),
        ("a header without a colon", head("Host: localhost\r\nnonsense")),
        ("a body", head("Host: localhost\r\nContent-Length: 5").into_iter().chain(*b"hello").collect()),
        ("a body that never comes", head("Host: localhost\r\nContent-Length: 100000000")),
        (
            "a body in pieces",
            head("Host: localhost\r\nTransfer-Encoding: chunked").into_iter().chain(*b"0\r\n\r\n").collect(),
        ),
        ("two lengths", head("Host: localhost\r\nContent-Length: 1\r\nContent-Length: 2")),
        ("a length and pieces", head("Host: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked")),
        ("something posted", format!("POST / HTTP/1.1\r\nContent-Length: 100000{end}").into_bytes()),
        ("something posted to the channel", format!("POST /__journeybook/events HTTP/1.1{end}").into_bytes()),
        ("something put", format!("PUT /index.html HTTP/1.1\r\nContent-Length: 2{end}hi").into_bytes()),
        ("a protocol to come", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("another version", b"GET / HTTP/3.0\r\nHost: localhost\r\n\r\n".to_vec()),
        ("no version", b"GET /\r\n\r\n".to_vec()),
        ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec()),
        ("line ends alone", b"\r\n\r\n\r\n\r\nGARBAGE\r\n\r\n".to_vec()),
    ];
    for (name, bytes) in &attacks {
        let (status, text) = send(&preview, bytes);
        assert!(matches!(status, 0 | 400..=499 | 505), "{name}: {status}");
        assert!(!text.contains("Welcome.") && !text.contains("the secret"), "{name}: {text}");
        is_well(&preview, name);
    }
}

#[test]
fn a_link_out_of_the_folder_leads_nowhere() {
    let preview = Preview::of("Welcome.");
    let secret = preview.beside("secret.svg");
    fs::write(&secret, "<svg><!-- the secret --></svg>").unwrap();
    let folder = preview.beside("elsewhere");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("inner.svg"), "<svg><!-- the secret --></svg>").unwrap();
    let assets = preview.handbook().join("assets");
    let link = |target: &std::path::Path, name: &str| std::os::unix::fs::symlink(target, assets.join(name)).unwrap();

    link(&secret, "out.svg");
    link(&folder, "out");
    link(std::path::Path::new("../../secret.svg"), "climbing.svg");
    link(std::path::Path::new("loop.svg"), "loop.svg");
    link(&assets.join("film.mp4"), "inside.mp4");
    fs::write(assets.join("plain.svg"), "<svg/>").unwrap();
    let ask = |path: &str| preview.ask(&format!("GET /assets/{path}"), "");
    let end = Instant::now() + LONG;
    while ask("inside.mp4").status != 200 || ask("plain.svg").status != 200 {
        assert!(Instant::now() < end, "a link inside is followed");
        std::thread::sleep(Duration::from_millis(20));
    }
    for path in ["out.svg", "out/inner.svg", "climbing.svg", "loop.svg"] {
        let answer = ask(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("the secret"), "{path}");
    }
    // What was a file when the folder was looked at may be a link when somebody asks: asked at once, and once it is known.
    fs::remove_file(assets.join("plain.svg")).unwrap();
    link(&secret, "plain.svg");
    for _ in 0..20 {
        let answer = ask("plain.svg");
        assert_eq!(answer.status, 404);
        assert!(!answer.text().contains("the secret"));
        std::thread::sleep(Duration::from_millis(10));
    }
    is_well(&preview, "links");
}

#[test]
fn a_build_copies_nothing_through_a_link_out_of_the_folder() {
    use journeybook::disk::open_asset;
    use journeybook::path::HandbookPath;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("handbook");
    fs::create_dir_all(root.join("assets/.hidden")).unwrap();
    fs::write(folder.path().join("secret"), "the secret").unwrap();
    fs::write(root.join("assets/own"), "its own").unwrap();
    fs::write(root.join("assets/.hidden/key"), "the secret").unwrap();
    for (target, name) in [("../../secret", "out"), ("own", "in"), (".hidden/key", "hidden"), ("..", "up")] {
        std::os::unix::fs::symlink(target, root.join("assets").join(name)).unwrap();
    }
    let made = std::process::Command::new("mkfifo").arg(root.join("assets/pipe")).status().unwrap();
    assert!(made.success());
    let open = |name: &str| {
        let mut text = String::new();
        let file = open_asset(&root, &HandbookPath::new(&format!("assets/{name}")).unwrap());
        file.map(|mut file| file.read_to_string(&mut text).map(|_| text).unwrap()).ok()
    };
    assert_eq!(open("own").as_deref(), Some("its own"));
    assert_eq!(open("in").as_deref(), Some("its own"));
    for name in ["out", "hidden", "up", "up/secret", "pipe", "nothing"] {
        assert_eq!(open(name), None, "{name}");
    }
}

#[test]
fn five_hundred_sockets_keep_nobody_out() {
    let preview = Preview::of("Welcome.");
    let film = "GET /assets/film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let attacks = [
        ("that say nothing", ""),
        ("that say half a word", "GET / HT"),
        ("with half a head", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
        ("that asked once", "GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        ("that listen", "GET /__journeybook/events HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        ("that take nothing of a film", film),
        ("with a slow body", "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx"),
    ];
    let mut worst = Duration::ZERO;
    for (name, request) in attacks {
        let open: Vec<TcpStream> = (0..500)
            .filter_map(|_| {
                let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).ok()?;
                drop(stream.write_all(request.as_bytes()));
                Some(stream)
            })
            .collect();
        for _ in 0..3 {
            worst = worst.max(is_well(&preview, &format!("{} sockets {name}", open.len())));
        }
        // Whoever is told of builds is told of the next one too, once the crowd is gone.
        drop(open);
    }
    #[expect(clippy::print_stdout, reason = "the figure is worth knowing")]
    {
        println!("a reader waited {worst:?} at most");
    }
    let mut events = Events::of(&preview);
    events.next();
}

#[test]
fn what_browsers_do_is_answered() {
    let preview = Preview::of("Welcome.");
    let port = preview.port;
    let old = preview.send("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assert_eq!(old.status, 200, "HTTP/1.0 with a host");
    assert!(old.text().contains("Welcome."));

    let mut pipelined = preview.connect(&"GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3));
    drop(pipelined.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    let text = read_answer(pipelined);
    let all = text.head.clone() + &text.text();
    assert_eq!(all.matches("HTTP/1.1 200 OK").count(), 4, "four questions in a row, four answers");

    let same = format!("Origin: http://localhost:{port}\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n");
    assert_eq!(preview.ask("GET /", &same).status, 200);
    let from_elsewhere = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    assert_eq!(preview.ask("GET /", from_elsewhere).status, 200, "a link from elsewhere");
    assert_eq!(preview.ask("GET /", "Content-Length: 0\r\n").status, 200, "an empty body");

    let page = preview.ask("GET /", "");
    let tag = page.header("etag").unwrap().to_owned();
    let same = preview.ask("GET /", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((same.status, same.body.len(), same.header("cache-control")), (304, 0, Some("no-store")));
    preview.write("index.md", &crate::previewing::index("Welcome. More."));
    preview.says("/", "More.", true);
    assert_eq!(preview.ask("GET /", &format!("If-None-Match: {tag}\r\n")).status, 200);
}

#[test]
fn a_preview_for_others_says_so_and_learns_its_names() {
    let all: IpAddr = Ipv4Addr::UNSPECIFIED.into();
    let preview = Preview::with("Welcome. [](persona:nobody)", |options| {
        options.host = all;
        options.names = vec!["Mei-Lins-Mac.local".to_owned()];
        options.editor = Some(Editor::named("vscode").unwrap());
    });
    assert!(preview.told.iter().any(|event| matches!(event, Event::Exposed { host } if *host == all)));
    let port = preview.port;
    let status =
        |host: &str| preview.send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status;
    for host in ["localhost", "192.168.1.7", "[fe80::1]", "mei-lins-mac.local"] {
        assert_eq!(status(&format!("{host}:{port}")), 500, "{host}");
    }
    for host in ["evil.example", "192.168.1.7.evil.example", "fe80::1", "[192.168.1.7]"] {
        assert_eq!(status(&format!("{host}:{port}")), 421, "{host}");
    }
    assert!(!preview.ask("GET /", "").text().contains("vscode:"), "no path of this machine for others");
    let own = Preview::with("Welcome. [](persona:nobody)", |options| {
        options.editor = Some(Editor::named("vscode").unwrap());
    });
    assert!(!own.told.iter().any(|event| matches!(event, Event::Exposed { .. })));
    assert!(own.ask("GET /", "").text().contains("vscode://file/"));
}

#[test]
fn an_editor_has_a_scheme_of_its_own() {
    use std::path::Path;
    let link = |editor: &str| Editor::named(editor).unwrap().link(Path::new("/home/梅/a b#1.md"), 3, 7);
    assert_eq!(link("vscode"), "vscode://file/home/%E6%A2%85/a%20b%231.md:3:7");
    assert_eq!(link("idea"), "idea://open?file=/home/%E6%A2%85/a%20b%231.md&line=3&column=7");
    assert_eq!(link("x-mine://{line}/{path}"), "x-mine://3/home/%E6%A2%85/a%20b%231.md");
    for wrong in
        ["", "emacs", "vscode://file", "javascript:alert({path})", "JavaScript:{path}", "http://x/{path}", "{path}"]
    {
        assert!(Editor::named(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_end_waits_for_no_attacker() {
    let mut preview = Preview::of("Welcome.");
    let _open: Vec<TcpStream> = ["", "GET / HT", "GET /__journeybook/events HTTP/1.1\r\nHost: localhost\r\n\r\n"]
        .into_iter()
        .chain(["GET /assets/film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n"])
        .flat_map(|request| (0..20).map(move |_| request))
        .map(|request| preview.connect(request))
        .collect();
    let before = Instant::now();
    preview.end().unwrap();
    assert!(before.elapsed() < AT_ONCE, "{:?}", before.elapsed());
}

#[test]
fn whoever_is_slow_to_ask_is_cut_off() {
    let preview = Preview::of("Welcome.");
    let before = Instant::now();
    let slow =
        ["", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "].map(|request| preview.connect(request));
    for mut stream in slow {
        let mut bytes = Vec::new();
        // Cut off with a word or without one, but not after more than the preview's patience.
        drop(stream.read_to_end(&mut bytes));
        assert!(before.elapsed() < Duration::from_secs(18), "{:?}", before.elapsed());
        assert!(!String::from_utf8_lossy(&bytes).contains("200 OK"));
    }
    // A byte now and then is no excuse.
    let mut dripping = preview.connect("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    let before = Instant::now();
    while dripping.write_all(b"x").is_ok() {
        assert!(before.elapsed() < Duration::from_secs(18), "{:?}", before.elapsed());
        std::thread::sleep(Duration::from_millis(200));
    }
    is_well(&preview, "slow heads");
}

#[test]
fn ctrl_c_ends_the_program_at_once() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    crate::previewing::write_handbook(folder.path(), "Welcome.");
    let mut program = Command::new(env!("CARGO_BIN_EXE_journeybook"));
    program.arg("serve").arg(folder.path()).args(["--port", "0"]).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    let port = said.find_map(|line| line.unwrap().split_once("127.0.0.1:").map(|(_, rest)| rest.to_owned())).unwrap();
    let port: u16 = port.split('/').next().unwrap().parse().unwrap();
    let _open: Vec<TcpStream> = ["", "GET / HT", "GET /__journeybook/events HTTP/1.1\r\nHost: localhost\r\n\r\n"]
        .map(|request| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .into();
    let before = Instant::now();
    assert!(Command::new("kill").arg("-INT").arg(child.id().to_string()).status().unwrap().success());
    let status = child.wait().unwrap();
    assert!(status.success() && before.elapsed() < AT_ONCE, "{status} after {:?}", before.elapsed());
}
