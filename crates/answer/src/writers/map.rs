//! A map of who held what on a day, with claims as stripes and pacts as ties between capitals.

use std::collections::BTreeMap;

use jonbar_record::{ActorId, Day, PactType, Record, Shape};
use maud::{Markup, html};

use super::format;
use super::svg::px;
use crate::answer::{Datum, Holders, HoldersOn, Table};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 640.0;
/// Points nearer than this to the one before are left out.
const NEAR: f64 = 0.5;
/// Longitudes and latitudes drawn: Europe with Turkey and the western Soviet Union.
const WINDOW: [f64; 4] = [-11.0, 47.0, 33.5, 70.5];
/// Standard parallels and centre of the projection, in degrees.
const PARALLELS: (f64, f64) = (40.0, 62.0);
const CENTRE: f64 = 17.0;
/// Share of the sheet left free on each side of other land.
const MARGIN: f64 = 0.04;
/// Tints that neighbours take in turn; text on them keeps a contrast of at least 4.5 to 1.
const TINTS: usize = 7;

/// What is drawn over the lands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MapLayers {
    /// Claims stated openly that day, as stripes.
    pub claims: bool,
    /// Pacts of two in force that day, as lines between capitals.
    pub pacts: bool,
}

/// Longitudes and latitudes drawn, and Lambert's conformal conic projection of them.
struct Sheet {
    /// Standard parallels, in radians.
    parallels: (f64, f64),
    /// The meridian that stands upright, in degrees.
    centre: f64,
    left: f64,
    top: f64,
    scale: f64,
}

impl Sheet {
    /// Europe, where the casebook has land there; otherwise all the land that it has.
    fn of(record: &Record) -> Sheet {
        let points = || record.shapes.iter().flat_map(|s| &s.polygons).flatten().flatten();
        let within = |(lon, lat): &(f64, f64)| {
            (WINDOW[0]..WINDOW[1]).contains(lon) && (WINDOW[2]..WINDOW[3]).contains(lat)
        };
        if points().next().is_none() || points().any(within) {
            return Sheet::europe();
        }
        let everywhere = [f64::MAX, f64::MIN, f64::MAX, f64::MIN];
        let [west, east, south, north] = points().fold(everywhere, |[w, e, s, n], (lon, lat)| {
            [w.min(*lon), e.max(*lon), s.min(*lat), n.max(*lat)]
        });
        let sixth = (north - south) / 6.0;
        let (mut low, high) = (south + sixth, north - sixth);
        // Parallels on either side of the equator as far from it make no cone.
        if (low + high).abs() < 1.0 {
            low -= 4.0;
        }
        let mut sheet = Sheet::unscaled((low, high), (west + east) / 2.0);
        let placed: Vec<(f64, f64)> = points().map(|(lon, lat)| sheet.project(*lon, *lat)).collect();
        let [left, right, bottom, top] = placed
            .iter()
            .fold(everywhere, |[l, r, b, t], (x, y)| [l.min(*x), r.max(*x), b.min(*y), t.max(*y)]);
        let (wide, tall) = ((right - left).max(1e-6), (top - bottom).max(1e-6));
        sheet.scale = (1.0 - 2.0 * MARGIN) * (WIDTH / wide).min(HEIGHT / tall);
        sheet.left = left - (WIDTH / sheet.scale - wide) / 2.0;
        sheet.top = top + (HEIGHT / sheet.scale - tall) / 2.0;
        sheet
    }

    /// Europe fills the sheet from edge to edge.
    fn europe() -> Sheet {
        let [west, east, south, north] = WINDOW;
        let mut sheet = Sheet::unscaled(PARALLELS, CENTRE);
        let (x0, x1) = (sheet.project(west, 45.0).0, sheet.project(east, 45.0).0);
        let (y0, y1) = (sheet.project(CENTRE, north).1, sheet.project(CENTRE, south).1);
        sheet.scale = (WIDTH / (x1 - x0)).max(HEIGHT / (y0 - y1));
        (sheet.left, sheet.top) = (x0, y0);
        sheet
    }

