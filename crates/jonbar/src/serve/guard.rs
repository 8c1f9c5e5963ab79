//! Who may call, and what a page may do.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::{App, pages};

/// Longest that a request may take, with all of its body.
const PATIENCE: Duration = Duration::from_secs(180);

/// What browsers are told with every page: nothing from elsewhere, no frames, no guessing of types.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With none at all browsers would not say that a form comes from here.
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The names by which a browser may call a server at this address, the one to show first. Browsers leave port 80 out.
pub(super) fn hosts(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    let ip = match address.ip() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    let mut names = vec![ip];
    if address.ip().is_loopback() {
        names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
    }
    let bare = if port == 80 { names.clone() } else { Vec::new() };
    names.into_iter().map(|name| format!("{name}:{port}")).chain(bare).collect()
}

/// Refuses calls under another name (a page elsewhere that had its name point here) and calls from other pages, and sets the
/// headers of every answer.
pub(super) async fn check(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&app, request.method(), request.headers()) {
        Some(why) => pages::error(StatusCode::FORBIDDEN, why),
        None => match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => pages::error(StatusCode::REQUEST_TIMEOUT, "That took too long. Ask for fewer runs."),
        },
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refusal(app: &App, method: &Method, headers: &HeaderMap) -> Option<&'static str> {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    if !app.hosts.iter().any(|h| h.eq_ignore_ascii_case(host)) {
        return Some("This server answers only under its own name, on this computer.");
    }
    let own = |origin: &str| app.hosts.iter().any(|h| origin.eq_ignore_ascii_case(&format!("http://{h}")));
    if text(header::ORIGIN).is_some_and(|origin| !own(origin)) {
        return Some("This call comes from another page.");
    }
    // A link from elsewhere may open a page of its own; nothing else may be called from elsewhere, not even unseen in a frame.
    let fetch = |part: &'static str| text(HeaderName::from_static(part));
    let foreign = matches!(fetch("sec-fetch-site"), Some("cross-site" | "same-site"));
    let opens = fetch("sec-fetch-mode") == Some("navigate") && fetch("sec-fetch-dest") == Some("document");
    if foreign && !(opens && method == Method::GET) {
        return Some("This call comes from another page.");
    }
    None
}
