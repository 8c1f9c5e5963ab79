//! The cases of a claim: which pacts it is about, what became of each, and how they are listed.

use jonbar_question::{Cases, Pair, Sort, Unit, Whose};
use jonbar_record::{ActorId, Day, Event, EventKind, Pact, PactEnd, PactType, Window};

use super::YEAR;
use crate::answer::Datum;
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// Days after something in which what happens counts as within a year of it.
pub(super) const WITHIN_A_YEAR: i32 = 366;

pub(super) const FORCE: &[EventKind] =
    &[EventKind::ArmedDispute, EventKind::WarBegun, EventKind::WarJoined, EventKind::IndependenceLost];
/// Attack, occupation or annexation.
pub(super) const ATTACK: &[EventKind] =
    &[EventKind::WarBegun, EventKind::WarJoined, EventKind::IndependenceLost];
pub(super) const WAR: &[EventKind] = &[EventKind::WarBegun, EventKind::WarJoined];
const LOSS: &[EventKind] = &[EventKind::TerritoryCeded];

/// What pacts of a type and those counted with it are called, in the plural.
fn plural(pact: Option<PactType>) -> &'static str {
    match pact {
        None => "pacts",
        Some(PactType::Nonaggression | PactType::Neutrality) => "non-aggression and neutrality pacts",
        Some(PactType::Consultation | PactType::Friendship) => "consultation and friendship treaties",
        Some(PactType::Defence | PactType::Guarantee) => "pacts of mutual assistance and guarantees",
        Some(PactType::Peace) => "peace treaties",
        Some(PactType::Other) => "agreements of other kinds",
    }
}

/// One pact of a type and those counted with it: "a non-aggression or neutrality pact".
pub(super) fn a_pact(pact: Option<PactType>) -> &'static str {
    match pact {
        None => "a pact",
        Some(PactType::Nonaggression | PactType::Neutrality) => "a non-aggression or neutrality pact",
        Some(PactType::Consultation | PactType::Friendship) => "a treaty of consultation or friendship",
        Some(PactType::Defence | PactType::Guarantee) => "a pact of mutual assistance or guarantee",
        Some(PactType::Peace) => "a peace treaty",
        Some(PactType::Other) => "an agreement of another kind",
    }
}

pub(super) fn sort_name(study: &Study, sort: Sort) -> String {
    match sort {
        Sort::Great => "a great power".to_owned(),
        Sort::Small => "a smaller state".to_owned(),
        Sort::Democracy => "a democracy".to_owned(),
        Sort::Dictatorship => "a state that was no democracy".to_owned(),
        Sort::Group(group) => format!("one of the {}", study.record.groups[group.0].name),
    }
}

/// The cases in words: "bilateral non-aggression and neutrality pacts of Poland signed in 1932".
pub(super) fn name(study: &Study, of: &Cases) -> String {
    let (bare, time) = names(study, of);
    bare + &time
}

/// The same in two parts: of whom, and of what time.
pub(super) fn names(study: &Study, of: &Cases) -> (String, String) {
    let mut text = match (of.unit, of.many) {
        (Unit::Pacts, true) => format!("multilateral {}", plural(of.pact)),
        (Unit::Pacts, false) => format!("bilateral {}", plural(of.pact)),
        (Unit::Demands, _) => match of.answered {
            None => "territorial demands",
            Some(true) => "territorial demands that were met",
            Some(false) => "territorial demands that were not met",
        }
        .to_owned(),
        (Unit::Claims, _) => "claims to land".to_owned(),
        (Unit::Attacks, _) => "attacks and occupations".to_owned(),
        (Unit::Transfers, _) => "changes of holder of a land".to_owned(),
        (Unit::Ruptures, _) => "breaks of diplomatic relations".to_owned(),
        (Unit::Breaches, _) => format!("breaches of bilateral {}", plural(of.pact)),
    };
    let done = matches!(of.unit, Unit::Attacks | Unit::Breaches | Unit::Transfers | Unit::Ruptures);
    let acts = if done { "by" } else { "of" };
    if let Some(party) = of.party {
        text.push_str(&format!(" {acts} {}", words::name(study, party)));
    }
    let against = match of.unit {
        Unit::Transfers => "from",
        Unit::Breaches => "against",
        Unit::Ruptures => "with",
        _ => "on",
    };
    if let Some(target) = of.target {
        text.push_str(&format!(" {against} {}", words::name(study, target)));
    }
    text.push_str(match of.fixed_term {
        Some(true) => " for a fixed time",
        Some(false) => " for no fixed time",
        None => "",
    });
    let with = of.party.is_some();
    match of.sides {
        [by, on] if of.unit.has_direction() => {
            text.push_str(&by.map_or(String::new(), |s| format!(" {acts} {}", sort_name(study, s))));
            text.push_str(&on.map_or(String::new(), |s| {
                format!(" {against} {}", by.map_or(sort_name(study, s), |by| another(study, by, s)))
            }));
        }
        [Some(a), Some(b)] => {
            text.push_str(&format!(" between {} and {}", sort_name(study, a), another(study, a, b)))
        }
        [Some(a), None] | [None, Some(a)] if with => text.push_str(&format!(" with {}", sort_name(study, a))),
        [Some(a), None] | [None, Some(a)] => {
            text.push_str(&format!(" in which {} took part", sort_name(study, a)))
        }
        [None, None] => {}
    }
    text.push_str(match of.pair {
        Some(Pair::Neighbours) => " between neighbours by land",
        Some(Pair::Distant) => " between states without a common border by land",
        Some(Pair::Rivals) => " between states of which one claimed land of the other",
        None => "",
    });
    let made = match of.unit {
        Unit::Pacts => "signed",
        Unit::Demands => "made",
        Unit::Claims => "alive",
        Unit::Attacks | Unit::Breaches | Unit::Transfers | Unit::Ruptures => "in the time",
    };
    let time = of.window.map_or(String::new(), |w| format!(" {made} {}", period(w)));
    (text, time)
}

