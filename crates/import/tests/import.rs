//! Data sets in, casebook out: a small world written here, what is refused, and the researchers' files where they are.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing where something must be should stop there")]

use jonbar_import::{DataSet, Imported, import};
use jonbar_record::{Day, EventKind, Files, PactEnd, PactType, Record, Window, load};
use proptest::prelude::*;

const STATES: &str = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n\
                      AAA,1,Alphaland,1816,1,1,2016,12,31,2016\n\
                      BBB,2,Betaland,1816,1,1,1938,3,13,2016\n\
                      BBB,2,Betaland,1955,7,27,2016,12,31,2016\n\
                      CCC,3,Gammaland,1920,1,10,2016,12,31,2016\n";
const ALLIANCES: &str = "atopid,begyr,begmo,begday,endyr,endmo,endday,bilat,length,term,defense,offense,neutral,\
                         nonagg,consul,mem1,mem2,mem3\n\
                         10,1925,12,17,1935,11,0,1,36,2,0,0,1,1,0,1,2,NA\n\
                         20,1921,3,3,0,0,0,1,0,0,1,0,0,0,1,1,3,NA\n\
                         30,1850,3,3,1860,1,1,1,0,1,1,0,0,0,1,1,3,NA\n";
const DISPUTES: &str = "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,hiact,hostlev,orig,version\n\
                        7,AAA,1,5,6,1930,9,6,1930,1,16,4,1,5\n\
                        7,BBB,2,5,6,1930,9,6,1930,0,0,1,1,5\n\
                        8,AAA,1,-9,7,1931,9,8,1931,1,7,3,1,5\n\
                        8,CCC,3,-9,7,1931,9,8,1931,0,16,4,1,5\n";
const WARS: &str = "init_war_id,init_war_name,year,init_ccode,target_ccode,month_entry,day_entry,month_exit,day_exit,joiner\n\
                    1,Alpha_Gamma1934,1934,1,3,11,30,12,31,0\n\
                    1,Alpha_Gamma1934,1935,1,3,1,1,3,12,0\n";
const CLAIMS: &str = "claim,name,chal,tgt,begclaim,endclaim,icowsalc\n5,Delta Valley,2,1,191805,193307,3\n\
                      6,Open Moor,3,1,193706,201799,1\n";
const POLITY: &str = "ccode,year,polity2\n1,1919,8\n1,1920,8\n1,1921,-3\n2,1919,NA\n";
const CINC: &str = "ccode,year,cinc\n1,1919,0.101\n1,1920,0.1\n2,1919,0.05\n";
const CONTIGUITY: &str =
    "statelno,statehno,conttype,begin,end\n1,2,1,181601,193803\n1,3,2,192001,201612\n2,3,5,192001,201612\n";
const LEADERS: &str = "obsid,leadid,ccode,leader,startdate,enddate\nA-1,x1,1,Öl,1919-02-03,1925-01-02\n\
                       A-2,x2,1,Berg,1925-01-02,1930-05-06\nA-3,x1,1,Öl,1930-05-06,1933-01-01\n";