    fn unscaled(parallels: (f64, f64), centre: f64) -> Sheet {
        let parallels = (parallels.0.to_radians(), parallels.1.to_radians());
        Sheet { parallels, centre, left: 0.0, top: 0.0, scale: 1.0 }
    }

    /// Onto the unit sphere (Snyder 1987, Map Projections: A Working Manual, equations 15-1 to 15-5), in its own units.
    fn project(&self, lon: f64, lat: f64) -> (f64, f64) {
        let (p1, p2) = self.parallels;
        let tan = |p: f64| libm::tan(std::f64::consts::FRAC_PI_4 + p / 2.0);
        let n = if (p1 - p2).abs() < 1e-6 {
            libm::sin(p1)
        } else {
            libm::log(libm::cos(p1) / libm::cos(p2)) / libm::log(tan(p2) / tan(p1))
        };
        let f = libm::cos(p1) * libm::pow(tan(p1), n) / n;
        let rho = f / libm::pow(tan((lat.clamp(-80.0, 85.0)).to_radians()), n);
        let theta = n * (lon - self.centre).to_radians();
        (rho * libm::sin(theta), -rho * libm::cos(theta))
    }

    fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        let (x, y) = self.project(lon, lat);
        ((x - self.left) * self.scale, (self.top - y) * self.scale)
    }

    fn shows(x: f64, y: f64) -> bool {
        (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y)
    }
}

/// The outline of a shape as path data; `None` if nothing of it is on the sheet.
fn outline(sheet: &Sheet, shape: &Shape) -> Option<String> {
    let mut path = String::new();
    for rings in &shape.polygons {
        let points: Vec<Vec<(f64, f64)>> =
            rings.iter().map(|r| r.iter().map(|(lon, lat)| sheet.at(*lon, *lat)).collect()).collect();
        let Some(outer) = points.first() else { continue };
        let near =
            |(x, y): &(f64, f64)| (-80.0..=WIDTH + 80.0).contains(x) && (-80.0..=HEIGHT + 80.0).contains(y);
        if !outer.iter().any(near) {
            continue;
        }
        for ring in &points {
            let mut last: Option<(f64, f64)> = None;
            for &(x, y) in ring {
                // Points that fall together on the sheet are drawn once.
                let here = ((10.0 * x).round() / 10.0, (10.0 * y).round() / 10.0);
                let apart = |(a, b): (f64, f64)| (a - here.0).abs().max((b - here.1).abs());
                if last.is_none_or(|l| apart(l) >= NEAR) {
                    path.push_str(if last.is_none() { "M" } else { "L" });
                    path.push_str(&format!("{} {}", here.0, here.1));
                    last = Some(here);
                }
            }
            path.push('Z');
        }
    }
    (!path.is_empty()).then_some(path)
}

/// Area and middle of the largest polygon on the sheet that an actor holds, for its name.
fn middle(sheet: &Sheet, shapes: &[&Shape]) -> Option<(f64, f64, f64)> {
    let mut best: Option<(f64, f64, f64)> = None;
    for ring in shapes.iter().flat_map(|s| &s.polygons).filter_map(|p| p.first()) {
        let points: Vec<(f64, f64)> = ring
            .iter()
            .map(|(lon, lat)| sheet.at(*lon, *lat))
            .map(|(x, y)| (x.clamp(0.0, WIDTH), y.clamp(0.0, HEIGHT)))
            .collect();
        let (mut area, mut cx, mut cy) = (0.0, 0.0, 0.0);
        for pair in points.windows(2) {
            let cross = pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1;
            area += cross;
            cx += (pair[0].0 + pair[1].0) * cross;
            cy += (pair[0].1 + pair[1].1) * cross;
        }
        if area.abs() > 1.0 && best.is_none_or(|(a, ..)| area.abs() > a) {
            best = Some((area.abs(), cx / (3.0 * area), cy / (3.0 * area)));
        }
    }
    best
}

