//! Re-seals what is sealed with a key that is no longer the active one, so that the old key can be taken away.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LikeExpr},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::identity::{BANK_CARD, ID_NUMBER};
use crate::{
    entity::{
        person::{self, Column},
        registration,
    },
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
    /// Of people who are not on the platform yet.
    registrations: usize,
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
        let registrations = rotate_registrations(app).await?;
        Ok(Outcome::result(Rotated { people, registrations }))
    }
}

fn is_due(keys: &Keyring) -> Condition {
    Condition::any()
        .add(is_sealed_with_another(keys, Column::IdNumberSealed))
        .add(is_sealed_with_another(keys, Column::BankCardSealed))
}

fn is_sealed_with_another(keys: &Keyring, column: impl ColumnTrait) -> Expr {
    // A key id may hold an underscore, which is a wildcard unless escaped.
    let current = format!("{}.%", keys.active_key().replace('_', "\\_"));
    column.is_not_null().and(column.not_like(LikeExpr::new(current).escape('\\')))
}

/// Registrations that nobody has decided: never many, for what is decided or given up holds nothing sealed.
async fn rotate_registrations(app: &App) -> Result<usize> {
    use registration::{ActiveModel, Column, Entity};
    let due = Condition::any()
        .add(is_sealed_with_another(&app.keys, Column::IdNumberSealed))
        .add(is_sealed_with_another(&app.keys, Column::BankCardSealed));
    let mut done = 0;
    for row in Entity::find().filter(due).all(app.db.reader()).await? {
        let reseal = |context, sealed: &Option<String>| {
            sealed.as_deref().map(|sealed| resealed(&app.keys, context, sealed)).transpose()
        };
        let fresh = ActiveModel {
            id_number_sealed: Set(reseal(ID_NUMBER, &row.id_number_sealed)?),
            bank_card_sealed: Set(reseal(BANK_CARD, &row.bank_card_sealed)?),
            ..Default::default()
        };
        // Only if it is still what was read: whoever changed it in between has sealed it anew.
        let same = Column::Id.eq(row.id).and(Column::Revision.eq(row.revision));
        let written = Entity::update_many().set(fresh).filter(same).exec(app.db.writer()).await?;
        done += usize::try_from(written.rows_affected).unwrap_or(0);
    }
    Ok(done)
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
