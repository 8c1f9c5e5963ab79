//! The pages. Words for people who come for the first time; everything else is the answer itself.

use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use jonbar_answer::{Answer, writers};
use jonbar_record::Record;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::json;

use super::work::{Recent, Settings};

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

/// Added to the style of answers.
const STYLE: &str = "
form.ask{background:var(--panel);border-radius:.4rem;padding:.8rem;margin:1rem 0}
form.ask label{display:block;font-weight:600;margin:.2rem 0}
form.ask textarea{width:100%;min-height:4.6rem;font:inherit;padding:.5rem;border:1px solid var(--line);border-radius:.3rem;
background:var(--bg);color:var(--fg)}
form.ask .row{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:end;margin-top:.5rem}
form.ask .row label{font-weight:400}
form.ask [role=status]:empty{display:none}
.take:first-child{margin-top:0}
nav.take{padding:0}
form.ask input[type=range]{width:100%;min-height:1.75rem}
form.ask input[type=number],form.ask input[type=date]{font:inherit;width:8rem;padding:.35rem;border:1px solid var(--line);border-radius:.3rem;
background:var(--bg);color:var(--fg)}
button,.button{font:inherit;font-weight:600;padding:.5rem 1.1rem;border-radius:.3rem;border:2px solid var(--link);
background:var(--link);color:var(--bg);cursor:pointer;text-decoration:none;display:inline-block}
.button{background:var(--bg);color:var(--link)}
svg :focus-visible,button:focus-visible,textarea:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.take{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0}
.site{font-weight:700;text-decoration:none;color:var(--fg)}
[data-working]{color:var(--soft)}
footer{max-width:52rem;margin:2rem auto;padding:.75rem;color:var(--soft);border-top:1px solid var(--line)}
@media print{form.ask,.take,footer{display:none}}
";

/// Says that work is under way, copies a text, and slides the map through time: nothing needs it.
pub(super) const SCRIPT: &str = r#"
for (const form of document.querySelectorAll("form.ask")) {
  form.addEventListener("submit", () => {
    const said = form.querySelector("[data-working]");
    if (said) said.textContent = "Working: thousands of histories take a few seconds.";
  });
}
for (const form of document.querySelectorAll("form[data-map]")) {
  const day = form.elements.at;
  const [first, last] = [Number(form.dataset.first), Number(form.dataset.last)];
  const start = new Date(day.min + "T00:00:00Z").getTime();
  const slider = Object.assign(document.createElement("input"), { type: "range", min: first, max: last });
  slider.setAttribute("aria-label", "Day");
  form.append(slider);
  let wanted = 0;
  const slide = () => {
    slider.value = first + Math.round((new Date(day.value + "T00:00:00Z").getTime() - start) / 86400000);
  };
  const draw = async () => {
    const mine = ++wanted;
    const query = new URLSearchParams(new FormData(form));
    history.replaceState(null, "", "/map?" + query);
    query.set("part", "1");
    const reply = await fetch("/map?" + query);
    const text = await reply.text();
    // A later wish has overtaken this one.
    if (mine !== wanted || !reply.ok) return;
    document.getElementById("map").innerHTML = text;
    form.querySelector("[data-day]").textContent = day.value;
  };
  slide();
  slider.addEventListener("input", () => {
    day.value = new Date(start + (slider.value - first) * 86400000).toISOString().slice(0, 10);
    draw();
  });
  form.addEventListener("change", (event) => {
    if (event.target === slider || !day.value) return;
    slide();
    draw();
  });
}
for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const said = document.querySelector("[data-copied]");
    try {
      const reply = await fetch(link.href);
      await navigator.clipboard.writeText(await reply.text());
      said.textContent = "Copied: paste it into a post.";
    } catch {
      location.href = link.href;
    }
  });
}
"#;

/// What an answer page is about.
pub(super) struct Frame {
    /// What was asked, for the box.
    pub question: String,
    /// Path of the page, without settings.
    pub path: String,
    /// Its full link.
    pub link: String,
}

/// The style sheet of all pages.
pub(super) fn style() -> String {
    format!("{}{}{STYLE}", writers::STYLE, writers::MAP_STYLE)
}

/// The link of a page with its settings.
pub(super) fn link(path: &str, question: Option<&str>, settings: Settings) -> String {
    let mut pairs = Vec::new();
    if let Some(question) = question {
        pairs.push(format!("q={}", encoded(question)));
    }
    pairs.push(format!("runs={}", settings.runs));
    pairs.push(format!("seed={}", settings.seed));
    if settings.fresh {
        pairs.push("fresh=1".to_owned());
    }
    let link = format!("{path}?{}", pairs.join("&"));
    // What cannot be a link leads home.
    if link.parse::<Uri>().is_ok() { link } else { "/".to_owned() }
}

/// Percent-encoding of everything but letters, digits and `-._~` (RFC 3986).
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
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

