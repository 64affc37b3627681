//! A first handbook in a new folder, and a new file in a handbook.

use std::fs;
use std::io::Write;
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
        add(dir, path, bytes)?;
    }
    Ok(())
}

/// Writes a file that is not there yet, and its folder if need be.
///
/// # Errors
/// If there is such a file, or the file system says no.
pub fn add(dir: &Path, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let target = dir.join(path);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(Error::io("make", folder))?;
    }
    let file = fs::File::create_new(&target);
    file.and_then(|mut file| file.write_all(bytes)).map_err(Error::io("make", &target))
}
