//! How far a text goes on without a byte that means anything by itself.

/// How many bytes there are before the first that means something; all of them if none does.
///
/// Asked of every text, mostly in vain: eight bytes at a time without a branch, and one by one where there is one to find.
pub(crate) fn before(bytes: &[u8], means_something: impl Fn(u8) -> bool) -> usize {
    let (eights, _) = bytes.as_chunks::<8>();
    let any = |eight: &[u8; 8]| eight.iter().fold(false, |any, &byte| any | means_something(byte));
    let start = eights.iter().take_while(|eight| !any(eight)).count() * 8;
    let rest = &bytes[start..];
    start + rest.iter().position(|&byte| means_something(byte)).unwrap_or(rest.len())
}