/// "in 1932", "from 1930 to 1939", "from 1 March 1932 to 31 May 1934".
pub(super) fn period(w: Window) -> String {
    let (from, to) = (w.from.year(), w.to.year());
    let whole = Window {
        from: Day::from_ymd(from, 1, 1).unwrap_or(w.from),
        to: Day::from_ymd(to, 12, 31).unwrap_or(w.to),
    };
    match (whole == w, from == to) {
        (true, true) => format!("in {from}"),
        (true, false) => format!("from {from} to {to}"),
        (false, _) => format!("from {} to {}", w.from.long(), w.to.long()),
    }
}

fn another(study: &Study, first: Sort, second: Sort) -> String {
    let same = match second {
        Sort::Great => "another great power",
        Sort::Small => "another smaller state",
        Sort::Democracy => "another democracy",
        Sort::Dictatorship => "another such state",
        Sort::Group(_) => "another of them",
    };
    if first == second { same.to_owned() } else { sort_name(study, second) }
}

/// Who is meant, in words.
pub(super) fn whose(study: &Study, by: Option<Whose>) -> String {
    match by {
        None => "a party".to_owned(),
        Some(Whose::Actor(a)) => words::name(study, a),
        Some(Whose::Sort(sort)) => sort_name(study, sort),
    }
}

/// Whether a state is of a sort on a day. One whose regime the casebook does not give is of neither sort.
pub(super) fn is(study: &Study, sort: Sort, actor: ActorId, day: Day) -> bool {
    let record = study.record;
    let regime =
        || record.regimes.iter().find(|r| r.actor == actor && r.window.contains(day)).map(|r| r.democracy);
    match sort {
        Sort::Great => record.actors[actor.0].great_power,
        Sort::Small => !record.actors[actor.0].great_power,
        Sort::Democracy => regime() == Some(true),
        Sort::Dictatorship => regime() == Some(false),
        Sort::Group(group) => record.groups[group.0].members.contains(&actor),
    }
}

fn means(study: &Study, whose: Option<Whose>, actor: ActorId, day: Day) -> bool {
    match whose {
        None => true,
        Some(Whose::Actor(a)) => a == actor,
        Some(Whose::Sort(sort)) => is(study, sort, actor, day),
    }
}

/// Whether two states fit what a claim says of its sides.
pub(super) fn fits(study: &Study, of: &Cases, a: ActorId, b: ActorId, day: Day) -> bool {
    let is = |sort: Option<Sort>, x: ActorId| sort.is_none_or(|s| is(study, s, x, day));
    let sides = match (of.party, of.sides) {
        // The first acts on the second.
        (_, [one, other]) if of.unit.has_direction() => is(one, a) && is(other, b),
        // "Germany's pacts with small states": the sort is that of the other side.
        (Some(party), [sort, None] | [None, sort]) if party == a => is(sort, b),
        (Some(party), [sort, None] | [None, sort]) if party == b => is(sort, a),
        (_, [one, other]) => is(one, a) && is(other, b) || is(one, b) && is(other, a),
    };
    let record = study.record;
    let border = || record.land_borders(a, b).any(|w| w.contains(day));
    let claims = |claimant: ActorId, holder: ActorId| {
        record.claims.iter().any(|c| {
            c.claimant == claimant && c.live.contains(day) && record.holder(c.territory, day) == Some(holder)
        })
    };
    sides
        && match of.pair {
            None => true,
            Some(Pair::Neighbours) => border(),
            Some(Pair::Distant) => !border(),
            Some(Pair::Rivals) => claims(a, b) || claims(b, a),
        }
}

