//! From a clause to the change it asks for, or the reason why the model has none.

use jonbar_record::{
    ActorId, Day, Event, EventKind, PactId, PactType, PersonId, Record, TerritoryId, Window, nearest_spelling,
};

use crate::clause::{Clause, Noun};
use crate::lexicon::{Part, Verb};
use crate::read::Focus;
use crate::sentence::{Sentence, distinct};

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
        /// The last day, if the words say until when.
        until: Option<Day>,
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
            Change::Relations { actors } => actors.first().copied(),
            Change::Keep { .. } | Change::Leave { .. } | Change::Bar { .. } | Change::Appoint { .. } => None,
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
            _ => Refused(format!("\"{quoted}\" has no verb the reader knows.")),
        };
    };
    if let Some(outcome) = of_people(s, c, verb) {
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
        Verb::Break => breach(record, c, they, c.denied),
        Verb::Honour if c.pact.is_some() || c.subject(record).len() == 1 => {
            breach(record, c, they, !c.denied)
        }
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
            None => Refused(format!("\"{quoted}\" was not read as a change; the answer leaves it out.")),
        },
        Verb::StayOut => staying(record, c, &quoted),
        Verb::Defy => defying(record, s, c, focus),
        Verb::Keep if !c.denied => keeping(record, s, c, &quoted),
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
        Verb::Demand => demanding(record, c, &quoted),
        Verb::Accept | Verb::Refuse if c.demand && c.pact.is_none_or(|p| p.is_none()) => {
            answer(record, c, verb)
        }
        Verb::Guarantee => {
            let pact = if s.has(&["allied"]) { PactType::Defence } else { PactType::Guarantee };
            signing(record, s, c, Some(pact), focus, they)
        }
        Verb::Sign | Verb::Have | Verb::Result | Verb::Agree | Verb::Accept | Verb::Refuse | Verb::Fail
            if c.pact.is_some() =>
        {
            signing(record, s, c, c.pact.flatten(), focus, they)
        }
        // "accepted the word", "accepted the offer": what the talks of that day were about.
        Verb::Accept | Verb::Refuse if c.lands().is_empty() && c.left_out.is_empty() && !c.talks => {
            answer(record, c, verb)
        }
        Verb::Accept | Verb::Agree if c.talks => signing(record, s, c, None, focus, they),
        Verb::Result | Verb::Fail if c.talks => signing(record, s, c, None, focus, they),
        // "signed nothing with Moscow"
        Verb::Sign if c.nothing => signing(record, s, c, None, focus, they),
        Verb::Sign if s.has(&["peace"]) => Refused(format!("\"{quoted}\": the model does not make peace.")),
        Verb::Propose => Refused(format!(
            "\"{quoted}\": a proposal by itself changes nothing in the model; ask what if it had been accepted or a pact signed."
        )),
        // "There was no coup."
        _ => of_noun(record, s, c, c.denied).unwrap_or_else(|| {
            Refused(format!("\"{quoted}\" was not read as a change; the answer leaves it out."))
        }),
    }
}

/// Kept alive or in office, or gone from it.
fn of_people(s: &Sentence, c: &Clause, verb: Verb) -> Option<Meaning> {
    let quoted = s.quote(&c.span);
    let people = concerned(c);
    // "King Carol had kept Titulescu": the one kept comes last; "had been kept by" would turn it round.
    let person = *people.last()?;
    let until = until(s, &c.span);
    match verb {
        Verb::Die | Verb::Dismiss | Verb::Overthrow if c.denied => {
            let each = people.iter().map(|&person| Change::Keep { person, until });
            Some(Meaning::Changes(each.collect(), Vec::new()))
        }
        Verb::Die | Verb::Dismiss | Verb::Overthrow => {
            let each = people.iter().map(|&person| Change::Leave { person });
            Some(Meaning::Changes(each.collect(), Vec::new()))
        }
        Verb::Appoint if c.denied => Some(change(Change::Bar { person })),
        // "Kept out of office."
        Verb::StayOut if c.passive && !c.denied => Some(change(Change::Bar { person })),
        Verb::Appoint => {
            let instead = c.people().into_iter().find(|p| *p != person);
            Some(change(Change::Appoint { person, instead }))
        }
        Verb::Keep if !c.denied && !c.gerund => {
            let about_office = |w: &String| {
                [
                    "in",
                    "as",
                    "on",
                    "office",
                    "power",
                    "alive",
                    "at",
                    "until",
                    "longer",
                    "beyond",
                    "post",
                    "to",
                    "minister",
                    "foreign",
                    "past",
                    "heart",
                    "head",
                    "helm",
                    "charge",
                    "assassination",
                    "attempt",
                    "putsch",
                    "coup",
                    "commissar",
                    "premier",
                    "chancellor",
                    "prime",
                    "king",
                    "dictator",
                    "leader",
                    "running",
                ]
                .contains(&w.as_str())
            };
            let tail = c.at + 1..c.span.end;
            let out = s.has_phrase(&["out", "of"]);
            // "Survives Marseilles": where it happened.
            let place = |i: &usize| s.strangers.contains(i) || s.labels.contains(i);
            let elsewhere =
                tail.clone().any(|i| !about_office(&s.folded[i]) && c.left_out.contains(&i) && !place(&i));
            let names_after =
                c.groups.iter().any(|g| g.span.start > c.at && g.people.is_empty() && g.part != Part::Bare);
            if out || elsewhere || names_after && s.has(&["side"]) {
                Some(Refused(format!("\"{quoted}\" was not read as staying in office.")))
            } else {
                Some(change(Change::Keep { person, until }))
            }
        }
        _ => None,
    }
}

