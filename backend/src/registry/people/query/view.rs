use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{is_responsible, on_site_now};
use crate::{
    entity::{Reach, company, person, stored_file},
    platform::{
        App,
        files::{Disposition, FileView},
        web::Result,
    },
    registry::people::dto::{CompanyRef, PersonDetail, PersonRow, masked_address},
};

/// People as lists show them, with their companies, sites and photos in one query each.
pub async fn rows(app: &App, reach: &Reach, people: &[person::Model]) -> Result<Vec<PersonRow>> {
    let db = app.db.reader();
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let mut places = on_site_now(db, reach, &ids).await?;
    let companies = company_names(db, people.iter().filter_map(|person| person.company_id)).await?;
    let row = |person: &person::Model| {
        let company = person.company_id.and_then(|id| companies.get(&id).cloned());
        let photo = person.photo_file_id.map(|id| app.files.links.path(id, Disposition::Inline));
        PersonRow::of(person, company, places.remove(&person.id).unwrap_or_default(), photo)
    };
    Ok(people.iter().map(row).collect())
}

pub async fn company_names(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, CompanyRef>> {
    let ids: Vec<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = company::Entity::find().filter(company::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|company| (company.id, CompanyRef { id: company.id, name: company.name })).collect())
}

/// One person as their page shows them. `editing` is the reach of the caller's permission to edit.
pub async fn detail(app: &App, reach: &Reach, editing: &Reach, person: &person::Model) -> Result<PersonDetail> {
    let db = app.db.reader();
    let company = company_names(db, person.company_id.into_iter()).await?.into_values().next();
    let places = on_site_now(db, reach, &[person.id]).await?.remove(&person.id).unwrap_or_default();
    let photo = match person.photo_file_id {
        Some(id) => stored_file::Entity::find_by_id(id).one(db).await?.map(|file| FileView::of(app, &file)),
        None => None,
    };
    let url = photo.as_ref().map(|photo| photo.url.clone());
    Ok(PersonDetail {
        row: PersonRow::of(person, company, places, url),
        address: person.address.as_deref().map(masked_address),
        id_authority: person.id_authority.clone(),
        id_valid_from: person.id_valid_from,
        id_valid_until: person.id_valid_until,
        education: person.education.clone(),
        political: person.political.clone(),
        marital: person.marital.clone(),
        bank_name: person.bank_name.clone(),
        photo,
        has_id_front: person.id_front_file_id.is_some(),
        has_id_back: person.id_back_file_id.is_some(),
        updated_at: person.updated_at,
        may_edit: is_responsible(db, editing, person).await?,
        unmask_needs_reason: !is_responsible(db, reach, person).await?,
    })
}
