use chrono::Utc;
use futures_util::future::try_join_all;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, ModelTrait};
use serde_json::{Value, json};

use super::{query::cache_key, rules::Rule};
use crate::{
    entity::policy,
    platform::{
        App, audit,
        auth::Caller,
        types::RegionCode,
        web::{Error, Result},
    },
    registry::{
        presence::{Touched, announce},
        regions,
    },
};

/// Lays down a rule for a region and all below it; `None` returns to what is inherited.
pub async fn set(app: &App, caller: &Caller, region: &RegionCode, rule: &Rule, value: Option<Value>) -> Result<()> {
    let tx = app.db.begin().await?;
    let id = (region.as_str().to_owned(), rule.key.to_owned());
    let before = policy::Entity::find_by_id(id).one(&tx).await?;
    let entry = audit::Entry::new("policy.edit")
        .subject("policy", rule.key, format!("{}：{}", regions::full_name(region.as_str()), rule.title))
        .region(region.as_str())
        .changed(&json!({ "value": before.as_ref().map(|row| &row.value) }), &json!({ "value": &value }));
    match (before, value) {
        (None, None) => return Ok(()),
        (Some(row), None) => {
            row.delete(&tx).await?;
        }
        (before, Some(value)) => write(&tx, caller, region, rule, before, value).await?,
    }
    entry.write(&tx, caller).await?;
    tx.commit().await?;
    forget(app, region).await;
    announce(app, Touched::Region(region.as_str().to_owned())).await;
    Ok(())
}

async fn write(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    region: &RegionCode,
    rule: &Rule,
    before: Option<policy::Model>,
    value: Value,
) -> Result<()> {
    rule.kind.check(&value).map_err(|problem| Error::field("value", problem))?;
    let row = policy::ActiveModel {
        region_code: Set(region.as_str().to_owned()),
        key: Set(rule.key.to_owned()),
        value: Set(value),
        updated_at: Set(Utc::now()),
        updated_by: Set(Some(caller.account.id)),
        revision: Set(before.as_ref().map_or(1, |row| row.revision + 1)),
    };
    let written = if before.is_some() { row.update(tx).await } else { row.insert(tx).await };
    written?;
    Ok(())
}

/// The region and all below it inherit anew at once. For the nation these are a few thousand keys, a few times a year.
async fn forget(app: &App, region: &RegionCode) {
    let below = regions::table::all().iter().filter(|below| below.code.starts_with(region.prefix()));
    let forget = |code| async move { app.cache.delete(&cache_key(code)).await };
    if let Err(error) = try_join_all(below.map(|below| forget(below.code))).await {
        tracing::warn!(%error, "a changed policy is heard of within a minute");
    }
}
