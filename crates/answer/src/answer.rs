//! The one value that every question produces and every writer renders.
//!
//! Numbers stand here as numbers. Writers format them; they compute nothing, so text, picture and JSON cannot
//! contradict each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the JSON form of [`Answer`].
pub const ANSWER_VERSION: u32 = 1;

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// Version of this form: [`ANSWER_VERSION`].
    pub version: u32,
    /// The question as typed.
    pub question: String,
    /// How it was read.
    pub reading: ReadingShown,
    /// The answer in two or three sentences.
    pub summary: Vec<String>,
    /// Everything else, in order of reading.
    pub sections: Vec<Section>,
    /// Works cited in this answer, in order of their numbers (the first is number 1).
    pub sources: Vec<SourceShown>,
    /// How to repeat it; absent where nothing was simulated.
    pub run: Option<RunCard>,
}

/// How a question was read, so that the asker can correct it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReadingShown {
    /// The form of question: "what if", "fact", "motive", "contrast", "comparison", "base rate", "trend",
    /// "statement", "nearest" (looked up by its words alone) or "not understood".
    pub form: String,
    /// The question in one exact sentence.
    pub sentence: String,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Parts that were not understood, quoted, with what could be asked instead.
    pub not_understood: Vec<String>,
}

/// A work cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceShown {
    /// Key in the casebook.
    pub key: String,
    /// Author, title, publisher, year.
    pub full: String,
    /// Address on the web, if any.
    pub url: Option<String>,
}

/// What is needed to repeat a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunCard {
    /// Version of the program.
    pub program: String,
    /// Casebook name.
    pub casebook: String,
    /// SHA-256 over the casebook's files.
    pub casebook_hash: String,
    /// Trajectories.
    pub runs: u32,
    /// Seed.
    pub seed: u64,
    /// `hindsight` or `fresh-noise`.
    pub mode: String,
    /// The what-if as TOML, complete.
    pub whatif: String,
}

/// One section of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "section", rename_all = "snake_case")]
pub enum Section {
    /// How likely the change was, with the parts of that number.
    Gauge(Gauge),
    /// Outcomes with and without the change.
    Outcomes(Outcomes),
    /// Chains of cause and effect with their frequency.
    Paths(Paths),
    /// What makes up a log-intensity.
    Decomposition(Decomposition),
    /// Dated entries of the record.
    Record(RecordList),
    /// A table: contrasts, comparisons, cases, rates.
    Table(Table),
    /// Forecasts held against what came.
    Reliability(Reliability),
    /// A share under several definitions.
    Forest(Forest),
    /// A survival curve.
    Curve(Curve),
    /// How many cases had come to each end.
    Incidence(Incidence),
    /// Each case as a line in time.
    Strip(Strip),
    /// Which difference makes which.
    Graph(Graph),
    /// How far a change spreads, year by year.
    Spread(Spread),
    /// Who holds what in the alternatives.
    Holders(Holders),
    /// Rates by period.
    Rates(Rates),
    /// Sample alternative histories.
    Histories(Histories),
    /// Paragraphs or bullet points.
    Notes(Notes),
    /// A statement from a text held against the record.
    Statements(Statements),
}

/// How likely the change was under the fitted model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gauge {
    /// The change in words.
    pub change: String,
    /// The window over which the probability is taken, in words.
    pub window: String,
    /// Probability in that window; `None` for a kind the model does not make happen.
    pub probability: Option<f64>,
    /// 90 % interval from the uncertainty of the coefficients.
    pub interval: Option<(f64, f64)>,
    /// "ordinary", "stretch", "long shot" or "very unlikely".
    pub band: String,
    /// "signed draft", "negotiated", "proposed", "discussed" or "no trace": how far it was considered at the time.
    pub documented: String,
    /// What makes up the probability: effect, gloss, and factor on the rate (1 = none), largest first.
    pub parts: Vec<GaugePart>,
    /// What conflicts with the change on that date, one sentence each.
    pub conflicts: Vec<String>,
}

/// One factor of a [`Gauge`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GaugePart {
    /// Effect name.
    pub effect: String,
    /// What it is.
    pub gloss: String,
    /// How many times it multiplies the rate.
    pub factor: f64,
}

/// Outcomes with and without the change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outcomes {
    /// Heading.
    pub title: String,
    /// Trajectories.
    pub runs: u32,
    /// Rows, the one the question is about first.
    pub rows: Vec<OutcomeRow>,
    /// How to read the columns, one sentence each.
    pub notes: Vec<String>,
}

