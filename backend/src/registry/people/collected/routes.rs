use actix_web::{get, post, web::Data};
use serde_json::Value;

use super::{
    dto::{CollectAnswer, CollectResult, CollectedBatch, CollectedFilter, CollectedPerson, CollectedRow, Verdict},
    read, service,
};
use crate::{
    entity::project,
    platform::{
        App,
        auth::{
            Caller, ProjectScope,
            roles::{CollectPeople, ViewRoster},
        },
        web::{Error, Fields, Json, LargeJson, Page, PageParams, Paging, Query, Result, from_value},
    },
};

const MOST: usize = 100;

/// Takes people collected at a project, from a vendor's program or an app. Each is judged by itself, so the answer is
/// 200 with a result per person. Idempotent by ID number: no Idempotency-Key is needed.
#[utoipa::path(tag = "people", params(("project_id" = Uuid, Path)), request_body = CollectedBatch, responses((status = 200, body = CollectAnswer)))]
#[post("/projects/{project_id}/collected-people")]
pub async fn collect(
    scope: ProjectScope<CollectPeople>,
    app: Data<App>,
    batch: LargeJson<CollectedBatch>,
) -> Result<Json<CollectAnswer>> {
    let people = batch.0.people;
    if !(1..=MOST).contains(&people.len()) {
        return Err(Error::field("people", format!("每次须上传 1 到 {MOST} 人，现在是 {} 人", people.len())));
    }
    let mut results = Vec::with_capacity(people.len());
    for (index, person) in people.into_iter().enumerate() {
        results.push(collect_one(&app, &scope.actor, &scope.project, index, person).await?);
    }
    let count = |verdict| results.iter().filter(|one| one.result == verdict).count();
    let (created, updated, refused) = (count(Verdict::Created), count(Verdict::Updated), count(Verdict::Refused));
    Ok(Json(CollectAnswer { created, updated, refused, results }))
}

/// What is wrong with one of them is that one's result; a platform that fails fails for all.
async fn collect_one(
    app: &App,
    caller: &Caller,
    project: &project::Model,
    index: usize,
    person: Value,
) -> Result<CollectResult> {
    let outcome = match from_value::<CollectedPerson>(person) {
        Ok(person) => service::collect(app, caller, project, person).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok((result, number)) => {
            Ok(CollectResult { index, result, person_number: Some(number), message: None, fields: Fields::new() })
        }
        Err(error @ (Error::NotNow(..) | Error::Unavailable(_) | Error::Collided(_) | Error::Internal(_))) => {
            Err(error)
        }
        Err(error) => {
            let body = error.body();
            let (message, fields) = (Some(body.message), body.fields);
            Ok(CollectResult { index, result: Verdict::Refused, person_number: None, message, fields })
        }
    }
}

/// 已采集: who was collected here and is not on the roster yet.
#[utoipa::path(tag = "people", params(("project_id" = Uuid, Path), PageParams, CollectedFilter), responses((status = 200, body = Page<CollectedRow>)))]
#[get("/projects/{project_id}/collected-people")]
pub async fn list(
    scope: ProjectScope<ViewRoster>,
    paging: Paging,
    filter: Query<CollectedFilter>,
    app: Data<App>,
) -> Result<Json<Page<CollectedRow>>> {
    read::list(&app, &scope.actor, &scope.project, &filter.0, &paging).await.map(Json)
}
