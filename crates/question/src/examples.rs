//! Questions and claims to show to whoever asked something that could not be read: of the casebook's own states, pacts and years.

use jonbar_record::{ActorId, EventKind, PactType, Record};

/// The type of pact that examples speak of, and a year in which such pacts were signed: non-aggression, if the casebook has some, or else
/// whatever it has most of.
pub fn usual_pact(record: &Record) -> (PactType, i32) {
    let years = |pact: PactType| -> Vec<i32> {
        let own = record.pacts.iter().filter(|p| p.is_bilateral() && p.main_type() == pact);
        let mut years: Vec<i32> = own.map(|p| p.signed.reading().year()).collect();
        years.sort_unstable();
        years
    };
    const TYPES: [PactType; 4] =
        [PactType::Nonaggression, PactType::Defence, PactType::Neutrality, PactType::Friendship];
    const SOME: usize = 3;
    let most = TYPES.into_iter().max_by_key(|t| years(*t).len()).unwrap_or(PactType::Nonaggression);
    let pact = if years(PactType::Nonaggression).len() >= SOME { PactType::Nonaggression } else { most };
    let years = years(pact);
    let middle = (record.span.from.year() + record.span.to.year()) / 2;
    (pact, years.get(years.len() / 2).copied().unwrap_or(middle))
}

/// Questions of several sorts that can be answered, of these states if there are any.
pub fn examples(record: &Record, states: &[ActorId]) -> String {
    let mut actors = states.to_vec();
    let usual = ["RUS", "ROM"].into_iter().filter_map(|code| record.actor(code));
    for actor in usual.chain((0..record.actors.len()).map(ActorId)) {
        if actors.len() < 2 && !actors.contains(&actor) {
            actors.push(actor);
        }
    }
    let name = |i: usize| actors.get(i).map_or("a state".to_owned(), |a| record.actors[a.0].in_sentence());
    let (pact, year) = usual_pact(record);
    format!(
        "\"What if {0} and {1} had signed a {2} in {year}?\"; \"Did {0} propose a pact to {1}?\"; \"Why did {0} want one?\"; \"Were such \
         pacts broken regularly?\"",
        name(0),
        name(1),
        pact.label()
    )
}

/// Claims of several sorts that can be tested.
pub fn example_claims(record: &Record) -> String {
    let demands = |a: ActorId| {
        let own = |e: &&jonbar_record::Event| e.kind == EventKind::TerritorialDemand && e.actors.contains(&a);
        record.events.iter().filter(own).count()
    };
    let by = (0..record.actors.len()).map(ActorId).max_by_key(|a| demands(*a));
    let by = by.map_or("great powers".to_owned(), |a| record.actors[a.0].in_sentence());
    let middle = (record.span.from.year() + record.span.to.year()) / 2;
    format!(
        "\"Most alliances of small states were renewed.\" \"Demands by {by} were usually met.\" \"No great power kept all its treaties.\" \
         \"Attacks by great powers came more often after {middle}.\""
    )
}
