//! The data sets that can be imported, and how a file is recognised as one of them.

use crate::table::header;

/// A published data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataSet {
    /// Correlates of War state system membership.
    States,
    /// Correlates of War major powers.
    Majors,
    /// Correlates of War direct contiguity.
    Contiguity,
    /// Correlates of War national material capabilities.
    Capabilities,
    /// Polity scores by state and year.
    Regimes,
    /// ATOP alliances.
    Alliances,
    /// Militarized interstate disputes, participants (MIDB).
    Disputes,
    /// Militarized interstate disputes, participants, in the revision of Gibler, Miller and Little.
    DisputesRevised,
    /// Interstate War Data, revised: initiators and targets.
    Wars,
    /// ICOW territorial claims.
    Claims,
    /// Archigos leaders.
    Leaders,
}

/// What is known about a data set.
pub(crate) struct Described {
    /// Name for people.
    pub name: &'static str,
    /// Key of its source in the casebook made.
    pub key: &'static str,
    /// Columns by which a file is recognised as it; a file must have them all.
    columns: &'static [&'static str],
    /// A column that another version of the data set has instead.
    lacks: Option<&'static str>,
    /// BibLaTeX entry.
    pub source: &'static str,
    /// What its makers ask of those who use it.
    pub terms: &'static str,
}

const COW: &str = "Correlates of War terms: not for commercial use; cite each set; do not pass the data on without \
                   written permission of the project.";
const NOT_STATED: &str =
    "No terms are stated with the data; cite it, and ask its authors before passing it on.";

