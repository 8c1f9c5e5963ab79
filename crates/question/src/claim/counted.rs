//! "Germany attacked more often than Italy": how many acts there were of one state, beside those of another. Every word of such a
//! sentence must be one that is understood; otherwise it is another claim.

use std::ops::Range;

use jonbar_record::{Entity, Record};

use super::cases::sorts;
use super::{Cases, Claim, Says, Sort, Than, Unit, Whose};
use crate::lexicon::{Verb, auxiliary};
use crate::sentence::Sentence;

/// Words that say nothing more.
const IDLE: [&str; 21] = [
    "out", "the", "a", "did", "does", "had", "has", "have", "ever", "far", "much", "many", "even", "in",
    "of", "any", "its", "other", "to", "on", "their",
];

/// What is counted, by the words between "more" and "than": the cases, and whether the sentence speaks of other things than them.
fn counted(words: &[String]) -> Option<(Option<Unit>, bool)> {
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| !IDLE.contains(w)).collect();
    Some(match words[..] {
        ["often" | "frequently" | "times"] | [] => (None, false),
        ["attacks" | "invasions" | "wars"] => (Some(Unit::Attacks), false),
        ["demands" | "ultimatums"] => (Some(Unit::Demands), false),
        ["claims"] | ["territorial" | "land", "claims"] => (Some(Unit::Claims), false),
        ["states" | "countries" | "nations" | "neighbours" | "neighbors"] => (Some(Unit::Attacks), true),
        ["land" | "territory" | "territories" | "provinces"] => (Some(Unit::Transfers), true),
        _ => return None,
    })
}

/// What a verb with such an object tells of: the cases, and whether its subject acts.
fn told(verb: &str, object: Option<Unit>, passive: bool) -> Option<(Unit, bool)> {
    match (Verb::of(verb), object) {
        (Some(Verb::Attack), None) => Some((Unit::Attacks, !passive)),
        (Some(Verb::Attack), Some(Unit::Attacks)) if !passive => Some((Unit::Attacks, true)),
        _ => match (verb, object?) {
            (
                "started" | "start" | "began" | "begin" | "launched" | "launch" | "waged" | "wage" | "begun",
                Unit::Attacks,
            ) => Some((Unit::Attacks, true)),
            ("suffered" | "suffer", Unit::Attacks) => Some((Unit::Attacks, false)),
            (
                "made" | "make" | "issued" | "issue" | "presented" | "present" | "sent" | "send"
                | "delivered" | "handed" | "served",
                Unit::Demands,
            ) if !passive => Some((Unit::Demands, true)),
            (
                "made" | "make" | "raised" | "raise" | "laid" | "lay" | "had" | "have" | "pressed" | "stated",
                Unit::Claims,
            ) if !passive => Some((Unit::Claims, true)),
            ("received" | "receive" | "faced" | "face" | "got" | "get", Unit::Demands) => {
                Some((Unit::Demands, false))
            }
            (
                "annexed" | "annex" | "seized" | "seize" | "took" | "take" | "taken" | "grabbed" | "grab"
                | "gained" | "gain",
                Unit::Transfers,
            ) if !passive => Some((Unit::Transfers, true)),
            ("lost" | "lose" | "ceded" | "cede", Unit::Transfers) if !passive => {
                Some((Unit::Transfers, false))
            }
            _ => None,
        },
    }
}

/// The claim such a sentence makes, or such a question asks about; `None` if it is none.
pub(super) fn claim(record: &Record, s: &Sentence) -> Option<Claim> {
    match which_of_two(s) {
        Some(first) => stated(record, &Sentence::of(&first, record)),
        None => stated(record, s),
    }
}

/// "Who attacked more often, Germany or Italy?" asks whether the first did.
fn which_of_two(s: &Sentence) -> Option<String> {
    let [first, second] = &s.names[..] else { return None };
    let asks = s.folded.first().is_some_and(|w| w == "who" || w == "which");
    let alternative = second.span.start == first.span.end + 1 && s.folded[first.span.end] == "or";
    if !asks || !alternative || second.span.end != s.folded.len() {
        return None;
    }
    let from = 1 + usize::from(matches!(s.folded[1].as_str(), "state" | "country" | "power" | "of"));
    let words = |range: Range<usize>| s.quote(&range);
    let act = words(from..first.span.start);
    Some(format!(
        "{} {} than {}?",
        words(first.span.clone()),
        act.trim_end_matches([',', ':', ' ']),
        words(second.span.clone())
    ))
}

