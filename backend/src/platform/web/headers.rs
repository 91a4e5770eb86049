//! The headers every answer carries: a request id, and what a browser may do with the page.

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    web,
};
use uuid::Uuid;

use crate::platform::{App, phone::pages};

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request being answered; it stands in the logs, the audit and the answer's header.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

const CSP: &str = "default-src 'self'; img-src 'self' data: blob: https:; style-src 'self' 'unsafe-inline'; \
    script-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

static FIXED: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=()"),
];

pub async fn secure(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = Uuid::now_v7().simple().to_string();
    req.extensions_mut().insert(RequestId(id.clone()));
    let is_api = req.path().starts_with("/api/");
    // Elsewhere than in demo mode these differ from the console's only in WeChat's script.
    let phones = pages::is_phones(req.path()).then(|| req.app_data::<web::Data<App>>().cloned()).flatten();
    let is_https =
        req.app_data::<web::Data<App>>().is_some_and(|app| app.config.server.public_url.starts_with("https://"));
    match next.call(req).await {
        Ok(mut response) => {
            add_headers(response.headers_mut(), &id, is_api, is_https);
            if let Some(app) = phones {
                pages::add_headers(response.headers_mut(), &app);
            }
            Ok(response)
        }
        // Something between here and the handlers refused; what it says needs the headers no less.
        Err(error) => {
            let mut response = error.error_response();
            add_headers(response.headers_mut(), &id, is_api, is_https);
            Err(InternalError::from_response(error, response).into())
        }
    }
}

fn add_headers(headers: &mut HeaderMap, id: &str, is_api: bool, is_https: bool) {
    // Only where people reach us by HTTPS: elsewhere it would lock them out for as long as it says.
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    for (name, value) in &FIXED {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
    // A handler that serves somebody's upload has set a stricter policy of its own.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    }
    if is_api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}
