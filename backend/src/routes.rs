//! The map: every scope on one screen, grouped by who calls it.

use actix_web::{HttpResponse, middleware::from_fn, web};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::{AppExt, scope, service_config::ServiceConfig};

use crate::{
    platform::{
        auth, console, files, jobs,
        web::{Error, idempotency, openapi},
    },
    registry::{dictionaries, policies, regions},
};

/// Programs and the console: JSON under /api/v1.
pub fn api(routes: &mut ServiceConfig) {
    routes.service(
        scope("/api/v1")
            .wrap(from_fn(idempotency::once))
            // who is calling
            .configure(auth::configure)
            // uploads, and signed links to them
            .configure(files::configure)
            .configure(jobs::configure)
            // who and where
            .configure(dictionaries::configure)
            .configure(regions::configure)
            .configure(policies::configure)
            // what all of this is
            .route("/openapi.json", web::get().to(show_document))
            // nothing else is here
            .default_service(web::to(|| async { Err::<HttpResponse, _>(Error::NotFound) })),
    );
}

/// Browsers: the console, the API document and its page.
pub fn pages(routes: &mut web::ServiceConfig) {
    routes.configure(console::configure);
}

/// The API document: collected from the handlers themselves.
pub fn document() -> OpenApi {
    let (_, collected) =
        actix_web::App::new().into_utoipa_app().openapi(openapi::base()).configure(api).split_for_parts();
    openapi::complete(collected)
}

async fn show_document() -> HttpResponse {
    HttpResponse::Ok().json(document())
}

/// What workers can do, and what recurs.
pub fn jobs() -> jobs::Registry {
    jobs::Registry::default()
}
