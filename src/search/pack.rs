//! Numbers as text: five bits a character, so that a list of sections takes little more than a byte for each.

/// 64 characters that a JavaScript string holds as they are.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of each character of the alphabet.
const DIGITS: [u8; 128] = {
    let mut digits = [0; 128];
    let mut value = 0;
    while value < 64 {
        digits[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    digits
};

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

/// The numbers of a text, as [`push`] made them.
pub(super) fn read(text: &str) -> impl Iterator<Item = u32> {
    let mut signs = text.bytes();
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0, 0);
        loop {
            let digit = u32::from(DIGITS[usize::from(signs.next()? & 127)]);
            number |= (digit & 31) << shift;
            if digit < 32 {
                return Some(number);
            }
            shift += 5;
        }
    })
}

/// Numbers in rising order as the steps between them.
pub fn steps(numbers: impl Iterator<Item = u32>) -> String {
    let (mut text, mut before) = (String::new(), 0);
    for number in numbers {
        push(&mut text, number - before);
        before = number;
    }
    text
}