/// The box for a question.
fn ask_form(question: &str, settings: Settings) -> Markup {
    html! {
        form class="ask" method="post" action="/ask" {
            label for="q" { "Ask a question, state a claim, or paste a whole discussion" }
            textarea id="q" name="q" required maxlength="200000" { (question) }
            input type="hidden" name="runs" value=(settings.runs);
            input type="hidden" name="seed" value=(settings.seed);
            @if settings.fresh { input type="hidden" name="fresh" value="1"; }
            div class="row" { button type="submit" { "Answer" } }
            p role="status" data-working="" {}
        }
    }
}

/// The settings of a page, to compute it again with others.
fn settings_form(frame: &Frame, settings: Settings) -> Markup {
    html! {
        form class="ask" method="get" action=(frame.path) {
            @if frame.path == "/ask" { input type="hidden" name="q" value=(frame.question); }
            div class="row" {
                label {
                    "Alternative histories" br;
                    input type="number" name="runs" min="100" max="20000" step="100" value=(settings.runs);
                }
                label {
                    "Seed of chance" br;
                    input type="number" name="seed" min="0" value=(settings.seed);
                }
                label {
                    input type="checkbox" name="fresh" value="1" checked[settings.fresh];
                    " without hindsight: a forecast from that day, which forgets what really happened"
                }
                button type="submit" { "Compute again" }
            }
            p role="status" data-working="" {}
        }
    }
}

/// The first page.
pub(super) fn home(whatifs: &[(String, String)], recent: &[Recent]) -> Html<String> {
    let settings = Settings::new(None, None, false);
    let content = html! {
        header { h1 { "What would have followed?" } }
        main id="main" {
            p class="summary" {
                "Change one thing in the diplomacy of Europe between the wars, and see what follows: odds, reasons and sources, from \
                 thousands of alternative histories in which everything the change does not touch stays as it was."
            }
            (ask_form(FIRST, settings))
            h2 { "Or try" }
            ul {
                @for question in OTHERS {
                    li { a href=(link("/ask", Some(question), settings)) { (question) } }
                }
            }
            p { a class="button" href="/map" { "The map, day by day" } }
            h2 { "What-ifs ready to run" }
            ul {
                @for (name, question) in whatifs {
                    li { a href=(link(&format!("/whatif/{name}"), None, settings)) { (question) } }
                }
            }
            @if !recent.is_empty() {
                h2 { "Answered since the program was started" }
                ul {
                    @for one in recent { li { a href=(one.link) { (one.question) } } }
                }
            }
        }
    };
    Html(page("What would have followed?", content).into_string())
}

/// Answers in their frame.
pub(super) fn answers(
    answers: &[Answer],
    record: &Record,
    frame: &Frame,
    settings: Settings,
) -> Html<String> {
    let parts = writers::page_parts(answers, record);
    let take = |form: &str| format!("{}&as={form}", frame.link);
    let content = html! {
        header {
            p { a class="site" href="/" { "jonbar: what would have followed?" } }
            (ask_form(&frame.question, settings))
            h1 { (parts.title) }
        }
        main id="main" {
            nav class="take" aria-label="Take it away" {
                a class="button" data-copy="" href=(take("bbcode")) { "Copy for a forum" }
                a class="button" href=(take("markdown")) { "Markdown" }
                a class="button" href=(take("html")) { "Page as a file" }
                a class="button" href=(take("json")) { "JSON" }
                span role="status" data-copied="" {}
            }
            (PreEscaped(parts.body))
            @if answers.iter().any(|a| a.run.is_some()) {
                h2 { "Other settings" }
                (settings_form(frame, settings))
            }
            p {
                "This page again: " a href=(frame.link) { (frame.path) } ", " (settings.runs) " runs, seed " (settings.seed) "."
            }
        }
    };
    Html(page(&parts.title, content).into_string())
}

/// One entry of the record.
pub(super) fn entry(answer: &Answer, record: &Record) -> Html<String> {
    let parts = writers::page_parts(std::slice::from_ref(answer), record);
    let content = html! {
        header {
            p { a class="site" href="/" { "jonbar: what would have followed?" } }
            h1 { (parts.title) }
        }
        main id="main" { (PreEscaped(parts.body)) }
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
        { "name": "as", "in": "query", "required": true, "schema": { "enum": ["json", "markdown", "bbcode", "html"] } }
    ]);
    let with = |first: serde_json::Value| {
        let mut all = vec![first];
        all.extend(settings.as_array().into_iter().flatten().cloned());
        all
    };
    let responses = json!({
        "200": { "description": "the answers; with as=json what `jonbar ask --json` prints",
                 "content": { "application/json": { "schema": { "type": "object", "required": ["answers"],
                     "properties": { "answers": { "type": "array", "items": { "type": "object" } } } } } } },
        "403": { "description": "called under another name or from another page" },
        "503": { "description": "busy with other questions" }
    });
    let document = json!({
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
