//! "Walking out of the League was followed by a grab for land": what a state did, or met with, in the years after a turn in its affairs.

use jonbar_record::Record;

use crate::claim::{halves, length_of_time};
use crate::lexicon::{denies_verb, is_quiet, pact_at};
use crate::sentence::Sentence;
use crate::states::{Amount, Deed, Other, StatesClaim, Who};
use crate::vague::Vague;

/// A sentence about what came after a turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequels {
    /// After what.
    pub after: Turn,
    /// What is said to have come.
    pub then: StatesClaim,
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
/// More words than this that are not understood make it another sentence.
const UNKNOWN_MAX: usize = 4;

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
        &["that left the league", "who left the league", "that quit the league", "who quit the league"],
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
        ],
        Turn::LandLost,
    ),
    (&["loss of land", "loss of territory", "losses of land", "losses of territory"], Turn::LandLost),
];

const DEEDS: &[(&[&str], Deed, bool)] = &[
    (&["was attacked", "were attacked", "got attacked", "was invaded", "were invaded"], Deed::Attack, false),
    (&["lost land", "lost territory"], Deed::Land, false),
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

const LINKS: [&str; 16] = [
    "followed",
    "led",
    "meant",
    "then",
    "later",
    "soon",
    "afterwards",
    "went",
    "made",
    "within",
    "inside",
    "brought",
    "tended",
    "prelude",
    "next",
    "after",
];

const IDLE: [&str; 40] = [
    "by",
    "to",
    "of",
    "a",
    "the",
    "on",
    "two",
    "three",
    "years",
    "year",
    "months",
    "couple",
    "within",
    "inside",
    "soon",
    "then",
    "later",
    "was",
    "were",
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
    "made",
    "after",
    "into",
    "became",
    "view",
    "it",
    "that",
    "followed",
];

/// Reads such a sentence; `None` if it is none.
pub(crate) fn sequels(record: &Record, s: &Sentence) -> Option<Sequels> {
    read(s).or_else(|| {
        let (first, rest) = halves(&s.text)?;
        let whole = read(&Sentence::of(first, record));
        // "A turn to dictatorship made it more revisionist; new claims followed": the second half may say it in other words.
        let mut read = whole?;
        read.left_out.push(format!("the second half: \"{rest}\""));
        Some(read)
    })
}

fn read(s: &Sentence) -> Option<Sequels> {
    let text = s.folded.join(" ");
    let at = |phrase: &str| {
        let padded = format!(" {text} ");
        padded.find(&format!(" {phrase} "))
    };
    let turn = TURNS.iter().flat_map(|(phrases, turn)| phrases.iter().map(move |p| (*p, *turn)));
    let (from, phrase, after) =
        turn.filter_map(|(p, turn)| Some((at(p)?, p, turn))).min_by_key(|x| (x.0, usize::MAX - x.1.len()))?;
    let behind = from + phrase.len();
    let deed = DEEDS.iter().flat_map(|(phrases, deed, acts)| phrases.iter().map(move |p| (*p, *deed, *acts)));
    let later = deed.filter_map(|(p, deed, acts)| Some((at(p).filter(|i| *i >= behind)?, p, deed, acts)));
    let (_, said, deed, acts) = later.min_by_key(|x| (x.0, usize::MAX - x.1.len()))?;
    let linked = LINKS.iter().any(|w| s.has(&[w]))
        || Vague::find(&s.folded).is_some()
        || matches!(phrase.split(' ').next(), Some("that" | "who"));
    let named =
        !s.actors().is_empty() || s.has_people() || !s.territories().is_empty() || !s.dates.is_empty();
    let pact = (0..s.folded.len()).any(|i| pact_at(&s.folded[i..]).is_some())
        && !matches!(deed, Deed::Breach(_) | Deed::Denunciation(_));
    let denied = s.folded.iter().any(|w| denies_verb(w) && w != "never");
    if !linked || named || pact || denied || s.has(&["than"]) {
        return None;
    }
    let mut assumed = Vec::new();
    let couple = s.has_phrase(&["couple", "of", "years"]).then_some(2.0);
    let years = length_of_time(s).or(couple).unwrap_or_else(|| {
        assumed.push("No time is named: counted is what came within two years.".to_owned());
        YEARS
    });
    let word = Vague::find(&s.folded).map(|(v, _)| v).or_else(|| {
        (!s.is_question()).then(|| {
            assumed
                .push("The sentence does not say how often; \"most\" is held against the shares.".to_owned());
            Vague::named("most")
        })?
    });
    let used: Vec<&str> = phrase.split(' ').chain(said.split(' ')).collect();
    let unknown: Vec<String> = (0..s.folded.len())
        .filter(|&i| {
            let w = s.folded[i].as_str();
            !used.contains(&w)
                && !is_quiet(w)
                && !IDLE.contains(&w)
                && !LINKS.contains(&w)
                && Vague::at(&s.folded, i).is_none()
        })
        .map(|i| format!("\"{}\"", s.words[i].raw))
        .collect();
    if unknown.len() > UNKNOWN_MAX {
        return None;
    }
    let left_out =
        if unknown.is_empty() { Vec::new() } else { vec![format!("not weighed: {}", unknown.join(", "))] };
    let then = StatesClaim {
        who: Who::default(),
        deed,
        acts,
        other: Other::Anyone,
        times: 1,
        bound: None,
        never: false,
        amount: Amount::Asked,
        window: None,
        assumed: Vec::new(),
    };
    Some(Sequels { after, then, years, word, assumed, left_out })
}
