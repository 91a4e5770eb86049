//! Out to WeChat's login and back (OAuth2), for pages in WeChat's own browser.
//!
//! The state is bound to the browser by a cookie, so that nobody can be logged in as somebody else by a link. What comes back
//! is a ticket of two minutes, which the page changes for a session: no token ever stands in an address.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, LOCATION},
    },
    web::{Data, Query},
};
use serde::Deserialize;
use wechat::{Kind, account::Scope};

use super::page::say;
use crate::{
    entity::phone_identity::PhoneApp,
    platform::{
        App,
        phone::{
            identities::{self, Seen},
            tickets,
        },
        web::{Error, Result},
    },
};

const COOKIE: &str = "mingce_wechat";
const COOKIE_PATH: &str = "/wechat/";
const HOME: &str = "pages/me/index";
/// The page that changes a ticket for a session and goes on.
const ENTRANCE: &str = "pages/enter/index";

#[derive(Deserialize)]
pub struct Enter {
    /// A page of ours, with its query.
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
pub struct Return {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Where a page of the phone is opened from within WeChat, by somebody who may not be logged in.
pub fn link_to(app: &App, page: &str) -> String {
    let base = app.config.server.public_url.trim_end_matches('/');
    format!("{base}/wechat/enter?to={}", encoded(page))
}

/// Only a page of ours: nobody is sent elsewhere by a link that begins with our name.
fn checked(to: &str) -> Option<&str> {
    let to = to.trim_start_matches('/');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_?=&.~%:".contains(&byte);
    let fits = to.len() <= 300 && to.bytes().all(plain) && !to.contains("//");
    let page = to.split('?').next().unwrap_or_default();
    (fits && (page.starts_with("pages/") || page.starts_with("staff/")) && !page.contains(':')).then_some(to)
}

pub async fn enter(app: Data<App>, Query(Enter { to }): Query<Enter>) -> Result<HttpResponse> {
    let to = checked(&to).unwrap_or(HOME);
    let Ok(account) = app.official_account() else {
        return Ok(say(StatusCode::NOT_FOUND, "暂不能使用", "平台没有接入微信公众号，请在小程序中打开。"));
    };
    let state = format!("{:032x}", rand::random::<u128>());
    let base = app.config.server.public_url.trim_end_matches('/');
    let target = account.authorize_url(&format!("{base}/wechat/return"), Scope::Base, &state)?;
    let cookie = cookie(&app, format!("{state}.{}", encoded(to)), time::Duration::minutes(10));
    Ok(HttpResponse::Found()
        .cookie(cookie)
        .insert_header((LOCATION, target))
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish())
}

fn cookie(app: &App, value: String, lifetime: time::Duration) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path(COOKIE_PATH)
        .http_only(true)
        .secure(app.config.server.public_url.starts_with("https://"))
        .same_site(SameSite::Lax)
        .max_age(lifetime)
        .finish()
}

pub async fn come_back(
    req: HttpRequest,
    app: Data<App>,
    Query(Return { code, state }): Query<Return>,
) -> Result<HttpResponse> {
    let kept = req.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let to = match kept.split_once('.') {
        Some((expected, to)) if expected.len() == 32 && expected == state => decoded(to),
        _ => {
            let words = "登录请求已失效。请返回公众号，从菜单重新打开。";
            return Ok(say(StatusCode::BAD_REQUEST, "请重新打开", words));
        }
    };
    if code.is_empty() {
        return Ok(say(StatusCode::BAD_REQUEST, "没有登录", "您取消了微信授权。需要时请从公众号菜单重新打开。"));
    }
    match log_in(&app, &code).await {
        Ok(ticket) => {
            let to = checked(&to).unwrap_or(HOME);
            let target = format!("/m/#/{ENTRANCE}?ticket={ticket}&to={}", encoded(to));
            let mut gone = cookie(&app, String::new(), time::Duration::ZERO);
            gone.make_removal();
            Ok(HttpResponse::Found()
                .cookie(gone)
                .insert_header((LOCATION, target))
                .insert_header((CACHE_CONTROL, "no-store"))
                .finish())
        }
        Err(Refusal::Snapshot(words)) => Ok(say(StatusCode::FORBIDDEN, "需要完整的微信页面", words)),
        Err(Refusal::WeChat(words)) => Ok(say(StatusCode::BAD_REQUEST, "微信登录没有成功", words)),
        Err(Refusal::Ours(error)) => Err(error),
    }
}

fn decoded(text: &str) -> String {
    form_urlencoded::parse(format!("to={text}").as_bytes()).next().map(|(_, to)| to.into_owned()).unwrap_or_default()
}

enum Refusal {
    /// A virtual account of WeChat's preview: nobody.
    Snapshot(&'static str),
    WeChat(&'static str),
    Ours(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

async fn log_in(app: &App, code: &str) -> std::result::Result<String, Refusal> {
    let login = app.official_account()?.login(code).await.map_err(|error| {
        tracing::info!(code = error.log_code(), "a web login was refused");
        if error.kind() == Kind::Snapshot {
            Refusal::Snapshot(error.sentence())
        } else {
            Refusal::WeChat(error.sentence())
        }
    })?;
    let unionid = login.unionid.as_ref().map(wechat::OpenId::as_str);
    let seen = Seen { app: PhoneApp::Account, openid: login.openid.as_str(), unionid };
    let (identity, _) = identities::meet(app, seen).await?;
    Ok(tickets::issue(app, &identity).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_ours_are_gone_to() {
        assert_eq!(checked("pages/login/confirm?scene=abc"), Some("pages/login/confirm?scene=abc"));
        assert_eq!(checked("/staff/home"), Some("staff/home"));
        for elsewhere in [
            "",
            "https://evil.example",
            "//evil.example",
            "javascript:alert(1)",
            "pages/x\r\nSet-Cookie: a",
            "pages//evil",
        ] {
            assert_eq!(checked(elsewhere), None, "{elsewhere}");
        }
    }
}
