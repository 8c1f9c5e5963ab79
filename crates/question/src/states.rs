//! Sentences about how many states did something, or had it done to them: "No great power kept all its treaties.", "Germany attacked
//! most of its neighbours.", "Nobody signed more pacts than the Soviet Union." Every word of such a sentence must be one that is
//! understood; otherwise it is another claim, or none.

mod deeds;
mod words;

use jonbar_record::{ActorId, PactType, Record, Window};

use crate::claim::{Sort, is_adverb, plain};
use crate::sentence::Sentence;
use crate::vague::Vague;
use deeds::{Times, Told};
use words::{Token, Words};

/// A sentence about how many states did something, or which did it most.
#[derive(Clone, Debug, PartialEq)]
pub struct StatesClaim {
    /// The states that it is about.
    pub who: Who,
    /// What they did, or had done to them.
    pub deed: Deed,
    /// They did it; otherwise it was done to them.
    pub acts: bool,
    /// On whom, by whom or with whom.
    pub other: Other,
    /// At least so many times.
    pub times: u32,
    /// Only while a pact of the two alone was in force, of this type if any is named.
    pub bound: Option<Option<PactType>>,
    /// They did not.
    pub never: bool,
    /// How many of them.
    pub amount: Amount,
    /// When.
    pub window: Option<Window>,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
}

/// Which states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Who {
    /// Those of a sort; `None` for any.
    pub sort: Option<Sort>,
    /// Those that are each of these to another state.
    pub of: Vec<(Relation, ActorId)>,
}

/// What states are to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Relation {
    /// They share a border by land.
    Neighbour,
    /// They have signed a pact of the two alone with it, of this type if any is named.
    Partner(Option<PactType>),
}

/// What a state does, or what is done to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Attack, occupation or annexation.
    Attack,
    /// War, on either side.
    War,
    /// The breach of a pact.
    Breach(Option<PactType>),
    /// Notice to end a pact.
    Denunciation(Option<PactType>),
    /// The signature of a pact.
    Pact(Option<PactType>),
    /// Land that changes hands.
    Land,
    /// The end of a state's independence.
    Independence,
    /// A demand for land.
    Demand,
    /// The answer to a demand for land, by whoever is asked.
    Answer {
        /// It is met; otherwise refused.
        met: bool,
    },
    /// A claim to land that another holds.
    Claim,
}

/// The other side of a deed.
#[derive(Clone, Debug, PartialEq)]
pub enum Other {
    /// Whoever it is.
    Anyone,
    /// Another of the states spoken of.
    Each,
    /// One of these.
    States(Vec<ActorId>),
    /// A state of a sort.
    Sort(Sort),
    /// A neighbour by land.
    Neighbour,
}

/// How many states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// It is asked.
    Asked,
    /// A share of them.
    Share(&'static Vague),
    /// So many.
    Number {
        /// At least.
        least: u32,
        /// At most, if there is a limit.
        most: Option<u32>,
    },
    /// This one and no other.
    Only(ActorId),
    /// Not how many, but who most often; which state is said to be the one, if any.
    Most(Option<ActorId>),
    /// Who did it more often than this one.
    Above(ActorId),
    /// Nobody did it more often than this one: others may have done it as often.
    Topped(ActorId),
}

impl Amount {
    fn named(word: &str) -> Option<Amount> {
        Vague::named(word).map(Amount::Share)
    }
}

/// Reads a sentence about states; `None` if it is none, or has a word that is not understood.
pub(crate) fn states(record: &Record, s: &Sentence) -> Option<StatesClaim> {
    let plainly = plain(&s.text);
    if plainly == s.text { read(record, s) } else { read(record, &Sentence::of(&plainly, record)) }
}

fn read(record: &Record, s: &Sentence) -> Option<StatesClaim> {
    let words = || Words::of(record, s);
    of_many(words()?, s.is_question())
        .or_else(|| of_one(words()?))
        .or_else(|| the_most(words()?))
        .or_else(|| the_only(words()?))
}

const AUXILIARIES: [&str; 18] = [
    "did", "do", "does", "have", "has", "had", "were", "was", "are", "is", "been", "be", "got", "get",
    "ever", "also", "actually", "being",
];
/// Of those, the ones that can be the verb itself: "had a pact", "got an ultimatum".
const VERBS_TOO: [&str; 5] = ["have", "has", "had", "got", "get"];
const PASSIVE: [&str; 8] = ["were", "was", "are", "is", "been", "be", "got", "get"];
const DENIALS: [&str; 10] =
    ["never", "not", "didnt", "wasnt", "werent", "hadnt", "havent", "hasnt", "dont", "doesnt"];

