//! The tags of finished HTML: where they end, and what they do to the text around them.

use crate::scan::{self, Signs};

/// The tag that HTML begins with, and what follows it; `None` if it goes on in another piece.
pub(super) fn whole_tag(html: &str) -> Option<(&str, &str)> {
    // Most tags are a few bytes long.
    let near = html.as_bytes().iter().take(8).position(|&byte| byte == b'>');
    let end = near.unwrap_or_else(|| ENDS_TAG.before(html.as_bytes()));
    if end == html.len() {
        return None;
    }
    Some((&html[..end], &html[end + 1..]))
}

/// Whether the tag that HTML begins with parts lines, and what follows it: of those that are met the most, which are a name of a few
/// letters and no more. `None` of all others.
pub(super) fn usual(html: &str) -> Option<(bool, &str)> {
    let eight = u64::from_le_bytes(*html.as_bytes().first_chunk()?);
    let ends = scan::each(eight, b'>');
    let length = ends.trailing_zeros() as usize / 8;
    let name = eight & !u64::MAX.unbounded_shl(8 * length as u32);
    let name = if name & 0xff == u64::from(b'/') { name >> 8 } else { name };
    let parts_lines = PART_LINES.contains(&name);
    (ends != 0 && (parts_lines || IN_LINES.contains(&name))).then(|| (parts_lines, &html[length + 1..]))
}

/// A name of at most seven letters as a number.
const fn brief(name: &str) -> u64 {
    let (mut number, mut at) = (0, name.len());
    while at > 0 {
        at -= 1;
        number = number << 8 | name.as_bytes()[at] as u64;
    }
    number
}

/// The names of those tags that part lines.
const PART_LINES: [u64; 6] = [brief("td"), brief("p"), brief("li"), brief("tr"), brief("ul"), brief("br")];
/// The names of those that stand within a line.
const IN_LINES: [u64; 4] = [brief("em"), brief("code"), brief("strong"), brief("a")];

/// Whether an element stands within a line. All others part lines. By their bytes, as every tag asks: a length tells most apart.
pub(super) fn is_in_line(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"b"
            | b"i"
            | b"q"
            | b"s"
            | b"u"
            | b"em"
            | b"bdi"
            | b"del"
            | b"dfn"
            | b"ins"
            | b"kbd"
            | b"sub"
            | b"sup"
            | b"var"
            | b"abbr"
            | b"cite"
            | b"code"
            | b"mark"
            | b"span"
            | b"small"
            | b"strong"
    )
}

/// What a tag ends with.
const ENDS_TAG: Signs<1> = Signs::new(*b">");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_tags_do_what_any_other_would() {
        for name in ["td", "p", "li", "tr", "ul", "br", "em", "code", "strong", "a"] {
            for tag in [name.to_owned(), format!("/{name}")] {
                let known = Some((!is_in_line(name.as_bytes()), " and more"));
                assert_eq!(usual(&format!("{tag}> and more")), known, "{tag}");
                assert_eq!(usual(&format!("{tag} id=\"x\"> and more")), None, "{tag}");
                assert_eq!(usual(&format!("x{tag}> and more")), None, "{tag}");
            }
        }
        assert_eq!(usual("p>"), None, "where the text ends, too few bytes follow");
    }
}
