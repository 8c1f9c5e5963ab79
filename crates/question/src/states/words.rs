//! The words of a sentence about states, and reading them one after another.

use std::ops::Range;

use jonbar_record::{ActorId, Entity, GroupId, PactType, Record, Window};

use crate::claim::{in_office, number, pact_noun, told_time};
use crate::sentence::{Name, Sentence};
use crate::text::is_possessive;

/// What stands at one place of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'s> {
    Word(&'s str),
    /// A state, or a person who stands for one; and whether something is said to be its own: "Germany's".
    State(ActorId, bool),
    Group(GroupId),
    Pact(Option<PactType>),
    /// A name of something else.
    Name,
}

/// A sentence as tokens, read from left to right.
pub(super) struct Words<'s> {
    tokens: Vec<Token<'s>>,
    /// By token: its first word.
    places: Vec<usize>,
    pub(super) at: usize,
    pub(super) s: &'s Sentence,
    /// The time that it speaks of.
    pub(super) window: Option<Window>,
    /// What was assumed in telling it, one sentence each.
    pub(super) assumed: Vec<String>,
}

/// Phrases that tell the whole time of the casebook, or nothing.
const IDLE: [&str; 12] = [
    "between the wars",
    "between the world wars",
    "in the interwar period",
    "in the interwar years",
    "during the interwar period",
    "in those years",
    "in this period",
    "of the period",
    "of the time",
    "in the end",
    "at all",
    "in europe",
];

impl<'s> Words<'s> {
    /// `None` where it speaks of more than one time.
    pub(super) fn of(record: &Record, s: &'s Sentence) -> Option<Words<'s>> {
        let mut words =
            Words { tokens: Vec::new(), places: Vec::new(), at: 0, s, window: None, assumed: Vec::new() };
        let told = if s.dates.is_empty() { told_time(record, s) } else { None };
        let mut told_at: Range<usize> = 0..0;
        if let Some((window, sentence, at)) = told {
            (words.window, told_at) = (Some(window), at);
            words.assumed.push(sentence);
        }
        if s.dates.len() > 1 {
            return None;
        }
        let mut i = 0;
        while i < s.folded.len() {
            if told_at.contains(&i) {
                i += 1;
            } else if let Some(date) = s.dates.iter().find(|d| (d.words.0..d.words.1).contains(&i)) {
                words.date(date.window, record);
                i = date.words.1;
            } else {
                i += words.word(record, i);
            }
        }
        Some(words)
    }

    fn push(&mut self, token: Token<'s>, place: usize) {
        self.tokens.push(token);
        self.places.push(place);
    }

    /// A time, with the words before it that belong to it.
    fn date(&mut self, window: Window, record: &Record) {
        let mut by = false;
        while let Some(Token::Word(word @ ("in" | "during" | "of" | "by" | "on" | "the"))) =
            self.tokens.last()
        {
            by |= *word == "by";
            self.tokens.pop();
            self.places.pop();
        }
        let from = if by { record.span.from } else { window.from };
        let told = Window { from, ..window }.within(record.span);
        self.window = Some(self.window.map_or(told, |known| told.within(known)));
    }

    /// The token at a word; how many words it takes.
    fn word(&mut self, record: &Record, i: usize) -> usize {
        let s = self.s;
        if let Some(group) = s.groups.iter().find(|g| g.span.start == i) {
            self.push(Token::Group(group.group), i);
            return group.span.len();
        }
        if let Some((group, taken)) = one_of_a_group(record, &s.folded[i..]) {
            self.push(Token::Group(group), i);
            return taken;
        }
        if let Some((kind, taken)) = pact_noun(&s.folded[i..]).filter(|(_, taken)| *taken > 0) {
            self.push(Token::Pact(kind), i);
            return taken;
        }
        let here = |n: &&Name| n.span.start == i;
        let state = |n: &Name| match n.entity {
            Entity::Actor(a) => Some(a),
            Entity::Person(p) => record.people[p.0].actor,
            _ => None,
        };
        let named = s.names.iter().filter(here).find_map(|n| Some((state(n)?, n)));
        if let Some((actor, name)) = named {
            if let Entity::Person(person) = name.entity
                && let Some(window) = in_office(record, person)
            {
                self.window = Some(self.window.map_or(window, |known| window.within(known)));
                self.assumed.push(format!(
                    "{} stands for {} while he was in office, from {} to {}.",
                    record.people[person.0].name,
                    record.actors[actor.0].in_sentence(),
                    window.from.long(),
                    window.to.long()
                ));
            }
            let own = is_possessive(&s.words[name.span.end - 1].raw);
            self.push(Token::State(actor, own), i);
            return name.span.len();
        }
        if let Some(name) = s.names.iter().find(here) {
            self.push(Token::Name, i);
            return name.span.len();
        }
        self.push(Token::Word(&s.folded[i]), i);
        1
    }

    pub(super) fn peek(&self) -> Option<Token<'s>> {
        self.tokens.get(self.at).copied()
    }

