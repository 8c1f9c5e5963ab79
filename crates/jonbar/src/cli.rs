//! Commands and their help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{
    Failure, ask, casebook, cite, commitments, compare, import, map, read, record, runfile, serve, stream,
};

/// What would have followed? Odds from a cited record of interwar diplomacy and a model fitted to it.
#[derive(Parser)]
#[command(
    name = "jonbar",
    version,
    after_help = "Examples:\n  jonbar ask \"What if the Soviets and Romanians had signed a nonaggression pact in 1932?\"\n  \
                  jonbar ask discussion.txt --html answer.html\n  jonbar whatifs\n  jonbar run no-molotov-ribbentrop\n  \
                  jonbar fit --kind territorial_demand\n  jonbar check my-casebook/\n\n\
                  Exit status: 0 done, 1 something checked is not right, 2 bad input or usage."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer a question, test a claim, or take every question in a text file.
    #[command(
        visible_alias = "claim",
        after_help = "Examples:\n  jonbar ask \"Did either side propose a Soviet-Romanian pact?\"\n  \
                            jonbar ask thread.txt --runs 5000 --seed 7 --save thread.jonbar\n  \
                            jonbar claim \"Nonaggression pacts were usually broken\" --csv tables/\n  \
                            cat thread.txt | jonbar ask - --bbcode"
    )]
    Ask {
        /// The question, or the path of a text file, or - for standard input.
        #[arg(required = true)]
        question: Vec<String>,
        #[command(flatten)]
        compute: Compute,
        #[command(flatten)]
        show: Show,
    },
    /// Run a what-if from a file, or one of those shipped (see `jonbar whatifs`).
    #[command(after_help = "Examples:\n  jonbar run riga-1932\n  jonbar run my-whatif.toml --json\n  \
                            jonbar run riga-1932 --pact-effect strong --hold war_begun --on 1933-07-03\n  \
                            jonbar run riga-1932 --runs 100000 --out riga/")]
    Run {
        /// A TOML file, or the name of a shipped what-if.
        whatif: String,
        /// Write every trajectory into this folder as Parquet files instead of an answer: one row for each difference from
        /// the record, one for each outcome.
        #[arg(long, value_name = "DIR", conflicts_with_all = ["save", "json", "markdown", "bbcode", "plain", "html", "csv", "timeline", "models", "dates"])]
        out: Option<PathBuf>,
        /// With --out: go on where an earlier run of the same was broken off.
        #[arg(long, requires = "out")]
        resume: bool,
        #[command(flatten)]
        compute: Compute,
        #[command(flatten)]
        show: Show,
    },
    /// List the what-ifs shipped with the casebook.
    Whatifs {
        #[command(flatten)]
        source: Source,
        /// Print this one as a file to start from.
        #[arg(long, value_name = "NAME")]
        print: Option<String>,
    },
    /// Repeat a saved run and say whether the answer is identical.
    #[command(after_help = "Example:\n  jonbar ask \"...\" --save a.jonbar && jonbar replay a.jonbar")]
    Replay {
        /// A file written by --save.
        file: PathBuf,
        #[command(flatten)]
        source: Source,
        /// Threads to use; the answer does not depend on it.
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
    },
    /// Put two pairs of states, or all claims of one state, side by side.
    #[command(
        after_help = "Examples:\n  jonbar compare USSR-Poland USSR-Romania --kind nonaggression_pact --at 1932-07-25\n  \
                            jonbar compare Germany-Poland Italy-Greece --kind war_begun --at 1939-09-01\n  jonbar compare \
                            --claims-of USSR"
    )]
    Compare {
        /// Two pairs, STATE-STATE, the example first; for acts of one side (war_begun, pact_broken ...) the actor first.
        #[arg(num_args = 0..=2, value_name = "PAIR")]
        pairs: Vec<String>,
        /// Kind of event: nonaggression_pact, consultation_pact, defence_pact, pact_broken, armed_dispute, war_begun,
        /// war_joined, relations_opened, relations_broken.
        #[arg(long, default_value = "nonaggression_pact")]
        kind: String,
        /// Day on which to compare.
        #[arg(long, value_name = "DAY")]
        at: Option<String>,
        /// Compare all claims of this state instead.
        #[arg(long, value_name = "STATE", conflicts_with_all = ["pairs", "at"])]
        claims_of: Option<String>,
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        show: Show,
    },
    /// Hold a text against the record: every statement in it about an event, with a verdict.
    #[command(
        after_help = "Reads plain text, Markdown, a pasted forum thread, or HTML. A verdict is agrees, disagrees, more \
                            precise than the record, or not in the record; --json gives the place of each statement in \
                            characters.\n\nExamples:\n  jonbar read essay.md\n  jonbar read thread.txt --json > \
                            verdicts.json\n  cat page.html | jonbar read -"
    )]
    Read {
        /// The text file, or - for standard input.
        file: String,
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        show: Show,
    },
    /// Export sources for a bibliography: those of a saved answer, or by key.
    #[command(
        after_help = "Examples:\n  jonbar ask \"Did either side propose a Soviet-Romanian pact?\" --json > a.json\n  \
                            jonbar cite a.json > a.bib\n  jonbar cite a.json --csl > a.csl.json\n  jonbar cite \
                            vanmeurs1994bessarabian lnts"
    )]
    Cite {
        /// Files written with --json, or keys of sources; all sources of the casebook if none is given.
        what: Vec<String>,
        /// CSL-JSON, as Zotero and pandoc read it, instead of BibLaTeX.
        #[arg(long)]
        csl: bool,
        #[command(flatten)]
        source: Source,
    },
    /// Make the skeleton of a casebook of your own: fourteen events of the Balkan Wars that run as they are.
    #[command(
        after_help = "Example:\n  jonbar new my-casebook && jonbar check my-casebook\n  jonbar ask \"Who attacked \
                            Bulgaria?\" --casebook my-casebook"
    )]
    New {
        /// Folder to make; must not be there yet.
        dir: PathBuf,
    },
    /// Look things up: what happened between whom, or how the world stood on a day.
    #[command(after_help = "Examples:\n  jonbar record --between USSR Romania --kind \"pact signed\"\n  \
                            jonbar record --about Bessarabia --during 1932..1936\n  \
                            jonbar record --as-of 1936-09-01 --of Romania\n  jonbar record --of Poland --csv poland/")]
    Record {
        /// Events in which both take part.
        #[arg(long, num_args = 2, value_names = ["STATE", "STATE"])]
        between: Vec<String>,
        /// Events in which this state takes part; may be given again.
        #[arg(long, value_name = "STATE")]
        of: Vec<String>,
        /// Events of this kind; may be given again.
        #[arg(long)]
        kind: Vec<String>,
        /// Events about this land.
        #[arg(long, value_name = "LAND")]
        about: Option<String>,
        /// Events of this time: 1932, 1932-07, or 1932..1936.
        #[arg(long, value_name = "TIME")]
        during: Option<String>,
        /// How the world stood at the end of this day: pacts in force, wars, claims, who is in office.
        #[arg(long, value_name = "DAY", conflicts_with_all = ["kind", "about", "during"])]
        as_of: Option<String>,
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        show: Show,
    },
    /// Draw who held what on a day.
    #[command(
        after_help = "Examples:\n  jonbar map 1938-09-01                                (as a table)\n  jonbar map \
                            1938-09-01 --svg map.svg --claims --pacts\n  jonbar map 1940-08-01 --geojson map.geojson"
    )]
    Map {
        /// The day.
        day: String,
        /// Stripe land that is openly claimed by another.
        #[arg(long)]
        claims: bool,
        /// Draw pacts of two in force as lines between capitals.
        #[arg(long)]
        pacts: bool,
        /// Write the map as a picture.
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
        /// Write the pieces of land with their holders as GeoJSON.
        #[arg(long, value_name = "FILE")]
        geojson: Option<PathBuf>,
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        show: Show,
    },
    /// Open a page on this computer to ask and explore in the browser. A question may take a minute there; at the terminal
    /// it may take as long as it needs.
    #[command(after_help = "Examples:\n  jonbar serve\n  jonbar serve --port 8123 --no-browser")]
    Serve {
        /// Port on this computer; 0 takes a free one.
        #[arg(long, default_value_t = 8017)]
        port: u16,
        /// Do not open the browser.
        #[arg(long)]
        no_browser: bool,
        /// Let other computers in at this address instead of this computer alone. Anybody who reaches it can make this
        /// computer compute; there is no password.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<std::net::IpAddr>,
        /// Keep the questions asked in this file instead of the usual place for data of programs. The last fifteen pasted
        /// texts are kept with them, so that their links work again after a restart; the page can delete all of it.
        #[arg(long, value_name = "FILE")]
        history: Option<PathBuf>,
        #[command(flatten)]
        source: Source,
    },
    /// Make a casebook of 1816-2018 from your copies of ATOP, MID, ICOW, Correlates of War, Archigos and Polity.
    #[command(
        after_help = "Files are recognised by their columns, whatever their names; .csv and .csv.gz. Those that are none of \
                            the data sets are passed over.\n\nExamples:\n  jonbar import ~/data --out world/\n  jonbar import \
                            states2016.csv atop5_0.csv MIDB_5.0.csv --out world/ --from 1870 --to 1945\n  jonbar fit \
                            --casebook world/ --kind armed_dispute\n  jonbar claim \"Nonaggression pacts were usually \
                            broken\" --casebook world/"
    )]
    Import {
        /// Files, or folders with files.
        #[arg(required = true, value_name = "DATA")]
        data: Vec<PathBuf>,
        /// Folder of the casebook to make; must not be there yet.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Leave lines out that are damaged (a broken quotation mark, a missing cell) instead of refusing the file.
        #[arg(long)]
        skip_damaged: bool,
        /// First year.
        #[arg(long, value_name = "YEAR", default_value_t = 1816, value_parser = clap::value_parser!(i32).range(1816..=2018))]
        from: i32,
        /// Last year.
        #[arg(long, value_name = "YEAR", default_value_t = 2018, value_parser = clap::value_parser!(i32).range(1816..=2018))]
        to: i32,
    },
    /// How often alliances were honoured in the wars that called for them, from the data of Berkemeier and Fuhrmann.
    #[command(after_help = "Example:\n  jonbar commitments berkemeier_fuhrmann_2018.csv")]
    Commitments {
        /// Their replication data as CSV.
        file: PathBuf,
        #[command(flatten)]
        show: Show,
    },
    /// Check a casebook and report every problem with file, line and column.
    #[command(
        after_help = "Examples:\n  jonbar check                (the casebook built in)\n  jonbar check my-casebook/"
    )]
    Check {
        /// Folder of the casebook; the built-in one if not given.
        dir: Option<PathBuf>,
    },
    /// Print the fitted coefficients with intervals, exposure and event counts.
    #[command(after_help = "Examples:\n  jonbar fit\n  jonbar fit --kind war_begun --json")]
    Fit {
        /// Only this kind of event.
        #[arg(long)]
        kind: Option<String>,
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        show: Show,
    },
    /// List the effects that the model file of a casebook may name, with what each is.
    #[command(after_help = "Examples:\n  jonbar effects\n  jonbar effects --casebook mine")]
    Effects {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        show: Show,
    },
    /// Show how the model would have forecast each year from the years before it.
    #[command(
        after_help = "Examples:\n  jonbar score\n  jonbar score --kind territorial_demand --years 5\n  \
                            jonbar score --json > score.json"
    )]
    Score {
        /// Only this kind of event.
        #[arg(long)]
        kind: Option<String>,
        /// Years that a forecast looks ahead.
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(i32).range(1..=20))]
        years: i32,
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        show: Show,
    },
}

