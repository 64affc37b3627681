//! Markdown into prose: what is shown, what shows through, and what is never let through.

use expect_test::{Expect, expect};
use journeybook::diag::Report;
use journeybook::model::{Block, Draft, DraftProse, Hole, List, MapExcerpt, NamedReference, Piece, ReferenceKind};
use journeybook::parse::markdown::{self, Input, WORDS};
use journeybook::path::HandbookPath;
use journeybook::source::{Content, SourceFile, Sources, Span};
use proptest::prelude::*;

const PATH: &str = "guides/kinds/empathy.md";

fn read(text: &str, start: usize) -> (DraftProse, Report, Vec<(String, String, Span)>) {
    let path = HandbookPath::new(PATH).expect("a path");
    let sources = Sources::new(vec![SourceFile { path: path.clone(), content: Content::Text(text.to_owned()) }]);
    let blocks = std::cell::RefCell::new(Vec::new());
    let block = |kind: &str, yaml: &str, span: Span, _: &mut Report| {
        blocks.borrow_mut().push((kind.to_owned(), yaml.to_owned(), span));
        Some(Block::<Draft>::Map(MapExcerpt { map: None, stages: List::default(), lanes: Vec::new(), caption: None }))
    };
    let mut report = Report::default();
    let file = sources.find(&path).expect("the file");
    let prose = markdown::parse(Input { path: &path, file, text, start, block: &block }, &mut report);
    report.sort();
    (prose, report, blocks.into_inner())
}

fn named(reference: &NamedReference) -> String {
    let scheme = ReferenceKind::SCHEMES.iter().find(|(_, kind)| *kind == reference.kind);
    let kind = scheme.map_or(format!("{:?}", reference.kind), |(name, _)| (*name).to_owned());
    let anchor = reference.anchor.as_ref().map_or(String::new(), |(anchor, _)| format!("#{anchor}"));
    format!("{kind} {}{anchor}", reference.name)
}

fn html(prose: &DraftProse) -> String {
    let piece = |piece: Piece<'_, '_, Draft>| match piece {
        Piece::Html(html) => html.to_string(),
        Piece::Hole(Hole::Address(reference)) => format!("{{{}}}", named(reference)),
        Piece::Hole(Hole::Title(reference)) => format!("{{title of {}}}", named(reference)),
        Piece::Hole(Hole::Block(_)) => "{block}".to_owned(),
        Piece::Hole(Hole::Word(key)) => format!("{{{key}}}"),
        Piece::Hole(Hole::Term(term)) => format!("{{{term:?}}}"),
    };
    prose.pieces(&prose.html()).map(piece).collect()
}

/// The HTML with every hole filled, as a page shows it.
fn filled(prose: &DraftProse) -> String {
    let piece = |piece: Piece<'_, '_, Draft>| match piece {
        Piece::Html(html) => html.to_string(),
        Piece::Hole(_) => "x".to_owned(),
    };
    prose.pieces(&prose.html()).map(piece).collect()
}

/// The HTML, and the diagnostics with the bytes they point at.
fn shown(text: &str) -> String {
    let (prose, report, _) = read(text, 0);
    let mut shown = html(&prose) + "\n";
    for diagnostic in report.iter() {
        let journeybook::diag::Place::Source(span) = diagnostic.place else { panic!("bug: no place") };
        shown += &format!("{} at `{}`: {}\n", diagnostic.code.name(), &text[span.range()], diagnostic.message);
        for help in &diagnostic.help {
            shown += &format!("  help: {help}\n");
        }
    }
    shown
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text));
}

fn line(text: &str) -> String {
    shown(text).trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
}

fn references(text: &str) -> Vec<NamedReference> {
    let (prose, _, _) = read(text, 0);
    let address = |hole: &Hole<Draft>| match hole {
        Hole::Address(reference) => Some((**reference).clone()),
        _ => None,
    };
    prose.holes().filter_map(address).collect()
}

