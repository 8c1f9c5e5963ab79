//! Trajectories as Parquet files: one row for each difference from the record, and one for each outcome.
//!
//! The bytes depend on the trajectories and this module alone: no clock and no machine goes into them.

use std::sync::Arc;

use jonbar_counterfactual::{Difference, Outcome, Trajectory, What};
use jonbar_model::{ItemSource, Kind};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::study::Study;
use super::words;

/// The columns of the differences.
const EVENTS: &str = "message event {
    required int32 trajectory;
    required int32 number;
    required int32 day (date);
    required binary status (utf8);
    optional binary kind (utf8);
    optional binary actor (utf8);
    optional binary target (utf8);
    optional binary territory (utf8);
    optional binary answer (utf8);
    optional binary recorded (utf8);
    required binary text (utf8);
    optional int32 cause;
    optional binary effect (utf8);
    optional double shift;
}";

/// The columns of the outcomes.
const OUTCOMES: &str = "message outcome {
    required int32 trajectory;
    required binary outcome (utf8);
    required boolean true;
    optional int32 day (date);
}";

/// A column with the values that are there.
enum Column {
    Int(Vec<Option<i32>>),
    Text(Vec<Option<String>>),
    Number(Vec<Option<f64>>),
    Flag(Vec<Option<bool>>),
}

/// Days from 1970-01-01 to 1900-01-01, from which the casebook counts.
const EPOCH: i32 = -25_567;

fn date(time: f64) -> i32 {
    words::day(time).0 + EPOCH
}

/// The differences of trajectories from the record, as a Parquet file.
///
/// # Errors
/// If the file cannot be made, which memory alone can cause.
pub fn events_parquet(study: &Study, trajectories: &[Trajectory]) -> Result<Vec<u8>, String> {
    let rows =
        || trajectories.iter().flat_map(|t| t.differences.iter().enumerate().map(move |(i, d)| (t, i, d)));
    let text =
        |of: &dyn Fn(&Difference) -> Option<String>| Column::Text(rows().map(|(_, _, d)| of(d)).collect());
    let unit = |d: &Difference| unit(study, d);
    let code = |a: usize| study.record.actors[a].code.clone();
    write(
        EVENTS,
        vec![
            Column::Int(rows().map(|(t, ..)| Some(t.index as i32)).collect()),
            Column::Int(rows().map(|(_, i, _)| Some(i as i32)).collect()),
            Column::Int(rows().map(|(_, _, d)| Some(date(d.time))).collect()),
            text(&|d| Some(status(d).to_owned())),
            text(&|d| unit(d).map(|(kind, ..)| kind.name().to_owned())),
            text(&|d| unit(d).map(|(_, a, _, _)| code(a))),
            text(&|d| unit(d).map(|(_, _, b, _)| code(b))),
            text(&|d| {
                let claim = unit(d)?.3?;
                Some(study.world.territories[study.world.claims[claim].territory].clone())
            }),
            text(&|d| match &d.what {
                What::Added { mark, .. } => mark.map(|m| m.name().to_owned()),
                What::Answered { mark, .. } => Some(mark.name().to_owned()),
                _ => None,
            }),
            text(&|d| match &d.what {
                What::Removed { item } | What::Answered { item, .. } => {
                    match study.timeline.items[*item].source {
                        ItemSource::Event(e) => Some(study.record.events[e].id.clone()),
                        ItemSource::Calendar => None,
                    }
                }
                _ => None,
            }),
            text(&|d| Some(words::difference(study, d))),
            Column::Int(rows().map(|(_, _, d)| d.cause.parent.map(|p| p as i32)).collect()),
            text(&|d| d.cause.term.map(|(kind, term)| study.spec.of(kind).terms[term].name.clone())),
            Column::Number(rows().map(|(_, _, d)| d.cause.term.map(|_| d.cause.shift)).collect()),
        ],
    )
}

/// The outcomes of trajectories, as a Parquet file.
///
/// # Errors
/// If the file cannot be made, which memory alone can cause.
pub fn outcomes_parquet(outcomes: &[Outcome], trajectories: &[Trajectory]) -> Result<Vec<u8>, String> {
    let rows = || trajectories.iter().flat_map(|t| (0..outcomes.len()).map(move |o| (t, o)));
    write(
        OUTCOMES,
        vec![
            Column::Int(rows().map(|(t, _)| Some(t.index as i32)).collect()),
            Column::Text(rows().map(|(_, o)| Some(outcomes[o].ask.clone())).collect()),
            Column::Flag(rows().map(|(t, o)| Some(t.outcomes[o])).collect()),
            Column::Int(rows().map(|(t, o)| t.first_times[o].map(date)).collect()),
        ],
    )
}

fn status(d: &Difference) -> &'static str {
    match d.what {
        What::Imposed { .. } => "imposed",
        What::Removed { .. } => "lost",
        What::Answered { .. } => "answered otherwise",
        What::Added { .. } => "new",
        What::Derived { .. } => "follows",
    }
}

/// Kind, actors and claim of a difference that is an event of a modelled kind.
fn unit(study: &Study, d: &Difference) -> Option<(Kind, usize, usize, Option<usize>)> {
    match &d.what {
        What::Imposed { unit, claim, .. } => unit.map(|(kind, a, b)| (kind, a, b, *claim)),
        What::Removed { item } | What::Answered { item, .. } => {
            let item = &study.timeline.items[*item];
            item.unit.map(|(kind, a, b)| (kind, a, b, item.claim))
        }
        What::Added { kind, a, b, claim, .. } => Some((*kind, *a, *b, *claim)),
        What::Derived { .. } => None,
    }
}

fn write(schema: &str, columns: Vec<Column>) -> Result<Vec<u8>, String> {
    written(schema, columns).map_err(|e| e.to_string())
}

fn written(schema: &str, columns: Vec<Column>) -> Result<Vec<u8>, ParquetError> {
    let schema = Arc::new(parse_message_type(schema)?);
    let optional: Vec<bool> = schema.get_fields().iter().map(|f| f.is_optional()).collect();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("jonbar".to_owned())
        .build();
    let mut out = Vec::new();
    let mut file = SerializedFileWriter::new(&mut out, schema, Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    let mut columns = columns.into_iter().zip(optional);
    while let (Some(mut writer), Some((column, optional))) = (group.next_column()?, columns.next()) {
        match column {
            Column::Int(values) => {
                let (there, levels) = split(values, optional);
                writer.typed::<Int32Type>().write_batch(&there, levels.as_deref(), None)?;
            }
            Column::Number(values) => {
                let (there, levels) = split(values, optional);
                writer.typed::<DoubleType>().write_batch(&there, levels.as_deref(), None)?;
            }
            Column::Flag(values) => {
                let (there, levels) = split(values, optional);
                writer.typed::<BoolType>().write_batch(&there, levels.as_deref(), None)?;
            }
            Column::Text(values) => {
                let (there, levels) = split(values, optional);
                let bytes: Vec<ByteArray> =
                    there.into_iter().map(|s| ByteArray::from(s.into_bytes())).collect();
                writer.typed::<ByteArrayType>().write_batch(&bytes, levels.as_deref(), None)?;
            }
        }
        writer.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(out)
}

/// The values that are there, and for an optional column which rows have one.
fn split<T>(values: Vec<Option<T>>, optional: bool) -> (Vec<T>, Option<Vec<i16>>) {
    let levels = optional.then(|| values.iter().map(|v| i16::from(v.is_some())).collect());
    (values.into_iter().flatten().collect(), levels)
}
