//! What a sentence says that states did, or had done to them.

use jonbar_record::{ActorId, PactType};

use super::words::{Token, Words};
use super::{Deed, Other};
use crate::claim::{Sort, number};

/// What is said.
pub(super) struct Told {
    pub(super) deed: Deed,
    pub(super) acts: bool,
    pub(super) other: Other,
    pub(super) times: Times,
    pub(super) never: bool,
    /// Only while a pact of the two was in force.
    pub(super) bound: Option<Option<PactType>>,
}

/// How often.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Times {
    AtLeast(u32),
    /// More often than somebody, or most often.
    Most {
        more: bool,
    },
}

const ONCE: Times = Times::AtLeast(1);

/// Reads what is said from the verb on; `owner` is the state that "it" stands for.
pub(super) fn told(words: &mut Words, passive: bool, owner: Option<ActorId>) -> Option<Told> {
    let active = !passive || words.eat(&["to have"]);
    let told = if active { done(words, owner) } else { suffered(words, owner) }?;
    let told = match (told.times, often(words)) {
        (ONCE, Some(times)) => Told { times, ..told },
        (_, None) => told,
        _ => return None,
    };
    Some(Told { bound: told.bound.or_else(|| bound(words)), ..told })
}

const ATTACKS: [&str; 6] = ["attacked", "attack", "invaded", "invade", "occupied", "occupy"];
const ENDS: [&str; 8] = [
    "annexed",
    "conquered",
    "absorbed",
    "swallowed up",
    "wiped off the map",
    "partitioned",
    "extinguished",
    "swallowed",
];
const BREAKS: [&str; 6] = ["broke", "break", "violated", "violate", "broken", "breached"];

/// A verb whose object is the states spoken of: "Germany attacked ...", "The Soviet Union signed pacts with ...".
pub(super) fn transitive(words: &mut Words) -> Option<Deed> {
    if words.eat(&ATTACKS) || words.eat(&["attacks on"]) {
        return Some(Deed::Attack);
    }
    if words.eat(&ENDS) || words.eat(&["annex", "conquer", "absorb", "swallow"]) {
        return Some(Deed::Independence);
    }
    if words.eat(&[
        "went to war with",
        "fought",
        "go to war with",
        "was at war with",
        "fight",
        "went to war against",
    ]) {
        return Some(Deed::War);
    }
    if words.eat(&["betrayed", "betray"]) {
        return Some(Deed::Breach(None));
    }
    let start = words.at;
    if words.eat(&SIGNS) {
        words.eat(&["a", "any"]);
        if let Some(kind) = words.pact()
            && words.eat(&["with"])
        {
            return Some(Deed::Pact(kind));
        }
    }
    words.at = start;
    if words.eat(&BREAKS) {
        words.eat(&["its", "a", "any", "his"]);
        if let Some(kind) = words.pact()
            && words.eat(&["with"])
        {
            return Some(Deed::Breach(kind));
        }
    }
    words.at = start;
    let demanded = words.eat(&[
        "demanded land of",
        "demanded land from",
        "demanded territory from",
        "demanded territory of",
    ]) || words.eat(&["made demands on", "made a demand on", "made territorial demands on"]);
    if demanded {
        return Some(Deed::Demand);
    }
    words
        .eat(&["took land from", "took territory from", "seized land from", "gained land from"])
        .then_some(Deed::Land)
}

const SIGNS: [&str; 14] = [
    "signed",
    "sign",
    "concluded",
    "conclude",
    "made",
    "make",
    "had",
    "have",
    "entered into",
    "enter into",
    "negotiated",
    "joined",
    "held",
    "has",
];

