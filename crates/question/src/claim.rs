//! Sentences about how often things happen, taken apart: of which cases, what is said of them, and how often.

mod cases;
mod counted;
mod general;
mod gist;
mod nearest;
mod pacts;
mod parts;
mod plain;
mod said;
mod words;
mod years;

use std::ops::Range;

use jonbar_record::{ActorId, Day, Entity, PactType, PersonId, Record, Window};

use crate::dates::DateSpan;
use crate::lexicon::Verb;
use crate::reading::Focus;
use crate::sentence::{Sentence, distinct};
use crate::text::{is_possessive, words_of};
use crate::vague::Vague;
use cases::{anchor, cases, direct, is_sort_word};
use words::Words;

pub(crate) use cases::{anchor as told_time, in_office, pact_noun, sorts};
pub use general::{counts, is_rule, says_how_often, speaks_of_many, speaks_of_pacts};
pub(crate) use gist::{between_decades, gist};
pub use nearest::nearest_claims;
pub use parts::{Aftermath, Cases, Claim, Pair, Says, Sort, Than, Unit, Whose};
pub(crate) use plain::plain;
pub(crate) use words::{is_unit_of_time, number};

/// Words that say something, from which on a claim is taken to be another than the one read.
const UNWEIGHED_MAX: usize = 4;

/// Reads a sentence as a claim; `None` if it is none, or about one case.
pub(crate) fn claim(record: &Record, s: &Sentence, focus: &Focus) -> Option<Claim> {
    let plainly = plain::plain(&s.text);
    if let Some(claim) = years::claim(record, &Sentence::of(&plainly, record), focus) {
        return Some(claim);
    }
    let plainly = which_kind(&plainly).or_else(|| which_of_two(&plainly)).unwrap_or(plainly);
    let read = |text: &str| said_plainly(record, &Sentence::of(text, record), focus);
    let whole = if plainly == s.text { said_plainly(record, s, focus) } else { read(&plainly) };
    // "Refusing a demand led to war, and accepting one only put it off": the first half, if it can be read alone.
    whole.or_else(|| {
        let (first, rest) = halves(&plainly)?;
        let first = Sentence::of(first, record);
        // A date of the second half says nothing of the first.
        let window = first.focus(record).window;
        let mut claim = said_plainly(record, &first, &Focus { window, ..focus.clone() })?;
        claim.left_out.push(rest);
        Some(claim)
    })
}

/// Whether a sentence names a sort of state, or what two are to each other: "small states", "neighbours".
pub(crate) fn names_sort(s: &Sentence) -> bool {
    !cases::sorts(s, 0..s.folded.len()).is_empty() || s.folded.iter().any(|w| cases::is_pair_word(w))
}

/// "Which kind of pact was broken most often, nonaggression or mutual assistance?" asks whether the first was so more often.
fn which_kind(plainly: &str) -> Option<String> {
    let lower = plainly.to_lowercase();
    let starts = [
        "which kind of pact ",
        "which type of pact ",
        "which sort of pact ",
        "which pacts ",
        "which kind of treaty ",
    ];
    let start = starts.iter().find(|s| lower.starts_with(**s))?.len();
    let (act, kinds) = plainly[start..].trim_end_matches(['?', ' ']).rsplit_once([',', ':'])?;
    let (one, other) = kinds.split_once(" or ")?;
    let act = act
        .replacen("was ", "were ", 1)
        .replace("most often", "more often")
        .replace("most frequently", "more often");
    let act = if act.contains("more often") { act } else { format!("{act} more often") };
    let pacts = |kind: &str| {
        let named = words_of(kind).last().is_some_and(|w| {
            ["pact", "treat", "alliance", "guarantee"].iter().any(|noun| w.folded.starts_with(noun))
        });
        if named { kind.trim().to_owned() } else { format!("{} pacts", kind.trim()) }
    };
    Some(format!("{} {act} than {}?", pacts(one), pacts(other)))
}

