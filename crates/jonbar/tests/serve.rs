//! The server: what it answers, whom it refuses, and that nothing thrown at it stops it answering.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server on a free port, stopped at the end.
struct Server {
    child: Child,
    /// Where the history is.
    folder: Option<tempfile::TempDir>,
    host: String,
}

impl Server {
    fn start() -> Server {
        Server::with_history(tempfile::tempdir().unwrap())
    }

    fn with_history(folder: tempfile::TempDir) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jonbar"))
            .args(["serve", "--port", "0", "--no-browser", "--history"])
            .arg(folder.path().join("history.json"))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let host = line.split("http://").nth(1).and_then(|l| l.split('/').next()).unwrap().to_owned();
        Server { child, folder: Some(folder), host }
    }

    /// Another server that finds what this one left.
    fn restarted(mut self) -> Server {
        let folder = self.folder.take().unwrap();
        drop(self);
        Server::with_history(folder)
    }

    fn send(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        // A server that refuses early closes before all is sent.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Reply { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Reply {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host))
    }

    fn post(&self, body: &str, more: &str) -> Reply {
        self.send(&format!(
            "POST /ask HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}Content-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn location(&self) -> &str {
        self.head.lines().find_map(|l| l.strip_prefix("location: ")).unwrap_or("")
    }
}

#[test]
fn a_newcomer_finds_a_box_examples_and_an_answer_that_has_a_link_of_its_own() {
    let server = Server::start();
    let home = server.get("/");
    assert_eq!(home.status, 200);
    assert!(home.body.contains("What if the Soviets and Romanians signed"));
    assert!(home.body.contains("/whatif/riga-1932"));
    let sent = server.post("q=Were+nonaggression+pacts+broken+regularly%3F&runs=100&seed=7", "");
    assert_eq!(sent.status, 303);
    let link = sent.location().to_owned();
    assert_eq!(link, "/ask?q=were+nonaggression+pacts+broken+regularly%3f&runs=100&seed=7");
    let answer = server.get(&link);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("such pacts were broken by an act of a party"));
    assert!(answer.body.contains("<svg"), "a picture of each definition");
    // The same answer in other forms, and the same as the program prints.
    assert!(server.get(&format!("{link}&as=bbcode")).body.contains("[B]"));
    let json =
        server.get("/ask?q=Were%20nonaggression%20pacts%20broken%20regularly%3F&runs=100&seed=7&as=json");
    let printed = common::jonbar(&[
        "ask",
        "Were nonaggression pacts broken regularly?",
        "--runs",
        "100",
        "--seed",
        "7",
        "--json",
    ]);
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(parse(&unchunked(&json)), parse(&String::from_utf8_lossy(&printed.stdout)));
    assert!(server.get("/").body.contains("Asked before"));
    assert!(
        std::fs::read_to_string(server.folder.as_ref().unwrap().path().join("history.json"))
            .unwrap()
            .contains("regularly")
    );
    // Only from its own pages can it be told to forget.
    let forget = |more: &str| {
        server.send(&format!(
            "POST /forget HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}Content-Length: 5\r\n\r\nall=1",
            server.host
        ))
    };
    assert_eq!(forget("Origin: http://elsewhere.example\r\n").status, 403);
    assert!(server.get("/").body.contains("Asked before"));
    assert_eq!(forget("").status, 303);
    assert!(!server.get("/").body.contains("Asked before"));
}

/// The body without the lengths of its chunks.
fn unchunked(reply: &Reply) -> String {
    if !reply.head.contains("transfer-encoding: chunked") {
        return reply.body.clone();
    }
    let (mut rest, mut out) = (reply.body.as_str(), String::new());
    while let Some((length, after)) = rest.split_once("\r\n") {
        let n = usize::from_str_radix(length, 16).unwrap_or(0);
        if n == 0 {
            break;
        }
        out.push_str(&after[..n]);
        rest = after[n..].trim_start_matches("\r\n");
    }
    out
}

