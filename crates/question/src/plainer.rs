//! A lone question in plainer words, where it is not understood as it stands: what only leads up to it or is hung on it is taken off,
//! and what is asked for without a question is asked with one.

use crate::dates::find_dates;
use crate::lexicon::{Verb, denies, pact_at};
use crate::text::{Word, words_of};

/// Leads behind which a whole sentence stands: the words of each, in order.
const WHETHER: &[&[&str]] = &[
    &["tell", "me", "whether"],
    &["tell", "me", "if"],
    &["can", "you", "tell", "me", "whether"],
    &["can", "you", "tell", "me", "if"],
    &["could", "you", "tell", "me", "whether"],
    &["could", "you", "tell", "me", "if"],
    &["do", "you", "know", "whether"],
    &["do", "you", "know", "if"],
    &["does", "anyone", "know", "whether"],
    &["does", "anyone", "know", "if"],
    &["i", "wonder", "whether"],
    &["i", "wonder", "if"],
    &["i", "was", "wondering", "whether"],
    &["i", "was", "wondering", "if"],
    &["is", "it", "true", "that"],
    &["is", "it", "right", "that"],
    &["is", "it", "correct", "that"],
    &["is", "it", "a", "fact", "that"],
    &["is", "it", "the", "case", "that"],
    &["is", "it", "fair", "to", "say", "that"],
    &["am", "i", "right", "that"],
    &["am", "i", "right", "in", "thinking", "that"],
    &["would", "you", "say", "that"],
];

/// Verbs with which somebody is said to say something: "I'd argue that ...", "My teacher says that ..."
const SAYING: [&str; 18] = [
    "argue", "say", "says", "said", "told", "think", "believe", "read", "heard", "claim", "claims",
    "maintain", "reckon", "taught", "teach", "suppose", "bet", "know",
];

/// What is hung on a sentence to make a question of it.
const TAILS: &[&[&str]] = &[
    &["correct"],
    &["right"],
    &["true"],
    &["yes"],
    &["no"],
    &["agree"],
    &["agreed"],
    &["or", "not"],
    &["true", "or", "false"],
    &["fair"],
    &["is", "that", "right"],
    &["is", "that", "true"],
    &["isnt", "that", "so"],
    &["dont", "you", "think"],
];

/// What is asked for without a question, and the question: the rest of the sentence stands between the two parts.
const ASKED: &[(&[&str], &str, &str)] = &[
    (&["list", "everything"], "What lands did ", ""),
    (&["list", "all", "that"], "What lands did ", ""),
    (&["list", "all", "the"], "Which ", ""),
    (&["list", "all"], "Which ", ""),
    (&["list", "the"], "Which ", ""),
    (&["list"], "Which ", ""),
    (&["name", "all", "the"], "Which ", ""),
    (&["name", "the"], "Which ", ""),
    (&["give", "me", "a", "list", "of", "the"], "Which ", ""),
    (&["give", "me", "a", "list", "of"], "Which ", ""),
    (&["give", "me", "all", "the"], "Which ", ""),
    (&["show", "me", "all", "the"], "Which ", ""),
    (&["show", "me", "the"], "Which ", ""),
    (&["whatever", "happened", "to"], "What happened to ", ""),
    (&["what", "became", "of"], "What happened to ", ""),
    (&["what", "came", "of"], "What happened to ", ""),
    (&["for", "how", "many", "years"], "How long ", ""),
    (&["for", "how", "long"], "How long ", ""),
    (&["how", "many", "days", "did"], "How long did ", ""),
    (&["how", "many", "months", "did"], "How long did ", ""),
    (&["how", "many", "years", "did"], "How long did ", ""),
];

/// Words with which a question begins.
const QUESTIONS: [&str; 14] =
    ["who", "when", "what", "which", "where", "how", "did", "was", "were", "is", "has", "had", "does", "why"];

