//! Style sheets and scripts without what only their authors read: comments, indents, blank lines.
//!
//! Every page waits for its style before it is drawn, so the sheet is sent as small as it can be without changing what it
//! says. Strings stay as they are; nothing is renamed, reordered or merged. A script is not read as a language: lines are
//! left out of it or not, so what remains can still be read, line by line, in a browser's tools. That is sure enough for scripts
//! we know, and for no others.

use std::borrow::Cow;

/// A style sheet that says the same in fewer bytes.
pub(super) fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // White space that may part two words, and has not been written yet.
    let mut gap = false;
    while let Some(sign) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
            gap = true;
            continue;
        }
        if sign.is_ascii_whitespace() {
            rest = &rest[1..];
            gap = true;
            continue;
        }
        // After a colon a space may go, before it never: `a :hover` is not `a:hover`.
        let bound = out.ends_with(['{', '}', ';', ',', ':']) && !out.ends_with("\\:");
        if gap && !bound && !matches!(sign, '{' | '}' | ';' | ',') && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        if sign == '}' && out.ends_with(';') {
            out.pop();
        }
        let end = match sign {
            '"' | '\'' => string_end(rest, sign),
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            // A bare address may hold what begins a comment.
            'u' if rest.starts_with("url(") && !rest[4..].trim_start().starts_with(['"', '\'']) => {
                rest.find(')').map_or(rest.len(), |end| end + 1)
            }
            _ => sign.len_utf8(),
        };
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    out
}

/// A script of the built-in theme that does the same in fewer bytes: without indents, blank lines and lines that hold nothing but a
/// comment. Where something goes on over lines that might only look like a comment, it stays as it is.
pub(super) fn js(text: &str) -> Cow<'_, str> {
    let goes_on = |line: &str| line.ends_with('\\') || line.matches('`').count() % 2 == 1;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    if lines.clone().any(goes_on) {
        return text.into();
    }
    lines.flat_map(|line| [line, "\n"]).collect::<String>().into()
}

/// Whether a line of a script holds nothing but a comment. What ends a longer one does more.
fn is_comment(line: &str) -> bool {
    let ends = line.matches("*/").count();
    line.starts_with("//") && ends == 0 || line.starts_with("/*") && line.ends_with("*/") && ends == 1
}

/// Where a string ends that begins a text.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        if sign == quote && !escaped {
            return at + 1;
        }
        escaped = sign == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_loses_indents_and_lines_of_comment() {
        for (written, sent) in [
            ("// Why.\nif (a) {\n\n  // How.\n  b(); // so\n}\n", "if (a) {\nb(); // so\n}\n"),
            ("/** What. */\na(`x ${b}`);\r\n  // A `quoted name.\r\nc();", "a(`x ${b}`);\nc();\n"),
            ("/*\n// old();\n// older(); */ a();\n", "/*\n// older(); */ a();\n"),
            ("/* one */ a(); /* two */\n", "/* one */ a(); /* two */\n"),
            ("a(`\n  // not a comment\n`);\n", "a(`\n  // not a comment\n`);\n"),
            ("a('x \\\n  // not a comment');\n", "a('x \\\n  // not a comment');\n"),
        ] {
            assert_eq!(js(written), sent, "{written}");
        }
    }
}
