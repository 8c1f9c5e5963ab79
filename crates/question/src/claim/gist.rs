//! The gist of a sentence that no rule reads whole: where one of its clauses names what is counted and what is said of it, and little
//! else, the claim made of these. A clause that narrows its cases by anything that would be lost comes to no claim.

use jonbar_record::{ActorId, Record};

use super::cases::sorts;
use super::nearest::{DEMANDED, IN_OFFICE, Spoken, hinted, sentence, spoken_of, those_of, whose};
use super::{Sort, counts, is_rule, number, says_how_often, speaks_of_many};
use crate::lexicon::{auxiliary, denies, denies_thing, denies_verb, is_quiet};
use crate::sentence::Sentence;
use crate::vague::Vague;

/// Where one clause ends and another begins.
const JOINTS: [char; 4] = [',', ';', ':', '.'];

/// Words that a clause may have beside those that are counted, and lose nothing by it.
const IDLE: [&str; 53] = [
    "state",
    "states",
    "country",
    "countries",
    "nation",
    "nations",
    "power",
    "powers",
    "you",
    "made",
    "more",
    "less",
    "only",
    "ever",
    "good",
    "great",
    "deal",
    "much",
    "far",
    "own",
    "led",
    "lead",
    "leads",
    "gets",
    "got",
    "get",
    "same",
    "inside",
    "within",
    "one",
    "next",
    "whoever",
    "anyone",
    "nobody",
    "diplomatic",
    "territorial",
    "minister",
    "ministers",
    "foreign",
    "prime",
    "kept",
    "job",
    "europe",
    "european",
    "old",
    "end",
    "ended",
    "ends",
    "ending",
    "meant",
    "means",
    "resulted",
    "than",
];

/// Beginnings of words that name what is counted.
const NAMED: [&str; 30] = [
    "pact",
    "treat",
    "allian",
    "ally",
    "allie",
    "agreement",
    "guarant",
    "signed",
    "signing",
    "ultimatum",
    "demand",
    "claim",
    "disput",
    "irredent",
    "revision",
    "land",
    "territor",
    "border",
    "frontier",
    "annex",
    "seiz",
    "province",
    "attack",
    "invad",
    "invas",
    "aggress",
    "war",
    "picked",
    "relations",
    "ties",
];

/// The claim that a sentence comes to; `None` where no clause names both parts, or where it compares what this cannot put.
pub(crate) fn gist(s: &Sentence, record: &Record) -> Option<String> {
    if s.is_question() || s.starts(&["if"]) {
        return None;
    }
    let special = [between_decades(s), in_office_compared(s, record), among_democracies(s)];
    if let Some(claim) = special.into_iter().flatten().next() {
        return Some(claim);
    }
    if !(is_rule(&s.text) || counts(&s.text) || says_how_often(&s.text) || speaks_of_many(&s.text)) {
        return None;
    }
    let clauses = s.text.split(JOINTS).flat_map(|part| part.split(" - "));
    clauses
        .filter(|c| !c.trim().is_empty())
        .find_map(|clause| of_clause(&Sentence::of(clause.trim(), record), record))
}

