//! What a site rests on, in numbers that outlive the program: by them a later build knows which pages it need not make.

use super::Site;
use crate::hash::digest;
use crate::model::Digests;
use crate::views::everything::Order;

impl Site {
    /// What it rests on: the nouns that its pages read, and, as their frame, all that pages share: the plan, the theme, the head
    /// and foot of the site. What stands at an address is the same in two sites of one frame, if nothing that is
    /// [read](crate::model::watch) for it differs; but for a file that is copied, which is what it is.
    ///
    /// What is made of the same as it was `before`, if that is known, is not looked at.
    pub fn digests(&self, before: Option<&Digests>) -> Digests {
        let mut digests = self.handbook.digests(before);
        let same_maps = before.filter(|before| before.of_maps == digests.of_maps);
        let (plan, parts) = self.pages.digests(&self.handbook, same_maps.map(|before| &*before.nouns));
        digests.nouns[..parts.len()].copy_from_slice(&parts);
        let (number, found) = self.verdict.digest();
        digests.nouns[number as usize] = found;
        let (number, titles) = Order::digest(&self.handbook);
        digests.nouns[number as usize] = titles;
        let shared: Vec<u64> =
            self.languages.iter().map(|language| digest(&format!("{:?}", self.frame(language)))).collect();
        Digests { frame: digest(&(digests.frame, plan, self.theme.own, shared)), ..digests }
    }
}
