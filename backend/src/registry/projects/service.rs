//! Writes: register, edit, place, venue code.

use chrono::Utc;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    form::{ProjectFacts, ProjectForm},
    rules::{self, Problems},
};
use crate::{
    entity::{Reach, company::UploadState, project, vendor},
    platform::{
        audit,
        auth::Caller,
        database::next_number,
        types::clock,
        web::{Error, IfMatch, Result},
    },
};

/// What the regulator decides: the project's own staff apply for a change of these.
const REGULATORS_FIELDS: &[(&str, &str)] = &[
    ("code", "报建编号由监管部门修改"),
    ("region_code", "所属区域由监管部门修改"),
    ("vendor_id", "服务商由监管部门修改"),
    ("category", "项目类别由监管部门修改"),
    ("status", "项目状态须提交变更申请，由监管部门审核"),
];

/// Checks a form of the registry. `reach` is where the caller registers projects.
pub fn checked(form: ProjectForm, reach: &Reach) -> Result<ProjectFacts> {
    let mut problems = Problems::default();
    rules::check(&form, clock::china_today(), &mut problems);
    let outside = !reach.covers_region(form.region_code.as_str());
    problems.add_if(outside, "region_code", "该区域不在您的管辖范围内");
    problems.into_result()?;
    Ok(form.into())
}

/// The row of a new project; the caller audits it.
pub async fn insert(tx: &DatabaseTransaction, facts: ProjectFacts, created_by: Uuid) -> Result<project::Model> {
    check_vendor(tx, facts.vendor_id).await?;
    let now = Utc::now();
    let row = project::ActiveModel {
        id: Set(Uuid::now_v7()),
        number: Set(next_number(tx, "project_number").await?),
        upload_state: Set(UploadState::Waiting),
        created_by: Set(Some(created_by)),
        created_at: Set(now),
        updated_at: Set(now),
        revision: Set(1),
        ..facts.into_columns()?
    };
    Ok(project::Entity::insert(row).exec_with_returning(tx).await?)
}

/// 【登记新项目】
pub async fn register(tx: &DatabaseTransaction, facts: ProjectFacts, caller: &Caller) -> Result<project::Model> {
    let project = insert(tx, facts, caller.account.id).await?;
    audit::Entry::new("project.register")
        .subject("project", project.id, &project.name)
        .project(&project)
        .created(&ProjectFacts::of(&project).for_audit())
        .write(tx, caller)
        .await?;
    Ok(project)
}

/// 【编辑】, by the regulator (who registers projects in `reach`) or by the project's staff.
pub async fn edit(
    tx: &DatabaseTransaction,
    project: &project::Model,
    form: ProjectForm,
    reach: &Reach,
    revision: IfMatch,
    caller: &Caller,
) -> Result<project::Model> {
    let mut problems = Problems::default();
    rules::check(&form, clock::china_today(), &mut problems);
    let facts = ProjectFacts::from(form);
    if reach.covers_region(&project.region_code) {
        let outside = !reach.covers_region(&facts.region_code);
        problems.add_if(outside, "region_code", "该区域不在您的管辖范围内");
    } else {
        refuse_regulators_fields(&ProjectFacts::of(project), &facts, &mut problems);
    }
    problems.into_result()?;
    check_vendor(tx, facts.vendor_id).await?;
    update(tx, project, facts.into_columns()?, revision, "project.edit", caller).await
}

fn refuse_regulators_fields(before: &ProjectFacts, after: &ProjectFacts, problems: &mut Problems) {
    let changed = [
        before.code != after.code,
        before.region_code != after.region_code,
        before.vendor_id != after.vendor_id,
        before.category != after.category,
        before.status != after.status,
    ];
    for (changed, (field, message)) in changed.into_iter().zip(REGULATORS_FIELDS) {
        problems.add_if(changed, field, *message);
    }
}

/// 【定位】
pub async fn locate(
    tx: &DatabaseTransaction,
    project: &project::Model,
    (longitude, latitude, address): (f64, f64, Option<String>),
    revision: IfMatch,
    caller: &Caller,
) -> Result<project::Model> {
    let mut problems = Problems::default();
    rules::check_position(Some(longitude), Some(latitude), &mut problems);
    problems.into_result()?;
    let mut change =
        project::ActiveModel { longitude: Set(Some(longitude)), latitude: Set(Some(latitude)), ..Default::default() };
    if let Some(address) = address {
        change.address = Set(Some(address));
    }
    update(tx, project, change, revision, "project.locate", caller).await
}

/// 【场所码登记】
pub async fn set_venue_code(
    tx: &DatabaseTransaction,
    project: &project::Model,
    venue_code: Option<String>,
    revision: IfMatch,
    caller: &Caller,
) -> Result<project::Model> {
    let change = project::ActiveModel { venue_code: Set(venue_code), ..Default::default() };
    update(tx, project, change, revision, "project.venue_code", caller).await
}

/// Every change of a project's row: only while it is not cancelled, only from the revision the caller saw.
async fn update(
    tx: &DatabaseTransaction,
    project: &project::Model,
    change: project::ActiveModel,
    revision: IfMatch,
    action: &'static str,
    caller: &Caller,
) -> Result<project::Model> {
    refuse_cancelled(project)?;
    let change = project::ActiveModel {
        id: Set(project.id),
        // What the province has is no longer what is here.
        upload_state: Set(UploadState::Waiting),
        updated_at: Set(Utc::now()),
        revision: Set(revision.0 + 1),
        ..change
    };
    let changed =
        project::Entity::update(change).validate()?.filter(project::Column::Revision.eq(revision.0)).exec(tx).await?;
    audit::Entry::new(action)
        .subject("project", changed.id, &changed.name)
        .project(&changed)
        .changed(&for_audit(project), &for_audit(&changed))
        .write(tx, caller)
        .await?;
    Ok(changed)
}

fn for_audit(project: &project::Model) -> serde_json::Value {
    let facts = serde_json::to_value(ProjectFacts::of(project).for_audit()).unwrap_or_default();
    let mut facts = facts.as_object().cloned().unwrap_or_default();
    facts.insert("venue_code".to_owned(), project.venue_code.clone().into());
    facts.into()
}

pub fn refuse_cancelled(project: &project::Model) -> Result<()> {
    if project.cancelled_at.is_some() {
        return Err(Error::conflict("cancelled", "该项目已注销，不能再修改"));
    }
    Ok(())
}

pub async fn check_vendor(db: &impl ConnectionTrait, id: Option<Uuid>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    match vendor::Entity::find_by_id(id).one(db).await? {
        Some(_) => Ok(()),
        None => Err(Error::field("vendor_id", "没有这个服务商，请重新选择")),
    }
}
