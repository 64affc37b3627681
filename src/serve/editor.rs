//! Links that open a place of the handbook in the writer's editor.
//!
//! An editor that can be called by an address brings a scheme of its own, such as `vscode://`; the browser asks before
//! it follows one. Which editor it is, only the writer knows: there are no links unless somebody names it.

use std::fmt;
use std::path::Path;

/// Editors that are known by name, and the address that each of them answers to.
const KNOWN: [(&str, &str); 8] = [
    ("vscode", "vscode://file/{path}:{line}:{column}"),
    ("vscode-insiders", "vscode-insiders://file/{path}:{line}:{column}"),
    ("vscodium", "vscodium://file/{path}:{line}:{column}"),
    ("cursor", "cursor://file/{path}:{line}:{column}"),
    ("zed", "zed://file/{path}:{line}:{column}"),
    ("idea", "idea://open?file=/{path}&line={line}&column={column}"),
    ("sublime", "subl://open?url=file:///{path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file:///{path}&line={line}&column={column}"),
];

/// How an editor is called: an address with holes for the path, the line and the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    address: String,
}

/// Why a text names no editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoEditor(String);

impl fmt::Display for NoEditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        write!(f, "`{}` is no editor: say one of {names}, or an address such as `{}`", self.0, KNOWN[0].1)
    }
}

impl std::error::Error for NoEditor {}

impl Editor {
    /// The editor of this name, or the one that an address of one's own calls. Such an address has a scheme and a
    /// `{path}`, and may have a `{line}` and a `{column}`; a path has no `/` at its beginning.
    ///
    /// # Errors
    /// If it is neither: also for schemes that a browser does not hand on, such as `javascript:` and `http:`.
    pub fn named(text: &str) -> Result<Self, NoEditor> {
        let known = KNOWN.iter().find(|(name, _)| *name == text).map(|(_, address)| *address);
        let address = known.unwrap_or(text);
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        let own =
            !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        let handed_on =
            !["javascript", "data", "vbscript", "blob", "about", "file", "http", "https"].contains(&&*scheme);
        if own && handed_on && address.contains("{path}") {
            Ok(Self { address: address.to_owned() })
        } else {
            Err(NoEditor(text.to_owned()))
        }
    }

    /// The address that opens this place of a file; line and column count from 1.
    pub fn link(&self, file: &Path, line: usize, column: usize) -> String {
        let path = file.to_string_lossy().replace('\\', "/");
        let path = percent(path.trim_start_matches('/'));
        let address = self.address.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
        // The path comes last, so that nothing in it is taken for a hole.
        address.replace("{path}", &path)
    }
}

/// Every byte that is not plainly allowed in a path as a percent sign and two figures.
fn percent(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
