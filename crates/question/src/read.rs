//! The rules: from a sentence to what is asked.

use jonbar_record::{ActorId, Entity, NameKind, PactType, PersonId, Record, TerritoryId, Window, nearest};

use crate::dates::{DateSpan, find_dates};
use crate::lexicon::{Verb, is_demand_noun, is_negation, pact_at, verb_of};
use crate::text::{Word, passages, words_of};

/// One question (or checkable statement) and how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// As typed.
    pub text: String,
    /// What is asked.
    pub form: Form,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Parts that were not understood, with what can be asked instead.
    pub not_understood: Vec<String>,
}

/// What a question speaks of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Focus {
    /// States, in order of mention.
    pub actors: Vec<ActorId>,
    /// Type of pact.
    pub pact: Option<PactType>,
    /// Territories, in order of mention.
    pub territories: Vec<TerritoryId>,
    /// People, in order of mention.
    pub people: Vec<PersonId>,
    /// Period.
    pub window: Option<Window>,
}

/// What a fact question wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Whether and when it was proposed or talked about.
    Proposed,
    /// Whether and when it was signed.
    Signed,
    /// Whether, when and by whom it was broken.
    Broken,
    /// Whether and when force was used.
    Force,
    /// Whether and when relations were opened or broken.
    Relations,
    /// Who held an office.
    Office,
    /// Who held a territory, or when it changed hands.
    Territory,
    /// Everything about those named.
    Anything,
}

/// A sentence about how often things happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseRate {
    /// Pacts were (often) broken.
    Broken,
    /// Pacts were broken right before an attack or demand.
    BrokenBeforeAttack,
    /// Pacts went with war: a bad omen.
    Omen,
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
    },
    /// A recorded pact is not signed.
    NoPact {
        /// Its type, if named.
        pact: Option<PactType>,
        /// Its parties, as far as named.
        actors: Vec<ActorId>,
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
    /// A person stays in office.
    Keep {
        /// Who.
        person: PersonId,
    },
    /// A state fights or attacks.
    Fight {
        /// Who.
        by: ActorId,
        /// Against whom, if named.
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
}

/// The forms of question.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// What would have followed.
    WhatIf {
        /// The changes.
        changes: Vec<Change>,
        /// What it speaks of.
        focus: Focus,
    },
    /// What happened.
    Fact {
        /// What it wants to know.
        ask: Ask,
        /// What it speaks of.
        focus: Focus,
    },
    /// Why a party acted.
    Motive {
        /// What it speaks of.
        focus: Focus,
    },
    /// Why there and not here: the dyad that did, the dyad that did not.
    Contrast {
        /// The dyad held up as an example.
        example: (ActorId, ActorId),
        /// The dyad asked about.
        subject: (ActorId, ActorId),
        /// What it speaks of.
        focus: Focus,
    },
    /// Why this claim, of all claims of one claimant.
    Comparison {
        /// The claimant.
        claimant: ActorId,
        /// The claim asked about.
        territory: Option<TerritoryId>,
        /// What it speaks of.
        focus: Focus,
    },
    /// How often something happens.
    BaseRate {
        /// What is claimed.
        claim: BaseRate,
        /// The state it is said of, if any.
        by: Option<ActorId>,
        /// What it speaks of.
        focus: Focus,
    },
    /// Whether something became more or less common.
    Trend {
        /// What it speaks of.
        focus: Focus,
    },
    /// Nothing we can answer.
    NotUnderstood {
        /// What it speaks of, as far as understood.
        focus: Focus,
    },
}

/// A dated statement in a text, ready to be held against the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// What it speaks of.
    pub focus: Focus,
    /// Dates in it.
    pub dates: Vec<DateSpan>,
    /// Its words, folded.
    pub words: Vec<String>,
    /// Rivers, cities and straits named: positions in the record's places.
    pub places: Vec<usize>,
}

/// Reads one question.
pub fn read_question(text: &str, record: &Record) -> Vec<Reading> {
    read_text(text, record).0
}