/// Which casebook.
#[derive(Args, Clone)]
pub(crate) struct Source {
    /// Folder of another casebook than the built-in one.
    #[arg(long, value_name = "DIR")]
    pub casebook: Option<PathBuf>,
}

/// How to compute.
#[derive(Args, Clone)]
pub(crate) struct Compute {
    /// Alternative histories per what-if.
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub runs: u32,
    /// Seed of all chance: the same seed gives the same answer on any machine and number of threads.
    #[arg(long, default_value_t = 1932)]
    pub seed: u64,
    /// Threads to use; the answer does not depend on it.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Forget what really happened after the change: a forecast from that day, without hindsight.
    #[arg(long)]
    pub fresh_noise: bool,
    /// Set the effect of a pact in force by hand: fitted, none, or strong (it halves every rate it bears on).
    #[arg(long, value_name = "EFFECT")]
    pub pact_effect: Option<String>,
    /// Hold a kind of event at the record: none new, and none lost but with its cause. May be given more than once.
    #[arg(long, value_name = "KIND")]
    pub hold: Vec<String>,
    /// The change happens on this day instead.
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Leave out the N-th change of a what-if. May be given more than once.
    #[arg(long, value_name = "N")]
    pub leave_out: Vec<usize>,
    /// Compute also with the other sets of effects of the model file, and average by how well each forecasts.
    #[arg(long)]
    pub models: bool,
    /// Compute also with other readings of dates that sources give differently, or know to a month or a year only.
    #[arg(long)]
    pub dates: bool,
    /// Save the run, to be repeated with `jonbar replay FILE`.
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    #[command(flatten)]
    pub source: Source,
}

