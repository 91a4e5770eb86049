//! A brake for callers without a login: so many requests a minute from one address.

use std::time::Duration;

use actix_web::{
    Error as ActixError, FromRequest, ResponseError,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::AUTHORIZATION,
    middleware::Next,
    web,
};

use super::{Client, Error};
use crate::platform::{
    App,
    auth::{Caller, caller::COOKIE},
    phone::session,
};

const WINDOW: Duration = Duration::from_secs(60);

pub async fn brake_strangers(req: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let Some(app) = req.app_data::<web::Data<App>>().cloned() else { return next.call(req).await };
    if is_stranger(&req).await {
        let client = Client::of(req.request());
        // Without the cache nobody is counted: better than nobody being served.
        let count = app.cache.hit(&format!("strangers:{}", client.ip), WINDOW).await.unwrap_or_default();
        if count > app.config.server.anonymous_rate {
            let refusal = Error::TooMany(WINDOW.as_secs(), "访问过于频繁，请一分钟后再试".into());
            return Ok(req.into_response(refusal.error_response()));
        }
    }
    next.call(req).await
}

/// A cookie or a token is only a claim: whoever turns out not to be logged in is counted like anybody else. Whom we
/// look up here the handler need not look up again. While the database cannot say, nobody is called a stranger.
async fn is_stranger(req: &ServiceRequest) -> bool {
    let claims_login = req.cookie(COOKIE).is_some() || req.headers().contains_key(AUTHORIZATION);
    if !claims_login {
        return true;
    }
    // Whoever has a phone and no account is logged in all the same: a gate's whole crew shares one address.
    if let Ok(Some(_)) = session::of(req.request()).await {
        return false;
    }
    matches!(Caller::extract(req.request()).await, Err(Error::NotLoggedIn))
}
