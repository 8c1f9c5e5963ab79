//! What vague words are taken to mean. The readings follow studies of how people translate them into numbers, rounded (Kent
//! 1964, Words of estimative probability; Mosteller and Youtz 1990, Statistical Science 5: 2-12); they are shown with every
//! answer, and another reading can be checked against the shares in its table.

/// A vague word of frequency with the shares it is taken to cover.
#[derive(Debug, PartialEq)]
pub struct Vague {
    /// The word as written.
    pub word: &'static str,
    /// In words, after "read as".
    pub meaning: &'static str,
    low: f64,
    high: f64,
}

/// Little more than nothing: for shares that must not touch their end.
const A_LITTLE: f64 = 1e-9;

/// What a word is read as, and the lowest and highest share that fits.
type Meaning = (&'static str, f64, f64);

const fn vague(word: &'static str, (meaning, low, high): Meaning) -> Vague {
    Vague { word, meaning, low, high }
}

const ALMOST_NEVER: Meaning = ("at most one in ten, but not never", A_LITTLE, 0.10);
const RARE: Meaning = ("at most one in ten", 0.0, 0.10);
const ALMOST_ALWAYS: Meaning = ("at least nine in ten, but not always", 0.90, 1.0 - A_LITTLE);
const ALMOST_ALL: Meaning = ("at least nine in ten, but not all", 0.90, 1.0 - A_LITTLE);
const MOST: Meaning = ("more than one in two", 0.5 + A_LITTLE, 1.0);
const MINORITY: Meaning = ("fewer than one in two", 0.0, 0.5 - A_LITTLE);
const USUAL: Meaning = ("more than two in three", 2.0 / 3.0 + A_LITTLE, 1.0);
const ABOUT_A_THIRD: Meaning = ("about one in three: 23 to 43 in 100", 0.23, 0.43);
const ABOUT_A_QUARTER: Meaning = ("about one in four: 15 to 35 in 100", 0.15, 0.35);
const ALMOST_NONE: Meaning = ("at most one in ten, but not none", A_LITTLE, 0.10);
const NOT_ONCE: Meaning = ("not once", 0.0, 0.0);
const EVERY_TIME: Meaning = ("every time", 1.0, 1.0);
const OF_THE_MIDDLE: Meaning = ("of the middle case: more than one in two", 0.5 + A_LITTLE, 1.0);
const THIRD: Meaning = ("at least one in three", 1.0 / 3.0, 1.0);

/// By meaning; where several of them stand at one place, the longest is meant.
const WORDS: &[Vague] = &[
    vague("almost never", ALMOST_NEVER),
    vague("nearly never", ALMOST_NEVER),
    vague("hardly ever", RARE),
    vague("hardly any", RARE),
    vague("next to none", RARE),
    vague("next to never", RARE),
    vague("scarcely ever", RARE),
    vague("very few", RARE),
    vague("rarely", RARE),
    vague("almost always", ALMOST_ALWAYS),
    vague("nearly always", ALMOST_ALWAYS),
    vague("almost all", ALMOST_ALL),
    vague("almost every", ALMOST_ALL),
    vague("nearly all", ALMOST_ALL),
    vague("nearly every", ALMOST_ALL),
    vague("more often than not", MOST),
    vague("more than half", MOST),
    vague("over half", MOST),
    vague("the majority", MOST),
    vague("mostly", MOST),
    vague("most", MOST),
    vague("tended to", MOST),
    vague("tend to", MOST),
    vague("less than half", MINORITY),
    vague("fewer than half", MINORITY),
    vague("a minority", MINORITY),
    vague("more than two thirds", USUAL),
    vague("usually", USUAL),
    vague("normally", USUAL),
    vague("typically", USUAL),
    vague("generally", USUAL),
    vague("at least two thirds", ("at least two in three", 2.0 / 3.0, 1.0)),
    vague("less than two thirds", ("fewer than two in three", 0.0, 2.0 / 3.0 - A_LITTLE)),
    vague("at least half", ("at least one in two", 0.5, 1.0)),
    vague("at most half", ("at most one in two", 0.0, 0.5)),
    vague("more than a third", ("more than one in three", 1.0 / 3.0 + A_LITTLE, 1.0)),
    vague("less than a third", ("fewer than one in three", 0.0, 1.0 / 3.0 - A_LITTLE)),
    vague("more than a quarter", ("more than one in four", 0.25 + A_LITTLE, 1.0)),
    vague("at least a quarter", ("at least one in four", 0.25, 1.0)),
    vague("less than a quarter", ("fewer than one in four", 0.0, 0.25 - A_LITTLE)),
    vague("three quarters", ("about three in four: 65 to 85 in 100", 0.65, 0.85)),
    vague("one third", ABOUT_A_THIRD),
    vague("a third", ABOUT_A_THIRD),
    vague("one quarter", ABOUT_A_QUARTER),
    vague("a quarter", ABOUT_A_QUARTER),
    vague("almost none", ALMOST_NONE),
    vague("almost no", ALMOST_NONE),
    vague("nearly none", ALMOST_NONE),
    vague("two thirds", ("about two in three: 57 to 77 in 100", 0.57, 0.77)),
    vague("half", ("about one in two: 40 to 60 in 100", 0.40, 0.60)),
    vague("a few", ("between one in twenty and one in four", 0.05, 0.25)),
    vague("few", ("at most one in four", 0.0, 0.25)),
    vague("not one", NOT_ONCE),
    vague("never", NOT_ONCE),
    vague("none", NOT_ONCE),
    vague("always", EVERY_TIME),
    vague("invariably", EVERY_TIME),
    vague("every", EVERY_TIME),
    vague("all", EVERY_TIME),
    vague("seldom", ("at most one in six", 0.0, 1.0 / 6.0)),
    vague("sometimes", ("between one in ten and one in two", 0.10, 0.50)),
    vague("occasionally", ("between one in twenty and one in three", 0.05, 1.0 / 3.0)),
    vague("average", OF_THE_MIDDLE),
    vague("typical", OF_THE_MIDDLE),
    vague("at least a third", THIRD),
    vague("commonly", THIRD),
    vague("common", THIRD),
    vague("many", THIRD),
    vague("often", THIRD),
    vague("frequently", THIRD),
    vague("routinely", THIRD),
    vague("regularly", THIRD),
];

impl Vague {
    /// The first such word among folded words, and where it stands. "How often" asks and claims nothing.
    pub(crate) fn find(words: &[String]) -> Option<(&'static Vague, usize)> {
        (0..words.len()).find_map(|i| Some((Vague::at(words, i)?, i)))
    }

    /// The longest such word that begins at a place among folded words and says something about a share.
    pub(crate) fn at(words: &[String], i: usize) -> Option<&'static Vague> {
        let word = words.get(i)?.as_str();
        let asks = i > 0 && words[i - 1] == "how";
        let here = |v: &&Vague| {
            let phrase = v.word.split(' ');
            let long = phrase.clone().count();
            words.len() >= i + long && phrase.zip(&words[i..]).all(|(a, b)| a == b)
        };
        // Words of the list that say nothing about a share: "above all", "a common border", "the second half", "at most",
        // "the most important", "never before".
        let before = i.checked_sub(1).map_or("", |j| words[j].as_str());
        let after = words.get(i + 1).map_or("", String::as_str);
        let filler = match word {
            "all" => {
                matches!(before, "above" | "at" | "after") || matches!(after, "over" | "around" | "along")
            }
            "common" => {
                matches!(before, "more" | "less" | "as")
                    || ["border", "frontier", "enem", "neighbo"].iter().any(|w| after.starts_with(w))
            }
            // "A year and a half".
            "half" => {
                matches!(before, "first" | "second" | "last" | "latter")
                    || matches!(after, "as" | "a")
                    || before == "a" && i > 1 && words[i - 2] == "and"
            }
            "a" => {
                matches!(after, "third" | "quarter")
                    && matches!(words.get(i + 2).map_or("", String::as_str), "longer" | "shorter" | "as")
            }
            "most" => {
                before == "at" || before == "the" || matches!(after, "important" | "famous" | "successful")
            }
            "never" => after == "before",
            // "More often" compares.
            "often" | "frequently" => matches!(before, "more" | "less" | "as"),
            _ => false,
        };
        let best = WORDS.iter().filter(here).max_by_key(|v| v.word.len())?;
        (!asks && !filler).then_some(best)
    }

    /// The entry for a word of the list.
    pub(crate) fn named(word: &str) -> Option<&'static Vague> {
        WORDS.iter().find(|v| v.word == word)
    }

    /// "Most", for a sentence that states something and does not say how often; says so among what was assumed.
    pub(crate) fn unsaid(assumed: &mut Vec<String>) -> Option<&'static Vague> {
        assumed.push("The sentence does not say how often; \"most\" is held against the shares.".to_owned());
        Vague::named("most")
    }

    /// Whether a share is within its meaning.
    pub fn covers(&self, share: f64) -> bool {
        self.low <= share && share <= self.high
    }

    /// The share at which it begins or ends to be true, for a line in a picture.
    pub fn line(&self) -> f64 {
        if self.high < 0.5 && self.low < 0.01 { self.high } else { self.low }
    }
}
