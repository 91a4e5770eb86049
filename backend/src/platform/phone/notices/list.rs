//! 【微信消息】: what people were told on their phones, and why some were not.

use actix_web::{get, web::Data};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{Notice, NoticeKind};
use crate::{
    entity::{
        person,
        phone_identity::PhoneApp,
        phone_message::{self, Column, MessageState},
        project,
    },
    platform::{
        App,
        auth::{Within, roles::ViewMessages},
        database,
        types::{RegionCode, Text, clock},
        web::{Json, Page, PageParams, Paging, Query, Result},
    },
};

#[derive(Clone, Debug, Default, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
// Page and order stand in the same address, so what is not known here is not refused.
#[serde(default)]
pub struct MessageFilter {
    pub kind: Option<NoticeKind>,
    pub state: Option<MessageState>,
    /// Part of the project's name.
    #[param(inline)]
    pub project: Option<Text<0, 100>>,
    pub project_id: Option<Uuid>,
    /// A region and all below it.
    pub region_code: Option<RegionCode>,
}

#[derive(Debug, FromQueryResult)]
struct RawMessage {
    #[sea_orm(nested)]
    message: phone_message::Model,
    project_name: String,
    person_name: Option<String>,
}

/// A message as it was meant, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageRow {
    pub id: Uuid,
    pub kind: NoticeKind,
    pub project_id: Option<Uuid>,
    pub project_name: String,
    /// Nothing for somebody who has no record yet.
    pub person_name: Option<String>,
    /// What it says, in one sentence.
    pub note: String,
    pub state: MessageState,
    pub way: Option<PhoneApp>,
    /// Why it was not sent, or did not arrive.
    pub failure: Option<String>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(list);
}

/// Messages about projects within reach, the last first.
#[utoipa::path(tag = "phone", params(MessageFilter, PageParams), responses((status = 200, body = Page<MessageRow>)))]
#[get("/phone-messages")]
pub async fn list(
    scope: Within<ViewMessages>,
    paging: Paging,
    Query(filter): Query<MessageFilter>,
    app: Data<App>,
) -> Result<Json<Page<MessageRow>>> {
    let known = [("created_at", Column::CreatedAt), ("sent_at", Column::SentAt), ("state", Column::State)];
    let (column, descending) = paging.order(&known, (Column::CreatedAt, true))?;
    let select = phone_message::Entity::find()
        .join(JoinType::InnerJoin, phone_message::Relation::Project.def())
        .join(JoinType::LeftJoin, phone_message::Relation::Person.def())
        .column_as(project::Column::Name, "project_name")
        .column_as(person::Column::Name, "person_name")
        .filter(scope.reach.on_project(Column::ProjectId))
        .filter(condition(filter))
        .order_by(column, if descending { Order::Desc } else { Order::Asc })
        .order_by_desc(Column::Id);
    let page: Page<RawMessage> = paging.fetch_as(select, app.db.reader()).await?;
    Ok(Json(page.map(show)))
}

fn condition(filter: MessageFilter) -> Condition {
    let MessageFilter { kind, state, project, project_id, region_code } = filter;
    Condition::all()
        .add_option(kind.map(|kind| Column::Kind.eq(kind.name())))
        .add_option(state.map(|state| Column::State.eq(state)))
        .add_option(project.map(|typed| database::contains(project::Column::Name, typed.as_str())))
        .add_option(project_id.map(|id| Column::ProjectId.eq(id)))
        .add_option(region_code.map(|code| project::Column::in_region(code.prefix())))
}

fn show(raw: RawMessage) -> MessageRow {
    let RawMessage { message, project_name, person_name } = raw;
    let notice = serde_json::from_value::<Notice>(message.notice).ok();
    let note = notice.as_ref().map(|notice| notice.words(clock::china_day(message.created_at)).note);
    MessageRow {
        id: message.id,
        kind: notice.map_or(NoticeKind::RegistrationApproved, |notice| notice.kind()),
        project_id: message.project_id,
        project_name,
        person_name,
        note: note.unwrap_or_default(),
        state: message.state,
        way: message.way,
        failure: message.failure,
        created_at: message.created_at,
        sent_at: message.sent_at,
    }
}
