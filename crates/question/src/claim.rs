//! Sentences about how often things happen, taken apart: of which cases, what is said of them, and how often.

mod nearest;
mod words;

use std::ops::Range;

use jonbar_record::{ActorId, Entity, Office, PactType, PersonId, Record, Window};

use crate::lexicon::{Verb, pact_at};
use crate::read::Focus;
use crate::sentence::Sentence;
use crate::text::words_of;
use crate::vague::Vague;
use words::Words;

pub use nearest::nearest_claims;

/// A sentence about how often something happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Of which cases.
    pub of: Cases,
    /// What is said of them.
    pub says: Says,
    /// Whose acts alone count; `None` for either side.
    pub by: Option<Whose>,
    /// How often, if it says so.
    pub word: Option<&'static Vague>,
    /// The other cases, if it compares.
    pub than: Option<Than>,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Parts of the sentence that no answer weighs.
    pub left_out: Vec<String>,
}

/// The cases that a claim is about: pacts, or demands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cases {
    /// Type of pact, with those that count as the same obligation; `None` for any but a peace treaty.
    pub pact: Option<PactType>,
    /// Only those of this state; of demands, those that it makes.
    pub party: Option<ActorId>,
    /// Of demands, only those made on this state.
    pub target: Option<ActorId>,
    /// Sorts of state that the sides must be, in either order; `None` for any. Of demands, who makes them and on whom.
    pub sides: [Option<Sort>; 2],
    /// What the two must be to each other.
    pub pair: Option<Pair>,
    /// Only pacts of more than two states; otherwise only pacts of two.
    pub many: bool,
    /// Only ultimatums and the like: never pacts.
    pub demands: bool,
    /// Only those signed or made then.
    pub window: Option<Window>,
}

/// A sort of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A great power of the casebook.
    Great,
    /// Any other state.
    Small,
    /// A democracy on the day.
    Democracy,
    /// Any other regime.
    Dictatorship,
}

/// What two states are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// They share a border by land.
    Neighbours,
    /// They do not.
    Distant,
    /// One claims land that the other holds.
    Rivals,
}

/// Whose acts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A state's.
    Actor(ActorId),
    /// Those of any state of a sort.
    Sort(Sort),
}

/// What is said of the cases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Says {
    /// Pacts were broken.
    Broken,
    /// Pacts were denounced.
    Denounced,
    /// Pacts were kept.
    Kept,
    /// Pacts lasted so many years, or less.
    Lasted {
        /// Years; `None` where only a length is asked, or two lengths are compared.
        years: Option<f64>,
        /// Less than that.
        under: bool,
        /// Until broken or denounced; otherwise until any end.
        unbroken: bool,
    },
    /// Pacts ran the time agreed.
    FullTerm,
    /// Pacts were prolonged or renewed.
    Renewed,
    /// Pacts went before something.
    Followed {
        /// What.
        by: Aftermath,
        /// Years after signing within which it counts, if the sentence says so.
        years: Option<f64>,
    },
    /// Allies came, or did not come, to the aid of a party attacked.
    Aided {
        /// They came.
        aided: bool,
        /// The party named is the one attacked; otherwise the one that promised help.
        victim: bool,
    },
    /// Pacts were broken right before an attack or demand.
    BrokenBeforeAttack,
    /// Pacts went with war: a bad omen, or a safeguard.
    Omen,
    /// Pacts were signed.
    Signed,
    /// Pacts were those of the sorts of state named, out of all.
    Joined,
    /// Demands were met.
    Met,
    /// Demands were refused.
    Refused,
    /// Demands led to force or war.
    Fought,
}

/// What came after a pact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aftermath {
    /// War between the parties.
    War,
    /// Attack or occupation of one by the other.
    Attack,
    /// Attack on or occupation of a party by any state.
    Attacked,
    /// One party annexed by the other, or its land taken.
    Annexation,
}

/// What the cases are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Than {
    /// The other cases; `None` for all others.
    pub cases: Option<Cases>,
    /// "All other", "the rest": without the cases of the first half.
    pub others: bool,
    /// Said to be less, shorter, rarer.
    pub less: bool,
    /// Said to be alike: "as often as".
    pub equal: bool,
}

/// Words that say something, from which on a claim is taken to be another than the one read.
const UNWEIGHED_MAX: usize = 4;

