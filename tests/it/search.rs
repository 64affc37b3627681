//! The search's tokenizer and its index. The twin in the theme's script is tested in tests/browser/search.test.js.

use std::collections::{BTreeMap, BTreeSet};

use journeybook::compile::compile;
use journeybook::path::{HandbookPath, SitePath};
use journeybook::render::{Entry, Site};
use journeybook::search::{Beginnings, Document, Facet, FacetKind, Part, Posted, fold, tokens};
use journeybook::source::{SourceFile, Sources};
use proptest::prelude::*;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_shared_vectors_hold() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/search.json")).unwrap();
    let vectors = vectors.as_array().unwrap();
    assert!(vectors.len() >= 20);
    for vector in vectors {
        let folded = fold(vector["text"].as_str().unwrap());
        let tokens = tokens(&folded);
        let pairs: Vec<String> = tokens.grams.into_iter().filter(|gram| gram.chars().count() == 2).collect();
        assert_eq!(folded, vector["fold"], "{vector}");
        assert_eq!(
            (tokens.words, tokens.stems, pairs),
            (strings(&vector["words"]), strings(&vector["stems"]), strings(&vector["pairs"])),
            "{vector}"
        );
    }
}

proptest! {
    /// What is found does not depend on how a text is composed, nor on its case.
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    /// Folding sign by sign where that is enough is folding as Unicode says.
    #[test]
    fn folding_quickly_is_folding_by_the_book(text in "[a-cA-CéÉ門门だが\u{3099}\u{301}\u{338}ΣσΑα各한\u{11a8}각ｶﾞＡ：，“…①ﬁİ \u{1d6ba}]{0,24}|\\PC{0,24}") {
        let lower = text.nfkc().collect::<String>().to_lowercase();
        let by_the_book: String = lower.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfc().collect();
        prop_assert_eq!(fold(&text), by_the_book);
    }

    /// Every section that holds two neighbouring CJK characters is listed for them, and no other.
    #[test]
    fn a_pair_leads_to_exactly_the_sections_that_hold_it(texts in prop::collection::vec("[门口等车送货 。a]{0,30}", 1..40)) {
        let posted = Posted::of(vec![Part::of(texts.iter().map(|text| vec![section(text)]))]);
        let lines = lines(&posted);
        for pair in ["门口", "口等", "等车", "车送", "送货", "货门"] {
            let held: BTreeSet<u32> = texts.iter().enumerate().filter(|(_, text)| text.contains(pair)).map(|(at, _)| at as u32).collect();
            let listed = lines.get(pair).map_or_else(BTreeSet::new, |packed| unpack(packed));
            prop_assert_eq!(listed, held, "{}", pair);
        }
    }

    /// Short words and long ones, which are kept apart until the index is finished, stand in one order, each with its sections.
    #[test]
    fn words_of_any_length_lead_to_their_sections(texts in prop::collection::vec("[ab]{14,19}|[a-cé]{1,3}", 1..40)) {
        let posted = Posted::of(vec![Part::of(texts.iter().map(|text| vec![section(text)]))]);
        let lines = lines(&posted);
        for word in texts.iter().map(|text| fold(text)) {
            let held: BTreeSet<u32> = texts.iter().enumerate().filter(|(_, text)| fold(text) == word).map(|(at, _)| at as u32).collect();
            prop_assert_eq!(unpack(lines[&*word]), held, "{}", word);
        }
        let written = posted.tokens.iter().flat_map(|file| file.lines()).map(|line| line.split_once('\t').unwrap().0);
        prop_assert!(written.is_sorted());
    }

    /// How pages are dealt out to those who read them makes no difference.
    #[test]
    fn parts_give_the_index_of_the_whole(pages in prop::collection::vec(prop::collection::vec("[a-c门口 ]{0,12}", 0..4), 0..30), size in 1usize..7) {
        let pages: Vec<Vec<Document>> = pages.iter().map(|page| page.iter().map(|text| section(text)).collect()).collect();
        let parts: Vec<Part> = pages.chunks(size).map(Part::of).collect();
        let bytes: Vec<Vec<u8>> = parts.iter().map(Part::to_bytes).collect();
        let back: Vec<Part> = bytes.iter().map(|bytes| Part::from_bytes(bytes).unwrap()).collect();
        let whole = Posted::of(vec![Part::of(&pages)]);
        prop_assert_eq!(&Posted::of(parts), &whole);
        prop_assert_eq!(&Posted::of(back), &whole, "as bytes and back");
        for bytes in bytes {
            for length in 0..bytes.len() {
                prop_assert!(Part::from_bytes(&bytes[..length]).is_none(), "cut after {} bytes", length);
            }
        }
    }
}

