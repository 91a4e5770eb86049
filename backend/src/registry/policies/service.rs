use chrono::Utc;
use futures_util::future::try_join_all;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use serde_json::{Value, json};

use super::{query::cache_key, rules::Rule};
use crate::{
    entity::policy,
    platform::{
        App, audit,
        auth::Caller,
        types::RegionCode,
        web::{Error, IfMatch, Result},
    },
    registry::{
        presence::{Touched, announce},
        regions,
    },
};

/// Lays down a rule for a region and all below it; `None` returns to what is inherited. Of two regulators at once, the
/// second hears of the first.
pub async fn set(
    app: &App,
    caller: &Caller,
    region: &RegionCode,
    rule: &Rule,
    if_match: IfMatch,
    value: Option<Value>,
) -> Result<()> {
    if let Some(value) = &value {
        rule.kind.check(value).map_err(|problem| Error::field("value", problem))?;
    }
    let tx = app.db.begin().await?;
    let id = (region.as_str().to_owned(), rule.key.to_owned());
    let before = policy::Entity::find_by_id(id).one(&tx).await?;
    if_match.check(before.as_ref().map_or(0, |row| row.revision))?;
    let entry = audit::Entry::new("policy.edit")
        .subject("policy", rule.key, format!("{}：{}", regions::full_name(region.as_str()), rule.title))
        .region(region.as_str())
        .changed(&json!({ "value": before.as_ref().map(|row| &row.value) }), &json!({ "value": &value }));
    let written = match (before, value) {
        (None, None) => return Ok(()),
        (Some(row), None) => remove(&tx, row).await?,
        (Some(row), Some(value)) => change(&tx, caller, row, value).await?,
        (None, Some(value)) => add(&tx, caller, region, rule, value).await?,
    };
    if written == 0 {
        return Err(Error::Stale);
    }
    entry.write(&tx, caller).await?;
    tx.commit().await?;
    forget(app, region).await;
    announce(app, Touched::Region(region.as_str().to_owned())).await;
    Ok(())
}

async fn remove(tx: &impl ConnectionTrait, before: policy::Model) -> Result<u64> {
    Ok(policy::Entity::delete_many().filter(still(before)).exec(tx).await?.rows_affected)
}

/// The row, as long as nobody else has changed it.
fn still(row: policy::Model) -> Condition {
    Condition::all()
        .add(policy::Column::RegionCode.eq(row.region_code))
        .add(policy::Column::Key.eq(row.key))
        .add(policy::Column::Revision.eq(row.revision))
}

async fn change(tx: &impl ConnectionTrait, caller: &Caller, before: policy::Model, value: Value) -> Result<u64> {
    let row = policy::ActiveModel {
        value: Set(value),
        updated_at: Set(Utc::now()),
        updated_by: Set(Some(caller.account.id)),
        revision: Set(before.revision + 1),
        ..Default::default()
    };
    Ok(policy::Entity::update_many().set(row).filter(still(before)).exec(tx).await?.rows_affected)
}

async fn add(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    region: &RegionCode,
    rule: &Rule,
    value: Value,
) -> Result<u64> {
    let row = policy::ActiveModel {
        region_code: Set(region.as_str().to_owned()),
        key: Set(rule.key.to_owned()),
        value: Set(value),
        updated_at: Set(Utc::now()),
        updated_by: Set(Some(caller.account.id)),
        revision: Set(1),
    };
    let unless_there = OnConflict::columns([policy::Column::RegionCode, policy::Column::Key]).do_nothing().to_owned();
    Ok(policy::Entity::insert(row).on_conflict(unless_there).exec_without_returning(tx).await?)
}

/// The region and all below it inherit anew at once. For the nation these are a few thousand keys, a few times a year.
async fn forget(app: &App, region: &RegionCode) {
    let below = regions::table::all().iter().filter(|below| below.code.starts_with(region.prefix()));
    let forget = |code| async move { app.cache.delete(&cache_key(code)).await };
    if let Err(error) = try_join_all(below.map(|below| forget(below.code))).await {
        tracing::warn!(%error, "a changed policy is heard of within a minute");
    }
}
