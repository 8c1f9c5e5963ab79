//! Cases of any sort counted under the definitions of what is said of them: how often, and beside others.

use jonbar_question::{Cases, Claim, Reading, Says, Than, Unit};
use jonbar_record::{Day, Window};

use super::definitions::saying;
use super::{attacks, breaches, cases, claimed, compared, demands, ruptures, shares, span, transfers};
use crate::answer::{Answer, Datum, ForestRow, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// What one case is called, and several: `attack`, `attacks`.
pub(super) type Noun = (&'static str, &'static str);

/// Cases, and what is true of each.
pub(super) struct Tally {
    /// The cases in words.
    pub name: String,
    /// What one of them is called, and several.
    pub noun: Noun,
    /// By what each is known, for comparisons.
    pub ids: Vec<String>,
    /// When each happened.
    pub days: Vec<Day>,
    /// For each definition, its label after "were" and whether it is true of each case; `None` where that is not known.
    pub definitions: Vec<(String, Vec<Option<bool>>)>,
    /// The cases one by one.
    pub table: Table,
    /// What to keep in mind, one sentence each.
    pub mind: Vec<String>,
}

impl Tally {
    /// The cases that are not among others.
    fn without(self, others: &Tally) -> Tally {
        let kept: Vec<bool> = self.ids.iter().map(|id| !others.ids.contains(id)).collect();
        let name = format!("all other {}", self.name);
        Tally { name, ..self.only(&kept) }
    }

    /// The cases of a time.
    pub(super) fn within(self, window: Window) -> Tally {
        let kept: Vec<bool> = self.days.iter().map(|d| window.contains(*d)).collect();
        self.only(&kept)
    }

    fn only(mut self, kept: &[bool]) -> Tally {
        keep(&mut self.ids, kept);
        keep(&mut self.days, kept);
        keep(&mut self.table.rows, kept);
        self.definitions.iter_mut().for_each(|(_, known)| keep(known, kept));
        self.table.intro = how_many(self.ids.len(), self.noun);
        self
    }
}

/// Leaves those of a list that are kept.
fn keep<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| kept.next() == Some(&true));
}

/// The table of the cases, one in each row.
pub(super) fn table(noun: Noun, columns: &[&str], rows: Vec<Vec<Datum>>, notes: &[&str]) -> Table {
    let owned = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect();
    Table {
        title: "The cases".to_owned(),
        intro: how_many(rows.len(), noun),
        columns: owned(columns),
        rows,
        notes: owned(notes),
    }
}

fn how_many(cases: usize, noun: Noun) -> String {
    format!("{}.", words::counted(cases, noun.0, noun.1))
}

/// Of a claim that most cases were of some sort: the cases it is told of, and the sort in words, as in "by a great power". `whole` is what the
/// sentence itself says of which cases are meant; where that is all it says, all cases are.
pub(super) fn sort_told(study: &Study, of: &Cases, whole: &Cases) -> (Cases, String) {
    let bare = Cases { party: None, target: None, sides: [None; 2], pair: None, ..of.clone() };
    let whole = if whole == of { bare.clone() } else { whole.clone() };
    let side = |i: usize| of.sides[i].filter(|_| whole.sides[i].is_none());
    let told = Cases {
        party: of.party.filter(|_| whole.party.is_none()),
        target: of.target.filter(|_| whole.target.is_none()),
        sides: [side(0), side(1)],
        pair: of.pair.filter(|_| whole.pair.is_none()),
        ..bare.clone()
    };
    let ((noun, _), (sort, _)) = (cases::names(study, &bare), cases::names(study, &told));
    let which = sort.strip_prefix(&noun).unwrap_or(&sort).trim().to_owned();
    (whole, which)
}

/// The cases of a claim that is not about what became of pacts.
pub(super) fn tally(study: &Study, (of, whole): (&Cases, &Cases), says: Says, citer: &mut Citer) -> Tally {
    match of.unit {
        Unit::Demands => demands::tally(study, of, says, citer),
        Unit::Claims => claimed::tally(study, of, says, citer),
        Unit::Attacks => attacks::tally(study, (of, whole), says, citer),
        Unit::Breaches => breaches::tally(study, (of, whole), says, citer),
        Unit::Transfers => transfers::tally(study, (of, whole), says, citer),
        Unit::Ruptures => ruptures::tally(study, of, says, citer),
        Unit::Pacts => breaches::signed(study, of, citer),
    }
}

