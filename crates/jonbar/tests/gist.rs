//! Claims that no rule reads whole, and sorts of state counted beside each other.

mod common;

use common::answer;

/// What no rule reads whole is weighed as the claim its words come to, and it is said which that is.
#[test]
fn the_gist_of_a_claim_is_the_claim_its_words_come_to() {
    for (said, plainly) in [
        (
            "Breaking off diplomatic relations hardly ever led to fighting, usually the ministers were back at their posts within a couple of years.",
            "Breaks of diplomatic relations hardly ever led to force.",
        ),
        (
            "It is a plain fact that Mussolini only ever picked on countries a good deal weaker than his own",
            "Attacks by Italy were always on small states.",
        ),
        (
            "Giving in only whets the appetite - a state that concedes one demand gets the next inside twelve months",
            "Demands that were met were mostly followed by another demand.",
        ),
        (
            "Nobody stayed foreign minister for long in a parliamentary country, whereas under a dictator you kept the job for years.",
            "Foreign ministers of democracies lasted less long than those of dictatorships.",
        ),
    ] {
        let (whole, gist) = (answer(said), answer(plainly));
        assert_eq!(whole.reading.sentence, gist.reading.sentence, "{said}");
        assert_eq!(whole.summary[0], gist.summary[0], "{said}");
        assert!(whole.reading.assumed[0].contains(plainly), "{said}: {:?}", whole.reading.assumed);
    }
    // Who is replaced more often is in office for a shorter time.
    let turnover = answer("French foreign ministers were replaced more often than British ones.");
    assert!(
        turnover.reading.sentence.contains("of France last less long than"),
        "{}",
        turnover.reading.sentence
    );
    // What would be lost narrows the cases, or is another deed, or compares.
    for said in [
        "A guaranteed country was likelier to be attacked.",
        "Polish territory changed hands by treaty in the twenties and by force in the thirties.",
        "Territory taken at gunpoint was almost never handed back.",
        "Small states that signed with the USSR lost their independence.",
        "Denounced pacts were usually followed by war.",
        "The League usually stopped wars between small countries.",
    ] {
        assert_ne!(answer(said).reading.form, "base rate", "{said}");
    }
}

/// Whoever promises help is not whom it is promised against.
#[test]
fn a_guarantee_that_protects_does_so_against_whomever() {
    let answer = answer("Getting a British guarantee was no protection against invasion.");
    assert!(answer.summary[0].contains("by whatever state"), "{:?}", answer.summary);
}

/// Of many states more is to be expected than of few: where the count and the rate of each state differ, both are said.
#[test]
fn sorts_of_state_are_counted_beside_each_other() {
    let received = answer("Small states received more ultimatums than great powers.");
    assert_eq!(
        received.reading.sentence,
        "Were there more territorial demands on a smaller state than on a great power, 1918 to 1941?"
    );
    assert!(
        received.summary[0].starts_with("By the count yes; per state and year no"),
        "{:?}",
        received.summary
    );
    let claims = answer("Hungary made more territorial claims than Romania.");
    assert!(claims.summary[1].contains("claims to land of Hungary"), "{:?}", claims.summary);
    // A year that is part of a name dates nothing.
    let victors = answer("The victors of 1918 were rarely attacked before 1939.");
    assert!(victors.reading.sentence.contains("to 31 December 1938"), "{}", victors.reading.sentence);
}
