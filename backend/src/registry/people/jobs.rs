//! Re-seals what is sealed with a key that is no longer the active one, so that the old key can be taken away.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::LikeExpr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::identity::{BANK_CARD, ID_NUMBER};
use crate::{
    entity::person::{self, Column},
    platform::{
        App,
        crypto::Keyring,
        jobs::{Job, JobContext, JobError, Outcome},
        web::{Error, Result},
    },
};

const BATCH: u64 = 200;

/// Goes through everybody once a night; with nothing to do it is one look at the table. Killed at any point, it
/// goes on where it was: what has been done no longer matches.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RotateKeys {}

/// What a run did.
#[derive(Debug, Serialize)]
struct Rotated {
    people: usize,
}

impl Job for RotateKeys {
    const KIND: &'static str = "people.rotate_keys";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = &context.app;
        let due = person::Entity::find().filter(is_due(&app.keys)).count(app.db.reader()).await?;
        let total = usize::try_from(due).unwrap_or(usize::MAX);
        let (mut people, mut after) = (0, None);
        while let Some((done, last)) = rotate_batch(app, after).await? {
            people += done;
            after = Some(last);
            context.progress(people, total, format!("已重新加密 {people} 人")).await;
        }
        Ok(Outcome::result(Rotated { people }))
    }
}

fn is_due(keys: &Keyring) -> Condition {
    // A key id may hold an underscore, which is a wildcard unless escaped.
    let current = format!("{}.%", keys.active_key().replace('_', "\\_"));
    let current = || LikeExpr::new(current.clone()).escape('\\');
    let card = Column::BankCardSealed.is_not_null().and(Column::BankCardSealed.not_like(current()));
    Condition::any().add(Column::IdNumberSealed.not_like(current())).add(card)
}

/// Re-seals the next people after an id; how many, and the last one's id. The revision stays: nothing was edited.
async fn rotate_batch(app: &App, after: Option<Uuid>) -> Result<Option<(usize, Uuid)>> {
    let mut due = person::Entity::find().filter(is_due(&app.keys)).order_by_asc(Column::Id).limit(BATCH);
    if let Some(after) = after {
        due = due.filter(Column::Id.gt(after));
    }
    let people = due.all(app.db.reader()).await?;
    let Some(last) = people.last().map(|person| person.id) else { return Ok(None) };
    let tx = app.db.begin().await?;
    let mut done = 0;
    for person in people {
        // Only if it is still what was read: an edit in between has sealed it anew already.
        let same = Column::IdNumberSealed.eq(&person.id_number_sealed);
        let same = same.and(match &person.bank_card_sealed {
            Some(sealed) => Column::BankCardSealed.eq(sealed),
            None => Column::BankCardSealed.is_null(),
        });
        let row = person::ActiveModel {
            id_number_sealed: Set(resealed(&app.keys, ID_NUMBER, &person.id_number_sealed)?),
            bank_card_sealed: Set(person
                .bank_card_sealed
                .as_deref()
                .map(|sealed| resealed(&app.keys, BANK_CARD, sealed))
                .transpose()?),
            ..Default::default()
        };
        let same = Column::Id.eq(person.id).and(same);
        let written = person::Entity::update_many().set(row).filter(same).exec(&tx).await?;
        done += usize::try_from(written.rows_affected).unwrap_or(0);
    }
    tx.commit().await?;
    Ok(Some((done, last)))
}

fn resealed(keys: &Keyring, context: &str, sealed: &str) -> Result<String> {
    if !keys.needs_rotation(sealed) {
        return Ok(sealed.to_owned());
    }
    Ok(keys.seal(context, &keys.open(context, sealed).map_err(Error::internal)?))
}
