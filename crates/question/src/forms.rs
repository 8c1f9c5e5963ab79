//! The forms of question other than what-ifs: how they are told apart and what each asks.

use jonbar_record::{ActorId, GroupId, NameKind, Record};

use crate::claim::{claim, names_sort, told_time};
use crate::lexicon::{
    Verb, auxiliary, denies, denies_thing, denies_verb, is_demand_noun, is_quiet, office_at, pact_at,
};
use crate::reading::{Ask, Focus, Form, Found};
use crate::sentence::Sentence;

/// Whether something became more or less common.
pub(crate) fn is_trend(s: &Sentence) -> bool {
    s.has(&[
        "fashion",
        "fashionable",
        "trend",
        "decline",
        "declined",
        "disappeared",
        "obsolete",
        "popular",
        "popularity",
        "vogue",
        "rarer",
        "commoner",
        "soared",
        "multiplied",
        "mushroomed",
        "boomed",
        "peaked",
        "dwindled",
        "vanished",
        "proliferated",
    ]) || s.has_phrase(&["number", "of"])
        && s.has(&["rose", "fell", "grew", "shot", "dropped", "increased", "decreased", "declined"])
        || s.has_phrase(&["more", "common"])
        || s.has_phrase(&["less", "common"])
        || s.has_phrase(&["fell", "out"])
        || s.has_phrase(&["died", "out"])
        || s.has_phrase(&["out", "of", "use"])
        || s.has_phrase(&["out", "of", "style"])
        || s.has_phrase(&["out", "of", "favour"])
        || s.has_phrase(&["out", "of", "favor"])
}

/// A sentence about how often things happen, or whether they became more or less common.
pub(crate) fn generalisation(record: &Record, s: &Sentence, focus: &Focus) -> Option<Form> {
    // "How many ultimatums did Lithuania receive in 1940?" asks for those of the record, and not for a share of them.
    let answered = ["met", "accepted", "refused", "rejected", "conceded", "resisted"];
    if s.starts(&["how", "many", "ultimatums"]) && !focus.actors.is_empty() && !s.has(&answered) {
        return None;
    }
    // "The term fell out of fashion", said of nothing named, is said of what such debates are about.
    let said_of_them = s.has(&["term", "they"]) && s.actors().is_empty();
    let trend = is_trend(s) && (s.pact().is_some() || focus.pact.is_some() || said_of_them);
    // "More common between neighbours", "after 1933": not over the whole time and of all.
    let of_some = names_sort(s);
    let timed = !s.dates.is_empty() || told_time(record, s).is_some();
    if trend && !of_some && !timed {
        return Some(Form::Trend { focus: focus.clone() });
    }
    let claimed =
        claim(record, s, focus).map(|claim| Form::BaseRate { claim: Box::new(claim), focus: focus.clone() });
    claimed.or_else(|| (trend && !of_some && !timed).then(|| Form::Trend { focus: focus.clone() }))
}

/// Groups of states that the casebook does not mark.
const GROUPS: [&str; 6] = ["neutrals", "fascists", "communists", "monarchies", "republics", "empires"];

/// Words naming a group of states that the casebook does not mark.
pub(crate) fn unmarked_group(s: &Sentence) -> Option<String> {
    let group = s.folded.iter().position(|w| GROUPS.contains(&w.as_str()));
    group.map(|i| s.words[i].raw.clone())
}

pub(crate) fn comparison(s: &Sentence, focus: &Focus, before: &Focus) -> Option<Form> {
    let singled_out = s.has_phrase(&["of", "all"])
        || s.has_phrase(&["in", "particular"])
        || s.has(&["especially", "particularly"])
        || s.has_phrase(&["rather", "than"])
        || s.has_phrase(&["more", "than"])
        || s.has_phrase(&["and", "not"]) && focus.territories.len() >= 2;
    let lands = s.has(&["territories", "territory", "lands", "losses", "lost", "claims", "provinces"])
        || !focus.territories.is_empty();
    if !(s.has(&["why", "which"]) && singled_out && lands) {
        return None;
    }
    let claimant = focus.actors.first().copied().or(before.actors.first().copied())?;
    Some(Form::Comparison { claimant, territory: focus.territories.first().copied(), focus: focus.clone() })
}

