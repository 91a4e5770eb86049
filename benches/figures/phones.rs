//! What phones cost: WeChat's pushes at a rate no district reaches, each sent twice as WeChat does, and the time from a tap
//! on 【确认登录】 until the screen has its session.

use std::time::{Duration, Instant};

use chrono::Utc;
use mingce::entity::{login_ticket, phone_user};
use mingce::platform::phone::session;
use mingce::platform::web::Client as Browser;
use mingce::platform::wechat::stand_in::{AES_KEY, TOKEN};
use reqwest::Client;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;
use wechat::push::{Cipher, signature::sign};

use crate::load::{Latency, milliseconds, paced};
use crate::table::{Figure, Limit};
use crate::{Ground, Result, figure, world};

const PUSHES_A_SECOND: u32 = 200;
const LENGTH: Duration = Duration::from_secs(12);
const PEOPLE: usize = 500;
const LOGINS: usize = 20;

pub async fn measure(ground: &Ground<'_>, url: &str, http: &Client) -> Result<Vec<Figure>> {
    eprintln!("{}: phones", ground.on);
    let pushes = pushes(url, http).await?;
    let logins = logins(ground, url, http).await?;
    let (push, login) = (pushes.p99.as_secs_f64() * 1e3, logins.p99.as_secs_f64());
    let at_rate = format!("WeChat's pushes, {PUSHES_A_SECOND} a second, each twice, p99");
    Ok(vec![
        figure(ground, &at_rate, milliseconds(pushes.p99), (push, Limit::AtMost(100.0, " ms"))),
        figure(
            ground,
            "from 【确认登录】 to the screen's session, p99",
            milliseconds(logins.p99),
            (login, Limit::AtMost(1.0, " s")),
        ),
    ])
}

/// Sealed as WeChat seals them; every second one is a repeat.
async fn pushes(url: &str, http: &Client) -> Result<Latency> {
    let appid = wechat_stand_in::Settings::default().account.id;
    let cipher = Cipher::new(AES_KEY, appid).map_err(|error| error.to_string())?;
    paced(PUSHES_A_SECOND, LENGTH, |n| {
        let (number, cipher) = (n / 2, cipher.clone());
        async move {
            let (now, who) = (Utc::now().timestamp(), number % PEOPLE);
            let xml = format!(
                "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[obench{who:022}]]></FromUserName>\
                 <CreateTime>{number}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event>\
                 <EventKey></EventKey></xml>"
            );
            let (sealed, now) = (cipher.seal(&xml), now.to_string());
            let (plain, own) = (sign(&[TOKEN, &now, "bench"]), sign(&[TOKEN, &now, "bench", &sealed]));
            let address = format!(
                "{url}/wechat/push/account?signature={plain}&timestamp={now}&nonce=bench&encrypt_type=aes&msg_signature={own}"
            );
            let body = format!("<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>");
            http.post(address).body(body).send().await?.error_for_status()?.bytes().await?;
            Ok(())
        }
    })
    .await
}

/// The screen waits as the login page does; what is measured begins with the phone's tap.
async fn logins(ground: &Ground<'_>, url: &str, http: &Client) -> Result<Latency> {
    let phone = phone(ground).await?;
    let mut times = Vec::new();
    for _ in 0..LOGINS {
        let asked =
            http.post(format!("{url}/api/v1/login-tickets")).json(&json!({ "way": "mini_program" })).send().await?;
        let cookie = asked.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok()).unwrap_or_default();
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let ticket: Value = asked.error_for_status()?.json().await?;
        let id: Uuid = ticket["id"].as_str().ok_or("no ticket")?.parse()?;
        let row = login_ticket::Entity::find_by_id(id).one(ground.database.reader()).await?.ok_or("no ticket")?;
        let question = format!("{url}/api/v1/phone/login-tickets/{}", row.code);
        http.get(&question).bearer_auth(&phone).send().await?.error_for_status()?.bytes().await?;
        let screen = async {
            let watch = http.get(format!("{url}/api/v1/login-tickets/{id}?seen=scanned")).header("cookie", cookie);
            let standing: Value = watch.send().await?.error_for_status()?.json().await?;
            if !standing["session"]["account"]["login"].is_string() {
                return Err(crate::Problem::from(format!("the screen was told {standing}")));
            }
            Ok(Instant::now())
        };
        let tap = async {
            // The screen is waiting by then, as it is when somebody has read what the phone asks.
            tokio::time::sleep(Duration::from_millis(200)).await;
            let from = Instant::now();
            http.post(format!("{question}/confirm")).bearer_auth(&phone).send().await?.error_for_status()?;
            Ok::<_, crate::Problem>(from)
        };
        let (entered, tapped): (Result<Instant>, Result<Instant>) = tokio::join!(screen, tap);
        times.push(entered?.saturating_duration_since(tapped?));
    }
    Latency::of(times)
}

/// A phone with an account on it, logged in.
async fn phone(ground: &Ground<'_>) -> Result<String> {
    let account_id = world::caller_account(&ground.database, 5).await?;
    let user = phone_user::ActiveModel {
        id: Set(Uuid::now_v7()),
        unionid: Set(None),
        account_id: Set(Some(account_id)),
        person_id: Set(None),
        phone: Set(None),
        created_at: Set(Utc::now()),
    };
    let user = user.insert(ground.database.writer()).await?;
    let browser = Browser { ip: [127, 0, 0, 1].into(), user_agent: "bench".to_owned() };
    let opened = session::open(ground.database.writer(), user.id, None, &browser).await;
    Ok(opened.map_err(|error| error.to_string())?.1)
}
