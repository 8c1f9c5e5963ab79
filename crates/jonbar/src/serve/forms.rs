//! The forms of the pages: the box for a question, the assumptions of an answer, a what-if put together from parts.

use jonbar_answer::{Answer, RunCard};
use jonbar_counterfactual::PactEffect;
use jonbar_model::Kind;
use jonbar_question::spoken_of;
use jonbar_record::{ActorId, Day, Record};
use maud::{Markup, html};

use super::pages::Frame;
use super::query::Query;
use crate::ask::Setup;

/// The box for a question.
pub(super) fn ask(question: &str, setup: &Setup) -> Markup {
    html! {
        form class="ask" method="post" action="/ask" {
            label for="q" { "Ask a question, state a claim, or paste a whole discussion" }
            textarea id="q" name="q" required maxlength="200000" { (question) }
            input type="hidden" name="runs" value=(setup.runs);
            input type="hidden" name="seed" value=(setup.seed);
            @if setup.fresh_noise { input type="hidden" name="fresh" value="1"; }
            div class="row" { button type="submit" { "Answer" } }
            p role="status" data-working="" {}
        }
    }
}

/// What an answer takes for granted, to be moved: the answer below is computed anew.
pub(super) fn assumptions(frame: &Frame, setup: &Setup, record: &Record) -> Markup {
    let moved = &setup.moved;
    let span = record.span;
    html! {
        form class="ask" method="get" action=(frame.path) data-live="" {
            @if frame.path == "/ask" { input type="hidden" name="q" value=(frame.question); }
            h2 { "Assumptions you can move" }
            p role="status" data-working="" {}
            div class="row" {
                label {
                    "A pact in force" br;
                    select name="pact" {
                        @for effect in PactEffect::ALL {
                            option value=(effect.name()) selected[moved.pact_effect.unwrap_or_default() == effect] {
                                (effect.label())
                            }
                        }
                    }
                }
                label {
                    "Day of the change, if another" br;
                    input type="date" name="on" min=(span.from) max=(span.to) value=[moved.day.map(Day).filter(|d| span.contains(*d)).map(|d| d.to_string())];
                }
                label {
                    "Alternative histories" br;
                    input type="number" name="runs" min="100" max="20000" step="1" value=(setup.runs);
                }
                label {
                    "Seed of chance" br;
                    input type="number" name="seed" min="0" value=(setup.seed);
                }
            }
            @if frame.changes.len() > 1 {
                fieldset {
                    legend { "Without this part of the change" }
                    @for (i, change) in (1..).zip(&frame.changes) {
                        label {
                            input type="checkbox" name="without" value=(i) checked[moved.left_out.contains(&i)];
                            " " (change)
                        }
                    }
                }
            }
            fieldset {
                legend { "Hold at the record" }
                p { "None of these comes new, and none is lost but with its cause." }
                @for kind in Kind::ALL {
                    label {
                        input type="checkbox" name="hold" value=(kind.name()) checked[moved.held.iter().any(|k| k == kind.name())];
                        " " (kind.label())
                    }
                }
            }
            label class="line" {
                input type="checkbox" name="fresh" value="1" checked[setup.fresh_noise];
                " Without hindsight: a forecast from that day, which forgets what really happened"
            }
            label class="line" {
                input type="checkbox" name="models" value="1" checked[setup.models];
                " Also in models with other sets of effects, averaged (takes longer)"
            }
            label class="line" {
                input type="checkbox" name="dates" value="1" checked[setup.dates];
                " Also with other readings of uncertain dates (takes longer)"
            }
            div class="row" { button type="submit" { "Compute again" } }
        }
    }
}

/// Kinds of pact that a what-if can be put together with, by the words of a question.
const PACTS: [&str; 3] = ["non-aggression pact", "consultation pact", "mutual-assistance pact"];

/// How a what-if was read, as far as it is a pact of two states.
#[derive(Default)]
struct Read {
    parties: [Option<ActorId>; 2],
    pact: Option<&'static str>,
    day: Option<String>,
}

impl Read {
    /// From the what-if as it was run.
    fn of(run: &RunCard, record: &Record) -> Option<Read> {
        let whatif: toml::Table = run.whatif.parse().ok()?;
        let text = |table: &toml::Table, key: &str| table.get(key)?.as_str().map(str::to_owned);
        let change = whatif.get("change")?.as_array()?.first()?.as_table()?;
        let party = |key| record.actor(&text(change, key)?);
        Some(Read {
            parties: [party("by"), party("on")],
            pact: match text(change, "add").as_deref() {
                Some("nonaggression_pact") => Some(PACTS[0]),
                Some("consultation_pact") => Some(PACTS[1]),
                Some("defence_pact") => Some(PACTS[2]),
                _ => None,
            },
            day: text(&whatif, "date"),
        })
    }
}

/// A what-if put together from two states, a kind of pact and a day: how a question was read, to be set right.
pub(super) fn compose(record: &Record, question: &str, answers: &[Answer], setup: &Setup) -> Markup {
    let focus = spoken_of(question, record);
    let read = answers.iter().find_map(|a| Read::of(a.run.as_ref()?, record)).unwrap_or_default();
    let named = |i: usize| read.parties[i].or(focus.actors.get(i).copied());
    let label = read.pact.or(focus.pact.map(jonbar_record::PactType::label));
    let day = read.day.or(focus.window.filter(|w| w.to.0 - w.from.0 < 32).map(|w| w.from.to_string()));
    let usual = Day::from_ymd(jonbar_question::usual_pact(record).1, 1, 20)
        .filter(|d| record.span.contains(*d))
        .unwrap_or(Day((record.span.from.0 + record.span.to.0) / 2));
    let state = |field: &'static str, text: &'static str, chosen: Option<ActorId>, other: &str| {
        let fallback = record.actor(other).or(Some(ActorId(usize::from(field == "b"))));
        html! {
            label {
                (text) br;
                select name=(field) {
                    @for (i, actor) in record.actors.iter().enumerate() {
                        option value=(actor.code) selected[chosen.or(fallback) == Some(ActorId(i))] { (actor.name) }
                    }
                }
            }
        }
    };
    html! {
        form class="ask" method="get" action="/ask" {
            h2 { "Put a what-if together" }
            div class="row" {
                (state("a", "If", named(0), "RUS"))
                (state("b", "and", named(1), "ROM"))
                label {
                    "had signed a" br;
                    select name="kind" {
                        @for pact in PACTS {
                            option value=(pact) selected[label == Some(pact)] { (pact) }
                        }
                    }
                }
                label {
                    "on" br;
                    input type="date" name="day" min=(record.span.from) max=(record.span.to) value=(day.unwrap_or_else(|| usual.to_string()));
                }
                input type="hidden" name="runs" value=(setup.runs);
                input type="hidden" name="seed" value=(setup.seed);
                button type="submit" { "Answer" }
            }
        }
    }
}

/// The question that the parts make; `None` if one is missing or means nothing.
pub(super) fn composed(query: &Query, record: &Record) -> Option<String> {
    let actor = |field: &str| record.actor(query.get(field)?);
    let (a, b) = (actor("a")?, actor("b")?);
    let kind = PACTS.iter().find(|p| Some(**p) == query.get("kind"))?;
    let day = query.day("day").filter(|d| record.span.contains(*d))?;
    let name = |x: ActorId| record.actors[x.0].in_sentence();
    (a != b).then(|| format!("What if {} and {} had signed a {kind} on {}?", name(a), name(b), day.long()))
}