impl DataSet {
    /// All of them.
    pub const ALL: [DataSet; 11] = [
        DataSet::States,
        DataSet::Majors,
        DataSet::Contiguity,
        DataSet::Capabilities,
        DataSet::Regimes,
        DataSet::Alliances,
        DataSet::Disputes,
        DataSet::DisputesRevised,
        DataSet::Wars,
        DataSet::Claims,
        DataSet::Leaders,
    ];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        self.described().name
    }

    /// The data set of a file, by its columns whatever its name.
    pub fn of_file(bytes: &[u8]) -> Option<DataSet> {
        let names = header(bytes);
        let has = |column: &str| names.iter().any(|n| n == column);
        Self::ALL.into_iter().find(|set| {
            let d = set.described();
            d.columns.iter().all(|c| has(c)) && !d.lacks.is_some_and(has)
        })
    }

    pub(crate) fn described(self) -> Described {
        match self {
            DataSet::States => Described {
                name: "COW state system membership",
                key: "cow2017states",
                columns: &["stateabb", "ccode", "statenme", "styear", "endyear"],
                lacks: None,
                source: "@dataset{cow2017states, author = {{Correlates of War Project}}, title = {State System \
                         Membership List}, version = {2016}, date = {2017}}",
                terms: COW,
            },
            DataSet::Majors => Described {
                name: "COW major powers",
                key: "cow2017majors",
                columns: &["ccode", "styear", "stmonth", "stday", "endyear", "version"],
                lacks: Some("stateabb"),
                source: "@dataset{cow2017majors, author = {{Correlates of War Project}}, title = {Major Powers}, \
                         version = {2016}, date = {2017}}",
                terms: COW,
            },
            DataSet::Contiguity => Described {
                name: "COW direct contiguity",
                key: "stinnett2002contiguity",
                columns: &["statelno", "statehno", "conttype", "begin", "end"],
                lacks: None,
                source: "@article{stinnett2002contiguity, author = {Stinnett, Douglas M. and Tir, Jaroslav and \
                         Schafer, Philip and Diehl, Paul F. and Gochman, Charles}, title = {The Correlates of War \
                         Project Direct Contiguity Data, Version 3}, journaltitle = {Conflict Management and Peace \
                         Science}, volume = {19}, number = {2}, pages = {58-66}, date = {2002}}",
                terms: COW,
            },
            DataSet::Capabilities => Described {
                name: "COW national material capabilities",
                key: "singer1987capabilities",
                columns: &["ccode", "year", "cinc"],
                lacks: None,
                source: "@article{singer1987capabilities, author = {Singer, J. David}, title = {Reconstructing the \
                         Correlates of War Dataset on Material Capabilities of States, 1816-1985}, journaltitle = \
                         {International Interactions}, volume = {14}, pages = {115-132}, date = {1987}}",
                terms: COW,
            },
            DataSet::Regimes => Described {
                name: "Polity scores",
                key: "marshall2020polity",
                columns: &["ccode", "year", "polity2"],
                lacks: None,
                source: "@dataset{marshall2020polity, author = {Marshall, Monty G. and Gurr, Ted Robert}, title = \
                         {Polity5: Political Regime Characteristics and Transitions}, date = {2020}}",
                terms: NOT_STATED,
            },
            DataSet::Alliances => Described {
                name: "ATOP alliances",
                key: "leeds2002alliance",
                columns: &["atopid", "begyr", "bilat", "defense", "nonagg", "term", "mem1"],
                lacks: None,
                source: "@article{leeds2002alliance, author = {Leeds, Brett Ashley and Ritter, Jeffrey M. and \
                         Mitchell, Sara McLaughlin and Long, Andrew G.}, title = {Alliance Treaty Obligations and \
                         Provisions, 1815-1944}, journaltitle = {International Interactions}, volume = {28}, pages = \
                         {237-260}, date = {2002}}",
                terms: NOT_STATED,
            },
            DataSet::Disputes => Described {
                name: "MID participants",
                key: "palmer2022mid5",
                columns: &["dispnum", "stabb", "ccode", "stday", "sidea", "hostlev", "orig"],
                lacks: None,
                source: "@article{palmer2022mid5, author = {Palmer, Glenn and McManus, Roseanne W. and D'Orazio, \
                         Vito and Kenwick, Michael R. and Karstens, Mikaela and Bloch, Chase and Dietrich, Nick and \
                         Kahn, Kayla and Ritter, Kellan and Soules, Michael J.}, title = {The MID5 Dataset, \
                         2011-2014: Procedures, Coding Rules, and Description}, journaltitle = {Conflict Management \
                         and Peace Science}, volume = {39}, number = {4}, pages = {470-482}, date = {2022}}",
                terms: COW,
            },
            DataSet::DisputesRevised => Described {
                name: "MID participants, revised (GML)",
                key: "gibler2016analysis",
                columns: &["dispnum", "ccode", "stday", "sidea", "hiact", "orig", "obsid_start"],
                lacks: Some("stabb"),
                source: "@article{gibler2016analysis, author = {Gibler, Douglas M. and Miller, Steven V. and Little, \
                         Erin K.}, title = {An Analysis of the Militarized Interstate Dispute (MID) Dataset, \
                         1816-2001}, journaltitle = {International Studies Quarterly}, volume = {60}, number = {4}, \
                         pages = {719-730}, date = {2016}}",
                terms: NOT_STATED,
            },
            DataSet::Wars => Described {
                name: "Interstate War Data, revised",
                key: "reiter2016revised",
                columns: &["init_war_id", "init_ccode", "target_ccode", "month_entry", "joiner"],
                lacks: None,
                source: "@article{reiter2016revised, author = {Reiter, Dan and Stam, Allan C. and Horowitz, Michael \
                         C.}, title = {A Revised Look at Interstate Wars, 1816-2007}, journaltitle = {Journal of \
                         Conflict Resolution}, volume = {60}, number = {5}, pages = {956-976}, date = {2016}}",
                terms: NOT_STATED,
            },
            DataSet::Claims => Described {
                name: "ICOW territorial claims",
                key: "frederick2017icow",
                columns: &["claim", "name", "chal", "tgt", "begclaim", "endclaim", "icowsalc"],
                lacks: None,
                source: "@article{frederick2017icow, author = {Frederick, Bryan A. and Hensel, Paul R. and Macaulay, \
                         Christopher}, title = {The Issue Correlates of War Territorial Claims Data, 1816-2001}, \
                         journaltitle = {Journal of Peace Research}, volume = {54}, number = {1}, pages = {99-108}, \
                         date = {2017}}",
                terms: NOT_STATED,
            },
            DataSet::Leaders => Described {
                name: "Archigos leaders",
                key: "goemans2009archigos",
                columns: &["obsid", "leadid", "ccode", "leader", "startdate", "enddate"],
                lacks: None,
                source: "@article{goemans2009archigos, author = {Goemans, Henk E. and Gleditsch, Kristian Skrede and \
                         Chiozza, Giacomo}, title = {Introducing Archigos: A Dataset of Political Leaders}, \
                         journaltitle = {Journal of Peace Research}, volume = {46}, number = {2}, pages = {269-283}, \
                         date = {2009}}",
                terms: NOT_STATED,
            },
        }
    }
}
