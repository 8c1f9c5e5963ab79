//! Who does what to whom: a clause with its verb, its voice, whether it is denied, and the part each name plays.

use std::ops::Range;

use jonbar_record::{ActorId, Entity, NameKind, PactId, PactType, PersonId, Record, TerritoryId};

use crate::dates::month_of;
use crate::lexicon::{
    Happening, Part, Verb, auxiliary, denies_thing, denies_verb, is_demand_noun, is_quiet, is_talks_noun,
    is_they, may_be_noun, pact_at,
};
use crate::sentence::{Sentence, distinct};
use crate::text::is_possessive;

/// The noun that names before it describe: the `Soviet-Romanian pact`, the `German demand`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    Pact,
    Demand,
    Talks,
}

/// Names that stand together and play one part.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) actors: Vec<ActorId>,
    pub(crate) people: Vec<PersonId>,
    pub(crate) lands: Vec<TerritoryId>,
    pub(crate) part: Part,
    /// Describes a noun rather than standing for itself.
    pub(crate) of: Option<Noun>,
    pub(crate) span: Range<usize>,
}

impl Group {
    /// Its states, those of people included.
    pub(crate) fn states(&self, record: &Record) -> Vec<ActorId> {
        let of_people = self.people.iter().filter_map(|p| record.people[p.0].actor);
        self.actors.iter().copied().chain(of_people).collect()
    }
}

/// A clause taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) span: Range<usize>,
    /// The verb that says what happens, behind those that bend it.
    pub(crate) verb: Option<Verb>,
    pub(crate) passive: bool,
    /// Denied an odd number of times: `had not signed`, `refused to sign`, but not `had not refused to sign`.
    pub(crate) denied: bool,
    /// Neither done nor undone: `almost signed`.
    pub(crate) hedged: bool,
    /// The verb is followed by another action: `kept waiting`.
    pub(crate) gerund: bool,
    pub(crate) groups: Vec<Group>,
    /// Position of the verb.
    pub(crate) at: usize,
    /// A pact is spoken of: its type if named.
    pub(crate) pact: Option<Option<PactType>>,
    pub(crate) named_pact: Option<PactId>,
    pub(crate) demand: bool,
    pub(crate) talks: bool,
    /// `they`, `both`.
    pub(crate) they: bool,
    /// Words that were not made use of.
    pub(crate) left_out: Vec<usize>,
    /// `nothing` was signed.
    pub(crate) nothing: bool,
    /// States taken over from the clause before, where this one has no subject of its own.
    pub(crate) inherited: Vec<ActorId>,
    /// A verb that is not known, where the verb of the clause must stand.
    pub(crate) unknown_verb: Option<usize>,
}

