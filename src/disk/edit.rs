//! A handbook's own file, changed in place: the old text or the new one, never half of each.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::{Error, asset_file};
use crate::path::HandbookPath;

/// Puts `text` in the place of the text of `path`, a file of the handbook in `root`. A byte-order mark, the file's rights and
/// a link that leads to it stay.
///
/// # Errors
/// If the file is not there or the file system says no; the file is then what it was.
pub fn replace(root: &Path, path: &HandbookPath, text: &str) -> Result<(), Error> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let named = asset_file(root, path);
    let file = fs::canonicalize(&named).map_err(Error::io("find", &named))?;
    let folder = file.parent().unwrap_or(root);
    let before = fs::read(&file).map_err(Error::io("read", &file))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // Hidden, so that a preview that watches the folder takes no notice of it.
    let new = folder.join(format!(".{name}.{}.new", std::process::id()));
    let written = (|| -> io::Result<()> {
        let mut out = fs::File::create_new(&new)?;
        if before.starts_with(MARK) {
            out.write_all(MARK)?;
        }
        out.write_all(text.as_bytes())?;
        out.set_permissions(fs::metadata(&file)?.permissions())?;
        out.sync_all()?;
        drop(out);
        fs::rename(&new, &file)
    })();
    written.map_err(|why| {
        // Whether or not it can be taken away, what failed is what matters.
        let _ = fs::remove_file(&new);
        Error::Io { doing: "change", path: file, why }
    })
}
