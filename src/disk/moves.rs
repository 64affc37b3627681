//! Putting a few files of a finished tree in place of the old ones, one after another.
//!
//! That takes a moment, whatever the size of the site, and leaves all other files and their folders untouched. A build killed
//! just then leaves files of which each is whole, and some are the new ones. In between, the list of what is ours never lacks
//! a file that is there: what goes, goes before the list changes, and what comes, comes after.

use std::io;
use std::path::Path;

use super::manifest::{MANIFEST, Manifest};
use super::pair::Pair;

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    /// It leaves the site.
    Out,
    /// It changes places with the one that is there.
    Exchange,
    /// It comes into the site, where nothing is.
    In,
}

impl Move {
    /// What undoes it.
    fn back(self) -> Self {
        match self {
            Self::Out => Self::In,
            Self::Exchange => Self::Exchange,
            Self::In => Self::Out,
        }
    }

    fn make<'p>(self, between: &mut Pair<'p>, path: &'p str) -> io::Result<()> {
        match self {
            Self::Out => between.take(path),
            Self::Exchange => between.exchange(path),
            Self::In => between.put(path),
        }
    }
}

/// All that has to be moved to make one site of another, in order.
#[derive(Debug)]
pub(super) struct Moves<'a>(Vec<(Move, &'a str)>);

impl<'a> Moves<'a> {
    /// The moves that make a site with one manifest of that with another. `differ` says of a file that both list, by its number in
    /// `after`, whether it is another one.
    pub(super) fn between(before: &'a Manifest, after: &'a Manifest, differ: impl Fn(usize) -> bool) -> Self {
        let (stay, were) = (after.lists_each(before.paths()), before.lists_each(after.paths()));
        let gone = before.paths().iter().zip(stay).filter(|(_, stays)| !stays);
        let gone = gone.map(|(path, _)| (Move::Out, path.as_str()));
        let new = after.paths().iter().zip(were).enumerate().filter_map(|(number, (path, was))| match was {
            true => differ(number).then_some((Move::Exchange, path.as_str())),
            false => Some((Move::In, path.as_str())),
        });
        Self(gone.chain([(Move::Exchange, MANIFEST)]).chain(new).collect())
    }

    /// How many files come, go or change.
    pub(super) fn count(&self) -> usize {
        self.0.len() - 1
    }

    /// Makes them all, between the folder of what is new and that of the site, and says whether that was possible: of moves of
    /// which one cannot be made, none is.
    ///
    /// # Errors
    /// If one cannot be made, and those before it cannot be taken back: both folders hold some of both sites then.
    pub(super) fn make_all(&self, new: &Path, out: &Path) -> io::Result<bool> {
        let Ok(mut between) = Pair::open(new, out) else { return Ok(false) };
        for (done, (way, path)) in self.0.iter().enumerate() {
            if way.make(&mut between, path).is_err() {
                self.0[..done].iter().rev().try_for_each(|(way, path)| way.back().make(&mut between, path))?;
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[cfg(all(test, any(target_os = "linux", target_os = "macos")))]
mod tests {
    //! A move that fails in the middle is nothing that a test from outside can bring about.
    #![expect(clippy::unwrap_used, reason = "a test may stop at once")]

    use std::collections::BTreeMap;
    use std::fs;

    use super::*;
    use crate::path::SitePath;

    #[test]
    fn nothing_moves_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        for tree in ["new/a", "out/a", "else"] {
            fs::create_dir_all(at(tree)).unwrap();
            fs::write(at(tree).join("b"), tree).unwrap();
        }
        let manifest = Manifest::new([SitePath::new("a/b").unwrap()].iter());
        ["new", "out"].iter().for_each(|tree| manifest.write(&at(tree)).unwrap());
        fs::rename(at("out/a"), at("aside")).unwrap();
        std::os::unix::fs::symlink(at("else"), at("out/a")).unwrap();
        assert!(!Moves::between(&manifest, &manifest, |_| true).make_all(&at("new"), &at("out")).unwrap());
        assert_eq!(
            ["else/b", "new/a/b", "aside/b"].map(|file| fs::read_to_string(at(file)).unwrap()),
            ["else", "new/a", "out/a"]
        );
    }

    /// A folder with these files and a manifest of them; each holds what it is called, after `word`.
    fn tree(folder: &Path, word: &str, names: &[&str]) -> Manifest {
        fs::create_dir(folder).unwrap();
        names.iter().for_each(|name| fs::write(folder.join(name), format!("{word} {name}")).unwrap());
        let paths: Vec<_> = names.iter().map(|name| SitePath::new(name).unwrap()).collect();
        let manifest = Manifest::new(paths.iter());
        manifest.write(folder).unwrap();
        manifest
    }

    fn contents(folder: &Path) -> BTreeMap<String, String> {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files
            .map(|file| (file.file_name().unwrap().to_str().unwrap().into(), fs::read_to_string(&file).unwrap()))
            .collect()
    }

    #[test]
    fn files_come_go_and_change_or_all_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let (new, out) = (folder.path().join("new"), folder.path().join("out"));
        let before = tree(&out, "old", &["changed", "gone", "same"]);
        let after = tree(&new, "new", &["changed", "come", "same"]);
        fs::remove_file(new.join("same")).unwrap();
        let moves = Moves::between(&before, &after, |number| after.paths()[number].as_str() == "changed");
        assert_eq!(moves.count(), 3);
        let trees = || (contents(&new), contents(&out));
        let were = trees();

        // Whichever move is the one that fails.
        for missing in
            ["out/gone", "new/.journeybook-manifest", "new/changed", "new/come"].map(|file| folder.path().join(file))
        {
            let aside = folder.path().join("aside");
            fs::rename(&missing, &aside).unwrap();
            assert!(!moves.make_all(&new, &out).unwrap(), "{}", missing.display());
            fs::rename(&aside, &missing).unwrap();
            assert_eq!(trees(), were, "{}", missing.display());
        }
        fs::write(out.join("come"), "somebody's").unwrap();
        assert!(!moves.make_all(&new, &out).unwrap());
        assert_eq!(fs::read_to_string(out.join("come")).unwrap(), "somebody's");
        fs::remove_file(out.join("come")).unwrap();
        assert_eq!(trees(), were);

        assert!(moves.make_all(&new, &out).unwrap());
        let mut texts = contents(&out);
        assert_eq!(texts.remove(MANIFEST).unwrap(), were.0[MANIFEST]);
        assert_eq!(texts.into_values().collect::<Vec<_>>(), ["new changed", "new come", "old same"]);
        assert_eq!(contents(&new).into_keys().collect::<Vec<_>>(), [MANIFEST, "changed", "gone"]);
    }
}