impl Clause {
    /// Takes a range of a sentence apart.
    pub(crate) fn of(s: &Sentence, span: Range<usize>) -> Clause {
        let words = &s.folded[span.clone()];
        let word = |i: usize| s.folded.get(i).filter(|_| i < span.end).map_or("", String::as_str);
        let in_name = |i: usize| s.in_name(i) || s.in_group(i);
        let free = |i: usize| !in_name(i) && !s.in_date(i);
        let group_words: Vec<usize> = span.clone().filter(|&i| free(i)).collect();
        let exists = words.iter().any(|w| w == "there") && words.iter().any(|w| auxiliary(w).is_some());

        // The verb: the first after an auxiliary, or else the first that is no noun.
        let mut hedged = false;
        let mut denied = 0;
        let mut chain: Vec<(Verb, usize, usize)> = Vec::new();
        let mut unknown_verb = None;
        let aux = group_words.iter().copied().find(|&i| auxiliary(word(i)).is_some());
        let mut used: Vec<usize> = Vec::new();
        let mut from = span.start;
        if let Some(first) = aux {
            let mut i = first;
            // "Had Turkey entered the war": the subject stands between.
            if first == span.start {
                i += 1;
                while i < span.end && (!free(i) || is_quiet(word(i)) && auxiliary(word(i)).is_none()) {
                    i += 1;
                }
            }
            while i < span.end
                && (auxiliary(word(i)).is_some()
                    || denies_verb(word(i))
                    || matches!(
                        word(i),
                        "ever"
                            | "also"
                            | "only"
                            | "instead"
                            | "still"
                            | "just"
                            | "already"
                            | "then"
                            | "there"
                    )
                    || word(i).ends_with("ly") && Verb::of(word(i)).is_none())
            {
                i += 1;
            }
            from = i;
            if free(i) && i < span.end {
                match Verb::phrase(&s.folded[i..span.end]) {
                    Some((verb, n)) if !(may_be_noun(word(i)) && matches!(word(i - 1), "a" | "the")) => {
                        chain.push((verb, i, n));
                    }
                    // "there had been no pact", "had a pact": the auxiliary is the verb.
                    _ if exists || pact_ahead(s, i, span.end) => {
                        chain.push((Verb::Have, i.saturating_sub(1), 1))
                    }
                    None if word(i).ends_with("ed") || word(i).ends_with("en") || !is_quiet(word(i)) => {
                        unknown_verb = Some(i);
                    }
                    _ => {}
                }
            } else if exists || pact_ahead(s, i, span.end) {
                chain.push((Verb::Have, i.saturating_sub(1), 1));
            }
        }
        if chain.is_empty() && unknown_verb.is_none() {
            let found = (span.start..span.end).filter(|&i| free(i)).find_map(|i| {
                let known = Verb::phrase(&s.folded[i..span.end])?;
                let noun = (may_be_noun(word(i))
                    || matches!(known.0, Verb::Demand) && is_demand_noun(word(i)))
                    && !has_subject(s, i);
                (!noun).then_some((known.0, i, known.1))
            });
            chain.extend(found);
        }
        // Verbs that bend the one after them: "refused to sign", "been prevented from signing".
        while let Some(&(verb, i, n)) = chain.last() {
            let bends = matches!(verb, Verb::Refuse | Verb::Fail | Verb::Agree | Verb::Hedge);
            if !bends {
                break;
            }
            let next = (i + n..span.end.min(i + n + 7)).find_map(|j| {
                let joined = matches!(word(j), "to" | "from" | "in") && j + 1 < span.end;
                // "in March 1938" marches nowhere.
                let infinitive = joined && free(j + 1) && Verb::phrase(&s.folded[j + 1..span.end]).is_some();
                let direct = verb == Verb::Hedge && j == i + n && free(j);
                if infinitive {
                    Verb::phrase(&s.folded[j + 1..span.end]).map(|(v, m)| (v, j + 1, m))
                } else if direct {
                    Verb::phrase(&s.folded[j..span.end]).map(|(v, m)| (v, j, m))
                } else {
                    None
                }
            });
            // "refused to let ... through": bends a verb that is not known.
            if next.is_none()
                && word(i + n) == "to"
                && i + n + 1 < span.end
                && !in_name(i + n + 1)
                && word(i + n + 1) != "the"
            {
                if pact_at(&s.folded[i + n + 1..]).is_none() && !is_quiet(word(i + n + 1)) {
                    unknown_verb = Some(i + n + 1);
                }
                break;
            }
            let Some(next) = next else { break };
            match verb {
                Verb::Refuse | Verb::Fail => denied += 1,
                Verb::Hedge => hedged = true,
                _ => {}
            }
            used.extend(i..i + n);
            chain.push(next);
        }
        if (span.start..from.max(span.start)).any(|i| Verb::of(word(i)) == Some(Verb::Hedge)) {
            hedged = true;
        }
        let main = chain.last().copied();
        let at = main.map_or(span.end, |(_, i, _)| i);
        let passive = chain.first().is_some_and(|&(verb, i, _)| {
            let before = (span.start..i).rev().take(3).any(|j| auxiliary(word(j)) == Some(true));
            let has_aux = aux.is_some_and(|a| a < i);
            verb != Verb::Have && has_aux && before
        });
        denied += usize::from((span.start..at.min(span.end)).any(|i| free(i) && denies_verb(word(i))));
        // "Tells the Poles to get lost instead of accepting": what is set aside is not done.
        let before = (span.start..at.min(span.end))
            .any(|i| matches!((word(i), word(i + 1)), ("instead", "of") | ("rather", "than")));
        denied += usize::from(before && at < span.end && word(at).ends_with("ing"));
        // The "no" of "says no" or "instead of no" denies nothing more.
        let answered =
            |i: usize| chain.iter().any(|c| (c.1..c.1 + c.2).contains(&i)) || s.before(i, 1) == "of";
        denied += usize::from(span.clone().any(|i| denies_thing(word(i)) && !answered(i)));
        for &(_, i, n) in &chain {
            used.extend(i..i + n);
        }
        let gerund = main.is_some_and(|(_, i, n)| word(i + n).ends_with("ing") && free(i + n));
        let pacts: Vec<(Option<PactType>, usize, usize)> = (span.start..span.end)
            .filter(|&i| !s.in_date(i))
            .filter_map(|i| pact_at(&s.folded[i..span.end]).map(|(t, n)| (t, i, n)))
            .collect();
        for &(_, i, n) in &pacts {
            used.extend(i..i + n);
        }
        let pact = pacts.iter().map(|p| p.0).find(Option::is_some).or(pacts.first().map(|p| p.0));
        let demand = span.clone().any(|i| is_demand_noun(word(i)) && !chain.iter().any(|c| c.1 == i));
        let groups = groups(s, &span, at..main.map_or(at, |(_, i, n)| i + n));
        // "Rather than ochi" says what is set aside.
        let aside =
            span.clone().find(|&i| matches!((word(i), word(i + 1)), ("rather", "than") | ("instead", "of")));
        let left_out = span
            .clone()
            .filter(|&i| {
                free(i)
                    && aside.is_none_or(|aside| i < aside)
                    && !used.contains(&i)
                    && !is_quiet(word(i))
                    && month_of(word(i)).is_none()
                    && Happening::of(word(i)).is_none()
                    && !(main.is_some_and(|m| m.0 == Verb::Keep)
                        && (matches!(word(i), "independence" | "independent" | "free" | "past" | "beyond")
                            || matches!(word(i + 1), "year" | "years")))
                    && !is_demand_noun(word(i))
                    && auxiliary(word(i)).is_none()
                    && !denies_verb(word(i))
                    && Some(i) != unknown_verb
            })
            .collect();
        Clause {
            verb: main.map(|m| m.0),
            passive,
            denied: denied % 2 == 1,
            hedged,
            gerund,
            groups,
            at,
            pact,
            named_pact: s.names.iter().find_map(|n| {
                if let (Entity::Pact(p), true) = (n.entity, span.contains(&n.span.start)) {
                    Some(p)
                } else {
                    None
                }
            }),
            demand,
            talks: words.iter().any(|w| is_talks_noun(w)),
            they: words.iter().any(|w| is_they(w)),
            left_out,
            nothing: words.iter().any(|w| w == "nothing"),
            inherited: Vec::new(),
            unknown_verb,
            span,
        }
    }

