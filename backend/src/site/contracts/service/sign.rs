//! 【上传】 and 【编辑】.

use chrono::Utc;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::{
    about,
    scan::{Scan, detach},
    write,
};
use crate::{
    entity::{
        Reach, Scope,
        contract::{self, ContractState},
        project, roster_entry,
    },
    platform::{
        auth::Caller,
        types::{Text, clock::china_today},
        web::{Error, IfMatch, Result},
    },
    site::{
        contracts::{
            dto::{ContractEdit, ContractFacts, ContractForm, ContractTerms},
            query, rules,
        },
        roster,
    },
};

/// Records a contract. One whose scan was taken back is filled again in its place.
pub async fn sign(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    form: &ContractForm,
    scan: &Scan,
) -> Result<Uuid> {
    let entry = entry(tx, project, form.entry_id).await?;
    let terms = form.terms();
    rules::check(&terms, entry.entered_on, china_today())?;
    let open = contract::Entity::find()
        .filter(contract::Column::EntryId.eq(entry.id))
        .filter(contract::Column::State.ne(ContractState::Terminated))
        .lock_exclusive()
        .one(tx)
        .await?;
    let contract = match open {
        Some(reset) if reset.state == ContractState::Reset => {
            let row = contract::ActiveModel {
                state: Set(ContractState::Active),
                file_id: Set(Some(scan.pdf)),
                pages: Set(scan.page_count()),
                ..terms_of(&terms)
            };
            write(tx, &reset, row).await?
        }
        Some(_) => return Err(Error::field("entry_id", "该人员已有履约中的劳动合同，请先解约或直接编辑")),
        None => new_row(caller, &entry, &terms, scan).insert(tx).await?,
    };
    scan.attach(tx, caller.account.id, contract.id).await?;
    about(tx, "contract.sign", &contract, project)
        .await?
        .created(&ContractFacts::from(&contract))
        .write(tx, caller)
        .await?;
    Ok(contract.id)
}

/// Changes what a contract says, and its scan where there is another.
pub async fn edit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    (id, if_match): (Uuid, IfMatch),
    form: &ContractEdit,
    scan: Option<&Scan>,
) -> Result<()> {
    let before = active(tx, project, id, if_match).await?;
    let entry = entry(tx, project, before.entry_id).await?;
    let terms = form.terms();
    rules::check(&terms, entry.entered_on, china_today())?;
    let mut row = terms_of(&terms);
    if let Some(scan) = scan {
        detach(tx, &before).await?;
        row.file_id = Set(Some(scan.pdf));
        row.pages = Set(scan.page_count());
    }
    let after = write(tx, &before, row).await?;
    if let Some(scan) = scan {
        scan.attach(tx, caller.account.id, after.id).await?;
    }
    about(tx, "contract.edit", &after, project)
        .await?
        .changed(&ContractFacts::from(&before), &ContractFacts::from(&after))
        .write(tx, caller)
        .await
}

/// A contract that is not ended and whose scan is there.
pub(super) async fn active(
    tx: &impl ConnectionTrait,
    project: &project::Model,
    id: Uuid,
    if_match: IfMatch,
) -> Result<contract::Model> {
    let contract = query::locked(tx, &Reach(vec![Scope::Project(project.id)]), id).await?;
    if_match.check(contract.revision)?;
    match contract.state {
        ContractState::Active => Ok(contract),
        ContractState::Reset => Err(Error::conflict("reset", "这份合同已重置，请在【未签约】中重新上传")),
        ContractState::Terminated => Err(Error::conflict("terminated", "这份合同已解约，不能再修改")),
    }
}

pub(super) async fn entry(
    tx: &impl ConnectionTrait,
    project: &project::Model,
    id: Uuid,
) -> Result<roster_entry::Model> {
    match roster::query::locked(tx, &Reach(vec![Scope::Project(project.id)]), id).await {
        Err(Error::NotFound) => Err(Error::field("entry_id", "该人员不在本项目的花名册中")),
        found => found,
    }
}

fn new_row(caller: &Caller, entry: &roster_entry::Model, terms: &ContractTerms, scan: &Scan) -> contract::ActiveModel {
    let now = Utc::now();
    contract::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(entry.project_id),
        entry_id: Set(entry.id),
        person_id: Set(entry.person_id),
        state: Set(ContractState::Active),
        file_id: Set(Some(scan.pdf)),
        pages: Set(scan.page_count()),
        terminated_on: Set(None),
        termination_reason: Set(None),
        created_at: Set(now),
        created_by: Set(Some(caller.account.id)),
        updated_at: Set(now),
        revision: Set(1),
        ..terms_of(terms)
    }
}

fn terms_of(terms: &ContractTerms) -> contract::ActiveModel {
    let ContractTerms { term_kind, starts_on, ends_on, settlement, unit_price_fen, settlement_unit, signed_on } =
        terms.clone();
    contract::ActiveModel {
        term_kind: Set(term_kind),
        starts_on: Set(starts_on.date()),
        ends_on: Set(ends_on.map(|day| day.date())),
        settlement: Set(settlement),
        unit_price_fen: Set(unit_price_fen),
        settlement_unit: Set(settlement_unit.map(Text::into_string)),
        signed_on: Set(signed_on.date()),
        ..Default::default()
    }
}
