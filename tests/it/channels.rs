//! Channels: the matrix, its gaps, and what a channel promises at each stage.

use crate::catalog::{WORLD, between, borrowed, many, plain, read, site};

/// The cells of a channel's row in the matrix.
fn cells(page: &str, channel: &str) -> Vec<String> {
    let body = between(page, "<tbody>", "</tbody>");
    let row = body.split("<tr>").find(|row| row.contains(&format!(">{channel}</a>"))).unwrap();
    row.split("<td").skip(1).map(|cell| plain(&format!("<td{cell}"))).collect()
}

#[test]
fn a_cell_counts_touchpoints_feelings_and_moments_of_truth() {
    let site = site(WORLD);
    for path in ["channels/index.html", "touchpoints/index.html"] {
        let page = read(&site, path);
        assert_eq!(
            cells(&page, "App"),
            ["1 feeling −1", "2 feeling −0.5 includes 1 moment of truth", "1 feeling +1", "2"],
            "{path}: the future counts nowhere"
        );
        assert_eq!(cells(&page, "Shop"), ["1 feeling +1.5 includes 1 moment of truth", "gap", "gap", "2"]);
    }
    let page = read(&site, "channels/index.html");
    assert!(page.contains("<a href=\"app.html#at-buy\"><b>2</b>"), "{page}");
    assert!(plain(between(&page, "<tfoot>", "</tfoot>")).ends_with("All 2 2 1 4"), "{page}");
}

#[test]
fn gaps_are_counted_and_named() {
    let files: Vec<(&str, &str)> = WORLD.to_vec();
    let extra = (
        "maps/more.yaml",
        "title: More\nkind: current-state\npersona: mei\nstage-set: line\nstages:\n  - { id: find, steps: [] }\n  - { id: buy, steps: [] }\n  - id: use\n    steps: [{ id: show, action: Shows, touchpoint: adviser }]\n",
    );
    let page = plain(&read(&site(&[files.as_slice(), &[extra]].concat()), "channels/index.html"));
    assert!(page.contains("4 of 9 places on the matrix are gaps."), "{page}");
    assert!(page.contains("Shop: nothing at Buy, though it is met at Find before and at Use after."), "{page}");
    assert!(page.contains("Shop Buy Van Find, Buy, Use"), "every gap by channel\n{page}");
}

#[test]
fn a_stage_that_no_channel_serves_is_named() {
    let files: Vec<(&str, &str)> = WORLD
        .iter()
        .map(|&(path, text)| match path {
            "handbook.yaml" => (path, "title: Harbor\nlanguages: [en]\nstage-sets:\n  line:\n    - { id: find, title: Find }\n    - { id: wait, title: Wait }\n    - { id: buy, title: Buy }\n    - { id: use, title: Use }\n"),
            _ => (path, text),
        })
        .collect();
    let page = plain(&read(&site(&files), "channels/index.html"));
    assert!(page.contains("Wait: no channel meets the customer."), "{page}");
}

#[test]
fn a_channel_lists_its_figures() {
    let page = read(&site(WORLD), "channels/index.html");
    let list = between(&page, "id=\"list\"", "</table>");
    let row = list.split("<tr>").find(|row| row.contains(">App</a>")).unwrap();
    // Touchpoints, stages, average, moments of truth, open pains, personas, teams.
    assert_eq!(plain(&format!("<{row}")), "App 2 3 feeling −0.3 1 2 1 2");
}

#[test]
fn a_channel_says_what_does_not_fit_together() {
    let site = site(WORLD);
    let html = read(&site, "channels/app.html");
    let page = plain(&html);
    for said in [
        "2 touchpoints, at 3 of 3 stages, 4 steps, 1 moment of truth, 2 open pains",
        "Feels +1 with Basket (Buy) and −2 with Finder (Buy).",
        "2 teams own what this channel carries: Web team, Retail.",
        "Buy: no promise is written for Basket.",
        "Mei 4 of 5, daily feeling +1",
    ] {
        assert!(page.contains(said), "`{said}` is not in\n{page}");
    }
    let buy = plain(between(&html, "id=\"at-buy\"", "</tbody>"));
    assert!(buy.contains("Finder Fits first. feeling −2 1 moment of truth Web team"), "{buy}");
    assert!(buy.contains("Basket No promise written feeling +1 none Retail"), "{buy}");
    assert!(html.contains("touchpoints/index.html?channel=app\""), "the catalogue, filtered");
    let shop = plain(&read(&site, "channels/shop.html"));
    assert!(shop.contains("Nobody owns: Adviser, Idle thing.") && shop.contains("Idle thing Planned"), "{shop}");
    assert!(shop.contains("A gap: nothing of this channel is met here."), "{shop}");
}

#[test]
fn a_channel_of_thousands_of_touchpoints_stays_light() {
    let files = many(3000);
    let site = site(&borrowed(&files));
    for path in ["channels/app.html", "channels/index.html", "touchpoints/t0.html"] {
        let page = read(&site, path);
        assert!(page.len() < 100_000, "{path}: {} bytes", page.len());
    }
    let page = read(&site, "channels/app.html");
    assert!(page.contains("?channel=app&amp;stage=a\">and 730 more</a>"), "{page}");
}
