//! The preview: who is answered and how, and that an edit is seen. Each test has a handbook and a port of its own.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use journeybook::compile::compile;
use journeybook::disk::discover;
use journeybook::serve::{Error, serve_until};

use crate::previewing::{Events, Preview, SHORT, build_of, film, index, options, read_answer};

#[test]
fn every_answer_carries_the_policy_of_a_published_site() {
    let preview = Preview::of("Welcome.");
    for request in
        ["GET /", "GET /missing", "GET /%", "POST /", "GET /assets/film.mp4", "GET /__journeybook/preview.js"]
    {
        let answer = preview.ask(request, "");
        assert_eq!(
            answer.header("content-security-policy"),
            Some("default-src 'self'; object-src 'none'; base-uri 'none'"),
            "{request}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{request}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{request}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{request}");
    }
}

#[test]
fn a_page_is_html_and_listens_for_the_next_build() {
    let preview = Preview::of("Welcome.");
    let page = preview.ask("GET /", "");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.text().contains("Welcome."));
    let text = page.text();
    assert!(text.contains(r#"<script src="/__journeybook/preview.js" data-build=""#));
    assert!(text.find("/__journeybook/preview.js") < text.find("theme/theme.js"), "before any script of the theme");
    for script in ["preview.js", "listen.js"] {
        let script = preview.ask(&format!("GET /__journeybook/{script}"), "");
        assert_eq!((script.status, script.header("content-type")), (200, Some("text/javascript; charset=utf-8")));
    }
    let style = preview.ask("GET /__journeybook/preview.css", "");
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
    assert_eq!(preview.ask("GET /index.html?any=query", "").body, page.body);
    assert_eq!(preview.ask("GET /ind%65x.html", "").body, page.body);
}

#[test]
fn a_preview_can_be_read_but_not_changed() {
    let preview = Preview::of("Welcome.");
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        let answer = preview.ask(&format!("{method} /"), "");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    for path in ["/", "/assets/film.mp4", "/__journeybook/preview.js", "/missing"] {
        let (get, head) = (preview.ask(&format!("GET {path}"), ""), preview.ask(&format!("HEAD {path}"), ""));
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.header("content-length"), get.header("content-length"), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        assert!(head.body.is_empty() && !get.body.is_empty(), "{path}");
    }
}

#[test]
fn only_this_machine_is_answered() {
    let preview = Preview::of("Welcome.");
    let port = preview.port;
    let ask =
        |host: &str, more: &str| preview.send(&format!("GET / HTTP/1.1\r\n{host}\r\n{more}Connection: close\r\n\r\n"));
    for host in ["localhost", "LocalHost", "127.0.0.1", "[::1]"] {
        assert_eq!(ask(&format!("Host: {host}"), "").status, 200, "{host}");
        assert_eq!(ask(&format!("Host: {host}:{port}"), "").status, 200, "{host} with the port");
        assert_eq!(ask(&format!("Host: {host}:{}", port ^ 1), "").status, 421, "{host} with another port");
    }
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.2", "me@localhost", ""] {
        let answer = ask(&format!("Host: {host}"), "");
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.text().contains("Welcome."), "{host}");
    }
    assert_eq!(ask("Host: localhost\r\nHost: evil.example", "").status, 421);
    assert_eq!(ask("Host: localhost\r\nHost: localhost", "").status, 400);
    assert_eq!(ask("X-No-Host: at all", "").status, 400);
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(preview.send(&absolute).status, 421);
    assert_eq!(preview.send(&absolute.replace("evil.example", &format!("localhost:{port}"))).status, 400);

    for origin in ["http://evil.example", "null", "http://localhost", "https://localhost:1", "http://localhost:1"] {
        assert_eq!(ask("Host: localhost", &format!("Origin: {origin}\r\n")).status, 403, "{origin}");
    }
    assert_eq!(ask("Host: localhost", &format!("Origin: http://127.0.0.1:{port}\r\n")).status, 200);
}