#[test]
fn a_whatif_and_a_pasted_discussion_are_answered() {
    let server = Server::start();
    let whatif = server.get("/whatif/ultimatum-1940?runs=100");
    assert_eq!(whatif.status, 200);
    assert!(whatif.body.contains("Alternative history: computed, not recorded"));
    let pasted = "q=Did+either+side+propose+a+Soviet-Romanian+nonaggression+pact%3F%0A%0AWere+such+pacts+a+bad+omen%3F";
    let sent = server.post(pasted, "");
    assert!(sent.location().starts_with("/text/"), "{}", sent.location());
    let page = server.get(sent.location());
    assert!(page.body.contains("Answers to 2 questions"), "{}", &page.body[..page.body.len().min(600)]);
    assert_eq!(server.get("/text/0000").status, 404);
    assert_eq!(server.get("/whatif/no-such").status, 404);
    assert_eq!(server.get("/nowhere").status, 404);
}

/// The link of a pasted text answers again after the server has been stopped and started.
#[test]
fn links_to_pasted_texts_survive_a_restart() {
    let server = Server::start();
    let pasted = "q=Were+such+pacts+a+bad+omen%3F%0A%0ADid+Poland+propose+a+pact+to+the+Soviet+Union%3F";
    let link = server.post(pasted, "").location().to_owned();
    assert!(server.get(&link).body.contains("Answers to 2 questions"));
    let server = server.restarted();
    assert!(server.get(&link).body.contains("Answers to 2 questions"));
}

/// Forums refuse posts of more than ten thousand characters.
#[test]
fn a_copy_for_a_forum_fits_into_a_post() {
    let server = Server::start();
    let whole = unchunked(&server.get("/whatif/riga-1932?runs=100&as=bbcode"));
    let post = unchunked(&server.get("/whatif/riga-1932?runs=100&as=post"));
    assert!(whole.chars().count() > 10_000, "there is something to shorten");
    assert!(post.chars().count() <= 10_000, "{}", post.chars().count());
    for tag in ["B", "I", "LIST", "CODE"] {
        let (open, close) = (format!("[{tag}]"), format!("[/{tag}]"));
        assert_eq!(post.matches(&open).count(), post.matches(&close).count(), "{tag}");
    }
    assert!(post.contains("[B]What if") && post.contains("Shortened to fit a post."));
}

#[test]
fn every_entry_has_a_page_that_cases_link_to() {
    let server = Server::start();
    let answer = server.get("/ask?q=Were%20nonaggression%20pacts%20broken%20regularly%3F&runs=100&seed=7");
    let link = "/record/1932-soviet-finnish-nonaggression-signed";
    assert!(answer.body.contains(&format!("href=\"{link}\"")), "the case of Finland links to its entry");
    let entry = server.get(link);
    assert_eq!(entry.status, 200);
    assert!(entry.body.contains("21 January 1932") && entry.body.contains("Sources"), "{}", entry.body);
    assert_eq!(server.get("/record/no-such-entry").status, 404);
}

#[test]
fn what_if_an_entry_had_not_happened_is_one_click_away_from_it() {
    let server = Server::start();
    let entry = server.get("/record/1938-sudeten-demand").body;
    let links: Vec<&str> = entry.split("href=\"").filter_map(|l| l.split('"').next()).collect();
    let asks = |words: &str| links.iter().find(|l| l.starts_with("/ask?q=") && l.contains(words)).copied();
    for (words, read) in
        [("not+happened", "this does not happen: At Godesberg"), ("refused", "for Sudetenland is refused")]
    {
        let link = asks(words).unwrap_or_else(|| panic!("{words}: {links:?}")).replace("&amp;", "&");
        let answer = server.get(&link.replace("runs=2000", "runs=100")).body;
        assert!(answer.contains(read), "{link}: {answer}");
        assert!(answer.contains("alternative histories"), "{link}");
    }
    // What only was said changes nothing that the model knows of.
    let said = server.get("/record/1938-soviet-answer-to-france");
    assert!(said.status == 200 && !said.body.contains("/ask?q="), "{}", said.body);
}

