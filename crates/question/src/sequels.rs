//! "Walking out of the League was followed by a grab for land": what a state did, or met with, in the years after a turn in its affairs.

use jonbar_record::Record;

use crate::claim::{halves, is_unit_of_time, length_of_time, not_weighed, number};
use crate::lexicon::{denies_verb, is_quiet, pact_at};
use crate::sentence::Sentence;
use crate::states::Deed;
use crate::vague::Vague;

/// A sentence about what came after a turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequels {
    /// After what.
    pub after: Turn,
    /// What is said to have come.
    pub deed: Deed,
    /// The state did it; otherwise it was done to it.
    pub acts: bool,
    /// Within so many years.
    pub years: f64,
    /// How often it came, if the sentence says so.
    pub word: Option<&'static Vague>,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Parts that no answer weighs.
    pub left_out: Vec<String>,
}

/// A turn in the affairs of one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It leaves the League of Nations.
    LeagueExit,
    /// A democracy becomes something else.
    Dictatorship,
    /// A coup, a revolution or a new constitution.
    RegimeChange,
    /// Another person becomes head of government.
    NewHead,
    /// It loses land.
    LandLost,
}

/// Years that stand for no time named.
const YEARS: f64 = 2.0;
/// More words before the turn than this that are not understood make it another sentence.
const UNKNOWN_MAX: usize = 2;

const TURNS: &[(&[&str], Turn)] = &[
    (
        &["walking out of geneva", "walking out of the league", "leaving the league", "leaving geneva"],
        Turn::LeagueExit,
    ),
    (
        &["quitting the league", "quitting geneva", "exit from the league", "exits from the league"],
        Turn::LeagueExit,
    ),
    (
        &["withdrawal from the league", "withdrawals from the league", "withdrawing from the league"],
        Turn::LeagueExit,
    ),
    (
        &[
            "that left the league",
            "who left the league",
            "that quit the league",
            "who quit the league",
            "walked out of the league",
            "whoever left the league",
            "whoever quit the league",
        ],
        Turn::LeagueExit,
    ),
    (&["turn to authoritarian rule", "turn to dictatorship", "turning to dictatorship"], Turn::Dictatorship),
    (
        &["becoming a dictatorship", "end of democracy", "fall of democracy", "collapse of democracy"],
        Turn::Dictatorship,
    ),
    (
        &["became dictatorships", "became a dictatorship", "turned authoritarian", "became authoritarian"],
        Turn::Dictatorship,
    ),
    (
        &["going authoritarian", "went authoritarian", "lost its democracy", "new dictatorships"],
        Turn::Dictatorship,
    ),
    (
        &["coups", "a coup", "revolutions", "changes of regime", "a change of regime", "regime change"],
        Turn::RegimeChange,
    ),
    (
        &["changes of government", "a change of government", "new governments", "a new government"],
        Turn::NewHead,
    ),
    (&["new prime ministers", "a new prime minister", "new leaders", "a new leader"], Turn::NewHead),
    (
        &[
            "losing land",
            "losing territory",
            "that lost land",
            "who lost land",
            "that lost territory",
            "who lost territory",
            "that ceded land",
            "who ceded land",
            "that gave up land",
            "who gave up land",
            "that gave up one piece of land",
            "that gave up a piece of land",
            "that gave up some land",
            "that gave up territory",
            "who gave up territory",
            "ceding land",
            "ceding territory",
            "giving up land",
            "giving up territory",
        ],
        Turn::LandLost,
    ),
    (&["loss of land", "loss of territory", "losses of land", "losses of territory"], Turn::LandLost),
];

const DEEDS: &[(&[&str], Deed, bool)] = &[
    (&["was attacked", "were attacked", "got attacked", "was invaded", "were invaded"], Deed::Attack, false),
    (
        &["lost land", "lost territory", "lost more", "lose more", "losing more", "lost the rest"],
        Deed::Land,
        false,
    ),
    (&["give up more", "gave up more", "giving up more", "ceded more", "cede more"], Deed::Land, false),
    (&["lost its independence", "lost their independence"], Deed::Independence, false),
    (
        &[
            "land grab",
            "grab for land",
            "grab land",
            "grabbed land",
            "took land",
            "seized land",
            "annexed",
            "annexation",
        ],
        Deed::Land,
        true,
    ),
    (&["seizure", "conquest", "expansion", "gained land", "gained territory"], Deed::Land, true),
    (&["attacked", "attack", "attacks", "invaded", "invasion", "aggression"], Deed::Attack, true),
    (&["war", "wars"], Deed::War, true),
    (&["claims", "claim", "claimed"], Deed::Claim, true),
    (
        &["demands", "demand", "demanded", "ultimatum", "ultimatums", "revisionist", "revisionism"],
        Deed::Demand,
        true,
    ),
    (
        &[
            "broke its pacts",
            "broke its treaties",
            "broke a pact",
            "broke pacts",
            "broken pacts",
            "breach",
            "breaches",
        ],
        Deed::Breach(None),
        true,
    ),
    (
        &[
            "denounced its pacts",
            "denounced its treaties",
            "denounced a pact",
            "denunciation",
            "denounced pacts",
        ],
        Deed::Denunciation(None),
        true,
    ),
    (&["tore up its treaties", "tore up treaties", "tore up its pacts"], Deed::Breach(None), true),
];

