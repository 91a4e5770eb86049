//! Many at once, as sheets bring them: a handful of statements for all of them.

use std::collections::HashSet;

use chrono::Utc;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::{NewPerson, put_bank_card, row_of};
use crate::{
    entity::person::{self, Column},
    platform::{
        crypto::Keyring,
        database::take_numbers,
        types::{BankCard, IdNumber, Mobile, Text},
        web::Result,
    },
    registry::people::identity::id_number_hash,
};

/// The people who have these ID numbers, whoever asks.
pub async fn by_id_numbers<'a>(
    db: &impl ConnectionTrait,
    keys: &Keyring,
    numbers: impl IntoIterator<Item = &'a IdNumber>,
) -> Result<Vec<person::Model>> {
    let hashes: HashSet<String> = numbers.into_iter().map(|number| id_number_hash(keys, number)).collect();
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    Ok(person::Entity::find().filter(Column::IdNumberHash.is_in(hashes)).all(db).await?)
}

/// Makes people whose ID numbers were not known a moment ago, and gives all of them, also those whom somebody else has
/// made meanwhile. Ages have been checked against the day they are wanted for.
pub async fn create_many(tx: &impl ConnectionTrait, keys: &Keyring, new: Vec<NewPerson>) -> Result<Vec<person::Model>> {
    let Ok(count @ 1..) = u32::try_from(new.len()) else { return Ok(Vec::new()) };
    let id_numbers: Vec<IdNumber> = new.iter().map(|one| one.id_number.clone()).collect();
    let numbers = take_numbers(tx, "person_number", count).await?;
    let mut rows = Vec::with_capacity(new.len());
    for (one, number) in new.into_iter().zip(numbers) {
        rows.push(row_of(keys, one, number)?);
    }
    let unless_known = OnConflict::column(Column::IdNumberHash).do_nothing().to_owned();
    person::Entity::insert_many(rows).on_conflict(unless_known).exec_without_returning(tx).await?;
    by_id_numbers(tx, keys, &id_numbers).await
}

/// Writes phone and wage card where nothing is known yet; what is known stays, for a sheet may be older than that.
/// Tells whether a card that was brought is not the one that is known.
pub async fn fill_blanks(
    tx: &impl ConnectionTrait,
    keys: &Keyring,
    person: &person::Model,
    phone: Option<&Mobile>,
    bank_name: Option<&Text<1, 60>>,
    bank_card: Option<&BankCard>,
) -> Result<bool> {
    let mut row = person::ActiveModel { id: Set(person.id), ..Default::default() };
    let mut fills = false;
    if let (None, Some(phone)) = (&person.phone, phone) {
        row.phone = Set(Some(phone.expose().to_owned()));
        fills = true;
    }
    if let (None, Some(card)) = (&person.bank_card_hash, bank_card) {
        put_bank_card(&mut row, keys, Some(card));
        row.bank_name = Set(bank_name.map(|name| name.as_str().to_owned()).or_else(|| person.bank_name.clone()));
        fills = true;
    }
    if fills {
        row.updated_at = Set(Utc::now());
        row.revision = Set(person.revision + 1);
        let update = person::Entity::update(row).validate()?.filter(Column::Revision.eq(person.revision));
        update.exec(tx).await?;
    }
    let differs = |card: &BankCard| {
        let hash = super::Concealed::bank_card(keys, card).hash;
        person.bank_card_hash.as_ref().is_some_and(|known| *known != hash)
    };
    Ok(bank_card.is_some_and(differs))
}
