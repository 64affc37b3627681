//! From the path of a request to an address of the site. A request names a table entry, never a file on disk.

use crate::path::SitePath;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A path that no site can have: bad escapes, a NUL, a back-slash, `.` or `..`, two slashes at its beginning.
    Impossible,
    /// The file to look for.
    At {
        /// The address itself; `index.html` where a folder is asked for.
        path: SitePath,
        /// The page of the folder that may have been meant, if there is nothing at `path`.
        folder: Option<SitePath>,
    },
    /// Well written, but no address of a site: an empty folder name.
    Nowhere,
}

/// Reads the path of a request, which starts with `/`. Escapes are resolved once.
pub(super) fn read(request: &str) -> Address {
    let Some(path) = decode(request) else { return Address::Impossible };
    let climbs = path.split('/').any(|part| matches!(part, "." | ".."));
    let Some(path) =
        path.strip_prefix('/').filter(|path| !climbs && !path.starts_with('/') && !path.contains(['\\', '\0']))
    else {
        return Address::Impossible;
    };
    let is_folder = path.is_empty() || path.ends_with('/');
    let page = if is_folder { SitePath::new(&format!("{path}index.html")) } else { SitePath::new(path) };
    let folder = if is_folder { None } else { SitePath::new(&format!("{path}/index.html")) };
    page.map_or(Address::Nowhere, |path| Address::At { path, folder })
}

/// The address that a request means which names the folder that the site will live in, `/handbook/` or a lone `/`: here that
/// folder is the top. `None` for any other request.
pub(super) fn below(request: &str, folder: &str) -> Option<String> {
    let inside = request.strip_prefix(folder.trim_end_matches('/'))?;
    // Two slashes at the beginning would lead to another host.
    (folder != "/" && inside.starts_with('/') && !inside.starts_with("//")).then(|| inside.to_owned())
}

/// The pages that may tell of a missing address, nearest folder first.
pub(super) fn missing_pages(request: &str) -> impl Iterator<Item = SitePath> {
    let path = decode(request).unwrap_or_default();
    let path = path.strip_prefix('/').unwrap_or_default().to_owned();
    let ends: Vec<usize> = path.match_indices('/').map(|(slash, _)| slash + 1).collect();
    let folders = std::iter::once(0).chain(ends).collect::<Vec<_>>();
    folders.into_iter().rev().filter_map(move |end| SitePath::new(&format!("{}404.html", &path[..end])))
}

/// `None` for an escape that is not two hexadecimal digits, and for what is not UTF-8 then.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { hex(rest.next()?)? * 16 + hex(rest.next()?)? } else { byte });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    // A hexadecimal digit is below 16.
    char::from(digit).to_digit(16).map(|value| value as u8)
}