/// "Most small states lost land.", "Did every great power break a pact?", "How many of Germany's neighbours did it attack?"
fn of_many(mut words: Words, question: bool) -> Option<StatesClaim> {
    let mut passive = false;
    if question {
        words.pass(&["is it true that"]);
        passive = words.one_of(&AUXILIARIES).is_some_and(|w| PASSIVE.contains(&w));
    }
    words.eat(&["of"]);
    let (mut amount, _) = amount(&mut words, question).unzip();
    words.eat(&["the"]);
    let who = subject(&mut words, None, None)?;
    let owner = who.of.first().map(|(_, actor)| *actor);
    // "How many countries did Germany attack?"
    if amount.is_some() && words.at > 0 {
        let start = words.at;
        if words.eat(&["did"])
            && let Some(by) = words.state()
            && let Some(deed) = deeds::transitive(&mut words)
            && words.done()
        {
            let other = Other::States(vec![by]);
            let told = Told { acts: false, ..Told::of(deed, other) };
            return claim(words, who, told, amount);
        }
        words.at = start;
    }
    if amount.is_none() && words.eat(&["all", "both"]) {
        amount = Amount::named("all");
    }
    // "How many of Germany's neighbours did it attack?"
    if words.eat(&["did it", "did they", "did he"]) {
        let owner = owner?;
        let told = deeds::told(&mut words, false, Some(owner))?;
        let turned =
            told.acts && told.other == Other::Anyone && told.times == Times::AtLeast(1) && !told.never;
        let told = Told { acts: false, other: Other::States(vec![owner]), ..told };
        return (turned && words.done()).then(|| claim(words, who, told, amount))?;
    }
    let mut never = false;
    // "Were democracies ever attacked?" asks of any.
    if question && amount.is_none() && words.eat(&["ever"]) {
        amount = Some(Amount::Number { least: 1, most: None });
    }
    loop {
        if words.eat(&["all", "both"]) && amount.is_none() {
            // "Did not all break a pact" denies only that all did.
            if never {
                return None;
            }
            amount = Amount::named("all");
        } else if !auxiliary(&mut words, &mut passive, &mut never) {
            break;
        }
    }
    let mut told = deeds::told(&mut words, passive, owner)?;
    // "The Baltic states never attacked anyone": none of them did.
    if amount.is_none() && never && matches!(who.sort, Some(Sort::Group(_))) {
        (amount, never) = (Amount::named("none"), false);
    }
    told.never ^= never;
    if !words.done() {
        return None;
    }
    claim(words, who, told, amount)
}

/// Reads on over one auxiliary or denial; whether there was one.
fn auxiliary(words: &mut Words, passive: &mut bool, never: &mut bool) -> bool {
    if words.eat(&DENIALS) {
        *never = !*never;
        *passive |= words.just_read("wasnt") || words.just_read("werent");
        return true;
    }
    let start = words.at;
    let Some(word) = words.one_of(&AUXILIARIES) else { return false };
    // "Had a pact", "got two ultimatums": the verb itself.
    if VERBS_TOO.contains(&word) && words.has_object(0) {
        words.at = start;
        return false;
    }
    *passive |= PASSIVE.contains(&word);
    true
}

/// "Germany attacked most of its neighbours.", "Did Germany attack all of its neighbours?"
fn of_one(mut words: Words) -> Option<StatesClaim> {
    words.pass(&["is it true that"]);
    let asked = words.eat(&["did", "had", "has"]);
    let owner = words.state()?;
    if !words.has_object(1) {
        words.pass(&["had", "has", "ever", "also", "actually"]);
    }
    let never = words.eat(&["never", "did not", "didnt"]);
    let deed = deeds::transitive(&mut words)?;
    let (amount, own) = match amount(&mut words, asked || never) {
        // "Never attacked any of its neighbours": none of them.
        Some((Amount::Number { least: 1, most: None }, own)) if never => (Amount::named("none")?, own),
        // "Did not attack all of its neighbours" denies only that it attacked all.
        Some(_) if never => return None,
        found => found?,
    };
    words.eat(&["the"]);
    let who = subject(&mut words, own.then_some(owner), Some(owner))?;
    if who.of.iter().any(|(_, actor)| *actor != owner) || !words.done() {
        return None;
    }
    let told = Told { acts: false, ..Told::of(deed, Other::States(vec![owner])) };
    claim(words, who, told, Some(amount))
}

