//! The columns of each file of a casebook.

pub(super) const ACTORS: &[&str] = &[
    "id",
    "name",
    "exists",
    "great_power",
    "names",
    "demonyms",
    "metonyms",
    "capital",
    "lat",
    "lon",
    "sources",
];
pub(super) const PEOPLE: &[&str] = &["id", "name", "aliases", "actor", "sources"];
pub(super) const TERRITORIES: &[&str] = &["id", "name", "aliases", "holder", "lat", "lon", "note", "sources"];
pub(super) const PLACES: &[&str] = &["name", "aliases", "kind", "territories", "sources"];
pub(super) const CLAIMS: &[&str] = &[
    "id",
    "territory",
    "claimant",
    "start",
    "end",
    "asserted",
    "settled",
    "settled_by",
    "salience",
    "basis",
    "end_kind",
    "note",
    "sources",
];
pub(super) const GROUPS: &[&str] = &["name", "aliases", "members"];
pub(super) const WARS: &[&str] = &["name", "aliases", "begun"];
pub(super) const BORDERS: &[&str] = &["a", "b", "from", "to", "kind"];
pub(super) const PACTS: &[&str] = &[
    "id",
    "name",
    "aliases",
    "types",
    "parties",
    "signed",
    "term_years",
    "conditions",
    "end",
    "end_kind",
    "ended_by",
    "atop",
    "sources",
    "notes",
];
pub(super) const EVENTS: &[&str] = &[
    "id",
    "date",
    "kind",
    "actors",
    "targets",
    "about",
    "pact",
    "person",
    "office",
    "mark",
    "follows",
    "also_dated",
    "summary",
    "sources",
    "confidence",
];
pub(super) const STANCES: &[&str] =
    &["id", "person", "actor", "towards", "stance", "from", "to", "summary", "sources", "confidence"];
pub(super) const CAPABILITIES: &[&str] =
    &["actor", "year", "population_thousands", "output_millions_1990_dollars", "basis", "sources"];
/// The columns where a casebook gives an index of capabilities instead of population and output.
pub(super) const CAPABILITY_INDEX: &[&str] = &["actor", "year", "index", "basis", "sources"];
pub(super) const REGIMES: &[&str] = &["actor", "from", "to", "regime", "sources"];
pub(super) const RELATIONS_START: &[&str] = &["a", "b", "note"];
