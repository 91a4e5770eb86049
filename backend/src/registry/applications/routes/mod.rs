mod public;
mod review;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(public::submit)
        .service(public::status)
        .service(review::list)
        .service(review::show)
        .service(review::approve)
        .service(review::refuse);
}