/// How often what is said was so.
pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    let mut citer = Citer::new(study.record);
    let tally = tally(study, (&claim.of, &claim.whole), claim.says, &mut citer);
    let mut answer = blank(
        reading,
        "base rate",
        match claim.says {
            Says::Joined => format!("How many {} were {}, {}?", tally.name, said(claim, &tally), span(study)),
            _ => format!("How often were {} {}, {}?", tally.name, said(claim, &tally), span(study)),
        },
    );
    let vague = claim.word;
    let count = |(label, known): &(String, Vec<Option<bool>>)| {
        shares::row(label.clone(), known.iter().copied(), vague)
    };
    let rows: Vec<ForestRow> = tally.definitions.iter().map(count).collect();
    let Some(plainest) = rows.first().filter(|_| !tally.days.is_empty()) else {
        answer.summary.push(format!("The casebook has no such {}.", tally.noun.0));
        return answer;
    };
    answer.summary.push(format!(
        "{} of {} such {} were {}.",
        plainest.count, plainest.of, tally.noun.1, plainest.label
    ));
    if let Some(vague) = vague {
        answer.summary.push(shares::verdict(vague, &said(claim, &tally), &rows));
    }
    answer.summary.extend(tally.mind);
    answer.sections.push(Section::Forest(shares::forest(vague, rows)));
    answer.sections.push(Section::Table(tally.table));
    finish(answer, citer)
}

/// What is said of the cases, in words that stand after "were".
fn said(claim: &Claim, tally: &Tally) -> String {
    match (claim.of.unit, claim.says, tally.definitions.first()) {
        (_, Says::Joined, Some((which, _))) => which.clone(),
        (Unit::Breaches, Says::Warned, _) => "announced by denouncing the pact".to_owned(),
        (Unit::Breaches, Says::Unwarned, _) => "done without denouncing the pact".to_owned(),
        (Unit::Ruptures, Says::Fought { war: true }, _) => "followed by war".to_owned(),
        (Unit::Ruptures, Says::Fought { war: false }, _) => "followed by force".to_owned(),
        (Unit::Ruptures, Says::Renewed, _) => "healed".to_owned(),
        (Unit::Ruptures, Says::Peaceful { .. }, _) => "followed by no war".to_owned(),
        (Unit::Transfers, Says::Fought { war: true }, _) => "made by war".to_owned(),
        (Unit::Transfers, Says::Fought { war: false }, _) => "made by force".to_owned(),
        (Unit::Transfers, Says::Warned, _) => "made after a demand".to_owned(),
        (Unit::Transfers, Says::Unwarned, _) => "made without a demand".to_owned(),
        _ => saying(claim.says),
    }
}

/// Whether it was so more often than of others.
pub(super) fn compare(study: &Study, reading: &Reading, claim: &Claim, than: &Than) -> Answer {
    let mut citer = Citer::new(study.record);
    let other = than.cases.clone().unwrap_or_else(|| cases::rest_of(&claim.of));
    let first = tally(study, (&claim.of, &claim.of), claim.says, &mut citer);
    let mut second = tally(study, (&other, &other), claim.says, &mut citer);
    if than.others || than.cases.is_none() {
        second = second.without(&first);
    }
    beside(study, reading, claim, than, [first, second], citer)
}

/// Two tallies side by side.
pub(super) fn beside(
    study: &Study,
    reading: &Reading,
    claim: &Claim,
    than: &Than,
    [first, second]: [Tally; 2],
    citer: Citer,
) -> Answer {
    let saying = saying(claim.says);
    let mut answer = blank(
        reading,
        "base rate",
        format!(
            "Were {} {saying} {} {}, {}?",
            first.name,
            compared::measure(claim.says, than),
            second.name,
            span(study)
        ),
    );
    if first.days.is_empty() || second.days.is_empty() || first.name == second.name {
        answer.summary.push(compared::no_sides(study, [&claim.of, than.cases.as_ref().unwrap_or(&claim.of)]));
        return answer;
    }
    let pairs = first.definitions.iter().zip(&second.definitions);
    let both = pairs.map(|((label, one), (_, other))| (label.clone(), one.clone(), other.clone()));
    compared::side_by_side(&saying, [&first.name, &second.name], both, than, &mut answer);
    answer.summary.extend(first.mind);
    for (name, table) in [(first.name, first.table), (second.name, second.table)] {
        answer.sections.push(Section::Table(Table { title: format!("The cases: {name}"), ..table }));
    }
    finish(answer, citer)
}
