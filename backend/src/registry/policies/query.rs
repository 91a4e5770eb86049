use std::time::Duration;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Map, Value};

use super::rules::{Policy, RULES};
use crate::{
    entity::policy,
    platform::{
        App,
        types::RegionCode,
        web::{Error, Result},
    },
};

/// Policies change a few times a year and are asked for on every entry; a minute-old one is good enough where the
/// process that changed it could not tell the others.
const KEPT: Duration = Duration::from_secs(60);

/// The rules of a region. `code` is a project's or a person's region; an unknown one gets the nation's rules.
pub async fn for_region(app: &App, code: &str) -> Result<Policy> {
    let key = cache_key(code);
    if let Ok(Some(kept)) = app.cache.get(&key).await
        && let Ok(policy) = serde_json::from_str(&kept)
    {
        return Ok(policy);
    }
    let rows = rows_above(app.db.reader(), &code.parse().unwrap_or_else(|_| RegionCode::nation())).await?;
    let policy = merge(&rows)?;
    let text = serde_json::to_string(&policy).map_err(Error::internal)?;
    if let Err(error) = app.cache.set(&key, &text, KEPT).await {
        tracing::debug!(%error, "a policy was not cached");
    }
    Ok(policy)
}

pub(super) fn cache_key(code: &str) -> String {
    format!("policy:{code}")
}

/// What the region and those above it say, the nearest first.
pub(super) async fn rows_above(db: &impl ConnectionTrait, code: &RegionCode) -> Result<Vec<policy::Model>> {
    let lineage: Vec<String> = code.lineage().iter().map(|code| code.as_str().to_owned()).collect();
    let mut rows = policy::Entity::find().filter(policy::Column::RegionCode.is_in(lineage)).all(db).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(RegionCode::parse(&row.region_code).map(|code| code.level()).ok()));
    Ok(rows)
}

fn merge(rows: &[policy::Model]) -> Result<Policy> {
    let said = RULES.iter().filter_map(|rule| {
        let nearest = rows.iter().find(|row| row.key == rule.key && rule.kind.check(&row.value).is_ok())?;
        Some((rule.key.to_owned(), nearest.value.clone()))
    });
    serde_json::from_value(Value::Object(said.collect::<Map<_, _>>())).map_err(Error::internal)
}
