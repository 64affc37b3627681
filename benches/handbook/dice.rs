//! Chance that falls the same way on every machine, and the texts it makes.

/// A source of chance. Page seven of a hundred reads like page seven of ten thousand: each thing has dice of its own.
///
/// Source: SplitMix64 of G. Steele, D. Lea and C. Flood, “Fast Splittable Pseudorandom Number Generators”, OOPSLA 2014.
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of one thing: the `number`th of its `kind`.
    pub(crate) fn of(kind: &str, number: usize) -> Self {
        let kind = kind.bytes().fold(0, |seed: u64, byte| seed.rotate_left(8) ^ u64::from(byte));
        let mut dice = Self(kind ^ (number as u64).rotate_left(32));
        dice.roll();
        dice
    }

    /// A number from 0 to `sides - 1`.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        (self.roll() % sides as u64) as usize
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A phrase of `count` words.
    pub(crate) fn phrase(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| *self.pick(WORDS)).collect();
        let phrase = words.join(" ");
        let (first, rest) = phrase.split_at(1);
        first.to_uppercase() + rest
    }

    /// A sentence of `count` words.
    pub(crate) fn sentence(&mut self, count: usize) -> String {
        self.phrase(count) + "."
    }

    /// A paragraph of `count` sentences; three in ten end with one in Chinese.
    pub(crate) fn paragraph(&mut self, count: usize) -> String {
        let sentences: Vec<String> = (0..count)
            .map(|_| {
                let length = 8 + self.below(9);
                self.sentence(length)
            })
            .collect();
        let mut text = sentences.join(" ");
        if self.below(10) < 3 {
            let letters: Vec<char> = CHINESE.chars().collect();
            text.push(' ');
            text.extend((0..24).map(|_| *self.pick(&letters)));
            text.push('。');
        }
        text
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

const WORDS: &[&str] = &[
    "the",
    "customer",
    "adviser",
    "driver",
    "machine",
    "doorstep",
    "window",
    "kitchen",
    "landlord",
    "neighbour",
    "queue",
    "basket",
    "order",
    "slot",
    "message",
    "reminder",
    "voucher",
    "receipt",
    "warranty",
    "manual",
    "filter",
    "hose",
    "drum",
    "noise",
    "price",
    "promise",
    "question",
    "answer",
    "evening",
    "weekend",
    "stairs",
    "lift",
    "carton",
    "van",
    "call",
    "video",
    "visit",
    "part",
    "asks",
    "waits",
    "compares",
    "measures",
    "returns",
    "explains",
    "forgets",
    "confirms",
    "listens",
    "apologises",
    "before",
    "after",
    "without",
    "with",
    "between",
    "for",
    "every",
    "another",
    "quiet",
    "late",
    "early",
    "narrow",
    "honest",
    "patient",
    "careful",
    "second",
    "twice",
    "again",
    "together",
];

const CHINESE: &str = "顾客收到短信以后等待师傅上门安装洗衣机并确认时间窗口我们记录每个步骤的感受与证据改进服务";
