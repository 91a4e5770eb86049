//! Somebody has scanned a code, read what is collected, and agreed.

use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::note;
use crate::{
    entity::{
        project,
        registration::{self, Column, Model, RegistrationOrigin, RegistrationState},
        registration_event::RegistrationStep,
        roster_entry::EntryKind,
    },
    platform::{
        App,
        phone::PhoneUser,
        web::{Error, Result},
    },
    registry::projects::codes,
    site::registrations::{
        dto::BeginForm,
        rules::{CONSENT, JoinState},
    },
};

/// The open registration of this phone for the project, begun now if there is none.
pub async fn begin(app: &App, phone: &PhoneUser, form: BeginForm) -> Result<Model> {
    let BeginForm { code, consent_version } = form;
    let found = codes::find(app.db.reader(), code.as_str()).await?;
    let (code, project) =
        found.ok_or_else(|| Error::field("code", "没有这个项目二维码，请重新扫描工地门口的二维码"))?;
    JoinState::of(Some(&code), &project).demand_open()?;
    if consent_version.as_str() != CONSENT {
        return Err(Error::field("consent_version", "个人信息说明已更新，请重新阅读并同意"));
    }
    if let Some(open) = open_of(app.db.writer(), &project, phone.user.id).await? {
        return Ok(open);
    }
    let tx = app.db.begin().await?;
    let now = Utc::now();
    let row = registration::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        phone_user_id: Set(Some(phone.user.id)),
        origin: Set(RegistrationOrigin::Phone),
        state: Set(RegistrationState::Draft),
        consent_version: Set(Some(CONSENT.to_owned())),
        consent_at: Set(Some(now)),
        temporary_card: Set(false),
        // Until a crew says otherwise.
        kind: Set(EntryKind::Worker),
        created_at: Set(now),
        updated_at: Set(now),
        revision: Set(1),
        ..Default::default()
    };
    let row = row.insert(&tx).await?;
    note(&tx, &row, RegistrationStep::Begun, &phone.author(), None).await?;
    tx.commit().await?;
    Ok(row)
}

async fn open_of(db: &impl ConnectionTrait, project: &project::Model, user_id: Uuid) -> Result<Option<Model>> {
    let open = [
        RegistrationState::Draft,
        RegistrationState::ToSubmit,
        RegistrationState::Submitted,
        RegistrationState::Refused,
    ];
    let select = registration::Entity::find()
        .filter(Column::ProjectId.eq(project.id))
        .filter(Column::PhoneUserId.eq(user_id))
        .filter(Column::State.is_in(open));
    Ok(select.one(db).await?)
}