    /// Says which state a pronoun stands for.
    pub(crate) fn name(&mut self, at: usize, who: ActorId) {
        self.stands_for(at, vec![who], Vec::new());
    }

    /// Says which person a pronoun stands for.
    pub(crate) fn name_person(&mut self, at: usize, who: PersonId) {
        self.stands_for(at, Vec::new(), vec![who]);
    }

    fn stands_for(&mut self, at: usize, actors: Vec<ActorId>, people: Vec<PersonId>) {
        let group = Group { actors, people, lands: Vec::new(), part: Part::Bare, of: None, span: at..at + 1 };
        self.groups.insert(0, group);
    }

    fn group_actors(&self, record: &Record, fits: impl Fn(&Group) -> bool) -> Vec<ActorId> {
        distinct(self.groups.iter().filter(|g| fits(g)).flat_map(|g| g.states(record)))
    }

    /// States in subject position, those of people included.
    pub(crate) fn subject(&self, record: &Record) -> Vec<ActorId> {
        let own =
            self.group_actors(record, |g| g.part == Part::Bare && g.of.is_none() && g.span.start < self.at);
        if own.is_empty() { self.inherited.clone() } else { own }
    }

    /// States that are spoken of but are no party: `against`, `instead of`.
    pub(crate) fn aside(&self) -> Vec<ActorId> {
        distinct(self.groups.iter().filter(|g| g.part == Part::Aside).flat_map(|g| g.actors.iter().copied()))
    }

    /// States in object position.
    pub(crate) fn object(&self, record: &Record) -> Vec<ActorId> {
        self.group_actors(record, |g| g.part == Part::Bare && g.of.is_none() && g.span.start > self.at)
    }

    /// States that play this part after a preposition.
    pub(crate) fn part(&self, record: &Record, part: Part) -> Vec<ActorId> {
        self.group_actors(record, |g| g.part == part && g.of.is_none())
    }

