//! A handbook in English and Chinese for measuring the search: rare words and common ones, as texts have them.
//!
//! Half of its pages are English and half Chinese; each has something of the other language in it, some have Japanese or
//! Korean. What the vocabulary lacks in sense it has in number: a few words are everywhere, most are nearly nowhere.

use std::fmt::Write;
use std::sync::LazyLock;

use super::File;
use super::dice::Dice;

/// English words beside those that are made of syllables: the commonest ones.
const COMMON: [&str; 24] = [
    "the", "customer", "to", "and", "of", "a", "delivery", "door", "adviser", "waits", "message", "is", "in", "slot",
    "CSAT", "journey", "with", "store", "for", "service", "repair", "box", "measures", "NPS",
];
const ONSETS: [&str; 16] = ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "st", "tr", "w"];
const VOWELS: [&str; 6] = ["a", "e", "i", "o", "u", "ea"];
const CODAS: [&str; 8] = ["", "", "n", "r", "t", "l", "ck", "m"];
/// Chinese words beside those that are made of characters.
const TERMS: [&str; 32] = [
    "客户",
    "配送",
    "的",
    "我们",
    "接触点",
    "旅程",
    "服务",
    "在",
    "门店",
    "短信",
    "痛点",
    "满意度",
    "是",
    "安装",
    "师傅",
    "等待",
    "关键时刻",
    "机会点",
    "画像",
    "阶段",
    "了",
    "维修",
    "电话",
    "时段",
    "上门",
    "测量",
    "客户服务",
    "团队",
    "评审",
    "不",
    "一个",
    "情绪",
];
const CHARACTERS: &str = "天地人大小中上下前后左右东西南北春夏秋冬日月水火山石田土木金风雨雪云电气光色声音心手足口目耳头面身体生老病安乐喜怒哀思想念记忘知道理事物品名字文书信件表格数量高低长短宽窄轻重快慢新旧多少好坏真假美丑开关进出来去走跑停坐立站起落买卖送取收发给借还换退修理装拆搬运包箱门窗楼梯厅房间厨卫床桌椅灯机器具线管水压力度温热冷冰干湿清洁净脏破损坏缺问答说话听看读写画算计划定约改变增减加乘除分合同意见证明确认真实习惯例外部内容易难题目标准备用途径向方法式样本质量级别类型号码位置处理由因果然而且但若虽所以及其他各每全半零一二三四五六七八九十百千万元角";
const JAPANESE: [&str; 8] =
    ["お客様は", "配送を", "待って", "います。", "ドアの", "幅を", "メッセージが", "届きました。"];
const KOREAN: [&str; 8] = ["고객은", "배송을", "기다린다.", "문", "앞에서", "기사님이", "전화를", "했다."];

/// All files of the handbook of so many pages that texts are read on.
pub(crate) fn files(pages: usize) -> Vec<File> {
    let items = pages / 2;
    let mut files = vec![
        File::new("handbook.yaml", "title: Searched handbook\nlanguages: [en, zh-CN]\n"),
        File::new("handbook.zh.yaml", "title: 搜索手册\n"),
    ];
    let channels = ["store", "app", "phone", "van"];
    let entry = |name: &&str| format!("{name}: {{ title: By {name}, icon: {name} }}\n");
    files.push(File::new("channels.yaml", channels.iter().map(entry).collect::<String>()));
    files.push(File::new(
        "channels.zh.yaml",
        "store: { title: 门店 }\napp: { title: 应用 }\nphone: { title: 电话 }\nvan: { title: 货车 }\n".to_owned(),
    ));
    for number in 0..4 {
        let (english, chinese) = (Text::English.title(number), Text::Chinese.title(number));
        both(&mut files, &format!("personas/persona-{number}"), "md", |chinese_file| {
            format!("---\ntitle: {}\n---\n\n", if chinese_file { &chinese } else { &english })
        });
    }
    for number in 0..items {
        match number % 20 {
            0..12 => both(&mut files, &format!("guides/guide-{number}"), "md", |chinese| prose(number, chinese, "")),
            12..17 => {
                let more = format!("kind: digital\nchannel: {}\n", channels[number % 4]);
                both(&mut files, &format!("touchpoints/touchpoint-{number}"), "md", |chinese| {
                    prose(number, chinese, if chinese { "" } else { &more })
                });
            }
            _ => both(&mut files, &format!("maps/map-{number}"), "yaml", |chinese| map(number, chinese)),
        }
    }
    files
}

fn both(files: &mut Vec<File>, path: &str, ending: &str, text: impl Fn(bool) -> String) {
    files.push(File::new(format!("{path}.{ending}"), text(false)));
    files.push(File::new(format!("{path}.zh.{ending}"), text(true)));
}

