//! The steps of a phone, in any order. Each keeps what is there, and is on disk before it is answered.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{comer, face, locked, project_of, save, site};
use crate::{
    entity::{Reach, face_comparison::ComparisonVerdict, registration::Model},
    platform::{
        App, audit,
        crypto::Keyring,
        files::{Owner, Purpose, service as files},
        phone::PhoneUser,
        types::{Mobile, Text},
        web::{Error, Result, limit},
    },
    registry::people::{identity::Concealed, rules as people_rules},
    site::{
        registrations::{
            dto::{FaceForm, RegistrationCard, WorkForm},
            query,
            rules::demand_editable,
        },
        roster::{
            dto::Terms,
            query::places,
            rules::{Place, check_terms},
        },
    },
};

const HOUR: Duration = Duration::from_secs(3600);
/// What an ID number tells of its owner is limited, as it is for clerks.
const CARDS_AN_HOUR: u64 = 40;

pub async fn put_card(app: &App, phone: &PhoneUser, id: Uuid, form: RegistrationCard) -> Result<Model> {
    let key = format!("registrations:card:{}", phone.user.id);
    limit(&app.cache, &key, CARDS_AN_HOUR, HOUR, "修改身份证信息过于频繁，请稍后再试").await?;
    let before = query::of_phone(app.db.reader(), phone.user.id, id).await?;
    demand_editable(&before)?;
    let project = project_of(app.db.reader(), &before).await?;
    let site = site(app, &project).await?;
    let mut wanted = before.clone();
    write_card(&mut wanted, &app.keys, &form)?;
    let known = comer::known(app.db.reader(), &wanted).await?;
    if let Err(refusal) = comer::check(app.db.reader(), &site, &wanted, known.as_ref(), &Reach::default()).await {
        if let Some(known) = &known {
            // It has told something of somebody who is known.
            let entry = audit::Entry::new("person.lookup")
                .subject("person", known.id, &known.id_number_mask)
                .region(&known.region_code);
            audit::write_all(app.db.writer(), vec![entry], &phone.author()).await?;
        }
        return Err(refusal);
    }
    let owner = Owner::Phone(phone.user.id);
    if let Some(portrait) = wanted.portrait_file_id.filter(|portrait| before.portrait_file_id != Some(*portrait)) {
        face::check_portrait(app, owner, portrait).await?;
    }
    let compared = match wanted.face_file_id {
        Some(face) if wanted.portrait_file_id != before.portrait_file_id => {
            face::compare(app, &site.policy, face, wanted.portrait_file_id).await?
        }
        _ => face::Compared {
            standing: before.face_standing,
            distance: before.face_distance,
            model: before.face_model.clone(),
        },
    };
    let write = async |tx: &_| {
        let before = locked(tx, id).await?;
        demand_editable(&before)?;
        let mut row = before.clone();
        write_card(&mut row, &app.keys, &form)?;
        claim_pictures(tx, owner, &before, &row).await?;
        if row.face_file_id == wanted.face_file_id {
            compared.clone().write(&mut row);
        }
        // Of another card the face is somebody else's: it has to be taken again.
        if row.face_standing == Some(ComparisonVerdict::Fail) {
            drop_face(tx, &mut row).await?;
        }
        save(tx, row).await
    };
    app.db.transaction(write).await
}

/// What a card says, into a row.
pub(super) fn write_card(row: &mut Model, keys: &Keyring, form: &RegistrationCard) -> Result<()> {
    let RegistrationCard {
        name,
        id_number,
        ethnic,
        address,
        id_authority,
        id_valid_from,
        id_valid_until,
        temporary_card,
        id_front_file_id,
        id_back_file_id,
        portrait_file_id,
    } = form.clone();
    people_rules::check_validity(id_valid_from, id_valid_until)?;
    row.name = name.map(|name| name.expose().to_owned());
    if let Some(number) = id_number {
        let Concealed { sealed, hash, mask } = Concealed::id_number(keys, &number);
        row.id_number_sealed = Some(sealed);
        row.id_number_hash = Some(hash);
        row.id_number_mask = Some(mask);
        row.sex = Some(number.sex().as_str().to_owned());
        row.born_on = Some(number.birth_date());
    }
    row.ethnic = ethnic.map(|ethnic| ethnic.name().to_owned());
    row.address = address.map(Text::into_string);
    row.id_authority = id_authority.map(Text::into_string);
    row.id_valid_from = id_valid_from;
    row.id_valid_until = id_valid_until;
    row.temporary_card = temporary_card;
    row.id_front_file_id = id_front_file_id.or(row.id_front_file_id);
    row.id_back_file_id = id_back_file_id.or(row.id_back_file_id);
    row.portrait_file_id = portrait_file_id.or(row.portrait_file_id);
    Ok(())
}

