//! 【考勤异议】: a worker says that a punch is missing or wrong, with a picture; the project answers.
//!
//! Invariants: a day of somebody's stay is objected to once at a time; an answer is final, has words, and is told to
//! whoever objected. It changes no punch: attendance is made up by its own procedure.

pub mod dto;
pub mod query;
mod routes;
pub mod service;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(routes::list_all)
        .service(routes::counts_all)
        .service(routes::list)
        .service(routes::counts)
        .service(routes::answer);
}
