//! Where a sentence says what it wants changed: "What if ...", "Had ..., would ...?", "POD: ...", and the plain present of a lone
//! sentence ("Lithuania rejects the ultimatum").

use std::ops::Range;

use jonbar_record::{Day, Entity, NameKind, Record, Window};

use crate::change::{shift, small_number};
use crate::claim::is_unit_of_time;
use crate::clause::has_subject;
use crate::dates::month_of;
use crate::lexicon::{Verb, auxiliary, denies_verb, is_talks_noun, may_be_noun};
use crate::sentence::{Name, Sentence};

/// What a sentence supposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Supposed {
    /// The words that say what is changed.
    pub(crate) range: Range<usize>,
    /// What they name is taken away: "Without the seizure of Albania, ...".
    pub(crate) without: bool,
    /// The words before them that say who does it: "Could Estonia have stayed free by refusing?"
    pub(crate) who: Range<usize>,
    /// What stands before, where something may be asked: "Would Germany have attacked if ...?"
    pub(crate) before: Range<usize>,
}

impl Supposed {
    pub(crate) fn said(range: Range<usize>) -> Supposed {
        Supposed { range, without: false, who: 0..0, before: 0..0 }
    }

    /// The parts of the sentence before and behind the change, where something may be asked about it.
    pub(crate) fn rests(&self, s: &Sentence) -> [Range<usize>; 2] {
        let ends = |i: &usize| matches!(s.folded[*i].as_str(), "if" | "even" | "unless");
        let end = (self.range.end + 1..s.folded.len()).find(ends).unwrap_or(s.folded.len());
        let behind = self.range.end..end;
        // "..., go", "take it away and ..."
        let idle = |i: usize| is_invitation(&s.folded[i]) || s.folded[i] == "away";
        [self.before.clone(), if behind.clone().any(idle) { 0..0 } else { behind }]
    }
}

/// What forums end a premise with: "..., go", "..., realistic?"
fn is_invitation(word: &str) -> bool {
    matches!(word, "go" | "thoughts" | "realistic" | "plausible" | "possible" | "discuss")
}

/// Words with which a supposition is introduced, at the beginning of a sentence.
const OPENINGS: &[&[&str]] = &[
    &["suppose"],
    &["supposing"],
    &["imagine"],
    &["imagining"],
    &["assume"],
    &["assuming"],
    &["say"],
    &["picture"],
    &["pretend"],
    &["let", "say"],
    &["let", "pretend"],
    &["let", "suppose"],
    &["let", "assume"],
    &["let", "imagine"],
    &["let", "us", "say"],
    &["let", "us", "pretend"],
    &["let", "us", "suppose"],
    &["let", "us", "assume"],
    &["let", "us", "imagine"],
    &["lets", "say"],
    &["lets", "pretend"],
    &["lets", "suppose"],
    &["lets", "assume"],
    &["if", "only"],
    &["in", "my", "timeline"],
    &["in", "this", "timeline"],
    &["in", "my", "tl"],
    &["in", "a", "timeline", "where"],
    &["in", "a", "timeline", "in", "which"],
    &["in", "a", "world", "where"],
    &["in", "a", "world", "in", "which"],
    &["in", "an", "alternate", "timeline"],
    &["what", "would", "happen", "if"],
    &["what", "happens", "if"],
    &["alternatively"],
    &["my", "scenario", "has"],
    &["my", "timeline", "has"],
    &["in", "my", "scenario"],
    &["in", "my", "atl"],
    &["my", "atl", "has"],
];

/// Words before a colon that announce a supposition: "Scenario: ...", "Alternate Anschluss thread: ...".
const TITLES: [&str; 10] =
    ["thread", "scenario", "timeline", "tl", "pod", "divergence", "challenge", "wi", "premise", "history"];

