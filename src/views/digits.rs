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
    let (digits, count) = fixed::<2>(grid(number, 100.0), number < 0.0);
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
    let mut count = usize::from(negative && parts > 0);
    if count > 0 {
        digits[0] = b'-';
    }
    let mut unit = 10_u32.pow(PLACES);
    let (whole, mut rest) = (parts / unit, parts % unit);
    match SHORT.get(whole as usize) {
        Some(&[hundreds, tens, ones, length]) => {
            digits[count] = hundreds;
            digits[count + 1] = tens;
            digits[count + 2] = ones;
            count += usize::from(length);
        }
        None => {
            let mut above = 1000;
            while whole / above >= 10 {
                above *= 10;
            }
            while above > 0 {
                digits[count] = digit(whole / above);
                count += 1;
                above /= 10;
            }
        }
    }
    if rest > 0 {
        digits[count % LONGEST] = b'.';
        count += 1;
    }
    // Zeros at the end say nothing.
    while rest > 0 {
        unit /= 10;
        digits[count % LONGEST] = digit(rest / unit);
        count += 1;
        rest %= unit;
    }
    (digits, count)
}

/// The digits of the whole numbers below a thousand, and how many each has: nearly all numbers are one of these.
static SHORT: [[u8; 4]; 1000] = {
    let (mut short, mut number) = ([[0; 4]; 1000], 0);
    while number < 1000 {
        let [hundreds, tens, ones] = [digit(number / 100), digit(number / 10), digit(number)];
        short[number as usize] = match number {
            0..10 => [ones, 0, 0, 1],
            10..100 => [tens, ones, 0, 2],
            _ => [hundreds, tens, ones, 3],
        };
        number += 1;
    }
    short
};

/// The last digit of a whole number.
const fn digit(number: u32) -> u8 {
    b'0' + (number % 10) as u8
}
