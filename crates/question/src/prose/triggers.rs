//! Words that say what sort of event a clause speaks of.

use std::collections::HashMap;
use std::sync::LazyLock;

use jonbar_record::EventKind::{self, *};

use crate::lexicon::{auxiliary, irregular_forms, is_form_of};

/// A phrase and the kinds of event it may stand for. A word ending in `*` stands for all that begin so, one
/// behind `~` for the forms of that verb.
type Trigger = (&'static [&'static str], &'static [EventKind]);

/// What it may be that soldiers enter a country.
const ENTERS: &[EventKind] = &[WarBegun, WarJoined, ArmedDispute, TerritoryCeded, IndependenceLost];

/// The longest phrases first.
const TRIGGERS: &[Trigger] = &[
    (&["~turn", "its", "back", "on", "the", "league"], &[LeagueLeft]),
    (&["~put", "out", "of", "the", "league"], &[LeagueLeft]),
    (&["~throw", "out", "of", "the", "league"], &[LeagueLeft]),
    (&["~admit", "to", "the", "league"], &[LeagueEntered]),
    (&["admission", "to", "the", "league"], &[LeagueEntered]),
    (&["member", "of", "the", "league"], &[LeagueEntered]),
    (&["seat", "in", "the", "league"], &[LeagueEntered]),
    (&["into", "the", "league"], &[LeagueEntered]),
    (&["seat", "at", "geneva"], &[LeagueEntered]),
    (&["out", "of", "the", "league"], &[LeagueLeft]),
    (&["~withdraw", "from", "the", "league"], &[LeagueLeft]),
    (&["withdrawal", "from", "the", "league"], &[LeagueLeft]),
    (&["~expel", "from", "the", "league"], &[LeagueLeft]),
    (&["~resign", "from", "the", "league"], &[LeagueLeft]),
    (&["~get", "into", "the", "league"], &[LeagueEntered]),
    (&["~let", "into", "the", "league"], &[LeagueEntered]),
    (&["~take", "into", "the", "league"], &[LeagueEntered]),
    (&["notice", "to", "the", "league"], &[LeagueLeft]),
    (&["~lay", "down", "his", "arms"], &[WarEnded]),
    (&["~strike", "from", "the", "map"], &[IndependenceLost]),
    (&["~wipe", "off", "the", "map"], &[IndependenceLost]),
    (&["~lay", "down", "their", "arms"], &[WarEnded]),
    (&["~lay", "down", "its", "arms"], &[WarEnded]),
    (&["~break", "off", "the", "talks"], &[NegotiationFailed]),
    (&["~come", "into", "the", "war"], &[WarJoined]),
    (&["~recall", "to", "the", "premiership"], &[OfficeTaken]),
    (&["~walk", "out", "of", "geneva"], &[LeagueLeft]),
    (&["~come", "over", "the", "border"], ENTERS),
    (&["~come", "over", "the", "frontier"], ENTERS),
    (&["~take", "over", "foreign", "affairs"], &[OfficeTaken]),
    (&["~take", "over", "the", "foreign"], &[OfficeTaken]),
    (&["~come", "to", "the", "premiership"], &[OfficeTaken]),
    (&["~enter", "the", "league"], &[LeagueEntered]),
    (&["~join", "the", "league"], &[LeagueEntered]),
    (&["~become", "a", "member"], &[LeagueEntered]),
    (&["~leave", "the", "league"], &[LeagueLeft]),
    (&["~quit", "the", "league"], &[LeagueLeft]),
    (&["notice", "at", "geneva"], &[LeagueLeft]),
    (&["~put", "into", "force"], &[PactRatified, PactSigned]),
    (&["~make", "way", "for"], &[OfficeTaken, OfficeLeft]),
    (&["in", "place", "of"], &[OfficeTaken, OfficeLeft]),
    (&["~form", "a", "ministry"], &[OfficeTaken]),
    (&["~lose", "his", "post"], &[OfficeLeft]),
    (&["~lose", "his", "job"], &[OfficeLeft]),
    (&["~lose", "his", "office"], &[OfficeLeft]),
    (&["~lose", "his", "seat"], &[OfficeLeft, Statement]),
    (&["~lose", "his", "portfolio"], &[OfficeLeft]),
    (&["out", "of", "office"], &[OfficeLeft]),
    (&["~lose", "the", "election*"], &[OfficeLeft, Statement]),
    (&["~lose", "an", "election*"], &[OfficeLeft, Statement]),
    (&["~form", "a", "government"], &[OfficeTaken]),
    (&["~cease", "to", "be"], &[IndependenceLost]),
    (&["~cease", "to", "exist"], &[IndependenceLost]),
    (&["~lose", "their", "independence"], &[IndependenceLost]),
    (&["~lose", "its", "independence"], &[IndependenceLost]),
    (&["~come", "into", "force"], &[PactRatified, PactSigned]),
    (&["~enter", "into", "force"], &[PactRatified, PactSigned]),
    (&["~put", "its", "name"], &[PactSigned]),
    (&["~put", "their", "names"], &[PactSigned]),
    (&["~come", "to", "terms"], &[PactSigned]),
    (&["~lay", "down", "arms"], &[WarEnded]),
    (&["~come", "to", "power"], &[OfficeTaken, RegimeChange]),
    (&["~come", "to", "nothing"], &[NegotiationFailed]),
    (&["~come", "to", "office"], &[OfficeTaken]),
    (&["~break", "off", "talks"], &[NegotiationFailed]),
    (&["~take", "the", "place"], &[PactSigned, PactReplaced, OfficeTaken]),
    (&["~set", "their", "hands"], &[PactSigned]),
    (&["~set", "its", "hand"], &[PactSigned]),
    (&["~go", "to", "war"], &[WarBegun, WarJoined]),
    (&["~enter", "the", "war"], &[WarJoined, WarBegun]),
    (&["~join", "the", "war"], &[WarJoined]),
    (&["soldiers", "re", "~enter"], ENTERS),
    (&["troops", "re", "~enter"], ENTERS),
    (&["~form", "a", "cabinet"], &[OfficeTaken]),
    (&["~fall", "from", "power"], &[OfficeLeft, RegimeChange]),
    (&["null", "and", "void"], &[NegotiationFailed, PactDenounced]),
    (&["~recall", "to", "power"], &[OfficeTaken]),
    (&["~recall", "to", "office"], &[OfficeTaken]),
    (&["~break", "off", "relations"], &[RelationsBroken]),
    (&["over", "the", "border"], ENTERS),
    (&["over", "the", "frontier"], ENTERS),
    (&["~bring", "into", "force"], &[PactRatified]),
    (&["was", "elected"], &[OfficeTaken, Statement]),
    (&["~lose", "office"], &[OfficeLeft]),
    (&["~lose", "power"], &[OfficeLeft, RegimeChange]),
    (&["~give", "way"], &[TerritorialDemand, PactSigned, OfficeLeft, RelationsOpened]),
    (&["~shoot", "himself"], &[OfficeLeft, Statement]),
    (&["~go", "ashore"], &[ArmedDispute, WarBegun, TerritoryCeded]),
    (&["~call", "up"], &[ArmedDispute, Statement]),
    (&["~rise", "against"], &[ArmedDispute, RegimeChange]),
    (&["~say", "no"], &[TerritorialDemand, NegotiationFailed, Statement]),
    (&["~ask", "for"], &[TerritorialDemand, Proposal]),
    (&["~turn", "out"], &[OfficeLeft, RegimeChange]),
    (&["~take", "effect"], &[PactRatified, PactSigned]),
    (&["was", "over", "the"], ENTERS),
    (&["was", "over"], &[WarEnded]),
    (&["~break", "off"], &[RelationsBroken, NegotiationFailed]),
    (&["~break", "with"], &[RelationsBroken]),
    (&["~break", "down"], &[NegotiationFailed]),
    (&["~break", "up"], &[NegotiationFailed]),
    (&["~break", "out"], &[WarBegun, ArmedDispute]),
    (&["~blow", "up"], &[NegotiationFailed]),
    (&["~fall", "through"], &[NegotiationFailed]),
    (&["~go", "nowhere"], &[NegotiationFailed]),
    (&["~peter", "out"], &[NegotiationFailed]),
    (&["~run", "out"], &[PactExpired, PactLapsed]),
    (&["~throw", "over"], &[PactDenounced, PactViolated]),
    (&["~tear", "up"], &[PactDenounced, PactViolated]),
    (&["~give", "notice"], &[PactDenounced, LeagueLeft, Statement]),
    (&["~turn", "down"], &[NegotiationFailed, Proposal, TerritorialDemand]),
    (&["~come", "in"], &[PactSigned, LeagueEntered, Statement, WarJoined]),
    (&["~call", "for"], &[Proposal, Statement]),
    (&["~call", "off"], &[NegotiationFailed]),
    (&["spoke", "of"], &[Statement]),
    (&["~withdraw", "from"], &[PactDenounced, LeagueLeft, Statement, NegotiationFailed]),
    (&["~walk", "out"], &[Statement, LeagueLeft, PactDenounced]),
    (&["~hand", "over"], &[TerritoryCeded, TerritorialDemand]),
    (&["~hand", "back"], &[TerritoryCeded]),
    (&["~give", "up"], &[TerritoryCeded, ClaimRenounced, NegotiationFailed]),
    (&["~give", "back"], &[TerritoryCeded]),
    (&["~win", "back"], &[TerritoryCeded]),
    (&["~get", "back"], &[TerritoryCeded]),
    (&["~threaten", "to"], &[Statement]),
    (&["~sign", "away"], &[TerritoryCeded, PactSigned]),
    (&["~take", "from"], &[TerritoryCeded]),
    (&["~take", "over"], &[TerritoryCeded, OfficeTaken]),
    (&["~declare", "war"], &[WarBegun, WarJoined]),
    (&["at", "war"], &[WarBegun, WarJoined]),
    (&["~march", "into"], &[ArmedDispute, TerritoryCeded, WarBegun, WarJoined, IndependenceLost]),
    (&["~march", "in"], &[ArmedDispute, TerritoryCeded, WarBegun, WarJoined, IndependenceLost]),
    (&["troops", "~enter"], ENTERS),
    (&["soldiers", "~enter"], ENTERS),
    (&["army", "~enter"], ENTERS),
    (&["forces", "~enter"], ENTERS),
    (&["tanks", "~enter"], ENTERS),
    (&["~cross", "the"], &[WarBegun, WarJoined, ArmedDispute, TerritoryCeded]),
    (&["~press", "for"], &[TerritorialDemand, Proposal]),
    (&["first", "asked"], &[TerritorialDemand, Proposal]),
    (&["~sit", "down"], &[NegotiationOpened]),
    (&["~talk", "about"], &[NegotiationOpened]),
    (&["~talk", "to"], &[NegotiationOpened]),
    (&["~form", "the"], &[OfficeTaken]),
    (&["remain*", "prime"], &[OfficeTaken, OfficeLeft]),
    (&["~take", "office"], &[OfficeTaken]),
    (&["~step", "down"], &[OfficeLeft]),
    (&["~leave", "office"], &[OfficeLeft]),
    (&["foreign", "ministry"], &[OfficeTaken, OfficeLeft]),
    (&["foreign", "affairs"], &[OfficeTaken, OfficeLeft]),
    (&["foreign", "minister"], &[OfficeTaken, OfficeLeft]),
    (&["foreign", "secretary"], &[OfficeTaken, OfficeLeft]),
    (&["foreign", "commissar"], &[OfficeTaken, OfficeLeft]),
    (&["prime", "minister"], &[OfficeTaken, OfficeLeft]),
    (&["diplomatic", "relations"], &[RelationsOpened, RelationsBroken]),
    (&["~exchange", "ministers"], &[RelationsOpened]),
    (&["~exchange", "envoys"], &[RelationsOpened]),
    (&["~close", "the"], &[RelationsBroken]),
    (&["~stand", "by"], &[PactViolated]),
    (&["received", "into"], &[PactSigned, Statement]),
    (&["brought", "into"], &[PactSigned]),
    (&["~cross", "into"], &[WarBegun, WarJoined, ArmedDispute, TerritoryCeded, IndependenceLost]),
    (&["~agree", "to"], &[Statement, PactSigned, TerritorialDemand]),
    (&["~quit", "geneva"], &[LeagueLeft]),
    (&["~leave", "geneva"], &[LeagueLeft]),
    (&["~walk", "into"], ENTERS),
    (&["~drive", "into"], ENTERS),
    (&["~roll", "into"], ENTERS),
    (&["~march", "on"], &[ArmedDispute, WarBegun]),
    (&["~throw", "out"], &[OfficeLeft, RegimeChange]),
    (&["~become", "premier"], &[OfficeTaken]),
    (&["~step", "into"], &[OfficeTaken]),
    (&["~vote"], &[Statement, RegimeChange]),
    (&["~elect"], &[OfficeTaken, Statement]),
    (&["evacuat*"], &[TerritoryCeded, ArmedDispute, Statement]),
    (&["rising"], &[ArmedDispute, RegimeChange]),
    (&["uprising"], &[ArmedDispute, RegimeChange]),
    (&["revolt*"], &[ArmedDispute, RegimeChange]),
    (&["plebiscite*"], &[Statement, RegimeChange, TerritoryCeded]),
    (&["referendum*"], &[Statement, RegimeChange]),
    (&["~proclaim"], &[RegimeChange, Statement, IndependenceRegained]),
    (&["~talk"], &[NegotiationOpened]),
    (&["~confer"], &[NegotiationOpened]),
    (&["relations"], &[RelationsOpened, RelationsBroken]),
    (&["spheres"], &[SphereConceded]),
    (&["sphere"], &[SphereConceded]),
    (&["sign*"], &[PactSigned]),
    (&["conclud*"], &[PactSigned, NegotiationFailed]),
    (&["initial*"], &[DraftAgreed]),
    (&["draft*"], &[DraftAgreed]),
    (&["ratif*"], &[PactRatified]),
    (&["renew*"], &[PactExtended, Proposal]),
    (&["prolong*"], &[PactExtended]),
    (&["extend*"], &[PactExtended]),
    (&["denounc*"], &[PactDenounced]),
    (&["renounc*"], &[PactDenounced, ClaimRenounced]),
    (&["abrogat*"], &[PactDenounced, PactViolated]),
    (&["repudiat*"], &[PactDenounced]),
    (&["cancel*"], &[PactDenounced]),
    (&["~drop"], &[PactDenounced, Statement]),
    (&["~scrap"], &[PactDenounced]),
    (&["violat*"], &[PactViolated, PactDenounced]),
    (&["breach*"], &[PactViolated]),
    (&["honour*"], &[PactViolated]),
    (&["honor*"], &[PactViolated]),
    (&["~break"], &[PactViolated, PactDenounced, RelationsBroken]),
    (&["expir*"], &[PactExpired]),
    (&["laps*"], &[PactLapsed, PactExpired]),
    (&["replac*"], &[OfficeTaken, PactReplaced]),
    (&["acced*"], &[PactSigned]),
    (&["adher*"], &[PactSigned]),
    (&["~join"], &[PactSigned, WarJoined]),
    (&["join"], &[PactSigned, WarJoined]),
    (&["~admit"], &[PactSigned, Statement]),
    (&["~enter"], &[PactSigned, WarJoined, Statement, ArmedDispute, TerritoryCeded]),
    (&["allied"], &[PactSigned]),
    (&["guarantee*"], &[PactSigned]),
    (&["~promise"], &[PactSigned]),
    (&["~pledge"], &[PactSigned]),
    (&["~swear"], &[PactSigned]),
    (&["demand*"], &[TerritorialDemand]),
    (&["ultimatum*"], &[TerritorialDemand]),
    (&["~claim"], &[ClaimAsserted, TerritorialDemand]),
    (&["claim"], &[ClaimAsserted, TerritorialDemand]),
    (&["claims"], &[ClaimAsserted, TerritorialDemand]),
    (&["unsettled"], &[ClaimAsserted]),
    (&["invad*"], &[WarBegun, WarJoined, TerritoryCeded, IndependenceLost]),
    (&["invasion"], &[WarBegun, WarJoined]),
    (&["attack*"], &[WarBegun, WarJoined, ArmedDispute]),
    (&["~fight"], &[WarBegun, ArmedDispute, WarJoined]),
    (&["fighting"], &[WarBegun, ArmedDispute]),
    (&["clash*"], &[ArmedDispute]),
    (&["bombard*"], &[ArmedDispute]),
    (&["~bomb"], &[ArmedDispute, WarBegun]),
    (&["shell*"], &[ArmedDispute]),
    (&["raid*"], &[ArmedDispute]),
    (&["land*"], &[ArmedDispute, WarBegun, WarJoined, TerritoryCeded]),
    (&["crossed"], &[WarBegun, WarJoined, ArmedDispute, TerritoryCeded]),
    (&["~warn"], &[Statement]),
    (&["announce*"], &[Statement, DraftAgreed, Proposal]),
    (&["agree*"], &[DraftAgreed, PactSigned, NegotiationOpened]),
    (&["conversation*"], &[NegotiationOpened, NegotiationFailed]),
    (&["meet*"], &[NegotiationOpened, Conference]),
    (&["promise"], &[PactSigned]),
    (&["mobilis*"], &[ArmedDispute]),
    (&["mobiliz*"], &[ArmedDispute]),
    (&["overrun"], &[TerritoryCeded, ArmedDispute, WarBegun, IndependenceLost]),
    (&["~overrun"], &[TerritoryCeded, ArmedDispute, WarBegun, IndependenceLost]),
    (&["~partition"], &[IndependenceLost, TerritoryCeded, PactSigned]),
    (&["occup*"], &[TerritoryCeded, ArmedDispute, IndependenceLost]),
    (&["reoccup*"], &[TerritoryCeded, ArmedDispute, Statement]),
    (&["remilitari*"], &[ArmedDispute, Statement]),
    (&["annex*"], &[TerritoryCeded, IndependenceLost]),
    (&["incorporat*"], &[TerritoryCeded, IndependenceLost]),
    (&["absorb*"], &[TerritoryCeded, IndependenceLost]),
    (&["seiz*"], &[TerritoryCeded, ArmedDispute, IndependenceLost]),
    (&["grab*"], &[TerritoryCeded, IndependenceLost, WarBegun]),
    (&["conquer*"], &[TerritoryCeded, IndependenceLost]),
    (&["~cede"], &[TerritoryCeded]),
    (&["cede"], &[TerritoryCeded]),
    (&["cession"], &[TerritoryCeded]),
    (&["award*"], &[TerritoryCeded]),
    (&["~return"], &[TerritoryCeded]),
    (&["~transfer"], &[TerritoryCeded]),
    (&["~lose"], &[TerritoryCeded]),
    (&["~go", "to"], &[TerritoryCeded]),
    (&["~pass", "to"], &[TerritoryCeded, SphereConceded]),
    (&["~fall", "to"], &[TerritoryCeded, SphereConceded]),
    (&["~gain"], &[TerritoryCeded]),
    (&["~acquire"], &[TerritoryCeded]),
    (&["~regain"], &[TerritoryCeded, IndependenceRegained]),
    (&["~take"], &[TerritoryCeded, OfficeTaken]),
    (&["~give"], &[TerritoryCeded, SphereConceded, PactSigned]),
    (&["~grant"], &[PactSigned, TerritoryCeded]),
    (&["~confirm"], &[TerritoryCeded]),
    (&["split"], &[TerritoryCeded]),
    (&["anschluss"], &[IndependenceLost]),
    (&["dismember*"], &[IndependenceLost, TerritoryCeded]),
    (&["swallow*"], &[IndependenceLost, TerritoryCeded]),
    (&["independence"], &[IndependenceLost, IndependenceRegained]),
    (&["~restore"], &[RelationsOpened, IndependenceRegained]),
    (&["capitulat*"], &[WarEnded]),
    (&["surrender*"], &[WarEnded, TerritoryCeded]),
    (&["armistice"], &[WarEnded]),
    (&["truce"], &[WarEnded]),
    (&["ceasefire"], &[WarEnded]),
    (&["recogni*"], &[RelationsOpened, ClaimRenounced]),
    (&["legation*"], &[RelationsOpened, RelationsBroken]),
    (&["~recall"], &[RelationsBroken]),
    (&["~expel"], &[RelationsBroken, Statement, LeagueLeft]),
    (&["propos*"], &[Proposal]),
    (&["offer*"], &[Proposal]),
    (&["suggest*"], &[Proposal]),
    (&["~invite"], &[Proposal, NegotiationOpened]),
    (&["sounded"], &[Proposal, NegotiationOpened]),
    (&["approach*"], &[Proposal, NegotiationOpened]),
    (&["talks"], &[NegotiationOpened, NegotiationFailed]),
    (&["negotiat*"], &[NegotiationOpened, NegotiationFailed]),
    (&["~meet"], &[NegotiationOpened, Conference]),
    (&["discuss*"], &[NegotiationOpened]),
    (&["collaps*"], &[NegotiationFailed, IndependenceLost]),
    (&["~fail"], &[NegotiationFailed]),
    (&["fruitless*"], &[NegotiationFailed]),
    (&["~reject"], &[NegotiationFailed, Proposal, TerritorialDemand]),
    (&["~refuse"], &[NegotiationFailed, Proposal, TerritorialDemand, Statement]),
    (&["~decline"], &[NegotiationFailed, Proposal, Statement]),
    (&["~accept"], &[PactSigned, TerritorialDemand, Proposal, TerritoryCeded, ClaimRenounced]),
    (&["conference*"], &[Conference, NegotiationOpened]),
    (&["protest*"], &[Statement]),
    (&["~declare"], &[Statement, ClaimAsserted, PactSigned]),
    (&["~announce"], &[Statement]),
    (&["~tell"], &[Statement, ClaimAsserted]),
    (&["speech"], &[Statement, ClaimAsserted]),
    (&["dismiss*"], &[OfficeLeft]),
    (&["~sack"], &[OfficeLeft]),
    (&["~oust"], &[OfficeLeft, RegimeChange]),
    (&["resign*"], &[OfficeLeft]),
    (&["abdicat*"], &[OfficeLeft, RegimeChange]),
    (&["assassinat*"], &[OfficeLeft]),
    (&["murder*"], &[OfficeLeft]),
    (&["~shoot"], &[OfficeLeft]),
    (&["~die"], &[OfficeLeft]),
    (&["~become"], &[OfficeTaken]),
    (&["become*"], &[OfficeTaken]),
    (&["appoint*"], &[OfficeTaken]),
    (&["succeed*"], &[OfficeTaken]),
    (&["~follow"], &[OfficeTaken, PactSigned]),
    (&["reaffirm*"], &[Statement, PactExtended]),
    (&["premier"], &[OfficeTaken, OfficeLeft]),
    (&["chancellor"], &[OfficeTaken, OfficeLeft]),
    (&["president"], &[OfficeTaken, OfficeLeft]),
    (&["coup"], &[RegimeChange]),
    (&["overthr*"], &[RegimeChange, OfficeLeft]),
    (&["deal"], &[PactSigned]),
    (&["pact"], &[PactSigned]),
    (&["pacts"], &[PactSigned]),
    (&["treaty"], &[PactSigned]),
    (&["treaties"], &[PactSigned]),
    (&["alliance"], &[PactSigned]),
    (&["convention"], &[PactSigned]),
    (&["entente"], &[PactSigned]),
    (&["protocol"], &[PactSigned]),
    (&["peace"], &[PactSigned, WarEnded]),
];

