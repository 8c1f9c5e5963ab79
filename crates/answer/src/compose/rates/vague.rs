//! What vague words are taken to mean. The readings follow studies of how people translate them into numbers, rounded (Kent
//! 1964, Words of estimative probability; Mosteller and Youtz 1990, Statistical Science 5: 2-12); they are shown with every
//! answer, and another reading can be checked against the shares in its table.

/// A vague word of frequency with the shares it is taken to cover.
pub(super) struct Vague {
    /// The word as written.
    pub word: &'static str,
    /// In words, after "read as".
    pub meaning: &'static str,
    low: f64,
    high: f64,
}

const WORDS: &[Vague] = &[
    Vague { word: "never", meaning: "not once", low: 0.0, high: 0.0 },
    Vague { word: "always", meaning: "every time", low: 1.0, high: 1.0 },
    Vague { word: "almost never", meaning: "at most one in ten, but not never", low: 1e-9, high: 0.10 },
    Vague {
        word: "almost always",
        meaning: "at least nine in ten, but not always",
        low: 0.90,
        high: 1.0 - 1e-9,
    },
    Vague { word: "rarely", meaning: "at most one in ten", low: 0.0, high: 0.10 },
    Vague { word: "seldom", meaning: "at most one in six", low: 0.0, high: 1.0 / 6.0 },
    Vague { word: "sometimes", meaning: "between one in ten and one in two", low: 0.10, high: 0.50 },
    Vague { word: "usually", meaning: "more than two in three", low: 2.0 / 3.0 + 1e-9, high: 1.0 },
    Vague { word: "mostly", meaning: "more than one in two", low: 0.5 + 1e-9, high: 1.0 },
    Vague { word: "most", meaning: "more than one in two", low: 0.5 + 1e-9, high: 1.0 },
    Vague { word: "often", meaning: "at least one in three", low: 1.0 / 3.0, high: 1.0 },
    Vague { word: "frequently", meaning: "at least one in three", low: 1.0 / 3.0, high: 1.0 },
    Vague { word: "regularly", meaning: "at least one in three", low: 1.0 / 3.0, high: 1.0 },
];

impl Vague {
    /// The first such word of a text; "regularly" where it has none. "How often" asks and claims nothing: `None`.
    pub(super) fn of(text: &str) -> Option<&'static Vague> {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
        let asks = |i: usize| i > 0 && words[i - 1] == "how";
        let almost = |i: usize| i > 0 && matches!(words[i - 1], "almost" | "nearly");
        let found = (0..words.len()).filter(|&i| !asks(i)).find_map(|i| {
            let word = if almost(i) { format!("almost {}", words[i]) } else { words[i].to_owned() };
            WORDS.iter().find(|v| v.word == word)
        });
        let open = words.first() == Some(&"how");
        found.or_else(|| (!open).then(Vague::usual))
    }

    /// What is held against the shares where a text names no word.
    pub(super) fn usual() -> &'static Vague {
        &WORDS[WORDS.len() - 1]
    }

    /// Whether a share is within its meaning.
    pub(super) fn covers(&self, share: f64) -> bool {
        self.low <= share && share <= self.high
    }

    /// The share at which it begins or ends to be true, for a line in a picture.
    pub(super) fn line(&self) -> f64 {
        if self.high < 0.5 && self.low < 0.01 { self.high } else { self.low }
    }
}
