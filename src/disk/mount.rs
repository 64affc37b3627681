//! Where a folder lies, as far as it matters to whoever wants to hear of changes in it.
//!
//! The system announces what this machine does to its own disks. What others do on a shared one it does not know, so such a
//! folder has to be looked at.

use std::path::Path;

/// File systems whose changes nobody announces, by the number that Linux gives them.
///
/// Source: `statfs(2)`, and the headers of the file systems that it does not list.
const DISTANT: [(u64, &str); 12] = [
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB2"),
    (0x0102_1997, "9p, as WSL mounts the disks of Windows"),
    (0x5346_414f, "AFS"),
    (0x7375_7245, "Coda"),
    (0x564c, "NCP"),
    (0x00c3_6400, "Ceph"),
    (0x786f_4256, "a folder shared with a virtual machine"),
    (0xbacb_acbc, "a folder shared with a virtual machine"),
    (0x6573_5546, "FUSE"),
];

/// File systems of Linux that keep, for every file, the time at which anything about it changed, as nobody else sets it.
///
/// Source: the headers of these file systems. Those of Windows and of cameras keep none, or take the time of writing for it.
const KEEPERS: [u64; 8] = [
    0xef53,      // ext2, ext3, ext4
    0x5846_5342, // XFS
    0x9123_683e, // Btrfs
    0x0102_1994, // tmpfs
    0xf2f5_2010, // F2FS
    0xca45_1a4e, // bcachefs
    0x2fc1_2fc1, // ZFS
    0x794c_7630, // overlayfs
];

/// Whether a folder is on a disk of which we know that it keeps the time at which anything about a file changed.
pub(super) fn keeps_changes(folder: &Path) -> bool {
    number(folder).is_some_and(|number| KEEPERS.contains(&number))
}

/// Why changes in a folder cannot be relied on to be announced, in words for people; `None` if they can be, as far as we
/// can tell.
pub fn unannounced(folder: &Path) -> Option<String> {
    let kind = number(folder).and_then(kind_of);
    kind.map(|kind| format!("the folder is on a file system that announces no changes ({kind})")).or_else(|| {
        let windows = is_drive_of_windows(folder) && is_wsl();
        windows.then(|| "the folder is on a disk of Windows, which announces no changes to WSL".to_owned())
    })
}

/// What a file system is called whose changes nobody announces; `None` for any other.
fn kind_of(number: u64) -> Option<&'static str> {
    DISTANT.iter().find(|(known, _)| *known == number).map(|(_, name)| *name)
}

/// Whether a path is below `/mnt/c` or the like.
fn is_drive_of_windows(folder: &Path) -> bool {
    let text = folder.to_string_lossy();
    let drive = text.strip_prefix("/mnt/").and_then(|rest| rest.split('/').next());
    drive.is_some_and(|drive| drive.len() == 1 && drive.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn is_wsl() -> bool {
    std::fs::read_to_string("/proc/version").is_ok_and(|version| version.to_ascii_lowercase().contains("microsoft"))
}

#[cfg(target_os = "linux")]
fn number(folder: &Path) -> Option<u64> {
    let number = rustix::fs::statfs(folder).ok()?.f_type;
    // Whether the system's own type has a sign differs; 32 bits is what there is.
    Some(u64::from(number as u32))
}

#[cfg(not(target_os = "linux"))]
fn number(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::{is_drive_of_windows, kind_of, unannounced};
    use std::path::Path;

    #[test]
    fn a_shared_folder_is_told_from_a_disk() {
        assert_eq!(kind_of(0x6969), Some("NFS"));
        assert!(kind_of(0xff53_4d42).is_some() && kind_of(0x0102_1997).is_some());
        // ext4, tmpfs, btrfs, xfs, overlay.
        for disk in [0xef53, 0x0102_1994, 0x9123_683e, 0x5846_5342, 0x794c_7630] {
            assert_eq!(kind_of(disk), None, "{disk:x}");
        }
        assert!(is_drive_of_windows(Path::new("/mnt/c/Users/mei")) && is_drive_of_windows(Path::new("/mnt/D")));
        assert!(!is_drive_of_windows(Path::new("/mnt/data/c")) && !is_drive_of_windows(Path::new("/home/c")));
        assert_eq!(unannounced(Path::new(env!("CARGO_MANIFEST_DIR"))), None);
        // What others may write to keeps no time that we could believe.
        assert!(super::KEEPERS.iter().all(|number| kind_of(*number).is_none()));
    }
}