/// Whom a clause about life or office is about: where its verb has people before it and is no "A kept B", those; people beside them
/// (`together with`, `alongside`) are not.
fn concerned(c: &Clause) -> Vec<PersonId> {
    let own = |g: &&crate::clause::Group| g.of.is_none() && !g.people.is_empty();
    let of = |groups: Vec<&crate::clause::Group>| {
        distinct(groups.into_iter().flat_map(|g| g.people.iter().copied()))
    };
    let before: Vec<_> =
        c.groups.iter().filter(own).filter(|g| g.span.start < c.at && g.part == Part::Bare).collect();
    let takes_object =
        !c.passive && matches!(c.verb, Some(Verb::Keep | Verb::Dismiss | Verb::Overthrow | Verb::Die));
    let after: Vec<_> =
        c.groups.iter().filter(own).filter(|g| g.span.start > c.at && g.part == Part::Bare).collect();
    match (before.is_empty(), takes_object && !after.is_empty()) {
        (_, true) => of(after),
        (false, false) => of(before),
        _ => c.people(),
    }
}

/// The day until which something is said to last: "until 1940", "to 1940", "past 1938".
fn until(s: &Sentence, span: &std::ops::Range<usize>) -> Option<Day> {
    let date = s.dates.iter().find(|d| {
        let first = s.folded[d.words.0].as_str();
        let before = s.before(d.words.0, 1);
        let long = matches!(first, "until" | "till")
            || matches!(before, "until" | "till" | "to" | "past" | "beyond" | "through" | "into");
        span.contains(&d.words.0) && long
    })?;
    Some(date.window.to)
}

/// What is changed where a noun says it: "without the seizure of Albania", "no Anschluss", "the murder of King Alexander".
fn of_noun(record: &Record, s: &Sentence, c: &Clause, none: bool) -> Option<Meaning> {
    let noun = c.span.clone().find_map(|i| {
        let inside = s.in_date(i) || s.names.iter().any(|n| n.span.contains(&i));
        (!inside).then(|| Deed::of(&s.folded[i])).flatten().map(|deed| (i, deed))
    });
    let people = c.people();
    let Some((at, deed)) = noun else {
        let alive = c.span.clone().any(|i| s.folded[i] == "alive");
        let person = people.last().filter(|_| alive && !none)?;
        return Some(change(Change::Keep { person: *person, until: until(s, &c.span) }));
    };
    match deed {
        Deed::Attack => {
            let before = |g: &&crate::clause::Group| g.span.end <= at && g.part != Part::By;
            let states = |g: &crate::clause::Group| {
                let people = g.people.iter().filter_map(|p| record.people[p.0].actor);
                g.actors.iter().copied().chain(people).collect::<Vec<_>>()
            };
            let land = matches!(s.folded[at].as_str(), "seizure" | "annexation" | "occupation" | "takeover");
            let (mut by, mut on): (Vec<ActorId>, Vec<ActorId>) = (Vec::new(), Vec::new());
            for group in &c.groups {
                if before(&group) || group.part == Part::By {
                    by.extend(states(group));
                } else {
                    on.extend(states(group));
                }
            }
            if none {
                return (!by.is_empty() || !on.is_empty())
                    .then(|| each(&by, &on, |by, on| Change::NoAttack { by, on, land }));
            }
            let pairs = by.iter().flat_map(|&by| on.iter().map(move |&on| Change::Attack { by, on }));
            let pairs: Vec<Change> = pairs.collect();
            (!pairs.is_empty()).then_some(Meaning::Changes(pairs, Vec::new()))
        }
        Deed::End => {
            let person = *people.last()?;
            Some(change(if none { Change::Keep { person, until: None } } else { Change::Leave { person } }))
        }
        Deed::Coup if none => {
            let state = c.everybody(record).first().or(c.inherited.first()).copied()?;
            Some(change(Change::NoCoup { state }))
        }
        Deed::Demand if none => {
            let claimant = *c.everybody(record).first()?;
            let holder = c.everybody(record).into_iter().find(|a| *a != claimant);
            Some(change(Change::NoDemand { claimant, holder }))
        }
        Deed::Demand | Deed::Coup => None,
    }
}

