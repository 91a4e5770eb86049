//! 【退场】, 【批量退场】 and 【撤销退场】.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use std::collections::HashMap;
use uuid::Uuid;

use super::{about, enter::Site};
use crate::{
    entity::{
        Reach, Scope,
        company::UploadState,
        crew, person,
        roster_entry::{self, Column},
        unit,
    },
    platform::{
        auth::Caller,
        types::{Text, clock::china_today},
        web::{Error, Result},
    },
    registry::presence,
    site::roster::{
        dto::{EntryFacts, ExitAnswer, ExitForm, NotExited, UndoForm},
        query,
    },
};

const MOST: usize = 500;

/// Everybody leaves, or nobody and the answer says who cannot.
pub async fn exit(tx: &impl ConnectionTrait, caller: &Caller, site: &Site<'_>, form: ExitForm) -> Result<ExitAnswer> {
    let ExitForm { entry_ids, crew_id, exited_on, reason } = form;
    check_day(exited_on, site)?;
    let entries = leaving(tx, site, &entry_ids, crew_id).await?;
    let names = names(tx, &entries).await?;
    let refused: Vec<NotExited> =
        entries.iter().filter_map(|entry| refusal(entry, exited_on, names.get(&entry.person_id)?)).collect();
    if !refused.is_empty() {
        return Ok(ExitAnswer { exited: 0, refused });
    }
    let reason = reason.map(Text::into_string);
    write(tx, &entries, exited_on, reason.as_deref()).await?;
    for entry in &entries {
        let name = names.get(&entry.person_id).map(String::as_str).unwrap_or_default();
        let mut note = about("roster.exit", entry.person_id, name, site.project)
            .created(&serde_json::json!({ "entered_on": entry.entered_on, "exited_on": exited_on }));
        if let Some(reason) = &reason {
            note = note.reason(reason);
        }
        note.write(tx, caller).await?;
    }
    Ok(ExitAnswer { exited: entries.len() as u64, refused })
}

fn check_day(day: NaiveDate, site: &Site<'_>) -> Result<()> {
    presence::not_in_future("exited_on", day)?;
    let days = site.policy.backdate_days;
    let earliest = china_today() - TimeDelta::days(days);
    presence::not_before("exited_on", day, Some(earliest), &format!("{days} 天前"))
}

/// The entries, locked in one order, so that two batches with the same people wait and do not block each other.
async fn leaving(
    tx: &impl ConnectionTrait,
    site: &Site<'_>,
    ids: &[Uuid],
    crew_id: Option<Uuid>,
) -> Result<Vec<roster_entry::Model>> {
    let reach = Reach(vec![Scope::Project(site.project.id)]);
    let select = roster_entry::Entity::find_in(&reach).order_by_asc(Column::Id).lock_exclusive();
    match (ids.len(), crew_id) {
        (0, Some(crew_id)) => {
            let crew = crew::Entity::find_in(&reach).filter(crew::Column::Id.eq(crew_id)).one(tx).await?;
            crew.ok_or_else(|| Error::field("crew_id", "本项目没有这个班组，请重新选择"))?;
            Ok(select.filter(Column::CrewId.eq(crew_id)).filter(Column::ExitedOn.is_null()).all(tx).await?)
        }
        (1..=MOST, None) => {
            let found = select.filter(Column::Id.is_in(ids.iter().copied())).all(tx).await?;
            let wanted: std::collections::HashSet<&Uuid> = ids.iter().collect();
            if found.len() < wanted.len() { Err(Error::NotFound) } else { Ok(found) }
        }
        (0, None) => Err(Error::field("entry_ids", "请选择要退场的人员")),
        (_, Some(_)) => Err(Error::field("crew_id", "请选择人员或班组中的一种")),
        _ => Err(Error::field("entry_ids", format!("一次最多 {MOST} 人，请分批办理"))),
    }
}

fn refusal(entry: &roster_entry::Model, exited_on: NaiveDate, name: &str) -> Option<NotExited> {
    let reason = match entry.exited_on {
        Some(day) => format!("已于 {day} 退场"),
        None if exited_on < entry.entered_on => format!("退场日期不能早于进场日期（{}）", entry.entered_on),
        None => return None,
    };
    Some(NotExited { entry_id: entry.id, name: name.to_owned(), reason })
}

