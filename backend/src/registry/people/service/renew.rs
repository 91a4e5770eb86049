//! What somebody has said of themselves anew, and somebody has looked at.

use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{Particulars, put_bank_card, rules, update};
use crate::{
    entity::person::{self, ActiveModel, Model},
    platform::{crypto::Keyring, types::Ethnic, web::Result},
    registry::faces::service as versions,
};

/// Writes what came; what did not, stays. Pictures have been claimed. A portrait that a card reader has read stays as it
/// is: the one that came is the caller's to let go of, if the row does not have it afterwards.
pub async fn renew(
    tx: &impl ConnectionTrait,
    keys: &Keyring,
    before: &Model,
    ethnic: Ethnic,
    particulars: Particulars,
) -> Result<person::Model> {
    let Particulars {
        address,
        id_authority,
        id_valid_from,
        id_valid_until,
        phone,
        education,
        political,
        marital,
        bank_name,
        bank_card,
        photo_file_id,
        id_front_file_id,
        id_back_file_id,
        portrait_file_id,
    } = particulars;
    rules::check_validity(id_valid_from, id_valid_until)?;
    let mut row = ActiveModel { id: Set(before.id), ethnic: Set(ethnic.name().to_owned()), ..Default::default() };
    put(&mut row.address, address);
    put(&mut row.id_authority, id_authority);
    if id_valid_from.is_some() {
        row.id_valid_from = Set(id_valid_from);
        // Nothing beside a beginning means 长期.
        row.id_valid_until = Set(id_valid_until);
    }
    put(&mut row.phone, phone.map(|phone| phone.expose().to_owned()));
    put(&mut row.education, education.map(|code| code.code().to_owned()));
    put(&mut row.political, political.map(|code| code.code().to_owned()));
    put(&mut row.marital, marital.map(|code| code.code().to_owned()));
    put(&mut row.bank_name, bank_name);
    if let Some(card) = &bank_card {
        put_bank_card(&mut row, keys, Some(card));
    }
    versions::keep_earlier(tx, before).await?;
    put(&mut row.photo_file_id, photo_file_id);
    put(&mut row.id_front_file_id, id_front_file_id);
    put(&mut row.id_back_file_id, id_back_file_id);
    if !versions::portrait_was_read(tx, before.id).await? {
        put(&mut row.portrait_file_id, portrait_file_id);
    }
    update(tx, before.revision, row).await
}

fn put<T: Into<sea_orm::Value>>(column: &mut sea_orm::ActiveValue<Option<T>>, value: Option<T>)
where
    Option<T>: Into<sea_orm::Value>,
{
    if value.is_some() {
        *column = Set(value);
    }
}