impl Says {
    /// What is said where the sentence denies it; `None` if that is nothing we count.
    fn denied(self) -> Option<Says> {
        Some(match self {
            Says::Broken | Says::Denounced => Says::Kept,
            Says::Kept => Says::Broken,
            Says::Aided { aided, victim } => Says::Aided { aided: !aided, victim },
            Says::Met => Says::Refused,
            Says::Refused => Says::Met,
            Says::Lasted { years, under, unbroken } => Says::Lasted { years, under: !under, unbroken },
            _ => return None,
        })
    }
}

/// Reads a sentence as a claim; `None` if it is none, or about one case.
pub(crate) fn claim(record: &Record, s: &Sentence, focus: &Focus) -> Option<Claim> {
    let words = Words::of(s);
    let mut says = words.told(focus)?;
    let (mut assumed, mut left_out) = (Vec::new(), Vec::new());
    let (head, tail) = words.halves();
    let mut of = cases(record, s, head.clone(), focus);
    if matches!(says, Says::Met | Says::Refused | Says::Fought) {
        of.demands = true;
        direct(s, &mut of);
    }
    // When something was broken is not when it was signed, and the casebook may not reach there.
    if words.dated_otherwise(&head) || of.window.is_some_and(|w| w.from > w.to) {
        return None;
    }
    let found = Vague::find(&s.folded);
    let mut word = found.map(|(v, _)| v);
    match words.denied(found) {
        Denial::None => {}
        Denial::Verb => {
            says = says.denied()?;
            words.uses_denials();
        }
        Denial::Cases => word = Vague::named("never"),
        // "Not usually" is no share that could be held against a word, and "not by" says whose acts do not count.
        Denial::Unclear => return None,
    }
    let less = words.less();
    let mut than = None;
    let grouped = of.sides != [None; 2] || of.pair.is_some() || of.many;
    match tail {
        Some(tail) if words.itself(&tail) => {
            // "broke more pacts than it kept"
            word = Vague::named(if less { "less than half" } else { "more than half" });
        }
        Some(tail) => {
            let others =
                s.folded[tail.clone()].iter().any(|w| matches!(w.as_str(), "other" | "others" | "rest"));
            let mut other = cases(record, s, tail.clone(), &Focus::default());
            // "Longer than Hitler's": a person stands for the state and his time here too.
            let person = s.names.iter().find_map(|n| match n.entity {
                Entity::Person(p) if tail.contains(&n.span.start) => Some((p, n.span.clone())),
                _ => None,
            });
            if let Some((person, span)) = person
                && let Some(actor) = record.people[person.0].actor
            {
                (other.party, other.window) = (Some(actor), in_office(record, person));
                words.uses(span);
            }
            let named = other != Cases::default();
            // What the second half leaves out it takes from the first: "those of Germany", "alliances".
            let who = other.party.is_some() || other.sides != [None; 2] || other.many;
            if !who {
                (other.party, other.sides) = (of.party, of.sides);
            }
            other.pact = other.pact.or(of.pact);
            other.window = other.window.or(of.window);
            other.demands = of.demands;
            // "than anyone": nothing that could be counted.
            if !named && !grouped && of.party.is_none() {
                return None;
            }
            than = Some(Than { cases: named.then_some(other), others, less, equal: words.equally() });
        }
        // "between neighbours were likelier to be broken": than all others.
        None if words.compares() && (grouped || of.window.is_some()) && !of.demands => {
            than = Some(Than { cases: None, others: true, less, equal: false })
        }
        // "More pacts were broken": than what is not said.
        None if words.compares() && found.is_none() => return None,
        None => {}
    }
    // How often a term was run, and what became of demands, is not compared.
    if than.is_some() && (of.demands || says == Says::FullTerm || words.denies())
        || than.is_none() && says == Says::Signed
    {
        return None;
    }
    if than.is_some() {
        word = None;
        if let Says::Lasted { years, under, .. } = &mut says {
            (*years, *under) = (None, false);
        }
    }
    let by = words.agent(record);
    let aided = matches!(says, Says::Aided { .. });
    if s.has(&["partner", "partners"]) && !aided
        || s.has_phrase(&["other", "side"])
        || s.has_phrase(&["other", "party"])
    {
        left_out.push("by the other side: breaches by either side are counted".to_owned());
    }
    let named: Vec<ActorId> =
        s.mentions().into_iter().filter(|(i, _)| head.contains(i)).map(|(_, a)| a).collect();
    let example = says == Says::BrokenBeforeAttack;
    for actor in named.into_iter().filter(|_| !example).filter(|a| of.party.is_some_and(|p| p != *a)) {
        left_out.push(format!(
            "{}: answered for {} alone",
            record.actors[actor.0].in_sentence(),
            of.party.map_or(String::new(), |p| record.actors[p.0].in_sentence())
        ));
    }
    // "Pacts with Hitler", "Italy under Mussolini": those signed in his time.
    let under = |p: PersonId| {
        s.names.iter().any(|n| {
            matches!(n.entity, Entity::Person(q) if q == p)
                && n.span.start.checked_sub(1).is_some_and(|before| s.folded[before] == "under")
        })
    };
    let person = focus
        .people
        .iter()
        .find(|p| record.people[p.0].actor == of.party && (s.actors().is_empty() || under(**p)));
    if let Some(&person) = person
        && of.window.is_none()
        && (by.is_none() || under(person) || s.has(&["signed", "his", "made", "concluded"]))
        && let Some(window) = in_office(record, person)
    {
        of.window = Some(window);
        assumed.push(format!(
            "{} stands for {} and for pacts signed while he was in office, from {} to {}.",
            record.people[person.0].name,
            of.party.map_or(String::new(), |p| record.actors[p.0].in_sentence()),
            window.from.long(),
            window.to.long()
        ));
    }
    // What is said to be so of some is nothing if no sort of them is named.
    if says == Says::Joined && of.sides == [None; 2] && of.pair.is_none() {
        return None;
    }
    if of.pair == Some(Pair::Distant) {
        words.uses_denials();
    }
    if let Some((vague, at)) = found {
        words.uses(at..at + vague.word.split(' ').count());
    }
    // "By the stronger party" tells no sort of state.
    let weighed = |w: &str| {
        let compares = ["stronger", "weaker", "bigger", "smaller"].contains(&w.to_lowercase().as_str());
        is_sort_word(w) && (!compares || of.sides != [None; 2])
    };
    let ignored: Vec<String> =
        words.unused().into_iter().filter(|w| !weighed(w)).map(|w| format!("\"{w}\"")).collect();
    // With so much left over it is another claim.
    if ignored.len() >= UNWEIGHED_MAX {
        return None;
    }
    let ignored = [words.times_not_weighed(), ignored].concat();
    if !ignored.is_empty() {
        left_out.push(format!("not weighed: {}", ignored.join(", ")));
    }
    let plain = matches!(says, Says::BrokenBeforeAttack | Says::Omen | Says::Signed);
    if word.is_none() && than.is_none() && !plain && !words.asked() && !s.is_question() {
        word = Vague::named("most");
        assumed.push("The sentence does not say how often; \"most\" is held against the shares.".to_owned());
    }
    Some(Claim { of, says, by, word, than, assumed, left_out })
}

