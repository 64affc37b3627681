//! Coordinates as text, as short as they can be. A drawing has thousands of them, and a general formatter looks for the
//! shortest of all fractions; here their grid is known.

/// The longest number with its point and its sign.
const LONGEST: usize = 16;

/// Appends a number to the nearest tenth, halves away from zero; never `-0`. Beyond 400 million it is cut short.
pub fn tenths(text: &mut String, number: f64) {
    let (digits, count) = fixed::<1>(grid(number, 10.0), number < 0.0);
    text.push_str(std::str::from_utf8(&digits[..count]).unwrap_or_default());
}

/// The same to bytes.
#[inline]
pub fn tenths_into(text: &mut Vec<u8>, number: f64) {
    let (digits, count) = fixed::<1>(grid(number, 10.0), number < 0.0);
    push(text, &digits, count);
}

/// Appends a number to the nearest hundredth, halves away from zero; never `-0`. Beyond 40 million it is cut short.
#[inline]
pub fn hundredths(text: &mut Vec<u8>, number: f64) {
    let parts = grid(number, 100.0);
    // Most numbers are whole and have a few digits.
    if parts < 1_000_000 && number >= 0.0 && parts.is_multiple_of(100) {
        return whole(text, parts / 100);
    }
    let (digits, count) = fixed::<2>(parts, number < 0.0);
    push(text, &digits, count);
}

/// A number to the nearest hundredth, as a percentage.
pub fn percent(number: f64) -> String {
    let (digits, count) = fixed::<2>(grid(number, 100.0), number < 0.0);
    let mut text = String::with_capacity(count + 1);
    text.push_str(std::str::from_utf8(&digits[..count]).unwrap_or_default());
    text.push('%');
    text
}

/// Appends a number to the nearest thousandth, without a zero before the point: `.542`.
pub fn thousandths(text: &mut Vec<u8>, number: f64) {
    let (digits, count) = fixed::<3>(grid(number, 1000.0), number < 0.0);
    let digits = &digits[..count];
    text.extend_from_slice(digits.strip_prefix(b"0").filter(|rest| !rest.is_empty()).unwrap_or(digits));
}

/// How many parts of the grid.
#[inline]
fn grid(number: f64, parts: f64) -> u32 {
    (number.abs() * parts + 0.5) as u32
}

/// Appends a whole number below 10,000.
#[inline]
fn whole(text: &mut Vec<u8>, number: u32) {
    let digit = |number: u32| b'0' + (number % 10) as u8;
    match number {
        0..=9 => text.push(digit(number)),
        10..=99 => text.extend_from_slice(&[digit(number / 10), digit(number)]),
        100..=999 => text.extend_from_slice(&[digit(number / 100), digit(number / 10), digit(number)]),
        _ => {
            text.extend_from_slice(&[digit(number / 1000), digit(number / 100), digit(number / 10), digit(number)]);
        }
    }
}

/// Appends the first of some digits.
#[inline]
fn push(text: &mut Vec<u8>, digits: &[u8; LONGEST], count: usize) {
    let end = text.len() + count;
    // A copy of a known length takes no more than two instructions.
    text.extend_from_slice(digits);
    text.truncate(end);
}

/// The digits of a number with so many places after its point, and how many there are.
#[inline]
fn fixed<const PLACES: u32>(parts: u32, negative: bool) -> ([u8; LONGEST], usize) {
    let mut digits = [0; LONGEST];
    let mut count = 0;
    let mut push = |digit: u8| {
        digits[count] = digit;
        count += 1;
    };
    if negative && parts > 0 {
        push(b'-');
    }
    let mut unit = 10_u32.pow(PLACES);
    let (whole, mut rest) = (parts / unit, parts % unit);
    let digit = |number: u32| b'0' + (number % 10) as u8;
    // Nearly all are of a few digits.
    let mut above = 10_000;
    while whole >= above {
        above *= 10;
    }
    while above > 10_000 {
        above /= 10;
        push(digit(whole / above));
    }
    if whole >= 1000 {
        push(digit(whole / 1000));
    }
    if whole >= 100 {
        push(digit(whole / 100));
    }
    if whole >= 10 {
        push(digit(whole / 10));
    }
    push(digit(whole));
    if rest > 0 {
        push(b'.');
        // Zeros at the end say nothing.
        while rest > 0 {
            unit /= 10;
            push(digit(rest / unit));
            rest %= unit;
        }
    }
    (digits, count)
}