/// Words that may stand between the turn and what came of it; any other, such as "ended" or "prevented", says something else.
const LINKS: [&str; 62] = [
    "detat",
    "men",
    "tended",
    "tend",
    "raise",
    "raised",
    "raising",
    "territorial",
    "rulers",
    "regime",
    "usually",
    "was",
    "were",
    "is",
    "are",
    "followed",
    "by",
    "led",
    "to",
    "leads",
    "meant",
    "means",
    "then",
    "later",
    "soon",
    "afterwards",
    "went",
    "on",
    "made",
    "within",
    "inside",
    "brought",
    "tended",
    "prelude",
    "a",
    "the",
    "at",
    "country",
    "countries",
    "state",
    "states",
    "more",
    "rule",
    "its",
    "their",
    "neighbours",
    "neighbors",
    "new",
    "for",
    "in",
    "it",
    "years",
    "year",
    "months",
    "month",
    "couple",
    "of",
    "few",
    "into",
    "out",
    "land",
    "them",
];

/// Words that deny, or turn round who did it to whom.
const TURNED: [&str; 16] = [
    "no",
    "nobody",
    "none",
    "nothing",
    "end",
    "ended",
    "result",
    "prevent",
    "prevented",
    "dropped",
    "against",
    "after",
    "before",
    "met",
    "despite",
    "without",
];

/// Reads such a sentence; `None` if it is none.
pub(crate) fn sequels(record: &Record, s: &Sentence) -> Option<Sequels> {
    read(s).or_else(|| {
        let (first, rest) = halves(&s.text)?;
        let mut read = read(&Sentence::of(first, record))?;
        read.left_out.push(rest);
        Some(read)
    })
}

fn read(s: &Sentence) -> Option<Sequels> {
    let n = s.folded.len();
    // Where a phrase stands, in words.
    let at = |phrase: &str| {
        let words: Vec<&str> = phrase.split(' ').collect();
        (0..n)
            .find(|&i| s.folded[i..].iter().map(String::as_str).take(words.len()).eq(words.iter().copied()))
            .map(|i| i..i + words.len())
    };
    let turn = TURNS.iter().flat_map(|(phrases, turn)| phrases.iter().map(move |p| (*p, *turn)));
    let turn = turn.filter_map(|(p, turn)| Some((at(p)?, turn)));
    let (turned, after) = turn.min_by_key(|(at, _)| (at.start, n - at.len()))?;
    let deed = DEEDS.iter().flat_map(|(phrases, deed, acts)| phrases.iter().map(move |p| (*p, *deed, *acts)));
    let later =
        deed.filter_map(|(p, deed, acts)| Some((at(p).filter(|at| at.start >= turned.end)?, deed, acts)));
    let (said, deed, acts) = later.min_by_key(|(at, ..)| (at.start, n - at.len()))?;
    let word = |i: usize| s.folded[i].as_str();
    let link = |i: usize| {
        LINKS.contains(&word(i))
            || is_quiet(word(i)) && !TURNED.contains(&word(i))
            || number(word(i)).is_some()
            || Vague::at(&s.folded, i).is_some()
    };
    // "Were then attacked": it was done to them, and so "Were countries that left the League attacked?"
    let passive = |i: usize| matches!(word(i), "was" | "were" | "got" | "been" | "being");
    let suffers = (turned.end..said.start).any(passive)
        && word(said.start).ends_with("ed")
        && word(said.start) != "followed";
    let by_others = s.folded.get(said.end).is_some_and(|w| matches!(w.as_str(), "by" | "from" | "against"));
    let named =
        !s.actors().is_empty() || s.has_people() || !s.territories().is_empty() || !s.dates.is_empty();
    let pact = (0..n).any(|i| pact_at(&s.folded[i..]).is_some())
        && !matches!(deed, Deed::Breach(_) | Deed::Denunciation(_));
    // "The end of democracy" is the turn itself.
    let denied = (0..n)
        .filter(|i| !turned.contains(i) && (*i + 1 != turned.start || word(*i) != "after"))
        .any(|i| denies_verb(word(i)) && word(i) != "never" || TURNED.contains(&word(i)));
    let turned_round = suffers && acts || by_others || passive(0);
    let plainly = (turned.end..said.start).all(link) && !turned_round;
    if !plainly || named || pact || denied || s.has(&["than"]) {
        return None;
    }
    let mut assumed = Vec::new();
    let couple = s.has_phrase(&["couple", "of", "years"]).then_some(2.0);
    let years = length_of_time(s).or(couple).unwrap_or_else(|| {
        assumed.push("No time is named: counted is what came within two years.".to_owned());
        YEARS
    });
    let each = s.has(&["whoever", "everybody", "everyone"]).then(|| Vague::named("every")).flatten();
    let word_said = each.or(Vague::find(&s.folded).map(|(v, _)| v));
    let word_said = word_said.or_else(|| if s.is_question() { None } else { Vague::unsaid(&mut assumed) });
    let unknown = |i: &usize| {
        !(turned.start..said.end).contains(i)
            && !link(*i)
            && !s.in_date(*i)
            && !matches!(word(*i), "view" | "whoever" | "everybody" | "everyone")
            && !is_unit_of_time(word(*i))
    };
    let unknown: Vec<String> = (0..n).filter(unknown).map(|i| format!("\"{}\"", s.words[i].raw)).collect();
    if unknown.len() > UNKNOWN_MAX {
        return None;
    }
    let left_out = not_weighed(&unknown).into_iter().collect();
    Some(Sequels { after, deed, acts, years, word: word_said, assumed, left_out })
}