#[test]
fn no_request_climbs_out_of_the_site() {
    let preview = Preview::of("Welcome.");
    fs::write(preview.beside("secret.txt"), "the secret").unwrap();
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/%2E%2E/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/..\\secret.txt",
        "/./index.html",
        "/index.html%00",
        "/index.html%00.css",
        "/%",
        "/%2",
        "/%zz",
        "/%+1",
        "/%ff%fe",
        "//secret.txt",
        "//evil.example/secret.txt",
        "/%2fsecret.txt",
        "//index.html",
        "/index.html#part",
        "/#",
    ] {
        let answer = preview.ask(&format!("GET {path}"), "");
        assert_eq!(answer.status, 400, "{path}");
    }
    for path in [
        "/assets//film.mp4",
        // Escapes are resolved once, not twice.
        "/%252e%252e/secret.txt",
        "/%2569ndex.html",
        // In the handbook's folder, but not in the site.
        "/handbook.yaml",
        "/index.md",
    ] {
        let answer = preview.ask(&format!("GET {path}"), "");
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("the secret"), "{path}");
    }
}

#[test]
fn a_missing_page_is_told_in_the_language_of_its_address_and_leads_back() {
    let preview = Preview::of("Welcome.");
    preview.write(
        "handbook.yaml",
        "title: Harbor Home\nlanguages: [en, zh-CN]\nurl: https://harbor.example/our/journeys\n",
    );
    preview.built();
    for (path, lang) in [("/a/b", "en"), ("/zh-cn/a/b.html", "zh-CN"), ("/zh-cn/maps/", "zh-CN")] {
        let answer = preview.ask(&format!("GET {path}x"), "");
        assert_eq!((answer.status, answer.text().contains(&format!("<html lang=\"{lang}\""))), (404, true), "{path}")
    }
    // Its links start in the folder where the site will live, and here that is the top.
    let page = preview.ask("GET /a/b", "");
    assert!(page.text().contains("href=\"/our/journeys/theme/handbook.css\""), "{}", page.text());
    for (path, location) in [
        ("/our/journeys/theme/handbook.css", "/theme/handbook.css"),
        ("/our/journeys/", "/"),
        ("/our/journeys/zh-cn/none", "/zh-cn/none"),
    ] {
        let answer = preview.ask(&format!("GET {path}"), "");
        assert_eq!((answer.status, answer.header("location")), (307, Some(location)), "{path}");
    }
    for path in ["/our/journeys", "/our/journeys//evil.example/x", "/our/journeysx/index.html"] {
        assert_eq!(preview.ask(&format!("GET {path}"), "").status, 404, "{path}");
    }
}

#[test]
fn a_missing_page_gets_the_sites_own_words() {
    let preview = Preview::of("Welcome.");
    let own = preview.ask("GET /404.html", "");
    assert_eq!(own.status, 200);
    for path in ["/missing", "/missing/", "/a/b/c.html", "/旅程/"] {
        let answer = preview.ask(&format!("GET {path}"), "");
        assert_eq!(
            (answer.status, answer.text().replace("data-tag=\"404-", "data-tag=\"")),
            (404, own.text()),
            "{path}"
        );
    }
}

#[test]
fn a_folder_without_its_slash_leads_to_its_page() {
    let preview = Preview::of("Welcome.");
    let (site, _) = compile(&discover(&preview.handbook(), &[]).unwrap());
    let page = site.paths().map(|path| path.as_str()).find(|path| path.ends_with("/index.html")).unwrap().to_owned();
    let folder = page.strip_suffix("/index.html").unwrap();
    let answer = preview.ask(&format!("GET /{folder}?view=table"), "");
    assert_eq!((answer.status, answer.header("location")), (307, Some(&*format!("/{folder}/?view=table"))));
    assert_eq!(preview.ask(&format!("GET /{folder}/"), "").body, preview.ask(&format!("GET /{page}"), "").body);
}

