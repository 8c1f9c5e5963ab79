//! Sorts of event and of pact that the words of a clause make likelier or rule out.

use jonbar_record::{EventKind, PactType};

use crate::lexicon::office_at;
use crate::sentence::distinct;

/// The types of obligation that a clause names.
pub(super) fn types(words: &[&str], pact: Option<PactType>) -> Vec<PactType> {
    let named = words.iter().filter_map(|w| {
        Some(match *w {
            "friendship" | "amity" => PactType::Friendship,
            "neutrality" => PactType::Neutrality,
            "guarantee" | "guarantees" => PactType::Guarantee,
            "alliance" | "assistance" => PactType::Defence,
            "peace" => PactType::Peace,
            "consultation" => PactType::Consultation,
            w if w.starts_with("nonag") => PactType::Nonaggression,
            _ => return None,
        })
    });
    distinct(pact.into_iter().chain(named))
}

/// Whether an office is named here, and nothing is done to it: "the premiership", "the Foreign Office".
fn office_in(words: &[&str]) -> bool {
    let folded: Vec<String> = words.iter().take(3).map(|w| (*w).to_owned()).collect();
    office_at(&folded).is_some()
}

/// Sorts of event that the other words of the clause make likelier or rule out.
pub(super) fn refine(kinds: &mut Vec<EventKind>, words: &[&str]) {
    use EventKind::*;
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let stem = |list: &[&str]| words.iter().any(|w| list.iter().any(|s| w.starts_with(s)));
    if has(&["relations"]) {
        let (opened, broken) = (
            stem(&["establish", "open", "restor", "resum", "recogni", "exchang", "normal", "enter"]),
            stem(&["broke", "sever", "suspend", "ended", "cut", "ruptur"]),
        );
        if broken && !opened {
            *kinds = vec![RelationsBroken];
        } else if opened {
            *kinds = vec![RelationsOpened];
        } else {
            // "Soviet-Finnish relations, 1920-1940" says nothing of them.
            kinds.retain(|k| !matches!(k, RelationsOpened | RelationsBroken));
        }
    }
    // "Troops entered the town": no pact. A state that attacks beside another joins its war.
    if kinds.contains(&ArmedDispute)
        && has(&["troops", "army", "forces", "soldiers", "divisions", "tanks", "columns"])
    {
        let joins = stem(&["join"]);
        kinds.retain(|k| !(matches!(k, PactSigned | Statement | ArmedDispute) || joins && *k == WarJoined));
        kinds.insert(0, ArmedDispute);
    }
    if kinds.contains(&DraftAgreed) && has(&["draft"]) && stem(&["agree", "initial", "accept"]) {
        *kinds = vec![DraftAgreed];
    }
    if kinds.first() == Some(&PactSigned) && stem(&["offer", "propos", "suggest"]) {
        kinds.retain(|k| *k != PactSigned);
        kinds.insert(0, Proposal);
    }
    // "Concluded a pact" is no end of talks.
    let talks = ["talk", "negotiat", "conversation", "conference", "without", "visit"];
    if kinds.first() == Some(&PactSigned) && stem(&["conclud"]) && !stem(&talks) {
        kinds.retain(|k| *k != NegotiationFailed);
    }
    // What is threatened is not done.
    if has(&["threatened", "threatens", "threatening"]) && has(&["to"]) {
        *kinds = vec![Statement, TerritorialDemand];
    }
    // "Was given the commissariat", "took over the Foreign Office".
    let office = (0..words.len()).any(|i| office_in(&words[i..]));
    let taken = stem(&["taken", "took", "takes", "taking", "given", "handed"]) || has(&["got", "inherited"]);
    if office && taken && kinds.contains(&TerritoryCeded) {
        *kinds = vec![OfficeTaken];
    }
    if has(&["sphere", "spheres"]) && !kinds.contains(&PactSigned) {
        kinds.retain(|k| *k != SphereConceded);
        kinds.insert(0, SphereConceded);
    }
    if stem(&["resign"]) && stem(&["offer", "tender", "hand"]) {
        *kinds = vec![OfficeLeft];
    }
    if kinds.contains(&OfficeTaken) && stem(&["dismiss", "resign", "sacked", "ousted", "fell"]) {
        kinds.retain(|k| *k != OfficeTaken);
    }
}
