//! The nearest known name, if it is near enough to be a slip of the finger.

/// The known name that differs least from `name`; `None` if none is near. Earlier names win a tie.
///
/// Near means at most one change for every three characters, and at least one: an insertion, a deletion,
/// a replacement, or two neighbours swapped. Capitals count as equal to small letters.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut small = Small::default();
    let typed = small.letters(name).to_vec();
    let limit = (typed.len() / 3).max(1);
    let mut rows = Rows::default();
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let letters = small.letters(candidate);
        // Only what is nearer than the nearest so far is of interest.
        let limit = best.map_or(limit, |(least, _)| least - 1);
        // A single character that is replaced altogether has nothing in common with the other.
        let related = |changes: &usize| *changes < typed.len().max(letters.len());
        if let Some(changes) = rows.distance(&typed, letters, limit).filter(related) {
            best = Some((changes, candidate));
            if changes == 0 {
                break;
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The letters of a name, small ones all, in room that is used again for the next.
#[derive(Default)]
struct Small(Vec<char>);

impl Small {
    fn letters(&mut self, name: &str) -> &[char] {
        self.0.clear();
        self.0.extend(name.chars().flat_map(char::to_lowercase));
        &self.0
    }
}

/// Three rows of a table: for so many letters of one name, the changes that lead to each beginning of another. The room is used
/// again for the next: there are thousands of names.
#[derive(Default)]
struct Rows([Vec<usize>; 3]);

impl Rows {
    /// The optimal string alignment distance; `None` if it is more than `limit`.
    ///
    /// Source: F. Damerau, “A technique for computer detection and correction of spelling errors”, CACM 7(3), 1964.
    fn distance(&mut self, a: &[char], b: &[char], limit: usize) -> Option<usize> {
        if a.len().abs_diff(b.len()) > limit {
            return None;
        }
        let [before, previous, current] = &mut self.0;
        for row in [&mut *before, &mut *previous, &mut *current] {
            row.clear();
            row.extend(0..=b.len());
        }
        let mut least_before = 0;
        for i in 1..=a.len() {
            current[0] = i;
            let mut least = i;
            for j in 1..=b.len() {
                let replaced = previous[j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut changes = replaced.min(previous[j] + 1).min(current[j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    changes = changes.min(before[j - 2] + 1);
                }
                current[j] = changes;
                least = least.min(changes);
            }
            // Every row after these rests on one of them.
            if least.min(least_before) > limit {
                return None;
            }
            least_before = least;
            std::mem::swap(before, previous);
            std::mem::swap(previous, current);
        }
        Some(previous[b.len()]).filter(|changes| *changes <= limit)
    }
}

#[cfg(test)]
mod tests {
    //! From outside only the nearest name is seen, and no distance.

    use proptest::prelude::*;

    use super::*;

    /// The same as it is defined, without a limit and without anything left out.
    fn defined(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => {
                        let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        let mut changes = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            changes = changes.min(table[i - 2][j - 2] + 1);
                        }
                        changes
                    }
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn distances_are_as_defined_up_to_the_limit(names in prop::collection::vec("[ab渡]{0,9}", 2..6), limit in 0..6usize) {
            let names: Vec<Vec<char>> = names.iter().map(|name| name.chars().collect()).collect();
            let mut rows = Rows::default();
            for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))) {
                let changes = defined(a, b);
                prop_assert_eq!(rows.distance(a, b, limit), (changes <= limit).then_some(changes));
            }
        }
    }
}
