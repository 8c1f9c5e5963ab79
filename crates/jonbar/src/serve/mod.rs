//! `jonbar serve`: the same answers in the browser, on this computer alone.
//!
//! Pages are written on the server; every view has a link of its own that carries the question and all settings, so that it
//! can be kept, sent and opened again. Nothing is loaded from elsewhere, and the pages work without script.

mod forms;
mod guard;
mod history;
mod map;
mod pages;
mod query;
mod work;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use jonbar_answer::{Answer, writers};

use crate::cli::Source;
use crate::runfile::Asked;
use crate::{Failure, ask, casebook};
use history::History;
use query::{Query, link};
use work::{Desk, Refused};

/// Moves controls, slides the map and copies texts: nothing needs it.
const SCRIPT: &str = include_str!("page.js");

/// Longest question that goes into a link; anything longer is kept on the server under a number.
const LINK_BYTES_MAX: usize = 2_000;
/// Longest text taken.
const BODY_BYTES_MAX: usize = 2_000_000;

/// What the pages share.
pub(super) struct App {
    desk: Arc<Desk>,
    history: History,
    /// Whether only this computer can call.
    alone: bool,
    /// The addresses by which a browser may call this server.
    hosts: Vec<String>,
}

/// Serves until interrupted.
pub(crate) fn serve(
    port: u16,
    listen: Option<IpAddr>,
    browser: bool,
    history: Option<PathBuf>,
    source: &Source,
) -> Result<(), Failure> {
    // Refused before anything long is done.
    let alone = listen.is_none_or(|ip| ip.is_loopback());
    // What one asks is nobody else's business: with other computers let in there is no history.
    if !alone && history.is_some() {
        return Err(Failure::input("--history is for this computer alone; leave it out with --listen"));
    }
    let history = History::open(history.or_else(history::usual_file).filter(|_| alone))?;
    // The study lasts as long as the program.
    let casebook: &'static casebook::Casebook = Box::leak(Box::new(casebook::open(source)?));
    let study = Box::leak(Box::new(ask::study(casebook)?));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::input(format!("no threads to serve with: {e}")))?;
    runtime.block_on(async {
        let ip = listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        if ip.is_unspecified() {
            return Err(Failure::input(format!(
                "--listen {ip} is no address that others can call; give the one of this computer in their network"
            )));
        }
        let address = SocketAddr::new(ip, port);
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|e| {
            Failure::input(format!("cannot listen on {address}: {e}; choose another with --port N"))
        })?;
        let address = listener.local_addr().map_err(|e| Failure::input(e.to_string()))?;
        let app = Arc::new(App { desk: Arc::new(Desk::new(study, casebook)), history, alone, hosts: guard::hosts(address) });
        let link = format!("http://{}/", app.hosts[0]);
        eprintln!("jonbar answers at {link} (stop with Ctrl-C)");
        if !ip.is_loopback() {
            eprintln!("Other computers can reach it at {address}: there is no password.");
        }
        if browser {
            // Somebody without a browser still has the link.
            let _ = open::that_detached(&link);
        }
        axum::serve(listener, router(app))
            .with_graceful_shutdown(async {
                let _ = tokio::signal::ctrl_c().await;
            })
            .await
            .map_err(|e| Failure::input(format!("the server stopped: {e}")))
    })
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/ask", get(asked).post(posted))
        .route("/forget", post(forgotten))
        .route("/text/{number}", get(text))
        .route("/whatif/{name}", get(whatif))
        .route("/map", get(shown))
        .route("/record/{id}", get(entry))
        .route("/api", get(api))
        .route("/style.css", get(|| asset("text/css; charset=utf-8", pages::style())))
        .route("/page.js", get(|| asset("text/javascript; charset=utf-8", SCRIPT.to_owned())))
        .fallback(|| async { pages::error(StatusCode::NOT_FOUND, "There is no such page.") })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(tower_http::compression::CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), guard::check))
        .with_state(app)
}

/// One entry of the record.
async fn entry(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    match jonbar_answer::entry_report(app.desk.record(), &id) {
        Some(answer) => {
            pages::entry(&answer, app.desk.record(), &app.desk.questions_about(&id)).into_response()
        }
        None => pages::error(StatusCode::NOT_FOUND, "The record has no such entry."),
    }
}

/// The map of a day.
async fn shown(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    map::page(app.desk.record(), &Query::parse(&query.unwrap_or_default()))
}

