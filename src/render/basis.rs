//! What a site rests on, in numbers that outlive the program: by them a later build knows which pages it need not make.

use super::Site;
use crate::hash::digest;
use crate::model::{Digests, Names};
use crate::views::everything::Order;

impl Site {
    /// What it rests on: the nouns that its pages read, and, as their frame, all that pages share: the plan, the theme, the head
    /// and foot of the site. What stands at an address is the same in two sites of one frame, if nothing that is
    /// [read](crate::model::watch) for it differs; but for a file that is copied, which is what it is.
    ///
    /// What is made of the same as it was `before`, if that is known, is not looked at.
    pub fn digests(&self, before: Option<&Digests>) -> Digests {
        let names = Names::of(&self.handbook);
        let mut digests = self.handbook.digests(&names, before);
        let plan = self.pages.digest(&self.handbook, &names, &mut digests);
        let (number, found) = self.verdict.digest();
        digests.set(number, found);
        let (number, titles) = Order::digest(&self.handbook);
        digests.set(number, titles);
        let shared: Vec<u64> =
            self.languages.iter().map(|language| digest(&format!("{:?}", self.frame(language)))).collect();
        Digests { frame: digest(&(digests.frame, plan, self.theme.own, shared)), ..digests }
    }
}
