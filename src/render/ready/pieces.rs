//! A template as its pieces: text, what is shown, tags. White space that a tag asks to trim is trimmed here.

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Markup as it stands.
    Text(String),
    /// What stands in `{{ }}`.
    Show(String),
    /// What stands in `{% %}`.
    Tag(String),
}

/// The pieces of a template without its comments; `None` if one has no end.
pub(super) fn cut(template: &str) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut rest, mut trim) = (template, false);
    while !rest.is_empty() {
        let opening = rest.match_indices('{').find(|(at, _)| rest[at + 1..].starts_with(['{', '%', '#']));
        let at = opening.map_or(rest.len(), |(at, _)| at);
        let (text, tail) = rest.split_at(at);
        let text = if trim { text.trim_start() } else { text };
        let Some(sign) = tail.as_bytes().get(1) else {
            push_text(&mut pieces, text);
            break;
        };
        push_text(&mut pieces, if tail[2..].starts_with('-') { text.trim_end() } else { text });
        let inside = tail[2..].strip_prefix('-').unwrap_or(&tail[2..]);
        let close = match sign {
            b'{' => "}}",
            b'%' => "%}",
            _ => "#}",
        };
        let end = if *sign == b'#' { inside.find(close)? } else { end_of(inside, close)? };
        let (code, after) = (&inside[..end], &inside[end + 2..]);
        (trim, rest) = (code.ends_with('-'), after);
        let code = code.strip_suffix('-').unwrap_or(code).trim();
        match sign {
            b'{' => pieces.push(Piece::Show(code.to_owned())),
            b'%' => pieces.push(Piece::Tag(code.to_owned())),
            _ => {}
        }
    }
    Some(pieces)
}

/// The first word of a tag.
pub(super) fn word(tag: &str) -> &str {
    tag.split_ascii_whitespace().next().unwrap_or("")
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// Where code ends that `close` ends: outside of quotation marks, and outside of what is in braces itself.
fn end_of(code: &str, close: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut signs = code.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' | '\'' | '`' => drop(signs.by_ref().find(|(_, end)| *end == sign)?),
            _ if depth == 0 && code[at..].starts_with(close) => return Some(at),
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
