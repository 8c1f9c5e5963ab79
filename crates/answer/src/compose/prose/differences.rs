//! In what a statement differs from an entry: who, which land, which of several, when, what.

use std::collections::BTreeSet;

use jonbar_record::{ActorId, Event, EventKind, Office, PactType, PersonId, TerritoryId, fold};

use super::{Index, Said, meets};
use crate::compose::words::{capital, is_ultimatum};

impl Index<'_> {
    /// A person named where the record names another of the same state.
    pub(super) fn other_person(&self, a: &Said, i: usize) -> Option<&str> {
        let named = &self.people[i];
        let event = &self.record.events[i];
        let state_of = |p: &PersonId| self.record.people[p.0].actor;
        // "He followed Chicherin": of two office-holders the record names one.
        if matches!(event.kind, EventKind::OfficeTaken | EventKind::OfficeLeft) {
            let other =
                event.people.iter().find(|q| a.subjects.iter().any(|p| state_of(p) == state_of(q)))?;
            let meant = a.people.iter().any(|p| named.contains(p));
            return (!meant).then(|| self.record.people[other.0].name.as_str());
        }
        // Of a coup both who came and who went are told.
        if event.kind == EventKind::RegimeChange && a.people.iter().any(|p| named.contains(p)) {
            return None;
        }
        // "Prince Paul's ministers": somebody of his, not he.
        let owns = |p: &PersonId| {
            let person = &self.record.people[p.0];
            let names = std::iter::once(&person.name).chain(&person.aliases);
            names
                .filter_map(|n| n.split(' ').next_back())
                .any(|last| ["'s ", "’s "].iter().any(|s| a.text.contains(&format!("{last}{s}"))))
        };
        a.people.iter().filter(|p| !owns(p)).find_map(|p| {
            let state = self.record.people[p.0].actor?;
            let other = named.iter().find(|q| self.record.people[q.0].actor == Some(state))?;
            // What a government concludes is also its head's doing.
            // Whoever is signed with stands for his state.
            let own = a.subjects.contains(p) || a.signers.contains(p);
            let signs = own && a.words.iter().any(|w| w == "signed");
            let in_office = !signs
                && Office::ALL
                    .iter()
                    .any(|o| self.record.office_holder(state, *o, event.when.reading()) == Some(*p));
            if a.by_name.contains(&state) || in_office {
                return None;
            }
            (!named.contains(p)).then(|| self.record.people[other.0].name.as_str())
        })
    }

    /// Somebody said to have signed, where the record names another of the same state.
    pub(super) fn other_signer(&self, a: &Said, i: usize) -> Option<&str> {
        let event = &self.record.events[i];
        let state = |p: &PersonId| self.record.people[p.0].actor;
        let known = |p: &&PersonId| !event.people.contains(*p) && !self.people[i].contains(*p);
        let dated = a.time.as_ref().is_some_and(|t| t.windows.iter().all(|w| w.to.0 - w.from.0 <= 31));
        let meant = event.kind == EventKind::PactSigned || a.signers.iter().any(|p| event.people.contains(p));
        let wrong = a.signers.iter().find(known).filter(|_| dated && meant)?;
        let own = self.people[i].iter().find(|q| state(q) == state(wrong))?;
        Some(&self.record.people[own.0].name)
    }

    /// What the record has instead of the answer, the choice or the addressee that is told, to go behind "it".
    pub(super) fn turned_out_otherwise(&self, a: &Said, i: usize) -> Option<String> {
        let answer = self.other_answer(a, i).map(|answer| format!("was {answer}"));
        let choice = || self.other_choice(a, i).map(|choice| format!("was for {choice}"));
        let whom = || self.other_addressee(a, i).map(|whom| format!("went to {whom}"));
        answer.or_else(choice).or_else(whom)
    }

    /// A land said to have voted for a state, where the record has it vote for another.
    fn other_choice(&self, a: &Said, i: usize) -> Option<String> {
        let event = &self.record.events[i];
        let begins = |text: &str, stems: &[&str]| {
            text.split(|c: char| !c.is_alphanumeric()).any(|w| stems.iter().any(|stem| w.starts_with(stem)))
        };
        let votes = |text: &str| begins(text, &["vote", "voting", "plebiscite", "opted", "ballot"]);
        if !votes(&event.summary) || !votes(&a.text) {
            return None;
        }
        // Part of a land may have voted otherwise than all of it.
        let part = begins(
            &a.text,
            &["few", "some", "only", "per", "percent", "many", "minorit", "most", "part", "half", "third"],
        ) || a.text.contains(['%', '½']);
        let not = begins(&a.text, &["not", "didn", "never", "nobody"]);
        let number = a.words.iter().any(|w| w.chars().all(|c| c.is_ascii_digit()));
        if not || a.refused || part || number {
            return None;
        }
        // "For the status quo", where the record has a state.
        let stays = ["for the status quo", "for independence", "for autonomy", "to stay as"];
        let won = |x: &usize| {
            let name = &self.record.actors[*x].name;
            let said = [format!(" for {name}"), format!(" choose {name}"), format!(" chose {name}")];
            said.iter().filter_map(|said| event.summary.find(said.as_str())).min()
        };
        let states = (0..self.record.actors.len()).filter(|x| won(x).is_some()).min_by_key(won);
        let lower = a.text.to_lowercase();
        if let Some(state) = states.filter(|_| stays.iter().any(|s| lower.contains(s))) {
            return Some(self.record.actors[state].in_sentence());
        }
        let chosen = |text: &str, x: usize| text.contains(&format!(" for {}", self.record.actors[x].name));
        let said = (0..self.record.actors.len()).find(|x| chosen(&a.text, *x))?;
        let other = (0..self.record.actors.len()).find(|x| chosen(&event.summary, *x))?;
        (other != said && !chosen(&event.summary, said)).then(|| self.record.actors[other].in_sentence())
    }

    /// A state said to have been handed an ultimatum or a note, where the record has it go to another.
    pub(super) fn other_addressee(&self, a: &Said, i: usize) -> Option<String> {
        let event = &self.record.events[i];
        let handed = a.words.iter().any(|w| w.starts_with("ultimatum") || w.starts_with("demand"));
        let known = event.targets.len() == 1 && (event.kind == EventKind::TerritorialDemand || handed);
        let to = |x: &&ActorId| {
            let actor = &self.record.actors[x.0];
            let mut names = std::iter::once(&actor.name).chain(&actor.aliases);
            names.any(|n| a.text.contains(&format!(" to {n}")))
        };
        let wrong =
            a.by_name.iter().filter(to).any(|x| !event.targets.contains(x) && !event.actors.contains(x));
        (handed && known && wrong).then(|| self.names(&event.targets))
    }

    /// A land or a state said to have been left to one power's sphere, where the record has another's.
    pub(super) fn other_sphere(&self, a: &Said, i: usize) -> Option<String> {
        let event = &self.record.events[i];
        let said = a.sphere.filter(|_| event.kind == EventKind::SphereConceded)?;
        (!event.targets.is_empty() && !event.targets.contains(&said)).then(|| self.names(&event.targets))
    }

    /// Somebody said to have come to an office whom the casebook does not know, where it knows who did.
    pub(super) fn strange<'s>(&self, a: &'s Said, i: usize) -> Option<&'s str> {
        let event = &self.record.events[i];
        let taken = event.kind == EventKind::OfficeTaken && !event.people.is_empty();
        a.assertion
            .stranger
            .as_deref()
            .filter(|_| taken && a.people.iter().all(|p| !event.people.contains(p)))
    }

    /// A land said to have changed hands with others, where the record has only those.
    pub(super) fn other_land(&self, a: &Said, i: usize) -> Option<String> {
        let event = &self.record.events[i];
        let ceded = |e: &Event| e.kind == EventKind::TerritoryCeded;
        // "Parts of Slovakia and Ruthenia": whether any of it was of the second land the record does not tell.
        let parts =
            a.text.split_whitespace().any(|w| matches!(w, "part" | "parts" | "strip" | "strips" | "slice"));
        if parts || !ceded(event) || !event.territories.iter().any(|t| a.territories.contains(t)) {
            return None;
        }
        let with = |t: &TerritoryId| {
            self.record.events.iter().any(|e| {
                ceded(e)
                    && e.territories.contains(t)
                    && (e.when.reading().0 - event.when.reading().0).abs() < 100
                    && e.actors.iter().any(|x| event.actors.contains(x))
            })
        };
        let other = a.territories.iter().find(|t| !event.territories.contains(t) && !with(t))?;
        Some(self.record.territories[other.0].name.clone())
    }

    /// Whether a statement tells of a land that changed hands, and the entry of another land, or of a fight over none.
    /// Transylvania and northern Transylvania count as one.
    pub(super) fn elsewhere(&self, a: &Said, event: &Event) -> bool {
        let lands = matches!(event.kind, EventKind::TerritoryCeded | EventKind::ArmedDispute);
        if !lands || a.kinds.first() != Some(&EventKind::TerritoryCeded) {
            return false;
        }
        if a.territories.is_empty() {
            // "Occupied Kiev": no land of the casebook, and nothing that the entry speaks of.
            return a.stranger.as_deref().is_some_and(|land| {
                let names = event.territories.iter().map(|t| &self.record.territories[t.0].name);
                !names.chain([&event.summary]).any(|text| fold(text).contains(&fold(land)))
            });
        }
        let words = |t: &TerritoryId| -> Vec<String> {
            let land = &self.record.territories[t.0];
            let names = std::iter::once(&land.name).chain(&land.aliases);
            names.flat_map(|n| n.split_whitespace()).map(fold).filter(|w| w.len() > 4).collect()
        };
        let same = |t: &TerritoryId| {
            a.territories.iter().any(|x| x == t || words(x).iter().any(|w| words(t).contains(w)))
        };
        !event.territories.iter().any(same)
    }

    /// "Signed at Warsaw", where the entry says in which other place it was signed.
    pub(super) fn signed_elsewhere(&self, a: &Said, i: usize) -> bool {
        let event = &self.record.events[i];
        let signs = matches!(event.kind, EventKind::PactSigned | EventKind::WarEnded);
        // "Sign in Berlin", "signed at Riga": the place behind the verb.
        let words: Vec<&str> = event.summary.split(' ').collect();
        let told = words.windows(3).any(|w| {
            w[0].starts_with("sign") && matches!(w[1], "in" | "at") && w[2].starts_with(char::is_uppercase)
        });
        signs && told && a.signed_at.iter().any(|place| !self.has_word(place, i))
    }

    /// "The first Vienna award", where the record has the second.
    pub(super) fn other_number(&self, a: &Said, i: usize) -> Option<String> {
        self.numbered[i].iter().find_map(|(number, what)| {
            let named = a.numbered.iter().any(|(n, w)| w == what && n != number);
            named.then(|| format!("{number} {}", capital(what)))
        })
    }

    /// "Under the second Vienna award", where the record has that land change hands under it in another entry.
    pub(super) fn numbered_elsewhere(&self, a: &Said, i: usize) -> bool {
        let of = |i: usize| self.numbered[i].iter().any(|n| a.numbered.contains(n));
        let land = |e: &Event| e.territories.iter().any(|t| a.territories.contains(t));
        let mut events = self.record.events.iter().enumerate();
        !a.numbered.is_empty()
            && !of(i)
            && events.any(|(j, e)| e.kind == EventKind::TerritoryCeded && land(e) && of(j))
    }

    /// From when to when a war lasted that is said to have been fought at a time after its beginning.
    pub(super) fn lasted(&self, a: &Said, i: usize) -> Option<(String, String)> {
        let begun = &self.record.events[i];
        // "Declared war", "the war began": that has its day, and was not so for as long as the war lasted.
        let began = a.words.iter().any(|w| {
            [
                "declar", "began", "begin", "broke", "started", "opened", "outbreak", "entered", "joined",
                "invad", "attack",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
        let lasting = !began && a.text.split_whitespace().any(|w| matches!(w, "fought" | "fighting" | "war"));
        if !lasting || meets(a, begun) || !matches!(begun.kind, EventKind::WarBegun | EventKind::WarJoined) {
            return None;
        }
        let sides: BTreeSet<ActorId> = begun.parties().collect();
        let ended = self.record.events[i..]
            .iter()
            .find(|e| e.kind == EventKind::WarEnded && sides.iter().all(|x| e.parties().any(|y| y == *x)))?;
        let time =
            a.time.as_ref().filter(|_| a.actors.len() > 1 && a.actors.iter().all(|x| sides.contains(x)))?;
        let within =
            time.windows.iter().any(|w| begun.when.earliest <= w.from && w.from <= ended.when.latest);
        within.then(|| (begun.when.long(), ended.when.long()))
    }

    /// Who awards land to others, and is no party: "Germany and Italy awarded ... to Hungary".
    pub(super) fn arbiter(&self, a: &Said, x: ActorId, event: &Event) -> bool {
        event.kind == EventKind::TerritoryCeded
            && a.agents.contains(&x)
            && a.words.iter().any(|w| {
                ["award", "assign", "arbitrat", "gave", "given", "hand", "allot"]
                    .iter()
                    .any(|t| w.starts_with(t))
            })
            && !a.receivers.is_empty()
            && a.receivers.iter().all(|r| event.actors.contains(r))
    }

    /// A treaty called by a name that the casebook does not know, or a state that it does not know, if the entry does not have that
    /// name either.
    pub(super) fn unknown_name(&self, a: &Said, i: usize) -> bool {
        if a.unheard.iter().any(|name| !self.has_word(name, i)) {
            return true;
        }
        let mut words = a.text.split_whitespace().peekable();
        let mut name = None;
        while let Some(word) = words.next() {
            let treaty =
                matches!(fold(word).as_str(), "treaty" | "peace" | "pact" | "convention" | "protocol");
            if treaty && word.starts_with(char::is_uppercase) && words.peek() == Some(&"of") {
                name = words.nth(1).filter(|w| w.starts_with(char::is_uppercase));
                break;
            }
        }
        let Some(name) = name.filter(|_| a.pacts.is_empty()) else { return false };
        let name = fold(name.trim_matches(|c: char| !c.is_alphanumeric()));
        let event = &self.record.events[i];
        let pact = event.pact.map_or("", |p| self.record.pacts[p.0].name.as_str());
        let told = format!("{} {pact}", event.summary);
        !told.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|w| fold(w) == name)
    }

    /// The obligation that a statement gives to a pact, where the record gives another.
    pub(super) fn other_obligation(&self, a: &Said, i: usize) -> Option<PactType> {
        let event = &self.record.events[i];
        let pact = event.pact.filter(|_| event.kind == EventKind::PactSigned && a.pact.is_some())?;
        let pact = &self.record.pacts[pact.0];
        // A treaty that calls itself an alliance may be called one, whatever it obliges to.
        let called = pact
            .names()
            .any(|name| fold(name).contains("alliance") && a.words.iter().any(|w| w == "alliance"));
        (!Self::obliges(pact, a) && a.pacts.is_empty() && !called).then(|| pact.main_type())
    }

    /// A demand or an offer said to have been refused, where the record has it accepted, or the other way round: what the record has.
    fn other_answer(&self, a: &Said, i: usize) -> Option<&'static str> {
        const YES: [&str; 8] =
            ["accept", "yield", "conced", "gives way", "gave way", "submit", "agree", "bow"];
        const NO: [&str; 5] = ["reject", "refus", "declin", "turns down", "turned down"];
        let event = &self.record.events[i];
        let demand = event.kind == EventKind::TerritorialDemand || is_ultimatum(event);
        let said = fold_words(&a.text);
        let says = |stems: &[&str]| stems.iter().any(|stem| said.contains(&format!(" {stem}")));
        let (yes, no) = (says(&YES), says(&NO) || a.refused);
        // Crowns and invitations are accepted too.
        let of_demand = says(&["ultimatum", "demand", "terms", "note", "those"]);
        if !demand || !of_demand || yes == no || a.denied {
            return None;
        }
        let told = fold_words(&event.summary);
        let tells = |stems: &[&str]| stems.iter().any(|stem| told.contains(&format!(" {stem}")));
        let recorded = match (event.mark.as_str(), tells(&YES), tells(&NO)) {
            ("conceded", ..) | ("", true, false) => "accepted",
            ("resisted" | "war", ..) | ("", false, true) => "refused",
            _ => return None,
        };
        (yes != (recorded == "accepted")).then_some(recorded)
    }

    /// Who is said to act is not the one it was done to.
    pub(super) fn acts(&self, a: &Said, event: &Event) -> bool {
        if matches!(event.kind, EventKind::TerritoryCeded | EventKind::IndependenceLost) {
            return Self::takes_or_gives(a, event);
        }
        let ordered = matches!(
            event.kind,
            EventKind::PactDenounced
                | EventKind::PactViolated
                | EventKind::TerritorialDemand
                | EventKind::WarBegun
                | EventKind::WarJoined
                | EventKind::Proposal
                | EventKind::RelationsBroken
                | EventKind::ArmedDispute
        );
        // "Prague accepted the ultimatum": whoever answers is the one asked.
        let answers = event.kind == EventKind::TerritorialDemand
            && a.words.iter().any(|w| {
                ["accept", "reject", "refus", "yield", "conced", "bowed"]
                    .iter()
                    .any(|stem| w.starts_with(stem))
            });
        !ordered
            || answers
            || a.agents.is_empty()
            || event.targets.is_empty()
            || !a.agents.iter().all(|x| event.targets.contains(x))
            || a.agents.iter().any(|x| event.actors.contains(x))
    }

    /// Of land that changed hands the record has who took it as actors and who lost it as targets: who is said to have
    /// taken it did not lose it, and who is said to have given it did not take it.
    pub(super) fn takes_or_gives(a: &Said, event: &Event) -> bool {
        if a.agents.is_empty() || event.actors.is_empty() {
            return true;
        }
        let acts = |states: &[ActorId]| a.agents.iter().any(|x| states.contains(x));
        match Self::gives_takes(a) {
            (true, false) => !acts(&event.actors) || acts(&event.targets),
            (false, true) => acts(&event.actors) || event.targets.is_empty(),
            _ => true,
        }
    }

    /// Whether a statement has a word of giving land, and one of taking it.
    pub(super) fn gives_takes(a: &Said) -> (bool, bool) {
        const GIVING: [&str; 12] = [
            "ceded",
            "cede",
            "ceding",
            "gave",
            "given",
            "handed",
            "lost",
            "surrendered",
            "returned",
            "transferred",
            "yielded",
            "relinquished",
        ];
        const TAKING: [&str; 11] = [
            "annex", "seiz", "occup", "grab", "took", "gained", "regained", "acquired", "conquer", "invad",
            "swallow",
        ];
        (
            a.words.iter().any(|w| GIVING.contains(&w.as_str())),
            a.words.iter().any(|w| TAKING.iter().any(|t| w.starts_with(t))),
        )
    }
}

/// The words of a text, folded, each behind a space.
fn fold_words(text: &str) -> String {
    folded(text).fold(String::new(), |all, word| format!("{all} {word}"))
}

fn folded(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(fold)
}

/// "Second Vienna": numbers in words, each with the word behind it.
pub(super) fn numbered(text: &str) -> Vec<(String, String)> {
    const NUMBERS: [&str; 4] = ["first", "second", "third", "fourth"];
    let words: Vec<String> = folded(text).collect();
    let pairs = words.windows(2).filter(|w| NUMBERS.contains(&w[0].as_str()));
    pairs.map(|w| (w[0].clone(), w[1].clone())).collect()
}