fn inputs() -> Files {
    [
        ("states.csv", STATES),
        ("atop.csv", ALLIANCES),
        ("midb.csv", DISPUTES),
        ("iwd.csv", WARS),
        ("icow.csv", CLAIMS),
        ("polity.csv", POLITY),
        ("nmc.csv", CINC),
        ("contdir.csv", CONTIGUITY),
        ("archigos.csv", LEADERS),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

fn span() -> Window {
    Window { from: Day::from_ymd(1918, 1, 1).unwrap(), to: Day::from_ymd(1941, 12, 31).unwrap() }
}

fn record(made: &Imported) -> Record {
    let loaded = load(&made.files);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.record.unwrap_or_else(|| panic!("{}", problems.join("\n")))
}

#[test]
fn a_small_world_becomes_a_casebook_without_errors() {
    let made = import(&inputs(), span(), "", false).unwrap();
    let record = record(&made);
    assert_eq!(record.actors.len(), 3);
    assert_eq!(made.used.len(), 9);

    // The pact of 1925: non-aggression first, broken in a November of which the day is not known.
    let pact = &record.pacts[record.pact("atop-10").unwrap().0];
    assert_eq!(pact.types, [PactType::Nonaggression, PactType::Neutrality]);
    assert_eq!((pact.end_kind, pact.term_years), (PactEnd::Violated, Some(3.0)));
    assert_eq!(pact.end.as_ref().unwrap().text, "1935-11");
    assert_eq!(record.pacts[record.pact("atop-20").unwrap().0].end_kind, PactEnd::InForce);
    assert!(record.pact("atop-30").is_none(), "begun before the casebook");

    let of = |kind: EventKind| -> Vec<String> {
        let events = record.events.iter().filter(|e| e.kind == kind);
        events
            .map(|e| {
                let codes = |ids: &[jonbar_record::ActorId]| {
                    ids.iter().map(|a| record.code(*a).to_owned()).collect::<Vec<_>>().join(";")
                };
                format!("{} {}>{}", e.when.text, codes(&e.actors), codes(&e.targets))
            })
            .collect()
    };
    // In dispute 8 only the side that did not act first used force.
    assert_eq!(of(EventKind::ArmedDispute), ["1930-06-05 AAA>BBB", "1931-07 CCC>AAA"]);
    assert_eq!(of(EventKind::WarBegun), ["1934-11-30 AAA>CCC"]);
    assert_eq!(of(EventKind::WarEnded), ["1935-03-12 AAA>CCC"]);
    assert_eq!(of(EventKind::IndependenceLost), ["1938-03-13 BBB>BBB"]);
    assert_eq!(of(EventKind::OfficeTaken).len(), 3);
    assert_eq!(record.people.len(), 2, "one person comes to power twice");

    let claim = &record.claims[0];
    assert_eq!((record.code(claim.claimant), claim.salience), ("BBB", 3));
    assert_eq!(claim.live.to, Day::from_ymd(1933, 7, 31).unwrap());
    assert_eq!(record.claims[1].live.to, Day::DISTANT_FUTURE, "month 99 is an open end");
    assert_eq!(record.borders.len(), 2, "400 miles of water are no border");
    let democracy: Vec<bool> = record.regimes.iter().map(|r| r.democracy).collect();
    assert_eq!(democracy, [true, false], "two years in a row are one stretch; a year not coded is none");
    let index = |i: usize| record.capabilities[i].index;
    assert!((index(0) - index(1)).abs() < 1e-12, "0.101 and 0.1 are the same step of a tenth");
}

#[test]
fn only_what_the_data_cover_is_declared_covered() {
    let kinds = |files: &Files| {
        let made = import(files, span(), "", false).unwrap();
        record(&made).coverage.iter().map(|c| c.kind.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(&inputs()),
        [
            "armed_dispute",
            "consultation_pact",
            "defence_pact",
            "nonaggression_pact",
            "war_begun",
            "war_joined"
        ]
    );
    let mut few = inputs();
    few.retain(|name, _| name == "states.csv" || name == "midb.csv");
    assert_eq!(kinds(&few), ["armed_dispute"]);
}

#[test]
fn names_of_a_known_casebook_are_taken_over_unless_another_state_bears_them() {
    let actors = "id,name,exists,great_power,names,demonyms,metonyms,capital,lat,lon,sources\n\
                  AAA,Alpha,1900/..,yes,A-land;Betaland,Alphan,Alphapolis,Alphapolis,1,2,x\n";
    let record = record(&import(&inputs(), span(), actors, false).unwrap());
    assert_eq!(record.actors[0].name, "Alpha");
    assert_eq!(record.actors[0].aliases, ["A-land", "Alphaland"]);
    assert_eq!(record.actors[0].demonyms, ["Alphan"]);
}

#[test]
fn a_row_that_cannot_be_read_is_named_and_nothing_is_made() {
    for (file, bad, place, says) in [
        ("states.csv", STATES.replace("1920,1,10", "1920,x,10"), "states.csv:5", "`x` is not a number"),
        ("states.csv", STATES.replace("1920,1,10", "1920,2,31"), "states.csv:5", "there is no 1920-02-31"),
        ("atop.csv", ALLIANCES.replace(",36,2,", ",36,9,"), "atop.csv:2", "`9` is not 0, 1, 2 or 3"),
        ("atop.csv", ALLIANCES.replace("1935,11,0", "1905,11,0"), "atop.csv:2", "ends before it begins"),
        ("midb.csv", DISPUTES.replace(",1,16,4,1,5\n7", ",1,16,4,1\n7"), "midb.csv:2", "13 cells"),
        ("icow.csv", CLAIMS.replace("191805", "191813"), "icow.csv:2", "not a year and month"),
        ("archigos.csv", LEADERS.replace("1925-01-02,1930", "2.1.1925,1930"), "archigos.csv:3", "1932-01-21"),
    ] {
        let mut files = inputs();
        files.insert(file.to_owned(), bad.into_bytes());
        let problems = import(&files, span(), "", false).unwrap_err();
        let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 1, "{text:?}");
        assert!(text[0].starts_with(place) && text[0].contains(says), "{} / {says}", text[0]);
    }
}

#[test]
fn damaged_lines_are_left_out_only_where_that_is_asked_for() {
    let mut files = inputs();
    let damaged = LEADERS.replace("Berg,", "\"Ber,");
    files.insert("archigos.csv".to_owned(), damaged.into_bytes());
    assert!(import(&files, span(), "", false).is_err());
    let made = import(&files, span(), "", true).unwrap();
    assert!(made.left_out.iter().any(|(why, n)| why == "damaged lines" && *n == 1), "{:?}", made.left_out);
}

#[test]
fn two_files_of_one_set_and_no_list_of_states_are_refused() {
    let mut files = inputs();
    files.insert("other.csv".to_owned(), STATES.as_bytes().to_vec());
    let problem = import(&files, span(), "", false).unwrap_err()[0].to_string();
    assert!(problem.contains("are both COW state system membership"), "{problem}");
    files.remove("other.csv");
    files.remove("states.csv");
    let problem = import(&files, span(), "", false).unwrap_err()[0].to_string();
    assert!(problem.contains("no file with the columns of COW state system membership"), "{problem}");
}

#[test]
fn a_file_is_recognised_by_its_columns() {
    for (name, bytes) in inputs() {
        assert!(DataSet::of_file(&bytes).is_some(), "{name}");
    }
    assert_eq!(DataSet::of_file(b"a,b\n1,2\n"), None);
    assert_eq!(DataSet::of_file(&[0xff, 0xfe, 0]), None);
}

/// A year of three digits in one set is not written as a date that the reader refuses.
#[test]
fn years_outside_the_casebook_are_left_out() {
    let mut files = inputs();
    let (name, bytes) = files.iter().find(|(_, b)| DataSet::of_file(b) == Some(DataSet::Regimes)).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let (header, rest) = text.split_once('\n').unwrap();
    let year = header.split(',').position(|c| c == "year").unwrap();
    let first = rest.lines().next().unwrap();
    let mut cells: Vec<&str> = first.split(',').collect();
    cells[year] = "191";
    let damaged = text.replacen(first, &cells.join(","), 1);
    let name = name.clone();
    files.insert(name, damaged.into_bytes());
    let loaded = load(&import(&files, span(), "", false).unwrap().files);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(loaded.record.is_some(), "{}", problems.join("\n"));
}

proptest! {
    /// No change of bytes makes the importer panic or write a casebook that the reader refuses.
    #[test]
    fn damage_is_refused_or_harmless(file in 0usize..9, at in 0usize..400, byte in any::<u8>(), skip in any::<bool>()) {
        let mut files = inputs();
        let name = files.keys().nth(file).unwrap().clone();
        let bytes = files.get_mut(&name).unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(made) = import(&files, span(), "", skip) {
            let loaded = load(&made.files);
            let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
            prop_assert!(loaded.record.is_some(), "{}", problems.join("\n"));
        }
    }
}