/// The same of a sentence that says which of the two it is.
fn stated(record: &Record, s: &Sentence) -> Option<Claim> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let than = s.folded.iter().position(|w| w == "than" || w == "as")?;
    // "As often as": the second of them.
    let equal = word(than) == "as";
    let (more, than) = if equal {
        let second = (than + 1..s.folded.len()).find(|&i| word(i) == "as")?;
        (than, second)
    } else {
        let more = (0..than).rfind(|&i| matches!(word(i), "more" | "fewer" | "less" | "oftener"))?;
        (more, than)
    };
    let less = matches!(word(more), "fewer" | "less");
    let (object, otherwise) = counted(&s.folded[more + 1..than])?;
    if word(more) != "oftener" && more + 1 == than {
        return None;
    }
    let ((one, at), (other, beside)) = sides(s, than).or_else(|| itself(s, than))?;
    let verb = (at.end..more).find(|&i| !IDLE.contains(&word(i)) && auxiliary(word(i)).is_none())?;
    let passive = (at.end..verb).any(|i| matches!(word(i), "was" | "were" | "been"));
    let (unit, acts) = told(word(verb), object, passive)?;
    // "More demands than it received": the same state, acted upon instead.
    let turned = match one == other && matches!(one, Whose::Actor(_)) {
        true => {
            let verb = beside.clone().find_map(|i| told(word(i), Some(unit), false))?;
            (verb == (unit, !acts)).then_some(())?;
            true
        }
        false => false,
    };
    let read = |i: usize| {
        at.contains(&i)
            || beside.contains(&i)
            || (more..=than).contains(&i)
            || i == verb
            || s.in_date(i)
            || IDLE.contains(&word(i))
            || (at.end..verb).contains(&i) && auxiliary(word(i)).is_some()
    };
    let dates = &s.dates;
    if dates.len() > 1 || !(0..s.folded.len()).all(read) {
        return None;
    }
    let cases = |whose: Whose, acts: bool| {
        let mut cases = Cases { unit, window: dates.first().map(|d| d.window), ..Cases::default() };
        match whose {
            Whose::Actor(actor) if acts => cases.party = Some(actor),
            Whose::Actor(actor) => cases.target = Some(actor),
            Whose::Sort(sort) => cases.sides[usize::from(!acts)] = Some(sort),
        }
        cases
    };
    let mut assumed = Vec::new();
    if otherwise {
        assumed.push(match unit {
            Unit::Transfers => {
                "Counted are changes of holder, each once, whatever the size of the land.".to_owned()
            }
            _ => "Counted are attacks: a state attacked twice counts twice.".to_owned(),
        });
    }
    if dates.first().is_some_and(|d| d.window.from > record.span.to || d.window.to < record.span.from) {
        return None;
    }
    let of = cases(one, acts);
    Some(Claim {
        whole: of.clone(),
        of,
        says: Says::Counted,
        by: None,
        rarer: None,
        word: None,
        than: Some(Than {
            cases: Some(cases(other, acts != turned)),
            others: false,
            less,
            equal,
            number: true,
        }),
        assumed,
        left_out: Vec::new(),
    })
}

/// A state, or those of a sort, and the words that name them.
type Side = (Whose, Range<usize>);

/// "... than it got": the one state named, and what is said of it behind "than".
fn itself(s: &Sentence, than: usize) -> Option<(Side, Side)> {
    let [only] = &s.names[..] else { return None };
    let Entity::Actor(actor) = only.entity else { return None };
    let it = s.folded.get(than + 1).is_some_and(|w| matches!(w.as_str(), "it" | "they" | "she" | "he"));
    let behind = than + 1..s.folded.len();
    let actor = Whose::Actor(actor);
    (it && only.span.end <= than && behind.len() <= 3).then(|| ((actor, only.span.clone()), (actor, behind)))
}

/// Who stands before and after "than", if there is one on each side and nobody else is named.
fn sides(s: &Sentence, than: usize) -> Option<(Side, Side)> {
    let named = s.names.iter().map(|n| match n.entity {
        Entity::Actor(a) => Some((Whose::Actor(a), n.span.clone())),
        _ => None,
    });
    let of_sort = sorts(s, 0..s.folded.len()).into_iter().map(|(i, sort)| {
        let group = s.groups.iter().find(|g| g.span.start == i && matches!(sort, Sort::Group(_)));
        // "Great powers" are two words, "democracies" one.
        let one = matches!(sort, Sort::Democracy | Sort::Dictatorship) && s.folded[i] != "democratic";
        Some((Whose::Sort(sort), group.map_or(i..i + if one { 1 } else { 2 }, |g| g.span.clone())))
    });
    let mut found: Vec<Side> = named.chain(of_sort).collect::<Option<_>>()?;
    found.sort_by_key(|(_, at)| at.start);
    let [one, other] = &found[..] else { return None };
    (one.0 != other.0 && one.1.end <= than && other.1.start > than).then(|| (one.clone(), other.clone()))
}
