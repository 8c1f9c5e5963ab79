//! The pages in real Chromium: what a newcomer does in the first minute, with the keyboard alone, with script off, and on a
//! narrow screen. Runs where `chromedriver` is installed (Debian: chromium, chromium-driver) and says so where it is not.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a test in a browser with these capabilities, against a server of its own; not at all without a driver.
fn in_browser<F: Future<Output = ()>>(
    arguments: &[&str],
    script: bool,
    test: impl FnOnce(Client, String) -> F,
) {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let driver = Command::new("chromedriver")
        .args([format!("--port={free}"), "--silent".to_owned()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(driver) = driver else {
        println!("skipped: chromedriver is not installed");
        return;
    };
    let _driver = Stopped(driver);
    let profile = tempfile::tempdir().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_jonbar"))
        .args(["serve", "--port", "0", "--no-browser", "--history"])
        .arg(profile.path().join("history.json"))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stderr.take().unwrap()).read_line(&mut line).unwrap();
    let _server = Stopped(server);
    let home = format!("http://{}", line.split("http://").nth(1).and_then(|l| l.split('/').next()).unwrap());
    let mut args: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    .map(str::to_owned)
    .to_vec();
    args.push(format!("--user-data-dir={}", profile.path().display()));
    args.extend(arguments.iter().map(|a| (*a).to_owned()));
    let mut options = json!({ "args": args });
    if !script {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    let capabilities = json!({ "goog:chromeOptions": options });
    let Value::Object(capabilities) = capabilities else { unreachable!() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut client = None;
        for _ in 0..50 {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let url = format!("http://127.0.0.1:{free}");
            client = ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities.clone())
                .connect(&url)
                .await
                .ok();
            if client.is_some() {
                break;
            }
        }
        let client = client.expect("chromedriver starts a browser");
        test(client.clone(), home).await;
        client.close().await.unwrap();
    });
}