/// What a sentence supposes, if it says that it does. `alone`: it is all that is said, and need not be a question.
pub(crate) fn supposed(s: &Sentence, alone: bool) -> Option<Supposed> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let n = s.folded.len();
    let opening = title(s).unwrap_or(s.opening());
    let said = |range: Range<usize>| Some(Supposed::said(range));
    let what_if = s.folded.windows(2).position(|w| w[0] == "what" && w[1] == "if").map(|i| i + 2);
    let announced = |w: &String| matches!(w.as_str(), "wi" | "pod" | "ahc" | "dbwi" | "hypothetically");
    let forum =
        (opening > 0 && (s.folded[..opening].iter().any(announced) || title(s).is_some())).then_some(opening);
    let begins = |phrase: &&[&str]| phrase.iter().enumerate().all(|(i, w)| word(opening + i) == *w);
    let supposing = OPENINGS.iter().copied().filter(begins).map(<[&str]>::len).max().map(|long| {
        let start = opening + long;
        let start = start + usize::from(matches!(word(start), "that" | "instead"));
        // "Suppose that, far from tearing it up, Hitler had stuck to the pact."
        let aside = matches!(
            (word(start), word(start + 1)),
            ("far", "from") | ("instead", "of") | ("rather", "than")
        );
        let comma = (start + 1..n).find(|&i| s.gap(i).contains(',')).filter(|_| aside);
        comma.unwrap_or(start)
    });
    // "Had they signed, would ...?", "Have Denmark turn down the offer", "Let Poland accept".
    let name_next = s.names.iter().any(|name| name.span.start == opening + 1 || word(opening + 1) == "the");
    // "Had Poland an alliance in 1938?", "Have they ever signed one?" ask what was.
    let asks_only = s.is_question() && asked_from(s, opening + 1) == n;
    let inverted = (word(opening) == "had" && (s.has(&["would", "could", "might"]) || alone && !asks_only))
        .then_some(opening);
    let told = (matches!(word(opening), "have" | "let") && name_next && !asks_only).then_some(opening + 1);
    // "Same 1938 as ours, except that ..."
    let except = s.folded.windows(2).position(|w| w[0] == "except" && w[1] == "that").filter(|_| alone);
    let except = except.map(|i| i + 2);
    let setting = setting(s, opening);
    if let Some(start) = what_if.or(except).or(supposing).or(setting).or(forum).or(inverted).or(told) {
        // "What if X had signed; would Y ..."
        let before = if what_if.is_some() { opening..start.saturating_sub(2).max(opening) } else { 0..0 };
        return Some(Supposed { before, ..Supposed::said(start..asked_from(s, start).max(start)) });
    }
    if let Some(had) = had_behind(s, opening).filter(|_| alone) {
        return Some(Supposed { before: opening..had, ..Supposed::said(had..n) });
    }
    if let Some(asked) = headline(s, opening).filter(|_| alone) {
        return Some(Supposed::said(opening..asked));
    }
    if let Some(range) = taken_away(s, opening) {
        return Some(Supposed { without: true, ..Supposed::said(range) });
    }
    let (questions, if_at) = (s.is_question(), (opening..n).find(|&i| word(i) == "if"));
    // "Do you know if ...", "I wonder if ..." asks whether.
    let whether = |i: usize| {
        matches!(
            s.before(i, 1),
            "know"
                | "tell"
                | "ask"
                | "wonder"
                | "wondering"
                | "see"
                | "check"
                | "remember"
                | "sure"
                | "me"
                | "as"
                | "even"
        )
    };
    if let Some(condition) = if_at.filter(|&i| !whether(i)) {
        // "If X had ..., would Y ...?", "Would Y ... if X had ...?"
        let end = asked_from(s, condition + 1);
        let subjunctive = (condition..end).any(|i| matches!(word(i), "had" | "hadnt" | "were"));
        let consequence =
            s.has(&["would", "could", "might"]) || s.has_phrase(&["what", "happens"]) || possibility(s);
        let asks = matches!(
            word(opening),
            "how" | "what" | "would" | "could" | "does" | "do" | "will" | "is" | "are" | "who"
        );
        // "If Litvinov had not been sacked in May 1939", and nothing else.
        let bare = alone && condition == opening && !s.text.contains([',', ';']);
        let supposing = subjunctive && (consequence || end < n || bare)
            || (asks || condition == opening) && is_present(s, &(condition + 1..end));
        if supposing && (questions || alone) {
            return Some(Supposed { before: opening..condition, ..Supposed::said(condition + 1..end) });
        }
    }
    // "Could the Baltic states have stayed free by turning down the pacts?"
    let by = (opening..n.saturating_sub(1)).find(|&i| {
        word(i) == "by" && word(i + 1).ends_with("ing") && Verb::phrase(&s.folded[i + 1..]).is_some()
    });
    // "Delay the Franco-Soviet pact by two years."
    if alone && matches!(word(opening), "delay" | "postpone" | "advance" | "hasten") {
        return said(opening..asked_from(s, opening));
    }
    // "Could Czechoslovakia have turned down the Munich terms?"
    let have = (opening + 1..n.min(opening + 8)).find(|&i| word(i) == "have");
    let named = have.is_some_and(|i| s.names.iter().any(|name| (opening + 1..i).contains(&name.span.start)));
    if questions && alone && named && by.is_none() && matches!(word(opening), "could" | "might") {
        return said(opening + 1..asked_from(s, opening + 1));
    }
    match by {
        Some(i) if questions && matches!(word(opening), "could" | "would" | "might") => Some(Supposed {
            who: opening + 1..i,
            before: opening..i,
            ..Supposed::said(i + 1..asked_from(s, i + 1))
        }),
        _ => None,
    }
}