/// "Were attacked by Germany."
fn suffered(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    let deed = if words.eat(&ATTACKS) {
        Deed::Attack
    } else if words.eat(&ENDS) {
        Deed::Independence
    } else if words.eat(&["betrayed"]) {
        Deed::Breach(None)
    } else if words.eat(&["at war"]) {
        let other = if words.eat(&["with"]) { other(words, owner)? } else { Other::Anyone };
        return Some(Told { deed: Deed::War, acts: true, other, times: ONCE, never: false, bound: None });
    } else if words.eat(&["faced with", "confronted with"]) {
        words.eat(&["a", "an", "any"]);
        demand_noun(words)?;
        Deed::Demand
    } else {
        return None;
    };
    let times = often(words).unwrap_or(ONCE);
    let other = if words.eat(&["by"]) { other(words, owner)? } else { Other::Anyone };
    Some(Told { deed, acts: false, other, times, never: false, bound: None })
}

fn done(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    let by_itself =
        |deed, acts, never| Some(Told { deed, acts, other: Other::Anyone, times: ONCE, never, bound: None });
    let start = words.at;
    if words.eat(&ATTACKS) {
        if words.eat(&["more states", "more countries", "more neighbours", "more often", "more"]) {
            return Some(Told {
                deed: Deed::Attack,
                acts: true,
                other: Other::Anyone,
                times: Times::Most { more: true },
                never: false,
                bound: None,
            });
        }
        if words.eat(&["the most states", "the most countries", "most states", "most often", "the most"]) {
            return Some(Told {
                deed: Deed::Attack,
                acts: true,
                other: Other::Anyone,
                times: Times::Most { more: false },
                never: false,
                bound: None,
            });
        }
        let other = other(words, owner).unwrap_or(Other::Anyone);
        return Some(Told { deed: Deed::Attack, acts: true, other, times: ONCE, never: false, bound: None });
    }
    if words.eat(&["went to war", "go to war", "took part in a war", "took part in war"]) || {
        words.eat(&["fought", "fight"])
            && (words.eat(&["a war", "any war", "wars", "war"]) || words.at > start)
    } {
        let with = words.eat(&["with", "against"]);
        let other = if with { other(words, owner)? } else { other(words, owner).unwrap_or(Other::Anyone) };
        return Some(Told { deed: Deed::War, acts: true, other, times: ONCE, never: false, bound: None });
    }
    if words.eat(&["started", "start", "began", "begin", "launched", "waged"]) {
        let (times, never) = quantity(words)?;
        words.eat(&["war", "wars", "war of aggression", "attack", "attacks"]).then_some(())?;
        let other = if words.eat(&["on", "against"]) { other(words, owner)? } else { Other::Anyone };
        return Some(Told { deed: Deed::Attack, acts: true, other, times, never, bound: None });
    }
    if words.eat(&[
        "stayed out of war",
        "stayed out of the war",
        "kept out of war",
        "kept out of the war",
        "avoided war",
    ]) {
        return by_itself(Deed::War, true, true);
    }
    if words.eat(&["kept", "keep", "honoured", "honored", "respected", "observed", "stood by"]) {
        let independence = ["its independence", "their independence", "independence"];
        if words.eat(&independence) {
            return by_itself(Deed::Independence, false, true);
        }
        words.eat(&["all", "every", "each", "any", "every one", "a", "a single"]);
        words.eat(&["of"]);
        words.eat(&["its", "their", "his", "the"]);
        let kind = words.pact()?;
        words.eat(&[
            "it signed",
            "they signed",
            "it made",
            "they made",
            "it had signed",
            "they had signed",
            "it concluded",
        ]);
        let other = if words.eat(&["with"]) { other(words, owner)? } else { Other::Anyone };
        return Some(Told {
            deed: Deed::Breach(kind),
            acts: true,
            other,
            times: ONCE,
            never: true,
            bound: None,
        });
    }
    let independence_kept = [
        "survived",
        "survive",
        "retained its independence",
        "retained their independence",
        "remained independent",
        "stayed independent",
        "preserved its independence",
        "preserved their independence",
        "survived as an independent state",
        "survived as independent states",
        "remain independent",
        "stay independent",
    ];
    if words.eat(&independence_kept) {
        return by_itself(Deed::Independence, false, true);
    }
    let ended = [
        "disappeared",
        "vanished",
        "ceased to exist",
        "disappeared from the map",
        "lost its independence",
        "lost their independence",
        "lose its independence",
        "lose their independence",
        "lost independence",
    ];
    if words.eat(&ended) {
        let other = if words.eat(&["to"]) { other(words, owner)? } else { Other::Anyone };
        return Some(Told {
            deed: Deed::Independence,
            acts: false,
            other,
            times: ONCE,
            never: false,
            bound: None,
        });
    }
    if words.eat(&BREAKS) {
        if words.eat(&["its word", "their word", "his word"]) {
            return by_itself(Deed::Breach(None), true, false);
        }
        let (times, never) = quantity(words)?;
        let kind = words.pact()?;
        let other = if words.eat(&["with"]) { other(words, owner)? } else { Other::Anyone };
        return Some(Told { deed: Deed::Breach(kind), acts: true, other, times, never, bound: None });
    }
    if words.eat(&["denounced", "denounce"]) {
        let (times, never) = quantity(words)?;
        let deed = Deed::Denunciation(words.pact()?);
        let other = if words.eat(&["with"]) { other(words, owner)? } else { Other::Anyone };
        return Some(Told { deed, acts: true, other, times, never, bound: None });
    }
    const LOST: [&str; 9] =
        ["lost", "lose", "losing", "ceded", "cede", "gave up", "give up", "surrendered", "surrender"];
    const TOOK: [&str; 12] = [
        "gained",
        "gain",
        "took",
        "take",
        "seized",
        "seize",
        "annexed",
        "annex",
        "acquired",
        "acquire",
        "won",
        "conquered",
    ];
    let lost = words.eat(&LOST);
    if lost || words.eat(&TOOK) {
        if !lost
            && words.eat(&[
                "another state",
                "another country",
                "a neighbour",
                "a neighbor",
                "a state",
                "other states",
            ])
        {
            return by_itself(Deed::Independence, true, false);
        }
        words.eat(&[
            "some",
            "any",
            "a",
            "more",
            "its",
            "part of its",
            "parts of its",
            "part of their",
            "their",
            "pieces of",
            "no",
        ]);
        let more = words.at > 0 && words.just_read("more");
        let none = words.just_read("no");
        let land = [
            "land",
            "territory",
            "territories",
            "lands",
            "province",
            "provinces",
            "piece of land",
            "piece of territory",
            "ground",
            "of its territory",
            "of their territory",
        ];
        words.eat(&land).then_some(())?;
        let towards = if lost { ["to"] } else { ["from"] };
        let other = if words.eat(&towards) { other(words, owner)? } else { Other::Anyone };
        let times = if more { Times::Most { more } } else { ONCE };
        return Some(Told { deed: Deed::Land, acts: !lost, other, times, never: none, bound: None });
    }
    if words.eat(&["claimed", "claim", "laid claim to"]) {
        words.eat(&["land", "territory", "some land", "some territory"]).then_some(())?;
        let other = if words.eat(&["of", "from", "held by", "against"]) {
            other(words, owner)?
        } else {
            Other::Anyone
        };
        return Some(Told { deed: Deed::Claim, acts: true, other, times: ONCE, never: false, bound: None });
    }
    if words.eat(&[
        "gave in to",
        "gave way to",
        "accepted",
        "accept",
        "met",
        "yielded to",
        "refused",
        "refuse",
        "rejected",
        "resisted",
    ]) {
        let met = !words.just_read("refused")
            && !words.just_read("refuse")
            && !words.just_read("rejected")
            && !words.just_read("resisted");
        let (times, never) = quantity(words)?;
        // "A German demand."
        if let Some(by) = words.state() {
            demand_noun(words)?;
            return Some(Told {
                deed: Deed::Answer { met },
                acts: true,
                other: Other::States(vec![by]),
                times,
                never,
                bound: None,
            });
        }
        demand_noun(words)?;
        let from = words.eat(&["of", "by", "from"]);
        let other = if from { other(words, owner)? } else { Other::Anyone };
        return Some(Told { deed: Deed::Answer { met }, acts: true, other, times, never, bound: None });
    }
    let received = words.eat(&["received", "receive", "faced", "face", "got", "was given", "were given"]);
    if received || words.eat(&["made", "make", "issued", "issue", "presented", "sent"]) {
        let demand = || -> Option<Told> {
            let (times, never) = quantity(words)?;
            demand_noun(words)?;
            let towards = if received { ["from", "of", "by"] } else { ["on", "to", "against"] };
            let other = if words.eat(&towards) { other(words, owner)? } else { Other::Anyone };
            Some(Told { deed: Deed::Demand, acts: !received, other, times, never, bound: None })
        };
        let mut demand = demand;
        if let Some(told) = demand() {
            return Some(told);
        }
        words.at = start;
    }
    if words.eat(&SIGNS) {
        let claim = [
            "a territorial claim",
            "a claim",
            "territorial claims",
            "claims",
            "claims to land",
            "a claim to land",
        ];
        if words.eat(&claim) {
            let other =
                if words.eat(&["on", "against", "to"]) { other(words, owner)? } else { Other::Anyone };
            return Some(Told {
                deed: Deed::Claim,
                acts: true,
                other,
                times: ONCE,
                never: false,
                bound: None,
            });
        }
        let (times, never) = quantity(words)?;
        let deed = Deed::Pact(words.pact()?);
        let other = if words.eat(&["with"]) { other(words, owner)? } else { Other::Anyone };
        return Some(Told { deed, acts: true, other, times, never, bound: None });
    }
    None
}