async fn text(client: &Client, selector: &str) -> String {
    let read = async || client.find(Locator::Css(selector)).await?.text().await;
    // A page that is being changed may take an element away between finding and reading it.
    for _ in 0..5 {
        if let Ok(text) = read().await {
            return text;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    read().await.unwrap()
}

/// Waits, five seconds at most, for the page to have done what it was told; the check that follows says whether it has.
async fn until(done: impl AsyncFn() -> bool) {
    for _ in 0..100 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Waits for an answer page.
async fn answered(client: &Client) {
    client.wait().at_most(Duration::from_secs(60)).for_element(Locator::Css("nav.take")).await.unwrap();
}

async fn run(client: &Client, script: &str) -> Value {
    client.execute(script, Vec::new()).await.unwrap()
}

#[test]
fn the_first_minute_of_a_newcomer() {
    in_browser(&["--window-size=1440,900"], true, async |client, home| {
        client.goto(&home).await.unwrap();
        let question = client.find(Locator::Css("textarea")).await.unwrap().prop("value").await.unwrap();
        assert!(question.unwrap().starts_with("What if the Soviets and Romanians"));
        client.find(Locator::Css("form button")).await.unwrap().click().await.unwrap();
        answered(&client).await;
        assert!(text(&client, "h1").await.starts_with("What if the Soviets and Romanians"));
        let summary = text(&client, ".summary").await;
        assert!(summary.contains("of 100"), "{summary}");
        // The link carries the question, the runs and the seed.
        let link = client.current_url().await.unwrap();
        assert!(link.as_str().contains("runs=1000&seed=1932"), "{link}");
        // Nothing was asked of another machine, and nothing the page wanted was refused.
        let outside = run(
            &client,
            "return performance.getEntriesByType('resource').filter(r => !r.name.startsWith(location.origin)).length",
        )
        .await;
        assert_eq!(outside, json!(0));
        let size = run(&client, "return document.documentElement.outerHTML.length").await;
        assert!(size.as_u64().unwrap() < 900_000, "{size}");
        // The answer stands on the first screen.
        let top = run(&client, "return document.querySelector('article .summary, nav[aria-label=Answers] li').getBoundingClientRect().bottom").await;
        assert!(top.as_f64().unwrap() < 450.0, "{top}");
        // Read otherwise: the parts are those that were read; another pair is put together from them.
        client
            .find(Locator::Css(".again details:last-of-type summary"))
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
        let parts = "return ['a', 'b', 'kind', 'day'].map(n => document.querySelector(`form:has(select[name=a]) [name=${n}]`).value)";
        assert_eq!(run(&client, parts).await, json!(["ROM", "RUS", "non-aggression pact", "1932-01-20"]));
        let part = async |name: &str, value: &str| {
            let form = client
                .find(Locator::Css("form[action='/ask'][method=get]:has(select[name=a])"))
                .await
                .unwrap();
            let select = form.find(Locator::Css(&format!("select[name={name}]"))).await.unwrap();
            select.select_by_value(value).await.unwrap();
        };
        part("a", "POL").await;
        part("b", "CZE").await;
        let form = client.find(Locator::Css("form:has(select[name=a]) button")).await.unwrap();
        form.click().await.unwrap();
        for _ in 0..300 {
            if client.current_url().await.unwrap().as_str().contains("Czechoslovakia") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        answered(&client).await;
        assert!(text(&client, "h1").await.starts_with("What if Poland and Czechoslovakia had signed a"));
        // What was asked stands on the first page, until it is forgotten.
        client.goto(&home).await.unwrap();
        let asked = "return document.querySelectorAll('.history li').length";
        assert_eq!(run(&client, asked).await, json!(2));
        client.find(Locator::Css(".history button")).await.unwrap().click().await.unwrap();
        client.wait().for_element(Locator::Css("h1")).await.unwrap();
        for _ in 0..50 {
            if run(&client, asked).await == json!(1) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(run(&client, asked).await, json!(1));
    });
}

/// A moved assumption is answered in place: a first look at once, then the whole, and the link follows. What was asked before is
/// given up.
#[test]
fn assumptions_are_moved_in_place() {
    in_browser(&["--window-size=1440,900"], true, async |client, home| {
        client.goto(&format!("{home}/whatif/riga-1932?runs=400")).await.unwrap();
        answered(&client).await;
        run(
            &client,
            r#"
            window.stayed = true;
            window.looks = [];
            const place = document.getElementById("answer");
            new MutationObserver(() => window.looks.push(place.dataset.runs + " " + performance.now()))
                .observe(place, { attributes: true, attributeFilter: ["data-runs"] });
            window.began = performance.now();
            const select = document.querySelector("select[name=pact]");
            for (const effect of ["none", "strong"]) {
                select.value = effect;
                select.dispatchEvent(new Event("change", { bubbles: true }));
            }
            "#,
        )
        .await;
        for _ in 0..300 {
            if text(&client, "[data-live] [role=status]").await.starts_with("Computed from 400") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(text(&client, "[data-live] [role=status]").await, "Computed from 400 histories.");
        let main = text(&client, "#answer").await;
        assert!(main.contains("Effect of a pact in force set by hand: strong"), "the last wish counts");
        assert_eq!(run(&client, "return window.stayed").await, json!(true));
        // The wish that was overtaken was never shown.
        let looks = run(&client, "return window.looks.map(l => l.split(' ')[0])").await;
        assert_eq!(looks, json!(["100", "400"]));
        assert!(client.current_url().await.unwrap().as_str().contains("pact=strong"));
        let take = run(&client, "return document.querySelector('nav.take a[data-copy]').href").await;
        assert!(take.as_str().unwrap().contains("pact=strong") && take.as_str().unwrap().contains("as=post"));
        // The same link opened anew shows the same.
        let link = client.current_url().await.unwrap();
        client.goto(link.as_str()).await.unwrap();
        answered(&client).await;
        assert_eq!(text(&client, ".summary").await, main_summary(&main));
    });
}

/// Every picture can be saved, as it is seen, with what it says burnt in; every table as a file; and the run to be repeated.
#[test]
fn pictures_tables_and_runs_are_taken_away() {
    in_browser(&["--window-size=1440,900"], true, async |client, home| {
        client.goto(&format!("{home}/whatif/ultimatum-1940?runs=200")).await.unwrap();
        answered(&client).await;
        let saved = client
            .execute_async(
                r#"
                const done = arguments[arguments.length - 1];
                const made = [];
                const plain = URL.createObjectURL;
                URL.createObjectURL = (blob) => { made.push(blob); return plain.call(URL, blob); };
                HTMLAnchorElement.prototype.click = function () {
                    if (this.download.endsWith(".png")) made[made.length - 1].arrayBuffer().then(async (bytes) => {
                        const svg = await made[0].text();
                        done([svg, [...new Uint8Array(bytes.slice(0, 4))], this.download, bytes.byteLength]);
                    });
                };
                const figure = [...document.querySelectorAll("figure")].find(f => f.querySelector("svg.chart, svg"));
                const [svg, png] = figure.querySelectorAll(".picture button");
                svg.click();
                png.click();
                "#,
                Vec::new(),
            )
            .await
            .unwrap();
        let svg = saved[0].as_str().unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("alternative, computed, not recorded"), "{svg}");
        assert!(!svg.contains("class=") && svg.contains("fill=\"rgb("), "it needs no style sheet: {svg}");
        assert_eq!(saved[1], json!([0x89, 0x50, 0x4e, 0x47]), "a PNG");
        assert!(
            saved[2].as_str().unwrap().ends_with(".png") && saved[3].as_u64().unwrap() > 1_000,
            "{saved:?}"
        );
        let links = run(
            &client,
            "return Promise.all([...document.querySelectorAll('details.files li a')].map(async a => [a.textContent, \
             (await fetch(a.href)).status, (await (await fetch(a.href)).text()).slice(0, 40)]))",
        )
        .await;
        let links = links.as_array().unwrap();
        assert!(links.len() > 5 && links.iter().all(|l| l[1] == json!(200)), "{links:?}");
        assert!(links.iter().any(|l| l[2].as_str().unwrap().starts_with("outcome,ask,with")), "{links:?}");
        assert!(links[0][2].as_str().unwrap().contains("jonbar_run"), "{links:?}");
    });
}

/// The first sentence of an answer, out of its text.
fn main_summary(text: &str) -> String {
    text.lines().find(|l| l.contains("alternative histories (")).unwrap_or_default().to_owned()
}

/// Rules of WCAG 2.2 AA that a program can check, by axe-core. Runs where the environment says where its script is
/// (`npm pack axe-core`; package/axe.min.js) and says so where it does not.
#[test]
fn every_view_passes_the_rules_of_accessibility() {
    let Ok(path) = std::env::var("JONBAR_AXE") else {
        println!("skipped: JONBAR_AXE does not say where axe.min.js is");
        return;
    };
    let axe = std::fs::read_to_string(path).unwrap();
    for dark in [false, true] {
        let scheme: &[&str] = if dark { &["--blink-settings=preferredColorScheme=0"] } else { &[] };
        in_browser(scheme, true, async |client, home| {
            for path in [
                "/",
                "/map?claims=1&pacts=1",
                "/whatif/riga-1932?runs=200",
                "/whatif/riga-1932?runs=200&as=map",
                "/ask?q=Were%20nonaggression%20pacts%20broken%20regularly%3F",
                "/ask?q=Alliances%20lasted%20longer%20than%20pacts%20of%20neutrality.",
                "/record/1932-06-20-riga-nothing",
            ] {
                client.goto(&format!("{home}{path}")).await.unwrap();
                run(&client, &axe).await;
                let found = client
                    .execute_async(
                        r#"
                        const done = arguments[arguments.length - 1];
                        axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
                            .then(r => done(r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 90)).slice(0, 3).join(" | "))));
                        "#,
                        Vec::new(),
                    )
                    .await
                    .unwrap();
                assert_eq!(found, json!([]), "{path}, dark: {dark}");
            }
        });
    }
}

#[test]
fn the_keyboard_alone_is_enough() {
    in_browser(&["--window-size=1440,900"], true, async |client, home| {
        client.goto(&home).await.unwrap();
        let body = client.find(Locator::Css("body")).await.unwrap();
        body.send_keys(&Key::Tab.to_string()).await.unwrap();
        let focused = run(&client, "return document.activeElement.textContent").await;
        assert_eq!(focused, json!("Skip to the content"));
        let mut seen = Vec::new();
        for _ in 0..3 {
            client.active_element().await.unwrap().send_keys(&Key::Tab.to_string()).await.unwrap();
            seen.push(run(&client, "return document.activeElement.tagName").await);
        }
        assert_eq!(seen[..2], [json!("TEXTAREA"), json!("BUTTON")], "the box, then the button");
        // Back to the button, and press it.
        let button = client.find(Locator::Css("form button")).await.unwrap();
        button.send_keys(&Key::Enter.to_string()).await.unwrap();
        answered(&client).await;
        client.find(Locator::Css("body")).await.unwrap().send_keys(&Key::Tab.to_string()).await.unwrap();
        let outline = run(&client, "return getComputedStyle(document.activeElement).outlineStyle").await;
        assert_ne!(outline, json!("none"), "what has the focus can be seen");
    });
}

#[test]
fn it_works_with_script_off() {
    in_browser(&["--window-size=768,1024"], false, async |client, home| {
        client
            .goto(&format!("{home}/ask?q=Were%20nonaggression%20pacts%20broken%20regularly%3F"))
            .await
            .unwrap();
        answered(&client).await;
        assert!(text(&client, "main").await.contains("such pacts were broken by an act of a party"));
        let copy = client.find(Locator::Css("a[data-copy]")).await.unwrap();
        copy.click().await.unwrap();
        assert!(text(&client, "body").await.contains("[B]"), "the text to copy is a page of its own");
    });
}

#[test]
fn a_narrow_screen_scrolls_one_way_only() {
    in_browser(&["--window-size=500,900"], true, async |client, home| {
        for path in [
            "/",
            "/map?claims=1",
            "/whatif/ultimatum-1940?runs=100",
            "/whatif/ultimatum-1940?runs=100&as=map",
            "/ask?q=Were%20such%20pacts%20a%20bad%20omen%3F",
        ] {
            client.goto(&format!("{home}{path}")).await.unwrap();
            // 320 px, as on a small telephone or at 400 % zoom.
            let wide = run(
                &client,
                "document.documentElement.style.width = '320px'; document.body.style.width = '320px'; \
                 return [...document.querySelectorAll('main *, form *')].filter(e => !e.closest('.scroll') && !e.closest('svg') && \
                 !e.closest('pre') && e.getBoundingClientRect().right > 330).map(e => e.outerHTML.slice(0, 80))",
            )
            .await;
            assert_eq!(wide, json!([]), "{path}");
        }
    });
}

#[test]
fn the_map_follows_the_date() {
    in_browser(&["--window-size=1440,900"], true, async |client, home| {
        client.goto(&format!("{home}/map?at=1938-09-28")).await.unwrap();
        assert!(text(&client, "#map figure").await.contains("28 September 1938"));
        let land = "return [...document.querySelectorAll('svg.map .land title')].map(t => t.textContent)";
        let told = |lands: &Value, what: &str| lands.as_array().unwrap().iter().any(|t| *t == json!(what));
        assert!(told(&run(&client, land).await, "Sudetenland: Czechoslovakia"));
        // Another day typed, or slid to: the map is drawn anew in place, and the link says so.
        run(
            &client,
            "window.stayed = true; const f = document.querySelector('form[data-map]'); f.elements.at.value = '1938-11-15'; \
             f.elements.at.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
        until(async || text(&client, "#map figure").await.contains("15 November 1938")).await;
        assert!(told(&run(&client, land).await, "Sudetenland: Germany"));
        assert_eq!(run(&client, "return window.stayed").await, json!(true));
        assert!(client.current_url().await.unwrap().as_str().contains("at=1938-11-15"));
        // Step to the next change of holder.
        client.find(Locator::Css("a[rel=next]")).await.unwrap().click().await.unwrap();
        assert!(!client.current_url().await.unwrap().as_str().contains("1938-11-15"));
        assert!(text(&client, "figcaption").await.contains("On this day"));
        // The table says what the map shows.
        client.find(Locator::Css("summary")).await.unwrap().click().await.unwrap();
        assert!(text(&client, "details").await.contains("Sudetenland"));
    });
    in_browser(&["--window-size=768,1024"], false, async |client, home| {
        client.goto(&format!("{home}/map")).await.unwrap();
        client.find(Locator::Css("input[name=claims]")).await.unwrap().click().await.unwrap();
        client.find(Locator::Css("form button")).await.unwrap().click().await.unwrap();
        client.wait().for_element(Locator::Css("svg.map .claimed")).await.unwrap();
        assert!(client.current_url().await.unwrap().as_str().contains("claims=1"));
    });
}

#[test]
fn the_map_of_the_alternatives_follows_the_year_beside_our_timeline() {
    const PAGE: &str = "/whatif/no-molotov-ribbentrop?runs=100&seed=3";
    in_browser(&["--window-size=1440,900"], true, async |client, home| {
        client.goto(&format!("{home}{PAGE}")).await.unwrap();
        client.find(Locator::LinkText("Map, year by year")).await.unwrap().click().await.unwrap();
        let lands = "return [...document.querySelectorAll('svg.map')].map(m => [...m.querySelectorAll('.land title')].map(t => t.textContent))";
        let maps = run(&client, lands).await;
        assert_eq!(maps.as_array().unwrap().len(), 2, "both at first");
        let told = |map: &Value, what: &str| {
            map.as_array().unwrap().iter().any(|t| t.as_str().unwrap().starts_with(what))
        };
        assert!(told(&maps[0], "Estonia (whole territory): Soviet Union"));
        assert!(told(&maps[1], "Estonia (whole territory): Estonia"));
        // Another year is drawn in place, and the link says so.
        run(
            &client,
            "window.stayed = true; const f = document.querySelector('form[data-years]'); f.elements.at.value = '1939-12-31'; \
             f.elements.at.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
        until(async || text(&client, "#map").await.contains("31 December 1939")).await;
        assert_eq!(run(&client, "return window.stayed").await, json!(true));
        let maps = run(&client, lands).await;
        assert!(told(&maps[0], "Estonia (whole territory): Estonia"), "independent then in our timeline too");
        assert!(client.current_url().await.unwrap().as_str().contains("at=1939-12-31"));
        // The slider goes through the same days, and says on which it stands.
        run(
            &client,
            "const s = document.querySelector('form[data-years] input[type=range]'); s.value = s.max; \
             s.dispatchEvent(new Event('input', { bubbles: true }))",
        )
        .await;
        until(async || !text(&client, "#map").await.contains("31 December 1939")).await;
        let stands = "return document.querySelector('form[data-years] input[type=range]').getAttribute('aria-valuetext')";
        let last = run(
            &client,
            "return [...document.querySelectorAll('form[data-years] option')].at(-1).textContent",
        )
        .await;
        assert_eq!(run(&client, stands).await, last);
        // One map alone.
        client.find(Locator::Css("input[value=alternative]")).await.unwrap().click().await.unwrap();
        until(async || run(&client, "return document.querySelectorAll('svg.map').length").await == json!(1))
            .await;
        assert_eq!(run(&client, "return document.querySelectorAll('svg.map').length").await, json!(1));
        assert!(text(&client, "#map").await.contains("not recorded"));
    });
    // Without scripts the form and the links do it.
    in_browser(&["--window-size=768,1024"], false, async |client, home| {
        client.goto(&format!("{home}{PAGE}&as=map")).await.unwrap();
        client.find(Locator::Css("a[rel=prev]")).await.unwrap().click().await.unwrap();
        assert!(text(&client, "#map figcaption").await.contains("31 December 1940"));
        client.find(Locator::Css("input[value=record]")).await.unwrap().click().await.unwrap();
        client.find(Locator::Css("form button")).await.unwrap().click().await.unwrap();
        until(async || client.current_url().await.unwrap().as_str().contains("show=record")).await;
        assert_eq!(run(&client, "return document.querySelectorAll('svg.map').length").await, json!(1));
        assert!(text(&client, "#map figcaption").await.contains("Our timeline"));
    });
}

/// Every control has a name, every picture a description, headings go down step by step, ids are unique.
#[test]
fn pages_can_be_read_aloud() {
    in_browser(&["--window-size=1440,900"], true, async |client, home| {
        for path in [
            "/",
            "/map",
            "/whatif/riga-1932?runs=100",
            "/whatif/riga-1932?runs=100&as=map",
            "/ask?q=Were%20nonaggression%20pacts%20broken%20regularly%3F",
        ] {
            client.goto(&format!("{home}{path}")).await.unwrap();
            let faults = run(
                &client,
                r#"
                const faults = [];
                for (const e of document.querySelectorAll("input:not([type=hidden]), textarea, select"))
                    if (!e.labels.length && !e.ariaLabel) faults.push("no label: " + e.outerHTML.slice(0, 80));
                for (const e of document.querySelectorAll("svg"))
                    if (e.getAttribute("role") !== "img" || !e.getAttribute("aria-label")) faults.push("no name: svg");
                for (const e of document.querySelectorAll("a, button, summary"))
                    if (!e.textContent.trim()) faults.push("no text: " + e.outerHTML.slice(0, 80));
                const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
                if (new Set(ids).size !== ids.length) faults.push("ids that repeat");
                let level = 0;
                for (const h of document.querySelectorAll("h1, h2, h3, h4")) {
                    const now = Number(h.tagName[1]);
                    if (now > level + 1) faults.push("from h" + level + " to " + h.outerHTML.slice(0, 60));
                    level = now;
                }
                if (document.querySelectorAll("h1, main").length !== 2) faults.push("not one h1 and one main");
                for (const t of document.querySelectorAll("table"))
                    if (!t.caption || !t.querySelector("th[scope]")) faults.push("a table without caption or headers");
                return faults;
                "#,
            )
            .await;
            assert_eq!(faults, json!([]), "{path}");
        }
    });
}
