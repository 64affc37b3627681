//! A first handbook in a new folder.

use std::fs;
use std::path::Path;

use super::Error;

/// Writes these files into a folder that is new or empty.
///
/// # Errors
/// If the folder holds something already, or the file system says no.
pub fn scaffold(dir: &Path, files: &[(&Path, &[u8])]) -> Result<(), Error> {
    if dir.exists() {
        let mut entries = fs::read_dir(dir).map_err(Error::io("look into", dir))?;
        if entries.next().is_some() {
            return Err(Error::NotEmpty(dir.to_path_buf()));
        }
    }
    for (path, bytes) in files {
        let target = dir.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(Error::io("make", folder))?;
        }
        fs::write(&target, bytes).map_err(Error::io("write", &target))?;
    }
    Ok(())
}
