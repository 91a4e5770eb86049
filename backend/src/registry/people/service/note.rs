//! What the audit says of people.

use crate::{entity::person::Model, platform::audit::Entry, registry::people::dto::AuditView};

/// Something about somebody, readable by their region and company.
pub fn about(person: &Model, action: &'static str) -> Entry {
    let entry = Entry::new(action).subject("person", person.id, &person.name).region(&person.region_code);
    match person.company_id {
        Some(company_id) => entry.company(company_id),
        None => entry,
    }
}

/// Somebody who came onto the platform.
pub fn created(person: &Model) -> Entry {
    about(person, "person.create").created(&AuditView::of(person))
}

/// Somebody whose data changed.
pub fn edited(before: &Model, after: &Model) -> Entry {
    about(after, "person.edit").changed(&AuditView::of(before), &AuditView::of(after))
}
