//! A ticket from its picture to the session. Each step is one UPDATE that says from which state: two phones, or two
//! answers, cannot both have it.

use std::{io::Cursor, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{TimeDelta, Utc};
use futures_util::StreamExt;
use image::{DynamicImage, ImageFormat, Luma};
use qrcode::{EcLevel, QrCode};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr,
};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;
use wechat::{account::QrScene, mini_program::CodeRequest};

use super::who::{Verdict, judge};
use crate::{
    entity::{
        account,
        login_ticket::{self, TicketState},
        phone_identity::PhoneApp,
    },
    platform::{
        App,
        auth::caller::token_hash,
        phone::PhoneUser,
        web::{Client, Error, Result},
    },
    registry::phones::{
        device,
        dto::{LoginTicket, TicketQuestion, TicketStep},
    },
};

/// What a code of the official account says before a ticket's own.
pub const SCENE_PREFIX: &str = "login:";
/// Of the mini-program, and of its H5 build.
pub const CONFIRM_PAGE: &str = "pages/login/confirm";
const LIFETIME: TimeDelta = TimeDelta::minutes(2);
/// The shortest that WeChat makes, and not shorter than ours.
const QR_SECONDS: u32 = 120;
/// What is over is of no use to anybody, but may be asked about.
const KEPT: TimeDelta = TimeDelta::days(1);
/// How long a screen's question may wait for an answer; shorter than what proxies allow.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// How often the row is looked at when nobody says that it has changed.
const LOOK: Duration = Duration::from_secs(2);

/// A ticket just made, and what only its browser gets.
pub struct Asked {
    pub ticket: LoginTicket,
    pub secret: String,
}

pub async fn ask(app: &App, way: PhoneApp, client: &Client) -> Result<Asked> {
    let (code, secret) = (random_code(24), random_code(43));
    let picture = draw(app, way, &code).await?;
    let now = Utc::now();
    let row = login_ticket::ActiveModel {
        id: Set(Uuid::now_v7()),
        code: Set(code),
        secret_hash: Set(token_hash(&secret)),
        way: Set(way),
        state: Set(TicketState::Waiting),
        ip: Set(client.ip.to_string()),
        user_agent: Set(client.user_agent.clone()),
        phone_user_id: Set(None),
        account_id: Set(None),
        reason: Set(None),
        created_at: Set(now),
        expires_at: Set(now + LIFETIME),
    };
    let row = row.insert(app.db.writer()).await?;
    Ok(Asked { ticket: LoginTicket { id: row.id, way, picture, expires_at: row.expires_at }, secret })
}

/// Letters and digits, which every scene and every cookie takes.
fn random_code(length: usize) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    (0..length).map(|_| char::from(SIGNS[rand::random_range(0..SIGNS.len())])).collect()
}

async fn draw(app: &App, way: PhoneApp, code: &str) -> Result<String> {
    match way {
        PhoneApp::Account => {
            let scene = format!("{SCENE_PREFIX}{code}");
            let scene = QrScene::Temporary { scene: &scene, seconds: QR_SECONDS };
            qr(&app.official_account()?.qr_code(scene).await?.url)
        }
        PhoneApp::MiniProgram => {
            let wechat = app.wechat.as_deref();
            match wechat.and_then(|wechat| Some((wechat.mini_program()?, wechat.release))) {
                Some((mini_program, release)) => {
                    let jpeg = mini_program.code(&CodeRequest::new(code, CONFIRM_PAGE)?.release(release)).await?;
                    Ok(format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg)))
                }
                // In WeChat's own browser, which the official account logs in first.
                None => app.official_account().and_then(|_| qr(&page_link(app, code))),
            }
        }
    }
}

/// The page that asks for confirmation, for a phone that is not logged in yet.
pub fn page_link(app: &App, code: &str) -> String {
    let base = app.config.server.public_url.trim_end_matches('/');
    format!("{base}/wechat/enter?to={CONFIRM_PAGE}%3Fscene%3D{code}")
}

fn qr(text: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::internal)?;
    let picture = code.render::<Luma<u8>>().min_dimensions(430, 430).build();
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture).write_to(&mut bytes, ImageFormat::Png).map_err(Error::internal)?;
    Ok(format!("data:image/png;base64,{}", STANDARD.encode(bytes.into_inner())))
}

fn topic(id: Uuid) -> String {
    format!("login-ticket:{id}")
}

async fn announce(app: &App, id: Uuid) {
    if let Err(error) = app.cache.publish(&topic(id), "").await {
        tracing::debug!(%error, "a screen sees by itself that its code was scanned");
    }
}

pub fn step(row: &login_ticket::Model) -> TicketStep {
    let over = row.expires_at <= Utc::now();
    match row.state {
        TicketState::Refused => TicketStep::Refused,
        TicketState::Used => TicketStep::Expired,
        _ if over => TicketStep::Expired,
        TicketState::Waiting => TicketStep::Waiting,
        TicketState::Scanned => TicketStep::Scanned,
        TicketState::Confirmed => TicketStep::Confirmed,
    }
}

/// The ticket as its own browser sees it, as soon as it is in another step than the one that is shown.
pub async fn watch(app: &App, id: Uuid, secret: &str, seen: Option<TicketStep>) -> Result<login_ticket::Model> {
    // Before the first look, so that nothing falls in between.
    let mut news = app.cache.subscribe(&topic(id)).await.ok();
    let deadline = Instant::now() + LONGEST_WAIT;
    loop {
        let row = login_ticket::Entity::find_by_id(id).one(app.db.reader()).await?.ok_or(Error::NotFound)?;
        if row.secret_hash != token_hash(secret) {
            return Err(Error::NotFound);
        }
        if Some(step(&row)) != seen || Instant::now() >= deadline {
            return Ok(row);
        }
        let look = deadline.min(Instant::now() + LOOK);
        match &mut news {
            Some(news) => drop(timeout_at(look, news.next()).await),
            None => tokio::time::sleep_until(look).await,
        }
    }
}

