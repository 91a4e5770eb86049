//! 【项目申报】 on the login page, without login.

use std::time::Duration;

use actix_web::{HttpMessage, HttpRequest, post, web::Data};

use crate::{
    platform::{
        App,
        web::{Client, Created, Json, Result, headers::RequestId, limit},
    },
    registry::applications::{
        dto::{ApplicationForm, ApplicationStatus, Receipt, StatusForm},
        query, service,
    },
};

const HOUR: Duration = Duration::from_secs(3600);
const APPLICATIONS_AN_HOUR: u64 = 20;
const TEN_MINUTES: Duration = Duration::from_secs(600);
const QUESTIONS_IN_TEN_MINUTES: u64 = 20;
/// From everywhere: nobody tries telephones against a number by the thousand.
const QUESTIONS_ABOUT_ONE: u64 = 10;
const TOO_OFTEN: &str = "操作过于频繁，请稍后再试";

/// 【项目申报】
#[utoipa::path(tag = "public", responses((status = 201, body = Receipt)), security(()))]
#[post("/public/applications")]
pub async fn submit(
    req: HttpRequest,
    client: Client,
    form: Json<ApplicationForm>,
    app: Data<App>,
) -> Result<Created<Receipt>> {
    let form = form.0;
    service::check(&form)?;
    limit(&app.cache, &format!("apply:{}", client.ip), APPLICATIONS_AN_HOUR, HOUR, TOO_OFTEN).await?;
    let request_id = req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let tx = app.db.begin().await?;
    let application = service::submit(&tx, form, &client, &request_id).await?;
    tx.commit().await?;
    Ok(Created(Receipt { number: application.number }))
}

/// How an application stands, by its number and the applicant's telephone.
#[utoipa::path(tag = "public", responses((status = 200, body = ApplicationStatus)), security(()))]
#[post("/public/applications/status")]
pub async fn status(client: Client, form: Json<StatusForm>, app: Data<App>) -> Result<Json<ApplicationStatus>> {
    let from = format!("application-status:{}", client.ip);
    limit(&app.cache, &from, QUESTIONS_IN_TEN_MINUTES, TEN_MINUTES, TOO_OFTEN).await?;
    let about = format!("application-status:{}", form.0.number.as_str().to_uppercase());
    limit(&app.cache, &about, QUESTIONS_ABOUT_ONE, TEN_MINUTES, TOO_OFTEN).await?;
    query::status(app.db.reader(), &form.0).await.map(Json)
}
