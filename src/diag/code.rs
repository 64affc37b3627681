//! Every code there is, each with the page that explains it.
//!
//! A code is for good: authors quote it and search for it. Its page, `tests/spec/CODE.md`, is what
//! `journeybook explain CODE` prints and what the tests run, so an explanation cannot go stale.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The handbook is not published while this stands.
    Error,
    /// Published, but somebody should look.
    Warning,
    /// Nothing is wrong: something is missing that a handbook of good keeping has.
    Note,
}

impl Severity {
    /// Every severity with its name, the worst first.
    pub const ALL: &[(&'static str, Self)] =
        &[("error", Self::Error), ("warning", Self::Warning), ("note", Self::Note)];

    /// As programs and people read it: `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, severity)| *severity == self).map_or("", |(name, _)| name)
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident,)*) => {
        /// What kind of trouble a diagnostic tells of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each code has a page of its own, see `Code::page`")]
        pub enum Code { $($variant,)* }

        impl Code {
            /// Every code, in the order of the stages that find them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code as authors see it, such as `unknown-persona`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How bad it is unless a handbook says otherwise.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// The page that explains it, as Markdown.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../tests/spec/", $name, ".md")),)*
                }
            }
        }
    };
}

codes! {
    MissingSettings "missing-settings" Error,
    NotUtf8 "not-utf8" Error,
    FileTooLarge "file-too-large" Error,
    UnusedFile "unused-file" Warning,
    YamlSyntax "yaml-syntax" Error,
    WrongType "wrong-type" Error,
    UnknownKey "unknown-key" Error,
    MissingKey "missing-key" Error,
    DuplicateKey "duplicate-key" Error,
    DuplicateId "duplicate-id" Error,
    BadId "bad-id" Error,
    BadChoice "bad-choice" Error,
    FeelingOutOfRange "feeling-out-of-range" Error,
    NumberOutOfRange "number-out-of-range" Error,
    BadDate "bad-date" Error,
    BadDuration "bad-duration" Error,
    BadTime "bad-time" Error,
    TimeOutOfOrder "time-out-of-order" Error,
    BadReading "bad-reading" Error,
    NotDone "not-done" Error,
    UnknownLanguage "unknown-language" Error,
    UntranslatableKey "untranslatable-key" Error,
    UnknownCheck "unknown-check" Error,
    OrphanTranslation "orphan-translation" Error,
    UnknownBlock "unknown-block" Error,
    NoCorrectAnswer "no-correct-answer" Error,
    UnknownScheme "unknown-scheme" Error,
    BadAlias "bad-alias" Error,
    UnsafeLink "unsafe-link" Error,
    EditWithoutPath "edit-without-path" Error,
    BadUrl "bad-url" Error,
    PublicWithoutUrl "public-without-url" Warning,
    AbsoluteLink "absolute-link" Error,
    MalformedLink "malformed-link" Warning,
    ImageWithoutText "image-without-text" Warning,
    HtmlDropped "html-dropped" Warning,
    UnknownPersona "unknown-persona" Error,
    UnknownMap "unknown-map" Error,
    UnknownTouchpoint "unknown-touchpoint" Error,
    UnknownChannel "unknown-channel" Error,
    UnknownInsight "unknown-insight" Error,
    UnknownOpportunity "unknown-opportunity" Error,
    UnknownMetric "unknown-metric" Error,
    UnknownTeam "unknown-team" Error,
    UnknownCourse "unknown-course" Error,
    UnknownLesson "unknown-lesson" Error,
    UnknownWalkthrough "unknown-walkthrough" Error,
    UnknownTerm "unknown-term" Error,
    UnknownPage "unknown-page" Error,
    UnknownStage "unknown-stage" Error,
    UnknownStep "unknown-step" Error,
    UnknownFailPoint "unknown-fail-point" Error,
    UnknownStageSet "unknown-stage-set" Error,
    UnknownLane "unknown-lane" Error,
    UnknownTheme "unknown-theme" Error,
    BrokenAnchor "broken-anchor" Error,
    LinkToDraft "link-to-draft" Error,
    MissingAsset "missing-asset" Error,
    CyclicParents "cyclic-parents" Error,
    AddressTaken "address-taken" Error,
    EmptyStage "empty-stage" Warning,
    EmptyQuadrant "empty-quadrant" Warning,
    MissingOutcome "missing-outcome" Warning,
    QuoteWithoutEvidence "quote-without-evidence" Warning,
    TooFewPersonas "too-few-personas" Error,
    PersonaNotOnMap "persona-not-on-map" Error,
    IdleDifference "idle-difference" Warning,
    UnreachedStep "unreached-step" Warning,
    DeadEnd "dead-end" Warning,
    FrontstageWithoutCustomer "frontstage-without-customer" Error,
    LaneWithoutTeam "lane-without-team" Warning,
    UnusedFailPoint "unused-fail-point" Warning,
    MissingBaseline "missing-baseline" Warning,
    WrongBaseline "wrong-baseline" Error,
    NothingMatches "nothing-matches" Warning,
    MomentWithoutOwner "moment-without-owner" Note,
    PainWithoutOpportunity "pain-without-opportunity" Note,
    OpportunityWithoutOwner "opportunity-without-owner" Note,
    OpportunityWithoutMetric "opportunity-without-metric" Note,
    OpportunityWithoutPain "opportunity-without-pain" Note,
    StageWithoutTouchpoint "stage-without-touchpoint" Note,
    UnusedTouchpoint "unused-touchpoint" Note,
    RetiredTouchpoint "retired-touchpoint" Warning,
    PersonaWithoutMap "persona-without-map" Note,
    MapWithoutPurpose "map-without-purpose" Note,
    MapWithoutOwner "map-without-owner" Note,
    MapWithoutReview "map-without-review" Note,
    OverdueReview "overdue-review" Warning,
    FigureWithoutEvidence "figure-without-evidence" Note,
    OldEvidence "old-evidence" Warning,
    SmallEvidence "small-evidence" Warning,
    FlatFeelings "flat-feelings" Note,
    TooManySteps "too-many-steps" Note,
    UnlistedGuide "unlisted-guide" Note,
    MissingTranslation "missing-translation" Note,
    OutdatedTranslation "outdated-translation" Warning,
    PartialTranslation "partial-translation" Note,
    IdleCheck "idle-check" Note,
    TemplateError "template-error" Error,
    WrongPlaceholder "wrong-placeholder" Error,
    MissingPlural "missing-plural" Warning,
    UnknownString "unknown-string" Warning,
    MissingStrings "missing-strings" Warning,
}

impl Code {
    /// The code called `name`.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether it is a rule: a handbook or an item may set how bad it is. An error that means something cannot be made
    /// is none.
    pub fn is_rule(self) -> bool {
        self.severity() != Severity::Error
    }

    /// What it means, as its page says before the first example: one paragraph or more, as Markdown.
    pub fn meaning(self) -> &'static str {
        let page = self.page();
        let text = page.split_once('\n').map_or("", |(_, rest)| rest);
        text.split("\n## ").next().unwrap_or_default().trim()
    }

    /// The first sentence of its meaning, on one line.
    pub fn summary(self) -> String {
        let first = self.meaning().split("\n\n").next().unwrap_or_default();
        let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = line.find(". ").map_or(line.len(), |at| at + 1);
        line[..end].to_owned()
    }
}
