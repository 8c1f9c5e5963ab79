//! The map of a casebook: pieces of land as polygons.

use serde::Deserialize;

use crate::entities::{ActorId, Record, TerritoryId};
use crate::problem::{Problem, line_column};

/// The file of the map in a casebook.
pub(crate) const FILE: &str = "territories.geojson";

/// A piece of land. Pieces do not overlap, and neighbours share the points of their border.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its id in the file.
    pub id: String,
    /// The territory that it is, if it is one of the casebook's.
    pub territory: Option<TerritoryId>,
    /// The state of which it is the heartland.
    pub core: Option<ActorId>,
    /// Polygons, each an outer ring with its holes; points are longitude and latitude in degrees, the last one the first.
    pub polygons: Vec<Vec<Vec<(f64, f64)>>>,
}

#[derive(Deserialize)]
struct Collection {
    /// Whose work it is.
    #[serde(default)]
    attribution: String,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    id: String,
    core: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Vec<(f64, f64)>>),
    MultiPolygon(Vec<Vec<Vec<(f64, f64)>>>),
}

/// Reads the map and holds its names against the record.
pub(crate) fn read_shapes(text: &str, record: &mut Record, problems: &mut Vec<Problem>) {
    let collection: Collection = match serde_json::from_str(text) {
        Ok(collection) => collection,
        Err(e) => {
            problems.push(
                Problem::at(FILE, e.line() as u64, e.column() as u64, format!("not a map: {e}")).help(
                    "a FeatureCollection of Polygon and MultiPolygon features, each with the property `id`",
                ),
            );
            return;
        }
    };
    record.map_credit = collection.attribution;
    for feature in collection.features {
        let Properties { id, core } = feature.properties;
        let place = |name: &str| {
            let at = text.find(&format!("\"{name}\"")).unwrap_or(0);
            line_column(text, at)
        };
        let mut refuse = |name: &str, message: String, help: &str| {
            let (line, column) = place(name);
            problems.push(Problem::at(FILE, line, column, message).help(help));
        };
        let actor = core.as_deref().map(|code| (code, record.actor(code)));
        if let Some((code, None)) = actor {
            refuse(code, format!("unknown actor `{code}`"), "write a code of actors.csv as `core`");
        }
        let territory = record.territory(&id);
        if territory.is_none() && core.is_none() {
            refuse(
                &id,
                format!("unknown territory `{id}`"),
                "add it to territories.csv, or say whose `core` it is",
            );
        }
        if record.shapes.iter().any(|s| s.id == id) {
            refuse(&id, format!("the id `{id}` is used twice"), "make one MultiPolygon of the two");
        }
        let polygons = match feature.geometry {
            Geometry::Polygon(rings) => vec![rings],
            Geometry::MultiPolygon(polygons) => polygons,
        };
        let closed = |ring: &Vec<(f64, f64)>| ring.len() >= 4 && ring.first() == ring.last();
        let placed = |p: &(f64, f64)| p.0.abs() <= 180.0 && p.1.abs() <= 90.0;
        if !polygons.iter().flatten().all(|ring| closed(ring) && ring.iter().all(placed)) {
            refuse(
                &id,
                format!("the outline of `{id}` is not closed or leaves the globe"),
                "the last point of a ring must be its first; longitude comes before latitude",
            );
            continue;
        }
        let core = actor.and_then(|(_, a)| a);
        record.shapes.push(Shape { id, territory, core, polygons });
    }
}
