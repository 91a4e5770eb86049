use actix_web::{delete, get, post, web::Data};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    PhoneUser, bind, codes,
    dto::{self, *},
    identities::{self, Seen},
    notices::{self, NoticeKind},
    session, tickets,
};
use crate::{
    entity::{
        phone_identity::{self, PhoneApp},
        phone_session,
    },
    platform::{
        App,
        auth::check_password,
        types::Mobile,
        web::{Client, Error, Json, NoContent, Query, Result, headers::RequestId, limit},
    },
};

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(settings)
        .service(open)
        .service(show)
        .service(close)
        .service(number_by_button)
        .service(send_code)
        .service(number_by_code)
        .service(bind_account)
        .service(release_account)
        .service(sign_page)
        .configure(notices::configure);
}

/// What a phone must know before anybody is logged in.
#[utoipa::path(tag = "phone", responses((status = 200, body = PhoneSettings)), security(()))]
#[get("/phone/settings")]
pub async fn settings(app: Data<App>) -> Json<PhoneSettings> {
    let wechat = app.wechat.as_deref();
    let template = |kind: NoticeKind| {
        let template = wechat?.templates.get(kind.name())?;
        let id = &template.mini_program;
        (!id.is_empty()).then(|| PhoneTemplate { notice: kind, template_id: id.clone() })
    };
    Json(PhoneSettings {
        name: "Mingce 名册",
        demo: app.config.demo,
        public_url: app.config.server.public_url.clone(),
        wechat: PhoneWeChat {
            mini_program_id: wechat.and_then(|wechat| Some(wechat.mini_program()?.appid().to_owned())),
            account_id: wechat.and_then(|wechat| Some(wechat.account()?.appid().to_owned())),
            stand_in_url: wechat.and_then(|wechat| wechat.stand_in_url.clone()),
        },
        sms: app.sms.is_there(),
        vision: app.eyes.is_some(),
        templates: NoticeKind::ALL.into_iter().filter_map(template).collect(),
        upload_limit: app.config.server.upload_limit,
    })
}

/// Logs a phone in: by the mini-program's code, or by the ticket of a web login.
#[utoipa::path(
    tag = "phone",
    request_body = OpenPhoneSession,
    responses((status = 200, body = OpenedPhoneSession)),
    security(())
)]
#[post("/phone/session")]
pub async fn open(
    client: Client,
    app: Data<App>,
    Json(body): Json<OpenPhoneSession>,
) -> Result<Json<OpenedPhoneSession>> {
    let OpenPhoneSession { code, app: through, ticket } = body;
    let identity = match (code, through, ticket) {
        (Some(code), Some(PhoneApp::MiniProgram) | None, None) => {
            let session = app.mini_program()?.login(code.as_str()).await?;
            let (openid, unionid) = (session.openid, session.unionid);
            let unionid = unionid.as_ref().map(wechat::OpenId::as_str);
            identities::meet(&app, Seen { app: PhoneApp::MiniProgram, openid: openid.as_str(), unionid }).await?.0
        }
        (None, None, Some(ticket)) => {
            let id = tickets::redeem(&app, ticket.as_str()).await?;
            phone_identity::Entity::find_by_id(id).one(app.db.reader()).await?.ok_or(Error::NotLoggedIn)?
        }
        _ => return Err(Error::field("code", "请提供小程序的登录凭证，或网页登录的凭证")),
    };
    let tx = app.db.begin().await?;
    let (row, token) = session::open(&tx, identity.phone_user_id, Some(identity.id), &client).await?;
    tx.commit().await?;
    Ok(Json(OpenedPhoneSession { token, expires_at: row.expires_at }))
}

/// Who holds the phone.
#[utoipa::path(tag = "phone", responses((status = 200, body = PhoneSessionView)))]
#[get("/phone/session")]
pub async fn show(who: PhoneUser, app: Data<App>) -> Result<Json<PhoneSessionView>> {
    dto::view(&app, who.user).await.map(Json)
}

/// Logs the phone out.
#[utoipa::path(tag = "phone", responses((status = 204)))]
#[delete("/phone/session")]
pub async fn close(who: PhoneUser, app: Data<App>) -> Result<NoContent> {
    phone_session::Entity::delete_by_id(who.session_id).exec(app.db.writer()).await?;
    Ok(NoContent)
}

