//! Which of two events came first, how long lay between them, and what came after one.

use jonbar_record::Entity;

use crate::lexicon::{Happening, Verb, is_quiet, pact_at};
use crate::sentence::Sentence;

/// "Which came first, the Balkan Pact or the Baltic Entente?", "How much time passed between Munich and the march into Prague?": the words
/// for the two events.
pub(crate) fn between(s: &Sentence) -> Option<(String, String)> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let until = |w: &str| matches!(w, "to" | "till" | "until" | "til");
    let n = s.folded.len();
    let opening = s.opening();
    // A part tells of an event: it names an agreement, or says what was done. States alone do not.
    let tells = |range: std::ops::Range<usize>| {
        range.clone().any(|i| {
            let named = s.names.iter().any(|x| x.span.contains(&i) && !matches!(x.entity, Entity::Pact(_)));
            let pact = s.names.iter().any(|x| x.span.contains(&i) && matches!(x.entity, Entity::Pact(_)));
            let called = s.labels.contains(&i) || s.strangers.contains(&i) || s.in_group(i);
            let place = s.words[i].raw.starts_with(char::is_uppercase) && !named;
            let done =
                Verb::phrase(&s.folded[i..range.end]).is_some() || pact_at(&s.folded[i..range.end]).is_some();
            pact || called
                || place
                || !named && !s.in_date(i) && (done || Happening::of(&s.folded[i]).is_some())
        })
    };
    let part =
        |from: usize, to: usize| (from < to && to <= n && tells(from..to)).then(|| s.quote(&(from..to)));
    let first = (opening..n).find(|&i| matches!(word(i), "first" | "earlier" | "sooner"));
    if let (true, Some(first)) = (word(opening) == "which" && s.has(&["came", "was", "happened"]), first) {
        let or = (first + 1..n).find(|&i| word(i) == "or" && !s.in_date(i))?;
        return Some((part(first + 1, or)?, part(or + 1, n)?));
    }
    if let Some((one, other)) = either_first(s) {
        return Some((one, other));
    }
    // "From the note to Bucharest until the Red Army crossed": "to" joins the two where nothing plainer does.
    let joint = |from: usize, to: usize| {
        let free = |i: &usize| !s.in_date(*i);
        let plain = (from..to).filter(free).find(|&i| until(word(i)) && word(i) != "to");
        plain.or_else(|| (from..to).filter(free).rfind(|&i| word(i) == "to"))
    };
    // Behind "from" and "until" stand events, whatever words tell of them.
    let end = |from: usize, to: usize| {
        let named = s.names.iter().any(|x| (from..to).contains(&x.span.start));
        let alone = s.names.iter().any(|x| x.span.start == from && x.span.end == to);
        let event = named && !alone && to > from + 1;
        (event && to <= n).then(|| s.quote(&(from..to))).or_else(|| part(from, to))
    };
    // "From Ribbentrop first raising Danzig to the first shots: how long was that?"
    if word(opening) == "from" && s.is_question() {
        let asked = (opening..n).find(|&i| word(i) == "how" && matches!(word(i + 1), "long" | "many"))?;
        let to = joint(opening + 2, asked)?;
        return Some((end(opening + 1, to)?, end(to + 1, asked)?));
    }
    let long = matches!((word(opening), word(opening + 1)), ("how", "long" | "much" | "many"));
    let time = word(opening + 1) == "long" || s.has(&["time", "days", "weeks", "months", "years"]);
    let from_to = s.has(&["from"]) && (opening..n).any(|i| until(word(i)));
    if !long || !time || !(s.is_question() || from_to) {
        return None;
    }
    // "How many days from Molotov's note till the Red Army crossed?"
    let from = (opening..n).find(|&i| word(i) == "from" && !s.in_date(i));
    if let Some(from) = from
        && let Some(to) = joint(from + 2, n)
    {
        return Some((end(from + 1, to)?, end(to + 1, n)?));
    }
    let marker =
        (opening..n).find(|&i| matches!(word(i), "between" | "after" | "before") && !s.in_date(i))?;
    if word(marker) == "between" {
        // Of several "and" the one that is followed by most of a phrase of its own.
        let and = (marker + 2..n).find(|&i| {
            word(i) == "and"
                && !s.in_date(i)
                && !s.names.iter().any(|x| x.span.end == i && s.names.iter().any(|y| y.span.start == i + 1))
        })?;
        return Some((part(marker + 1, and)?, part(and + 1, n)?));
    }
    // "How long after Munich did Germany occupy Prague?"
    let did = (marker + 1..n).find(|&i| matches!(word(i), "did" | "was" | "were"))?;
    Some((part(marker + 1, did)?, part(did + 1, n)?))
}

