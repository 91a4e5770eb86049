//! A brake for callers without a login: so many requests a minute from one address.

use std::time::Duration;

use actix_web::{
    Error as ActixError,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::AUTHORIZATION,
    middleware::Next,
    web,
};

use super::{Client, Error};
use crate::platform::{App, auth::caller::COOKIE};

const WINDOW: Duration = Duration::from_secs(60);

pub async fn brake_strangers(req: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, ActixError> {
    // A made-up cookie gets around the count and then no further than a 401.
    let shows_login = req.cookie(COOKIE).is_some() || req.headers().contains_key(AUTHORIZATION);
    if !shows_login && let Some(app) = req.app_data::<web::Data<App>>() {
        let client = Client::of(req.request());
        // Without the cache nobody is counted: better than nobody being served.
        let count = app.cache.hit(&format!("strangers:{}", client.ip), WINDOW).await.unwrap_or_default();
        if count > app.config.server.anonymous_rate {
            return Err(Error::TooMany(WINDOW.as_secs(), "访问过于频繁，请一分钟后再试".into()).into());
        }
    }
    next.call(req).await
}