/// One outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeRow {
    /// The outcome in words.
    pub label: String,
    /// The predicate.
    pub ask: String,
    /// The change itself, or something that only the change makes possible: no news about what follows.
    pub imposed: bool,
    /// Share of alternatives in which it comes true, 0 to 1.
    pub with: f64,
    /// Standard error of that share from the finite number of runs.
    pub monte_carlo: f64,
    /// Standard deviation of that share between draws of the coefficients.
    pub parameters: f64,
    /// Standard deviation of that share between sets of effects, weighted by how well each forecasts; `None` where only one was
    /// tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_choice: Option<f64>,
    /// Standard deviation of that share between readings of uncertain dates; `None` where only one was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates_read: Option<f64>,
    /// 90 % interval of the share: runs and coefficients together.
    pub interval: (f64, f64),
    /// Share without the change (0 or 1 when everything untouched stays as recorded).
    pub without: f64,
    /// `with - without`.
    pub difference: f64,
    /// Date in the record, if it came true there.
    pub record_date: Option<String>,
    /// Dates in the alternatives: 10 %, 50 % and 90 % of those in which it came true.
    pub dates: Option<(String, String, String)>,
    /// Cumulative share by the end of each year.
    pub by_year: Vec<ByYear>,
}

/// How many alternatives an outcome has come true in by the end of a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ByYear {
    /// The year.
    pub year: i32,
    /// Share with the change.
    pub with: f64,
    /// Its 90 % interval: runs and coefficients together.
    pub interval: (f64, f64),
    /// Share without the change.
    pub without: f64,
}

/// Causal paths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Paths {
    /// Heading.
    pub title: String,
    /// Sentence above the list.
    pub intro: String,
    /// Runs in all.
    pub runs: u32,
    /// Paths, most frequent first.
    pub paths: Vec<PathShown>,
}

/// One causal path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathShown {
    /// Steps in words, the divergence first.
    pub steps: Vec<String>,
    /// Trajectories that contain it.
    pub count: u32,
}

/// A log-intensity taken apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decomposition {
    /// Heading.
    pub title: String,
    /// Sentence above the table.
    pub intro: String,
    /// Terms, intercept first.
    pub rows: Vec<DecompositionRow>,
    /// Events per year at that moment, in the record.
    pub rate_record: f64,
    /// Events per year at that moment, right after the change; `None` where there is no change.
    pub rate_alternative: Option<f64>,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecompositionRow {
    /// Effect name.
    pub effect: String,
    /// What it is.
    pub gloss: String,
    /// Coefficient: posterior mode.
    pub coefficient: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Value in the record.
    pub value: f64,
    /// Contribution to the log-intensity in the record.
    pub contribution: f64,
    /// Value in the alternative.
    pub value_alternative: Option<f64>,
    /// Contribution in the alternative.
    pub contribution_alternative: Option<f64>,
}

/// How far a change spreads, year by year: the histories whose year goes as it did, and the differences by whom they reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Spread {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// The years since the change, in order.
    pub rows: Vec<SpreadYear>,
    /// What to keep in mind.
    pub notes: Vec<String>,
}

/// One year of a [`Spread`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SpreadYear {
    /// The year.
    pub year: i32,
    /// Share of histories in which the year goes as it did.
    pub as_it_did: f64,
    /// Differences for each history: among the states that the change names, between one of them and another, and among others
    /// alone.
    pub reached: [f64; 3],
}

/// Dated entries of the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordList {
    /// Heading.
    pub title: String,
    /// Sentence above the list; says so when nothing was found.
    pub intro: String,
    /// Entries in order of time.
    pub entries: Vec<RecordEntry>,
}

/// Columns of a table of entries looked up: date (EDTF), kind, what, confidence, sources, id.
pub const ENTRY_COLUMNS: [&str; 6] = ["date", "kind", "what", "confidence", "source", "id"];

