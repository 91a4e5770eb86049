//! Writes: begin, step by step, submit, decide, give up.

mod begin;
mod comer;
mod decide;
mod desk;
mod face;
mod give_up;
mod steps;
mod submit;

pub use begin::begin;
pub use decide::{Review, approve, refuse};
pub use desk::{edit, register};
pub use give_up::{give_up, give_up_idle};
pub use steps::{put_card, put_face, put_phone, put_work};
pub use submit::{submit, submit_by_phone};

use chrono::Utc;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};
use uuid::Uuid;

use super::rules;
use crate::{
    entity::{
        project,
        registration::{self, Column, Model},
        registration_event::{self, RegistrationStep},
    },
    platform::{
        App,
        audit::{self, Author},
        web::{Error, Result},
    },
    registry::policies,
    site::roster::service::Site,
};

/// The project with its region's rules. Policies are looked up before the transaction: SQLite has one writer.
pub async fn site<'a>(app: &App, project: &'a project::Model) -> Result<Site<'a>> {
    Ok(Site { project, policy: policies::for_region(app, &project.region_code).await? })
}

pub async fn project_of(db: &impl ConnectionTrait, row: &Model) -> Result<project::Model> {
    let found = project::Entity::find_by_id(row.project_id).one(db).await?;
    found.ok_or_else(|| Error::internal("a registration without a project"))
}

/// A row as it is now, locked until the transaction ends; whoever asks has been let through to it before.
async fn locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<Model> {
    let select = registration::Entity::find().filter(Column::Id.eq(id)).lock_exclusive();
    select.one(tx).await?.ok_or(Error::NotFound)
}

/// Writes a row as it has become, if nobody else has changed it since.
async fn save(tx: &impl ConnectionTrait, mut row: Model) -> Result<Model> {
    let before = row.revision;
    row.state = rules::settled(&row);
    row.revision = before + 1;
    row.updated_at = Utc::now();
    let row = row.into_active_model().reset_all();
    Ok(registration::Entity::update(row).validate()?.filter(Column::Revision.eq(before)).exec(tx).await?)
}

/// What happened, for whoever looks at it later.
async fn note(
    tx: &impl ConnectionTrait,
    row: &Model,
    what: RegistrationStep,
    author: &Author,
    reason: Option<&str>,
) -> Result<()> {
    let event = registration_event::ActiveModel {
        id: Set(Uuid::now_v7()),
        registration_id: Set(row.id),
        at: Set(Utc::now()),
        what: Set(what),
        account_id: Set(author.account_id),
        actor_name: Set(author.name.clone()),
        reason: Set(reason.map(str::to_owned)),
    };
    event.insert(tx).await?;
    Ok(())
}

/// An audit entry about a registration; what it says of somebody is masked.
fn about(action: &'static str, row: &Model, project: &project::Model) -> audit::Entry {
    let name = row.name.clone().unwrap_or_else(|| "（未填姓名）".to_owned());
    audit::Entry::new(action).subject("registration", row.id, name).project(project)
}
