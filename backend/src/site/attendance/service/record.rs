//! Punches onto disk: a batch in one transaction, whatever it holds of new, repeated, late and refused ones.
//!
//! Invariant: when [`record`] has returned, everything in the batch is on disk, once, and so is what each day comes to.
//! All writers take their rows in the same order (punches by key, then days by key), so that two of them that share
//! some wait for each other and never block each other.

mod batch;
pub(super) mod days;
mod postgres;
mod sqlite;

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use self::batch::{Batch, Key};
use crate::{
    entity::{device::Direction, punch::PunchSource},
    platform::{App, web::Result},
};

pub(super) use self::days::{Day, DayKey};

/// A punch as it arrived, judged already: by a terminal now, by phones and make-up later.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub project_id: Uuid,
    pub device_id: Uuid,
    pub person_number: i64,
    pub person_id: Option<Uuid>,
    pub entry_id: Option<Uuid>,
    /// The device's time. Once per second, device and person, a punch is the same punch.
    pub at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    /// The day it counts for, as `Admission::day_of` says.
    pub day: NaiveDate,
    pub mode: u8,
    pub direction: Direction,
    pub source: PunchSource,
    /// Why it does not count, as the device is told; it is kept all the same.
    pub refusal: Option<String>,
    pub photo: Bytes,
    /// The region's policy.
    pub repeat_minutes: i64,
}

/// What became of a punch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    New {
        id: Uuid,
    },
    /// It was there already, and this was answered then.
    Repeat {
        refusal: Option<String>,
    },
}

/// What the database says of a batch: which punches are new, and what the others were answered when they were.
#[derive(Debug, Default)]
struct Outcome {
    new: HashSet<Uuid>,
    known: HashMap<Key, Option<String>>,
}

/// Records a batch; the answers stand in its order.
pub async fn record(app: &App, arrived: &[Arrived]) -> Result<Vec<Recorded>> {
    if arrived.is_empty() {
        return Ok(Vec::new());
    }
    let batch = Batch::of(arrived);
    let outcome = match app.db.postgres() {
        Some(pool) => postgres::write(pool, &batch).await?,
        None => sqlite::write(app, &batch).await?,
    };
    Ok(batch.answers(&outcome))
}
