//! 设备: terminals at the gate, machines that collect people, phones for mobile attendance.
//!
//! Invariants: a device belongs to one project from registration until it is unbound or replaced, and its serial is
//! bound once on the whole platform; it is never deleted, for punches refer to it, and who replaced whom stays on
//! record; how it is doing is written by the one connection it speaks over and by nobody else; what a terminal is
//! told fits its screen.

pub mod control;
pub mod dto;
mod events;
pub mod query;
mod refused;
mod routes;
pub mod rules;
mod serial;
pub mod service;

pub use control::DEVICE_TOPIC;
pub use refused::Refused;
pub use service::faces::SendFaces;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::list::list_all)
        .service(routes::list::list)
        .service(routes::bind::register)
        .service(routes::list::show)
        .service(routes::bind::edit)
        .service(routes::bind::replace)
        .service(routes::bind::unbind)
        .service(routes::list::people)
        .service(routes::push::request)
        .service(routes::push::progress)
        .service(routes::push::adopt_photos);
}