/// "Why Poland and not Romania?", "they could, so why not these two?"
pub(crate) fn contrast(
    record: &Record,
    s: &Sentence,
    focus: &Focus,
    before: &Focus,
    assumed: &mut Vec<String>,
) -> Option<Form> {
    let why = s.has(&["why", "impossible", "odd", "strange", "see", "wonder"]);
    let marker = s.folded.iter().position(|w| {
        matches!(
            w.as_str(),
            "not"
                | "impossible"
                | "but"
                | "never"
                | "didnt"
                | "couldnt"
                | "wouldnt"
                | "while"
                | "whereas"
                | "cannot"
        )
    });
    let about_signing = s.pact().is_some()
        || s.folded.iter().any(|w| matches!(Verb::of(w), Some(Verb::Sign)))
        || before.pact.is_some() && s.has(&["one", "it", "did", "could", "and"]);
    if !why || marker.is_none() || !about_signing {
        return None;
    }
    let said = s.mentions();
    let mut distinct: Vec<ActorId> = Vec::new();
    for (_, a) in &said {
        if !distinct.contains(a) {
            distinct.push(*a);
        }
    }
    let known = &before.actors;
    let (example, subject) = match distinct.len() {
        3 => {
            let first = (distinct[0], distinct[1]);
            let third = distinct[2];
            // Where the third state is first named, and who is named again beside it.
            let at = said.iter().find(|(_, a)| *a == third).map_or(0, |(i, _)| *i);
            let again = said
                .iter()
                .skip_while(|(i, a)| !(*i > said[1].0 && (*a == first.0 || *a == first.1)) && *i <= at)
                .find(|(i, a)| *a != third && *i > said[1].0)
                .map(|(_, a)| *a);
            // "but Romania could not" takes the place of who signed; "and not with Romania" that of the partner.
            let partner = s.folded[..at].iter().rev().take(3).any(|w| w == "with" || w == "not");
            let hub = again.unwrap_or({
                let with = s.folded[..said[1].0].iter().rev().take(3).any(|w| w == "with");
                match (partner, with) {
                    (true, _) | (_, false) => first.0,
                    (false, true) => first.1,
                }
            });
            let other = if hub == first.0 { first.1 } else { first.0 };
            // "Why did Romania not sign while Poland did?" asks about those named first.
            let turn = s.folded.iter().position(|w| {
                matches!(w.as_str(), "while" | "whereas" | "when" | "but" | "although" | "though" | "yet")
            });
            let denied = s.folded.iter().position(|w| denies_verb(w));
            match (denied, turn) {
                (Some(denied), Some(turn)) if denied < turn && turn <= at => ((hub, third), (hub, other)),
                _ => ((hub, other), (hub, third)),
            }
        }
        // "why Poland and not Romania": one partner each, of the state the discussion is about.
        2 if known.len() >= 2 && known.contains(&distinct[1]) && !known.contains(&distinct[0]) => {
            let hub = *known.iter().find(|a| **a != distinct[1])?;
            ((hub, distinct[0]), (hub, distinct[1]))
        }
        2 if known.len() >= 2 && known.contains(&distinct[0]) && !known.contains(&distinct[1]) => {
            ((distinct[0], distinct[1]), (known[0], known[1]))
        }
        1 if known.len() >= 2 && !known.contains(&distinct[0]) => {
            ((known[0], distinct[0]), (known[0], known[1]))
        }
        _ => return None,
    };
    if example == subject || subject.0 == subject.1 || example.0 == example.1 {
        return None;
    }
    assumed.push(format!(
        "The case held up as an example is {} and {}; the one asked about is {} and {}.",
        record.actors[example.0.0].in_sentence(),
        record.actors[example.1.0].in_sentence(),
        record.actors[subject.0.0].in_sentence(),
        record.actors[subject.1.0].in_sentence()
    ));
    let mut focus = focus.clone();
    focus.pact = focus.pact.or(before.pact);
    Some(Form::Contrast { example, subject, focus })
}

/// What moved a state to something, as the second word of a question: "What pushed Turkey into ...?"
const MOVED: [&str; 10] = [
    "pushed",
    "drove",
    "brought",
    "prompted",
    "induced",
    "persuaded",
    "convinced",
    "forced",
    "caused",
    "motivated",
];

