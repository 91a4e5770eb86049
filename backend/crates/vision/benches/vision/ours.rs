//! Our reader over the pictures, as a process of its own: on one thread, as the peer.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use vision::models::default_dir;
use vision::{Card, Error, FieldName, ModelFiles, Options, Vision};

use crate::Result;
use crate::process::{cpu_ms, resident_mb};
use crate::report::{Reading, Report, Seen, Truth};

pub fn load() -> Result<Vision> {
    let files = ModelFiles::find(&default_dir())?;
    let options = Options { threads: 1, queue: 8, deadline: Duration::from_secs(60) };
    Ok(Vision::load(&files, options)?)
}

/// Reads every picture of `folder`, and then goes on from the first until it has read `at_least` of them.
pub fn read(folder: &Path, at_least: usize) -> Result<Report> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let started = Instant::now();
    let vision = load()?;
    let load_ms = started.elapsed().as_secs_f64() * 1e3;
    let mut report = Report { load_ms, loaded_mb: resident_mb()?, ..Report::default() };
    let truth = Truth::read(folder)?;
    let files: Vec<&str> = truth.iter().flat_map(|card| card.pictures.values()).map(|of| of.file.as_str()).collect();
    for (nth, file) in files.iter().cycle().take(files.len().max(at_least)).enumerate() {
        let bytes = Bytes::from(std::fs::read(folder.join(file))?);
        let before = cpu_ms();
        let outcome = runtime.block_on(vision.read_card(bytes));
        let cpu_ms = cpu_ms() - before;
        if nth < files.len() {
            report.pictures.push(reading(file, outcome, cpu_ms));
        }
        if nth % 100 == 99 {
            report.later_mb.push(resident_mb()?);
        }
    }
    Ok(report)
}

fn reading(file: &str, outcome: std::result::Result<Card, Error>, cpu_ms: f64) -> Reading {
    let mut reading = Reading { file: file.to_owned(), cpu_ms, ..Reading::default() };
    match outcome {
        Ok(card) => {
            reading.fields = fields(&card);
            reading.said.push(format!("{:?}", card.side).to_lowercase());
            reading.said.extend(card.temporary.then(|| "temporary".to_owned()));
            reading.said.extend(card.warnings.iter().map(|warning| format!("{warning:?}")));
        }
        Err(error) => reading.said.push(error.to_string()),
    }
    reading
}

fn fields(card: &Card) -> BTreeMap<String, Seen> {
    let named = |name| match name {
        FieldName::Name => "name",
        FieldName::Sex => "sex",
        FieldName::Nation => "nation",
        FieldName::Birth => "birth",
        FieldName::Address => "address",
        FieldName::IdNumber => "id_number",
        FieldName::Authority => "authority",
        FieldName::ValidFrom => "valid_from",
        FieldName::ValidUntil => "valid_until",
    };
    let seen = |field: &vision::Field| Seen {
        value: field.value.clone(),
        sure: field.sure,
        confidence: field.confidence,
        lookalikes: field.lookalikes.clone(),
    };
    card.fields.iter().map(|field| (named(field.name).to_owned(), seen(field))).collect()
}
