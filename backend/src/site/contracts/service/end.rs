//! 【解约】, 【重置】 and 【删除】.

use chrono::{TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    about,
    scan::detach,
    sign::{active, entry},
    write,
};
use crate::{
    entity::{
        Reach, Scope,
        contract::{self, ContractState},
        project,
    },
    platform::{
        auth::Caller,
        types::clock::china_today,
        web::{Error, IfMatch, Result},
    },
    registry::policies::Policy,
    site::contracts::{
        dto::{ContractFacts, ContractReset, ContractTermination},
        query, rules,
    },
};

/// Ends a contract on a day, for a reason. It stays on record with its scan.
pub async fn terminate(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    (id, if_match): (Uuid, IfMatch),
    form: &ContractTermination,
) -> Result<()> {
    let before = active(tx, project, id, if_match).await?;
    let entry = entry(tx, project, before.entry_id).await?;
    let day = form.terminated_on.date();
    rules::check_termination(day, before.starts_on, entry.entered_on, china_today())?;
    let row = contract::ActiveModel {
        state: Set(ContractState::Terminated),
        terminated_on: Set(Some(day)),
        termination_reason: Set(Some(form.reason.as_str().to_owned())),
        ..Default::default()
    };
    let after = write(tx, &before, row).await?;
    about(tx, "contract.terminate", &after, project)
        .await?
        .reason(form.reason.as_str())
        .changed(&ContractFacts::from(&before), &ContractFacts::from(&after))
        .write(tx, caller)
        .await
}

/// Takes the scan back: a wrong one, or one that nobody can read. What the contract says stays for the next.
pub async fn reset(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    (id, if_match): (Uuid, IfMatch),
    form: &ContractReset,
) -> Result<()> {
    let before = active(tx, project, id, if_match).await?;
    detach(tx, &before).await?;
    let row = contract::ActiveModel {
        state: Set(ContractState::Reset),
        file_id: Set(None),
        pages: Set(0),
        ..Default::default()
    };
    let after = write(tx, &before, row).await?;
    about(tx, "contract.reset", &after, project)
        .await?
        .reason(form.reason.as_str())
        .changed(&ContractFacts::from(&before), &ContractFacts::from(&after))
        .write(tx, caller)
        .await
}

/// Deletes what was recorded by mistake, while the region lets it; the audit keeps what it said.
pub async fn delete(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    policy: &Policy,
    (id, if_match): (Uuid, IfMatch),
) -> Result<()> {
    let contract = query::locked(tx, &Reach(vec![Scope::Project(project.id)]), id).await?;
    if_match.check(contract.revision)?;
    let days = policy.contract_delete_days;
    if contract.created_at + TimeDelta::days(days) <= Utc::now() {
        let message = format!("登记已超过 {days} 天，不能删除；不再履行的合同请办理解约");
        return Err(Error::conflict("delete_expired", message));
    }
    detach(tx, &contract).await?;
    let unchanged = contract::Column::Revision.eq(contract.revision);
    let gone =
        contract::Entity::delete_many().filter(contract::Column::Id.eq(contract.id)).filter(unchanged).exec(tx).await?;
    if gone.rows_affected == 0 {
        return Err(Error::Stale);
    }
    about(tx, "contract.delete", &contract, project)
        .await?
        .changed(&ContractFacts::from(&contract), &serde_json::json!({}))
        .write(tx, caller)
        .await
}