/// Reads a whole discussion: its questions, and the statements it makes or quotes.
pub fn read_text(text: &str, record: &Record) -> (Vec<Reading>, Vec<Statement>) {
    let mut reader = Reader { record, context: Focus::default() };
    let (mut readings, mut statements): (Vec<Reading>, Vec<Statement>) = (Vec::new(), Vec::new());
    for passage in passages(text) {
        let sentence = Sentence::of(&passage.text, record);
        if passage.quoted {
            statements.extend(reader.statement(&sentence));
            continue;
        }
        let before = reader.context.clone();
        match reader.question(&sentence) {
            Some(reading) => {
                // The title of a thread asks what its first post asks.
                if !readings.iter().any(|r| same_question(&r.form, &reading.form)) {
                    readings.push(reading);
                }
            }
            None => {
                reader.context = before;
                statements.extend(reader.statement(&sentence));
            }
        }
        reader.remember(&sentence);
    }
    (readings, statements)
}

fn same_question(a: &Form, b: &Form) -> bool {
    match (a, b) {
        (Form::WhatIf { changes: x, focus: f }, Form::WhatIf { changes: y, focus: g }) => {
            x == y && (f.window == g.window || f.window.is_none() || g.window.is_none())
        }
        _ => a == b,
    }
}

/// A sentence with everything found in it.
struct Sentence {
    text: String,
    words: Vec<Word>,
    folded: Vec<String>,
    /// Entity, kind of name, first word, one past the last word.
    entities: Vec<(Entity, NameKind, usize, usize)>,
    dates: Vec<DateSpan>,
}

/// Nouns that turn the capital before them into a meeting place.
const MEETINGS: [&str; 12] = [
    "award",
    "talks",
    "conference",
    "draft",
    "pact",
    "protocol",
    "convention",
    "agreement",
    "negotiations",
    "accord",
    "meeting",
    "military",
];

/// First halves of double names, with the name they stand for.
const PREFIXES: [(&str, &str); 10] = [
    ("anglo", "Britain"),
    ("franco", "France"),
    ("italo", "Italy"),
    ("sino", "China"),
    ("russo", "Russia"),
    ("greco", "Greece"),
    ("graeco", "Greece"),
    ("austro", "Austria"),
    ("turco", "Turkey"),
    ("romano", "Romania"),
];

impl Sentence {
    fn of(text: &str, record: &Record) -> Sentence {
        let words = words_of(text);
        let folded: Vec<String> = words.iter().map(|w| w.folded.clone()).collect();
        let mut entities = Vec::new();
        let mut i = 0;
        while i < folded.len() {
            let Some((taken, found)) = record.gazetteer.longest_at(&folded[i..]) else {
                let prefix = PREFIXES.iter().find(|(p, _)| *p == folded[i]);
                if let Some((entity, _)) = prefix.and_then(|(_, name)| record.gazetteer.find(name).first()) {
                    entities.push((*entity, NameKind::Demonym, i, i + 1));
                }
                i += 1;
                continue;
            };
            // Names are capitalised; a common word that looks like one (`may`, `turkey`) is not a name.
            let capital = words[i].raw.starts_with(|c: char| c.is_uppercase());
            let next = folded.get(i + taken).map_or("", String::as_str);
            let previous = i.checked_sub(1).map_or("", |p| folded[p].as_str());
            for &(entity, kind) in found {
                let meeting_place = kind == NameKind::Metonym
                    && (matches!(
                        previous,
                        "in" | "at" | "near" | "the" | "second" | "first" | "from" | "to"
                    ) && (MEETINGS.contains(&next) || matches!(previous, "in" | "at" | "near"))
                        || MEETINGS.contains(&next));
                if capital && !meeting_place {
                    entities.push((entity, kind, i, i + taken));
                    // A pact of two known by name stands for its parties too.
                    if let Entity::Pact(p) = entity
                        && record.pacts[p.0].is_bilateral()
                    {
                        let parties = record.pacts[p.0].parties.iter();
                        entities.extend(parties.map(|a| (Entity::Actor(*a), NameKind::Name, i, i + taken)));
                    }
                }
            }
            i += taken;
        }
        let dates = find_dates(&folded);
        Sentence { text: text.to_owned(), words, folded, entities, dates }
    }

