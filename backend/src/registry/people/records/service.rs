//! Reads and writes of the record.

use chrono::Utc;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    RecordData,
    dto::{RecordForm, RecordView},
};
use crate::{
    entity::{
        person,
        person_record::{ActiveModel, Column, Entity, Model, RecordKind},
        stored_file,
    },
    platform::{
        App,
        auth::Caller,
        files::{FileView, Purpose, service},
        web::{Error, IfMatch, Result},
    },
    registry::people::service::note,
};

/// More of one kind nobody has.
const MOST: u64 = 50;

pub async fn list(app: &App, person_id: Uuid) -> Result<Vec<RecordView>> {
    let found = Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .order_by_asc(Column::Kind)
        .order_by_desc(Column::Id)
        .find_also_related(stored_file::Entity)
        .all(app.db.reader())
        .await?;
    Ok(found.into_iter().map(|(row, file)| view(app, &row, file.as_ref())).collect())
}

fn view(app: &App, row: &Model, file: Option<&stored_file::Model>) -> RecordView {
    RecordView {
        id: row.id,
        record: RecordData::shown(row),
        file: file.map(|file| FileView::of(app, file)),
        created_at: row.created_at,
        revision: row.revision,
    }
}

/// A row just written, as the API shows it.
pub async fn shown(app: &App, row: &Model) -> Result<RecordView> {
    let file = match row.file_id {
        Some(id) => stored_file::Entity::find_by_id(id).one(app.db.reader()).await?,
        None => None,
    };
    Ok(view(app, row, file.as_ref()))
}

pub async fn add(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    person: &person::Model,
    form: RecordForm,
) -> Result<Model> {
    let RecordForm { record, file_id } = form;
    let record = RecordData::parse(record)?;
    record.check()?;
    let same_kind = Entity::find().filter(Column::PersonId.eq(person.id).and(Column::Kind.eq(record.kind())));
    if same_kind.count(tx).await? >= MOST {
        return Err(Error::conflict("too_many_records", "同一类记录最多 50 条"));
    }
    if let Some(id) = file_id {
        service::claim(tx, Some(caller.account.id), Purpose::Document, id, "file_id").await?;
    }
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id),
        kind: Set(record.kind()),
        data: Set(record.stored()?),
        file_id: Set(file_id),
        created_at: Set(Utc::now()),
        revision: Set(1),
    };
    let row = row.insert(tx).await?;
    note::by(tx, caller, person, "person_record.create").await?.created(&for_audit(&row)).write(tx, caller).await?;
    Ok(row)
}

pub async fn edit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    person: &person::Model,
    id: Uuid,
    revision: IfMatch,
    form: RecordForm,
) -> Result<Model> {
    let before = find(tx, person.id, id).await?;
    revision.check(before.revision)?;
    let RecordForm { record, file_id } = form;
    let mut record = RecordData::parse(record)?;
    if record.kind() != before.kind {
        return Err(Error::field("record.kind", "不能改变记录的类别，请删除后重新添加"));
    }
    keep_phone(&mut record, &before)?;
    record.check()?;
    if before.file_id != file_id {
        if let Some(id) = file_id {
            service::claim(tx, Some(caller.account.id), Purpose::Document, id, "file_id").await?;
        }
        if let Some(id) = before.file_id {
            service::release(tx, id).await?;
        }
    }
    let row = ActiveModel {
        id: Set(id),
        data: Set(record.stored()?),
        file_id: Set(file_id),
        revision: Set(revision.0 + 1),
        ..Default::default()
    };
    let after = Entity::update(row).validate()?.filter(Column::Revision.eq(revision.0)).exec(tx).await?;
    note::by(tx, caller, person, "person_record.edit")
        .await?
        .changed(&for_audit(&before), &for_audit(&after))
        .write(tx, caller)
        .await?;
    Ok(after)
}

/// The form was shown a mask, so it leaves the phone out when it has not changed.
fn keep_phone(record: &mut RecordData, before: &Model) -> Result<()> {
    if let RecordData::EmergencyContact(contact) = record
        && contact.phone.is_none()
        && let Some(phone) = before.data.get("phone").and_then(Value::as_str)
    {
        contact.phone = Some(phone.parse().map_err(Error::internal)?);
    }
    Ok(())
}

pub async fn remove(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    person: &person::Model,
    id: Uuid,
    revision: IfMatch,
) -> Result<()> {
    let row = find(tx, person.id, id).await?;
    revision.check(row.revision)?;
    let gone = Entity::delete_many().filter(Column::Id.eq(id).and(Column::Revision.eq(revision.0))).exec(tx).await?;
    if gone.rows_affected == 0 {
        return Err(Error::Stale);
    }
    if let Some(file_id) = row.file_id {
        service::release(tx, file_id).await?;
    }
    let entry = note::by(tx, caller, person, "person_record.delete").await?;
    entry.changed(&for_audit(&row), &json!({})).write(tx, caller).await
}

async fn find(tx: &impl ConnectionTrait, person_id: Uuid, id: Uuid) -> Result<Model> {
    let found = Entity::find().filter(Column::Id.eq(id).and(Column::PersonId.eq(person_id)));
    found.one(tx).await?.ok_or(Error::NotFound)
}

/// The phones of somebody's emergency contacts in full, for `unmask`.
pub async fn emergency_phones(db: &impl ConnectionTrait, person_id: Uuid) -> Result<Vec<(Uuid, String)>> {
    let contacts =
        Entity::find().filter(Column::PersonId.eq(person_id).and(Column::Kind.eq(RecordKind::EmergencyContact)));
    let phone = |row: Model| Some((row.id, row.data.get("phone")?.as_str()?.to_owned()));
    Ok(contacts.all(db).await?.into_iter().filter_map(phone).collect())
}

fn for_audit(row: &Model) -> Value {
    json!({ "record": RecordData::shown(row), "file_id": row.file_id })
}
