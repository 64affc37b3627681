//! Texts and numbers as markup, written so that the usual ones cost little.

use crate::views::digits;

/// Writes as markup the text of some length with which `from` begins. Most are short, and hold nothing that has to be written
/// otherwise.
#[inline]
pub(super) fn text_of(from: &[u8], length: usize, out: &mut Vec<u8>) {
    match from.first_chunk::<16>() {
        Some(chunk) if length <= 16 => {
            // What stands behind it means nothing.
            let (mut few, masks) = (*chunk, &FIRST[length]);
            for (byte, mask) in few.iter_mut().zip(masks) {
                *byte &= mask;
            }
            if is_special(&few) {
                return text(&from[..length], out);
            }
            // A copy of a known length takes no more than two instructions.
            out.extend_from_slice(&few);
            out.truncate(out.len() - few.len() + length);
        }
        _ => text(&from[..length], out),
    }
}

/// Of sixteen bytes the first, by how many.
static FIRST: [[u8; 16]; 17] = {
    let (mut masks, mut length) = ([[0; 16]; 17], 0);
    while length <= 16 {
        let mut at = 0;
        while at < length {
            masks[length][at] = 0xff;
            at += 1;
        }
        length += 1;
    }
    masks
};

/// Writes a text as markup.
pub(super) fn text(text: &[u8], out: &mut Vec<u8>) {
    if text.len() <= 16 {
        let few = padded(text);
        if !is_special(&few) {
            // A copy of a known length takes no more than two instructions.
            out.extend_from_slice(&few);
            out.truncate(out.len() - few.len() + text.len());
            return;
        }
    } else if is_plain(text) {
        out.extend_from_slice(text);
        return;
    }
    if let Err(error) = tera::escape_html(&String::from_utf8_lossy(text), out) {
        panic!("bug: memory cannot be written to: {error}");
    }
}

/// Whether nothing in a text has to be written otherwise as markup.
pub(in crate::render) fn is_plain(text: &[u8]) -> bool {
    let Some(last) = text.last_chunk::<16>() else { return !is_special(&padded(text)) };
    // The last may have some bytes of the one before it once more.
    !text.as_chunks::<16>().0.iter().any(is_special) && !is_special(last)
}

/// Up to sixteen bytes, with what means nothing behind them.
fn padded(text: &[u8]) -> [u8; 16] {
    let mut all = [0; 16];
    all[..text.len()].copy_from_slice(text);
    all
}

/// Whether any of some bytes means something in markup. All are asked, and without a branch, so that the machine may ask
/// them in one step.
#[inline(always)]
fn is_special(bytes: &[u8; 16]) -> bool {
    let is = |byte: u8, sign: u8| u8::from(byte == sign);
    // `&` and `'` differ by a bit, and so do `<` and `>`.
    let special = |byte| is(byte | 1, b'\'') | is(byte | 2, b'>') | is(byte, b'"');
    bytes.iter().fold(0, |any, &byte| any | special(byte)) != 0
}

/// Writes a whole number.
pub(super) fn whole(number: i64, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    let from = out.len();
    let mut rest = number.unsigned_abs();
    loop {
        out.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out[from..].reverse();
}

/// Writes a number that need not be whole, as short as it can be; one that is whole ends in `.0`.
pub(super) fn fraction(number: f64, out: &mut Vec<u8>) {
    let tenths = (number * 10.0).round();
    // Nearly all are places in a drawing, which has a grid of tenths.
    if number.fract() != 0.0 && number.abs() < 1e6 && tenths / 10.0 == number {
        let mut text = String::with_capacity(8);
        digits::tenths(&mut text, number);
        out.extend_from_slice(text.as_bytes());
    } else {
        out.extend_from_slice(format!("{number:?}").as_bytes());
    }
}
