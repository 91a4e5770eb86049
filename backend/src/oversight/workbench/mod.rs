//! 【工作台】 (QH4): what somebody finds on coming in, with what exists so far.
//!
//! Invariant: everything here is counted within the caller's reach, and each figure leads to a page with the same rows.

mod query;
mod routes;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(routes::show).service(routes::key_posts);
}