/// "Was the USSR thrown out of the League before or after it attacked Finland?", "Did Hungary join the Tripartite Pact earlier than
/// Romania?": the words for the two events. A state that stands alone behind does what the first did.
fn either_first(s: &Sentence) -> Option<(String, String)> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let opening = s.opening();
    let n = s.folded.len();
    let asks = matches!(word(opening), "was" | "were" | "did" | "had" | "has" | "have");
    let joint = (opening + 2..n).find_map(|i| match (word(i), word(i + 1), word(i + 2)) {
        ("before", "or", "after") | ("after", "or", "before") => Some((i, i + 3)),
        ("earlier" | "sooner" | "later", "than", _) => Some((i, i + 2)),
        ("by", "the", "time") => Some((i, i + 3)),
        _ => None,
    });
    let (end, start) = joint.filter(|(_, start)| asks && s.is_question() && *start < n)?;
    let first = opening + 1..end;
    let who = s
        .names
        .iter()
        .find(|x| x.span.start >= first.start && x.span.end <= end && matches!(x.entity, Entity::Actor(_)))?;
    let telling = |range: std::ops::Range<usize>| {
        range.into_iter().any(|i| !s.in_name(i) && !is_quiet(&s.folded[i]) && word(i) != "did")
    };
    if !telling(who.span.end..end) {
        return None;
    }
    let second = start..n;
    let other = s.names.iter().find(|x| {
        second.contains(&x.span.start) && matches!(x.entity, Entity::Actor(_) | Entity::Territory(_))
    });
    let name = s.quote(&who.span);
    let pact = second.clone().any(|i| pact_at(&s.folded[i..n]).is_some())
        || s.names.iter().any(|x| second.contains(&x.span.start) && matches!(x.entity, Entity::Pact(_)));
    // "Was the USSR thrown out": it was.
    let done = match word(opening) {
        "was" | "were" => format!("{} {} ", word(opening), s.quote(&(who.span.end..end))),
        _ => s.quote(&(who.span.end..end)),
    };
    let done = done.trim_end();
    // "Attacked it": whoever is spoken of first.
    let it = |i: usize| matches!(word(i), "it" | "them") && i > start;
    let second_half = || {
        let said = |i: usize| if it(i) { name.clone() } else { s.words[i].raw.clone() };
        second.clone().map(said).collect::<Vec<_>>().join(" ")
    };
    // "By the time France did": who, and not whom.
    let did = |i: usize| matches!(word(i), "did" | "had" | "was" | "were");
    let lead = s.quote(&(first.start..who.span.end));
    let whole = format!("{lead} {done}");
    let of_same_sort = |x: &&crate::sentence::Name| {
        first.contains(&x.span.start)
            && x.span != who.span
            && other.is_some_and(|o| std::mem::discriminant(&o.entity) == std::mem::discriminant(&x.entity))
    };
    let behind = match (other, word(start)) {
        (_, "it" | "they" | "she" | "he") => format!("{name} {}", s.quote(&(start + 1..n))),
        // "Than by the Soviet Union", "than with Germany": in the place of what stood so before.
        (Some(other), joint @ ("by" | "with" | "on" | "from")) if !pact && !telling(start + 1..n) => {
            let at = whole.rfind(&format!(" {joint} "))?;
            format!("{} {joint} {}", &whole[..at], s.quote(&other.span))
        }
        // "Attack Albania earlier than Greece": whom, and not who.
        (Some(other), _) if !pact && !telling(second.clone()) => {
            match s.names.iter().rfind(of_same_sort).filter(|_| !second.clone().any(did)) {
                Some(object) => whole.replacen(&s.quote(&object.span), &s.quote(&other.span), 1),
                // "Than Romania", "by the time France did"
                None => format!("{} {done}", s.quote(&other.span)),
            }
        }
        _ => second_half(),
    };
    Some((whole, behind))
}

/// "What happened after Italy invaded Albania?", "What followed the murder of Dollfuss?": the words for what it came after.
pub(crate) fn afterwards(s: &Sentence) -> Option<String> {
    const LEADS: [&[&str]; 7] = [
        &["what", "happened", "after"],
        &["what", "happened", "next", "after"],
        &["what", "came", "after"],
        &["what", "followed"],
        &["what", "happened", "following"],
        &["what", "happened", "as", "a", "result", "of"],
        &["what", "was", "the", "aftermath", "of"],
    ];
    let lead = LEADS.into_iter().find(|lead| s.starts(lead))?;
    let from = s.opening() + lead.len();
    // "What happened after 1934?", "after that" and "to Romania after the pact" ask of no one event.
    let told = (from..s.folded.len()).any(|i| !s.in_date(i) && !is_quiet(&s.folded[i]));
    (s.is_question() && from < s.folded.len() && told && !s.in_date(from))
        .then(|| s.quote(&(from..s.folded.len())))
}
