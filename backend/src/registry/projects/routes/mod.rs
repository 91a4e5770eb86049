mod code;
mod project;
mod public;
mod registry;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn configure(routes: &mut ServiceConfig) {
    routes
        .service(registry::list)
        .service(registry::register)
        .service(registry::export)
        .service(registry::cancel)
        .service(registry::delete)
        .service(registry::issue_account)
        .service(project::show)
        .service(project::edit)
        .service(project::show_overview)
        .service(project::locate)
        .service(project::set_venue_code)
        .service(code::link)
        .service(code::renew)
        .service(code::svg)
        .service(code::png)
        .service(public::find)
        .service(public::vendors);
}
