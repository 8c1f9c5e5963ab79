//! The graph of differences: boxes in columns by distance from the change, lines as thick as they are common.

use maud::{Markup, html};

use super::blocks::{clean, strings};
use super::format;
use super::svg::{px, short};
use crate::answer::{Datum, Graph, GraphNode, Table};

const BOX_WIDTH: f64 = 172.0;
const COLUMN: f64 = 204.0;
const LINE: f64 = 14.0;
const GAP: f64 = 12.0;
const TOP: f64 = 8.0;
/// Letters in a line of a box, and lines.
const LETTERS: usize = 24;
const LINES_MAX: usize = 4;
/// Columns drawn; what lies farther off stands in the last.
const COLUMNS_MAX: usize = 4;

/// The same as a table: each line with its number of histories, the commonest first.
pub(super) fn table(graph: &Graph) -> Table {
    let mut links: Vec<_> = graph.links.iter().collect();
    links.sort_by_key(|l| (std::cmp::Reverse(l.count), l.from, l.to));
    let name = |i: usize| graph.nodes.get(i).map_or(String::new(), |n| n.label.clone());
    Table {
        title: graph.title.clone(),
        intro: graph.intro.clone(),
        columns: strings(&["cause", "what it brings about", "share of histories"]),
        rows: links
            .into_iter()
            .map(|l| {
                let share = f64::from(l.count) / f64::from(graph.runs.max(1));
                vec![Datum::Text(name(l.from)), Datum::Text(name(l.to)), Datum::Share(share)]
            })
            .collect(),
        notes: Vec::new(),
    }
}

struct Placed {
    x: f64,
    y: f64,
    height: f64,
    lines: Vec<String>,
}

/// A text in lines of a box, cut where it would be too long.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in clean(text).split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(short(word, LETTERS)),
        }
    }
    if lines.len() > LINES_MAX {
        lines.truncate(LINES_MAX);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// The picture.
pub(super) fn picture(graph: &Graph) -> Markup {
    let column = |n: &GraphNode| n.depth.min(COLUMNS_MAX - 1);
    let mut foot = [TOP; COLUMNS_MAX];
    let placed: Vec<Placed> = graph
        .nodes
        .iter()
        .map(|node| {
            let lines = lines(&node.label);
            let height = LINE * (lines.len() as f64 + 1.0) + 8.0;
            let y = foot[column(node)];
            foot[column(node)] += height + GAP;
            Placed { x: 4.0 + COLUMN * column(node) as f64, y, height, lines }
        })
        .collect();
    let columns = graph.nodes.iter().map(column).max().unwrap_or(0) + 1;
    let width = COLUMN * columns as f64 - (COLUMN - BOX_WIDTH) + 8.0;
    let height = foot.iter().fold(0.0_f64, |a, b| a.max(*b)) + 24.0;
    let forward = |from: usize, to: usize| column(&graph.nodes[from]) < column(&graph.nodes[to]);
    let ribbons: Vec<(String, f64, String)> = graph
        .links
        .iter()
        .filter(|l| l.from < placed.len() && l.to < placed.len() && forward(l.from, l.to))
        .map(|l| {
            let (a, b) = (&placed[l.from], &placed[l.to]);
            let (x0, y0) = (a.x + BOX_WIDTH, a.y + a.height / 2.0);
            let (x1, y1) = (b.x, b.y + b.height / 2.0);
            let middle = (x0 + x1) / 2.0;
            let path = format!(
                "M{} {}C{} {} {} {} {} {}",
                px(x0),
                px(y0),
                px(middle),
                px(y0),
                px(middle),
                px(y1),
                px(x1),
                px(y1)
            );
            let share = f64::from(l.count) / f64::from(graph.runs.max(1));
            let said = format!(
                "{} brings about {}: {}",
                clean(&graph.nodes[l.from].label),
                clean(&graph.nodes[l.to].label),
                format::share(share, graph.runs)
            );
            (path, 1.0 + 9.0 * share, said)
        })
        .collect();
    html! {
        svg role="img" aria-label=(clean(&graph.title)) width=(px(width)) height=(px(height))
            viewBox={ "0 0 " (px(width)) " " (px(height)) } {
            title { (clean(&graph.title)) }
            desc { "Every line of this graph is in the table below. Alternative, computed, not recorded." }
            @for (path, thick, said) in &ribbons {
                path class="ribbon" stroke-width=(px(*thick)) d=(path) { title { (said) } }
            }
            @for (node, place) in graph.nodes.iter().zip(&placed) {
                rect class="node" x=(px(place.x)) y=(px(place.y)) width=(px(BOX_WIDTH)) height=(px(place.height)) rx="4" {
                    title { (clean(&node.label)) }
                }
                @for (i, line) in place.lines.iter().enumerate() {
                    text class="small" x=(px(place.x + 8.0)) y=(px(place.y + LINE * (i as f64 + 1.0))) { (line) }
                }
                text class="small strong" x=(px(place.x + 8.0)) y=(px(place.y + LINE * (place.lines.len() as f64 + 1.0))) {
                    (format::share(f64::from(node.count) / f64::from(graph.runs.max(1)), graph.runs))
                }
            }
            text class="small" x="4" y=(px(height - 6.0)) { "alternative, computed, not recorded" }
        }
    }
}