pub(crate) fn is_motive(s: &Sentence) -> bool {
    s.folded.iter().any(|w| w.starts_with("motiv") || w.starts_with("incentive"))
        || s.starts(&["why"])
        || s.has_phrase(&["what", "moved"])
        || s.has_phrase(&["what", "led"])
        || s.has_phrase(&["what", "made"])
        // "What was Mussolini after when he signed?"
        || (s.starts(&["what", "was"]) || s.starts(&["what", "were"]))
            && s.folded.windows(2).any(|w| w[0] == "after" && matches!(w[1].as_str(), "when" | "in" | "with" | "there"))
        || s.starts(&["what"])
            && s.folded.get(s.opening() + 1).is_some_and(|w| MOVED.contains(&w.as_str()))
            && (s.opening() + 2..s.opening() + 4).any(|i| s.names.iter().any(|n| n.span.start == i))
        || (s.has(&["reasons", "reason"]) && s.has(&["what", "which"]))
}

/// Whether a statement denies that something was done: "never signed", "did not attack".
pub(crate) fn denies_an_act(s: &Sentence) -> bool {
    (0..s.folded.len()).any(|i| {
        // Not to honour a pact is to break it.
        let acts =
            s.folded.iter().skip(i + 1).take(3).any(|w| Verb::of(w).is_some_and(|v| v != Verb::Honour));
        (denies_verb(&s.folded[i]) || s.folded[i] == "never") && acts
    })
}

/// A question about what happened.
pub(crate) fn is_fact(s: &Sentence) -> bool {
    let first = s.folded.get(s.opening()).map_or("", String::as_str);
    matches!(
        first,
        "did"
            | "was"
            | "were"
            | "when"
            | "who"
            | "which"
            | "has"
            | "have"
            | "had"
            | "is"
            | "where"
            | "how"
            | "what"
            | "for"
            | "does"
            | "in"
            | "by"
            | "until"
            | "on"
    ) && s.is_question()
        || matches!(first, "at" | "to" | "from" | "with" | "against" | "between")
            && matches!(s.folded.get(s.opening() + 1).map(String::as_str), Some("whom" | "which" | "what"))
            && s.is_question()
        || s.has_phrase(&["is", "it", "true"])
        || s.has_phrase(&["tell", "me", "about"])
}

/// "The ultimatums to the Baltic states in 1940" asks of each of them; "any Baltic state", "which of the Baltic states" do not.
pub(crate) fn names_all_of_a_group(s: &Sentence) -> bool {
    const SOME: [&str; 11] =
        ["any", "every", "each", "most", "many", "none", "some", "one", "of", "all", "both"];
    let [group] = &s.groups[..] else { return false };
    let named_whole =
        s.before(group.span.start, 1) == "the" && !SOME.contains(&s.before(group.span.start, 2));
    let plural = s.words[group.span.end - 1].raw.ends_with('s');
    named_whole && plural && !s.actors().is_empty()
}

/// "Who were the members of the Little Entente?", "Which countries were in it?"
pub(crate) fn members_of(s: &Sentence) -> Option<GroupId> {
    let [group] = &s.groups[..] else { return None };
    let asks = s.starts(&["who"]) || s.starts(&["which"]) || s.starts(&["what"]);
    let before = |places: usize| s.before(group.span.start, places);
    let inside = before(1) == "in" || before(1) == "the" && before(2) == "in";
    let member =
        s.has(&["member", "members", "belonged", "belong"]) || inside && s.has(&["were", "was", "are"]);
    // "Which of the Baltic states were in the League?", "who attacked the members of ...?" ask something else of them.
    let last = group.span.end == s.folded.len();
    let more = (0..group.span.start).any(|i| {
        Verb::of(&s.folded[i]).is_some()
            || denies_verb(&s.folded[i])
            || denies_thing(&s.folded[i])
            || pact_at(&s.folded[i..]).is_some()
            || is_demand_noun(&s.folded[i])
    });
    (!more && asks && member && last && s.is_question() && s.actors().is_empty()).then_some(group.group)
}

/// Words for those who are bound to each other by an alliance.
pub(crate) fn of_alliances(s: &Sentence) -> bool {
    s.has(&["allied", "ally", "allies"]) || obliged(s)
}

