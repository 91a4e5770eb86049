//! Is somebody known? Asked before a registration. Since it tells of people out of reach, it tells little, is
//! limited, and is written down.

use std::time::Duration;

use actix_web::{post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{company, person},
    platform::{
        App, audit,
        auth::{Caller, Within, roles::EditPeople},
        types::{IdNumber, Masked, Sex, clock},
        web::{Error, Json, Result},
    },
    registry::people::{query, rules},
};
use sea_orm::{ConnectionTrait, EntityTrait};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const A_MINUTE: u64 = 30;
const A_DAY: u64 = 500;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    pub id_number: IdNumber,
}

/// What may be told of an ID number.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookupAnswer {
    pub known: bool,
    /// What the number itself says.
    pub sex: Sex,
    pub age: u32,
    /// Under sixteen: cannot be registered.
    pub too_young: bool,
    /// Only of somebody within the caller's reach.
    pub person_id: Option<Uuid>,
    /// In full within reach, else masked.
    pub name: Option<String>,
    /// The company somebody is registered with, which they have to leave before another registers them.
    pub company_name: Option<String>,
    /// On some site now.
    pub on_site: bool,
}

/// Whether somebody is known, before they are registered.
#[utoipa::path(tag = "people", responses((status = 200, body = LookupAnswer)))]
#[post("/people/lookup")]
pub async fn lookup(within: Within<EditPeople>, app: Data<App>, form: Json<Lookup>) -> Result<Json<LookupAnswer>> {
    let number = form.0.id_number;
    limit(&app, &within.actor).await?;
    let tx = app.db.begin().await?;
    let known = query::by_id_number(&tx, &app.keys, &number).await?;
    let answer = answer(&tx, &within, &number, known.as_ref()).await?;
    let subject = known.as_ref().map_or_else(|| "-".to_owned(), |person| person.id.to_string());
    let mut entry = audit::Entry::new("person.lookup").subject("person", subject, number.masked().as_str());
    if let Some(person) = known {
        entry = entry.region(person.region_code);
    }
    entry.write(&tx, &within.actor).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

async fn answer(
    tx: &impl ConnectionTrait,
    within: &Within<EditPeople>,
    number: &IdNumber,
    known: Option<&person::Model>,
) -> Result<LookupAnswer> {
    let age = number.age_on(clock::china_today());
    let mut answer = LookupAnswer {
        known: known.is_some(),
        sex: number.sex(),
        age,
        too_young: age < rules::YOUNGEST,
        person_id: None,
        name: None,
        company_name: None,
        on_site: false,
    };
    let Some(person) = known else { return Ok(answer) };
    let seen = query::find(tx, &within.reach, person.id).await.is_ok();
    answer.person_id = seen.then_some(person.id);
    answer.name = Some(if seen { person.name.clone() } else { Masked::name(&person.name).into() });
    if let Some(id) = person.company_id {
        answer.company_name = company::Entity::find_by_id(id).one(tx).await?.map(|company| company.name);
    }
    answer.on_site = query::is_on_any_site(tx, person.id).await?;
    Ok(answer)
}

/// So many questions a minute and a day are registering people; more are trying numbers out. A cache that does not
/// answer lets them through: they are written down in any case.
async fn limit(app: &App, caller: &Caller) -> Result<()> {
    for (window, most, name) in [(MINUTE, A_MINUTE, "minute"), (DAY, A_DAY, "day")] {
        let key = format!("people:lookup:{name}:{}", caller.account.id);
        match app.cache.hit(&key, window).await {
            Ok(count) if count > most => {
                return Err(Error::TooMany(window.as_secs(), "查询身份证号过于频繁，请稍后再试".into()));
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "a look-up was not counted"),
        }
    }
    Ok(())
}