/// "Who broke more treaties, Hitler or Stalin?" asks whether the first did more than the second.
fn which_of_two(plainly: &str) -> Option<String> {
    const LEADS: [&str; 8] = [
        "who ",
        "which country ",
        "which state ",
        "which power ",
        "which of them ",
        "which of the two ",
        "which dictator ",
        "which of the dictators ",
    ];
    let lower = plainly.to_lowercase();
    let start = LEADS.iter().find(|s| lower.starts_with(**s))?.len();
    let (act, both) = plainly[start..].trim_end_matches(['?', ' ']).rsplit_once([',', ':', '-', '–'])?;
    let (one, other) = both.split_once(" or ")?;
    let compares = words_of(act).iter().any(|w| matches!(w.folded.as_str(), "more" | "fewer" | "less"));
    let name = |text: &str| words_of(text).len() <= 3 && !text.contains(" or ");
    (compares && name(one) && name(other))
        .then(|| format!("{} {} than {}.", one.trim(), act.trim(), other.trim()))
}

/// What joins two halves of a sentence that say two things.
const HALVES: [&str; 11] = [
    ", and ",
    ", but ",
    "; ",
    ", so ",
    ", yet ",
    " - ",
    ", except ",
    ", as ",
    ", since ",
    ", because ",
    ": ",
];

/// The first half of a sentence that says two things, and the note that the second is left out.
pub(crate) fn halves(text: &str) -> Option<(&str, String)> {
    let (at, long) = HALVES.iter().filter_map(|joint| Some((text.find(joint)?, joint.len()))).min()?;
    let rest = text[at + long..].trim_end_matches(['.', '!', ' ']);
    Some((&text[..at], format!("the second half: \"{rest}\"")))
}

/// The note that words of a sentence, in quotation marks, were not made use of.
pub(crate) fn not_weighed(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| format!("not weighed: {}", words.join(", ")))
}

/// Years in "five years", "18 months", "a decade".
pub(crate) fn length_of_time(s: &Sentence) -> Option<f64> {
    Words::of(s, false).years()
}

/// The same, of a sentence in plain words.
fn said_plainly(record: &Record, s: &Sentence, focus: &Focus) -> Option<Claim> {
    if let Some(counted) = counted::claim(record, s) {
        return Some(counted);
    }
    let anchor = if s.dates.is_empty() { anchor(record, s) } else { None };
    let before = s.folded.last().is_some_and(|w| w == "before");
    let timed = anchor
        .filter(|_| before || Words::of(s, false).told(focus).is_some_and(|(_, says)| says == Says::Timed));
    let Some((window, told, at)) = timed else { return said_of_cases(record, s, focus, None) };
    // Who tells the time is no party: "since Hitler came to power".
    let (first, last) = (&s.words[at.start], &s.words[at.end - 1]);
    let rest = format!("{}{}", &s.text[..first.at], &s.text[last.at + last.raw.len()..]);
    let rest = Sentence::of(rest.trim_start_matches([' ', ',']), record);
    let focus = Focus { people: rest.focus(record).people, ..focus.clone() };
    said_of_cases(record, &rest, &focus, Some((window, told)))
}