/// "Who was obliged to defend Czechoslovakia in 1938?"
fn obliged(s: &Sentence) -> bool {
    let bound = ["obliged", "obligated", "bound", "committed", "pledged", "sworn", "supposed"];
    (0..s.folded.len()).any(|i| {
        bound.contains(&s.folded[i].as_str())
            && s.folded.get(i + 1).is_some_and(|w| w == "to")
            && s.folded.get(i + 2).is_some_and(|w| {
                matches!(w.as_str(), "defend" | "help" | "aid" | "assist" | "protect" | "support" | "come")
            })
    })
}

/// "Of their own", "with each other": a pact among those named as one.
pub(crate) fn among_themselves(s: &Sentence) -> bool {
    s.has_phrase(&["of", "their", "own"])
        || s.has_phrase(&["each", "other"])
        || s.has_phrase(&["one", "another"])
        || s.has_phrase(&["among", "themselves"])
        || s.has_phrase(&["between", "themselves"])
        || s.has_phrase(&["with", "themselves"])
}

/// What a fact question wants to know; `None` if its verb is not one the record can answer.
pub(crate) fn fact_asked(s: &Sentence) -> Option<Ask> {
    let stem = |stems: &[&str]| s.folded.iter().any(|w| stems.iter().any(|t| w.starts_with(t)));
    let pact = s.pact().is_some() || s.named_pact().is_some();
    let regime = stem(&["democra", "dictator", "autocra"]) && !pact;
    let copula = ["was", "were", "is", "are", "wasnt", "werent"].iter().any(|w| s.starts(&[w]));
    let acts = s.folded.iter().any(|w| Verb::of(w).is_some());
    if regime && copula && !acts && !s.has_people() && !s.actors().is_empty() {
        return Some(Ask::Regime);
    }
    // Truces have no sort of their own.
    let asks_which = ["when", "what", "who", "where"].iter().any(|w| s.starts(&[w]));
    let own = |i: usize| {
        let truce =
            matches!(s.folded[i].as_str(), "armistice" | "truce" | "ceasefire" | "plebiscite" | "referendum");
        // "After the plebiscite" is a time.
        truce && !(1..=2).any(|n| matches!(s.before(i, n), "after" | "before" | "since" | "until" | "time"))
    };
    let who_won = s.starts(&["who", "won"]) && s.has(&["war"]);
    if who_won || asks_which && (0..s.folded.len()).any(own) {
        return None;
    }
    let office = (0..s.folded.len()).any(|i| office_at(&s.folded[i..]).is_some())
        || stem(&["govern", "ruled"]) && !stem(&["recogni"])
        || s.has_phrase(&["in", "office"])
        || s.has_phrase(&["in", "power"])
        || s.starts(&["who"]) && (s.has(&["running", "ran"]) || s.has_phrase(&["in", "charge"]));
    if office && s.starts(&["who"]) || office && !pact && !stem(&["attack", "invad", "propos", "demand"]) {
        return Some(Ask::Office);
    }
    let inside = s.has_phrase(&["in", "the", "league"]);
    if s.has(&["league"])
        && (inside
            || stem(&["join", "enter", "admit", "member", "leav", "left", "quit", "withdr", "walk", "expel"]))
    {
        return Some(Ask::League);
    }
    // "Did they have a pact in 1938?" asks what stood then, not what was signed then.
    let dated = (0..s.folded.len()).any(|i| s.in_date(i));
    let had = s.has(&["have", "had", "has"]);
    let signs = s
        .folded
        .iter()
        .any(|w| matches!(Verb::of(w), Some(Verb::Sign | Verb::Renew | Verb::Join | Verb::Propose)));
    if dated
        && had
        && pact
        && !signs
        && !stem(&["propos", "offer", "negotiat", "talk", "broke", "denounc", "violat"])
        || s.has_phrase(&["in", "force"])
        || stem(&["valid", "bound", "allied", "allies", "ally"])
        || obliged(s)
        || pact && s.has(&["covered", "protected"])
        || pact && s.has_phrase(&["how", "long"])
        || s.has(&["what", "which", "how"]) && pact && s.has(&["have", "has", "held", "hold"])
    {
        return Some(Ask::InForce);
    }
    if stem(&["propos", "offer", "negotiat", "talk", "suggest"]) || s.has(&["sought", "seek", "approach"]) {
        return Some(Ask::Proposed);
    }
    let answered = s.folded.iter().any(|w| matches!(Verb::of(w), Some(Verb::Accept | Verb::Refuse)));
    if answered && s.folded.iter().any(|w| is_demand_noun(w)) {
        return Some(Ask::Answered);
    }
    if s.has(&["demand", "demanded", "demands", "ultimatum", "ultimatums", "claimed", "claim", "claims"]) {
        return Some(Ask::Demands);
    }
    let ends = (0..s.folded.len()).any(|i| {
        let stem = ["end", "expir", "laps"].iter().any(|t| s.folded[i].starts_with(t));
        // "By the end of 1939", "what happened to it in the end"
        let in_the_end = s.before(i, 1) == "the" && s.before(i, 2) == "in";
        stem && !(s.folded[i] == "end" && (in_the_end || s.folded.get(i + 1).is_some_and(|w| w == "of")))
    });
    if pact && ends {
        return Some(Ask::Ended);
    }
    // "Did Britain keep its promise to Greece?"
    if s.has(&["promise", "promises", "pledge", "commitment", "commitments"])
        && stem(&["kept", "keep", "honour", "honor", "broke", "break"])
    {
        return Some(Ask::Broken);
    }
    let honoured = s.folded.iter().any(|w| Verb::of(w) == Some(Verb::Honour));
    if pact && (honoured || stem(&["abrogat", "renounc", "tore", "kept", "keep"])) {
        return Some(Ask::Broken);
    }
    let war = s.has_phrase(&["broke", "out"]) || s.has_phrase(&["broken", "out"]);
    if stem(&["broke", "break", "denounc", "violat"]) && !s.has(&["relations"]) && !war {
        return Some(Ask::Broken);
    }
    if s.has(&["relations"]) || stem(&["recogni"]) {
        return Some(Ask::Relations);
    }
    // "Did Poland take any land from Czechoslovakia?"
    let land = s.has(&["land", "lands", "territory", "territories", "province", "provinces"])
        && !s.actors().is_empty();
    if land
        && stem(&[
            "took", "take", "taken", "seiz", "annex", "gain", "lose", "lost", "cede", "grab", "get", "got",
        ])
        && !s.starts(&["how"])
    {
        return Some(Ask::Territory);
    }
    // "Which territories changed hands in 1940?"
    if s.has_phrase(&["changed", "hands"]) || s.has_phrase(&["change", "hands"]) {
        return Some(Ask::Territory);
    }
    // "When did Italy join the war?"
    if s.has_phrase(&["the", "war"]) && stem(&["join", "enter"]) {
        return Some(Ask::Force);
    }
    if !s.territories().is_empty()
        && (stem(&[
            "get", "got", "regain", "recover", "own", "held", "hold", "belong", "possess", "control", "cede",
            "annex", "part", "lost", "took", "take", "gave", "return", "occup", "seiz",
        ]) || s.starts(&["who"])
            || s.starts(&["was"])
            || s.starts(&["is"]))
    {
        return Some(Ask::Territory);
    }
    // "Did they sign one hours before the bombs fell?"
    let first = s.folded.iter().find_map(|w| Verb::of(w));
    if pact && asks_yes_or_no(s) && first == Some(Verb::Sign) && s.has(&["before", "after", "when", "while"])
    {
        return Some(Ask::Signed);
    }
    if stem(&["attack", "force", "invad", "fight", "fought", "bomb", "occup"])
        || s.has(&["war", "wars"]) && !s.has_phrase(&["the", "war"])
        || s.has_phrase(&["at", "war"])
    {
        return Some(Ask::Force);
    }
    if s.folded.iter().any(|w| matches!(Verb::of(w), Some(Verb::Sign | Verb::Renew | Verb::Join)))
        || pact && (s.has(&["have", "had", "there", "did", "was", "were"]) || s.starts(&["when"]))
    {
        return Some(Ask::Signed);
    }
    if s.has(&["happened", "happen", "know", "tell", "did"]) && s.has(&["what"])
        || s.has_phrase(&["tell", "me"])
    {
        return Some(Ask::Anything);
    }
    None
}