/// One entry of the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordEntry {
    /// Event id in the casebook.
    pub id: String,
    /// Date in words.
    pub date: String,
    /// Date in EDTF.
    pub edtf: String,
    /// Kind in words.
    pub kind: String,
    /// The entry.
    pub text: String,
    /// Numbers into [`Answer::sources`] (from 1) with the place in the work.
    pub cites: Vec<(usize, String)>,
    /// "high", "medium" or "low".
    pub confidence: String,
    /// Other dates with the number of the source that gives them.
    pub also_dated: Vec<(String, usize)>,
    /// Share of alternatives in which it still happens; `None` where nothing was simulated.
    pub still_happens: Option<f64>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// Column names.
    pub columns: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<Datum>>,
    /// Remarks below it.
    pub notes: Vec<String>,
}

/// A share under several definitions, held against the meaning of a vague word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Forest {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// The word of frequency that the shares are held against, if the text has one.
    pub word: Option<String>,
    /// Share at which it begins to be true.
    pub line: Option<f64>,
    /// One row for each definition.
    pub rows: Vec<ForestRow>,
}

/// A share under one definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ForestRow {
    /// The definition.
    pub label: String,
    /// Cases of which it is true.
    pub count: u64,
    /// Cases in all.
    pub of: u64,
    /// One over the other.
    pub share: f64,
    /// 90 % interval; none where the cases are all that there are.
    pub interval: Option<(f64, f64)>,
    /// Whether the vague word is true of the share.
    pub holds: bool,
}

/// A survival curve in years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Curve {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// The curve after each event.
    pub points: Vec<CurvePoint>,
    /// Cases still watched after so many years.
    pub at_risk: Vec<(f64, u64)>,
    /// Longest that any case was watched, in years.
    pub last: f64,
}

/// A survival curve after one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurvePoint {
    /// Years.
    pub time: f64,
    /// Cases at risk just before.
    pub at_risk: u64,
    /// Share that survives beyond it.
    pub survival: f64,
    /// 90 % interval; there is none once nothing survives.
    pub interval: Option<(f64, f64)>,
}

impl From<&jonbar_survival::CurveStep> for CurvePoint {
    fn from(step: &jonbar_survival::CurveStep) -> CurvePoint {
        CurvePoint {
            time: step.time,
            at_risk: step.at_risk as u64,
            survival: step.survival,
            interval: (step.lower.is_finite() && step.upper.is_finite()).then_some((step.lower, step.upper)),
        }
    }
}

/// Land that some alternatives leave to another holder than the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Holders {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// Trajectories.
    pub runs: u32,
    /// The end of each year, and last the end of the casebook.
    pub days: Vec<HoldersOn>,
}

impl Holders {
    /// The day that a report shows: the last on which any land differs.
    pub fn shown(&self) -> Option<&HoldersOn> {
        self.days.iter().rev().find(|on| !on.rows.is_empty())
    }
}

/// The same on one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HoldersOn {
    /// The day, as `1941-06-22`.
    pub day: String,
    /// Land, the most uncertain first.
    pub rows: Vec<HolderRow>,
}

/// One piece of land.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HolderRow {
    /// Id of the territory.
    pub territory: String,
    /// Its name.
    pub name: String,
    /// Who holds it in the record; `None` for no state of the casebook.
    pub record: Option<String>,
    /// Letter code and name of each holder in the alternatives, with the share of alternatives; an empty code for nobody.
    pub with: Vec<(String, String, f64)>,
}

/// Shares of cases that had come to each of several ends, all in play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incidence {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// Years at which the table has a column.
    pub years: Vec<f64>,
    /// The ends.
    pub causes: Vec<Cause>,
    /// Longest that any case was watched, in years.
    pub last: f64,
    /// What the cases in no band are, below the picture.
    pub rest: String,
}

/// One way to end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cause {
    /// In words.
    pub label: String,
    /// Years, and the share that had ended so by then.
    pub steps: Vec<(f64, f64)>,
    /// At each of [`Incidence::years`]: the share with its 90 % interval; `None` beyond the longest watch.
    pub at_years: Vec<Option<(f64, f64, f64)>>,
}

/// Differences from the record and what brings them about, over many alternatives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Graph {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// Trajectories.
    pub runs: u32,
    /// The change itself, then the differences, the commonest first.
    pub nodes: Vec<GraphNode>,
    /// Who is a direct cause of whom.
    pub links: Vec<GraphLink>,
}

/// A difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GraphNode {
    /// In words.
    pub label: String,
    /// Trajectories that have it.
    pub count: u32,
    /// Steps from the change.
    pub depth: usize,
}

/// A direct cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GraphLink {
    /// Position of the cause among the nodes.
    pub from: usize,
    /// Position of what it brings about.
    pub to: usize,
    /// Trajectories in which it does.
    pub count: u32,
}

