//! The figures above a roster.

use sea_orm::{ColumnTrait, QuerySelect};

use super::select::{Search, matching};
use crate::{
    entity::{
        Reach,
        roster_entry::{Column, EntryKind},
    },
    platform::{
        App,
        cache::{SLOW, kept},
        web::{Error, Result},
    },
    registry::units::query::present,
    site::roster::dto::{Heads, RosterCounts},
};

pub async fn counts(app: &App, reach: &Reach, search: &Search) -> Result<RosterCounts> {
    let filter = serde_json::to_string(&search.filter).map_err(Error::internal)?;
    let by_number = search.id_number_hash.as_deref().unwrap_or_default();
    let key = format!("roster-counts:{}:{filter}:{by_number}", reach.key());
    kept(&app.cache, &key, SLOW, reckoned(app, reach, search)).await
}

async fn reckoned(app: &App, reach: &Reach, search: &Search) -> Result<RosterCounts> {
    let db = app.db.reader();
    let kinds: Vec<(EntryKind, i64, i64)> = matching(reach, search)
        .select_only()
        .column(Column::Kind)
        .column_as(present(Column::ExitedOn), "on_site")
        .column_as(Column::Id.count(), "ever")
        .group_by(Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    let mut counts = RosterCounts::default();
    for (kind, on_site, ever) in kinds {
        count(&mut counts.on_site, kind, on_site.unsigned_abs());
        count(&mut counts.exited, kind, (ever - on_site).unsigned_abs());
    }
    let incomplete = search.incomplete(app, reach).await?;
    counts.incomplete = super::total(db, reach, &incomplete).await?;
    Ok(counts)
}

fn count(heads: &mut Heads, kind: EntryKind, number: u64) {
    let of_kind = match kind {
        EntryKind::Worker => &mut heads.worker,
        EntryKind::Manager => &mut heads.manager,
        EntryKind::Other => &mut heads.other,
    };
    *of_kind += number;
    heads.total += number;
}
