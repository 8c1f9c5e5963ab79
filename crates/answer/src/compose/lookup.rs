//! Looking things up in the record: what happened, and how the world stood on a day.

use jonbar_model::{PactClass, State};
use jonbar_record::{ActorId, Day, Event, EventKind, Office, PactEnd, TerritoryId, Window};

use super::cite::Citer;
use super::study::Study;
use super::words;
use crate::answer::{Answer, Datum, ReadingShown, Section, Table};

/// What to look up; what is not given is not asked about.
#[derive(Clone, Debug, Default)]
pub struct LookUp {
    /// Events in which all of these take part.
    pub states: Vec<ActorId>,
    /// Events of any of these kinds.
    pub kinds: Vec<EventKind>,
    /// Events about this land.
    pub about: Option<TerritoryId>,
    /// Events that can have fallen into this time.
    pub during: Option<Window>,
}

impl LookUp {
    fn takes(&self, event: &Event) -> bool {
        let takes_part = |a: &ActorId| event.parties().any(|p| p == *a) || event.about.contains(a);
        self.states.iter().all(takes_part)
            && (self.kinds.is_empty() || self.kinds.contains(&event.kind))
            && self.about.is_none_or(|t| event.territories.contains(&t))
            && self.during.is_none_or(|w| event.when.meets(w))
    }

    fn sentence(&self, study: &Study) -> String {
        let mut parts = Vec::new();
        if !self.kinds.is_empty() {
            parts.push(self.kinds.iter().map(|k| k.label()).collect::<Vec<_>>().join(" or "));
        }
        match &self.states[..] {
            [] => {}
            [one] => parts.push(format!("with {}", words::name(study, *one))),
            several => parts.push(format!("between {}", words::names(study, several))),
        }
        if let Some(t) = self.about {
            parts.push(format!("about {}", study.record.territories[t.0].name));
        }
        if let Some(w) = self.during {
            parts.push(format!("from {} to {}", w.from.long(), w.to.long()));
        }
        if parts.is_empty() {
            "Everything in the record.".to_owned()
        } else {
            format!("Events: {}.", parts.join(", "))
        }
    }
}

fn frame(question: String, sentence: String) -> Answer {
    Answer {
        version: crate::answer::ANSWER_VERSION,
        question,
        reading: ReadingShown {
            form: "record".to_owned(),
            sentence,
            assumed: Vec::new(),
            not_understood: Vec::new(),
        },
        summary: Vec::new(),
        sections: Vec::new(),
        sources: Vec::new(),
        run: None,
    }
}

/// The events that answer a look-up, each with its sources.
pub fn look_up(study: &Study, what: &LookUp) -> Answer {
    let record = study.record;
    let mut answer = frame(format!("The record \"{}\"", record.title), what.sentence(study));
    let found: Vec<&Event> = record.events.iter().filter(|e| what.takes(e)).collect();
    if found.is_empty() {
        answer.summary.push(absence(study, what));
        return answer;
    }
    answer.summary.push(format!("{} of the {} events of the record.", found.len(), record.events.len()));
    let mut citer = Citer::new(record);
    let rows = found
        .iter()
        .map(|e| {
            let also: Vec<String> = e.also_dated.iter().map(|(w, _)| w.text.clone()).collect();
            let date = if also.is_empty() {
                e.when.text.clone()
            } else {
                format!("{} (or {})", e.when.text, also.join(", "))
            };
            vec![
                Datum::Text(date),
                Datum::Text(e.kind.label().to_owned()),
                Datum::Text(e.summary.clone()),
                Datum::Text(e.confidence.name().to_owned()),
                Datum::Text(citer.marks(&e.citations)),
                Datum::Text(e.id.clone()),
            ]
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "Events".to_owned(),
        intro: String::new(),
        columns: crate::answer::ENTRY_COLUMNS.map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    }));
    answer.sources = citer.sources();
    answer
}

