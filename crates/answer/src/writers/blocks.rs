//! What the prose writers have in common: an answer as titled parts made of simple blocks.

use super::{cases, format, pictures};
use crate::answer::{
    Answer, Datum, Decomposition, Gauge, Histories, OutcomeRow, Outcomes, Paths, RecordEntry, RecordList,
    RunCard, Section, Statements, Table,
};

/// What every alternative carries.
pub(super) const NOTICE: &str = "Alternative history: computed, not recorded.";
const GLOSS: &str = "\"Our timeline\" (OTL) is what the record says happened; \"with the change\" (ATL, alternative \
                     timeline) is what the computed histories say.";
/// Longer lists than this are folded away in posts and pages.
const LONG_LIST: usize = 8;

/// A titled part of an answer.
pub(super) struct Part {
    pub(super) title: String,
    /// Long enough to be folded away.
    pub(super) long: bool,
    pub(super) blocks: Vec<Block>,
}

/// A piece of a part.
pub(super) enum Block {
    Para(String),
    Labelled(&'static str, String),
    Sub(String),
    List(Vec<Item>),
    Grid(Grid),
}

/// A point of a list: a short lead (may be empty), text, and points below it.
pub(super) struct Item {
    pub(super) lead: String,
    pub(super) text: String,
    pub(super) sub: Vec<Item>,
    /// Id of the entry of the record that it shows, for a page that can open it.
    pub(super) entry: Option<String>,
}

/// A table of cells that are already text. `bars` is empty or has a share for each row.
pub(super) struct Grid {
    pub(super) caption: String,
    pub(super) columns: Vec<String>,
    pub(super) numeric: Vec<bool>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) bars: Vec<f64>,
    /// Empty, or for each row the id of the entry of the record that it is about.
    pub(super) entries: Vec<Option<String>>,
}

/// The notice for one answer of several, with the two words of the trade explained the first time.
pub(super) fn notice(answers: &[Answer], index: usize) -> Option<String> {
    answers.get(index)?.run.as_ref()?;
    let first = answers.iter().take(index).all(|earlier| earlier.run.is_none());
    Some(if first { format!("{NOTICE} {GLOSS}") } else { NOTICE.to_string() })
}

/// Before what could not be read, and what can be asked instead.
pub(super) const NOT_UNDERSTOOD: &str = "Not understood:";

/// How the question was read.
pub(super) fn reading(answer: &Answer) -> Vec<Block> {
    let reading = &answer.reading;
    let mut blocks = Vec::new();
    if reading.form != "not understood" {
        blocks.push(Block::Labelled("Read as:", format!("{} ({})", reading.sentence, reading.form)));
    }
    blocks.extend(reading.assumed.iter().map(|text| Block::Labelled("Assumed:", text.clone())));
    let unread = matches!(reading.form.as_str(), "not understood" | "nearest");
    let label = if unread { NOT_UNDERSTOOD } else { "Left out:" };
    blocks.extend(reading.not_understood.iter().map(|text| Block::Labelled(label, text.clone())));
    blocks
}

/// All sections of an answer.
pub(super) fn parts(answer: &Answer) -> Vec<Part> {
    let runs = answer.run.as_ref().map_or(0, |run| run.runs);
    answer.sections.iter().map(|section| part(section, runs)).collect()
}

/// One section; `runs` is the number of trajectories behind the answer.
pub(super) fn part(section: &Section, runs: u32) -> Part {
    match section {
        Section::Gauge(gauge) => gauge_part(gauge),
        Section::Outcomes(outcomes) => outcomes_part(outcomes),
        Section::Paths(paths) => paths_part(paths),
        Section::Decomposition(decomposition) => decomposition_part(decomposition),
        Section::Record(list) => record_part(list, runs),
        Section::Table(table) => table_part(table, Vec::new()),
        Section::Reliability(_)
        | Section::Forest(_)
        | Section::Curve(_)
        | Section::Incidence(_)
        | Section::Graph(_)
        | Section::Spread(_)
        | Section::Holders(_)
        | Section::Rates(_) => match pictures::table(section) {
            Some((table, bars)) => table_part(&table, bars),
            None => Part { title: String::new(), long: false, blocks: Vec::new() },
        },
        Section::Strip(strip) if strip.cases.is_empty() => {
            Part { title: strip.title.clone(), long: false, blocks: vec![Block::Para(strip.intro.clone())] }
        }
        Section::Strip(strip) => Part {
            title: strip.title.clone(),
            long: false,
            blocks: vec![Block::Para(strip.intro.clone()), Block::Grid(cases::drawn(strip))],
        },
        Section::Histories(histories) => histories_part(histories),
        Section::Notes(notes) => {
            let blocks = if notes.points {
                vec![Block::List(notes.text.iter().map(|text| point(text)).collect())]
            } else {
                notes.text.iter().cloned().map(Block::Para).collect()
            };
            Part { title: notes.title.clone(), long: false, blocks }
        }
        Section::Statements(statements) => statements_part(statements, runs),
    }
}

