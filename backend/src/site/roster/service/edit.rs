//! 【编辑】 and 【发卡】 of somebody on site.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    about,
    enter::Site,
    person::{self as person_data, PersonData},
};
use crate::{
    entity::{Reach, company::UploadState, crew, person, roster_entry},
    platform::{
        App,
        auth::{Caller, Permission},
        types::{Text, clock::china_today},
        web::{Error, IfMatch, Result},
    },
    registry::{people, presence},
    site::roster::{
        dto::{EntryEdit, EntryFacts, Terms},
        query,
        rules::{self, Place},
    },
};

/// Changes an entry, and the person's phone and wage card where they are sent.
pub async fn edit(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    site: &Site<'_>,
    id: Uuid,
    if_match: IfMatch,
    form: EntryEdit,
) -> Result<()> {
    let before = on_site(tx, site, id).await?;
    if_match.check(before.revision)?;
    let EntryEdit {
        crew_id,
        entered_on,
        work_type,
        post,
        settlement,
        unit_price_fen,
        settlement_unit,
        card_number,
        phone,
        bank_name,
        bank_card,
    } = form;
    let place = place(tx, site, &before, crew_id).await?;
    check_day(tx, site, &before, &place, entered_on).await?;
    let terms = Terms { work_type, post, settlement, unit_price_fen, settlement_unit };
    let terms = rules::check_terms(&place, terms)?;
    let card_number = card_number.map(Text::into_string);
    check_card(tx, site, &before, card_number.as_deref()).await?;
    let was_in = crew_name(tx, before.crew_id).await?;
    let after = write(tx, &before, changed(&place, entered_on, terms, card_number)).await?;
    let person = keep_data(tx, app, caller, &after, PersonData { phone, bank_name, bank_card }).await?;
    about("roster.edit", person.id, &person.name, site.project)
        .company(place.unit.company_id)
        .changed(&EntryFacts::of(&before, &was_in), &EntryFacts::of(&after, &place.crew.name))
        .write(tx, caller)
        .await
}

/// Hands out an attendance card, or takes it back.
pub async fn issue_card(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    site: &Site<'_>,
    id: Uuid,
    if_match: IfMatch,
    card_number: Option<String>,
) -> Result<()> {
    let before = on_site(tx, site, id).await?;
    if_match.check(before.revision)?;
    check_card(tx, site, &before, card_number.as_deref()).await?;
    let row = roster_entry::ActiveModel { card_number: Set(card_number), ..Default::default() };
    let after = write(tx, &before, row).await?;
    let crew = crew_name(tx, before.crew_id).await?;
    let name = person_of(tx, &after).await?.name;
    about("roster.issue_card", after.person_id, &name, site.project)
        .changed(&EntryFacts::of(&before, &crew), &EntryFacts::of(&after, &crew))
        .write(tx, caller)
        .await
}

async fn on_site(tx: &impl ConnectionTrait, site: &Site<'_>, id: Uuid) -> Result<roster_entry::Model> {
    let entry = query::locked(tx, &Reach(vec![crate::entity::Scope::Project(site.project.id)]), id).await?;
    match entry.exited_on {
        None => Ok(entry),
        Some(day) => Err(Error::conflict("exited", format!("该人员已于 {day} 退场，不能再修改"))),
    }
}

/// The same crew, or another one that is on site and takes people of the same kind.
async fn place(
    tx: &impl ConnectionTrait,
    site: &Site<'_>,
    before: &roster_entry::Model,
    crew_id: Uuid,
) -> Result<Place> {
    let place = query::places(tx, site.project.id, &[crew_id]).await?.remove(&crew_id);
    let place = place.ok_or_else(|| Error::field("crew_id", "本项目没有这个班组，请重新选择"))?;
    if place.crew.exited_on.is_some() || place.unit.exited_on.is_some() {
        return Err(Error::field("crew_id", format!("班组“{}”已退场，请选择在场的班组", place.crew.name)));
    }
    let (is, was) = (place.kind(), before.kind);
    let a_manager = roster_entry::EntryKind::Manager;
    if is != was && (is == a_manager || was == a_manager) {
        let message = "管理人员与工人之间不能直接调换班组，请先办理退场，再以新的身份进场";
        return Err(Error::field("crew_id", message));
    }
    Ok(place)
}

/// A day that stays was checked when it was entered. Whoever changed crews may have come before the new one.
async fn check_day(
    tx: &impl ConnectionTrait,
    site: &Site<'_>,
    before: &roster_entry::Model,
    place: &Place,
    day: NaiveDate,
) -> Result<()> {
    if day == before.entered_on {
        return Ok(());
    }
    rules::check_entry_day(day, china_today(), &site.policy)?;
    presence::not_before("entered_on", day, Some(place.unit.entered_on), "参建单位进场日期")?;
    if before.crew_id == place.crew.id {
        presence::not_before("entered_on", day, Some(place.crew.entered_on), "班组进场日期")?;
    }
    let standings = query::standings(tx, site.project.id, &[before.person_id], &Reach::default()).await?;
    presence::not_before("entered_on", day, standings.of(before.person_id).left_on, "上次退场日期")?;
    let person = person_of(tx, before).await?;
    if people::rules::age_on(person.born_on, day) < people::rules::YOUNGEST {
        return Err(Error::field("entered_on", "该人员在这一天未满 16 周岁"));
    }
    Ok(())
}

async fn check_card(
    tx: &impl ConnectionTrait,
    site: &Site<'_>,
    before: &roster_entry::Model,
    card: Option<&str>,
) -> Result<()> {
    let Some(card) = card else { return Ok(()) };
    let holders = query::who_holds_cards(tx, site.project.id, &[card]).await?;
    match holders.get(card) {
        Some((entry, name)) if *entry != before.id => {
            Err(Error::field("card_number", format!("考勤卡号已发给“{name}”，请先收回或换一张卡")))
        }
        _ => Ok(()),
    }
}

fn changed(
    place: &Place,
    entered_on: NaiveDate,
    terms: Terms,
    card_number: Option<String>,
) -> roster_entry::ActiveModel {
    let Terms { work_type, post, settlement, unit_price_fen, settlement_unit } = terms;
    roster_entry::ActiveModel {
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
        ..Default::default()
    }
}

async fn write(
    tx: &impl ConnectionTrait,
    before: &roster_entry::Model,
    mut row: roster_entry::ActiveModel,
) -> Result<roster_entry::Model> {
    row.id = Set(before.id);
    row.upload_state = Set(UploadState::Waiting);
    row.revision = Set(before.revision + 1);
    let update = roster_entry::Entity::update(row).validate()?;
    Ok(update.filter(roster_entry::Column::Revision.eq(before.revision)).exec(tx).await?)
}

/// The person's own data is theirs on every project: only who answers for them changes it.
async fn keep_data(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    entry: &roster_entry::Model,
    data: PersonData,
) -> Result<person::Model> {
    let person = person_of(tx, entry).await?;
    if data.is_empty() {
        return Ok(person);
    }
    people::query::demand_responsible(tx, &caller.reach(Permission::EditPeople), &person).await?;
    person_data::keep(tx, app, caller, person, data).await
}

async fn person_of(db: &impl ConnectionTrait, entry: &roster_entry::Model) -> Result<person::Model> {
    let found = person::Entity::find_by_id(entry.person_id).one(db).await?;
    found.ok_or_else(|| Error::internal("an entry without a person"))
}

async fn crew_name(db: &impl ConnectionTrait, id: Uuid) -> Result<String> {
    let found = crew::Entity::find_by_id(id).one(db).await?;
    Ok(found.map(|crew| crew.name).unwrap_or_default())
}