#[test]
fn pages_elsewhere_cannot_call_it() {
    let server = Server::start();
    let named = |host: &str| format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    assert_eq!(server.send(&named("evil.example")).status, 403, "another name that points here");
    assert_eq!(server.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 403, "no name at all");
    let port = server.host.rsplit(':').next().unwrap();
    assert_eq!(server.send(&named(&format!("localhost:{port}"))).status, 200);
    assert_eq!(server.post("q=x", "Origin: http://evil.example\r\n").status, 403);
    assert_eq!(server.post("q=x", &format!("Origin: http://{}\r\n", server.host)).status, 303);
    let foreign = |mode: &str, to: &str| {
        format!(
            "GET /ask?q=x HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {to}\r\n\
             Connection: close\r\n\r\n",
            server.host
        )
    };
    assert_eq!(server.send(&foreign("no-cors", "image")).status, 403, "an image or script of another page");
    assert_eq!(server.send(&foreign("navigate", "iframe")).status, 403, "unseen in a frame");
    assert_eq!(server.send(&foreign("navigate", "document")).status, 200, "a link that somebody follows");
    for (name, value) in [
        ("content-security-policy", "default-src 'none'"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
    ] {
        let head = server.get("/").head;
        let found = head.lines().any(|l| l.starts_with(name) && l.contains(value));
        assert!(found, "{name} without {value}: {head}");
    }
}

#[test]
fn hostile_text_comes_back_as_text() {
    let server = Server::start();
    let page = server.get(
        "/ask?q=What%20if%20%3Cscript%3Ealert(1)%3C/script%3E%22%3E%3Cimg%20src=x%20onerror=alert(2)%3E%3F",
    );
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{}", page.body);
    for path in [
        "/ask?q=%00%ff%fe&runs=99999999",
        "/ask?q=x&as=exe",
        "/ask?runs=&seed=&q=x",
        "/whatif/..%2f..%2fetc%2fpasswd",
    ] {
        let reply = server.get(path);
        assert!((200..500).contains(&reply.status), "{path}: {}", reply.status);
        assert!(!reply.body.contains("root:"), "{path}");
    }
    let huge = format!("q={}", "a+".repeat(3_000_000));
    assert_eq!(server.post(&huge, "").status, 413);
    assert_eq!(server.send("NONSENSE\r\n\r\n").status, 400);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn two_hundred_at_once_and_clients_that_say_nothing_leave_it_answering() {
    let server = Server::start();
    let slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.host).unwrap();
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ");
            stream
        })
        .collect();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let ask = |seed: usize| {
            let server = &server;
            scope.spawn(move || server.get(&format!("/whatif/barthou-1934?runs=100&seed={seed}")).status)
        };
        let all: Vec<_> = (0..200).map(ask).collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|s| [200, 503].contains(s)), "{statuses:?}");
    assert!(statuses.contains(&200) && statuses.contains(&503), "some are answered, some asked to wait");
    assert_eq!(server.get("/").status, 200);
    drop(slow);
}