/// What a reader expects of each case of `tests/vectors/cjk.txt`: a line of Markdown after `< `, of HTML after `> `.
#[test]
fn chinese_japanese_and_korean_come_out_as_readers_expect() {
    let vectors = include_str!("../vectors/cjk.txt");
    let mut cases = 0;
    let mut wrong = String::new();
    for case in vectors.split("\n\n").filter(|case| case.starts_with("< ")) {
        let lines = |sign: &str| case.lines().filter_map(|line| line.strip_prefix(sign)).collect::<Vec<_>>().join("\n");
        let (typed, expected) = (lines("< "), lines("> "));
        let shown = line(&typed);
        if shown != expected {
            wrong.push_str(&format!("{typed}\n  gives    {shown}\n  and not  {expected}\n"));
        }
        cases += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases >= 60, "only {cases} cases were read");
}

proptest! {
    /// A line that is paired anew because of its Chinese end is paired as CommonMark would where it is not Chinese.
    #[test]
    fn the_rest_of_a_line_is_paired_as_ever(words in prop::collection::vec("[a ]|[*]{1,3}|~~|\\.|`a`|\\[[*]a[*]\\]\\(x[.]md\\)", 1..14)) {
        let plain = format!("x{}x", words.concat().trim());
        let shown = line(&plain);
        let text = shown.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<String>();
        // A mark that is left over might pair with what is added.
        let whole = !text.contains(['*', '~']);
        let longer = line(&format!("{plain} **重：**说"));
        prop_assert!(!whole || longer == format!("{shown} <strong>重：</strong>说"), "{} gives {}", plain, longer);
    }
}

#[test]
fn emphasis_stands_beside_full_width_punctuation() {
    for (text, expected) in [
        ("**重点：**说明", "<strong>重点：</strong>说明"),
        ("**中文。**后", "<strong>中文。</strong>后"),
        ("前**“引用”**后", "前<strong>“引用”</strong>后"),
        ("**《书》**已经", "<strong>《书》</strong>已经"),
        ("**重点（注）**内容", "<strong>重点（注）</strong>内容"),
        ("看**[链接](a.md)**后", "看<strong><a href=\"{File guides/kinds/a.md}\">链接</a></strong>后"),
        ("前**`code`**后", "前<strong><code>code</code></strong>后"),
        ("**「其次」**都", "<strong>「其次」</strong>都"),
        ("~~删。~~后", "<del>删。</del>后"),
        ("**重点：**说明**强调**吧", "<strong>重点：</strong>说明<strong>强调</strong>吧"),
        ("**甲：**乙，**丙：**丁", "<strong>甲：</strong>乙，<strong>丙：</strong>丁"),
        ("**甲~~乙。~~丙。**丁", "<strong>甲<del>乙。</del>丙。</strong>丁"),
        ("**이것은：**한국어", "<strong>이것은：</strong>한국어"),
        ("**重点**说明", "<strong>重点</strong>说明"),
        ("100**元**起", "100<strong>元</strong>起"),
    ] {
        assert_eq!(line(text), expected, "{text}");
    }
}

#[test]
fn marks_that_were_meant_as_characters_stay() {
    for (text, expected) in [
        ("\\*\\*重点：\\*\\*说明", "**重点：**说明"),
        ("&#42;&#42;重点：**说明", "**重点：**说明"),
        ("`**重点：**说明`", "<code>**重点：**说明</code>"),
        ("** 重点：** 说明", "** 重点：** 说明"),
        ("3~5天，8~10天", "3~5天，8~10天"),
        ("约~3天，约~5天。", "约~3天，约~5天。"),
        ("2 ** 8 = 256，2 ** 9", "2 ** 8 = 256，2 ** 9"),
        ("a **b** c**d.**e", "a <strong>b</strong> c**d.**e"),
        ("“引用”", "“引用”"),
    ] {
        assert_eq!(line(text), expected, "{text}");
    }
}