fn section(text: &str) -> Document {
    Document { text: text.to_owned(), ..Document::default() }
}

/// Tokens and their packed sections.
fn lines(posted: &Posted) -> BTreeMap<&str, &str> {
    posted.tokens.iter().flat_map(|file| file.lines()).map(|line| line.split_once('\t').unwrap()).collect()
}

/// The sections of a packed list, read as the script reads them.
fn unpack(packed: &str) -> BTreeSet<u32> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut sections, mut section, mut number, mut shift) = (BTreeSet::new(), 0, 0, 0);
    for sign in packed.chars() {
        let digit = ALPHABET.find(sign).unwrap() as u32;
        number += (digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            section += number / 4;
            sections.insert(section);
            (number, shift) = (0, 0);
        }
    }
    sections
}

/// A section as a result shows it.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) text: String,
}

/// The index of one language of a site, read from its files as the script reads them.
pub(crate) struct Index {
    pub(crate) rows: Vec<Row>,
    tokens: BTreeMap<String, BTreeSet<usize>>,
}

/// The files of texts, by their first sections, in order.
fn texts(site: &Site, lang: &str) -> Vec<usize> {
    let folder = format!("search/{lang}/texts/");
    let number = |path: &str| path.strip_prefix(&folder)?.strip_suffix(".js")?.parse().ok();
    let mut texts: Vec<usize> = site.paths().filter_map(|path| number(path.as_str())).collect();
    texts.sort_unstable();
    texts
}

impl Index {
    pub(crate) fn of(site: &Site, lang: &str) -> Self {
        let file = |what: &str, number: usize| -> Option<Value> {
            let script = read(site, &format!("search/{lang}/{what}/{number}.js"))?;
            let arguments = script.trim_end().strip_prefix("journeybookSearch(")?.strip_suffix(");")?;
            let arguments: Value = serde_json::from_str(&format!("[{arguments}]")).unwrap();
            Some(arguments[3].clone())
        };
        let row = |row: &Value| {
            let [title, href, text] = [0, 3, 4].map(|at| row[at].as_str().unwrap().to_owned());
            Row { title, href, text }
        };
        let mut rows: Vec<Row> = Vec::new();
        for first in texts(site, lang) {
            // Some numbers are nobody's.
            rows.resize_with(first, Row::default);
            rows.extend(file("texts", first).unwrap().as_array().unwrap().iter().map(row));
        }
        let mut tokens = BTreeMap::new();
        for lines in (0..).map_while(|number| file("tokens", number)) {
            for (token, packed) in lines.as_str().unwrap().lines().filter_map(|line| line.split_once('\t')) {
                tokens.insert(token.to_owned(), unpack(packed).into_iter().map(|section| section as usize).collect());
            }
        }
        Self { rows, tokens }
    }

    /// The sections that a token leads to.
    pub(crate) fn listed(&self, token: &str) -> BTreeSet<usize> {
        self.tokens.get(token).cloned().unwrap_or_default()
    }

    /// The sections that hold a phrase of CJK characters: those of all its pairs, of which those remain that hold it.
    pub(crate) fn find(&self, typed: &str) -> Vec<&Row> {
        let query = fold(typed);
        let pairs: Vec<String> = tokens(&query).grams.into_iter().filter(|gram| is_pair(gram)).collect();
        let lists = pairs.iter().map(|pair| self.listed(pair));
        let held = lists.reduce(|one, other| &one & &other).unwrap_or_default();
        let rows = held.into_iter().map(|at| &self.rows[at]);
        rows.filter(|row| fold(&row.title).contains(&query) || fold(&row.text).contains(&query)).collect()
    }
}

/// Whether a gram is of two characters.
pub(crate) fn is_pair(gram: &str) -> bool {
    gram.chars().count() == 2
}

