//! A sentence about states put back into words.

use jonbar_question::{Deed, Other, Relation, Sort, StatesClaim, Who};

use super::super::cases::{self, sort_name};
use crate::compose::study::Study;
use crate::compose::words;

/// The states in words: "the great powers", "the neighbours of Germany by land".
pub(super) fn group(study: &Study, who: &Who, one: bool) -> String {
    let (states, powers, democracies) =
        if one { ("state", "great power", "democracy") } else { ("states", "great powers", "democracies") };
    let sort = match who.sort {
        None => format!("the {states}"),
        Some(Sort::Great) => format!("the {powers}"),
        Some(Sort::Small) => format!("the smaller {states}"),
        Some(Sort::Democracy) => format!("the {democracies}"),
        Some(Sort::Dictatorship) => format!("the {states} that were no democracies"),
        Some(Sort::Group(group)) => format!("the {}", study.record.groups[group.0].name),
    };
    let all = who.of.iter().map(|of| match *of {
        (Relation::Neighbour, x) => format!(" bordering {} by land", words::name(study, x)),
        (Relation::Partner(kind), x) => {
            format!(" with {} with {}", cases::a_pact(kind), words::name(study, x))
        }
    });
    all.fold(sort, |name, more| name + &more)
}

/// What is said of them, in words that stand after "states that".
pub(super) fn deed(study: &Study, claim: &StatesClaim) -> String {
    let other = match &claim.other {
        Other::Anyone => String::new(),
        Other::Each => "another of them".to_owned(),
        Other::States(list) => {
            let names: Vec<String> = list.iter().map(|a| words::name(study, *a)).collect();
            names.join(" or ")
        }
        Other::Sort(sort) => sort_name(study, *sort),
        Other::Neighbour => "a neighbour by land".to_owned(),
    };
    let joined = |joint: &str| if other.is_empty() { String::new() } else { format!(" {joint} {other}") };
    let someone = || if other.is_empty() { " another state".to_owned() } else { format!(" {other}") };
    let what = match (claim.deed, claim.acts) {
        (Deed::Attack, true) => format!("attacked{}", someone()),
        (Deed::Attack, false) => format!("were attacked{}", joined("by")),
        (Deed::War, _) => format!("were at war{}", joined("with")),
        (Deed::Breach(kind), true) => format!("broke {}{}", cases::a_pact(kind), joined("with")),
        (Deed::Breach(kind), false) => format!("saw {} broken{}", cases::a_pact(kind), joined("by")),
        (Deed::Denunciation(kind), _) => format!("denounced {}{}", cases::a_pact(kind), joined("with")),
        (Deed::Pact(kind), _) => format!("signed {}{}", cases::a_pact(kind), joined("with")),
        (Deed::Land, true) => format!("gained land{}", joined("from")),
        (Deed::Land, false) => format!("lost land{}", joined("to")),
        (Deed::Independence, true) => format!("took the independence of{}", someone()),
        (Deed::Independence, false) => format!("lost their independence{}", joined("to")),
        (Deed::Demand, true) => format!("made a demand for land{}", joined("on")),
        (Deed::Demand, false) => format!("met with a demand for land{}", joined("from")),
        (Deed::Answer { met: true }, _) => format!("met a demand for land{}", joined("of")),
        (Deed::Answer { met: false }, _) => format!("refused a demand for land{}", joined("of")),
        (Deed::Claim, _) => format!("claimed land{}", joined("of")),
    };
    let what = match (claim.never, what.strip_prefix("were ")) {
        (true, Some(rest)) => format!("were never {rest}"),
        (true, None) => format!("never {what}"),
        (false, _) => what,
    };
    let what = match claim.bound {
        Some(kind) => format!("{what} while {} of the two was in force", cases::a_pact(kind)),
        None => what,
    };
    match claim.times {
        0 | 1 => what,
        n => format!("{what} at least {}", times(n as usize)),
    }
}

/// What to keep in mind.
pub(super) fn mind(claim: &StatesClaim) -> Vec<String> {
    let mut mind = Vec::new();
    if claim.who.of.iter().any(|(relation, _)| *relation == Relation::Neighbour) {
        mind.push(
            "Neighbours are the states that shared a border by land with it at any time of the period."
                .to_owned(),
        );
    }
    match claim.deed {
        Deed::Breach(_) | Deed::Denunciation(_) => {
            mind.push("Counted are states with a pact of the two alone that could be broken; peace treaties are left aside.".to_owned())
        }
        Deed::Answer { .. } => mind.push("Counted are states of which land was demanded.".to_owned()),
        Deed::Attack => mind.push(
            "Who attacked whom follows the record's entry: the side that opened the war, or joined it.".to_owned(),
        ),
        _ => {}
    }
    if matches!(claim.who.sort, Some(Sort::Democracy | Sort::Dictatorship)) {
        mind.push(
            "A state counts if it was of that sort at any time of the period; acts count while it was."
                .to_owned(),
        );
    }
    mind
}

pub(super) fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}
