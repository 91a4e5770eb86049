//! What a server does with the code that came back from a web login.

use actix_web::web;
use serde_json::{Value, json};

use super::{Answer, Parameters, app, bare, ok, parameter};
use crate::{
    people::Person,
    refusal::{Refusal, refuse},
    settings::Which,
    state::State,
    world::{Purpose, WebToken, World, random_name},
};

const LIFE: u64 = 7200;
const REFRESH_LIFE: u64 = 30 * 86_400;

pub(crate) async fn access_token(state: web::Data<State>, query: Parameters) -> Answer {
    app(&state, &query, Which::Account)?;
    let code = match parameter(&query, "code") {
        "" => return Err(refuse(41008, "missing code")),
        code => code,
    };
    let mut world = state.world();
    let (person, purpose) = world.take_code(code, |purpose| matches!(purpose, Purpose::Web { .. }))?;
    let user_info = purpose == Purpose::Web { user_info: true };
    let refresh = random_name();
    let mut fields = give(&mut world, &person, user_info, &refresh);
    if person.snapshot {
        // A virtual account: an openid that belongs to nobody, and no unionid.
        fields["is_snapshotuser"] = json!(1);
        fields["openid"] = json!(format!("oSnapshot{}", &person.account_openid[9..]));
    } else {
        fields["unionid"] = json!(person.unionid);
    }
    bare(&fields)
}

fn give(world: &mut World, person: &Person, user_info: bool, refresh: &str) -> Value {
    let (access, until) = (random_name(), world.now() + LIFE);
    let scope = if user_info { "snsapi_userinfo" } else { "snsapi_base" };
    let fields = json!({
        "access_token": access,
        "expires_in": LIFE,
        "refresh_token": refresh,
        "openid": person.account_openid,
        "scope": scope,
    });
    world.web_tokens.push(WebToken {
        access,
        refresh: refresh.to_owned(),
        person: person.id.clone(),
        user_info,
        until,
    });
    fields
}

pub(crate) async fn refresh_token(state: web::Data<State>, query: Parameters) -> Answer {
    if state.settings.which(parameter(&query, "appid")) != Some(Which::Account) {
        return Err(refuse(40013, "invalid appid"));
    }
    let refresh = parameter(&query, "refresh_token");
    let mut world = state.world();
    let found = world.web_tokens.iter().find(|token| token.refresh == refresh);
    let (id, user_info, born) = found
        .map(|token| (token.person.clone(), token.user_info, token.until - LIFE))
        .ok_or_else(|| refuse(40030, "invalid refresh_token"))?;
    if born + REFRESH_LIFE <= world.now() {
        return Err(refuse(42002, "refresh_token expired"));
    }
    let person = world.person(&id).cloned().ok_or_else(|| refuse(40030, "invalid refresh_token"))?;
    let fields = give(&mut world, &person, user_info, refresh);
    bare(&fields)
}

/// The person a web token belongs to, if it is theirs.
fn owner<'a>(world: &'a World, query: &Parameters) -> Result<(&'a Person, bool), Refusal> {
    let (access, openid) = (parameter(query, "access_token"), parameter(query, "openid"));
    let found = world.web_tokens.iter().find(|token| token.access == access);
    let token = found.ok_or_else(|| refuse(40001, "invalid credential, access_token is invalid or not latest"))?;
    if token.until <= world.now() {
        return Err(refuse(42001, "access_token expired"));
    }
    let person = world.person(&token.person).filter(|person| person.account_openid == openid);
    person.map(|person| (person, token.user_info)).ok_or_else(|| refuse(40003, "invalid openid"))
}

pub(crate) async fn check(state: web::Data<State>, query: Parameters) -> Answer {
    owner(&state.world(), &query)?;
    ok(json!({}))
}

pub(crate) async fn user_info(state: web::Data<State>, query: Parameters) -> Answer {
    let world = state.world();
    let (person, user_info) = owner(&world, &query)?;
    if !user_info {
        return Err(refuse(48001, "api unauthorized"));
    }
    bare(&json!({
        "openid": person.account_openid,
        "nickname": person.name,
        "sex": 0,
        "province": "",
        "city": "",
        "country": "",
        "headimgurl": format!("{}/wechat/face/{}.svg", state.url(), person.id),
        "privilege": [],
        "unionid": person.unionid,
    }))
}