#[test]
fn files_of_tokens_are_in_order_and_small() {
    let document = |number: usize| {
        let facets = vec![Facet { by: FacetKind::Kind, id: "guides".to_owned(), title: "Guides".to_owned() }];
        let text = format!("word{number} 第{number}章 the same words again 同样的话");
        vec![Document { title: format!("Title {number}"), text, facets, ..Document::default() }]
    };
    let posted = Posted::of(vec![Part::of((0..3000).map(document))]);
    assert_eq!(posted.documents, 3000);
    assert!(posted.tokens.len() > 3 && posted.tokens.iter().all(|file| file.len() < 16_000));
    let all: Vec<&str> =
        posted.tokens.iter().flat_map(|file| file.lines()).map(|line| line.split('\t').next().unwrap()).collect();
    assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
    for (first, file) in posted.firsts.iter().zip(&posted.tokens) {
        assert!(file.starts_with(&format!("{first}\t")));
    }
    assert!(posted.firsts[0].contains("kind"), "facets come first, under names that no text holds");
}

/// Whoever types a letter loads one list, not every word behind it.
#[test]
fn a_beginning_with_many_words_has_a_list_of_its_own() {
    let words = |number: usize| (0..40).map(|at| format!("m{:03x}{at} ", number * 7 + at)).collect::<String>();
    let posted =
        Posted::of(vec![Part::of((0..2000).map(|number| vec![section(&words(number)), section("rare other")]))]);
    assert_eq!(posted.beginnings.first().map(String::as_str), Some("m"));
    assert!(posted.beginnings.is_sorted() && posted.beginnings.iter().all(|word| word.starts_with('m')));
    let lines = lines(&posted);
    let all: BTreeSet<u32> = (0..2000).map(|number| number * 2).collect();
    assert_eq!(unpack(lines["\u{3}m"]), all);
    for beginning in &posted.beginnings {
        let held: BTreeSet<u32> = lines
            .iter()
            .filter(|(token, _)| token.starts_with(beginning))
            .flat_map(|(_, packed)| unpack(packed))
            .collect();
        assert_eq!(unpack(lines[format!("\u{3}{beginning}").as_str()]), held, "{beginning}");
    }
    // What has no list of its own is in a few files.
    let bytes = |beginning: &str| -> usize {
        lines
            .iter()
            .filter(|(token, _)| token.starts_with(beginning))
            .map(|(token, list)| token.len() + list.len())
            .sum()
    };
    for beginning in ["r", "ra", "o", "m00", "m1f3"] {
        let listed = posted.beginnings.iter().any(|known| known.starts_with(beginning));
        assert!(listed || bytes(beginning) < 40_000, "{beginning}");
    }
}

/// Whatever index came before, and however spoilt, the index is the same.
#[test]
fn beginnings_are_taken_from_an_earlier_index_where_they_would_be_the_same() {
    let page = |number: usize| {
        let words = |sign: char, number: usize| (0..20).map(move |at| format!("{sign}{:03x}{at} ", number * 7 + at));
        words('m', number).chain(words('s', number)).collect::<String>()
    };
    let part = |other: usize| {
        let text = |number: usize| if number == other { format!("m00 stray {}", page(number)) } else { page(number) };
        vec![Part::of((0..1000).map(|number| vec![section(&text(number))]))]
    };
    let (_, was) = Posted::after(Beginnings::default(), part(usize::MAX));
    let bytes = was.to_bytes();
    assert_eq!(Beginnings::from_bytes(&bytes), Some(was.clone()));
    for other in [0, 500, 999] {
        let (posted, beginnings) = Posted::after(was.clone(), part(other));
        assert!(posted == Posted::of(part(other)));
        assert_ne!(beginnings, was);
        assert_eq!(Posted::after(beginnings.clone(), part(other)).1, beginnings);
    }
    for length in (0..bytes.len()).step_by(97) {
        let spoilt = Beginnings::from_bytes(&bytes[..length]);
        assert_eq!(spoilt, None, "cut after {length} bytes");
    }
}

#[test]
fn filters_offer_what_most_sections_have() {
    let facet = |number: usize| Facet {
        by: FacetKind::Persona,
        id: format!("persona-{number}"),
        title: format!("Persona {number}"),
    };
    let page = |number: usize| {
        let facets = if number < 300 { vec![facet(number)] } else { vec![facet(7)] };
        vec![Document { facets, ..section("text") }]
    };
    let posted = Posted::of(vec![Part::of((0..310).map(page))]);
    let offered = &posted.facets[&FacetKind::Persona];
    assert!(offered.len() == 200 && offered.contains(&facet(7)) && offered.is_sorted());
}