/// A phrase found.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// Position of its first word.
    pub at: usize,
    /// What it may stand for.
    pub kinds: &'static [EventKind],
    /// The noun of an agreement, which says little by itself.
    pub noun: bool,
}

/// Nouns, which say less of what happened than verbs do.
fn is_noun(word: &str) -> bool {
    const NOUNS: [&str; 47] = [
        "peace",
        "promise",
        "conversations",
        "deal",
        "pact",
        "pacts",
        "treaty",
        "treaties",
        "alliance",
        "convention",
        "entente",
        "protocol",
        "talks",
        "negotiations",
        "negotiation",
        "relations",
        "diplomatic",
        "sphere",
        "spheres",
        "claim",
        "claims",
        "invasion",
        "cession",
        "legation",
        "legations",
        "conference",
        "conferences",
        "coup",
        "armistice",
        "truce",
        "ceasefire",
        "foreign",
        "prime",
        "premier",
        "chancellor",
        "president",
        "speech",
        "independence",
        "ultimatum",
        "draft",
        "drafts",
        "anschluss",
        "guarantee",
        "guarantees",
        "plebiscite",
        "plebiscites",
        "referendum",
    ];
    NOUNS.contains(&word)
}

/// Whether a word is what a pattern stands for; a verb in its plain form only where `plain`.
fn fits(pattern: &str, word: &str, plain: bool) -> bool {
    match (pattern.strip_prefix('~'), pattern.strip_suffix('*')) {
        (Some(verb), _) => (plain || word != verb) && is_form_of(word, verb),
        (_, Some(stem)) => word.starts_with(stem),
        _ => word == pattern,
    }
}