/// Claims the pictures of a card that came, and lets go of those whose places they take. One sent again stays.
pub(super) async fn claim_pictures(
    tx: &impl ConnectionTrait,
    owner: Owner,
    before: &Model,
    after: &Model,
) -> Result<()> {
    let pairs = [
        ("id_front_file_id", before.id_front_file_id, after.id_front_file_id),
        ("id_back_file_id", before.id_back_file_id, after.id_back_file_id),
        ("portrait_file_id", before.portrait_file_id, after.portrait_file_id),
        ("face_file_id", before.face_file_id, after.face_file_id),
    ];
    for (field, old, new) in pairs {
        if old == new {
            continue;
        }
        if let Some(new) = new {
            files::claim(tx, owner, Purpose::Photo, new, field).await?;
        }
        if let Some(old) = old {
            files::release(tx, old).await?;
        }
    }
    Ok(())
}

async fn drop_face(tx: &impl ConnectionTrait, row: &mut Model) -> Result<()> {
    if let Some(face) = row.face_file_id.take() {
        files::release(tx, face).await?;
    }
    row.face_source = None;
    face::Compared::default().write(row);
    Ok(())
}

pub async fn put_face(app: &App, phone: &PhoneUser, id: Uuid, form: FaceForm) -> Result<Model> {
    let FaceForm { face_file_id, source } = form;
    let seen = query::of_phone(app.db.reader(), phone.user.id, id).await?;
    demand_editable(&seen)?;
    let project = project_of(app.db.reader(), &seen).await?;
    let policy = site(app, &project).await?.policy;
    let owner = Owner::Phone(phone.user.id);
    if seen.face_file_id != Some(face_file_id) {
        face::check_photo(app, owner, face_file_id).await?;
    }
    let compared = face::compare(app, &policy, face_file_id, seen.portrait_file_id).await?;
    face::demand_alike(&compared)?;
    let write = async |tx: &_| {
        let before = locked(tx, id).await?;
        demand_editable(&before)?;
        if before.portrait_file_id != seen.portrait_file_id {
            return Err(Error::Stale);
        }
        let mut row = before.clone();
        row.face_file_id = Some(face_file_id);
        row.face_source = Some(source);
        compared.clone().write(&mut row);
        claim_pictures(tx, owner, &before, &row).await?;
        save(tx, row).await
    };
    app.db.transaction(write).await
}

/// The number that was verified for this phone.
pub async fn put_phone(app: &App, phone: &PhoneUser, id: Uuid) -> Result<Model> {
    query::of_phone(app.db.reader(), phone.user.id, id).await?;
    let number = phone.user.phone.clone();
    let number = number.ok_or_else(|| Error::conflict("no_phone", "请先授权或验证手机号"))?;
    let number = Mobile::parse(&number).map_err(|problem| Error::field("phone", String::from(problem)))?;
    let write = async |tx: &_| {
        let mut row = locked(tx, id).await?;
        demand_editable(&row)?;
        row.phone = Some(number.expose().to_owned());
        save(tx, row).await
    };
    app.db.transaction(write).await
}

pub async fn put_work(app: &App, phone: &PhoneUser, id: Uuid, form: WorkForm) -> Result<Model> {
    query::of_phone(app.db.reader(), phone.user.id, id).await?;
    let write = async |tx: &_| {
        let mut row = locked(tx, id).await?;
        demand_editable(&row)?;
        write_work(tx, app, &mut row, form.clone()).await?;
        save(tx, row).await
    };
    app.db.transaction(write).await
}

/// A crew that is on site, and what somebody does in it, by the roster's own rules.
pub(super) async fn write_work(tx: &impl ConnectionTrait, app: &App, row: &mut Model, form: WorkForm) -> Result<()> {
    let WorkForm { crew_id, work_type, post, settlement, unit_price_fen, settlement_unit, bank_name, bank_card } = form;
    let place = place_of(tx, row.project_id, crew_id).await?;
    let terms = Terms { work_type, post, settlement, unit_price_fen, settlement_unit };
    let Terms { work_type, post, settlement, unit_price_fen, settlement_unit } = check_terms(&place, terms)?;
    row.crew_id = Some(crew_id);
    row.kind = place.kind();
    row.work_type = work_type.map(|code| code.code().to_owned());
    row.post = post.map(|code| code.code().to_owned());
    row.settlement = settlement;
    row.unit_price_fen = unit_price_fen;
    row.settlement_unit = settlement_unit.map(Text::into_string);
    row.bank_name = bank_name.map(Text::into_string);
    if let Some(card) = bank_card {
        let Concealed { sealed, hash, mask } = Concealed::bank_card(&app.keys, &card);
        row.bank_card_sealed = Some(sealed);
        row.bank_card_hash = Some(hash);
        row.bank_card_mask = Some(mask);
    }
    Ok(())
}

pub(super) async fn place_of(tx: &impl ConnectionTrait, project_id: Uuid, crew_id: Uuid) -> Result<Place> {
    let place = places(tx, project_id, &[crew_id]).await?.remove(&crew_id);
    let place = place.ok_or_else(|| Error::field("crew_id", "本项目没有这个班组，请重新选择"))?;
    if place.crew.exited_on.is_some() || place.unit.exited_on.is_some() {
        return Err(Error::field("crew_id", format!("班组“{}”已退场，请选择在场的班组", place.crew.name)));
    }
    Ok(place)
}
