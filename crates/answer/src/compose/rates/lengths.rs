//! How long tenures of an office and wars lasted: shares, medians, the longest and the shortest, and one sort beside another.

use jonbar_question::{LengthSaid, Lengths, Reading, SpellKind, Spells, Vague, Whose};
use jonbar_record::{ActorId, Day, EventId, EventKind, Office, PersonId, Window};
use jonbar_survival::{Interval, Spell, kaplan_meier, log_rank};

use super::cases::{is, period, sort_name};
use super::compared::shown;
use super::definitions::span_in_words;
use super::{LEVEL, YEAR, became, chance, shares, span};
use crate::answer::{Answer, Datum, ForestRow, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// One thing that lasted.
struct Stretch {
    /// The state or states whose it is.
    of: Vec<ActorId>,
    what: What,
    from: Day,
    to: Day,
    /// It was over when the casebook ended.
    over: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Tenure(PersonId, Office),
    War(EventId),
}

impl Stretch {
    /// Whether it is the very same.
    fn is(&self, other: &Stretch) -> bool {
        self.what == other.what && self.from == other.from && self.of == other.of
    }

    fn days(&self) -> i32 {
        self.to.0 - self.from.0
    }

    fn years(&self) -> f64 {
        f64::from(self.days()) / YEAR
    }

    /// The same; what began and was over on one day took some part of it.
    fn watched(&self) -> f64 {
        self.years().max(0.5 / YEAR)
    }

    /// The stretch as a spell, watched from the first day of the casebook on.
    fn spell(&self, number: u32, begins: Day) -> Spell {
        let entry = f64::from((begins.0 - self.from.0).max(0)) / YEAR;
        let exit = self.years().max(entry + 0.5 / YEAR);
        Spell { entry, ..Spell::simple(number, exit, self.over) }
    }
}

/// Tenures shorter than this are left out of one definition: those who only held the place for another.
const CARETAKER_DAYS: i32 = 31;
/// Lines of a ranking that the summary tells.
const RANKED: usize = 3;

pub(crate) fn answer(study: &Study, reading: &Reading, claim: &Lengths) -> Answer {
    let mut citer = Citer::new(study.record);
    let mut list = stretches(study, &claim.of);
    let name = name(study, &claim.of);
    let asked = match claim.says {
        LengthSaid::Extreme { longest } => {
            format!("Which {name} lasted {}, {}?", if longest { "longest" } else { "shortest" }, span(study))
        }
        LengthSaid::Number { than, .. } => {
            format!("How many {name} were there, and how many of {}, {}?", whose(study, than), span(study))
        }
        LengthSaid::Compared { with, then, less } => format!(
            "Did {name} last {} than {}{}, {}?",
            if less { "less long" } else { "longer" },
            match with {
                Some(other) => format!("those of {}", whose(study, other)),
                None if then.is_some() => "those".to_owned(),
                None => "all others".to_owned(),
            },
            then.map_or(String::new(), |w| format!(" begun {}", period(w.within(study.record.span)))),
            span(study)
        ),
        _ => format!("How long did {name} last, {}?", span(study)),
    };
    let mut answer = blank(reading, "base rate", asked);
    answer.reading.not_understood.extend(claim.left_out.iter().cloned());
    if list.is_empty() {
        answer.summary.push(format!("The casebook has no {name}."));
        return answer;
    }
    match claim.says {
        LengthSaid::Within { years, under, word } => within(study, &list, (years, under), word, &mut answer),
        LengthSaid::Usual => {}
        LengthSaid::Compared { with, then, less } => {
            let mut other = beside(study, claim, (with, then), &list);
            let shared = part(&mut list, &mut other.1, [claim.of.whose, with]);
            if shared > 0 {
                answer.summary.push(format!(
                    "{} on both sides {} left out.",
                    words::counted(shared, "case", "cases"),
                    if shared == 1 { "is" } else { "are" }
                ));
            }
            compare(study, (&name, &list), &other, less, &mut answer);
            answer.sections.push(table(study, &format!("The cases: {}", other.0), &other.1, &mut citer));
        }
        LengthSaid::Extreme { longest } => extreme(study, &list, longest, &mut answer),
        LengthSaid::Number { than, less } => {
            let other = Spells { whose: Some(than), ..claim.of };
            let others = stretches(study, &other);
            let asked = reading.text.trim_end().ends_with('?');
            let lower = reading.text.to_lowercase();
            let yes_or_no = ["did ", "does ", "had ", "has ", "is it"].iter().any(|w| lower.starts_with(w));
            number(study, &list, &others, (claim.of.whose, than), (less, asked, yes_or_no), &mut answer);
            answer.sections.push(table(
                study,
                &format!("The cases: {}", self::name(study, &other)),
                &others,
                &mut citer,
            ));
        }
    }
    if matches!(claim.says, LengthSaid::Within { .. } | LengthSaid::Usual)
        && let Some((section, sentence)) = usual(study, &list)
    {
        answer.summary.push(sentence);
        answer.sections.push(section);
    }
    answer.sections.push(table(study, "The cases", &list, &mut citer));
    finish(answer, citer)
}

fn whose(study: &Study, whose: Whose) -> String {
    match whose {
        Whose::Actor(a) => words::name(study, a),
        Whose::Sort(sort) => sort_name(study, sort),
    }
}

/// What is followed, in the plural.
fn name(study: &Study, of: &Spells) -> String {
    let what = match of.kind {
        SpellKind::Tenures(Some(office)) => format!("tenures of the {}", office.label()),
        SpellKind::Tenures(None) => "tenures of heads of government and foreign ministers".to_owned(),
        SpellKind::Wars => "wars".to_owned(),
    };
    let whose = of.whose.map_or(String::new(), |w| format!(" of {}", whose(study, w)));
    let when = of.window.map_or(String::new(), |w| format!(" begun {}", period(w)));
    what + &whose + &when
}

fn stretches(study: &Study, of: &Spells) -> Vec<Stretch> {
    let record = study.record;
    let meant = |state: ActorId, day: Day| match of.whose {
        None => true,
        Some(Whose::Actor(a)) => a == state,
        Some(Whose::Sort(sort)) => is(study, sort, state, day.max(record.span.from)),
    };
    let then = |day: Day| of.window.is_none_or(|w| w.contains(day.max(record.span.from)));
    let mut list: Vec<Stretch> = match of.kind {
        SpellKind::Tenures(office) => {
            let offices = office.map_or(vec![Office::HeadOfGovernment, Office::ForeignMinister], |o| vec![o]);
            let states = (0..record.actors.len()).map(ActorId);
            states
                .flat_map(|state| offices.iter().map(move |office| (state, *office)))
                .flat_map(|(state, office)| {
                    let tenures = record.tenures(state, office).into_iter();
                    tenures.map(move |(person, Window { from, to })| Stretch {
                        of: vec![state],
                        what: What::Tenure(person, office),
                        from,
                        to,
                        over: to < record.span.to,
                    })
                })
                .collect()
        }
        SpellKind::Wars => (0..record.events.len())
            .map(EventId)
            .filter(|id| record.events[id.0].kind == EventKind::WarBegun)
            .map(|id| {
                let begun = &record.events[id.0];
                let end =
                    record.war_course(id).end_of_first(record).map(|e| record.events[e.0].when.reading());
                Stretch {
                    of: begun.parties().collect(),
                    what: What::War(id),
                    from: begun.when.reading(),
                    to: end.unwrap_or(record.span.to),
                    over: end.is_some(),
                }
            })
            .collect(),
    };
    list.retain(|x| {
        then(x.from) && x.of.iter().any(|a| meant(*a, x.from)) && x.to >= record.span.from && x.to >= x.from
    });
    list.sort_by_key(|x| x.from);
    list
}

/// Shares that lasted so long, or less.
fn within(
    study: &Study,
    list: &[Stretch],
    (years, under): (f64, bool),
    vague: Option<&Vague>,
    answer: &mut Answer,
) {
    let time = span_in_words(years);
    let label = if under { format!("over within {time}") } else { format!("longer than {time}") };
    let begins = study.record.span.from;
    let row = |label: String, some: Vec<&Stretch>| {
        let known = some.iter().map(|x| (x.watched(), x.over));
        shares::within(label, known, years, !under, vague)
    };
    let tenures = matches!(list[0].what, What::Tenure(..));
    // What had begun before is known only because it lasted so long: it would make all look longer.
    let mut rows: Vec<ForestRow> =
        vec![row(label.clone(), list.iter().filter(|x| x.from >= begins).collect())];
    if list.iter().any(|x| x.from < begins) {
        rows.push(row(format!("{label}, with those begun before the casebook"), list.iter().collect()));
    }
    if tenures {
        rows.push(row(
            format!("{label}, leaving out those over within a month"),
            list.iter().filter(|x| x.from >= begins && (!x.over || x.days() > CARETAKER_DAYS)).collect(),
        ));
    }
    let plainest = &rows[0];
    if plainest.of == 0 {
        answer.summary.push(format!("None can be followed for {time} before the casebook ends."));
        return;
    }
    answer.summary.push(format!("{} of {} were {}.", plainest.count, plainest.of, plainest.label));
    if let Some(vague) = vague {
        answer.summary.push(shares::verdict(vague, &label, &rows));
    }
    answer.sections.push(Section::Forest(shares::forest(vague, rows)));
}

/// The middle of the lengths, and the curve.
fn usual(study: &Study, list: &[Stretch]) -> Option<(Section, String)> {
    let spells = spells(study, list);
    let curve = kaplan_meier(&spells, Interval::LogLog, LEVEL).ok()?;
    let quantile = |p: f64| curve.quantile(p).map(in_words);
    let going = list.iter().filter(|x| !x.over).count();
    let still = if going == 0 {
        String::new()
    } else {
        format!(", allowing for {going} that went on when the casebook ends")
    };
    let sentence = match (quantile(0.25), quantile(0.5), quantile(0.75)) {
        (Some(first), Some(half), Some(most)) => {
            format!(
                "Half of them were over within {half}, a quarter within {first}, three quarters within {most}{still}."
            )
        }
        (_, Some(half), _) => format!("Half of them were over within {half}{still}."),
        _ => format!("More than half lasted as long as they can be followed{still}."),
    };
    let intro = "Share not yet over, by years since the beginning (Kaplan and Meier). What had begun before the casebook does is watched from \
                 its first day on; what goes on when it ends leaves the count then.";
    Some((Section::Curve(became::drawn("How long they lasted", intro, &curve, &spells)), sentence))
}

fn spells(study: &Study, list: &[Stretch]) -> Vec<Spell> {
    let begins = study.record.span.from;
    (0..).zip(list).map(|(i, x)| x.spell(i, begins)).collect()
}

/// A length in days, months or years.
fn in_words(years: f64) -> String {
    let days = (years * YEAR).round();
    if days < 60.0 {
        words::counted(days as usize, "day", "days")
    } else if years < 2.0 {
        words::counted((years * 12.0).round() as usize, "month", "months")
    } else {
        format!("{years:.1} years")
    }
}

/// The longest or shortest, in order.
fn extreme(study: &Study, list: &[Stretch], longest: bool, answer: &mut Answer) {
    let mut order: Vec<&Stretch> = list.iter().filter(|x| longest || x.over).collect();
    order.sort_by_key(|x| if longest { -x.days() } else { x.days() });
    let told = order.iter().take(RANKED).map(|x| {
        format!(
            "{} ({}, {} to {})",
            title(study, x),
            in_words(x.years()),
            x.from.long(),
            if x.over { x.to.long() } else { "the end of the casebook".to_owned() }
        )
    });
    let told: Vec<String> = told.collect();
    let lead = if longest { "longest" } else { "shortest" };
    answer.summary.push(format!("The {lead} of {}: {}.", list.len(), words::list(&told)));
    if order.iter().take(RANKED).any(|x| !x.over) {
        answer.summary.push("What goes on when the casebook ends was longer still.".to_owned());
    }
}

/// More of them, or fewer.
fn number(
    study: &Study,
    list: &[Stretch],
    others: &[Stretch],
    (first, second): (Option<Whose>, Whose),
    (less, asked, yes_or_no): (bool, bool, bool),
    answer: &mut Answer,
) {
    let people = |list: &[Stretch]| {
        let mut people: Vec<PersonId> = list
            .iter()
            .filter_map(|x| if let What::Tenure(p, _) = x.what { Some(p) } else { None })
            .collect();
        people.sort();
        people.dedup();
        people.len()
    };
    let first = first.map_or(String::new(), |w| whose(study, w));
    let second = whose(study, second);
    let (own, beside) = (people(list), people(others));
    let so = if less { own < beside } else { own > beside };
    let lead = match (asked, so) {
        _ if own == beside && asked => "As many".to_owned(),
        (true, _) if !yes_or_no => words::capital(if so { &first } else { &second }),
        (_, true) => "Yes".to_owned(),
        (_, false) => "No".to_owned(),
    };
    answer.summary.push(format!(
        "{lead}: {first} had {own} people in {} tenures, {second} {beside} in {}.",
        list.len(),
        others.len()
    ));
}

/// The other side of a comparison: its name and its stretches.
fn beside(
    study: &Study,
    claim: &Lengths,
    (with, then): (Option<Whose>, Option<Window>),
    list: &[Stretch],
) -> (String, Vec<Stretch>) {
    let window = then.map(|w| w.within(study.record.span)).or(claim.of.window);
    let other = Spells { whose: with, window, ..claim.of };
    let mut others = stretches(study, &other);
    if with.is_none() && then.is_none() {
        others.retain(|x| !list.iter().any(|y| y.is(x)));
        return (format!("all other {}", name(study, &other)), others);
    }
    (name(study, &other), others)
}

/// Takes what is on both sides out of the larger, or of both where neither is a single state; returns how many there were.
fn part(list: &mut Vec<Stretch>, others: &mut Vec<Stretch>, whose: [Option<Whose>; 2]) -> usize {
    let both: Vec<(What, Day)> =
        list.iter().filter(|x| others.iter().any(|y| y.is(x))).map(|x| (x.what, x.from)).collect();
    let alone = |x: &Stretch| !both.contains(&(x.what, x.from));
    if !matches!(whose[0], Some(Whose::Actor(_))) {
        list.retain(alone);
    }
    if !matches!(whose[1], Some(Whose::Actor(_))) || matches!(whose[0], Some(Whose::Actor(_))) {
        others.retain(alone);
    }
    both.len()
}

/// Two sorts side by side: medians, mean of the years both can be followed for, and the log-rank test.
fn compare(
    study: &Study,
    (name, list): (&str, &[Stretch]),
    (other_name, others): &(String, Vec<Stretch>),
    less: bool,
    answer: &mut Answer,
) {
    let sides = [spells(study, list), spells(study, others)];
    let curves = sides.each_ref().map(|s| kaplan_meier(s, Interval::LogLog, LEVEL).ok());
    let [Some(one), Some(two)] = curves else {
        answer.summary.push("One of the two sides has no cases.".to_owned());
        return;
    };
    let groups: Vec<usize> = (0..2).flat_map(|g| vec![g; sides[g].len()]).collect();
    let p = log_rank(&sides.concat(), &groups, 0.0).ok().map(|t| t.p);
    let horizon = one.last.min(two.last);
    let means = [&one, &two].map(|c| c.restricted_mean(horizon).0);
    let median = |c: &jonbar_survival::Curve| c.quantile(0.5).map_or("not reached".to_owned(), in_words);
    let clear = p.is_some_and(|p| p < 0.1);
    let so = if less { means[0] < means[1] } else { means[0] > means[1] };
    answer.summary.push(format!(
        "{}: half of the {} {name} were over within {}, half of the {} {other_name} within {}{}.",
        shown(so, clear),
        list.len(),
        median(&one),
        others.len(),
        median(&two),
        p.map_or(String::new(), |p| format!(" ({} by the log-rank test)", chance(p)))
    ));
    answer.summary.push(format!(
        "Within the first {horizon:.1} years they lasted {:.1} and {:.1} years on average.",
        means[0], means[1]
    ));
}

fn title(study: &Study, x: &Stretch) -> String {
    let record = study.record;
    match x.what {
        What::Tenure(person, office) => {
            format!("{}, {} of {}", record.people[person.0].name, office.label(), words::names(study, &x.of))
        }
        What::War(begun) => match record.wars.iter().find(|w| w.begun == begun) {
            Some(war) => format!("the {}", war.name),
            None => {
                let e = &record.events[begun.0];
                format!("{} against {}", words::names(study, &e.actors), words::names(study, &e.targets))
            }
        },
    }
}

fn table(study: &Study, title: &str, list: &[Stretch], citer: &mut Citer) -> Section {
    let record = study.record;
    let rows = list
        .iter()
        .map(|x| {
            let begun = match x.what {
                What::War(id) => Some(&record.events[id.0]),
                What::Tenure(person, office) => record.events.iter().find(|e| {
                    e.kind == EventKind::OfficeTaken
                        && e.office == Some(office)
                        && e.people.first() == Some(&person)
                        && e.when.reading() == x.from
                }),
            };
            let what = words::capital(&self::title(study, x));
            vec![
                begun.map_or(Datum::Text(what.clone()), |e| Datum::Entry(what.clone(), e.id.clone())),
                Datum::Text(x.from.long()),
                if x.over { Datum::Text(x.to.long()) } else { Datum::None },
                Datum::Number(x.years(), 2),
                begun.map_or(Datum::None, |e| Datum::Text(citer.marks(&e.citations))),
            ]
        })
        .collect();
    let over = list.iter().filter(|x| !x.over).count();
    Section::Table(Table {
        title: title.to_owned(),
        intro: format!("{}.", words::counted(list.len(), "case", "cases")),
        columns: ["which", "from", "to", "years", "source"].map(str::to_owned).to_vec(),
        rows,
        notes: (over > 0)
            .then(|| "No end date: not over when the casebook ends.".to_owned())
            .into_iter()
            .collect(),
    })
}
