//! Clauses that tell of many events, and so of none.

use std::ops::Range;

use super::times::Time;
use crate::sentence::Sentence;

/// Words that make a sentence one about many events.
const RULES: [&str; 16] = [
    "usually",
    "normally",
    "typically",
    "generally",
    "often",
    "rarely",
    "seldom",
    "mostly",
    "regularly",
    "routinely",
    "always",
    "invariably",
    "everyone",
    "everybody",
    "whenever",
    "whoever",
];

/// Whether a clause is a rule about many events, which is a claim and no statement of one: it has such a word and no date closer than a
/// year. "As always", "as everyone knows" make none.
pub(super) fn rule(s: &Sentence, clause: &Range<usize>, times: &[Time]) -> bool {
    let close = |t: &Time| clause.contains(&t.words.0) && t.windows.iter().all(|w| w.to.0 - w.from.0 < 300);
    let each = clause.clone().any(|i| {
        matches!(s.folded[i].as_str(), "each" | "every") && s.folded.get(i + 1).is_some_and(|w| w == "time")
    });
    let says = each
        || clause.clone().any(|i| {
            let before = i.checked_sub(1).map_or("", |j| s.folded[j].as_str());
            RULES.contains(&s.folded[i].as_str()) && before != "as"
        });
    (says || compares(s, clause)) && !times.iter().any(close)
}

/// "The Soviet Union took more land than Germany": it counts and compares, and says of neither when. "More than a million men" does not.
fn compares(s: &Sentence, clause: &Range<usize>) -> bool {
    let more = clause.clone().find(|&i| {
        matches!(s.folded[i].as_str(), "more" | "fewer" | "less" | "oftener" | "bigger" | "larger")
    });
    let than = clause.clone().rfind(|&i| s.folded[i] == "than");
    more.zip(than).is_some_and(|(more, than)| {
        let beside = s.names.iter().any(|n| n.span.start > than && n.span.start <= than + 2);
        than > more + 1 && beside
    })
}