fn site(files: &[(&str, &str)]) -> Site {
    let file = |(path, text): &(&str, &str)| {
        SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec())
    };
    compile(&Sources::new(files.iter().map(file).collect())).0
}

fn read(site: &Site, path: &str) -> Option<String> {
    match site.read(&SitePath::new(path)?)?.unwrap() {
        Entry::Bytes(bytes) => Some(String::from_utf8(bytes.into_owned()).unwrap()),
        Entry::Asset(_) => None,
    }
}

const GUIDE: &str = "---\ntitle: The van\nsummary: How it comes.\n---\n\nBefore *any* heading, see [](map:day#slot).\n\n## The door & stairs\n\n- Ask first\n- `measure` <b>twice</b>\n\n| a | b |\n|---|---|\n| one | two |\n\n### 门宽\n\n量三次。\n";
const MAP: &str = "title: The day\nkind: experience\noutcome: Good.\nstages:\n  - id: slot\n    title: Slot\n    steps:\n      - { id: wait, action: Waits at home, feels: -1, pains: [Four hours] }\n";

#[test]
fn a_page_is_found_section_by_section() {
    let site = site(&[("handbook.yaml", "title: H\n"), ("guides/van.md", GUIDE), ("maps/day.yaml", MAP)]);
    let texts = read(&site, "search/en/texts/0.js").unwrap();
    for row in [
        r#"["The van","","guides","guides/van.html","How it comes.\nBefore any heading, see Slot."]"#,
        r##"["The door & stairs","The van","guides","guides/van.html#the-door-stairs","Ask first\nmeasure twice\na\nb\none\ntwo"]"##,
        r##"["门宽","The van","guides","guides/van.html#门宽","量三次。"]"##,
        r#"["The day","","maps","maps/day.html","Good."]"#,
        r##"["Slot","The day","stages","maps/day.html#slot","Waits at home\nFour hours"]"##,
    ] {
        assert!(texts.contains(row), "{row}\nis not in\n{texts}");
    }
}

/// A page that fills several files of texts is whole in them, and so is a section with a very long text.
#[test]
fn a_huge_page_is_found_in_pieces() {
    let line = |number: usize| format!("Line {number} tells of the door and of the stairs and of the van.\n\n");
    let many: String = (0..400).map(|number| format!("## Part {number}\n\n{}", line(number))).collect();
    let long: String = (0..1200).map(line).collect();
    let (many, long) =
        (format!("---\ntitle: Many\n---\n\n{many}"), format!("---\ntitle: Long\n---\n\n## All\n\n{long}"));
    let site = site(&[("handbook.yaml", "title: H\n"), ("guides/long.md", &long), ("guides/many.md", &many)]);
    let texts =
        texts(&site, "en").into_iter().map(|first| read(&site, &format!("search/en/texts/{first}.js")).unwrap());
    let texts: Vec<String> = texts.collect();
    assert!(texts.len() > 8 && texts.iter().all(|file| file.len() < 34_000));
    let all = texts.concat();
    for number in 0..1200 {
        let wanted = format!("Line {number} tells of the door");
        assert_eq!(all.matches(&wanted).count(), if number < 400 { 2 } else { 1 }, "{wanted}");
    }
    assert!(all.matches("guides/long.html#all\"").count() > 3);
    assert_eq!(all.matches("guides/many.html#part-").count(), 400);
}

/// A preview looks at pages: it pays for the search when somebody searches.
#[test]
fn nothing_is_indexed_before_somebody_searches() {
    let site = site(&[("handbook.yaml", "title: H\n"), ("guides/van.md", GUIDE)]);
    let has = |path: &str| site.has(&SitePath::new(path).unwrap());
    assert!(site.pages().all(|path| site.read(path).is_some()));
    assert!(has("guides/van.html") && has("theme/search.js") && has("search/en/index.js"));
    assert!(!has("guides/none.html") && !has("search/none/index.js") && !has("search/en/none.js"));
    assert!(site.paths_without_search().count() > 10);
    assert!(!site.is_indexed());
    assert!(has("search/en/tokens/0.js") && !has("search/en/tokens/9.js"));
    assert!(site.is_indexed());
}

