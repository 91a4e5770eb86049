//! For whoever watches the process: is it alive, can it work, what has it counted.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::header::AUTHORIZATION, web};
use serde::Serialize;
use subtle::ConstantTimeEq;
use tokio::time::timeout;

use crate::platform::{
    App,
    web::{Client, Error, Result},
};

const PATIENCE: Duration = Duration::from_secs(2);

/// Which parts answer.
#[derive(Debug, Serialize)]
struct Readiness {
    database: bool,
    cache: bool,
    files: bool,
}

pub fn configure(routes: &mut web::ServiceConfig) {
    routes
        .route("/healthz", web::get().to(alive))
        .route("/readyz", web::get().to(ready))
        .route("/metrics", web::get().to(metrics));
}

/// The process runs. Says nothing of the parts it needs: restarting it would not bring those back.
async fn alive() -> &'static str {
    "ok"
}

async fn ready(app: web::Data<App>) -> HttpResponse {
    async fn answers<E>(ping: impl Future<Output = Result<(), E>>) -> bool {
        timeout(PATIENCE, ping).await.is_ok_and(|answer| answer.is_ok())
    }
    let database = async { app.db.within(PATIENCE, app.db.ping()).await.is_some_and(|answer| answer.is_ok()) };
    let (database, cache, files) = tokio::join!(database, answers(app.cache.ping()), answers(app.files.ping()));
    let readiness = Readiness { database, cache, files };
    // Without the cache people can still work: logins live in the database.
    if database && files {
        HttpResponse::Ok().json(readiness)
    } else {
        HttpResponse::ServiceUnavailable().json(readiness)
    }
}

/// With the configured token, or without one from this machine.
async fn metrics(req: HttpRequest, client: Client, app: web::Data<App>) -> Result<HttpResponse> {
    let token = &app.config.telemetry.metrics_token;
    let given = req
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "))
        .unwrap_or_default();
    let allowed =
        if token.is_empty() { client.ip.is_loopback() } else { bool::from(given.ct_eq(token.expose().as_bytes())) };
    if !allowed {
        return Err(Error::NotFound);
    }
    let text = app.metrics.text(&app).await;
    Ok(HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text))
}
