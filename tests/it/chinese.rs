//! A handbook all in Chinese, names of files, ids, stages, channels and tags included: it builds, links, searches, and its
//! addresses are found when they come percent-encoded.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::diag::show;
use journeybook::disk;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::search::{fold, tokens};
use journeybook::source::Sources;
use journeybook::views::reading;

use crate::previewing::Preview;
use crate::search::{Index, is_pair};

fn handbook() -> (Site, Sources) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks/all-chinese");
    let sources = disk::discover(&folder, &[]).unwrap();
    let (site, report) = compile(&sources);
    assert!(report.is_empty(), "{}", show::text(&report, &sources, false));
    assert!(site.check().is_empty());
    (site, sources)
}

fn read(site: &Site, path: &SitePath) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(path) else { panic!("no page at `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// A percent-encoded address as a server decodes it.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_link_of_an_all_chinese_handbook_leads_somewhere() {
    let (site, _) = handbook();
    let mut links = 0;
    for path in site.pages() {
        let html = read(&site, path);
        assert!(html.contains("<html lang=\"zh-CN\">") && !html.contains("lang=\"en\""), "{path}");
        for href in html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let (page, anchor) = href.split_once('#').unwrap_or((href, ""));
            let page = page.split('?').next().unwrap();
            if page.contains(':') || page.starts_with('/') {
                continue;
            }
            let target = match page {
                "" => path.as_str().to_owned(),
                page => HandbookPath::new(path.as_str()).unwrap().resolve(&decoded(page)).unwrap().as_str().to_owned(),
            };
            let target = SitePath::new(&target).unwrap();
            assert!(site.has(&target), "{path} leads to `{target}`");
            if !anchor.is_empty() && target.as_str().ends_with(".html") {
                let id = format!("id=\"{}\"", decoded(anchor));
                assert!(read(&site, &target).contains(&id), "{path} leads to `{href}`");
            }
            links += 1;
        }
    }
    assert!(links > 500, "only {links} links were read");
    for path in [
        "maps/第一次补牙.html",
        "personas/周岚.html",
        "channels/短信.html",
        "training/上岗培训/第一周.html",
        "guides/怎样接待.html",
    ] {
        assert!(site.has(&SitePath::new(path).unwrap()), "no page at `{path}`");
    }
}