/// Nothing found: whether that means that nothing happened, that it is not known, or that it could not be.
fn absence(study: &Study, what: &LookUp) -> String {
    let record = study.record;
    let asked = what.during.unwrap_or(record.span);
    if asked.to < record.span.from || asked.from > record.span.to {
        return format!(
            "Not applicable: the casebook covers {} to {}.",
            record.span.from.long(),
            record.span.to.long()
        );
    }
    let absent = what.states.iter().find(|a| {
        let exists = &record.actors[a.0].exists;
        !exists.iter().any(|w| w.meets(asked))
    });
    if let Some(&a) = absent {
        return format!("Not applicable: {} did not exist then.", words::name(study, a));
    }
    // Kinds of the record that a declared coverage speaks for, all through the time asked about. Pacts of several states and of
    // other types are outside every declaration.
    let covers = |kind: &str| {
        let of = |c: &jonbar_record::Coverage| {
            c.kind == kind
                && c.window.from <= asked.from
                && asked.to.min(record.span.to.plus(-1)) <= c.window.to
        };
        record.coverage.iter().any(of)
    };
    let declared = |kind: &EventKind| match kind {
        EventKind::PactDenounced | EventKind::PactViolated => covers("pact_broken"),
        other => covers(other.name()),
    };
    if !what.kinds.is_empty() && what.kinds.iter().all(declared) {
        "None: the casebook declares itself complete for this between its actors, within the limits it names (`coverage` in \
         casebook.toml)."
            .to_owned()
    } else {
        "Not known: the record has nothing, and does not claim to be complete for this.".to_owned()
    }
}

/// How the world stood at the end of a day: pacts in force, wars, claims, office-holders; of these states alone if any are
/// named.
pub fn as_of(study: &Study, day: Day, states: &[ActorId]) -> Answer {
    let record = study.record;
    let mut answer =
        frame(format!("The record \"{}\"", record.title), format!("How the world stood on {}.", day.long()));
    if !record.span.contains(day) {
        answer.summary.push(format!(
            "Not applicable: the casebook covers {} to {}.",
            record.span.from.long(),
            record.span.to.long()
        ));
        return answer;
    }
    let mut state = study.timeline.state_before(&study.world, f64::from(day.0) + 1.0);
    state.set_now(f64::from(day.0) + 0.999);
    let concerns = |actors: &[ActorId]| states.is_empty() || actors.iter().any(|a| states.contains(a));
    let mut citer = Citer::new(record);
    let pacts = pacts(study, &state, day, &mut citer, &concerns);
    let (wars, claims) = (wars(study, &state, &concerns), claims(study, &state, &mut citer, &concerns));
    let offices = offices(study, &state, &concerns);
    answer.summary.push(format!(
        "{}, {}, {} to land held by another.",
        words::counted(pacts.rows.len(), "pact in force", "pacts in force"),
        words::counted(wars.rows.len(), "war between two states", "wars between pairs of states"),
        words::counted(claims.rows.len(), "live claim", "live claims")
    ));
    answer.sections = [pacts, wars, claims, offices]
        .into_iter()
        .filter(|t| !t.rows.is_empty())
        .map(Section::Table)
        .collect();
    answer.sources = citer.sources();
    answer
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<Datum>>) -> Table {
    Table {
        title: title.to_owned(),
        intro: String::new(),
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        rows,
        notes: Vec::new(),
    }
}

type Concerns<'c> = &'c dyn Fn(&[ActorId]) -> bool;

