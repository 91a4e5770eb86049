//! Objects that no row refers to: a process died between the two, or a deletion did not reach the store.

use std::{collections::HashSet, future::ready};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, TryStreamExt};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FilesError, ListedObject, service::TERMINAL_SUFFIX};
use crate::{
    entity::stored_file,
    platform::{
        App,
        jobs::{Job, JobContext, JobError, Outcome},
        web::{Error, Result},
    },
};

/// Whoever has put an object down writes its row within moments. A day is beyond any upload and any clock.
const OLD_ENOUGH: TimeDelta = TimeDelta::days(1);
const BATCH: usize = 500;
/// So many may be found at any time.
const FEW: usize = 50;
/// Beyond these, one in so many objects.
const SHARE: usize = 20;

/// Deletes them, every night. An object whose key is not one that `service::keep` makes is somebody else's and stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SweepFiles {}

impl Job for SweepFiles {
    const KIND: &'static str = "files.sweep";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let swept = sweep(&context.app, Utc::now() - OLD_ENOUGH).await?;
        Ok(Outcome::result(serde_json::json!({ "deleted": swept })))
    }
}

/// Deletes what was put down before `before` and has no row; returns how many objects. If that is a good part of all,
/// the store is not this database's, or not its alone, and nothing is deleted.
pub async fn sweep(app: &App, before: DateTime<Utc>) -> Result<usize> {
    let old = app.files.list().try_filter_map(|ListedObject { key, modified_at }| {
        let id = row_of(&key).filter(|_| modified_at < before);
        ready(Ok(id.map(|id| (id, key))))
    });
    let mut batches = old.chunks(BATCH);
    let (mut seen, mut orphans) = (0, Vec::new());
    while let Some(batch) = batches.next().await {
        let batch: Vec<(Uuid, String)> = batch.into_iter().collect::<Result<_, FilesError>>()?;
        seen += batch.len();
        orphans.extend(without_row(app, batch).await?);
    }
    if orphans.len() > FEW && orphans.len() > seen / SHARE {
        tracing::error!(
            objects = seen,
            without_row = orphans.len(),
            "the file store and the database do not belong together"
        );
        let message =
            format!("{seen} 个文件中有 {} 个在数据库中没有记录，请检查文件存储是否与数据库对应", orphans.len());
        return Err(Error::conflict("foreign_store", message));
    }
    for key in &orphans {
        app.files.delete(key).await?;
        tracing::info!(key, "an object without a row is gone");
    }
    Ok(orphans.len())
}

async fn without_row(app: &App, batch: Vec<(Uuid, String)>) -> Result<Vec<String>> {
    let ids: HashSet<Uuid> = batch.iter().map(|(id, _)| *id).collect();
    let known: HashSet<Uuid> = stored_file::Entity::find()
        .select_only()
        .column(stored_file::Column::Id)
        .filter(stored_file::Column::Id.is_in(ids))
        .into_tuple::<Uuid>()
        .all(app.db.reader())
        .await?
        .into_iter()
        .collect();
    Ok(batch.into_iter().filter(|(id, _)| !known.contains(id)).map(|(_, key)| key).collect())
}

/// The id of the row an object belongs to: `2026/11/{id}.jpg`, and beside it `2026/11/{id}.jpg.terminal.jpg`.
fn row_of(key: &str) -> Option<Uuid> {
    let mut parts = key.split('/');
    let (year, month, name) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |text: &str, digits| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || !is_number(year, 4) || !is_number(month, 2) {
        return None;
    }
    let (id, _) = name.strip_suffix(TERMINAL_SUFFIX).unwrap_or(name).rsplit_once('.')?;
    id.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_of_uploads_are_anybodys() {
        let id = Uuid::now_v7();
        assert_eq!(row_of(&format!("2026/11/{id}.jpg")), Some(id));
        assert_eq!(row_of(&format!("2026/11/{id}.jpg.terminal.jpg")), Some(id));
        for other in [
            format!("punches/11/{id}.jpg"),
            format!("2026/11/20/{id}.jpg"),
            format!("2026/{id}.jpg"),
            format!("2026/11/{id}"),
            "2026/11/a.jpg".to_owned(),
        ] {
            assert_eq!(row_of(&other), None, "{other}");
        }
    }
}