/// A long forecast that nobody waits for any more does not keep others waiting, and what needs no simulation never waits for one.
#[test]
fn what_needs_no_simulation_does_not_wait_for_one() {
    let server = Server::start();
    let heavy = "/whatif/no-molotov-ribbentrop?runs=20000&fresh=1&seed=5";
    let mut stream = TcpStream::connect(&server.host).unwrap();
    stream
        .write_all(
            format!("GET {heavy} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host).as_bytes(),
        )
        .unwrap();
    let claim = server.get("/ask?q=Were%20nonaggression%20pacts%20broken%20regularly%3F");
    assert_eq!(claim.status, 200);
    // The forecast is still at work: nothing of it has come.
    stream.set_nonblocking(true).unwrap();
    let mut nothing = [0];
    assert!(stream.read(&mut nothing).is_err(), "20,000 forecasts take longer than one claim");
    drop(stream);
    // Another what-if takes its turn once the forgotten one has been stopped.
    let other = server.get("/whatif/ultimatum-1940?runs=100&seed=6");
    assert_eq!(other.status, 200, "{}", other.body);
}

#[test]
fn what_programs_may_ask_for_is_described() {
    let server = Server::start();
    let api: serde_json::Value = serde_json::from_str(&unchunked(&server.get("/api"))).unwrap();
    assert_eq!(api["openapi"], "3.1.0");
    for path in ["/ask", "/whatif/{name}"] {
        assert!(api["paths"][path]["get"]["responses"]["200"].is_object(), "{path}");
    }
    let reply = server.get("/whatif/ultimatum-1940?runs=100&as=json");
    let answers: serde_json::Value = serde_json::from_str(&unchunked(&reply)).unwrap();
    assert!(answers["answers"].as_array().is_some_and(|a| !a.is_empty()));
}

/// Pages come packed to browsers that can unpack them: a map and its answer in well under 300 KB.
#[test]
fn pages_are_small_on_the_way() {
    let server = Server::start();
    let ask = |more: &str| {
        server.send(&format!(
            "GET /whatif/riga-1932?runs=1000 HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}\r\n",
            server.host
        ))
    };
    let (plain, packed) = (ask(""), ask("Accept-Encoding: gzip\r\n"));
    assert!(packed.head.contains("content-encoding: gzip") && !plain.head.contains("content-encoding"));
    // Bytes that are no text were read as one sign each.
    let size = packed.body.chars().count();
    assert!(size < 150_000 && 3 * size < plain.body.len(), "{size}");
}

/// Whatever is asked, the JSON is what the description says: every form of question, refusals, settings of any sort.
#[test]
fn every_answer_in_json_is_as_described() {
    use proptest::prelude::*;
    let server = Server::start();
    let api: serde_json::Value = serde_json::from_str(&unchunked(&server.get("/api"))).unwrap();
    let schema = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["answers"],
        "properties": { "answers": { "type": "array", "items": { "$ref": "#/components/schemas/Answer" } } },
        "components": api["components"],
    });
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    // The schema is not one that takes anything.
    assert!(!validator.is_valid(&serde_json::json!({ "answers": [{ "version": 1 }] })));
    let questions = prop::sample::select(vec![
        "/ask?q=Did+either+side+propose+a+Soviet-Romanian+nonaggression+pact%3F",
        "/ask?q=Why+did+Britain+guarantee+Poland%3F",
        "/ask?q=Why+could+Poland+sign+with+the+Soviets+in+1932+and+Romania+could+not%3F",
        "/ask?q=Of+all+its+losses%2C+why+did+Hungary+press+Transylvania+in+particular%3F",
        "/ask?q=Were+nonaggression+pacts+broken+regularly%3F",
        "/ask?q=Alliances+lasted+longer+than+friendship+treaties.",
        "/ask?q=Demands+on+small+states+usually+led+to+war.",
        "/ask?q=Were+such+pacts+a+bad+omen%3F",
        "/ask?q=The+term+fell+out+of+fashion.",
        "/ask?q=Germany+annexed+Austria+in+April+1938.",
        "/ask?q=What+if+Romania+had+refused+the+Soviet+ultimatum+of+1940%3F",
        "/ask?q=%3Cscript%3E+%F0%9F%90%89",
        "/whatif/riga-1932?x",
        "/whatif/barthou-1934?x",
        "/whatif/geneva-1932?x",
    ]);
    let settings = prop::collection::vec(
        prop::sample::select(vec![
            "runs=100",
            "runs=160",
            "runs=-3",
            "seed=7",
            "seed=x",
            "fresh=1",
            "pact=none",
            "pact=strong",
            "hold=war_begun",
            "hold=territorial_demand",
            "on=1933-05-05",
            "on=1999-01-01",
            "without=1",
            "without=99",
        ]),
        0..5,
    );
    let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let outcome = runner.run(&(questions, settings), |(path, settings)| {
        let reply = server.get(&format!("{path}&runs=100&{}&as=json", settings.join("&")));
        prop_assert_eq!(reply.status, 200);
        let value: serde_json::Value = serde_json::from_str(&unchunked(&reply)).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .take(3)
            .map(|e| format!("{} at {}", e, e.instance_path()))
            .collect();
        prop_assert!(faults.is_empty(), "{} {:?}: {:?}", path, settings, faults);
        Ok(())
    });
    outcome.unwrap();
}