    fn has(&self, words: &[&str]) -> bool {
        self.folded.iter().any(|w| words.contains(&w.as_str()))
    }

    fn has_phrase(&self, phrase: &[&str]) -> bool {
        self.folded.windows(phrase.len()).any(|w| w.iter().zip(phrase).all(|(a, b)| a == b))
    }

    fn starts(&self, phrase: &[&str]) -> bool {
        let skip = self
            .folded
            .iter()
            .take_while(|w| matches!(w.as_str(), "and" | "so" | "but" | "well" | "ok" | "also"))
            .count();
        self.folded[skip..].iter().zip(phrase).filter(|(a, b)| a == b).count() == phrase.len()
    }

    fn actors(&self) -> Vec<ActorId> {
        let mut actors = Vec::new();
        for (entity, ..) in &self.entities {
            if let Entity::Actor(a) = entity
                && !actors.contains(a)
            {
                actors.push(*a);
            }
        }
        actors
    }

    fn people(&self) -> Vec<PersonId> {
        let mut people = Vec::new();
        for (entity, ..) in &self.entities {
            if let Entity::Person(p) = entity
                && !people.contains(p)
            {
                people.push(*p);
            }
        }
        people
    }

    fn territories(&self) -> Vec<TerritoryId> {
        let mut found = Vec::new();
        for (entity, ..) in &self.entities {
            if let Entity::Territory(t) = entity
                && !found.contains(t)
            {
                found.push(*t);
            }
        }
        found
    }

    /// The pact spoken of: type if named, and whether one is spoken of at all.
    fn pact(&self) -> Option<Option<PactType>> {
        let found: Vec<Option<PactType>> =
            (0..self.folded.len()).filter_map(|i| pact_at(&self.folded[i..])).map(|(t, _)| t).collect();
        found.iter().find(|t| t.is_some()).copied().or(found.first().copied())
    }

    fn window(&self) -> Option<Window> {
        // A date to the day, often in brackets, says more than a period.
        let best = self.dates.iter().find(|d| d.exact).or(self.dates.first())?;
        Some(best.window)
    }

    fn focus(&self) -> Focus {
        Focus {
            actors: self.actors(),
            pact: self.pact().flatten(),
            territories: self.territories(),
            people: self.people(),
            window: self.window(),
        }
    }
}

struct Reader<'a> {
    record: &'a Record,
    /// What the discussion was last about, for `they`, `one`, `it`.
    context: Focus,
}