/// How to show.
#[derive(Args, Clone)]
pub(crate) struct Show {
    /// Print JSON.
    #[arg(long, conflicts_with_all = ["markdown", "bbcode", "plain"])]
    pub json: bool,
    /// Print Markdown.
    #[arg(long, conflicts_with_all = ["bbcode", "plain"])]
    pub markdown: bool,
    /// Print BBCode for a forum post.
    #[arg(long, conflicts_with = "plain")]
    pub bbcode: bool,
    /// Print without colour, lines or bars: for scripts and screen readers.
    #[arg(long)]
    pub plain: bool,
    /// Also write one self-contained HTML page.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Also write every table as a CSV file into this folder.
    #[arg(long, value_name = "DIR")]
    pub csv: Option<PathBuf>,
    /// Also write the dated entries, with sample histories beside them, as a timeline for TimelineJS.
    #[arg(long, value_name = "FILE")]
    pub timeline: Option<PathBuf>,
}

/// Does what was asked.
pub(crate) fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Ask { question, compute, show } => ask::ask(&question, &compute, &show),
        Command::Run { whatif, out: Some(folder), resume, compute, .. } => {
            stream::stream(&whatif, &folder, resume, &compute)
        }
        Command::Run { whatif, out: None, compute, show, .. } => ask::run(&whatif, &compute, &show),
        Command::Whatifs { source, print } => ask::whatifs(&source, print.as_deref()),
        Command::Replay { file, source, threads } => runfile::replay(&file, &source, threads),
        Command::Record { between, of, kind, about, during, as_of, source, show } => {
            record::record(&record::Asked { between, of, kind, about, during, as_of }, &source, &show)
        }
        Command::Compare { pairs, kind, at, claims_of, source, show } => {
            compare::compare(&pairs, &kind, at.as_deref(), claims_of.as_deref(), &source, &show)
        }
        Command::Read { file, source, show } => read::read(&file, &source, &show),
        Command::Cite { what, csl, source } => cite::cite(&what, csl, &source),
        Command::New { dir } => casebook::new(&dir),
        Command::Serve { port, no_browser, listen, history, source } => {
            serve::serve(port, listen, !no_browser, history, &source)
        }
        Command::Import { data, out, skip_damaged, from, to } => {
            import::import(&data, &out, skip_damaged, (from, to))
        }
        Command::Commitments { file, show } => commitments::commitments(&file, &show),
        Command::Map { day, claims, pacts, svg, geojson, source, show } => {
            let layers = jonbar_answer::writers::MapLayers { claims, pacts };
            map::map(&day, layers, (svg.as_deref(), geojson.as_deref()), &source, &show)
        }
        Command::Check { dir } => casebook::check(dir.as_deref()),
        Command::Fit { kind, source, show } => ask::fit(kind.as_deref(), &source, &show),
        Command::Effects { source, show } => ask::effects(&source, &show),
        Command::Score { kind, years, source, show } => ask::score(kind.as_deref(), years, &source, &show),
    }
}