/// How a sentence denies what it says.
pub(super) enum Denial {
    /// Not at all.
    None,
    /// Its verb: "were not kept".
    Verb,
    /// The cases: "no pact was kept".
    Cases,
    /// In a way that no count answers.
    Unclear,
}

/// Who makes the demands spoken of, and on whom: "of Poland", "on small states", "Poland refused", "refused by Poland".
fn direct(s: &Sentence, of: &mut Cases) {
    let answers = s.folded.iter().position(|w| matches!(Verb::of(w), Some(Verb::Accept | Verb::Refuse)));
    let upon = |i: usize| {
        let before = |n: usize| i.checked_sub(n).map_or("", |j| s.folded[j].as_str());
        let onto = |w: &str| matches!(w, "on" | "to" | "against" | "upon" | "towards");
        let answered_by = answers.is_some_and(|v| i > v) && (before(1) == "by" || before(2) == "by");
        // Whoever accepts or refuses is asked: not "Poland's demands were refused" or "the demands of Poland were".
        let passive = answers.is_some_and(|v| {
            s.folded[..v].iter().any(|w| matches!(w.as_str(), "were" | "was" | "been" | "be" | "got"))
        });
        let own = s.words[i].raw.ends_with("'s")
            || s.words[i].raw.ends_with("’s")
            || s.words[i].raw.ends_with("s'");
        let answering =
            answers.is_some_and(|v| i < v) && !passive && !own && !matches!(before(1), "of" | "by" | "from");
        onto(before(1)) || onto(before(2)) || answered_by || answering
    };
    let named = |on: bool| s.mentions().into_iter().find(|(i, _)| upon(*i) == on).map(|(_, a)| a);
    of.target = named(true);
    // A person stands for the state.
    of.party = named(false).or(of.party.filter(|p| Some(*p) != of.target));
    let sort = |on: bool| sorts(&s.folded).into_iter().find(|(i, _)| upon(*i) == on).map(|(_, sort)| sort);
    of.sides = [sort(false), sort(true)];
}

