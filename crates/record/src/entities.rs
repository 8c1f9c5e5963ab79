//! The things a casebook speaks of, and the [`Record`] that holds them.

use crate::date::{Day, When, Window};
use crate::event::{Confidence, Event};
use crate::names::Gazetteer;
use crate::shapes::Shape;
use crate::sources::{Citation, Source, SourceId};

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    )*};
}

id_types! {
    /// Position of an actor in [`Record::actors`].
    ActorId;
    /// Position of a territory in [`Record::territories`].
    TerritoryId;
    /// Position of a claim in [`Record::claims`].
    ClaimId;
    /// Position of a pact in [`Record::pacts`].
    PactId;
    /// Position of a person in [`Record::people`].
    PersonId;
    /// Position of an event in [`Record::events`].
    EventId;
}

/// A state that can act.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Correlates of War letter code, such as `ROM`.
    pub code: String,
    /// Usual name.
    pub name: String,
    /// When it exists by founding; losses of independence are events.
    pub exists: Vec<Window>,
    /// Counted among the great powers of the period.
    pub great_power: bool,
    /// Other names and old spellings.
    pub aliases: Vec<String>,
    /// Adjectives and names of the people, the usual adjective first (`Romanian`).
    pub demonyms: Vec<String>,
    /// Capitals and ministries used for the government (`Moscow`).
    pub metonyms: Vec<String>,
    /// Seat of government.
    pub capital: String,
    /// Latitude and longitude of the capital, in degrees.
    pub position: Option<(f64, f64)>,
}

impl Actor {
    /// The name inside a sentence: `Romania`, `the Soviet Union`.
    pub fn in_sentence(&self) -> String {
        let article = ["Union", "Kingdom", "States", "Netherlands"].iter().any(|w| self.name.ends_with(w));
        if article { format!("the {}", self.name) } else { self.name.clone() }
    }

    /// The usual adjective, such as `Romanian`.
    pub fn adjective(&self) -> &str {
        self.demonyms.first().map_or(self.name.as_str(), String::as_str)
    }

    /// Every name that may stand for the state.
    pub fn all_names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.aliases).chain(&self.demonyms).chain(&self.metonyms)
    }
}

/// A person who holds an office or negotiates.
#[derive(Clone, Debug)]
pub struct Person {
    /// Readable id, surname first.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// The state served.
    pub actor: Option<ActorId>,
}

/// A piece of land that changed hands or was claimed.
#[derive(Clone, Debug)]
pub struct Territory {
    /// Readable id.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Who holds it when the casebook begins.
    pub holder: Option<ActorId>,
    /// A point inside: latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    /// A remark.
    pub note: String,
}

/// A river, city or strait, and the territories it belongs to: used to check what a text says.
#[derive(Clone, Debug)]
pub struct Place {
    /// Usual name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// `river`, `city` or `strait`.
    pub kind: String,
    /// Territories it lies in or borders.
    pub territories: Vec<TerritoryId>,
}

/// A state's claim, open or latent, to land that another may hold.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Readable id.
    pub id: String,
    /// The land.
    pub territory: TerritoryId,
    /// Who claims it.
    pub claimant: ActorId,
    /// From the first reason to claim it to its abandonment.
    pub live: Window,
    /// When the government stated it openly.
    pub asserted: Vec<Window>,
    /// When the claimant accepted the loss by treaty.
    pub settled: Option<When>,
    /// Which treaty that was.
    pub settled_by: String,
    /// Weight of the issue: 1 low, 2 medium, 3 high.
    pub salience: u8,
    /// `former_territory`, `ethnic`, `strategic` or `historic`.
    pub basis: String,
    /// A remark.
    pub note: String,
    /// Sources with places.
    pub citations: Vec<Citation>,
    /// File and line in the casebook.
    pub place: (String, u64),
}

impl Claim {
    /// Whether the government stated the claim openly on the day.
    pub fn is_asserted(&self, day: Day) -> bool {
        self.asserted.iter().any(|w| w.contains(day))
    }

    /// Whether the claimant had by then accepted the loss by treaty.
    pub fn is_settled(&self, day: Day) -> bool {
        self.settled.as_ref().is_some_and(|s| s.reading() <= day)
    }
}