/// A lone sentence told in the present tense, that is no question: how forums tell what they want changed.
pub(crate) fn told_in_the_present(s: &Sentence) -> Option<Supposed> {
    let range = s.opening()..s.folded.len();
    // "The Germans tear up their pact in 1940 - what then?"
    let asks = s.is_question()
        && (asked_from(s, range.start) == range.end || auxiliary(s.folded.get(range.start)?).is_some());
    // "Being guaranteed made a country likelier to be attacked" compares, and supposes nothing.
    let compares = s.has(&["likely", "likelier"]);
    (!asks && !compares && is_present(s, &range))
        .then(|| Supposed::said(range.start..asked_from(s, range.start)))
}

/// Whether the first verb is in the present tense.
pub(crate) fn is_present(s: &Sentence, range: &Range<usize>) -> bool {
    const PAST: &[&str] = &[
        "was", "were", "wasnt", "werent", "had", "hadnt", "did", "didnt", "would", "could", "might",
        "should", "has", "got", "broke", "broken", "fought", "gave", "given", "took", "taken", "tore",
        "torn", "made", "kept", "struck", "held", "came", "went", "fell", "stood", "sought", "left", "lost",
        "became",
    ];
    let free = |i: usize| !s.in_date(i) && !s.in_group(i) && !s.in_name(i);
    let verb = range.clone().filter(|&i| free(i)).find(|&i| {
        let word = s.folded[i].as_str();
        let noun = matches!(s.before(i, 1), "the" | "a" | "an" | "no" | "of" | "any") || is_talks_noun(word);
        // "Recognising Moscow came in waves" tells of no one act.
        let gerund = i == range.start && word.ends_with("ing");
        auxiliary(word).is_some()
            || matches!(word, "came" | "went" | "became")
            || !noun
                && !gerund
                && (!may_be_noun(word) || has_subject(s, i))
                && Verb::phrase(&s.folded[i..range.end]).is_some()
    });
    match verb.map(|i| s.folded[i].as_str()) {
        Some(word) => !(PAST.contains(&word) || word.ends_with("ed") && word != "need"),
        // "No Munich.", "Venizelos wins the election."
        None => {
            s.folded.get(range.start).is_some_and(|w| w == "no")
                || range.clone().any(|i| bends_by_s(s, i) || within_a_pact(s, i))
        }
    }
}

/// "Bulgaria in the Balkan Entente": said of a pact by its name, of those named before.
pub(crate) fn within_a_pact(s: &Sentence, i: usize) -> bool {
    let pact = s.names.iter().any(|n| n.span.start == i && matches!(n.entity, Entity::Pact(_)));
    let inside = s.before(i, 1) == "in" || s.before(i, 1) == "the" && s.before(i, 2) == "in";
    pact && inside && s.names.iter().any(|n| n.span.end < i)
}