/// When a person held any office, from the first to the last day of it within the casebook.
fn in_office(record: &Record, person: PersonId) -> Option<Window> {
    let actor = record.people[person.0].actor?;
    let windows: Vec<Window> = Office::ALL
        .iter()
        .flat_map(|office| record.tenures(actor, *office))
        .filter(|(holder, _)| *holder == person)
        .map(|(_, window)| window)
        .collect();
    let from = windows.iter().map(|w| w.from).min()?;
    let to = windows.iter().map(|w| w.to).max()?;
    Some(Window { from: from.max(record.span.from), to: to.min(record.span.to) })
}

/// Whether a text speaks of pacts at all.
pub fn speaks_of_pacts(text: &str) -> bool {
    let words: Vec<String> = words_of(text).into_iter().map(|w| w.folded).collect();
    (0..words.len()).any(|i| pact_noun(&words[i..]).is_some())
}

/// Whether a text speaks of what happens often, seldom, or more than something else, or of pacts in general: a rule, and no
/// statement of one event.
pub fn is_rule(text: &str) -> bool {
    const MANY: [&str; 14] = [
        "states",
        "countries",
        "nations",
        "powers",
        "neighbours",
        "neighbors",
        "democracies",
        "dictatorships",
        "pacts",
        "treaties",
        "alliances",
        "guarantees",
        "wars",
        "ultimatums",
    ];
    const RULES: [&str; 10] = [
        "only",
        "more",
        "less",
        "longer",
        "likelier",
        "than",
        "median",
        "nobody",
        "increasingly",
        "steadily",
    ];
    let words: Vec<String> = words_of(text).into_iter().map(|w| w.folded).collect();
    // "A pact with Germany was ...", "Guarantees from Paris were ...": of no pact in particular.
    let general = words.first().is_some_and(|first| {
        let rest = if first == "a" || first == "an" { &words[1..] } else { &words[..] };
        let dated = text.contains(|c: char| c.is_ascii_digit());
        pact_noun(rest).is_some_and(|(_, taken)| rest.len() < words.len() || rest[taken - 1].ends_with('s'))
            && !dated
    });
    // "Small states that signed lost their independence", with no date: of many.
    let many = !text.contains(|c: char| c.is_ascii_digit())
        && text.trim_end_matches(['.', '!', ' ']).matches(['.', '!', '?']).count() == 0
        && words.iter().any(|w| MANY.contains(&w.as_str()));
    let nobody = words.windows(2).any(|w| {
        w[0] == "no" && matches!(w[1].as_str(), "country" | "state" | "power" | "nation" | "government")
    });
    general
        || many
        || nobody
        || Vague::find(&words).is_some()
        || words.iter().any(|w| RULES.contains(&w.as_str()))
}

