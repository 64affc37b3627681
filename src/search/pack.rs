//! Numbers as text: five bits a character, so that a list of sections takes little more than a byte for each.

/// 64 characters that a JavaScript string holds as they are.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends a number: the lowest five bits first, a sixth bit where more follow.
pub(super) fn push(text: &mut String, mut number: u32) {
    loop {
        let (low, rest) = (number & 31, number >> 5);
        let more = if rest > 0 { 32 } else { 0 };
        text.push(char::from(ALPHABET[(low | more) as usize]));
        if rest == 0 {
            return;
        }
        number = rest;
    }
}
