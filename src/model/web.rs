//! Where on the web a site lives.

use crate::path::SitePath;

/// The address of the site's top folder: `http` or `https`, a host, a path that ends with `/`, nothing behind it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebAddress(String);

impl WebAddress {
    /// The address `address`, with a `/` at its end. `parse` has made sure of the rest.
    pub(crate) fn new(address: &str) -> Self {
        let slash = if address.ends_with('/') { "" } else { "/" };
        Self(format!("{address}{slash}"))
    }

    /// The whole address, with a `/` at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its host, with a port if there is one.
    pub fn host(&self) -> &str {
        let after = self.0.split_once("://").map_or("", |(_, after)| after);
        after.split('/').next().unwrap_or_default()
    }

    /// The folder of its host that the site lies in, from `/` to `/`: a lone `/` for a site at the top.
    pub fn folder(&self) -> &str {
        let after = self.0.split_once("://").map_or("", |(_, after)| after);
        after.find('/').map_or("/", |slash| &after[slash..])
    }

    /// The address of a file of the site. The front page of the default language is the site itself.
    pub fn of(&self, path: &SitePath) -> String {
        match path.as_str() {
            "index.html" => self.0.clone(),
            path => format!("{}{}", self.0, percent(path)),
        }
    }
}

/// A path as part of an address: every byte that is not plainly allowed in one as a percent sign and two figures.
///
/// Source: RFC 3986, sections 2.1 and 2.3.
pub fn percent(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
