use std::time::Instant;

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web,
};

use crate::platform::{App, web::headers::RequestId};

/// Logs and counts every request by its route's pattern: no ids, no query, nothing of anybody's data.
pub async fn observe(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let began = Instant::now();
    let method = req.method().to_string();
    let metrics = req.app_data::<web::Data<App>>().map(|app| app.metrics.clone());
    let request_id = req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let answered = next.call(req).await;
    let (status, route) = match &answered {
        Ok(response) => (response.status().as_u16(), response.request().match_pattern()),
        Err(error) => (error.as_response_error().status_code().as_u16(), None),
    };
    let route = route.unwrap_or_else(|| "other".to_owned());
    let took = began.elapsed();
    if let Some(metrics) = metrics {
        metrics.answered(&method, &route, status, took);
    }
    let milliseconds = took.as_micros() as f64 / 1000.0;
    if status >= 500 {
        tracing::warn!(request.id = %request_id, %method, %route, status, milliseconds, "answered");
    } else {
        tracing::debug!(request.id = %request_id, %method, %route, status, milliseconds, "answered");
    }
    answered
}