/// A verb that is not known, told by its ending and by what stands before it: "Károlyi wavers", "the plan never leaks".
fn bends_by_s(s: &Sentence, i: usize) -> bool {
    let word = s.folded[i].as_str();
    let ends = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let raw = &s.words[i].raw;
    let name = raw.starts_with(char::is_uppercase) && raw.chars().any(char::is_lowercase);
    // "British governments" are no verb.
    let subject = |n: &Name| n.kind != NameKind::Demonym && !matches!(n.entity, Entity::Territory(_));
    let behind = s.names.iter().any(|n| n.span.end == i && subject(n))
        || matches!(s.before(i, 1), "never" | "actually" | "still" | "simply" | "instead");
    ends && behind && !name && !s.in_name(i) && !s.in_date(i) && s.gap(i).trim().is_empty()
}

/// "I'm designing a scenario in which ...", "My ATL keeps Titulescu ...": where what such a story tells begins.
fn setting(s: &Sentence, opening: usize) -> Option<usize> {
    const STORIES: [&str; 11] = [
        "scenario", "timeline", "tl", "atl", "story", "world", "game", "campaign", "mod", "setting", "novel",
    ];
    // "What was the campaign in which Italy attacked Greece?" asks of history.
    let asks =
        matches!(s.folded.get(opening).map(String::as_str), Some("what" | "which" | "who" | "where" | "was"));
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let own = |i: usize| s.before(i, 1) == "my" && Verb::phrase(&s.folded[i + 1..]).is_some();
    let told = |i: &usize| {
        STORIES.contains(&word(*i)) && matches!(s.before(*i, 1), "my" | "a" | "an" | "this" | "our") && !asks
    };
    (opening..s.folded.len().min(opening + 10)).filter(told).find_map(|i| match (word(i + 1), word(i + 2)) {
        ("where", _) => Some(i + 2),
        ("in", "which") => Some(i + 3),
        _ => own(i).then_some(i + 1),
    })
}

/// "Consequences for Moscow, had the agreement been approved?", "How would Romania have reacted had Poland signed?": where the condition
/// begins.
fn had_behind(s: &Sentence, opening: usize) -> Option<usize> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    (opening + 2..s.folded.len()).find(|&i| {
        let named = s.names.iter().any(|n| n.span.start == i + 1)
            || matches!(word(i + 1), "the" | "it" | "they" | "he");
        let you = word(opening + 1) == "you";
        let asked = !you && (opening..i).any(|j| matches!(word(j), "would" | "could" | "might"));
        let subject =
            s.names.iter().any(|n| n.span.end == i) || matches!(s.before(i, 1), "it" | "they" | "he");
        word(i) == "had" && named && (s.gap(i).contains(',') || asked && !subject)
    })
}

/// "Franco-Soviet pact voted down in the Chamber: does the Rhineland still happen?": where the question behind a headline begins.
fn headline(s: &Sentence, opening: usize) -> Option<usize> {
    let asked = (opening + 2..s.folded.len()).find(|&i| s.gap(i).contains(':'))?;
    let asks = matches!(
        s.folded[asked].as_str(),
        "what" | "how" | "does" | "do" | "will" | "would" | "could" | "is" | "are"
    );
    let undone = |i: usize| {
        let verb = Verb::phrase(&s.folded[i..asked]).map(|(verb, _)| verb);
        let done = matches!(
            verb,
            Some(Verb::Refuse | Verb::Fail | Verb::Die | Verb::Dismiss | Verb::Overthrow | Verb::Keep)
        );
        done && !s.in_name(i)
    };
    // "Dollfuss died in July 1934: how did Italy react?" asks of what was.
    let was = (asked..s.folded.len())
        .any(|i| matches!(s.folded[i].as_str(), "did" | "was" | "were" | "had" | "happened"));
    let told = (opening..asked).any(undone) && !(opening..asked).any(|i| auxiliary(&s.folded[i]).is_some());
    let told = told && !was;
    (asks && told && s.is_question()).then_some(asked)
}

/// Where a title ends that announces a supposition.
fn title(s: &Sentence) -> Option<usize> {
    let end = (1..s.folded.len().min(8)).find(|&i| s.gap(i).contains(':'))?;
    s.folded[..end].iter().any(|w| TITLES.contains(&w.as_str())).then_some(end)
}

