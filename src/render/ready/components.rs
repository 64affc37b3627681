//! Components written out where they are called. A call costs as much as a dozen values that are shown.
//!
//! Only those of the built-in theme are, in its own templates: there every call is known to be right. A component that
//! calls itself, that a handbook's theme has another version of, or that does more than ask, repeat and show stays a call.

use std::collections::{BTreeMap, BTreeSet};

use super::code;
use super::pieces::{Piece, word};

/// A component that may be written out.
#[derive(Debug)]
pub(super) struct Component {
    parameters: Vec<Parameter>,
    body: Vec<Piece>,
    /// What its loops and its own variables are called.
    own: Vec<String>,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    /// What it is where the call does not say; `None` if the call must.
    usual: Option<String>,
    /// Whether it comes from around the call.
    implicit: bool,
    /// How often the body asks for it.
    uses: Uses,
}

/// Past this many bytes a component is written out nowhere else.
const MOST_BYTES: usize = 12_000;

impl Component {
    /// The components that a template defines, by their names, as far as they may be written out; and the names of all.
    pub(super) fn defined_in(pieces: &[Piece]) -> Vec<(String, Option<Self>)> {
        let mut defined = Vec::new();
        let mut from = 0;
        while let Some(at) = pieces[from..].iter().position(|piece| is_tag(piece, "component")) {
            let start = from + at;
            let Some(length) = pieces[start..].iter().position(|piece| is_tag(piece, "endcomponent")) else { break };
            let Piece::Tag(head) = &pieces[start] else { break };
            defined.push((name_of(head).to_owned(), Self::new(head, &pieces[start + 1..start + length])));
            from = start + length;
        }
        defined
    }

    fn new(head: &str, body: &[Piece]) -> Option<Self> {
        let parameters = head.split_once('(')?.1.strip_suffix(')')?;
        let parameters: Option<Vec<Parameter>> = split(parameters).into_iter().map(Parameter::new).collect();
        let mut parameters = parameters?;
        parameters.iter_mut().for_each(|parameter| parameter.uses = uses(body, &parameter.name));
        let mut own = Vec::new();
        for piece in body {
            match piece {
                Piece::Tag(tag) => match word(tag) {
                    "if" | "elif" | "else" | "endif" | "endfor" => {}
                    "for" => own.push(tag["for".len()..].split_once(" in ")?.0.trim().to_owned()),
                    "set" => own.push(tag["set".len()..].split_once('=')?.0.trim().to_owned()),
                    _ => return None,
                },
                Piece::Show(code) if code::names(code).any(|name| name == "body") => return None,
                _ => {}
            }
        }
        // What comes from around a call is another thing where a component is written out in a second one.
        if parameters.iter().any(|known| known.implicit && known.uses != Uses::None) {
            return None;
        }
        let clashes = own.iter().any(|own| !is_plain(own) || parameters.iter().any(|known| known.name == *own));
        (!clashes && !parameters.iter().any(|known| known.name == "loop")).then(|| Self {
            parameters,
            body: body.to_vec(),
            own,
        })
    }
}

impl Parameter {
    fn new(written: &str) -> Option<Self> {
        if written.starts_with('.') {
            return None;
        }
        if let Some(implicit) = written.strip_prefix('@') {
            return Some(Self {
                name: implicit.to_owned(),
                usual: Some(implicit.to_owned()),
                implicit: true,
                uses: Uses::None,
            });
        }
        let (name, usual) = written.split_once('=').map_or((written, None), |(name, usual)| (name, Some(usual.trim())));
        let name = name.split(':').next().unwrap_or("").trim();
        is_plain(name).then(|| Self {
            name: name.to_owned(),
            usual: usual.map(str::to_owned),
            implicit: false,
            uses: Uses::None,
        })
    }
}

/// Takes away the components of a template that no call names. What calls names is known from all templates.
pub(super) fn keep_called(pieces: &mut Vec<Piece>, called: &BTreeSet<String>) {
    let mut kept = true;
    pieces.retain(|piece| {
        if let Piece::Tag(tag) = piece
            && word(tag) == "component"
        {
            kept = called.contains(name_of(tag));
        }
        let keep = kept;
        kept |= is_tag(piece, "endcomponent");
        keep
    });
}

/// The components that pieces call.
pub(super) fn called(pieces: &[Piece]) -> impl Iterator<Item = &str> {
    pieces.iter().filter_map(|piece| {
        let (Piece::Show(code) | Piece::Tag(code)) = piece else { return None };
        let call = code.strip_prefix('<')?.trim_start();
        let end = call.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_' && sign != '.');
        Some(&call[..end.unwrap_or(call.len())])
    })
}

/// What a component is called, by the tag that begins it.
fn name_of(tag: &str) -> &str {
    tag["component".len()..].split('(').next().unwrap_or("").trim()
}

/// Writes components out.
#[derive(Debug)]
pub(super) struct Writer<'c> {
    components: &'c BTreeMap<String, Component>,
    /// Those that are being written out.
    within: Vec<&'c str>,
    /// How many have been: their own names get this number.
    count: usize,
}

impl<'c> Writer<'c> {
    /// For these components.
    pub(super) fn new(components: &'c BTreeMap<String, Component>) -> Self {
        Self { components, within: Vec::new(), count: 0 }
    }