async fn write(
    tx: &impl ConnectionTrait,
    entries: &[roster_entry::Model],
    exited_on: NaiveDate,
    reason: Option<&str>,
) -> Result<()> {
    let gone = roster_entry::Entity::update_many()
        .col_expr(Column::ExitedOn, Expr::value(exited_on))
        .col_expr(Column::ExitReason, Expr::value(reason.map(str::to_owned)))
        .col_expr(Column::ExitRecordedAt, Expr::value(presence::exit_instant()))
        .col_expr(Column::UploadState, Expr::value(UploadState::Waiting))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::Id.is_in(entries.iter().map(|entry| entry.id)))
        .filter(Column::ExitedOn.is_null());
    gone.exec(tx).await?;
    Ok(())
}

async fn names(db: &impl ConnectionTrait, entries: &[roster_entry::Model]) -> Result<HashMap<Uuid, String>> {
    let ids = entries.iter().map(|entry| entry.person_id);
    let rows: Vec<(Uuid, String)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Name])
        .filter(person::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Takes an exit back within the region's days, unless the crew has left or the person is back.
pub async fn undo(tx: &impl ConnectionTrait, caller: &Caller, site: &Site<'_>, id: Uuid, form: UndoForm) -> Result<()> {
    let reach = Reach(vec![Scope::Project(site.project.id)]);
    let before = query::locked(tx, &reach, id).await?;
    presence::must_be_undoable(before.exit_recorded_at, site.policy.exit_undo_days)?;
    let crew = still_there(tx, &before).await?;
    let standings = query::standings(tx, site.project.id, &[before.person_id], &Reach::default()).await?;
    if let Some(crew) = standings.of(before.person_id).here {
        let message = format!("该人员已在本项目“{crew}”重新进场，不能再撤销原来的退场");
        return Err(Error::conflict("entered_again", message));
    }
    // A card that somebody else has got meanwhile stays with them.
    let kept = kept_card(tx, site, &before).await?;
    let row = roster_entry::ActiveModel {
        id: Set(before.id),
        exited_on: Set(None),
        exit_reason: Set(None),
        exit_recorded_at: Set(None::<DateTime<Utc>>),
        card_number: Set(kept),
        upload_state: Set(UploadState::Waiting),
        revision: Set(before.revision + 1),
        ..Default::default()
    };
    let update = roster_entry::Entity::update(row).validate()?.filter(Column::Revision.eq(before.revision));
    let after = update.exec(tx).await?;
    let name = names(tx, std::slice::from_ref(&before)).await?.remove(&before.person_id).unwrap_or_default();
    about("roster.undo_exit", before.person_id, &name, site.project)
        .reason(form.reason)
        .changed(&EntryFacts::of(&before, &crew), &EntryFacts::of(&after, &crew))
        .write(tx, caller)
        .await
}

async fn still_there(tx: &impl ConnectionTrait, entry: &roster_entry::Model) -> Result<String> {
    let place = query::places(tx, entry.project_id, &[entry.crew_id]).await?.remove(&entry.crew_id);
    let (crew, unit): (crew::Model, unit::Model) = match place {
        Some(place) => (place.crew, place.unit),
        None => return Err(Error::internal("an entry without a crew")),
    };
    if unit.exited_on.is_some() {
        return Err(Error::conflict("unit_exited", "所属参建单位已退场，请先撤销参建单位的退场"));
    }
    if crew.exited_on.is_some() {
        return Err(Error::conflict("crew_exited", format!("班组“{}”已退场，请先撤销班组的退场", crew.name)));
    }
    Ok(crew.name)
}

async fn kept_card(tx: &impl ConnectionTrait, site: &Site<'_>, entry: &roster_entry::Model) -> Result<Option<String>> {
    let Some(card) = &entry.card_number else { return Ok(None) };
    let taken = query::who_holds_cards(tx, site.project.id, &[card.as_str()]).await?.contains_key(card);
    Ok((!taken).then(|| card.clone()))
}