/// A tint for each actor, another than those of the states it ever bordered, great powers first.
fn tints(record: &Record) -> Vec<usize> {
    let n = record.actors.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&a| !record.actors[a].great_power);
    let mut tints = vec![usize::MAX; n];
    for a in order {
        let taken: Vec<usize> = record
            .borders
            .iter()
            .filter_map(|b| {
                if b.a.0 == a {
                    Some(b.b.0)
                } else if b.b.0 == a {
                    Some(b.a.0)
                } else {
                    None
                }
            })
            .map(|b| tints[b])
            .collect();
        // Where all are taken by neighbours, the one taken least.
        tints[a] = (0..TINTS)
            .min_by_key(|t| (taken.iter().filter(|x| *x == t).count(), (t + a) % TINTS))
            .unwrap_or(0);
    }
    tints
}

/// Who holds each shape on a day.
fn holders(record: &Record, day: Day) -> Vec<Option<ActorId>> {
    record.shapes.iter().map(|s| record.holder_of_shape(s, day)).collect()
}

/// Openly stated claims of a day to land that another holds: shape and claimant.
fn claims(record: &Record, day: Day, holders: &[Option<ActorId>]) -> Vec<(usize, ActorId)> {
    let mut found = Vec::new();
    for claim in record.claims.iter().filter(|c| c.live.contains(day) && c.is_asserted(day)) {
        for (i, shape) in record.shapes.iter().enumerate() {
            if shape.territory == Some(claim.territory) && holders[i].is_some_and(|h| h != claim.claimant) {
                found.push((i, claim.claimant));
            }
        }
    }
    found
}

/// Who holds what in the alternatives, as a table.
pub(super) fn holders_table(holders: &Holders) -> Table {
    let shown = holders.shown().map_or_else(Table::default, |on| holders_on_table(on, holders.runs));
    Table { title: holders.title.clone(), intro: holders.intro.clone(), ..shown }
}

/// The same on one day.
pub fn holders_on_table(on: &HoldersOn, runs: u32) -> Table {
    let of = |share: f64| format::share(share, runs);
    let rows = on
        .rows
        .iter()
        .map(|row| {
            let with: Vec<String> =
                row.with.iter().map(|(_, name, share)| format!("{name} {}", of(*share))).collect();
            vec![
                Datum::Text(row.name.clone()),
                row.record.clone().map_or(Datum::None, Datum::Text),
                Datum::Text(with.join("; ")),
            ]
        })
        .collect();
    Table {
        title: format!(
            "Who holds what on {}",
            jonbar_record::Window::parse(&on.day).map_or(on.day.clone(), |w| w.from.long())
        ),
        intro: String::new(),
        columns: ["land", "in our timeline", "with the change"].map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    }
}

