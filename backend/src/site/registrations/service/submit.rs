//! 【提交】: nothing is missing, and nothing stands in the way as things are now.

use chrono::Utc;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    about, comer,
    decide::{self, After},
    locked, note, project_of, save, site,
    steps::place_of,
};
use crate::{
    entity::{
        Reach,
        registration::{Model, RegistrationState},
        registration_event::RegistrationStep,
    },
    platform::{
        App,
        audit::{self, Author},
        auth::{Caller, Permission},
        jobs,
        phone::PhoneUser,
        web::{Error, IfMatch, Result},
    },
    site::{
        registrations::{
            query,
            rules::{JoinState, demand_editable, face_speaks_for_itself, missing},
        },
        roster::service::Site,
    },
};

/// By the worker. Pressed twice it is submitted once.
pub async fn submit_by_phone(app: &App, phone: &PhoneUser, id: Uuid) -> Result<Model> {
    let seen = query::of_phone(app.db.reader(), phone.user.id, id).await?;
    submit_as(app, &phone.author(), &Reach::default(), &seen, None).await
}

/// By the project's staff.
pub async fn submit(app: &App, caller: &Caller, seen: &Model, if_match: IfMatch) -> Result<Model> {
    submit_as(app, &caller.into(), &caller.reach(Permission::ViewRoster), seen, Some(if_match)).await
}

async fn submit_as(
    app: &App,
    author: &Author,
    visible: &Reach,
    seen: &Model,
    if_match: Option<IfMatch>,
) -> Result<Model> {
    let project = project_of(app.db.reader(), seen).await?;
    let site = site(app, &project).await?;
    let work = async |tx: &_| {
        let row = locked(tx, seen.id).await?;
        if let Some(if_match) = if_match {
            if_match.check(row.revision)?;
        } else if row.state == RegistrationState::Submitted {
            return Ok((row, None));
        }
        let row = check_and_submit(tx, author, visible, &site, row).await?;
        if site.policy.registration_review || !face_speaks_for_itself(&row) {
            return Ok((row, None));
        }
        let after = decide::approve_row(tx, app, author, None, visible, &site, row).await?;
        Ok((after.row.clone(), Some(after)))
    };
    let (row, after): (Model, Option<After>) = app.db.transaction(work).await?;
    match after {
        Some(after) => after.announce(app).await,
        None => jobs::wake(app).await,
    }
    Ok(row)
}

async fn check_and_submit(
    tx: &impl ConnectionTrait,
    author: &Author,
    visible: &Reach,
    site: &Site<'_>,
    mut row: Model,
) -> Result<Model> {
    demand_editable(&row)?;
    JoinState::of(None, site.project).demand_open()?;
    let missing = missing(&row);
    if !missing.is_empty() {
        return Err(Error::conflict("incomplete", format!("还不能提交，缺少：{}", missing.join("、"))));
    }
    if let Some(crew_id) = row.crew_id {
        place_of(tx, row.project_id, crew_id).await?;
    }
    let known = comer::known(tx, &row).await?;
    comer::check(tx, site, &row, known.as_ref(), visible).await?;
    row.state = RegistrationState::Submitted;
    row.submitted_at = Some(Utc::now());
    row.reason = None;
    row.decided_at = None;
    row.decided_by = None;
    let row = save(tx, row).await?;
    note(tx, &row, RegistrationStep::Submitted, author, None).await?;
    audit::write_all(tx, vec![about("registration.submit", &row, site.project)], author).await?;
    Ok(row)
}