/// "Nobody signed more pacts than the Soviet Union.", "Which state broke the most pacts?", "Germany attacked more states than any
/// other."
fn the_most(mut words: Words) -> Option<StatesClaim> {
    let nobody = words.eat(&["nobody", "no one", "noone"]) || words.eat(&["no", "no other"]);
    let asks = !nobody && words.eat(&["which", "what", "who"]);
    let named = if nobody || asks { None } else { Some(words.state()?) };
    let who = subject(&mut words, None, None).unwrap_or_default();
    let passive = words.eat(&["was", "were"]);
    words.pass(&["else", "ever"]);
    let told = deeds::told(&mut words, passive, None)?;
    let Times::Most { more } = told.times else { return None };
    let amount = match (named, more) {
        (None, true) => {
            words.eat(&["than"]).then_some(())?;
            let than = words.state()?;
            if asks { Amount::Above(than) } else { Amount::Topped(than) }
        }
        (Some(named), true) => {
            let others = [
                "than any other",
                "than anyone else",
                "than anybody else",
                "than everyone else",
                "than any other state",
                "than any other country",
                "than any other power",
                "than any other great power",
                "of all",
            ];
            words.eat(&others).then_some(())?;
            Amount::Most(Some(named))
        }
        (named, false) => {
            words.pass(&["of all", "of any", "of any state", "of all states", "of them"]);
            Amount::Most(named)
        }
    };
    if amount == Amount::Most(None) && !asks || !words.done() {
        return None;
    }
    claim(words, who, Told { times: Times::AtLeast(1), ..told }, Some(amount))
}

/// "Bulgaria was the only Balkan state that gained land.", "Of all the neighbours of Germany, only Switzerland was never attacked."
fn the_only(mut words: Words) -> Option<StatesClaim> {
    let among = words.eat(&["of all", "among", "of"]).then(|| {
        words.eat(&["the"]);
        subject(&mut words, None, None)
    });
    let among = match among {
        Some(who) => Some(who?),
        None => None,
    };
    let (only, who) = if words.eat(&["only"]) {
        (words.state()?, among.unwrap_or_default())
    } else {
        let named = words.state()?;
        words.eat(&["was the only", "is the only", "were the only"]).then_some(())?;
        let who = match among {
            Some(who) if words.eat(&["one"]) => who,
            _ => subject(&mut words, None, None)?,
        };
        words.eat(&["that", "which", "to"]).then_some(())?;
        (named, who)
    };
    let (mut passive, mut never) = (false, false);
    while auxiliary(&mut words, &mut passive, &mut never) {}
    let mut told = deeds::told(&mut words, passive, who.of.first().map(|(_, actor)| *actor))?;
    told.never ^= never;
    if !words.done() {
        return None;
    }
    claim(words, who, told, Some(Amount::Only(only)))
}

fn claim(words: Words, who: Who, told: Told, amount: Option<Amount>) -> Option<StatesClaim> {
    let Times::AtLeast(times) = told.times else { return None };
    let mut assumed = words.assumed;
    if words.s.has_phrase(&["in", "europe"]) || words.s.has(&["european"]) {
        assumed.push("All states of the casebook are counted, those outside Europe too.".to_owned());
    }
    let (deed, acts, never) = (told.deed, told.acts, told.never);
    let most = matches!(amount, Some(Amount::Most(_) | Amount::Above(_) | Amount::Topped(_)));
    if most && deed == Deed::Attack {
        assumed.push("Counted are attacks: a state attacked twice counts twice.".to_owned());
    }
    Some(StatesClaim {
        who,
        deed,
        acts,
        other: told.other,
        times,
        bound: told.bound,
        never,
        amount: amount?,
        window: words.window,
        assumed,
    })
}

/// How many states, and whether they are those of the state named before: "most of its".
fn amount(words: &mut Words, question: bool) -> Option<(Amount, bool)> {
    let start = words.at;
    let exactly = |n: u32| Amount::Number { least: n, most: Some(n) };
    let found = if words.eat(&["how many", "which", "what", "which ones"]) {
        Some(Amount::Asked)
    } else if words.eat(&["no", "not one", "not a single", "none"]) {
        Amount::named("none")
    } else if words.eat(&["every", "each", "every single", "every one", "each one", "each and every"]) {
        Amount::named("every")
    } else if words.eat(&["some", "at least some"]) || question && words.eat(&["any"]) {
        Some(Amount::Number { least: 1, most: None })
    } else if words.eat(&["only one", "just one", "exactly one"]) {
        Some(exactly(1))
    } else if let Some(vague) = Vague::at(&words.s.folded, words.place()).filter(|v| !is_adverb(v)) {
        words.go_to(words.place() + vague.word.split(' ').count());
        Some(Amount::Share(vague))
    } else if words.eat(&["at least", "no fewer than", "no less than"]) {
        words.number().map(|least| Amount::Number { least, most: None })
    } else if words.eat(&["more than"]) {
        words.number().map(|n| Amount::Number { least: n + 1, most: None })
    } else if words.eat(&["fewer than", "less than"]) {
        words.number().map(|n| Amount::Number { least: 0, most: Some(n.saturating_sub(1)) })
    } else if words.eat(&["at most", "no more than"]) {
        words.number().map(|n| Amount::Number { least: 0, most: Some(n) })
    } else if words.eat(&["only", "just", "exactly"]) {
        words.number().map(exactly)
    } else {
        words.number().map(|least| Amount::Number { least, most: None })
    };
    let Some(amount) = found else {
        words.at = start;
        return None;
    };
    words.eat(&["of", "out of"]);
    words.eat(&["all"]);
    Some((amount, words.eat(&["its", "his", "their"])))
}

