use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time},
    get, post,
    web::{Data, ReqData},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{
    dto::{AskTicket, LinkPerson, LoginTicket, SeenStep, TicketQuestion, TicketStanding, TicketStep},
    person,
    service::tickets,
};
use crate::platform::{
    App,
    auth::{enter, let_in},
    phone::{PhoneSessionView, PhoneUser, session_view},
    web::{Client, Error, Json, NoContent, Path, Query, Result, headers::RequestId, limit},
};

const COOKIE: &str = "mingce_ticket";
const COOKIE_PATH: &str = "/api/v1/login-tickets";
const MINUTE: Duration = Duration::from_secs(60);

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(ask).service(watch).service(scan).service(confirm).service(refuse).service(link_person);
}

/// A code for the login page, to be scanned with WeChat.
#[utoipa::path(
    tag = "session",
    request_body = AskTicket,
    responses((status = 201, body = LoginTicket)),
    security(())
)]
#[post("/login-tickets")]
pub async fn ask(client: Client, app: Data<App>, Json(body): Json<AskTicket>) -> Result<HttpResponse> {
    limit(&app.cache, &format!("login-tickets:{}", client.ip), 60, MINUTE, "刷新过于频繁，请一分钟后再试").await?;
    let tickets::Asked { ticket, secret } = tickets::ask(&app, body.way, &client).await?;
    let cookie = Cookie::build(COOKIE, secret)
        .path(COOKIE_PATH)
        .http_only(true)
        .secure(app.config.server.public_url.starts_with("https://"))
        .same_site(SameSite::Strict)
        .max_age(time::Duration::minutes(3))
        .finish();
    Ok(HttpResponse::Created().cookie(cookie).json(ticket))
}

/// How far it is; once it is confirmed, the session. Only for the browser that asked.
#[utoipa::path(
    tag = "session",
    params(("id" = Uuid, Path), SeenStep),
    responses((status = 200, body = TicketStanding)),
    security(())
)]
#[get("/login-tickets/{id}")]
pub async fn watch(
    req: HttpRequest,
    client: Client,
    request_id: ReqData<RequestId>,
    id: Path<Uuid>,
    Query(SeenStep { seen }): Query<SeenStep>,
    app: Data<App>,
) -> Result<HttpResponse> {
    let secret = req.cookie(COOKIE).ok_or(Error::NotFound)?;
    let row = tickets::watch(&app, id.0, secret.value(), seen).await?;
    let state = tickets::step(&row);
    if state != TicketStep::Confirmed {
        return Ok(HttpResponse::Ok().json(TicketStanding { state, reason: row.reason, session: None }));
    }
    let Some(account) = tickets::redeem(&app, &row).await? else {
        return Ok(HttpResponse::Ok().json(TicketStanding { state: TicketStep::Expired, reason: None, session: None }));
    };
    let entered = let_in(&app, enter(&app, account, &client, &request_id).await?).await?;
    let mut answer = HttpResponse::Ok();
    for cookie in entered.cookies {
        answer.cookie(cookie);
    }
    Ok(answer.json(TicketStanding { state, reason: None, session: Some(entered.view) }))
}

/// What a scanned code asks. The screen shows from now on that it was scanned.
#[utoipa::path(tag = "phone", params(("ticket" = String, Path)), responses((status = 200, body = TicketQuestion)))]
#[get("/phone/login-tickets/{ticket}")]
pub async fn scan(who: PhoneUser, ticket: Path<String>, app: Data<App>) -> Result<Json<TicketQuestion>> {
    allow(&app, &who).await?;
    tickets::scan(&app, &who, &ticket.0).await.map(Json)
}

/// 【确认登录】
#[utoipa::path(tag = "phone", params(("ticket" = String, Path)), responses((status = 204)))]
#[post("/phone/login-tickets/{ticket}/confirm")]
pub async fn confirm(who: PhoneUser, ticket: Path<String>, app: Data<App>) -> Result<NoContent> {
    allow(&app, &who).await?;
    tickets::confirm(&app, &who, &ticket.0).await?;
    Ok(NoContent)
}

/// 【不是我】
#[utoipa::path(tag = "phone", params(("ticket" = String, Path)), responses((status = 204)))]
#[post("/phone/login-tickets/{ticket}/refuse")]
pub async fn refuse(who: PhoneUser, ticket: Path<String>, app: Data<App>) -> Result<NoContent> {
    allow(&app, &who).await?;
    tickets::deny(&app, &who, &ticket.0).await?;
    Ok(NoContent)
}

async fn allow(app: &App, who: &PhoneUser) -> Result<()> {
    limit(&app.cache, &format!("login-scans:{}", who.user.id), 60, MINUTE, "操作过于频繁，请稍后再试").await
}

/// Links the phone to its owner's own record.
#[utoipa::path(tag = "phone", request_body = LinkPerson, responses((status = 200, body = PhoneSessionView)))]
#[post("/phone/person")]
pub async fn link_person(
    who: PhoneUser,
    app: Data<App>,
    Json(body): Json<LinkPerson>,
) -> Result<Json<PhoneSessionView>> {
    let user = person::link(&app, &who, body).await?;
    session_view(&app, user).await.map(Json)
}