#[test]
fn a_film_can_be_had_in_stretches() {
    let preview = Preview::of("Welcome.");
    let film = film();
    let whole = preview.ask("GET /assets/film.mp4", "");
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("video/mp4")));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert!(whole.body == film);

    let size = film.len();
    for (range, stretch) in [
        ("0-0", 0..1),
        ("10-19", 10..20),
        ("70000-", 70_000..size),
        ("-5", size - 5..size),
        ("-999999999", 0..size),
        ("5-99999999999999999999999", 5..size),
    ] {
        let answer = preview.ask("GET /assets/film.mp4", &format!("Range: bytes={range}\r\n"));
        let told = format!("bytes {}-{}/{size}", stretch.start, stretch.end - 1);
        assert_eq!((answer.status, answer.header("content-range")), (206, Some(&*told)), "{range}");
        assert!(answer.body == film[stretch], "{range}");
    }
    for range in [&*format!("{size}-"), "-0", "99999999999999999999999-"] {
        let answer = preview.ask("GET /assets/film.mp4", &format!("Range: bytes={range}\r\n"));
        assert_eq!(
            (answer.status, answer.header("content-range")),
            (416, Some(&*format!("bytes */{size}"))),
            "{range}"
        );
    }
    for header in ["bytes=0-1,5-6", "bytes=5-2", "bytes=", "bytes=+1-2", "lines=0-1", "bytes=0-1\r\nIf-Range: \"tag\""]
    {
        assert_eq!(preview.ask("GET /assets/film.mp4", &format!("Range: {header}\r\n")).status, 200, "{header}");
    }
}

#[test]
fn an_edit_is_told_to_open_pages_and_seen() {
    let preview = Preview::of("Welcome.");
    let mut events = Events::of(&preview);
    let shown = preview.shown();
    assert_eq!(events.next(), shown);
    preview.write("index.md", &index("Welcome back."));
    preview.built();
    let mut news = events.next();
    assert_ne!(news, shown);
    assert!(preview.ask("GET /", "").text().contains("Welcome back."));
    // What the checks find may be told after the page itself.
    while news != preview.shown() {
        news = events.next();
    }
    assert_eq!(preview.shown(), news);
    // A page that connects late is told the same.
    assert_eq!(Events::of(&preview).next(), news);
}

#[test]
fn an_asset_that_changes_is_a_new_build() {
    let preview = Preview::of("Welcome.");
    preview.write("assets/film.mp4", "shorter");
    preview.built();
    assert_eq!(preview.ask("GET /assets/film.mp4", "").text(), "shorter");
    preview.write("assets/new.svg", "<svg/>");
    preview.built();
    assert_eq!(preview.ask("GET /assets/new.svg", "").header("content-type"), Some("image/svg+xml; charset=utf-8"));
    fs::remove_file(preview.handbook().join("assets/new.svg")).unwrap();
    preview.built();
    assert_eq!(preview.ask("GET /assets/new.svg", "").status, 404);
}

#[test]
fn what_changes_nothing_builds_nothing() {
    let preview = Preview::of("Welcome.");
    // In one go: a file that is emptied and then filled is another one in between.
    let saved = preview.handbook().with_extension("saved");
    fs::write(&saved, index("Welcome.")).unwrap();
    fs::rename(&saved, preview.handbook().join("index.md")).unwrap();
    preview.write(".index.md.swp", "an editor's");
    preview.write("index.md~", "an editor's");
    for _ in 0..3 {
        preview.ask("GET /assets/film.mp4", "");
        preview.ask("GET /", "");
    }
    assert!(preview.events.recv_timeout(SHORT).is_err(), "something was built");
}

#[test]
fn a_file_that_replaces_another_is_seen() {
    let preview = Preview::of("Welcome.");
    preview.write("index.md.new", &index("Saved at once."));
    fs::rename(preview.handbook().join("index.md.new"), preview.handbook().join("index.md")).unwrap();
    preview.built();
    while !preview.ask("GET /", "").text().contains("Saved at once.") {
        preview.built();
    }
    fs::create_dir(preview.handbook().join("assets/deep")).unwrap();
    preview.write("assets/deep/note.txt", "first");
    preview.built();
    while preview.ask("GET /assets/deep/note.txt", "").text() != "first" {
        preview.built();
    }
}

