//! Moments of truth and of delight: which steps count, who answers for them, each once on every list.

use crate::catalog::{WORLD, between, borrowed, many, plain, read, site};

/// The rows of a group, as they are read.
fn groups(page: &str, id: &str) -> Vec<String> {
    let (_, rest) = page.split_once(&format!("<h2 id=\"{id}\">")).unwrap_or_else(|| panic!("no `{id}` in\n{page}"));
    let body = between(rest, "<tbody>", "</tbody>");
    body.split("<tr>").skip(1).map(|row| plain(&format!("<tr>{row}"))).collect()
}

#[test]
fn moments_of_truth_and_of_delight_stand_by_stage() {
    let page = read(&site(WORLD), "moments/index.html");
    // Asks: +1.5. Packs: +1 with a gain. Washes: +1 without one is no delight. Tomorrow's moment of truth is left out.
    assert!(plain(&page).contains("2 moments of truth, 2 moments of delight"), "{page}");
    assert_eq!(
        groups(&page, "stage-find"),
        ["Asks Moment of truth Moment of delight Today Find She stays. Mei feeling +1.5 Adviser Web team owns the map"]
    );
    assert_eq!(
        groups(&page, "stage-buy"),
        [
            "Pays Moment of truth Today Buy She leaves. Mei feeling −2 Finder Retail owns the stage",
            "Packs Moment of delight Today Buy Light Mei feeling +1 Basket Retail owns the stage",
        ]
    );
    assert!(!page.contains("stage-use") && page.contains("by-owner.html\">By owner</a>"));
}

#[test]
fn moments_stand_by_owner_on_another_page() {
    let page = read(&site(WORLD), "moments/by-owner.html");
    assert_eq!(groups(&page, "team-retail").len(), 2);
    assert_eq!(groups(&page, "team-web").len(), 1);
    assert!(page.contains("aria-current=\"page\">By owner</a>"));
}

#[test]
fn what_delights_one_of_several_is_that_ones_moment() {
    let map = "title: Three\nkind: persona-based\npersonas: [mei, ana]\nstage-set: line\nowner: web\nstages:\n  - id: find\n    steps:\n      - id: try\n        action: Tries\n        touchpoint: finder\n        feels: -1\n        gains: [Warm]\n  - { id: buy, steps: [] }\n  - { id: use, steps: [] }\ndifferences:\n  ana: { try: { feels: 2, feeling: proud } }\n  mei: { try: { feels: 1 } }\n";
    let files = [WORLD, &[("maps/three.yaml", map)]].concat();
    let rows = groups(&read(&site(&files), "moments/index.html"), "stage-find");
    assert!(
        rows.contains(
            &"Tries (Ana) Moment of delight Three Find Ana feeling +2 proud Finder Web team owns the touchpoint"
                .to_owned()
        ),
        "{rows:?}"
    );
    assert!(!rows.iter().any(|row| row.contains("Tries (Mei)")), "+1 of her own is no delight: {rows:?}");
}

#[test]
fn a_moment_nobody_answers_for_stands_first_by_owner() {
    let map = "title: Lost\nkind: experience\noutcome: It ends.\nstages:\n  - id: far\n    title: Far\n    steps: [{ id: cry, action: Cries, moment-of-truth: Alone. }]\n";
    let files = [WORLD, &[("maps/lost.yaml", map)]].concat();
    let site = site(&files);
    let page = read(&site, "moments/by-owner.html");
    assert_eq!(groups(&page, "nobody"), ["Cries Moment of truth Lost Far Alone. Everyone Nobody"]);
    assert!(page.find("id=\"nobody\"") < page.find("id=\"team-web\""));
    assert_eq!(groups(&read(&site, "moments/index.html"), "other-stages").len(), 1);
}

#[test]
fn a_handbook_without_moments_says_so() {
    let site = site(&[("handbook.yaml", "title: Empty\nlanguages: [en]\n")]);
    assert!(read(&site, "moments/index.html").contains("No map names a moment of truth or of delight yet."));
    assert!(!read(&site, "index.html").contains("moments/index.html"), "what is empty stands in no menu");
}

#[test]
fn many_moments_are_split_and_each_stands_once_on_each_list() {
    let files = many(1000);
    let site = site(&borrowed(&files));
    for (first, folder) in [("moments/index.html", "moments/all/"), ("moments/by-owner.html", "moments/by-owner/")] {
        let parts = site.paths().filter(|path| path.as_str() == first || path.as_str().starts_with(folder));
        let pages: Vec<String> = parts.map(|path| read(&site, path.as_str())).collect();
        assert!(pages.len() == 12 && pages.iter().all(|page| page.len() < 300_000), "{} parts", pages.len());
        let all = pages.concat();
        for number in 0..1000 {
            assert_eq!(all.matches(&format!(">Does {number}</a>")).count(), 1, "{first}: step {number}");
        }
        assert!(all.contains("100 moments of truth, 1,000 moments of delight"));
    }
}