/// The map of the alternatives: each piece in the tint of whoever holds it most often, and in how many of a hundred that is
/// another than the record's. The more alternatives agree on the holder, the fuller the tint.
pub fn holders_map(record: &Record, shown: &HoldersOn, runs: u32) -> Option<Markup> {
    let day = jonbar_record::Window::parse(&shown.day).ok()?.from;
    let sheet = Sheet::of(record);
    let tints = tints(record);
    let recorded = holders(record, day);
    let row_of = |shape: &Shape| {
        let id = &record.territories[shape.territory?.0].id;
        shown.rows.iter().find(|r| r.territory == *id)
    };
    let mut pieces: Vec<(String, String, String, f64)> = Vec::new();
    let mut marks: Vec<(f64, f64, String)> = Vec::new();
    for (shape, holder) in record.shapes.iter().zip(&recorded) {
        let Some(path) = outline(&sheet, shape) else { continue };
        let row = row_of(shape);
        let most = row.and_then(|r| r.with.first());
        let actor = match most {
            Some((code, ..)) => record.actor(code),
            None => *holder,
        };
        let name = actor.map_or("no state of the casebook", |a| record.actors[a.0].name.as_str());
        let class = actor.map_or("nobody".to_owned(), |a| format!("tint-{}", tints[a.0]));
        let title = match row {
            Some(r) => {
                let all: Vec<String> =
                    r.with.iter().map(|(_, n, p)| format!("{n} {}", format::share(*p, runs))).collect();
                format!("{}: {}", r.name, all.join("; "))
            }
            None => shape
                .territory
                .map_or(name.to_owned(), |t| format!("{}: {name}", record.territories[t.0].name)),
        };
        if let Some(r) = row
            && let Some((area, x, y)) = middle(&sheet, &[shape])
            && Sheet::shows(x, y)
            && area > 60.0
        {
            let same: f64 = r
                .with
                .iter()
                .filter(|w| r.record.as_ref().map_or(w.0.is_empty(), |name| *name == w.1))
                .map(|w| w.2)
                .sum();
            marks.push((x, y, format!("{:.0}", 100.0 * (1.0 - same))));
        }
        let share = most.map_or(1.0, |m| m.2);
        let class = format!("land {class}{}", if row.is_some() { " moved" } else { "" });
        pieces.push((path, class, title, 0.35 + 0.65 * share));
    }
    let title = format!("Map of {}: who holds what in the alternatives", day.long());
    Some(html! {
        svg class="map" role="img" aria-label=(title) width=(WIDTH) height=(HEIGHT + 58.0)
            viewBox={ "0 0 " (WIDTH) " " (HEIGHT + 58.0) } {
            title { (title) }
            desc { "Alternative, computed, not recorded. The same as a table stands below." }
            defs { clipPath id={ "alternative-" (shown.day) "-" (runs) } { rect width=(WIDTH) height=(HEIGHT) {} } }
            rect class="sea" width=(WIDTH) height=(HEIGHT) {}
            g clip-path={ "url(#alternative-" (shown.day) "-" (runs) ")" } {
                @for (path, class, title, share) in &pieces {
                    path class=(class) fill-opacity=(format!("{share:.2}")) d=(path) { title { (title) } }
                }
                @for (x, y, number) in &marks { text class="small" x=(px(*x)) y=(px(y + 4.0)) text-anchor="middle" { (number) } }
            }
            text class="small" x="4" y=(HEIGHT + 16.0) {
                "ALTERNATIVE, computed, not recorded. " (day.long()) ". A fill means who holds the land most often; pale: in few."
            }
            text class="small" x="4" y=(HEIGHT + 34.0) {
                "A number: in so many of 100 histories the land is another's than in our timeline."
            }
            text class="small" x="4" y=(HEIGHT + 52.0) { (record.map_credit) }
        }
    })
}