/// The same in plainer words; `None` if it is plain already.
pub(crate) fn plainer(text: &str) -> Option<String> {
    let text = text.trim();
    let words = words_of(text);
    let begins = |phrase: &[&str]| {
        words.len() > phrase.len() && phrase.iter().zip(&words).all(|(p, w)| w.folded == *p)
    };
    let from = |i: usize| words.get(i).map_or("", |w| &text[w.at..]);
    let bare = |part: &str| part.trim().trim_end_matches(['?', '.', '!', ' ']).to_owned();
    if let Some(lead) = WHETHER.iter().filter(|lead| begins(lead)).max_by_key(|lead| lead.len()) {
        return Some(format!("{}.", bare(without_tail(from(lead.len())))));
    }
    if let Some((lead, before, behind)) =
        ASKED.iter().filter(|(lead, ..)| begins(lead)).max_by_key(|a| a.0.len())
    {
        return Some(format!("{before}{}{behind}?", bare(from(lead.len()))));
    }
    // "Date of the Pact of Steel?", but a murder is not signed.
    let date = [&["date", "of"][..], &["the", "date", "of"]].into_iter().find(|lead| begins(lead));
    if let Some(lead) = date {
        let pact = (lead.len()..words.len())
            .any(|i| pact_at(&words[i..].iter().map(|w| w.folded.clone()).collect::<Vec<_>>()).is_some());
        return pact.then(|| format!("When was {} signed?", bare(from(lead.len()))));
    }
    if let Some(plain) = of_those(text, &words).or_else(|| left_open(text)) {
        return Some(plain);
    }
    if let Some(that) = saying(&words) {
        return Some(format!("{}.", bare(without_tail(from(that + 1)))));
    }
    let head = without_tail(text);
    // "I never said that ..., right?" asks no such thing.
    let of_me =
        words.first().is_some_and(|w| matches!(w.folded.as_str(), "i" | "ive" | "id" | "my" | "it" | "its"));
    if head.len() < text.len() && !of_me {
        return Some(format!("{}.", bare(head)));
    }
    if let Some(that) = plain_fact(&words) {
        return Some(format!("{}.", bare(from(that + 1))));
    }
    about_it(text, &words).or_else(|| after_all(text, &words))
}

/// "Of the European states, name those without relations with Moscow in 1934": which of them.
fn of_those(text: &str, words: &[Word]) -> Option<String> {
    let (whom, rest) = text.split_once(',')?;
    let whom = words.first().filter(|w| w.folded == "of").map(|w| whom[w.at + w.raw.len()..].trim())?;
    let whom = ["the ", "all the ", "all "].iter().find_map(|lead| whom.strip_prefix(lead)).unwrap_or(whom);
    let rest = rest.trim();
    let rest = ["name those ", "list those ", "name the ones ", "list the ones "]
        .iter()
        .find_map(|lead| rest.strip_prefix(lead))?;
    Some(format!("Which {whom} were {}?", rest.trim_end_matches(['?', '.', ' '])))
}

/// "On 12 March 1938 the Austrian Chancellor was ...?": who.
fn left_open(text: &str) -> Option<String> {
    let head = text.trim_end_matches(['?', ' ']);
    let head = head.strip_suffix("...").or_else(|| head.strip_suffix('…'))?.trim_end();
    let head = head.strip_suffix(" was").or_else(|| head.strip_suffix(" is"))?;
    Some(format!("Who was {head}?"))
}

/// Where a lead ends that only tells who says so: "I've always told my class that". One that denies or doubts it is no such lead.
fn saying(words: &[Word]) -> Option<usize> {
    const WHO: [&str; 16] = [
        "i",
        "id",
        "ive",
        "im",
        "my",
        "our",
        "they",
        "people",
        "some",
        "its",
        "it",
        "historians",
        "everybody",
        "everyone",
        "you",
        "we",
    ];
    const DOUBTS: [&str; 11] = [
        "wrong", "mistake", "mistaken", "false", "untrue", "myth", "nonsense", "doubt", "deny", "hardly",
        "stop",
    ];
    let says = words.iter().take(9).position(|w| SAYING.contains(&w.folded.as_str()))?;
    let that = (says + 1..words.len().min(says + 4)).find(|&i| words[i].folded == "that")?;
    // "I think that ...", "told my class that ...", but not "I think Poland signed that pact".
    let told = matches!(words[says].folded.as_str(), "told" | "taught" | "teach");
    let conjunction = that == says + 1 || told;
    let lead = &words[..that];
    let who = lead.first().is_some_and(|w| WHO.contains(&w.folded.as_str()));
    let denied = lead.iter().any(|w| denies(&w.folded) || DOUBTS.contains(&w.folded.as_str()));
    (who && conjunction && !denied).then_some(that)
}

/// "It is a plain fact that ...", "The truth is that ...": where the lead ends.
fn plain_fact(words: &[Word]) -> Option<usize> {
    const FACTS: [&str; 8] =
        ["fact", "truth", "truism", "commonplace", "cliche", "known", "clear", "obvious"];
    let that = words.iter().take(8).position(|w| w.folded == "that")?;
    let lead = &words[..that];
    let begins =
        lead.first().is_some_and(|w| matches!(w.folded.as_str(), "it" | "its" | "the" | "fact" | "truth"));
    let denied = lead.iter().any(|w| denies(&w.folded));
    let fact = lead.iter().any(|w| FACTS.contains(&w.folded.as_str()));
    (begins && fact && !denied).then_some(that)
}

