//! Pictures of somebody: uploaded before, tied to the person in the person's transaction.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    entity::person,
    platform::{
        files::{Purpose, service},
        web::Result,
    },
    registry::people::Particulars,
};

const PHOTO: &str = "photo_file_id";
const ID_FRONT: &str = "id_front_file_id";
const ID_BACK: &str = "id_back_file_id";

/// Claims the pictures of somebody new.
pub async fn claim_all(tx: &impl ConnectionTrait, account_id: Uuid, particulars: &Particulars) -> Result<()> {
    let Particulars { photo_file_id, id_front_file_id, id_back_file_id, .. } = particulars;
    for (field, id) in [(PHOTO, photo_file_id), (ID_FRONT, id_front_file_id), (ID_BACK, id_back_file_id)] {
        if let Some(id) = id {
            service::claim(tx, Some(account_id), Purpose::Photo, *id, field).await?;
        }
    }
    Ok(())
}

/// Claims pictures that came and lets go of those that went. One that stays, even if sent again, is left alone.
pub async fn exchange(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    before: &person::Model,
    after: [Option<Uuid>; 3],
) -> Result<()> {
    let before = [before.photo_file_id, before.id_front_file_id, before.id_back_file_id];
    for ((field, before), after) in [PHOTO, ID_FRONT, ID_BACK].into_iter().zip(before).zip(after) {
        exchange_one(tx, account_id, field, before, after).await?;
    }
    Ok(())
}

pub async fn exchange_one(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    field: &str,
    before: Option<Uuid>,
    after: Option<Uuid>,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    if let Some(id) = after {
        service::claim(tx, Some(account_id), Purpose::Photo, id, field).await?;
    }
    if let Some(id) = before {
        service::release(tx, id).await?;
    }
    Ok(())
}