fn gauge_part(gauge: &Gauge) -> Part {
    let likely = match gauge.probability {
        None => format!("{}; the model does not make this kind of change happen by itself", gauge.band),
        Some(p) => {
            let range = gauge.interval.map_or_else(String::new, |(low, high)| {
                format!(" (90 % interval: {} to {})", format::probability(low), format::probability(high))
            });
            format!("{}, {}{range}, {}", gauge.band, format::probability(p), gauge.window)
        }
    };
    let mut blocks = vec![
        Block::Labelled("The change:", gauge.change.clone()),
        Block::Labelled("How likely:", likely),
        Block::Labelled("Considered at the time:", gauge.documented.clone()),
    ];
    if !gauge.parts.is_empty() {
        blocks.push(Block::Grid(Grid {
            caption: "What raises (above x1) or lowers (below x1) the chance".to_string(),
            columns: strings(&["What", "Factor"]),
            numeric: vec![false, true],
            rows: gauge
                .parts
                .iter()
                .map(|p| vec![named(&p.gloss, &p.effect), format::factor(p.factor)])
                .collect(),
            bars: Vec::new(),
            entries: Vec::new(),
        }));
    }
    if !gauge.conflicts.is_empty() {
        blocks.push(Block::Sub("What conflicts with the change on that date".to_string()));
        blocks.push(Block::List(gauge.conflicts.iter().map(|text| point(text)).collect()));
    }
    Part { title: "How likely was the change?".to_string(), long: false, blocks }
}

/// Heading of the column without the change: a record where nothing can vary, shares otherwise.
pub(super) fn baseline_name(rows: &[OutcomeRow]) -> &'static str {
    let fixed = |row: &OutcomeRow| row.without == 0.0 || row.without == 1.0;
    if rows.iter().all(fixed) { "In our timeline" } else { "Our timeline, rerun" }
}

fn outcomes_part(outcomes: &Outcomes) -> Part {
    let runs = outcomes.runs;
    let main = Grid {
        caption: format!("Shares of {} computed histories", format::count(u64::from(runs))),
        columns: strings(&[
            "Outcome",
            "With the change",
            baseline_name(&outcomes.rows),
            "Difference",
            "90 % interval",
        ]),
        numeric: vec![false, true, true, true, true],
        rows: outcomes
            .rows
            .iter()
            .map(|row| {
                vec![
                    row.label.clone(),
                    format::share(row.with, runs),
                    format::without(row.without, runs, row.record_date.is_some()),
                    format::difference(row.difference),
                    format::interval(row.interval),
                ]
            })
            .collect(),
        bars: outcomes.rows.iter().map(|row| row.with).collect(),
        entries: Vec::new(),
    };
    let models = outcomes.rows.iter().any(|row| row.model_choice.is_some());
    let mut columns = strings(&["Outcome", "Runs", "Coefficients"]);
    columns.extend(models.then(|| "Choice of effects".to_string()));
    let dated = outcomes.rows.iter().any(|row| row.dates_read.is_some());
    columns.extend(dated.then(|| "Readings of dates".to_string()));
    columns.extend(strings(&["Date in our timeline", "Dates with the change"]));
    let details = Grid {
        caption: "Where the uncertainty comes from (points of 100), and when it happens".to_string(),
        numeric: (0..columns.len()).map(|i| (1..columns.len() - 2).contains(&i)).collect(),
        columns,
        rows: outcomes.rows.iter().map(|row| outcome_details(row, models, dated)).collect(),
        bars: Vec::new(),
        entries: Vec::new(),
    };
    let mut blocks = vec![Block::Grid(main), Block::Grid(details)];
    if !outcomes.notes.is_empty() {
        blocks.push(Block::List(outcomes.notes.iter().map(|text| point(text)).collect()));
    }
    let asks = outcomes.rows.iter().filter(|row| !row.ask.is_empty());
    let asks: Vec<Item> = asks.map(|row| item(&row.label, row.ask.clone())).collect();
    if !asks.is_empty() {
        blocks.push(Block::Sub("The outcomes as the program reads them".to_string()));
        blocks.push(Block::List(asks));
    }
    Part { title: outcomes.title.clone(), long: false, blocks }
}