/// The map of a day.
pub fn map_svg(record: &Record, day: Day, layers: MapLayers) -> Markup {
    let sheet = Sheet::of(record);
    let tints = tints(record);
    let holders = holders(record, day);
    let outlines: Vec<Option<String>> = record.shapes.iter().map(|s| outline(&sheet, s)).collect();
    let claimed = if layers.claims { claims(record, day, &holders) } else { Vec::new() };
    let mut lands: BTreeMap<ActorId, Vec<&Shape>> = BTreeMap::new();
    for (shape, holder) in record.shapes.iter().zip(&holders) {
        if let Some(holder) = holder {
            lands.entry(*holder).or_default().push(shape);
        }
    }
    let labels: Vec<(String, f64, f64, bool)> = lands
        .iter()
        .filter_map(|(actor, shapes)| {
            // The name stands in the heartland, not on an island or a conquest that is larger on the sheet.
            let core: Vec<&Shape> = shapes.iter().copied().filter(|s| s.core == Some(*actor)).collect();
            let (area, x, y) = middle(&sheet, &core).or_else(|| middle(&sheet, shapes))?;
            let (name, large) = (record.actors[actor.0].name.clone(), area > 9000.0);
            let half = name.chars().count() as f64 * if large { 4.2 } else { 3.0 };
            (Sheet::shows(x, y) && area > 150.0).then(|| (name, x.clamp(half, WIDTH - half), y, large))
        })
        .collect();
    let title = format!("Map on {}: who held what", day.long());
    let name = |h: Option<ActorId>| {
        h.map_or("held by no state of the casebook", |a| record.actors[a.0].name.as_str())
    };
    html! {
        svg class="map" role="img" aria-label=(title) width=(WIDTH) height=(HEIGHT + 76.0)
            viewBox={ "0 0 " (WIDTH) " " (HEIGHT + 76.0) } {
            title { (title) }
            desc { "The same as a table stands below." }
            defs {
                clipPath id="sheet" { rect width=(WIDTH) height=(HEIGHT) {} }
                @for tint in 0..TINTS {
                    pattern id={ "stripes-" (tint) } width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                        rect class={ "tint-" (tint) } width="5" height="8" {}
                        path class="stripe" d="M0 0V8" {}
                    }
                }
            }
            rect class="sea" width=(WIDTH) height=(HEIGHT) {}
            g clip-path="url(#sheet)" {
                @for (i, path) in outlines.iter().enumerate() {
                    @if let Some(path) = path {
                        path class={ "land " (holders[i].map_or("nobody".to_owned(), |h| format!("tint-{}", tints[h.0]))) } d=(path) {
                            title { (record.shapes[i].territory.map_or(name(holders[i]), |t| record.territories[t.0].name.as_str())) ": " (name(holders[i])) }
                        }
                    }
                }
                @for (i, claimant) in &claimed {
                    @if let Some(path) = &outlines[*i] {
                        path class="claimed" fill={ "url(#stripes-" (tints[claimant.0]) ")" } d=(path) {
                            title { (name(Some(*claimant))) " claims it openly; held by " (name(holders[*i])) }
                        }
                    }
                }
                @if layers.pacts { (ties(record, &sheet, day)) }
                @for (actor, _) in lands.iter() {
                    @if let Some((lat, lon)) = record.actors[actor.0].position {
                        @let (x, y) = sheet.at(lon, lat);
                        @if Sheet::shows(x, y) { circle class="capital" cx=(px(x)) cy=(px(y)) r="2.5" {} }
                    }
                }
                @for (label, x, y, large) in &labels {
                    text class=(if *large { "name" } else { "small" }) x=(px(*x)) y=(px(*y)) text-anchor="middle" { (label) }
                }
            }
            text class="small" x="4" y=(HEIGHT + 16.0) {
                (day.long()) ", by the record. A fill means who holds the land; grey: no state of the casebook then."
            }
            text class="small" x="4" y=(HEIGHT + 34.0) {
                "Land that never was any of theirs is left out. "
                @if layers.claims { "Striped in the tint of a state: claimed by it openly." }
            }
            text class="small" x="4" y=(HEIGHT + 52.0) {
                @if layers.pacts { "Pacts of two: thick line mutual assistance, thin non-aggression, dashed consultation." }
            }
            text class="small" x="4" y=(HEIGHT + 70.0) { (record.map_credit) }
        }
    }
}

/// Pacts of two in force as lines between capitals.
fn ties(record: &Record, sheet: &Sheet, day: Day) -> Markup {
    let place = |a: ActorId| record.actors[a.0].position.map(|(lat, lon)| sheet.at(lon, lat));
    let mut lines: Vec<(String, &str, String)> = Vec::new();
    for pact in record.pacts.iter().filter(|p| p.is_bilateral() && p.in_force(day)) {
        let class = match pact.main_type() {
            PactType::Defence | PactType::Guarantee => "tie thick",
            PactType::Nonaggression | PactType::Neutrality => "tie",
            PactType::Consultation | PactType::Friendship => "tie dashed",
            PactType::Peace | PactType::Other => continue,
        };
        let (Some(a), Some(b)) = (place(pact.parties[0]), place(pact.parties[1])) else { continue };
        if Sheet::shows(a.0, a.1) || Sheet::shows(b.0, b.1) {
            lines.push((
                format!("M{} {}L{} {}", px(a.0), px(a.1), px(b.0), px(b.1)),
                class,
                pact.name.clone(),
            ));
        }
    }
    html! { @for (path, class, name) in &lines { path class=(class) d=(path) { title { (name) } } } }
}