    /// States that describe a noun.
    pub(crate) fn describing(&self, record: &Record, noun: Noun) -> Vec<ActorId> {
        self.group_actors(record, |g| g.of == Some(noun) && g.part != Part::Aside)
    }

    /// Every state with a part of its own in the clause.
    pub(crate) fn everybody(&self, record: &Record) -> Vec<ActorId> {
        self.group_actors(record, |g| g.part != Part::Aside)
    }

    /// People, in order of mention.
    pub(crate) fn people(&self) -> Vec<PersonId> {
        distinct(self.groups.iter().flat_map(|g| g.people.iter().copied()))
    }

    /// Lands, in order of mention.
    pub(crate) fn lands(&self) -> Vec<TerritoryId> {
        distinct(self.groups.iter().filter(|g| g.part != Part::Aside).flat_map(|g| g.lands.iter().copied()))
    }
}

/// Whether the subject of a verb stands right before a word that may be a noun too: "Paris and London march", but "the German march".
pub(crate) fn has_subject(s: &Sentence, i: usize) -> bool {
    // "Italy never attacks"
    let verb = (0..=i)
        .rev()
        .find(|&j| j == 0 || !matches!(s.before(j, 1), "never" | "actually" | "simply" | "still"));
    s.names.iter().any(|n| {
        let last = &s.words[n.span.end - 1].raw;
        // "The French march"
        let people =
            ["ch", "sh", "ese"].iter().any(|end| last.ends_with(end)) && s.before(n.span.start, 1) == "the";
        let many = last.ends_with('s') || people || n.kind != NameKind::Demonym;
        Some(n.span.end) == verb && many && !is_possessive(last)
    })
}

/// Whether a verb stands there, and no noun of the same form.
fn is_verb(s: &Sentence, i: usize, end: usize) -> bool {
    let noun = may_be_noun(&s.folded[i]) || is_demand_noun(&s.folded[i]);
    Verb::phrase(&s.folded[i..end]).is_some() && (!noun || has_subject(s, i))
}

/// A pact is the next thing, after articles, types and names.
fn pact_ahead(s: &Sentence, from: usize, end: usize) -> bool {
    (from..end.min(from + 5)).any(|i| {
        pact_at(&s.folded[i..end]).is_some() && (from..i).all(|j| is_quiet(&s.folded[j]) || s.in_name(j))
    })
}