const NEIGHBOURS: [&str; 6] =
    ["neighbours", "neighbors", "neighbour", "neighbor", "immediate neighbours", "immediate neighbors"];
const STATES: [&str; 16] = [
    "states",
    "countries",
    "nations",
    "powers",
    "governments",
    "state",
    "country",
    "nation",
    "power",
    "government",
    "sovereign states",
    "independent states",
    "independent state",
    "european states",
    "european countries",
    "european country",
];

/// The states spoken of; `owner` is the state whose they are, if they were said to be its own, and `bare` whose neighbours are meant
/// where it is not said whose.
fn subject(words: &mut Words, owner: Option<ActorId>, bare: Option<ActorId>) -> Option<Who> {
    let great = ["great", "major", "big", "large", "strong", "european great", "stronger"];
    let small = [
        "small",
        "minor",
        "little",
        "weak",
        "lesser",
        "smaller",
        "small european",
        "smaller european",
        "weaker",
    ];
    let start = words.at;
    let own = match (owner, words.peek()) {
        (Some(owner), _) => Some(owner),
        (None, Some(Token::State(actor, _))) => {
            words.at += 1;
            Some(actor)
        }
        _ => None,
    };
    if let Some(own) = own {
        let relation = if words.eat(&NEIGHBOURS) {
            Relation::Neighbour
        } else {
            let kind = words.pact().flatten();
            words.eat(&["partners", "partner", "treaty partners", "signatories"]).then_some(())?;
            Relation::Partner(kind)
        };
        return Some(with_relations(words, Who { sort: None, of: vec![(relation, own)] }));
    }
    words.eat(&["other"]);
    let sort = if let Some(Token::Group(group)) = words.peek() {
        words.at += 1;
        Some(Sort::Group(group))
    } else if words.eat(&[
        "democracies",
        "democracy",
        "democratic states",
        "democratic state",
        "democratic countries",
    ]) {
        Some(Sort::Democracy)
    } else if words.eat(&["dictatorships", "dictatorship", "dictators", "autocracies", "autocracy"]) {
        Some(Sort::Dictatorship)
    } else {
        let sort = match (words.eat(&great), words.eat(&small)) {
            (true, _) => Some(Sort::Great),
            (_, true) => Some(Sort::Small),
            _ => None,
        };
        if words.eat(&NEIGHBOURS) {
            let of = if words.eat(&["of"]) { words.state()? } else { bare? };
            return Some(with_relations(words, Who { sort, of: vec![(Relation::Neighbour, of)] }));
        }
        if !words.eat(&STATES) {
            words.at = start;
            return None;
        }
        sort
    };
    Some(with_relations(words, Who { sort, of: Vec::new() }))
}

/// The states with what is said of them behind their name: "... that it had signed a pact with".
fn with_relations(words: &mut Words, mut who: Who) -> Who {
    who.of.extend(relation(words));
    who
}

/// "that had a pact with Germany", "with which it had a pact", "bordering the Soviet Union".
fn relation(words: &mut Words) -> Option<(Relation, ActorId)> {
    let start = words.at;
    let that = words.eat(&["that", "which", "who", "with which", "with whom"]);
    let found = if words.eat(&["bordering", "bordered", "neighbouring", "next to", "shared a border with"]) {
        words.state().map(|actor| (Relation::Neighbour, actor))
    } else {
        partner_of(words, that)
    };
    if found.is_none() {
        words.at = start;
    }
    found
}

fn partner_of(words: &mut Words, that: bool) -> Option<(Relation, ActorId)> {
    // "It had a pact with", of whoever acts.
    let named = words.state();
    let it = match named {
        Some(actor) => Some(actor),
        _ if words.eat(&["it", "he", "they"]) => Some(words.first_state()?),
        _ => None,
    };
    let verb = words.eat(&[
        "signed",
        "had",
        "had signed",
        "have",
        "has",
        "made",
        "concluded",
        "held",
        "with",
        "bound by",
    ]);
    // "Most states signed a pact with Germany" tells what they did, and "states with a pact" which are meant.
    let describes = that || it.is_some() || words.just_read("with") || words.just_read("by");
    if !verb || !describes {
        return None;
    }
    words.eat(&["a", "any", "its", "their", "his"]);
    let kind = words.pact()?;
    let with = words.eat(&["with"]);
    let partner = match it {
        Some(actor) => actor,
        None if with => words.state()?,
        None => return None,
    };
    Some((Relation::Partner(kind), partner))
}