#[test]
fn a_line_break_between_wide_characters_is_no_space() {
    for (text, expected) in [
        ("顾客在门口\n等待。", "顾客在门口等待。"),
        ("顾客在门口。\n**等待**", "顾客在门口。<strong>等待</strong>"),
        ("他说“好”\n然后走了", "他说“好”然后走了"),
        ("カード\nを使う", "カードを使う"),
        ("한국어\n문장", "한국어\n문장"),
        ("中文\nEnglish", "中文\nEnglish"),
        ("`中文`\n中文", "<code>中文</code>中文"),
        ("“quoted”\n“quoted”", "“quoted”\n“quoted”"),
    ] {
        assert_eq!(line(text), expected, "{text}");
    }
}

#[test]
fn references_are_holes() {
    check(
        "Ask [the buyer](persona:first-time-buyer), [](map:buying#delivery), <touchpoint:delivery-sms>,\n\
         [page](../02-how.md#two), [top](#start), [word][w], [site](https://example.org/?a=1&b=2 \"T\"), <a@b.cn>.\n\n\
         [w]: term:%E6%97%85%E7%A8%8B\n",
        expect![[r##"
            <p>Ask <a href="{persona first-time-buyer}">the buyer</a>, <a href="{map buying#delivery}">{title of map buying#delivery}</a>, <a href="{touchpoint delivery-sms}">{title of touchpoint delivery-sms}</a>,
            <a href="{File guides/02-how.md#two}">page</a>, <a href="{Here #start}">top</a>, <a class="jb-term" href="{term 旅程}">word</a>, <a href="https://example.org/?a=1&amp;b=2" title="T" rel="noopener">site</a>, <a href="mailto:a@b.cn">a@b.cn</a>.</p>
        "##]],
    );
}

#[test]
fn a_reference_knows_where_its_name_stands() {
    // The name stands where it is found last, or before what follows it in the text.
    for (text, name, anchor) in [
        ("[persona:a](persona:a)", "a", None),
        ("前文 [首购](persona:首次购买者 \"persona:x\")", "首次购买者", None),
        ("[**x** `](persona:no)`](<map:buying#stage>)", "buying", Some("stage")),
        ("> - [a\n>   b](map:buying#stage)", "buying", Some("stage")),
        ("[a][b]\n\n[b]:\n  map:buying#stage 'map:no'", "buying", Some("stage")),
        ("see <map:buying#stage>", "buying", Some("stage")),
        ("![a](../assets/a(1).svg)", "../assets/a(1).svg", None),
        ("[a](../x.md#二)", "../x.md", Some("二")),
        ("<a title='x' href=\"map:buying#stage\">x</a>", "buying", Some("stage")),
        ("<div>\n<img src=../assets/a.svg alt=''>\n</div>", "../assets/a.svg", None),
    ] {
        let found = references(text);
        let [reference] = &found[..] else { panic!("{text}: {found:?}") };
        let start =
            text.rfind(&format!("{name}{}", if text.contains("map:no") { "#stage" } else { "" })).expect("the name");
        let start = if text.contains("persona:x\"") { text.find(name).expect("the name") } else { start };
        assert_eq!(&text[reference.span.range()], name, "{text}");
        assert_eq!(reference.span.range().start, start, "{text}");
        assert_eq!(reference.anchor.as_ref().map(|(_, span)| &text[span.range()]), anchor, "{text}");
    }
}

#[test]
fn spans_count_from_the_beginning_of_the_file() {
    let text = "---\ntitle: 标题\n---\n[a](persona:maya)\n";
    let start = text.find("[a]").expect("the Markdown");
    let (prose, _, _) = read(text, start);
    let Some(Hole::Address(reference)) = prose.holes().next() else { panic!("{prose:?}") };
    assert_eq!(&text[reference.span.range()], "maya");
}

#[test]
fn links_that_lead_nowhere_are_told() {
    check(
        "[a](javascript:alert(1)) [b](java&Tab;script:alert(1)) [c](/x) [d](//x.org) [e](persna:maya)\n\
         [f](../../../x.md) ![g](https://example.org/x.png) ![h](data:image/png;base64,x) ![i](#x) [j][k] [](https://x.org)",
        expect![[r#"
            <p>a b c d e
            f g h i [j][k] <a href="https://x.org" rel="noopener">https://x.org</a></p>
            unsafe-link at `javascript:alert(1)`: `javascript:` links are not safe for readers
              help: link to a page, or copy the file into `assets/` and link to that
            unsafe-link at `java&Tab;script:alert(1)`: `javascript:` links are not safe for readers
              help: link to a page, or copy the file into `assets/` and link to that
            absolute-link at `/x`: `/x` is an absolute path
              help: write the path from this file, such as `../assets/form.pdf`: a handbook works in any folder
            absolute-link at `//x.org`: `//x.org` is an absolute path
              help: write the path from this file, such as `../assets/form.pdf`: a handbook works in any folder
            unknown-scheme at `persna:maya`: nothing is referred to as `persna:`
              help: did you mean `persona:maya`?
            unknown-page at `../../../x.md`: `../../../x.md` leads out of the handbook
              help: a link stays inside the handbook's folder
            unsafe-link at `https://example.org/x.png`: `https://example.org/x.png` is on another host
              help: copy the file into `assets/`: the site makes no request to another host
            unsafe-link at `data:image/png;base64,x`: `data:` links are not safe for readers
              help: link to a page, or copy the file into `assets/` and link to that
            missing-asset at `#x`: `#x` is not a file
              help: write the path of a file below `assets/`, from this file, such as `../assets/form.svg`
        "#]],
    );
}

#[test]
fn headings_have_ids() {
    check(
        "# One\n\n## `two` & **三**\n\nOne\n---\n\n### {#own}\n\n#### x {#own}\n\n## ！？\n\n## 用 {变量}\n\n##### Ｆｕｌｌ",
        expect![[r##"
            <h2 id="one">One <a class="jb-anchor" href="#one" aria-label="{heading_link} “One”">#</a></h2>
            <h2 id="two-三"><code>two</code> &amp; <strong>三</strong> <a class="jb-anchor" href="#two-三" aria-label="{heading_link} “two &amp; 三”">#</a></h2>
            <h2 id="one-2">One <a class="jb-anchor" href="#one-2" aria-label="{heading_link} “One”">#</a></h2>
            <h3 id="own"></h3>
            <h4 id="own-2">x <a class="jb-anchor" href="#own-2" aria-label="{heading_link} “x”">#</a></h4>
            <h2 id="section">！？ <a class="jb-anchor" href="#section" aria-label="{heading_link} “！？”">#</a></h2>
            <h2 id="用-变量">用 {变量} <a class="jb-anchor" href="#用-变量" aria-label="{heading_link} “用 {变量}”">#</a></h2>
            <h5 id="full">Ｆｕｌｌ</h5>
        "##]],
    );
    let (prose, _, _) = read("## A *b* [](persona:c) `d`\nx\n", 0);
    assert_eq!((prose.headings[0].text.as_str(), prose.headings[0].id.as_str()), ("A b d", "a-b-d"));
}

#[test]
fn tables_have_classes_and_no_styles() {
    check(
        "| a | b | c |\n|---|:-:|--:|\n| 1 | **注：**二 | 3 |\n",
        expect![[r#"
        <div class="jb-scroll" role="region" aria-label="{table}" tabindex="0"><table class="jb-table">
        <thead><tr><th scope="col">a</th><th scope="col" class="jb-align-center">b</th><th scope="col" class="jb-align-right">c</th></tr></thead>
        <tbody>
        <tr><td>1</td><td class="jb-align-center"><strong>注：</strong>二</td><td class="jb-align-right">3</td></tr>
        </tbody>
        </table></div>
    "#]],
    );
}

#[test]
fn footnotes_stand_at_the_end() {
    check(
        "One[^b], two[^a], one[^b].\n\n[^a]: A\n\n    - list\n\n[^b]: B [x](persona:y)\n\n[^c]: never met\n\nThe end, and [^none].\n\n## fn 1\n",
        expect![[r##"
            <p>One<sup class="jb-footnote-ref" id="fnref-1"><a href="#fn-1" aria-label="{footnote} 1">1</a></sup>, two<sup class="jb-footnote-ref" id="fnref-2"><a href="#fn-2" aria-label="{footnote} 2">2</a></sup>, one<sup class="jb-footnote-ref" id="fnref-1-2"><a href="#fn-1" aria-label="{footnote} 1">1</a></sup>.</p>
            <p>The end, and [^none].</p>
            <h2 id="fn-1-2">fn 1 <a class="jb-anchor" href="#fn-1-2" aria-label="{heading_link} “fn 1”">#</a></h2>
            <section class="jb-footnotes" aria-label="{footnotes}">
            <ol>
            <li id="fn-1"><p>B <a href="{persona y}">x</a> <a href="#fnref-1" aria-label="{footnote_back}">↩</a> <a href="#fnref-1-2" aria-label="{footnote_back}">↩<sup>2</sup></a></p></li>
            <li id="fn-2"><p>A</p>
            <ul>
            <li>list</li>
            </ul>
            <p><a href="#fnref-2" aria-label="{footnote_back}">↩</a></p></li>
            <li id="fn"><p>never met</p></li>
            </ol>
            </section>
        "##]],
    );
}

#[test]
fn lists_quotes_and_code() {
    check(
        "- [ ] open\n- [x] done\n\n3. three\n4. four\n\n> quote\n\nTerm\n: definition\n\n```rust,ignore\nlet x = 1 < 2;\n```\n\n    indented\n\na\\\nb\n\n***\n\n![A *b*](../x.svg \"t\")",
        expect![[r#"
            <ul class="jb-task-list">
            <li><input type="checkbox" disabled aria-label="{task_open}"> open</li>
            <li><input type="checkbox" disabled checked aria-label="{task_done}"> done</li>
            </ul>
            <ol start="3">
            <li>three</li>
            <li>four</li>
            </ol>
            <blockquote>
            <p>quote</p>
            </blockquote>
            <dl>
            <dt>Term</dt>
            <dd>definition</dd>
            </dl>
            <pre tabindex="0"><code class="language-rust">let x = 1 &lt; 2;
            </code></pre>
            <pre tabindex="0"><code>indented
            </code></pre>
            <p>a<br>
            b</p>
            <hr>
            <p><img src="{File guides/x.svg}" alt="A b" title="t" loading="lazy"></p>
        "#]],
    );
}

#[test]
fn alerts_have_titles() {
    check(
        "> [!NOTE]\n> One\n\n> [!WARNING] 自定义\n> Two\n",
        expect![[r##"
        <div class="jb-alert" data-kind="note" role="note"><p class="jb-alert__title"><svg class="jb-icon" aria-hidden="true"><use href="#jb-i-note"/></svg> {alert_note}</p>
        <p>One</p>
        </div>
        <blockquote>
        <p>[!WARNING] 自定义
        Two</p>
        </blockquote>
    "##]],
    );
}

#[test]
fn blocks_are_read_where_they_stand() {
    let text = "# x\n\n```map\nid: a\nstages: [b]\n```\n\n> - ```quiz\n>   question: 一\n>\n>   answers: []\n>   ```\n\n- ```map\r\n  id: b\r\n  lanes: [c]\r\n  ```\r\n\n```quiz\n```\n";
    let (prose, report, blocks) = read(text, 0);
    assert!(report.is_empty(), "{report:?}");
    assert_eq!(html(&prose).matches("{block}").count(), 4);
    let yaml: Vec<(&str, &str)> = blocks.iter().map(|(kind, yaml, _)| (kind.as_str(), yaml.as_str())).collect();
    expect![[r#"
        [
            (
                "map",
                "id: a\nstages: [b]\n",
            ),
            (
                "quiz",
                "    question: 一\n \n    answers: []\n",
            ),
            (
                "map",
                "  id: b\r\n  lanes: [c]\r\n",
            ),
            (
                "quiz",
                "",
            ),
        ]
    "#]]
    .assert_debug_eq(&yaml);
    for (_, yaml, span) in &blocks {
        let place = &text[span.range()];
        assert_eq!(place.len(), yaml.len());
        let same = place.bytes().zip(yaml.bytes()).all(|(a, b)| a == b || b == b' ');
        assert!(same, "{place:?} {yaml:?}");
    }
}

#[test]
fn a_slip_in_a_block_s_name_is_told() {
    check(
        "> ```quizz\n> a: b\n> ```\n\n```yaml\na: b\n```\n",
        expect![[r#"
        <blockquote>
        <pre tabindex="0"><code class="language-quizz">a: b
        </code></pre>
        </blockquote>
        <pre tabindex="0"><code class="language-yaml">a: b
        </code></pre>
        unknown-block at `quizz`: no block is called `quizz`
          help: did you mean `quiz`?
    "#]],
    );
}

#[test]
fn raw_html_is_sanitised() {
    check(
        "<div class=\"wide\" onclick=\"x()\" style='color:red'>\n\n**bold** <kbd>A</kbd> <blink>b</blink>\n\n</div>\n\n\
         x <script>alert(1)</script> y <b onmouseover=x>z\n\n\
         <script>\nalert(\"<b>\")\n</script>\n\n\
         <details open><summary>S</summary>\n\n- a</div>\n\n</details>\n\n\
         <!-- a note --> <a href=\"persona:maya\">m</a> <a href='java&#115;cript:x'>n</a> <img src=\"https://x.org/x.png\" alt=\"p\">\n\n\
         <svg><style>x</style></svg>&nbsp;<p>&#xfdd0;0&#xfdd1;\n",
        expect![[r#"
            <div class="wide">
            <p><strong>bold</strong> <kbd>A</kbd> b</p>
            </div>
            <p>x  y <b>z</b></p>

            <details open=""><summary>S</summary>
            <ul>
            <li>a</li>
            </ul>
            </details>
             <a href="{persona maya}">m</a> <a href="{File guides/kinds/java&#115;cript:x}">n</a> <img alt="p">
            <p>&nbsp;</p><p>�0�</p><p></p>
            html-dropped at `onclick="x()"`: `onclick` is not allowed in a handbook and was left out
              help: `journeybook explain html-dropped` says what is allowed
            html-dropped at `style='color:red'`: `style` is not allowed in a handbook and was left out
              help: `journeybook explain html-dropped` says what is allowed
            html-dropped at `<blink>`: `<blink>` is not allowed in a handbook and was left out
              help: `journeybook explain html-dropped` says what is allowed
            html-dropped at `<script>`: `<script>` is not allowed in a handbook and was left out
              help: `journeybook explain html-dropped` says what is allowed
            html-dropped at `onmouseover=x`: `onmouseover` is not allowed in a handbook and was left out
              help: `journeybook explain html-dropped` says what is allowed
            html-dropped at `<script>`: `<script>` is not allowed in a handbook and was left out
              help: `journeybook explain html-dropped` says what is allowed
            html-dropped at `</div>`: `</div>` closes nothing here and was left out
              help: take it out
            unsafe-link at `https://x.org/x.png`: `https://x.org/x.png` is on another host
              help: copy the file into `assets/`: the site makes no request to another host
            html-dropped at `<svg>`: `<svg>` is not allowed in a handbook and was left out
              help: `journeybook explain html-dropped` says what is allowed
        "#]],
    );
}

#[test]
fn raw_html_keeps_our_markup() {
    check(
        "<b>x</b>[^1]\n\n- [x] [](persona:a)\n\n> [!TIP]\n> t\n\n|a|\n|-:|\n|1|\n\n## h\n\n```map\nid: x\n```\n\n```sh\nx\n```\n\n![p](q.svg)\n\n[^1]: n\n",
        expect![[r##"
            <p><b>x</b><sup class="jb-footnote-ref" id="fnref-1"><a href="#fn-1" aria-label="{footnote} 1">1</a></sup></p>
            <ul class="jb-task-list">
            <li><input type="checkbox" disabled checked aria-label="{task_done}"> <a href="{persona a}">{title of persona a}</a></li>
            </ul>
            <div class="jb-alert" data-kind="tip" role="note"><p class="jb-alert__title"><svg class="jb-icon" aria-hidden="true"><use href="#jb-i-tip"/></svg> {alert_tip}</p>
            <p>t</p>
            </div>
            <div class="jb-scroll" role="region" aria-label="{table}" tabindex="0"><table class="jb-table">
            <thead><tr><th scope="col" class="jb-align-right">a</th></tr></thead>
            <tbody>
            <tr><td class="jb-align-right">1</td></tr>
            </tbody>
            </table></div>
            <h2 id="h">h <a class="jb-anchor" href="#h" aria-label="{heading_link} “h”">#</a></h2>
            {block}
            <pre tabindex="0"><code class="language-sh">x
            </code></pre>
            <p><img src="{File guides/kinds/q.svg}" alt="p" loading="lazy"></p>
            <section class="jb-footnotes" aria-label="{footnotes}">
            <ol>
            <li id="fn-1"><p>n <a href="#fnref-1" aria-label="{footnote_back}">↩</a></p></li>
            </ol>
            </section>
        "##]],
    );
}

#[test]
fn the_list_of_words_is_whole() {
    let text = "x[^1]\n\n[^1]: n\n\n- [x] a\n- [ ] b\n\n## h\n\n|a|\n|-|\n\n> [!NOTE]\n> a\n\n> [!TIP]\n> a\n\n> [!IMPORTANT]\n> a\n\n> [!WARNING]\n> a\n\n> [!CAUTION]\n> a\n";
    let (prose, _, _) = read(text, 0);
    let word = |hole: &Hole<Draft>| match hole {
        Hole::Word(key) => Some(*key),
        _ => None,
    };
    let mut words: Vec<&str> = prose.holes().filter_map(word).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words, WORDS);
}

/// What is wrong with finished HTML: tags that do not match, or anything a strict policy refuses.
fn fault(html: &str) -> Option<String> {
    const VOID: [&str; 8] = ["br", "hr", "img", "input", "col", "wbr", "source", "track"];
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let tag_text = &rest[start + 1..];
        let (mut end, mut quoted) = (None, false);
        for (at, byte) in tag_text.bytes().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'<' if quoted => return Some(format!("`<` in an attribute: {tag_text:.40}")),
                b'>' if !quoted => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
        }
        let Some(end) = end else { return Some(format!("unfinished tag: {tag_text}")) };
        let tag = &tag_text[..end];
        rest = &tag_text[end + 1..];
        let outside: String = tag.split('"').step_by(2).collect::<Vec<_>>().join("\"");
        let name = outside.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default().to_owned();
        if ["script", "style", "iframe", "form", "object", "base"].contains(&name.as_str()) {
            return Some(format!("<{name}>"));
        }
        for attribute in outside.split(' ').skip(1) {
            if attribute.starts_with("on") || attribute.starts_with("style") || attribute.starts_with("srcdoc") {
                return Some(format!("{attribute} in <{tag}>"));
            }
        }
        for (at, _) in tag.match_indices("href=\"").chain(tag.match_indices("src=\"")) {
            let value = tag[at..].split('"').nth(1).unwrap_or_default();
            if value.to_lowercase().contains("script:")
                && !value.starts_with("http")
                && !value.starts_with('{')
                && !value.starts_with('#')
            {
                return Some(format!("address {value}"));
            }
        }
        if tag.starts_with('/') {
            if open.pop().as_deref() != Some(&name) {
                return Some(format!("</{name}> closes another element"));
            }
        } else if !tag.ends_with('/') && !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    open.pop().map(|name| format!("<{name}> is not closed"))
}

fn assert_safe(text: &str) {
    let (prose, report, blocks) = read(text, 0);
    if let Some(fault) = fault(&filled(&prose)) {
        panic!("{fault}\n{text:?}\n{}", filled(&prose));
    }
    let place = |diagnostic: &journeybook::diag::Diagnostic| match diagnostic.place {
        journeybook::diag::Place::Source(span) => span,
        _ => panic!("bug: a place in no source"),
    };
    let addresses = prose.holes().filter_map(|hole| match hole {
        Hole::Address(reference) | Hole::Title(reference) => Some(reference.span),
        _ => None,
    });
    for span in addresses.chain(report.iter().map(place)).chain(blocks.iter().map(|(_, _, span)| *span)) {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
}

const SCRAPS: &[&str] = &[
    "**",
    "~~",
    "*",
    "_",
    "`",
    "```",
    "```map\n",
    "~~~quizz\n",
    "\n",
    "\n\n",
    "\r\n",
    "> ",
    "- ",
    "1. ",
    "    ",
    "\t",
    "# ",
    "## a {#b}",
    " {x}",
    "[",
    "]",
    "(",
    ")",
    "](",
    "](persona:",
    "](#",
    "![",
    "[^1]",
    "[^1]: ",
    "[a]: map:b#c\n",
    "[a]",
    "<",
    ">",
    "</",
    "/>",
    "<b>",
    "</b>",
    "<div>\n",
    "</div>\n",
    "<p>",
    "<table>",
    "<td>",
    "<li>",
    "<a href=\"",
    "<a href='x'>",
    "</a>",
    "<script>",
    "</script>",
    "<svg>",
    "<style>",
    "<!--",
    "-->",
    "<?",
    "<![CDATA[",
    "<img src=x onerror=y>",
    " style=\"x\"",
    "\"",
    "'",
    "=",
    "javascript:",
    "&",
    "&lt;",
    "&#x3c;",
    "&#xfdd0;0&#xfdd1;",
    "\u{fdd0}0\u{fdd1}",
    "\u{0}",
    "|",
    "|-|\n",
    "\n|a|b|\n|-|-|\n",
    ": ",
    "[!NOTE]\n",
    "[x] ",
    "中",
    "文。",
    "：",
    "“",
    "”",
    "（",
    "）",
    "《",
    "한",
    "é",
    "🙂",
    "a",
    "b ",
    " ",
    "\\",
    "%E4%B8",
    "<select>",
    "<math>",
    "<pre>\n",
    "<details>",
    "<summary>",
    "<h2>",
    "<br>",
    "<noscript>",
    "<title>",
    "<textarea>",
    "<plaintext>",
    "<body onload=x>",
    "<form>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn whatever_is_written_is_safe_and_whole(scraps in prop::collection::vec(prop::sample::select(SCRAPS), 0..40)) {
        assert_safe(&scraps.concat());
    }

    #[test]
    fn any_text_is_safe_and_whole(text in "\\PC{0,80}") {
        assert_safe(&text);
    }
}

/// Would take hours if anything took time by the square of the length.
#[test]
fn deep_and_long_texts_are_read_to_the_end() {
    let many = |scrap: &str| scrap.repeat(20_000);
    for text in [
        many("> "),
        many("["),
        many("!["),
        many("*a **b "),
        many("**中：** ~~"),
        many("[a](b)"),
        many("![a"),
        many("<b>"),
        many("<a <a "),
        format!("<div>\n{}", many("<div><b x=1>")),
        format!("<b>x</b>\n\n{}", many("> ")),
        format!("<div\n{}", many("<a '")),
        many("- [x] a[^1]\n") + "\n[^1]: b\n",
        many("# a\n"),
        many("中\n"),
        many("<!--"),
        many("<script>"),
        many("|"),
        many("- "),
        many("\\"),
        many("`"),
    ] {
        assert_safe(&text);
    }
}