fn groups(s: &Sentence, span: &Range<usize>, verb: Range<usize>) -> Vec<Group> {
    // "Hands over": the second word is the verb's, and governs nothing.
    let (verb, particles) = (verb.start, verb.start + 1..verb.end);
    let word = |i: usize| s.folded.get(i).filter(|_| i < span.end).map_or("", String::as_str);
    let name_at = |i: usize| s.names.iter().filter(move |n| n.span.start == i);
    // "The Baltic states refuse": each of them does.
    let states_at = |i: usize| {
        s.groups.iter().find(|g| g.span.start == i && name_at(i).next().is_none()).filter(|_| i < span.end)
    };
    let named_at = |i: usize| name_at(i).next().is_some() || states_at(i).is_some();
    let noun_at = |i: usize| -> Option<Noun> {
        if is_demand_noun(word(i)) {
            Some(Noun::Demand)
        } else if pact_at(&s.folded[i.min(s.folded.len())..]).is_some() && i < span.end {
            Some(Noun::Pact)
        } else if is_talks_noun(word(i)) {
            Some(Noun::Talks)
        } else {
            None
        }
    };
    let mut out: Vec<Group> = Vec::new();
    let mut part = Part::Bare;
    // "rather than signing with Germany": all that follows is set aside.
    let mut set_aside = false;
    let mut i = span.start;
    while i < span.end {
        if !named_at(i) {
            // "The way Oslo and Stockholm did": whom it is likened to.
            if matches!(word(i), "as" | "way" | "like") && (i..span.end).any(|j| word(j) == "did") {
                set_aside = true;
                part = Part::Aside;
            }
            let own = particles.contains(&i) && !matches!(word(i), "on" | "to" | "with" | "into" | "from");
            if let Some((p, n)) = Part::of(&s.folded[i..span.end]).filter(|_| !own) {
                let not = i > span.start && word(i - 1) == "not";
                part = if not || set_aside { Part::Aside } else { p };
                i += n;
                set_aside |= p == Part::Aside && n == 2 && Verb::of(word(i)).is_some();
                continue;
            }
            // A verb or a noun ends the reach of a preposition; articles and adjectives do not.
            if i == verb || noun_at(i).is_some() || Verb::of(word(i)).is_some() && !may_be_noun(word(i)) {
                part = if set_aside { Part::Aside } else { Part::Bare };
            }
            i += 1;
            continue;
        }
        let start = i;
        let mut group = Group {
            actors: Vec::new(),
            people: Vec::new(),
            lands: Vec::new(),
            part,
            of: None,
            span: start..start,
        };
        let mut last_kind = NameKind::Name;
        let mut possessive = false;
        let mut end = i;
        loop {
            let mut longest = 0;
            if let Some(states) = states_at(end) {
                longest = states.span.len();
                group.actors.extend(states.members.iter().copied());
            }
            for name in name_at(end) {
                longest = longest.max(name.span.len());
                last_kind = name.kind;
                match name.entity {
                    // A pact called by its name is the noun itself.
                    Entity::Pact(_) => group.of = Some(Noun::Pact),
                    Entity::Actor(a) if !group.actors.contains(&a) => group.actors.push(a),
                    Entity::Person(p) if !group.people.contains(&p) => group.people.push(p),
                    Entity::Territory(t) if !group.lands.contains(&t) => group.lands.push(t),
                    _ => {}
                }
            }
            if longest == 0 {
                break;
            }
            end += longest;
            possessive = is_possessive(&s.words[end - 1].raw);
            // A list, or a double name.
            let mut next = end;
            while next < span.end && matches!(word(next), "and" | "or" | "nor" | "the" | "both") {
                next += 1;
            }
            if next < span.end && named_at(next) {
                end = next;
            } else {
                break;
            }
        }
        group.span = start..end;
        // "Soviet-Romanian non-aggression pact", "the Romanian draft of 1936", "Germany's pact".
        let mut j = end;
        while j < span.end
            && j < end + 3
            && noun_at(j).is_none()
            && (is_quiet(word(j)) && Part::of(&s.folded[j..]).is_none())
            && auxiliary(word(j)).is_none()
        {
            j += 1;
        }
        if let Some(noun) = noun_at(j).filter(|_| j < span.end && j != verb)
            && (last_kind == NameKind::Demonym || possessive || j == end)
        {
            group.of = Some(noun);
        }
        // "a pact of Poland and Romania", "between", right behind the noun.
        if group.part == Part::Of && group.of.is_none() {
            let noun = (span.start..start).rev().take(6).find_map(noun_at);
            group.of = noun;
        }
        // "with Germany out"
        if word(end) == "out" {
            group.part = Part::Aside;
        }
        out.push(group);
        i = end;
        if !matches!(word(i), "and" | "or" | "nor") {
            part = if set_aside { Part::Aside } else { Part::Bare };
        }
    }
    out
}

/// The clause of a what-if that only tells its time: "when Hitler marched into the Rhineland", "after Munich".
pub(crate) fn time_clause(s: &Sentence, range: &Range<usize>) -> Option<Range<usize>> {
    let at = range.clone().find(|&i| {
        // "After Munich" is dated by that agreement; "after meeting Hitler" by nothing that the record tells.
        let called = matches!(s.folded[i].as_str(), "after" | "at") && i + 2 >= range.end;
        let starts = matches!(s.folded[i].as_str(), "when" | "moment" | "once") || called;
        starts && i > range.start && !s.in_date(i) && i + 1 < range.end
    })?;
    Some(at + 1..range.end)
}

