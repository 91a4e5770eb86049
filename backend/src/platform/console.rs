//! The console, embedded in the binary.

use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

use super::embedded::find;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/backend/console/dist"]
#[allow_missing = true]
struct Dist;

pub fn configure(routes: &mut web::ServiceConfig) {
    routes.default_service(web::get().to(serve));
}

/// A file, or the console's page for every path that only its router knows.
async fn serve(req: HttpRequest) -> HttpResponse {
    let path = req.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return HttpResponse::NotFound().finish();
    }
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    // Built pages are named without their ending: /docs is docs.html.
    match find::<Dist>(&req, path).or_else(|| find::<Dist>(&req, &format!("{path}.html"))) {
        Some(found) => found,
        None if is_file => HttpResponse::NotFound().finish(),
        None => find::<Dist>(&req, "index.html")
            .unwrap_or_else(|| HttpResponse::NotFound().body("The console has not been built: make run")),
    }
}
