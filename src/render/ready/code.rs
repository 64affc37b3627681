//! The code between a template's braces as words: names, texts, numbers, signs.

/// A word of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word<'c> {
    /// A name, or a word of the language such as `and`.
    Name(&'c str),
    /// A text without its quotation marks.
    Text(&'c str),
    /// A whole number.
    Number(i64),
    /// A sign of one or two characters: `.`, `==`, `{`.
    Sign(&'c str),
}

/// Signs of two characters.
const DOUBLE: [&str; 6] = ["==", "!=", "<=", ">=", "//", "**"];

/// The words of an expression; `None` where it has something else, such as a text with a back-slash.
pub(super) fn words(code: &str) -> Option<Vec<Word<'_>>> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(sign) = rest.chars().next() {
        let end = match sign {
            '"' | '\'' | '`' => rest[1..].find(sign)? + 2,
            _ if is_name(sign) => rest.find(|sign| !is_name(sign)).unwrap_or(rest.len()),
            _ if DOUBLE.iter().any(|double| rest.starts_with(double)) => 2,
            _ if sign.is_ascii_punctuation() => 1,
            _ => return None,
        };
        let (word, after) = rest.split_at(end);
        words.push(match sign {
            '"' | '\'' | '`' if word.contains('\\') => return None,
            '"' | '\'' | '`' => Word::Text(&word[1..end - 1]),
            // A number with a point is none that any template needs.
            '0'..='9' if after.starts_with('.') => return None,
            '0'..='9' => Word::Number(word.parse().ok()?),
            _ if is_name(sign) => Word::Name(word),
            _ => Word::Sign(word),
        });
        rest = after.trim_start();
    }
    Some(words)
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}
