//! 我的: what a worker sees of themselves on their phone: projects, attendance, contracts, who looked at their data; and
//! what they can do about it: object to a punch, take consent back.
//!
//! Invariant: everything here is of the person whom the phone is linked to and of nobody else; what is somebody else's is
//! a 404, and nothing is masked that is one's own, but for numbers nobody needs on a screen.

mod dto;
mod looks;
mod projects;
mod routes;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::projects)
        .service(routes::attendance)
        .service(routes::of_day)
        .service(routes::object)
        .service(routes::objections)
        .service(routes::own_contracts)
        .service(routes::who_looked)
        .service(routes::withdraw)
        .service(routes::code);
}
