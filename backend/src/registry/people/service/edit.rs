//! Changes to somebody known.

use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{files, note, put_bank_card, put_id_number, update};
use crate::{
    entity::{
        person::{ActiveModel, Model, PersonOrigin},
        person_image::ImageSource,
    },
    platform::{
        App,
        auth::Caller,
        types::{Text, clock},
        web::{Error, IfMatch, Result},
    },
    registry::{
        faces::service as versions,
        people::{
            dto::{AuditView, Change, IdNumberCorrection, PersonEdit},
            query, rules,
        },
    },
};

pub async fn edit(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    before: Model,
    revision: IfMatch,
    form: PersonEdit,
) -> Result<Model> {
    revision.check(before.revision)?;
    let pictures = [
        form.photo_file_id.clone().over(before.photo_file_id),
        form.id_front_file_id.clone().over(before.id_front_file_id),
        form.id_back_file_id.clone().over(before.id_back_file_id),
        form.portrait_file_id.clone().over(before.portrait_file_id),
    ];
    let has_new_pictures = pictures != files::of(&before);
    let mut row = ActiveModel { id: Set(before.id), ..Default::default() };
    apply(&mut row, app, &before, form)?;
    if has_new_pictures {
        // What there was before there were versions becomes the first of them.
        versions::keep_earlier(tx, &before).await?;
        let [.., portrait] = pictures;
        if portrait != before.portrait_file_id && versions::portrait_was_read(tx, before.id).await? {
            return Err(Error::field("portrait_file_id", "该人员的证件照由设备从身份证芯片读取，不能替换"));
        }
    }
    files::claim_new(tx, caller.account.id, &before, pictures).await?;
    let after = update(tx, revision.0, row).await?;
    if has_new_pictures {
        versions::keep_versions(tx, &after, ImageSource::Console, Some(caller.account.id)).await?;
    }
    let project = query::project_concerned(tx, caller, &after).await?;
    note::edited(&before, &after).project_id(project).write(tx, caller).await?;
    Ok(after)
}

fn apply(row: &mut ActiveModel, app: &App, before: &Model, form: PersonEdit) -> Result<()> {
    let PersonEdit {
        name,
        ethnic,
        address,
        id_authority,
        id_valid_from,
        id_valid_until,
        phone,
        education,
        political,
        marital,
        bank_name,
        bank_card,
        photo_file_id,
        id_front_file_id,
        id_back_file_id,
        portrait_file_id,
    } = form;
    rules::check_validity(
        id_valid_from.clone().over(before.id_valid_from),
        id_valid_until.clone().over(before.id_valid_until),
    )?;
    if let Some(name) = name {
        row.name = Set(name.expose().to_owned());
    }
    if let Some(ethnic) = ethnic {
        row.ethnic = Set(ethnic.name().to_owned());
    }
    put(&mut row.address, address.map(Text::into_string));
    put(&mut row.id_authority, id_authority.map(Text::into_string));
    put(&mut row.id_valid_from, id_valid_from);
    put(&mut row.id_valid_until, id_valid_until);
    put(&mut row.phone, phone.map(|phone| phone.expose().to_owned()));
    put(&mut row.education, education.map(|code| code.code().to_owned()));
    put(&mut row.political, political.map(|code| code.code().to_owned()));
    put(&mut row.marital, marital.map(|code| code.code().to_owned()));
    put(&mut row.bank_name, bank_name.map(Text::into_string));
    if let Some(card) = bank_card.written() {
        put_bank_card(row, &app.keys, card.as_ref());
    }
    put(&mut row.photo_file_id, photo_file_id);
    put(&mut row.id_front_file_id, id_front_file_id);
    put(&mut row.id_back_file_id, id_back_file_id);
    put(&mut row.portrait_file_id, portrait_file_id);
    Ok(())
}

fn put<T: Into<sea_orm::Value>>(column: &mut sea_orm::ActiveValue<Option<T>>, change: Change<T>)
where
    Option<T>: Into<sea_orm::Value>,
{
    if let Some(value) = change.written() {
        *column = Set(value);
    }
}

/// Puts the right ID number in the place of one typed wrong. What a card reader has read is not typed wrong.
pub async fn correct_id_number(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    before: Model,
    revision: IfMatch,
    form: IdNumberCorrection,
) -> Result<Model> {
    revision.check(before.revision)?;
    let IdNumberCorrection { id_number, reason } = form;
    if matches!(before.origin, PersonOrigin::Terminal | PersonOrigin::Phone) {
        return Err(Error::conflict("read_from_card", "该人员的身份证号由设备读取，不能更正；如确有错误请重新采集"));
    }
    rules::check_age(&id_number, clock::china_today())?;
    let mut row = ActiveModel { id: Set(before.id), ..Default::default() };
    put_id_number(&mut row, &app.keys, &id_number);
    let after = update(tx, revision.0, row).await?;
    note::by(tx, caller, &after, "person.correct_id_number")
        .await?
        .reason(reason.as_str())
        .changed(&AuditView::of(&before), &AuditView::of(&after))
        .write(tx, caller)
        .await?;
    Ok(after)
}
