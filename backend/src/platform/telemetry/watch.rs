//! Health and metrics of a process that serves no pages: a worker, a gateway.

use std::net::TcpListener;

use actix_web::{App as Actix, HttpServer, web};
use tokio_util::sync::CancellationToken;

use super::health;
use crate::platform::{App, StartError};

/// Where they are served, if the configuration says so.
pub fn bind(app: &App) -> Result<Option<TcpListener>, StartError> {
    let Some(address) = app.config.telemetry.listen else { return Ok(None) };
    let bound = TcpListener::bind(address);
    bound.map(Some).map_err(|error| StartError::new(format!("cannot listen on {address} (telemetry.listen): {error}")))
}

pub async fn serve(app: App, listener: TcpListener, stop: CancellationToken) -> Result<(), StartError> {
    let data = web::Data::new(app);
    let server = HttpServer::new(move || Actix::new().app_data(data.clone()).configure(health::configure))
        .workers(1)
        .disable_signals()
        .listen(listener)
        .map_err(StartError::new)?
        .run();
    let handle = server.handle();
    let stopping = async {
        stop.cancelled().await;
        handle.stop(true).await;
    };
    tokio::join!(server, stopping).0.map_err(StartError::new)
}