/// The same as a table: each territory with its holder and who claims it openly.
pub fn map_table(record: &Record, day: Day) -> Table {
    let name = |a: ActorId| record.actors[a.0].name.clone();
    let rows = record
        .territories
        .iter()
        .enumerate()
        .map(|(t, territory)| {
            let id = jonbar_record::TerritoryId(t);
            let holder = record.holder(id, day);
            let claimants: Vec<String> = record
                .claims
                .iter()
                .filter(|c| {
                    c.territory == id
                        && c.live.contains(day)
                        && c.is_asserted(day)
                        && Some(c.claimant) != holder
                })
                .map(|c| name(c.claimant))
                .collect();
            vec![
                Datum::Text(territory.name.clone()),
                holder.map_or(Datum::None, |h| Datum::Text(name(h))),
                if claimants.is_empty() { Datum::None } else { Datum::Text(claimants.join(", ")) },
            ]
        })
        .collect();
    Table {
        title: format!("Who held what on {}", day.long()),
        intro: "Territories of the casebook: land that changed hands or was claimed, and the homelands of small states.".to_owned(),
        columns: ["territory", "holder", "claimed openly by"].map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    }
}

/// The map of a day as GeoJSON: each piece of land with its holder.
pub fn map_geojson(record: &Record, day: Day) -> String {
    let features: Vec<serde_json::Value> = record
        .shapes
        .iter()
        .map(|s| {
            let holder = record.holder_of_shape(s, day);
            serde_json::json!({
                "type": "Feature",
                "properties": {
                    "id": s.id,
                    "name": s.territory.map(|t| record.territories[t.0].name.clone()),
                    "holder": holder.map(|h| record.actors[h.0].code.clone()),
                    "holder_name": holder.map(|h| record.actors[h.0].name.clone()),
                    "date": day.to_string(),
                },
                "geometry": { "type": "MultiPolygon", "coordinates": s.polygons },
            })
        })
        .collect();
    serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string() + "\n"
}

/// A picture of its own: the map with its style inside.
pub fn map_file(record: &Record, day: Day, layers: MapLayers) -> String {
    let body = map_svg(record, day, layers).into_string();
    let style = format!(
        "<style>:root{{{LIGHT}}}{MAP_STYLE}svg text{{font-family:sans-serif;font-size:14px}}svg .small{{font-size:11px}}</style>"
    );
    let head = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
    let at = body.find('>').map_or(0, |i| i + 1);
    format!("{}{style}{}\n", body[..at].replacen("<svg", head, 1), &body[at..])
}

/// Colours of a file that stands alone.
const LIGHT: &str = "--bg:#fff;--fg:#1b1b1b;--line:#767676;--panel:#f3f4f6;--with:#0b4f9e;--without:#8a3b00;";

/// Added to the style of pages with a map.
pub const MAP_STYLE: &str = "
:root{--sea:#dfeaf2;--nobody:#d6d6d6;--t0:#e8d9b5;--t1:#c9dfc0;--t2:#e6c7c1;--t3:#cfd3ea;--t4:#e9e3a6;--t5:#cfe3e2;--t6:#e0cbe0}
@media (prefers-color-scheme:dark){:root:has(.site){--sea:#1d2a33;--nobody:#3a3d42;--t0:#5c5033;--t1:#37533a;--t2:#5e3f3a;--t3:#3c4468;
--t4:#56521f;--t5:#2f5352;--t6:#523c54}}
svg .sea{fill:var(--sea)}svg .nobody{fill:var(--nobody)}
svg .tint-0{fill:var(--t0)}svg .tint-1{fill:var(--t1)}svg .tint-2{fill:var(--t2)}svg .tint-3{fill:var(--t3)}
svg .tint-4{fill:var(--t4)}svg .tint-5{fill:var(--t5)}svg .tint-6{fill:var(--t6)}
svg .land{stroke:var(--line);stroke-width:.5}svg .stripe{stroke:var(--without);stroke-width:1.4}
svg .moved{stroke:var(--without);stroke-width:1.6}
svg .claimed{stroke:var(--without);stroke-width:1.2}
svg .capital{fill:var(--fg);stroke:var(--bg);stroke-width:1}
svg .tie{fill:none;stroke:var(--with);stroke-width:1.3}svg .thick{stroke-width:3.2}svg .dashed{stroke-dasharray:4 4}
svg text{fill:var(--fg);paint-order:stroke;stroke:var(--bg);stroke-width:3px;stroke-linejoin:round}
svg.map{width:100%;min-width:34rem;height:auto}
";