/// Phrases that may begin with a word, in their order: by the first letter of the forms that their first word may have.
fn beginning(word: &str) -> &'static [usize] {
    static BY_LETTER: LazyLock<HashMap<u8, Vec<usize>>> = LazyLock::new(|| {
        let mut by_letter: HashMap<u8, Vec<usize>> = HashMap::new();
        for (n, (phrase, _)) in TRIGGERS.iter().enumerate() {
            let verb = phrase[0].strip_prefix('~');
            let forms = verb.into_iter().flat_map(irregular_forms);
            let mut letters: Vec<u8> =
                forms.chain([verb.unwrap_or(phrase[0])]).filter_map(|w| w.bytes().next()).collect();
            letters.sort_unstable();
            letters.dedup();
            letters.into_iter().for_each(|letter| by_letter.entry(letter).or_default().push(n));
        }
        by_letter
    });
    word.bytes().next().and_then(|letter| BY_LETTER.get(&letter)).map_or(&[], Vec::as_slice)
}

/// Every phrase in a range of words, the first that fits at each place.
pub(super) fn triggers(words: &[String]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let first = words[i].as_str();
        // "To break off", "would march into": not done.
        let before = i.checked_sub(1).map_or("", |b| words[b].as_str());
        let undone = auxiliary(before) == Some(false) || before == "to";
        let hit = beginning(first).iter().map(|n| &TRIGGERS[*n]).find(|(phrase, _)| {
            let plain = phrase.len() > 1 && !undone;
            phrase.len() <= words.len() - i
                && fits(phrase[0], first, plain)
                && phrase[1..].iter().zip(&words[i + 1..]).all(|(p, w)| fits(p, w, true))
        });
        match hit {
            Some((phrase, kinds)) => {
                found.push(Found { at: i, kinds, noun: is_noun(first) });
                i += phrase.len();
            }
            None => i += 1,
        }
    }
    found.extend(of_the_league(words));
    found.sort_by_key(|f| f.at);
    found
}