#[test]
fn errors_lie_over_the_last_good_page_until_they_are_mended() {
    let preview = Preview::of("Welcome.");
    let good = preview.ask("GET /", "");
    preview.write("index.md", &index("Ask [her](persona:nobody) about `<b>`."));
    preview.built();
    let broken = preview.ask("GET /", "");
    assert_eq!((broken.status, broken.header("content-type")), (500, Some("text/html; charset=utf-8")));
    assert!(broken.text().contains("unknown-persona"), "what the terminal says");
    assert!(broken.text().contains("Welcome."), "the last good page");
    assert!(broken.text().contains(r#"<link rel="stylesheet" href="/__journeybook/preview.css">"#));
    assert!(!broken.text().contains("<style") && !broken.text().contains(" style="));
    assert_eq!(preview.ask("GET /assets/film.mp4", "").status, 200);

    preview.write("index.md", &index("Ask [him](persona:nobody)."));
    preview.built();
    assert!(preview.ask("GET /", "").text().contains("Welcome."), "still the last good page");

    preview.write("index.md", &index("Welcome."));
    preview.built();
    let mended = preview.ask("GET /", "");
    assert_eq!(mended.status, 200);
    assert_eq!(mended.text().replace(&preview.shown(), ""), good.text().replace(&build_of(&good), ""));
}

#[test]
fn a_first_build_with_errors_is_shown_as_far_as_it_goes() {
    let preview = Preview::of("Ask [her](persona:nobody) about <b>.");
    let page = preview.ask("GET /", "");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("unknown-persona"));
    let panel = page.text().split_once("journeybook-overlay\"").map(|(_, panel)| panel.to_owned()).unwrap();
    assert!(!panel.contains("<b>"), "the writer's words are text");
    preview.write("index.md", &index("Mended."));
    preview.built();
    assert_eq!(preview.ask("GET /", "").status, 200);
}

#[test]
fn whoever_is_slow_holds_nobody_up() {
    let preview = Preview::of("Welcome.");
    let slow: Vec<TcpStream> = (0..40).map(|_| preview.connect("GET / HTTP/1.1\r\nHost: local")).collect();
    let open: Vec<Events> = (0..40).map(|_| Events::of(&preview)).collect();
    let unread: Vec<TcpStream> =
        (0..10).map(|_| preview.connect("GET /assets/film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n")).collect();
    let before = Instant::now();
    assert_eq!(preview.ask("GET /", "").status, 200);
    assert!(before.elapsed() < Duration::from_secs(5));
    drop((slow, open, unread));
}

#[test]
fn an_endless_head_is_refused() {
    let preview = Preview::of("Welcome.");
    let long = preview.ask("GET /", &format!("X-Long: {}\r\n", "x".repeat(200_000)));
    assert!(matches!(long.status, 0 | 431), "{}", long.status);
    let many = preview.ask("GET /", &"X-Many: x\r\n".repeat(1000));
    assert!(matches!(many.status, 0 | 431), "{}", many.status);
    assert_eq!(preview.ask("GET /", "").status, 200);
}

#[test]
fn a_port_that_is_taken_is_passed_over() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let wanted = taken.local_addr().unwrap().port();
    let preview = Preview::with("Welcome.", |options| options.port = wanted);
    assert!(preview.port > wanted);
    assert_eq!(preview.ask("GET /", "").status, 200);
}

#[test]
fn the_end_waits_for_nobody() {
    let mut preview = Preview::of("Welcome.");
    let _open = Events::of(&preview);
    let _slow = preview.connect("GET / HTTP/1.1\r\n");
    let before = Instant::now();
    preview.end().unwrap();
    assert!(before.elapsed() < Duration::from_secs(5));
    let gone = TcpStream::connect(("127.0.0.1", preview.port));
    assert!(gone.is_err() || read_answer(gone.unwrap()).status == 0);
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let options = options(&folder.path().join("nowhere"));
    let error = serve_until(&options, &|_| {}, std::future::pending()).unwrap_err();
    assert!(matches!(error, Error::Disk(_)), "{error}");
    assert!(error.to_string().contains("nowhere"), "{error}");
}