/// Whether an act of one state on another is among the cases, whatever its time: by and on the states named, which fit the rest.
pub(super) fn acts(study: &Study, of: &Cases, by: ActorId, on: ActorId, day: Day) -> bool {
    of.party.is_none_or(|x| x == by) && of.target.is_none_or(|x| x == on) && fits(study, of, by, on, day)
}

/// The date of an event, or that there is none.
pub(super) fn date(event: Option<&Event>) -> Datum {
    event.map_or(Datum::None, |e| Datum::Text(e.when.text.clone()))
}

/// All other cases: without what sets the first apart, which is its state or sort of state, or else its time.
pub(super) fn rest_of(of: &Cases) -> Cases {
    let grouped = of.sides != [None; 2]
        || of.pair.is_some()
        || of.many
        || of.party.is_some()
        || of.fixed_term.is_some();
    Cases {
        party: None,
        sides: [None; 2],
        pair: None,
        many: false,
        fixed_term: None,
        target: None,
        answered: None,
        window: of.window.filter(|_| grouped),
        ..of.clone()
    }
}

/// The pacts of a claim in order of signature.
pub(super) fn pacts<'s>(study: &'s Study, of: &Cases) -> Vec<&'s Pact> {
    let mut found: Vec<&Pact> = study
        .record
        .pacts
        .iter()
        .filter(|p| {
            let day = p.signed.reading();
            let typed = match of.pact {
                Some(PactType::Peace) => p.main_type() == PactType::Peace,
                // A clause in a peace treaty is no pact of its type.
                Some(wanted) => {
                    p.main_type() != PactType::Peace && p.types.iter().any(|t| Study::same_class(*t, wanted))
                }
                None => p.main_type() != PactType::Peace,
            };
            typed
                && p.is_bilateral() != of.many
                && p.end_kind != PactEnd::NeverInForce
                && of.party.is_none_or(|a| p.parties.contains(&a))
                && of.fixed_term.is_none_or(|fixed| p.term_years.is_some() == fixed)
                && of.window.is_none_or(|w| w.contains(day))
                && pairs(p).any(|(a, b)| fits(study, of, a, b, day))
        })
        .collect();
    found.sort_by_key(|p| p.signed.reading());
    found
}

pub(super) fn pairs(pact: &Pact) -> impl Iterator<Item = (ActorId, ActorId)> + '_ {
    pact.parties.iter().enumerate().flat_map(|(i, &a)| pact.parties[i + 1..].iter().map(move |&b| (a, b)))
}

/// What became of a pact.
pub(super) struct Fate<'s> {
    pub pact: &'s Pact,
    pub start: Day,
    /// Its end, or that of the casebook.
    pub end: Day,
    /// Broken by those whose acts count.
    pub violated: bool,
    /// Denounced by them.
    pub denounced: bool,
    /// Times it was prolonged.
    pub extended: usize,
    /// Whether another pact of the same two took its place.
    pub succeeded: bool,
    /// Force, war, loss of land or independence between the parties after it was signed, by those whose acts count.
    clashes: Vec<&'s Event>,
    /// Attacks on a party, by whatever state; where the claim is about the pacts of one state, on its partners.
    attacks: Vec<&'s Event>,
    last: Day,
}

