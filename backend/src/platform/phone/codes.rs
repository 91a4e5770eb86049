//! Codes sent to a phone number: six digits, five minutes, five tries.

use std::time::Duration;

use uuid::Uuid;

use super::PhoneUser;
use crate::platform::{
    App,
    auth::caller::token_hash,
    types::Mobile,
    web::{Error, Result, limit},
};

const LIFETIME: Duration = Duration::from_secs(300);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const TRIES: u64 = 5;

fn key(user_id: Uuid, phone: &Mobile) -> String {
    format!("phone:code:{}", token_hash(&format!("{user_id}:{}", phone.expose())))
}

/// Numbers are limited by themselves, whoever asks: nobody's phone is to ring all day. Addresses are limited, because
/// each message costs.
async fn allow(app: &App, who: &PhoneUser, phone: &Mobile) -> Result<()> {
    let number = token_hash(phone.expose());
    let (cache, ip) = (&app.cache, who.client.ip);
    limit(cache, &format!("sms:minute:{number}"), 1, MINUTE, "验证码已发送，请一分钟后再获取").await?;
    limit(cache, &format!("sms:hour:{number}"), 5, HOUR, "该手机号获取验证码过于频繁，请一小时后再试").await?;
    limit(cache, &format!("sms:day:{number}"), 10, DAY, "该手机号今天获取验证码过多，请明天再试").await?;
    limit(cache, &format!("sms:user:{}", who.user.id), 10, HOUR, "获取验证码过于频繁，请一小时后再试").await?;
    limit(cache, &format!("sms:ip:{ip}"), 60, HOUR, "当前网络获取验证码过于频繁，请稍后再试").await
}

pub async fn send(app: &App, who: &PhoneUser, phone: &Mobile) -> Result<()> {
    if !app.sms.is_there() {
        return app.sms.send_code(phone.expose(), "").await;
    }
    allow(app, who, phone).await?;
    let code = format!("{:06}", rand::random_range(0..1_000_000_u32));
    let key = key(who.user.id, phone);
    app.cache.set(&key, &token_hash(&format!("{key}:{code}")), LIFETIME).await?;
    drop(app.cache.delete(&format!("{key}:tries")).await);
    app.sms.send_code(phone.expose(), &code).await
}

/// Right once; after five wrong tries not at all.
pub async fn check(app: &App, who: &PhoneUser, phone: &Mobile, code: &str) -> Result<()> {
    let key = key(who.user.id, phone);
    let wrong = || Error::field("code", "验证码不正确或已过期，请核对后重试");
    let Some(expected) = app.cache.get(&key).await? else { return Err(wrong()) };
    // Counted by a clock of its own: a cache that cannot count must not let everything be tried.
    if app.cache.hit(&format!("limit:{key}"), LIFETIME).await? > TRIES {
        drop(app.cache.delete(&key).await);
        return Err(Error::field("code", "验证码错误次数过多，请重新获取"));
    }
    if token_hash(&format!("{key}:{}", code.trim())) != expected {
        return Err(wrong());
    }
    // Of two calls with the same code one takes it.
    app.cache.take(&key).await?.map(drop).ok_or_else(wrong)
}
