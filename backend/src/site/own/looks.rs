//! Who looked at somebody's data in full: out of the audit, in words.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use super::dto::OwnLook;
use crate::{
    entity::{
        audit::{self, Column},
        company, project,
        role_grant::{self, ScopeKind},
    },
    platform::{App, web::Result},
    registry::regions,
};

const LATEST: u64 = 200;
/// What of the audit is a look. Lists are exported of many at once and are not told one by one.
const LOOKS: [&str; 3] = ["person.unmask", "person.lookup", "contract.open"];

/// The last ones first.
pub async fn of(app: &App, person_id: Uuid) -> Result<Vec<OwnLook>> {
    let db = app.db.reader();
    let rows = audit::Entity::find()
        .filter(Column::SubjectKind.eq("person"))
        .filter(Column::SubjectId.eq(person_id.to_string()))
        .filter(Column::Action.is_in(LOOKS))
        .order_by_desc(Column::At)
        .limit(LATEST)
        .all(db)
        .await?;
    let organisations = organisations(db, rows.iter().filter_map(|row| row.account_id).collect()).await?;
    let shape = |row: audit::Model| OwnLook {
        at: row.at,
        organisation: row.account_id.and_then(|id| organisations.get(&id).cloned()),
        what: what(&row.action, row.after.as_ref()),
        who: row.actor_name,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(shape).collect())
}

fn what(action: &str, after: Option<&Value>) -> String {
    match action {
        "contract.open" => "劳动合同扫描件".to_owned(),
        "person.lookup" => "按身份证号码查询".to_owned(),
        _ => {
            let fields = after.and_then(|after| after["fields"].as_array()).cloned().unwrap_or_default();
            let words: Vec<&str> = fields.iter().filter_map(Value::as_str).map(field).collect();
            if words.is_empty() { "完整信息".to_owned() } else { words.join("、") }
        }
    }
}

fn field(name: &str) -> &str {
    match name {
        "id_number" => "身份证号码",
        "phone" => "手机号码",
        "bank_card" => "工资卡号",
        "address" => "住址",
        "id_card" => "身份证照片",
        "emergency_contacts" => "紧急联系人",
        other => other,
    }
}

/// In whose name accounts work: their project, company or region.
async fn organisations(db: &impl ConnectionTrait, accounts: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    let grants = role_grant::Entity::find().filter(role_grant::Column::AccountId.is_in(accounts)).all(db).await?;
    let ids = grants.iter().filter_map(|grant| grant.project_id);
    let projects = project::Entity::find().filter(project::Column::Id.is_in(ids)).all(db).await?;
    let ids = grants.iter().filter_map(|grant| grant.company_id);
    let companies = company::Entity::find().filter(company::Column::Id.is_in(ids)).all(db).await?;
    let name = |grant: &role_grant::Model| match grant.scope_kind {
        ScopeKind::Nation => Some("平台管理".to_owned()),
        ScopeKind::Region => Some(format!("{}监管部门", regions::full_name(grant.region_code.as_deref()?))),
        ScopeKind::Project => {
            let project = projects.iter().find(|project| Some(project.id) == grant.project_id)?;
            Some(format!("{}项目部", project.name))
        }
        ScopeKind::Company => {
            companies.iter().find(|company| Some(company.id) == grant.company_id).map(|company| company.name.clone())
        }
        ScopeKind::Vendor => None,
    };
    Ok(grants.iter().filter_map(|grant| Some((grant.account_id, name(grant)?))).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_looked_at_is_told_in_words() {
        assert_eq!(what("person.unmask", Some(&json!({ "fields": ["id_number", "phone"] }))), "身份证号码、手机号码");
        assert_eq!(what("person.unmask", None), "完整信息");
        assert_eq!(what("contract.open", None), "劳动合同扫描件");
    }
}