/// "Without the seizure of Albania, ...", "Take Rapallo away and ...": the words for what is gone.
fn taken_away(s: &Sentence, opening: usize) -> Option<Range<usize>> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let start = opening + 1;
    match word(opening) {
        "without" | "minus" => {
            let comma = (start + 1..s.folded.len()).find(|&i| s.gap(i).contains([',', ';', ':']));
            let asked = asked_from(s, start);
            Some(start..comma.unwrap_or(asked).min(asked))
        }
        "take" | "remove" | "strike" | "erase" | "delete" => {
            let start = start + usize::from(word(start) == "away");
            let away = |i: &usize| {
                matches!(word(*i), "away" | "out" | "and" | "from") || s.gap(*i).contains([',', ';', ':'])
            };
            let end = (start + 1..s.folded.len()).find(away).unwrap_or(s.folded.len());
            Some(start..end)
        }
        _ => None,
    }
}

/// Where what is changed ends and what is asked about it begins.
fn asked_from(s: &Sentence, from: usize) -> usize {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let asks = |i: &usize| {
        let i = *i;
        let apart = s.gap(i).contains([',', ':', ';', '–', '—']) || s.gap(i).contains(" - ");
        matches!(word(i), "would" | "could" | "might") && i > from + 2
            || matches!(word(i), "what" | "how")
            // "... - who joins in, and on which side?"
            || apart && i > from && matches!(word(i), "who" | "whose" | "which" | "any")
            // "..., do the Soviets honour the treaty?"
            || apart && i > from && (matches!(word(i), "do" | "does" | "will" | "is" | "are" | "can")
                || is_invitation(word(i))
                || word(i) == "then" && matches!(word(i + 1), "do" | "does" | "will" | "is" | "are"))
    };
    let n = s.folded.len();
    (from..n).find(asks).filter(|&i| i > from + 1).unwrap_or(n)
}

/// "What if the Winter War had not happened?", "... had not fought the Winter War?": the same of the attack that began it, and a sentence
/// that says so; nothing, if another change stands beside it.
pub(crate) fn war_undone(
    record: &Record,
    s: &Sentence,
    range: &Range<usize>,
) -> Option<Option<(String, String)>> {
    let words = &s.folded[range.clone()];
    let inside = |span: &Range<usize>| range.start <= span.start && span.end <= range.end;
    let (number, span) = s.wars.iter().find(|(_, span)| inside(span))?;
    let war = &record.events[record.wars[*number].begun.0];
    let at = span.start - range.start;
    // Only these ways to say it, with nothing beside them, are taken to mean the whole war.
    let said = |part: &[String]| part.join(" ");
    let (before, after) = (said(&words[..at]), said(&words[at + span.len()..]));
    let happened =
        ["happened", "begun", "started", "broken out", "been fought", "taken place", "come", "occurred"];
    let denied = ["had not", "had never", "hadnt", "never"];
    let unsaid = denied.iter().find_map(|d| {
        let rest = after.strip_prefix(d)?.trim();
        happened.iter().find_map(|h| rest.strip_prefix(h))
    });
    let not_so = unsaid == Some("");
    let avoided = ["had been avoided", "had been averted", "had been prevented"];
    let averted = avoided.contains(&after.as_str());
    let itself = matches!(before.as_str(), "" | "the") && (not_so || averted);
    let spared =
        ["there had been no", "there was no", "there had not been a", "there had never been a", "no"];
    let none = after.is_empty() && spared.contains(&before.as_str());
    let (by, on) = (*war.actors.first()?, *war.targets.first()?);
    // "Finland and the Soviets had not fought the Winter War", and nothing else before it.
    let fought = ["had not fought the", "had never fought the", "hadnt fought the", "never fought the"];
    let subject = fought.iter().find_map(|f| before.strip_suffix(f));
    let party = |i: usize| {
        let name = s.names.iter().find(|n| n.span.contains(&i));
        let small = matches!(s.folded[i].as_str(), "the" | "and" | "both");
        small || name.is_some_and(|n| n.entity == Entity::Actor(by) || n.entity == Entity::Actor(on))
    };
    let long = |subject: &str| subject.split_whitespace().count();
    let alone = subject.is_some_and(|x| long(x) > 0 && (range.start..range.start + long(x)).all(party));
    let fought = after.is_empty() && alone;
    if !(itself || none || fought) {
        let said = unsaid.is_some()
            || subject.is_some()
            || spared.iter().any(|n| before.ends_with(n))
            || avoided.iter().any(|a| after.starts_with(a));
        return said.then_some(None);
    }
    let (by, on) = (record.actors[by.0].in_sentence(), record.actors[on.0].in_sentence());
    let told = format!("That war is read as the attack of {by} on {on}, {}.", war.when.long());
    Some(Some((format!("What if {by} had not attacked {on} in {}?", war.when.reading().year()), told)))
}

