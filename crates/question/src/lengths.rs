//! How long things lasted that the record follows from a day to a day: tenures of an office, and wars.

use jonbar_record::{ActorId, Entity, Office, Record, Window};

use crate::claim::{Whose, halves, is_unit_of_time, length_of_time, not_weighed, plain, sorts};
use crate::dates::DateSpan;
use crate::lexicon::{auxiliary, denies_verb, is_demand_noun, is_quiet, is_talks_noun, office_at, pact_at};
use crate::sentence::{Sentence, distinct};
use crate::vague::Vague;

/// A sentence or question about how long such things lasted.
#[derive(Clone, Debug, PartialEq)]
pub struct Lengths {
    /// Of what.
    pub of: Spells,
    /// What is said or asked.
    pub says: LengthSaid,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Parts that no answer weighs.
    pub left_out: Vec<String>,
}

/// What is followed from its first day to its last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spells {
    /// Its sort.
    pub kind: SpellKind,
    /// Of which states; `None` for all.
    pub whose: Option<Whose>,
    /// Only those that began then.
    pub window: Option<Window>,
}

/// A sort of thing that lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpellKind {
    /// A person in an office without a break; of any office if none is named.
    Tenures(Option<Office>),
    /// A war, between those who began it.
    Wars,
}

/// What is said of how long they lasted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LengthSaid {
    /// So long, or less.
    Within {
        /// Years.
        years: f64,
        /// Less than that.
        under: bool,
        /// How often that is said to be so.
        word: Option<&'static Vague>,
    },
    /// How long is asked.
    Usual,
    /// Longer, or less long, than those of others.
    Compared {
        /// Whose; `None` for all others, or for the same at another time.
        with: Option<Whose>,
        /// Of those begun then.
        then: Option<Window>,
        /// Less long.
        less: bool,
    },
    /// Which of them lasted longest, or shortest.
    Extreme {
        /// Longest.
        longest: bool,
    },
    /// There were more of them, or fewer, than of another.
    Number {
        /// Whose.
        than: Whose,
        /// Fewer.
        less: bool,
    },
}

/// Words that sentences about lengths of time are made of: whatever else stands in one is named as not weighed.
const WORDS: [&str; 89] = [
    "last",
    "lasts",
    "lasted",
    "lasting",
    "survive",
    "survived",
    "stay",
    "stayed",
    "serve",
    "served",
    "serving",
    "lived",
    "held",
    "hold",
    "over",
    "under",
    "less",
    "more",
    "fewer",
    "long",
    "longer",
    "longest",
    "short",
    "shorter",
    "shortest",
    "shortlived",
    "tenure",
    "tenures",
    "term",
    "terms",
    "turnover",
    "fell",
    "fall",
    "every",
    "brief",
    "through",
    "office",
    "offices",
    "post",
    "job",
    "time",
    "times",
    "than",
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "rare",
    "rarely",
    "uncommon",
    "unusual",
    "exceptional",
    "within",
    "least",
    "average",
    "typical",
    "typically",
    "usually",
    "went",
    "got",
    "which",
    "who",
    "whose",
    "when",
    "power",
    "europe",
    "european",
    "period",
    "between",
    "interwar",
    "faster",
    "quicker",
    "quickly",
    "sooner",
    "slower",
    "slowly",
    "changed",
    "change",
    "turned",
    "life",
    "lifespan",
    "length",
    "median",
    "mean",
    "falls",
];

/// More words than this that are not understood make it another sentence.
const UNKNOWN_MAX: usize = 3;

/// Reads such a sentence; `None` if it is none.
pub(crate) fn lengths(record: &Record, s: &Sentence) -> Option<Lengths> {
    if let Some(read) = whole(record, s) {
        return Some(read);
    }
    // "Came and went faster than": the same in plain words.
    let plainly = plain(&s.text);
    if plainly != s.text
        && let Some(read) = whole(record, &Sentence::of(&plainly, record))
    {
        return Some(read);
    }
    let (first, rest) = halves(&s.text)?;
    let mut read = whole(record, &Sentence::of(first, record))?;
    read.left_out.push(rest);
    Some(read)
}

