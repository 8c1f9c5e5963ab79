//! What-ifs about entries of the record: called by their identifier, or told in words alone.

mod common;

use serde_json::Value;

fn answer(said: &str) -> Value {
    let out = common::jonbar(&["ask", said, "--json", "--runs", "60", "--seed", "7"]);
    let all: Value = serde_json::from_slice(&out.stdout).unwrap();
    all["answers"][0].clone()
}

fn read_as(answer: &Value) -> &str {
    answer["reading"]["sentence"].as_str().unwrap()
}

fn outcomes(answer: &Value) -> Vec<(String, f64)> {
    let sections = answer["sections"].as_array().unwrap();
    let rows =
        sections.iter().find(|s| s["section"] == "outcomes").and_then(|s| s["rows"].as_array()).unwrap();
    let row = |r: &Value| (r["label"].as_str().unwrap().to_owned(), r["with"].as_f64().unwrap());
    rows.iter().map(row).collect()
}

/// What each of these answers says first.
fn tells(cases: &[(&str, &str)]) {
    for (said, told) in cases {
        let summary = answer(said)["summary"].to_string();
        assert!(summary.contains(told), "{said}: {summary}");
    }
}

/// None of these is computed.
fn is_not_computed(cases: &[&str]) {
    for said in cases {
        let answer = answer(said);
        assert!(answer["run"].is_null(), "{said}: {}", read_as(&answer));
    }
}

/// Whatever the words, the entry that says most of them is what does not happen, and it is said which that is.
#[test]
fn what_is_told_in_words_alone_is_found_in_the_record() {
    for (said, entry) in [
        ("no Zeligowski mutiny in October 1920", "General Zeligowski's staged mutiny"),
        ("What if there had been no shelling of Corfu?", "Italy bombards and occupies Corfu"),
        ("What if there had been no first Vienna award?", "The first Vienna award gives"),
        ("What if there had been no Memel rising in January 1923?", "A rising organised from Lithuania"),
        (
            "What if Prince Paul's ministers had flatly refused to sign in Vienna on 25 March 1941?",
            "Yugoslavia joins the Tripartite Pact in Vienna",
        ),
    ] {
        let answer = answer(said);
        assert!(
            read_as(&answer).contains(&format!("this does not happen: {entry}")),
            "{said}: {}",
            read_as(&answer)
        );
        assert!(answer["run"].is_object(), "{said}");
    }
    let yes = answer("Metaxas says yes to Grazzi at three in the morning.");
    assert!(read_as(&yes).contains("the demand of Italy on Greece for Greece"), "{}", read_as(&yes));
    assert!(read_as(&yes).contains("is accepted"), "{}", read_as(&yes));
}

