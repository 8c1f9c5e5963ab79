//! From a clause to the change it asks for, or the reason why the model has none.

mod lands;
mod nouns;
mod pacts;
mod people;
mod wars;

use jonbar_record::{
    ActorId, Day, Entity, EventId, EventKind, PactEnd, PactId, PactType, PersonId, Record, TerritoryId,
    Window, nearest_spelling,
};

use crate::clause::{Clause, Group, Noun};
use crate::lexicon::{Happening, Part, Verb, denies, is_quiet};
use crate::reading::Focus;
use crate::sentence::{Sentence, distinct};
use crate::supposing::within_a_pact;

use lands::{answer, demanding, gives_land, keeping, land, leaving_land, nothing_else};
pub(crate) use nouns::great_war;
pub use nouns::{agreement_called, war_begins};
use nouns::{called_after, of_noun};
use pacts::{all_pairs, breach, delayed, in_parliament, joining, parties, ratifying, signing, staying_out};
pub(crate) use pacts::{shift, small_number};
use people::{of_people, stay, takes_land};
pub(crate) use wars::{against_the_attacker, merge_fights};
use wars::{attack, defying, each, fight, leaving_alone, put_off, staying};

/// How long somebody is kept in an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// Until this day.
    Until(Day),
    /// For so many years after the day on which the office was lost.
    Years(i32),
}

/// How something recorded turns out otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// It does not happen.
    Undone,
    /// What was demanded or offered is accepted.
    Accepted,
    /// What was demanded or offered is refused.
    Refused,
}

/// One change a what-if asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A pact is signed.
    Sign {
        /// Its type, if named.
        pact: Option<PactType>,
        /// Its parties, as far as named.
        actors: Vec<ActorId>,
        /// Who signs with whom; empty if fewer than two are named.
        pairs: Vec<(ActorId, ActorId)>,
    },
    /// A recorded pact is not signed.
    NoPact {
        /// Its type, if named.
        pact: Option<PactType>,
        /// The pact itself, if named.
        named: Option<PactId>,
        /// Its parties, as far as named.
        actors: Vec<ActorId>,
        /// Whose pact with whom; empty if fewer than two are named.
        pairs: Vec<(ActorId, ActorId)>,
    },
    /// A recorded pact is signed on another day.
    Move {
        /// Its type, if named.
        pact: Option<PactType>,
        /// The pact itself, if named.
        named: Option<PactId>,
        /// Its parties, as far as named.
        actors: Vec<ActorId>,
        /// Days later, or earlier if below zero.
        days: i32,
    },
    /// A recorded coup does not happen.
    NoCoup {
        /// Where.
        state: ActorId,
    },
    /// A recorded demand is accepted, refused, or fought over.
    Answer {
        /// Who answers, if named.
        holder: Option<ActorId>,
        /// Who demands, if named.
        claimant: Option<ActorId>,
        /// `conceded`, `resisted` or `war`.
        mark: &'static str,
    },
    /// A recorded demand is not made.
    NoDemand {
        /// Who does not demand.
        claimant: ActorId,
        /// Of whom, if named.
        holder: Option<ActorId>,
    },
    /// A person stays in office.
    Keep {
        /// Who.
        person: PersonId,
        /// For how long, if the words say so.
        stay: Option<Stay>,
    },
    /// A person leaves office, by death or otherwise.
    Leave {
        /// Who.
        person: PersonId,
    },
    /// A recorded loss of land does not come.
    KeepLand {
        /// Which.
        land: TerritoryId,
        /// Who holds on to it, if named.
        holder: Option<ActorId>,
    },
    /// A recorded loss of independence does not come.
    KeepIndependence {
        /// Whose.
        state: ActorId,
    },
    /// A state fights where it did not.
    Fight {
        /// Who.
        by: ActorId,
        /// Against whom, if named.
        on: Option<ActorId>,
        /// On whose side, if named: against whoever that state is at war with.
        beside: Option<ActorId>,
    },
    /// A person comes to office.
    Appoint {
        /// Who.
        person: PersonId,
        /// Instead of whom, if named.
        instead: Option<PersonId>,
    },
    /// A person does not come to office.
    Bar {
        /// Who.
        person: PersonId,
    },
    /// A state attacks another.
    Attack {
        /// Who.
        by: ActorId,
        /// Whom.
        on: ActorId,
    },
    /// A recorded attack does not come.
    NoAttack {
        /// By whom, if named.
        by: Option<ActorId>,
        /// On whom, if named.
        on: Option<ActorId>,
        /// Taking land without a fight counts too.
        land: bool,
    },
    /// Relations are opened.
    Relations {
        /// Between whom.
        actors: Vec<ActorId>,
    },
    /// A pact is denounced or broken.
    Break {
        /// By whom.
        by: ActorId,
        /// Towards whom, if named.
        towards: Option<ActorId>,
    },
    /// A recorded breach does not happen.
    NoBreak {
        /// By whom.
        by: ActorId,
        /// Towards whom, if named.
        towards: Option<ActorId>,
    },
    /// An entry of the record does not happen, called by its identifier.
    Prevent {
        /// Which.
        event: EventId,
    },
    /// Something recorded turns out otherwise that is told in words alone.
    Told {
        /// How.
        how: Otherwise,
        /// States named.
        actors: Vec<ActorId>,
        /// People named.
        people: Vec<PersonId>,
        /// Lands named.
        lands: Vec<TerritoryId>,
        /// The other words, folded.
        words: Vec<String>,
        /// The words as they stand.
        text: String,
        /// Why it is no change of another sort.
        why: String,
    },
    /// Land is given up.
    Cede {
        /// Which.
        land: TerritoryId,
        /// By whom, if named.
        from: Option<ActorId>,
        /// To whom, if named.
        to: Option<ActorId>,
    },
}

