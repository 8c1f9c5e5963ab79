//! What a sentence says that states did, or had done to them.

use jonbar_record::{ActorId, PactType};

use super::words::{Token, Words};
use super::{Deed, Other};
use crate::claim::Sort;

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

impl Told {
    /// Done once at least, to the other side.
    pub(super) fn of(deed: Deed, other: Other) -> Told {
        Told { deed, acts: true, other, times: ONCE, never: false, bound: None }
    }
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
const ENDS: [&str; 11] = [
    "annexed",
    "conquered",
    "absorbed",
    "swallowed up",
    "take over",
    "took over",
    "taken over",
    "wiped off the map",
    "partitioned",
    "extinguished",
    "swallowed",
];
const BREAKS: [&str; 6] = ["broke", "break", "violated", "violate", "broken", "breached"];

const TAKES: [&str; 12] = [
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
        return Some(Told::of(Deed::War, towards(words, &["with"], owner)?));
    } else if words.eat(&["faced with", "confronted with"]) {
        words.eat(&["a", "an", "any"]);
        demand_noun(words)?;
        Deed::Demand
    } else {
        return None;
    };
    let times = often(words).unwrap_or(ONCE);
    let other = towards(words, &["by"], owner)?;
    Some(Told { acts: false, times, ..Told::of(deed, other) })
}

/// A verb in the active and its object.
fn done(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    let start = words.at;
    let readings = [attacked, fought, began, kept, ended, broke, land, claimed, answered, asked, signed];
    readings.into_iter().find_map(|read| {
        words.at = start;
        read(words, owner)
    })
}

/// The other side, if one of these words brings it in.
fn towards(words: &mut Words, brings: &[&str], owner: Option<ActorId>) -> Option<Other> {
    if words.eat(brings) { other(words, owner) } else { Some(Other::Anyone) }
}

/// "attacked Poland", "invaded the most states"
fn attacked(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    words.eat(&ATTACKS).then_some(())?;
    let more = words.eat(&["more states", "more countries", "more neighbours", "more often", "more"]);
    if more || words.eat(&["the most states", "the most countries", "most states", "most often", "the most"])
    {
        return Some(Told { times: Times::Most { more }, ..Told::of(Deed::Attack, Other::Anyone) });
    }
    Some(Told::of(Deed::Attack, anyone_or(words, owner)?))
}

/// "went to war with Germany", "stayed out of war"
fn fought(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    if words.eat(&[
        "stayed out of war",
        "stayed out of the war",
        "kept out of war",
        "kept out of the war",
        "avoided war",
    ]) {
        return Some(Told { never: true, ..Told::of(Deed::War, Other::Anyone) });
    }
    words
        .eat(&["went to war", "go to war", "took part in a war", "took part in war", "fought", "fight"])
        .then_some(())?;
    words.eat(&["a war", "any war", "wars", "war"]);
    let with = words.eat(&["with", "against"]);
    let other = if with { other(words, owner)? } else { anyone_or(words, owner)? };
    Some(Told::of(Deed::War, other))
}

/// "started a war against Greece"
fn began(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    words.eat(&["started", "start", "began", "begin", "launched", "waged"]).then_some(())?;
    let (times, never) = quantity(words)?;
    words.eat(&["war", "wars", "war of aggression", "attack", "attacks"]).then_some(())?;
    let other = towards(words, &["on", "against"], owner)?;
    Some(Told { times, never, ..Told::of(Deed::Attack, other) })
}

/// "kept its pact with Poland", "kept its independence"
fn kept(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    words.eat(&["kept", "keep", "honoured", "honored", "respected", "observed", "stood by"]).then_some(())?;
    if words.eat(&["its independence", "their independence", "independence"]) {
        return Some(Told { acts: false, never: true, ..Told::of(Deed::Independence, Other::Anyone) });
    }
    words.eat(&["all", "every", "each", "every one"]);
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
    let other = towards(words, &["with"], owner)?;
    Some(Told { never: true, ..Told::of(Deed::Breach(kind), other) })
}

/// "survived", "lost its independence to Germany", "annexed a neighbour"
fn ended(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    if words.eat(&[
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
    ]) {
        return Some(Told { acts: false, never: true, ..Told::of(Deed::Independence, Other::Anyone) });
    }
    if words.eat(&[
        "disappeared",
        "vanished",
        "ceased to exist",
        "disappeared from the map",
        "lost its independence",
        "lost their independence",
        "lose its independence",
        "lose their independence",
        "lost independence",
    ]) {
        let other = towards(words, &["to"], owner)?;
        return Some(Told { acts: false, ..Told::of(Deed::Independence, other) });
    }
    words.eat(&TAKES).then_some(())?;
    if words.eat(&["another state", "another country", "a state", "other states"]) {
        return Some(Told::of(Deed::Independence, Other::Anyone));
    }
    words
        .eat(&["a neighbour", "a neighbor", "a neighbouring state"])
        .then(|| Told::of(Deed::Independence, Other::Neighbour))
}