#[test]
fn the_files_of_the_search_are_those_that_are_listed() {
    let site = site(&[("handbook.yaml", "title: H\nlanguages: [en, zh-CN]\n"), ("guides/van.md", GUIDE)]);
    let listed: Vec<String> = site
        .paths()
        .map(SitePath::to_string)
        .filter(|path| path.starts_with("search/") && path.ends_with(".js"))
        .collect();
    assert!(listed.contains(&"search/zh-cn/index.js".to_owned()) && listed.len() >= 6);
    for path in listed.iter().filter(|path| !path.ends_with("/box.js")) {
        assert!(read(&site, path).unwrap().starts_with("journeybookSearch("), "{path}");
    }
    for path in [
        "search/fr/index.js",
        "search/en/tokens/99.js",
        "search/en/tokens/00.js",
        "search/en/texts/-1.js",
        "search/en.js",
    ] {
        assert!(read(&site, path).is_none(), "{path}");
    }
}

#[test]
fn the_index_of_everything_is_in_the_order_of_its_language() {
    let site = site(&[
        ("handbook.yaml", "title: H\nlanguages: [zh-CN]\n"),
        (
            "glossary.yaml",
            "a: { title: 阶段, definition: x }\nb: { title: Äther, definition: x }\nc: { title: 痛点, definition: x }\nd: { title: “安心”, definition: x }\ne: { title: 3 天, definition: x }\n",
        ),
    ]);
    let html = read(&site, "search/index.html").unwrap();
    let places: Vec<usize> = ["安心”", "Äther", "阶段", "痛点", "3 天"]
        .iter()
        .map(|title| html.rfind(&format!("{title}</a>")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    for letter in ["<h2>A</h2>", "<h2>J</h2>", "<h2>T</h2>", "<h2>#</h2>"] {
        assert_eq!(html.matches(letter).count(), 1, "{letter}");
    }
}

/// What every page would have to hold for those readers who search, and few do.
#[test]
fn the_box_of_the_search_is_a_file_of_its_own_in_each_language() {
    let languages = "title: H\nlanguages: [en, zh-CN]\n";
    let own = (
        "themes/default/components/search/template.html",
        "{% component jb.search_opener(href: string, root: string, lang: string) %}{% endcomponent jb.search_opener %}{% component jb.search(lang: string, languages: array) %}<dialog>mine, {{ lang }}</dialog>{% endcomponent jb.search %}",
    );
    let plain = site(&[("handbook.yaml", languages), ("guides/van.md", GUIDE)]);
    assert!(plain.pages().all(|page| !read(&plain, page.as_str()).unwrap().contains("<dialog")));
    let [english, chinese] = ["en", "zh-cn"].map(|lang| read(&plain, &format!("search/{lang}/box.js")).unwrap());
    for (script, words) in [(&english, "Search this handbook"), (&chinese, "简体中文")] {
        assert!(
            script.starts_with("document.body.insertAdjacentHTML('beforeend',\"<dialog ") && script.contains(words)
        );
    }
    assert!(!english.contains("data-root=\\\"../") && !plain.is_indexed());
    let site = site(&[("handbook.yaml", languages), ("guides/van.md", GUIDE), own]);
    assert!(read(&site, "search/zh-cn/box.js").unwrap().contains("<dialog>mine, zh-CN</dialog>"));
}

/// A box has no page to take drawings from: it may stand on one that uses none of them.
#[test]
fn a_box_of_ones_own_has_the_drawings_it_names() {
    let own = (
        "themes/default/templates/search-box.html",
        "<dialog data-jb=\"search\">{{<jb.icon name=\"store\"/>}}<svg><use href=\"#jb-f-1\"/></svg></dialog>",
    );
    let site = site(&[("handbook.yaml", "title: H\nlanguages: [en, zh-CN]\n"), ("guides/van.md", GUIDE), own]);
    for lang in ["en", "zh-cn"] {
        let script = read(&site, &format!("search/{lang}/box.js")).unwrap();
        let html = script.strip_prefix("document.body.insertAdjacentHTML('beforeend',").unwrap();
        let html: String = serde_json::from_str(html.trim_end().strip_suffix(");").unwrap()).unwrap();
        let drawn: Vec<&str> =
            html.split(" id=\"jb-").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
        assert_eq!(drawn, ["i-store", "f-1"], "{html}");
        assert!(!read(&site, "guides/van.html").unwrap().contains("jb-i-store"));
    }
}