impl Change {
    /// Who does or does not do it, if that is one state.
    pub(crate) fn subject(&self) -> Option<ActorId> {
        match self {
            Change::Sign { actors, .. } | Change::NoPact { actors, .. } | Change::Move { actors, .. } => {
                actors.first().copied()
            }
            Change::Answer { holder, .. } => *holder,
            Change::NoCoup { state } | Change::KeepIndependence { state } => Some(*state),
            Change::NoDemand { claimant: by, .. }
            | Change::Fight { by, .. }
            | Change::Attack { by, .. }
            | Change::Break { by, .. }
            | Change::NoBreak { by, .. } => Some(*by),
            Change::NoAttack { by, .. } => *by,
            Change::KeepLand { holder, .. } => *holder,
            Change::Cede { from, .. } => *from,
            Change::Relations { actors } | Change::Told { actors, .. } => actors.first().copied(),
            Change::Keep { .. }
            | Change::Leave { .. }
            | Change::Bar { .. }
            | Change::Appoint { .. }
            | Change::Prevent { .. } => None,
        }
    }
}

/// What a clause gave.
pub(crate) enum Meaning {
    /// Changes, with what was assumed.
    Changes(Vec<Change>, Vec<String>),
    /// Why not, for the reader.
    Refused(String),
}

use Meaning::Refused;

/// What is denied, accepted or refused in words of no sort of change, for the record to find: "Schuschnigg had never gone to
/// Berchtesgaden", "no Zeligowski mutiny", "Metaxas says yes to Grazzi".
pub(crate) fn told(record: &Record, s: &Sentence, c: &Clause, why: &str) -> Option<Change> {
    let words = s.telling(c.span.clone(), |i| s.in_name(i) || denies(&s.folded[i]));
    let people = c.people();
    let of_people = people.iter().filter_map(|p| record.people[p.0].actor).collect::<Vec<_>>();
    let actors: Vec<ActorId> = c.everybody(record).into_iter().filter(|a| !of_people.contains(a)).collect();
    let lands = c.lands();
    let named = !(people.is_empty() && actors.is_empty() && lands.is_empty());
    let dated = s.dates.iter().any(|d| is_close(&d.window));
    // "The first Vienna award": a place, at least.
    let dated = dated || c.span.clone().any(|i| s.strangers.contains(&i) || s.labels.contains(&i));
    let none = s.folded.get(c.span.start).is_some_and(|w| w == "no");
    let unknown = c.unknown_verb.is_some() || matches!(c.verb, None | Some(Verb::Happen | Verb::Have));
    let how = match c.verb {
        // "Accepted a plebiscite" is no yes to what was demanded; "says yes to Grazzi" is.
        Some(Verb::Accept | Verb::Refuse) if c.passive || !to_somebody(s, c) => return None,
        Some(Verb::Accept) if named => {
            if c.denied {
                Otherwise::Refused
            } else {
                Otherwise::Accepted
            }
        }
        Some(Verb::Refuse) if named && !c.denied => Otherwise::Refused,
        _ if (c.denied || none) && unknown => Otherwise::Undone,
        _ => return None,
    };
    // One word beside a name tells nothing apart.
    let told = words.len() + lands.len() + usize::from(dated);
    let telling = !words.is_empty() && told >= 2 && (named || dated) || how != Otherwise::Undone;
    let pact = c.pact.is_some() || c.named_pact.is_some();
    (telling && !pact && s.wars.is_empty()).then(|| Change::Told {
        how,
        actors,
        people,
        lands,
        words,
        text: s.quote(&c.span),
        why: why.to_owned(),
    })
}

