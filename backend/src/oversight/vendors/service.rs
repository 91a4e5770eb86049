//! Writes to the registry of vendors.

use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{NewVendor, VendorEdit, VendorFacts};
use crate::{
    entity::{Reach, vendor},
    platform::{
        audit,
        auth::Caller,
        web::{Error, IfMatch, Result},
    },
    registry::regions,
};

/// A vendor of the caller's region. `reach` is where the caller keeps vendors.
pub async fn register(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    reach: &Reach,
    form: NewVendor,
) -> Result<vendor::Model> {
    let NewVendor { code, credit_code, name, region_code, contact_name, contact_phone } = form;
    let rest = VendorEdit { credit_code, name, region_code, contact_name, contact_phone };
    // Terminals send it as bytes of their own alphabet.
    if !code.as_str().chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
        return Err(Error::field("code", "服务商编码只能用字母、数字和 - _"));
    }
    let row = vendor::ActiveModel {
        id: Set(Uuid::now_v7()),
        code: Set(code.into_string()),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..columns(reach, rest)?
    };
    let made = row.insert(tx).await?;
    entry("vendor.register", &made).created(&VendorFacts::of(&made)).write(tx, caller).await?;
    Ok(made)
}

/// Changes all but the code, which is in the devices.
pub async fn edit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    reach: &Reach,
    before: vendor::Model,
    if_match: IfMatch,
    form: VendorEdit,
) -> Result<vendor::Model> {
    if_match.check(before.revision)?;
    let row = vendor::ActiveModel { id: Set(before.id), revision: Set(before.revision + 1), ..columns(reach, form)? };
    let unchanged = vendor::Column::Revision.eq(before.revision);
    let after = vendor::Entity::update(row).validate()?.filter(unchanged).exec(tx).await?;
    entry("vendor.edit", &after).changed(&VendorFacts::of(&before), &VendorFacts::of(&after)).write(tx, caller).await?;
    Ok(after)
}

fn columns(reach: &Reach, form: VendorEdit) -> Result<vendor::ActiveModel> {
    let VendorEdit { credit_code, name, region_code, contact_name, contact_phone } = form;
    regions::known(&region_code, "region_code")?;
    if !reach.covers_region(region_code.as_str()) {
        return Err(Error::field("region_code", "该区域不在您的管辖范围内"));
    }
    Ok(vendor::ActiveModel {
        credit_code: Set(credit_code.as_str().to_owned()),
        name: Set(name.into_string()),
        region_code: Set(region_code.as_str().to_owned()),
        contact_name: Set(contact_name.map(|name| name.expose().to_owned())),
        contact_phone: Set(contact_phone.map(|phone| phone.expose().to_owned())),
        ..Default::default()
    })
}

fn entry(action: &'static str, vendor: &vendor::Model) -> audit::Entry {
    audit::Entry::new(action).subject("vendor", vendor.id, &vendor.name).region(&vendor.region_code)
}