fn demand_noun(words: &mut Words) -> Option<()> {
    words.eat(&["territorial", "foreign"]);
    words
        .eat(&["demand", "demands", "demand for land", "demands for land", "ultimatum", "ultimatums"])
        .then_some(())
}

/// How many of a thing: "a pact", "more than three pacts", "no pact"; whether that denies it.
fn quantity(words: &mut Words) -> Option<(Times, bool)> {
    let count = |words: &mut Words| {
        let Some(Token::Word(word)) = words.peek() else { return None };
        let n = number(word).filter(|n| *n > 0.0)?;
        words.at += 1;
        Some(n as u32)
    };
    if words.eat(&["more than"]) {
        return count(words).map(|n| (Times::AtLeast(n + 1), false));
    }
    if words.eat(&["at least"]) {
        return count(words).map(|n| (Times::AtLeast(n), false));
    }
    if words.eat(&["more", "a larger number of"]) {
        return Some((Times::Most { more: true }, false));
    }
    if words.eat(&["the most", "most", "the largest number of", "the greatest number of"]) {
        return Some((Times::Most { more: false }, false));
    }
    if words.eat(&["no"]) {
        return Some((ONCE, true));
    }
    if let Some(n) = count(words) {
        words.eat(&["or more"]);
        return Some((Times::AtLeast(n), false));
    }
    words.eat(&["a", "an", "any", "some", "its", "their", "his", "a single", "the", "several"]);
    Some((if words.just_read("several") { Times::AtLeast(2) } else { ONCE }, false))
}

