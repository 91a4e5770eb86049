//! The one way to see somebody's numbers in full.

use std::{collections::BTreeSet, time::Duration};

use actix_web::{post, web::Data};
use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::person,
    platform::{
        App,
        auth::{Caller, Within, roles::Unmask},
        files::Disposition,
        types::{Text, blank_as_none},
        web::{Error, Json, Path, Result},
    },
    registry::people::{identity, query, records::emergency_phones, service::note},
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const AN_HOUR: u64 = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnmaskField {
    /// With the birth date it holds.
    IdNumber,
    Phone,
    BankCard,
    Address,
    /// Links to the pictures of the ID card.
    IdCard,
    /// The phones of emergency contacts.
    EmergencyContacts,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnmaskRequest {
    #[schema(value_type = Vec<UnmaskField>, min_items = 1)]
    pub fields: BTreeSet<UnmaskField>,
    /// Demanded for somebody who is not the caller's any more.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub reason: Option<Text<2, 200>>,
}

/// What was asked for, in full; the rest stays absent.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Unmasked {
    pub id_number: Option<String>,
    pub born_on: Option<NaiveDate>,
    pub phone: Option<String>,
    pub bank_card: Option<String>,
    pub address: Option<String>,
    pub id_front_url: Option<String>,
    pub id_back_url: Option<String>,
    pub emergency_contacts: Option<Vec<ContactPhone>>,
}

/// The phone of one emergency contact, by its record.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactPhone {
    pub record_id: Uuid,
    pub phone: String,
}

/// Shows masked values in full and writes down who looked. The note and the values come from one transaction: what
/// was not noted was not shown.
#[utoipa::path(tag = "people", params(("person_id" = Uuid, Path)), responses((status = 200, body = Unmasked)))]
#[post("/people/{person_id}/unmask")]
pub async fn unmask(
    within: Within<Unmask>,
    id: Path<Uuid>,
    app: Data<App>,
    form: Json<UnmaskRequest>,
) -> Result<Json<Unmasked>> {
    let UnmaskRequest { fields, reason } = form.0;
    if fields.is_empty() {
        return Err(Error::field("fields", "请选择要查看的内容"));
    }
    limit(&app, &within.actor).await?;
    let tx = app.db.begin().await?;
    let person = query::find_whole(&tx, &within.reach, id.0).await?;
    if reason.is_none() && !query::is_responsible(&tx, &within.reach, &person).await? {
        return Err(Error::field("reason", "该人员当前不在您的项目或企业，查看完整信息须填写原因"));
    }
    let values = open(&app, &tx, &person, &fields).await?;
    let mut entry = note::by(&tx, &within.actor, &person, "person.unmask").await?.created(&json!({ "fields": fields }));
    if let Some(reason) = &reason {
        entry = entry.reason(reason.as_str());
    }
    entry.write(&tx, &within.actor).await?;
    tx.commit().await?;
    Ok(Json(values))
}

async fn open(
    app: &App,
    tx: &impl ConnectionTrait,
    person: &person::Model,
    fields: &BTreeSet<UnmaskField>,
) -> Result<Unmasked> {
    let mut values = Unmasked::default();
    for field in fields {
        match field {
            UnmaskField::IdNumber => {
                values.id_number = Some(identity::open_id_number(&app.keys, &person.id_number_sealed)?);
                values.born_on = Some(person.born_on);
            }
            UnmaskField::Phone => values.phone = person.phone.clone(),
            UnmaskField::BankCard => {
                let sealed = person.bank_card_sealed.as_deref();
                values.bank_card = sealed.map(|sealed| identity::open_bank_card(&app.keys, sealed)).transpose()?;
            }
            UnmaskField::Address => values.address = person.address.clone(),
            UnmaskField::IdCard => {
                let link = |id: Uuid| app.files.links.path(id, Disposition::Inline);
                values.id_front_url = person.id_front_file_id.map(link);
                values.id_back_url = person.id_back_file_id.map(link);
            }
            UnmaskField::EmergencyContacts => {
                let phones = emergency_phones(tx, person.id).await?.into_iter();
                values.emergency_contacts =
                    Some(phones.map(|(record_id, phone)| ContactPhone { record_id, phone }).collect());
            }
        }
    }
    Ok(values)
}

/// Nobody reads three hundred people's numbers in an hour by hand.
async fn limit(app: &App, caller: &Caller) -> Result<()> {
    match app.cache.hit(&format!("people:unmask:{}", caller.account.id), HOUR).await {
        Ok(count) if count > AN_HOUR => {
            Err(Error::TooMany(HOUR.as_secs(), "查看完整信息过于频繁，请一小时后再试".into()))
        }
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "an unmasking was not counted");
            Ok(())
        }
    }
}
