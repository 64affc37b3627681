//! Coordinates as text, as short as they can be. A drawing has thousands of them, and a general formatter looks for the
//! shortest of all fractions; here their grid is known.

/// The longest number.
const LONGEST: usize = 16;

/// Appends a number to the nearest tenth, halves away from zero; never `-0`. Beyond 400 million it is cut short.
pub fn tenths(text: &mut String, number: f64) {
    let mut buffer = [0; LONGEST];
    let digits = fixed::<1>(number, &mut buffer);
    text.push_str(std::str::from_utf8(digits).unwrap_or_default());
}

/// Appends a number to the nearest hundredth, halves away from zero; never `-0`. Beyond 40 million it is cut short.
pub fn hundredths(text: &mut Vec<u8>, number: f64) {
    text.extend_from_slice(fixed::<2>(number, &mut [0; LONGEST]));
}

/// The digits, from the last to the first into a buffer's end.
#[inline]
fn fixed<const PLACES: usize>(number: f64, buffer: &mut [u8; LONGEST]) -> &[u8] {
    let mut rest = (number.abs() * if PLACES == 1 { 10.0 } else { 100.0 } + 0.5) as u32;
    let negative = number < 0.0 && rest > 0;
    let mut at = LONGEST;
    for _ in 0..PLACES {
        let digit = (rest % 10) as u8;
        rest /= 10;
        // Zeros at the end say nothing.
        if digit > 0 || at < LONGEST {
            at -= 1;
            buffer[at] = b'0' + digit;
        }
    }
    if at < LONGEST {
        at -= 1;
        buffer[at] = b'.';
    }
    loop {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if negative {
        at -= 1;
        buffer[at] = b'-';
    }
    &buffer[at..]
}