fn of_clause(s: &Sentence, record: &Record) -> Option<String> {
    let spoken = spoken_of(s);
    let people = s.focus(record).people.len();
    let narrowed = s.actors().len().max(people) + sorts(s, 0..s.folded.len()).len();
    // "Weaker than its own" is of which sort the other was.
    let than = |i: usize| {
        s.folded[i] == "than" && !matches!(s.before(i, 1), "weaker" | "smaller" | "stronger" | "bigger")
    };
    let compared = (0..s.folded.len()).any(than) || s.has(&["whereas", "while", "unlike", "as"]);
    // "Only Italy" is who, and not how often.
    let who = s.names.iter().any(|n| s.before(n.span.start, 1) == "only");
    // "Likelier to be attacked" is likelier than others.
    let likelier = s.has(&["likely", "likelier"]);
    if who || likelier || !spoken.named || narrowed > 1 || !s.dates.is_empty() || compared {
        return None;
    }
    let mut said = spoken.said.iter().filter(|(_, stems)| hinted(s, stems));
    // "Denounced pacts were followed by war" says one thing of some of them.
    let (first, second) = (said.next()?, said.next());
    let gave_in = hinted(s, &["conced", "gave", "giving", "cave", "yield", "appease"]);
    let of_met = gave_in && first.0 == DEMANDED[0].0;
    if second.is_some() && !of_met || unknown(s, &spoken) {
        return None;
    }
    // "Were met with demands" is not of demands that were met.
    let at = |stems: &[&str]| (0..s.folded.len()).find(|&i| stems.iter().any(|t| s.folded[i].starts_with(t)));
    if at(first.1) <= at(&NAMED).or(at(&["minister", "premier", "chancellor"])) {
        return None;
    }
    let about = if of_met { "Demands that were met" } else { &spoken.nouns[0] };
    let denied = s.folded.iter().any(|w| denies(w));
    let often = match Vague::find(&s.folded) {
        // "Not usually", "states that were not democracies": what is denied is not always how often.
        Some((word, _)) if denied && !matches!(word.word, "never" | "none") => return None,
        Some((word, _)) => word.word,
        None if denied => "rarely",
        None if s.has(&["only"]) => "always",
        // One case is no rule.
        None if !general(s) => return None,
        None => "mostly",
    };
    let of = whose(s, record, spoken.of);
    if hinted(s, &["guarant"]) && hinted(s, &["invad", "invas", "attack", "occup", "overrun"]) {
        return Some(format!("States with guarantees{of} were {often} invaded."));
    }
    Some(sentence(&format!("{about}{of}"), often, first.0))
}

/// Whether any word of a clause says something that the claim made of it does not.
fn unknown(s: &Sentence, spoken: &Spoken) -> bool {
    let known = |i: usize| {
        let word = s.folded[i].as_str();
        let hint = |stems: &[&str]| stems.iter().any(|t| word.starts_with(t));
        s.in_name(i)
            || s.in_group(i)
            || is_quiet(word)
            || auxiliary(word).is_some()
            || denies_verb(word)
            || denies_thing(word)
            || number(word).is_some()
            || Vague::at(&s.folded, i).is_some()
            || super::is_unit_of_time(word)
            || IDLE.contains(&word)
            || hint(&NAMED)
            || hint(&[
                "break", "broke", "sever", "cut", "ruptur", "conced", "gave", "giving", "cave", "yield",
            ])
            || spoken.said.iter().any(|(_, stems)| hint(stems))
            || !sorts(s, i..i + 1).is_empty()
    };
    // A word of a vague phrase belongs to it: "hardly ever".
    let vague = |i: usize| {
        (i.saturating_sub(3)..i)
            .any(|j| Vague::at(&s.folded, j).is_some_and(|v| j + v.word.split(' ').count() > i))
    };
    (0..s.folded.len()).any(|i| !known(i) && !vague(i))
}

/// Whether a clause speaks of many, or of whoever it may be.
fn general(s: &Sentence) -> bool {
    const NOUNS: [&str; 12] = [
        "pact",
        "treat",
        "allian",
        "guarantee",
        "ultimatum",
        "demand",
        "claim",
        "attack",
        "war",
        "state",
        "countr",
        "minister",
    ];
    let many = |w: &String| w.ends_with('s') && NOUNS.iter().any(|n| w.starts_with(n));
    let gerund = s.folded.first().is_some_and(|w| w.ends_with("ing"));
    s.folded.iter().any(many) || gerund || s.has(&["whoever", "anyone", "a", "an"])
}

/// "Territory changed hands by treaty in the twenties and by threats or force in the thirties."
pub(crate) fn between_decades(s: &Sentence) -> Option<String> {
    let stem = |stems: &[&str]| s.folded.iter().position(|w| stems.iter().any(|t| w.starts_with(t)));
    let (twenties, thirties) = (stem(&["twenties", "1920s", "20s"])?, stem(&["thirties", "1930s", "30s"])?);
    stem(&["territor", "land", "border", "frontier", "province"])?;
    let moves = s.has(&["hands", "redrawn", "shifted"]);
    let turned = |w: &String| denies(w) || matches!(w.as_str(), "nor" | "as" | "until");
    let named =
        !s.actors().is_empty() || !s.territories().is_empty() || s.has_people() || !s.groups.is_empty();
    if !moves || named || s.folded.iter().any(turned) {
        return None;
    }
    let (peace, force) = (stem(PEACEFUL)?, stem(FORCEFUL)?);
    // Each way stands with its decade: on one side of what joins the two.
    let joins = |i: &usize| matches!(s.folded[*i].as_str(), "and" | "while" | "whereas" | "but");
    let parts = |j: &usize| (peace < *j) != (force < *j) && (twenties < *j) != (thirties < *j);
    let joint = (0..s.folded.len()).filter(joins).find(parts)?;
    let together = (peace < joint) == (twenties < joint);
    let (peaceful, forceful) = if together { ("1920s", "1930s") } else { ("1930s", "1920s") };
    Some(format!("Changes of border were more often peaceful in the {peaceful} than in the {forceful}."))
}

