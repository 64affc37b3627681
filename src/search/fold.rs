//! A text as it is compared.

use unicode_normalization::UnicodeNormalization;

/// A text as it is compared: compatible forms made equal (NFKC), in lower case, Latin letters without accents.
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// Appends a text as it is compared.
///
/// Most signs of most texts fold by themselves. What lies between them is folded as Unicode says, from the sign before it
/// on, which a mark may change.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    let start = folded.len();
    folded.reserve(text.len());
    let (mut at, mut before) = (0, 0);
    while let Some(sign) = text[at..].chars().next() {
        if sign.is_ascii() {
            let rest = &text.as_bytes()[at..];
            // Most texts are ASCII to their end.
            let ascii =
                if rest.is_ascii() { rest.len() } else { rest.iter().take_while(|byte| byte.is_ascii()).count() };
            let from = folded.len();
            folded.push_str(&text[at..at + ascii]);
            folded[from..].make_ascii_lowercase();
            at += ascii;
            before = at - 1;
            continue;
        }
        if let Some(simple) = simple(sign) {
            folded.push(simple);
            before = at;
            at += sign.len_utf8();
            continue;
        }
        let from = if at == 0 { at } else { before };
        if from < at {
            folded.pop();
        }
        let end = text[at..].char_indices().find(|(_, sign)| simple(*sign).is_some());
        let end = end.map_or(text.len(), |(length, _)| at + length);
        let slow = &text[from..end];
        let composed: String = slow.nfkc().collect();
        if composed.contains('Σ') {
            // Its small form depends on the letters around it.
            folded.truncate(start);
            folded.push_str(&by_the_book(text));
            return;
        }
        folded.push_str(&stripped(&composed));
        // The last sign of a slow stretch is never the one before a mark: the stretch took all marks there are.
        (at, before) = (end, end);
    }
}

/// All steps on the whole text.
fn by_the_book(text: &str) -> String {
    stripped(&text.nfkc().collect::<String>())
}

fn stripped(composed: &str) -> String {
    composed.to_lowercase().nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfc().collect()
}

/// What a sign folds to, if it does so whatever stands around it, but for marks that follow.
fn simple(sign: char) -> Option<char> {
    match sign {
        '\0'..='\x7f' => Some(sign.to_ascii_lowercase()),
        '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}' | '\u{ac00}'..='\u{d7a3}' => {
            Some(sign)
        }
        '、' | '。' | '《' | '》' | '「' | '」' | '‘' | '’' | '“' | '”' | '–' | '—' => Some(sign),
        // Full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(sign as u32 - 0xfee0).map(|sign| sign.to_ascii_lowercase()),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}
