//! Parametric codes and the menu.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Parameters, authorised, body, ok, parameter};
use crate::{
    picture,
    refusal::{Refusal, refuse},
    settings::Which,
    state::State,
    world::{QrCode, random_name},
};

const LONGEST_LIFE: u64 = 2_592_000;
/// What a code without a word about its life gets.
const SHORT_LIFE: u64 = 60;

#[derive(Deserialize)]
struct WantedCode {
    expire_seconds: Option<u64>,
    #[serde(default)]
    action_name: String,
    #[serde(default)]
    action_info: Value,
}

pub(crate) async fn create_code(state: web::Data<State>, query: Parameters, bytes: web::Bytes) -> Answer {
    authorised(&state, &query, Which::Account)?;
    let wanted: WantedCode = body(&bytes)?;
    let scene = scene(&wanted)?;
    let mut world = state.world();
    let lives = wanted.action_name.starts_with("QR_LIMIT").then_some(None);
    let life = lives.unwrap_or(Some(wanted.expire_seconds.unwrap_or(SHORT_LIFE).min(LONGEST_LIFE)));
    let (ticket, url) = (format!("gQ{}==", random_name()), format!("http://weixin.qq.com/q/02{}", random_name()));
    let until = life.map(|life| world.now() + life);
    world.qr_codes.push(QrCode { ticket: ticket.clone(), url: url.clone(), scene, until });
    let mut fields = json!({ "ticket": ticket, "url": url });
    if let Some(life) = life {
        fields["expire_seconds"] = json!(life);
    }
    Ok(HttpResponse::Ok().json(fields))
}

fn scene(wanted: &WantedCode) -> Result<String, Refusal> {
    let invalid = || refuse(40097, "invalid args");
    // WeChat takes this, and the code says nothing.
    let Some(scene) = wanted.action_info.get("scene") else { return Ok("0".to_owned()) };
    match wanted.action_name.as_str() {
        "QR_STR_SCENE" | "QR_LIMIT_STR_SCENE" => {
            let text = scene["scene_str"].as_str().unwrap_or_default();
            (1..=64).contains(&text.chars().count()).then(|| text.to_owned()).ok_or_else(invalid)
        }
        name @ ("QR_SCENE" | "QR_LIMIT_SCENE") => {
            let most = if name == "QR_SCENE" { u64::from(u32::MAX) } else { 100_000 };
            let id = scene["scene_id"].as_u64().unwrap_or_default();
            (1..=most).contains(&id).then(|| id.to_string()).ok_or_else(invalid)
        }
        _ => Err(invalid()),
    }
}

pub(crate) async fn show_code(state: web::Data<State>, query: Parameters) -> HttpResponse {
    let ticket = parameter(&query, "ticket");
    let url = state.world().qr_codes.iter().find(|code| code.ticket == ticket).map(|code| code.url.clone());
    match url.and_then(|url| picture::draw(&url, 430)) {
        Some(jpeg) => HttpResponse::Ok().content_type("image/jpg").body(jpeg),
        None => HttpResponse::NotFound().finish(),
    }
}

pub(crate) async fn create_menu(state: web::Data<State>, query: Parameters, bytes: web::Bytes) -> Answer {
    authorised(&state, &query, Which::Account)?;
    let menu: Value = body(&bytes)?;
    check_menu(&menu)?;
    state.world().menu = Some(menu);
    ok(json!({}))
}

fn check_menu(menu: &Value) -> Result<(), Refusal> {
    let top = menu["button"].as_array().ok_or_else(|| refuse(47001, "data format error"))?;
    if !(1..=3).contains(&top.len()) {
        return Err(refuse(40016, "invalid button size"));
    }
    for entry in top {
        let below = entry["sub_button"].as_array().map(Vec::as_slice).unwrap_or_default();
        if below.len() > 5 {
            return Err(refuse(40016, "invalid button size"));
        }
        check_button(entry, 16, !below.is_empty())?;
        below.iter().try_for_each(|button| check_button(button, 60, false))?;
    }
    Ok(())
}

fn check_button(button: &Value, longest_name: usize, is_group: bool) -> Result<(), Refusal> {
    let length = |name: &str| button[name].as_str().unwrap_or_default().len();
    if !(1..=longest_name).contains(&length("name")) {
        return Err(refuse(40018, "invalid button name size"));
    }
    let kind = button["type"].as_str().unwrap_or_default();
    let right = match kind {
        _ if is_group => true,
        "view" => length("url") > 0,
        "miniprogram" => length("url") > 0 && length("appid") > 0 && length("pagepath") > 0,
        "media_id" => length("media_id") > 0,
        "" => false,
        _ if !(1..=128).contains(&length("key")) => return Err(refuse(40019, "invalid button key size")),
        _ => true,
    };
    if right { Ok(()) } else { Err(refuse(40097, "invalid args")) }
}

pub(crate) async fn menu(state: web::Data<State>, query: Parameters) -> Answer {
    authorised(&state, &query, Which::Account)?;
    let menu = state.world().menu.clone().ok_or_else(|| refuse(46003, "menu no exist"))?;
    Ok(HttpResponse::Ok().json(json!({ "menu": menu })))
}

pub(crate) async fn delete_menu(state: web::Data<State>, query: Parameters) -> Answer {
    authorised(&state, &query, Which::Account)?;
    state.world().menu = None;
    ok(json!({}))
}

pub(crate) async fn current_menu(state: web::Data<State>, query: Parameters) -> Answer {
    authorised(&state, &query, Which::Account)?;
    let menu = state.world().menu.clone();
    let open = u8::from(menu.is_some());
    Ok(HttpResponse::Ok().json(json!({ "is_menu_open": open, "selfmenu_info": menu.unwrap_or_else(|| json!({})) })))
}
