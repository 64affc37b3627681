//! The nearest known name, if it is near enough to be a slip of the finger.

/// The known name that differs least from `name`; `None` if none is near. Earlier names win a tie.
///
/// Near means at most one change for every three characters, and at least one: an insertion, a deletion,
/// a replacement, or two neighbours swapped. Capitals count as equal to small letters.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = name.to_lowercase().chars().collect();
    let limit = (typed.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let chars: Vec<char> = candidate.to_lowercase().chars().collect();
        if chars.len().abs_diff(typed.len()) > limit {
            continue;
        }
        let changes = distance(&typed, &chars);
        // A single character that is replaced altogether has nothing in common with the other.
        let related = changes < typed.len().max(chars.len());
        if related && changes <= limit && best.is_none_or(|(least, _)| changes < least) {
            best = Some((changes, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance.
///
/// Source: F. Damerau, “A technique for computer detection and correction of spelling errors”, CACM 7(3), 1964.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut current = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = previous[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            current[j] = replaced.min(previous[j] + 1).min(current[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                current[j] = current[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous[b.len()]
}