/// The main obligation of a pact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PactType {
    /// Not to attack each other.
    Nonaggression,
    /// To stay out when the other is attacked.
    Neutrality,
    /// To consult.
    Consultation,
    /// To help when the other is attacked.
    Defence,
    /// One side promises the other help.
    Guarantee,
    /// Friendship, arbitration or conciliation without the above.
    Friendship,
    /// A peace that settles borders.
    Peace,
    /// None of these: a general renunciation of war, a naval arrangement.
    Other,
}

impl PactType {
    /// All types.
    pub const ALL: [PactType; 8] = [
        PactType::Nonaggression,
        PactType::Neutrality,
        PactType::Consultation,
        PactType::Defence,
        PactType::Guarantee,
        PactType::Friendship,
        PactType::Peace,
        PactType::Other,
    ];

    /// The word in the casebook.
    pub fn name(self) -> &'static str {
        match self {
            PactType::Nonaggression => "nonaggression",
            PactType::Neutrality => "neutrality",
            PactType::Consultation => "consultation",
            PactType::Defence => "defence",
            PactType::Guarantee => "guarantee",
            PactType::Friendship => "friendship",
            PactType::Peace => "peace",
            PactType::Other => "other",
        }
    }

    /// The type with this casebook word.
    pub fn parse(name: &str) -> Option<PactType> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// Words for a sentence.
    pub fn label(self) -> &'static str {
        match self {
            PactType::Nonaggression => "non-aggression pact",
            PactType::Neutrality => "neutrality pact",
            PactType::Consultation => "consultation pact",
            PactType::Defence => "mutual-assistance pact",
            PactType::Guarantee => "guarantee",
            PactType::Friendship => "friendship treaty",
            PactType::Peace => "peace treaty",
            PactType::Other => "agreement of another kind",
        }
    }
}

/// How a pact ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PactEnd {
    /// Still in force when the casebook ends.
    InForce,
    /// Ran out.
    Expired,
    /// A party gave notice.
    Denounced,
    /// A party broke it by its acts.
    Violated,
    /// Replaced by another pact of the same parties.
    Replaced,
    /// Overtaken by events, or a party ceased to exist.
    Lapsed,
    /// Signed but never in force.
    NeverInForce,
}

impl PactEnd {
    /// All ways.
    pub const ALL: [PactEnd; 7] = [
        PactEnd::InForce,
        PactEnd::Expired,
        PactEnd::Denounced,
        PactEnd::Violated,
        PactEnd::Replaced,
        PactEnd::Lapsed,
        PactEnd::NeverInForce,
    ];

    /// The word in the casebook.
    pub fn name(self) -> &'static str {
        match self {
            PactEnd::InForce => "in_force",
            PactEnd::Expired => "expired",
            PactEnd::Denounced => "denounced",
            PactEnd::Violated => "violated",
            PactEnd::Replaced => "replaced",
            PactEnd::Lapsed => "lapsed",
            PactEnd::NeverInForce => "never_in_force",
        }
    }

    /// Words for a sentence.
    pub fn label(self) -> &'static str {
        match self {
            PactEnd::InForce => "in force at the end of the casebook",
            PactEnd::NeverInForce => "never in force",
            other => other.name(),
        }
    }
}

/// An agreement that binds its parties.
#[derive(Clone, Debug)]
pub struct Pact {
    /// Readable id.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Obligations, the main one first.
    pub types: Vec<PactType>,
    /// Parties.
    pub parties: Vec<ActorId>,
    /// Date of signature.
    pub signed: When,
    /// Promised term in years, if any was stated.
    pub term_years: Option<f64>,
    /// Conditions in plain words.
    pub conditions: String,
    /// When it ended, if it did.
    pub end: Option<When>,
    /// How it ended.
    pub end_kind: PactEnd,
    /// Who ended it.
    pub ended_by: Vec<ActorId>,
    /// Number in the ATOP data set, for cross-reference only.
    pub atop: String,
    /// A remark.
    pub notes: String,
    /// Sources with places.
    pub citations: Vec<Citation>,
    /// File and line in the casebook.
    pub place: (String, u64),
}

impl Pact {
    /// The main obligation.
    pub fn main_type(&self) -> PactType {
        self.types.first().copied().unwrap_or(PactType::Friendship)
    }

    /// What it is called: its name and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    /// Exactly two parties.
    pub fn is_bilateral(&self) -> bool {
        self.parties.len() == 2
    }