/// The sentence without "..., correct?"
fn without_tail(text: &str) -> &str {
    let Some(cut) = text.rfind([',', ';', '–', '—']).or_else(|| text.rfind(" - ")) else { return text };
    let tail: Vec<String> = words_of(&text[cut..]).into_iter().map(|w| w.folded).collect();
    if text.trim_end().ends_with('?') && TAILS.iter().any(|t| tail.iter().eq(t.iter())) {
        &text[..cut]
    } else {
        text
    }
}

/// "Southern Dobruja - who got it?": the question with what it is about.
fn about_it(text: &str, words: &[Word]) -> Option<String> {
    let (cut, mark) =
        [" - ", " – ", " — ", ": "].iter().find_map(|mark| Some((text.find(mark)?, mark.len())))?;
    let (head, tail) = (text[..cut].trim(), &text[cut + mark..]);
    let asks = words_of(tail).first().is_some_and(|w| QUESTIONS.contains(&w.folded.as_str()));
    let it = words
        .iter()
        .find(|w| w.at > cut && matches!(w.folded.as_str(), "it" | "that" | "there" | "them" | "they"))?;
    let rest = &text[it.at + it.raw.len()..];
    // "..., from whom, when": asked besides.
    let rest = rest.split(',').next().unwrap_or_default();
    asks.then(|| format!("{}{head}{}?", &text[cut + mark..it.at], rest.trim_end_matches(['?', ' '])))
}

/// "After the break of May 1927, when did they restore relations?": with its time behind.
fn after_all(text: &str, words: &[Word]) -> Option<String> {
    let lead =
        words.first().filter(|w| matches!(w.folded.as_str(), "after" | "before" | "since" | "following"))?;
    let cut = text.find(',')?;
    let question = text[cut + 1..].trim();
    let asks = words_of(question).first().is_some_and(|w| QUESTIONS.contains(&w.folded.as_str()));
    let head = words_of(&text[..cut]);
    let folded: Vec<String> = head.iter().skip(1).map(|w| w.folded.clone()).collect();
    let date = find_dates(&folded).into_iter().next()?;
    let (first, last) = (head.get(date.words.0 + 1)?, head.get(date.words.1)?);
    let when = &text[first.at..last.at + last.raw.len()];
    let side = match lead.folded.as_str() {
        "before" => "before",
        "since" => "since",
        _ => "after",
    };
    // What else the lead tells may say more than its date: only "the break of May 1927" and the like are left to it.
    let told = head.iter().skip(1).any(|w| Verb::of(&w.folded).is_some_and(|v| v != Verb::Break));
    if told {
        return None;
    }
    (asks && text.ends_with('?')).then(|| format!("{} {side} {when}?", question.trim_end_matches('?')))
}

#[cfg(test)]
mod tests {
    use super::plainer;

    #[test]
    fn what_leads_up_to_a_question_or_is_hung_on_it_is_taken_off() {
        for (asked, plain) in [
            ("Tell me whether the Turks had a pact with Britain.", "the Turks had a pact with Britain."),
            ("I've always told my class that guarantees failed - correct?", "guarantees failed."),
            ("Germany attacked Poland in 1939, right?", "Germany attacked Poland in 1939."),
            ("Date of the Pact of Steel?", "When was the Pact of Steel signed?"),
            ("List all the ultimatums of 1940.", "Which ultimatums of 1940?"),
            ("Of the Baltic states, name those without a pact.", "Which Baltic states were without a pact?"),
            ("In 1938 the Austrian Chancellor was... ?", "Who was In 1938 the Austrian Chancellor?"),
            ("Southern Dobruja - who got it, from whom, when", "who got Southern Dobruja?"),
            (
                "After the break of May 1927, when did London and Moscow restore relations?",
                "when did London and Moscow restore relations after May 1927?",
            ),
        ] {
            assert_eq!(plainer(asked).as_deref(), Some(plain), "{asked}");
        }
        for plain in [
            "Did Poland sign a pact with Germany in 1934?",
            "Pacts were usually broken.",
            // Who denies it says the opposite, and "that pact" begins no sentence.
            "My teacher does not claim that Germany attacked Poland in 1939.",
            "It's a mistake to think that Britain guaranteed Poland in 1939.",
            "I think Poland signed that pact in 1934 with Germany.",
            "Date of the murder of Dollfuss?",
            "After Germany attacked Poland in 1939, which pacts did Latvia sign?",
        ] {
            assert_eq!(plainer(plain), None);
        }
    }
}
