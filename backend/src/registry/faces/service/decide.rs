//! Somebody has looked.

use chrono::Utc;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};
use serde_json::json;

use crate::{
    entity::{
        face_comparison::{self, ComparisonState, Model},
        person,
    },
    platform::{
        App, audit,
        auth::Caller,
        web::{Error, IfMatch, Result},
    },
    registry::faces::dto::DecisionForm,
};

/// Decides once; what the distance alone has passed may still be decided.
pub async fn decide(app: &App, caller: &Caller, before: Model, revision: IfMatch, form: DecisionForm) -> Result<()> {
    let DecisionForm { decision, reason } = form;
    revision.check(before.revision)?;
    if before.decided_by.is_some() {
        return Err(Error::conflict("already_decided", "该比对已有人核对，不能再次处理"));
    }
    if before.state == ComparisonState::Outdated {
        return Err(Error::conflict("outdated", "照片已被替换或到期删除，无需再核对"));
    }
    let tx = app.db.begin().await?;
    let row = face_comparison::ActiveModel {
        state: Set(ComparisonState::Decided),
        decision: Set(Some(decision)),
        reason: Set(Some(reason.as_str().to_owned())),
        decided_by: Set(Some(caller.account.id)),
        decided_at: Set(Some(Utc::now())),
        revision: Set(before.revision + 1),
        ..Default::default()
    };
    let same = face_comparison::Column::Id.eq(before.id).and(face_comparison::Column::Revision.eq(before.revision));
    let decided = face_comparison::Entity::update_many().set(row).filter(same).exec(&tx).await?;
    if decided.rows_affected == 0 {
        return Err(Error::Stale);
    }
    let person = person::Entity::find_by_id(before.person_id).one(&tx).await?.ok_or(Error::NotFound)?;
    let after = json!({
        "kind": before.kind, "verdict": before.verdict, "distance": hundredths(before.distance), "decision": decision,
    });
    audit::Entry::new("face_comparison.decide")
        .subject("face_comparison", before.id, &person.name)
        .region(&before.region_code)
        .project_id(before.project_id)
        .reason(reason.as_str())
        .created(&after)
        .write(&tx, caller)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// As the page shows it.
fn hundredths(distance: f64) -> String {
    format!("{distance:.2}")
}