    /// The pieces of a template with what its calls stand for.
    pub(super) fn write(&mut self, pieces: &[Piece]) -> Vec<Piece> {
        let mut out = Vec::with_capacity(pieces.len());
        // A component's own text is the only place where its parameters are known.
        for piece in pieces {
            let written = match piece {
                Piece::Show(code) => self.call(code),
                _ => None,
            };
            match written {
                Some(written) => out.extend(written),
                None => out.push(piece.clone()),
            }
        }
        out
    }

    /// What a call stands for; `None` where it stays.
    fn call(&mut self, code: &str) -> Option<Vec<Piece>> {
        let (name, arguments) = code::call(code)?;
        let (name, component) = self.components.get_key_value(name)?;
        if self.within.contains(&name.as_str()) {
            return None;
        }
        let known = |argument: &str| component.parameters.iter().any(|known| known.name == argument);
        if !arguments.iter().all(|(argument, _)| known(argument)) {
            return None;
        }
        self.count += 1;
        let mark = |name: &str| format!("{name}_{}", self.count);
        let mut sets = Vec::new();
        let mut with: BTreeMap<&str, String> = component.own.iter().map(|own| (own.as_str(), mark(own))).collect();
        for parameter in &component.parameters {
            let given = arguments.iter().find(|(argument, _)| *argument == parameter.name).map(|(_, value)| *value);
            let value = given.or(parameter.usual.as_deref())?;
            let simple =
                code::literal(value).is_some() || code::is_path(value) || value.parse::<f64>().is_ok() || value == "[]";
            let moves = code::names(value).any(|name| name == "loop") && !component.own.is_empty();
            let value = match (simple && !moves, parameter.uses) {
                (true, _) => value.to_owned(),
                (false, Uses::None) => continue,
                (false, Uses::Once) if !moves => format!("({value})"),
                (false, _) => {
                    let own = mark(&parameter.name);
                    sets.push(Piece::Tag(format!("set {own} = {value}")));
                    own
                }
            };
            with.insert(&parameter.name, value);
        }
        let replaced = |code: &str| rewritten(code, &with);
        let body: Vec<Piece> = (component.body.iter())
            .map(|piece| match piece {
                Piece::Text(text) => Piece::Text(text.clone()),
                Piece::Show(code) => Piece::Show(replaced(code)),
                Piece::Tag(code) => Piece::Tag(in_tag(code, &with)),
            })
            .collect();
        self.within.push(name);
        let body = self.write(&body);
        self.within.pop();
        let bytes: usize =
            body.iter().map(|(Piece::Text(text) | Piece::Show(text) | Piece::Tag(text))| text.len()).sum();
        (bytes <= MOST_BYTES || self.within.is_empty()).then(|| sets.into_iter().chain(body).collect())
    }
}

/// How often a body asks for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Uses {
    None,
    Once,
    Often,
}

/// The uses of a parameter; one that is asked for a part counts as often, and so does one in a call or in a loop.
fn uses(body: &[Piece], parameter: &str) -> Uses {
    let mut uses = Uses::None;
    for piece in body {
        let (Piece::Show(code) | Piece::Tag(code)) = piece else { continue };
        if !code.contains(parameter) {
            continue;
        }
        let words = code::words(code);
        for (at, found) in words.iter().enumerate() {
            if *found != code::Word::Name(parameter) {
                continue;
            }
            let asked = matches!(words.get(at + 1), Some(code::Word::Other("." | "[")));
            uses = if uses == Uses::None && !asked && !code.starts_with('<') { Uses::Once } else { Uses::Often };
        }
    }
    let loops = body.iter().any(|piece| is_tag(piece, "for"));
    if loops && uses == Uses::Once { Uses::Often } else { uses }
}

fn rewritten(code: &str, with: &BTreeMap<&str, String>) -> String {
    let value = |name: &str| with.get(name).map(String::as_str);
    let Some((name, arguments)) = code::call(code) else { return code::replaced(code, value) };
    let mut call = format!("<{name}");
    for (argument, written) in arguments {
        let written = match code::literal(written) {
            Some(_) => written.to_owned(),
            None => format!("{{{}}}", code::replaced(written, value)),
        };
        call.extend([" ", argument, "=", &written]);
    }
    call + "/>"
}

/// A tag, whose first word is no name, and in which a name may stand before a sign of equality.
fn in_tag(tag: &str, with: &BTreeMap<&str, String>) -> String {
    let value = |name: &str| with.get(name).map(String::as_str);
    match (word(tag), tag.split_once('=')) {
        ("set", Some((name, rest))) => {
            let name = name["set".len()..].trim();
            format!("set {} ={}", value(name).unwrap_or(name), code::replaced(rest, value))
        }
        (first, _) => format!("{first}{}", code::replaced(&tag[first.len()..], value)),
    }
}

/// Parameters, parted by the commas that stand in no brackets and in no quotation marks.
fn split(parameters: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut from) = (0_i32, None, 0);
    let mut all = Vec::new();
    for (at, sign) in parameters.char_indices() {
        match (quote, sign) {
            (Some(open), _) if open == sign => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(sign),
            (None, '[' | '{' | '(') => depth += 1,
            (None, ']' | '}' | ')') => depth -= 1,
            (None, ',') if depth == 0 => {
                all.push(parameters[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(parameters[from..].trim());
    all.retain(|parameter| !parameter.is_empty());
    all
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
}

fn is_tag(piece: &Piece, wanted: &str) -> bool {
    matches!(piece, Piece::Tag(tag) if word(tag) == wanted)
}
