//! Wars as wholes, and whether allies kept attacks away.

mod common;

use serde_json::Value;

fn answers(said: &str) -> Vec<Value> {
    let out = common::jonbar(&["ask", said, "--json", "--runs", "100"]);
    let all: Value = serde_json::from_slice(&out.stdout).unwrap();
    all["answers"].as_array().unwrap().clone()
}

fn summary(said: &str) -> String {
    answers(said)[0]["summary"].to_string()
}

#[test]
fn what_is_asked_of_a_war_comes_first() {
    for (asked, told) in [
        (
            "How long did the Winter War last?",
            "104 days (3.4 months): from 30 November 1939 to 13 March 1940",
        ),
        ("Who won the Winter War?", "The Soviet Union won it, by the record. 13 March 1940"),
        ("When did the war between Greece and Turkey end?", "11 October 1922: The armistice of Mudanya"),
        ("Did Hungary take part in the invasion of Yugoslavia?", "Yes. 11 April 1941"),
        (
            "Did Bulgaria join the German invasion of Yugoslavia?",
            "No: by the record Bulgaria did not fight in it",
        ),
        ("What was the outcome of the Polish-Soviet war?", "Nobody: it ended by a settlement. 18 March 1921"),
        // Two of the many that fought in it.
        ("Who won the war between Germany and France?", "Germany won it, by the record. 22 June 1940"),
        ("Did Britain win the war against Germany?", "It has not ended when the record does"),
        // Attacked by one who was at war already.
        ("Did Belgium take part in the Second World War?", "Yes, as the one attacked. 10 May 1940"),
        ("Who won the Second World War?", "It has not ended when the record does"),
    ] {
        let summary = summary(asked);
        assert!(summary.contains(told), "{asked}\n{summary}");
    }
}

/// Peace ends the fights of those who make it and no others.
#[test]
fn every_war_that_has_a_name_ends_as_often_as_two_of_it_made_peace() {
    let record = common::record();
    for war in &record.wars {
        let course = record.war_course(war.begun);
        let mut days = course.ended.iter().map(|id| record.events[id.0].when.reading());
        let begun = record.events[war.begun.0].when.reading();
        assert!(days.all(|day| day >= begun), "{} ends before it began", war.name);
        assert!(course.goes_on || !course.ended.is_empty(), "{} neither ended nor goes on", war.name);
    }
    let open: Vec<&str> =
        record.wars.iter().filter(|w| record.war_course(w.begun).goes_on).map(|w| w.name.as_str()).collect();
    assert_eq!(open, ["Sino-Japanese war", "Second World War", "German-Soviet war"]);
}

/// Every attack that is counted is shown, on its own side, and a claim about a time counts that time alone.
#[test]
fn attacks_on_states_with_an_ally_are_the_cases_shown() {
    let counts = |claim: &str| {
        let answer = answers(claim).remove(0);
        let sections = answer["sections"].as_array().unwrap();
        let table = sections.iter().find(|s| s["title"] == "Attacks, and who was bound to help").unwrap();
        let rows = table["rows"].as_array().unwrap().clone();
        let bound = rows.iter().filter(|row| row[3]["type"] != "none").count();
        (answer["summary"][0].as_str().unwrap().to_owned(), bound, rows)
    };
    let (said, bound, rows) = counts("Alliances deterred attack.");
    assert!(said.contains(&format!("with such an ally {bound} times")), "{said}");
    assert!(said.contains(&format!("those without {} times", rows.len() - bound)), "{said}");
    // Whoever declared war for Poland attacked nobody.
    let text = serde_json::to_string(&rows).unwrap();
    assert!(!text.contains("3 September 1939"), "{text}");
    let (_, _, late) = counts("Alliances deterred attack after 1935.");
    assert!(late.len() < rows.len() && !serde_json::to_string(&late).unwrap().contains("1919"), "{late:?}");
}

#[test]
fn a_premise_of_several_sentences_is_one_question_and_a_claim_after_it_another() {
    let one = answers(
        "Poland signs an alliance with Czechoslovakia in 1935. Does Germany still take the Sudetenland?",
    );
    assert_eq!(one.len(), 1, "{one:?}");
    assert!(one[0]["summary"][0].as_str().unwrap().contains("Sudetenland"), "{}", one[0]["summary"]);
    let two = answers("Hitler dies in 1938. Are alliances usually kept?");
    let forms: Vec<&str> = two.iter().map(|a| a["reading"]["form"].as_str().unwrap()).collect();
    assert_eq!(forms, ["what if", "base rate"]);
    // Of another year: another question.
    let apart = answers("Hitler dies in 1938. Stalin dies in 1939.");
    assert_eq!(apart.len(), 2);
    assert!(apart[1]["reading"]["sentence"].as_str().unwrap().contains("1939"), "{}", apart[1]["reading"]);
}

#[test]
fn what_is_denied_in_words_is_found_in_the_record_or_refused() {
    let found =
        &answers("What if Schuschnigg had never gone to Berchtesgaden in February 1938?")[0]["reading"];
    // It is in the record, and nothing hangs on it in the model: that is said, and nothing computed.
    let told = found["not_understood"].to_string();
    assert!(told.contains("`1938-schuschnigg-berchtesgaden`") && told.contains("changes nothing"), "{found}");
    let refused = &answers("What if Germany had not sent troops to Finland?")[0]["reading"];
    assert!(refused["not_understood"].to_string().contains("\\\"sent\\\" is not something"), "{refused}");
}
