//! What-ifs as forums tell them, from the sentence to the moment of the record that is changed.

mod common;

use serde_json::Value;

/// The first answer to a question, from few runs.
fn answer(question: &str) -> Value {
    let out = common::jonbar(&["ask", question, "--runs", "16", "--json"]);
    let all: Value = serde_json::from_slice(&out.stdout).unwrap();
    all["answers"][0].clone()
}

fn sentence(question: &str) -> String {
    answer(question)["reading"]["sentence"].as_str().unwrap().to_owned()
}

/// Each question is read as a sentence that names the moment.
fn assert_placed(cases: &[(&str, &str)]) {
    for (told, placed) in cases {
        let read = sentence(told);
        assert!(read.contains(placed), "{told}\n  {read}");
    }
}

#[test]
fn what_is_told_in_the_present_is_placed_in_the_record() {
    assert_placed(&[
        (
            "POD: Lithuania rejects the Polish ultimatum of 17 March 1938",
            "Lithuania accepts a Polish ultimatum",
        ),
        ("No Munich: Benes fights.", "for Sudetenland is refused and fought over"),
        ("Romania says no to Stalin's ultimatum over Bessarabia in June 1940.", "for Bessarabia is refused"),
        ("Metaxas answers yes instead of no.", "the demand of Italy on Greece"),
        ("Delay the Franco-Soviet mutual assistance pact by two years.", "moved to 2 May 1937"),
        ("Britain never gives the Poles a guarantee.", "Chamberlain tells the Commons"),
        (
            "Without the Italian seizure of Albania, what becomes of Greece?",
            "Italian troops land in four Albanian ports",
        ),
        ("Imagine the Duce stays out of it in June 1940.", "Italy declares war on France and Britain"),
        (
            "What if Turkey had entered the war on the Allied side in 1940?",
            "Turkey goes to war against Germany",
        ),
        (
            "How does it go on if Sweden joins in on Finland's side in February 1940?",
            "Sweden goes to war against the Soviet Union",
        ),
    ]);
}

#[test]
fn people_live_die_come_and_do_not_come_to_office() {
    assert_placed(&[
        ("WI: Pilsudski lives to 1940", "Józef Piłsudski stays leader of Poland on 12 May 1935"),
        (
            "Suppose Barthou is not killed alongside King Alexander at Marseille.",
            "Louis Barthou stays foreign minister",
        ),
        ("Stalin dies in July 1935.", "Joseph Stalin is no longer leader of the Soviet Union"),
        (
            "What if Hitler never became chancellor?",
            "Adolf Hitler does not come to office on 30 January 1933",
        ),
        // Who dies before coming to office never comes.
        ("What if Hitler had been shot in 1932?", "Adolf Hitler does not come to office on 30 January 1933"),
        (
            "Halifax becomes prime minister instead of Churchill in May 1940",
            "Lord Halifax is head of government of the United Kingdom from 10 May 1940",
        ),
    ]);
}

/// Someone who leaves an office is on the run card as such, and the run repeats.
#[test]
fn a_run_without_a_leader_is_repeated_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stalin.jonbar");
    let file = file.to_str().unwrap();
    let out = common::jonbar(&["ask", "What if Stalin had died in 1935?", "--runs", "16", "--save", file]);
    assert!(out.status.success());
    let out = common::jonbar(&["replay", file]);
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success() && said.to_lowercase().contains("identical"), "{said}");
}

#[test]
fn what_is_kept_is_not_lost() {
    assert_placed(&[
        ("Vilnius remains Lithuanian after 1920", "Vilnius passes into Polish hands"),
        ("Austria keeps its independence past 1938", "Austria ceases to be an independent state"),
        (
            "Hungary keeps faith with Belgrade and stays at home in April 1941.",
            "Hungary joins the attack on Yugoslavia",
        ),
    ]);
}

/// An alliance that nobody broke in so many words is honoured by going to war for the ally.
#[test]
fn an_alliance_is_honoured_where_the_ally_was_threatened() {
    let read = sentence("Moscow honours its treaty with Prague in September 1938.");
    assert!(read.contains("the Soviet Union goes to war against Germany on 22 September 1938"), "{read}");
}

#[test]
fn a_change_may_be_dated_by_what_happened_then() {
    for told in [
        "What if France had marched when the Rhineland was remilitarised?",
        "If only London and Paris had stood up to Hitler when he marched into the Rhineland!",
    ] {
        let answer = answer(told);
        let read = answer["reading"]["sentence"].as_str().unwrap();
        assert!(read.contains("goes to war against Germany on 7 March 1936"), "{read}");
        assert!(answer["reading"]["assumed"].to_string().contains("is dated 7 March 1936"), "{answer}");
    }
}

/// The question asked is answered first, whatever else moves more.
#[test]
fn the_outcome_asked_for_comes_first() {
    for (asked, first) in [
        (
            "Had Yugoslavia not signed the Tripartite Pact on 25 March 1941, would Germany have attacked it anyway?",
            "War between Germany and Yugoslavia",
        ),
        (
            "Would Romania have kept Bessarabia if it had refused the Soviet ultimatum in June 1940?",
            "Romania loses Bessarabia",
        ),
        ("Would WW2 still have happened if Hitler had died in 1938?", "War between Germany and Poland"),
    ] {
        let answer = answer(asked);
        let outcomes =
            answer["sections"].as_array().unwrap().iter().find(|s| s["section"] == "outcomes").unwrap();
        assert_eq!(outcomes["rows"][0]["label"], first, "{asked}");
        assert!(answer["summary"][0].as_str().unwrap().starts_with(first), "{}", answer["summary"]);
    }
}

/// Offices, pacts and lands at the time of something else; two events in time.
#[test]
fn questions_are_dated_by_events_and_events_are_compared() {
    for (asked, told) in [
        ("Who was prime minister of Hungary when it joined the Tripartite Pact?", "Pál Teleki"),
        ("Who was Poland's foreign minister when German troops entered the Rhineland?", "Józef Beck"),
        ("Who was the prime minister of Britain when the war started?", "Neville Chamberlain"),
        ("Which came first, the Balkan Pact or the Baltic Entente?", "First came 9 February 1934"),
        ("Date of the Pact of Steel?", "22 May 1939"),
        ("How many countries did the Soviet Union take over in 1940?", "Estonia, Latvia and Lithuania"),
        ("Did Hitler and Stalin ever have a deal?", "Yes"),
    ] {
        let answer = answer(asked);
        assert!(answer["summary"].to_string().contains(told), "{asked}\n  {}", answer["summary"]);
    }
}
