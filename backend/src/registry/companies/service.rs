//! Writes to the registry of companies.

use chrono::{Datelike, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    dto::{Company, CompanyInput},
    rules::Editor,
};
use crate::{
    entity::company::{self, UploadState},
    platform::{
        audit,
        auth::{Caller, Permission},
        types::clock::china_today,
        web::{Error, Fields, IfMatch, Result},
    },
    registry::regions,
};

/// Puts a company into the registry. Its credit code decides whether it is there already.
pub async fn register(tx: &impl ConnectionTrait, caller: &Caller, input: CompanyInput) -> Result<company::Model> {
    let (id, now) = (Uuid::now_v7(), Utc::now());
    let mut row = filled(input)?;
    row.id = Set(id);
    row.created_by = Set(Some(caller.account.id));
    row.created_at = Set(now);
    row.updated_at = Set(now);
    row.revision = Set(1);
    let made = row.insert(tx).await?;
    audit::Entry::new("company.register")
        .subject("company", id, &made.name)
        .company(id)
        .region(&made.region_code)
        .created(&Company::of(made.clone(), false))
        .write(tx, caller)
        .await?;
    Ok(made)
}

/// Changes a company the caller may change.
pub async fn edit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    before: company::Model,
    if_match: IfMatch,
    input: CompanyInput,
) -> Result<company::Model> {
    if_match.check(before.revision)?;
    let mut row = filled(input)?;
    Editor::of(&caller.reach(Permission::EditCompanies), &before).check(&before, &row)?;
    row.id = Set(before.id);
    row.updated_at = Set(Utc::now());
    row.revision = Set(before.revision + 1);
    let at_revision = company::Column::Revision.eq(before.revision);
    let after = company::Entity::update(row).validate()?.filter(at_revision).exec(tx).await?;
    audit::Entry::new("company.edit")
        .subject("company", after.id, &after.name)
        .company(after.id)
        .region(&after.region_code)
        .changed(&Company::of(before, false), &Company::of(after.clone(), false))
        .write(tx, caller)
        .await?;
    Ok(after)
}

/// What an input means as columns. A changed company waits to be uploaded again.
fn filled(input: CompanyInput) -> Result<company::ActiveModel> {
    check(&input)?;
    let CompanyInput {
        credit_code,
        name,
        region_code,
        registration_kind,
        address,
        legal_person,
        contact_name,
        contact_phone,
        email,
        registered_capital_wan,
        established_on,
    } = input;
    Ok(company::ActiveModel {
        credit_code: Set(credit_code.as_str().to_owned()),
        name: Set(name.into_string()),
        region_code: Set(region_code.as_str().to_owned()),
        registration_kind: Set(registration_kind.map(|kind| kind.code().to_owned())),
        address: Set(address.map(Into::into)),
        legal_person: Set(legal_person.map(|name| name.expose().to_owned())),
        contact_name: Set(contact_name.map(|name| name.expose().to_owned())),
        contact_phone: Set(contact_phone.map(|phone| phone.expose().to_owned())),
        email: Set(email.map(|email| email.expose().to_owned())),
        registered_capital_wan: Set(registered_capital_wan),
        established_on: Set(established_on),
        upload_state: Set(UploadState::Waiting),
        ..Default::default()
    })
}

fn check(input: &CompanyInput) -> Result<()> {
    regions::known(&input.region_code, "region_code")?;
    let mut wrong = Fields::new();
    let mut refuse = |field: &str, message: &str| drop(wrong.insert(field.to_owned(), message.to_owned()));
    if input.registered_capital_wan.is_some_and(|wan| !(0.0..=1e9).contains(&wan)) {
        refuse("registered_capital_wan", "注册资本应在 0 到 10 亿万元之间");
    }
    if input.established_on.is_some_and(|day| day > china_today() || day.year() < 1900) {
        refuse("established_on", "成立日期应在 1900 年以后，且不能晚于今天");
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}
