//! What is worth more than a page, and costs as much to make as thousands of them: kept outside the site for a later build.

use super::Site;
use crate::model::Reads;

/// Where pieces of work wait for a later build, each under a name of its own.
pub trait Stock: Sync {
    /// What was kept under a name, if all that was read for it is as it was; `None` if it is not, or if nothing was kept.
    fn take(&self, name: &str) -> Option<Vec<u8>>;

    /// Keeps what was made of these readings, instead of what was kept under that name.
    fn keep(&self, name: &str, reads: &Reads, bytes: &[u8]);
}

impl Site {
    /// Makes what is made once and rests on all pages, the index of the search, and takes from stock what of it need not be
    /// made. Without this it is made when somebody asks for it.
    pub fn make_index(&self, stock: &dyn Stock) {
        for language in &self.languages {
            let _ = self.made_of(language, Some(stock));
        }
    }
}