/// What is told in turns of phrase that no rule knows goes otherwise than the entry which shares most with the words: what happened does not,
/// and what was refused is granted. It is said which entry that is, and which others are near.
#[test]
fn a_turn_of_phrase_is_read_as_the_nearest_entry_going_otherwise() {
    for (said, entry) in [
        (
            "What if Zeligowski's mutiny in October 1920 goes nowhere and Wilno stays with the Lithuanians?",
            "this does not happen: General Zeligowski's staged mutiny",
        ),
        (
            "Klaipeda uprising flops in January 1923: French garrison gets reinforced and Memel becomes a free city",
            "this does not happen: A rising organised from Lithuania takes Memel",
        ),
        (
            "The Finns take Mannerheim's and Paasikivi's advice in November 1939 and lease Hanko to Stalin.",
            "the demand of the Soviet Union on Finland for Hanko is accepted",
        ),
        (
            "Fan Noli hangs on in Tirana over Christmas 1924 and Zogu's comeback from Yugoslav soil is beaten off",
            "this does not happen: Ahmet Zogu's forces retake Tirana",
        ),
        (
            "Rathenau doesn't slip off to Rapallo on Easter Sunday 1922; Germany and the Bolsheviks don't sign",
            "this does not happen: Germany and Soviet Russia drop claims",
        ),
    ] {
        let answer = answer(said);
        assert!(read_as(&answer).contains(entry), "{said}: {}", read_as(&answer));
        assert!(answer["run"].is_object(), "{said}");
        let assumed = answer["reading"]["assumed"].to_string();
        assert!(assumed.contains("shares most with its words"), "{said}: {assumed}");
    }
    // What happened is no change, a vote is not what was demanded, and a war that is lost is fought.
    is_not_computed(&[
        "Franco gives Hitler what he wants at Hendaye.",
        "What if Romania had accepted a plebiscite in Bessarabia at Vienna in April 1924?",
        "What if Finland had crushed the Soviet attack in 1939?",
        "What if Finland had signed a pact with the Soviet Union and had not fought the Winter War?",
        // Who does not refuse accepts, as he did; a failure that succeeds is none that never was.
        "Hacha does not refuse in Berlin in March 1939.",
        "The Comintern rising in Tallinn on 1 December 1924 succeeds.",
        // What stands behind "but", "with no", "instead of" or "when" is said of something else.
        "Estonia grants Stalin bases in September 1939 but no more.",
        "Hacha signs away Bohemia and Moravia in March 1939 with no resistance.",
        "Poland signs with Hitler in January 1934 instead of with Stalin.",
        "France does nothing when Hitler marches into the Rhineland in March 1936.",
        // What was, and what only names the war or the man.
        "The Ruhr occupation was a failure.",
        "Chamberlain never flew to Munich.",
        "What if Stalin had not been surprised by Barbarossa in June 1941?",
        "Hitler misses his chance in March 1938.",
    ]);
}

/// A coup that does not come leaves in office whom it drove out.
#[test]
fn with_a_coup_its_changes_of_office_are_undone() {
    let answer = answer("What if 1941-belgrade-coup-regime had not happened?");
    assert!(answer["run"].is_object());
    let assumed = answer["reading"]["assumed"].to_string();
    assert!(assumed.contains("changes of office of the days after it"), "{assumed}");
}

/// A question that no rule reads is looked up by its words: what is found stands in the record, and that it may be beside the point is said.
#[test]
fn a_question_that_is_not_read_is_looked_up_by_its_words() {
    for (said, entry) in [
        ("Saar vote 1935 result percent", "In the plebiscite in the Saar more than nine voters in ten"),
        (
            "date Germany announced it was leaving the League",
            "Germany walks out of the Disarmament Conference",
        ),
        (
            "Settlement of the Aland dispute: in whose favour did the Council decide?",
            "The Council of the League leaves Aland to Finland",
        ),
        ("How long were French and Belgian troops in the Ruhr?", "French and Belgian troops occupy the Ruhr"),
        ("Was anybody expelled from the League?", "The League expels the Soviet Union"),
    ] {
        let answer = answer(said);
        let told = answer["summary"].to_string();
        assert!(told.contains(entry), "{said}: {told}");
        assert!(answer["sources"].as_array().is_some_and(|s| !s.is_empty()), "{said}");
    }
    let far = answer("Who invented the internet?");
    assert_eq!(far["reading"]["form"], "not understood");
}

/// Which of two events came first, however that is asked.
#[test]
fn which_came_first_is_told_of_both() {
    for (said, first) in [
        ("Did Hungary sign up to the Tripartite Pact earlier than Romania?", "20 November 1940"),
        ("Did Germany leave the League earlier than Japan?", "27 March 1933"),
        ("Had Britain recognised the Soviets by the time France did?", "1 February 1924"),
        ("Was the USSR thrown out of the League before or after it attacked Finland?", "30 November 1939"),
        ("Was Poland attacked by Germany earlier than by the Soviet Union?", "1 September 1939"),
        ("Did Italy attack Albania earlier than Greece?", "7 April 1939"),
    ] {
        let told = answer(said)["summary"].to_string();
        assert!(told.contains(&format!("First came {first}")), "{said}: {told}");
    }
}

