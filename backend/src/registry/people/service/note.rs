//! What the audit says of people.

use sea_orm::ConnectionTrait;

use crate::{
    entity::person::Model,
    platform::{audit::Entry, auth::Caller, web::Result},
    registry::people::{dto::AuditView, query},
};

/// Something about somebody, readable by their region and company.
fn about(person: &Model, action: &'static str) -> Entry {
    let entry = Entry::new(action).subject("person", person.id, &person.name).region(&person.region_code);
    match person.company_id {
        Some(company_id) => entry.company(company_id),
        None => entry,
    }
}

/// Something a caller does about somebody, readable also by the project whose business it is.
pub async fn by(tx: &impl ConnectionTrait, caller: &Caller, person: &Model, action: &'static str) -> Result<Entry> {
    Ok(about(person, action).project_id(query::project_concerned(tx, caller, person).await?))
}

/// Somebody who came onto the platform.
pub fn created(person: &Model) -> Entry {
    about(person, "person.create").created(&AuditView::of(person))
}

/// Somebody whose data changed.
pub fn edited(before: &Model, after: &Model) -> Entry {
    about(after, "person.edit").changed(&AuditView::of(before), &AuditView::of(after))
}
