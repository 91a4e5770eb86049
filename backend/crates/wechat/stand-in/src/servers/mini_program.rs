//! Who opened the mini-program, their number, and codes that open it.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{Answer, Parameters, app, authorised, bare, body, ok, parameter};
use crate::{
    picture,
    refusal::{Refusal, refuse},
    settings::Which,
    state::State,
    world::{MiniCode, Purpose, World, random_name},
};

pub(crate) async fn session(state: web::Data<State>, query: Parameters) -> Answer {
    app(&state, &query, Which::MiniProgram)?;
    if parameter(&query, "grant_type") != "authorization_code" {
        return Err(refuse(40002, "invalid grant_type"));
    }
    let code = match parameter(&query, "js_code") {
        "" => return Err(refuse(41008, "missing code")),
        code => code,
    };
    let mut world = state.world();
    let (person, _) = world.take_code(code, |purpose| purpose == Purpose::Login)?;
    if person.risky {
        return Err(refuse(40226, "code blocked"));
    }
    let now = world.now();
    if let Some(person) = world.person_mut(&person.id) {
        person.seen = Some(now);
    }
    let session_key = base64_of_sixteen_bytes();
    bare(&json!({ "session_key": session_key, "openid": person.openid, "unionid": person.unionid }))
}

/// Sixteen bytes make twenty-two characters and two signs; the last character holds four bits of nothing.
fn base64_of_sixteen_bytes() -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: u128 = rand::random();
    let digit = |value: u128| char::from(DIGITS[usize::try_from(value & 63).unwrap_or_default()]);
    let whole = (0..21u32).map(|at| digit(bits >> (122 - 6 * at)));
    whole.chain([digit((bits & 3) << 4), '=', '=']).collect()
}

#[derive(Deserialize)]
struct PhoneCode {
    #[serde(default)]
    code: String,
}

pub(crate) async fn phone_number(state: web::Data<State>, query: Parameters, bytes: web::Bytes) -> Answer {
    authorised(&state, &query, Which::MiniProgram)?;
    let PhoneCode { code } = body(&bytes)?;
    let mut world = state.world();
    // Here WeChat does not tell a used code from a wrong one.
    let taken = world.take_code(&code, |purpose| purpose == Purpose::Phone);
    let (person, _) = taken.map_err(|_| refuse(40029, "invalid code"))?;
    let watermark = json!({ "timestamp": world.now(), "appid": state.settings.mini_program.id });
    ok(json!({ "phone_info": {
        "phoneNumber": person.phone,
        "purePhoneNumber": person.phone,
        "countryCode": "86",
        "watermark": watermark,
    } }))
}

#[derive(Deserialize)]
struct WantedCode {
    #[serde(default)]
    scene: String,
    #[serde(default)]
    page: String,
    #[serde(default = "yes")]
    check_path: bool,
    #[serde(default = "release")]
    env_version: String,
    #[serde(default = "usual_width")]
    width: u32,
}

fn yes() -> bool {
    true
}

fn release() -> String {
    "release".to_owned()
}

fn usual_width() -> u32 {
    430
}

pub(crate) async fn code(state: web::Data<State>, query: Parameters, bytes: web::Bytes) -> Answer {
    authorised(&state, &query, Which::MiniProgram)?;
    let wanted: WantedCode = serde_json::from_slice(&bytes)
        .map_err(|_| refuse(40169, "invalid length for scene, or the data is not json string"))?;
    check(&state.world(), &wanted)?;
    let WantedCode { scene, page, env_version, width, .. } = wanted;
    let id = random_name();
    // What the phone's camera sees. The page knows its own address again.
    let picture = picture::draw(&format!("{}/wechat/code/{id}", state.url()), width);
    let picture = picture.ok_or_else(|| refuse(-1, "system error"))?;
    state.world().mini_codes.insert(id, MiniCode { scene, page, env_version });
    Ok(HttpResponse::Ok().content_type("image/jpeg").body(picture))
}

fn check(world: &World, wanted: &WantedCode) -> Result<(), Refusal> {
    let WantedCode { scene, page, check_path, env_version, width } = wanted;
    if !(1..=32).contains(&scene.chars().count()) {
        return Err(refuse(40169, "invalid length for scene, or the data is not json string"));
    }
    if !scene.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&'()*+,/:;=?@-._~".contains(&byte)) {
        return Err(refuse(40129, "invalid scene"));
    }
    if !["release", "trial", "develop"].contains(&env_version.as_str()) || !(280..=1280).contains(width) {
        return Err(refuse(40097, "invalid args"));
    }
    let wrong = page.starts_with('/') || page.contains('?');
    if wrong || (*check_path && !page.is_empty() && !world.is_published(page)) {
        return Err(refuse(41030, "invalid page"));
    }
    Ok(())
}