/// The same change gives the same answer, whether it is told in words or called by its identifier.
#[test]
fn the_identifier_and_the_words_are_one_question() {
    let (words, id) = (
        answer("What if there had been no shelling of Corfu?"),
        answer("What if 1923-corfu had not happened?"),
    );
    assert_eq!(outcomes(&words), outcomes(&id));
    let (words, id) = (
        answer("What if Czechoslovakia had refused the German demand of 22 September 1938?"),
        answer("What if 1938-sudeten-demand had been refused?"),
    );
    assert_eq!(read_as(&words), read_as(&id));
    assert_eq!(outcomes(&words), outcomes(&id));
}

/// Beside the few things that can be supposed of an entry by its identifier nothing is read into a sentence that has one.
#[test]
fn an_identifier_makes_no_what_if_of_another_sentence() {
    is_not_computed(&[
        "Was 1938-sudeten-demand not accepted?",
        "1939-germany-poland was not preceded by a declaration of war.",
        "What if 1939-germany-poland had never been refused?",
        "What if 1940-greece-demand had been refused?",
        "What if 1938-sudeten-demand had not happened and Germany had attacked France in 1938?",
    ]);
    // The entry of the time named, or none.
    for said in ["What if no mutiny had happened in 1917?", "no Night of the Long Knives in 1934"] {
        assert!(answer(said)["run"].is_null(), "{said}");
    }
}

/// What is not read is not computed: the entries nearest to it are shown, with what can be asked of each.
#[test]
fn what_is_not_read_is_shown_what_is_near() {
    for (said, entry) in [
        (
            "What if Romania had accepted a plebiscite in Bessarabia at Vienna in April 1924?",
            "At Vienna the Soviet side demands",
        ),
        ("Both sides take Curzon's line in July 1920.", "Curzon proposes to Moscow an armistice"),
        (
            "Suppose the Hoare-Laval scheme never reaches the Paris papers.",
            "Hoare and Laval work out a peace",
        ),
        ("No Anglo-German Naval Agreement in June 1935.", "Britain accepts a German fleet"),
    ] {
        let answer = answer(said);
        assert!(answer["run"].is_null(), "{said}: {}", read_as(&answer));
        let told = answer["reading"]["not_understood"].to_string();
        assert!(told.contains("Nearest in the record") && told.contains(entry), "{said}: {told}");
    }
    // Nothing in the record is near to that.
    let far = answer("What if the internet had been invented?")["reading"]["not_understood"].to_string();
    assert!(!far.contains("Nearest in the record") && far.contains("What can be asked"), "{far}");
}

/// What is offered as a question of an entry is read as one, for entries of every kind that the model knows of.
#[test]
fn every_question_offered_is_answered() {
    let record = common::record();
    let spec = std::str::from_utf8(&common::files()["model.toml"]).unwrap().to_owned();
    let study = jonbar_answer::Study::new(&record, jonbar_model::parse_spec(&spec).unwrap()).unwrap();
    let mut kinds = std::collections::BTreeSet::new();
    for (i, event) in record.events.iter().enumerate() {
        let questions = jonbar_answer::questions_about(&study, jonbar_record::EventId(i));
        // One of each kind, in the middle of the record.
        if questions.is_empty() || event.when.reading().year() < 1930 || !kinds.insert(event.kind) {
            continue;
        }
        for question in questions {
            let answer = answer(&question);
            assert!(answer["run"].is_object(), "{question}: {}", answer["reading"]);
        }
    }
    assert!(kinds.len() >= 10, "{kinds:?}");
}