/// Cases as lines in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Strip {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// What the mark on a line stands for.
    pub mark: String,
    /// The cases in order.
    pub cases: Vec<StripCase>,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StripCase {
    /// Who.
    pub label: String,
    /// Beginning, in years and their fractions.
    pub from: f64,
    /// End.
    pub to: f64,
    /// How it ended.
    pub ended: String,
    /// When what the mark stands for first happened.
    pub mark: Option<f64>,
}

/// Rates by period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rates {
    /// Heading.
    pub title: String,
    /// Sentence above it.
    pub intro: String,
    /// What a rate is per, as in "a year".
    pub unit: String,
    /// One row for each period.
    pub rows: Vec<RateRow>,
}

/// The rate of one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RateRow {
    /// The period.
    pub label: String,
    /// Events.
    pub events: u64,
    /// Exposure.
    pub exposure: f64,
    /// One over the other.
    pub rate: f64,
    /// 90 % interval.
    pub interval: (f64, f64),
}

/// Forecasts by the probability given, held against what came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reliability {
    /// Heading.
    pub title: String,
    /// Groups of forecasts of similar probability, the lowest first.
    pub groups: Vec<ReliabilityGroup>,
}

/// Forecasts of similar probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReliabilityGroup {
    /// The probabilities, in words.
    pub probability: String,
    /// Forecasts.
    pub forecasts: u64,
    /// Events expected: the sum of their probabilities.
    pub expected: f64,
    /// Events that came.
    pub came: u64,
    /// Number of events between which 90 % would fall if the probabilities were right.
    pub band: (u64, u64),
    /// What to make of it.
    pub reading: String,
}

/// A table cell. Absent, unknown and not applicable are three different things.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Datum {
    /// Words.
    Text(String),
    /// Words that stand for an entry of the record, and its id.
    Entry(String, String),
    /// A whole number.
    Count(u64),
    /// A number with the decimals to show.
    Number(f64, u8),
    /// A share, 0 to 1, shown as a percentage.
    Share(f64),
    /// Yes or no.
    Flag(bool),
    /// There is none.
    None,
    /// The casebook does not know.
    Unknown,
    /// The question makes no sense here.
    NotApplicable,
}

/// Sample histories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Histories {
    /// Heading.
    pub title: String,
    /// Samples.
    pub samples: Vec<History>,
}

/// One alternative history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct History {
    /// Why it was picked: "closest to the record", "typical", "most peaceful", "most violent", "random".
    pub label: String,
    /// Its number in the ensemble.
    pub run: u32,
    /// Differences from the record in order of time.
    pub lines: Vec<HistoryLine>,
}

/// One difference of a sample history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HistoryLine {
    /// Date.
    pub date: String,
    /// What happens, or does not.
    pub text: String,
    /// "imposed", "new", "does not happen", "goes otherwise" or "follows".
    pub status: String,
    /// Why, in words.
    pub why: String,
}

/// Paragraphs or points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Notes {
    /// Heading.
    pub title: String,
    /// Show as points rather than paragraphs.
    pub points: bool,
    /// Text, one entry per paragraph or point.
    pub text: Vec<String>,
}

/// Statements found in a text, held against the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statements {
    /// Heading.
    pub title: String,
    /// Statements in order of the text.
    pub statements: Vec<StatementShown>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatementShown {
    /// A few words of it, enough to find it.
    pub excerpt: String,
    /// Where it stands in the text read, in characters: the first and one past the last.
    #[serde(default)]
    pub span: Option<(usize, usize)>,
    /// "agrees", "disagrees", "incomplete", "more precise than the record" or "not in the record".
    pub verdict: String,
    /// What the record says, one sentence.
    pub explanation: String,
    /// Entries of the record it was held against.
    pub entries: Vec<RecordEntry>,
}

/// The schema of [`Answer`] in JSON (JSON Schema 2020-12), its parts under `#/components/schemas/`, as OpenAPI 3.1 has them: the parts by
/// name, `Answer` among them.
pub fn schemas() -> serde_json::Map<String, serde_json::Value> {
    let settings = schemars::generate::SchemaSettings::draft2020_12()
        .with(|s| s.definitions_path = "/components/schemas".into());
    let mut generator = settings.into_generator();
    generator.subschema_for::<Answer>();
    generator.take_definitions(true)
}
