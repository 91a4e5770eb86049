use std::time::{Duration, Instant};

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    middleware::Next,
    web,
};
use tracing::Instrument;

use crate::platform::{App, web::headers::RequestId};

/// Asked every few seconds by whatever watches the process; a line for each would drown everything else.
const WATCHED: &[&str] = &["/healthz", "/readyz", "/metrics"];

/// Logs and counts every request by its route's pattern: no ids, no query, nothing of anybody's data. Whatever is
/// logged on the way to the answer carries the request's id too.
pub async fn observe(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let began = Instant::now();
    let method = req.method().to_string();
    let metrics = req.app_data::<web::Data<App>>().map(|app| app.metrics.clone());
    let request_id = req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    // Of the highest level, so that it is there for errors whatever the log leaves out.
    let span = tracing::error_span!("request", request.id = %request_id);
    // A refusal from between here and the handlers becomes its answer here, where what it logs is in the span.
    let answered = next.call(req).instrument(span.clone()).await.map_err(|error| {
        let response = span.in_scope(|| error.error_response());
        (response.status(), InternalError::from_response(error, response))
    });
    let (status, route) = match &answered {
        Ok(response) => (response.status().as_u16(), response.request().match_pattern()),
        Err((status, _)) => (status.as_u16(), None),
    };
    let route = route.unwrap_or_else(|| "other".to_owned());
    let took = began.elapsed();
    if let Some(metrics) = metrics {
        metrics.answered(&method, &route, status, took);
    }
    span.in_scope(|| log(&method, &route, status, took));
    answered.map_err(|(_, error)| error.into())
}

fn log(method: &str, route: &str, status: u16, took: Duration) {
    let milliseconds = took.as_micros() as f64 / 1000.0;
    if status >= 500 {
        tracing::warn!(method, route, status, milliseconds, "answered");
    } else if WATCHED.contains(&route) {
        tracing::debug!(method, route, status, milliseconds, "answered");
    } else {
        tracing::info!(method, route, status, milliseconds, "answered");
    }
}
