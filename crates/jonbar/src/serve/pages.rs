//! The pages. Words for people who come for the first time; everything else is the answer itself.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jonbar_answer::{Answer, writers};
use jonbar_counterfactual::PactEffect;
use jonbar_model::Kind;
use jonbar_record::Record;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::json;

use super::forms;
use super::history::Asked;
use super::query::{Query, link};
use crate::ask::Setup;

/// The question that stands in the box at first.
const FIRST: &str =
    "What if the Soviets and Romanians signed a nonaggression pact during the interwar period?";

/// Others to try: one of each sort.
const OTHERS: [&str; 5] = [
    "Did either side propose a Soviet-Romanian nonaggression pact?",
    "Why could Poland sign with the Soviets in 1932 and Romania could not?",
    "Were nonaggression pacts broken regularly?",
    "Were such pacts a bad omen?",
    "What if there had been no Molotov-Ribbentrop Pact?",
];

/// Questions of the history that are shown.
const HISTORY_SHOWN: usize = 20;

/// Added to the style of answers.
const STYLE: &str = "
form.ask{background:var(--panel);border-radius:.4rem;padding:.8rem;margin:1rem 0}
form.ask h2{margin:.2rem 0 .6rem;font-size:1.1rem}
form.ask fieldset{border:1px solid var(--line);border-radius:.3rem;margin:.7rem 0;padding:.3rem .7rem .5rem;
display:flex;flex-wrap:wrap;gap:.1rem 1.2rem}
form.ask fieldset p{flex-basis:100%;margin:.2rem 0}
form.ask fieldset label,form.ask .line{font-weight:400;min-height:1.75rem}
form.ask .row label{max-width:100%;min-width:0}
form.ask select{font:inherit;padding:.35rem;border:1px solid var(--line);border-radius:.3rem;background:var(--bg);color:var(--fg);
max-width:min(100%,17rem)}
.maps{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr)}
form.ask .row select{max-width:100%}
@media (min-width:60rem){main:has(.maps),header:has(+main .maps){max-width:92rem}.maps{grid-template-columns:repeat(auto-fit,minmax(22rem,1fr))}}
@media (min-width:76rem){
main:has(.beside aside),main:has(.beside aside) .take{max-width:74rem}
header:has(+main .beside aside){max-width:74rem}
.beside:has(aside){display:grid;grid-template-columns:minmax(0,52rem) 19rem;gap:1.5rem;align-items:start}
aside{position:sticky;top:.5rem;max-height:calc(100vh - 1rem);overflow:auto}
aside form.ask{margin:0 0 1rem}
.take .narrow{display:none}}
.history form{display:inline}
button.quiet{font-weight:400;padding:.1rem .5rem;background:var(--bg);color:var(--link);border-width:1px;min-height:1.6rem}
select:focus-visible{outline:3px solid var(--link);outline-offset:2px}
form.ask label{display:block;font-weight:600;margin:.2rem 0}
form.ask textarea{width:100%;min-height:4.6rem;font:inherit;padding:.5rem;border:1px solid var(--line);border-radius:.3rem;
background:var(--bg);color:var(--fg)}
form.ask .row{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:end;margin-top:.5rem}
form.ask .row label{font-weight:400}
form.ask [role=status]:empty{display:none}
.take:first-child{margin-top:0}
nav.take{padding:0}
form.ask input[type=range]{width:100%;min-height:1.75rem}
form.ask input[type=date]{min-width:9.6rem}
form.ask input[type=number],form.ask input[type=date]{font:inherit;width:8rem;padding:.35rem;border:1px solid var(--line);border-radius:.3rem;
background:var(--bg);color:var(--fg)}
button,.button{font:inherit;font-weight:600;padding:.5rem 1.1rem;border-radius:.3rem;border:2px solid var(--link);
background:var(--link);color:var(--bg);cursor:pointer;text-decoration:none;display:inline-block}
.button{background:var(--bg);color:var(--link)}
.picture{display:flex;gap:.4rem;margin:.3rem 0}
svg :focus-visible,button:focus-visible,textarea:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.take{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0}
nav.take{margin:.2rem 0 .6rem}
nav.take .button{padding:.25rem .7rem;border-width:1px;font-weight:500}
.again{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;margin:0 0 .6rem}
.again details[open]{flex-basis:100%}
.again summary{cursor:pointer;color:var(--link);min-height:1.6rem}
.again form.ask{margin:.4rem 0}
.site{font-weight:700;text-decoration:none;color:var(--fg)}
[data-working]{color:var(--soft)}
footer{max-width:52rem;margin:2rem auto;padding:.75rem;color:var(--soft);border-top:1px solid var(--line)}
@media print{form.ask,.take,.again,.picture,footer{display:none}.beside{display:block}}
";