impl<'s> Fate<'s> {
    pub(super) fn of(study: &'s Study, pact: &'s Pact, of: &Cases, by: Option<Whose>) -> Fate<'s> {
        let record = study.record;
        let start = pact.signed.reading();
        let end = pact.end.as_ref().map_or(record.span.to, |e| e.reading());
        let by_them = by.is_none() || pact.ended_by.iter().any(|a| means(study, by, *a, end));
        let between = |e: &Event| {
            let ours = |a: &ActorId| pact.parties.contains(a) && means(study, by, *a, e.when.reading());
            e.actors.iter().any(|a| ours(a) && e.targets.iter().any(|b| b != a && pact.parties.contains(b)))
                || by.is_none()
                    && e.targets.iter().any(|a| {
                        pact.parties.contains(a)
                            && e.actors.iter().any(|b| b != a && pact.parties.contains(b))
                    })
        };
        let clashes = record
            .events
            .iter()
            .filter(|e| FORCE.contains(&e.kind) || LOSS.contains(&e.kind))
            .filter(|e| e.when.reading() > start && between(e))
            .collect();
        let attacks = record
            .events
            .iter()
            .filter(|e| ATTACK.contains(&e.kind) && e.when.reading() > start)
            .filter(|e| e.targets.iter().any(|a| pact.parties.contains(a) && of.party != Some(*a)))
            .collect();
        let own = record.pact(&pact.id);
        let extended = record
            .events
            .iter()
            .filter(|e| e.kind == EventKind::PactExtended && e.pact.is_some() && e.pact == own)
            .count();
        let succeeded = pact.end_kind == PactEnd::Replaced;
        Fate {
            pact,
            start,
            end,
            violated: pact.end_kind == PactEnd::Violated && by_them,
            denounced: pact.end_kind == PactEnd::Denounced && by_them,
            extended,
            succeeded,
            clashes,
            attacks,
            last: record.span.to,
        }
    }

    /// The first event of some kinds up to a day.
    pub(super) fn first(&self, kinds: &[EventKind], to: Day) -> Option<&'s Event> {
        self.clashes.iter().find(|e| kinds.contains(&e.kind) && e.when.reading() <= to).copied()
    }

    pub(super) fn force_before_end(&self) -> Option<&'s Event> {
        self.first(FORCE, self.end)
    }

    pub(super) fn war_before_or_soon(&self) -> Option<&'s Event> {
        self.first(WAR, self.end.plus(WITHIN_A_YEAR))
    }

    /// An attack that the end of the pact went with. An incident just before a war is part of it; the attack is the war or
    /// the occupation.
    pub(super) fn attack(&self) -> Option<&'s Event> {
        let from = self.end.plus(-30);
        self.clashes
            .iter()
            .find(|e| {
                let day = e.when.reading();
                ATTACK.contains(&e.kind) && day > from && day <= self.end.plus(WITHIN_A_YEAR)
            })
            .copied()
    }

    /// The first loss of land to the other party up to a day.
    pub(super) fn loss(&self, to: Day) -> Option<&'s Event> {
        self.first(LOSS, to)
    }

    /// Years from signing to a day, or to the end of the casebook where there is none; and whether there is.
    pub(super) fn until(&self, day: Option<Day>) -> (f64, bool) {
        let end = day.unwrap_or(self.last);
        (f64::from((end.0 - self.start.0).max(1)) / YEAR, day.is_some())
    }

    /// The first attack on a party by whatever state up to a day.
    pub(super) fn attacked(&self, to: Day) -> Option<&'s Event> {
        self.attacks.iter().find(|e| e.when.reading() <= to).copied()
    }

    /// The day so many years after signing; `None` where the casebook ends before.
    pub(super) fn after(&self, years: f64) -> Option<Day> {
        let day = self.start.plus((years * YEAR).round() as i32);
        (day <= self.last).then_some(day)
    }
}

/// What became of each pact of a claim.
pub(super) fn fates<'s>(study: &'s Study, of: &Cases, by: Option<Whose>) -> Vec<Fate<'s>> {
    pacts(study, of).into_iter().map(|p| Fate::of(study, p, of, by)).collect()
}

pub(super) fn rows(study: &Study, fates: &[Fate], citer: &mut Citer) -> Vec<Vec<Datum>> {
    fates
        .iter()
        .map(|f| {
            let cites = citer.marks(&f.pact.citations);
            vec![
                match study.record.signature(f.pact) {
                    Some(e) => Datum::Entry(
                        words::names(study, &f.pact.parties),
                        study.record.events[e.0].id.clone(),
                    ),
                    None => Datum::Text(words::names(study, &f.pact.parties)),
                },
                Datum::Text(f.pact.signed.text.clone()),
                Datum::Text(format!(
                    "{}{}",
                    f.pact.end_kind.label(),
                    f.pact.end.as_ref().map(|e| format!(" {}", e.text)).unwrap_or_default()
                )),
                if f.pact.ended_by.is_empty() {
                    Datum::None
                } else {
                    Datum::Text(words::names(study, &f.pact.ended_by))
                },
                date(f.force_before_end()),
                date(f.war_before_or_soon()),
                Datum::Text(cites),
            ]
        })
        .collect()
}

/// Columns of the cases; with a state named, force and war are its own acts alone.
pub(super) fn columns(study: &Study, by: Option<Whose>) -> Vec<String> {
    let whose = by.map_or(String::new(), |_| format!(" by {}", whose(study, by)));
    vec![
        "parties".to_owned(),
        "signed".to_owned(),
        "end".to_owned(),
        "by".to_owned(),
        format!("force{whose} before the end"),
        format!("war{whose} before or within a year"),
        "source".to_owned(),
    ]
}
