//! Whether evidence is old or small by the handbook's own rule.
//!
//! The rule is the handbook's: without one, nothing is old and nothing is small. What nobody counted is not called small.

use super::here::Here;
use super::parts::Tag;
use crate::model::{Cadence, Date, EvidencePolicy, Insight};

/// What the rule finds in a piece of evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Freshness {
    /// Whether it was learned longer ago than evidence holds.
    pub old: bool,
    /// Whether fewer were asked or counted than there should be.
    pub small: bool,
}

/// Judges evidence learned on `date` from `sample` people or records, as of `today`. Evidence that is exactly as old as it
/// may be still holds, and so does a sample that is exactly as small.
pub fn freshness(policy: EvidencePolicy, date: Date, sample: Option<u32>, today: Date) -> Freshness {
    Freshness {
        old: policy.max_age.is_some_and(|age| date.after(age).is_over(today)),
        small: policy.min_sample.zip(sample).is_some_and(|(least, sample)| sample < least),
    }
}

impl Here<'_> {
    /// What the handbook's rule finds in a piece of evidence.
    pub fn freshness(&self, insight: &Insight) -> Freshness {
        freshness(self.handbook.settings.evidence, insight.date, insight.sample, self.handbook.today)
    }

    /// The same as words to stand beside it: `Old`, `Small`; empty for evidence that holds.
    pub fn flags(&self, insight: &Insight) -> Vec<Tag> {
        let Freshness { old, small } = self.freshness(insight);
        let flag = |key: &str| Tag { icon: "alert", text: self.words.get(key).to_owned(), strong: true };
        old.then(|| flag("evidence_old")).into_iter().chain(small.then(|| flag("evidence_small"))).collect()
    }

    /// The rules that a piece of evidence does not meet, in words; empty for evidence that holds.
    pub fn broken_rules(&self, insight: &Insight) -> Vec<String> {
        let EvidencePolicy { max_age, min_sample } = self.handbook.settings.evidence;
        let Freshness { old, small } = self.freshness(insight);
        let old = max_age.filter(|_| old).map(|age| {
            let (age, until) = (self.time(age), self.words.date(insight.date.after(age)));
            self.words.fill("evidence_old_why", &[("age", &age), ("day", &until)])
        });
        let small = min_sample.filter(|_| small).map(|least| self.words.count("evidence_small_why", least as usize));
        old.into_iter().chain(small).collect()
    }

    /// The handbook's rule in words; `None` if it has none.
    pub fn evidence_rule(&self) -> Option<String> {
        let EvidencePolicy { max_age, min_sample } = self.handbook.settings.evidence;
        let old = max_age.map(|age| self.words.fill("evidence_rule_old", &[("age", &self.time(age))]));
        let small = min_sample.map(|least| self.words.count("evidence_rule_small", least as usize));
        let told: Vec<String> = old.into_iter().chain(small).collect();
        (!told.is_empty()).then(|| told.join(self.words.get("sentences")))
    }

    /// A length of time in words.
    pub fn time(&self, time: Cadence) -> String {
        let months = (time.months > 0).then(|| self.words.count("months_count", usize::from(time.months)));
        let days = (time.days > 0).then(|| self.words.count("days_count", usize::from(time.days)));
        let told: Vec<String> = months.into_iter().chain(days).collect();
        self.words.list(told.iter().map(String::as_str))
    }
}
