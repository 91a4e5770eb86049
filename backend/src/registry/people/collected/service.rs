//! One person of a batch: their picture first, then everything in one transaction.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use chrono::Utc;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::dto::{CollectedPerson, Verdict};
use crate::{
    entity::{
        Reach, Scope, collected_person,
        person::{ActiveModel, Model, PersonOrigin},
        project,
    },
    platform::{
        App, audit,
        auth::Caller,
        files::{Purpose, Upload, service as files},
        types::Text,
        web::{Error, Result},
    },
    registry::people::{
        NewPerson, Particulars,
        dto::AuditView,
        lookups, query,
        service::{find_or_create, update},
    },
};

const LARGEST_PHOTO: usize = 500 * 1024;

pub(super) async fn collect(
    app: &App,
    caller: &Caller,
    project: &project::Model,
    person: CollectedPerson,
) -> Result<(Verdict, i64)> {
    check(&person)?;
    lookups::named(app, caller, &person.id_number, &person.name).await?;
    let photo = match &person.photo {
        Some(photo) => Some(store_photo(app, caller, photo).await?),
        None => None,
    };
    let tx = app.db.begin().await?;
    if let Some(photo) = photo {
        files::claim(&tx, Some(caller.account.id), Purpose::Photo, photo, "photo").await?;
    }
    let new = new_person(project, person, photo);
    let particulars = new.particulars.clone();
    let (person, created) = find_or_create(&tx, &app.keys, new).await?;
    let mut photo_used = created;
    if created {
        audit::Entry::new("person.collect")
            .subject("person", person.id, &person.name)
            .project(project)
            .created(&AuditView::of(&person))
            .write(&tx, caller)
            .await?;
    } else {
        photo_used = refresh(&tx, caller, project, &person, particulars).await?;
    }
    note(&tx, project.id, person.id, Some(caller.account.id), photo.filter(|_| !photo_used)).await?;
    tx.commit().await?;
    Ok((if created { Verdict::Created } else { Verdict::Updated }, person.number))
}

/// The ID number says a birth date and a sex; a device that read others has misread one of them.
fn check(person: &CollectedPerson) -> Result<()> {
    if person.sex.is_some_and(|sex| sex != person.id_number.sex()) {
        return Err(Error::field("sex", "性别与身份证号不一致"));
    }
    if person.born_on.is_some_and(|born| born != person.id_number.birth_date()) {
        return Err(Error::field("born_on", "出生日期与身份证号不一致"));
    }
    Ok(())
}

async fn store_photo(app: &App, caller: &Caller, photo: &str) -> Result<Uuid> {
    // Devices put a data URL's head before it, and line breaks into it.
    let base64 = photo.split_once("base64,").map_or(photo, |(_, data)| data);
    let base64: String = base64.split_ascii_whitespace().collect();
    if base64.len() / 4 * 3 > LARGEST_PHOTO {
        return Err(Error::field("photo", "照片超过 500 KB，请压缩后再上传"));
    }
    let bytes = STANDARD.decode(base64).map_err(|_| Error::field("photo", "照片不是有效的 base64 编码"))?;
    let upload = Upload { purpose: Purpose::Photo, name: "photo.jpg".to_owned(), bytes: Bytes::from(bytes) };
    match files::store(app, Some(caller.account.id), upload).await {
        Ok(file) => Ok(file.id),
        Err(Error::Invalid(fields)) => {
            Err(Error::field("photo", fields.into_values().next().unwrap_or_else(|| "照片无法识别".to_owned())))
        }
        Err(error) => Err(error),
    }
}

fn new_person(project: &project::Model, person: CollectedPerson, photo: Option<Uuid>) -> NewPerson {
    let CollectedPerson {
        id_number,
        name,
        ethnic,
        sex: _,
        born_on: _,
        address,
        id_authority,
        id_valid_from,
        id_valid_until,
        phone,
        photo: _,
    } = person;
    NewPerson {
        id_number,
        name,
        ethnic,
        origin: PersonOrigin::Api,
        origin_project_id: Some(project.id),
        region_code: project.region_code.clone(),
        particulars: Particulars {
            address: address.map(Text::into_string),
            id_authority: id_authority.map(Text::into_string),
            id_valid_from,
            id_valid_until,
            phone,
            photo_file_id: photo,
            ..Particulars::default()
        },
    }
}

/// Newer data of somebody known, if this project answers for them. Of anybody else only the collecting is noted:
/// a device at one gate must not change whom another company pays. Tells whether the photo became theirs.
async fn refresh(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    known: &Model,
    fresh: Particulars,
) -> Result<bool> {
    let here = Reach(vec![Scope::Project(project.id)]);
    if !query::is_responsible(tx, &here, known).await? {
        return Ok(false);
    }
    let Particulars { address, id_authority, id_valid_from, id_valid_until, phone, photo_file_id, .. } = fresh;
    let phone = phone.map(|phone| phone.expose().to_owned());
    let mut row = ActiveModel { id: Set(known.id), ..Default::default() };
    let mut changed = false;
    let mut put = |differs: bool| {
        changed |= differs;
        differs
    };
    if put(address.is_some() && address != known.address) {
        row.address = Set(address);
    }
    if put(id_authority.is_some() && id_authority != known.id_authority) {
        row.id_authority = Set(id_authority);
    }
    let validity = (id_valid_from, id_valid_until);
    if put(id_valid_from.is_some() && validity != (known.id_valid_from, known.id_valid_until)) {
        row.id_valid_from = Set(id_valid_from);
        row.id_valid_until = Set(id_valid_until);
    }
    if put(phone.is_some() && phone != known.phone) {
        row.phone = Set(phone);
    }
    // The photo of this collecting is kept with it; somebody without any gets it as theirs.
    let photo_used = put(photo_file_id.is_some() && known.photo_file_id.is_none());
    if photo_used {
        row.photo_file_id = Set(photo_file_id);
    }
    if !changed {
        return Ok(false);
    }
    let after = update(tx, known.revision, row).await?;
    audit::Entry::new("person.collect")
        .subject("person", known.id, &known.name)
        .project(project)
        .changed(&AuditView::of(known), &AuditView::of(&after))
        .write(tx, caller)
        .await?;
    Ok(photo_used)
}

/// Notes that somebody was collected at a project, now or again. Also for terminals and phones. The photo is one that
/// nothing else refers to; it takes the place of the one of an earlier collecting.
pub async fn note(
    tx: &impl ConnectionTrait,
    project_id: Uuid,
    person_id: Uuid,
    account_id: Option<Uuid>,
    photo: Option<Uuid>,
) -> Result<()> {
    use collected_person::Column;
    if photo.is_some() {
        let earlier = collected_person::Entity::find_by_id((project_id, person_id)).one(tx).await?;
        if let Some(replaced) = earlier.and_then(|earlier| earlier.photo_file_id) {
            files::release(tx, replaced).await?;
        }
    }
    let row = collected_person::ActiveModel {
        project_id: Set(project_id),
        person_id: Set(person_id),
        account_id: Set(account_id),
        photo_file_id: Set(photo),
        collected_at: Set(Utc::now()),
    };
    let mut again = OnConflict::columns([Column::ProjectId, Column::PersonId]);
    again.update_columns([Column::AccountId, Column::CollectedAt]);
    if photo.is_some() {
        again.update_column(Column::PhotoFileId);
    }
    collected_person::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}