/// The agreement that the words of a clause call by the place it is named after; which there are, if several.
fn called_after(record: &Record, s: &Sentence, c: &Clause) -> Option<Result<PactId, String>> {
    let named = |i: usize| s.labels.contains(&i) || s.strangers.contains(&i) || i == c.span.start + 1;
    let words: Vec<&str> =
        c.span.clone().filter(|&i| named(i)).map(|i| s.folded[i].as_str()).filter(|w| w.len() >= 5).collect();
    let found = called(record, &words, &s.actors());
    match found[..] {
        [] => None,
        [only] => Some(Ok(only)),
        _ => {
            let names: Vec<String> = found
                .iter()
                .map(|p| &record.pacts[p.0])
                .map(|p| format!("the {} ({})", p.name, p.signed.text))
                .collect();
            Some(Err(format!("Which one? The record has {}; name the states.", names.join(", "))))
        }
    }
}

/// Agreements with one of these words in their name, between the states named. "Munich" is the Munich Agreement before it is a
/// declaration made there.
fn called(record: &Record, words: &[&str], actors: &[ActorId]) -> Vec<PactId> {
    let said = |p: &PactId| {
        let pact = &record.pacts[p.0];
        let names = std::iter::once(&pact.name).chain(&pact.aliases);
        let said = names.flat_map(|n| n.split(' ')).any(|part| words.contains(&part.to_lowercase().as_str()));
        said && (actors.len() < 2 || actors.iter().all(|a| pact.parties.contains(a)))
    };
    let found: Vec<PactId> = (0..record.pacts.len()).map(PactId).filter(said).collect();
    let begins = |p: &&PactId| {
        let first = record.pacts[p.0].name.split(' ').next().unwrap_or_default().to_lowercase();
        words.contains(&first.as_str())
    };
    let begin: Vec<PactId> = found.iter().filter(begins).copied().collect();
    if begin.len() == 1 { begin } else { found }
}

/// The one agreement that some words call by its name or by the place it is named after.
pub fn agreement_called(words: &str, record: &Record) -> Option<PactId> {
    let s = Sentence::of(words, record);
    let capital = |i: &usize| s.words[*i].raw.starts_with(char::is_uppercase) && s.folded[*i].len() >= 5;
    let places: Vec<&str> = (0..s.words.len()).filter(capital).map(|i| s.folded[i].as_str()).collect();
    let found = || match called(record, &places, &s.actors())[..] {
        [only] => Some(only),
        _ => None,
    };
    s.named_pact().or_else(found)
}

/// The beginning of the great war, if some words tell of it: "the war started".
pub fn war_begins(words: &str, record: &Record) -> Option<usize> {
    let words: Vec<String> = crate::text::words_of(words).into_iter().map(|w| w.folded).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| *w != "the").collect();
    let begins = matches!(
        words[..],
        ["war" | "ww2" | "wwii", "started" | "began" | "begins" | "starts"]
            | ["war" | "ww2" | "wwii", "broke" | "breaks", "out"]
            | ["second", "world", "war", "started" | "began" | "starts" | "begins"]
            | ["second", "world", "war", "broke" | "breaks", "out"]
            | ["outbreak", "of", "war" | "ww2" | "wwii"]
    );
    let war = great_war(record).filter(|_| begins)?;
    record.events.iter().position(|e| std::ptr::eq(e, war))
}

/// What a noun tells of.
#[derive(Clone, Copy)]
pub(crate) enum Deed {
    Attack,
    /// Of a life or an office.
    End,
    /// A government overthrown.
    Coup,
    Demand,
}

