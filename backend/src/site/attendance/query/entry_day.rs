//! One day of one person, punch by punch: what stands behind a cell of the grid.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{
    Site,
    punches::{RawPunch, named},
};
use crate::{
    entity::{
        punch::{self, Column},
        roster_entry,
    },
    platform::web::{Error, Result},
    site::attendance::{
        dto::PunchOfDay,
        marks::{Mark, Walk},
        photos::PhotoLinks,
        rules,
    },
};

/// The punches in the order in which they count, refused ones among them at their time.
pub async fn entry_day(site: &Site<'_>, entry_id: Uuid, day: NaiveDate) -> Result<Vec<PunchOfDay>> {
    rules::check_day("day", day)?;
    let db = site.app.db.reader();
    let entry = roster_entry::Entity::find_in(&site.reach).filter(roster_entry::Column::Id.eq(entry_id));
    entry.one(db).await?.ok_or(Error::NotFound)?;
    let range = rules::instants(day, day);
    let of_day = punch::Entity::find_in(&site.reach)
        .filter(Column::At.gte(range.start))
        .filter(Column::At.lt(range.end))
        .filter(Column::EntryId.eq(entry_id))
        .filter(Column::Day.eq(day));
    let mut punches = named(of_day).into_model::<RawPunch>().all(db).await?;
    let mark = |punch: &RawPunch| Mark::new(punch.direction, punch.at, punch.day);
    punches.sort_by_key(mark);
    let photos = PhotoLinks::new(site.app, &site.policy);
    let mut walk = Walk::new(site.policy.repeat_minutes);
    let shown = punches.into_iter().map(|punch| {
        let counted = punch.refusal.is_none().then(|| walk.step(mark(&punch)));
        PunchOfDay { punch: punch.shown(&photos), counted }
    });
    Ok(shown.collect())
}
