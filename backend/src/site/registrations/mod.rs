//! 登记: how somebody comes onto a project's roster by themselves or by its staff, and who looks at it before (SH4–SH8).
//!
//! Invariants: a registration is on the server from its first step, and every step keeps what is there; a phone has one
//! open registration for a project, an ID number one that is not decided; nothing is submitted before a face was taken
//! and found to be the card's, or marked for somebody to look; who is refused corrects and submits again; approval is one
//! transaction: person, pictures, roster entry, message, audit. What is approved is the person's from then on, and what
//! is given up is deleted.

mod dto;
mod jobs;
mod query;
mod routes;
pub mod rules;
pub mod service;

pub use jobs::ForgetRegistrations;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        // the worker's phone
        .service(routes::phone::join)
        .service(routes::phone::begin)
        .service(routes::phone::mine)
        .service(routes::phone::show)
        .service(routes::phone::put_card)
        .service(routes::phone::put_face)
        .service(routes::phone::put_phone)
        .service(routes::phone::put_work)
        .service(routes::phone::submit)
        .service(routes::phone::withdraw)
        // the project's staff
        .service(routes::desk::register)
        .service(routes::desk::edit)
        .service(routes::desk::submit)
        .service(routes::desk::withdraw)
        // whoever reviews; fixed words stand before `{registration_id}`
        .service(routes::review::search)
        .service(routes::review::counts)
        .service(routes::review::approve)
        .service(routes::review::refuse)
        .service(routes::review::show)
        .service(routes::review::unmask);
}
