//! Which pacts were those of certain sorts of state: "mostly signed by neighbours".

use jonbar_question::{Cases, Claim, Reading};
use jonbar_record::Pact;

use super::cases::{self, Fate, fits, pairs};
use super::{shares, span};
use crate::answer::{Answer, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    let all = Cases { sides: [None; 2], pair: None, ..claim.of.clone() };
    let fates = cases::fates(study, &all, None);
    let mut citer = Citer::new(study.record);
    let (what, whole) = (cases::name(study, &all), cases::name(study, &claim.of));
    // "between neighbours by land", without the name of the pacts again.
    let (bare, _) = cases::names(study, &all);
    let which = whole.strip_prefix(&bare).unwrap_or(&whole).trim().to_owned();
    let mut answer =
        blank(reading, "base rate", format!("How many of the {what} were {which}, {}?", span(study)));
    if fates.is_empty() {
        answer.summary.push("The casebook has no such pact.".to_owned());
        return answer;
    }
    let is = |pact: &Pact| pairs(pact).any(|(a, b)| fits(study, &claim.of, a, b, pact.signed.reading()));
    let vague = claim.word;
    let row = shares::row(which.clone(), fates.iter().map(|f| Some(is(f.pact))), vague);
    answer.summary.push(format!("{} of {} {what} were {which}.", row.count, row.of));
    if let Some(vague) = vague {
        answer.summary.push(format!(
            "Read as \"{}\", \"{}\" is {}.",
            vague.meaning,
            vague.word,
            if row.holds { "true" } else { "false" }
        ));
    }
    answer.summary.push(
        "How many pairs of that sort there were, and so whether they signed more than others, is another question: \"... signed more \
         pacts than ...\"."
            .to_owned(),
    );
    answer.sections.push(Section::Forest(shares::forest(vague, vec![row])));
    let (those, others): (Vec<Fate>, Vec<Fate>) = fates.into_iter().partition(|f| is(f.pact));
    for (title, list) in [("Those", those), ("The others", others)] {
        answer.sections.push(Section::Table(Table {
            title: title.to_owned(),
            intro: format!("{}.", words::counted(list.len(), "pact", "pacts")),
            columns: cases::columns(study, None),
            rows: cases::rows(study, &list, &mut citer),
            notes: Vec::new(),
        }));
    }
    finish(answer, citer)
}