fn pacts(study: &Study, state: &State, day: Day, citer: &mut Citer, concerns: Concerns) -> Table {
    let class = |c: PactClass| match c {
        PactClass::Nonaggression => "non-aggression or neutrality",
        PactClass::Consultation => "consultation or friendship",
        PactClass::Defence => "assistance or guarantee",
    };
    let mut rows: Vec<Vec<Datum>> = state
        .pacts
        .iter()
        .filter_map(|bound| {
            let pact = &study.record.pacts[bound.pact?];
            let parties: Vec<ActorId> = bound.parties.iter().map(ActorId).collect();
            concerns(&parties).then(|| {
                vec![
                    Datum::Text(words::names(study, &parties)),
                    Datum::Text(pact.name.clone()),
                    Datum::Text(class(bound.class).to_owned()),
                    Datum::Text(pact.signed.text.clone()),
                    pact.end.as_ref().map_or(Datum::None, |e| Datum::Text(e.text.clone())),
                    Datum::Text(citer.marks(&pact.citations)),
                ]
            })
        })
        .collect();
    // Peace treaties and others that bind to nothing the model knows are in force too.
    for (i, pact) in study.record.pacts.iter().enumerate() {
        let bound = state.pacts.iter().any(|b| b.pact == Some(i));
        if !bound && pact.in_force(day) && pact.end_kind != PactEnd::NeverInForce && concerns(&pact.parties) {
            let types: Vec<&str> = pact.types.iter().map(|t| t.label()).collect();
            rows.push(vec![
                Datum::Text(words::names(study, &pact.parties)),
                Datum::Text(pact.name.clone()),
                Datum::Text(types.join(", ")),
                Datum::Text(pact.signed.text.clone()),
                pact.end.as_ref().map_or(Datum::None, |e| Datum::Text(e.text.clone())),
                Datum::Text(citer.marks(&pact.citations)),
            ]);
        }
    }
    table("Pacts in force", &["between", "pact", "obligation", "signed", "ended later", "source"], rows)
}

fn wars(study: &Study, state: &State, concerns: Concerns) -> Table {
    let n = study.world.n_actors;
    let pairs = (0..n).flat_map(|a| state.actors[a].wars.iter().filter(move |&b| a < b).map(move |b| (a, b)));
    let rows = pairs
        .filter(|&(a, b)| concerns(&[ActorId(a), ActorId(b)]))
        .map(|(a, b)| vec![Datum::Text(words::names(study, &[ActorId(a), ActorId(b)]))])
        .collect();
    table("At war", &["between"], rows)
}

fn claims(study: &Study, state: &State, citer: &mut Citer, concerns: Concerns) -> Table {
    let today = state.today();
    let rows = study
        .record
        .claims
        .iter()
        .filter_map(|claim| {
            let holder = ActorId(state.holders[claim.territory.0]?);
            let live = claim.live.contains(today) && holder != claim.claimant;
            (live && concerns(&[claim.claimant, holder])).then(|| {
                let stated = claim.asserted.iter().any(|w| w.contains(today));
                let settled = claim.settled.as_ref().is_some_and(|s| s.reading() <= today);
                vec![
                    Datum::Text(words::name(study, claim.claimant)),
                    Datum::Text(study.record.territories[claim.territory.0].name.clone()),
                    Datum::Text(words::name(study, holder)),
                    Datum::Flag(stated),
                    Datum::Flag(settled),
                    Datum::Text(citer.marks(&claim.citations)),
                ]
            })
        })
        .collect();
    let columns = ["claimant", "land", "held by", "stated openly", "given up by treaty", "source"];
    table("Claims to land", &columns, rows)
}

fn offices(study: &Study, state: &State, concerns: Concerns) -> Table {
    let rows = (0..study.world.n_actors)
        .filter(|&a| state.alive.contains(a) && concerns(&[ActorId(a)]))
        .flat_map(|a| Office::ALL.iter().enumerate().map(move |(i, office)| (a, i, office)))
        .filter_map(|(a, i, office)| {
            let person = state.office_holder(a, i)?;
            Some(vec![
                Datum::Text(words::name(study, ActorId(a))),
                Datum::Text(office.label().to_owned()),
                Datum::Text(study.record.people[person].name.clone()),
            ])
        })
        .collect();
    table("In office", &["state", "office", "who"], rows)
}

/// Who held what on a day, as an answer.
pub fn map_report(record: &jonbar_record::Record, day: Day) -> Answer {
    let mut answer =
        frame(format!("The map of {}", day.long()), format!("Who held which territory on {}.", day.long()));
    answer.sections.push(Section::Table(crate::writers::map_table(record, day)));
    answer
}

