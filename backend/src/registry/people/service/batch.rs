//! Many at once, as sheets bring them: a handful of statements for all of them.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::{NewPerson, put_bank_card, row_of, update};
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

/// Makes people whose ID numbers were not known a moment ago. Gives all of them and whether they were created just
/// now, for somebody else may have made one meanwhile. Ages have been checked against the day they are wanted for.
pub async fn create_many(
    tx: &impl ConnectionTrait,
    keys: &Keyring,
    new: Vec<NewPerson>,
) -> Result<Vec<(person::Model, bool)>> {
    let Ok(count @ 1..) = u32::try_from(new.len()) else { return Ok(Vec::new()) };
    let id_numbers: Vec<IdNumber> = new.iter().map(|one| one.id_number.clone()).collect();
    let numbers = take_numbers(tx, "person_number", count).await?;
    let (mut rows, mut ours) = (Vec::with_capacity(new.len()), HashSet::new());
    for (one, number) in new.into_iter().zip(numbers) {
        rows.push(row_of(keys, one, number)?);
        ours.insert(number);
    }
    let unless_known = OnConflict::column(Column::IdNumberHash).do_nothing().to_owned();
    person::Entity::insert_many(rows).on_conflict(unless_known).exec_without_returning(tx).await?;
    let people = by_id_numbers(tx, keys, &id_numbers).await?.into_iter();
    let told = |person: person::Model| {
        let created = ours.contains(&person.number);
        (person, created)
    };
    Ok(people.map(told).collect())
}

/// What a sheet did to somebody known.
#[derive(Debug)]
pub struct Filled {
    /// The person as they are now, if something was written.
    pub after: Option<person::Model>,
    /// The card that was brought is not the one that is known.
    pub other_card: bool,
}

/// Writes phone and wage card where nothing is known yet; what is known stays, for a sheet may be older than that.
pub async fn fill_blanks(
    tx: &impl ConnectionTrait,
    keys: &Keyring,
    person: &person::Model,
    phone: Option<&Mobile>,
    bank_name: Option<&Text<1, 60>>,
    bank_card: Option<&BankCard>,
) -> Result<Filled> {
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
    let differs = |card: &BankCard| {
        let hash = super::Concealed::bank_card(keys, card).hash;
        person.bank_card_hash.as_ref().is_some_and(|known| *known != hash)
    };
    Ok(Filled {
        after: if fills { Some(update(tx, person.revision, row).await?) } else { None },
        other_card: bank_card.is_some_and(differs),
    })
}