/// "twice", "more than once", "more often".
fn often(words: &mut Words) -> Option<Times> {
    Some(
        match words.one_of(&[
            "at least once",
            "twice",
            "more than once",
            "repeatedly",
            "three times",
            "at least twice",
            "more than twice",
            "several times",
            "more often",
            "more frequently",
            "most often",
            "the most often",
            "the most",
            "most frequently",
        ])? {
            "at least once" => ONCE,
            "three times" | "more than twice" => Times::AtLeast(3),
            "more often" | "more frequently" => Times::Most { more: true },
            "most often" | "the most often" | "the most" | "most frequently" => Times::Most { more: false },
            _ => Times::AtLeast(2),
        },
    )
}

/// The other side: "Germany or the Soviet Union", "a great power", "anyone", "each other", "its neighbours".
fn other(words: &mut Words, owner: Option<ActorId>) -> Option<Other> {
    words.eat(&["either"]);
    if let Some(actor) = words.state() {
        let mut states = vec![actor];
        while words.eat(&["or", "and", "and or"]) {
            states.push(words.state()?);
        }
        return Some(Other::States(states));
    }
    if words.eat(&["it", "them", "him"]) {
        return Some(Other::States(vec![owner?]));
    }
    if words.eat(&["each other", "one another"]) {
        return Some(Other::Each);
    }
    let start = words.at;
    words.pass(&["a", "an", "any", "another", "one of", "its", "their", "his", "the", "own"]);
    if words.eat(&["neighbour", "neighbours", "neighbor", "neighbors", "neighbouring state"]) {
        return Some(Other::Neighbour);
    }
    if let Some(sort) = sort(words) {
        return Some(Other::Sort(sort));
    }
    words.at = start;
    // "By a partner": whoever it is, while bound.
    if bound(words).is_some() {
        words.at = start;
        return Some(Other::Anyone);
    }
    words.eat(&ANYONE).then_some(Other::Anyone)
}