fn outcome_details(row: &OutcomeRow, models: bool, dated: bool) -> Vec<String> {
    let dates = match &row.dates {
        Some((early, _, late)) if early == late => {
            let same = row.record_date.as_deref() == Some(early);
            if same { "the same day".to_string() } else { early.clone() }
        }
        Some((early, middle, late)) => format!("mostly {early} to {late}, half by {middle}"),
        None => "none".to_string(),
    };
    let mut cells =
        vec![row.label.clone(), format::plus_minus(row.monte_carlo), format::plus_minus(row.parameters)];
    if models {
        cells.push(row.model_choice.map_or_else(String::new, format::plus_minus));
    }
    if dated {
        cells.push(row.dates_read.map_or_else(String::new, format::plus_minus));
    }
    cells.push(row.record_date.clone().unwrap_or_else(|| "did not happen".to_string()));
    cells.push(dates);
    cells
}

/// The numbers behind a chart of one outcome over the years.
pub(super) fn by_year_grid(row: &OutcomeRow, runs: u32) -> Grid {
    // Where nothing untouched can vary, "fewer than 1 in N" would hide that this is the plain record.
    let recorded = row.by_year.iter().all(|y| y.without == 0.0 || y.without == 1.0);
    let without_text = |p: f64| match (recorded, p == 1.0) {
        (true, true) => "happened".to_string(),
        (true, false) => "had not happened".to_string(),
        (false, _) => format::share(p, runs),
    };
    Grid {
        caption: format!("{}: share by the end of each year", row.label),
        columns: strings(&["Year", "With the change", "90 % interval", "Our timeline"]),
        numeric: vec![false, true, true, true],
        rows: row
            .by_year
            .iter()
            .map(|y| {
                let with = format::share(y.with, runs);
                vec![y.year.to_string(), with, format::interval(y.interval), without_text(y.without)]
            })
            .collect(),
        bars: Vec::new(),
        entries: Vec::new(),
    }
}

fn paths_part(paths: &Paths) -> Part {
    let items = paths.paths.iter().map(|path| {
        let share = f64::from(path.count) / f64::from(paths.runs.max(1));
        item(&format::share(share, paths.runs), path.steps.join(" → "))
    });
    let blocks = vec![Block::Para(paths.intro.clone()), Block::List(items.collect())];
    Part { title: paths.title.clone(), long: true, blocks }
}

fn decomposition_part(decomposition: &Decomposition) -> Part {
    let changed = decomposition.rows.iter().any(|row| row.contribution_alternative.is_some());
    let mut columns = strings(&["What", "Coefficient", "Value", "Adds"]);
    if changed {
        columns.extend(strings(&["Value with the change", "Adds with the change"]));
    }
    let rows = decomposition.rows.iter().map(|row| {
        let mut cells = vec![
            named(&row.gloss, &row.effect),
            format::coefficient_with_sd(row.coefficient, row.sd),
            format::number(row.value, 2),
            format::coefficient(row.contribution),
        ];
        if changed {
            let value = row.value_alternative.map(|x| format::number(x, 2));
            let contribution = row.contribution_alternative.map(format::coefficient);
            cells.push(value.unwrap_or_else(|| "none".to_string()));
            cells.push(contribution.unwrap_or_else(|| "none".to_string()));
        }
        cells
    });
    let grid = Grid {
        caption: "Each line adds to the logarithm of the rate".to_string(),
        numeric: (0..columns.len()).map(|i| i > 0).collect(),
        rows: rows.collect(),
        columns,
        bars: Vec::new(),
        entries: Vec::new(),
    };
    let mut blocks = vec![Block::Para(decomposition.intro.clone()), Block::Grid(grid)];
    blocks.push(Block::Labelled("Rate in our timeline:", format::rate(decomposition.rate_record)));
    if let Some(rate) = decomposition.rate_alternative {
        blocks.push(Block::Labelled("Rate right after the change:", format::rate(rate)));
    }
    Part { title: decomposition.title.clone(), long: true, blocks }
}

fn record_part(list: &RecordList, runs: u32) -> Part {
    let mut blocks = vec![Block::Para(list.intro.clone())];
    if !list.entries.is_empty() {
        blocks.push(Block::List(list.entries.iter().map(|entry| entry_item(entry, runs)).collect()));
    }
    Part { title: list.title.clone(), long: list.entries.len() > LONG_LIST, blocks }
}

fn entry_item(entry: &RecordEntry, runs: u32) -> Item {
    let mut text = entry.text.clone();
    let cites = format::cites(&entry.cites);
    if !cites.is_empty() {
        text.push(' ');
        text.push_str(&cites);
    }
    if entry.confidence != "high" && !entry.confidence.is_empty() {
        text.push_str(&format!(" Confidence: {}.", entry.confidence));
    }
    for (date, source) in &entry.also_dated {
        text.push_str(&format!(" Dated {date} in [{source}]."));
    }
    if let Some(share) = entry.still_happens {
        text.push_str(&format!(" Still happens with the change: {}.", format::share(share, runs)));
    }
    Item { entry: Some(entry.id.clone()), ..item(&entry.date, text) }
}