/// Whether what is accepted or refused is not told, but at most by whom it was asked.
fn to_somebody(s: &Sentence, c: &Clause) -> bool {
    let small = |i: &usize| {
        matches!(s.folded[*i].as_str(), "yes" | "no" | "in" | "way" | "up" | "down" | "out")
            || is_quiet(&s.folded[*i])
    };
    let object = (c.at + 1..c.span.end).find(|i| !small(i));
    object.is_none_or(|i| s.in_name(i) || s.in_date(i) || s.strangers.contains(&i))
}

fn change(change: Change) -> Meaning {
    Meaning::Changes(vec![change], Vec::new())
}

/// Reads a clause. `focus` is what the sentence speaks of, `they` the two states spoken of before.
pub(crate) fn change_of(
    record: &Record,
    s: &Sentence,
    c: &Clause,
    focus: &Focus,
    they: &[ActorId],
) -> Meaning {
    let quoted = s.quote(&c.span);
    if let Some(days) = delayed(s, c).filter(|_| c.pact.is_some() || c.named_pact.is_some()) {
        return change(Change::Move {
            pact: c.pact.flatten(),
            named: c.named_pact,
            actors: parties(record, c, focus, they),
            days,
        });
    }
    let left = leaving_land(record, s, c).or_else(|| leaving_alone(record, s, c));
    if let Some(meaning) = left.or_else(|| put_off(record, s, c)) {
        return meaning;
    }
    if let Some(unknown) = c.unknown_verb {
        return Refused(format!(
            "\"{}\" is not something the model can change (in \"{quoted}\").",
            s.words[unknown].raw
        ));
    }
    if c.hedged {
        return Refused(format!(
            "\"{quoted}\": almost, late or persuaded is neither done nor undone; ask for one or the other."
        ));
    }
    let Some(verb) = c.verb else {
        let none = c.denied || s.folded[c.span.clone()].first().is_some_and(|w| w == "no");
        let both = c.everybody(record);
        if let Some(meaning) = of_noun(record, s, c, none) {
            return meaning;
        }
        // "No Munich", "without Rapallo": the one agreement called after that place between those named.
        if none && let Some(named) = called_after(record, s, c) {
            let named = match named {
                Ok(named) => named,
                Err(which) => return Refused(which),
            };
            let actors = record.pacts[named.0].parties.clone();
            return change(Change::NoPact { pact: None, named: Some(named), actors, pairs: Vec::new() });
        }
        // "WI no German-Soviet pact?"
        if none && (c.named_pact.is_some() || c.pact.is_some() && both.len() == 2) {
            let pairs = if c.named_pact.is_some() { Vec::new() } else { all_pairs(&both) };
            return change(Change::NoPact {
                pact: c.pact.flatten(),
                named: c.named_pact,
                actors: both,
                pairs,
            });
        }
        return match c.pact {
            // "What if a Soviet-Romanian pact?", "WI: Poland and Lithuania alliance in 1925"
            Some(pact)
                if !c.denied
                    && (!c.describing(record, Noun::Pact).is_empty() || c.everybody(record).len() == 2) =>
            {
                signing(record, s, c, pact, focus, they)
            }
            // "Bulgaria in the Balkan Entente from day one"
            _ if !c.denied && inside_a_pact(record, s, c) => joining(record, c),
            _ => Refused(format!("\"{quoted}\" has no verb the reader knows.")),
        };
    };
    let not_read = || Refused(format!("\"{quoted}\" was not read as a change; the answer leaves it out."));
    if let Some(outcome) = of_people(record, s, c, verb) {
        return outcome;
    }
    if matches!(verb, Verb::Accept | Verb::Refuse) && c.passive && !c.demand && c.pact.is_none() {
        let people_only = c.groups.iter().all(|g| g.part != Part::Bare || g.actors.is_empty());
        if people_only {
            return Refused(format!("\"{quoted}\" does not say who refuses or accepts what."));
        }
    }
    match verb {
        Verb::Overthrow if c.denied => match c.everybody(record).first() {
            Some(&state) => change(Change::NoCoup { state }),
            None => Refused(format!("\"{quoted}\": in which state?")),
        },
        // To rescind a demand breaks no pact.
        Verb::Break if c.demand && c.pact.is_none() && c.named_pact.is_none() => not_read(),
        Verb::Break => breach(record, c, they, c.denied),
        // To drop something but a pact breaks none.
        Verb::Drop if c.pact.is_some() || c.named_pact.is_some() => breach(record, c, they, c.denied),
        // "Kicked the Germans out"
        Verb::Expel if c.span.clone().any(|i| s.folded[i] == "out") => fight(record, s, c, focus),
        Verb::Drop | Verb::Expel => not_read(),
        Verb::Honour if c.pact.is_some() || c.subject(record).len() == 1 => {
            breach(record, c, they, !c.denied)
        }
        // To hold a pact up delays it.
        Verb::Keep if c.pact.is_some() && s.folded.get(c.at + 1).is_some_and(|w| w == "up") => not_read(),
        // "Had kept its pact": a promise kept, where an office is kept otherwise.
        Verb::Keep if c.pact.is_some() && !c.subject(record).is_empty() => breach(record, c, they, !c.denied),
        Verb::Expire | Verb::Renew => Refused(format!(
            "\"{quoted}\": terms and renewals of pacts stay as recorded; ask what if a party had denounced it, or if it had \
             never been signed."
        )),
        // "Had joined the Allies", where no pact is called so.
        Verb::Join if c.named_pact.is_none() && s.has(&["allies"]) => fight(record, s, c, focus),
        Verb::Join => joining(record, c),
        Verb::Happen => match of_noun(record, s, c, c.denied) {
            Some(meaning) => meaning,
            None if c.denied && (c.named_pact.is_some() || c.pact.is_some()) => {
                signing(record, s, c, c.pact.flatten(), focus, they)
            }
            None => not_read(),
        },
        Verb::StayOut => staying(record, c, &quoted),
        Verb::Defy => defying(record, s, c, focus),
        // "Recovered Danzig": it did not have it.
        Verb::Keep if s.folded[c.at].starts_with("recover") => land(record, c, Verb::Seize, &quoted),
        Verb::Keep if !c.denied => keeping(record, s, c, &quoted),
        // "Had marched into the Rhineland": against whom, the land tells.
        Verb::Attack
            if !c.passive
                && !c.lands().is_empty()
                && c.object(record).is_empty()
                && c.part(record, Part::At).is_empty() =>
        {
            fight(record, s, c, focus)
        }
        Verb::Attack => attack(record, c, they),
        Verb::Fight => fight(record, s, c, focus),
        Verb::Recognise => {
            let actors = parties(record, c, focus, they);
            if c.denied {
                Refused(format!(
                    "\"{quoted}\": taking recognition away is not in the model; a break of relations is."
                ))
            } else {
                change(Change::Relations { actors })
            }
        }
        Verb::Have if c.pact.is_none() && s.has(&["relations"]) && !c.denied => {
            change(Change::Relations { actors: parties(record, c, focus, they) })
        }
        Verb::Cede | Verb::Seize => land(record, c, verb, &quoted),
        Verb::Take if !c.lands().is_empty() && !c.demand && nothing_else(c) => {
            land(record, c, Verb::Seize, &quoted)
        }
        // "Do we still get a German-Soviet pact?"
        Verb::Take if c.pact.is_some() && c.describing(record, Noun::Pact).len() == 2 => {
            signing(record, s, c, c.pact.flatten(), focus, they)
        }
        // "The League had given the Åland Islands to Sweden", and no promise or pact.
        Verb::Sign if gives_land(s, c) => land(record, c, Verb::Cede, &quoted),
        Verb::Ratify => ratifying(record, s, c, focus, they),
        Verb::Appoint if takes_land(s, c) => land(record, c, Verb::Seize, &quoted),
        Verb::Demand => demanding(record, c, &quoted),
        Verb::Accept | Verb::Refuse if c.demand && c.pact.is_none_or(|p| p.is_none()) => {
            answer(record, c, verb)
        }
        // "Says yes to Ribbentrop about Danzig"
        Verb::Accept | Verb::Refuse
            if !c.lands().is_empty() && c.pact.is_none() && c.everybody(record).len() == 2 && !c.passive =>
        {
            answer(record, c, verb)
        }
        Verb::Guarantee => {
            let pact = if s.has(&["allied"]) { PactType::Defence } else { PactType::Guarantee };
            signing(record, s, c, Some(pact), focus, they)
        }
        // "Takes the deal put to Lipski on 24 October 1938", where land was demanded.
        Verb::Accept if c.pact.is_none_or(|p| p.is_none()) && demanded(record, c, focus) => {
            answer(record, c, verb)
        }
        // "Voted down in the Chamber": signed, and not ratified.
        Verb::Refuse if in_parliament(s, c) => ratifying(record, s, c, focus, they),
        Verb::Sign | Verb::Have | Verb::Result | Verb::Agree | Verb::Accept | Verb::Refuse | Verb::Fail
            if c.pact.is_some() =>
        {
            signing(record, s, c, c.pact.flatten(), focus, they)
        }
        // "accepted the word", "accepted the offer": what the talks of that day were about.
        Verb::Accept | Verb::Refuse if c.lands().is_empty() && nothing_but_places(s, c) && !c.talks => {
            answer(record, c, verb)
        }
        Verb::Accept | Verb::Agree if c.talks && demanded(record, c, focus) => {
            answer(record, c, Verb::Accept)
        }
        // Whether powers meet is no pact.
        Verb::Accept | Verb::Agree | Verb::Refuse
            if c.span
                .clone()
                .any(|i| matches!(s.folded[i].as_str(), "conference" | "meeting" | "mediation")) =>
        {
            Refused(format!(
                "\"{quoted}\": whether a conference meets is not in the model; say what would have come of it."
            ))
        }
        Verb::Accept | Verb::Agree if c.talks => signing(record, s, c, None, focus, they),
        Verb::Result | Verb::Fail if c.talks => signing(record, s, c, None, focus, they),
        // A beaten attack is a war all the same; a coup put down is none.
        Verb::Fail
            if matches!(s.folded[c.at].as_str(), w if ["crush", "foil", "suppress", "put"].iter().any(|t| w.starts_with(t)))
                && !c.span.clone().any(|i| Happening::of(&s.folded[i]) == Some(Happening::Coup)) =>
        {
            not_read()
        }
        // "The coup never came off", "had failed"
        Verb::Result | Verb::Fail if c.span.clone().any(|i| Happening::of(&s.folded[i]).is_some()) => {
            of_noun(record, s, c, c.denied != (verb == Verb::Fail)).unwrap_or_else(not_read)
        }
        // "Had not signed at Rapallo": what was agreed there between those named.
        Verb::Sign | Verb::Have | Verb::Agree if c.denied && !c.nothing => match called_after(record, s, c) {
            Some(Ok(named)) => {
                let actors = record.pacts[named.0].parties.clone();
                change(Change::NoPact { pact: None, named: Some(named), actors, pairs: Vec::new() })
            }
            Some(Err(which)) => Refused(which),
            None => match (&signer(record, s, c)[..], of_noun(record, s, c, c.denied)) {
                (_, Some(meaning)) => meaning,
                // "Yugoslavia had refused to sign in March 1941": whatever it signed then.
                (&[state], None) if verb == Verb::Sign => {
                    change(Change::NoPact { pact: None, named: None, actors: vec![state], pairs: Vec::new() })
                }
                _ => not_read(),
            },
        },
        // "signed nothing with Moscow"
        Verb::Sign if c.nothing => signing(record, s, c, None, focus, they),
        Verb::Sign if s.has(&["peace"]) => Refused(format!("\"{quoted}\": the model does not make peace.")),
        Verb::Propose => Refused(format!(
            "\"{quoted}\": a proposal by itself changes nothing in the model; ask what if it had been accepted or a pact signed."
        )),
        // "There was no coup."
        _ => of_noun(record, s, c, c.denied).unwrap_or_else(not_read),
    }
}