impl Reader<'_> {
    fn remember(&mut self, sentence: &Sentence) {
        let focus = sentence.focus();
        if focus.actors.len() >= 2 || (self.context.actors.is_empty() && !focus.actors.is_empty()) {
            self.context.actors = focus.actors;
        }
        if focus.pact.is_some() {
            self.context.pact = focus.pact;
        }
        if !focus.territories.is_empty() {
            self.context.territories = focus.territories;
        }
        if focus.window.is_some() {
            self.context.window = focus.window;
        }
    }

    /// Fills what a sentence leaves to its context, and says so.
    fn fill(&self, focus: &mut Focus, sentence: &Sentence, assumed: &mut Vec<String>) {
        let pronoun =
            sentence.has(&["them", "they", "their", "either", "both", "these", "two", "sides", "side"]);
        let record = self.record;
        if focus.actors.len() < 2 && pronoun && self.context.actors.len() >= 2 {
            focus.actors = self.context.actors.clone();
            let names: Vec<&str> = focus.actors.iter().map(|a| record.name(*a)).collect();
            assumed.push(format!("\"they\" are {}, as in the question before.", names.join(" and ")));
        }
        let one = sentence.has(&["one", "it", "that", "this", "they", "term", "them"]);
        if focus.pact.is_none()
            && one
            && let Some(pact) = self.context.pact
        {
            focus.pact = Some(pact);
            assumed.push(format!("The agreement meant is a {}.", pact.label()));
        }
    }

    fn question(&mut self, s: &Sentence) -> Option<Reading> {
        let (mut assumed, mut not_understood) = (Vec::new(), Vec::new());
        let mut focus = s.focus();
        if focus.pact.is_none() {
            // "They were a bad omen": a sentence about pacts in general may say only "they" or "the term".
            let general = Focus { pact: self.context.pact, ..focus.clone() };
            if !is_what_if(s)
                && let Some(form) = self.generalisation(s, &general)
            {
                let label = general.pact.map_or("pact", PactType::label);
                assumed.push(format!("The agreements meant are {label}s."));
                return Some(Reading { text: s.text.clone(), form, assumed, not_understood });
            }
        }
        self.fill(&mut focus, s, &mut assumed);
        let form = if is_what_if(s) {
            self.what_if(s, focus, &mut assumed, &mut not_understood)
        } else if let Some(form) = self.generalisation(s, &focus) {
            form
        } else if let Some(form) = self.comparison(s, &focus) {
            form
        } else if let Some(form) = self.contrast(s, &focus, &mut assumed) {
            form
        } else if is_motive(s) {
            Form::Motive { focus }
        } else if is_fact(s) {
            Form::Fact { ask: fact_asked(s), focus }
        } else if s.text.trim_end().ends_with('?') {
            Form::NotUnderstood { focus }
        } else {
            return None;
        };
        if matches!(form, Form::NotUnderstood { .. }) && not_understood.is_empty() {
            not_understood.push(format!("\"{}\": {}", s.text, self.suggestion(s)));
        }
        if let Some(unknown) = self.unknown_names(s) {
            not_understood.push(unknown);
        }
        Some(Reading { text: s.text.clone(), form, assumed, not_understood })
    }

    fn statement(&self, s: &Sentence) -> Option<Statement> {
        let places = s
            .entities
            .iter()
            .filter_map(|(e, ..)| if let Entity::Place(p) = e { Some(*p) } else { None })
            .collect();
        let focus = s.focus();
        let speaks = !focus.actors.is_empty() || !focus.people.is_empty() || !focus.territories.is_empty();
        (speaks || !s.dates.is_empty() || s.has(&["further", "dormant"])).then(|| Statement {
            text: s.text.clone(),
            focus,
            dates: s.dates.clone(),
            words: s.folded.clone(),
            places,
        })
    }

    /// Sentences about pacts in general.
    fn generalisation(&self, s: &Sentence, focus: &Focus) -> Option<Form> {
        let about_pacts = s.pact().is_some() || focus.pact.is_some();
        if !about_pacts {
            return None;
        }
        let trend = s.has(&[
            "fashion",
            "fashionable",
            "trend",
            "decline",
            "declined",
            "disappeared",
            "obsolete",
            "popular",
        ]) || s.has_phrase(&["more", "common"])
            || s.has_phrase(&["less", "common"])
            || s.has_phrase(&["fell", "out"])
            || s.has_phrase(&["died", "out"]);
        if trend {
            return Some(Form::Trend { focus: focus.clone() });
        }
        if s.has(&["omen", "omens", "harbinger"])
            || s.has_phrase(&["bad", "sign"])
            || s.has_phrase(&["prelude", "to", "war"])
        {
            return Some(Form::BaseRate { claim: BaseRate::Omen, by: None, focus: focus.clone() });
        }
        let breaking = s.folded.iter().any(|w| verb_of(w) == Some(Verb::Denounce))
            || s.has(&["broken", "worthless", "kept", "honoured", "honored", "respected"]);
        let before = s.folded.iter().position(|w| w == "before").is_some_and(|i| {
            s.folded[i..].iter().any(|w| {
                matches!(
                    w.as_str(),
                    "invasion" | "demand" | "attack" | "invading" | "attacking" | "war" | "ultimatum"
                )
            })
        });
        let often = s.has(&[
            "regularly",
            "often",
            "usually",
            "always",
            "routinely",
            "mostly",
            "rarely",
            "seldom",
            "frequently",
            "most",
            "never",
            "generally",
            "worthless",
        ]) || s.has_phrase(&["how", "many"]);
        let general = !s.has(&["did", "when", "who"]) || often;
        if breaking && before && s.has(&["would", "always", "right", "just", "usually"]) {
            let by = s.actors().first().copied();
            return Some(Form::BaseRate { claim: BaseRate::BrokenBeforeAttack, by, focus: focus.clone() });
        }
        if breaking && often && general {
            let by = s.actors().first().copied();
            return Some(Form::BaseRate { claim: BaseRate::Broken, by, focus: focus.clone() });
        }
        None
    }

    fn comparison(&self, s: &Sentence, focus: &Focus) -> Option<Form> {
        let singled_out = s.has_phrase(&["of", "all"])
            || s.has_phrase(&["in", "particular"])
            || s.has(&["especially", "particularly"])
            || s.has_phrase(&["rather", "than"]);
        let lands = s.has(&["territories", "territory", "lands", "losses", "lost", "claims", "provinces"])
            || !focus.territories.is_empty();
        if !(s.has(&["why", "which"]) && singled_out && lands) {
            return None;
        }
        let claimant = focus.actors.first().copied().or(self.context.actors.first().copied())?;
        Some(Form::Comparison {
            claimant,
            territory: focus.territories.first().copied(),
            focus: focus.clone(),
        })
    }

    fn contrast(&self, s: &Sentence, focus: &Focus, assumed: &mut Vec<String>) -> Option<Form> {
        let why_not = s.has(&["why", "impossible", "odd", "strange", "see", "wonder"])
            && (s.has(&["not", "impossible", "but", "never", "didnt", "couldnt", "while", "whereas"]));
        if !why_not {
            return None;
        }
        let said = s.actors();
        let before = &self.context.actors;
        // The dyad asked about is the one the discussion was about, or the one named together with a "not".
        let (example, subject) = match (said.len(), before.len()) {
            // "if the USSR and Poland could, ... a Soviet-Romanian one", "why could Poland sign with the USSR but not Romania"
            (3, _) => {
                let hub = said
                    .iter()
                    .copied()
                    .max_by_key(|a| s.entities.iter().filter(|(e, ..)| *e == Entity::Actor(*a)).count())?;
                let others: Vec<ActorId> = said.iter().copied().filter(|a| *a != hub).collect();
                ((hub, others[0]), (hub, others[1]))
            }
            (0, _) | (_, 0) | (2, 1) => return None,
            // "why Poland and not Romania": one partner each, of the state the discussion is about.
            (2, _) if before.contains(&said[1]) && !before.contains(&said[0]) => {
                let hub = *before.iter().find(|a| **a != said[1])?;
                ((hub, said[0]), (hub, said[1]))
            }
            (2, _) if before.contains(&said[0]) && !before.contains(&said[1]) => {
                ((said[0], said[1]), (before[0], before[1.min(before.len() - 1)]))
            }
            (1, 2..) if !before.contains(&said[0]) => ((before[0], said[0]), (before[0], before[1])),
            _ => return None,
        };
        if example == subject || subject.0 == subject.1 {
            return None;
        }
        let record = self.record;
        assumed.push(format!(
            "The case held up as an example is {} and {}; the one asked about is {} and {}.",
            record.name(example.0),
            record.name(example.1),
            record.name(subject.0),
            record.name(subject.1)
        ));
        let mut focus = focus.clone();
        focus.pact = focus.pact.or(self.context.pact);
        Some(Form::Contrast { example, subject, focus })
    }

    fn what_if(
        &self,
        s: &Sentence,
        focus: Focus,
        assumed: &mut Vec<String>,
        not_understood: &mut Vec<String>,
    ) -> Form {
        let mut changes: Vec<Change> = Vec::new();
        for clause in clauses(s) {
            match self.clause_change(s, &clause, &focus) {
                Some(change) => {
                    if !changes.contains(&change) {
                        changes.push(change);
                    }
                }
                None => {
                    let words: Vec<&str> = clause.clone().map(|i| s.words[i].raw.as_str()).collect();
                    not_understood.push(format!(
                        "\"{}\" was not read as a change; the answer leaves it out.",
                        words.join(" ")
                    ));
                }
            }
        }
        merge_fights(&mut changes);
        if changes.is_empty() {
            not_understood.clear();
            return Form::NotUnderstood { focus };
        }
        if s.has(&["clause", "article", "wording", "word", "protocol"])
            && changes.iter().any(|c| matches!(c, Change::Sign { .. }))
        {
            assumed.push(
                "The text of a pact (its clauses and wording) is outside the model: the pact is added as one of its type."
                    .to_owned(),
            );
        }
        Form::WhatIf { changes, focus }
    }

    fn clause_change(&self, s: &Sentence, clause: &std::ops::Range<usize>, focus: &Focus) -> Option<Change> {
        let words = &s.folded[clause.clone()];
        let inside: Vec<(Entity, usize)> = s
            .entities
            .iter()
            .filter(|(_, _, start, _)| clause.contains(start))
            .map(|(e, _, start, _)| (*e, *start - clause.start))
            .collect();
        let actors: Vec<ActorId> = dedup(inside.iter().filter_map(|(e, _)| match e {
            Entity::Actor(a) => Some(*a),
            _ => None,
        }));
        let people: Vec<PersonId> = dedup(inside.iter().filter_map(|(e, _)| match e {
            Entity::Person(p) => Some(*p),
            _ => None,
        }));
        let verbs: Vec<(Verb, usize)> = words
            .iter()
            .enumerate()
            // A participle before a noun ("signed draft") and nouns of a name are not the verb of the clause.
            .filter(|(i, _)| !inside.iter().any(|(_, start)| start == i))
            .filter_map(|(i, w)| verb_of(w).map(|v| (v, i)))
            .collect();
        let has = |v: Verb| verbs.iter().any(|(x, _)| *x == v);
        let negated = words.iter().any(|w| is_negation(w));
        let pact = (0..words.len()).filter_map(|i| pact_at(&words[i..])).map(|(t, _)| t);
        let pact = pact.clone().find(Option::is_some).or_else(|| pact.clone().next());
        let demand = words.iter().any(|w| is_demand_noun(w));
        let parties = |fallback: &Focus| {
            if actors.len() >= 2 {
                return actors.clone();
            }
            // The state of a person named in the clause is a party; so are the states named elsewhere.
            let mut all = actors.clone();
            all.extend(people.iter().filter_map(|p| self.record.people[p.0].actor));
            all.extend(&fallback.actors);
            all.extend(fallback.people.iter().filter_map(|p| self.record.people[p.0].actor));
            dedup(all.into_iter())
        };
        let person_stays =
            (has(Verb::Die) || has(Verb::Dismiss) || has(Verb::Overthrow)) && negated || has(Verb::Keep);
        if let (Some(&person), true) = (people.last(), person_stays) {
            return Some(Change::Keep { person });
        }
        if has(Verb::Denounce)
            && let Some(&by) = actors.first()
            && !negated
        {
            return Some(Change::Break { by, towards: actors.get(1).copied() });
        }
        if let Some(pact) = pact {
            if demand && (has(Verb::Accept) || has(Verb::Refuse)) && pact.is_none() {
                // "accepted the German terms on ...": the noun is the demand, not a pact.
            } else if negated || has(Verb::Refuse) {
                return Some(Change::NoPact { pact, actors: parties(focus) });
            } else {
                return Some(Change::Sign {
                    pact: pact.or(self.context_pact(focus)),
                    actors: parties(focus),
                });
            }
        }
        if demand || has(Verb::Accept) && !actors.is_empty() || has(Verb::Refuse) && !actors.is_empty() {
            let fights = has(Verb::Fight);
            let accepts = has(Verb::Accept) != negated;
            let mark = if fights {
                "war"
            } else if accepts && !has(Verb::Refuse) {
                "conceded"
            } else {
                "resisted"
            };
            // Passive voice names the holder elsewhere: "the award had been refused and Romania had fought".
            let passive = words.iter().any(|w| w == "been" || w == "were" || w == "was");
            let (holder, claimant) = match (passive, actors.len()) {
                (true, _) => (None, None),
                (false, 0) => (None, None),
                (false, 1) => (Some(actors[0]), None),
                (false, _) => (Some(actors[0]), Some(actors[1])),
            };
            return Some(Change::Answer { holder, claimant, mark });
        }
        if has(Verb::Fight) || has(Verb::Attack) {
            // "rejected the ultimatum and fought": the subject is the one before.
            let by = *actors.first().or(focus.actors.first())?;
            return (!negated).then_some(Change::Fight { by, on: actors.get(1).copied() });
        }
        if has(Verb::Recognise) || words.iter().any(|w| w == "relations") {
            return (!negated).then(|| Change::Relations { actors: parties(focus) });
        }
        None
    }

    fn context_pact(&self, focus: &Focus) -> Option<PactType> {
        focus.pact.or(self.context.pact)
    }

    fn suggestion(&self, s: &Sentence) -> String {
        let actors = s.actors();
        let name = |i: usize| {
            actors.get(i).map_or(["the Soviet Union", "Romania"][i.min(1)], |a| self.record.name(*a))
        };
        format!(
            "not understood. Nearest things that can be answered: \"What if {0} and {1} had signed a non-aggression pact in 1932?\"; \
             \"Did {0} propose a pact to {1}?\"; \"Why did {0} want one?\"; \"Were such pacts broken regularly?\"",
            name(0),
            name(1)
        )
    }

    /// A capitalised word that looks like a misspelt name.
    fn unknown_names(&self, s: &Sentence) -> Option<String> {
        let names: Vec<String> = self.record.gazetteer.names().collect();
        let known = |i: usize| s.entities.iter().any(|(_, _, a, b)| (*a..*b).contains(&i));
        for (i, word) in s.words.iter().enumerate().skip(1) {
            let looks_like_name =
                word.raw.chars().next().is_some_and(char::is_uppercase) && word.raw.chars().count() >= 5;
            if !looks_like_name
                || known(i)
                || verb_of(&word.folded).is_some()
                || pact_at(&s.folded[i..]).is_some()
            {
                continue;
            }
            if s.dates.iter().any(|d| (d.words.0..d.words.1).contains(&i)) {
                continue;
            }
            let near = nearest(&word.folded, names.iter().map(String::as_str), 1);
            if let Some(near) = near.first()
                && strsim_close(&word.folded, near)
            {
                return Some(format!(
                    "\"{}\" is not a name in the casebook; did you mean \"{near}\"?",
                    word.raw
                ));
            }
        }
        None
    }
}

