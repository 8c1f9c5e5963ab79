//! Turns of phrase put plainly, so that the rules for claims need to know one way to say a thing.

use crate::text::words_of;

/// A turn of phrase, and what it says. In a pattern `*` ends a word of which only the beginning counts, `_` is any one word and
/// comes back in its place, and `a|b` is either.
type Turn = (&'static str, &'static str);

const TURNS: &[Turn] = &[
    ("a lot|far|much more often", "more often"),
    // Pacts broken.
    ("werent|wasnt|arent|isnt worth the paper", "were worthless"),
    ("not|barely|hardly|scarcely worth the paper", "worthless"),
    ("they|it were|was|are|is printed|written|signed on", ""),
    ("tore|ripped up", "broke"),
    ("torn up", "broken"),
    ("tear|rip up", "break"),
    ("tearing|ripping up", "breaking"),
    ("went back on", "broke"),
    ("go back on", "break"),
    ("gone back on", "broken"),
    ("going back on", "breaking"),
    ("stabbed _ in the back", "betrayed _"),
    ("trampled on|over", "broke"),
    ("rode roughshod over", "broke"),
    ("made a mockery of", "broke"),
    ("paid no heed to", "broke"),
    ("paid lip service to", "broke"),
    ("did the breaking", "broke pacts"),
    ("was as much of a pact|treaty breaker as", "broke pacts as often as"),
    ("was as much of a pactbreaker|treatybreaker as", "broke pacts as often as"),
    ("was as big a pact|treaty breaker as", "broke pacts as often as"),
    ("was a bigger|worse pact|treaty breaker than", "broke pacts more often than"),
    ("was a pact|treaty breaker", "broke pacts"),
    ("were pact|treaty breakers", "broke pacts"),
    ("was|were|is back with another", "was followed by another demand"),
    // Terms of office.
    ("came|come and went|go much|far|even faster|quicker than", "lasted less long than"),
    ("came|come and went|go faster|quicker than", "lasted less long than"),
    ("came|come and went|go more slowly than", "lasted longer than"),
    // Pacts kept, and how well.
    (
        "gave|give|gives notice before breaking any of its|their|his pacts|treaties",
        "denounced its pacts before it attacked",
    ),
    ("a pact|treaty with a time limit", "fixedterm pacts"),
    ("a pact|treaty without a time limit", "openended pacts"),
    ("with a time limit", "with fixedterm"),
    ("without a time limit", "openended"),
    ("than one|those without", "than openended pacts"),
    ("was|were less likely to be broken", "were broken less often"),
    ("was|were more likely to be broken", "were broken more often"),
    ("had more allies in europe than", "signed more alliances than"),
    ("had more allies than", "signed more alliances than"),
    ("had fewer allies than", "signed fewer alliances than"),
    (
        "nobody|none came to the aid|help|rescue of an|their|its ally|allies",
        "alliances were never honoured when a party was attacked",
    ),
    ("stood the test of time", "lasted"),
    ("aged|wore better than", "lasted longer than"),
    ("age|wear better than", "last longer than"),
    ("held up better than", "were kept more often than"),
    ("hold up better than", "were kept more often than"),
    ("held up worse than", "were broken more often than"),
    ("held|hold up no better than", "were kept as often as"),
    ("started|began more wars than", "attacked more often than"),
    ("nobody|none honoured|honored|kept|respected their|its alliances", "alliances were never kept"),
    ("nobody|none honoured|honored|kept|respected their|its pacts|treaties", "pacts were never kept"),
    ("were accepted|met more often than they were rejected|refused|resisted", "were mostly accepted"),
    ("were accepted|met more often than rejected|refused|resisted", "were mostly accepted"),
    ("were rejected|refused more often than they were accepted|met", "were mostly refused"),
    ("were rejected|refused more often than accepted|met", "were mostly refused"),
    ("having an ally made a country|state less likely to be attacked", "alliances deterred attack"),
    (
        "having a great power ally made a|the small|smaller|weak|weaker country|state|nation|power less likely to be attacked|invaded",
        "alliances of small states with great powers deterred attack",
    ),
    (
        "having a great power ally made a country|state|nation less likely to be attacked|invaded",
        "alliances with great powers deterred attack",
    ),
    (
        "states|countries with allies|alliances were attacked|invaded less often than _ _",
        "alliances deterred attack",
    ),
    (
        "states|countries with an ally|alliance were attacked|invaded less often than _ _",
        "alliances deterred attack",
    ),
    (
        "small states|countries allied to|with a great power were attacked|invaded less often than _ _ _",
        "alliances of small states with great powers deterred attack",
    ),
    (
        "two|_ states|countries with a|an border|open|territorial|land quarrel|dispute almost|hardly never|ever became|become allies",
        "alliances were signed less often between states with a territorial dispute",
    ),
    ("allies|alliances were no protection", "alliances deterred attack"),
    (
        "neutral countries|states|powers|nations were|was no more|less likely to be attacked|invaded than allied|_ ones|states|countries|powers",
        "alliances deterred attack",
    ),
    (
        "neutral countries|states|powers|nations were|was more|less likely to be attacked|invaded than allied|_ ones|states|countries|powers",
        "alliances deterred attack",
    ),
    (
        "neutral countries|states|powers|nations were attacked|invaded more|less|as often than|as allied|_ ones|states|countries|powers",
        "alliances deterred attack",
    ),
    ("made|make it to ten years", "lasted ten years"),
    ("made|make it to five years", "lasted five years"),
    ("no two democracies fought each|one other|another", "attacks by democracies were never on democracies"),
    (
        "no two democracies ever fought each|one other|another",
        "attacks by democracies were never on democracies",
    ),
    (
        "no two democracies went to war with each|one other|another",
        "attacks by democracies were never on democracies",
    ),
    (
        "no two democracies ever went to war with each|one other|another",
        "attacks by democracies were never on democracies",
    ),
    (
        "democracies never fought|attacked each|one other|another",
        "attacks by democracies were never on democracies",
    ),
    (
        "democracies didnt fight|attack each|one other|another",
        "attacks by democracies were never on democracies",
    ),
    (
        "democracies never went to war with|against each|one other|another",
        "attacks by democracies were never on democracies",
    ),
    (
        "democracies did not go to war with|against each|one other|another",
        "attacks by democracies were never on democracies",
    ),
    ("change my mind", ""),
    ("agreed rather than imposed", "peaceful"),
    ("imposed rather than agreed", "made by force"),
    ("frontier|border|territorial shift|shifts", "changes of border"),
    ("annexations", "changes of border"),
    ("went through|off|ahead without a shot being fired", "were peaceful"),
    ("without a shot being fired", "peacefully"),
    ("without a shot", "peacefully"),
    ("were bloodless", "were peaceful"),
    ("once the shooting started", ""),
    ("when it counted", ""),
    ("with a ten|five year term", "with fixedterm"),
    ("had a shorter life than", "lasted less long than"),
    ("had a longer life than", "lasted longer than"),
    ("held up", "held"),
    ("hold up", "hold"),
    ("stood up", "held"),
    ("lived up to", "kept"),
    ("did|fared no better than", "were kept as often as"),
    ("did|fared better than", "were kept more often than"),
    ("did|fared worse than", "were broken more often than"),
    ("were no better|safer|sounder than", "were kept as often as"),
    ("were no more reliable|solid|secure|trustworthy than", "were kept as often as"),
    ("were more solid|secure|trustworthy than", "were kept more often than"),
    ("meant less than", "were broken more often than"),
    ("meant more than", "were kept more often than"),
    ("were worth less than", "were broken more often than"),
    ("were worth more than", "were kept more often than"),
    ("counted for less than", "were broken more often than"),
    ("counted for more than", "were kept more often than"),
    ("didnt last any longer than", "lasted as long as"),
    ("lasted no longer than", "lasted as long as"),
    ("at keeping the peace between the signatories|parties", ""),
    ("than people give them credit for", ""),
    // Pacts signed.
    ("were|are more common|frequent between|among", "were signed more often between"),
    ("were|are less common|frequent between|among", "were signed less often between"),
    ("were|are rarer|scarcer between|among", "were signed less often between"),
    ("fell|went|gone out of fashion|style|use|favour|favor after|since", "became less common after"),
    ("bothered|bother to", ""),
    ("when it came to the crunch", ""),
    ("what share|proportion|percentage of", "how many of the"),
    ("rather than by the other side|party", ""),
    ("the ones|one to attack first", "to have attacked"),
    ("tearing it|them up", "breaking it"),
    ("got|gets the land|it within a year", "was met"),
    (
        "wars between neighbours|neighbors were the rule not the exception",
        "most wars were between neighbours",
    ),
    // Times told by what everybody knows.
    ("before|until barbarossa", "before 22 June 1941"),
    ("the anschluss", "March 1938"),
    ("the fall of france", "June 1940"),
    // What states went through.
    ("managed|manage to get|come through _ _ without losing", "never lost"),
    ("got|came through _ _ without losing", "never lost"),
    ("managed|manage to", ""),
    // Help in need.
    ("left|leave _ hanging", "abandoned _"),
    ("left|leave _ in the lurch", "abandoned _"),
    ("left|leave their|its allies in the lurch", "abandoned their allies"),
    ("left|leave _ to _ fate", "abandoned _"),
    ("left|leave _ high and dry", "abandoned _"),
    ("left|leave _ twisting in the wind", "abandoned _"),
    ("hung _ out to dry", "abandoned _"),
    ("threw _ under the bus", "abandoned _"),
    ("threw _ to the wolves", "abandoned _"),
    ("sold _ down the river", "abandoned _"),
    ("sold _ out", "abandoned _"),
    ("walked away from _ allies", "abandoned _ allies"),
    ("lifted|raised a finger", "helped"),
    ("lift|raise a finger", "help"),
    ("came to the rescue", "helped"),
    ("came running", "helped"),
    ("showed up when it counted", "helped"),
    ("did nothing for", "abandoned"),
    ("didnt save|protect|help you|them|him", "were attacked anyway"),
    ("never saved|protected a single country from being invaded|attacked", "were always attacked anyway"),
    ("didnt save|protect anybody|anyone", "were always attacked anyway"),
    ("saved|protected nobody", "were always attacked anyway"),
    (
        "did nothing to keep|save|protect|shield|stop|prevent _ from being|getting attacked|invaded",
        "were attacked anyway",
    ),
    ("didnt keep|save|protect|shield|stop _ from being|getting attacked|invaded", "were attacked anyway"),
    ("did nothing to protect|save|shield|help _", "were attacked anyway"),
    ("was no insurance|protection against", "was followed by"),
    ("were no insurance|protection against", "were followed by"),
    ("first step to|towards a takeover|occupation|annexation", "prelude to annexation"),
    ("didnt get any safer by signing", "did not save"),
    // Demands answered.
    ("gave up land|territory under pressure", "accepted a demand"),
    ("gave up land|territory", "accepted a demand"),
    ("lost the rest of it", "lost their independence"),
    ("got most of its|their territory|land|lands back", "mostly won its claims"),
    ("got back most of its|their territory|land|lands", "mostly won its claims"),
    ("without having to fight for it|them", "without force"),
    ("without a shot being fired", "without force"),
    ("without a fight|shot", "without force"),
    ("every time somebody|anybody|someone|anyone leaned on it|them", "every demand on it"),
    ("caved|gave|given in", "accepted"),
    ("cave|give in", "accept"),
    ("caving|giving in", "accepting"),
    ("gives|caves in", "accepts"),
    ("gave|given way", "accepted"),
    ("caved", "accepted"),
    ("caves", "accepts"),
    ("folded|buckled", "accepted"),
    ("rolled over", "accepted"),
    ("backed|climbed down", "accepted"),
    ("back|climb down", "accept"),
    ("knuckled under", "accepted"),
    ("capitulated", "accepted"),
    ("capitulate", "accept"),
    ("bowed to", "accepted"),
    ("bow to", "accept"),
    ("said yes to", "accepted"),
    ("say yes to", "accept"),
    ("turned|turn _ down", "refused the demands of _"),
    ("turned down", "refused"),
    ("turn down", "refuse"),
    ("said no to", "refused"),
    ("say no to", "refuse"),
    ("saying no to", "refusing"),
    ("stood firm against", "refused"),
    ("stood up to", "refused demands of"),
    ("stand up to", "refuse demands of"),
    ("got what it|they|he asked for", "saw demands met"),
    ("got what it|they|he wanted|demanded", "saw demands met"),
    ("got its|their|his way", "saw demands met"),
    ("leaned on", "made demands on"),
    ("picked on", "made demands on"),
    ("bullied", "made demands on"),
    // Attacks and losses.
    ("had foreign troops over the border|frontier", "was attacked"),
    ("foreign troops over the border|frontier", "an attack"),
    ("got|get you invaded|attacked", "was followed by war"),
    ("came|come to blows", "led to fighting"),
    ("fired a shot for", "used force for"),
    ("fire a shot", "used force"),
    ("fired a shot", "used force"),
    ("turned on", "attacked"),
    ("turn on", "attack"),
    ("turning on", "attacking"),
    ("swallowed|gobbled|eaten up", "annexed"),
    ("gobbled|devoured", "annexed"),
    ("wiped off the map", "annexed"),
    ("carved up", "annexed"),
    ("collected on", "won"),
    ("made good on", "won"),
    // What leads to a sentence.
    ("is|was it true|so|right that", ""),
    ("it is|was true that", ""),
    // Pacts meant.
    ("of what he|she|it|they signed", "of his pacts"),
    ("what he|she|it|they signed", "his pacts"),
    ("signed anything|something with", "signed a pact with"),
    ("sign anything|something with", "sign a pact with"),
    ("signing anything|something with", "signing a pact with"),
    ("signed anything", "signed pacts"),
    ("anything he|she|it|they signed", "his pacts"),
    ("everything he|she|it|they signed", "every pact of his"),
    ("nap|naps", "nonaggression pacts"),
    // Who and what is meant.
    ("countries|states|nations|pairs that|which|who shared|share a border|frontier", "neighbours"),
    ("countries|states|nations|pairs with a common|shared border|frontier", "neighbours"),
    ("likely to sign|conclude|make one", "likely to sign pacts"),
    ("before it|he|they|she moved|struck|pounced|marched", "before it attacked"),
    ("in|of|from the baltic states|countries|republics", "of Baltic states"),
    ("in|of|from the baltic", "of Baltic states"),
    ("anybody|anyone who could hit|fight|strike back", "a great power"),
    ("open ended", "openended"),
    ("the rest of them", "other pacts"),
    ("with an expiry|end date", "with fixedterm"),
    ("with no expiry|end date", "openended"),
    ("fixed term", "fixedterm"),
    ("for a fixed term|time", "fixedterm"),
    ("of unlimited|indefinite duration", "openended"),
    ("without a term|limit", "openended"),
    ("went after", "attacked"),
    ("go after", "attack"),
    ("more pacts|treaties|agreements than every one else put together", "more than half of breaches"),
    ("more pacts|treaties|agreements than every one else combined", "more than half of breaches"),
    ("more pacts|treaties|agreements than all others|other put together", "more than half of breaches"),
    ("more pacts|treaties|agreements than all others|other combined", "more than half of breaches"),
    ("was|were a better insurance|guarantee|protection than", "were kept more often than"),
    ("was|were a better insurance policy than", "were kept more often than"),
    ("any number of", ""),
    ("double crossed each other", "broke pacts with each other"),
    ("double crossed", "broke pacts with"),
    ("went out the window", "were broken"),
    ("stopped signing|making|concluding", "fewer were signed, of"),
    ("invited|meant|brought|provoked the next|another one|demand", "led to further demands"),
    ("whetted the appetite|appetites", "led to further demands"),
    ("bought|won peace", "without war"),
    // Fashions and times.
    ("came into vogue|fashion in|after", "became more common in"),
    (
        "were|was really|largely|mainly|essentially|very|mostly a thing|product|creature|phenomenon|child of the _",
        "were mostly signed in the _",
    ),
    ("were|was a thing|product|creature|phenomenon|child of the _", "were mostly signed in the _"),
    ("the habit|practice|custom|fashion|practise of signing|making|concluding", ""),
    ("died|dies out in|around|about|after", "became less common after"),
    ("died|dies out by", "became less common after"),
    ("a _ thing|fad|craze|fashion|phenomenon|invention", "mostly signed in the _"),
    ("were|was mostly|basically mostly signed", "were mostly signed"),
    ("everybody|everyone was signing", "more were signed,"),
    ("with everybody|everyone else", ""),
    ("rare before _ and common|routine|commonplace|frequent after", "mostly made since _"),
    ("came|started coming thick and fast", "came more often"),
    ("were ten a penny", "were more often signed"),
    ("were|was all the rage", "were common"),
    ("hardly anyone|anybody signed", "hardly any were signed,"),
    ("hit with another demand", "another demand"),
    ("asked for more", "followed by another demand"),
    ("nobody|noone was signing", "states never signed"),
    ("picked fights with", "attacked"),
    ("didnt make you|them any less likely to be attacked", "did not prevent war"),
    ("made you|them no less likely to be attacked", "did not prevent war"),
    ("didnt make war any less likely", "did not prevent war"),
    ("didnt make you|them any safer", "did not prevent war"),
    ("made you|them no safer", "did not prevent war"),
    ("that|who signed with", "with pacts with"),
    ("ended up", "were"),
    ("the _ were|was more peaceful", "fewer attacks came in the _"),
    ("the _ were|was less peaceful", "more attacks came in the _"),
    ("the _ were|was more violent|warlike", "more attacks came in the _"),
    ("between the wars", "in the interwar period"),
    ("otl than", "than"),
    ("more|less often than people|we|you remember|think|believe|assume", ""),
    ("than people|we|you remember|think|believe|assume", ""),
    // How often.
    ("practically|virtually all|every|always|never|none|no", "almost _"),
    ("nine times out of ten", "almost always"),
    ("nine times in ten", "almost always"),
    ("without exception", "always"),
    ("every single", "every"),
    ("everyone|everybody", "every one"),
    ("each and every", "every"),
    ("time and again", "often"),
    ("again and again", "often"),
    ("over and over", "often"),
    ("repeatedly|constantly", "often"),
    ("consistently|habitually|ordinarily", "usually"),
    ("as a rule", "usually"),
    ("in general", "usually"),
    ("by and large", "mostly"),
    ("on the whole", "mostly"),
    ("for the most part", "mostly"),
    ("in most cases", "mostly"),
    ("had a habit of", "often"),
    ("made a habit of", "often"),
    ("was|were in the habit of", "usually"),
    ("were|was the norm", "happened usually"),
    ("were|was the rule", "happened usually"),
    ("were|was the exception", "happened rarely"),
    ("once in a blue moon", "rarely"),
    ("few and far between", "rare"),
    ("not a single", "not one"),
    ("nobody|noone ever|bothered|cared to", "states never"),
    ("nobody|noone ever", "states never"),
    ("no one ever|bothered|cared to", "states never"),
    ("no one ever", "states never"),
    ("nobody|noone bothered|cared to", "states never"),
    ("every bit as", "as"),
    ("just as", "as"),
    ("pretty much|basically|frankly|simply|honestly|literally|actually", ""),
    ("a lot|far|much|way more", "more"),
    ("a lot|far|much|way less", "less"),
    ("even less|more", "_"),
    ("any more", "more"),
];

