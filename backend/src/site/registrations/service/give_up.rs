//! What is given up is deleted: by whoever began it, by staff, or because nobody came back to it.

use chrono::{TimeDelta, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{about, locked, note, project_of, save};
use crate::{
    entity::{
        registration::{self, Column, Model, RegistrationState},
        registration_event::RegistrationStep,
    },
    platform::{
        App,
        audit::{self, Author},
        files::service as files,
        web::{Error, Result},
    },
    site::registrations::rules::IDLE_DAYS,
};

const BATCH: u64 = 100;

/// Withdraws a registration that is not approved. That there was one stays on record.
pub async fn give_up(app: &App, author: &Author, seen: &Model, reason: Option<&str>) -> Result<Model> {
    let project = project_of(app.db.reader(), seen).await?;
    let tx = app.db.begin().await?;
    let row = locked(&tx, seen.id).await?;
    match row.state {
        RegistrationState::Approved => {
            return Err(Error::conflict("approved", "登记已通过，不能撤回；离开工地请办理退场"));
        }
        RegistrationState::Withdrawn => return Ok(row),
        _ => {}
    }
    let row = withdrawn(&tx, row, reason).await?;
    note(&tx, &row, RegistrationStep::Withdrawn, author, reason).await?;
    let mut entry = about("registration.withdraw", &row, &project);
    if let Some(reason) = reason {
        entry = entry.reason(reason);
    }
    audit::write_all(&tx, vec![entry], author).await?;
    tx.commit().await?;
    Ok(row)
}

async fn withdrawn(tx: &impl ConnectionTrait, mut row: Model, reason: Option<&str>) -> Result<Model> {
    let pictures =
        [row.id_front_file_id.take(), row.id_back_file_id.take(), row.portrait_file_id.take(), row.face_file_id.take()];
    for file in pictures.into_iter().flatten() {
        files::release(tx, file).await?;
    }
    row.state = RegistrationState::Withdrawn;
    row.reason = reason.map(str::to_owned);
    row.id_number_sealed = None;
    row.id_number_hash = None;
    row.bank_card_sealed = None;
    row.bank_card_hash = None;
    row.bank_card_mask = None;
    row.bank_name = None;
    row.address = None;
    row.id_authority = None;
    row.born_on = None;
    row.phone = None;
    row.face_distance = None;
    row.face_standing = None;
    save(tx, row).await
}

/// Those that nobody has come back to for long; how many, of one batch.
pub async fn give_up_idle(app: &App) -> Result<usize> {
    let open = [RegistrationState::Draft, RegistrationState::ToSubmit, RegistrationState::Refused];
    let idle = registration::Entity::find()
        .filter(Column::State.is_in(open))
        .filter(Column::UpdatedAt.lt(Utc::now() - TimeDelta::days(IDLE_DAYS)))
        .limit(BATCH)
        .all(app.db.reader())
        .await?;
    let system = Author { account_id: None, name: "系统".to_owned(), ip: String::new(), request_id: String::new() };
    let reason = format!("超过 {IDLE_DAYS} 天没有提交，已自动删除");
    for row in &idle {
        give_up(app, &system, row, Some(&reason)).await?;
    }
    Ok(idle.len())
}