/// One or two letters apart.
fn strsim_close(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = (a.len() - same_start, b.len().saturating_sub(same_start));
    let same_end =
        a.iter().rev().zip(b.iter().rev()).take(rest.0.min(rest.1)).take_while(|(x, y)| x == y).count();
    (rest.0 - same_end).max(rest.1.saturating_sub(same_end)) <= 1
}

fn dedup<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out = Vec::new();
    for item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    out
}

fn is_what_if(s: &Sentence) -> bool {
    s.starts(&["what", "if"])
        || s.starts(&["suppose"])
        || s.starts(&["imagine"])
        || s.starts(&["wi"])
        || s.has_phrase(&["what", "if"])
        || (s.has_phrase(&["what", "would", "have"]) && s.has(&["if", "had"]))
        || (s.starts(&["had"]) && s.has(&["would"]))
}

fn is_motive(s: &Sentence) -> bool {
    s.folded.iter().any(|w| w.starts_with("motiv") || w.starts_with("incentive"))
        || s.starts(&["why", "did"])
        || s.starts(&["why", "would"])
        || s.starts(&["why", "was"])
        || s.starts(&["why", "were"])
        || s.has_phrase(&["what", "moved"])
        || s.has_phrase(&["what", "led"])
        || s.has_phrase(&["what", "made"])
        || (s.has(&["reasons", "reason"]) && s.has(&["what", "which"]))
}