/// "Germany walked out of the League, and the Soviets got into it": the League, where it was named before.
fn of_the_league(words: &[String]) -> Option<Found> {
    const INTO: [&str; 8] = ["got", "joined", "entered", "joins", "enters", "gets", "came", "admitted"];
    const OUT: [&str; 6] = ["left", "quit", "leaves", "quits", "walked", "withdrew"];
    let league = words.iter().position(|w| w == "league")?;
    // "The League threw the Soviets out."
    let expels = words.get(league + 1).is_some_and(|w| match w.as_str() {
        "threw" | "throws" => (league + 2..words.len().min(league + 6)).any(|i| words[i] == "out"),
        word => matches!(word, "expelled" | "expels"),
    });
    if expels {
        return Some(Found { at: league + 1, kinds: &[LeagueLeft], noun: false });
    }
    let it = (league + 2..words.len()).find(|&i| {
        let end = words
            .get(i + 1)
            .is_none_or(|w| matches!(w.as_str(), "in" | "on" | "and" | "but" | "that" | "the"));
        words[i] == "it" && end
    })?;
    // "Got into it", "left it", "was admitted to it".
    let verb = (it.saturating_sub(3)..it)
        .rev()
        .find(|&i| !matches!(words[i].as_str(), "into" | "to" | "out" | "of" | "from"))?;
    let verb_is = |list: &[&str]| list.contains(&words[verb].as_str());
    let kinds: &'static [EventKind] = match (verb_is(&INTO), verb_is(&OUT)) {
        (true, _) => &[LeagueEntered],
        (_, true) => &[LeagueLeft],
        _ => return None,
    };
    Some(Found { at: verb, kinds, noun: false })
}