/// Takes a confirmed ticket; the first of two gets the account.
pub async fn redeem(app: &App, row: &login_ticket::Model) -> Result<Option<account::Model>> {
    if !advance(app.db.writer(), row.id, TicketState::Confirmed, TicketState::Used, None).await? {
        return Ok(None);
    }
    let Some(account_id) = row.account_id else { return Ok(None) };
    let account = account::Entity::find_by_id(account_id).one(app.db.reader()).await?;
    Ok(account.filter(|account| !account.disabled))
}

async fn advance(
    db: &impl ConnectionTrait,
    id: Uuid,
    from: TicketState,
    to: TicketState,
    account_id: Option<Uuid>,
) -> Result<bool> {
    let mut update = login_ticket::Entity::update_many()
        .col_expr(login_ticket::Column::State, Expr::value(to))
        .filter(login_ticket::Column::Id.eq(id))
        .filter(login_ticket::Column::State.eq(from))
        .filter(login_ticket::Column::ExpiresAt.gt(Utc::now()));
    if let Some(account_id) = account_id {
        update = update.col_expr(login_ticket::Column::AccountId, Expr::value(account_id));
    }
    Ok(update.exec(db).await?.rows_affected == 1)
}

async fn refuse(db: &impl ConnectionTrait, id: Uuid, reason: &str) -> Result<bool> {
    let row = login_ticket::ActiveModel {
        state: Set(TicketState::Refused),
        reason: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    let mine = login_ticket::Entity::update_many()
        .set(row)
        .filter(login_ticket::Column::Id.eq(id))
        .filter(login_ticket::Column::State.eq(TicketState::Scanned));
    Ok(mine.exec(db).await?.rows_affected == 1)
}

fn over() -> Error {
    Error::conflict("expired", "二维码已过期，请刷新电脑上的二维码后重新扫描")
}

/// The ticket this phone has scanned. Whoever scans first has it.
async fn taken(app: &App, who: &PhoneUser, code: &str) -> Result<login_ticket::Model> {
    let db = app.db.writer();
    let find = || login_ticket::Entity::find().filter(login_ticket::Column::Code.eq(code)).one(db);
    let row = find().await?.ok_or(Error::NotFound)?;
    login_ticket::Entity::update_many()
        .col_expr(login_ticket::Column::State, Expr::value(TicketState::Scanned))
        .col_expr(login_ticket::Column::PhoneUserId, Expr::value(who.user.id))
        .filter(login_ticket::Column::Id.eq(row.id))
        .filter(login_ticket::Column::State.eq(TicketState::Waiting))
        .filter(login_ticket::Column::ExpiresAt.gt(Utc::now()))
        .exec(db)
        .await?;
    let row = find().await?.ok_or(Error::NotFound)?;
    if row.phone_user_id.is_some_and(|id| id != who.user.id) {
        return Err(Error::conflict("taken", "该二维码已被其他人扫描，请刷新电脑上的二维码后重新扫描"));
    }
    Ok(row)
}

/// Shows the phone what it is asked.
pub async fn scan(app: &App, who: &PhoneUser, code: &str) -> Result<TicketQuestion> {
    let row = taken(app, who, code).await?;
    if row.state != TicketState::Scanned && row.state != TicketState::Refused || row.expires_at <= Utc::now() {
        return Err(over());
    }
    let (who, reason) = match row.state {
        TicketState::Refused => (None, row.reason.clone()),
        _ => {
            let (account, reason) = judge(app, &who.user).await?.shown();
            if let Some(reason) = reason {
                refuse(app.db.writer(), row.id, reason).await?;
            }
            (account, reason.map(str::to_owned))
        }
    };
    announce(app, row.id).await;
    Ok(TicketQuestion {
        asked_at: row.created_at,
        expires_at: row.expires_at,
        browser: device::browser(&row.user_agent),
        place: device::place(&row.ip),
        ip: row.ip,
        may: who.is_some(),
        who,
        reason,
    })
}

/// 【确认登录】
pub async fn confirm(app: &App, who: &PhoneUser, code: &str) -> Result<()> {
    let row = taken(app, who, code).await?;
    let verdict: Verdict = judge(app, &who.user).await?;
    let tx = app.db.begin().await?;
    let refused = match verdict.account(&tx, &who.user).await? {
        Ok(account) => {
            if !advance(&tx, row.id, TicketState::Scanned, TicketState::Confirmed, Some(account.id)).await? {
                return Err(over());
            }
            None
        }
        Err(reason) => {
            refuse(&tx, row.id, reason).await?;
            Some(reason)
        }
    };
    tx.commit().await?;
    announce(app, row.id).await;
    refused.map_or(Ok(()), |reason| Err(Error::Forbidden("no_login", reason.into())))
}

/// 【不是我】
pub async fn deny(app: &App, who: &PhoneUser, code: &str) -> Result<()> {
    let row = taken(app, who, code).await?;
    if !refuse(app.db.writer(), row.id, "手机上选择了【不是我】，登录已取消").await? {
        return Err(over());
    }
    announce(app, row.id).await;
    Ok(())
}

/// Deletes what has long been over.
pub async fn purge(app: &App) -> Result<()> {
    login_ticket::Entity::delete_many()
        .filter(login_ticket::Column::ExpiresAt.lt(Utc::now() - KEPT))
        .exec(app.db.writer())
        .await?;
    Ok(())
}