/// The number that WeChat's button gave.
#[utoipa::path(tag = "phone", request_body = NumberByButton, responses((status = 200, body = PhoneSessionView)))]
#[post("/phone/number")]
pub async fn number_by_button(
    who: PhoneUser,
    app: Data<App>,
    Json(body): Json<NumberByButton>,
) -> Result<Json<PhoneSessionView>> {
    let given = app.mini_program()?.phone_number(body.code.as_str()).await?;
    let phone = Mobile::parse(given.number.expose())
        .ok()
        .filter(|_| given.country_code == "86")
        .ok_or_else(|| Error::field("code", "只支持中国大陆手机号，请改用其他手机号"))?;
    let user = bind::number(&app, &who, &phone).await?;
    dto::view(&app, user).await.map(Json)
}

/// Sends a code to a number.
#[utoipa::path(tag = "phone", request_body = CodeWanted, responses((status = 204)))]
#[post("/phone/sms")]
pub async fn send_code(who: PhoneUser, app: Data<App>, Json(body): Json<CodeWanted>) -> Result<NoContent> {
    codes::send(&app, &who, &body.phone).await?;
    Ok(NoContent)
}

/// The number, and the code that came to it.
#[utoipa::path(tag = "phone", request_body = NumberByCode, responses((status = 200, body = PhoneSessionView)))]
#[post("/phone/number/sms")]
pub async fn number_by_code(
    who: PhoneUser,
    app: Data<App>,
    Json(body): Json<NumberByCode>,
) -> Result<Json<PhoneSessionView>> {
    codes::check(&app, &who, &body.phone, body.code.as_str()).await?;
    let user = bind::number(&app, &who, &body.phone).await?;
    dto::view(&app, user).await.map(Json)
}

/// Binds an account to the phone, by its password (GY1).
#[utoipa::path(tag = "phone", request_body = BindAccount, responses((status = 200, body = PhoneSessionView)))]
#[post("/phone/account")]
pub async fn bind_account(
    who: PhoneUser,
    app: Data<App>,
    Json(body): Json<BindAccount>,
) -> Result<Json<PhoneSessionView>> {
    let BindAccount { login, password } = body;
    if password.is_empty() || password.len() > 512 {
        return Err(Error::field("password", "此项必填"));
    }
    let request_id = RequestId(who.request_id.clone());
    let account = check_password(&app, login.as_str(), password, &who.client, &request_id).await?;
    let user = bind::account(&app, &who, &account).await?;
    dto::view(&app, user).await.map(Json)
}

/// Takes the account off the phone.
#[utoipa::path(tag = "phone", responses((status = 200, body = PhoneSessionView)))]
#[delete("/phone/account")]
pub async fn release_account(who: PhoneUser, app: Data<App>) -> Result<Json<PhoneSessionView>> {
    let user = bind::release(&app, &who).await?;
    dto::view(&app, user).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageToSign {
    /// The page's address.
    pub url: String,
}

/// For `wx.config`.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageSignature {
    pub app_id: String,
    pub timestamp: u64,
    pub nonce: String,
    pub signature: String,
}

/// Lets a page of ours use the phone's camera and scanner within WeChat.
#[utoipa::path(tag = "phone", params(PageToSign), responses((status = 200, body = PageSignature)))]
#[get("/phone/jsapi")]
pub async fn sign_page(who: PhoneUser, Query(page): Query<PageToSign>, app: Data<App>) -> Result<Json<PageSignature>> {
    let key = format!("jsapi:{}", who.user.id);
    limit(&app.cache, &key, 60, std::time::Duration::from_secs(60), "操作过于频繁，请稍后再试").await?;
    let ours = format!("{}/m/", app.config.server.public_url.trim_end_matches('/'));
    if !page.url.starts_with(&ours) || page.url.len() > 1024 {
        return Err(Error::field("url", "只能为本平台的页面签名"));
    }
    let now = u64::try_from(chrono::Utc::now().timestamp()).unwrap_or_default();
    let signed = app.official_account()?.page_config(&page.url, now).await?;
    Ok(Json(PageSignature {
        app_id: signed.app_id,
        timestamp: signed.timestamp,
        nonce: signed.nonce_str,
        signature: signed.signature,
    }))
}