/// What an answer page is about.
pub(super) struct Frame {
    /// What was asked, for the box.
    pub question: String,
    /// Path of the page, without settings.
    pub path: String,
    /// The changes of a what-if, in words, where it has several.
    pub changes: Vec<String>,
}

/// The style sheet of all pages.
pub(super) fn style() -> String {
    format!("{}{}{STYLE}", writers::STYLE, writers::MAP_STYLE)
}

pub(super) fn page(title: &str, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " - jonbar" }
                link rel="stylesheet" href="/style.css";
                script src="/page.js" defer {}
            }
            body {
                a class="skip" href="#main" { "Skip to the content" }
                (content)
                footer {
                    "jonbar computes alternatives from a cited record and a fitted model, on this computer. What it says of what did \
                     not happen is computed, not recorded. "
                    a href="/api" { "For programs" }
                }
            }
        }
    }
}

/// The first page.
pub(super) fn home(whatifs: &[(String, String)], record: &Record, history: &[Asked]) -> Html<String> {
    let setup = Query::default().setup();
    // The examples are of the years between the wars; of another casebook, its own what-ifs are.
    let nonaggression = jonbar_question::usual_pact(record).0 == jonbar_record::PactType::Nonaggression;
    let readable = |question: &str| {
        if question.contains("nonaggression") && !nonaggression {
            return false;
        }
        let (readings, _) = jonbar_question::read_text(question, record);
        readings.first().is_some_and(|r| !matches!(r.form, jonbar_question::Form::NotUnderstood { .. }))
    };
    let of_the_book = whatifs.first().map_or("", |(_, question)| question.as_str());
    let first = if readable(FIRST) { FIRST } else { of_the_book };
    let content = html! {
        header { h1 { "What would have followed?" } }
        main id="main" {
            p class="summary" {
                (record.title) ", " (record.span.from.year()) " to " (record.span.to.year()) ": change one thing, and see what follows: odds, reasons and sources, from \
                 thousands of alternative histories in which everything the change does not touch stays as it was."
            }
            (forms::ask(first, &setup))
            @let others: Vec<&str> = OTHERS.into_iter().filter(|q| readable(q)).collect();
            @if !others.is_empty() {
                h2 { "Or try" }
                ul {
                    @for question in others {
                        li { a href=(link("/ask", Some(question), &setup)) { (question) } }
                    }
                }
            }
            (forms::compose(record, first, &[], &setup))
            @if !record.shapes.is_empty() { p { a class="button" href="/map" { "The map, day by day" } } }
            h2 { "What-ifs ready to run" }
            ul {
                @for (name, question) in whatifs {
                    li { a href=(link(&format!("/whatif/{name}"), None, &setup)) { (question) } }
                }
            }
            @if !history.is_empty() {
                h2 { "Asked before" }
                ul class="history" {
                    @for one in history.iter().take(HISTORY_SHOWN) {
                        li {
                            a href=(one.link) { (one.question) } " " (settings_in(&one.link)) " "
                            form method="post" action="/forget" {
                                input type="hidden" name="link" value=(one.link);
                                button class="quiet" type="submit" aria-label={ "Forget: " (one.question) } { "forget" }
                            }
                        }
                    }
                }
                form method="post" action="/forget" {
                    button class="quiet" type="submit" name="all" value="1" { "Forget all" }
                }
                p { "Kept in a file on this computer, and nowhere else." }
            }
        }
    };
    Html(page("What would have followed?", content).into_string())
}

