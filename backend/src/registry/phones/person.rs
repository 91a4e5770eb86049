//! 【关联本人信息】: somebody shows that a person's record is their own, by name, ID number and the number on record.

use std::time::Duration;

use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::dto::LinkPerson;
use crate::{
    entity::phone_user,
    platform::{
        App, audit,
        phone::PhoneUser,
        web::{Error, Result, limit},
    },
    registry::people::query::by_id_number,
};

const HOUR: Duration = Duration::from_secs(3600);
/// One sentence for every way it can be wrong: nobody is to learn whose number it is.
const NOBODY: &str =
    "没有找到姓名、身份证号和手机号都一致的人员。请核对填写内容；如手机号换过，请项目部在【人员库】中更新";

pub async fn link(app: &App, who: &PhoneUser, form: LinkPerson) -> Result<phone_user::Model> {
    let LinkPerson { name, id_number } = form;
    limit(&app.cache, &format!("phone:person:{}", who.user.id), 5, HOUR, "尝试次数过多，请一小时后再试").await?;
    limit(&app.cache, &format!("phone:person:{}", who.client.ip), 60, HOUR, "尝试次数过多，请一小时后再试").await?;
    let phone = who.user.phone.clone().ok_or_else(|| Error::conflict("no_number", "请先验证手机号"))?;
    let person = by_id_number(app.db.reader(), &app.keys, &id_number).await?;
    let Some(person) = person.filter(|person| person.name == name.expose() && person.phone.as_deref() == Some(&phone))
    else {
        return Err(Error::field("id_number", NOBODY));
    };
    if who.user.person_id.is_some_and(|id| id != person.id) {
        return Err(Error::conflict("linked", "当前微信已关联另一位人员；如有误，请联系项目部"));
    }
    let tx = app.db.begin().await?;
    let row = phone_user::ActiveModel { id: Set(who.user.id), person_id: Set(Some(person.id)), ..Default::default() };
    let user = row.update(&tx).await?;
    audit::Entry::new("person.link_phone")
        .subject("person", person.id, &person.name)
        .region(&person.region_code)
        .write_by(&tx, &who.author())
        .await?;
    tx.commit().await?;
    Ok(user)
}