    /// Both states are parties.
    pub fn binds(&self, a: ActorId, b: ActorId) -> bool {
        self.parties.contains(&a) && self.parties.contains(&b)
    }

    /// In force on a day, by the recorded dates.
    pub fn in_force(&self, day: Day) -> bool {
        self.end_kind != PactEnd::NeverInForce
            && self.signed.reading() <= day
            && self.end.as_ref().is_none_or(|end| day < end.reading())
    }
}

/// Two states that touch.
#[derive(Clone, Debug)]
pub struct Border {
    /// One side.
    pub a: ActorId,
    /// The other.
    pub b: ActorId,
    /// While it lasts.
    pub window: Window,
    /// By land; otherwise across a narrow sea.
    pub land: bool,
}

/// How strong a state was in a year.
#[derive(Clone, Copy, Debug)]
pub struct Capability {
    /// Whose.
    pub actor: ActorId,
    /// Calendar year.
    pub year: i32,
    /// The geometric mean of inhabitants (thousands) and output (millions of 1990 international dollars), or the index
    /// that the casebook gives instead. Only ratios mean anything.
    pub index: f64,
}

/// A stretch of time under one sort of regime.
#[derive(Clone, Copy, Debug)]
pub struct Regime {
    /// Whose.
    pub actor: ActorId,
    /// While it lasts.
    pub window: Window,
    /// A democracy; otherwise any other regime.
    pub democracy: bool,
}

/// States that people speak of together: "the Baltic states".
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Who belongs to it.
    pub members: Vec<ActorId>,
}

/// Position of a group in its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub usize);

/// What an office-holder wanted of another state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StanceKind {
    /// Wants an agreement with it.
    SeeksPact,
    /// Resists an agreement with it.
    OpposesPact,
    /// Wants borders changed at its expense.
    Revisionist,
    /// Ready to give way.
    Conciliatory,
    /// Hostile.
    Hostile,
}

impl StanceKind {
    /// All stances.
    pub const ALL: [StanceKind; 5] = [
        StanceKind::SeeksPact,
        StanceKind::OpposesPact,
        StanceKind::Revisionist,
        StanceKind::Conciliatory,
        StanceKind::Hostile,
    ];

    /// The word in the casebook.
    pub fn name(self) -> &'static str {
        match self {
            StanceKind::SeeksPact => "seeks_pact",
            StanceKind::OpposesPact => "opposes_pact",
            StanceKind::Revisionist => "revisionist",
            StanceKind::Conciliatory => "conciliatory",
            StanceKind::Hostile => "hostile",
        }
    }

    /// Words for a sentence.
    pub fn label(self) -> &'static str {
        match self {
            StanceKind::SeeksPact => "sought an agreement",
            StanceKind::OpposesPact => "resisted an agreement",
            StanceKind::Revisionist => "wanted borders changed",
            StanceKind::Conciliatory => "was ready to give way",
            StanceKind::Hostile => "was hostile",
        }
    }
}

/// A recorded stance of an office-holder.
#[derive(Clone, Debug)]
pub struct Stance {
    /// Who.
    pub person: PersonId,
    /// Speaking for which state.
    pub actor: ActorId,
    /// Towards which state.
    pub towards: ActorId,
    /// Which stance.
    pub kind: StanceKind,
    /// While recorded; it counts only while the person is in office.
    pub window: Window,
    /// One sentence.
    pub summary: String,
    /// Sources with places.
    pub citations: Vec<Citation>,
    /// How well established.
    pub confidence: Confidence,
}

/// What the casebook declares to have coded completely.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// An event kind or a modelled kind.
    pub kind: String,
    /// Between which days.
    pub window: Window,
    /// In words: over which actors, and what is left out.
    pub note: String,
}