/// The same, once the time is known if it was told by what happened: the window, and a sentence that says so.
fn said_of_cases(
    record: &Record,
    s: &Sentence,
    focus: &Focus,
    told_time: Option<(Window, String)>,
) -> Option<Claim> {
    let words = Words::of(s, told_time.is_some());
    let (unit, mut says) = words.told(focus)?;
    let (mut assumed, mut left_out) = (Vec::new(), Vec::new());
    let (head, tail) = words.halves();
    // Whether pacts went with war is answered beside pairs without one anyway.
    let tail = tail.filter(|_| says != Says::Omen);
    let mut of = Cases { unit, ..cases(record, s, head.clone(), focus) };
    left_out.extend(of_dates(record, s, &head, &mut of));
    if let Some((window, told)) = &told_time {
        of.window = Some(*window);
        assumed.push(told.clone());
    }
    let mut whole = of.clone();
    if unit.has_direction() {
        whole = direct(s, &head, &mut of);
        of.answered = words.answered(says);
        // "Whoever attacked had a claim first."
        if unit == Unit::Attacks && words.any(&["claim", "claims"]) {
            of.pair = Some(Pair::Rivals);
        }
    }
    if unit == Unit::Breaches && says == Says::Timed && words.any(&["until", "till"]) {
        // Kept until then: all breaches fell after.
        let whole_year = |w: Window| Day::from_ymd(w.to.year(), 1, 1) == Some(w.from);
        let over = |w: Window| if whole_year(w) { w.from } else { w.to.plus(1) };
        of.window = of.window.map(|w| Window { from: over(w), to: record.span.to });
        of.party = of.party.or_else(|| s.actors().first().copied());
    }
    if says == Says::Timed && of.window.is_none() {
        return None;
    }
    // "Italy never attacks Greece in October 1940": of one event, and a thing supposed.
    let one = of.party.is_some() && of.target.is_some() && of.window.is_some_and(|w| w.to.0 - w.from.0 < 100);
    if says == Says::Timed && one {
        return None;
    }
    // "Denounced pacts were followed by war" is about some of the pacts only.
    let some_of_them = |w: &[String]| {
        matches!(
            w[0].as_str(),
            "denounced" | "broken" | "violated" | "expired" | "renewed" | "secret" | "unratified"
        ) && pact_noun(&w[1..]).is_some()
    };
    let of_some = s.folded.windows(2).position(some_of_them);
    if unit == Unit::Pacts && of_some.is_some_and(|i| i == 0 || Vague::find(&s.folded[..i]).is_some()) {
        return None;
    }
    // When something was broken is not when it was signed, and the casebook may not reach there; a demand is answered when it is made.
    let broken_then = words.dated_otherwise(&head) && says != Says::Timed && unit != Unit::Demands;
    if broken_then || of.window.is_some_and(|w| w.from > w.to) {
        return None;
    }
    let paced = says == Says::Timed;
    let rarer = match (
        words.less() || words.any(&["rare", "rarer", "scarce", "uncommon", "fewer"]),
        words.compares(),
    ) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    let found = Vague::find(&s.folded);
    // "Most states broke a pact" counts states, which are not cases.
    if counts_states(s, found) {
        return None;
    }
    // "Hardly ever attacked each other" is about how often in so many years, and not of how many attacks.
    let each = s.has_phrase(&["each", "other"]) || s.has_phrase(&["one", "another"]);
    let times = found.is_some_and(|(v, _)| is_adverb(v));
    if unit == Unit::Attacks && says == Says::Joined && each && times {
        return None;
    }
    // "Only Italy attacked ..." says something of all others.
    let only = s.folded.iter().position(|w| w == "only");
    let of_whom =
        |i: usize| s.mentions().iter().any(|(at, _)| *at == i + 1 || *at == i + 2) || sorts_at(s, i + 1);
    if only.is_some_and(of_whom) || s.has_phrase(&["the", "only"]) {
        return None;
    }
    // What became of pacts that were denounced is told of those alone.
    if unit == Unit::Pacts && s.has(&["denunciation", "denunciations"]) {
        return None;
    }
    // "Before 1935 hardly any pact was broken" tells when it was broken, "pacts signed before 1935" which are meant.
    let before_noun = |d: &DateSpan| pact_noun(s.folded.get(d.words.1..).unwrap_or_default()).is_some();
    let fronted = s.dates.first().is_some_and(|d| d.words.0 <= 1 && !before_noun(d))
        && matches!(says, Says::Broken | Says::Denounced | Says::Kept)
        && !s.folded.iter().any(|w| Verb::of(w) == Some(Verb::Sign));
    if unit == Unit::Pacts && fronted {
        return None;
    }
    // How often states were attacked by anybody is not how often partners fought.
    let attacked =
        s.has(&["attacked", "invaded"]) && s.has(&["states", "countries", "those"]) && s.has(&["without"]);
    if says == Says::Omen && attacked {
        return None;
    }
    let mut word = found.map(|(v, _)| v);
    if unit == Unit::Breaches && paced && word.is_none() {
        word = Vague::named("all");
    }
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
    let grouped = of.sides != [None; 2] || of.pair.is_some() || of.many || of.fixed_term.is_some();
    match tail {
        Some(tail) if words.itself(&tail) => {
            // "broke more pacts than it kept"
            word = Vague::named(if less { "less than half" } else { "more than half" });
        }
        Some(tail) => {
            let others =
                s.folded[tail.clone()].iter().any(|w| matches!(w.as_str(), "other" | "others" | "rest"));
            let mut other = cases(record, s, tail.clone(), &Focus::default());
            if unit.has_direction() {
                other.unit = unit;
                direct(s, &tail, &mut other);
                other.unit = Unit::Pacts;
            }
            // "Longer than Hitler's": a person stands for the state and his time here too.
            let person = |half: &Range<usize>| {
                s.names.iter().find_map(|n| match n.entity {
                    Entity::Person(p) if half.contains(&n.span.start) => {
                        Some((record.people[p.0].actor?, in_office(record, p), n.span.clone()))
                    }
                    _ => None,
                })
            };
            if let Some((actor, window, span)) = person(&tail) {
                (other.party, other.window) = (Some(actor), window);
                words.uses(span);
                // "Hitler broke more treaties than Stalin": each in his time.
                if let Some((actor, window, _)) = person(&head)
                    && of.party == Some(actor)
                {
                    of.window = of.window.or(window);
                }
            }
            // "After Munich ... more often than before".
            let before = s.folded[tail.clone()]
                .iter()
                .all(|w| matches!(w.as_str(), "before" | "earlier" | "previously"));
            if before && !tail.is_empty() {
                let window = of.window?;
                other.window = Some(Window { from: record.span.from, to: window.from.plus(-1) });
            }
            if other.window.is_some_and(|w| w.from > w.to) {
                return None;
            }
            let named = other != Cases::default();
            // What the second half leaves out it takes from the first: "those of Germany", "alliances".
            let who = other.party.is_some() || other.sides != [None; 2] || other.many;
            if !who && other.target.is_none() {
                (other.party, other.sides) = (of.party, of.sides);
            }
            // "Demands of Germany on Poland ... than on Czechoslovakia": Germany's again.
            if unit.has_direction() && other.target.is_some() {
                other.party = other.party.or(of.party);
            }
            other.target =
                other.target.or(of.target.filter(|_| unit.has_direction() && other.party != of.target));
            other.answered = of.answered;
            // "Germany kept its word to strong neighbours longer than to weak ones": Germany's again.
            if of.sides != [None; 2]
                && other.sides != [None; 2]
                && s.folded[tail.clone()].iter().any(|w| w == "to" || w == "with")
            {
                other.party = other.party.or(of.party);
            }
            other.pact = other.pact.or(of.pact);
            other.window = other.window.or(of.window);
            other.unit = of.unit;
            if unit.has_direction() {
                (other.pact, other.pair) = (of.pact, other.pair);
            }
            // "than anyone": nothing that could be counted.
            if !named && !grouped && of.party.is_none() {
                return None;
            }
            // "Guarantees were ... than alliances": both are the same obligation here.
            let class = |pact: Option<PactType>| match pact {
                Some(PactType::Guarantee) => Some(PactType::Defence),
                Some(PactType::Neutrality) => Some(PactType::Nonaggression),
                Some(PactType::Friendship) => Some(PactType::Consultation),
                other => other,
            };
            let alike = Cases { pact: of.pact, ..other.clone() } == of && class(other.pact) == class(of.pact);
            if named && alike && !others {
                return None;
            }
            let number = s.folded[..tail.start].windows(2).enumerate().any(|(i, w)| {
                matches!(w[0].as_str(), "more" | "fewer") && pact_noun(&s.folded[i + 1..]).is_some()
            });
            than = Some(Than { cases: named.then_some(other), others, less, equal: words.equally(), number });
        }
        // "between neighbours were likelier to be broken": than all others.
        None if words.compares() && (grouped || of.window.is_some()) && unit == Unit::Pacts => {
            than = Some(Than { cases: None, others: true, less, equal: false, number: false })
        }
        // "More pacts were broken": than what is not said.
        None if words.compares() && found.is_none() && !paced => return None,
        None => {}
    }
    // How often a term was run, and when most cases fell, is not compared.
    if than.is_some() && (matches!(says, Says::FullTerm { .. } | Says::Term { .. }) || words.denies())
        || than.is_none() && says == Says::Signed
        // "Signed in the thirties and lasted until June 1941": until when is not weighed yet.
        || says == Says::Timed && s.has(&["lasted", "last", "survived", "survive", "endured", "stood"])
    {
        return None;
    }
    // Times are compared for one sort of cases, and whose the cases are is a share of them: neither is held against another's.
    let anothers = |than: &Than| {
        than.cases.as_ref().is_some_and(|o| (o.party, o.target, &o.sides) != (of.party, of.target, &of.sides))
    };
    let compares_another = than.as_ref().is_some_and(anothers);
    if compares_another && unit != Unit::Pacts && matches!(says, Says::Joined | Says::Timed) {
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
    // "How many days did the German-Danish pact hold?" is about one pact.
    let plural =
        s.folded.iter().any(|w| matches!(w.as_str(), "pacts" | "treaties" | "alliances" | "guarantees"));
    if unit == Unit::Pacts && s.is_question() && distinct(named.iter().copied()).len() == 2 && !plural {
        return None;
    }
    let example = says == Says::BrokenBeforeAttack;
    let meant = |a: &ActorId| of.party.is_none_or(|p| p == *a) || of.target == Some(*a);
    // "Went to Germany or the Soviet Union": a share of both is not that of one.
    if says == Says::Joined && named.iter().any(|a| !meant(a)) {
        return None;
    }
    for actor in named.into_iter().filter(|a| !example && !meant(a)) {
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
                && (n.span.start.checked_sub(1).is_some_and(|before| s.folded[before] == "under")
                    // "Mussolini's Italy"
                    || is_possessive(&s.words[n.span.end - 1].raw)
                        && s.names.iter().any(|a| a.span.start == n.span.end))
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
    let named = unit != Unit::Pacts && (of.party.is_some() || of.target.is_some());
    if says == Says::Joined && of.sides == [None; 2] && of.pair.is_none() && !named {
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
    if ignored.len() >= UNWEIGHED_MAX
        || says == Says::Omen && (ignored.len() > 2 || word.is_some() && found.is_some())
    {
        return None;
    }
    // "Most wars were won by great powers" is not that they began them, and "the victors of 1918" were not attacked in it.
    let whose_or_when = says == Says::Joined || says == Says::Timed && unit != Unit::Pacts;
    if whose_or_when && !ignored.is_empty() {
        return None;
    }
    // "Countries which lost land in the peace treaties" says something of countries, and "having an ally made ..." of who has one.
    let deed = |w: &String| matches!(w.trim_matches('"').to_lowercase().as_str(), "lost" | "won" | "gained");
    if unit == Unit::Pacts && (ignored.iter().any(deed) || s.starts(&["having"])) {
        return None;
    }
    let ignored = [words.times_not_weighed(), ignored].concat();
    left_out.extend(not_weighed(&ignored));
    let plain = matches!(says, Says::BrokenBeforeAttack | Says::Omen | Says::Signed | Says::Timed);
    if word.is_none() && than.is_none() && !plain && !words.asked() && !s.is_question() {
        word = Vague::unsaid(&mut assumed);
    }
    Some(Claim { of, says, by, whole, rarer, word, than, assumed, left_out })
}

/// "Usually", "never", "often": how often, and not how many.
pub(crate) fn is_adverb(vague: &Vague) -> bool {
    ["ly", "ever", "always", "often", "seldom", "sometimes"].iter().any(|end| vague.word.ends_with(end))
}

/// Whether a sort of state is spoken of at a word.
fn sorts_at(s: &Sentence, at: usize) -> bool {
    cases::sorts(s, at..s.folded.len().min(at + 2)).iter().any(|(i, _)| *i <= at + 1)
}

/// Whether what a sentence counts are states: "most of its neighbours", "three great powers", "every Baltic state".
fn counts_states(s: &Sentence, found: Option<(&Vague, usize)>) -> bool {
    const BETWEEN: [&str; 16] = [
        "of", "the", "its", "their", "his", "all", "other", "great", "major", "big", "small", "minor",
        "little", "weak", "lesser", "smaller",
    ];
    const STATES: [&str; 16] = [
        "states",
        "state",
        "countries",
        "country",
        "nations",
        "nation",
        "powers",
        "power",
        "neighbours",
        "neighbors",
        "neighbour",
        "neighbor",
        "democracies",
        "dictatorships",
        "democracy",
        "dictatorship",
    ];
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let counted = |from: usize| {
        let between = |i: &usize| BETWEEN.contains(&word(*i)) || s.names.iter().any(|n| n.span.contains(i));
        let at = (from..s.folded.len()).find(|i| !between(i)).unwrap_or(s.folded.len());
        // "Baltic state", "western neighbours".
        let adjective = s
            .words
            .get(at)
            .is_some_and(|w| w.raw.starts_with(char::is_uppercase) || w.folded.ends_with("ern"));
        let at = if adjective && STATES.contains(&word(at + 1)) && !s.in_group(at) { at + 1 } else { at };
        let states = STATES.contains(&word(at)) || s.in_group(at) && !s.in_group(at.saturating_sub(1));
        let end = s.groups.iter().find(|g| g.span.contains(&at)).map_or(at, |g| g.span.end - 1);
        // "Most states' pacts", "all great power pacts".
        let of_them = s.words.get(end).is_some_and(|w| w.raw.ends_with(['\'', '’']) || is_possessive(&w.raw))
            || pact_noun(s.folded.get(end + 1..).unwrap_or_default()).is_some();
        states && !of_them
    };
    let number = (0..s.folded.len()).find(|&i| words::number(word(i)).is_some() && !s.in_date(i));
    // "Usually" says how often, and not of how many.
    let of_many = |v: &Vague| !is_adverb(v) && !v.word.starts_with("tend");
    found.is_some_and(|(vague, at)| of_many(vague) && counted(at + vague.word.split(' ').count()))
        || number.is_some_and(|i| counted(i + 1))
        || s.folded.iter().position(|w| w == "no" || w == "which").is_some_and(|i| counted(i + 1))
}

/// Joins dates that are named together, "in 1938 and 1939", "in 1939 or later", and tells of those that are left over.
fn of_dates(record: &Record, s: &Sentence, head: &Range<usize>, of: &mut Cases) -> Vec<String> {
    let dates: Vec<&DateSpan> =
        s.dates.iter().filter(|d| head.contains(&d.words.0) && d.window.from <= record.span.to).collect();
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let Some(first) = dates.iter().position(|d| {
        of.window.is_some_and(|w| w.from >= d.window.from.max(record.span.from) && w.to <= d.window.to)
    }) else {
        return Vec::new();
    };
    let (mut last, mut window) = (first, dates[first].window);
    while let Some(next) = dates.get(last + 1) {
        let joint = dates[last].words.1;
        if next.words.0 != joint + 1 || !matches!(word(joint), "and" | "or") {
            break;
        }
        window = Window { from: window.from.min(next.window.from), to: window.to.max(next.window.to) };
        last += 1;
    }
    let end = dates[last].words.1;
    match (word(end), word(end + 1)) {
        ("or" | "and", "later" | "after" | "afterwards") | ("onwards" | "onward", _) => {
            window.to = record.span.to
        }
        ("or" | "and", "earlier" | "before") => window.from = record.span.from,
        _ => {}
    }
    if (first, last) != (0, dates.len() - 1) || dates.len() > 1 || window != dates[first].window {
        of.window = Some(window.within(record.span));
    }
    let left = dates.iter().enumerate().filter(|(i, _)| *i < first || *i > last);
    left.map(|(_, d)| format!("not weighed: \"{}\"", s.quote(&(d.words.0..d.words.1)))).collect()
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