/// Three sections of some hundred words.
fn prose(number: usize, chinese: bool, more: &str) -> String {
    let (main, other) = Text::of(chinese);
    let dice = &mut Dice::of(if chinese { "zh prose" } else { "en prose" }, number);
    let mut text = format!("---\ntitle: {}\n{more}---\n\n{}\n", main.title(number), main.paragraph(dice, 3));
    for _ in 0..3 {
        let _ = write!(text, "\n## {}\n\n{}\n", main.words(dice, 3), main.paragraph(dice, 5));
        let _ = write!(text, "\n- {}\n- {}\n", main.sentence(dice), other.sentence(dice));
        match dice.below(12) {
            0 => _ = writeln!(text, "\n{}", (0..6).map(|_| *dice.pick(&JAPANESE)).collect::<String>()),
            1 => _ = writeln!(text, "\n{}", (0..6).map(|_| *dice.pick(&KOREAN)).collect::<Vec<_>>().join(" ")),
            _ => {}
        }
    }
    text
}

/// Four stages of two steps.
fn map(number: usize, chinese: bool) -> String {
    let (main, _) = Text::of(chinese);
    let dice = &mut Dice::of(if chinese { "zh map" } else { "en map" }, number);
    let mut text = format!("title: {}\n", main.title(number));
    if !chinese {
        let _ = write!(text, "kind: current-state\npersona: persona-{}\n", number % 4);
    }
    let _ = write!(text, "finding: {}\nstages:\n", main.words(dice, 8));
    for stage in ["find", "order", "wait", "use"] {
        let title = if chinese { main.words(&mut Dice::of(stage, 0), 2) } else { stage.to_owned() };
        let _ = write!(text, "  - id: {stage}\n    title: {title}\n    steps:\n");
        for step in 0..2 {
            let _ = write!(text, "      - id: {stage}-{step}\n        action: {}\n", main.words(dice, 8));
            let _ = writeln!(text, "        thinks: {}", main.words(dice, 12));
            let _ = writeln!(text, "        pains: [{}]", main.words(dice, 6));
            if !chinese {
                let _ = writeln!(text, "        feels: {}", dice.below(5) as i32 - 2);
            }
        }
    }
    text
}

/// The language of a text.
#[derive(Clone, Copy)]
enum Text {
    English,
    Chinese,
}

impl Text {
    /// The language of a page and the other one.
    fn of(chinese: bool) -> (Self, Self) {
        if chinese { (Self::Chinese, Self::English) } else { (Self::English, Self::Chinese) }
    }

    fn title(self, number: usize) -> String {
        let dice = &mut Dice::of("title", number);
        self.words(dice, 3)
    }

    /// A word: the lower its number, the more often it is taken.
    fn word(self, dice: &mut Dice) -> String {
        const WORDS: usize = 6000;
        let number = dice.below(WORDS) * dice.below(WORDS) / WORDS * dice.below(WORDS) / WORDS;
        match self {
            Self::English if number < COMMON.len() => COMMON[number].to_owned(),
            Self::English => {
                let made = &mut Dice::of("word", number);
                let syllables = 2 + made.below(3);
                let syllable =
                    |dice: &mut Dice| format!("{}{}{}", dice.pick(&ONSETS), dice.pick(&VOWELS), dice.pick(&CODAS));
                let word: String = (0..syllables).map(|_| syllable(made)).collect();
                if dice.below(8) == 0 { word + "s" } else { word }
            }
            Self::Chinese if number < TERMS.len() => TERMS[number].to_owned(),
            Self::Chinese => {
                let made = &mut Dice::of("term", number);
                static ALL: LazyLock<Vec<char>> = LazyLock::new(|| CHARACTERS.chars().collect());
                let characters = &*ALL;
                (0..1 + made.below(3))
                    .map(|_| characters[made.below(characters.len()) * made.below(characters.len()) / characters.len()])
                    .collect()
            }
        }
    }

    fn words(self, dice: &mut Dice, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word(dice)).collect();
        words.join(if matches!(self, Self::English) { " " } else { "" })
    }

    fn sentence(self, dice: &mut Dice) -> String {
        let other = if dice.below(6) == 0 {
            format!(" {} ", Self::of(matches!(self, Self::English)).0.word(dice))
        } else {
            String::new()
        };
        let (first, second) = (4 + dice.below(5), 4 + dice.below(5));
        let (comma, stop) = if matches!(self, Self::English) { (", ", ".") } else { ("，", "。") };
        format!("{}{comma}{other}{}{stop}", self.words(dice, first), self.words(dice, second))
    }

    fn paragraph(self, dice: &mut Dice, sentences: usize) -> String {
        let sentences: Vec<String> = (0..sentences).map(|_| self.sentence(dice)).collect();
        sentences.join(if matches!(self, Self::English) { " " } else { "" })
    }
}