async fn asset(kind: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

async fn home(State(app): State<Arc<App>>) -> Response {
    pages::home(&app.desk.whatifs(), app.desk.record(), &app.history.all()).into_response()
}

/// A question in the link, or one put together from its parts.
async fn asked(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let Some(question) = query.get("q").map(str::to_owned) else {
        return match forms::composed(&query, app.desk.record()) {
            Some(question) => Redirect::to(&link("/ask", Some(&question), &query.setup())).into_response(),
            None if query.get("a").is_some() => pages::error(
                StatusCode::BAD_REQUEST,
                "A what-if needs two different states, a kind of pact and a day within the years of the casebook.",
            ),
            None => Redirect::to("/").into_response(),
        };
    };
    let frame = pages::Frame { question: question.clone(), path: "/ask".to_owned(), changes: Vec::new() };
    answer(app, Asked::Text(question), &query, frame).await
}

/// A form: short questions go into a link, long texts are kept under a number.
async fn posted(State(app): State<Arc<App>>, body: String) -> Response {
    let query = Query::parse(&body);
    let question = query.get("q").unwrap_or_default();
    if question.len() <= LINK_BYTES_MAX && !question.contains('\n') {
        return Redirect::to(&link("/ask", Some(question), &query.setup())).into_response();
    }
    let number = app.desk.keep(question);
    Redirect::to(&link(&format!("/text/{number}"), None, &query.setup())).into_response()
}

/// Forgets a question of the history, or all of them.
async fn forgotten(State(app): State<Arc<App>>, body: String) -> Response {
    let query = Query::parse(&body);
    if let Some(link) = query.get("link") {
        app.history.forget(Some(link));
    } else if query.get("all").is_some() {
        app.history.forget(None);
    }
    Redirect::to("/").into_response()
}

/// A long text kept under a number.
async fn text(
    State(app): State<Arc<App>>,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Some(question) = app.desk.kept(&number).or_else(|| app.history.text(&format!("/text/{number}")))
    else {
        return pages::error(
            StatusCode::NOT_FOUND,
            "This text is no longer kept: only the last long texts are. Paste it again.",
        );
    };
    let query = Query::parse(&query.unwrap_or_default());
    let frame =
        pages::Frame { question: question.clone(), path: format!("/text/{number}"), changes: Vec::new() };
    answer(app, Asked::Text(question), &query, frame).await
}

/// One of the shipped what-ifs.
async fn whatif(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Some((file, text, whatif)) = app.desk.whatif(&name) else {
        return pages::error(StatusCode::NOT_FOUND, "There is no shipped what-if of this name.");
    };
    let query = Query::parse(&query.unwrap_or_default());
    let frame = pages::Frame {
        changes: app.desk.changes(&whatif),
        question: whatif.question,
        path: format!("/whatif/{name}"),
    };
    answer(app, Asked::WhatIf { file, text }, &query, frame).await
}

async fn answer(app: Arc<App>, asked: Asked, query: &Query, frame: pages::Frame) -> Response {
    let setup = query.setup();
    // Only the answer, to take the place of the one shown: what a moving control asks for.
    let part = query.get("part").is_some();
    let answers = match app.desk.clone().answer(asked.clone(), setup.clone(), part).await {
        Ok(answers) => answers,
        Err(Refused::Failed) => {
            return pages::error(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This could not be computed. That is our fault.",
            );
        }
        Err(Refused::TooLong) => {
            let command = match frame.path.strip_prefix("/whatif/") {
                Some(name) => format!("jonbar run {name}"),
                None => "jonbar ask \"...\"".to_owned(),
            };
            let message = format!(
                "This would take longer than a minute. Ask for fewer histories, or with hindsight, which computes only what the \
                 change moves. In a terminal there is no limit: {command} --runs N."
            );
            return pages::error(StatusCode::SERVICE_UNAVAILABLE, &message);
        }
        Err(Refused::Busy) => {
            let mut busy = pages::error(
                StatusCode::SERVICE_UNAVAILABLE,
                "The server is busy with other questions. Try again in a minute.",
            );
            busy.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("60"));
            return busy;
        }
    };
    let in_link = frame.path == "/ask";
    let link = link(&frame.path, in_link.then_some(&frame.question), &setup);
    if part && query.get("as").is_none() {
        return Html(pages::part(&answers, app.desk.record(), &link, &setup)).into_response();
    }
    match query.get("as") {
        None => {
            if app.alone {
                let pasted = frame.path.starts_with("/text/").then_some(frame.question.as_str());
                app.history.note(&frame.question.chars().take(160).collect::<String>(), &link, pasted);
            }
            pages::answers(&answers, app.desk.record(), &frame, &link, &setup).into_response()
        }
        Some("run") => {
            let file = app.desk.run_file(asked, &setup, &answers);
            attached("application/json", "run.jonbar", file.to_json())
        }
        Some("map") => map::alternatives(app.desk.record(), &answers, query, &link),
        Some("csv") => {
            let table = query.get("table").unwrap_or_default();
            match writers::csv(&answers).into_iter().find(|file| file.name == table) {
                Some(file) => attached("text/csv; charset=utf-8", &file.name, file.bytes),
                None => pages::error(StatusCode::NOT_FOUND, "This answer has no such table."),
            }
        }
        Some(form) => take_away(form, &answers, app.desk.record()),
    }
}

/// A file to save.
fn attached(kind: &'static str, name: &str, content: impl Into<Body>) -> Response {
    let place = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, place)];
    (headers, content.into()).into_response()
}

/// The answers in another form.
fn take_away(form: &str, answers: &[Answer], record: &jonbar_record::Record) -> Response {
    let (kind, text) = match form {
        "markdown" => ("text/plain; charset=utf-8", writers::markdown(answers)),
        "bbcode" => ("text/plain; charset=utf-8", writers::bbcode(answers)),
        "post" => ("text/plain; charset=utf-8", writers::forum_post(answers)),
        "json" => ("application/json", writers::json(answers)),
        // A page of its own carries its style with it, which no page of this server may: it is a file to save.
        "html" => {
            let page = writers::html_with_map(answers, record);
            return attached("text/html; charset=utf-8", "answer.html", page);
        }
        _ => {
            return pages::error(
                StatusCode::BAD_REQUEST,
                "Answers can be taken as post, markdown, bbcode, json, html, csv (with table=NAME), map or run.",
            );
        }
    };
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, "inline")], text).into_response()
}

/// What a program may ask for.
async fn api() -> Response {
    asset("application/json", pages::openapi()).await
}
