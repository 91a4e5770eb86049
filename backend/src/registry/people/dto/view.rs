use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{
        person::{Model, PersonOrigin},
        roster_entry::EntryKind,
    },
    platform::{
        files::FileView,
        types::{Masked, clock},
    },
    registry::people::rules,
};

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CompanyRef {
    pub id: Uuid,
    pub name: String,
}

/// Where somebody is now. A project that the caller may not see has no name here, only that there is one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Whereabouts {
    pub project_id: Option<Uuid>,
    pub project_name: Option<String>,
    pub unit_name: Option<String>,
    pub crew_name: Option<String>,
    pub kind: EntryKind,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub entered_on: NaiveDate,
}

/// Somebody in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonRow {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    /// "male" or "female".
    pub sex: String,
    pub age: u32,
    pub ethnic: String,
    /// Masked.
    pub id_number: String,
    /// Masked.
    pub phone: Option<Masked>,
    /// Masked.
    pub bank_card: Option<String>,
    pub company: Option<CompanyRef>,
    pub on_site: Vec<Whereabouts>,
    /// A link that expires.
    pub photo_url: Option<String>,
    pub origin: PersonOrigin,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

impl PersonRow {
    pub fn of(
        person: &Model,
        company: Option<CompanyRef>,
        on_site: Vec<Whereabouts>,
        photo_url: Option<String>,
    ) -> Self {
        Self {
            id: person.id,
            number: person.number,
            name: person.name.clone(),
            sex: person.sex.clone(),
            age: rules::age_on(person.born_on, clock::china_today()),
            ethnic: person.ethnic.clone(),
            id_number: person.id_number_mask.clone(),
            phone: person.phone.as_deref().map(Masked::phone),
            bank_card: person.bank_card_mask.clone(),
            company,
            on_site,
            photo_url,
            origin: person.origin,
            created_at: person.created_at,
            revision: person.revision,
        }
    }
}

/// Somebody with everything but their record, which has a call of its own.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonDetail {
    #[serde(flatten)]
    pub row: PersonRow,
    /// Masked after the first characters.
    pub address: Option<String>,
    pub id_authority: Option<String>,
    pub id_valid_from: Option<NaiveDate>,
    /// Absent beside `id_valid_from`: 长期.
    pub id_valid_until: Option<NaiveDate>,
    pub education: Option<String>,
    pub political: Option<String>,
    pub marital: Option<String>,
    pub bank_name: Option<String>,
    pub photo: Option<FileView>,
    /// Pictures of the ID card show the whole number: they are reached by `unmask` only.
    pub has_id_front: bool,
    pub has_id_back: bool,
    pub updated_at: DateTime<Utc>,
    /// Whether the caller may edit this person as things stand.
    pub may_edit: bool,
    /// Whether an unmasking needs a reason.
    pub unmask_needs_reason: bool,
}

/// Enough of an address to recognise it, not enough to ring at the door.
pub fn masked_address(address: &str) -> String {
    let shown: String = address.chars().take(6.min(address.chars().count() / 2)).collect();
    format!("{shown}******")
}

/// What the audit keeps of somebody: masks, and for numbers whose masks may be equal the first digits of their
/// keyed hashes, so that a changed card is seen to have changed.
#[derive(Debug, Serialize)]
pub struct AuditView<'a> {
    name: &'a str,
    id_number: String,
    ethnic: &'a str,
    phone: Option<Masked>,
    address: Option<String>,
    id_authority: Option<&'a str>,
    id_valid_from: Option<NaiveDate>,
    id_valid_until: Option<NaiveDate>,
    education: Option<&'a str>,
    political: Option<&'a str>,
    marital: Option<&'a str>,
    bank_name: Option<&'a str>,
    bank_card: Option<String>,
    photo_file_id: Option<Uuid>,
    id_front_file_id: Option<Uuid>,
    id_back_file_id: Option<Uuid>,
    portrait_file_id: Option<Uuid>,
    company_id: Option<Uuid>,
}

impl<'a> AuditView<'a> {
    pub fn of(person: &'a Model) -> Self {
        let card = person.bank_card_mask.as_ref().zip(person.bank_card_hash.as_ref());
        Self {
            name: &person.name,
            id_number: told_apart(&person.id_number_mask, &person.id_number_hash),
            ethnic: &person.ethnic,
            phone: person.phone.as_deref().map(Masked::phone),
            address: person.address.as_deref().map(masked_address),
            id_authority: person.id_authority.as_deref(),
            id_valid_from: person.id_valid_from,
            id_valid_until: person.id_valid_until,
            education: person.education.as_deref(),
            political: person.political.as_deref(),
            marital: person.marital.as_deref(),
            bank_name: person.bank_name.as_deref(),
            bank_card: card.map(|(mask, hash)| told_apart(mask, hash)),
            photo_file_id: person.photo_file_id,
            id_front_file_id: person.id_front_file_id,
            id_back_file_id: person.id_back_file_id,
            portrait_file_id: person.portrait_file_id,
            company_id: person.company_id,
        }
    }
}

fn told_apart(mask: &str, hash: &str) -> String {
    format!("{mask} ({})", hash.get(..6).unwrap_or_default())
}