/// Whether a time is of a year at most.
fn is_close(window: &Window) -> bool {
    window.to.0 - window.from.0 < 400
}

/// The time of a clause, or of its sentence, if it is of a year at most.
fn close_time(s: &Sentence, c: &Clause) -> Option<Window> {
    s.window_in(&c.span).or(s.window()).filter(is_close)
}

/// Who is said to have signed something at a time that is named, if nobody else is.
fn signer(record: &Record, s: &Sentence, c: &Clause) -> Vec<ActorId> {
    if close_time(s, c).is_none() || !c.lands().is_empty() {
        return Vec::new();
    }
    // "Prince Paul's ministers" sign for his state.
    let of_people =
        s.names.iter().filter(|n| c.span.contains(&n.span.start)).filter_map(|n| match n.entity {
            Entity::Person(p) => record.people[p.0].actor,
            _ => None,
        });
    distinct(c.everybody(record).into_iter().chain(of_people))
}

/// Where a clause has "left" as its verb: land to somebody, or somebody alone.
fn leaves(s: &Sentence, c: &Clause) -> Option<usize> {
    let leaves = |i: &usize| matches!(s.folded[*i].as_str(), "left" | "leave" | "leaves");
    match (c.unknown_verb, c.verb) {
        (None, None) => c.span.clone().find(leaves),
        (unknown, _) => unknown.filter(leaves),
    }
}

