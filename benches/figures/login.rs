//! Fifty logins a second beside people who are at work: how much longer these wait.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use aes_gcm::{
    Aes256Gcm, Nonce,
    aead::{Aead, KeyInit},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Utc;
use mingce::platform::auth::password;
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::json;
use uuid::Uuid;

use crate::load::{Latency, milliseconds, paced};
use crate::table::{Figure, Limit};
use crate::{Ground, Result, reads, world};

const LOGINS_A_SECOND: u32 = 50;
const CALLS_A_SECOND: u32 = 100;
const LENGTH: Duration = Duration::from_secs(12);
const PASSWORD: &str = "Bridge-7qpW-steel";
const ANSWER: &str = "ABCD";

/// `work` is what the others do meanwhile.
pub async fn measure(
    ground: &Ground<'_>,
    url: &str,
    http: &Client,
    work: &(dyn Fn(usize) -> RequestBuilder + '_),
) -> Result<Vec<Figure>> {
    eprintln!("{}: logins", ground.on);
    let login = world::account_with(&ground.database, 4, &password::hash(PASSWORD.to_owned()).await?).await?;
    let at_work = || paced(CALLS_A_SECOND, LENGTH, |n| reads::succeed(work(n)));
    let alone = at_work().await?;
    let told_to_wait = AtomicUsize::new(0);
    let logins = paced(LOGINS_A_SECOND, LENGTH, |_| log_in(ground, url, http, &login, &told_to_wait));
    let (busy, logins) = tokio::join!(at_work(), logins);
    let (busy, logins): (Latency, Latency) = (busy?, logins?);
    eprintln!("a login took {} (p50), {} (p99)", milliseconds(logins.p50), milliseconds(logins.p99));
    let all = f64::from(LOGINS_A_SECOND) * LENGTH.as_secs_f64();
    let let_in = (all - told_to_wait.into_inner() as f64) / LENGTH.as_secs_f64();
    Ok(vec![Figure {
        what: format!("other calls while {LOGINS_A_SECOND} a second log in, p99"),
        on: ground.on,
        ours: format!("{}, {let_in:.0}/s let in", milliseconds(busy.p99)),
        peer: format!("{} without logins", milliseconds(alone.p99)),
        value: busy.p99.as_secs_f64() / alone.p99.as_secs_f64(),
        limit: Limit::AtMost(2.0, "×"),
    }])
}

/// One hash is made at a time, so that a flood leaves a core to everybody else; who waits too long for a turn is told
/// to come again.
async fn log_in(ground: &Ground<'_>, url: &str, http: &Client, login: &str, told_to_wait: &AtomicUsize) -> Result<()> {
    let body = json!({
        "account": login, "password": PASSWORD, "captcha_token": captcha(ground)?, "captcha_answer": ANSWER,
    });
    let answer = http.post(format!("{url}/api/v1/session")).json(&body).send().await?;
    if answer.status() == StatusCode::TOO_MANY_REQUESTS {
        told_to_wait.fetch_add(1, Relaxed);
        return Ok(());
    }
    answer.error_for_status()?.bytes().await?;
    Ok(())
}

/// A captcha whose answer is known: sealed as the platform seals them, for the platform's key is the demo's.
fn captcha(ground: &Ground<'_>) -> Result<String> {
    let sealed = json!({ "a": ANSWER, "e": Utc::now().timestamp() + 60, "n": Uuid::now_v7() });
    let nonce: [u8; 12] = rand::random();
    let cipher = Aes256Gcm::new(&ground.keyring.derive("captcha").into());
    let text = sealed.to_string();
    let body = cipher.encrypt(&Nonce::from(nonce), text.as_bytes()).map_err(|_| "a captcha was not sealed")?;
    Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &body].concat()))
}
