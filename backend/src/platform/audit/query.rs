//! Reading the audit, each within what it may see.

use actix_web::{get, web::Data};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    entity::{Reach, Scope, audit},
    platform::{
        App,
        auth::{Within, roles::ViewAudit},
        types::Day,
        web::{Json, Page, PageParams, Paging, Query, Result},
    },
};

/// How far back a list goes that does not say how far.
const SHOWN: TimeDelta = TimeDelta::days(30);

/// One thing that was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditView {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub actor_name: String,
    pub ip: String,
    pub request_id: String,
    /// `subject.verb`
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub subject_name: String,
    pub reason: Option<String>,
    /// The values before; only what changed.
    pub before: Option<Value>,
    pub after: Option<Value>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    pub subject_kind: Option<String>,
    pub subject_id: Option<String>,
    /// The beginning of an action: `person` or `person.unmask`.
    pub action: Option<String>,
    pub actor: Option<String>,
    pub project_id: Option<Uuid>,
    /// Days in China, both included. Of everything, rather than of one subject, the last thirty days unless it is said
    /// from when.
    pub from: Option<Day>,
    pub to: Option<Day>,
}

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(list);
}

/// Who did what, newest first.
#[utoipa::path(tag = "audit", params(PageParams, AuditFilter), responses((status = 200, body = Page<AuditView>)))]
#[get("/audit")]
pub async fn list(
    scope: Within<ViewAudit>,
    paging: Paging,
    Query(filter): Query<AuditFilter>,
    app: Data<App>,
) -> Result<Json<Page<AuditView>>> {
    let AuditFilter { subject_kind, subject_id, action, actor, project_id, from, to } = filter;
    // A city writes millions of rows a year, and nobody leafs through them to the beginning.
    let until = to.map_or_else(Utc::now, Day::end);
    let since = from.map(Day::start).or_else(|| subject_id.is_none().then(|| until - SHOWN));
    let mut select = audit::Entity::find().filter(readable(&scope.reach, scope.actor.account.id));
    for (column, wanted) in [
        (audit::Column::SubjectKind, subject_kind),
        (audit::Column::SubjectId, subject_id),
        (audit::Column::ActorName, actor),
    ] {
        if let Some(wanted) = wanted {
            select = select.filter(column.eq(wanted));
        }
    }
    if let Some(action) = action {
        select = select.filter(audit::Column::Action.starts_with(action));
    }
    if let Some(project_id) = project_id {
        select = select.filter(audit::Column::ProjectId.eq(project_id));
    }
    if let Some(since) = since {
        select = select.filter(audit::Column::At.gte(since));
    }
    if let Some(to) = to {
        select = select.filter(audit::Column::At.lt(to.end()));
    }
    let select = select.order_by_desc(audit::Column::At).order_by_desc(audit::Column::Id);
    Ok(Json(paging.fetch(select, app.db.reader()).await?.map(show)))
}

/// What happened in one's region, project or company, and whatever one did oneself.
fn readable(reach: &Reach, account_id: Uuid) -> Condition {
    let mut any = Condition::any().add(audit::Column::AccountId.eq(account_id));
    for scope in &reach.0 {
        any = match scope {
            Scope::Nation => return Condition::all(),
            Scope::Region(prefix) => any.add(audit::Column::in_region(prefix)),
            Scope::Project(id) => any.add(audit::Column::ProjectId.eq(*id)),
            Scope::Company(id) => any.add(audit::Column::CompanyId.eq(*id)),
            Scope::Vendor(_) => any,
        };
    }
    any
}

fn show(row: audit::Model) -> AuditView {
    let audit::Model {
        id,
        at,
        account_id: _,
        actor_name,
        ip,
        request_id,
        action,
        subject_kind,
        subject_id,
        subject_name,
        region_code: _,
        project_id: _,
        company_id: _,
        reason,
        before,
        after,
    } = row;
    AuditView {
        id,
        at,
        actor_name,
        ip,
        request_id,
        action,
        subject_kind,
        subject_id,
        subject_name,
        reason,
        before,
        after,
    }
}