pub(super) fn table_part(table: &Table, bars: Vec<f64>) -> Part {
    let numeric = |i: usize| {
        let empty = |cell: &&Datum| matches!(cell, Datum::Text(text) if text.is_empty());
        let mut cells = table.rows.iter().filter_map(|row| row.get(i)).filter(|c| !empty(c)).peekable();
        cells.peek().is_some() && cells.all(|cell| !matches!(cell, Datum::Text(_) | Datum::Entry(..)))
    };
    let grid = Grid {
        caption: table.title.clone(),
        columns: table.columns.clone(),
        numeric: (0..table.columns.len()).map(numeric).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(format::datum).collect()).collect(),
        bars,
        entries: table
            .rows
            .iter()
            .map(|row| match row.first() {
                Some(Datum::Entry(_, id)) => Some(id.clone()),
                _ => None,
            })
            .collect(),
    };
    let mut blocks = vec![Block::Para(table.intro.clone()), Block::Grid(grid)];
    if !table.notes.is_empty() {
        blocks.push(Block::List(table.notes.iter().map(|text| point(text)).collect()));
    }
    Part { title: table.title.clone(), long: false, blocks }
}

fn histories_part(histories: &Histories) -> Part {
    let mut blocks = Vec::new();
    for sample in &histories.samples {
        blocks.push(Block::Sub(format!("{} (run {})", sample.label, format::count(u64::from(sample.run)))));
        let lines = sample.lines.iter().map(|line| {
            let why = if line.why.is_empty() { String::new() } else { format!(" Why: {}", line.why) };
            item(&line.date, format!("{} ({}).{why}", line.text.trim_end_matches('.'), line.status))
        });
        blocks.push(Block::List(lines.collect()));
    }
    Part { title: histories.title.clone(), long: true, blocks }
}

fn statements_part(statements: &Statements, runs: u32) -> Part {
    let items = statements.statements.iter().map(|statement| Item {
        lead: statement.verdict.clone(),
        text: format!("\"{}\" - {}", statement.excerpt, statement.explanation),
        sub: statement.entries.iter().map(|entry| entry_item(entry, runs)).collect(),
        entry: None,
    });
    Part { title: statements.title.clone(), long: false, blocks: vec![Block::List(items.collect())] }
}

/// The run card in lines, without the command that repeats it.
pub(super) fn run_lines(run: &RunCard, short_hash: bool) -> Vec<String> {
    let hash: String = run.casebook_hash.chars().take(if short_hash { 12 } else { usize::MAX }).collect();
    let runs = format::count(u64::from(run.runs));
    let mode = match run.mode.as_str() {
        "hindsight" => "hindsight (what the change does not touch stays as recorded)".to_string(),
        "fresh-noise" => "fresh-noise (chance is drawn anew)".to_string(),
        other => other.to_string(),
    };
    vec![
        format!("{runs} runs, seed {}, mode {mode}", run.seed),
        format!("casebook {} (SHA-256 {hash}), {}", run.casebook, run.program),
    ]
}

/// The command that repeats a run.
pub(super) const REPEAT: &str = "repeat: jonbar replay FILE";

/// Text in which every control character, and every character that reorders text, became harmless.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|c| !reorders(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// As [`clean`], but lines stay lines.
pub(super) fn clean_lines(text: &str) -> String {
    text.lines().map(|line| clean(line).trim_end().to_string()).collect::<Vec<_>>().join("\n")
}

fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether an address may become a link.
pub(super) fn is_web_address(url: &str) -> bool {
    let known = url.starts_with("https://") || url.starts_with("http://");
    known && !url.chars().any(|c| c.is_whitespace() || c.is_control() || "[]()<>\"'`\\".contains(c))
}

/// "Gloss (effect)", or the one that is there.
pub(super) fn named(gloss: &str, effect: &str) -> String {
    match (gloss.is_empty(), effect.is_empty()) {
        (false, false) => format!("{gloss} ({effect})"),
        (true, _) => effect.to_string(),
        (false, true) => gloss.to_string(),
    }
}

fn point(text: &str) -> Item {
    item("", text.to_string())
}

fn item(lead: &str, text: String) -> Item {
    Item { lead: lead.to_string(), text, sub: Vec::new(), entry: None }
}

pub(super) fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| word.to_string()).collect()
}
