//! Tickets that work once: a captcha's answer, a code on a screen.
//!
//! That one is used up is noted in the cache. People must get in without it too, so while it is away the database keeps
//! the note instead. A ticket whose use was noted in one of them before the outage began or ended may work once more in
//! the other; it lives for minutes, and everything behind it asks for a password or a signature of its own.

use std::time::Duration;

use chrono::Utc;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::{App, web::Result};
use crate::entity::used_ticket;

/// Uses a ticket up; false when it was used before. `lifetime` is how long it could have been used at most.
pub async fn use_up(app: &App, kind: &str, id: Uuid, lifetime: Duration) -> Result<bool> {
    match app.cache.set_new(&format!("{kind}:{id}"), "used", lifetime).await {
        Ok(fresh) => Ok(fresh),
        Err(error) => {
            tracing::warn!(%error, "a used ticket is noted in the database while the cache is away");
            note(app, id).await
        }
    }
}

async fn note(app: &App, id: Uuid) -> Result<bool> {
    let row = used_ticket::ActiveModel { id: Set(id), used_at: Set(Utc::now()) };
    let unless_used = OnConflict::column(used_ticket::Column::Id).do_nothing().to_owned();
    let inserted =
        used_ticket::Entity::insert(row).on_conflict(unless_used).exec_without_returning(app.db.writer()).await?;
    Ok(inserted == 1)
}
