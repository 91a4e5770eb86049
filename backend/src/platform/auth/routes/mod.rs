//! Logging in and out, one's own password, sessions and tokens, and the accounts one may manage.

mod accounts;
mod certificates;
mod session;
mod sessions;

pub use session::{LetIn, SessionView, let_in};

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(session::picture)
        .service(session::log_in)
        .service(session::show)
        .service(session::log_out)
        .service(session::change_password)
        .service(sessions::list)
        .service(sessions::end)
        .service(sessions::create_token)
        .service(certificates::log_in)
        .service(certificates::list)
        .service(certificates::add)
        .service(certificates::remove)
        .configure(accounts::configure);
}
