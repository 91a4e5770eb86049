//! Contracts beside the entries they are for, for those who ask about one person.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::list::{Rules, Viewer};
use crate::{
    entity::{
        Reach,
        contract::{self, Column, ContractState},
        roster_entry,
    },
    platform::{App, types::clock::china_today, web::Result},
    registry::policies::Policy,
    site::{
        contracts::{
            dto::{ContractLevel, ContractRow},
            rules,
        },
        roster::{
            dto::RawRow,
            query::{Search, rows},
        },
    },
};

/// How an entry stands.
#[derive(Clone, Copy, Debug)]
pub struct OfEntry {
    /// Nothing where there never was one, or its scan was taken back.
    pub state: Option<ContractState>,
    /// Of those who must sign and have not.
    pub level: Option<ContractLevel>,
}

/// The standing of one person's entries.
pub async fn of_entries(
    db: &impl ConnectionTrait,
    entries: &[roster_entry::Model],
    policy_of: impl Fn(Uuid) -> Policy,
) -> Result<HashMap<Uuid, OfEntry>> {
    let ids = entries.iter().map(|entry| entry.id);
    let contracts = contract::Entity::find().filter(Column::EntryId.is_in(ids)).all(db).await?;
    let today = china_today();
    let standing = |entry: &roster_entry::Model| {
        let theirs = || contracts.iter().filter(|contract| contract.entry_id == entry.id);
        let is = |state| theirs().any(|contract| contract.state == state);
        let ended: Option<NaiveDate> = theirs().filter_map(|contract| contract.terminated_on).max();
        let signed = is(ContractState::Active);
        let warned = !signed && entry.exited_on.is_none() && rules::must_sign(entry.kind);
        let since = ended.unwrap_or(entry.entered_on);
        OfEntry {
            state: match (signed, is(ContractState::Terminated)) {
                (true, _) => Some(ContractState::Active),
                (false, true) => Some(ContractState::Terminated),
                (false, false) => None,
            },
            level: warned.then(|| rules::level(since, today, &policy_of(entry.project_id))),
        }
    };
    Ok(entries.iter().map(|entry| (entry.id, standing(entry))).collect())
}

/// Somebody's contracts on the projects of a reach, the newest first.
pub async fn of_person(app: &App, viewer: &Viewer, reach: &Reach, person_id: Uuid) -> Result<Vec<ContractRow>> {
    let db = app.db.reader();
    let contracts = contract::Entity::find_in(reach)
        .filter(Column::PersonId.eq(person_id))
        .order_by_desc(Column::CreatedAt)
        .all(db)
        .await?;
    let of_person = roster_entry::Column::PersonId.eq(person_id);
    let people = rows(reach, &Search::default()).filter(of_person).into_model::<RawRow>().all(db).await?;
    let rules = Rules::of(app, people.iter().map(|row| row.region_code.as_str())).await?;
    let shape = |contract: contract::Model| {
        let who = people.iter().find(|row| row.id == contract.entry_id)?.clone();
        Some(viewer.row(app, &rules, who, contract))
    };
    Ok(contracts.into_iter().filter_map(shape).collect())
}