/// "When was the plebiscite in Upper Silesia?": the words by which an entry can be found, where something is named that it must have.
pub(crate) fn looked_up(s: &Sentence, focus: &Focus) -> Option<Vec<String>> {
    let asks = s.starts(&["when"]) || s.starts(&["who"]) || s.starts(&["where"]) || s.starts(&["what"]);
    let words = s.telling(s.opening()..s.folded.len(), |i| {
        // A capital is a place too.
        let place = s.names.iter().any(|n| n.span.contains(&i) && n.kind == NameKind::Metonym);
        let asks = ["when", "who", "where", "what", "year", "date", "day", "happened"];
        s.in_name(i) && !place || s.in_group(i) || asks.contains(&s.folded[i].as_str())
    });
    (asks && !focus.is_empty() && !words.is_empty() && denials(s) == 0).then_some(words)
}

/// Words that make a condition which no answer weighs, as long as they are not part of a date.
const CONDITIONS: [&str; 12] = [
    "only", "before", "after", "when", "while", "despite", "because", "without", "until", "since", "once",
    "unless",
];

fn is_condition(s: &Sentence, i: usize) -> bool {
    // "When did ...?" asks for the time itself.
    i > s.opening() && CONDITIONS.contains(&s.folded[i].as_str()) && !s.in_date(i)
}