fn whole(record: &Record, s: &Sentence) -> Option<Lengths> {
    let other = (0..s.folded.len())
        .any(|i| pact_at(&s.folded[i..]).is_some() || is_demand_noun(&s.folded[i]) && s.folded[i] != "terms");
    let talks = s.folded.iter().any(|w| is_talks_noun(w));
    if other
        || talks
        || s.has_people()
        || !s.territories().is_empty()
        || s.has(&["league"])
        || !s.wars.is_empty()
    {
        return None;
    }
    let (kind, mut assumed) = kind(s)?;
    let whose = sides(s);
    let says = said(s, &whose, kind, &mut assumed)?;
    let compares = matches!(says, LengthSaid::Compared { .. } | LengthSaid::Number { .. });
    if whose.len() > 1 && !compares {
        return None;
    }
    let first = whose.first().map(|(_, w)| *w);
    let unknown: Vec<String> =
        (0..s.folded.len()).filter(|&i| !is_read(s, i)).map(|i| format!("\"{}\"", s.words[i].raw)).collect();
    // A superlative with anything else beside it is one of something else: "longest without a war".
    let superlative = matches!(says, LengthSaid::Extreme { .. });
    if unknown.len() > if superlative { 0 } else { UNKNOWN_MAX }
        || s.dates.len() > if matches!(says, LengthSaid::Compared { then: Some(_), .. }) { 2 } else { 1 }
        || s.dates.iter().any(|d| d.window.from > record.span.to || d.window.to < record.span.from)
        || s.has(&["without"])
        || s.folded.iter().any(|w| denies_verb(w) && w != "never")
        || kind == SpellKind::Wars && between_sorts(s)
        || counts_some(s)
        || goes_on_behind(s)
    {
        return None;
    }
    let left_out = not_weighed(&unknown).into_iter().collect();
    // "In the thirties than in the twenties": the second time is that of the others.
    let than = s.folded.iter().position(|w| w == "than").unwrap_or(s.folded.len());
    let other = |d: &&DateSpan| d.words.0 > than && matches!(says, LengthSaid::Compared { .. });
    let window = s.dates.iter().find(|d| !other(d)).map(|d| d.window.within(record.span));
    Some(Lengths { of: Spells { kind, whose: first, window }, says, assumed, left_out })
}

/// "Wars between democracies": both sides are told, and only whose a war was is weighed.
fn between_sorts(s: &Sentence) -> bool {
    s.has(&["between", "among"]) && !s.has_phrase(&["between", "the", "wars"])
}

/// "Three British governments", "only one premier": so many, and no share.
fn counts_some(s: &Sentence) -> bool {
    let counted = |i: usize| {
        crate::claim::number(&s.folded[i]).is_some()
            && !s.in_date(i)
            && !s.folded[i + 1..].iter().take(3).any(|w| is_unit_of_time(w) || w == "or")
            && !s.folded[..i].iter().any(|w| w == "every")
    };
    s.has(&["only"]) || (0..s.folded.len()).any(counted)
}

/// "... longer than the British thought": what stands behind the second side is no side.
fn goes_on_behind(s: &Sentence) -> bool {
    let Some(than) = s.folded.iter().position(|w| w == "than") else { return false };
    let told = |i: usize| crate::lexicon::Verb::of(&s.folded[i]).is_some() || !is_read(s, i);
    (than + 1..s.folded.len()).any(|i| !s.in_name(i) && !s.in_group(i) && !s.in_date(i) && told(i))
}