/// "broke a pact with Poland", "denounced its pacts"
fn broke(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    let denounced = words.eat(&["denounced", "denounce"]);
    (denounced || words.eat(&BREAKS)).then_some(())?;
    let (times, never) = quantity(words)?;
    let kind = words.pact()?;
    let deed = if denounced { Deed::Denunciation(kind) } else { Deed::Breach(kind) };
    let other = towards(words, &["with"], owner)?;
    Some(Told { times, never, ..Told::of(deed, other) })
}

/// "lost land to Hungary", "gained territory"
fn land(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    let lost = words.eat(&[
        "lost",
        "lose",
        "losing",
        "ceded",
        "cede",
        "gave up",
        "give up",
        "surrendered",
        "surrender",
    ]);
    (lost || words.eat(&TAKES)).then_some(())?;
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
    let more = words.just_read("more");
    let never = words.just_read("no");
    words
        .eat(&[
            "land",
            "territory",
            "territories",
            "lands",
            "province",
            "provinces",
            "piece of land",
            "piece of territory",
            "of its territory",
            "of their territory",
        ])
        .then_some(())?;
    let other = towards(words, if lost { &["to"] } else { &["from"] }, owner)?;
    let times = if more { Times::Most { more } } else { ONCE };
    Some(Told { acts: !lost, times, never, ..Told::of(Deed::Land, other) })
}

/// "claimed land of Romania", "made a territorial claim on Romania"
fn claimed(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    let start = words.at;
    if words.eat(&["claimed", "claim", "laid claim to"])
        && words.eat(&["land", "territory", "some land", "some territory"])
    {
        let other = towards(words, &["of", "from", "held by", "against"], owner)?;
        return Some(Told::of(Deed::Claim, other));
    }
    words.at = start;
    words.eat(&SIGNS).then_some(())?;
    words
        .eat(&[
            "a territorial claim",
            "a claim",
            "territorial claims",
            "claims",
            "claims to land",
            "a claim to land",
        ])
        .then_some(())?;
    Some(Told::of(Deed::Claim, towards(words, &["on", "against", "to"], owner)?))
}

/// "gave in to a German demand", "refused a demand of Germany"
fn answered(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    let met = words.eat(&["gave in to", "gave way to", "accepted", "accept", "met", "yielded to"]);
    (met || words.eat(&["refused", "refuse", "rejected", "resisted"])).then_some(())?;
    let (times, never) = quantity(words)?;
    let by = words.state();
    demand_noun(words)?;
    let other = match by {
        Some(by) => Other::States(vec![by]),
        None => towards(words, &["of", "by", "from"], owner)?,
    };
    Some(Told { times, never, ..Told::of(Deed::Answer { met }, other) })
}

/// "made a demand on Poland", "received an ultimatum"
fn asked(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    let received = words.eat(&["received", "receive", "faced", "face", "got", "was given", "were given"]);
    (received || words.eat(&["made", "make", "issued", "issue", "presented", "sent"])).then_some(())?;
    demand(words, owner, received)
}

/// "signed more than three pacts with Germany"
fn signed(words: &mut Words, owner: Option<ActorId>) -> Option<Told> {
    words.eat(&SIGNS).then_some(())?;
    let (times, never) = quantity(words)?;
    let deed = Deed::Pact(words.pact()?);
    let other = towards(words, &["with"], owner)?;
    Some(Told { times, never, ..Told::of(deed, other) })
}

/// "A demand on Poland", "an ultimatum from Germany", behind its verb.
fn demand(words: &mut Words, owner: Option<ActorId>, received: bool) -> Option<Told> {
    let (times, never) = quantity(words)?;
    demand_noun(words)?;
    let brings = if received { ["from", "of", "by"] } else { ["on", "to", "against"] };
    let other = towards(words, &brings, owner)?;
    Some(Told { acts: !received, times, never, ..Told::of(Deed::Demand, other) })
}

fn demand_noun(words: &mut Words) -> Option<()> {
    words.eat(&["territorial", "foreign"]);
    words
        .eat(&["demand", "demands", "demand for land", "demands for land", "ultimatum", "ultimatums"])
        .then_some(())
}

/// How many of a thing: "a pact", "more than three pacts", "no pact"; whether that denies it.
fn quantity(words: &mut Words) -> Option<(Times, bool)> {
    if words.eat(&["more than"]) {
        return words.number().map(|n| (Times::AtLeast(n + 1), false));
    }
    if words.eat(&["at least"]) {
        return words.number().map(|n| (Times::AtLeast(n), false));
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
    if let Some(n) = words.number() {
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

/// The other side where it may be left out: "attacked".
fn anyone_or(words: &mut Words, owner: Option<ActorId>) -> Option<Other> {
    let start = words.at;
    match other(words, owner) {
        Some(other) => Some(other),
        None if words.at == start => Some(Other::Anyone),
        // "Attacked it", of nothing that it could be.
        None => None,
    }
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
