//! How a project ends: cancelled (注销), or deleted when nothing ever happened on it (SH3).
//!
//! A project that still has units, crews or people on site is cancelled only by somebody who says that all of them
//! are to exit with it; the refusal before says how many they are. Its accounts are closed with it.

use chrono::{NaiveDate, Utc};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait,
    PaginatorTrait, QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use super::{form::ProjectFacts, service::refuse_cancelled};
use crate::{
    entity::{
        Scope, account, application,
        company::UploadState,
        crew, project,
        role_grant::{self, Role},
        roster_entry, unit,
    },
    platform::{
        audit,
        auth::{Caller, accounts},
        types::clock,
        web::{Error, Result},
    },
};

/// How many are still on site.
#[derive(Debug, PartialEq, Eq)]
struct OnSite {
    units: u64,
    crews: u64,
    people: u64,
}

impl OnSite {
    async fn of(db: &impl ConnectionTrait, project_id: Uuid) -> Result<Self> {
        let (unit, crew, entry) = (unit::Column::ProjectId, crew::Column::ProjectId, roster_entry::Column::ProjectId);
        let units = unit::Entity::find().filter(unit.eq(project_id)).filter(unit::Column::ExitedOn.is_null());
        let crews = crew::Entity::find().filter(crew.eq(project_id)).filter(crew::Column::ExitedOn.is_null());
        let people =
            roster_entry::Entity::find().filter(entry.eq(project_id)).filter(roster_entry::Column::ExitedOn.is_null());
        Ok(Self { units: units.count(db).await?, crews: crews.count(db).await?, people: people.count(db).await? })
    }

    fn nobody(&self) -> bool {
        *self == Self { units: 0, crews: 0, people: 0 }
    }
}

/// 【注销】
pub async fn cancel(
    tx: &DatabaseTransaction,
    project: &project::Model,
    reason: &str,
    exit_everyone: bool,
    caller: &Caller,
) -> Result<project::Model> {
    refuse_cancelled(project)?;
    let on_site = OnSite::of(tx, project.id).await?;
    if !on_site.nobody() && !exit_everyone {
        let OnSite { units, crews, people } = on_site;
        return Err(Error::conflict(
            "still_on_site",
            format!(
                "项目还有 {units} 个参建单位、{crews} 个班组、{people} 名人员在场；请先办理退场，或选择随注销一并退场"
            ),
        ));
    }
    exit_all(tx, project.id, clock::china_today()).await?;
    close_accounts(tx, project.id).await?;
    let now = Utc::now();
    let change = project::ActiveModel {
        id: Set(project.id),
        cancelled_at: Set(Some(now)),
        updated_at: Set(now),
        revision: Set(project.revision + 1),
        ..Default::default()
    };
    // Of two who cancel at once, the second one finds the revision moved on.
    let cancelled = project::Entity::update(change)
        .validate()?
        .filter(project::Column::Revision.eq(project.revision))
        .exec(tx)
        .await?;
    let OnSite { units, crews, people } = on_site;
    audit::Entry::new("project.cancel")
        .subject("project", cancelled.id, &cancelled.name)
        .project(&cancelled)
        .reason(reason)
        .created(&serde_json::json!({"exited_units": units, "exited_crews": crews, "exited_people": people}))
        .write(tx, caller)
        .await?;
    Ok(cancelled)
}

/// Everybody exits today, or on the day of an entry that lies ahead. All rows carry the same instant.
async fn exit_all(tx: &DatabaseTransaction, project_id: Uuid, today: NaiveDate) -> Result<()> {
    let now = Utc::now();
    let day = |entered: Expr| -> Expr { Expr::case(entered.clone().gt(today), entered).finally(today).into() };
    roster_entry::Entity::update_many()
        .col_expr(roster_entry::Column::ExitedOn, day(Expr::col(roster_entry::Column::EnteredOn)))
        .col_expr(roster_entry::Column::ExitReason, Expr::value("项目注销"))
        .col_expr(roster_entry::Column::ExitRecordedAt, Expr::value(now))
        .col_expr(roster_entry::Column::UploadState, Expr::value(UploadState::Waiting.to_value()))
        .col_expr(roster_entry::Column::Revision, Expr::col(roster_entry::Column::Revision).add(1))
        .filter(roster_entry::Column::ProjectId.eq(project_id))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .exec(tx)
        .await?;
    crew::Entity::update_many()
        .col_expr(crew::Column::ExitedOn, day(Expr::col(crew::Column::EnteredOn)))
        .col_expr(crew::Column::ExitRecordedAt, Expr::value(now))
        .col_expr(crew::Column::UploadState, Expr::value(UploadState::Waiting.to_value()))
        .col_expr(crew::Column::Revision, Expr::col(crew::Column::Revision).add(1))
        .filter(crew::Column::ProjectId.eq(project_id))
        .filter(crew::Column::ExitedOn.is_null())
        .exec(tx)
        .await?;
    unit::Entity::update_many()
        .col_expr(unit::Column::ExitedOn, day(Expr::col(unit::Column::EnteredOn)))
        .col_expr(unit::Column::ExitRecordedAt, Expr::value(now))
        .col_expr(unit::Column::UploadState, Expr::value(UploadState::Waiting.to_value()))
        .col_expr(unit::Column::Revision, Expr::col(unit::Column::Revision).add(1))
        .filter(unit::Column::ProjectId.eq(project_id))
        .filter(unit::Column::ExitedOn.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes the project's role from everybody; who has no other role left cannot log in any more.
async fn close_accounts(tx: &DatabaseTransaction, project_id: Uuid) -> Result<()> {
    let holders = accounts::holders(tx, Role::Project, &Scope::Project(project_id)).await?;
    role_grant::Entity::delete_many().filter(role_grant::Column::ProjectId.eq(project_id)).exec(tx).await?;
    for account in holders {
        let other_roles =
            role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(account.id)).count(tx).await?;
        if other_roles > 0 {
            continue;
        }
        let closed = account::ActiveModel {
            id: Set(account.id),
            disabled: Set(true),
            revision: Set(account.revision + 1),
            ..Default::default()
        };
        account::Entity::update(closed).exec(tx).await?;
        accounts::end_sessions(tx, account.id).await?;
    }
    Ok(())
}

/// Deletes a project that never had a unit, a crew or a person.
pub async fn delete(tx: &DatabaseTransaction, project: &project::Model, caller: &Caller) -> Result<()> {
    let units = unit::Entity::find().filter(unit::Column::ProjectId.eq(project.id)).count(tx).await?;
    let entries = roster_entry::Entity::find().filter(roster_entry::Column::ProjectId.eq(project.id)).count(tx).await?;
    if units + entries > 0 {
        return Err(Error::conflict("in_use", "项目已有参建单位或人员记录，不能删除，请使用【注销】"));
    }
    close_accounts(tx, project.id).await?;
    // The application stays in the history of what was decided.
    application::Entity::update_many()
        .set(application::ActiveModel { project_id: Set(None), ..Default::default() })
        .filter(application::Column::ProjectId.eq(project.id))
        .exec(tx)
        .await?;
    audit::Entry::new("project.delete")
        .subject("project", project.id, &project.name)
        .region(&project.region_code)
        .changed(&ProjectFacts::of(project).for_audit(), &serde_json::json!({}))
        .write(tx, caller)
        .await?;
    project::Entity::delete_by_id(project.id).exec(tx).await?;
    Ok(())
}
