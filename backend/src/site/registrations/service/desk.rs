//! The project's staff register somebody by ID number (SH5, SH6): the same rows, the same rules.

use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use super::{
    about, comer, face, locked, note, save, site,
    steps::{claim_pictures, write_card, write_work},
};
use crate::{
    entity::{
        project,
        registration::{self, FaceSource, Model, RegistrationOrigin, RegistrationState},
        registration_event::RegistrationStep,
        roster_entry::EntryKind,
    },
    platform::{
        App,
        auth::{Caller, Permission},
        files::Owner,
        types::IdNumber,
        web::{Error, IfMatch, Result},
    },
    registry::people::lookups,
    site::{
        registrations::{
            dto::{DeskForm, RegistrationCard, WorkForm},
            rules::{JoinState, demand_editable},
        },
        roster::service::Site,
    },
};

pub async fn register(app: &App, caller: &Caller, project: &project::Model, form: DeskForm) -> Result<Model> {
    if form.id_number.is_none() {
        return Err(Error::field("id_number", "请填写身份证号"));
    }
    JoinState::of(None, project).demand_open()?;
    let site = site(app, project).await?;
    let now = Utc::now();
    let blank = registration::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        origin: Set(RegistrationOrigin::Console),
        state: Set(RegistrationState::Draft),
        temporary_card: Set(false),
        kind: Set(EntryKind::Worker),
        created_by: Set(Some(caller.account.id)),
        created_at: Set(now),
        updated_at: Set(now),
        revision: Set(1),
        ..Default::default()
    };
    let empty = empty(project.id);
    let checked = check(app, caller, &site, &empty, &form).await?;
    let work = async |tx: &_| {
        let before = blank.clone().insert(tx).await?;
        let row = write(tx, app, caller, &before, form.clone(), checked.clone()).await?;
        note(tx, &row, RegistrationStep::Begun, &caller.into(), None).await?;
        about("registration.register", &row, project).write(tx, caller).await?;
        Ok(row)
    };
    app.db.transaction(work).await
}

/// What is not decided yet is corrected, whoever began it.
pub async fn edit(
    app: &App,
    caller: &Caller,
    project: &project::Model,
    seen: &Model,
    if_match: IfMatch,
    form: DeskForm,
) -> Result<Model> {
    if_match.check(seen.revision)?;
    demand_editable(seen)?;
    if seen.origin == RegistrationOrigin::Phone {
        return Err(Error::conflict("by_phone", "扫码登记的信息由本人在手机上填写，请退回并说明原因，由本人修改"));
    }
    let site = site(app, project).await?;
    let checked = check(app, caller, &site, seen, &form).await?;
    let work = async |tx: &_| {
        let before = locked(tx, seen.id).await?;
        if_match.check(before.revision)?;
        demand_editable(&before)?;
        let row = write(tx, app, caller, &before, form.clone(), checked.clone()).await?;
        about("registration.edit", &row, project).write(tx, caller).await?;
        Ok(row)
    };
    app.db.transaction(work).await
}

/// What takes a look outside the transaction: who it is, and whether the face is the card's.
async fn check(
    app: &App,
    caller: &Caller,
    site: &Site<'_>,
    before: &Model,
    form: &DeskForm,
) -> Result<Option<face::Compared>> {
    let (card, _) = parts(form.clone());
    let mut wanted = before.clone();
    write_card(&mut wanted, &app.keys, &card)?;
    let known = comer::known(app.db.reader(), &wanted).await?;
    let visible = caller.reach(Permission::ViewRoster);
    if let Err(refusal) = comer::check(app.db.reader(), site, &wanted, known.as_ref(), &visible).await {
        if let (Some(known), Some(number)) = (&known, &form.id_number) {
            let number: &IdNumber = number;
            lookups::tell(app, caller, number, Some(known)).await?;
        }
        return Err(refusal);
    }
    let face = form.face_file_id.or(before.face_file_id);
    let Some(face) = face else { return Ok(None) };
    let is_new = before.face_file_id != Some(face);
    if is_new {
        face::check_photo(app, Owner::Account(caller.account.id), face).await?;
    }
    if !is_new && wanted.portrait_file_id == before.portrait_file_id {
        return Ok(None);
    }
    let compared = face::compare(app, &site.policy, face, wanted.portrait_file_id).await?;
    face::demand_alike(&compared)?;
    Ok(Some(compared))
}

