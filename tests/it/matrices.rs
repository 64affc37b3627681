//! Coverage matrices: marks where they belong, holes named, and no page that grows with the square of the handbook.

use crate::catalog::{WORLD, borrowed, many, plain, read, site};

fn rows(page: &str) -> Vec<String> {
    let body =
        page.split_once("jb-coverage").unwrap().1.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    body.split("<tr").skip(1).map(|row| plain(&format!("<tr{row}"))).collect()
}

#[test]
fn personas_by_maps() {
    let files = [WORLD, &[("personas/zhao.md", "---\ntitle: Zhao\nrole: Nobody yet\n---\n")]].concat();
    let page = read(&site(&files), "coverage/index.html");
    assert_eq!(
        rows(&page),
        [
            "Ana Landlord · hole Journey map, future 1",
            "Mei Buyer Journey map, current · hole 1",
            "Zhao Nobody yet · hole · hole 0",
        ]
    );
    assert!(plain(&page).contains("On no map (1): Zhao."), "{page}");
}

#[test]
fn touchpoints_by_maps() {
    let page = read(&site(WORLD), "coverage/touchpoints.html");
    assert_eq!(
        rows(&page),
        [
            "Adviser Shop 1 step · hole 1",
            "Finder App 3 steps 1 step 2",
            "Basket App 1 step 1 step 2",
            "Idle thing Shop · hole · hole 0",
        ]
    );
    assert!(plain(&page).contains("Met in no map (1): Idle thing."), "{page}");
}

#[test]
fn moments_of_truth_by_teams() {
    let page = read(&site(WORLD), "coverage/moments.html");
    assert_eq!(rows(&page), ["Asks Today map · hole 1", "Pays Today touchpoint, map stage 2"]);
    assert!(plain(&page).contains("A team answers for every moment of truth."));
    let map = "title: Lost\nkind: experience\noutcome: It ends.\nstages:\n  - id: far\n    title: Far\n    steps: [{ id: cry, action: Cries, moment-of-truth: Alone. }]\n";
    let page = read(&site(&[WORLD, &[("maps/lost.yaml", map)]].concat()), "coverage/moments.html");
    assert!(plain(&page).contains("No team answers for (1): Cries."), "{page}");
    assert!(rows(&page).contains(&"Cries Lost · hole · hole 0".to_owned()));
}

#[test]
fn with_many_columns_rows_list_theirs() {
    let files = many(1000);
    let site = site(&borrowed(&files));
    let pages: Vec<String> = (site.paths())
        .filter(|path| path.as_str().starts_with("coverage/touchpoints"))
        .map(|path| read(&site, path.as_str()))
        .collect();
    assert!(pages.len() == 16 && pages.iter().all(|page| page.len() < 100_000), "{} parts", pages.len());
    let all: Vec<String> = pages.iter().flat_map(|page| rows(page)).collect();
    assert_eq!(all.len(), 1000);
    assert!(all.contains(&"Touchpoint 999 Shop 1 Map 49".to_owned()), "{:?}", all.last());
}

#[test]
fn a_row_of_very_many_marks_is_cut() {
    let maps: Vec<(String, String)> = (0..40)
        .map(|number| {
            let text = format!("title: Map {number}\nkind: current-state\npersona: mei\nstages:\n  - id: a\n    title: A\n    steps: [{{ id: s, action: Does, touchpoint: finder }}]\n");
            (format!("maps/m{number:02}.yaml"), text)
        })
        .collect();
    let files = [WORLD, &borrowed(&maps)].concat();
    let page = read(&site(&files), "coverage/index.html");
    let mei = rows(&page).into_iter().find(|row| row.starts_with("Mei")).unwrap();
    assert!(mei.starts_with("Mei Buyer 41 Map 0 , Map 1") && mei.ends_with(", and 29 more"), "{mei}");
}
