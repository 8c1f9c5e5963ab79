//! Claims to land that another state holds: whether they were fought over, and whether the land was won.

use jonbar_question::{Cases, Says};
use jonbar_record::{ActorId, Claim as LandClaim, Day, Event, EventKind, Window};

use super::cases::{FORCE, WAR, WITHIN_A_YEAR, date, fits, name};
use super::tally::{Noun, Tally, table};
use crate::answer::Datum;
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// A claim from the first day of the casebook on which it stood against a state that held the land.
pub(super) struct Dispute<'s> {
    pub(super) claim: &'s LandClaim,
    pub(super) holder: ActorId,
    pub(super) stands: Window,
    force: Option<&'s Event>,
    war: Option<&'s Event>,
    /// Force over this very land.
    there: bool,
    /// The land passes to the claimant.
    won: Option<&'s Event>,
    /// Force between the two within a year before or after that.
    won_by_force: bool,
    kept: bool,
}

pub(super) fn disputes<'s>(study: &'s Study, of: &Cases) -> Vec<Dispute<'s>> {
    let record = study.record;
    let span = of.window.unwrap_or(record.span);
    let dispute = |claim: &'s LandClaim| {
        let stands = claim.live.within(span);
        if stands.from > stands.to {
            return None;
        }
        let lands =
            |e: &&Event| e.kind == EventKind::TerritoryCeded && e.territories.contains(&claim.territory);
        // Who holds the land on the first day on which that is another state.
        let later = record.events.iter().filter(lands).map(|e| e.when.reading());
        let days = std::iter::once(stands.from).chain(later.filter(|d| stands.contains(*d)));
        let (day, holder) = days
            .filter_map(|d| Some((d, record.holder(claim.territory, d)?)))
            .find(|(_, holder)| *holder != claim.claimant)?;
        let wanted = of.party.is_none_or(|a| a == claim.claimant)
            && of.target.is_none_or(|a| a == holder)
            && (fits(study, of, claim.claimant, holder, day)
                || of.sides[0] == of.sides[1] && fits(study, of, holder, claim.claimant, day));
        // A claim ends on the day on which the land is won or fought for.
        let during = |e: &&Event| e.when.reading() >= day && e.when.reading() <= stands.to.plus(1);
        let between = |e: &&Event| e.sets_against(&[claim.claimant], &[holder]);
        let meanwhile = || record.events.iter().filter(during).filter(between);
        let first = |kinds: &[EventKind]| meanwhile().find(|e| kinds.contains(&e.kind));
        let won = record
            .events
            .iter()
            .filter(lands)
            .filter(during)
            .find(|e| e.actors.first() == Some(&claim.claimant));
        let near = |e: &Event, day: Day| (e.when.reading().0 - day.0).abs() <= WITHIN_A_YEAR;
        let won_by_force = won.is_some_and(|w| {
            record.events.iter().filter(between).any(|e| FORCE.contains(&e.kind) && near(e, w.when.reading()))
        });
        wanted.then(|| Dispute {
            claim,
            holder,
            stands: Window { from: day, to: stands.to },
            force: first(FORCE),
            war: first(WAR),
            there: meanwhile().any(|e| FORCE.contains(&e.kind) && e.territories.contains(&claim.territory)),
            won,
            won_by_force,
            kept: record.holder(claim.territory, record.span.to) == Some(claim.claimant),
        })
    };
    let mut found: Vec<Dispute> = record.claims.iter().filter_map(dispute).collect();
    found.sort_by_key(|d| d.stands.from);
    found
}

type Definition = (&'static str, fn(&Dispute) -> bool);

fn definitions(says: Says) -> Vec<Definition> {
    match says {
        Says::Fought { war: true } => vec![
            ("fought over by war between the two", |d| d.war.is_some()),
            ("fought over: force or war between the two while the claim stood", |d| d.force.is_some()),
        ],
        Says::Fought { war: false } => vec![
            ("fought over: force or war between the two while the claim stood", |d| d.force.is_some()),
            ("fought over by war between the two", |d| d.war.is_some()),
            ("fought over with force about that very land", |d| d.there),
        ],
        Says::Peaceful { .. } => vec![
            ("without force or war between the two while the claim stood", |d| d.force.is_none()),
            ("without war between the two", |d| d.war.is_none()),
            ("without force about that very land", |d| !d.there),
        ],
        Says::Won { without_force: true } => vec![
            ("won without force between the two within a year before or after", |d| {
                d.won.is_some() && !d.won_by_force
            }),
            ("won: the land came to the claimant, in whatever way", |d| d.won.is_some()),
        ],
        Says::Won { without_force: false } => vec![
            ("won: the land came to the claimant", |d| d.won.is_some()),
            ("won without force between the two within a year before or after", |d| {
                d.won.is_some() && !d.won_by_force
            }),
            ("won, and the land still the claimant's when the casebook ends", |d| d.won.is_some() && d.kept),
        ],
        _ => Vec::new(),
    }
}

/// What one case is called, and several.
const NOUN: Noun = ("claim", "claims");

pub(super) fn tally(study: &Study, of: &Cases, says: Says, citer: &mut Citer) -> Tally {
    let disputes = disputes(study, of);
    let rows = disputes
        .iter()
        .map(|d| {
            vec![
                Datum::Text(words::capital(&words::name(study, d.claim.claimant))),
                Datum::Text(study.record.territories[d.claim.territory.0].name.clone()),
                Datum::Text(words::name(study, d.holder)),
                Datum::Text(d.stands.from.long()),
                Datum::Text(if d.stands.to < study.record.span.to {
                    d.stands.to.long()
                } else {
                    "stands".to_owned()
                }),
                date(d.force),
                date(d.war),
                date(d.won),
                Datum::Text(citer.marks(&d.claim.citations)),
            ]
        })
        .collect();
    Tally {
        name: name(study, of),
        noun: NOUN,
        ids: disputes.iter().map(|d| d.claim.id.clone()).collect(),
        days: disputes.iter().map(|d| d.stands.from).collect(),
        definitions: definitions(says)
            .into_iter()
            .map(|(label, is)| (label.to_owned(), disputes.iter().map(|d| Some(is(d))).collect()))
            .collect(),
        table: table(NOUN, &["claimant", "land", "held by", "from", "to", "force", "war", "land won", "source"], rows, &[
                "One row for each claim to a land; two states may be at odds over several. Claims that were never spoken of openly count \
                 too, where the casebook gives a reason to have them.",
            ]),
        mind: vec![
            "Force and war count where they fell between the two states while the claim stood, whatever they were about; the last \
             definition but for those about winning looks at the land itself."
                .to_owned(),
        ],
    }
}
