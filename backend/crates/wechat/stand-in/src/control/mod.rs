//! `/wechat/api/…`: acting for people, and turning knobs. For tests and for the page that plays the phone.

mod chat;
mod knobs;
mod people;
mod scan;

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    web::{self, ServiceConfig},
};
use serde_json::json;

use crate::{people::Person, state::State, world::World};

pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(
        web::scope("/wechat/api")
            .route("/state", web::get().to(knobs::state))
            .route("/sent", web::get().to(knobs::sent))
            .route("/attempts", web::get().to(knobs::attempts))
            .route("/faults", web::put().to(knobs::set_faults))
            .route("/twist", web::put().to(knobs::set_twist))
            .route("/published", web::put().to(knobs::set_published))
            .route("/callbacks", web::put().to(knobs::set_callbacks))
            .route("/callbacks/{which}/verify", web::post().to(knobs::verify))
            .route("/tokens/expire", web::post().to(knobs::expire_tokens))
            .route("/tokens/revoke", web::post().to(knobs::revoke_tokens))
            .route("/clock/advance", web::post().to(knobs::advance))
            .route("/decode", web::post().to(scan::decode))
            .route("/people", web::post().to(people::create))
            .service(
                web::scope("/people/{id}")
                    .route("", web::patch().to(people::change))
                    .route("/login-code", web::post().to(people::login_code))
                    .route("/phone-code", web::post().to(people::phone_code))
                    .route("/web-code", web::post().to(people::web_code))
                    .route("/allow", web::post().to(people::allow))
                    .route("/scan", web::post().to(scan::scan))
                    .route("/follow", web::post().to(scan::follow))
                    .route("/unfollow", web::post().to(scan::unfollow))
                    .route("/chat", web::get().to(chat::items))
                    .route("/say", web::post().to(chat::say))
                    .route("/menu", web::post().to(chat::menu))
                    .route("/location", web::post().to(chat::location)),
            ),
    );
}

/// Why something cannot be done, for whoever plays.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: &'static str,
}

impl Problem {
    fn bad(message: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message }
    }

    fn missing(message: &'static str) -> Self {
        Self { status: StatusCode::NOT_FOUND, message }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status).json(json!({ "message": self.message }))
    }
}

type Answer = Result<HttpResponse, Problem>;

fn find(world: &World, id: &str) -> Result<Person, Problem> {
    world.person(id).cloned().ok_or_else(|| Problem::missing("没有这个人"))
}

fn done() -> Answer {
    Ok(HttpResponse::NoContent().finish())
}

/// The person in the path, and what everybody shares.
type Of = (web::Data<State>, web::Path<String>);
