//! `jonbar map`: who held what on a day, as a picture, a table or GeoJSON.

use std::path::Path;

use jonbar_answer::map_report;
use jonbar_answer::writers::{self, MapLayers, map_file, map_geojson};

use crate::cli::{Show, Source};
use crate::record::{outside, single_day};
use crate::{Failure, casebook, output};

/// Draws and shows.
pub(crate) fn map(
    day: &str,
    layers: MapLayers,
    (svg, geojson): (Option<&Path>, Option<&Path>),
    source: &Source,
    show: &Show,
) -> Result<(), Failure> {
    let casebook = casebook::open(source)?;
    let record = &casebook.record;
    let day = single_day("DAY", day)?;
    if let Some(outside) = outside(record, day) {
        return Err(Failure::input(outside));
    }
    if record.shapes.is_empty() && (svg.is_some() || geojson.is_some()) {
        return Err(Failure::input("this casebook has no map: it would be in territories.geojson"));
    }
    if let Some(path) = svg {
        output::write_whole(path, map_file(record, day, layers).as_bytes())?;
        output::notice(&format!("Wrote {}", path.display()));
    }
    if let Some(path) = geojson {
        output::write_whole(path, map_geojson(record, day).as_bytes())?;
        output::notice(&format!("Wrote {}", path.display()));
    }
    let answer = map_report(record, day);
    if output::streams(show) && svg.is_none() && geojson.is_none() {
        output::print(&writers::terminal(std::slice::from_ref(&answer), &output::style(show)))?;
    }
    output::finish(std::slice::from_ref(&answer), show, None)
}
