//! Writes. Everybody who brings people in (console, import, terminals, phones) goes through `find_or_create`.

use chrono::{NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

mod batch;
mod edit;
mod files;
pub mod note;
mod register;
mod renew;

pub use batch::{Filled, by_id_numbers, create_many, fill_blanks};
pub use edit::{correct_id_number, edit};
pub use register::{Home, already_known, register};
pub use renew::renew;

use super::{identity::Concealed, query, rules};
use crate::{
    entity::person::{self, PersonOrigin},
    platform::{
        crypto::Keyring,
        database::next_number,
        types::{BankCard, Ethnic, IdNumber, Masked, Mobile, PersonName, clock},
        web::{Error, Result},
    },
    registry::dictionaries::{Education, Marital, Political},
};

/// Somebody as they come in for the first time. What the ID number says is not repeated.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub id_number: IdNumber,
    pub name: PersonName,
    pub ethnic: Ethnic,
    pub origin: PersonOrigin,
    pub origin_project_id: Option<Uuid>,
    /// Where somebody is recorded: the project's or the company's region.
    pub region_code: String,
    pub particulars: Particulars,
}

/// What may be known of somebody beside name and ID number.
#[derive(Clone, Debug, Default)]
pub struct Particulars {
    pub address: Option<String>,
    pub id_authority: Option<String>,
    pub id_valid_from: Option<NaiveDate>,
    /// Nothing with a `id_valid_from` means 长期.
    pub id_valid_until: Option<NaiveDate>,
    pub phone: Option<Mobile>,
    pub education: Option<Education>,
    pub political: Option<Political>,
    pub marital: Option<Marital>,
    pub bank_name: Option<String>,
    pub bank_card: Option<BankCard>,
    pub photo_file_id: Option<Uuid>,
    pub id_front_file_id: Option<Uuid>,
    pub id_back_file_id: Option<Uuid>,
    /// Out of the ID card's chip where a card reader was at hand, else cut from a photo of the card.
    pub portrait_file_id: Option<Uuid>,
}

/// The person with this ID number, and whether they were created just now. Somebody known stays as they are; a name
/// that differs is refused, for one of the two is a mistake. Of two calls at the same moment one creates.
pub async fn find_or_create(
    tx: &impl ConnectionTrait,
    keys: &Keyring,
    new: NewPerson,
) -> Result<(person::Model, bool)> {
    if let Some(known) = query::by_id_number(tx, keys, &new.id_number).await? {
        check_name(&known, &new.name)?;
        return Ok((known, false));
    }
    let (id_number, name) = (new.id_number.clone(), new.name.clone());
    let row = new_row(tx, keys, new).await?;
    let unless_known = OnConflict::column(person::Column::IdNumberHash).do_nothing().to_owned();
    let inserted = person::Entity::insert(row).on_conflict(unless_known).exec_without_returning(tx).await?;
    let person =
        query::by_id_number(tx, keys, &id_number).await?.ok_or_else(|| Error::internal("a person vanished"))?;
    check_name(&person, &name)?;
    Ok((person, inserted == 1))
}

/// A name typed together with a known ID number must be the known name.
pub fn check_name(known: &person::Model, typed: &PersonName) -> Result<()> {
    if known.name == typed.expose() {
        return Ok(());
    }
    let masked = Masked::name(&known.name);
    Err(Error::field("name", format!("该身份证号在人员库中的姓名是“{masked}”，与填写的姓名不一致，请核对")))
}

async fn new_row(tx: &impl ConnectionTrait, keys: &Keyring, new: NewPerson) -> Result<person::ActiveModel> {
    rules::check_age(&new.id_number, clock::china_today())?;
    let number = next_number(tx, "person_number").await?;
    row_of(keys, new, number)
}

fn row_of(keys: &Keyring, new: NewPerson, number: i64) -> Result<person::ActiveModel> {
    let NewPerson { id_number, name, ethnic, origin, origin_project_id, region_code, particulars } = new;
    rules::check_validity(particulars.id_valid_from, particulars.id_valid_until)?;
    let now = Utc::now();
    let mut row = person::ActiveModel {
        id: Set(Uuid::now_v7()),
        number: Set(number),
        name: Set(name.expose().to_owned()),
        ethnic: Set(ethnic.name().to_owned()),
        company_id: Set(None),
        origin: Set(origin),
        origin_project_id: Set(origin_project_id),
        region_code: Set(region_code),
        created_at: Set(now),
        updated_at: Set(now),
        revision: Set(1),
        ..Default::default()
    };
    put_id_number(&mut row, keys, &id_number);
    put_particulars(&mut row, keys, particulars);
    Ok(row)
}

/// Birth date and sex come along: they are the number's.
pub(super) fn put_id_number(row: &mut person::ActiveModel, keys: &Keyring, number: &IdNumber) {
    let Concealed { sealed, hash, mask } = Concealed::id_number(keys, number);
    row.id_number_sealed = Set(sealed);
    row.id_number_hash = Set(hash);
    row.id_number_mask = Set(mask);
    row.sex = Set(number.sex().as_str().to_owned());
    row.born_on = Set(number.birth_date());
}

pub(super) fn put_bank_card(row: &mut person::ActiveModel, keys: &Keyring, card: Option<&BankCard>) {
    let concealed = card.map(|card| Concealed::bank_card(keys, card));
    row.bank_card_sealed = Set(concealed.as_ref().map(|card| card.sealed.clone()));
    row.bank_card_hash = Set(concealed.as_ref().map(|card| card.hash.clone()));
    row.bank_card_mask = Set(concealed.map(|card| card.mask));
}

fn put_particulars(row: &mut person::ActiveModel, keys: &Keyring, particulars: Particulars) {
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
    row.address = Set(address);
    row.id_authority = Set(id_authority);
    row.id_valid_from = Set(id_valid_from);
    row.id_valid_until = Set(id_valid_until);
    row.phone = Set(phone.map(|phone| phone.expose().to_owned()));
    row.education = Set(education.map(|code| code.code().to_owned()));
    row.political = Set(political.map(|code| code.code().to_owned()));
    row.marital = Set(marital.map(|code| code.code().to_owned()));
    row.bank_name = Set(bank_name);
    put_bank_card(row, keys, bank_card.as_ref());
    row.photo_file_id = Set(photo_file_id);
    row.id_front_file_id = Set(id_front_file_id);
    row.id_back_file_id = Set(id_back_file_id);
    row.portrait_file_id = Set(portrait_file_id);
}

/// Writes what changed, if nobody else has changed the row since `revision`.
pub(in crate::registry) async fn update(
    tx: &impl ConnectionTrait,
    revision: i32,
    mut row: person::ActiveModel,
) -> Result<person::Model> {
    row.revision = Set(revision + 1);
    row.updated_at = Set(Utc::now());
    Ok(person::Entity::update(row).validate()?.filter(person::Column::Revision.eq(revision)).exec(tx).await?)
}
