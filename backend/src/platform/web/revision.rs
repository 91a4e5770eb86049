use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::IF_MATCH};

use super::{Error, Result};

/// The revision an edit starts from, out of `If-Match: "3"`. Updates filter by it, so that of two people who edit
/// the same row at once the second one hears of the first (412) instead of overwriting silently.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub i32);

impl IfMatch {
    /// Refuses early; the update's own filter decides in a race.
    pub fn check(self, current: i32) -> Result<()> {
        if self.0 == current { Ok(()) } else { Err(Error::Stale) }
    }
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = req.headers().get(IF_MATCH).and_then(|value| value.to_str().ok());
        let revision = header.and_then(|text| text.trim().trim_matches('"').parse().ok());
        std::future::ready(revision.map(Self).ok_or(Error::RevisionMissing))
    }
}
