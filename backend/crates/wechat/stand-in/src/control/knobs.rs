//! What there is to see, and what can be made to go wrong.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{Answer, Problem, done};
use crate::{
    faults::Fault,
    push::{self, Twist},
    settings::{Callback, Which},
    state::State,
};

/// Everything the page shows; no secrets.
pub(crate) async fn state(state: web::Data<State>) -> HttpResponse {
    let world = state.world();
    let app = |which| {
        let app = state.settings.app(which);
        let callback = world.callbacks.get(&which);
        let sealed = callback.is_some_and(|callback| callback.aes_key.is_some());
        json!({ "id": app.id, "name": app.name, "callback": callback.map(|callback| &callback.url), "sealed": sealed })
    };
    HttpResponse::Ok().json(json!({
        "now": world.now(),
        "ahead": world.ahead,
        "people": world.people,
        "menu": world.menu,
        "mini_program": app(Which::MiniProgram),
        "account": app(Which::Account),
        "published": world.published,
        "page_url": state.settings.page_url,
        "faults": world.faults,
        "twist": world.twist,
    }))
}

pub(crate) async fn sent(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "items": state.world().sent }))
}

pub(crate) async fn attempts(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "items": state.world().attempts }))
}

pub(crate) async fn set_faults(state: web::Data<State>, faults: web::Json<Vec<Fault>>) -> Answer {
    state.world().faults = faults.into_inner();
    done()
}

pub(crate) async fn set_twist(state: web::Data<State>, twist: web::Json<Twist>) -> Answer {
    state.world().twist = twist.into_inner();
    done()
}

pub(crate) async fn set_published(state: web::Data<State>, pages: web::Json<Vec<String>>) -> Answer {
    state.world().published = pages.into_inner();
    done()
}

pub(crate) async fn set_callbacks(state: web::Data<State>, callbacks: web::Json<HashMap<Which, Callback>>) -> Answer {
    state.world().callbacks = callbacks.into_inner();
    done()
}

/// Tries an address as the settings page does.
pub(crate) async fn verify(state: web::Data<State>, which: web::Path<Which>) -> Answer {
    let callback = state.world().callbacks.get(&which).cloned();
    let callback = callback.ok_or_else(|| Problem::missing("没有设置推送地址"))?;
    if push::verify(&state, &callback).await {
        return done();
    }
    Err(Problem::bad("验证失败：地址没有正确回应"))
}

pub(crate) async fn expire_tokens(state: web::Data<State>) -> Answer {
    let mut world = state.world();
    let now = world.now();
    world.tokens.expire(now);
    done()
}

pub(crate) async fn revoke_tokens(state: web::Data<State>) -> Answer {
    state.world().tokens.revoke();
    done()
}

#[derive(Deserialize)]
pub(crate) struct Advance {
    seconds: u64,
}

pub(crate) async fn advance(state: web::Data<State>, advance: web::Json<Advance>) -> Answer {
    let mut world = state.world();
    world.ahead = world.ahead.saturating_add(advance.seconds.min(400 * 86_400));
    done()
}