/// Beginnings of words for ways in which land changes hands.
const PEACEFUL: &[&str] = &["treat", "vote", "arbitrat", "agree", "plebiscite", "negotiat", "peace"];
const FORCEFUL: &[&str] = &["force", "threat", "gun", "war", "arms", "sword"];

/// "Democracies did not use armed force against other democracies."
fn among_democracies(s: &Sentence) -> Option<String> {
    let democracies = s.folded.iter().filter(|w| w.starts_with("democrac")).count();
    let each = s.has_phrase(&["each", "other"]) || s.has_phrase(&["one", "another"]);
    let force = hinted(s, &["force", "fight", "fought", "attack", "war", "invad", "shoot"]);
    let denied = s.folded.iter().any(|w| denies(w));
    let own = sorts(s, 0..s.folded.len()).iter().all(|(_, sort)| *sort == Sort::Democracy);
    let other =
        s.has(&["than", "because", "unless", "until"]) || !s.actors().is_empty() || !s.dates.is_empty();
    let claim = (democracies == 2 || democracies == 1 && each) && force && denied && own && !other;
    claim.then(|| "Attacks by democracies were never on democracies.".to_owned())
}

/// "French foreign ministers came and went much faster than their British opposite numbers."
fn in_office_compared(s: &Sentence, record: &Record) -> Option<String> {
    let spoken = spoken_of(s);
    if spoken.said[0].0 != IN_OFFICE[0].0 || !s.dates.is_empty() {
        return None;
    }
    let name = |a: &ActorId| record.actors[a.0].in_sentence();
    let whose: Vec<String> = match &s.actors()[..] {
        [one, other] => vec![name(one), name(other)],
        _ => sorts(s, 0..s.folded.len()).iter().map(|(_, sort)| those_of(*sort, record)).collect(),
    };
    let [one, other] = &whose[..] else { return None };
    let joint = |w: &String| matches!(w.as_str(), "than" | "whereas" | "while" | "unlike" | "compared");
    let first = &s.folded[..s.folded.iter().position(joint)?];
    let says = |stems: &[&str]| first.iter().any(|w| stems.iter().any(|t| w.starts_with(t)));
    let denied = first.iter().any(|w| denies(w));
    // "Parliamentary governments" are states; others are an office too.
    let office = |i: usize| {
        matches!(s.folded[i].as_str(), "government" | "governments" | "cabinet" | "cabinets")
            && !matches!(s.before(i, 1), "parliamentary" | "democratic")
    };
    if (0..s.folded.len()).any(office) {
        return None;
    }
    // Who is replaced more often is in office for a shorter time, who stays more for a longer one.
    let replaced = says(&[
        "replac", "chang", "fell", "fall", "sack", "dismiss", "turned", "came", "come", "went", "left",
        "leav",
    ]);
    let stays = says(&["last", "stay", "kept", "keep", "serv", "held", "hold", "surviv", "remain"]);
    let more = says(&["more", "faster", "quicker", "sooner", "longer", "oftener"]);
    let less = says(&["less", "fewer", "slower", "shorter", "rarer"]);
    // "Nobody stayed for long ..., whereas": no degree is compared.
    let plainly = !more && !less && says(&["long", "quick", "fast"]);
    if replaced == stays || more == less && !plainly {
        return None;
    }
    let less = less ^ denied ^ replaced;
    let how = if less { "less long" } else { "longer" };
    Some(format!("{} of {one} lasted {how} than those of {other}.", spoken.nouns[0]))
}