impl Deed {
    pub(crate) fn of(word: &str) -> Option<Deed> {
        Some(match word {
            "attack" | "invasion" | "seizure" | "annexation" | "occupation" | "conquest" | "aggression"
            | "takeover" | "march" => Deed::Attack,
            "death" | "murder" | "assassination" | "killing" | "suicide" | "dismissal" | "resignation"
            | "sacking" => Deed::End,
            "coup" | "putsch" | "overthrow" => Deed::Coup,
            "ultimatum" | "demand" | "demands" => Deed::Demand,
            _ => return None,
        })
    }
}

/// Staying out of a war, or of a pact of several.
fn staying(record: &Record, c: &Clause, quoted: &str) -> Meaning {
    let by = c.subject(record);
    if by.is_empty() {
        return Refused(format!("\"{quoted}\": who stays out? Name the state."));
    }
    let named = c.groups.iter().filter(|g| g.span.start > c.at && g.part != Part::With);
    let on = distinct(named.flat_map(|g| g.actors.iter().copied()).filter(|a| !by.contains(a)));
    match (c.named_pact, c.denied) {
        (Some(_), false) => staying_out(record, c.named_pact, &by),
        (None, false) => each(&by, &on, |by, on| Change::NoAttack { by, on, land: false }),
        (_, true) => Refused(format!("\"{quoted}\": say what it does instead, as in \"had attacked ...\".")),
    }
}

/// "The Czechs stand up to Hitler": what is demanded is refused, and where nothing was demanded there is war.
fn defying(record: &Record, s: &Sentence, c: &Clause, focus: &Focus) -> Meaning {
    let by = c.subject(record);
    let to =
        distinct(c.object(record).into_iter().chain(c.part(record, Part::On)).filter(|a| !by.contains(a)));
    let demanded = |holder: ActorId| {
        record.events.iter().any(|e| {
            e.kind == EventKind::TerritorialDemand
                && e.targets.contains(&holder)
                && to.iter().all(|a| e.actors.contains(a))
        })
    };
    match by[..] {
        [holder] if demanded(holder) => change(Change::Answer {
            holder: Some(holder),
            claimant: to.first().copied(),
            mark: if c.denied { "conceded" } else { "resisted" },
        }),
        _ => fight(record, s, c, focus),
    }
}

/// Land or independence that is kept.
fn keeping(record: &Record, s: &Sentence, c: &Clause, quoted: &str) -> Meaning {
    let free =
        c.span.clone().any(|i| matches!(s.folded[i].as_str(), "independence" | "independent" | "free"));
    let (subject, lands) = (c.subject(record), c.lands());
    if let Some(&land) = lands.first() {
        // "Vilnius remains Lithuanian": whose it is stands behind the verb.
        let stays = c.groups.iter().any(|g| g.lands.contains(&land) && g.span.end <= c.at);
        let holder = if stays { c.object(record) } else { subject };
        return change(Change::KeepLand { land, holder: holder.first().copied() });
    }
    // "Keep Poland independent", and "Poland survives", as a state.
    let states = if subject.is_empty() { c.object(record) } else { subject };
    let survives = s.folded.get(c.at).is_some_and(|w| w.starts_with("surviv"))
        && !c.span.clone().any(|i| matches!(s.folded[i].as_str(), "without" | "war" | "losing"));
    if (free || survives) && !states.is_empty() {
        let each = states.into_iter().map(|state| Change::KeepIndependence { state });
        return Meaning::Changes(each.collect(), Vec::new());
    }
    Refused(format!("\"{quoted}\": what is kept? Name a person, a territory, a pact or its independence."))
}

/// Both parties, from whatever part of the clause names them.
fn parties(record: &Record, c: &Clause, focus: &Focus, they: &[ActorId]) -> Vec<ActorId> {
    let here = c.everybody(record);
    if here.len() >= 2 {
        return here;
    }
    if c.they && they.len() == 2 && here.iter().all(|a| they.contains(a)) {
        return they.to_vec();
    }
    // The state of a person named elsewhere in the sentence is a party; so are the states named elsewhere.
    let elsewhere = focus.people.iter().filter_map(|p| record.people[p.0].actor);
    let aside = c.aside();
    let all = here.into_iter().chain(focus.actors.iter().copied()).chain(elsewhere);
    distinct(all.filter(|a| !aside.contains(a)))
}