/// An agreement asserted where the record has only talk of one.
pub fn only_talk(asserted: EventKind, recorded: EventKind) -> bool {
    matches!(asserted, PactSigned | PactRatified | PactExtended)
        && matches!(recorded, Proposal | NegotiationOpened | NegotiationFailed | DraftAgreed)
}

/// Kinds that a text may call by each other's names: the nearest relatives of a kind.
pub fn related(a: EventKind, b: EventKind) -> bool {
    const FAMILIES: &[&[EventKind]] = &[
        &[PactSigned, PactRatified, PactExtended, DraftAgreed, Statement],
        &[PactDenounced, PactViolated, PactReplaced, PactLapsed, PactExpired, Statement],
        &[TerritorialDemand, ClaimAsserted, Statement],
        &[ArmedDispute, WarBegun, WarJoined, TerritoryCeded, IndependenceLost],
        &[Proposal, NegotiationOpened, NegotiationFailed, DraftAgreed, Conference, Statement],
        &[OfficeTaken, OfficeLeft, RegimeChange],
        &[RelationsOpened, PactSigned],
        &[RelationsBroken, Statement],
        &[LeagueEntered, Statement],
        &[LeagueLeft, Statement],
        &[WarEnded, PactSigned],
        &[TerritoryCeded, PactSigned],
        &[IndependenceRegained, OfficeTaken, RegimeChange],
        &[Motive, Statement],
    ];
    FAMILIES.iter().any(|f| f.contains(&a) && f.contains(&b))
}