fn is_fact(s: &Sentence) -> bool {
    let first =
        s.folded.iter().find(|w| !matches!(w.as_str(), "and" | "so" | "but")).map_or("", String::as_str);
    matches!(
        first,
        "did" | "was" | "were" | "when" | "who" | "which" | "has" | "had" | "is" | "where" | "how"
    ) && s.text.trim_end().ends_with('?')
        || s.has_phrase(&["is", "it", "true"])
}

fn fact_asked(s: &Sentence) -> Ask {
    let stem = |stems: &[&str]| s.folded.iter().any(|w| stems.iter().any(|t| w.starts_with(t)));
    if stem(&["propos", "offer", "negotiat", "talk", "suggest"]) {
        Ask::Proposed
    } else if stem(&["broke", "break", "denounc", "violat"]) {
        Ask::Broken
    } else if stem(&["sign", "conclud", "have", "pact", "treat"]) {
        Ask::Signed
    } else if stem(&["attack", "war", "force", "invad", "fight", "fought"]) {
        Ask::Force
    } else if stem(&["relation", "recogni"]) {
        Ask::Relations
    } else if stem(&["minister", "premier", "president", "office", "leader"]) {
        Ask::Office
    } else if !s.territories().is_empty() {
        Ask::Territory
    } else {
        Ask::Anything
    }
}