/// The cases spoken of in a range of words.
fn cases(record: &Record, s: &Sentence, range: Range<usize>, focus: &Focus) -> Cases {
    let folded = &s.folded[range.clone()];
    let pact = range
        .clone()
        .filter_map(|i| pact_noun(&s.folded[i..range.end]))
        .find_map(|(kind, _)| kind)
        .or(if focus.pact.is_some() && s.pact().flatten().is_none() { focus.pact } else { None });
    let named = s.mentions().into_iter().find(|(i, _)| range.contains(i)).map(|(_, a)| a);
    // A person stands for the state.
    let person = || {
        let people = s.focus(record).people;
        people.first().filter(|_| named.is_none()).and_then(|p| record.people[p.0].actor)
    };
    let whole = range.start == 0;
    let has = |list: &[&str]| folded.iter().any(|w| list.contains(&w.as_str()));
    let stem = |list: &[&str]| folded.iter().any(|w| list.iter().any(|t| w.starts_with(t)));
    let sorts: Vec<Sort> = sorts(folded).into_iter().map(|(_, sort)| sort).collect();
    let both = has(&["between", "among", "amongst"]);
    let sides = match sorts[..] {
        [] => [None; 2],
        [one] if both => [Some(one); 2],
        [one] => [Some(one), None],
        [one, other, ..] => [Some(one), Some(other)],
    };
    let border = has(&["border", "frontier"]) && stem(&["shar", "common"]);
    let apart = has(&["distant", "faraway"]) || border && has(&["no", "without", "not"]);
    Cases {
        pact,
        party: named.or_else(|| whole.then(person).flatten()),
        sides,
        pair: if apart {
            Some(Pair::Distant)
        } else if border || stem(&["neighbour", "neighbor", "bordering", "adjacent"]) {
            Some(Pair::Neighbours)
        } else if stem(&["rival", "enem", "quarrel", "disput"]) || has(&["hostile"]) {
            Some(Pair::Rivals)
        } else {
            None
        },
        many: stem(&["multilateral", "collective"]),
        demands: false,
        window: s.window_in(&range).or(if whole { focus.window } else { None }).map(|w| {
            // "Signed by 1935" is signed up to then.
            let by =
                s.dates.iter().any(|d| d.window == w && d.words.0 > 0 && s.folded[d.words.0 - 1] == "by");
            let from = if by { record.span.from } else { w.from };
            Window { from: from.max(record.span.from), to: w.to.min(record.span.to) }
        }),
        target: None,
    }
}

/// A word that names a sort of state or of pair.
fn is_sort_word(word: &str) -> bool {
    const STEMS: [&str; 24] = [
        "great",
        "major",
        "big",
        "large",
        "strong",
        "small",
        "minor",
        "little",
        "weak",
        "lesser",
        "power",
        "state",
        "countr",
        "nation",
        "neighbo",
        "democra",
        "dictator",
        "autocra",
        "authoritarian",
        "totalitarian",
        "multilateral",
        "bilateral",
        "border",
        "shar",
    ];
    const MORE: [&str; 10] = [
        "rival",
        "enem",
        "quarrel",
        "disput",
        "territorial",
        "collective",
        "common",
        "frontier",
        "hostile",
        "distant",
    ];
    let word = word.to_lowercase();
    STEMS.iter().chain(&MORE).any(|stem| word.starts_with(stem))
}

/// Sorts of state spoken of, with their places.
fn sorts(folded: &[String]) -> Vec<(usize, Sort)> {
    let mut found: Vec<(usize, Sort)> = Vec::new();
    for (i, w) in folded.iter().enumerate() {
        let state = |w: &String| {
            ["power", "state", "countr", "nation", "neighbo", "one"].iter().any(|t| w.starts_with(t))
        };
        let next = folded.get(i + 1).is_some_and(state);
        let sort = match w.as_str() {
            "great" | "major" | "big" | "large" | "strong" | "stronger" | "bigger" if next => Sort::Great,
            "small" | "minor" | "little" | "weak" | "weaker" | "lesser" | "smaller" if next => Sort::Small,
            "democratic" => Sort::Democracy,
            _ if w.starts_with("democrac") => Sort::Democracy,
            _ if ["dictator", "autocra", "authoritarian", "totalitarian"]
                .iter()
                .any(|t| w.starts_with(t)) =>
            {
                Sort::Dictatorship
            }
            _ => continue,
        };
        found.push((i, sort));
    }
    found
}

/// Words for pacts that elsewhere mean other things.
fn pact_noun(words: &[String]) -> Option<(Option<PactType>, usize)> {
    let loose = |w: &String| {
        matches!(
            w.as_str(),
            "commitments" | "commitment" | "word" | "obligations" | "deals" | "promises" | "promise"
        )
    };
    let allies =
        |w: &String| matches!(w.as_str(), "ally" | "allies" | "guarantors" | "guarantor" | "guaranteed");
    let kind = |w: &String| if allies(w) { Some(PactType::Defence) } else { None };
    pact_at(words).or_else(|| words.first().filter(|w| loose(w) || allies(w)).map(|w| (kind(w), 1)))
}
