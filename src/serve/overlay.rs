//! What is wrong, over the page it is wrong on.
//!
//! The last good page stays beneath, where the reader left it, and the words are those of the terminal. The panel
//! is a `<details>`, so it can be folded away without any script, and a style sheet of its own keeps the policy.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::views::prose::escape;

/// Where the style sheet is.
pub(super) const STYLE_URL: &str = "/__journeybook/overlay.css";

/// The style sheet.
pub(super) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("overlay.css"))
}

/// Lays a panel with `text` over a page.
pub(super) fn lay(html: &mut Vec<u8>, errors: usize, text: &str) {
    let errors = if errors == 1 { "1 error".to_owned() } else { format!("{errors} errors") };
    let panel = format!(
        r#"<aside class="journeybook-overlay" lang="en" dir="ltr" aria-label="Errors in the handbook">
<details open><summary>{errors} in the handbook</summary><pre tabindex="0">{}</pre></details>
</aside>
"#,
        escape(text)
    );
    insert_before(html, "</head>", &format!(r#"<link rel="stylesheet" href="{STYLE_URL}">"#));
    insert_before(html, "</body>", &panel);
}

/// A page with nothing on it, for an address where no page can be made.
pub(super) fn empty_page() -> Vec<u8> {
    let html = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Errors in the handbook</title></head><body></body></html>
"#;
    html.into()
}

/// Inserts `text` before the closing `tag`, or at the end of a page that leaves the tag out.
///
/// The first `</head>` is the page's own, the last `</body>` likewise: what comes between is the writer's.
pub(super) fn insert_before(html: &mut Vec<u8>, tag: &str, text: &str) {
    let mut windows = html.windows(tag.len());
    let is_tag = |window: &[u8]| window.eq_ignore_ascii_case(tag.as_bytes());
    let place = if tag == "</head>" { windows.position(is_tag) } else { windows.rposition(is_tag) };
    let place = place.unwrap_or(html.len());
    html.splice(place..place, text.bytes());
}