#[test]
fn no_word_of_an_all_chinese_handbook_is_english() {
    // Names of formats, of keys and of the program.
    const KNOWN: [&str; 20] = [
        "CSV",
        "JSON",
        "SVG",
        "journeybook",
        "explain",
        "Ctrl",
        "K",
        "Mermaid",
        "Esc",
        "A",
        "Z",
        "handbook",
        "json",
        "csv",
        "IEC",
        "schema",
        "insights",
        "metrics",
        "opportunities",
        "touchpoints",
    ];
    let (site, _) = handbook();
    let mut wrong = BTreeSet::new();
    for path in site.pages() {
        let html = read(&site, path);
        let body = html.split("</head>").nth(1).unwrap();
        let mut rest = body;
        while let Some((_, after)) = rest.split_once('>') {
            let (text, next) = after.split_once('<').unwrap_or((after, ""));
            let text = text.replace("&amp;", "").replace("&quot;", "").replace("&#39;", "");
            let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
            wrong.extend(words.filter(|word| !KNOWN.contains(word)).map(|word| format!("{word} ({})", path.as_str())));
            rest = next;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_text_is_read_by_characters_in_chinese_and_by_words_in_english() {
    assert_eq!(reading::minutes(""), 0);
    assert_eq!(reading::minutes("—— 。"), 0);
    assert_eq!(reading::minutes("一"), 1);
    assert_eq!(reading::minutes(&"字".repeat(255)), 1);
    assert_eq!(reading::minutes(&"字".repeat(256)), 2);
    assert_eq!(reading::minutes(&"don’t ".repeat(238)), 1);
    assert_eq!(reading::minutes(&"word ".repeat(239)), 2);
    // Half a minute of each is one together; a little more is two.
    let half = "字".repeat(127) + &" word".repeat(119);
    assert_eq!(reading::minutes(&half), 1);
    assert_eq!(reading::minutes(&(half + "字字")), 2);
    assert_eq!(reading::minutes(&"한글 ".repeat(200)), 2);
    assert_eq!(reading::minutes(&"かな".repeat(200)), 2);
    // Signs between characters are no characters, and a word in Chinese is a word.
    assert_eq!(reading::minutes(&"字，".repeat(255)), 1);
}

#[test]
fn lessons_and_guides_say_how_long_they_take() {
    let (site, _) = handbook();
    let page = |path: &str| read(&site, &SitePath::new(path).unwrap());
    assert!(page("guides/怎样接待.html").contains("阅读约需 1 分钟"));
    assert!(page("training/上岗培训/第一周.html").contains("阅读约需 1 分钟"));
}

/// The texts that authors wrote, as far as they are read: values of keys that hold texts, and lines of Markdown.
fn written(sources: &Sources) -> Vec<String> {
    const TEXTS: [&str; 16] = [
        "title",
        "summary",
        "promise",
        "definition",
        "finding",
        "scenario",
        "action",
        "feeling",
        "text",
        "why",
        "who",
        "source",
        "lead",
        "question",
        "role",
        "purpose",
    ];
    let mut all = Vec::new();
    for (file, _) in sources.iter().filter(|(_, source)| source.path.as_str() != "handbook.yaml") {
        for line in sources.text(file).lines() {
            match line.split_once(": ") {
                None if !line.starts_with(['#', '-', '`']) => all.push(line.to_owned()),
                None => all.push(line.trim_start_matches('#').to_owned()),
                Some(_) => {
                    let fields = line.split(['{', '}', '[', ']']).flat_map(|part| part.split(", "));
                    let texts = fields.filter_map(|field| field.trim().trim_start_matches("- ").split_once(": "));
                    all.extend(texts.filter(|(key, _)| TEXTS.contains(key)).map(|(_, text)| text.to_owned()));
                }
            }
        }
    }
    all
}

#[test]
fn every_title_and_every_two_characters_of_an_all_chinese_handbook_are_found() {
    let (site, sources) = handbook();
    let index = Index::of(&site, "zh-cn");
    // The name of every page of an item leads to it, first of all pages.
    let mut titles = 0;
    for path in site.pages().filter(|path| !path.as_str().ends_with("index.html") && path.as_str().contains('/')) {
        let html = read(&site, path);
        let name = html.split("<h1").nth(1).unwrap().split_once('>').unwrap().1.split("</h1>").next().unwrap();
        if name.contains('<')
            || ["coverage/", "opportunities/by/", "moments/", "tags/"]
                .iter()
                .any(|folder| path.as_str().starts_with(folder))
        {
            continue;
        }
        let found = index.find(name);
        assert!(
            found.iter().any(|row| row.title == name && decoded(&row.href) == path.as_str()),
            "`{name}` of {path}: {found:?}"
        );
        titles += 1;
    }
    assert!(titles >= 13, "only {titles} titles were looked for");
    // Every pair of the index's own texts leads to exactly the sections that hold it.
    let texts: Vec<String> = index.rows.iter().map(|row| fold(&format!("{}\n{}", row.title, row.text))).collect();
    let pairs: BTreeSet<String> =
        texts.iter().flat_map(|text| tokens(text).grams).filter(|gram| is_pair(gram)).collect();
    assert!(pairs.len() > 200, "only {} pairs", pairs.len());
    for pair in &pairs {
        let held: BTreeSet<usize> = (0..texts.len()).filter(|at| texts[*at].contains(pair)).collect();
        assert_eq!(index.listed(pair), held, "{pair}");
    }
    // What authors wrote is in them.
    let mut looked_for = 0;
    for text in written(&sources).iter().filter(|text| !text.contains("](")) {
        for pair in tokens(&fold(text)).grams.iter().filter(|gram| is_pair(gram)) {
            assert!(!index.find(pair).is_empty(), "`{pair}` of `{text}` is not found");
            looked_for += 1;
        }
    }
    assert!(looked_for > 250, "only {looked_for} pairs were looked for");
    // Two characters that the handbook has, but never side by side, are not found; neither is a phrase of pairs that are there.
    let signs: BTreeSet<char> = pairs.iter().flat_map(|pair| pair.chars()).collect();
    let mut absent = 0;
    for (one, other) in signs.iter().flat_map(|one| signs.iter().map(move |other| (one, other))) {
        let pair = format!("{one}{other}");
        if !pairs.contains(&pair) {
            assert!(index.listed(&pair).is_empty() && index.find(&pair).is_empty(), "{pair}");
            absent += 1;
        }
    }
    assert!(absent > 10_000, "{absent}");
    assert!(index.find("服务端渲染").is_empty() && index.find("预约短信里").is_empty());
    assert_eq!(index.find("没人说要等多久").len(), 1);
}

/// Every byte of a path that is no letter of ASCII as an escape, as browsers send it.
fn encoded(path: &str, upper: bool) -> String {
    let escape = |byte: u8| if upper { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
    path.bytes().map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { escape(byte) }).collect()
}

#[test]
fn every_page_of_an_all_chinese_handbook_is_served_escaped_and_as_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("口腔门诊手册");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks/all-chinese");
    let mut folders = vec![from.clone()];
    while let Some(next) = folders.pop() {
        fs::create_dir_all(root.join(next.strip_prefix(&from).unwrap())).unwrap();
        for entry in fs::read_dir(&next).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                fs::copy(&path, root.join(path.strip_prefix(&from).unwrap())).unwrap();
            }
        }
    }
    let preview = Preview::start(folder, root, |_| {});
    let (site, _) = handbook();
    let mut chinese = 0;
    for path in site.pages().filter(|path| !path.as_str().ends_with("404.html")) {
        let name = path.as_str();
        let titled = read(&site, path).split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned();
        for address in [name.to_owned(), encoded(name, true), encoded(name, false)] {
            let answer = preview.ask(&format!("GET /{address}"), "");
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (200, Some("text/html; charset=utf-8")),
                "{address}"
            );
            assert!(answer.text().contains(&format!("<title>{titled}</title>")), "{address} is another page");
        }
        chinese += usize::from(!name.is_ascii());
    }
    assert!(chinese >= 15, "only {chinese} addresses in Chinese");
    // A folder answers with its page, with and without the slash at its end; what is not there is not there.
    let folder = encoded("training/上岗培训/", true);
    let answer = preview.ask(&format!("GET /{folder}"), "");
    assert!(answer.status == 200 && answer.text().contains("上岗培训"), "{}", answer.status);
    let answer = preview.ask(&format!("GET /{}", folder.trim_end_matches('/')), "");
    assert!(
        [301, 302, 307, 308].contains(&answer.status) && answer.header("location").is_some_and(str::is_ascii),
        "{} {:?}",
        answer.status,
        answer.header("location")
    );
    for missing in ["maps/第二次补牙.html", "人物/周岚.html"] {
        for address in [missing.to_owned(), encoded(missing, true)] {
            assert_eq!(preview.ask(&format!("GET /{address}"), "").status, 404, "{address}");
        }
    }
    // Half a character, and one in another encoding, are nobody's address.
    for wrong in ["maps/%E7%AC.html", "maps/%B5%DA%D2%BB%B4%CE.html"] {
        assert_eq!(preview.ask(&format!("GET /{wrong}"), "").status, 400, "{wrong}");
    }
    // The index for the search comes from the same server.
    let script = preview.ask("GET /search/zh-cn/texts/0.js", "");
    assert!(script.status == 200 && script.text().contains("第一次补牙"));
}
