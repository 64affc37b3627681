//! The built-in theme is made ready: what shows its pages is not tera, and shows the same.

use std::collections::BTreeMap;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::disk;
use journeybook::path::HandbookPath;
use journeybook::render::Entry;
use journeybook::source::{Content, SourceFile, Sources};

/// The files of the example, and others of a theme's.
fn sources(settings: impl Fn(&str) -> String, theme: &[(&str, &str)]) -> Sources {
    let example = disk::discover(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example"), &[]).unwrap();
    let file =
        |path: &str, text: &str| SourceFile::from_bytes(HandbookPath::new(path).unwrap(), text.as_bytes().to_vec());
    let mut files: Vec<SourceFile> = (example.iter())
        .filter(|(_, source)| source.path.as_str() != "handbook.yaml")
        .filter(|(_, source)| matches!(source.content, Content::Text(_)))
        .map(|(id, source)| file(source.path.as_str(), example.text(id)))
        .collect();
    let own = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example/handbook.yaml"));
    files.push(file("handbook.yaml", &settings(&own.unwrap())));
    files.extend(theme.iter().map(|(path, text)| file(path, text)));
    Sources::new(files)
}

/// Every page, by its address.
fn pages(sources: &Sources) -> BTreeMap<String, String> {
    let (site, _) = compile(sources);
    let mut pages = BTreeMap::new();
    let paths = || site.paths_without_search().filter(|path| path.as_str().ends_with(".html"));
    // What is laid out for a page is laid out where another was: each is shown a second time.
    for path in paths().chain(paths()) {
        match site.read(path) {
            Some(Ok(Entry::Bytes(bytes))) => {
                pages.insert(path.to_string(), String::from_utf8(bytes.into_owned()).unwrap());
            }
            other => panic!("`{path}`: {other:?}"),
        }
    }
    pages
}

/// A template that nobody shows, for which tera shows all.
const AS_WRITTEN: (&str, &str) = ("themes/default/templates/unused.html", "{% raw %}{% endraw %}");

fn shows_the_same(settings: impl Fn(&str) -> String, theme: &[(&str, &str)]) -> BTreeMap<String, String> {
    let ready = pages(&sources(&settings, theme));
    let with: Vec<(&str, &str)> = theme.iter().copied().chain([AS_WRITTEN]).collect();
    let written = pages(&sources(&settings, &with));
    assert!(ready.len() > 100 && ready.keys().eq(written.keys()));
    for (path, html) in &ready {
        assert_eq!(html, &written[path], "`{path}` is not what its templates say");
    }
    ready
}

#[test]
fn every_page_of_the_example_is_what_its_templates_say() {
    shows_the_same(str::to_owned, &[]);
}

#[test]
fn so_is_every_page_of_a_handbook_in_one_language() {
    shows_the_same(
        |settings| {
            let lines = settings.lines();
            lines
                .map(|line| if line.starts_with("languages:") { "languages: [en]" } else { line })
                .fold(String::new(), |all, line| all + line + "\n")
        },
        &[],
    );
}

#[test]
fn so_is_every_page_of_a_theme_with_words_of_its_own() {
    let words = "skip: \"{{ a }} & `b` 'c' \\\"d\\\"\"\nsearch: \" To {% find \"\n";
    let pages = shows_the_same(str::to_owned, &[("themes/default/strings/en.yaml", words)]);
    let html = &pages["404.html"];
    assert!(html.contains("{{ a }} &amp; `b` &#39;c&#39; &quot;d&quot;"), "{html}");
    assert!(html.contains("aria-label=\" To {% find \""), "{html}");
}

/// What a theme of one's own may do: texts that are put together from safe ones, `words` that are something else, quotation
/// marks in texts, an include among them.
const ODD: &str = "{% extends \"default/guide.html\" %}{% block head %}\
    {% set v %}<i>{{ words.search }}</i>{% endset %}[{{ v ~ \"z\" }}][{{ \"x \\\"}}b\" }}]\
    {% for words in [{\"search\": \"mine\"}] %}[{{ words.search }}]{% include \"odd.html\" %}{% endfor %}\
    {{<mine.odd title=\"t\"/>}}{% endblock %}";
const ODD_TOO: &str = "[{{ words.search }}]{% component mine.odd(title: string, other = \"x, @words\", @words) %}\
    [{{ title }}{{ other }}{{ words.search }}]{% endcomponent mine.odd %}";
const ODD_SHOWN: &str = "[&lt;i&gt;Search&lt;/i&gt;z][x &quot;}}b][mine][mine][tx, @wordsSearch]";

#[test]
fn templates_of_ones_own_show_what_they_say_on_every_page() {
    let own = [("themes/default/templates/guide.html", ODD), ("themes/default/templates/odd.html", ODD_TOO)];
    let many = (1..=150).map(|number| (format!("guides/more/page-{number}.md"), format!("# Page {number}\n")));
    let many: Vec<(String, String)> = many.collect();
    let files: Vec<(&str, &str)> =
        own.into_iter().chain(many.iter().map(|(path, text)| (path.as_str(), text.as_str()))).collect();
    let pages = pages(&sources(str::to_owned, &files));
    let guides = pages.iter().filter(|(path, _)| path.starts_with("guides/more/page-"));
    let shown: Vec<String> = guides
        .map(|(_, html)| {
            let from = html.find('[').unwrap();
            html[from..html[from..].find("</head>").unwrap() + from].trim().to_owned()
        })
        .collect();
    assert_eq!(shown.len(), 150);
    for text in shown {
        assert_eq!(text, ODD_SHOWN);
    }
}
