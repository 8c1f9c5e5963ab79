//! Every name a casebook knows, and what it stands for.

use std::collections::{BTreeMap, HashMap};

use crate::entities::{ActorId, PactId, PersonId, TerritoryId};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A state.
    Actor(ActorId),
    /// A person.
    Person(PersonId),
    /// A territory.
    Territory(TerritoryId),
    /// A pact.
    Pact(PactId),
    /// A river, city or strait: position in [`crate::Record::places`].
    Place(usize),
}

/// How a name refers: by the proper name or by a demonym or capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// Proper name or old spelling.
    Name,
    /// Name of the people or adjective (`Soviet`, `Romanians`).
    Demonym,
    /// Capital or ministry used for the government (`Moscow`).
    Metonym,
    /// Letter code of a state (`ROM`); in a text only where it is written in capitals.
    Code,
}

/// Finds names in text, longest match first.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: BTreeMap<Vec<String>, Vec<(Entity, NameKind)>>,
    /// By first word: most words of a name that begins with it.
    longest: HashMap<String, usize>,
}

impl Gazetteer {
    /// Adds a name.
    pub fn add(&mut self, name: &str, entity: Entity, kind: NameKind) {
        let key: Vec<String> = words(name);
        if key.is_empty() {
            return;
        }
        let longest = self.longest.entry(key[0].clone()).or_default();
        *longest = key.len().max(*longest);
        let list = self.entries.entry(key).or_default();
        if !list.iter().any(|(e, _)| *e == entity) {
            list.push((entity, kind));
        }
    }

    /// What a whole name stands for.
    pub fn find(&self, name: &str) -> &[(Entity, NameKind)] {
        self.entries.get(&words(name)).map_or(&[], Vec::as_slice)
    }

    /// The longest name that begins at `words[0]`: how many words it takes, and what it stands for.
    /// The words must be folded with [`fold`].
    pub fn longest_at(&self, words: &[String]) -> Option<(usize, &[(Entity, NameKind)])> {
        let longest = words.first().and_then(|first| self.longest.get(first)).copied().unwrap_or(0);
        (1..=longest.min(words.len()))
            .rev()
            .find_map(|n| self.entries.get(&words[..n]).map(|list| (n, list.as_slice())))
    }

    /// All names, joined again with spaces.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.entries.keys().map(|k| k.join(" "))
    }
}

fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(fold)
        .filter(|w| !w.is_empty())
        .collect()
}

/// Lower case without diacritics or apostrophes, so that `Țara`, `tara` and `TARA` are one word.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        for c in c.to_lowercase() {
            folded.push_str(match c {
                'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
                'ç' | 'ć' | 'č' => "c",
                'ď' | 'đ' => "d",
                'è'..='ë' | 'ē' | 'ę' | 'ě' | 'ė' => "e",
                'ğ' | 'ģ' => "g",
                'ì'..='ï' | 'ī' | 'ı' | 'į' => "i",
                'ķ' => "k",
                'ł' | 'ļ' => "l",
                'ñ' | 'ń' | 'ň' | 'ņ' => "n",
                'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
                'ř' => "r",
                'ś' | 'š' | 'ş' | 'ș' => "s",
                'ť' | 'ţ' | 'ț' => "t",
                'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
                'ý' | 'ÿ' => "y",
                'ź' | 'ż' | 'ž' => "z",
                'ß' => "ss",
                'æ' => "ae",
                '\u{300}'..='\u{36f}' => "",
                other => {
                    folded.push(other);
                    continue;
                }
            });
        }
    }
    folded
}

/// The candidates most like a misspelt word, best first, at most `n`; empty when nothing is close.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, n: usize) -> Vec<&'a str> {
    let folded = fold(word);
    let mut scored: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|c| (strsim::jaro_winkler(&folded, &fold(c)), c))
        .filter(|(score, _)| *score > 0.78)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(n).map(|(_, c)| c).collect()
}

/// The candidate that a word is a likely misspelling of: one letter wrong, left out, added or swapped in a word of at
/// least seven letters, two in one of at least nine; and no other candidate is as close.
pub fn misspelling<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let allowed = match folded.chars().count() {
        0..=6 => return None,
        7..=8 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for candidate in candidates {
        let distance = strsim::osa_distance(&folded, &fold(candidate));
        if distance > allowed {
            continue;
        }
        match best {
            Some((d, known)) if distance == d => tied |= known != candidate,
            Some((d, _)) if distance > d => {}
            _ => (best, tied) = (Some((distance, candidate)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}

/// The candidate spelt most like a word, if at most one letter in three differs.
pub fn nearest_spelling<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let allowed = folded.chars().count() / 3;
    candidates
        .into_iter()
        .map(|c| (strsim::osa_distance(&folded, &fold(c)), c))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by(|a, b| {
            // Of equals, the one that begins alike.
            let alike = |c: &str| strsim::jaro_winkler(&folded, &fold(c));
            a.0.cmp(&b.0).then(alike(b.1).total_cmp(&alike(a.1))).then(a.1.cmp(b.1))
        })
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins_and_spelling_is_forgiven() {
        let mut g = Gazetteer::default();
        g.add("Soviet Union", Entity::Actor(ActorId(0)), NameKind::Name);
        g.add("Soviet", Entity::Actor(ActorId(0)), NameKind::Demonym);
        g.add("România", Entity::Actor(ActorId(1)), NameKind::Name);
        let text: Vec<String> = ["the", "soviet", "union"].iter().map(|w| fold(w)).collect();
        assert_eq!(g.longest_at(&text[1..]).unwrap().0, 2);
        assert_eq!(g.find("ROMANIA")[0].0, Entity::Actor(ActorId(1)));
        assert_eq!(nearest("Rumenia", ["Rumania", "Poland"], 3), ["Rumania"]);
        assert!(nearest("xyzzy", ["Rumania"], 3).is_empty());
    }

    #[test]
    fn a_misspelling_is_close_to_one_name_only() {
        assert_eq!(misspelling("Czechoslovkia", ["Czechoslovakia", "Slovakia"]), Some("Czechoslovakia"));
        assert_eq!(misspelling("Polland", ["Poland", "Holland"]), None, "as near to the one as to the other");
        assert_eq!(misspelling("Lithunia", ["Lithuania", "Livonia"]), Some("Lithuania"));
        assert_eq!(misspelling("Munich", ["Munch"]), None, "short words are not guessed at");
    }
}