/// An outcome asked for by a day is counted until that day, and never more often than without it.
#[test]
fn an_outcome_has_the_time_it_is_asked_for() {
    let asked =
        "What if there had been no Zeligowski mutiny in October 1920? Would Poland have attacked Lithuania";
    let (early, late) = (answer(&format!("{asked} by 1925?")), answer(&format!("{asked}?")));
    let (early, late) = (&outcomes(&early)[0], &outcomes(&late)[0]);
    assert_eq!(early.0, "War between Poland and Lithuania by 31 December 1925");
    assert_eq!(late.0, "War between Poland and Lithuania");
    assert!(early.1 <= late.1, "{early:?} {late:?}");
    // What stands on a day, and does not come about by it.
    let relations =
        answer("What if Hitler had died in 1936? Would Italy and Britain have relations in 1938?");
    let row = &outcomes(&relations)[0];
    assert_eq!(row.0, "Italy and the United Kingdom have diplomatic relations on 31 December 1938");
    assert!(row.1 > 0.9, "{row:?}");
    // A time that cannot be counted until is said not to be read.
    let after = answer("What if Hitler had died in 1936? Would Germany have attacked Poland after 1939?");
    assert!(
        after["reading"]["assumed"].to_string().contains("is not read as an outcome"),
        "{}",
        after["reading"]
    );
    // In a pact of several: a state of affairs on that day.
    let pact = answer(
        "What if there had been no first Vienna award? Is Hungary still in the Tripartite Pact by Christmas 1940?",
    );
    let row = &outcomes(&pact)[0];
    assert!(row.0.contains("is bound to Germany by a mutual-assistance pact on"), "{row:?}");
}

/// Who has no entry of it may have had relations all along, or never: how two states stood is said beside the entries.
#[test]
fn relations_are_told_as_they_stood() {
    tells(&[
        (
            "Did Switzerland recognise the Soviet Union?",
            "were without diplomatic relations all through, from 11 November 1918",
        ),
        ("When did Yugoslavia recognise the Soviet Union?", "in diplomatic relations from 24 June 1940"),
    ]);
    // Of pairs of which nothing is recorded the record does not tell.
    let unknown = answer("Did Britain recognise Estonia?")["summary"].to_string();
    assert!(unknown.contains("None is recorded"), "{unknown}");
}

/// Who held an office is asked of a time told by what happened: in the years of whoever did it, or at a place where something was signed.
#[test]
fn offices_are_dated_by_what_happened() {
    tells(&[
        ("Who signed for Poland at Locarno as foreign minister?", "Aleksander Skrzyński"),
        ("Who was premier of France when Hitler sent troops into the Rhineland?", "Albert Sarraut"),
        ("Who held the Romanian foreign ministry in 1940?", "Mihail Manoilescu"),
    ]);
}

/// "Could ... have ...?" supposes that it did.
#[test]
fn what_could_have_been_is_a_supposition() {
    let answer = answer(
        "Could Czechoslovakia have turned down the Munich terms, and would anybody have come to help it?",
    );
    assert!(
        read_as(&answer).contains("the demand of Germany on Czechoslovakia for Sudetenland is refused"),
        "{}",
        read_as(&answer)
    );
}

/// Who keeps a land keeps no office, and who occupies one and stays does not leave it alone.
#[test]
fn what_is_kept_is_told_by_what_stands_behind() {
    let kept = answer("Mussolini keeps Corfu.");
    assert!(read_as(&kept).contains("this does not happen: Italy leaves Corfu"), "{}", read_as(&kept));
    let teschen = answer("Beck keeps Teschen");
    assert!(read_as(&teschen).contains("this does not happen"), "{}", read_as(&teschen));
    assert!(
        teschen["run"].is_object() && !read_as(&teschen).contains("Conference of Ambassadors"),
        "in his time: {}",
        read_as(&teschen)
    );
    let stays = answer("The French occupy Frankfurt in April 1920 and stay");
    assert!(stays["run"].is_null(), "{}", read_as(&stays));
}

/// Whoever joins a war against an ally is whom the alliance is honoured against.
#[test]
fn an_alliance_is_honoured_against_who_joins_the_war() {
    let turkey = answer("What if Turkey had honoured its treaty with Britain and France in June 1940?");
    assert!(read_as(&turkey).contains("Turkey goes to war against Italy"), "{}", read_as(&turkey));
}