/// How often the sentence denies.
pub(crate) fn denials(s: &Sentence) -> usize {
    s.folded.iter().filter(|w| denies(w)).count()
}

pub(crate) fn asks_yes_or_no(s: &Sentence) -> bool {
    let first = s.folded.get(s.opening()).map_or("", String::as_str);
    let is_it_true = s.has_phrase(&["is", "it", "true"]);
    is_it_true
        || matches!(
            first,
            "did" | "didnt" | "was" | "wasnt" | "were" | "werent" | "is" | "has" | "had" | "have" | "does"
        )
}

/// What it means for the question if something is found.
pub(crate) fn found_means(s: &Sentence, ask: Ask) -> Found {
    let verb = |verbs: &[Verb]| s.folded.iter().any(|w| Verb::of(w).is_some_and(|v| verbs.contains(&v)));
    let pact = s.pact().is_some() || s.named_pact().is_some();
    // "a state it had a pact with": one thing is listed, the other is not weighed.
    let two_things = pact && matches!(ask, Ask::Force | Ask::Territory | Ask::Relations)
        || matches!(ask, Ask::Signed | Ask::Proposed)
            && verb(&[Verb::Accept, Verb::Refuse, Verb::Fail, Verb::Renew])
        || (0..s.folded.len()).any(|i| office_at(&s.folded[i..]).is_some());
    if !asks_yes_or_no(s)
        || matches!(ask, Ask::Anything | Ask::Answered | Ask::Relations | Ask::League)
        || two_things
        || (0..s.folded.len()).any(|i| is_condition(s, i))
    {
        return Found::Open;
    }
    // "Didn't X sign?" expects a yes.
    let denied = s.folded.iter().skip(s.opening() + 1).filter(|w| denies(w)).count() % 2 == 1;
    let kept = ask == Ask::Broken && (verb(&[Verb::Honour]) || s.has(&["kept", "keep"]));
    match (kept, denied) {
        (true, false) => Found::No,
        (false, true) => Found::Contrary,
        _ => Found::Yes,
    }
}