/// A whole casebook, read and cross-referenced. Events are in order of time.
#[derive(Clone, Debug)]
pub struct Record {
    /// Short name, such as `interwar`.
    pub id: String,
    /// Title.
    pub title: String,
    /// First and last day.
    pub span: Window,
    /// Licence of the contents.
    pub licence: String,
    /// SHA-256 over all files, hexadecimal.
    pub hash: String,
    /// States.
    pub actors: Vec<Actor>,
    /// People.
    pub people: Vec<Person>,
    /// Lands.
    pub territories: Vec<Territory>,
    /// Rivers, cities, straits.
    pub places: Vec<Place>,
    /// Claims to land.
    pub claims: Vec<Claim>,
    /// Pacts.
    pub pacts: Vec<Pact>,
    /// Land as polygons, where the casebook has a map.
    pub shapes: Vec<Shape>,
    /// Whose work the map is, to stand under it.
    pub map_credit: String,
    /// Events in order of time.
    pub events: Vec<Event>,
    /// Stances of office-holders.
    pub stances: Vec<Stance>,
    /// Borders.
    pub borders: Vec<Border>,
    /// How strong each state was, by year.
    pub capabilities: Vec<Capability>,
    /// How states were governed, where the casebook says.
    pub regimes: Vec<Regime>,
    /// States spoken of together.
    pub groups: Vec<Group>,
    /// Wars called by a name.
    pub wars: Vec<crate::wars::War>,
    /// The day that a map shows first, if the casebook names one.
    pub first_map: Option<crate::date::Day>,
    /// Pairs without diplomatic relations when the casebook begins.
    pub no_relations_at_start: Vec<(ActorId, ActorId)>,
    /// Works cited.
    pub sources: Vec<Source>,
    /// What is coded completely.
    pub coverage: Vec<Coverage>,
    /// Every name in the casebook.
    pub gazetteer: Gazetteer,
}

impl Record {
    /// The actor with this code.
    pub fn actor(&self, code: &str) -> Option<ActorId> {
        self.actors.iter().position(|a| a.code == code).map(ActorId)
    }

    /// The territory with this id.
    pub fn territory(&self, id: &str) -> Option<TerritoryId> {
        self.territories.iter().position(|t| t.id == id).map(TerritoryId)
    }

    /// The person with this id.
    pub fn person(&self, id: &str) -> Option<PersonId> {
        self.people.iter().position(|p| p.id == id).map(PersonId)
    }

    /// The pact with this id.
    pub fn pact(&self, id: &str) -> Option<PactId> {
        self.pacts.iter().position(|p| p.id == id).map(PactId)
    }

    /// The event with this id.
    pub fn event(&self, id: &str) -> Option<EventId> {
        self.events.iter().position(|e| e.id == id).map(EventId)
    }

    /// Usual name of an actor.
    pub fn name(&self, actor: ActorId) -> &str {
        &self.actors[actor.0].name
    }

    /// Code of an actor.
    pub fn code(&self, actor: ActorId) -> &str {
        &self.actors[actor.0].code
    }

    /// The work with this key.
    pub fn source(&self, key: &str) -> Option<SourceId> {
        self.sources.iter().position(|s| s.key == key).map(SourceId)
    }