fn signing(
    record: &Record,
    s: &Sentence,
    c: &Clause,
    pact: Option<PactType>,
    focus: &Focus,
    they: &[ActorId],
) -> Meaning {
    let quoted = s.quote(&c.span);
    // Refusing or failing is itself a denial; doing so in the negative is signing.
    let refusing = matches!(c.verb, Some(Verb::Refuse | Verb::Fail));
    let denied = c.denied != refusing;
    let described = c.describing(record, Noun::Pact);
    let mut with = c.part(record, Part::With);
    if matches!(c.verb, Some(Verb::Guarantee)) {
        with.extend(c.object(record));
        with.extend(c.part(record, Part::On));
    }
    // "a guarantee to Poland", "a pact with".
    if pact == Some(PactType::Guarantee) {
        with.extend(c.part(record, Part::On));
    }
    let mut subject = c.subject(record);
    if c.passive {
        subject = c.part(record, Part::By).into_iter().chain(subject).collect();
    }
    let talkers = c.describing(record, Noun::Talks);
    let all = distinct(
        subject.iter().chain(&described).chain(&with).chain(&talkers).chain(&c.object(record)).copied(),
    );
    // "the pact with Poland" of a state named before it.
    if !denied && described.len() >= 2 && subject.iter().any(|a| !described.contains(a)) {
        return Refused(format!(
            "\"{quoted}\": {} joining a pact of others is not in the model; ask what if two states had signed one.",
            record.name(subject[0])
        ));
    }
    let actors = if all.len() >= 2 { all } else { parties(record, c, focus, they) };
    let named = c.named_pact;
    let sides = distinct(subject.iter().chain(&described).copied());
    let others: Vec<ActorId> = distinct(with.into_iter().filter(|w| !sides.contains(w)));
    let pairs = if !sides.is_empty() && !others.is_empty() {
        sides.iter().flat_map(|a| others.iter().map(move |b| (*a, *b))).collect()
    } else {
        all_pairs(&actors)
    };
    if let Some(i) = c.span.clone().find(|&i| relative_time(s, i)) {
        return Refused(format!("\"{}\": give the date itself.", s.quote(&(i..i + 2))));
    }
    if denied && s.folded[c.span.clone()].iter().any(|w| w == "but") {
        return Refused(format!(
            "\"{quoted}\" says what is not and what is instead; join them with \"and\", each with its verb."
        ));
    }
    if let Some(pact) = named.map(|p| &record.pacts[p.0]).filter(|p| denied && !p.is_bilateral())
        && !subject.is_empty()
        && !pact.parties.iter().all(|p| subject.contains(p))
    {
        return staying_out(record, named, &subject);
    }
    if denied {
        return change(Change::NoPact { pact, named, actors, pairs });
    }
    if let Some(days) = shift(s, &c.span) {
        return change(Change::Move { pact, named, actors, days });
    }
    if actors.len() < 2 && !s.strangers.is_empty() {
        return Refused(stranger(record, s));
    }
    change(Change::Sign { pact, actors, pairs })
}

/// Days in a unit of time.
fn unit_of_time(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('s') {
        "day" => 1.0,
        "week" => 7.0,
        "month" => 30.44,
        "year" => 365.25,
        _ => return None,
    })
}

/// "a year before Munich": a unit of time and its anchor.
fn relative_time(s: &Sentence, i: usize) -> bool {
    unit_of_time(&s.folded[i]).is_some()
        && s.folded.get(i + 1).is_some_and(|w| w == "before" || w == "after")
        && !s.in_date(i + 1)
}

/// "Delay the pact by two years": in days.
fn delayed(s: &Sentence, c: &Clause) -> Option<i32> {
    let said =
        |stems: &[&str]| c.span.clone().any(|i| stems.iter().any(|stem| s.folded[i].starts_with(stem)));
    let sign = match (said(&["delay", "postpon"]), said(&["advance", "hasten", "forward"])) {
        (true, false) => 1,
        (false, true) => -1,
        _ => return None,
    };
    let by = c.span.clone().find(|&i| s.folded[i] == "by" && !s.in_date(i + 1))?;
    let unit = unit_of_time(s.folded.get(by + 2)?)?;
    Some(sign * (f64::from(count(s.folded.get(by + 1)?)?) * unit).round() as i32)
}

/// A small number as it is written.
fn count(word: &str) -> Option<i32> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match word {
        "a" | "an" => Some(1),
        _ => word.parse::<i32>().ok().or(NUMBERS.iter().position(|x| *x == word).map(|i| i as i32 + 1)),
    }
    .filter(|n| (1..=400).contains(n))
}

