//! Is somebody known? Asked before a registration. Since it tells of people out of reach, it tells little, is
//! limited, and is written down.

use actix_web::{post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{company, person},
    platform::{
        App,
        auth::{Within, roles::EditPeople},
        types::{IdNumber, Masked, Sex, clock},
        web::{Json, Result},
    },
    registry::people::{lookups, query, rules},
};
use sea_orm::{ConnectionTrait, EntityTrait};

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
    lookups::allow(&app, within.actor.account.id).await?;
    let tx = app.db.begin().await?;
    let known = query::by_id_number(&tx, &app.keys, &number).await?;
    let answer = answer(&tx, &within, &number, known.as_ref()).await?;
    lookups::noted(&number, known.as_ref()).write(&tx, &within.actor).await?;
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
