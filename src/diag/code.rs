//! Every code there is, each with the page that explains it.
//!
//! A code is for good: authors quote it and search for it. Its page, `tests/spec/CODE.md`, is what
//! `journeybook explain CODE` prints and what the tests run, so an explanation cannot go stale.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The handbook is not published while this stands.
    Error,
    /// Published, but somebody should look.
    Warning,
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

            /// How bad it is.
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
    OrphanTranslation "orphan-translation" Error,
    UnknownBlock "unknown-block" Error,
    NoCorrectAnswer "no-correct-answer" Error,
    UnknownScheme "unknown-scheme" Error,
    UnsafeLink "unsafe-link" Error,
    AbsoluteLink "absolute-link" Error,
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
    UnknownTerm "unknown-term" Error,
    UnknownPage "unknown-page" Error,
    UnknownStage "unknown-stage" Error,
    UnknownStep "unknown-step" Error,
    UnknownFailPoint "unknown-fail-point" Error,
    UnknownStageSet "unknown-stage-set" Error,
    UnknownLane "unknown-lane" Error,
    UnknownTheme "unknown-theme" Error,
    BrokenAnchor "broken-anchor" Error,
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
    TemplateError "template-error" Error,
}

impl Code {
    /// The code called `name`.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
