//! Sentences people argue about: which word they use decides what they claim, and every number has its cases beside it.

mod common;

use common::table;
use jonbar_answer::{Answer, Section};

fn answer(question: &str) -> Answer {
    let out = common::jonbar(&["claim", question, "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let answer: Answer = serde_json::from_value(value["answers"][0].clone()).unwrap();
    for table in answer.sections.iter().filter_map(|s| if let Section::Table(t) = s { Some(t) } else { None })
    {
        assert!(table.rows.iter().all(|r| r.len() == table.columns.len()), "{question}: {}", table.title);
    }
    answer
}

fn forest(answer: &Answer) -> &jonbar_answer::Forest {
    let found = answer.sections.iter().find_map(|s| match s {
        Section::Forest(f) => Some(f),
        _ => None,
    });
    found.expect("a share under each definition")
}

fn rates(answer: &Answer) -> &jonbar_answer::Rates {
    let found = answer.sections.iter().find_map(|s| match s {
        Section::Rates(r) => Some(r),
        _ => None,
    });
    found.expect("rates")
}

#[test]
fn each_vague_word_is_held_against_its_own_meaning() {
    let of = |word: &str| {
        let answer = answer(&format!("Nonaggression pacts were {word} broken."));
        let forest = forest(&answer).clone();
        assert_eq!(forest.word.as_deref(), Some(word), "{:?}", answer.reading);
        forest
    };
    let holds = |word: &str| of(word).rows.iter().filter(|r| r.holds).count();
    let definitions = of("regularly").rows.len();
    assert!(definitions >= 5);
    assert_eq!(holds("never"), 0);
    assert_eq!(holds("always"), 0);
    assert!(holds("usually") <= holds("mostly") && holds("mostly") <= holds("often"));
    assert_eq!(
        forest(&answer("Nonaggression pacts were almost never broken.")).word.as_deref(),
        Some("almost never")
    );
    // The words change the verdict and not the shares.
    let shares = |word: &str| of(word).rows.iter().map(|r| (r.count, r.of)).collect::<Vec<_>>();
    assert_eq!(shares("rarely"), shares("usually"));
}

/// What was not broken was kept: the same cases, counted the other way, and judged by the same word.
#[test]
fn a_claim_that_pacts_were_kept_is_not_judged_as_one_that_they_were_broken() {
    let broken = answer("Nonaggression pacts were mostly broken.");
    let kept = answer("Nonaggression pacts were mostly kept.");
    for (b, k) in forest(&broken).rows.iter().zip(&forest(&kept).rows) {
        if b.label.contains("of signing") {
            // Pacts not watched long enough are neither: the two shares add up, the counts do not.
            assert!((b.share + k.share - 1.0).abs() < 1e-9, "{b:?} and {k:?}");
        } else {
            assert_eq!(b.count + k.count, b.of, "{} and {}", b.label, k.label);
        }
        assert!(k.holds && !b.holds, "{k:?}");
    }
    let early = answer("Nonaggression pacts in the 1920s were rarely broken.");
    assert!(forest(&early).rows[0].of < forest(&broken).rows[0].of, "{:?}", early.reading);
    // Who broke them is not said, so breaches by either side count.
    let passive = answer("Most of Poland's nonaggression pacts were broken.");
    assert!(forest(&passive).rows[0].count > 0, "{:?}", passive.summary);
    let active = answer("Poland usually broke its nonaggression pacts.");
    assert_eq!(forest(&active).rows[0].count, 0, "{:?}", active.summary);
}

#[test]
fn every_share_is_the_count_of_cases_that_are_listed() {
    let answer = answer("Nonaggression pacts were broken regularly.");
    let forest = forest(&answer);
    let cases = table(&answer, "The cases");
    assert_eq!(cases.rows.len() as u64, forest.rows[0].of);
    let violated = cases
        .rows
        .iter()
        .filter(|r| matches!(&r[2], jonbar_answer::Datum::Text(t) if t.starts_with("violated")))
        .count();
    assert_eq!(violated as u64, forest.rows[0].count);
    for row in &forest.rows {
        let plain = row.count as f64 / row.of as f64;
        // What is to happen within a time allows for pacts not watched so long.
        let timed = row.label.contains("of signing");
        assert!(if timed { row.share >= plain } else { (row.share - plain).abs() < 1e-12 }, "{row:?}");
        let (low, high) = row.interval.unwrap();
        assert!(low <= row.share && row.share <= high, "{row:?}");
    }
    // Violations on the survival curve are the same violations.
    let curve = answer.sections.iter().find_map(|s| match s {
        Section::Curve(c) => Some(c),
        _ => None,
    });
    let curve = curve.unwrap();
    assert!(curve.points.windows(2).all(|w| w[1].survival <= w[0].survival && w[1].time > w[0].time));
}

#[test]
fn pairs_with_a_pact_are_held_beside_pairs_like_them_by_name() {
    let answer = answer("Such pacts were a bad omen.");
    let table = table(&answer, "Like with like");
    assert!(table.rows.len() > 20, "{} matches", table.rows.len());
    let controls: std::collections::BTreeSet<String> =
        table.rows.iter().map(|r| format!("{:?}", r[3])).collect();
    assert_eq!(controls.len(), table.rows.len(), "no pair stands beside two pacts");
    assert!(answer.summary.iter().any(|s| s.contains("E-value")), "{:?}", answer.summary);
}

/// "More often than": both sides under every definition, with the chance of so uneven a split.
#[test]
fn sorts_and_states_are_compared_under_every_definition() {
    let compared = answer("Nonaggression pacts were broken more often than alliances.");
    let table = table(&compared, "Side by side");
    let rows = &table.rows;
    assert_eq!(rows.len(), forest(&answer("Nonaggression pacts were broken regularly.")).rows.len());
    // The first side is the one that the claim alone would count.
    let alone = forest(&answer("Nonaggression pacts were broken regularly.")).rows[0].clone();
    assert_eq!(rows[0][1], jonbar_answer::Datum::Text(format!("{} of {}", alone.count, alone.of)));
    let states = answer("The Soviet Union broke its pacts more often than Germany.");
    assert!(
        states.reading.sentence.contains("of the Soviet Union")
            && states.reading.sentence.contains("of Germany")
    );
    let less = answer("Nonaggression pacts were broken less often than alliances.");
    assert_ne!(less.summary[0], compared.summary[0]);
}

#[test]
fn a_claim_about_denouncing_is_judged_by_denouncing() {
    let denounced = answer("Nonaggression pacts were often denounced.");
    let row = forest(&denounced).rows[1].clone();
    assert!(
        denounced
            .summary
            .iter()
            .any(|s| s.starts_with(&format!("{} of {} such pacts were denounced", row.count, row.of)))
    );
}

/// A question about a state of affairs is about what stood then, whenever it began.
#[test]
fn what_stood_at_a_time_is_not_what_happened_in_it() {
    for (question, begins) in [
        ("Was Britain at war with Germany in May 1940?", "Yes: by the record"),
        ("Was Britain at war with Germany in May 1938?", "No: by the record"),
        ("Was Poland at war with Germany in 1939?", "For part of that time"),
        ("Did Britain and France have diplomatic relations in 1930?", "Yes: by the record"),
        ("Did Romania and the Soviet Union have diplomatic relations in 1930?", "No: by the record"),
        ("Did Poland and Germany have a non-aggression pact in 1938?", "Yes: the German-Polish declaration"),
        ("Did Poland and Germany have a non-aggression pact in 1930?", "No such pact"),
        ("Did Italy and Germany have an alliance in 1938?", "None of the two alone"),
        ("Did Romania sign the Tripartite Pact?", "Yes: one entry"),
        ("Was Estonia a democracy in 1935?", "No: by the casebook"),
        ("Was Estonia a democracy in 1930?", "Yes: by the casebook"),
        ("Was Germany a democracy in 1933?", "For part of that time"),
        ("Was Poland a dictatorship in 1930?", "Yes: by the casebook Poland was no democracy"),
        (
            "Did Hungary claim Transylvania?",
            "By the casebook Hungary had a claim to Northern Transylvania from 4 June 1920",
        ),
        // Claims on a state: on what it held, by the other.
        (
            "Did Romania make claims on Hungary?",
            "By the casebook Romania had a claim to Northern Transylvania",
        ),
        (
            "Which claims on Czechoslovakia did Hungary have?",
            "By the casebook Hungary had a claim to Southern Slovakia",
        ),
    ] {
        let answer = answer(question);
        assert!(answer.summary[0].starts_with(begins), "{question} {:?}", answer.summary);
    }
    // A sentence that is no question is held against the record.
    let plain = answer("Britain guaranteed Romania in April 1939.");
    assert!(plain.sections.iter().any(|s| matches!(s, Section::Statements(_))), "{plain:?}");
}

/// A state that is lost takes its land with it: nobody else is left holding a piece that was not claimed.
#[test]
fn a_lost_state_holds_no_land() {
    let out = common::jonbar(&[
        "ask",
        "What if Finland had accepted the Soviet demands in 1939?",
        "--runs",
        "300",
        "--json",
    ]);
    let value: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let answer: Answer = serde_json::from_value(value["answers"][0].clone()).unwrap();
    let holders = answer.sections.iter().find_map(|s| match s {
        Section::Holders(h) => Some(h),
        _ => None,
    });
    let finnish = |name: &str| {
        let row = holders.unwrap().shown().unwrap().rows.iter().find(|r| r.name.starts_with(name)).unwrap();
        row.with.iter().filter(|w| w.0 == "FIN").map(|w| w.2).sum::<f64>()
    };
    assert!(finnish("Finland (whole") < 0.9, "hardly ever lost: the test says nothing");
    assert_eq!(finnish("Petsamo"), finnish("Finland (whole"));
    assert!(answer.summary[0].contains("Finland loses its independence"), "{:?}", answer.summary);
}

#[test]
fn a_rule_is_not_taken_for_a_statement_about_one_event() {
    let held = answer("Neutrality pacts rarely held.");
    let broken = answer("Neutrality pacts were rarely broken.");
    assert!(forest(&held).rows[0].count > forest(&broken).rows[0].count, "{:?}", held.summary);
    let before = answer("Stalin only denounced pacts when he was about to attack.");
    assert!(before.reading.sentence.contains("right before an attack"), "{:?}", before.reading);
    let rule = answer("Renewing a pact early was a better sign of its survival than anything in its text.");
    assert!(
        rule.sections.is_empty() && rule.summary[0].contains("Nothing was computed"),
        "{:?}",
        rule.summary
    );
}

/// Who is bound by what: pacts of two sorts of state are some of all pacts, and those of neighbours and of others are all.
#[test]
fn cases_are_chosen_by_who_signed() {
    let of = |question: &str| forest(&answer(question)).rows[0].of;
    let all = of("Pacts were often broken.");
    let great = of("Pacts between great powers were often broken.");
    let mixed = of("Pacts between great powers and small states were often broken.");
    let small = of("Pacts between small states were often broken.");
    assert_eq!(great + mixed + small, all);
    assert!(great > 0 && mixed > great && small > 0);
    let democracies = of("Pacts between democracies were often broken.");
    let dictatorships = of("Pacts between dictatorships were often broken.");
    let unlike = of("Pacts between democracies and dictatorships were often broken.");
    assert!(democracies + dictatorships + unlike <= all && democracies > 0 && unlike > 0);
    // Before Hitler took office is not his time.
    assert!(of("Pacts with Hitler were often broken.") < of("Pacts with Germany were often broken."));
    let neighbours = answer("Pacts between neighbours were more likely to be broken.");
    let cases: Vec<usize> = neighbours
        .sections
        .iter()
        .filter_map(|s| match s {
            Section::Table(t) if t.title.starts_with("The cases") => Some(t.rows.len()),
            _ => None,
        })
        .collect();
    assert_eq!(cases.iter().sum::<usize>() as u64, all, "{cases:?}");
}

/// A share of pacts that lasted so long allows for those still running; it falls with the length, and its counts add up.
#[test]
fn fewer_pacts_last_longer() {
    let share = |years: &str| forest(&answer(&format!("Most pacts lasted {years} years."))).rows[0].share;
    let (two, five, ten) = (share("two"), share("five"), share("ten"));
    assert!(1.0 > two && two > five && five > ten && ten > 0.0, "{two} {five} {ten}");
    let under = forest(&answer("Most pacts ended within five years.")).rows[0].clone();
    assert!((under.share - (1.0 - five)).abs() < 1e-12, "{under:?}");
    let longer = answer("Alliances lasted longer than non-aggression pacts.");
    let shorter = answer("Alliances lasted less long than non-aggression pacts.");
    assert!(longer.summary[0].contains("log-rank"), "{:?}", longer.summary);
    assert!(!shorter.summary[0].starts_with("Yes") || !longer.summary[0].starts_with("Yes"));
}

/// An alliance is honoured when it is called for: not one that nobody put to the test.
#[test]
fn alliances_are_judged_by_what_partners_did_when_one_was_attacked() {
    let france = answer("France usually abandoned its allies.");
    let cases = table(&france, "The cases");
    let text = format!("{:?}", cases.rows);
    // France was at war for Poland two days after the German attack, did not fight its second attacker, and was at war
    // already when Belgium was invaded.
    let kept = |row: &&Vec<jonbar_answer::Datum>| format!("{row:?}").contains("1939-09-03");
    let rows = &cases.rows;
    assert_eq!((rows.len(), rows.iter().filter(kept).count()), (3, 2), "{text}");
    let kept = forest(&answer("Alliances were rarely honoured.")).rows[0].clone();
    let failed = forest(&answer("Alliances were usually not honoured.")).rows[0].clone();
    assert_eq!(kept.count + failed.count, kept.of);
}

/// What nothing was made of is said, and what is said twice is not two numbers.
#[test]
fn words_that_were_not_weighed_are_named() {
    let odd = answer("Germany nearly always left a treaty by denouncing it with a fanfare.");
    let said = odd.reading.not_understood.join(" ");
    assert!(said.contains("not weighed") && said.contains("\"fanfare\""), "{said}");
    let plain = answer("Most of Poland's nonaggression pacts were broken.");
    assert!(plain.reading.not_understood.is_empty(), "{:?}", plain.reading.not_understood);
    // Out of all pacts, those of great powers among themselves: the same as asking of those alone.
    let joined = answer("Most pacts were signed between great powers.");
    let row = &forest(&joined).rows[0];
    assert_eq!(row.count, forest(&answer("Pacts between great powers were often broken.")).rows[0].of);
    assert_eq!(row.of, forest(&answer("Pacts were often broken.")).rows[0].of);
}

/// Whose acts, whose demands, and since when: the same words in another order are another claim.
#[test]
fn directions_and_times_are_told_apart() {
    let count = |question: &str| {
        let row = forest(&answer(question)).rows[0].clone();
        (row.count, row.of)
    };
    // What Poland asked for and what was asked of it are different demands.
    let (_, made) = count("Poland's demands were usually met.");
    let (_, received) = count("Demands on Poland were usually met.");
    assert!(made > 0 && received > 0 && made != received, "{made} {received}");
    // In the passive either side's breaches count, compared or not.
    let alone = count("Most of Poland's pacts were broken.");
    let compared = answer("Poland's pacts were broken more often than France's.");
    let table = table(&compared, "Side by side");
    let first = jonbar_answer::Datum::Text(format!("{} of {}", alone.0, alone.1));
    assert_eq!(table.rows[0][1], first);
    // A pact that led to war within two years is one that did within five, however soon the casebook ends.
    let never = answer("Non-aggression pacts never led to war.");
    let within = forest(&never).rows.iter().find(|r| r.label.contains("of signing")).unwrap().clone();
    assert!(within.count > 0 && !within.holds, "{within:?}");
    // Times that nothing was made of are named.
    let after = answer("Most pacts signed after the war were kept.");
    assert!(after.reading.not_understood.join(" ").contains("\"after the war\""), "{:?}", after.reading);
    let ten = answer("Ten-year pacts were usually broken.");
    assert!(ten.reading.not_understood.join(" ").contains("\"Ten year\""), "{:?}", ten.reading);
}

/// Of what two states broke towards each other, a pact of the two alone is meant before a peace treaty of many.
#[test]
fn the_breach_taken_away_is_of_the_pact_of_the_two() {
    let out = common::jonbar(&[
        "ask",
        "What if Germany had never denounced the pact with Poland?",
        "--runs",
        "40",
        "--json",
    ]);
    let value: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let whatif = value["answers"][0]["run"]["whatif"].as_str().unwrap();
    assert!(whatif.contains("prevent = \"1939-german-polish-nonaggression-denounced\""), "{whatif}");
}

/// Whoever asks what cannot be read is offered what can: every sentence offered is answered, without a word left over.
#[test]
fn a_claim_that_cannot_be_read_is_met_with_near_ones_that_can() {
    for (claim, hint) in [
        ("Small states that signed with the USSR lost their independence.", "annexation"),
        ("If a country had a claim on its neighbour, a pact only delayed the war.", "territorial dispute"),
        ("A coup at home made alliances abroad uneasy.", "kept"),
        ("Democracies didn't start wars in this period.", "democracies"),
    ] {
        let refused = answer(claim);
        assert_eq!(refused.reading.form, "not understood", "{claim}");
        let near = &refused.reading.not_understood[0];
        assert!(near.starts_with("Near to it, and answered:") && near.contains(hint), "{claim}: {near}");
        let offered: Vec<&str> = near.split('"').skip(1).step_by(2).collect();
        assert!(!offered.is_empty());
        for sentence in offered {
            let answered = answer(sentence);
            assert_eq!(answered.reading.form, "base rate", "{sentence}");
            assert!(answered.reading.not_understood.is_empty(), "{sentence}: {:?}", answered.reading);
        }
    }
}

#[test]
fn likeness_is_told_from_more_and_less() {
    let sentence = |claim: &str| answer(claim).reading.sentence;
    assert!(sentence("Soviet pacts were broken as often as German ones.").contains("about as often as"));
    assert!(sentence("Soviet pacts were broken twice as often as German ones.").contains("more often than"));
    let shorter = "Pacts signed after 1935 lasted a lot less long than those signed in the twenties.";
    assert!(sentence(shorter).contains("for a shorter time than"));
    assert!(answer(shorter).summary[0].starts_with("Yes"));
    let long = answer("Soviet pacts lasted as long as British ones.");
    assert!(long.reading.sentence.contains("about as long as"), "{}", long.reading.sentence);
    assert!(long.summary[0].starts_with("No:"), "they lasted longer, beyond chance: {:?}", long.summary);
    let leaders = sentence("Stalin's pacts lasted longer than Hitler's.");
    assert!(leaders.contains("of Germany signed from 30 January 1933"), "{leaders}");
    let partner = answer("Romania was never attacked by anyone it had a nonaggression pact with.");
    assert!(!partner.summary.join(" ").contains("whatever state"), "{:?}", partner.summary);
    let like = answer("Italy under Mussolini kept its word about as often as anyone else.");
    assert!(like.reading.sentence.contains("signed from 31 October 1922"), "{}", like.reading.sentence);
    assert!(like.summary[0].contains("no proof that they are alike"), "{:?}", like.summary);
}

/// Said alone, a denial about two states asks whether the record has what it denies.
#[test]
fn a_denial_is_held_against_the_record() {
    let none = answer("Poland never signed a formal alliance with Czechoslovakia.");
    assert!(
        none.summary[0].starts_with("None is recorded, and the casebook declares this kind complete"),
        "{:?}",
        none.summary
    );
    let some = answer("Germany never attacked Poland.");
    assert!(some.summary[0].starts_with("On the contrary"), "{:?}", some.summary);
    // Not to honour is to break: that is no denial of an act.
    let broken = answer("France did not honour its alliance with Czechoslovakia in 1938.");
    assert!(!broken.summary[0].starts_with("On the contrary"), "{:?}", broken.summary);
}

/// One sentence of each sort of case and of what is said of it, with the question that it is read as.
#[test]
fn each_sort_of_case_is_read_as_what_it_is() {
    let mut otherwise = Vec::new();
    for (said, asked) in [
        // Demands.
        (
            "If a great power made a demand on a small country, the small country caved.",
            "demands of a great power on a smaller state met",
        ),
        ("Lithuania gave in every time somebody leaned on it.", "demands on Lithuania met"),
        (
            "Whenever a state refused an ultimatum, war usually followed.",
            "demands that were not met followed by war",
        ),
        (
            "Giving in to one demand just invited the next one.",
            "demands that were met followed by another demand",
        ),
        (
            "Demands of great powers were met more often than demands of small states.",
            "met more often than territorial demands of a smaller",
        ),
        // Claims to land.
        (
            "Border disputes between small states rarely led to fighting.",
            "claims to land of a smaller state on another smaller state followed by force",
        ),
        ("Claims of Hungary were mostly won.", "claims to land of Hungary won"),
        // Attacks.
        (
            "Most wars were started by dictatorships.",
            "attacks and occupations were by a state that was no democracy",
        ),
        ("Most wars were between neighbours.", "were between neighbours by land"),
        (
            "Whoever invaded nearly always had a territorial claim first.",
            "between states of which one claimed land of the other",
        ),
        (
            "Italy had a friendship treaty with nearly everyone it later attacked.",
            "attacks and occupations by Italy on states with a pact",
        ),
        (
            "The Soviet Union usually attacked without warning.",
            "attacks and occupations by the Soviet Union made without warning",
        ),
        ("Wars were usually preceded by an ultimatum.", "attacks and occupations made after warning"),
        // Breaches.
        (
            "It was nearly always the stronger side that did the breaking.",
            "breaches of bilateral pacts were by a great power",
        ),
        (
            "Nobody bothered to denounce a pact before breaking it.",
            "breaches of bilateral pacts announced by denouncing the pact",
        ),
        ("Most pacts were broken after 1938.", "breaches of bilateral pacts were seen from 1 January 1939"),
        // Times.
        (
            "After Munich the demands started coming thick and fast.",
            "demands were made from 30 September 1938",
        ),
        ("Nonaggression treaties were basically a thirties thing.", "pacts were signed from 1930 to 1939"),
        ("Attacks were more frequent after 1935.", "attacks and occupations were seen from 1 January 1936"),
        // Groups, contrasts, terms.
        (
            "Most pacts of the Baltic states were broken.",
            "in which one of the Baltic states took part broken",
        ),
        (
            "Democracies honoured their alliances, dictatorships didn't.",
            "promises of help of a democracy honoured when a party was attacked more often than",
        ),
        (
            "Open-ended pacts held up better than the ones with an expiry date.",
            "for no fixed time kept more often than bilateral pacts for a fixed time",
        ),
        ("Most nonaggression pacts were signed for five or ten years.", "made for 5 years or 10 years"),
        (
            "After Munich small countries gave in to ultimatums much more often than before.",
            "made from 30 September 1938 to 22 June 1941 met more often than territorial demands on a smaller state made from 11",
        ),
        (
            "Treaties were broken far more often in the 1930s than in the 1920s.",
            "breaches of bilateral pacts were seen from 1930",
        ),
        (
            "Most nonaggression pacts signed in the 1930s didn't last their full term.",
            "over before the time agreed",
        ),
        // Changes of land.
        (
            "Most of the border changes in Europe happened after 1937.",
            "changes of holder of a land were seen from 1 January 1938",
        ),
        ("Most territorial changes were made by force.", "changes of holder of a land made by force"),
        (
            "Democracies never attacked a country they had a treaty with.",
            "attacks and occupations by a democracy on states with a pact",
        ),
        // Which cases are meant, and of which sort most of them were.
        (
            "Small states were usually attacked by great powers.",
            "attacks and occupations on a smaller state were by a great power",
        ),
        ("Most attacks on Poland were by Germany.", "attacks and occupations on Poland were by Germany"),
        (
            "Most breaches were against small states.",
            "breaches of bilateral pacts were against a smaller state",
        ),
        (
            "Most pacts with small states were broken by great powers.",
            "against a smaller state were by a great power",
        ),
        (
            "Most cessions by Romania were to Hungary.",
            "changes of holder of a land from Romania were by Hungary",
        ),
        (
            "Most territorial changes were from small states to great powers.",
            "by a great power from a smaller state",
        ),
        (
            "Demands on Poland were met more often than on Czechoslovakia.",
            "on Poland met more often than territorial demands on Czecho",
        ),
        ("Demands of great powers were met more often than others.", "than all other territorial demands"),
        (
            "Most pacts between the Baltic states and the Soviet Union were broken.",
            "of the Soviet Union with one of the Baltic states broken",
        ),
        // Times.
        (
            "Most pacts were broken in 1939 or later.",
            "breaches of bilateral pacts were seen from 1 January 1939 to 22 June 1941",
        ),
        ("Most demands were made in 1938 and 1939.", "territorial demands were made from 1938 to 1939"),
        (
            "Most attacks came after Hitler came to power.",
            "attacks and occupations were seen from 30 January 1933",
        ),
        (
            "Most attacks by Germany were on states with a pact.",
            "attacks and occupations by Germany on states with a pact",
        ),
        (
            "Poland was usually attacked by states it had a pact with.",
            "attacks and occupations on Poland on states with a pact",
        ),
        (
            "The Western Allies kept more pacts than the Axis powers.",
            "pacts in which one of the Western powers took part kept more",
        ),
        // Without force is not with it.
        ("Most demands were met without a fight.", "territorial demands without force"),
        ("Most claims were won without force.", "claims to land won without force"),
        ("Most pacts were signed for at least five years.", "made for at least 5 years"),
        // More common: among some, or after a day; otherwise over the whole time, which is a trend.
        (
            "Pacts were more common between neighbours.",
            "between neighbours by land signed more often than all other",
        ),
        ("Nonaggression pacts became more common after 1933.", "signed from 1 January 1934 to 22 June 1941"),
        ("Territorial demands became more common after 1937.", "made from 1 January 1938 to 22 June 1941"),
        ("Nonaggression pacts became more common.", "become more or less common, 1918 to 1941"),
        // Turns of phrase.
        ("Most nonaggression pacts weren't worth the paper they were printed on.", "pacts broken"),
        ("Mussolini broke about half of what he signed.", "How often did Italy break"),
        ("Alliances did no better than nonaggression pacts.", "kept about as often as"),
    ] {
        let answer = answer(said);
        if !answer.reading.sentence.contains(asked) || answer.summary.is_empty() {
            otherwise.push(format!("{said}\n  {}", answer.reading.sentence));
        }
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
}

/// What is counted and what is listed are the same cases, of whatever sort.
#[test]
fn the_cases_of_every_sort_are_listed() {
    for said in [
        "Most demands were met.",
        "Claims to land were mostly won.",
        "Most wars were started by dictatorships.",
        "Pacts were mostly broken by great powers.",
        "Most territorial changes were made by force.",
    ] {
        let answer = answer(said);
        let table = table(&answer, "The cases");
        assert_eq!(table.rows.len() as u64, forest(&answer).rows[0].of, "{said}");
    }
}

/// A share within a time and the rate beside other times come from the same counts.
#[test]
fn a_claim_about_a_time_counts_every_year_once() {
    let answer = answer("Most demands were made after 1937.");
    let rates = rates(&answer);
    let rows = &rates.rows;
    let row = &forest(&answer).rows[0];
    assert_eq!(rows.iter().map(|r| r.events).sum::<u64>(), row.of);
    let late = rows.iter().filter(|r| r.label.as_str() >= "1938").map(|r| r.events).sum::<u64>();
    assert_eq!(late, row.count);
    assert!(late > 0 && late < row.of);
}

/// What is part of an earlier attack is so whoever is asked about: the shares of sorts add up.
#[test]
fn attacks_of_democracies_and_of_others_are_all_attacks() {
    let count = |said: &str| {
        let row = forest(&answer(said)).rows[0].clone();
        (row.count, row.of)
    };
    let (democracies, all) = count("Most attacks were by democracies.");
    let (others, same) = count("Most attacks were by dictatorships.");
    assert_eq!((democracies + others, same), (all, all));
    let (_, own) = count("Democracies never attacked a country they had a treaty with.");
    assert_eq!(own, democracies);
}

/// Where a sentence says what no count here tells, it is refused and not answered by something else.
#[test]
fn what_is_not_counted_is_refused() {
    for said in [
        "Most wars were won by great powers.",
        // How often in so many years, and not of how many attacks.
        "Great powers rarely fought each other.",
        // Of some pacts only, of a state on a day, of states bound to anybody.
        "Denounced pacts were usually followed by war.",
        "Every Baltic state had a nonaggression pact with Moscow when it was annexed.",
        "At least three of the Soviet Union's western neighbours were attacked.",
        // Said of all others too; of what came after a denunciation; of when they were broken, and not signed.
        "Only Italy attacked a state with which it had a treaty of friendship.",
        "Denunciations of pacts were usually followed by war.",
        "Before 1935 hardly any nonaggression pact was broken.",
        "No neighbour of Germany but Poland refused a German demand.",
        // Tells of no one event, whatever it names.
        "Most land that changed hands in 1940 and 1941 went to Germany or the Soviet Union.",
        "Germany attacked its neighbours more often than Italy did after 1933.",
        "Germany attacked Poland more often than Italy.",
        "Romania lost more land than Hungary gained.",
        "Did Germany win more battles than Italy?",
        "Did Germany attack Poland more often than Italy did?",
        "More land changed hands to the Soviet Union than to Germany in 1940.",
        "Land changed hands to the Soviet Union more often than to Germany.",
        "After German rearmament most attacks came.",
        "Attacks were more frequent in 1930 than in 1850.",
        "Wars in Europe mostly started without a declaration.",
        "The losers of World War I got back most of the land they claimed by 1941.",
        "Small countries that stayed out of alliances did no better than the ones that had them.",
        "The League usually stopped wars between small countries.",
    ] {
        assert_eq!(answer(said).reading.form, "not understood", "{said}");
    }
}

/// Occupations are the occupier's: whoever lost its independence attacked nobody by that.
#[test]
fn who_was_occupied_is_not_the_attacker() {
    let answer = answer("Most attacks by Germany were on small states.");
    let table = table(&answer, "The cases");
    let cases = format!("{:?}", table.rows);
    assert!(cases.contains("Germany on Austria") && cases.contains("Germany on Czechoslovakia"), "{cases}");
    assert!(!cases.contains("Austria on Germany"), "{cases}");
}

/// Acts of one state beside those of another: the counts are those of the cases listed, and the verdict follows from them.
#[test]
fn one_states_acts_are_counted_beside_anothers() {
    for (said, asked, holds) in [
        (
            "Germany attacked more often than Italy.",
            "more attacks and occupations by Germany than by Italy",
            true,
        ),
        (
            "Italy started fewer wars than Germany.",
            "fewer attacks and occupations by Italy than by Germany",
            true,
        ),
        (
            "Italy attacked more states than Germany.",
            "more attacks and occupations by Italy than by Germany",
            false,
        ),
        (
            "Germany made more demands than Hungary.",
            "more territorial demands of Germany than of Hungary",
            true,
        ),
        (
            "Did Poland receive more demands than Romania?",
            "more territorial demands on Poland than on Romania",
            true,
        ),
        (
            "Is it true that Germany attacked more often than Italy?",
            "more attacks and occupations by Germany than by Italy",
            true,
        ),
        (
            "Who attacked more often, Italy or Germany?",
            "more attacks and occupations by Italy than by Germany",
            false,
        ),
        (
            "The Soviet Union seized more land than Germany did in 1940.",
            "more changes of holder of a land by the Soviet Union than by Germany, in 1940",
            true,
        ),
    ] {
        let answer = answer(said);
        assert!(answer.reading.sentence.contains(asked), "{said}: {}", answer.reading.sentence);
        let verdict = answer.summary[0].to_lowercase();
        assert_eq!(verdict.contains("yes"), holds, "{said}: {verdict}");
        assert_eq!(verdict.contains("no."), !holds, "{said}: {verdict}");
        let rates = rates(&answer);
        let counts: Vec<u64> = rates.rows.iter().map(|r| r.events).collect();
        let listed: Vec<u64> = answer
            .sections
            .iter()
            .filter_map(|s| if let Section::Table(t) = s { Some(t.rows.len() as u64) } else { None })
            .collect();
        assert_eq!(counts, listed, "{said}");
        let fewer = asked.starts_with("fewer");
        assert_eq!(if fewer { counts[0] < counts[1] } else { counts[0] > counts[1] }, holds, "{said}");
    }
}

/// "Attacks of Germany" are its own, "invasions of small states" are those they suffered.
#[test]
fn nouns_say_who_acts_and_who_suffers() {
    for (said, asked) in [
        ("Attacks of Germany were usually without warning.", "attacks and occupations by Germany made"),
        ("German attacks were usually without warning.", "attacks and occupations by Germany made"),
        (
            "Invasions of small states were usually by great powers.",
            "attacks and occupations on a smaller state were by a great power",
        ),
        (
            "Occupations of small states were usually by dictatorships.",
            "attacks and occupations on a smaller state were by a state that was no democracy",
        ),
        (
            "Wars of great powers were usually without warning.",
            "attacks and occupations by a great power made",
        ),
    ] {
        let answer = answer(said);
        assert!(answer.reading.sentence.contains(asked), "{said}: {}", answer.reading.sentence);
    }
}

/// What is offered in place of a sentence that cannot be read is about the same sort of cases.
#[test]
fn near_claims_are_about_the_same_sort_of_cases() {
    for (said, offered) in [
        ("Germany attacked Poland more often than Italy.", "Attacks by Germany"),
        ("Revisionist claims were pressed hardest against weak neighbours.", "Claims of"),
        ("Borders drawn at Versailles were rarely challenged by force before 1935.", "Changes of border"),
    ] {
        let refused = answer(said);
        assert_eq!(refused.reading.form, "not understood", "{said}");
        let near = &refused.reading.not_understood[0];
        assert!(near.contains(offered), "{said}: {near}");
        for sentence in near.split('"').skip(1).step_by(2) {
            assert_eq!(answer(sentence).reading.form, "base rate", "{sentence}");
        }
    }
}

/// Where states are counted, every state stands in the table, and those named are those of whom it is so.
#[test]
fn claims_about_states_count_states() {
    for (said, asked, verdict) in [
        ("No great power kept all its treaties.", "the great powers never broke a pact", "It depends"),
        ("Every great power broke a pact.", "the great powers broke a pact", "It depends"),
        ("Most small states lost territory between 1938 and 1941.", "the smaller states lost land", "Yes"),
        ("Half the small states lost territory before Barbarossa.", "lost land, from 11 November 1918", "No"),
        (
            "Germany attacked most of its neighbours.",
            "bordering Germany by land were attacked by Germany",
            "Yes",
        ),
        (
            "Did Germany attack all of its neighbours?",
            "bordering Germany by land were attacked by Germany",
            "It",
        ),
        (
            "The Soviet Union attacked every state it had a nonaggression pact with.",
            "pact with the Soviet Union were attacked by the Soviet Union",
            "No",
        ),
        (
            "Most states that signed a pact with Germany were attacked by it.",
            "were attacked by Germany",
            "No",
        ),
        ("Every Baltic state lost its independence.", "Baltic states lost their independence", "Yes"),
        ("Every one of Hungary's neighbours lost land to it.", "lost land to Hungary", "No"),
        ("The Balkan states never attacked each other.", "Balkan states attacked another of them", "No"),
        ("Did any great power attack another great power before June 1941?", "attacked a great power", "Yes"),
        ("Were democracies ever the ones to attack first?", "the democracies attacked another state", "Yes"),
        ("Only two states broke more than three pacts.", "broke a pact at least 4 times", "No"),
        ("Most small states were never attacked.", "smaller states were never attacked", "No"),
        ("Nobody signed more nonaggression pacts than the Soviet Union.", "most often", "Yes"),
        ("No state broke more pacts than Germany.", "Which states broke a pact most often", "No"),
        ("Bulgaria was the only Balkan state that gained land.", "the Balkan states gained land", "No"),
        (
            "Poland was the only neighbour of Germany to refuse a German demand.",
            "refused a demand for land of Germany",
            "No",
        ),
        (
            "Germany attacked every neighbour it had signed a nonaggression pact with.",
            "bordering Germany by land with a non-aggression or neutrality pact with Germany",
            "No",
        ),
        (
            "Most of the small states that signed nonaggression pacts with Moscow had been swallowed by the end of 1940.",
            "lost their independence, from 11 November 1918 to 31 December 1940",
            "No",
        ),
        (
            "Not a single Balkan state went to war with another Balkan state after 1923.",
            "were at war with",
            "Yes",
        ),
    ] {
        let answer = answer(said);
        assert!(answer.reading.sentence.contains(asked), "{said}: {}", answer.reading.sentence);
        assert!(answer.summary[0].starts_with(verdict), "{said}: {}", answer.summary[0]);
        assert!(answer.reading.not_understood.is_empty(), "{said}: {:?}", answer.reading.not_understood);
        let states = table(&answer, "The states");
        let forest = answer.sections.iter().find_map(|s| match s {
            Section::Forest(f) => Some(f),
            _ => None,
        });
        let Some(forest) = forest else { continue };
        assert!(
            forest.rows.iter().all(|r| r.of == states.rows.len() as u64 && r.interval.is_none()),
            "{said}"
        );
        // The second column is how often under the plainest definition.
        let times = states.rows.iter().map(|r| match r[1] {
            jonbar_answer::Datum::Count(n) => n,
            ref other => panic!("{other:?}"),
        });
        let least = if asked.contains("at least 4") { 4 } else { 1 };
        let never = asked.contains("never");
        let so = times.filter(|n| (*n >= least) != never).count() as u64;
        assert_eq!(so, forest.rows[0].count, "{said}");
    }
}

/// A question hung on a sentence is not part of it, and "than people think" compares with nothing on record.
#[test]
fn what_is_hung_on_a_sentence_does_not_turn_it_round() {
    for (said, plainly) in [
        (
            "Territorial demands on Romania usually got met in the end, didn't they?",
            "Territorial demands on Romania were usually met.",
        ),
        (
            "Alliances between great powers were honoured less often OTL than people think.",
            "Alliances between great powers were honoured.",
        ),
    ] {
        let (hung, plain) = (answer(said), answer(plainly));
        assert_eq!(hung.reading.sentence, plain.reading.sentence, "{said}");
        assert_eq!(forest(&hung).rows, forest(&plain).rows, "{said}");
    }
}

/// A date of what is left out of a sentence does not narrow what is answered, and one that is not weighed is no answer.
#[test]
fn dates_belong_to_what_they_stand_with() {
    let halves = answer("France rarely honoured its commitments, and everybody there knew it by 1938.");
    let first = answer("France rarely honoured its commitments.");
    assert_eq!(halves.reading.sentence, first.reading.sentence);
    let until =
        answer("Hardly any non-aggression pact signed in the thirties actually lasted until June 1941.");
    assert_eq!(until.reading.form, "not understood", "{}", until.reading.sentence);
}

/// What any history of these years says, counted from the casebook.
#[test]
fn known_numbers_of_states_come_out_as_every_history_has_them() {
    for (asked, count, of, named) in [
        // Estonia, Latvia and Lithuania in August 1940.
        ("How many Baltic states lost their independence?", 3, 3, &[][..]),
        // Austria and Czechoslovakia; Albania and Ethiopia; the Baltic states. Japan and the rest took none that is a state here.
        ("Which great powers annexed another state?", 3, 7, &["Germany", "Italy", "the Soviet Union"]),
        ("Which Baltic states attacked another state after 1921?", 0, 3, &[]),
        ("Which great powers denounced a pact with Poland?", 1, 4, &["Germany"]),
    ] {
        let answer = answer(asked);
        let row = &forest(&answer).rows[0];
        assert_eq!((row.count, row.of), (count, of), "{asked}: {}", answer.reading.sentence);
        assert!(named.iter().all(|n| answer.summary[0].contains(n)), "{asked}: {}", answer.summary[0]);
    }
}

/// Questions that ask how many or which need no word of frequency, and are held against none.
#[test]
fn asking_how_many_states_claims_nothing() {
    for said in [
        "How many of Germany's neighbours did it attack?",
        "Which great powers never lost any land?",
        "How many countries did Germany invade between 1939 and 1941?",
        "How many states managed to get through the period without losing any land?",
    ] {
        let answer = answer(said);
        assert_eq!(forest(&answer).word, None, "{said}");
        assert!(answer.summary[0].starts_with(|c: char| c.is_ascii_digit()), "{said}: {}", answer.summary[0]);
    }
}

/// "More pacts" is a number, which is so or not; how often is a rate, about which chance has a say.
#[test]
fn a_number_said_to_be_larger_is_not_answered_by_a_rate() {
    for (said, number) in [
        ("France signed fewer pacts after 1936 than before.", "By number, yes"),
        ("The Soviet Union signed more nonaggression pacts than Germany.", "By number, yes"),
        ("Italy broke more treaties than Germany.", "By number"),
    ] {
        let answer = answer(said);
        assert!(answer.summary[0].starts_with(number), "{said}: {}", answer.summary[0]);
    }
}
