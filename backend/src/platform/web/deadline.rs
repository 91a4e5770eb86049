//! No call waits for ever: not for a body that trickles in, not for a database that has gone silent.

use std::time::Duration;

use actix_web::{
    Error as ActixError,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CONTENT_LENGTH, TRANSFER_ENCODING},
    middleware::Next,
    web,
};

use super::Error;
use crate::platform::App;

const SHORTEST: Duration = Duration::from_secs(30);
/// Whoever sends more slowly than a phone at the edge of its network is not sending, but holding on.
const BYTES_A_SECOND: u64 = 128 * 1024;

/// How long a body of so many bytes may take to arrive.
pub fn arrival(bytes: usize) -> Duration {
    SHORTEST + Duration::from_secs(u64::try_from(bytes).unwrap_or(u64::MAX) / BYTES_A_SECOND)
}

/// Gives a call up that is not answered in `server.answer_seconds`, on top of the time its body may take to arrive.
/// What it had begun in the database is rolled back.
pub async fn answer_in_time(req: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let Some(app) = req.app_data::<web::Data<App>>() else { return next.call(req).await };
    let server = &app.config.server;
    let patience = Duration::from_secs(server.answer_seconds) + body_arrival(&req, server.upload_limit);
    let db = app.db.clone();
    match db.within(patience, next.call(req)).await {
        Some(answered) => answered,
        None => Err(Error::Unavailable("a call was not answered in time and given up".to_owned()).into()),
    }
}

fn body_arrival(req: &ServiceRequest, largest: usize) -> Duration {
    if req.headers().contains_key(TRANSFER_ENCODING) {
        return arrival(largest);
    }
    let length = req.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    match length {
        None | Some(0) => Duration::ZERO,
        Some(length) => arrival(largest.min(length)),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_body_gets_the_time_its_length_needs() {
        let with = |name: &'static str, value: &'static str| {
            let req = TestRequest::default().insert_header((name, value)).to_srv_request();
            body_arrival(&req, 20 << 20).as_secs()
        };
        assert_eq!(body_arrival(&TestRequest::default().to_srv_request(), 20 << 20), Duration::ZERO);
        assert_eq!(with("content-length", "0"), 0);
        assert_eq!(with("content-length", "2000"), 30);
        assert_eq!(with("content-length", "1048576"), 38);
        assert_eq!(with("content-length", "99999999999"), 190);
        assert_eq!(with("transfer-encoding", "chunked"), 190);
    }
}