    /// Citations as `Hitchins 1994, p. 12; LNTS, vol. 136 p. 41`.
    pub fn cite(&self, citations: &[Citation]) -> String {
        let one = |c: &Citation| {
            let short = self.sources[c.source.0].short();
            if c.locator.is_empty() { short } else { format!("{short}, {}", c.locator) }
        };
        citations.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// The entry of a pact's signature, if there is one.
    pub fn signature(&self, pact: &Pact) -> Option<EventId> {
        let signs = |e: &Event| {
            e.kind == crate::event::EventKind::PactSigned
                && e.pact.is_some_and(|p| self.pacts[p.0].id == pact.id)
        };
        self.events.iter().position(signs).map(EventId)
    }

    /// Whether two entries are one instrument: a pact and an accession to it have the same number in ATOP, or the one is
    /// called after the other.
    pub fn is_same_instrument(&self, a: PactId, b: PactId) -> bool {
        let (x, y) = (&self.pacts[a.0], &self.pacts[b.0]);
        let accession = |one: &Pact, other: &Pact| {
            one.name.split_once("accession to the ").is_some_and(|(_, name)| name == other.name)
        };
        a == b || !x.atop.is_empty() && x.atop == y.atop || accession(x, y) || accession(y, x)
    }

    /// The times in which two actors had a border by land.
    pub fn land_borders(&self, a: ActorId, b: ActorId) -> impl Iterator<Item = Window> {
        let between = move |x: &&Border| x.land && ((x.a, x.b) == (a, b) || (x.b, x.a) == (a, b));
        self.borders.iter().filter(between).map(|x| x.window)
    }

    /// Whether the actor has lost its independence by the record on or before the day and not regained it.
    pub fn is_independent(&self, actor: ActorId, day: Day) -> bool {
        use crate::event::EventKind::{IndependenceLost, IndependenceRegained};
        let founded = self.actors[actor.0].exists.iter().any(|w| w.contains(day));
        let last = self
            .events
            .iter()
            .take_while(|e| e.when.reading() <= day)
            .filter(|e| match e.kind {
                IndependenceLost => e.targets.contains(&actor),
                IndependenceRegained => e.actors.contains(&actor),
                _ => false,
            })
            .last();
        founded && last.is_none_or(|e| e.kind == IndependenceRegained)
    }

    /// Who held an office and when, by the record, in order of time: from the first day to the day of the next change, or
    /// to the end of the casebook.
    pub fn tenures(&self, actor: ActorId, office: crate::event::Office) -> Vec<(PersonId, Window)> {
        use crate::event::EventKind::{OfficeLeft, OfficeTaken};
        let mut tenures: Vec<(PersonId, Window)> = Vec::new();
        let mut open: Option<(PersonId, Day)> = None;
        for e in self.events.iter().filter(|e| e.actors.first() == Some(&actor) && e.office == Some(office)) {
            let day = e.when.reading();
            let leaves = e.kind == OfficeLeft && e.people.first() == open.as_ref().map(|(p, _)| p);
            if (e.kind == OfficeTaken || leaves)
                && let Some((person, from)) = open.take()
            {
                tenures.push((person, Window { from, to: day }));
            }
            if e.kind == OfficeTaken {
                open = e.people.first().map(|p| (*p, day));
            }
        }
        tenures.extend(open.map(|(person, from)| (person, Window { from, to: self.span.to })));
        tenures
    }

    /// When a person held any office of its state, by the record.
    pub fn terms_of(&self, person: PersonId) -> Vec<Window> {
        let Some(actor) = self.people[person.0].actor else { return Vec::new() };
        let offices = crate::event::Office::ALL.iter().flat_map(|office| self.tenures(actor, *office));
        offices.filter(|(holder, _)| *holder == person).map(|(_, window)| window).collect()
    }

    /// States that have a part in an event, those of its people included.
    pub fn concerned(&self, event: &Event) -> Vec<ActorId> {
        let of_people = event.people.iter().filter_map(|p| self.people[p.0].actor);
        event.parties().chain(of_people).collect()
    }

    /// Who holds an office on a day, by the record.
    pub fn office_holder(&self, actor: ActorId, office: crate::event::Office, day: Day) -> Option<PersonId> {
        let tenures = self.tenures(actor, office);
        let last = self.span.to;
        tenures
            .iter()
            .rev()
            .find(|(_, w)| w.from <= day && (day < w.to || day == last && w.to == last))
            .map(|(person, _)| *person)
    }

    /// Who holds a piece of land on a day, by the record: the holder of the territory, or else whose heartland it is, or who
    /// took that state's independence.
    pub fn holder_of_shape(&self, shape: &Shape, day: Day) -> Option<ActorId> {
        if let Some(holder) = shape.territory.and_then(|t| self.holder(t, day)) {
            return Some(holder);
        }
        let core = shape.core?;
        let exists = self.actors[core.0].exists.iter().any(|w| w.contains(day));
        let lost = self
            .events
            .iter()
            .take_while(|e| e.when.reading() <= day)
            .filter(|e| {
                let gone = e.kind == crate::event::EventKind::IndependenceLost;
                let back = e.kind == crate::event::EventKind::IndependenceRegained;
                (gone && e.targets.contains(&core))
                    || (back && (e.targets.contains(&core) || e.actors.contains(&core)))
            })
            .last()
            .filter(|e| e.kind == crate::event::EventKind::IndependenceLost);
        match lost {
            Some(event) => event.actors.first().copied().filter(|a| *a != core),
            None => exists.then_some(core),
        }
    }

    /// Who holds a territory on a day, by the record.
    pub fn holder(&self, territory: TerritoryId, day: Day) -> Option<ActorId> {
        self.events
            .iter()
            .take_while(|e| e.when.reading() <= day)
            .filter(|e| {
                e.kind == crate::event::EventKind::TerritoryCeded && e.territories.contains(&territory)
            })
            .last()
            .map_or(self.territories[territory.0].holder, |e| e.actors.first().copied())
    }
}