fn is_read(s: &Sentence, i: usize) -> bool {
    let word = s.folded[i].as_str();
    let office = (i.saturating_sub(2)..=i).any(|j| office_at(&s.folded[j..]).is_some_and(|(_, n)| j + n > i));
    office
        || WORDS.contains(&word)
        || CABINETS.contains(&word)
        || matches!(
            word,
            "war"
                | "minister"
                | "ministers"
                | "leaders"
                | "state"
                | "states"
                | "countries"
                | "powers"
                | "great"
                | "small"
        )
        || is_quiet(word)
        || auxiliary(word).is_some()
        || s.in_name(i)
        || s.in_group(i)
        || s.in_date(i)
        || crate::claim::number(word).is_some()
        || Vague::at(&s.folded, i).is_some()
        || ["democra", "dictator", "autocra", "authoritarian"].iter().any(|t| word.starts_with(t))
}

const CABINETS: [&str; 6] = ["cabinet", "cabinets", "government", "governments", "ministry", "ministries"];

/// What the sentence is about, and what was assumed.
fn kind(s: &Sentence) -> Option<(SpellKind, Vec<String>)> {
    let offices =
        distinct((0..s.folded.len()).filter_map(|i| office_at(&s.folded[i..])).map(|(office, _)| office));
    let cabinets = s.has(&CABINETS);
    match offices[..] {
        [office] if !cabinets => {
            let heads = (office == Office::HeadOfState)
                .then(|| "Heads of state of every sort are counted: kings, presidents, regents.".to_owned());
            return Some((SpellKind::Tenures(Some(office)), heads.into_iter().collect()));
        }
        [] => {}
        // Two offices are not held beside each other.
        _ => return None,
    }
    if s.has(&CABINETS) {
        let note = "A cabinet is counted as a stretch in office of its head: what changed under the same head is not recorded.";
        return Some((SpellKind::Tenures(Some(Office::HeadOfGovernment)), vec![note.to_owned()]));
    }
    if s.has(&["ministers", "minister"]) {
        let note = "Ministers are those the casebook has: heads of government and foreign ministers.";
        return Some((SpellKind::Tenures(None), vec![note.to_owned()]));
    }
    // "Between the wars" and "the war" are times.
    let war = |i: usize| {
        matches!(s.folded[i].as_str(), "war" | "wars" | "conflicts")
            && !(s.before(i, 1) == "the"
                && matches!(s.before(i, 2), "between" | "after" | "before" | "since" | "of"))
            && s.before(i, 1) != "world"
    };
    (0..s.folded.len()).any(war).then(|| (SpellKind::Wars, Vec::new()))
}

/// Whose they are, in order of mention.
fn sides(s: &Sentence) -> Vec<(usize, Whose)> {
    let mut named: Vec<(usize, Whose)> =
        sorts(s, 0..s.folded.len()).into_iter().map(|(i, sort)| (i, Whose::Sort(sort))).collect();
    let actor = |entity: Entity| if let Entity::Actor(a) = entity { Some(a) } else { None };
    let mut seen: Vec<ActorId> = Vec::new();
    for name in &s.names {
        if let Some(a) = actor(name.entity).filter(|a| !seen.contains(a)) {
            seen.push(a);
            named.push((name.span.start, Whose::Actor(a)));
        }
    }
    named.sort_by_key(|(i, _)| *i);
    named
}