/// The state that the question says acted: "Did Poland propose ...", "broken by Germany".
pub(crate) fn fact_agent(s: &Sentence, ask: Ask) -> Option<ActorId> {
    let said = s.mentions();
    // "How many ultimatums did Lithuania receive?"
    if ask == Ask::Demands
        && s.has(&["receive", "received", "given", "face", "faced", "get", "got", "handed"])
    {
        return None;
    }
    // "How many ultimatums did Moscow hand out?"
    let hands = |i: usize| {
        matches!(s.folded[i].as_str(), "hand" | "send" | "issue" | "deliver" | "present" | "make" | "serve")
    };
    let did = s.folded.iter().position(|w| w == "did");
    if let (Ask::Demands, Some(did), Some((at, actor))) = (ask, did, said.first())
        && *at > did
        && *at <= did + 2
        && (at + 1..s.folded.len().min(at + 3)).any(hands)
    {
        return Some(*actor);
    }
    if let Some(by) = s.folded.iter().position(|w| w == "by")
        && let Some((_, actor)) = said.iter().find(|(i, _)| *i > by)
    {
        return Some(*actor);
    }
    // Active voice: the first state, if it comes before the verb.
    let verb = s.folded.iter().position(|w| {
        matches!(
            Verb::of(w),
            Some(
                Verb::Propose
                    | Verb::Break
                    | Verb::Attack
                    | Verb::Demand
                    | Verb::Seize
                    | Verb::Fight
                    | Verb::Honour
            )
        ) || ask == Ask::Answered && matches!(Verb::of(w), Some(Verb::Accept | Verb::Refuse))
    })?;
    // "Was Denmark attacked": it did not act.
    let passive = s.folded[..verb].iter().rev().take(2).any(|w| auxiliary(w) == Some(true))
        || s.starts(&["was"])
        || s.starts(&["were"]);
    if passive {
        return None;
    }
    let before: Vec<ActorId> = said.iter().filter(|(i, _)| *i < verb).map(|(_, a)| *a).collect();
    match before[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// Words of a fact question that were not made use of.
pub(crate) fn unused(s: &Sentence) -> Vec<usize> {
    const USED: &[&str] = &[
        "democracy",
        "replaced",
        "succeeded",
        "followed",
        "get",
        "got",
        "dictatorship",
        "autocracy",
        "democratic",
        "true",
        "happen",
        "happened",
        "know",
        "known",
        "sign",
        "many",
        "long",
        "often",
        "first",
        "force",
        "valid",
        "bound",
        "owned",
        "owner",
        "held",
        "hold",
        "belong",
        "belonged",
        "control",
        "controlled",
        "possess",
        "ruled",
        "governed",
        "minister",
        "allied",
        "allies",
        "ally",
        "wars",
        "territory",
        "territories",
        "land",
        "lands",
        "province",
        "tell",
        "sides",
        "last",
        "lasted",
        "end",
        "ended",
        "work",
        "come",
        "came",
        "existed",
        "have",
        "take",
        "took",
        "lost",
        "lose",
        "part",
        "pacts",
        "treaties",
        "break",
        "breaks",
        "propose",
        "proposed",
        "talks",
        "sought",
        "seek",
        "approach",
        "ultimatum",
        "wwii",
        "power",
        "occupied",
        "annexed",
        "ceded",
        "gave",
        "hand",
        "back",
        "entry",
        "record",
        "want",
        "wanted",
        "made",
        "motivated",
        "motive",
        "motives",
        "reason",
        "reasons",
        "incentive",
        "led",
        "moved",
        "enter",
        "covered",
        "protected",
        "without",
        "running",
        "longest",
        "anybody",
        "anyone",
        "somebody",
        "obliged",
        "obligated",
        "committed",
        "pledged",
        "defend",
        "help",
        "aid",
        "assist",
        "protect",
        "regain",
        "regained",
        "own",
        "promise",
        "promises",
        "pledge",
    ];
    let answered = s.folded.iter().any(|w| is_demand_noun(w));
    (0..s.folded.len())
        .filter(|&i| {
            let word = s.folded[i].as_str();
            let league =
                ["member", "members", "left", "leave", "quit", "european", "thrown", "expelled", "entered"];
            let named = s.in_name(i)
                || s.has(&["league"]) && league.contains(&word)
                || matches!(word, "hands" | "changed") && s.has_phrase(&["changed", "hands"]);
            let pact =
                (i.saturating_sub(2)..=i).any(|j| pact_at(&s.folded[j..]).is_some_and(|(_, n)| j + n > i));
            let office =
                (i.saturating_sub(1)..=i).any(|j| office_at(&s.folded[j..]).is_some_and(|(_, n)| j + n > i));
            !(named
                || s.in_date(i)
                || MOVED.contains(&word)
                || pact
                || office
                || is_quiet(word) && !is_condition(s, i)
                || is_demand_noun(word)
                || Verb::of(word).is_some_and(|v| answered || !matches!(v, Verb::Accept | Verb::Refuse))
                || USED.contains(&word))
        })
        .collect()
}