/// "a year later", "six months earlier": in days.
fn shift(s: &Sentence, span: &std::ops::Range<usize>) -> Option<i32> {
    let at = span.clone().find(|&i| matches!(s.folded[i].as_str(), "later" | "earlier" | "sooner"))?;
    let sign = if s.folded[at] == "later" { 1 } else { -1 };
    let unit = unit_of_time(s.folded.get(at.checked_sub(1)?)?)?;
    let n = count(s.folded.get(at.checked_sub(2)?)?)?;
    Some(sign * (f64::from(n) * unit).round() as i32)
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

fn all_pairs(actors: &[ActorId]) -> Vec<(ActorId, ActorId)> {
    actors.iter().enumerate().flat_map(|(i, a)| actors[i + 1..].iter().map(move |b| (*a, *b))).collect()
}

/// A state that does not sign a pact of several: where it acceded to it later, its accession does not happen.
fn staying_out(record: &Record, named: Option<PactId>, subject: &[ActorId]) -> Meaning {
    let Some(named) = named else { return Refused("Which pact? Name it as the casebook does.".to_owned()) };
    let own = |p: &PactId| {
        let pact = &record.pacts[p.0];
        *p != named
            && record.is_same_instrument(named, *p)
            && pact.parties.first().is_some_and(|a| subject == [*a])
    };
    match (0..record.pacts.len()).map(PactId).find(own) {
        Some(accession) => change(Change::NoPact {
            pact: None,
            named: Some(accession),
            actors: record.pacts[accession.0].parties.clone(),
            pairs: Vec::new(),
        }),
        None => Refused(format!("Staying out of the {} is not in the model.", record.pacts[named.0].name)),
    }
}

/// A state that joins a pact of several signs with each.
fn joining(record: &Record, c: &Clause) -> Meaning {
    let subject = c.subject(record);
    if c.denied && c.named_pact.is_some() {
        return staying_out(record, c.named_pact, &subject);
    }
    let Some(pact) = c.named_pact.map(|p| &record.pacts[p.0]) else {
        return Refused(
            "Which pact is joined? Name it as the casebook does, such as \"the Balkan Pact\".".to_owned(),
        );
    };
    let [joiner] = subject[..] else {
        return Refused(format!("Who joins the {}?", pact.name));
    };
    let pairs: Vec<_> = pact.parties.iter().filter(|p| **p != joiner).map(|p| (joiner, *p)).collect();
    let mut actors = vec![joiner];
    actors.extend(pairs.iter().map(|p| p.1));
    let note = format!(
        "Joining the {} is read as {} signing a {} with each of its parties.",
        pact.name,
        record.name(joiner),
        pact.main_type().label()
    );
    Meaning::Changes(vec![Change::Sign { pact: Some(pact.main_type()), actors, pairs }], vec![note])
}

/// Who breaks, and towards whom. `undone`: the recorded breach does not happen.
fn breach(record: &Record, c: &Clause, they: &[ActorId], undone: bool) -> Meaning {
    let described = c.describing(record, Noun::Pact);
    let subject = c.subject(record);
    let agents = if c.passive { c.part(record, Part::By) } else { subject.clone() };
    if agents.is_empty() {
        return Refused("Who breaks the pact? Name the state.".to_owned());
    }
    let towards = distinct(
        described
            .into_iter()
            .chain(c.part(record, Part::With))
            .chain(c.object(record))
            .chain(c.part(record, Part::On))
            .chain(if c.passive { subject } else { Vec::new() })
            .chain(if c.they { they.to_vec() } else { Vec::new() })
            .filter(|a| !agents.contains(a)),
    );
    let towards = towards.first().copied();
    let (agents, towards) = match agents[..] {
        // "Poland and Germany had broken their pact"
        [first, second] if towards.is_none() => (vec![first], Some(second)),
        _ => (agents, towards),
    };
    let each = agents
        .into_iter()
        .map(|by| if undone { Change::NoBreak { by, towards } } else { Change::Break { by, towards } });
    Meaning::Changes(each.collect(), Vec::new())
}

fn attack(record: &Record, c: &Clause, they: &[ActorId]) -> Meaning {
    let (subject, agent) = (c.subject(record), c.part(record, Part::By));
    let (by, on) = if c.passive {
        (agent, subject)
    } else {
        let named = c.object(record).into_iter().chain(c.part(record, Part::On));
        let mut on: Vec<ActorId> = distinct(named.filter(|a| !subject.contains(a)));
        if on.is_empty() && c.they && they.len() == 2 {
            on.extend(they.iter().filter(|a| !subject.contains(a)));
        }
        (subject, on)
    };
    match (&by[..], &on[..], c.denied) {
        ([_, ..], _, true) | (_, [_, ..], true) => {
            each(&by, &on, |by, on| Change::NoAttack { by, on, land: false })
        }
        ([_, ..], [_, ..], false) => {
            let pairs = by.iter().flat_map(|&by| on.iter().map(move |&on| Change::Attack { by, on }));
            Meaning::Changes(pairs.collect(), Vec::new())
        }
        _ => Refused("Who attacks whom? Name both states.".to_owned()),
    }
}

/// A change for every pair, `None` where a side is not named.
fn each(
    by: &[ActorId],
    on: &[ActorId],
    change: impl Fn(Option<ActorId>, Option<ActorId>) -> Change,
) -> Meaning {
    let side = |side: &[ActorId]| match side {
        [] => vec![None],
        some => some.iter().copied().map(Some).collect(),
    };
    let (by, on) = (side(by), side(on));
    let pairs = by.iter().flat_map(|&by| on.iter().map(move |&on| (by, on)));
    Meaning::Changes(pairs.map(|(by, on)| change(by, on)).collect(), Vec::new())
}

fn fight(record: &Record, s: &Sentence, c: &Clause, focus: &Focus) -> Meaning {
    let mut by = c.subject(record);
    let states = |g: &crate::clause::Group| {
        let people = g.people.iter().filter_map(|p| record.people[p.0].actor);
        g.actors.iter().copied().chain(people).collect::<Vec<_>>()
    };
    if by.is_empty() {
        // "rejected the ultimatum and fought": the subject is the one before.
        by.extend(focus.actors.first());
    }
    // What is fought over is no enemy.
    let over = |start: usize| {
        (c.span.start..start).rev().take(2).any(|i| matches!(s.folded[i].as_str(), "over" | "for"))
    };
    let mut against: Vec<ActorId> = distinct(
        c.groups
            .iter()
            .filter(|g| g.span.start > c.at && g.of.is_none() && !over(g.span.start))
            .flat_map(states)
            .filter(|a| !by.contains(a)),
    );
    // "France and Germany went to war".
    let each_other = c.span.clone().any(|i| matches!(s.folded[i].as_str(), "war" | "fought"));
    if let ([first, second], [], true) = (&by[..], &against[..], each_other) {
        against.push(*second);
        by = vec![*first];
    }
    if by.is_empty() {
        return Refused("Who fights? Name the state.".to_owned());
    }
    if c.denied {
        return each(&by, &against, |by, on| Change::NoAttack { by, on, land: false });
    }
    // "On Finland's side", "for Poland", "alongside the Poles": against whom that state fights.
    let beside = c.groups.iter().find(|g| {
        let side = s.folded.get(g.span.end).is_some_and(|w| w == "side");
        let before = |places: usize| s.before(g.span.start, places);
        let beside =
            matches!(before(1), "alongside" | "beside" | "with") || before(1) == "the" && before(2) == "with";
        let of_side = matches!(before(1), "of") && before(2) == "side";
        g.span.start > c.at && (side || beside || of_side)
    });
    let friends = beside.map_or(&[][..], |g| &g.actors[..]);
    // "On the Allied side": against who began the great war of the record.
    let allied = c.span.clone().any(|i| matches!(s.folded[i].as_str(), "allied" | "allies"));
    let attacker =
        great_war(record).and_then(|e| e.actors.first().copied()).filter(|_| allied && beside.is_none());
    let on = against.into_iter().find(|a| !friends.contains(a)).or(attacker.filter(|a| !by.contains(a)));
    let beside = friends.first().copied();
    Meaning::Changes(by.into_iter().map(|by| Change::Fight { by, on, beside }).collect(), Vec::new())
}

/// The war of the record that most other states joined.
pub(crate) fn great_war(record: &Record) -> Option<&Event> {
    let mut joined = vec![0_usize; record.events.len()];
    for e in record.events.iter().filter(|e| e.kind == EventKind::WarJoined) {
        if let Some(cause) = e.follows {
            joined[cause.0] += 1;
        }
    }
    let begun = record.events.iter().enumerate().filter(|(_, e)| e.kind == EventKind::WarBegun);
    begun.max_by_key(|(i, _)| (joined[*i], std::cmp::Reverse(*i))).map(|(_, e)| e)
}

/// Giving up and taking land.
fn land(record: &Record, c: &Clause, verb: Verb, quoted: &str) -> Meaning {
    let (subject, agent) = (c.subject(record), c.part(record, Part::By));
    let to = c.part(record, Part::On);
    let lands = c.lands();
    if verb == Verb::Seize {
        let by = if c.passive { agent.first() } else { subject.first() }.copied();
        let on =
            c.object(record).first().copied().or(if c.passive { subject.first().copied() } else { None });
        return match (by, on, c.denied) {
            (by, on, true) if by.is_some() || on.is_some() => change(Change::NoAttack { by, on, land: true }),
            (Some(by), Some(on), false) => change(Change::Attack { by, on }),
            _ => Refused(format!("\"{quoted}\": say from which state, as in \"had attacked ...\".")),
        };
    }
    let Some(&land) = lands.first() else {
        return Refused(format!(
            "\"{quoted}\": which territory? The casebook knows {} of them.",
            record.territories.len()
        ));
    };
    let from = if c.passive { agent.first() } else { subject.first() }.copied();
    if c.denied {
        let claimant = to.first().copied();
        return change(Change::Answer { holder: from, claimant, mark: "resisted" });
    }
    change(Change::Cede { land, from, to: to.first().copied() })
}

fn demanding(record: &Record, c: &Clause, quoted: &str) -> Meaning {
    let by = if c.passive { c.part(record, Part::By) } else { c.subject(record) };
    match (by.first(), c.denied) {
        (Some(&claimant), true) => {
            let holder =
                c.object(record).into_iter().chain(c.part(record, Part::Aside)).find(|a| *a != claimant);
            change(Change::NoDemand { claimant, holder })
        }
        _ => Refused(format!(
            "\"{quoted}\": say how the demand is answered (\"had accepted the demand\", \"had refused\", \"had fought\"), or that \
             it is not made."
        )),
    }
}

fn answer(record: &Record, c: &Clause, verb: Verb) -> Meaning {
    let accepts = (verb == Verb::Accept) != c.denied;
    let mark = if accepts { "conceded" } else { "resisted" };
    let claimants = c.describing(record, Noun::Demand);
    let (subject, agent) = (c.subject(record), c.part(record, Part::By));
    let by_whom_demanded = |rest: &[ActorId], holder: Option<ActorId>| {
        claimants.iter().chain(rest).copied().find(|a| Some(*a) != holder)
    };
    let (holder, claimant) = if c.passive {
        // "the German demand on Poland had been accepted", "Hungary had been refused by Romania".
        let holder = agent.first().or(c.part(record, Part::On).first()).copied();
        (holder, by_whom_demanded(&subject, holder))
    } else {
        let holder = subject.first().copied();
        let rest: Vec<ActorId> = c.object(record).into_iter().chain(c.part(record, Part::On)).collect();
        (holder, by_whom_demanded(&rest, holder))
    };
    change(Change::Answer { holder, claimant, mark })
}

/// "refused the ultimatum and fought" is one change: the demand ends in war. So is "no Munich: Benes fights", where a settlement made
/// without a state is undone by it.
pub(crate) fn merge_fights(record: &Record, changes: &mut Vec<Change>) -> Option<Window> {
    let fight = changes
        .iter()
        .find_map(|c| if let Change::Fight { by, on, .. } = c { Some((*by, *on)) } else { None });
    let (by, on) = fight?;
    let (mut merged, mut when) = (false, None);
    for change in changes.iter_mut() {
        match change {
            Change::Answer { holder, claimant, mark }
                if *mark != "conceded" && holder.is_none_or(|h| h == by) =>
            {
                (*holder, *mark, merged) = (Some(by), "war", true);
                *claimant = claimant.or(on);
            }
            Change::NoPact { named: Some(p), .. } if !record.pacts[p.0].parties.contains(&by) => {
                let signed = &record.pacts[p.0].signed;
                let signed = Window { from: signed.earliest, to: signed.latest };
                let over = record.events.iter().any(|e| {
                    e.kind == EventKind::TerritorialDemand
                        && e.targets.contains(&by)
                        && (signed.from.0 - e.when.reading().0).abs() <= 31
                });
                if over {
                    *change = Change::Answer { holder: Some(by), claimant: on, mark: "war" };
                    (merged, when) = (true, Some(signed));
                }
            }
            _ => {}
        }
    }
    if merged {
        changes.retain(|c| !matches!(c, Change::Fight { .. }));
    }
    when
}
