//! Language tags: which are any, which mean one language, and which of several is nearest to another.
//!
//! Tags have the shape of BCP 47 (RFC 5646). What they mean is told as far as handbooks need it: Chinese is told apart by
//! its script whichever way a tag says it, as the likely subtags of Unicode CLDR have it. Two-letter languages are those
//! of ISO 639-1; longer ones are taken on trust, there being thousands.

/// Why a text is no language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoTag {
    /// It has not the shape of one.
    Shape,
    /// It has, but its language or region does not exist.
    Unknown,
}

/// A tag's parts, in lower case.
struct Parts {
    language: String,
    script: Option<String>,
    region: Option<String>,
    rest: String,
}

/// The languages of two letters: ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
    it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb \
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss \
    st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// What people write in place of a tag, and the tag.
const MISTAKEN: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("cht", "zh-TW"),
    ("chs", "zh-CN"),
    ("chinese", "zh-CN"),
    ("cn", "zh-CN"),
    ("cz", "cs"),
    ("deutsch", "de"),
    ("dk", "da"),
    ("dutch", "nl"),
    ("eng", "en"),
    ("english", "en"),
    ("en-uk", "en-GB"),
    ("english (uk)", "en-GB"),
    ("español", "es"),
    ("français", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("gr", "el"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("jp", "ja"),
    ("korean", "ko"),
    ("mandarin", "zh-CN"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("vietnamese", "vi"),
    ("vn", "vi"),
    ("zho", "zh-CN"),
    ("中文", "zh-CN"),
    ("简体中文", "zh-CN"),
    ("简体", "zh-CN"),
    ("繁體中文", "zh-TW"),
    ("繁体中文", "zh-TW"),
    ("正體中文", "zh-TW"),
    ("英文", "en"),
    ("英语", "en"),
    ("日本語", "ja"),
    ("日语", "ja"),
    ("한국어", "ko"),
    ("韩语", "ko"),
];

/// Checks that a text is a language tag.
///
/// # Errors
/// Why it is none.
pub fn check(tag: &str) -> Result<(), NoTag> {
    let parts = parts(tag).ok_or(NoTag::Shape)?;
    let known = parts.language.len() != 2 || LANGUAGES.split_whitespace().any(|known| known == parts.language);
    // The one region that everybody invents.
    if known && parts.region.as_deref() != Some("uk") { Ok(()) } else { Err(NoTag::Unknown) }
}

/// The tag that somebody may have meant; `None` if nobody can tell.
pub fn meant(typed: &str) -> Option<String> {
    let lower = typed.trim().to_lowercase();
    if let Some((_, tag)) = MISTAKEN.iter().find(|(mistaken, _)| *mistaken == lower) {
        return Some((*tag).to_owned());
    }
    // `zh_CN`, `en_US.UTF-8`
    let dashed = typed.trim().split('.').next().unwrap_or_default().replace(['_', ' '], "-");
    (dashed != typed && check(&dashed).is_ok()).then_some(dashed)
}

/// What two tags have in common exactly if they mean one language: `zh`, `zh-CN` and `zh-Hans` do, and so do `zh-TW` and
/// `zh-Hant`; `zh-HK` is a language of its own.
pub fn canonical(tag: &str) -> String {
    let Some(parts) = parts(tag) else { return tag.to_lowercase() };
    if parts.language != "zh" {
        return tag.to_lowercase();
    }
    let script = script(&parts).unwrap_or("hans");
    let region = parts.region.as_deref().unwrap_or(if script == "hant" { "tw" } else { "cn" });
    format!("zh-{script}-{region}{}", parts.rest)
}

/// Whether the short tag of a file's name means a language that is named more fully: same language and script, and
/// nothing else said, as `pt` for `pt-BR`.
pub fn is_short_for(short: &str, full: &str) -> bool {
    let (Some(short), Some(full)) = (parts(short), parts(full)) else { return false };
    short.region.is_none()
        && short.rest.is_empty()
        && short.language == full.language
        && (short.script.is_none() || script(&short) == script(&full))
        && (full.language != "zh" || script(&short) == script(&full))
}

/// How far a tag is from another that readers of the first may read instead: less is nearer, and `None` is another
/// language altogether.
pub fn distance(from: &str, to: &str) -> Option<u8> {
    let (from, to) = (parts(from)?, parts(to)?);
    if from.language != to.language {
        return None;
    }
    let other_script = script(&from) != script(&to);
    let near = match (&from.region, &to.region) {
        _ if from.language == "zh" => 0,
        (a, b) if a == b => 0,
        (_, None) => 1,
        _ => 2,
    };
    Some(4 * u8::from(other_script) + near)
}

/// Whether what is written in it is counted by characters, there being no spaces between words: Chinese, Japanese.
pub fn is_without_spaces(tag: &str) -> bool {
    parts(tag).is_some_and(|parts| matches!(parts.language.as_str(), "zh" | "ja" | "yue" | "wuu" | "lzh"))
}

/// What a language is called in itself, as far as we know; of a tag with more parts than we know the name of its
/// language, with the tag. At last the tag alone.
pub fn own_name(tag: &str) -> String {
    let find = |wanted: &str| NAMES.iter().find(|(tag, _)| *tag == wanted).map(|(_, name)| *name);
    let exact = find(&canonical(tag)).or_else(|| find(&tag.to_lowercase()));
    let plain = || find(&language(tag)).map(|name| format!("{name} ({tag})"));
    exact.map(str::to_owned).or_else(plain).unwrap_or_else(|| tag.to_owned())
}

/// Languages by their own names.
const NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bg", "Български"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("ms", "Bahasa Melayu"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("pt-br", "Português (Brasil)"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh-hans-cn", "简体中文"),
    ("zh-hant-tw", "繁體中文"),
    ("zh-hant-hk", "繁體中文（香港）"),
];

/// Its language alone, without script and region: `pt` of `pt-BR`.
pub fn language(tag: &str) -> String {
    parts(tag).map_or_else(|| tag.to_lowercase(), |parts| parts.language)
}

/// The script, said or likely; `None` where a language has only one that matters.
fn script(parts: &Parts) -> Option<&str> {
    match (parts.script.as_deref(), parts.language.as_str(), parts.region.as_deref()) {
        (Some(script), ..) => Some(script),
        (None, "zh", Some("tw" | "hk" | "mo")) | (None, "yue", _) => Some("hant"),
        (None, "zh", _) => Some("hans"),
        (None, "sr", _) => Some("cyrl"),
        _ => None,
    }
}

fn parts(tag: &str) -> Option<Parts> {
    let lower = tag.to_ascii_lowercase();
    let mut left: Vec<&str> = lower.split('-').collect();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !left.iter().all(is_part) || !(2..=3).contains(&left[0].len()) || !letters(left[0]) {
        return None;
    }
    let language = left.remove(0).to_owned();
    let mut next = |fits: &dyn Fn(&str) -> bool| {
        let first = left.first().copied().filter(|part| fits(part))?;
        left.remove(0);
        Some(first.to_owned())
    };
    let script = next(&|part| part.len() == 4 && letters(part));
    let region = next(&|part| {
        part.len() == 2 && letters(part) || part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    // What follows is a variant, or after a single letter an extension.
    let first_extension = left.iter().position(|part| part.len() == 1).unwrap_or(left.len());
    let is_variant = |part: &&str| part.len() >= 5 || part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit());
    if !left[..first_extension].iter().all(is_variant) || left.last().is_some_and(|part| part.len() == 1) {
        return None;
    }
    let rest = left.iter().map(|part| format!("-{part}")).collect();
    Some(Parts { language, script, region, rest })
}
