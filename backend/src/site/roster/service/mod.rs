//! Writes: people enter, change, leave and come back.

mod admit;
mod edit;
mod enter;
mod exit;
mod named;
mod person;

use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{dto::Terms, rules::Place};
use crate::{
    entity::{company::UploadState, project, roster_entry},
    platform::{audit, types::Text},
};

pub use admit::{Admitted, Newcomer, admit};
pub use edit::{edit, issue_card};
pub use enter::{Site, enter};
pub use exit::{exit, undo};
pub use named::{Named, named};

/// Who enters where, when and as what.
pub struct NewEntry {
    pub person_id: Uuid,
    pub entered_on: chrono::NaiveDate,
    pub terms: Terms,
    pub card_number: Option<String>,
}

/// A row for somebody who enters.
pub fn new_row(place: &Place, new: NewEntry) -> roster_entry::ActiveModel {
    let NewEntry { person_id, entered_on, terms, card_number } = new;
    let Terms { work_type, post, settlement, unit_price_fen, settlement_unit } = terms;
    roster_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(place.crew.project_id),
        person_id: Set(person_id),
        unit_id: Set(place.unit.id),
        crew_id: Set(place.crew.id),
        kind: Set(place.kind()),
        work_type: Set(work_type.map(|code| code.code().to_owned())),
        post: Set(post.map(|code| code.code().to_owned())),
        settlement: Set(settlement),
        unit_price_fen: Set(unit_price_fen),
        settlement_unit: Set(settlement_unit.map(Text::into_string)),
        card_number: Set(card_number),
        entered_on: Set(entered_on),
        exited_on: Set(None),
        exit_reason: Set(None),
        exit_recorded_at: Set(None),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(chrono::Utc::now()),
        revision: Set(1),
    }
}

/// An audit entry about somebody's stay; its subject is the person, so that a life's stays are found together.
pub fn about(action: &'static str, person_id: Uuid, name: &str, project: &project::Model) -> audit::Entry {
    audit::Entry::new(action).subject("person", person_id, name).project(project)
}
