//! Pushes of both apps: checked, opened, done once, answered.

use actix_web::{
    HttpResponse,
    web::{Bytes, Data, Path, Query},
};
use chrono::Utc;
use wechat::push::{Article, Content, Delivery, Event, Query as PushQuery, Reply};

use crate::{
    entity::phone_identity::PhoneApp,
    platform::{
        App,
        phone::{
            identities::{self, Seen},
            notices,
        },
        web::{Error, Result},
    },
    registry::phones::SCENE_PREFIX,
};

use super::web_login::link_to;

/// Far more than WeChat sends.
const LARGEST: usize = 64 * 1024;

fn app_of(name: &str) -> Result<PhoneApp> {
    match name {
        "account" => Ok(PhoneApp::Account),
        "mini-program" => Ok(PhoneApp::MiniProgram),
        _ => Err(Error::NotFound),
    }
}

fn now() -> u64 {
    u64::try_from(Utc::now().timestamp()).unwrap_or_default()
}

/// The settings page of WeChat tries the address.
pub async fn verify(name: Path<String>, query: Query<PushQuery>, app: Data<App>) -> Result<HttpResponse> {
    let which = app_of(&name)?;
    let inbox = app.wechat.as_deref().and_then(|wechat| wechat.inbox(which)).ok_or(Error::NotFound)?;
    match inbox.verify(&query, now()) {
        Ok(word) => Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(word.to_owned())),
        Err(error) => {
            tracing::info!(%error, "a push address was tried by somebody else");
            Ok(HttpResponse::Forbidden().finish())
        }
    }
}

pub async fn receive(name: Path<String>, query: Query<PushQuery>, body: Bytes, app: Data<App>) -> Result<HttpResponse> {
    let which = app_of(&name)?;
    let wechat = app.wechat.as_deref().ok_or(Error::NotFound)?;
    let inbox = wechat.inbox(which).ok_or(Error::NotFound)?;
    if body.len() > LARGEST {
        return Ok(HttpResponse::PayloadTooLarge().finish());
    }
    let delivery = match inbox.open(&query, &body, now()) {
        Ok(delivery) => delivery,
        Err(error) => {
            // What only WeChat could have sent is worth a look; the rest is noise from the internet.
            if error.is_genuine() {
                tracing::warn!(%error, "a push of WeChat's cannot be read");
            } else {
                tracing::debug!(%error, "a push was refused");
            }
            return Ok(HttpResponse::Forbidden().finish());
        }
    };
    let mut reply = Reply::Nothing;
    if delivery.is_first(&*wechat.cache).await {
        reply = match act(&app, which, &delivery).await {
            Ok(reply) => reply,
            Err(error) => {
                delivery.give_back(&*wechat.cache).await;
                return Err(error);
            }
        };
    }
    Ok(HttpResponse::Ok().content_type("text/xml; charset=utf-8").body(inbox.answer(&delivery, &reply, now())))
}

async fn act(app: &App, which: PhoneApp, delivery: &Delivery) -> Result<Reply> {
    let message = &delivery.message;
    let openid = message.from.as_str();
    let Content::Event(event) = &message.content else {
        let spoken = matches!(message.content, Content::Text(_) | Content::Voice { .. } | Content::Image { .. });
        return Ok(if spoken && which == PhoneApp::Account { guide(app) } else { Reply::Nothing });
    };
    match event {
        Event::Subscribe { scene } => {
            follow(app, which, openid, true).await?;
            match scene.as_deref().and_then(|scene| scene.strip_prefix(SCENE_PREFIX)) {
                Some(ticket) => Ok(ask_to_confirm(app, ticket)),
                None => Ok(welcome(app)),
            }
        }
        Event::Unsubscribe => {
            follow(app, which, openid, false).await?;
            Ok(Reply::Nothing)
        }
        Event::Scan { scene } => match scene.strip_prefix(SCENE_PREFIX) {
            // Whoever scans follows: the note of it may have been lost.
            Some(ticket) => {
                follow(app, which, openid, true).await?;
                Ok(ask_to_confirm(app, ticket))
            }
            None => Ok(Reply::Nothing),
        },
        Event::Click { key } if key == super::menu::HELP => Ok(guide(app)),
        Event::TemplateSent { message_id, status } => {
            notices::note_receipt(app, *message_id, status).await?;
            Ok(Reply::Nothing)
        }
        _ => Ok(Reply::Nothing),
    }
}

async fn follow(app: &App, which: PhoneApp, openid: &str, following: bool) -> Result<()> {
    let (identity, _) = identities::meet(app, Seen { app: which, openid, unionid: None }).await?;
    identities::note_following(app, &identity, following).await
}

fn article(app: &App, title: &str, description: &str, page: &str) -> Reply {
    Reply::News(vec![Article {
        title: title.to_owned(),
        description: description.to_owned(),
        picture_url: String::new(),
        url: link_to(app, page),
    }])
}

/// A scan alone may be of somebody else's screen: the page asks.
fn ask_to_confirm(app: &App, ticket: &str) -> Reply {
    let page = format!("{}?scene={ticket}", crate::registry::phones::CONFIRM_PAGE);
    article(app, "登录名册电脑端", "请确认是您本人正在登录。点击查看并确认", &page)
}

fn welcome(app: &App) -> Reply {
    article(
        app,
        "欢迎使用名册",
        "建筑工人实名制管理平台。工人可查看考勤和合同，项目部可在手机上办理登记。点击开始",
        "pages/me/index",
    )
}

fn guide(app: &App) -> Reply {
    article(app, "名册能为您做什么", "查考勤、看合同、报到登记；项目部人员请先绑定账号。点击进入", "pages/me/index")
}