async fn write(
    tx: &sea_orm::DatabaseTransaction,
    app: &App,
    caller: &Caller,
    before: &Model,
    form: DeskForm,
    compared: Option<face::Compared>,
) -> Result<Model> {
    let mut row = before.clone();
    let (face, source, phone) = (form.face_file_id, form.face_source, form.phone.clone());
    let (card, work) = parts(form);
    write_card(&mut row, &app.keys, &card)?;
    // Masked on the way to the form: what is not typed again stays.
    row.address = row.address.or_else(|| before.address.clone());
    row.phone = phone.map(|phone| phone.expose().to_owned()).or_else(|| before.phone.clone());
    if let Some(face) = face.filter(|face| before.face_file_id != Some(*face)) {
        row.face_file_id = Some(face);
        row.face_source = Some(source.unwrap_or(FaceSource::Album));
    }
    if let Some(compared) = compared {
        compared.write(&mut row);
    }
    claim_pictures(tx, Owner::Account(caller.account.id), before, &row).await?;
    write_work(tx, app, &mut row, work).await?;
    save(tx, row).await
}

fn parts(form: DeskForm) -> (RegistrationCard, WorkForm) {
    let DeskForm {
        id_number,
        name,
        ethnic,
        crew_id,
        address,
        id_authority,
        id_valid_from,
        id_valid_until,
        temporary_card,
        id_front_file_id,
        id_back_file_id,
        portrait_file_id,
        face_file_id: _,
        face_source: _,
        phone: _,
        work_type,
        post,
        settlement,
        unit_price_fen,
        settlement_unit,
        bank_name,
        bank_card,
    } = form;
    let card = RegistrationCard {
        name: Some(name),
        id_number,
        ethnic: Some(ethnic),
        address,
        id_authority,
        id_valid_from,
        id_valid_until,
        temporary_card,
        id_front_file_id,
        id_back_file_id,
        portrait_file_id,
    };
    let work = WorkForm { crew_id, work_type, post, settlement, unit_price_fen, settlement_unit, bank_name, bank_card };
    (card, work)
}

/// One that says nothing yet.
fn empty(project_id: Uuid) -> Model {
    let now = Utc::now();
    Model {
        id: Uuid::nil(),
        project_id,
        phone_user_id: None,
        origin: RegistrationOrigin::Console,
        state: RegistrationState::Draft,
        consent_version: None,
        consent_at: None,
        name: None,
        id_number_sealed: None,
        id_number_hash: None,
        id_number_mask: None,
        sex: None,
        born_on: None,
        ethnic: None,
        address: None,
        id_authority: None,
        id_valid_from: None,
        id_valid_until: None,
        temporary_card: false,
        id_front_file_id: None,
        id_back_file_id: None,
        portrait_file_id: None,
        face_file_id: None,
        face_source: None,
        face_distance: None,
        face_standing: None,
        face_model: None,
        phone: None,
        kind: EntryKind::Worker,
        crew_id: None,
        work_type: None,
        post: None,
        settlement: None,
        unit_price_fen: None,
        settlement_unit: None,
        bank_name: None,
        bank_card_sealed: None,
        bank_card_hash: None,
        bank_card_mask: None,
        reason: None,
        submitted_at: None,
        decided_at: None,
        decided_by: None,
        person_id: None,
        entry_id: None,
        created_by: None,
        created_at: now,
        updated_at: now,
        revision: 1,
    }
}