/// "What if the Winter War had broken out a year earlier?", "... if Barbarossa had started in May 1941?": the same of the attack that began
/// it, on another day, and a sentence that says so.
pub(crate) fn war_moved(record: &Record, s: &Sentence, range: &Range<usize>) -> Option<(String, String)> {
    let (number, span) =
        s.wars.iter().find(|(_, span)| range.start <= span.start && span.end <= range.end)?;
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let begins = (span.end..range.end.min(span.end + 4)).find(|&i| {
        matches!(word(i), "begun" | "began" | "begins" | "started" | "starts" | "broken" | "broke" | "breaks")
    })?;
    // Nothing stands before it, nothing denies it, and behind it nothing but when.
    let bare = (range.start..span.start).all(|i| matches!(word(i), "the" | "operation"));
    let denied = (range.start..begins).any(|i| denies_verb(word(i)));
    let when = |i: usize| {
        s.in_date(i)
            || matches!(
                word(i),
                "out"
                    | "already"
                    | "instead"
                    | "of"
                    | "rather"
                    | "than"
                    | "in"
                    | "on"
                    | "a"
                    | "an"
                    | "earlier"
                    | "later"
                    | "sooner"
                    | "before"
            )
            || month_of(word(i)).is_some()
            || is_unit_of_time(word(i))
            || small_number(word(i)).is_some()
    };
    if !bare || denied || !(begins + 1..range.end).all(when) {
        return None;
    }
    let war = &record.events[record.wars[*number].begun.0];
    let (by, on) = (*war.actors.first()?, *war.targets.first()?);
    let begun = war.when.reading();
    let day = match s.dates.iter().find(|d| d.words.0 > begins && d.words.0 < range.end) {
        // "Before 1941" is no time at which anything begins.
        Some(date) if matches!(s.before(date.words.0, 1), "before" | "since" | "after" | "until" | "by") => {
            return None;
        }
        Some(date) => {
            let Window { from, to } = date.window;
            (to.0 - from.0 < YEAR_AND_A_BIT).then_some(Day(from.0 + (to.0 - from.0) / 2))?
        }
        None => begun.plus(shift(s, &(begins..range.end))?),
    };
    let (by, on) = (record.actors[by.0].in_sentence(), record.actors[on.0].in_sentence());
    let war = format!("That war is read as the attack of {by} on {on}, {}", war.when.long());
    // What stands before and behind is asked all the same: "Would Germany have attacked if ...?"
    let (first, last) = (&s.words[range.start], &s.words[range.end - 1]);
    let around =
        |change: &str| format!("{}{change}{}", &s.text[..first.at], &s.text[last.at + last.raw.len()..]);
    if day > begun {
        let told = format!(
            "{war}; it is taken away then. That it comes later instead is not put in, but may follow in the model."
        );
        return Some((around(&format!("{by} had not attacked {on} in {}", begun.year())), told));
    }
    Some((around(&format!("{by} had attacked {on} on {}", day.long())), format!("{war}.")))
}

/// Days of a time that is close enough to date the beginning of a war.
const YEAR_AND_A_BIT: i32 = 400;

/// "How likely was ...?", "Could they have ...?", "Is it plausible that ...?"
pub(crate) fn possibility(s: &Sentence) -> bool {
    s.has(&["likely", "probable", "plausible", "unlikely", "realistic", "possible", "feasible"])
        || s.starts(&["could"])
}