/// One entry of the record with what belongs to it: its pact, its cause, what followed; `None` if there is no such entry.
pub fn entry_report(record: &jonbar_record::Record, id: &str) -> Option<Answer> {
    let jonbar_record::EventId(at) = record.event(id)?;
    let event = &record.events[at];
    let mut citer = Citer::new(record);
    let mut answer = frame(
        format!("{}, {}", words::capital(event.kind.label()), event.when.long()),
        format!("The entry {id} of the record."),
    );
    answer.summary.push(event.summary.clone());
    let names = |actors: &[ActorId]| {
        let names: Vec<String> = actors.iter().map(|a| record.actors[a.0].in_sentence()).collect();
        Datum::Text(words::list(&names))
    };
    let mut rows = vec![
        vec![
            Datum::Text("date".to_owned()),
            Datum::Text(format!("{} ({})", event.when.long(), event.when.text)),
        ],
        vec![Datum::Text("kind".to_owned()), Datum::Text(event.kind.label().to_owned())],
        vec![Datum::Text("who acted".to_owned()), names(&event.actors)],
    ];
    if !event.targets.is_empty() {
        rows.push(vec![Datum::Text("towards".to_owned()), names(&event.targets)]);
    }
    if !event.territories.is_empty() {
        let lands = words::lands(record, &event.territories);
        rows.push(vec![Datum::Text("about".to_owned()), Datum::Text(lands)]);
    }
    if !event.people.is_empty() {
        let people: Vec<String> = event.people.iter().map(|p| record.people[p.0].name.clone()).collect();
        rows.push(vec![Datum::Text("people".to_owned()), Datum::Text(words::list(&people))]);
    }
    if let Some(pact) = event.pact.map(|p| &record.pacts[p.0]) {
        let types: Vec<String> = pact.types.iter().map(|t| t.label().to_owned()).collect();
        rows.push(vec![Datum::Text("pact".to_owned()), Datum::Text(pact.name.clone())]);
        rows.push(vec![Datum::Text("obligations".to_owned()), Datum::Text(words::list(&types))]);
        rows.push(vec![Datum::Text("parties".to_owned()), names(&pact.parties)]);
        if let Some(years) = pact.term_years {
            rows.push(vec![Datum::Text("term in years".to_owned()), Datum::Number(years, 0)]);
        }
        if !pact.conditions.is_empty() {
            rows.push(vec![Datum::Text("conditions".to_owned()), Datum::Text(pact.conditions.clone())]);
        }
        let end = pact.end.as_ref().map(|e| format!(" {}", e.long())).unwrap_or_default();
        rows.push(vec![
            Datum::Text("end".to_owned()),
            Datum::Text(format!("{}{end}", pact.end_kind.label())),
        ]);
    }
    rows.push(vec![Datum::Text("confidence".to_owned()), Datum::Text(event.confidence.name().to_owned())]);
    rows.push(vec![
        Datum::Text("in the casebook".to_owned()),
        Datum::Text(format!("{id}, {} line {}", event.place.0, event.place.1)),
    ]);
    answer.sections.push(Section::Table(crate::answer::Table {
        title: "The entry".to_owned(),
        intro: String::new(),
        columns: vec!["what".to_owned(), "recorded".to_owned()],
        rows,
        notes: Vec::new(),
    }));
    let mut list = |title: &str, events: Vec<&jonbar_record::Event>, citer: &mut Citer| {
        if !events.is_empty() {
            answer.sections.push(Section::Record(crate::answer::RecordList {
                title: title.to_owned(),
                intro: String::new(),
                entries: events.into_iter().map(|e| citer.entry(e)).collect(),
            }));
        }
    };
    list("As recorded", vec![event], &mut citer);
    let of_pact =
        record.events.iter().filter(|e| e.pact.is_some() && e.pact == event.pact && e.id != event.id);
    list("Of the same pact", of_pact.collect(), &mut citer);
    list(
        "Without this it would not have happened",
        event.follows.map(|f| &record.events[f.0]).into_iter().collect(),
        &mut citer,
    );
    let after = record.events.iter().filter(|e| e.follows.is_some_and(|f| f.0 == at));
    list("What followed from it", after.collect(), &mut citer);
    Some(super::finish(answer, citer))
}