    /// Reads on over one of these phrases, the first that stands here; which.
    pub(super) fn one_of<'p>(&mut self, phrases: &[&'p str]) -> Option<&'p str> {
        let here = |phrase: &&&str| {
            let words = phrase.split(' ').enumerate();
            words.into_iter().all(|(n, w)| self.tokens.get(self.at + n) == Some(&Token::Word(w)))
        };
        let found = *phrases.iter().filter(here).max_by_key(|p| p.len())?;
        self.at += found.split(' ').count();
        Some(found)
    }

    /// Reads on over one of these phrases if it stands here.
    pub(super) fn eat(&mut self, phrases: &[&str]) -> bool {
        self.one_of(phrases).is_some()
    }

    /// Whether this is the word just read over.
    pub(super) fn just_read(&self, word: &str) -> bool {
        self.at.checked_sub(1).is_some_and(|i| self.tokens[i] == Token::Word(word))
    }

    /// Reads on over words that add nothing.
    pub(super) fn pass(&mut self, phrases: &[&str]) {
        while self.eat(phrases) || self.eat(&IDLE) {}
    }

    /// Reads on over a pact; its type.
    pub(super) fn pact(&mut self) -> Option<Option<PactType>> {
        let Some(Token::Pact(kind)) = self.peek() else { return None };
        self.at += 1;
        Some(kind)
    }

    /// Reads on over a number of things, one at least.
    pub(super) fn number(&mut self) -> Option<u32> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        let n = number(word).filter(|n| *n > 0.0)?;
        self.at += 1;
        Some(n as u32)
    }

    /// Reads on over the name of a state that nothing is said to belong to.
    pub(super) fn state(&mut self) -> Option<ActorId> {
        let article = usize::from(self.peek() == Some(Token::Word("the")));
        let Some(Token::State(actor, false)) = self.tokens.get(self.at + article) else { return None };
        self.at += 1 + article;
        Some(*actor)
    }

    /// The first state named.
    pub(super) fn first_state(&self) -> Option<ActorId> {
        self.tokens.iter().find_map(|t| if let Token::State(actor, _) = t { Some(*actor) } else { None })
    }

    /// The word of the sentence at which the next token begins.
    pub(super) fn place(&self) -> usize {
        self.places.get(self.at).copied().unwrap_or(self.s.folded.len())
    }

    /// Reads on to the token that begins at a word or after it.
    pub(super) fn go_to(&mut self, place: usize) {
        while self.at < self.tokens.len() && self.place() < place {
            self.at += 1;
        }
    }

    /// Whether what follows so many tokens later is what somebody has: "a pact", "more than two pacts", "territorial claims".
    pub(super) fn has_object(&self, later: usize) -> bool {
        let noun = |t: &Token| match t {
            Token::Pact(_) => true,
            Token::Word(w) => {
                matches!(*w, "claim" | "claims" | "demand" | "demands" | "ultimatum" | "ultimatums")
            }
            _ => false,
        };
        let leads = |t: &Token| match t {
            Token::Word(w) => {
                matches!(
                    *w,
                    "a" | "an"
                        | "any"
                        | "the"
                        | "its"
                        | "their"
                        | "at"
                        | "least"
                        | "more"
                        | "than"
                        | "most"
                        | "no"
                        | "territorial"
                ) || number(w).is_some()
            }
            _ => false,
        };
        let rest = self.tokens.get(self.at + later..).unwrap_or_default();
        rest.iter().find(|t| !leads(t)).is_some_and(noun)
    }

    /// Whether nothing is left that says anything.
    pub(super) fn done(&mut self) -> bool {
        self.pass(&["ever", "anyway", "either", "too"]);
        self.at == self.tokens.len()
    }
}

/// "Baltic state", "Balkan country": a member of a group that is named in the plural.
fn one_of_a_group(record: &Record, words: &[String]) -> Option<(GroupId, usize)> {
    let [first, second, ..] = words else { return None };
    let plural = second.strip_suffix('y').map_or_else(|| format!("{second}s"), |stem| format!("{stem}ies"));
    let both = format!("{first} {plural}");
    let named = |name: &String| name.to_lowercase() == both;
    let group = record.groups.iter().position(|g| named(&g.name) || g.aliases.iter().any(named))?;
    Some((GroupId(group), 2))
}
