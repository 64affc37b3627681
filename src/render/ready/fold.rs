//! What is known before any page is: the theme's words in a language, and what follows from them.

use super::code::{self, Word};
use super::pieces::{Piece, word};
use crate::views::Words;

/// The name of the theme's words in a template.
const WORDS: &str = "words";

/// Puts the words of a language in the place of their names. A template that has words of its own is left alone.
pub(super) fn words(pieces: &mut [Piece], words: &Words) {
    if pieces.iter().any(|piece| matches!(piece, Piece::Tag(tag) if brings_words(tag))) {
        return;
    }
    for piece in pieces {
        if let Piece::Show(code) | Piece::Tag(code) = piece
            && code.contains(WORDS)
        {
            *code = worded(code, words);
        }
    }
}

/// Whether a tag gives the name of the theme's words to something else.
fn brings_words(tag: &str) -> bool {
    let given = match word(tag) {
        "set" | "set_global" => tag.split('=').next(),
        "for" => tag.split(" in ").next(),
        // A parameter of its own; `@words` are the theme's.
        "component" => tag.split_once('(').map(|(_, parameters)| parameters),
        _ => None,
    };
    given.is_some_and(|given| {
        let words = code::words(given);
        let at = words.iter().position(|word| *word == Word::Name(WORDS) || *word == Word::Other(WORDS));
        at.is_some_and(|at| at == 0 || words[at - 1] != Word::Other("@"))
    })
}

fn worded(code: &str, words: &Words) -> String {
    let parts = code::words(code);
    let mut out = String::with_capacity(code.len());
    let mut at = 0;
    while at < parts.len() {
        let quoted = match parts[at..] {
            [Word::Name(WORDS), Word::Other("."), Word::Other(key), ..] => {
                let part = matches!(parts.get(at + 3), Some(Word::Other("." | "[" | "(" | "?")));
                words.general(key).filter(|_| !part).and_then(quoted)
            }
            _ => None,
        };
        match quoted {
            Some(quoted) => {
                out.push_str(&quoted);
                at += 3;
            }
            None => {
                let (Word::Name(part) | Word::Quoted(part) | Word::Other(part)) = parts[at];
                out.push_str(part);
                at += 1;
            }
        }
    }
    out
}

/// A text as a template writes it; `None` for one with every kind of quotation mark, or with a back-slash.
fn quoted(text: &str) -> Option<String> {
    let mark = ['"', '\'', '`'].into_iter().find(|mark| !text.contains(*mark))?;
    (!text.contains('\\')).then(|| format!("{mark}{text}{mark}"))
}

/// Shows what is known at once as text, and what is put together as its parts.
pub(super) fn texts(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Piece::Show(code) = piece else {
            out.push(piece);
            continue;
        };
        let known = code.contains(['"', '\'', '`']).then(|| put_together(&code)).flatten();
        let Some(parts) = known else {
            out.push(Piece::Show(code));
            continue;
        };
        for part in parts {
            out.push(match code::literal(part).and_then(markup) {
                Some(text) => Piece::Text(text),
                None => Piece::Show(part.to_owned()),
            });
        }
    }
    out
}

/// A text as markup; `None` for one that would be code.
fn markup(text: &str) -> Option<String> {
    let mut markup = Vec::new();
    tera::escape_html(text, &mut markup).ok()?;
    let markup = String::from_utf8(markup).ok()?;
    (!markup.contains("{{") && !markup.contains("{%") && !markup.contains("{#") && !markup.ends_with('{'))
        .then_some(markup)
}

/// The parts of `a ~ b`, texts and look-ups; `None` if there is anything else in it.
fn put_together(code: &str) -> Option<Vec<&str>> {
    let inside = code.strip_prefix('(').and_then(|code| code.strip_suffix(')')).unwrap_or(code);
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    for word in code::words(inside) {
        let (Word::Name(text) | Word::Quoted(text) | Word::Other(text)) = word;
        if word == Word::Other("~") {
            parts.push(inside[from..at].trim());
            from = at + 1;
        }
        at += text.len();
    }
    parts.push(inside[from..].trim());
    parts.iter().all(|part| code::literal(part).is_some() || code::is_path(part)).then_some(parts)
}

/// Takes away the filter that shows a text's language, where there is only one.
pub(super) fn one_language(pieces: &mut [Piece]) {
    for piece in pieces {
        if let Piece::Show(code) | Piece::Tag(code) = piece
            && code.contains("| said")
        {
            *code = unsaid(code);
        }
    }
}

fn unsaid(code: &str) -> String {
    let parts = code::words(code);
    let mut out = String::with_capacity(code.len());
    let mut at = 0;
    while at < parts.len() {
        let is_said = matches!(parts[at..], [Word::Other("|"), Word::Other(" "), Word::Other("said"), ..])
            && !matches!(parts.get(at + 3), Some(Word::Other("(")));
        if is_said {
            out.truncate(out.trim_end().len());
            at += 3;
            continue;
        }
        let (Word::Name(part) | Word::Quoted(part) | Word::Other(part)) = parts[at];
        out.push_str(part);
        at += 1;
    }
    out
}

/// Takes `@words` from the parameters of components that no longer ask for any.
pub(super) fn parameters(pieces: &mut [Piece]) {
    let mut from = 0;
    while let Some(at) = pieces[from..].iter().position(|piece| is_tag(piece, "component")) {
        let start = from + at;
        let Some(length) = pieces[start..].iter().position(|piece| is_tag(piece, "endcomponent")) else { return };
        let asks = pieces[start + 1..start + length].iter().any(
            |piece| matches!(piece, Piece::Show(code) | Piece::Tag(code) if code::names(code).any(|name| name == WORDS)),
        );
        if let (false, Piece::Tag(head)) = (asks, &mut pieces[start]) {
            *head = head.replace(", @words", "").replace("(@words)", "()");
        }
        from = start + length;
    }
}

fn is_tag(piece: &Piece, wanted: &str) -> bool {
    matches!(piece, Piece::Tag(tag) if word(tag) == wanted)
}