fn said(
    s: &Sentence,
    whose: &[(usize, Whose)],
    kind: SpellKind,
    assumed: &mut Vec<String>,
) -> Option<LengthSaid> {
    let has = |words: &[&str]| s.has(words);
    // "In the last ten years" is a time.
    let last = (0..s.folded.len())
        .any(|i| s.folded[i] == "last" && !matches!(s.before(i, 1), "the" | "its" | "their" | "his" | "in"));
    let lasts =
        last || has(&[
            "lasts", "lasted", "lasting", "survive", "survived", "stay", "stayed", "serve", "served",
            "serving",
        ]) || has(&["tenure", "tenures", "held", "hold", "turnover", "lived"])
            || s.has_phrase(&["in", "office"])
            || s.has_phrase(&["in", "power"]);
    let extreme = has(&["longest", "shortest"]);
    let plain_war = kind == SpellKind::Wars && (s.starts(&["which"]) || s.starts(&["what"]));
    if extreme && (lasts || plain_war || has(&["war", "wars", "term"])) {
        return Some(LengthSaid::Extreme { longest: has(&["longest"]) });
    }
    let less = has(&["fewer", "shorter", "less"]);
    // "Who got through more prime ministers, France or Britain?", "France had more prime ministers than Britain."
    let more = s.folded.iter().position(|w| w == "more" || w == "fewer");
    let counted = more.is_some_and(|i| {
        office_at(&s.folded[i + 1..]).is_some()
            || s.folded.get(i + 1).is_some_and(|w| CABINETS.contains(&w.as_str()))
    });
    if let (true, [_, (_, than)]) = (counted, whose) {
        return Some(LengthSaid::Number { than: *than, less });
    }
    let than = s.folded.iter().position(|w| w == "than");
    let amount = than.is_some_and(|i| {
        crate::claim::number(s.folded.get(i + 1).map_or("", String::as_str)).is_some()
            || s.folded.get(i + 1).is_some_and(|w| matches!(w.as_str(), "a" | "half" | "an"))
    });
    // "French governments fell faster", "went through foreign ministers quicker than".
    let went = has(&["through", "fell", "fall", "falls", "changed", "change", "turned"]);
    let quick = went && has(&["faster", "quicker", "sooner", "quickly"]);
    let slow = went && has(&["slower", "slowly"]);
    let less = less || quick;
    if let (true, Some(than)) =
        (has(&["longer", "shorter"]) || lasts && less || quick || slow, than.filter(|_| !amount))
    {
        let before = whose.iter().any(|(i, _)| *i < than);
        let with = whose.iter().find(|(i, _)| *i > than).map(|(_, w)| *w);
        let others = has(&["other", "others", "elsewhere", "rest"]);
        let dates = |after: bool| s.dates.iter().find(|d| (d.words.0 > than) == after).map(|d| d.window);
        // The same at two times.
        let then = dates(true).filter(|_| dates(false).is_some());
        if with.is_none() && then.is_some() {
            return Some(LengthSaid::Compared { with: whose.first().map(|(_, w)| *w), then, less });
        }
        return (before && (with.is_some() || others)).then_some(LengthSaid::Compared { with, then, less });
    }
    let short = has(&["shortlived", "brief"]) || s.has_phrase(&["short", "lived"]);
    let over_in = s.has_phrase(&["over", "in"]) || s.has_phrase(&["over", "within"]);
    let falls = has(&["fell", "fall"]) && has(&["every"]);
    let years = length_of_time(s).or(short.then_some(1.0));
    if let Some(years) = years.filter(|_| lasts || over_in || falls || short) {
        let under = short || falls || over_in || has(&["under", "less", "fewer", "within", "shorter"]);
        let seldom =
            has(&["rare", "uncommon", "unusual", "exceptional"]).then(|| Vague::named("rarely")).flatten();
        // "No war lasted more than a year."
        let none = s.starts(&["no"]).then(|| Vague::named("never")).flatten();
        let found = Vague::find(&s.folded).map(|(v, _)| v).filter(|_| !falls);
        let word = none.or(seldom).or(found);
        let word = word.or_else(|| if s.is_question() { None } else { Vague::unsaid(assumed) });
        if short && length_of_time(s).is_none() {
            assumed.push("\"Short-lived\" is read as less than a year.".to_owned());
        }
        return Some(LengthSaid::Within { years, under, word });
    }
    let many = has(&[
        "ministers",
        "wars",
        "premiers",
        "chancellors",
        "presidents",
        "kings",
        "cabinets",
        "governments",
    ]) || has(&["average", "typical", "typically", "usually", "secretaries"]);
    // "Average life of a cabinet?"
    let average = has(&["average", "typical", "median", "mean", "usual"])
        && has(&["life", "lifespan", "length", "tenure", "term", "time"]);
    (s.has_phrase(&["how", "long"]) && lasts && many || average).then_some(LengthSaid::Usual)
}