/// The clauses of a what-if: parts between "and" where each has its own verb.
pub(crate) fn clauses(s: &Sentence, range: Range<usize>) -> Vec<Range<usize>> {
    let word = |i: usize| s.folded[i].as_str();
    let free = |i: usize| !s.in_date(i) && !s.in_name(i) && !s.in_group(i);
    // A period in brackets or at the end is not part of any clause.
    let end = s
        .dates
        .iter()
        .filter(|d| d.words.1 >= range.end && d.exact)
        .map(|d| d.words.0)
        .min()
        .unwrap_or(range.end)
        .clamp(range.start, range.end);
    let has_verb = |r: Range<usize>| {
        r.clone().any(|i| {
            free(i)
                && (is_verb(s, i, r.end)
                    // In "Had the Soviets and Romanians signed" the verb is still to come.
                    || matches!(
                        word(i),
                        "had" | "hadnt" | "been" | "is" | "are" | "was" | "were" | "does" | "did"
                    ) && i != range.start)
        })
    };
    let name_end = |i: usize| s.names.iter().filter(|n| n.span.start == i).map(|n| n.span.end).max();
    // Past "also" and "quickly".
    let idle = |j: &usize| word(*j).ends_with("ly") || matches!(word(*j), "then" | "also" | "never");
    let next_word = |from: usize| (from..end).find(|j| !idle(j));
    let acts = |j: usize| free(j) && (is_verb(s, j, end) || auxiliary(word(j)).is_some());
    // "Germany attacks, the Poles fight": a new subject behind a comma.
    let subject = |i: usize| {
        let the = usize::from(word(i) == "the");
        let name = s.names.iter().any(|n| n.span.start == i + the && n.kind != NameKind::Demonym);
        let many =
            s.names.iter().any(|n| n.span.start == i + the && s.words[n.span.end - 1].raw.ends_with('s'));
        let pronoun = matches!(word(i), "he" | "she" | "they" | "it");
        // Its verb comes right behind it: "Norway, Denmark and Sweden" is a list.
        let behind = if pronoun { i + 1 } else { name_end(i + the).unwrap_or(end) };
        (name || many || pronoun) && next_word(behind).is_some_and(acts)
    };
    // "As Oslo, Stockholm and Helsinki did": one comparison.
    let likened = (range.start..end).find(|&i| matches!(word(i), "as" | "like" | "way")).and_then(|from| {
        let to = (from..end.min(from + 8)).find(|&i| word(i) == "did")?;
        Some(from..to + 1)
    });
    let mut bounds = vec![range.start];
    for i in range.start..end {
        if likened.as_ref().is_some_and(|l| l.contains(&i)) {
            continue;
        }
        let comma = i > range.start && s.gap(i).contains(',') && subject(i);
        let mark = s.gap(i).contains([':', ';']) || s.gap(i).contains(" - ") || s.gap(i).contains('–');
        let splits = mark
            || comma
            || matches!(
                word(i),
                "and" | "or" | "but" | "so" | "when" | "moment" | "because" | "before" | "after" | "once" | "until"
            )
            // "..., with Teleki still alive"
            || word(i) == "with" && (i + 1..end.min(i + 5)).any(|j| word(j) == "alive");
        let ahead = (i + 1..end).take(8).any(|j| {
            free(j) && (is_verb(s, j, end) || matches!(word(j), "had" | "hadnt" | "been" | "there"))
        });
        // "Poland, Denmark and Norway in April 1940 and Sweden fought": the first "and" ends a list.
        let lists = matches!(word(i), "and" | "or") && s.names.iter().any(|n| n.span.end == i) && {
            let the = usize::from(i + 1 < end && word(i + 1) == "the");
            name_end(i + 1 + the).is_some_and(|from| {
                !next_word(from).is_some_and(|j| acts(j) || free(j) && matches!(word(j), "and" | "both"))
            })
        };
        if lists {
            continue;
        }
        let last = bounds.last().copied().unwrap_or(range.start);
        let dates = matches!(word(i), "when" | "moment" | "once");
        // "... and does not go back to neutrality"
        let again = matches!(word(i), "and" | "but")
            && s.folded.get(i + 1).filter(|_| i + 1 < end).is_some_and(|w| auxiliary(w).is_some());
        let ahead = ahead
            || again
            || dates && (i + 1..end).any(|j| auxiliary(word(j)).is_some())
            || word(i) == "with"
            || word(i) == "so" && s.gap(i).contains(',');
        if splits
            && ((free(i) || comma) && ahead && has_verb(last..i) || mark && i > last && has_verb(i..end))
        {
            bounds.push(i);
        }
    }
    bounds.push(end);
    bounds
        .windows(2)
        .map(|w| w[0]..w[1])
        // "when ..." gives the time of a clause, not a change.
        .filter(|r| {
            !r.is_empty()
                && !matches!(
                    word(r.start),
                    "when" | "moment" | "because" | "before" | "after" | "once" | "until"
                )
        })
        .map(|r| if matches!(word(r.start), "and" | "or" | "but" | "so") { r.start + 1..r.end } else { r })
        .filter(|r| !r.is_empty())
        .collect()
}
