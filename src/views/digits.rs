//! Coordinates as text, as short as they can be. A drawing has thousands of them, and a general formatter looks for the
//! shortest of all fractions; here their grid is known.

/// Appends a number to the nearest tenth, halves away from zero; never `-0`.
pub fn tenths(text: &mut String, number: f64) {
    fixed::<1>(text, number);
}

/// Appends a number to the nearest hundredth, halves away from zero; never `-0`.
pub fn hundredths(text: &mut String, number: f64) {
    fixed::<2>(text, number);
}

/// The digits from the last to the first, written into a buffer's end.
fn fixed<const PLACES: usize>(text: &mut String, number: f64) {
    let scaled = number.abs() * if PLACES == 1 { 10.0 } else { 100.0 };
    let mut rest = (scaled + 0.5) as u64;
    let mut buffer = [0_u8; 24];
    let mut at = buffer.len();
    let mut push = |byte: u8| {
        at -= 1;
        buffer[at] = byte;
    };
    let negative = number < 0.0 && rest > 0;
    let mut fraction = false;
    for _ in 0..PLACES {
        let digit = (rest % 10) as u8;
        rest /= 10;
        // Zeros at the end say nothing.
        if digit > 0 || fraction {
            fraction = true;
            push(b'0' + digit);
        }
    }
    if fraction {
        push(b'.');
    }
    loop {
        push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if negative {
        push(b'-');
    }
    text.push_str(std::str::from_utf8(&buffer[at..]).unwrap_or_default());
}
