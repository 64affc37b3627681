//! Which form of a word goes with a number.
//!
//! Counts are whole numbers, so what a language has for fractions and for round millions is left out.
//!
//! Source: Unicode CLDR 47, plural rules for cardinal numbers.

use crate::model::tag;

/// How a language counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Plural {
    /// One form for all numbers: Chinese, Japanese, Korean, Vietnamese, Thai …
    Same,
    /// One and the others: English, German, Spanish …
    #[default]
    One,
    /// None and one, and the others: French, Portuguese, Hindi …
    NoneOrOne,
    /// What ends in one, but not in eleven: Icelandic, Macedonian.
    EndsInOne,
    /// Russian, Ukrainian, Belarusian.
    EastSlavic,
    /// Serbian, Croatian, Bosnian.
    SouthSlavic,
    /// Polish.
    Polish,
    /// Czech, Slovak.
    Czech,
    /// Slovenian.
    Slovenian,
    /// Lithuanian.
    Lithuanian,
    /// Latvian.
    Latvian,
    /// Romanian.
    Romanian,
    /// Hebrew.
    Hebrew,
    /// Arabic.
    Arabic,
    /// Welsh.
    Welsh,
    /// Irish.
    Irish,
}

impl Plural {
    /// How the language of a tag counts; as English for one that we know nothing of.
    pub fn of(language: &str) -> Self {
        let region_is_portugal = language.to_ascii_lowercase().starts_with("pt-pt");
        match tag::language(language).as_str() {
            "zh" | "ja" | "ko" | "vi" | "th" | "id" | "ms" | "lo" | "my" | "km" | "yue" | "wuu" | "jv" | "bo"
            | "dz" | "ig" | "yo" | "wo" => Self::Same,
            "pt" if region_is_portugal => Self::One,
            "fr" | "pt" | "hy" | "hi" | "bn" | "gu" | "kn" | "fa" | "am" | "zu" | "ff" | "pa" | "ti" | "wa" | "ln"
            | "mg" => Self::NoneOrOne,
            "is" | "mk" => Self::EndsInOne,
            "ru" | "uk" | "be" => Self::EastSlavic,
            "sr" | "hr" | "bs" | "sh" => Self::SouthSlavic,
            "pl" => Self::Polish,
            "cs" | "sk" => Self::Czech,
            "sl" => Self::Slovenian,
            "lt" => Self::Lithuanian,
            "lv" => Self::Latvian,
            "ro" | "mo" => Self::Romanian,
            "he" | "iw" => Self::Hebrew,
            "ar" => Self::Arabic,
            "cy" => Self::Welsh,
            "ga" => Self::Irish,
            _ => Self::One,
        }
    }

    /// The form for so many.
    pub fn form(self, count: usize) -> &'static str {
        let (ten, hundred) = (count % 10, count % 100);
        let teen = (11..=19).contains(&hundred);
        match self {
            Self::NoneOrOne if count < 2 => "one",
            Self::EndsInOne if ten == 1 && hundred != 11 => "one",
            Self::EastSlavic | Self::SouthSlavic if ten == 1 && hundred != 11 => "one",
            Self::EastSlavic | Self::SouthSlavic if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => "few",
            Self::EastSlavic => "many",
            Self::Polish if count == 1 => "one",
            Self::Polish if (2..=4).contains(&ten) && !(12..=14).contains(&hundred) => "few",
            Self::Polish => "many",
            Self::Czech if (2..=4).contains(&count) => "few",
            Self::Slovenian => ["other", "one", "two", "few", "few"].get(hundred).unwrap_or(&"other"),
            Self::Lithuanian if ten == 1 && !teen => "one",
            Self::Lithuanian if ten > 1 && !teen => "few",
            Self::Latvian if ten == 0 || teen => "zero",
            Self::Latvian if ten == 1 => "one",
            Self::Romanian if count != 1 && (count == 0 || (1..=19).contains(&hundred)) => "few",
            Self::Hebrew if count == 2 => "two",
            Self::Arabic | Self::Welsh if count == 0 => "zero",
            Self::Arabic | Self::Welsh | Self::Irish if count == 2 => "two",
            Self::Arabic if (3..=10).contains(&hundred) => "few",
            Self::Arabic if hundred > 10 => "many",
            Self::Welsh if count == 3 => "few",
            Self::Welsh if count == 6 => "many",
            Self::Irish if (3..=6).contains(&count) => "few",
            Self::Irish if (7..=10).contains(&count) => "many",
            Self::One | Self::Czech | Self::Romanian | Self::Hebrew | Self::Arabic | Self::Welsh | Self::Irish
                if count == 1 =>
            {
                "one"
            }
            _ => "other",
        }
    }

    /// Every form that some whole number asks for, and `other`, which is asked for where no number is at hand.
    pub fn forms(self) -> Vec<&'static str> {
        // The rules look at a number's last two digits, so the first hundred or two show them all.
        let asked: Vec<&str> = (0..=200).map(|count| self.form(count)).collect();
        let all = ["zero", "one", "two", "few", "many", "other"];
        all.into_iter().filter(|form| *form == "other" || asked.contains(form)).collect()
    }
}
