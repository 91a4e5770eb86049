//! What people are told on their phones: a row and a job, in the transaction of what it tells of.
//!
//! `tell` is all that features need. Nothing is told twice: the key says what it is about, and the database keeps each
//! key once. Somebody without a phone has a row as well, so that it can be seen who has not been told.

mod list;
mod notice;
mod send;

use chrono::Utc;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entity::{
        phone_message::{self, MessageState},
        phone_user,
    },
    platform::{
        jobs::{self, Ownership},
        web::{Error, Result},
    },
};

pub use list::configure;
pub use notice::{FILLINGS, Notice, NoticeKind, OnProject};
pub use send::{SendNotice, note_receipt};

/// Whom to tell.
#[derive(Clone, Copy, Debug)]
pub enum Recipient {
    /// A row of `phone_user`.
    User(Uuid),
    /// Whoever holds the phone of a person.
    Person(Uuid),
}

/// Tells somebody something, once per key: `registration:{id}:refused:{revision}`. Ring `jobs::wake` after the commit.
pub async fn tell(tx: &impl ConnectionTrait, to: Recipient, notice: Notice, dedupe_key: &str) -> Result<()> {
    let (user_id, person_id) = match to {
        Recipient::User(id) => {
            let user = phone_user::Entity::find_by_id(id).one(tx).await?;
            (user.as_ref().map(|user| user.id), user.and_then(|user| user.person_id))
        }
        Recipient::Person(id) => (phone_of(tx, id).await?, Some(id)),
    };
    let id = Uuid::now_v7();
    let row = phone_message::ActiveModel {
        id: Set(id),
        dedupe_key: Set(dedupe_key.to_owned()),
        kind: Set(notice.kind().name().to_owned()),
        notice: Set(serde_json::to_value(&notice).map_err(Error::internal)?),
        phone_user_id: Set(user_id),
        person_id: Set(person_id),
        project_id: Set(Some(notice.project().id)),
        state: Set(if user_id.is_some() { MessageState::Waiting } else { MessageState::NoPhone }),
        way: Set(None),
        receipt: Set(None),
        failure: Set(None),
        created_at: Set(Utc::now()),
        sent_at: Set(None),
    };
    let unless_told = OnConflict::column(phone_message::Column::DedupeKey).do_nothing().to_owned();
    let told = phone_message::Entity::insert(row).on_conflict(unless_told).exec_without_returning(tx).await?;
    if told == 1 && user_id.is_some() {
        jobs::enqueue(tx, SendNotice { message_id: id }, Ownership::default()).await?;
    }
    Ok(())
}

/// Somebody with two phones is told on the one they linked last.
async fn phone_of(tx: &impl ConnectionTrait, person_id: Uuid) -> Result<Option<Uuid>> {
    let found = phone_user::Entity::find()
        .filter(phone_user::Column::PersonId.eq(person_id))
        .order_by_desc(phone_user::Column::CreatedAt)
        .one(tx)
        .await?;
    Ok(found.map(|user| user.id))
}