/// A sentence in which known turns of phrase stand plainly.
pub(crate) fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    // What one turn gives may be part of another: "a lot less ... than".
    for _ in 0..PASSES {
        let Some(next) = once(&text) else { break };
        text = next;
    }
    text
}

/// More turns than this within each other are not said.
const PASSES: usize = 4;

/// Every turn put plainly once; `None` if there is none.
fn once(text: &str) -> Option<String> {
    let words = words_of(text);
    let (mut out, mut copied, mut i) = (String::new(), 0, 0);
    while i < words.len() {
        let folded = |n: usize| words.get(i + n).map(|w| w.folded.as_str());
        let longest = TURNS.iter().filter_map(|(pattern, says)| Some((matched(pattern, folded)?, says)));
        let Some(((taken, caught), says)) = longest.max_by_key(|((taken, _), _)| *taken) else {
            i += 1;
            continue;
        };
        out.push_str(&text[copied..words[i].at]);
        // A word that came back keeps its capital.
        let back = caught.map(|n| words[i + n].raw.as_str()).unwrap_or_default();
        out.push_str(&says.replace('_', back));
        let last = &words[i + taken - 1];
        copied = last.at + last.raw.len();
        i += taken;
    }
    (copied > 0).then(|| out + &text[copied..])
}

/// How many words a pattern takes here, and which of them comes back.
fn matched<'w>(pattern: &str, word: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, Option<usize>)> {
    let mut caught = None;
    let mut taken = 0;
    for part in pattern.split(' ') {
        let here = word(taken)?;
        // "practically|virtually all|every" gives back what it found at its second word.
        if part == "_" {
            caught = caught.or(Some(taken));
        } else if !part
            .split('|')
            .any(|p| p.strip_suffix('*').map_or(p == here, |stem| here.starts_with(stem)))
        {
            return None;
        }
        taken += 1;
    }
    // Where nothing else is caught, the last word is what comes back.
    Some((taken, caught.or(Some(taken - 1))))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn turns_of_phrase_are_put_plainly_and_all_else_stays() {
        assert_eq!(plain("Pacts were broken."), "Pacts were broken.");
        assert_eq!(plain("Hitler tore up most pacts."), "Hitler broke most pacts.");
        assert_eq!(plain("Finland turned Moscow down."), "Finland refused the demands of Moscow.");
        assert_eq!(plain("Practically all pacts held up."), "almost all pacts held.");
        assert_eq!(
            plain("Most pacts weren't worth the paper they were printed on."),
            "Most pacts were worthless ."
        );
        assert_eq!(
            plain("Pacts were basically a thirties thing."),
            "Pacts were mostly signed in the thirties."
        );
    }

    #[test]
    fn every_turn_comes_to_an_end() {
        for (pattern, says) in super::TURNS {
            let once = says.replace('_', "x");
            assert!(super::plain(&once).len() <= once.len() + 60, "{pattern} grows");
        }
    }
}