/// The clauses of a what-if: parts between "and" where each has its own verb, without the opening words.
fn clauses(s: &Sentence) -> Vec<std::ops::Range<usize>> {
    let open = s.folded.windows(2).position(|w| w[0] == "what" && w[1] == "if").map_or_else(
        || usize::from(matches!(s.folded.first().map(String::as_str), Some("suppose" | "imagine" | "wi"))),
        |i| i + 2,
    );
    // A period in brackets or at the end is not part of any clause.
    let end = s
        .dates
        .iter()
        .filter(|d| d.words.1 == s.folded.len())
        .map(|d| d.words.0)
        .min()
        .unwrap_or(s.folded.len());
    let mut bounds = vec![open.min(end)];
    for i in open..end {
        let splits = matches!(s.folded[i].as_str(), "and" | "or" | "but" | "when" | "because");
        let rest_has_verb = s.folded[i + 1..end].iter().enumerate().any(|(k, w)| {
            verb_of(w).is_some() || (matches!(w.as_str(), "had" | "been") && k < 6) || w == "there"
        });
        let before_has_verb =
            s.folded[*bounds.last().unwrap_or(&open)..i].iter().any(|w| verb_of(w).is_some() || pact_word(w));
        if splits && rest_has_verb && before_has_verb {
            bounds.push(i);
        }
    }
    bounds.push(end);
    let ranges: Vec<std::ops::Range<usize>> = bounds.windows(2).map(|w| w[0]..w[1]).collect();
    // "when ..." gives the time of a clause, not a change.
    ranges
        .into_iter()
        .filter(|r| !r.is_empty() && !matches!(s.folded[r.start].as_str(), "when" | "because"))
        .map(
            |r| {
                if matches!(s.folded[r.start].as_str(), "and" | "or" | "but") {
                    r.start + 1..r.end
                } else {
                    r
                }
            },
        )
        .collect()
}

fn pact_word(word: &str) -> bool {
    pact_at(std::slice::from_ref(&word.to_owned())).is_some()
}

/// "refused the ultimatum and fought" is one change: the demand ends in war.
fn merge_fights(changes: &mut Vec<Change>) {
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
