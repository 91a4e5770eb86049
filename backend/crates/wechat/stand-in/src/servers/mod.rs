//! The paths of WeChat's three hosts, on one.

mod account;
mod checks;
mod login;
mod messages;
mod mini_program;
mod token;
mod web_login;

use std::collections::HashMap;

use actix_web::{
    FromRequest, Handler, HttpResponse, Resource, Responder,
    web::{self, ServiceConfig},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    refusal::{Refusal, refuse},
    settings::Which,
    state::State,
};

pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(get("/cgi-bin/token", token::plain))
        .service(post("/cgi-bin/stable_token", token::stable))
        .service(get("/cgi-bin/ticket/getticket", token::ticket))
        .service(get("/sns/jscode2session", mini_program::session))
        .service(post("/wxa/business/getuserphonenumber", mini_program::phone_number))
        .service(post("/wxa/getwxacodeunlimit", mini_program::code))
        .service(post("/cgi-bin/message/subscribe/send", messages::subscribe))
        .service(post("/cgi-bin/message/template/send", messages::template))
        .service(post("/wxa/img_sec_check", checks::image))
        .service(post("/wxa/media_check_async", checks::media))
        .service(post("/wxa/msg_sec_check", checks::text))
        .service(post("/cv/ocr/idcard", checks::id_card))
        .service(get("/connect/oauth2/authorize", web_login::authorize))
        .service(get("/connect/qrconnect", web_login::website))
        .service(get("/sns/oauth2/access_token", login::access_token))
        .service(get("/sns/oauth2/refresh_token", login::refresh_token))
        .service(get("/sns/auth", login::check))
        .service(get("/sns/userinfo", login::user_info))
        .service(post("/cgi-bin/qrcode/create", account::create_code))
        .service(get("/cgi-bin/showqrcode", account::show_code))
        .service(post("/cgi-bin/menu/create", account::create_menu))
        .service(get("/cgi-bin/menu/get", account::menu))
        .service(get("/cgi-bin/menu/delete", account::delete_menu))
        .service(get("/cgi-bin/get_current_selfmenu_info", account::current_menu));
}

pub(crate) use messages::page_url;

pub(crate) type Parameters = web::Query<HashMap<String, String>>;
pub(crate) type Answer = Result<HttpResponse, Refusal>;

fn get<F, A>(path: &str, handler: F) -> Resource
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let other = || async { Answer::Err(refuse(43001, "require GET method")) };
    web::resource(path).route(web::get().to(handler)).default_service(web::to(other))
}

fn post<F, A>(path: &str, handler: F) -> Resource
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let other = || async { Answer::Err(refuse(43002, "require POST method")) };
    web::resource(path).route(web::post().to(handler)).default_service(web::to(other))
}

/// The access token must be good, and the app's that may call this.
fn authorised(state: &State, query: &Parameters, which: Which) -> Result<(), Refusal> {
    if token_owner(state, query)? == which { Ok(()) } else { Err(refuse(48001, "api unauthorized")) }
}

fn token_owner(state: &State, query: &Parameters) -> Result<Which, Refusal> {
    let world = state.world();
    world.tokens.check(query.get("access_token").map(String::as_str), world.now())
}

fn body<T: DeserializeOwned>(bytes: &web::Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|_| refuse(47001, "data format error hint"))
}

fn ok(mut fields: Value) -> Answer {
    fields["errcode"] = json!(0);
    fields["errmsg"] = json!("ok");
    Ok(HttpResponse::Ok().json(fields))
}

/// An answer of the older kind: no errcode means that it worked, and the type is not JSON's.
fn bare(fields: &Value) -> Answer {
    Ok(HttpResponse::Ok().content_type("text/plain").body(fields.to_string()))
}

fn parameter<'a>(query: &'a Parameters, name: &str) -> &'a str {
    query.get(name).map(String::as_str).unwrap_or_default()
}

/// Appid and secret in the address.
fn app(state: &State, query: &Parameters, which: Which) -> Result<(), Refusal> {
    check_app(state, parameter(query, "appid"), parameter(query, "secret"))
        .and_then(|found| if found == which { Ok(()) } else { Err(refuse(40013, "invalid appid")) })
}

fn check_app(state: &State, appid: &str, secret: &str) -> Result<Which, Refusal> {
    if appid.is_empty() {
        return Err(refuse(41002, "appid missing"));
    }
    let which = state.settings.which(appid).ok_or_else(|| refuse(40013, "invalid appid"))?;
    match secret {
        "" => Err(refuse(41004, "appsecret missing")),
        secret if secret == state.settings.app(which).secret => Ok(which),
        _ => Err(refuse(40125, "invalid appsecret")),
    }
}
