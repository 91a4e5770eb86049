//! Access tokens and page tickets.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{Answer, Parameters, authorised, body, check_app, ok, parameter};
use crate::{refusal::refuse, settings::Which, state::State, tokens::Issued, world::random_name};

const TICKET_LIFE: u64 = 7200;

pub(crate) async fn plain(state: web::Data<State>, query: Parameters) -> Answer {
    if parameter(&query, "grant_type") != "client_credential" {
        return Err(refuse(40002, "invalid grant_type"));
    }
    let which = check_app(&state, parameter(&query, "appid"), parameter(&query, "secret"))?;
    let mut world = state.world();
    let now = world.now();
    answer(&world.tokens.plain(which, now)?)
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    appid: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    force_refresh: bool,
}

pub(crate) async fn stable(state: web::Data<State>, bytes: web::Bytes) -> Answer {
    let Wanted { grant_type, appid, secret, force_refresh } = body(&bytes)?;
    if grant_type != "client_credential" {
        return Err(refuse(40002, "invalid grant_type"));
    }
    let which = check_app(&state, &appid, &secret)?;
    let mut world = state.world();
    let now = world.now();
    answer(&world.tokens.stable(which, force_refresh, now)?)
}

fn answer(issued: &Issued) -> Answer {
    Ok(HttpResponse::Ok().json(json!({ "access_token": issued.text, "expires_in": issued.expires_in })))
}

pub(crate) async fn ticket(state: web::Data<State>, query: Parameters) -> Answer {
    authorised(&state, &query, Which::Account)?;
    if parameter(&query, "type") != "jsapi" {
        return Err(refuse(40097, "invalid args"));
    }
    let mut world = state.world();
    let now = world.now();
    let (ticket, until) = match world.ticket.take().filter(|(_, until)| *until > now) {
        Some(current) => current,
        None => (format!("ticket-{}", random_name()), now + TICKET_LIFE),
    };
    world.ticket = Some((ticket.clone(), until));
    ok(json!({ "ticket": ticket, "expires_in": until - now }))
}