/// What sets a link apart from another to the same question: "(2000 runs, forecast)".
fn settings_in(link: &str) -> String {
    let query = Query::parse(link.split_once('?').map_or("", |(_, query)| query));
    let runs = query.get("runs").map(|n| format!("{n} runs"));
    let said = [
        runs,
        query.get("fresh").map(|_| "forecast".to_owned()),
        query.get("on").map(|day| format!("on {day}")),
        query.get("pact").filter(|p| *p != "fitted").map(|p| format!("pact effect {p}")),
        query.get("hold").map(|_| "kinds held".to_owned()),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    if said.is_empty() { String::new() } else { format!("({})", said.join(", ")) }
}

/// The answers alone, to take the place of those shown.
pub(super) fn part(answers: &[Answer], record: &Record, link: &str, setup: &Setup) -> String {
    shown(answers, record, link, setup).into_string()
}

/// The answers with what can be taken away of them.
fn shown(answers: &[Answer], record: &Record, link: &str, setup: &Setup) -> Markup {
    let parts = writers::page_parts(answers, record);
    let take = |form: &str| format!("{link}&as={form}");
    let tables = writers::csv(answers);
    html! {
        (PreEscaped(parts.body))
        @if !tables.is_empty() {
            details class="files" {
                summary { "Tables and run as files, and how to cite this" }
                ul {
                    @if answers.iter().any(|a| a.run.is_some()) {
                        li { a href=(take("run")) { "The run, to be repeated by " code { "jonbar replay run.jonbar" } } }
                    }
                    li { a href=(take("bbcode")) { "The whole answer as BBCode" } }
                    @for file in &tables {
                        li { a href={ (take("csv")) "&table=" (file.name) } { (file.name) } }
                    }
                }
                p {
                    "To cite: jonbar " (env!("CARGO_PKG_VERSION")) ", casebook \"" (record.title) "\" ("
                    (record.hash.get(..12).unwrap_or_default()) "), \"" (parts.title) "\", " (setup.runs) " runs, seed "
                    (setup.seed) "."
                }
            }
        }
    }
}

/// Answers in their frame.
pub(super) fn answers(
    answers: &[Answer],
    record: &Record,
    frame: &Frame,
    link: &str,
    setup: &Setup,
) -> Html<String> {
    let parts = writers::page_parts(answers, record);
    let take = |form: &str| format!("{link}&as={form}");
    let content = html! {
        header {
            p { a class="site" href="/" { "jonbar: what would have followed?" } }
            h1 { (parts.title) }
        }
        main id="main" {
            nav class="take" aria-label="Take it away" {
                a class="button" data-copy="" href=(take("post")) { "Copy for a forum" }
                a class="button" href=(take("markdown")) { "Markdown" }
                a class="button" href=(take("html")) { "Page as a file" }
                a class="button" href=(take("json")) { "JSON" }
                @if answers.iter().any(|a| a.run.is_some()) {
                    a class="button narrow" href="#assumptions" { "Move the assumptions" }
                }
                @if answers.iter().flat_map(|a| &a.sections).any(|s| matches!(s, jonbar_answer::Section::Holders(_))) {
                    a class="button" href=(take("map")) { "Map, year by year" }
                }
                span role="status" data-copied="" {}
            }
            @let whatif = answers.iter().any(|a| a.run.is_some());
            div class="again" {
                details {
                    summary { "Ask something else" }
                    (forms::ask(&frame.question, setup))
                }
                @if whatif {
                    details {
                        summary { "Not what you meant? Set the reading right" }
                        (forms::compose(record, &frame.question, answers, setup))
                    }
                }
            }
            div class="beside" {
                div id="answer" data-runs=(setup.runs) { (shown(answers, record, link, setup)) }
                @if whatif {
                    aside id="assumptions" aria-label="Other assumptions" {
                        (forms::assumptions(frame, setup, record))
                    }
                }
            }
            p {
                "This page again: " a href=(link) { (frame.path) } ", " (setup.runs) " runs, seed " (setup.seed) "."
            }
        }
    };
    Html(page(&parts.title, content).into_string())
}

/// One entry of the record, and what can be asked of it.
pub(super) fn entry(answer: &Answer, record: &Record, questions: &[String]) -> Html<String> {
    let parts = writers::page_parts(std::slice::from_ref(answer), record);
    let setup = Query::parse("").setup();
    let content = html! {
        header {
            p { a class="site" href="/" { "jonbar: what would have followed?" } }
            h1 { (parts.title) }
        }
        main id="main" {
            @if !questions.is_empty() {
                p {
                    "Ask: "
                    @for question in questions {
                        a class="button" href=(link("/ask", Some(question), &setup)) { (question) } " "
                    }
                }
            }
            (PreEscaped(parts.body))
        }
    };
    Html(page(&parts.title, content).into_string())
}

/// A page that says what is wrong.
pub(super) fn error(status: StatusCode, why: &str) -> Response {
    let content = html! {
        header { h1 { "Not answered" } }
        main id="main" {
            p { (why) }
            p { a class="button" href="/" { "Ask a question" } }
        }
    };
    let text = page("Not answered", content).into_string();
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}

/// What a program may ask for, in OpenAPI's form.
pub(super) fn openapi() -> String {
    let settings = json!([
        { "name": "runs", "in": "query", "description": "alternative histories per what-if",
          "schema": { "type": "integer", "minimum": 100, "maximum": 20000, "default": 1000 } },
        { "name": "seed", "in": "query", "description": "the same seed gives the same answer",
          "schema": { "type": "integer", "minimum": 0, "default": 1932 } },
        { "name": "fresh", "in": "query", "description": "present: forget what really happened after the change",
          "schema": { "type": "string" } },
        { "name": "models", "in": "query", "description": "present: also in models with other sets of effects",
          "schema": { "type": "string" } },
        { "name": "dates", "in": "query", "description": "present: also with other readings of uncertain dates",
          "schema": { "type": "string" } },
        { "name": "pact", "in": "query", "description": "effect of a pact in force",
          "schema": { "enum": PactEffect::ALL.map(PactEffect::name), "default": "fitted" } },
        { "name": "hold", "in": "query", "description": "kinds of event held at the record", "explode": true,
          "schema": { "type": "array", "items": { "enum": Kind::ALL.map(Kind::name) } } },
        { "name": "on", "in": "query", "description": "another day for the change",
          "schema": { "type": "string", "format": "date" } },
        { "name": "without", "in": "query", "description": "changes of a what-if left out, by position from 1", "explode": true,
          "schema": { "type": "array", "items": { "type": "integer", "minimum": 1 } } },
        { "name": "table", "in": "query", "description": "with as=csv: the name of a table, as the page lists them",
          "schema": { "type": "string" } },
        { "name": "as", "in": "query", "required": true,
          "schema": { "enum": ["json", "markdown", "bbcode", "post", "html", "csv", "map", "run"] } }
    ]);
    let with = |first: serde_json::Value| {
        let mut all = vec![first];
        all.extend(settings.as_array().into_iter().flatten().cloned());
        all
    };
    let responses = json!({
        "200": { "description": "the answers; with as=json what `jonbar ask --json` prints",
                 "content": { "application/json": { "schema": { "type": "object", "required": ["answers"],
                     "properties": { "answers": { "type": "array", "items": { "$ref": "#/components/schemas/Answer" } } } } } } },
        "403": { "description": "called under another name or from another page" },
        "503": { "description": "busy with other questions" }
    });
    let document = json!({
        "components": { "schemas": jonbar_answer::schemas() },
        "openapi": "3.1.0",
        "info": { "title": "jonbar", "version": env!("CARGO_PKG_VERSION") },
        "paths": {
            "/ask": { "get": { "summary": "Answer a question or test a claim", "responses": responses,
                "parameters": with(json!({ "name": "q", "in": "query", "required": true, "schema": { "type": "string" } })) } },
            "/whatif/{name}": { "get": { "summary": "Run a shipped what-if", "responses": responses,
                "parameters": with(json!({ "name": "name", "in": "path", "required": true, "schema": { "type": "string" } })) } }
        }
    });
    format!("{document:#}\n")
}