/// Whether nothing of a clause is left over but where it happened: "says no to Hitler at Berchtesgaden".
fn nothing_but_places(s: &Sentence, c: &Clause) -> bool {
    c.left_out.iter().all(|i| s.labels.contains(i) || s.strangers.contains(i) && s.before(*i, 1) == "at")
}

/// Whether a state is said to be in a pact of others, by no verb.
fn inside_a_pact(record: &Record, s: &Sentence, c: &Clause) -> bool {
    let Some(pact) = c.named_pact else { return false };
    let inside = c.span.clone().any(|i| within_a_pact(s, i));
    let pact = &record.pacts[pact.0];
    inside && !pact.is_bilateral() && c.subject(record).iter().any(|a| !pact.parties.contains(a))
}

/// Whether one of the two states named demanded land of the other in the time named: "agrees to the Soviet proposals in autumn 1939".
fn demanded(record: &Record, c: &Clause, focus: &Focus) -> bool {
    let states = c.everybody(record);
    let between = |e: &jonbar_record::Event| {
        e.kind == EventKind::TerritorialDemand
            && e.parties().all(|p| states.contains(&p))
            && focus.window.is_some_and(|w| e.when.meets(w))
    };
    states.len() == 2 && record.events.iter().any(between)
}

/// A name that is in no casebook.
pub(crate) fn stranger(record: &Record, s: &Sentence) -> String {
    let states: Vec<&str> = record
        .actors
        .iter()
        .flat_map(|a| std::iter::once(&a.name).chain(&a.aliases).chain(&a.demonyms))
        .map(String::as_str)
        .filter(|n| !n.contains(' '))
        .collect();
    let said: Vec<String> = s
        .strangers
        .iter()
        .map(|i| {
            let word = &s.words[*i].raw;
            match nearest_spelling(word, states.iter().copied()) {
                Some(near) => format!("\"{word}\" is not a name in the casebook; did you mean \"{near}\"?"),
                None => format!("\"{word}\" is not a name in the casebook."),
            }
        })
        .collect();
    said.join(" ")
}
