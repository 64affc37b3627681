//! The code between a template's braces, word by word: enough of the language to put one expression in place of a name.

/// A part of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word<'c> {
    /// A name that stands for a value: not one behind a dot or a bar, nor one that names an argument.
    Name(&'c str),
    /// A text with its quotation marks.
    Quoted(&'c str),
    /// Anything else.
    Other(&'c str),
}

/// The words of an expression, which together are the expression.
pub(super) fn words(code: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = code;
    // What came last, white space apart.
    let mut last = ' ';
    while let Some(sign) = rest.chars().next() {
        let end = match sign {
            '"' | '\'' | '`' => rest[1..].find(sign).map_or(rest.len(), |end| end + 2),
            _ if is_name(sign) => rest.find(|sign| !is_name(sign)).unwrap_or(rest.len()),
            _ => sign.len_utf8(),
        };
        let (word, after) = rest.split_at(end);
        let names_argument = after.trim_start().starts_with('=') && !after.trim_start().starts_with("==");
        words.push(match sign {
            '"' | '\'' | '`' => Word::Quoted(word),
            '0'..='9' => Word::Other(word),
            _ if is_name(sign) && !matches!(last, '.' | '|') && !names_argument => Word::Name(word),
            _ => Word::Other(word),
        });
        if !sign.is_whitespace() {
            last = word.chars().next_back().unwrap_or(' ');
        }
        rest = after;
    }
    words
}

/// The names of values that an expression mentions.
pub(super) fn names(code: &str) -> impl Iterator<Item = &str> {
    words(code).into_iter().filter_map(|word| if let Word::Name(name) = word { Some(name) } else { None })
}

/// An expression with others in the place of names.
pub(super) fn replaced<'r>(code: &str, with: impl Fn(&str) -> Option<&'r str>) -> String {
    let mut out = String::with_capacity(code.len());
    for word in words(code) {
        out.push_str(match word {
            Word::Name(name) => with(name).unwrap_or(name),
            Word::Quoted(word) | Word::Other(word) => word,
        });
    }
    out
}

/// Whether an expression is a text in quotation marks and nothing else.
pub(super) fn literal(code: &str) -> Option<&str> {
    match words(code).as_slice() {
        [Word::Quoted(quoted)] if quoted.len() >= 2 && !quoted.contains('\\') => Some(&quoted[1..quoted.len() - 1]),
        _ => None,
    }
}

/// Whether an expression only looks something up, so that it may stand in front of a dot: `row.cells`, `others[row.lane]`.
pub(super) fn is_path(code: &str) -> bool {
    let begins = code.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_');
    begins && code.chars().all(|sign| is_name(sign) || matches!(sign, '.' | '[' | ']'))
}

/// A call of a component: its name, and its arguments with the expressions for them. `None` for what is no call, for one
/// with a body, and for the short forms.
pub(super) fn call(code: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let inside = code.strip_prefix('<')?.strip_suffix("/>")?;
    let end = inside.find(|sign: char| !is_name(sign) && sign != '.').unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(end);
    let mut arguments = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some((name, arguments));
        }
        let (argument, value) = rest.split_once('=')?;
        if argument.is_empty() || !argument.chars().all(is_name) {
            return None;
        }
        let length = match value.chars().next()? {
            quote @ ('"' | '\'' | '`') => value[1..].find(quote)? + 2,
            '{' => closing(value)? + 1,
            _ => return None,
        };
        let written = &value[..length];
        let inside = written.strip_prefix('{').and_then(|inside| inside.strip_suffix('}'));
        arguments.push((argument, inside.map_or(written, str::trim)));
        rest = &value[length..];
    }
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

/// Where the brace closes that opens a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut signs = text.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' | '\'' | '`' => drop(signs.by_ref().find(|(_, end)| *end == sign)?),
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}