const ANYONE: [&str; 18] = [
    "anyone",
    "anybody",
    "any state",
    "any country",
    "another state",
    "another country",
    "other states",
    "other countries",
    "others",
    "another",
    "someone",
    "somebody",
    "a state",
    "a country",
    "anyone else",
    "anybody else",
    "some other state",
    "another nation",
];

fn sort(words: &mut Words) -> Option<Sort> {
    const GREAT: [&str; 6] =
        ["great power", "great powers", "major power", "major powers", "big power", "big powers"];
    const SMALL: [&str; 8] = [
        "small state",
        "small states",
        "smaller state",
        "smaller states",
        "small country",
        "small countries",
        "weaker state",
        "weaker states",
    ];
    if let Some(Token::Group(group)) = words.peek() {
        words.at += 1;
        return Some(Sort::Group(group));
    }
    let named: [(&[&str], Sort); 4] = [
        (&GREAT, Sort::Great),
        (&SMALL, Sort::Small),
        (&["democracy", "democracies"], Sort::Democracy),
        (&["dictatorship", "dictatorships"], Sort::Dictatorship),
    ];
    named.into_iter().find_map(|(phrases, sort)| words.eat(phrases).then_some(sort))
}

/// "... that it had a pact with", "by a partner", "while a pact was in force": only while the two were bound.
pub(super) fn bound(words: &mut Words) -> Option<Option<PactType>> {
    let start = words.at;
    words.eat(&["that", "which", "with which", "with whom"]);
    if words.eat(&["it", "they", "he"]) && words.eat(&["had", "has", "signed", "had signed"]) {
        words.eat(&["a", "any"]);
        if let Some(kind) = words.pact() {
            words.eat(&["with"]);
            return Some(kind);
        }
    }
    words.at = start;
    if words.eat(&["while", "when", "with"]) {
        words.eat(&["a", "any", "its", "their", "the"]);
        if let Some(kind) = words.pact() {
            if words.eat(&["with"]) {
                words.eat(&["it", "them"]);
            }
            words.pass(&["was", "were", "still"]);
            if words.eat(&["in force", "in effect", "in place", "valid"]) {
                return Some(kind);
            }
        }
    }
    words.at = start;
    words.eat(&["a", "any", "its", "their", "own", "pact", "treaty"]);
    let kind = words.pact().flatten();
    if words.eat(&["partner", "partners"]) {
        return Some(kind);
    }
    words.at = start;
    None
}
