//! Pictures of somebody: uploaded before, tied to the person in the person's transaction. What was there before becomes
//! an earlier version; `faces` lets go of it when its days are over.

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
const PORTRAIT: &str = "portrait_file_id";

/// Claims the pictures of somebody new.
pub async fn claim_all(tx: &impl ConnectionTrait, account_id: Uuid, particulars: &Particulars) -> Result<()> {
    let Particulars { photo_file_id, id_front_file_id, id_back_file_id, portrait_file_id, .. } = particulars;
    let pictures = [
        (PHOTO, photo_file_id),
        (ID_FRONT, id_front_file_id),
        (ID_BACK, id_back_file_id),
        (PORTRAIT, portrait_file_id),
    ];
    for (field, id) in pictures {
        if let Some(id) = id {
            service::claim(tx, Some(account_id), Purpose::Photo, *id, field).await?;
        }
    }
    Ok(())
}

/// The pictures of somebody, in the order of the fields.
pub fn of(person: &person::Model) -> [Option<Uuid>; 4] {
    [person.photo_file_id, person.id_front_file_id, person.id_back_file_id, person.portrait_file_id]
}

/// Claims pictures that came. One that stays, even if sent again, is left alone.
pub async fn claim_new(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    before: &person::Model,
    after: [Option<Uuid>; 4],
) -> Result<()> {
    for ((field, before), after) in [PHOTO, ID_FRONT, ID_BACK, PORTRAIT].into_iter().zip(of(before)).zip(after) {
        if let Some(id) = after.filter(|_| before != after) {
            service::claim(tx, Some(account_id), Purpose::Photo, id, field).await?;
        }
    }
    Ok(())
}
