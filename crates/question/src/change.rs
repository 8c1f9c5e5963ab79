//! From a clause to the change it asks for, or the reason why the model has none.

use jonbar_record::{ActorId, PactId, PactType, PersonId, Record, TerritoryId, nearest_spelling};

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
    },
    /// A state fights where it did not.
    Fight {
        /// Who.
        by: ActorId,
        /// Against whom, if named.
        on: Option<ActorId>,
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
        Verb::Join => joining(record, c),
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
        _ => Refused(format!("\"{quoted}\" was not read as a change; the answer leaves it out.")),
    }
}

/// Kept alive or in office.
fn of_people(record: &Record, s: &Sentence, c: &Clause, verb: Verb) -> Option<Meaning> {
    let people = c.people();
    let quoted = s.quote(&c.span);
    // "King Carol had kept Titulescu": the one kept comes last; "had been kept by" would turn it round.
    let person = *people.last()?;
    let name = &record.people[person.0].name;
    match verb {
        Verb::Die | Verb::Dismiss | Verb::Overthrow if c.denied => Some(change(Change::Keep { person })),
        Verb::Die | Verb::Dismiss | Verb::Overthrow | Verb::Appoint => Some(Refused(format!(
            "\"{quoted}\": the model can keep {name} in office longer; who would have come instead is not in it."
        ))),
        Verb::Keep if !c.denied && !c.gerund => {
            let about_office = |w: &String| {
                [
                    "in", "as", "on", "office", "power", "alive", "at", "until", "longer", "beyond", "post",
                    "to", "minister", "foreign",
                ]
                .contains(&w.as_str())
            };
            let tail = c.at + 1..c.span.end;
            let out = s.has_phrase(&["out", "of"]);
            let elsewhere = tail.clone().any(|i| !about_office(&s.folded[i]) && c.left_out.contains(&i));
            let names_after =
                c.groups.iter().any(|g| g.span.start > c.at && g.people.is_empty() && g.part != Part::Bare);
            if out || elsewhere || names_after && s.has(&["side"]) {
                Some(Refused(format!("\"{quoted}\" was not read as staying in office.")))
            } else {
                Some(change(Change::Keep { person }))
            }
        }
        _ => None,
    }
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

/// "a year later", "six months earlier": in days.
fn shift(s: &Sentence, span: &std::ops::Range<usize>) -> Option<i32> {
    let at = span.clone().find(|&i| matches!(s.folded[i].as_str(), "later" | "earlier" | "sooner"))?;
    let sign = if s.folded[at] == "later" { 1 } else { -1 };
    let unit = unit_of_time(s.folded.get(at.checked_sub(1)?)?)?;
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = s.folded.get(at.checked_sub(2)?)?.as_str();
    let n = match word {
        "a" | "an" => 1,
        _ => word.parse::<i32>().ok().or(NUMBERS.iter().position(|x| *x == word).map(|i| i as i32 + 1))?,
    };
    (1..=400).contains(&n).then_some(sign * (f64::from(n) * unit).round() as i32)
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
        ([_, ..], _, true) | (_, [_, ..], true) => each(&by, &on, |by, on| Change::NoAttack { by, on }),
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
            .flat_map(|g| g.actors.iter().copied())
            .filter(|a| !by.contains(a)),
    );
    // "France and Germany went to war".
    if let ([first, second], []) = (&by[..], &against[..]) {
        against.push(*second);
        by = vec![*first];
    }
    if by.is_empty() {
        return Refused("Who fights? Name the state.".to_owned());
    }
    if c.denied {
        return each(&by, &against, |by, on| Change::NoAttack { by, on });
    }
    let on = against.first().copied();
    Meaning::Changes(by.into_iter().map(|by| Change::Fight { by, on }).collect(), Vec::new())
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
            (by, on, true) if by.is_some() || on.is_some() => change(Change::NoAttack { by, on }),
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

/// "refused the ultimatum and fought" is one change: the demand ends in war.
pub(crate) fn merge_fights(changes: &mut Vec<Change>) {
    let fight =
        changes.iter().find_map(|c| if let Change::Fight { by, on } = c { Some((*by, *on)) } else { None });
    let Some((by, on)) = fight else { return };
    let mut merged = false;
    for change in changes.iter_mut() {
        if let Change::Answer { holder, claimant, mark } = change
            && *mark != "conceded"
            && holder.is_none_or(|h| h == by)
        {
            (*holder, *mark, merged) = (Some(by), "war", true);
            *claimant = claimant.or(on);
        }
    }
    if merged {
        changes.retain(|c| !matches!(c, Change::Fight { .. }));
    }
}
