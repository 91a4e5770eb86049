//! Joining and leaving. `person.company_id` follows the open row in the same transaction.

use chrono::{NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use crate::{
    entity::{
        company, employment,
        employment::Column,
        person::{ActiveModel, Model},
    },
    platform::{
        audit,
        auth::Caller,
        types::clock,
        web::{Error, Result},
    },
    registry::people::service::update,
};

pub async fn join(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    company: &company::Model,
    person: &Model,
    joined_on: NaiveDate,
) -> Result<Model> {
    check_free(tx, company, person).await?;
    let today = clock::china_today();
    if joined_on > today {
        return Err(Error::field("joined_on", "入职日期不能晚于今天"));
    }
    let last = employment::Entity::find().filter(Column::PersonId.eq(person.id)).order_by_desc(Column::JoinedOn);
    if let Some(left_on) = last.one(tx).await?.and_then(|last| last.left_on).filter(|left_on| *left_on > joined_on) {
        return Err(Error::field("joined_on", format!("该人员 {left_on} 才从上一家企业离职，入职日期不能更早")));
    }
    let row = employment::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id),
        company_id: Set(company.id),
        joined_on: Set(joined_on),
        left_on: Set(None),
        leave_reason: Set(None),
        created_at: Set(Utc::now()),
    };
    employment::Entity::insert(row).exec_without_returning(tx).await?;
    let after = belong_to(tx, person, Some(company.id)).await?;
    about(person, company, "person.join")
        .created(&json!({ "company": company.name, "joined_on": joined_on }))
        .write(tx, caller)
        .await?;
    Ok(after)
}

/// Says who holds somebody. The database's constraint stands behind it for two calls at the same moment.
async fn check_free(tx: &impl ConnectionTrait, company: &company::Model, person: &Model) -> Result<()> {
    let Some(current) = person.company_id else { return Ok(()) };
    if current == company.id {
        return Err(Error::field("id_number", "该人员已登记在本企业"));
    }
    let holder = company::Entity::find_by_id(current).one(tx).await?.map_or_else(|| "其他企业".to_owned(), |c| c.name);
    Err(Error::field("id_number", format!("该人员已登记在“{holder}”，须先由其办理【离职迁出】")))
}

pub async fn leave(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    company: &company::Model,
    person: &Model,
    left_on: NaiveDate,
    reason: &str,
) -> Result<Model> {
    let current = employment::Entity::find()
        .filter(Column::PersonId.eq(person.id).and(Column::CompanyId.eq(company.id)).and(Column::LeftOn.is_null()))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    if left_on > clock::china_today() {
        return Err(Error::field("left_on", "离职日期不能晚于今天"));
    }
    if left_on < current.joined_on {
        return Err(Error::field("left_on", format!("离职日期不能早于入职日期 {}", current.joined_on)));
    }
    let row = employment::ActiveModel {
        id: Set(current.id),
        left_on: Set(Some(left_on)),
        leave_reason: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    employment::Entity::update(row).exec(tx).await?;
    let after = belong_to(tx, person, None).await?;
    about(person, company, "person.leave")
        .reason(reason)
        .changed(&json!({ "left_on": null }), &json!({ "left_on": left_on }))
        .write(tx, caller)
        .await?;
    Ok(after)
}

async fn belong_to(tx: &impl ConnectionTrait, person: &Model, company_id: Option<Uuid>) -> Result<Model> {
    let row = ActiveModel { id: Set(person.id), company_id: Set(company_id), ..Default::default() };
    update(tx, person.revision, row).await
}

fn about(person: &Model, company: &company::Model, action: &'static str) -> audit::Entry {
    audit::Entry::new(action)
        .subject("person", person.id, &person.name)
        .region(&company.region_code)
        .company(company.id)
}
